"""What a person has decided in a trial's file since the last run: a conflict's note taken out, or
written what the registry says. It is settled before anything newer is looked at, so that what the
registry had changed is told as of the version that changed it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from trialpages.changes.compare import WITHIN, apart, changes
from trialpages.changes.entries import in_place
from trialpages.changes.fields import top_field
from trialpages.changes.history import UNDATED, told_date, with_history
from trialpages.content.trial_folder import TrialFolder
from trialpages.importers.conflict import Conflict
from trialpages.importers.held import Held
from trialpages.importers.update_decided import settled, still_untold, taken_over, untold
from trialpages.importers.update_fields import held_of
from trialpages.importers.update_lists import as_written, over, still_held
from trialpages.records.as_imported import AsImported, Earlier, value_digest
from trialpages.records.conflict_notes import conflict_notes
from trialpages.records.model import Change, to_tree
from trialpages.records.own_vocabulary import ChangeKind


@dataclass(frozen=True, slots=True)
class Settled:
    folder: TrialFolder
    """Its trial is the very one there was, where the file stays; its text is as it was."""
    agreed: tuple[str, ...] = ()
    """Fields that say what the registry says."""
    told: tuple[Change, ...] = ()
    """What the registry had changed, as far as the file has it now."""


def with_decisions(folder: TrialFolder) -> Settled:
    """The notes of conflicts away in which the file says what the registry says, and what the
    registry had changed and an editor has taken over, whole or in part, told in the history,
    whether its note is there still or was taken out."""
    trial, earlier = folder.trial, folder.earlier
    notes = {note.field: note for note in conflict_notes(trial)}
    waited = dict.fromkeys((*notes, *earlier.before, *earlier.held))
    agreed = tuple(name for name in waited if is_agreed(name, folder))
    done = {name for name in waited if name in agreed or name not in notes}
    told = tuple(one for name in waited if name in done for one in _taken(name, folder))
    kept = _without(agreed, done, folder)
    folder = replace(folder, earlier=kept)
    if not (told or notes.keys() & done):
        return Settled(folder)
    gone = [note for name, note in notes.items() if name in done]
    after = msgspec.structs.replace(
        trial,
        import_notes=tuple(note for note in trial.import_notes if note not in gone),
        history=with_history(trial.history, told),
    )
    return Settled(replace(folder, trial=after), agreed, told)


def _taken(name: str, folder: TrialFolder) -> Iterator[Change]:
    """What the registry had changed in a field that waited, as far as the file has it now."""
    earlier, history = folder.earlier, folder.trial.history
    mine, theirs, held = value_here(name, folder), folder.said.get(name), held_of(name, earlier)
    date = earlier.until.get(name) or told_date(folder.trial)
    before = (earlier.before[name],) if name in earlier.before else ()
    is_whole = not held and is_agreed(name, folder)
    gone = over(name, held, None, mine or [], theirs or [])
    before_that = earlier.untold.get(name, ())
    lists = (mine or [], theirs or []) if held else ()
    yield from still_untold(name, before_that, None if is_whole else gone, history, lists)
    if is_whole:
        found = changes(name, *before, theirs, date) if before else ()
    else:
        done = settled(name, held, mine, theirs, date)
        fresh = () if name in earlier.decided else before
        found = (*done, *taken_over(name, fresh, held, mine, theirs, date))
    steps = earlier.steps.get(name, ())
    yield from untold(found, history, earlier.after.get(name), steps)


def had_already(
    told: Sequence[Change], folder: TrialFolder, conflicts: Iterable[Conflict]
) -> tuple[Change, ...]:
    """Of what a newer version changed, each entry alone, what the file said as it says it now; not
    an entry of which something else waits."""
    waits = {
        (one.field, entry.partition(WITHIN)[0])
        for one in conflicts
        for change in one.changes
        for entry in change.entries
    }
    names = dict.fromkeys(top_field(one.field) for one in told)
    own = {
        _made(one)
        for name in names
        if is_known(name, folder)
        for one in _own(name, _known(name, folder), value_here(name, folder))
    }
    found = (one for one in apart(told) if _made(one) in own)
    return tuple(
        one
        for one in found
        if not (one.kind and any((one.field, entry) in waits for entry in one.entries))
    )


def _own(name: str, said: Any, mine: Any) -> Iterator[Change]:
    """What an editor changed, each entry also by what parts it from others of its name at the
    registry: an editor may have renamed these."""
    for among in ((), (said or [],)):
        yield from apart(changes(name, said, mine, UNDATED, in_place, among))


def _known(name: str, folder: TrialFolder) -> Any:
    """What the registry said last, without what it had added and nobody has left out here."""
    said = folder.said.get(name)
    new = [one.now for one in held_of(name, folder.earlier) if one.before is None]
    return [one for one in said if one not in new] if said and new else said


def _made(change: Change) -> tuple[object, ...]:
    """What of an entry a change makes, whatever was there before."""
    old = change.old if change.new is None else None
    new = None if change.kind is ChangeKind.ADDED else change.new  # the entry, not what it says
    return change.field, change.entries, change.kind, old, new


def _without(agreed: Collection[str], done: Collection[str], folder: TrialFolder) -> Earlier:
    """What waits still or was decided for the file."""
    found = folder.earlier
    held = {
        name: as_written(
            replace(one, is_decided=True)
            for one in held_still(name, folder)
            if one.is_decided or name not in agreed
        )
        if name in done and held_of(name, found)
        else raw
        for name, raw in found.held.items()
    }
    before = {name: value for name, value in found.before.items() if name not in agreed}
    unknown = {name: digest for name, digest in found.unknown.items() if name not in agreed}
    kept = {name: raw for name, raw in held.items() if raw}
    after = {name: day for name, day in found.after.items() if name in before or name in kept}
    untold = {name: of for name, of in found.untold.items() if name in before or name in kept}
    until = {name: day for name, day in found.until.items() if name in after}
    steps = {name: of for name, of in found.steps.items() if name in before or name in kept}
    decided = frozenset(found.decided.union(done) & before.keys())
    return Earlier(before, kept, unknown, after, decided, untold, until, steps)


def held_still(name: str, folder: TrialFolder) -> tuple[Held, ...]:
    """The entries of a list in which the file hasn't what the registry says."""
    held = held_of(name, folder.earlier)
    mine, theirs = value_here(name, folder), folder.said.get(name)
    return still_held(name, held, None, mine or [], theirs or []) if held else ()


def value_here(name: str, folder: TrialFolder) -> Any:
    return to_tree(folder.trial).get(name)


def is_known(name: str, folder: TrialFolder) -> bool:
    return AsImported(folder.base or {}, folder.said).knows(name)


def is_agreed(name: str, folder: TrialFolder) -> bool:
    """Whether the file says what the registry said last; lines may be wrapped in another way. Of a
    list it is enough if nothing waits."""
    mine, theirs = value_here(name, folder), folder.said.get(name)
    if not is_known(name, folder):
        base = (folder.base or {}).get(name)
        return base is not None and mine is not None and value_digest(mine) == base
    if _unwrapped(mine) == _unwrapped(theirs):
        return True
    is_held = bool(held_of(name, folder.earlier))
    return is_held and all(one.is_decided for one in held_still(name, folder))


def _unwrapped(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value
