"""What a registry had where it has nothing now, and what of that is an editor's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from trialpages.changes.compare import WITHIN, Pairing, apart, changes
from trialpages.changes.entries import in_place
from trialpages.changes.entry_names import names_of, says
from trialpages.changes.history import UNDATED
from trialpages.changes.identities import IDENTITIES, Entry
from trialpages.records.model import Change
from trialpages.records.own_vocabulary import ChangeKind


@dataclass(frozen=True, slots=True)
class Former:
    own: tuple[Change, ...]
    """From what the registry had to what the file says, each entry alone."""
    had: tuple[Change, ...]
    """From what the registry says to what it had, each entry alone."""
    called: Mapping[tuple[str, str], tuple[str, Entry]]
    """What the registry called an entry, and said of it, by its list and what it is called in the
    file."""

    def touched(self, kept: Change) -> tuple[Change, ...]:
        """What of the editor's is in what the registry had; of one entry."""
        said = (kept.field, kept.entries, kept.new)
        is_whole = kept.field in IDENTITIES  # an entry, of which a field may be the editor's
        if not is_whole and said in ((one.field, one.entries, one.new) for one in self.had):
            return ()
        return tuple(one for one in self.own if _is_within(one, kept))

    def as_it_was(self, kept: Change, own: Sequence[Change]) -> Change:
        """The same, as the registry called it and what it said of it; not that where the editor's
        `own` stands in its place."""
        was = [self.called.get((kept.field, name), (name, None)) for name in kept.entries]
        names = tuple(name for name, _ in was)
        others = [one.field for one in own if not one.kind]
        if kept.field in others:
            return replace(kept, entries=names, old="", new=None)
        if any(f"{kept.field}.{one}" in others for one in _says(kept)):
            words = " · ".join(_left(kept, entry, name, others) for name, entry in was if entry)
            return replace(kept, entries=names, old=words, new=words or None)
        said = (one.new for one in self.had if (one.field, one.entries) == (kept.field, names))
        found = next(said, None)
        return replace(kept, entries=names, old=found or "", new=found)


def former(name: str, theirs: Any, had: Any, mine: Any, pairing: Pairing = in_place) -> Former:
    own = apart(changes(name, had, mine, UNDATED, pairing))
    gone = apart(changes(name, theirs, had, UNDATED, in_place))
    called = dict(_called(name, had, mine, pairing)) if name in IDENTITIES else {}
    return Former(tuple(own), tuple(gone), called)


def _called(
    path: str, had: Any, mine: Any, pairing: Pairing, before: str = "", now: str = ""
) -> Iterator[tuple[tuple[str, str], tuple[str, Entry]]]:
    old, new, identity = _entries(had), _entries(mine), IDENTITIES[path]
    names, ours = names_of(old, identity), names_of(new, identity)
    for i, j in pairing(old, new, identity).both:
        was, here = before + names[i], now + ours[j]
        yield (path, here), (was, old[i])
        for key in old[i]:
            if (inner := f"{path}.{key}") in IDENTITIES:
                told = f"{was}{WITHIN}", f"{here}{WITHIN}"
                yield from _called(inner, old[i][key], new[j].get(key), in_place, *told)


def _left(kept: Change, entry: Entry, name: str, others: Sequence[str]) -> str:
    """What the registry said of an entry and the file says too."""
    left = {f: said for f, said in entry.items() if f"{kept.field}.{f}" not in others}
    return says(left, IDENTITIES[kept.field], name)


def _says(kept: Change) -> Sequence[str]:
    return IDENTITIES[kept.field].says if kept.field in IDENTITIES else ()


def _entries(value: Any) -> Sequence[Entry]:
    return value if isinstance(value, list) else []


def _is_within(one: Change, kept: Change) -> bool:
    if not f"{one.field}.".startswith(f"{kept.field}."):
        return False
    within = f"{one.entries[0]}{WITHIN}" if one.entries else ""
    return all(within.startswith(f"{name}{WITHIN}") for name in kept.entries)


def is_kept(change: Change) -> bool:
    """Whether it is told as what the registry has no more."""
    return change.kind is ChangeKind.ADDED and change.old is not None


def is_own(one: Change, kept: Change) -> bool:
    """Whether the registry never had what is told as kept: the editor's alone."""
    return one.field == kept.field and one.old is None
