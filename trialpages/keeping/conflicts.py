"""What waits to be decided in the trials that are here: fields changed here and at the registry.

A note in the trial's file keeps a conflict open and holds what the registry said. Taking the note
away decides for what stands in the file; writing what the registry says decides for that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any

import msgspec

from trialpages.importers.differences import difference, one_line
from trialpages.importers.rewriting import rewritten
from trialpages.importers.update_fields import is_decided
from trialpages.importers.update_lists import less
from trialpages.keeping.findings import OpenConflict, TrialName
from trialpages.keeping.here import TrialHere
from trialpages.problems import ContentFailure
from trialpages.records.as_imported import value_digest
from trialpages.records.conflict_notes import (
    conflict_notes,
    is_of_entries,
    registry_value,
    registry_words,
)
from trialpages.records.model import ImportNote, to_tree
from trialpages.records.note_codes import CONFLICT
from trialpages.trial_folder import TrialFolder, read_folder
from trialpages.writing import write


def settle(trials: Collection[TrialHere]) -> None:
    """Take away the notes of conflicts in which the file says what the registry says.

    Raises MachineFailure. A file that can't be read, or with a remark at such a note, stays.
    """
    for here, folder in _folders(trials):
        tree = to_tree(folder.trial)
        notes = tuple(
            note for note in folder.trial.import_notes if not _is_agreed(note, tree, folder)
        )
        if notes != folder.trial.import_notes:
            after = msgspec.structs.replace(folder.trial, import_notes=notes)
            with suppress(ContentFailure):
                for change in folder.changed(rewritten(folder.text, after, str(here.path))):
                    write(change)


def open_conflicts(trials: Collection[TrialHere]) -> tuple[OpenConflict, ...]:
    """What waits to be decided in files that no record came for."""
    return tuple(_conflicts(trials))


def _conflicts(trials: Collection[TrialHere]) -> Iterator[OpenConflict]:
    for here, folder in _folders(trials):
        tree = to_tree(folder.trial)
        for note in conflict_notes(folder.trial):
            if not _is_agreed(note, tree, folder):
                named = TrialName(here.id, folder.trial.brief_title, str(here.path))
                mine = _mine(note, tree, folder)
                theirs = None if isinstance(mine, str) else registry_value(note)
                values = difference(mine, registry_words(note) if theirs is None else theirs)
                yield OpenConflict(named, note, *values)


def _folders(trials: Collection[TrialHere]) -> Iterator[tuple[TrialHere, TrialFolder]]:
    for here in trials:
        with suppress(ContentFailure):  # the build says what is wrong with it
            if here.has_conflict and (folder := read_folder(here.path)):
                yield here, folder


def _mine(note: ImportNote, tree: dict[str, Any], folder: TrialFolder) -> Any:
    """What the file says; where only entries of a list wait, those the registry says otherwise."""
    mine, theirs = tree.get(note.field), folder.said.get(note.field)
    if is_of_entries(note) and isinstance(mine, list) and isinstance(theirs, list):
        return less(mine, theirs)
    return mine


def _is_agreed(note: ImportNote, tree: dict[str, Any], folder: TrialFolder) -> bool:
    """Whether the file says what the registry said last; lines may be wrapped in another way."""
    if note.code != CONFLICT:
        return False
    value = tree.get(note.field)
    if one_line(value) == registry_words(note) or is_decided(note, value):
        return True
    base = (folder.base or {}).get(note.field)
    return base is not None and value is not None and value_digest(value) == base
