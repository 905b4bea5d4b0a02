"""Of a conflict what has to be decided, with what the file says there, and what else one side alone
has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trialpages.changes.compare import WITHIN
from trialpages.changes.fields import kind_of, top_field
from trialpages.importers.conflict import Conflict
from trialpages.records.model import Markup
from trialpages.updating.telling import THEIRS, Side, sides, unasked


@dataclass(frozen=True, slots=True)
class Parted:
    first: Sequence[Side]
    """What has to be decided."""
    own: Mapping[str, Sequence[Side]]
    """By the place, or the entry of another list: what the editor has made of it, where the
    registry changed there what the editor hasn't."""
    beside: Sequence[Side]
    """What one side alone changed beside it."""

    def yours(self, found: Collection[Side]) -> tuple[Side, ...]:
        """What the file says in place of these, each as of its place alone."""
        places = dict.fromkeys(place for one in found if _lacks(one) for place in _places(one))
        return tuple(one for place in places for one in self.own.get(place, ()))


def parted(conflict: Conflict) -> Parted:
    first, beside = _first_and_beside(conflict)
    first, beside = unasked(first, conflict), unasked(beside, conflict)
    wanted = {place for side in first if _lacks(side) for place in _places(side)}
    own: dict[str, list[Side]] = {}
    left = list[Side]()
    for side in beside:
        is_own = side.is_mine and not _is_text(side)
        here = [one for one in side.change.entries if is_own and _place(one) in wanted]
        for one in here:
            own.setdefault(_place(one), []).append(side.of([one]))
        others = [one for one in side.change.entries if one not in here]
        left += [side.of(others)] if others or not here else []
    return Parted([each for one in first for each in _split(one, own)], own, left)


def kept(side: Side) -> str | None:
    """What the file has still, where the registry alone changed a value; None where another line
    says it, or nobody can tell."""
    is_value = side.start == THEIRS and side.other is None and not side.change.kind
    return side.words.old if is_value and side.words.new and not _is_text(side) else None


def _split(side: Side, own: Mapping[str, Sequence[Side]]) -> Iterator[Side]:
    """Of entries that changed alike those apart of which the file says something of its own."""
    entries = side.change.entries
    alone = [one for one in entries if _lacks(side) and _place(one) in own]
    yield from (side.of([one]) for one in alone)
    rest = [one for one in entries if one not in alone]
    if rest or not alone:
        yield side.of(rest)


def _lacks(side: Side) -> bool:
    """Whether it doesn't say yet what the file says in its place."""
    return not side.is_mine and side.other is None and not (side.is_left_out or _is_text(side))


def is_text(field: str) -> bool:
    """Each of whose sentences is read for itself."""
    return bool(kind_of(field) == Markup)


def _is_text(side: Side) -> bool:
    return is_text(side.change.field)


def _place(entry: str) -> str:
    return entry.partition(WITHIN)[0]


def _places(side: Side) -> list[str]:
    return [_place(one) for one in side.change.entries]


def _first_and_beside(conflict: Conflict) -> tuple[list[Side], list[Side]]:
    """What has to be decided, and what one side alone changed beside it: all that is the editor's,
    and what else the registry changed in an entry of which both changed something."""
    every = list(sides(conflict))
    both = {entry for side in every if side.other is not None for entry in _entries(side)}
    beside = [
        side
        for side in every
        if side.is_mine or (side.other is None and side.change.entries and _entries(side) <= both)
    ]
    first = [side for side in every if side not in beside]
    return (first, beside) if first else (every, [])


def _entries(side: Side) -> set[str]:
    """Of which entries of a list a change is, or of which field that is none; none where it is of a
    text."""
    if side.change.entries:
        return {*side.change.entries}
    return set() if _is_text(side) else {top_field(side.change.field)}
