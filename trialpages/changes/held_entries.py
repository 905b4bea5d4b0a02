"""The entries of a list that wait, or were decided, as `Earlier.held` has them: what a page has to
know of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from trialpages.changes.compare import WITHIN, Pairing, apart, changes
from trialpages.changes.entries import are_surely_one, in_place_but, matched
from trialpages.changes.entry_names import names_of
from trialpages.changes.history import UNDATED
from trialpages.changes.identities import IDENTITIES, Entry
from trialpages.changes.of_the_model import is_of_the_model
from trialpages.records.as_imported import AsImported
from trialpages.records.model import Change
from trialpages.records.own_vocabulary import ChangeKind


def held_in(name: str, imported: AsImported) -> list[list[Any]]:
    """The entries of a list that both have changed, as `Earlier.held` has them."""
    held = listed(imported.earlier.held.get(name))
    return [one for one in held if isinstance(one, list) and len(one) == 4]


def pairing_of(name: str, imported: AsImported) -> Pairing:
    """With what is known of what an editor made of an entry that waits."""
    known = [(before, own[0]) for before, _, own, _ in held_in(name, imported) if len(own) == 1]
    return in_place_but(known)


def doubles_in(name: str, imported: AsImported, mine: Any, theirs: Any) -> list[Entry]:
    """What the registry has added and nobody knows to be what the editor has: it stands alone."""
    if name not in IDENTITIES:
        return []
    found = [now for before, now, *_ in held_in(name, imported) if not before]
    identity, own = IDENTITIES[name], listed(mine)
    return [
        one
        for one in listed(theirs)
        if one in found and not any(are_surely_one(one, each, identity) for each in own)
    ]


def still_here(
    name: str, imported: AsImported, mine: Any, theirs: Any, *, is_open: bool
) -> list[tuple[list[Any], Entry]]:
    """Of the entries that both have changed, and the registry has still, what the file has of each;
    of what both added, as soon as a person has decided that it is one and the same."""
    there = listed(theirs)
    own, found = [one for one in listed(mine) if one not in there], list[tuple[list[Any], Entry]]()
    for held in held_in(name, imported):
        before, now, made, is_decided = held
        is_asked = not before and is_open and not is_decided
        is_one = now in there and len(made) == 1 and not is_asked
        if is_one and is_of_the_model(name, made):
            both = matched(made, own, IDENTITIES[name]).both
            found += [(held, own[at]) for _, at in both]
    return found


def less_known(double: Sequence[Entry], same: Sequence[tuple[Entry, Entry]]) -> list[Entry]:
    return [one for one in double if one not in [known for known, _ in same]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry of a list of which both sides have made something else."""

    names: Collection[str]
    """What it is called, here and at the registry."""
    parts: Collection[str] | None
    """In which parts both differ; None where it is the entry itself."""
    theirs: Collection[tuple[str, str]]
    """What the registry has changed of it: a field, and of whom there."""

    def has(self, name: str, change: Change, entry: str, own: frozenset[tuple[str, str]]) -> bool:
        """Whether a change of an entry is of this one, and not the editor's alone."""
        if not is_among(entry, self.names):
            return False
        if self.parts is None:
            return True
        if part_of(name, change.field) not in self.parts:
            return False
        of, is_whole = entry.partition(WITHIN)[2], change.kind is ChangeKind.REMOVED
        is_theirs = any(
            f"{field}.".startswith(f"{change.field}.") and (whom == of or not is_whole)
            for field, whom in self.theirs
        )
        is_mine = (change.field, entry) in own and part_of(name, change.field) != ""
        return not is_mine or (is_theirs and change.kind is not ChangeKind.ADDED)


def changed_in(name: str, held: list[Any]) -> frozenset[tuple[str, str]]:
    before, now = ([one] if isinstance(one, dict) else [] for one in held[:2])
    if not (is_of_the_model(name, before) and is_of_the_model(name, now)):
        return frozenset()
    found = apart(changes(name, before, now, UNDATED))
    return frozenset((one.field, "".join(one.entries).partition(WITHIN)[2]) for one in found)


def parts_open(name: str, held: list[Any]) -> frozenset[str] | None:
    """In which parts of an entry both sides differ; None where it is the entry itself."""
    before, now, mine, _ = held
    if not (mine and isinstance(before, dict) and isinstance(now, dict)):
        return None
    fields = (one for one in before | now if before.get(one) != now.get(one))
    return frozenset(part_of(name, f"{name}.{one}") for one in fields)


def part_of(name: str, path: str) -> str:
    """Of a place its status, its contacts, or '' for all else."""
    identity, field = IDENTITIES[name], path.removeprefix(f"{name}.").partition(".")[0]
    return field if identity and field in identity.apart else ""


def called_in(name: str, held: Sequence[list[Any]], mine: Any, theirs: Any) -> frozenset[str]:
    """What they are called, here and at the registry."""
    identity = IDENTITIES[name]
    said = [entry for before, _, own, _ in held for entry in (before, *listed(own)) if entry]
    if not (identity and is_of_the_model(name, said)):
        return frozenset()
    here, there = listed(mine), listed(theirs)
    ours = names_of(here, identity)
    found = {ours[at] for _, at in matched(said, here, identity).both}
    now = [one[1] for one in held]
    registrys = names_of(there, identity)
    return frozenset(found | {registrys[at] for at, one in enumerate(there) if one in now})


def is_among(entry: str, names: Collection[str]) -> bool:
    return entry in names or any(entry.startswith(f"{name} – ") for name in names)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
