"""Trial files that can't be read as trials: a run names them, leaves them alone, and goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from trialpages.content_file import read_file
from trialpages.keeping.here import TrialHere
from trialpages.problems import ContentFailure, Problem, errors_in
from trialpages.records.files import SourcePath
from trialpages.records.trial_file import read_trial
from trialpages.trial_folder import is_misnamed, misnamed


def broken_trials(trials: Collection[TrialHere]) -> Mapping[str, Problem]:
    """What is wrong first with each file that holds no trial as it is, by the trial's id."""
    found = ((trial.id, _fault(trial)) for trial in trials)
    return {trial_id: problem for trial_id, problem in found if problem}


def misnamed_trials(trials: Iterable[TrialHere]) -> Mapping[str, Problem]:
    """Of each trial whose file is called otherwise what to do."""
    return {one.id: misnamed(one.id, one.path) for one in trials if is_misnamed(one.id, one.path)}


def _fault(trial: TrialHere) -> Problem | None:
    path = trial.path
    if is_misnamed(trial.id, path):
        return _told((misnamed(trial.id, path),))
    try:
        file = read_trial(read_file(SourcePath(str(path), str(path))), str(path))
    except ContentFailure as failure:
        return _told(failure.problems)
    return None if file.trial else _told(errors_in(file.problems))


def _told(problems: Collection[Problem]) -> Problem:
    """The first problem, with what it means for the trial."""
    first, *others = problems
    more = f"; {len(others):,} more faults (`build.py check` names them)" if others else ""
    said = f"{first.message}{more}; the trial is not kept current until that is mended"
    return replace(first, message=said)
