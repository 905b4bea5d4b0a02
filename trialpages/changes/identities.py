"""By what an entry of each list of a record is known: what a reader calls it, and what of it stays
the same from one version to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Identity:
    """How an entry of one list is known again."""

    name: tuple[str, ...]
    """The fields that a reader knows it by."""
    keys: tuple[tuple[str, ...], ...]
    """Fields that are alike in both versions, the surest first."""
    alike: str = ""
    """A field whose text may have been reworded, if nothing else fits."""
    within: tuple[str, ...] = ()
    """Fields that must be equal even then."""
    is_numbered: bool = False
    """Whether what is called alike but for a number is another one: of places, not of doses."""
    says: tuple[str, ...] = ()
    """What else an entry says that is worth keeping when it goes."""
    further: tuple[str, ...] = ()
    """Fields that part entries of one name."""
    sole: tuple[str, ...] = ()
    """Fields by which it is known again where one entry alone has just these, before and now."""
    people: str = ""
    """A list of contacts, of whom one may be named nowhere else."""
    stays: tuple[str, ...] = ()
    """Fields of which one is still the same where only the name is another, `within` too."""
    apart: tuple[str, ...] = ()
    """Fields that say nothing of the others, nor these of them: what one side makes of such a
    field goes with what the other makes of the rest."""


_PERSON = ("role", "phone", "email")
_KNOWN_BY = (("name", "role"), ("name",), ("email",), ("phone",))
_CONTACT = Identity(("name",), _KNOWN_BY, says=_PERSON, further=("role",), sole=_PERSON)
_OUTCOME = Identity(
    ("measure",),
    (("measure", "time_frame"), ("measure",), ("description", "time_frame")),
    alike="measure",
    says=("time_frame", "description"),
)
_HEADING = Identity(("term",), (("id",), ("term",)))

IDENTITIES = {
    "secondary_id_infos": Identity(("id",), (("id", "type"), ("id",)), says=("domain",)),
    "collaborators": Identity(("name",), (("name",),)),
    "arm_groups": Identity(
        ("label",),
        (("label",), ("description",)),
        alike="label",
        says=("description",),
        sole=("intervention_names", "type"),
    ),
    "interventions": Identity(
        ("name",), (("type", "name"), ("name",), ("description",)), says=("description",)
    ),
    "primary_outcomes": _OUTCOME,
    "secondary_outcomes": _OUTCOME,
    "other_outcomes": _OUTCOME,
    "central_contacts": _CONTACT,
    "overall_officials": Identity(("name",), (("name", "role"), ("name",)), says=("affiliation",)),
    "locations": Identity(
        ("facility", "city", "country"),
        (
            ("facility", "city", "state", "country", "zip"),
            ("facility", "city", "country"),
            ("facility", "zip", "country"),
        ),
        alike="facility",
        within=("city", "country"),
        is_numbered=True,
        says=("status",),
        further=("state", "zip"),
        people="contacts",
        stays=("zip", "contacts"),
        apart=("status", "contacts"),
    ),
    "locations.contacts": _CONTACT,
    "references": Identity(("citation",), (("pmid",), ("citation",)), alike="citation"),
    "references.retractions": Identity(("source",), (("pmid",), ("source",))),
    "see_also_links": Identity(("label",), (("url",), ("label",)), says=("url",)),
    "avail_ipds": Identity(("type", "id"), (("id",), ("url",)), says=("url",)),
    "large_docs": Identity(("label",), (("filename",), ("type_abbrev", "date"), ("type_abbrev",))),
    "unposted_annotation.unposted_events": Identity(("type", "date"), ()),
    "violation_annotation.violation_events": Identity(("type", "description"), (("type",),)),
    "condition_browse.meshes": _HEADING,
    "condition_browse.ancestors": _HEADING,
    "condition_browse.browse_leaves": Identity(("name",), (("id",), ("name",))),
    "condition_browse.browse_branches": Identity(("name",), (("abbrev",), ("name",))),
    "intervention_browse.meshes": _HEADING,
    "intervention_browse.ancestors": _HEADING,
    "intervention_browse.browse_leaves": Identity(("name",), (("id",), ("name",))),
    "intervention_browse.browse_branches": Identity(("name",), (("abbrev",), ("name",))),
    "submission_tracking.submission_infos": Identity(("release_date",), (("release_date",),)),
}
"""Each list of the model whose entries have fields of their own, by its path."""
