"""One field of a trial in a merge: its editor's, its source's, and as it came; its conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from trialpages.changes.identities import IDENTITIES, Entry
from trialpages.changes.of_the_model import is_of_the_model
from trialpages.importers.criteria_merge import joined_criteria
from trialpages.importers.held import Held, befores, nows
from trialpages.importers.update_joined import Joined, joined
from trialpages.importers.update_lists import (
    as_called,
    changed_since,
    come_back,
    given_back,
    is_begun_anew,
    still_held,
)
from trialpages.records.as_imported import Earlier, value_digest
from trialpages.records.model import Change, ImportNote, PartialDate


@dataclass(frozen=True, slots=True)
class Field:
    """A field here, in the source, and its digest when it was imported last."""

    name: str
    old: Any
    new: Any
    base: str | None
    is_chosen: bool
    said: Any
    """Its value then, where it is known."""
    note: ImportNote | None
    """That of an open conflict."""
    before: tuple[Any, ...]
    """What the registry said before the conflict, or before it was decided for the file; empty
    where nobody knows."""
    held: tuple[Held, ...]
    """The same of entries of a list."""
    began: PartialDate | None
    """The day of the version that said what `before` and `held` have; None where it isn't known."""
    last: PartialDate | None
    """That of the version that is here."""
    was_decided: bool
    """Whether what went into the file of what waited (`before`) is told."""
    untold: tuple[Change, ...] = ()
    """What the registry had changed when a person decided for the file, and changed again."""
    until: PartialDate | None = None
    """The day of the version that last changed what waits; None where it isn't known."""
    steps: tuple[Change, ...] = ()
    """What each version before the incoming one changed of it since it waits."""
    back: tuple[Held, ...] = ()
    """Of a list what the registry had taken away and the file has still, and the registry again."""
    joined: Joined | None = None
    """Of a list, both sides' changes in one."""
    text: str | None = None
    """Of criteria, both sides' changes in one."""
    given: tuple[Held, ...] = ()
    """Of a list, the entries of which the source's side is taken, and no others."""

    @property
    def is_said_known(self) -> bool:
        return self.said is not None or self.base is None

    @property
    def start(self) -> tuple[Any, ...]:
        """What the registry said before what waits to be decided; empty where nobody knows."""
        if self.note is not None:
            return self.before
        return (self.said,) if self.is_said_known else ()

    @property
    def is_again(self) -> bool:
        """Whether the registry has changed it once more since a person decided for the file; of a
        list each entry that is held."""
        if self.held:
            return is_begun_anew(self.kept, self.both, self.new or [])
        is_decided = bool(self.before) and self.note is None
        return is_decided and self.is_renewed and self.is_said_known

    @property
    def changed_again(self) -> tuple[Held, ...]:
        """Of the entries of which a person has decided, as far as nothing of that stands."""
        return tuple(changed_since(self.kept, self.both, self.new or []))

    @property
    def after(self) -> PartialDate | None:
        """The day of the version that said what `start` and `held` have."""
        waits = self.held or self.back or self.note
        return self.began if waits and not self.is_again else self.last

    @property
    def is_start_known(self) -> bool:
        return bool(self.held or self.start)

    @property
    def both(self) -> Joined | None:
        """Of a list what either side changed, where it holds entries also if in the end they say
        the same, or the source's side is taken."""
        said = [] if self.said is None and self.base is None else self.said
        lists = said, _or_none(self.name, self.old), _or_none(self.name, self.new)
        is_done = bool(self.held) and (self.is_same or self.is_taken)
        if self.joined is not None or not (is_done and all(isinstance(one, list) for one in lists)):
            return self.joined
        return joined(self.name, *lists, self.unknown)

    @property
    def unknown(self) -> list[Entry]:
        """Of a list what the registry has added, as long as a person is asked what it is."""
        fresh = [as_called(self.name, one, self.old or []) for one in self.kept]
        return nows(one for one in fresh if one.before is None and not one.is_decided)

    @property
    def lists(self) -> tuple[Sequence[Any], ...]:
        """Its values, of a list."""
        return tuple(one for one in (self.said, self.old, self.new) if isinstance(one, list))

    @property
    def is_by_entries(self) -> bool:
        """Whether a conflict is one of entries, and not of the whole list."""
        return bool(self.held) or self.joined is not None

    @property
    def is_joined(self) -> bool:
        return self.joined is not None or self.text is not None

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
    def is_decided(self) -> bool:
        """Whether a person took the source's side, now or by writing it into the file."""
        if self.note is not None:
            return self.is_same or self.is_taken
        return self.is_taken and self.is_edited

    @property
    def is_taken(self) -> bool:
        if self.is_same:
            return False
        if self.is_chosen or (self.is_renewed and not self.is_edited):
            return True
        return self.is_renewed and self.is_confirmed

    @property
    def is_confirmed(self) -> bool:
        """Of a value with parts, as a number of people and its type, whether the registry says now
        each part that the editor has written: what else it says of it is of the same."""
        parts = (*self.start, self.old, self.new)
        if len(parts) != 3 or not all(isinstance(one, dict) for one in parts):
            return False
        start, mine, theirs = parts
        own = {part for part in start | mine if start.get(part) != mine.get(part)}
        return all(mine.get(part) == theirs.get(part) for part in own)

    @property
    def merged(self) -> Any:
        """What the file says from now on."""
        if self.joined is not None:
            return self.joined.entries or None
        if self.text is not None:
            return self.text
        return self.new if self.is_taken else self.old

    @property
    def waiting(self) -> tuple[Held, ...]:
        """What is held from now on, of a list whose entries came together."""
        if not self.is_by_entries or self.is_taken or self.is_same:
            return ()
        found = still_held(self.name, self.kept, self.joined, self.merged or [], self.new or [])
        return tuple(one for one in found if one not in self.given)

    @property
    def kept(self) -> tuple[Held, ...]:
        """What was held; of a list whose note was taken out it is decided for the file."""
        if self.note is not None:
            return self.held
        return tuple(replace(one, is_decided=True) for one in self.held)


