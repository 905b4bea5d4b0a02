"""What waits to be decided in the trials that are here: fields changed here and at the registry;
and what was decided for the file, while the registry says something else.

A note in the trial's file keeps a conflict open. Taking the note away decides for what stands in
the file; writing what the registry says decides for that. What the registry says, and what it said
before, stands in `.imported/`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from trialpages.changes.compare import changes
from trialpages.changes.history import told_date, with_history
from trialpages.content.content_file import read_beginning, read_file
from trialpages.content.trial_folder import TrialFolder, base_change, base_path, read_folder
from trialpages.content.writing import write_together
from trialpages.importers.conflict import Conflict
from trialpages.importers.rewriting import rewritten
from trialpages.importers.update_decided import settled, taken_over, untold
from trialpages.importers.update_fields import (
    conflict,
    conflict_of_entries,
    held_of,
)
from trialpages.importers.update_lists import Held, as_written, still_held
from trialpages.keeping.findings import OpenConflict, TrialName
from trialpages.keeping.here import TrialHere
from trialpages.problems import ContentFailure, MachineFailure
from trialpages.records.as_imported import AsImported, Earlier, may_have_before, value_digest
from trialpages.records.conflict_notes import conflict_notes
from trialpages.records.model import Change, ImportNote, to_tree
from trialpages.text.files import SourcePath
from trialpages.updating.arrivals import Arrival


def settle(
    trials: Collection[TrialHere], noting: Callable[[Arrival], None] = lambda _: None
) -> None:
    """Take away the notes of conflicts in which the file says what the registry says, and tell in
    the trial's history what the registry had changed and an editor has taken over, whole or in
    part, whether its note is there still or was taken out. `noting` is told of each trial before
    it is written.

    Raises MachineFailure. A file that can't be read, or with a remark at such a note, stays.
    """
    for here in trials:
        with suppress(ContentFailure):
            may_wait = here.has_conflict or _may_be_overtaken(here)
            if may_wait and (folder := read_folder(here.path)):
                _settle(folder, noting)


def _settle(folder: TrialFolder, noting: Callable[[Arrival], None]) -> None:
    trial, earlier = folder.trial, folder.earlier
    notes = {note.field: note for note in conflict_notes(trial)}
    waited = dict.fromkeys((*notes, *earlier.before, *earlier.held))
    agreed = [name for name in waited if _is_agreed(name, folder)]
    over = {name for name in waited if name in agreed or name not in notes}
    told = [one for name in waited if name in over for one in _taken(name, folder)]
    if not (told or notes.keys() & over):
        return
    gone = [note for name, note in notes.items() if name in over]
    after = msgspec.structs.replace(
        trial,
        import_notes=tuple(note for note in trial.import_notes if note not in gone),
        history=with_history(trial.history, told),
    )
    kept = AsImported(folder.base or {}, folder.said, _without(agreed, over, folder))
    text = rewritten(folder.text, after, str(folder.path))
    noting(_taken_by_hand(folder, agreed, told))
    write_together((base_change(folder.path, kept), *folder.changed(text)))


def _taken_by_hand(
    folder: TrialFolder, agreed: Collection[str], told: Collection[Change]
) -> Arrival:
    """Told like the registry's side that a command was bidden to take."""
    trial, path, fields = folder.trial, str(folder.path), tuple(agreed)
    return Arrival(
        path, "updated", path, (), trial.nct_id, trial.brief_title, "", tuple(told), chosen=fields
    )


def _taken(name: str, folder: TrialFolder) -> Iterator[Change]:
    """What the registry had changed in a field that waited, as far as the file has it now."""
    earlier, date = folder.earlier, told_date(folder.trial)
    mine, theirs, held = _mine(name, folder), folder.said.get(name), held_of(name, earlier)
    before = (earlier.before[name],) if name in earlier.before else ()
    if not held and _is_agreed(name, folder):
        found = changes(name, *before, theirs, date) if before else ()
    else:
        done = settled(name, held, mine, theirs, date)
        fresh = () if name in earlier.decided else before
        found = (*done, *taken_over(name, fresh, held, mine, theirs, date))
    return untold(found, folder.trial.history, earlier.after.get(name))


