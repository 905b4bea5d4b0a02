"""An entry of a list that editor and registry have both changed, part by part: where a place's name
is the editor's, its status is still the registry's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from trialpages.changes.entries import matched
from trialpages.changes.identities import IDENTITIES, Entry, Identity
from trialpages.importers.held import Held


@dataclass(frozen=True, slots=True)
class InParts:
    entry: Entry
    """What both sides made of it; of a part that both changed, and not alike, the editor's."""
    is_open: bool
    """Whether there is such a part."""


def in_parts(name: str, before: Entry, mine: Entry, theirs: Entry) -> InParts:
    """Fields that depend on each other, such as an address, are one part; what both sides say alike
    of it is in no one's way."""
    found, is_open = dict(mine), False
    for part in _parts(IDENTITIES[name], (*before, *mine, *theirs)):
        part = tuple(f for f in part if mine.get(f) != theirs.get(f))
        was, own, new = ([one.get(f) for f in part] for one in (before, mine, theirs))
        is_open |= own not in (was, new) and new != was
        if own == was:
            found |= {f: theirs.get(f) for f in part}
    order = dict.fromkeys((*theirs, *found))
    return InParts({f: found[f] for f in order if found.get(f) is not None}, is_open)


def less_alike(name: str, held: Held) -> Held:
    """The same as if the registry had always said what both sides say alike now."""
    if held.before is None or held.now is None or len(held.mine) != 1:
        return held
    (mine,), now, before = held.mine, held.now, dict(held.before)
    for f in dict.fromkeys((*before, *now)):
        before[f] = _alike_in(f"{name}.{f}", before.get(f), mine.get(f), now.get(f))
    return replace(held, before={f: said for f, said in before.items() if said is not None})


def _alike_in(path: str, before: Any, mine: Any, now: Any) -> Any:
    """Of people at a place without those whom both left out, whoever else waits."""
    if mine == now:
        return now
    identity = IDENTITIES.get(path)
    if identity is None or not before:
        return before
    gone = [{*matched(before, other or [], identity).gone} for other in (mine, now)]
    return [one for at, one in enumerate(before) if not all(at in each for each in gone)] or None


def _parts(identity: Identity | None, fields: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    apart = identity.apart if identity else ()
    yield tuple(one for one in dict.fromkeys(fields) if one not in apart)
    yield from ((one,) for one in apart)
