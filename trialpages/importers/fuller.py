"""Where a merge begins if what was imported last held only a part of its version.

The text of a page lacks what it has no room for, a record that was cut what was left out, and one
copy of a version may lack what another has. What was absent then counts as said then: the registry
changed nothing of it, and an editor had nothing of it to change. A value that was there stays: that
it is another now is a change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trialpages.changes.entries import in_place, matched
from trialpages.changes.identities import IDENTITIES, Entry
from trialpages.changes.of_the_model import is_of_the_model
from trialpages.importers.coverage import Coverage, SaysSame, Tree
from trialpages.records.as_imported import value_digest
from trialpages.records.model import Change
from trialpages.records.own_vocabulary import ChangeKind


@dataclass(frozen=True, slots=True)
class Start:
    """The file, and what was imported last, as far as it is known: values and digests."""

    ours: Tree
    said: Tree
    base: Mapping[str, str]


def fuller(start: Start, new: Tree, coverage: Coverage, says_same: SaysSame) -> Start:
    """The same with what was absent in both and now comes. Of a field of which a source says only
    a part, and in which the editor wrote too, nobody would know afterwards what was said."""
    found = _Fuller(says_same)
    for name in filter(coverage.touches, new):
        known, mine = _known(name, start), start.ours.get(name)
        if known is None or not (coverage.has(name) or mine == known[0]):
            continue
        mine, said = found.both(name, mine, known[0], new[name])
        if said != known[0]:
            start = replace(
                start,
                ours={**start.ours, name: mine} if mine is not None else start.ours,
                said={**start.said, name: said},
                base={**start.base, name: value_digest(said)},
            )
    return start


def _known(name: str, start: Start) -> tuple[Any] | None:
    """What was imported last in a field; None where nobody knows."""
    digest, mine = start.base.get(name), start.ours.get(name)
    if digest is None:
        return (None,)
    if mine is not None and value_digest(mine) == digest:
        return (mine,)
    said = start.said.get(name)
    return (said,) if said is not None and is_of_the_model(name, said) else None


def is_more(change: Change) -> bool:
    """Whether a change only says what was absent."""
    return change.old is None and change.kind is not ChangeKind.REMOVED


@dataclass(frozen=True, slots=True)
class _Fuller:
    says_same: SaysSame

    def both(self, path: str, mine: Any, said: Any, new: Any) -> tuple[Any, Any]:
        """The editor's value and the one imported last, both with what neither has."""
        if mine == said:
            more = self.one(path, said, new)
            return more, more
        if mine is None or said is None:
            return mine, said and self.one(path, said, new)
        if all(isinstance(one, dict) for one in (mine, said, new)):
            return self._structs(path, mine, said, new)
        if path in IDENTITIES and new:
            return self._lists(path, mine, said, new)
        return mine, said

    def _structs(self, path: str, mine: Entry, said: Entry, new: Entry) -> tuple[Entry, Entry]:
        pairs = {
            key: self.both(f"{path}.{key}", mine.get(key), said.get(key), new.get(key))
            for key in dict.fromkeys((*mine, *said, *new))
        }
        ours = {key: pair[0] for key, pair in pairs.items() if pair[0] is not None}
        return ours, {key: pair[1] for key, pair in pairs.items() if pair[1] is not None}

    def _lists(
        self, path: str, mine: Sequence[Entry], said: Sequence[Entry], new: Sequence[Entry]
    ) -> tuple[list[Entry], list[Entry]]:
        ours, before = list(mine), list(said)
        own = dict(in_place(said, mine, IDENTITIES[path]).both)
        for i, j in matched(said, new, IDENTITIES[path]).both:
            if i in own:
                ours[own[i]], before[i] = self._structs(path, mine[own[i]], said[i], new[j])
            else:
                before[i] = self.one(path, said[i], new[j])
        return ours, before

    def one(self, path: str, said: Any, new: Any) -> Any:
        """A value with what was absent in it."""
        if said is None or new is None:
            return new if said is None else said
        if isinstance(said, dict) and isinstance(new, dict):
            keys = dict.fromkeys((*said, *new))
            return {key: self.one(f"{path}.{key}", said.get(key), new.get(key)) for key in keys}
        if path in IDENTITIES:
            partner = dict(matched(said, new, IDENTITIES[path]).both)
            return [
                self.one(path, one, new[partner[i]]) if i in partner else one
                for i, one in enumerate(said)
            ]
        return new if self.says_same(path, new, said) else said
