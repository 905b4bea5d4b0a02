"""Which entries of two versions of a list are the same thing, by what a reader knows them by."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from trialpages.changes.alignment import Effort, are_numbered_apart, likeness
from trialpages.changes.entry_names import texts
from trialpages.changes.identities import Entry, Identity


@dataclass(frozen=True, slots=True)
class Matched:
    """The entries of two versions of a list, by their places."""

    both: tuple[tuple[int, int], ...]
    gone: tuple[int, ...]
    came: tuple[int, ...]


def matched(old: Sequence[Entry], new: Sequence[Entry], identity: Identity) -> Matched:
    """Pair what is the same: equal entries first, then by each key, by likeness, and at last by
    what no other entry says."""
    left, right = list(range(len(old))), list(range(len(new)))
    both: list[tuple[int, int]] = []
    for find in _rounds(identity):
        if not (left and right):
            break
        found = tuple(find(left, right, old, new))
        both += found
        left = _without(left, {i for i, _ in found})
        right = _without(right, {j for _, j in found})
    return Matched(tuple(sorted(both, key=lambda pair: pair[1])), tuple(left), tuple(right))


_Round = Callable[
    [Sequence[int], Sequence[int], Sequence[Entry], Sequence[Entry]], Iterable[tuple[int, int]]
]


def _rounds(identity: Identity) -> Iterator[_Round]:
    for key in (None, *identity.keys):
        yield partial(_same_key, key=key)
    if identity.alike:
        yield partial(_alike, identity=identity)
    if identity.sole:
        yield partial(_known_by, marks=partial(_sole_mark, fields=identity.sole), within=())
    if identity.people:
        marks = partial(_people, field=identity.people)
        yield partial(_known_by, marks=marks, within=identity.within)


def in_place(old: Sequence[Entry], new: Sequence[Entry], identity: Identity) -> Matched:
    """The same for two states of one file: what stands between the same neighbours and says most
    of the same is the same thing, whatever it is called now; so is what nothing else is as near
    to, wherever it stands."""
    pairs = matched(old, new, identity)
    partner, came = dict(pairs.both), set(pairs.came)
    for i in pairs.gone:
        before, after = partner.get(i - 1, -1 if i == 0 else None), partner.get(i + 1)
        places = [j for j in (_next(before, 1), _next(after, -1)) if j in came]
        for j in places:
            if _near(old[i], new[j]):
                partner[i] = j
                came.discard(j)
                break
    gone = [i for i in pairs.gone if i not in partner]
    near = [(i, j) for i in gone for j in came if _is_called_otherwise(old[i], new[j], identity)]
    firsts, seconds = (Counter(pair[side] for pair in near) for side in (0, 1))
    partner |= {i: j for i, j in near if firsts[i] == seconds[j] == 1}
    both = sorted(partner.items(), key=lambda pair: pair[1])
    left = tuple(i for i in gone if i not in partner)
    return Matched(tuple(both), left, tuple(sorted(came - set(partner.values()))))


def in_place_but(known: Iterable[tuple[Entry, Entry]]) -> _Pairing:
    """The same where of some entries it is known what became of them."""
    became = [*known]

    def pairing(old: Sequence[Entry], new: Sequence[Entry], identity: Identity) -> Matched:
        left, right = list(range(len(old))), list(range(len(new)))
        sure = list[tuple[int, int]]()
        for before, now in became:
            there = [(i, j) for i in left for j in right if (old[i], new[j]) == (before, now)]
            sure += there[:1]
            left = _without(left, {i for i, _ in sure})
            right = _without(right, {j for _, j in sure})
        rest = in_place([old[i] for i in left], [new[j] for j in right], identity)
        both = [*sure, *((left[i], right[j]) for i, j in rest.both)]
        gone, came = tuple(left[i] for i in rest.gone), tuple(right[j] for j in rest.came)
        return Matched(tuple(sorted(both, key=lambda pair: pair[1])), gone, came)

    return pairing


def in_place_without(alone: Sequence[Entry]) -> _Pairing:
    """The same where of some of the first nobody knows what became of them."""

    def pairing(old: Sequence[Entry], new: Sequence[Entry], identity: Identity) -> Matched:
        known = [at for at, one in enumerate(old) if one not in alone or one in new]
        found = in_place([old[at] for at in known], new, identity)
        both = tuple((known[i], j) for i, j in found.both)
        partners = {i for i, _ in both}
        gone = tuple(at for at in range(len(old)) if at not in partners)
        return Matched(both, gone, found.came)

    return pairing


_Pairing = Callable[[Sequence[Entry], Sequence[Entry], Identity], Matched]


def are_surely_one(one: Entry, other: Entry, identity: Identity) -> bool:
    """Whether two that nobody has seen turn into one another are the same thing: by their whole
    name, and by all that parts those of one name."""
    further = (f for f in identity.further if one.get(f) and other.get(f))
    named = any(one.get(f) for f in identity.name)
    return named and all(_is_alike(one, other, f) for f in (*identity.name, *further))


def may_be_one(one: Entry, other: Entry, identity: Identity) -> bool:
    """Whether they may be the same: in one town by name, or in one postcode, however either spells
    the town."""
    if not identity.within:
        return False
    if not all(_is_alike(one, other, f) for f in identity.within):
        return _is_same_postcode(one, other)
    if any(_is_alike(one, other, f) and one.get(f) for f in identity.stays):
        return True
    return are_like_names(*(e.get(identity.name[0]) for e in (one, other)))


def are_like_names(one: Any, other: Any) -> bool:
    """Whether all words of the shorter stand in the longer: next to one another, or in any order
    where they are so many that they say more than `Beijing Hospital`. Small ones don't count."""
    short, long = sorted(map(_words, (one, other)), key=len)
    are_there = len(set(short)) >= _TELLING and set(short) <= set(long)
    return bool(short) and (are_there or f" {' '.join(short)} " in f" {' '.join(long)} ")