def field_of(
    name: str,
    old: Any,
    new: Any,
    base: str | None,
    *,
    is_chosen: bool,
    said: Any,
    note: ImportNote | None,
    earlier: Earlier,
    last: PartialDate | None,
) -> Field:
    """`last` is the day of the version that is here."""
    before = (earlier.before[name],) if name in earlier.before else ()
    if old != new and not all(is_of_the_model(name, one) for one in (said, *before)):
        said, before = None, ()
    held = held_of(name, earlier)
    began, told = earlier.after.get(name), name in earlier.decided
    untold = earlier.untold.get(name, ())
    back = come_back(name, held, said or [], new or []) if held else ()
    again = befores(back)
    held = tuple(one for one in held if one.now is not None or one.before not in again)
    field = Field(name, old, new, base, is_chosen, said, note, before, held, began, last, told)
    steps = earlier.steps.get(name, ())
    return replace(field, untold=untold, until=earlier.until.get(name), steps=steps, back=back)


def held_of(name: str, earlier: Earlier) -> tuple[Held, ...]:
    """The entries of a list that are held; a file that says so may be anybody's."""
    found = earlier.held.get(name)
    if name not in IDENTITIES or not isinstance(found, list):
        return ()
    entry = dict[str, Any]
    kind = list[tuple[entry | None, entry | None, tuple[entry, ...], bool]]
    try:
        held = tuple(Held(*one) for one in msgspec.convert(found, kind))
    except msgspec.ValidationError:
        return ()
    said = [one for each in held for one in (each.before, each.now, *each.mine) if one]
    return held if is_of_the_model(name, said) else ()


def with_joined(field: Field) -> Field:
    """The field with both sides' changes in one list, or one text of criteria, where that can be.
    Of which nobody knows what the registry said before, that waits for a person as a whole."""
    said = [] if field.said is None and field.base is None else field.said
    said = [*said, *befores(field.back)] if field.back else said
    lists = (said, _or_none(field.name, field.old), _or_none(field.name, field.new))
    if field.is_same or field.is_taken or not (field.is_edited and field.is_renewed):
        return field
    if field.note is not None and not (field.held or field.back):
        return field  # it waits as a whole
    if field.name == "eligibility_criteria" and all(isinstance(one, str) for one in lists):
        return replace(field, text=joined_criteria(field.said, field.old, field.new))
    if not all(isinstance(one, list) for one in lists):
        return field
    return replace(field, joined=joined(field.name, *lists, field.unknown))


def _or_none(name: str, value: Any) -> Any:
    """A list of which nothing is left has no entries."""
    return [] if value is None and name in IDENTITIES else value


def with_given(field: Field) -> Field:
    """A chosen list with the source's side of the entries in conflict: what else an editor wrote
    into it nobody has asked about. Of one whose conflict is the whole list, all is chosen."""
    if not field.is_chosen or field.is_same:
        return field
    both = with_joined(replace(field, is_chosen=False))
    waiting = both.waiting
    given = [one for one in waiting if not one.is_decided] or waiting
    if not given:
        return field
    mine, theirs = both.merged or [], field.new or []
    entries = given_back(field.name, given, mine, theirs)
    joined = both.joined or Joined(mine, ())
    renewed = replace(joined, entries=entries, before_given=mine)
    return replace(both, joined=renewed, given=tuple(given))


def _unchanged(value: Any, base: str | None) -> bool:
    """Whether a field is what was imported last; an absent one has no digest."""
    return (value_digest(value) if value is not None else None) == base
