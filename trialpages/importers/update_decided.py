"""What the registry had changed in a field that waited for a person, told once a file has it: taken
by a command, or written by hand; and what of the editor's that command took back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from trialpages.changes.compare import apart, changes, joined_changes, paired_as
from trialpages.changes.entries import in_place, in_place_but
from trialpages.changes.entry_names import names_of, says
from trialpages.changes.history import UNDATED
from trialpages.changes.identities import IDENTITIES, Entry
from trialpages.changes.renamings import called_as_first
from trialpages.changes.steps import dated, place_of_step
from trialpages.importers.conflict import Conflict, called_as_before, place_of
from trialpages.importers.entry_lists import key_of, less
from trialpages.importers.held import Held, befores, names_held, nows
from trialpages.importers.update_earlier import passed, steps_of
from trialpages.importers.update_fields import Field
from trialpages.importers.update_lists import (
    changed_once_more,
    given_sides,
    is_settled,
    made_of,
    over,
    told_of,
)
from trialpages.records.model import Change, PartialDate
from trialpages.records.own_vocabulary import ChangeKind


def decided(field: Field, history: Sequence[Change], date: PartialDate) -> Iterator[Change]:
    """What the registry changed in a field of which its side is taken only now, as far as no
    earlier update told it."""
    day = field.began if field.before and not field.is_again else field.after
    lists = field.merged or [], field.new or []
    gone = over(field.name, field.kept, field.both, *lists, field.given) if field.held else []
    is_whole = not field.given and (field.is_same or field.is_decided)
    done = None if is_whole else (*field.given, *gone)
    yield from still_untold(field.name, tuple(passed(field)), done, history, field.lists)
    steps = steps_of(field, date)
    yield from untold(_decided(field, gone, date), history, day, steps)
    back = changes(
        field.name, befores(field.back), [], field.until or field.last or date, among=field.lists
    )
    yield from untold(back, history, field.began, steps)
    if _waited(field) and field.is_renewed and field.new == field.before[0]:
        yield from untold(steps, history, field.began, steps)  # it went, and went back
    elif again := _back_again(field):
        went = names_held(field.name, again, field.lists)
        each = (one for one in apart(steps) if place_of_step(one) in went)
        yield from untold(each, history, field.began, steps)


def _decided(field: Field, gone: Sequence[Held], date: PartialDate) -> Iterator[Change]:
    """`gone` are the entries that are held no longer."""
    start = (field.said,) if field.is_again and not field.held else field.before
    start = start if field.is_same else start or field.start
    if (field.is_same or field.is_decided) and not field.given and not field.held:
        if start:
            day = date if field.is_renewed else field.until or date
            yield from changes(field.name, start[0], field.new, day)
        return
    if _waited(field) and not field.is_by_entries:
        yield from _alike(field, field.before[0], date)
    if field.is_decided and not field.given:
        gone = field.kept
    had = [(one.before, one.now) for one in field.held]
    told = [*_as_told(field, gone), *field.given]
    for is_old in (True, False):
        these = [one for one in told if ((one.before, one.now) in had) is is_old]
        day = (is_old and field.until) or date
        yield from changes(field.name, befores(these), nows(these), day, among=field.lists)


def _as_told(field: Field, gone: Sequence[Held]) -> Iterator[Held]:
    """Each from what the registry said before it waited to what it says now. What it changed after
    a person had decided is told by itself, and what it changed before that too."""
    again = _once_more(field, gone)
    changed = {key_of(one.now) for one, _ in again if one.now}
    yield from (one for one in gone if one.now is None or key_of(one.now) not in changed)
    yield from (replace(one, now=then.now) for one, then in again if not one.is_decided)


def _once_more(field: Field, held: Sequence[Held]) -> list[tuple[Held, Held]]:
    return changed_once_more(held, field.both, field.new or [])


def told_now(field: Field, date: PartialDate) -> tuple[Change, ...]:
    """What a version changed since the one that is here, whatever the file has; not what waits, nor
    what is told from longer ago. What an editor had written is no older version of the registry's.
    What is back says what the registry says of it now."""
    found = _told_now(field, date)
    if not field.back:
        return found
    identity, now = IDENTITIES[field.name], nows(field.back)
    names = names_of(now, identity, field.lists)
    back = {name: says(one, identity, name) for one, name in zip(now, names, strict=True)}
    return joined_changes(
        msgspec.structs.replace(one, new=back.get(one.entries[0]) or None)
        if (one.field, one.kind) == (field.name, ChangeKind.ADDED) and one.entries[0] in back
        else one
        for one in apart(found)
    )


def _told_now(field: Field, date: PartialDate) -> tuple[Change, ...]:
    name, new, both = field.name, field.new, field.both
    if field.held and both is not None and field.is_renewed:
        longer = [then for one, then in _once_more(field, field.kept) if not one.is_decided]
        new = (
            [*less(new or [], nows(longer)), *befores(longer)]
            if field.is_same or field.is_taken
            else told_of(name, both, new or [], longer)
        )
        return changes(name, field.said, new, date)
    if field.is_decided and field.is_start_known:
        return ()
    if field.is_taken and not field.is_edited:
        return changes(name, field.old, new, date)
    if field.text is not None:
        return changes(name, field.said, new, date)
    if field.is_renewed and both is not None:
        return changes(name, field.said, told_of(name, both, new or []), date)
    if not (field.is_renewed and field.is_said_known):
        return ()
    if field.is_same:
        return () if field.before else changes(name, field.said, new, date)
    if field.is_taken or field.is_by_entries or _waited(field):
        return ()
    return _alike(field, field.said, date)


def _waited(field: Field) -> bool:
    """Whether it is a whole value that waited before."""
    return bool(field.note and field.before) and not (field.held or field.text)


def _alike(field: Field, start: Any, date: PartialDate) -> tuple[Change, ...]:
    """What of a value that waits both sides say: it needs no decision, and has come."""
    mine = apart(changes(field.name, start, field.old, date, in_place))
    own = {_key(one) for one in mine}
    theirs = apart(changes(field.name, start, field.new, date))
    return joined_changes(one for one in theirs if _key(one) in own)


def still_untold(
    name: str,
    changed: Sequence[Change],
    done: Sequence[Held] | None,
    history: Sequence[Change],
    among: Sequence[Sequence[Any]],
) -> Iterator[Change]:
    """What the registry had changed before a person decided for the file, and changed again: of the
    entries of a list that are done with, or of a whole field. Of which version it is says each."""
    identity = IDENTITIES.get(name)
    if done is None:
        found = [*apart(changed)]
    elif identity:
        sides = (befores(done), nows(done))
        names = {one for said in sides for one in names_of(said, identity, among)}
        found = [
            one
            for one in apart(changed)
            if any(entry.partition(" – ")[0] in names for entry in one.entries)
        ]
    else:
        return
    told = {(_key(one), one.date) for one in apart(history)}
    yield from joined_changes(one for one in found if (_key(one), one.date) not in told)


def settled(
    name: str, held: Sequence[Held], mine: Any, theirs: Any, date: PartialDate
) -> Iterator[Change]:
    """What the registry changed in the entries that were held, of those that a list (`mine`) has
    as the registry (`theirs`) says them."""
    done, _ = _parted(name, held, mine or [], theirs or [])
    yield from changes(name, befores(done), nows(done), date, among=(mine or [], theirs or []))


def taken_over(
    name: str,
    before: tuple[Any, ...],
    held: Sequence[Held],
    mine: Any,
    theirs: Any,
    date: PartialDate,
) -> Iterator[Change]:
    """What registry and editor have both made of what waited: a value (`before`), or entries of a
    list that are `held` and not settled. What was decided once is told."""
    start, among = before[0] if before else None, tuple[Sequence[Any], ...]()
    if held:
        fresh = [one for one in held if not one.is_decided]
        _, waiting = _parted(name, fresh, mine or [], theirs or [])
        among = (mine or [], theirs or [])
        made = made_of(name, waiting, *among)
        start, mine, theirs = befores(waiting), made, nows(waiting)
    elif not before:
        return
    found = changes(name, start, theirs, date, among=among)
    here = paired_as(found, changes(name, start, mine, date, in_place, among))
    own = {_key(one) for one in apart(here)}
    yield from (one for one in apart(found) if _key(one) in own)


def _parted(
    name: str, held: Sequence[Held], mine: Any, theirs: Any
) -> tuple[list[Held], list[Held]]:
    """Those that are settled, and those that are not."""
    done = [is_settled(name, one, mine, theirs) for one in held]
    return (
        [one for one, is_done in zip(held, done, strict=True) if is_done],
        [one for one, is_done in zip(held, done, strict=True) if not is_done],
    )


def taken_back(field: Field, date: PartialDate) -> Iterator[Change]:
    """What waited for a person, as the registry had changed it, and has changed back."""
    if field.note is None or field.is_same or field.is_taken or not field.is_renewed:
        return
    name, day = field.name, field.until or date
    if field.held:
        back = _back_again(field)
        yield from changes(name, befores(back), nows(back), day, among=field.lists)
    elif field.before and field.text is None:
        (before,) = field.before
        if not changes(name, before, field.new, date):
            yield from changes(name, before, field.said, day)


def _back_again(field: Field) -> list[Held]:
    """The same of the entries of a list."""
    fresh = [one for one in field.held if not one.is_decided] if field.note else []
    again = _once_more(field, fresh) if fresh and field.is_renewed else []
    return [one for one, then in again if _is_back(field.name, one, then)]


def _is_back(name: str, one: Held, then: Held) -> bool:
    if one.before is None:
        return then.now is None
    before, now = befores([one]), nows([then])
    return then.now is not None and not changes(name, before, now, UNDATED)


def undone(field: Field, date: PartialDate) -> tuple[Change, ...]:
    """What an editor wrote that the source's side takes the place of, where that was chosen: each
    from what the registry said. What the registry says too isn't gone."""
    among = field.lists if field.given else ()
    if field.given:
        before: Any = befores(field.given)
        made = made_of(field.name, field.given, field.old or [], field.new or [])
        mine: Any = less(made, field.merged or [])  # what stays beside the registry's isn't gone
        kept = less(less(field.merged or [], field.old or []), field.new or [])  # of both sides
        after = [kept, nows(field.given)]
        pairing = in_place_but(_known(field))
    elif field.is_chosen and field.is_taken and field.is_edited:
        before, mine = (field.start[0] if field.start else field.new), field.old
        after, pairing = [field.new], in_place
    else:
        return ()
    own = changes(field.name, before, mine, date, in_place, among)
    if not field.given:
        theirs = changes(field.name, before, field.new, date)
        own = Conflict(field.name, theirs, own).without(passed(field)).mine
    named = [
        called_as_before(Conflict(field.name, found, own))
        for found in (changes(field.name, before, now, date, pairing, among) for now in after)
    ]
    # Of what is left in `kept` nothing tells what was left out: that the registry's side does.
    still = {
        _made(one)
        for both in named
        for one in apart(both.changes)
        if both is named[-1] or (one.field, one.kind) != (field.name, ChangeKind.REMOVED)
    }
    each = zip(apart(own), apart(named[0].mine), strict=True)
    return joined_changes(one for one, called in each if _made(called) not in still)


