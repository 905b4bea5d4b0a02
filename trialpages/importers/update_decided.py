"""What the registry had changed in a field that waited for a person, told once a file has it: taken
by a command, or written by hand; and what of the editor's that command took back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from trialpages.changes.compare import apart, changes, joined_changes
from trialpages.changes.entries import in_place
from trialpages.changes.history import since
from trialpages.importers.conflict import place_of
from trialpages.importers.update_fields import Field
from trialpages.importers.update_lists import (
    Held,
    befores,
    is_settled,
    less,
    made_of,
    nows,
    starts,
)
from trialpages.records.model import Change, PartialDate


def decided(field: Field, history: Sequence[Change], date: PartialDate) -> Iterator[Change]:
    """What the registry changed in a field of which its side is taken only now, as far as no
    earlier update told it."""
    day = field.began if field.before else field.after
    return untold(_decided(field, date), history, day)


def _decided(field: Field, date: PartialDate) -> Iterator[Change]:
    start = field.before if field.is_same else field.before or field.start
    if field.given:
        yield from changes(field.name, befores(field.given), nows(field.given), date)
    elif (field.is_same or field.is_decided) and (field.held or start):
        if not field.held:
            yield from changes(field.name, start[0], field.new, date)
            return
        yield from changes(field.name, befores(field.held), nows(field.held), date)
        if field.is_said_known and field.is_renewed:
            yield from changes(field.name, field.said, field.new, date)
    elif not field.is_taken:
        yield from settled(field.name, field.held, field.old, field.said, date)
        if field.note is None:  # taken out
            start = () if field.was_decided else field.before
            yield from taken_over(field.name, start, field.held, field.old, field.said, date)


def settled(
    name: str, held: Sequence[Held], mine: Any, theirs: Any, date: PartialDate
) -> Iterator[Change]:
    """What the registry changed in the entries that were held, of those that a list (`mine`) has
    as the registry (`theirs`) says them."""
    done, _ = _parted(name, held, mine or [], theirs or [])
    yield from changes(name, befores(done), nows(done), date)


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
    start = before[0] if before else None
    if held:
        fresh = [one for one in held if not one.is_decided]
        _, waiting = _parted(name, fresh, mine or [], theirs or [])
        made = made_of(name, waiting, mine or [], theirs or [])
        start, mine, theirs = befores(waiting), made, nows(waiting)
    elif not before:
        return
    own = {_key(one) for one in apart(changes(name, start, mine, date, in_place))}
    single = apart(changes(name, start, theirs, date))
    yield from (one for one in single if _key(one) in own)


def _parted(
    name: str, held: Sequence[Held], mine: Any, theirs: Any
) -> tuple[list[Held], list[Held]]:
    """Those that are settled, and those that are not."""
    done = [is_settled(name, one, mine, theirs) for one in held]
    return (
        [one for one, is_done in zip(held, done, strict=True) if is_done],
        [one for one, is_done in zip(held, done, strict=True) if not is_done],
    )


def undone(field: Field, date: PartialDate) -> tuple[Change, ...]:
    """What an editor wrote that the source's side takes the place of, where that was chosen: each
    from what the registry said. What the registry says too isn't gone."""
    if field.given:
        before: Any = starts(field.name, field.given)
        mine: Any = made_of(field.name, field.given, field.old or [], field.new or [])
        kept = less(less(field.merged, field.old or []), field.new or [])  # of both sides
        after = [kept, nows(field.given)]
    elif field.is_chosen and field.is_taken and field.is_edited:
        before, mine = (field.start[0] if field.start else field.new), field.old
        after = [field.new]
    else:
        return ()
    still = {
        place_of(one): one.new
        for now in after
        for one in apart(changes(field.name, before, now, date, in_place))
    }
    gone = apart(changes(field.name, before, mine, date, in_place))
    return joined_changes(
        one for one in gone if (place := place_of(one)) not in still or still[place] != one.new
    )


def untold(
    found: Iterable[Change], history: Sequence[Change], after: PartialDate | None
) -> Iterator[Change]:
    """Changes that came after a version, without those that the history tells of that time."""
    told = {_key(one) for one in apart(history) if after is None or one.date > after}
    fresh = {_key(one): one for one in apart(found) if _key(one) not in told}
    return since(after, joined_changes(fresh.values()))


def _key(change: Change) -> tuple[Any, ...]:
    return change.field, change.entries, change.kind, change.old, change.new
