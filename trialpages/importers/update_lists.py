"""A list in which its editor and its registry have both changed entries: they come together, but
for those that both changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from trialpages.changes.entries import IDENTITIES, Entry, Identity, matched


@dataclass(frozen=True, slots=True)
class Joined:
    """Both sides' changes in one list, and the entries that both changed: they stay the
    editor's."""

    entries: list[Entry]
    said: tuple[Entry, ...] = ()
    """What both changed, as the registry said it before; none of what both added."""
    mine: tuple[Entry, ...] = ()
    """What the editor made of it; none of what was left out."""
    theirs: tuple[Entry, ...] = ()
    """What the registry made of it."""

    @property
    def collides(self) -> bool:
        return bool(self.said or self.mine or self.theirs)

    def told(self, theirs: Sequence[Entry]) -> list[Entry]:
        """The registry's list with what both changed as it was before."""
        return [*less(theirs, self.theirs), *self.said]


def joined(
    name: str, said: Sequence[Entry], mine: Sequence[Entry], theirs: Sequence[Entry]
) -> Joined | None:
    """The registry's list (`theirs`) with what the editor changed in the one it was made from
    (`said`): entries renewed, left out, added (`mine`).

    An entry collides where both changed it, or where what both added may be the same thing. None
    of a list whose entries can't be told apart.
    """
    identity = IDENTITIES.get(name)
    if identity is None:
        return None
    left_out, added = less(said, mine), less(mine, said)
    gone, came = less(said, theirs), less(theirs, said)
    both = {*map(_key, left_out)} & {*map(_key, gone)}
    twins = matched(added, came, identity).both
    held_mine = _mine(both, left_out, added, identity) | {i for i, _ in twins}
    held_theirs = _became(both, gone, came, identity) | {j for _, j in twins}
    theirs_held = tuple(came[j] for j in sorted(held_theirs))
    kept = less(less(theirs, left_out), theirs_held)
    return Joined(
        _inserted(kept, mine, Counter(map(_key, added))),
        tuple(entry for entry in gone if _key(entry) in both),
        tuple(added[i] for i in sorted(held_mine)),
        theirs_held,
    )


def _mine(
    both: Collection[str], left_out: Sequence[Entry], added: Sequence[Entry], identity: Identity
) -> set[int]:
    """The places in `added` of what the editor made of entries that both changed; where that can't
    be told of one, of all that the editor may have made of it."""
    found = _became(both, left_out, added, identity)
    if len(found) >= len(both):
        return found
    pairs = matched(left_out, added, identity)
    return found | {*pairs.came}


def _became(
    which: Collection[str], old: Sequence[Entry], new: Sequence[Entry], identity: Identity
) -> set[int]:
    """The places in `new` of what some of the old entries have become."""
    return {j for i, j in matched(old, new, identity).both if _key(old[i]) in which}


def _inserted(found: list[Entry], mine: Sequence[Entry], added: Counter[str]) -> list[Entry]:
    """What the editor added, each behind the entry that stands before it in the editor's list."""
    keys = list(map(_key, found))
    at = 0
    for entry in mine:
        key = _key(entry)
        if added[key]:
            added[key] -= 1
            keys.insert(at, key)
            found.insert(at, entry)
            at += 1
        elif key in keys:
            at = keys.index(key) + 1
    return found


def less(entries: Iterable[Entry], others: Iterable[Entry]) -> list[Entry]:
    """The entries without those that others have too, each as often as they have it."""
    counts = Counter(map(_key, others))
    found = []
    for entry in entries:
        key = _key(entry)
        if counts[key]:
            counts[key] -= 1
        else:
            found.append(entry)
    return found


def _key(entry: Entry) -> str:
    return json.dumps(entry, sort_keys=True)
