"""One field of a trial in a merge, as its editor has it, as its source has it, and as it was when
it came last; and the conflicts that come of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trialpages.changes.compare import changes
from trialpages.importers.differences import difference, one_line
from trialpages.importers.update_lists import Joined, joined, less
from trialpages.records.as_imported import value_digest
from trialpages.records.conflict_notes import (
    conflict_note,
    entries_note,
    entries_of,
    is_of_entries,
    registry_value,
    registry_words,
)
from trialpages.records.model import Change, ImportNote, PartialDate


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both the editor and the registry have changed."""

    field: str
    kept: str
    registry: str
    """Both on one line, cut so that the first difference is seen."""
    whole: str
    """The registry's value, not shortened."""
    is_new: bool = True
    """Whether this update brought it; else it is one that nobody has resolved yet."""
    changes: tuple[Change, ...] = ()
    """Of a new one, what the registry says otherwise than before, or than the file."""
    from_registry: bool = False
    """Whether `changes` begin at what the registry said before; else at what the file says, since
    nobody knows that."""
    mine: tuple[Change, ...] = ()
    """Of a new one, what the file says otherwise than the registry said before, where known."""
    before: str = ""
    """What the registry said before, of a new one in a text, cut like the others."""
    is_of_entries: bool = False
    """Whether only some entries of a list wait; the others have come together."""

    @property
    def note(self) -> ImportNote:
        make = entries_note if self.is_of_entries else conflict_note
        return make(self.field, self.whole)


@dataclass(frozen=True, slots=True)
class Field:
    """A field here, in the source, and its digest when it was imported last."""

    name: str
    old: Any
    new: Any
    base: str | None
    is_chosen: bool = False
    said: Any = None
    """Its value then, where it is known."""
    joined: Joined | None = None
    """Of a list, both sides' changes in one."""

    def before(self, note: ImportNote | None) -> Any:
        """What the registry said before; None where nobody knows, or where it said nothing."""
        if (
            self.said is not None
            or note is None
            or isinstance(self.old, str)
            or is_of_entries(note)
        ):
            return self.said
        return registry_value(note)

    @property
    def is_same(self) -> bool:
        return bool(self.old == self.new)

    @property
    def is_edited(self) -> bool:
        """Whether the editor changed it."""
        return not _unchanged(self.old, self.base)

    @property
    def is_renewed(self) -> bool:
        """Whether the registry changed it."""
        return not _unchanged(self.new, self.base)

    @property
    def is_taken(self) -> bool:
        if self.is_same:
            return False
        return self.is_chosen or (self.is_renewed and not self.is_edited)


def with_joined(field: Field, note: ImportNote | None) -> Field:
    """The field with both sides' changes in one list, where that can be. An open conflict of the
    whole list waits for a person all the same."""
    lists = (field.said, field.old, field.new)
    if (
        (note and not is_of_entries(note))
        or field.is_same
        or field.is_taken
        or not (field.is_edited and field.is_renewed)
    ):
        return field
    if not all(isinstance(one, list) for one in lists):
        return field
    return replace(field, joined=joined(field.name, *lists))


def _unchanged(value: Any, base: str | None) -> bool:
    """Whether a field is what was imported last; an absent one has no digest."""
    return (value_digest(value) if value is not None else None) == base


def conflicts_in(
    fields: Sequence[Field], notes: Mapping[str, ImportNote], date: PartialDate
) -> Iterator[Conflict]:
    """New ones, and those whose note is still there."""
    for field in fields:
        if field.is_same or field.is_taken or not field.is_edited:
            continue
        note = notes.get(field.name)
        if field.joined is not None or (note and is_of_entries(note) and not field.is_renewed):
            yield from _conflict_of_entries(field, field.joined, note, date)
        elif field.is_renewed or note:
            whole = one_line(field.new)
            is_new = note is None or registry_words(note) != whole
            yield _conflict(field, note, whole, is_new, date)


def _conflict_of_entries(
    field: Field, lists: Joined | None, note: ImportNote | None, date: PartialDate
) -> Iterator[Conflict]:
    """Of entries that both changed now, and of those of which the note still waits."""
    held = lists or Joined([])
    waits = note is not None and not is_decided(note, field.old)
    if not (held.collides or waits):
        return
    still = less(entries_of(note), field.old) if note else []
    theirs = [*less(still, less(still, field.new)), *held.theirs]
    whole = one_line(theirs) if lists or note is None else registry_words(note)
    is_new = note is None or registry_words(note) != whole
    kept, registry = difference([*held.mine] or less(field.old, field.new), theirs)
    yield Conflict(
        field=field.name,
        kept=kept,
        registry=registry,
        whole=whole,
        is_new=is_new,
        changes=changes(field.name, [*held.said], [*held.theirs], date) if is_new else (),
        from_registry=True,
        mine=changes(field.name, [*held.said], [*held.mine], date) if is_new else (),
        is_of_entries=True,
    )


def is_decided(note: ImportNote, mine: Any) -> bool:
    """Whether a file says of some entries what the registry says of them."""
    theirs = entries_of(note)
    return bool(theirs) and isinstance(mine, list) and not less(theirs, mine)


def _conflict(
    field: Field, note: ImportNote | None, whole: str, is_new: bool, date: PartialDate
) -> Conflict:
    before = field.before(note)
    from_registry = before is not None or field.base is None
    start = before if from_registry else field.old
    kept, registry = difference(field.old, field.new)
    return Conflict(
        field=field.name,
        kept=kept,
        registry=registry,
        whole=whole,
        is_new=is_new,
        changes=changes(field.name, start, field.new, date) if is_new else (),
        from_registry=from_registry,
        mine=changes(field.name, before, field.old, date) if is_new and from_registry else (),
        before=difference(before, field.new)[0] if is_new and isinstance(before, str) else "",
    )


def open_notes(
    notes: Mapping[str, ImportNote], fields: Sequence[Field], conflicts: Sequence[Conflict]
) -> list[ImportNote]:
    """The notes of conflicts, without those that are resolved: both sides say the same."""
    spoken_of = {field.name for field in fields}
    now = {conflict.field: conflict.note for conflict in conflicts}
    kept = {name: note for name, note in notes.items() if name not in spoken_of}
    return [
        (now | kept)[name] for name in dict.fromkeys((*notes, *now)) if name in now or name in kept
    ]
