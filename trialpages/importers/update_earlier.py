"""What of a merge is kept for the next one: of what waits or was decided, what the registry said
before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from trialpages.changes.compare import apart, changes, joined_changes
from trialpages.changes.history import UNDATED, since
from trialpages.changes.steps import MOST_STEPS, dated, of_entries
from trialpages.importers.criteria_merge import joined_criteria
from trialpages.importers.held import befores, names_held, nows
from trialpages.importers.update_fields import Field
from trialpages.importers.update_lists import as_written
from trialpages.records.as_imported import Earlier, value_digest
from trialpages.records.model import Change, PartialDate


def from_now_on(earlier: Earlier, fields: Sequence[Field], date: PartialDate) -> Earlier:
    """What the registry said before it changed what an editor has changed too, while the two say
    something else: also where the editor has decided for the file."""
    before, held, unknown = dict(earlier.before), dict(earlier.held), dict(earlier.unknown)
    after, over = dict(earlier.after), set(earlier.decided)
    untold, until, steps = dict(earlier.untold), dict(earlier.until), dict(earlier.steps)
    for field in fields:
        before.pop(field.name, None)
        held.pop(field.name, None)
        was = unknown.pop(field.name, "")
        was_after = after.pop(field.name, None)
        untold[field.name] = tuple(passed(field))
        steps[field.name] = _still_of_use(field, steps_of(field, date))
        if field.is_by_entries:
            if waiting := field.waiting:
                held[field.name] = as_written(waiting)
        elif start := _start(field):
            before[field.name] = start[0]
        elif digest := _unknown_start(field, was):
            unknown[field.name] = digest
        is_new = field.is_renewed and not (field.note or field.held or field.text)
        if day := _changed(field, date):
            until[field.name] = day
        (over.discard if field.note or is_new else over.add)(field.name)
        is_new = is_new or (bool(field.held) and field.is_again)
        day = field.after if is_new else was_after
        if day and (field.name in before or field.name in held):
            after[field.name] = day
    known = before.keys() | held.keys()
    left = {name: of for name, of in untold.items() if of and name in known}
    days = {name: day for name, day in until.items() if name in known}
    steps = {name: of for name, of in steps.items() if of and name in known}
    decided = frozenset(over & before.keys())
    return Earlier(before, held, unknown, after, decided, left, days, steps)


def steps_of(field: Field, date: PartialDate) -> tuple[Change, ...]:
    """What each version changed of a field, up to the incoming one. Of what changes again after a
    person has decided, what came before that is passed."""
    if not (field.is_renewed and field.is_said_known):
        return field.steps
    fresh = tuple(
        since(field.last, (*changes(field.name, field.said, field.new, date), *_added(field, date)))
    )
    if field.note is not None or field.text is not None:
        return (*field.steps, *fresh)
    again = {(one.field, one.entries) for one in apart(fresh)}
    kept = (one for one in apart(field.steps) if (one.field, one.entries) not in again)
    return (*(joined_changes(kept) if field.held else ()), *fresh)


def _added(field: Field, date: PartialDate) -> Iterator[Change]:
    """Of what both sides added, what the registry says otherwise than both."""
    if not field.joined:
        return
    held, had = field.joined.held, [*(field.said or ()), *befores(field.back)]
    new = [one for one in held if one.before is not None and one.before not in had]
    yield from changes(field.name, befores(new), nows(new), date, among=field.lists)


def _still_of_use(field: Field, steps: Sequence[Change]) -> tuple[Change, ...]:
    """Of a list those of the entries that are held."""
    if field.is_by_entries:
        names = names_held(field.name, field.waiting, field.lists)
        steps = joined_changes(of_entries(steps, names)[-MOST_STEPS:])
    return tuple(steps[-MOST_STEPS:])


def _changed(field: Field, date: PartialDate) -> PartialDate | None:
    """The day of the version that last changed what waits, now with the incoming one's."""
    if not field.is_renewed:
        return field.until
    if not field.is_by_entries:
        return field.until if field.text is not None else date
    had = [(one.before, one.now) for one in field.held]
    is_new = any((one.before, one.now) not in had for one in field.waiting)
    return date if is_new else field.until


def passed(field: Field) -> Iterator[Change]:
    """What the registry had changed when a person decided for the file, as far as it has changed
    that again: no history tells it before the registry's side is taken."""
    yield from field.untold
    date = field.until or field.last or UNDATED
    if field.is_again and not field.held and field.text is None:
        found = changes(field.name, field.before[0], field.said, date)
        yield from joined_changes(dated(found, field.steps, field.began))
    again = field.changed_again
    found = changes(field.name, befores(again), nows(again), date, among=field.lists)
    yield from joined_changes(dated(found, field.steps, field.began))


def _start(field: Field) -> tuple[Any, ...]:
    """Of a field that is no list of entries."""
    if field.is_same or field.is_taken or not field.is_edited:
        return ()
    if field.text is not None:
        start = _with_what_came(field)
    else:
        start = field.start if field.is_renewed or field.note else field.before
    return start if start and start[0] != field.new else ()


def _with_what_came(field: Field) -> tuple[Any, ...]:
    """Of criteria what the registry said before a person decided, with what has come in since: all
    of that decision stands, and that is told."""
    if not (field.before and isinstance(field.before[0], str)):
        return field.before
    return (joined_criteria(field.said, field.before[0], field.new) or field.before[0],)


def _unknown_start(field: Field, was: str) -> str:
    """The same where nobody knows more than its digest, which `was` that of an earlier update."""
    if field.is_same or field.is_taken or not field.is_edited or field.start:
        return ""
    digest = was or (field.is_renewed and field.base) or ""
    is_back = field.new is not None and value_digest(field.new) == digest
    return "" if is_back else digest
