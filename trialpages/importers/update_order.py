"""Where the entries of a list stand in which editor and registry have come together: in the order
of the registry's what both have, or in the one that the editor gave it, the editor's own where
they stood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trialpages.changes.identities import Entry
from trialpages.importers.entry_lists import inserted, key_of

Fates = Mapping[str, Entry | None]
"""What became of each entry that isn't there any more as it was, by its key; None of one that is
gone."""


@dataclass(frozen=True, slots=True)
class Places:
    ours: Fates
    others: Fates
    renewed: Mapping[str, Entry]
    """By the keys of the editor's entries, what they are with what the registry changed in them."""
    both_added: Mapping[str, Entry]
    """By the keys of the registry's new entries, the editor's that stay in their place."""

    def now(self, entry: Entry) -> Entry:
        """What becomes of an entry of the editor's."""
        return self.renewed.get(key_of(entry), entry)

    def in_order(
        self,
        theirs: Sequence[Entry],
        less: Iterable[Entry],
        said: Sequence[Entry],
        mine: Sequence[Entry],
        new: Iterable[Entry],
    ) -> list[Entry]:
        """The registry's list `less` what the editor changed, left out, or has otherwise, with what
        of that is `new` in its place; what has none there stands behind what stood before it."""
        gone, left = Counter(map(key_of, less)), Counter(map(key_of, new))
        instead, found = self._instead(said), list[Entry]()
        for entry in theirs:
            key = key_of(entry)
            own = instead.get(key)
            if not gone[key]:
                found.append(entry)
            elif own is not None and left[key_of(own)]:
                left[key_of(own)] -= 1
                found.append(own)
            gone[key] -= gone[key] > 0
        return inserted(found, [self._there(one) for one in mine], left)

    def as_ordered(
        self, entries: Sequence[Entry], pairs: Iterable[tuple[int, int]], mine: Sequence[Entry]
    ) -> list[Entry]:
        """The same in the order that an editor gave to what there was (`pairs` are the places
        before and now); all else behind what stands before it."""
        before = [at for at, _ in pairs]
        if before == sorted(before):
            return [*entries]
        left, kept = Counter(map(key_of, entries)), list[Entry]()
        for one in map(self._there, mine):
            key = key_of(one)
            kept += [one] if left[key] > 0 else []
            left[key] -= 1
        return inserted(kept, entries, +left)

    def _instead(self, said: Iterable[Entry]) -> dict[str, Entry]:
        """What the editor has in place of each of the registry's entries, by their keys."""
        found = dict(self.both_added)
        for entry in said:
            if made := self.ours.get(key_of(entry)):
                found[key_of(self.others.get(key_of(entry)) or entry)] = self.now(made)
        return found

    def _there(self, entry: Entry) -> Entry:
        """Of one that the registry alone changed, what that made of it."""
        return self.others.get(key_of(entry)) or self.now(entry)