def _without(agreed: Collection[str], over: Collection[str], folder: TrialFolder) -> Earlier:
    """What waits still or was decided for the file."""
    found = folder.earlier
    held = {
        name: as_written(
            replace(one, is_decided=True)
            for one in _held(name, folder)
            if one.is_decided or name not in agreed
        )
        if name in over and held_of(name, found)
        else raw
        for name, raw in found.held.items()
    }
    before = {name: value for name, value in found.before.items() if name not in agreed}
    unknown = {name: digest for name, digest in found.unknown.items() if name not in agreed}
    kept = {name: raw for name, raw in held.items() if raw}
    after = {name: day for name, day in found.after.items() if name in before or name in kept}
    decided = found.decided.union(over)
    return Earlier(before, kept, unknown, after, frozenset(decided & before.keys()))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Of the trials that are here."""

    conflicts: tuple[OpenConflict, ...]
    """What waits to be decided."""
    overtaken: tuple[OpenConflict, ...]
    """What was decided for the file, and which the registry has changed since it was written."""


def waiting(trials: Collection[TrialHere]) -> Waiting:
    """What the files say that are here now."""
    found = [one for here in trials for one in _found(here)]
    return Waiting(
        tuple(one for is_open, one in found if is_open),
        tuple(one for is_open, one in found if not is_open),
    )


def waiting_after(here: Collection[TrialHere], arrivals: Collection[Arrival]) -> Waiting:
    """The same; of the trials that records came for, as the records leave it."""
    bad = ("failed", "refused")
    fetched = {arrival.trial_id for arrival in arrivals if arrival.state not in bad}
    others = waiting([one for one in here if one.id not in fetched])
    came = waiting([one for one in here if one.id in fetched])
    conflicts = (
        OpenConflict(TrialName(one.trial_id, one.title, one.path), found)
        for one in arrivals
        for found in one.conflicts
    )
    now = {(one.trial_id, found.field) for one in arrivals for found in one.conflicts}
    overtaken = (one for one in came.overtaken if (one.trial.id, one.conflict.field) not in now)
    return Waiting((*conflicts, *others.conflicts), (*others.overtaken, *overtaken))


def _found(here: TrialHere) -> Iterator[tuple[bool, OpenConflict]]:
    """Each with whether it waits."""
    with suppress(ContentFailure):  # the build says what is wrong with it
        if not (here.has_conflict or _may_be_overtaken(here)):
            return
        if (folder := read_folder(here.path)) is None:
            return
        named = TrialName(here.id, folder.trial.brief_title, str(here.path))
        notes = {note.field: note for note in conflict_notes(folder.trial)}
        for name in dict.fromkeys((*notes, *folder.earlier.before, *folder.earlier.held)):
            for is_open, found in _conflicts(name, notes.get(name), folder):
                yield is_open, OpenConflict(named, found)


def _may_be_overtaken(here: TrialHere) -> bool:
    """A quick look, since few are."""
    path = str(base_path(here.path))
    beside = SourcePath(path, path)
    try:
        names_the_file = read_beginning(beside, len(_UNTOUCHED)) == _UNTOUCHED
        return not names_the_file and may_have_before(read_file(beside))
    except (OSError, ContentFailure, MachineFailure):
        return False


_UNTOUCHED = b"file "
"""How a file in `.imported/` begins where nothing was an editor's when the record came."""


def _conflicts(
    name: str, note: ImportNote | None, folder: TrialFolder
) -> Iterator[tuple[bool, Conflict]]:
    """What of a field waits, and what was decided."""
    if note is not None and _is_agreed(name, folder):
        return
    mine, theirs, date = _mine(name, folder), folder.said.get(name), told_date(folder.trial)
    if held := _held(name, folder):
        for is_open in (True, False):
            these = [one for one in held if (note is not None and not one.is_decided) is is_open]
            if not these:
                continue
            if found := conflict_of_entries(name, these, mine or [], theirs or [], date):
                yield is_open, found
        return
    before = (folder.earlier.before[name],) if name in folder.earlier.before else ()
    if not (before or _knows(folder, name)):
        yield note is not None, Conflict(name, (), from_registry=False)
    elif (found := conflict(name, before, mine, theirs, date)) and (
        note is not None or found.differing or not found.changes
    ):
        yield note is not None, found


def _held(name: str, folder: TrialFolder) -> tuple[Held, ...]:
    held = held_of(name, folder.earlier)
    mine, theirs = _mine(name, folder), folder.said.get(name)
    return still_held(name, held, (), mine or [], theirs or []) if held else ()


def _mine(name: str, folder: TrialFolder) -> Any:
    return to_tree(folder.trial).get(name)


def _knows(folder: TrialFolder, name: str) -> bool:
    return AsImported(folder.base or {}, folder.said).knows(name)


def _is_agreed(name: str, folder: TrialFolder) -> bool:
    """Whether the file says what the registry said last; lines may be wrapped in another way. Of a
    list it is enough if nothing waits."""
    mine, theirs = _mine(name, folder), folder.said.get(name)
    if not _knows(folder, name):
        base = (folder.base or {}).get(name)
        return base is not None and mine is not None and value_digest(mine) == base
    if _unwrapped(mine) == _unwrapped(theirs):
        return True
    is_held = bool(held_of(name, folder.earlier))
    return is_held and all(one.is_decided for one in _held(name, folder))


def _unwrapped(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value
