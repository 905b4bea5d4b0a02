"""A list in which its editor and its registry have both changed entries: they come together, but
for those that both changed, and not alike."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trialpages.changes.entries import IDENTITIES, Entry, Identity, Matched, in_place, matched

Fates = Mapping[str, Entry | None]
"""What became of each entry that isn't there any more as it was, by its key; None of one that is
gone."""


@dataclass(frozen=True, slots=True)
class Held:
    """An entry that editor and registry have both changed, or both added."""

    before: Entry | None
    """As the registry said it before; None of one that both added."""
    now: Entry | None
    """As the registry says it; None of one that it took away."""
    mine: tuple[Entry, ...] = ()
    """What the editor had made of it when they collided; where that isn't sure, all it may be."""
    is_decided: bool = False
    """Whether a person has decided for the file."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Both sides' changes in one list; the entries that both changed stay the editor's."""

    entries: list[Entry]
    held: tuple[Held, ...]
    before_given: list[Entry] | None = None
    """The entries before the registry's side was taken of some, which is told of these alone."""

    def told(self, name: str, theirs: Sequence[Entry]) -> list[Entry]:
        """The registry's list with what both changed, and not alike, as it was before."""
        mine = self.entries if self.before_given is None else self.before_given
        held = [one for one in self.held if not is_settled(name, one, mine, theirs)]
        return [*less(theirs, nows(held)), *befores(held)]


def starts(name: str, held: Iterable[Held]) -> list[Entry]:
    """What two sides are told from: what the registry said before; of what both added what both
    say, under the registry's name for it."""
    return [start for one in held if (start := one.before or _shared(name, one))]


def _shared(name: str, held: Held) -> Entry | None:
    if held.now is None or len(held.mine) != 1:
        return None
    identity, mine = IDENTITIES[name], held.mine[0]
    named = identity.name if identity else ()
    return {f: value for f, value in held.now.items() if f in named or mine.get(f) == value}


def befores(held: Iterable[Held]) -> list[Entry]:
    return [one.before for one in held if one.before is not None]


def nows(held: Iterable[Held]) -> list[Entry]:
    return [one.now for one in held if one.now is not None]


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
    loose = less(added, filter(None, ours.values()))
    both = _differing([key for key in ours if key in others], ours, others, loose)
    held = [
        Held(entry, others[key], (made,) if (made := ours[key]) else tuple(loose))
        for entry in said
        if (key := _key(entry)) in both
    ]
    twins = _twins(
        _Side(added, _origins(said, ours)), _Side(came, _origins(said, others)), identity
    )
    fresh = less((entry for _, entry in twins), nows(held))
    held += [Held(None, entry, (mine,)) for mine, entry in twins if entry in fresh]
    kept = less(less(theirs, less(said, mine)), nows(held))
    return Joined(_inserted(kept, mine, Counter(map(_key, added))), tuple(held))


@dataclass(frozen=True, slots=True)
class _Side:
    """What is new in one side's list."""

    entries: Sequence[Entry]
    origins: Mapping[str, Entry]
    """What those of them were that were made of an entry there was, by their keys."""

    @property
    def loose(self) -> list[Entry]:
        return [one for one in self.entries if _key(one) not in self.origins]

    def renamed(self, identity: Identity) -> list[Entry]:
        found = [one for one in self.entries if _key(one) in self.origins]
        return [
            one
            for one in found
            if any(one.get(f) != self.origins[_key(one)].get(f) for f in identity.name)
        ]


def _origins(said: Sequence[Entry], fates: Fates) -> Mapping[str, Entry]:
    return {_key(made): entry for entry in said if (made := fates.get(_key(entry)))}


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
        *((a, b) for a, b in second if not pairs([mine.origins[_key(a)]], [b])),
        *((a, b) for a, b in third if not pairs([a], [theirs.origins[_key(b)]])),
    ]


def as_written(held: Iterable[Held]) -> list[list[Any]]:
    """As `.imported/` has it."""
    return [[one.before, one.now, list(one.mine), one.is_decided] for one in held]


def still_held(
    name: str,
    held: Iterable[Held],
    new: Sequence[Held],
    mine: Sequence[Entry],
    theirs: Sequence[Entry],
) -> tuple[Held, ...]:
    """What was held until now and `new`, as far as a list (`mine`) has not what the registry
    (`theirs`) says of it."""
    old = list(held)
    said = {_key(one.now) for one in old if one.now is not None and less([one.now], theirs)}
    found = [*_as_of_now(old, new, theirs), *(one for one in new if _start(one) not in said)]
    return tuple(one for one in found if not is_settled(name, one, mine, theirs))


def over(
    name: str,
    held: Sequence[Held],
    new: Sequence[Held],
    mine: Sequence[Entry],
    theirs: Sequence[Entry],
    given: Sequence[Held] = (),
) -> list[Held]:
    """What of that is held no longer, as it was, but for what is `given` up."""
    now = _as_of_now(held, new, theirs)
    return [
        one
        for one, then in zip(held, now, strict=True)
        if then not in given and is_settled(name, then, mine, theirs)
    ]


