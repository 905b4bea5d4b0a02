"""What of a list waits for a person, or was decided by one: the entries that its editor and its
registry have both changed, and not alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from trialpages.changes.compare import all_changes, apart, changes
from trialpages.changes.entries import are_surely_one, in_place, matched
from trialpages.changes.history import UNDATED
from trialpages.changes.identities import IDENTITIES, Entry
from trialpages.importers.entry_lists import inserted, key_of, less
from trialpages.importers.held import Held, befores, nows
from trialpages.importers.update_joined import Joined
from trialpages.importers.update_parts import less_alike
from trialpages.importers.update_twins import in_common
from trialpages.records.own_vocabulary import ChangeKind


def told_of(
    name: str, both: Joined, theirs: Sequence[Entry], longer: Iterable[Held] = ()
) -> list[Entry]:
    """The registry's list with what both changed, and not alike, as it was before; and so with what
    is told from `longer` ago."""
    mine = both.entries if both.before_given is None else both.before_given
    waits = [one for one in both.held if not is_settled(name, less_alike(name, one), mine, theirs)]
    known = {_start(one) for one in waits} | {key_of(one) for one in nows(waits)}
    held = [less_alike(name, one) for one in waits]
    held += [one for one in longer if known.isdisjoint({_start(one), *map(key_of, nows([one]))})]
    return [*less(theirs, nows(held)), *befores(held)]


def changed_once_more(
    held: Iterable[Held], both: Joined | None, theirs: Sequence[Entry]
) -> list[tuple[Held, Held]]:
    """Of what is held each entry that the registry has changed meanwhile, with what became of what
    it said last; both without what has come into the file meanwhile and never waited."""
    fresh = _fates(both)
    again = [one for one in held if one.now is not None and less([one.now], theirs)]
    return [
        _less_come(one, fresh[key])
        for one in again
        if one.now and (key := key_of(one.now)) in fresh
    ]


def _less_come(one: Held, then: Held) -> tuple[Held, Held]:
    if not (one.before and one.now and then.before and then.now and then.mine):
        return one, then
    before, said, now = one.before, one.now, then.now
    come = {
        f
        for f in (*said, *now)
        if before.get(f) == said.get(f) and all(mine.get(f) == now.get(f) for mine in then.mine)
    }
    return (
        replace(one, before=_with_fields(before, now, come)),
        replace(then, before=_with_fields(then.before, now, come)),
    )


def come_back(
    name: str, held: Iterable[Held], said: Sequence[Entry], theirs: Sequence[Entry]
) -> tuple[Held, ...]:
    """What the registry had taken away, an editor's list has still, and the registry's has again:
    under the very name that it had, with which none of its others is or was. Each as it is there
    now."""
    came, gone = less(theirs, said), [one for one in held if one.now is None and one.before]
    found = (_come_back(name, one, came, [*befores(gone), *said]) for one in gone)
    return tuple(one for one in found if one)


def _come_back(name: str, one: Held, came: Sequence[Entry], others: Sequence[Entry]) -> Held | None:
    identity, was = IDENTITIES[name], one.before or {}
    whole = [each for each in came if says_alike(was, each, (*identity.name, *identity.further))]
    again = whole or [each for each in came if says_alike(was, each, identity.name)]
    is_one = whole or sum(says_alike(was, each, identity.name) for each in others) == 1
    return replace(one, now=again[0]) if is_one and len(again) == 1 else None


def says_alike(one: Entry, other: Entry, fields: Iterable[str]) -> bool:
    return all(one.get(f) == other.get(f) for f in fields)


def as_written(held: Iterable[Held]) -> list[list[Any]]:
    """As `.imported/` has it."""
    return [[one.before, one.now, list(one.mine), one.is_decided] for one in held]


def still_held(
    name: str,
    held: Iterable[Held],
    both: Joined | None,
    mine: Sequence[Entry],
    theirs: Sequence[Entry],
) -> tuple[Held, ...]:
    """What was held until now, and what is after `both` sides came together, as far as a list
    (`mine`) has not what the registry (`theirs`) says of it."""
    old, new = list(held), both.held if both else ()
    said = {key_of(one.now) for one in old if one.now is not None and less([one.now], theirs)}
    fresh = (less_alike(name, one) for one in new if _start(one) not in said)
    found = [*_as_of_now(name, old, both, theirs), *fresh]
    return tuple(one for one in found if not is_settled(name, one, mine, theirs))


def over(
    name: str,
    held: Sequence[Held],
    both: Joined | None,
    mine: Sequence[Entry],
    theirs: Sequence[Entry],
    given: Sequence[Held] = (),
) -> list[Held]:
    """What of that is held no longer, as it was, but for what is `given` up."""
    now = _as_of_now(name, held, both, theirs)
    return [
        one
        for one, then in zip(held, now, strict=True)
        if then not in given and is_settled(name, then, mine, theirs)
    ]


def _as_of_now(
    name: str, held: Iterable[Held], both: Joined | None, theirs: Sequence[Entry]
) -> list[Held]:
    """Each of them as the registry's list has it now."""
    fresh = _fates(both)
    return [
        less_alike(name, _again(one, fresh.get(key_of(one.now)), theirs)) if one.now else one
        for one in held
    ]


