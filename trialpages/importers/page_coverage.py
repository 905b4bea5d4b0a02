"""What the sections of a trial page's text can say, and when it says the same as a record."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from trialpages.importers.coverage import Coverage, Tree

_OUTSIDE = ("brief_title", "last_update_post_date.date")

_SECTIONS = {
    "Study Results": (),
    "Basic Information": (
        "overall_status",
        "phases",
        "enrollment_info.count",
        "study_type",
        "start_date.date",
        "completion_date.date",
    ),
    "Brief Summary": ("brief_summary",),
    "Detailed Description": ("detailed_description",),
    "Conditions": ("conditions",),
    "Study Design": (
        "design_info.allocation",
        "design_info.intervention_model",
        "design_info.primary_purpose",
        "design_info.masking_info.masking",
        "design_info.observational_model",
        "design_info.time_perspective",
    ),
    "Interventions": (
        "interventions.name",
        "interventions.description",
        "interventions.arm_group_labels",
    ),
    "Study Groups": (
        "arm_groups.label",
        "arm_groups.description",
        "arm_groups.intervention_names",
    ),
    "Eligibility Criteria": (
        "eligibility_criteria",
        "minimum_age",
        "maximum_age",
        "sex",
        "healthy_volunteers",
    ),
    "Sponsors": ("lead_sponsor",),
    "Responsible Party": (
        "responsible_party.investigator_full_name",
        "responsible_party.investigator_title",
    ),
    "Principal Investigators": (
        "overall_officials.name",
        "overall_officials.role",
        "overall_officials.affiliation",
    ),
    "Locations": (
        "locations.facility",
        "locations.city",
        "locations.state",
        "locations.country",
    ),
    "Countries": (),
    "Central Contacts": (
        "central_contacts.name",
        "central_contacts.role",
        "central_contacts.phone",
        "central_contacts.email",
    ),
    "Facility Contacts": ("locations.contacts",),
    "References": ("references.citation",),
    "Other Identifiers": ("org_study_id_info", "secondary_id_infos"),
    "Related Clinical Trials": ("related_trials",),
    "More Related Trials": ("related_trials",),
}
"""The fields that each section can say all of. Whether results were posted it can't: only that it
shows none."""


def page_coverage(trial: Tree, whole: Collection[str], in_part: Iterable[str]) -> Coverage:
    """What a page speaks of: all that its sections can say whose lines all found a place (`whole`),
    and of those with lines that didn't (`in_part`) the single values that were read."""
    paths = {path for title in whole for path in _SECTIONS[title]}
    read = {path for title in in_part for path in _SECTIONS[title] if _is_value(trial, path)}
    return Coverage(frozenset((*_OUTSIDE, *paths, *read)))


def _is_value(tree: Any, path: str) -> bool:
    for step in path.split("."):
        tree = tree.get(step) if isinstance(tree, dict) else None
    return tree is not None and not isinstance(tree, (dict, list))


# --- the same in other words --------------------------------------------------------------------

_TYPED = re.compile(r"^[A-Z][A-Za-z /-]+: ")
"""`Drug: Aspirin`: what arms call an intervention in a record."""

_FORM = re.compile(r"^[^\S\n]*(?:[*+•-]|\d{1,9}[.)])\s+|:\s*$", re.MULTILINE)
_SIGNS = re.compile(r"[\\^*_\s]")


def says_same(path: str, record: Any, page: Any) -> bool:
    """Whether a page's value is the record's, as far as a page can show it.

    A page has lost what raised letters, how lists were indented and what kind an intervention is.
    """
    if path == "arm_groups.intervention_names" and isinstance(record, list):
        return isinstance(page, list) and sorted(map(_untyped, record)) == sorted(
            map(_untyped, page)
        )
    if isinstance(record, str) and isinstance(page, str):
        return _words(record) == _words(page)
    if isinstance(record, list) and isinstance(page, list):
        texts = all(isinstance(item, str) for item in (*record, *page))
        return texts and sorted(record) == sorted(page)
    return False


def _untyped(name: str) -> str:
    return _TYPED.sub("", name)


def _words(text: str) -> str:
    return _SIGNS.sub("", _FORM.sub("", text))
