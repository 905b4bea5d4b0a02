"""What editor and registry have both added: the same thing, or what may be the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trialpages.changes.entries import (
    are_alike,
    are_surely_one,
    matched,
    may_be_one,
    plain,
)
from trialpages.changes.identities import Entry, Identity
from trialpages.importers.entry_lists import key_of, less
from trialpages.importers.held import Held


@dataclass(frozen=True, slots=True)
class Side:
    """What is new in one side's list."""

    entries: Sequence[Entry]
    origins: Mapping[str, Entry]
    """What those of them were that were made of an entry there was, by their keys."""

    @property
    def loose(self) -> list[Entry]:
        return [one for one in self.entries if key_of(one) not in self.origins]

    def renamed(self, identity: Identity) -> list[Entry]:
        found = [one for one in self.entries if key_of(one) in self.origins]
        return [
            one
            for one in found
            if any(one.get(f) != self.origins[key_of(one)].get(f) for f in identity.name)
        ]


def origins(said: Sequence[Entry], fates: Mapping[str, Entry | None]) -> Mapping[str, Entry]:
    return {key_of(made): entry for entry in said if (made := fates.get(key_of(entry)))}


@dataclass(frozen=True, slots=True)
class Twin:
    mine: Entry
    theirs: Entry
    made: Entry
    """The editor's, from now on."""
    is_one: bool
    """Whether both are surely the same."""


def twins(mine: Side, theirs: Side, identity: Identity) -> Iterator[Twin]:
    """What may be the same thing of what is new on both sides. What of it the registry alone says
    goes only into what surely is the same, and wasn't made of something else."""
    for one, other in _pairs(mine, theirs, identity):
        is_one = are_surely_one(one, other, identity)
        is_loose = key_of(one) not in mine.origins
        yield Twin(one, other, _with_more(one, other) if is_one and is_loose else one, is_one)


def _pairs(mine: Side, theirs: Side, identity: Identity) -> list[tuple[Entry, Entry]]:
    """Of what was made of an entry there was it is known what it is, unless it has another name
    now, and the other side gave that very name to what it added: a trial may have several places of
    one name."""

    def pairs(one: Sequence[Entry], other: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
        return [(one[i], other[j]) for i, j in matched(one, other, identity).both]

    def sure(found: Sequence[tuple[Entry, Entry]]) -> list[tuple[Entry, Entry]]:
        return [(a, b) for a, b in found if are_surely_one(a, b, identity)]

    first = pairs(mine.loose, theirs.loose)
    left = (
        less(mine.loose, (one for one, _ in first)),
        less(theirs.loose, (one for _, one in first)),
    )
    near = list(_near(*left, identity))
    left = less(left[0], (one for one, _ in near)), less(left[1], (one for _, one in near))
    second, third = pairs(mine.renamed(identity), left[1]), pairs(left[0], theirs.renamed(identity))
    return [
        *first,
        *near,
        *((a, b) for a, b in sure(second) if not pairs([mine.origins[key_of(a)]], [b])),
        *((a, b) for a, b in sure(third) if not pairs([a], [theirs.origins[key_of(b)]])),
    ]


def _near(
    mine: Sequence[Entry], theirs: Sequence[Entry], identity: Identity
) -> Iterator[tuple[Entry, Entry]]:
    """Each of the registry's that may be an editor's."""
    for other in theirs:
        if found := next((one for one in mine if may_be_one(one, other, identity)), None):
            yield found, other


def of_both(twin: Twin) -> Held:
    """What both added, from what both say of it: that much has come and is told; the rest waits.
    Where nobody knows whether it is the same all of it does."""
    if not twin.is_one:
        return Held(None, twin.theirs, (twin.made,))
    return Held(in_common(twin.theirs, twin.made), twin.theirs, (twin.made,))


def in_common(theirs: Entry, made: Entry) -> Entry:
    shared = {f: _common(said, made.get(f)) for f, said in theirs.items()}
    return {f: said for f, said in shared.items() if said is not None}


def _common(one: Any, other: Any) -> Any:
    """What two values have in common, in the words of the first; of lists of people each under the
    name that both know."""
    if not (isinstance(one, list) and isinstance(other, list)):
        return one if are_alike(one, other) else None
    pairs = [(a, b) for a in one for b in other if isinstance(a, dict) and isinstance(b, dict)]
    found = [
        {f: value for f, value in a.items() if are_alike(value, b.get(f))}
        for a, b in pairs
        if a.get("name") and are_alike(a["name"], b.get("name"))
    ]
    return found or None


def _with_more(mine: Entry, theirs: Entry) -> Entry:
    found = {f: _with_more_of(mine.get(f), said) for f, said in theirs.items()}
    return {f: found.get(f, mine.get(f)) for f in dict.fromkeys((*theirs, *mine))}


def _with_more_of(mine: Any, theirs: Any) -> Any:
    """A list of people too, each under the name that both know."""
    if mine is None:
        return theirs
    if not (isinstance(mine, list) and isinstance(theirs, list)):
        return mine
    said = {plain(one["name"]): one for one in theirs if isinstance(one, dict) and one.get("name")}
    return [
        _with_more(one, said[plain(one["name"])])
        if isinstance(one, dict) and one.get("name") and plain(one["name"]) in said
        else one
        for one in mine
    ]
