"""A list in which its editor and its registry have both changed entries, but none of them both."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from trialpages.changes.entries import IDENTITIES, Entry, matched


def joined(
    name: str, said: Sequence[Entry], mine: Sequence[Entry], theirs: Sequence[Entry]
) -> list[Entry] | None:
    """The registry's list (`theirs`) with what the editor changed in the one it was made from
    (`said`): entries renewed, left out, added (`mine`).

    None where that can't be done for sure: one entry was changed by both, or what both added may
    be the same thing.
    """
    identity = IDENTITIES.get(name)
    if identity is None:
        return None
    left_out, added = _less(said, mine), _less(mine, said)
    if _in_common(left_out, _less(said, theirs)):
        return None
    if matched(added, _less(theirs, said), identity).both:
        return None
    return _inserted(_less(theirs, left_out), mine, Counter(map(_key, added)))


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


def _less(entries: Iterable[Entry], others: Iterable[Entry]) -> list[Entry]:
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


def _in_common(some: Iterable[Entry], others: Iterable[Entry]) -> bool:
    return not {*map(_key, some)}.isdisjoint(map(_key, others))


def _key(entry: Entry) -> str:
    return json.dumps(entry, sort_keys=True)
