"""Everything a newer version of a record says otherwise, field by field, as a reader tells it.

Entries of lists are known again by what they are (`entries`), texts are compared by passages
(`passages`). What isn't told is on a list (`fields.UNTOLD`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from msgspec.structs import replace

from trialpages.changes.differing_words import same_signs
from trialpages.changes.entries import Matched, matched
from trialpages.changes.entry_names import names_of, says
from trialpages.changes.fields import POSITION, UNTOLD, kind_of
from trialpages.changes.identities import IDENTITIES, Entry, Identity
from trialpages.changes.passages import reworded
from trialpages.records.model import Change, Markup, PartialDate
from trialpages.records.own_vocabulary import ChangeKind

_MOST_TEXT = 2_000
"""Characters of an old or new value that a change keeps."""


Pairing = Callable[[Sequence[Entry], Sequence[Entry], Identity], Matched]
"""Which entries of two lists are the same thing."""


def _changes(
    untold: Collection[str],
    field: str,
    old: Any,
    new: Any,
    date: PartialDate,
    pairing: Pairing = matched,
    among: Sequence[Sequence[Entry]] = (),
) -> tuple[Change, ...]:
    """What is another between two values of a trial's field, as `to_tree` gives them, or None,
    without what is `untold`.

    The same of several entries is one change: 230 places that closed are one with 230 names.
    `pairing` is another one for two states of one file than for two versions of a record. Of parts
    of a list, `among` are the whole ones, in which a name may be that of several.
    """
    return joined_changes(_Comparison(date, pairing, untold, among).walk(field, (), old, new))


changes = partial(_changes, UNTOLD)
"""What a newer version of a record is told to have changed."""

own_changes = partial(_changes, UNTOLD.keys() - {POSITION})
"""The same from what the registry says to what its editor's file says, whose positions of places
are nothing that follows from the record."""

all_changes = partial(_changes, ())
"""The same with what is never told of a newer version; of two that are in conflict it is."""


def joined_changes(found: Iterable[Change]) -> tuple[Change, ...]:
    """Changes of a version that say the same of several entries as one, in the order of the
    first."""
    first: dict[tuple[Any, ...], Change] = {}
    entries: dict[tuple[Any, ...], list[str]] = {}
    for change in found:
        key = (change.field, change.kind, change.old, change.new, change.date, change.after)
        first.setdefault(key, change)
        entries.setdefault(key, []).extend(change.entries)
    return tuple(replace(change, entries=tuple(entries[key])) for key, change in first.items())


def paired_as(theirs: Iterable[Change], own: Iterable[Change]) -> tuple[Change, ...]:
    """A file's changes (`own`) with each passage of a text that both changed alike as one change,
    though beside it stands something of the editor's."""
    found = [*apart(own)]
    for one in apart(theirs):
        gone = [each for each in found if each.old == one.old and each.field == one.field]
        came = [each for each in found if each == replace(one, old=None, after=each.after)]
        if one.old and one.new and one.kind is None and len(gone) == len(came) == 1:
            at = found.index(gone[0])
            found[at : at + 1] = [replace(gone[0], old=None)] if gone[0].new else []
            found[found.index(came[0])] = replace(came[0], old=one.old)
    return joined_changes(found)


def apart(found: Iterable[Change]) -> Iterator[Change]:
    """The same of each entry alone."""
    for change in found:
        if not change.entries:
            yield change
        for entry in change.entries:
            yield replace(change, entries=(entry,))


