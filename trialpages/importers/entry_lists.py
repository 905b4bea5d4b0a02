"""Lists of entries, each as often as it is there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from trialpages.changes.identities import Entry


def inserted(found: list[Entry], mine: Sequence[Entry], added: Counter[str]) -> list[Entry]:
    """A list with what the editor added, each behind what stands before it in the editor's."""
    keys = list(map(key_of, found))
    at = 0
    for entry in mine:
        key = key_of(entry)
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
    counts = Counter(map(key_of, others))
    found = []
    for entry in entries:
        key = key_of(entry)
        if counts[key]:
            counts[key] -= 1
        else:
            found.append(entry)
    return found


def key_of(entry: Entry) -> str:
    return json.dumps(entry, sort_keys=True)
