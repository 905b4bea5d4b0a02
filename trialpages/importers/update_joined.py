"""A list in which its editor and its registry have both changed entries: they come together, but
for what both changed, and not alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trialpages.changes.entries import Matched, in_place, matched
from trialpages.changes.identities import IDENTITIES, Entry, Identity
from trialpages.importers.entry_lists import key_of, less
from trialpages.importers.held import Held, nows
from trialpages.importers.update_order import Fates, Places
from trialpages.importers.update_parts import InParts, in_parts


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
    name: str, said: Sequence[Entry], mine: Sequence[Entry], theirs: Sequence[Entry]
) -> Joined | None:
    """The registry's list (`theirs`) with what the editor changed in the one it was made from
    (`said`): entries renewed, left out, added (`mine`). What both changed, or what both added and
    may be the same thing, stays as the editor has it.

    None of a list whose entries can't be told apart.
    """
    identity = IDENTITIES.get(name)
    if identity is None:
        return None
    ours = _fates(said, mine, in_place(said, mine, identity))
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
    own = _Side(added, _origins(said, ours))
    twins = _twins(own, _Side(came, _origins(said, others)), identity)
    fresh = less((entry for _, entry in twins), nows([*held, *together]))
    both_added = [(one, entry, _filled(one, entry, own)) for one, entry in twins if entry in fresh]
    held += [_of_both(entry, made, identity) for _, entry, made in both_added if made != entry]
    renewed = {key_of(made): found.entry for key, found in parts.items() if (made := ours[key])}
    renewed |= {key_of(one): made for one, _, made in both_added}
    alike = [made for _, entry, made in both_added if made == entry]
    places = Places(ours, others, renewed, {key_of(one): made for _, one, made in both_added})
    new = less(map(places.now, added), alike)
    entries = places.in_order(
        theirs, [*less(said, mine), *nows([*held, *together])], said, mine, new
    )
    return Joined(entries, tuple(held), tuple(together), tuple(_alike(said, ours, others, both)))


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


@dataclass(frozen=True, slots=True)
class _Side:
    """What is new in one side's list."""

    entries: Sequence[Entry]
    origins: Mapping[str, Entry]
    """What those of them were that were made of an entry there was, by their keys."""

    @property
    def loose(self) -> list[Entry]:
        return [one for one in self.entries if key_of(one) not in self.origins]

    def renamed(self, identity: Identity) -> list[Entry]:
        found = [one for one in self.entries if key_of(one) in self.origins]
        return [
            one
            for one in found
            if any(one.get(f) != self.origins[key_of(one)].get(f) for f in identity.name)
        ]


def _origins(said: Sequence[Entry], fates: Fates) -> Mapping[str, Entry]:
    return {key_of(made): entry for entry in said if (made := fates.get(key_of(entry)))}


def _twins(mine: _Side, theirs: _Side, identity: Identity) -> list[tuple[Entry, Entry]]:
    """What may be the same thing of what is new on both sides. Of what was made of an entry there
    was it is known what it is, unless it has another name now, which the other side gave to what it
    added: a trial may have several places of one name."""

    def pairs(one: Sequence[Entry], other: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
        return [(one[i], other[j]) for i, j in matched(one, other, identity).both]

    first = pairs(mine.loose, theirs.loose)
    left = (
        less(mine.loose, (one for one, _ in first)),
        less(theirs.loose, (one for _, one in first)),
    )
    second, third = pairs(mine.renamed(identity), left[1]), pairs(left[0], theirs.renamed(identity))
    return [
        *first,
        *((a, b) for a, b in second if not pairs([mine.origins[key_of(a)]], [b])),
        *((a, b) for a, b in third if not pairs([a], [theirs.origins[key_of(b)]])),
    ]


def _filled(mine: Entry, theirs: Entry, own: _Side) -> Entry:
    """What both added with what of it only the registry says; as the editor has it where that was
    made of something else."""
    return mine if key_of(mine) in own.origins else _with_more(mine, theirs)


def _of_both(theirs: Entry, made: Entry, identity: Identity) -> Held:
    """What both added, from what both say of it: that much has come and is told; the rest waits.
    Under two names all of it does: nobody knows whether it is the same."""
    if any(theirs.get(f) != made.get(f) for f in identity.name):
        return Held(None, theirs, (made,))
    shared = {f: _common(said, made.get(f)) for f, said in theirs.items()}
    return Held({f: said for f, said in shared.items() if said is not None}, theirs, (made,))


def _common(one: Any, other: Any) -> Any:
    """What two values have in common; of lists of people each under the name that both know."""
    if one == other or not (isinstance(one, list) and isinstance(other, list)):
        return one if one == other else None
    pairs = [(a, b) for a in one for b in other if isinstance(a, dict) and isinstance(b, dict)]
    found = [
        {f: value for f, value in a.items() if b.get(f) == value}
        for a, b in pairs
        if a.get("name") and a["name"] == b.get("name")
    ]
    return found or None


def _with_more(mine: Entry, theirs: Entry) -> Entry:
    found = {f: _with_more_of(mine.get(f), said) for f, said in theirs.items()}
    return {f: found.get(f, mine.get(f)) for f in dict.fromkeys((*theirs, *mine))}


def _with_more_of(mine: Any, theirs: Any) -> Any:
    """A list of people too, each under the name that both know."""
    if mine is None:
        return theirs
    if not (isinstance(mine, list) and isinstance(theirs, list)):
        return mine
    said = {one["name"]: one for one in theirs if isinstance(one, dict) and one.get("name")}
    return [
        _with_more(one, said[one["name"]])
        if isinstance(one, dict) and one.get("name") in said
        else one
        for one in mine
    ]


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
