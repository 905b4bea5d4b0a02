"""A list in which its editor and its registry have both changed entries: they come together, but
for what both changed, and not alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trialpages.changes.entries import Matched, in_place_without, matched
from trialpages.changes.identities import IDENTITIES, Entry, Identity
from trialpages.importers.entry_lists import key_of, less
from trialpages.importers.held import Held, nows
from trialpages.importers.update_order import Fates, Places
from trialpages.importers.update_parts import InParts, in_parts
from trialpages.importers.update_twins import Side, Twin, of_both, origins, twins


@dataclass(frozen=True, slots=True)
class Joined:
    """Both sides' changes in one list; what both changed stays the editor's."""

    entries: list[Entry]
    held: tuple[Held, ...]
    together: tuple[Held, ...] = ()
    """Entries that both changed, each in other parts."""
    alike: tuple[Held, ...] = ()
    """Entries that both changed, or left out, alike."""
    before_given: list[Entry] | None = None
    """The entries before the registry's side was taken of some, which is told of these alone."""


def joined(
    name: str,
    said: Sequence[Entry],
    mine: Sequence[Entry],
    theirs: Sequence[Entry],
    alone: Sequence[Entry] = (),
) -> Joined | None:
    """The registry's list (`theirs`) with what the editor changed in the one it was made from
    (`said`): entries renewed, left out, added (`mine`). What both changed, or what both added and
    may be the same thing, stays as the editor has it.

    None of a list whose entries can't be told apart. What is `alone` of the registry's waits, since
    nobody knows whether it is something of the editor's.
    """
    identity = IDENTITIES.get(name)
    if identity is None:
        return None
    pairs = in_place_without(alone)(said, mine, identity)
    ours = _fates(said, mine, pairs)
    others = _fates(said, theirs, matched(said, theirs, identity))
    added, came = _new(said, mine, theirs), _new(said, theirs, mine)
    may_be = _may_be(said, ours, less(added, filter(None, ours.values())), identity)
    both = _differing([key for key in ours if key in others], ours, others, may_be)
    parts = dict(_in_parts(name, [one for one in said if key_of(one) in both], ours, others))
    held, together = list[Held](), list[Held]()
    for key, entry in {key_of(one): one for one in said if key_of(one) in both}.items():
        found, made = parts.get(key), ours[key]
        here = (found.entry,) if found else (made,) if made else tuple(may_be[key])
        (together if found and not found.is_open else held).append(Held(entry, others[key], here))
    every = [*twins(Side(added, origins(said, ours)), Side(came, origins(said, others)), identity)]
    fresh = less((one.theirs for one in every), nows([*held, *together]))
    both_added = [one for one in every if one.theirs in fresh]
    held += [of_both(one) for one in both_added if one.made != one.theirs]
    places = _places(ours, others, parts, both_added)
    new = less(map(places.now, added), (one.made for one in both_added if one.made == one.theirs))
    entries = places.in_order(
        theirs, [*less(said, mine), *nows([*held, *together])], said, mine, new
    )
    entries = places.as_ordered(entries, pairs.both, mine)
    return Joined(entries, tuple(held), tuple(together), tuple(_alike(said, ours, others, both)))


def _places(
    ours: Fates, others: Fates, parts: Mapping[str, InParts], both_added: Sequence[Twin]
) -> Places:
    renewed = {key_of(made): found.entry for key, found in parts.items() if (made := ours[key])}
    renewed |= {key_of(one.mine): one.made for one in both_added}
    there = {key_of(one.theirs): one.made for one in both_added if one.is_one}
    return Places(ours, others, renewed, there)


def _alike(
    said: Sequence[Entry], ours: Fates, others: Fates, differing: Collection[str]
) -> Iterator[Held]:
    for key, entry in {key_of(one): one for one in said}.items():
        if key in ours and key in others and key not in differing:
            yield Held(entry, others[key])


def _in_parts(
    name: str, both: Sequence[Entry], ours: Fates, others: Fates
) -> Iterator[tuple[str, InParts]]:
    """What is made of entries that both changed and that are still there, by their keys."""
    for entry in both:
        mine, theirs = ours[key_of(entry)], others[key_of(entry)]
        if mine and theirs:
            yield key_of(entry), in_parts(name, entry, mine, theirs)


def _fates(old: Sequence[Entry], new: Sequence[Entry], pairs: Matched) -> Fates:
    partner = dict(pairs.both)
    became = {i: new[partner[i]] if i in partner else None for i in range(len(old))}
    return {key_of(entry): became[i] for i, entry in enumerate(old) if became[i] != entry}


def _new(before: Sequence[Entry], here: Sequence[Entry], there: Sequence[Entry]) -> list[Entry]:
    """What is in a list and neither in the one before nor in the other."""
    return less(less(here, before), less(there, before))


def _may_be(
    said: Sequence[Entry], ours: Fates, loose: Sequence[Entry], identity: Identity
) -> Mapping[str, list[Entry]]:
    """What an editor may have made of each entry that is left out: no place moves to another town,
    unless its postcode or its people stay."""

    def fits(old: Entry, new: Entry) -> bool:
        is_there = all(old.get(field) == new.get(field) for field in identity.within)
        return is_there or any(old.get(f) and old[f] == new.get(f) for f in identity.stays)

    gone = {key_of(one): one for one in said if ours.get(key_of(one), one) is None}
    return {key: [new for new in loose if fits(one, new)] for key, one in gone.items()}


def _differing(
    keys: Sequence[str], ours: Fates, others: Fates, may_be: Mapping[str, Sequence[Entry]]
) -> list[str]:
    """Of which entries the two made something else. What both have left out the editor may have
    made into something that nobody knows again, as far as there is any of that."""
    found = [key for key in keys if ours[key] != others[key]]
    gone = [may_be[key] for key in found if ours[key] is None]
    for key in keys:
        if ours[key] is None and others[key] is None:
            near = may_be[key]
            if len(near) > sum(any(one in near for one in each) for each in gone):
                found.append(key)
    return found
