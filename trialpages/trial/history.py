"""What newer versions of a record changed, in the words the page uses for its fields."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import msgspec

from trialpages.language import Language
from trialpages.records.explain import bare
from trialpages.records.model import Change, PartialDate, Trial, decode_scalar
from trialpages.records.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ShownChange:
    date: PartialDate
    label: str
    place: str
    """Where within the field, as the record's file calls it: `locations[3].status`; or ''."""
    old: str | None
    new: str | None


_NEVER_CHANGES = {"version_holder", "source"}
"""Of the copy and not of the trial: the date of the registry's data, and where ours came from."""


def _counting(trial: Trial) -> Iterator[Change]:
    return (each for each in trial.history if _field(each) not in _NEVER_CHANGES)


def _field(change: Change) -> str:
    """The trial's own field in which the change is."""
    return re.split(r"[.\[]", change.field, maxsplit=1)[0]


def has_changes(trial: Trial) -> bool:
    """Whether there is something to show as its history."""
    return any(_counting(trial))


def shown_changes(trial: Trial, language: Language) -> Iterator[ShownChange]:
    """The trial's history as a page says it."""
    for change in _counting(trial):
        field = _field(change)
        kind = _kind_of(change.field)
        yield ShownChange(
            date=change.date,
            label=field_label(field, language) or change.field,
            place=change.field if _is_inside(change, field) else "",
            old=_shown(change.old, kind, language),
            new=_shown(change.new, kind, language),
        )


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
    "references": "section_references",
    "see_also_links": "see_also",
    "ipd_sharing_statement": "section_ipd_sharing",
    "large_docs": "section_documents",
    "unposted_annotation": "unposted",
    "violation_annotation": "violations",
    "condition_browse": "mesh_conditions",
    "intervention_browse": "mesh_interventions",
}
"""The page's words for the fields that it doesn't call by their own names."""


def _is_inside(change: Change, field: str) -> bool:
    """Whether the change is of a part; some parts are what the label says."""
    return change.field not in (field, *(f"{field}.{main}" for main in ("date", "count", "name")))


@cache
def _kind_of(path: str) -> Any:
    """The type of what stands at a path such as `locations[3].status`; None where it is unknown."""
    kind: Any = Trial
    for step in re.findall(r"[^.\[\]]+", path):
        if step.isdigit() and typing.get_origin(kind) is tuple:
            kind = bare(typing.get_args(kind)[0])
        elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
            kind = bare(fields.get(step))
        else:
            return None
    return kind


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
