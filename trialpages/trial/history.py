"""What newer versions of a record changed, in the words the page uses for its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from operator import itemgetter
from typing import Any

from markupsafe import Markup, escape

from trialpages.changes.compare import WITHIN
from trialpages.changes.fields import NEVER_A_CHANGE, kind_of, top_field
from trialpages.changes.history import DROPPED, UNDATED
from trialpages.changes.posted_results import RESULTS_FIELD
from trialpages.changes.renamings import NAMED_IN, followers
from trialpages.language.site_language import Language
from trialpages.records.model import Change, PartialDate, Trial, decode_scalar
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.records.vocabulary import Vocabulary
from trialpages.trial.leftovers import leftovers


@dataclass(frozen=True, slots=True)
class ShownChange:
    label: str
    """What the page calls the field."""
    part: str
    """What of it: `Status`, `Time frame`; '' where the label says it."""
    entries: tuple[str, ...]
    """Of which places, outcomes, contacts …; of the criteria their heading."""
    kind: str
    """`added` or `removed` for whole entries; '' where a value is another."""
    old: str | None
    new: str | None
    says: str = ""
    """What `old` and `new` are of a place that came or went: `Status`."""

    @property
    def turn(self) -> str:
        """`added` or `removed`, also for a whole value where there was none, or is none any more.

        Of a part it isn't said: a place whose status is new is no new place.
        """
        if self.kind or self.part or (self.old is None) == (self.new is None):
            return self.kind
        return "added" if self.old is None else "removed"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the record that came here, and what it changed."""

    date: PartialDate
    when: Markup
    """`Between 27 August 2025 and 11 March 2026`: the days of the version that was here before and
    of this one. Of what lies between nobody here has seen a version. The same day: two copies of
    one version."""
    changes: tuple[ShownChange, ...]


def is_told(change: Change) -> bool:
    """Whether a page tells a change. Files of earlier versions of this program hold some that are
    none of the trial's."""
    return top_field(change.field) not in (*NEVER_A_CHANGE, "source", DROPPED)


def has_changes(trial: Trial) -> bool:
    """Whether there is something to show as its history."""
    return any(map(is_told, trial.history))


def versions(trial: Trial, language: Language) -> tuple[Version, ...]:
    """The trial's history as a page says it, the newest version first."""
    found: dict[tuple[PartialDate, str], list[Change]] = {}
    for change in filter(is_told, trial.history):
        found.setdefault((change.date, _after(change)), []).append(change)
    newest = sorted(found.items(), reverse=True, key=itemgetter(0))
    return tuple(
        Version(date, _when(date, after, language), tuple(_shown_once(changes, language)))
        for (date, after), changes in newest
    )


def _shown_once(changes: Sequence[Change], language: Language) -> Iterator[ShownChange]:
    """A group or an intervention that is called otherwise stands there once."""
    follow = [followers(one, changes) for one in changes]
    repeated = [one for found in follow for one in found]
    for change, found in zip(changes, follow, strict=True):
        if change not in repeated:
            shown = shown_change(change, language)
            where = field_label(top_field(NAMED_IN[change.field]), language) if found else ""
            part = language.words["history_also"].format(part=shown.part, where=where)
            yield replace(shown, part=part) if found else shown


def _after(change: Change) -> str:
    """The day after which a change came; '' where none is known, or one that can't be."""
    return "" if change.after is None or change.date < change.after else change.after


def _when(date: str, after: str, language: Language) -> Markup:
    if date == UNDATED:
        return escape(language.words["history_undated"])
    key = "history_copies" if after == date else "history_between" if after else "history_by"
    words = escape(language.words[key])
    return words.format(after=language.date(after) if after else "", date=language.date(date))


def shown_change(change: Change, language: Language) -> ShownChange:
    """One change in the words of a page."""
    path = re.sub(r"\[\d+\]", "", change.field)
    if path == "extra" and change.entries:
        return _of_extra(change, language)
    kind = kind_of(path)
    return ShownChange(
        label=field_label(top_field(path), language) or change.field,
        part=part_label(path, language),
        entries=change.entries,
        kind={ChangeKind.ADDED: "added", ChangeKind.REMOVED: "removed", None: ""}[change.kind],
        old=_shown(change.old, _said_of(path, change, kind), language),
        new=_shown(change.new, _said_of(path, change, kind), language),
        says=language.words["status"] if _is_of_a_place(path, change) else "",
    )


