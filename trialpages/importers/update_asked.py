"""What of a list only a person can tell: whether two entries are one and the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trialpages.changes.entry_names import names_of
from trialpages.changes.identities import IDENTITIES, Entry
from trialpages.importers.conflict import Double, Lost
from trialpages.importers.entry_lists import less
from trialpages.importers.held import Held
from trialpages.importers.update_lists import made_of_one, says_alike


def doubles(
    name: str, held: Iterable[Held], mine: Sequence[Entry], theirs: Sequence[Entry]
) -> tuple[Double, ...]:
    """What the registry has added and what of the editor's may be that, as nobody knows yet."""
    pairs = [
        (one.now, made)
        for one in held
        if one.now and one.before is None
        for made in made_of_one(name, one, less(mine, theirs))
    ]
    sides = ([one[side] for one in pairs] for side in (0, 1))
    named = (names_of(one, IDENTITIES[name], (mine, theirs)) for one in sides)
    return tuple(Double(*both) for both in zip(*named, strict=True))


def lost(
    name: str, held: Iterable[Held], mine: Sequence[Entry], theirs: Sequence[Entry]
) -> Lost | None:
    """What of a list's both sides may have renamed."""
    gone, found, own = list[Entry](), list[Entry](), less(mine, theirs)
    for one in held:
        made = made_of_one(name, one, own) if one.now is None else []
        names = IDENTITIES[name].name
        if one.before and made and not any(says_alike(one.before, each, names) for each in made):
            gone.append(one.before)
            found += less(made, found)
    return Lost(tuple(gone), tuple(found)) if gone else None