def _fates(both: Joined | None) -> dict[str, Held]:
    found = (*both.held, *both.together, *both.alike) if both else ()
    return {_start(one): one for one in found if one.before is not None}


def _again(one: Held, again: Held | None, theirs: Sequence[Entry]) -> Held:
    if one.now is None or not less([one.now], theirs):
        return one
    is_asked = one.before is None and not one.is_decided
    mine = again.mine if again and not is_asked else one.mine
    then = Held(one.before, again.now if again else None, mine)
    if not one.is_decided:
        return then
    if one.before is None and _has_come(one.now, then):
        return replace(then, is_decided=True)
    standing = _standing(one, then)
    start = _with_fields(one.now, one.before or {}, standing)
    return replace(then, before=start, is_decided=bool(standing))


def _standing(one: Held, then: Held) -> frozenset[str]:
    """The fields of an entry in which a decision for the file stands: the registry had changed
    them, has left them since, and the file says something else. Where the file hasn't what else of
    it has changed, all of it is to be decided anew."""
    if not (one.before and one.now and then.now and _has_come(one.now, then)):
        return frozenset()
    before, said, now = one.before, one.now, then.now
    differing = {f for f in (*before, *said) if before.get(f) != said.get(f) == now.get(f)}
    return frozenset(f for f in differing for mine in then.mine if mine.get(f) != now.get(f))


def _has_come(said: Entry, then: Held) -> bool:
    """Whether the file has what the registry has changed of an entry since it said this."""
    if (now := then.now) is None:
        return False
    changed = [f for f in (*said, *now) if said.get(f) != now.get(f)]
    return all(mine.get(f) == now.get(f) for f in changed for mine in then.mine)


def is_begun_anew(held: Iterable[Held], both: Joined | None, theirs: Sequence[Entry]) -> bool:
    """Whether nothing of what a person has decided for the file stands any more."""
    fresh = _fates(both)
    return all(
        one.is_decided
        and one.now
        and _again(one, fresh.get(key_of(one.now)), theirs).before == one.now
        for one in held
    )


def changed_since(
    held: Iterable[Held], both: Joined | None, theirs: Sequence[Entry]
) -> Iterator[Held]:
    """Of what a person has decided for the file what the registry has changed again: as it said it
    before, and when it was decided."""
    fresh = _fates(both)
    for one in held:
        if one.is_decided and one.now and less([one.now], theirs):
            then = _again(one, fresh.get(key_of(one.now)), theirs)
            if one.before is not None:
                yield Held(_with_fields(one.before, one.now, _standing(one, then)), one.now)
            elif then.before is not None:
                yield one


def _with_fields(entry: Entry, other: Entry, fields: Collection[str]) -> Entry:
    """An entry with what another says in these fields."""
    found = {f: (other if f in fields else entry).get(f) for f in (*entry, *other)}
    return {f: value for f, value in found.items() if value is not None}


def _start(held: Held) -> str:
    return key_of(held.before) if held.before is not None else ""


def is_settled(name: str, one: Held, mine: Sequence[Entry], theirs: Sequence[Entry]) -> bool:
    """Whether a list has of what is held what the registry says of it, or has changed in it: the
    editor may have changed something else of it."""
    one = as_called(name, one, mine)
    if one.now is not None:
        own = less(mine, theirs)
        return not less([one.now], mine) or _has_all(name, one, own) or _has_told(name, one, own)
    return one.before is None or not made_of_one(name, one, less(mine, theirs))


