"""Single trials in content/: their names, what waits to be decided in them, made a draft."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from trialpages.importers.rewriting import rewritten
from trialpages.importers.update import CONFLICT
from trialpages.keeping.findings import Named, OpenConflict
from trialpages.keeping.here import TrialHere
from trialpages.problems import ContentFailure
from trialpages.records.model import Trial
from trialpages.trial_folder import read_folder
from trialpages.writing import write


def named(here: TrialHere) -> Named:
    """A trial with the title it has; without one where its file can't be read."""
    trial = _trial(here)
    return Named(here.id, trial.brief_title if trial else "", str(here.path))


def open_conflicts(trials: Collection[TrialHere]) -> tuple[OpenConflict, ...]:
    """What waits to be decided in files that no record came for."""
    return tuple(_conflicts(one for one in trials if one.has_conflict))


def _conflicts(trials: Iterator[TrialHere]) -> Iterator[OpenConflict]:
    for here in trials:
        trial = _trial(here)
        for note in trial.import_notes if trial else ():
            if note.code == CONFLICT:
                yield OpenConflict(named(here), note)


def _trial(here: TrialHere) -> Trial | None:
    try:
        found = read_folder(here.path)
    except ContentFailure:
        return None
    return found.trial if found else None


def make_draft(here: TrialHere) -> None:
    """Take a trial off the site; all else in its file stays. Raises ContentFailure where that
    can't be read, MachineFailure."""
    found = read_folder(here.path)
    if found is None or found.trial.draft:
        return
    trial = msgspec.structs.replace(found.trial, draft=True)
    for change in found.changed(rewritten(found.text, trial, str(found.path))):
        write(change)