def _is_same_postcode(one: Entry, other: Entry) -> bool:
    """Not by one that fills the field alone, such as `00000`."""
    is_telling = len({*plain(one.get("zip") or "")}) > 1
    return is_telling and all(_is_alike(one, other, f) for f in ("zip", "country"))


def _is_alike(one: Entry, other: Entry, field: str) -> bool:
    return are_alike(one.get(field), other.get(field))


def are_alike(one: Any, other: Any) -> bool:
    """Whether two values are the same but for capitals and blanks."""
    return plain(one) == plain(other)


def _words(name: Any) -> list[str]:
    return [one for one in _WORD.findall(f"{name or ''}".casefold()) if one not in _SMALL]


_WORD = re.compile(r"[^\W_]+")
_TELLING = 3
_SMALL = frozenset(
    (
        *("an", "and", "at", "de", "del", "der", "des", "di", "do", "du"),
        *("et", "for", "für", "in", "la", "le", "of", "the", "und", "van"),
    )
)


def _next(place: int | None, step: int) -> int:
    return -1 if place is None else place + step


def _near(old: Entry, new: Entry) -> bool:
    fields = old.keys() | new.keys()
    return sum(bool(old.get(field) == new.get(field)) for field in fields) > len(fields) / 2


def _is_called_otherwise(old: Entry, new: Entry, identity: Identity) -> bool:
    is_there = all(old.get(field) == new.get(field) for field in identity.within)
    stays = any(old.get(field) and old[field] == new.get(field) for field in identity.stays)
    return is_there and stays and _near(old, new)


def _without(places: list[int], taken: set[int]) -> list[int]:
    return [place for place in places if place not in taken]


def _same_key(
    left: Sequence[int],
    right: Sequence[int],
    old: Sequence[Entry],
    new: Sequence[Entry],
    key: tuple[str, ...] | None,
) -> Iterator[tuple[int, int]]:
    places = defaultdict(list)
    for j in reversed(right):
        if value := _key_of(new[j], key):
            places[value].append(j)
    for i in left:
        if found := places.get(_key_of(old[i], key)):
            yield i, found.pop()


