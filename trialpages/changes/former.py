"""What a registry had where it has nothing now, and what of that is an editor's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from trialpages.changes.compare import WITHIN, apart, changes
from trialpages.changes.entries import in_place
from trialpages.changes.entry_names import names_of
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
    called: Mapping[tuple[str, str], str]
    """What the registry called an entry, by its list and what it is called in the file."""

    def touched(self, kept: Change) -> tuple[Change, ...]:
        """What of the editor's is in what the registry had; of one entry."""
        said = (kept.field, kept.entries, kept.new)
        if not kept.entries and said in ((one.field, one.entries, one.new) for one in self.had):
            return ()
        return tuple(one for one in self.own if _is_within(one, kept))

    def as_it_was(self, kept: Change, own: Sequence[Change]) -> Change:
        """The same, as the registry called it and what it said of it; not that where the editor's
        `own` stands in its place."""
        names = tuple(self.called.get((kept.field, name), name) for name in kept.entries)
        parts = [f"{kept.field}.{one}" for one in _says(kept)]
        if any(one.field in (kept.field, *parts) and not one.kind for one in own):
            return replace(kept, entries=names, old="", new=None)
        said = (one.new for one in self.had if (one.field, one.entries) == (kept.field, names))
        words = next(said, None)
        return replace(kept, entries=names, old=words or "", new=words)


def former(name: str, theirs: Any, had: Any, mine: Any) -> Former:
    own = apart(changes(name, had, mine, UNDATED, in_place))
    gone = apart(changes(name, theirs, had, UNDATED, in_place))
    called = dict(_called(name, had, mine)) if name in IDENTITIES else {}
    return Former(tuple(own), tuple(gone), called)


def _called(
    path: str, had: Any, mine: Any, before: str = "", now: str = ""
) -> Iterator[tuple[tuple[str, str], str]]:
    old, new, identity = _entries(had), _entries(mine), IDENTITIES[path]
    names, ours = names_of(old, identity), names_of(new, identity)
    for i, j in in_place(old, new, identity).both:
        was, here = before + names[i], now + ours[j]
        yield (path, here), was
        for key in old[i]:
            if (inner := f"{path}.{key}") in IDENTITIES:
                told = f"{was}{WITHIN}", f"{here}{WITHIN}"
                yield from _called(inner, old[i][key], new[j].get(key), *told)


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