def as_called(name: str, one: Held, mine: Sequence[Entry]) -> Held:
    """Of what may be the same as an editor's under another name, that once a list has it under its
    own name: from what both say of it."""
    if one.now is None or one.before is not None:
        return one
    found = [each for each in mine if are_surely_one(each, one.now, IDENTITIES[name])]
    return (
        Held(in_common(one.now, found[0]), one.now, (found[0],), one.is_decided) if found else one
    )


def as_decided(name: str, one: Held) -> Held:
    """Of what both added, and a person has decided to be one and the same, that: from what both say
    of it, under the registry's name."""
    if one.before is not None or one.now is None or len(one.mine) != 1:
        return one
    shared, names = in_common(one.now, one.mine[0]), IDENTITIES[name].name
    return replace(one, before={f: v for f, v in one.now.items() if f in shared or f in names})


def _has_told(name: str, one: Held, own: Sequence[Entry]) -> bool:
    """Whether of what the registry only said more of, as of what both added, the file has all of
    that, and maybe more; but for what is never told, such as coordinates."""
    made, before, now = made_of_one(name, one, own), one.before or {}, one.now or {}
    is_more = all(now.get(f) == said or isinstance(said, list) for f, said in before.items())
    steps = ([before], [now], made) if before else ([now], made)
    return is_more and len(made) == 1 and all(_only_adds(name, *two) for two in pairwise(steps))


def _only_adds(name: str, old: Sequence[Entry], new: Sequence[Entry]) -> bool:
    found = changes(name, old, new, UNDATED)
    return all(each.old is None and each.kind is not ChangeKind.REMOVED for each in found)


def _has_all(name: str, one: Held, own: Sequence[Entry]) -> bool:
    made = made_of_one(name, one, own)
    if not (one.before and one.now and len(made) == 1 and _is_same(name, one.before, made[0])):
        return False
    is_whole = _with_theirs(one.before, one.now, made[0]) == made[0]
    return is_whole or _is_only_beside(name, one.before, one.now, made[0])


def _is_only_beside(name: str, before: Entry, now: Entry, mine: Entry) -> bool:
    """Whether all that an entry says otherwise than the registry, an editor had written where the
    registry hasn't changed a word since."""
    left, own = (
        [*apart(all_changes(name, [one], [mine], UNDATED, in_place))] for one in (now, before)
    )
    return all(one in own for one in left)


def given_back(
    name: str, held: Sequence[Held], mine: Sequence[Entry], theirs: Sequence[Entry]
) -> list[Entry]:
    """A list with the registry's side of what is held, and all else as the editor has it: of an
    entry too, the fields that the registry left as they were. What only may be the same as
    something of the editor's stands beside it."""
    sides = given_sides(name, held, mine, theirs)
    others = [one for one, side in zip(held, sides, strict=True) if side is None]
    made = {key_of(mine): taken for mine, taken in filter(None, sides)}
    known = [one for one in others if one.before is not None or one.now is None]
    rest = less(mine, made_of(name, known, mine, theirs))
    kept = [made.get(key_of(entry), entry) for entry in rest]
    return inserted(kept, theirs, Counter(map(key_of, less(nows(others), kept))))


def given_sides(
    name: str, held: Iterable[Held], mine: Sequence[Entry], theirs: Sequence[Entry]
) -> list[tuple[Entry, Entry] | None]:
    """Of each of these the editor's entry, and that with what the registry changed of it; None
    where the registry's comes as it is."""
    own = less(mine, theirs)
    found = list[tuple[Entry, Entry] | None]()
    for one in (as_called(name, each, mine) for each in held):
        made = made_of_one(name, one, own)
        is_there = one.now and one.before and len(made) == 1
        if is_there and one.now and one.before and _is_same(name, one.before, made[0]):
            found.append((made[0], _with_theirs(one.before, one.now, made[0])))
        else:
            found.append(None)
    return found


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
        found += less(made_of_one(name, one, own), found)
    return found


def made_of_one(name: str, one: Held, own: Sequence[Entry]) -> list[Entry]:
    """Of the editor's own entries those that are what is held, worked on meanwhile or not."""
    known = [*one.mine, *([one.before] if one.before else [])]
    return [own[j] for _, j in matched(known, own, IDENTITIES[name]).both]
