"""What waits to be decided in the trials that are here: fields changed here and at the registry;
and what was decided for the file, while the registry says something else.

A note in the trial's file keeps a conflict open. Taking the note away decides for what stands in
the file; writing what the registry says decides for that. What the registry says, and what it said
before, stands in `.imported/`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from trialpages.changes.compare import WITHIN
from trialpages.changes.fields import UNTOLD
from trialpages.changes.history import told_date
from trialpages.changes.identities import IDENTITIES
from trialpages.changes.steps import once_more
from trialpages.content.content_file import read_beginning, read_file
from trialpages.content.trial_folder import TrialFolder, base_change, base_path, read_folder
from trialpages.content.writing import is_half_written, write_together
from trialpages.importers.conflict import Conflict
from trialpages.importers.held import names_held
from trialpages.importers.rewriting import rewritten
from trialpages.importers.update_conflicts import conflict, conflict_of_entries
from trialpages.importers.update_lists import as_decided
from trialpages.keeping.findings import OpenConflict, TrialName
from trialpages.keeping.here import TrialHere
from trialpages.problems import ContentFailure, MachineFailure
from trialpages.records.as_imported import AsImported, may_have_before
from trialpages.records.conflict_notes import conflict_notes
from trialpages.records.model import Change, ImportNote, to_tree
from trialpages.text.files import SourcePath
from trialpages.updating.arrivals import Arrival
from trialpages.updating.settling import (
    Settled,
    held_still,
    is_agreed,
    is_known,
    value_here,
    with_decisions,
)


def settle(
    trials: Collection[TrialHere], noting: Callable[[Arrival], None] = lambda _: None
) -> None:
    """Write into the trials' files what was decided in them. `noting` is told of each trial before
    it is written.

    Raises MachineFailure. A file that can't be read, or with a remark at such a note, stays.
    """
    for folder, done in _to_settle(trials):
        with suppress(ContentFailure):
            _settle(folder, done, noting)


def would_settle(trials: Collection[TrialHere]) -> tuple[Arrival, ...]:
    """What `settle` would write."""
    return tuple(_taken_by_hand(done) for _, done in _to_settle(trials))


def _to_settle(trials: Iterable[TrialHere]) -> Iterator[tuple[TrialFolder, Settled]]:
    for here in trials:
        with suppress(ContentFailure):
            may_wait = here.has_conflict or _may_be_overtaken(here)
            if may_wait and (folder := read_folder(here.path)):
                done = with_decisions(folder)
                if done.folder.trial is not folder.trial:
                    yield folder, done


def _settle(folder: TrialFolder, done: Settled, noting: Callable[[Arrival], None]) -> None:
    kept = AsImported(folder.base or {}, folder.said, done.folder.earlier)
    text = rewritten(folder.text, done.folder.trial, str(folder.path))
    noting(_taken_by_hand(done))
    write_together((base_change(folder.path, kept), *folder.changed(text)))


def _taken_by_hand(done: Settled) -> Arrival:
    """Told like the registry's side that a command was bidden to take, of a field that says all of
    it."""
    mine, said = to_tree(done.folder.trial), done.folder.said
    whole = tuple(name for name in done.agreed if mine.get(name) == said.get(name))
    trial, path = done.folder.trial, str(done.folder.path)
    return Arrival(
        path,
        "updated",
        path,
        (),
        trial.nct_id,
        trial.brief_title,
        "",
        done.told,
        chosen=whole,
        decided=done.told,
    )


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
    now = {
        (one.trial_id, found.field, place)
        for one in arrivals
        for found in one.conflicts
        for place in _places(found)
    }
    overtaken = (one for one in came.overtaken if now.isdisjoint(_places_of(one)))
    return Waiting((*conflicts, *others.conflicts), (*others.overtaken, *overtaken))


def _places(conflict: Conflict) -> frozenset[str]:
    """Of which entries of a list it is; of any other field, of the field."""
    if conflict.field not in IDENTITIES:
        return frozenset({""})
    every = (entry for one in conflict.changes for entry in one.entries)
    return frozenset(entry.partition(WITHIN)[0] for entry in every)


def _places_of(one: OpenConflict) -> frozenset[tuple[str, str, str]]:
    return frozenset((one.trial.id, one.conflict.field, at) for at in _places(one.conflict))


def _found(here: TrialHere) -> Iterator[tuple[bool, OpenConflict]]:
    """Each with whether it waits."""
    with suppress(ContentFailure):  # the build says what is wrong with it
        if not (here.has_conflict or _may_be_overtaken(here)) or is_half_written(here.path):
            return
        if (folder := read_folder(here.path)) is None:
            return
        folder = with_decisions(folder).folder  # as `settle` would leave it
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


def _is_telling(change: Change) -> bool:
    """Whether a newer version would tell it: where alone the position of a place is another,
    nothing is to be said once a person has decided."""
    return not any(f"{change.field}.".startswith(f"{name}.") for name in UNTOLD)


def _conflicts(
    name: str, note: ImportNote | None, folder: TrialFolder
) -> Iterator[tuple[bool, Conflict]]:
    """What of a field waits, and what was decided."""
    if note is not None and is_agreed(name, folder):
        return
    mine, theirs, date = value_here(name, folder), folder.said.get(name), told_date(folder.trial)
    day, steps = folder.earlier.after.get(name), folder.earlier.steps.get(name, ())
    if held := held_still(name, folder):
        for is_open in (True, False):
            these = [one for one in held if (note is not None and not one.is_decided) is is_open]
            if not these:
                continue
            these = these if is_open else [as_decided(name, one) for one in these]
            found = conflict_of_entries(name, these, mine or [], theirs or [], date)
            if found and (is_open or any(map(_is_telling, found.changes))):
                found = found.beside(folder.trial.history, day, theirs or [])
                found = found if is_open else replace(found, lost=None, doubles=())
                names = names_held(name, these, (mine or [], theirs or []))
                told, waiting = folder.trial.history, found.changes
                later = once_more(steps, told, names, waiting) if is_open else ()
                yield is_open, replace(found.since(day), lately=later)
        return
    before = (folder.earlier.before[name],) if name in folder.earlier.before else ()
    if not (before or is_known(name, folder)):
        yield note is not None, Conflict(name, (), from_registry=False)
    elif (found := conflict(name, before, mine, theirs, date)) and (
        note is not None or found.differing or not found.changes
    ):
        passed = folder.earlier.untold.get(name, ())
        told, waiting = folder.trial.history, found.changes
        later = once_more(steps, told, None, waiting) if note is not None else ()
        yield note is not None, replace(found.since(day).without(passed), lately=later)
