"""A field that editor and registry have both changed, and what of it still differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from trialpages.changes.alignment import Effort, are_numbered_apart, likeness
from trialpages.changes.compare import apart, joined_changes
from trialpages.changes.entries import are_like_names, in_place
from trialpages.changes.entry_names import names_of
from trialpages.changes.history import is_of_copies, since
from trialpages.changes.identities import IDENTITIES, Entry, Identity
from trialpages.changes.plain import in_plain
from trialpages.changes.renamings import called_before, is_of_name, name_before
from trialpages.records.conflict_notes import conflict_note
from trialpages.records.model import Change, ImportNote, PartialDate
from trialpages.records.own_vocabulary import ChangeKind


@dataclass(frozen=True, slots=True)
class Lost:
    """Entries that both sides may have renamed, and nobody can tell."""

    gone: tuple[Entry, ...]
    """Which the registry has no more, and the file under no such name."""
    mine: tuple[Entry, ...]
    """What the file has that may be they."""
    came: tuple[str, ...] = ()
    """The names of what the registry has added since it had them and may be they."""

    def among(
        self, new: Mapping[str, Entry], theirs: Sequence[Entry], identity: Identity
    ) -> Lost | None:
        """Of what is lost that of which it is a question: where something `new` may be it, or what
        the file has in its place isn't known to be. None of it is known to be dropped."""
        is_known = dict(in_place(self.gone, self.mine, identity).both)
        may_be = {
            at: [name for name, one in new.items() if _may_be(was, one, theirs, identity)]
            for at, was in enumerate(self.gone)
        }
        asked = [at for at in may_be if may_be[at] or at not in is_known]
        known = {is_known[at] for at in may_be if at in is_known and at not in asked}
        if not asked:
            return None
        return Lost(
            tuple(self.gone[at] for at in asked),
            tuple(one for at, one in enumerate(self.mine) if at not in known),
            tuple(dict.fromkeys(name for at in asked for name in may_be[at])),
        )


@dataclass(frozen=True, slots=True)
class Double:
    """The names of what both sides added, and may be the same."""

    theirs: str
    mine: str


_LIKE = 0.6
"""Share of signs that two names of a place in two towns have in common."""


def _may_be(was: Entry, new: Entry, theirs: Sequence[Entry], identity: Identity) -> bool:
    """Whether one may be called another: at the same place, or in the same country by a like name
    that no others of the list have, as `Research Site`."""
    if all(was.get(f) == new.get(f) for f in identity.within):
        return True
    name, country = identity.name[0], identity.name[-1]
    old, now = (f"{one.get(name) or ''}".casefold() for one in (was, new))
    is_one = sum(one.get(name) == new.get(name) for one in theirs) == 1
    is_there = is_one and was.get(country) == new.get(country)
    if are_numbered_apart(old, now):
        return False
    is_like = likeness(old, now, _LIKE, Effort(len(old) + len(now))) > 0
    return is_there and (is_like or are_like_names(old, now))


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both the editor and the registry have changed."""

    field: str
    changes: tuple[Change, ...]
    """What the registry says otherwise than before, or than the file; of a list, of the entries
    that wait. What is never told of a newer version is where nothing else differs."""
    mine: tuple[Change, ...] = ()
    """What the file says otherwise than the registry said before, where known."""
    from_registry: bool = True
    """Whether `changes` begin at what the registry said before; else at what the file says, since
    nobody knows that."""
    is_new: bool = True
    """Whether this update brought it; else it is one that nobody has resolved yet."""
    lately: tuple[Change, ...] = ()
    """Of one that waited before, what later versions changed of it once more."""
    lost: Lost | None = None
    doubles: tuple[Double, ...] = ()

    @property
    def differing(self) -> tuple[Change, ...]:
        """Of `changes` those that the file hasn't taken over, of each entry alone."""
        mine = {(place_of(one), one.new) for one in apart(self.mine)}
        return tuple(one for one in apart(self.changes) if (place_of(one), one.new) not in mine)

    @property
    def of_both(self) -> Mapping[Change, Change]:
        """Of `differing` what the file says in its place. What several of one side share, such as
        new sentences below one heading, is no place."""
        theirs, mine = (_by_place(found) for found in (self.differing, apart(self.mine)))
        return {
            found[0]: mine[place][0]
            for place, found in theirs.items()
            if len(found) == len(mine.get(place, ())) == 1
        }

    @property
    def is_of_copies(self) -> bool:
        """Whether it is what two copies of one version say."""
        found = bool(self.changes) and all(map(is_of_copies, self.changes))
        return found and self.from_registry

    def since(self, day: PartialDate | None) -> Conflict:
        """The same with the day of the version that was here: of two copies of a version."""
        return replace(self, changes=tuple(since(day, self.changes)))

    def beside(self, told: Iterable[Change], day: PartialDate | None, theirs: Any) -> Conflict:
        """The same with what the registry's list (`theirs`) has that the history told as new since
        a day, what is where the lost was first."""
        if self.lost is None or day is None:
            return self
        new = {
            name
            for one in told
            if one.field == self.field and one.kind is ChangeKind.ADDED and one.date > day
            for name in one.entries
        }
        identity = IDENTITIES[self.field]
        came = {
            name: one
            for one, name in zip(theirs, names_of(theirs, identity), strict=True)
            if name in new
        }
        return replace(self, lost=self.lost.among(came, theirs, identity))

    def without(self, passed: Iterable[Change]) -> Conflict:
        """The same where the registry has made other changes before: what the file still says of
        what it said first is nothing that the editor wrote."""
        had = {(one.field, one.old, one.kind) for one in apart(passed) if one.old is not None}
        theirs = {place_of(one) for one in apart(self.changes)}
        mine = tuple(
            one
            for one in apart(self.mine)
            if place_of(one) in theirs or (one.field, one.new, one.kind) not in had
        )
        return replace(self, mine=joined_changes(mine))

    def note(self, trial_id: str) -> ImportNote:
        lead = "The registry has changed this too" if self.from_registry else "The registry differs"
        lead = "Another copy of this version differs" if self.is_of_copies else lead
        said = in_plain(joined_changes(self.differing) or self.changes).rstrip(".")
        return conflict_note(trial_id, self.field, f"{lead}: {said}.")


def called_as_before(conflict: Conflict) -> Conflict:
    """The same with each entry under the name that it had before either side called it otherwise:
    what both make of one place stands under one name."""
    names: dict[str, str] = {}
    for one in (*conflict.changes, *conflict.mine):
        if len(one.entries) == 1 and one.old and one.new and is_of_name(one.field):
            (entry,) = one.entries
            names[entry] = called_before(names.get(entry, entry), one)
    if not names:
        return conflict
    changes, mine = (
        tuple(_called(one, names) for one in found) for found in (conflict.changes, conflict.mine)
    )
    return replace(conflict, changes=changes, mine=mine)


def _called(change: Change, names: Mapping[str, str]) -> Change:
    return msgspec.structs.replace(
        change, entries=tuple(name_before(one, names) for one in change.entries)
    )


def _by_place(changes: Iterable[Change]) -> Mapping[object, list[Change]]:
    found: dict[object, list[Change]] = {}
    for one in changes:
        found.setdefault(place_of(one), []).append(one)
    return found


def place_of(change: Change) -> tuple[object, ...]:
    """Which words a change is of. What comes new has none to be known by."""
    there = change.old is not None or change.kind is None
    return change.field, change.entries, change.kind, change.old, None if there else change.new