def _of_extra(change: Change, language: Language) -> ShownChange:
    """What has no field, as the end of the page says it; before its entry, the file has where it
    stands."""
    place, *entries = change.entries[0].split(WITHIN)
    old, new = (None if one is None else _further(place, one) for one in (change.old, change.new))
    part = next(iter(leftovers({place: ""}))).label
    return ShownChange(field_label("extra", language), part, tuple(entries), "", old, new)


def _further(place: str, text: str) -> str:
    return "; ".join(line.text for one in leftovers({place: text}) for line in one.lines)


def _said_of(path: str, change: Change, kind: Any) -> Any:
    """The type of the old or new value: of a place that came or went, it is its status."""
    return kind_of("locations.status") if _is_of_a_place(path, change) else kind


def _is_of_a_place(path: str, change: Change) -> bool:
    return change.kind is not None and path == "locations"


def field_label(field: str, language: Language) -> str:
    """What the page calls a field of the trial itself; '' for a field there is not."""
    words = language.words
    key = _KEYS.get(field, field)
    return words[key].rstrip(" :") if key in words else ""


_KEYS = {
    "nct_id_aliases": "registry_id_aliases",
    "org_study_id_info": "org_study_id",
    "secondary_id_infos": "secondary_id",
    "brief_title": "sort_title",
    "status_verified_date": "verified",
    "overall_status": "status",
    "expanded_access_info": "expanded_access",
    "expanded_access_types": "expanded_access",
    "n_ptrs_to_this_exp_acc_nct_id": "expanded_access_pointers",
    "responsible_party": "section_responsible_party",
    "brief_summary": "section_summary",
    "detailed_description": "section_description",
    "conditions": "section_conditions",
    "phases": "phase",
    "design_info": "section_design",
    "bio_spec": "bio_spec_retention",
    "enrollment_info": "enrollment",
    "arm_groups": "section_arms",
    "interventions": "section_interventions",
    "eligibility_criteria": "criteria_other",
    "std_ages": "ages",
    "central_contacts": "section_contacts",
    "overall_officials": "section_investigators",
    "locations": "section_locations",
    "removed_countries": "removed_countries_label",
    "references": "section_references",
    "see_also_links": "see_also",
    "ipd_sharing_statement": "section_ipd_sharing",
    "large_docs": "section_documents",
    "unposted_annotation": "unposted",
    "violation_annotation": "violations",
    "condition_browse": "mesh_conditions",
    "intervention_browse": "mesh_interventions",
    RESULTS_FIELD: "section_results",
}
"""The page's words for the fields that it doesn't call by their own names."""

_MAIN = ("date", "count", "name", "has_expanded_access", "ipd_sharing")
"""Parts of a field of the trial itself that are what its label says."""


def part_label(path: str, language: Language) -> str:
    """What the page calls a part of a field, such as `locations.contacts.phone`."""
    field, _, inside = path.partition(".")
    if not inside or (inside in _MAIN and field not in _LISTS):
        return ""
    words, name = language.words, inside.rpartition(".")[2]
    label = words.get(f"part_{name}") or words.get(name) or name
    return label.rstrip(" :")


_LISTS = ("collaborators", "interventions", "central_contacts", "overall_officials", "large_docs")
"""Fields whose entries have a name or a date of their own."""


def _shown(value: str | None, kind: Any, language: Language) -> str | None:
    """A value as the page would say it: a word of the registry's, yes or no, a date."""
    if value is None or kind is None or not isinstance(kind, type):
        return value
    try:
        if issubclass(kind, Enum):
            found = kind(value)
            return language.label(found) if isinstance(found, Vocabulary) else value
        if kind is PartialDate:
            return language.date_text(decode_scalar(PartialDate, value))
    except ValueError:
        return value
    said = {"true": language.words["yes"], "false": language.words["no"]}
    return said.get(value, value) if kind is bool else value