def _as_of_now(held: Iterable[Held], new: Sequence[Held], theirs: Sequence[Entry]) -> list[Held]:
    """Each of them as the registry's list has it now."""
    fresh = {_start(one): one for one in new if one.before is not None}
    return [_again(one, fresh.get(_key(one.now)), theirs) if one.now else one for one in held]


def _again(one: Held, again: Held | None, theirs: Sequence[Entry]) -> Held:
    if one.now is None or not less([one.now], theirs):
        return one
    start = one.now if one.is_decided else one.before  # changed once more
    return Held(start, again.now if again else None, again.mine if again else one.mine)


def _start(held: Held) -> str:
    return _key(held.before) if held.before is not None else ""


def is_settled(name: str, one: Held, mine: Sequence[Entry], theirs: Sequence[Entry]) -> bool:
    """Whether a list has of what is held what the registry says of it, or has changed in it: the
    editor may have changed something else of it."""
    if one.now is not None:
        return not less([one.now], mine) or _has_all(name, one, less(mine, theirs))
    return not _made_of(name, one, less(mine, theirs))


def _has_all(name: str, one: Held, own: Sequence[Entry]) -> bool:
    made = _made_of(name, one, own)
    if not (one.before and one.now and len(made) == 1 and _is_same(name, one.before, made[0])):
        return False
    return _with_theirs(one.before, one.now, made[0]) == made[0]


def given_back(
    name: str, held: Sequence[Held], mine: Sequence[Entry], theirs: Sequence[Entry]
) -> list[Entry]:
    """A list with the registry's side of what is held, and all else as the editor has it: of an
    entry too, the fields that the registry left as they were."""
    own = less(mine, theirs)
    sides, others = dict[str, Entry](), list[Held]()
    for one in held:
        made = _made_of(name, one, own)
        if one.now and one.before and len(made) == 1 and _is_same(name, one.before, made[0]):
            sides[_key(made[0])] = _with_theirs(one.before, one.now, made[0])
        else:
            others.append(one)
    rest = less(mine, made_of(name, others, mine, theirs))
    kept = [sides.get(_key(entry), entry) for entry in rest]
    return _inserted(kept, theirs, Counter(map(_key, less(nows(others), kept))))


def _is_same(name: str, before: Entry, mine: Entry) -> bool:
    return bool(in_place([before], [mine], IDENTITIES[name]).both)


def _with_theirs(before: Entry, now: Entry, mine: Entry) -> Entry:
    """The editor's entry with what the registry changed in it, in the order of the registry's."""
    taken = {field for field in before.keys() | now.keys() if before.get(field) != now.get(field)}
    return {
        field: value
        for field in dict.fromkeys((*now, *mine))
        if (value := (now if field in taken else mine).get(field)) is not None
    }


def made_of(
    name: str, held: Sequence[Held], mine: Sequence[Entry], theirs: Sequence[Entry]
) -> list[Entry]:
    """What a list has in place of what is held."""
    own = less(mine, theirs)
    found = list[Entry]()
    for one in held:
        found += less(_made_of(name, one, own), found)
    return found


def _made_of(name: str, one: Held, own: Sequence[Entry]) -> list[Entry]:
    """Of the editor's own entries those that are what is held, worked on meanwhile or not."""
    known = [*one.mine, *([one.before] if one.before else [])]
    return [own[j] for _, j in matched(known, own, IDENTITIES[name]).both]


def _fates(old: Sequence[Entry], new: Sequence[Entry], pairs: Matched) -> Fates:
    partner = dict(pairs.both)
    became = {i: new[partner[i]] if i in partner else None for i in range(len(old))}
    return {_key(entry): became[i] for i, entry in enumerate(old) if became[i] != entry}


def _new(before: Sequence[Entry], here: Sequence[Entry], there: Sequence[Entry]) -> list[Entry]:
    """What is in a list and neither in the one before nor in the other."""
    return less(less(here, before), less(there, before))


def _differing(
    keys: Sequence[str], ours: Fates, others: Fates, loose: Sequence[Entry]
) -> list[str]:
    """Of which entries the two made something else. What both have left out the editor may have
    made into something that nobody knows again, as far as there is any of that."""
    found = [key for key in keys if ours[key] != others[key]]
    if len(loose) > sum(ours[key] is None for key in found):
        found += [key for key in keys if ours[key] is None and others[key] is None]
    return found


def _inserted(found: list[Entry], mine: Sequence[Entry], added: Counter[str]) -> list[Entry]:
    """What the editor added, each behind the entry that stands before it in the editor's list."""
    keys = list(map(_key, found))
    at = 0
    for entry in mine:
        key = _key(entry)
        if added[key]:
            added[key] -= 1
            keys.insert(at, key)
            found.insert(at, entry)
            at += 1
        elif key in keys:
            at = keys.index(key) + 1
    return found


def less(entries: Iterable[Entry], others: Iterable[Entry]) -> list[Entry]:
    """The entries without those that others have too, each as often as they have it."""
    counts = Counter(map(_key, others))
    found = []
    for entry in entries:
        key = _key(entry)
        if counts[key]:
            counts[key] -= 1
        else:
            found.append(entry)
    return found


def _key(entry: Entry) -> str:
    return json.dumps(entry, sort_keys=True)