def _known(field: Field) -> Iterator[tuple[Entry, Entry]]:
    """Of the entries of which the source's side is taken what became of them in the file."""
    mine = field.joined.before_given if field.joined else None
    sides = given_sides(field.name, field.given, mine or field.old or [], field.new or [])
    for one, side in zip(field.given, sides, strict=True):
        if one.before and side:
            yield one.before, side[1]


def _made(change: Change) -> tuple[Any, ...]:
    """Of which words it is, and what they are now."""
    return *place_of(change), change.new


def untold(
    found: Iterable[Change],
    history: Sequence[Change],
    after: PartialDate | None,
    steps: Iterable[Change],
) -> Iterator[Change]:
    """Changes that came after a version, without those that the history tells of that time; each of
    the versions that made it, by the `steps` of these. What came in of a place whose new name
    waited was told under its former one."""
    every = sorted(apart(found), key=lambda one: (one.date, one.after or ""))
    told = Counter(_key(one) for one in apart(history) if after is None or one.date > after)
    fresh = list[Change]()
    for one, then in zip(every, called_as_first(every), strict=True):
        key = _key(one) if told[_key(one)] > 0 else _key(then)
        told[key] -= 1
        if told[key] < 0:
            fresh.append(one)
    yield from joined_changes(dated(fresh, steps, after))


def _key(change: Change) -> tuple[Any, ...]:
    return change.field, change.entries, change.kind, change.old, change.new
