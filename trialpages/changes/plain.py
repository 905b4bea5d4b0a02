"""A change of a record in plain words, for a file or a line where no page's words are at hand."""

from __future__ import annotations

from collections.abc import Sequence

from trialpages.changes.differing_words import cut_to, from_difference
from trialpages.changes.fields import kind_of, top_field
from trialpages.records.model import Change
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.records.vocabulary import Vocabulary

_FIELDS = {
    "locations": "places",
    "central_contacts": "contacts for the whole study",
    "overall_status": "status",
    "brief_title": "title",
    "enrollment_info": "number of people",
    "eligibility_criteria": "criteria",
    "arm_groups": "groups",
    "overall_officials": "investigators",
    "see_also_links": "links",
    "large_docs": "documents",
    "secondary_id_infos": "other numbers",
    "extra": "what has no field here",
}
_PARTS = {"facility": "name of the place", "zip": "postcode", "phone_ext": "phone extension"}
_MOST = 3
_MOST_SIGNS = 120


def plain_field(field: str) -> str:
    """What a field is called: `places`, `start date`."""
    name = top_field(field)
    return _FIELDS.get(name, name.replace("_", " "))


def in_plain(found: Sequence[Change], most: int = _MOST) -> str:
    """`places, status (Charité, Berlin, Germany): Recruiting → Completed; … and 3 more`."""
    said = "; ".join(map(_told, found[:most]))
    more = len(found) - most
    return f"{said}; … and {more:,} more" if more > 0 else said


def written_in_plain(found: Sequence[Change]) -> str:
    """What an editor had written, without what stood there before: the registry may have gone on
    since, and nobody here changed its newer word."""
    return "; ".join(map(_written, found))


def _written(change: Change) -> str:
    if change.kind or change.new is None:
        return _told(change)
    return f"{_label(change)}{_between(change)}: {_value(_sides(change)[1])}"


def _told(change: Change) -> str:
    label = _label(change)
    if change.kind is ChangeKind.REMOVED:
        return f"{label}: {_of(change)} gone"
    if change.kind is ChangeKind.ADDED:
        return f"{label}: {_of(change)} added"
    old, new = _sides(change)
    return f"{label}{_between(change)}: {f'{_value(old)} →' if old else 'new'} {_value(new)}"


def _label(change: Change) -> str:
    steps = change.field.split(".")[1:]
    inside = ", ".join(_PARTS.get(step, step.replace("_", " ")) for step in steps)
    return f"{plain_field(change.field)}, {inside}" if inside else plain_field(change.field)


def _of(change: Change) -> str:
    of = "; ".join(_cut(entry) for entry in change.entries[:_MOST])
    more = len(change.entries) - _MOST
    return f"{of}; … and {more:,} more" if more > 0 else of


def _between(change: Change) -> str:
    return f" ({_of(change)})" if change.entries else ""


def _sides(change: Change) -> tuple[str | None, str | None]:
    before, after = (_in_words(change.field, value) for value in (change.old, change.new))
    return from_difference(before, after, _MOST_SIGNS)


def _in_words(field: str, value: str | None) -> str | None:
    """A value with its words in place of the registry's code."""
    kind = kind_of(field)
    if not (isinstance(kind, type) and issubclass(kind, Vocabulary)):
        return value
    return next((one.label for one in kind if one.value == value), value)


def _value(text: str | None) -> str:
    return _cut(text) if text else "nothing"


def _cut(text: str) -> str:
    return cut_to(text, _MOST_SIGNS)
