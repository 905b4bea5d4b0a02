"""The conflicts of a merge, field by field: new ones, and those that nobody has resolved yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from trialpages.changes.compare import Pairing, all_changes, changes, paired_as
from trialpages.changes.entries import in_place, in_place_but, matched
from trialpages.importers.conflict import Conflict
from trialpages.importers.held import Held, befores, nows
from trialpages.importers.update_asked import doubles, lost
from trialpages.importers.update_fields import Field
from trialpages.importers.update_lists import as_called, made_of, made_of_one
from trialpages.records.model import ImportNote, PartialDate


def conflicts_in(fields: Sequence[Field], date: PartialDate) -> Iterator[Conflict]:
    """New ones, and those whose note is still there."""
    for field in fields:
        if field.is_same or field.is_taken or not field.is_edited or field.text is not None:
            continue
        if field.is_by_entries:
            yield from _of_entries(field, date)
        elif field.is_renewed or field.note:
            found = conflict(field.name, field.start, field.old, field.new, date)
            if found:
                is_new = field.note is None or field.is_renewed
                yield replace(found, is_new=is_new)


def _of_entries(field: Field, date: PartialDate) -> Iterator[Conflict]:
    held = [one for one in field.waiting if not one.is_decided]
    if held:
        last = [one for one in field.held if field.note is not None and not one.is_decided]
        before = _waited(field, last, field.old or (), field.said or (), date)
        if found := _waited(field, held, field.merged or (), field.new or (), date):
            is_new = before is None or before.changes != found.changes
            yield replace(found, is_new=is_new)


def _waited(
    field: Field,
    held: Sequence[Held],
    mine: Sequence[Any],
    theirs: Sequence[Any],
    date: PartialDate,
) -> Conflict | None:
    return conflict_of_entries(field.name, held, mine, theirs, date) if held else None


def conflict(
    name: str, before: tuple[Any, ...], mine: Any, theirs: Any, date: PartialDate
) -> Conflict | None:
    """What an editor's value has not as the registry has changed it since it said `before`; None
    where it has all of that. `before` is empty where it isn't known."""
    if mine == theirs or (before and before[0] == theirs):
        return None
    if not before:
        found = changes(name, mine, theirs, date) or all_changes(name, mine, theirs, date)
        return Conflict(name, found, from_registry=False) if found else None
    return _of_both(name, before[0], mine, theirs, date)


def _of_both(
    name: str,
    before: Any,
    mine: Any,
    theirs: Any,
    date: PartialDate,
    among: Sequence[Sequence[Any]] = (),
    pairing: Pairing = in_place,
) -> Conflict | None:
    """None where the registry changed an order, a numbering or white space alone: no word of it
    contradicts the editor's."""
    sides = ((theirs, matched), (mine, pairing))
    found, own = (
        changes(name, before, now, date, pairs, among)
        or all_changes(name, before, now, date, pairs, among)
        for now, pairs in sides
    )
    return Conflict(name, found, paired_as(found, own)) if found else None


def conflict_of_entries(
    name: str, held: Sequence[Held], mine: Sequence[Any], theirs: Sequence[Any], date: PartialDate
) -> Conflict | None:
    """The same of entries of a list."""
    held = [as_called(name, one, mine) for one in held]
    own = made_of(name, held, mine, theirs)
    among = (mine, theirs)
    known = [(one.before, made_of_one(name, one, own)) for one in held if len(one.mine) == 1]
    pairing = in_place_but((was, made[0]) for was, made in known if was and len(made) == 1)
    found = _of_both(name, befores(held), own, nows(held), date, among, pairing)
    if found is None:
        return None
    lists = mine, theirs
    return replace(found, lost=lost(name, held, *lists), doubles=doubles(name, held, *lists))


def open_notes(
    trial_id: str,
    notes: Mapping[str, ImportNote],
    fields: Sequence[Field],
    conflicts: Sequence[Conflict],
) -> list[ImportNote]:
    """The notes of conflicts, without those that are resolved: both sides say the same."""
    spoken_of = {field.name for field in fields}
    now = {one.field: one.note(trial_id) if one.is_new else notes[one.field] for one in conflicts}
    kept = {name: note for name, note in notes.items() if name not in spoken_of}
    return [
        (now | kept)[name] for name in dict.fromkeys((*notes, *now)) if name in now or name in kept
    ]