def _key_of(entry: Entry, key: tuple[str, ...] | None) -> str:
    """What the entry says in the fields of a key, or in all; '' where it lacks the first one."""
    if key is None:
        return json.dumps(entry, sort_keys=True)
    if not entry.get(key[0]):
        return ""
    return json.dumps([plain(entry.get(field)) for field in key])


def plain(value: Any) -> str:
    """What of a value makes it another one: neither capitals nor blanks."""
    return " ".join(value.split()).casefold() if isinstance(value, str) else json.dumps(value)


_MOST_COMPARED = 2_500
_LIKE = 0.75
"""Share of signs that two wordings of one thing have in common, as difflib counts."""


def _alike(
    left: Sequence[int],
    right: Sequence[int],
    old: Sequence[Entry],
    new: Sequence[Entry],
    identity: Identity,
) -> Iterator[tuple[int, int]]:
    """What was reworded: the likest pairs first. Not tried where there are too many."""
    if len(left) * len(right) > _MOST_COMPARED:
        return
    effort = Effort(_signs(left, old, identity.alike) + _signs(right, new, identity.alike))
    ratios = []
    for i in left:
        for j in right:
            before, now = old[i].get(identity.alike), new[j].get(identity.alike)
            is_another = identity.is_numbered and are_numbered_apart(f"{before}", f"{now}")
            is_there = all(old[i].get(field) == new[j].get(field) for field in identity.within)
            if is_there and not is_another:
                ratio = _likeness(before, now, effort)
                ratios.append((-ratio, i, j))
    seen: set[tuple[str, int]] = set()
    for ratio, i, j in sorted(ratios):
        if ratio and ("old", i) not in seen and ("new", j) not in seen:
            seen |= {("old", i), ("new", j)}
            yield i, j


_Marks = Callable[[Entry], Collection[str]]


def _known_by(
    left: Sequence[int],
    right: Sequence[int],
    old: Sequence[Entry],
    new: Sequence[Entry],
    marks: _Marks,
    within: tuple[str, ...],
) -> Iterator[tuple[int, int]]:
    """By something that one entry alone has, of all before and of all now."""
    before, now = _owners(old, marks), _owners(new, marks)
    pairs = {(before[mark], now[mark]) for mark in before.keys() & now.keys()}
    fit = [
        (i, j)
        for i, j in pairs
        if i in left and j in right and all(old[i].get(f) == new[j].get(f) for f in within)
    ]
    firsts, seconds = (Counter(pair[side] for pair in fit) for side in (0, 1))
    yield from ((i, j) for i, j in sorted(fit) if firsts[i] == seconds[j] == 1)


def _owners(entries: Sequence[Entry], marks: _Marks) -> Mapping[str, int]:
    """The only entry that has a mark, by the mark."""
    found = defaultdict(list)
    for at, entry in enumerate(entries):
        for mark in marks(entry):
            found[mark].append(at)
    return {mark: places[0] for mark, places in found.items() if len(places) == 1}


def _sole_mark(entry: Entry, fields: tuple[str, ...]) -> Collection[str]:
    return {_key_of(entry, fields)} - {""}


def _people(entry: Entry, field: str) -> Collection[str]:
    """The names, numbers and addresses of the people in a list."""
    return {
        f"{name} {plain(person[name])}"
        for person in entry.get(field) or ()
        for name in ("name", "phone", "email")
        if isinstance(person, dict) and person.get(name)
    }


def _signs(places: Iterable[int], entries: Sequence[Entry], field: str) -> int:
    return sum(len(text) for at in places for text in texts(entries[at].get(field)))


def _likeness(old: Any, new: Any, effort: Effort) -> float:
    is_text = isinstance(old, str) and isinstance(new, str)
    return likeness(old.casefold(), new.casefold(), _LIKE, effort) if is_text else 0.0