@dataclass(frozen=True, slots=True)
class _Comparison:
    date: PartialDate
    pairing: Pairing
    untold: Collection[str]
    """What is passed over."""
    among: Sequence[Sequence[Entry]]

    def walk(self, path: str, within: tuple[str, ...], old: Any, new: Any) -> Iterator[Change]:
        """`within` names the entries of lists around the value, the outermost first."""
        if old == new or path in self.untold:
            return
        if isinstance(old or new, list):
            yield from self._list(path, within, old or [], new or [])
        elif path == POSITION:
            yield leaf(self.date, path, within, _position(old), _position(new))
        elif isinstance(old or new, dict):
            old, new = old or {}, new or {}
            for key in dict.fromkeys((*old, *new)):
                yield from self.walk(f"{path}.{key}", within, old.get(key), new.get(key))
        elif kind_of(path) == Markup and old and new and not _is_name(path):
            for one in reworded(old, new):
                heading = (one.heading,) if one.heading else ()
                before, after = (
                    passage.text if passage else None for passage in (one.old, one.new)
                )
                yield leaf(self.date, path, (*within, *heading), before, after)
        else:
            yield leaf(self.date, path, within, old, new)

    def _list(
        self, path: str, within: tuple[str, ...], old: list[Any], new: list[Any]
    ) -> Iterator[Change]:
        if path in IDENTITIES:
            yield from self._entries(path, within, old, new, IDENTITIES[path])
        else:
            before, after = (Counter(map(_text, values)) for values in (old, new))
            for value in (before - after).elements():
                yield leaf(self.date, path, within, value, None)
            for value in (after - before).elements():
                yield leaf(self.date, path, within, None, value)

    def _entries(
        self,
        path: str,
        within: tuple[str, ...],
        old: Sequence[Entry],
        new: Sequence[Entry],
        identity: Identity,
    ) -> Iterator[Change]:
        pairs = self.pairing(old, new, identity)
        among = () if within else self.among
        before, after = names_of(old, identity, among), names_of(new, identity, among)
        for at in pairs.gone:
            said = says(old[at], identity, before[at])
            yield _whole(self.date, path, (*within, before[at]), ChangeKind.REMOVED, said)
        for at in pairs.came:
            said = says(new[at], identity, after[at])
            yield _whole(self.date, path, (*within, after[at]), ChangeKind.ADDED, said)
        for i, j in pairs.both:
            yield from self.walk(path, (*within, after[j]), old[i], new[j])


def _position(point: Any) -> str | None:
    return f"{point['lat']}, {point['lon']}" if point else None


def _is_name(path: str) -> bool:
    """Whether an entry of a list is called by it: one name, of however many sentences."""
    of, _, field = path.rpartition(".")
    return of in IDENTITIES and field in IDENTITIES[of].name


def _whole(
    date: PartialDate, path: str, entry: tuple[str, ...], kind: ChangeKind, said: str
) -> Change:
    change = Change(date=date, field=path, entries=(_place(entry),), kind=kind)
    if kind is ChangeKind.REMOVED:
        return replace(change, old=_cut(said) or None)
    return replace(change, new=_cut(said) or None)


def leaf(date: PartialDate, path: str, within: tuple[str, ...], old: Any, new: Any) -> Change:
    """A value that became another; `within` names the entries of lists around it."""
    before, after = _cut_alike(_text(old), _text(new))
    entries = (_place(within),) if within else ()
    return Change(date=date, field=path, entries=entries, old=before, new=after)


WITHIN = " – "
"""Between an entry and the one of its own list's."""


def _place(names: tuple[str, ...]) -> str:
    """`Charité, Berlin, Germany – Dr. A`: an entry, and the one of its own list's."""
    return WITHIN.join(_cut(name) for name in names)


def _text(value: Any) -> str | None:
    """A value as the record's file has it, on one line."""
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(text.split())


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"


def _cut_alike(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Both, cut if need be so that the place where they begin to differ is seen."""
    if old is None or new is None or max(len(old), len(new)) <= _MOST_TEXT:
        return (None if old is None else _cut(old)), (None if new is None else _cut(new))
    start = max(0, same_signs(old, new) - _MOST_TEXT // 4)
    lead = "…" if start else ""
    return lead + _cut(old[start:]), lead + _cut(new[start:])
