"""An entry of a list that waits, or of which a person has decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trialpages.changes.entry_names import names_of
from trialpages.changes.identities import IDENTITIES, Entry


@dataclass(frozen=True, slots=True)
class Held:
    """An entry that editor and registry have both changed, or both added."""

    before: Entry | None
    """As the registry said it before; of one that both added what both say of it,
    None where they name it otherwise."""
    now: Entry | None
    """As the registry says it; None of one that it took away."""
    mine: tuple[Entry, ...] = ()
    """What the editor had made of it when they collided; where that isn't sure, all it may be."""
    is_decided: bool = False
    """Whether a person has decided for the file."""


def befores(held: Iterable[Held]) -> list[Entry]:
    return [one.before for one in held if one.before is not None]


def nows(held: Iterable[Held]) -> list[Entry]:
    return [one.now for one in held if one.now is not None]


def names_held(name: str, held: Sequence[Held], among: Iterable[Sequence[Entry]]) -> frozenset[str]:
    """What the entries are called that are held, and were, in the lists that they are of."""
    lists = tuple(among)
    found = (names_of(of, IDENTITIES[name], lists) for of in (befores(held), nows(held)))
    return frozenset(one for names in found for one in names)
