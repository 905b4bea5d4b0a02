"""Eligibility criteria of registries that have a field for each kind, as one text.

A field's name is a heading of ours above what the field says. People paste whole protocols into
one of them, or take one for the other: where its text begins with a heading of the other kind, that
heading stands alone, and readers of the text go by it. But where the other field is filled as its
name says and this one has nothing of its own kind, the two contradict each other, and both stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from trialpages.prose.criteria import criteria
from trialpages.prose.criteria_headings import GroupKind

_HEADINGS: Mapping[GroupKind, str] = {
    "inclusion": "Inclusion Criteria:",
    "exclusion": "Exclusion Criteria:",
}
_OTHER: Mapping[GroupKind, GroupKind] = {"inclusion": "exclusion", "exclusion": "inclusion"}
_ITEM = re.compile(r"(?:\d{1,9}[.)]|[-*+]) ", re.ASCII)


def by_field(said: Iterable[tuple[GroupKind, str | None]]) -> str | None:
    """The texts of fields under their names; None where none says anything."""
    found: list[str] = []
    filled = [(kind, text) for kind, text in said if text]
    are_swapped = all(_begins_otherwise(kind, text) for kind, text in filled)
    for kind, text in filled:
        # Two lists without anything between them would be one.
        goes_on = bool(found and _ITEM.match(text))
        believed = are_swapped or _has_own(kind, text)
        if believed and not goes_on and _begins_otherwise(kind, text):
            found.append(text)
        else:
            found.append(f"{_HEADINGS[kind]}\n\n{text}")
    return "\n\n".join(found) or None


def _begins_otherwise(kind: GroupKind, text: str) -> bool:
    first = next(iter(criteria(text)), None)
    return bool(first and first.heading and not first.part and first.kind == _OTHER[kind])


def _has_own(kind: GroupKind, text: str) -> bool:
    return any(group.kind == kind for group in criteria(text))
