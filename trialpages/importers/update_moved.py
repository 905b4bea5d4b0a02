"""What of a record moved between a field and `extra`: a word without an equal here gave way to one
that has it, or the other way. Both stand in one element of the record, and it is told once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from trialpages.changes.fields import kind_of
from trialpages.records.model import Change, Trial, to_tree
from trialpages.records.vocabulary import ContactRole, Status, Vocabulary

_FIELD_OF = {
    "/Recruitment_Status": "overall_status",
    "/Study_type": "study_type",
    "/Phase": "phases",
    "/Inclusion_gender": "sex",
    "/Inclusion_agemin": "minimum_age",
    "/Inclusion_agemax": "maximum_age",
    "/Target_size": "enrollment_info.count",
    "/Date_enrollement": "start_date.date",
    "/results_ipd_plan": "ipd_sharing_statement.ipd_sharing",
    "/trial/miscellaneous/ipdSharingPlan": "ipd_sharing_statement.ipd_sharing",
    "/trial/participants/gender": "sex",
    "/trial/trialDesign/primaryStudyDesign": "study_type",
}
"""Where the WHO's form and ISRCTN's say what one field takes, if it has an equal there."""


def each_once(told: Iterable[Change], here: Trial, new: Trial) -> tuple[Change, ...]:
    """The changes; of such a move that of the field alone, with the record's own word."""
    found = [one for one in told if not _is_a_role_now(one, here, new)]
    old, now = to_tree(here), to_tree(new)
    for change in [one for one in found if _field(one)]:
        at, field = found.index(change), _field(change)
        both = [one for one in found if one.field == field]
        if len(both) == 1 and _fits(change, both[0]):
            found[found.index(both[0])] = _filled(both[0], _text(change.old), _text(change.new))
            del found[at]
        elif change.new is None and (word := _word(field, now)):
            found[at] = replace(change, new=msgspec.json.encode(word).decode())
        elif change.old is None and (word := _word(field, old)) == _word(field, now) and word:
            found[at] = replace(change, old=msgspec.json.encode(word).decode())
    return tuple(found)


def _is_a_role_now(change: Change, here: Trial, new: Trial) -> bool:
    """Whether it is a contact's type, which a file of before has without a field, and that is its
    role in what came: the registry took nothing away."""
    if change.field != "extra" or change.new is not None:
        return False
    if not any("contactType" in place for place in change.entries):
        return False
    said = set(re.findall("public|scientific", (change.old or "").lower()))
    before, now = (
        {part for one in trial.central_contacts if one.role for part in _parts(one.role)}
        for trial in (here, new)
    )
    return bool(said) and said <= now - before


def _parts(role: ContactRole) -> list[str]:
    return str(role.value).lower().split("_")


def _field(change: Change) -> str:
    """Of an element that came into `extra` or went, the field that may have the other word."""
    is_one = change.field == "extra" and (change.old is None or change.new is None)
    return _FIELD_OF.get(change.entries[0], "") if is_one and change.entries else ""


def _fits(change: Change, of_field: Change) -> bool:
    """Whether the field has just the other side; a status has its registry's words already."""
    if of_field.field == "overall_status":
        return True
    return (of_field.old is None, of_field.new is None) == (change.new is None, change.old is None)


def _filled(change: Change, old: str | None, new: str | None) -> Change:
    if change.field == "overall_status":
        return change
    return replace(change, old=change.old or old, new=change.new or new)


def _text(said: str | None) -> str | None:
    return None if said is None else msgspec.json.decode(said, type=str)


def _word(field: str, tree: Any) -> str:
    """What the field says there, as a page calls it; '' for nothing."""
    for step in field.split("."):
        tree = tree.get(step) if isinstance(tree, dict) else None
    values: Sequence[Any] = tree if isinstance(tree, list) else [tree]
    return ", ".join(filter(None, (_label(field, one) for one in values)))


def _label(field: str, value: Any) -> str:
    kind = kind_of(field)
    if value is None or value == Status.UNKNOWN.value:
        return ""
    is_code = isinstance(kind, type) and issubclass(kind, Vocabulary)
    return kind(value).label if is_code else str(value)
