"""Trial files that can't be read as trials, or aren't there any more: a run names them, leaves them
alone, and goes on."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from trialpages.content.content_file import read_file
from trialpages.content.trial_folder import base_path, is_misnamed, misnamed, trial_file
from trialpages.content.writing import BASES, is_half_written
from trialpages.keeping.answers import last_answer
from trialpages.keeping.here import TrialHere
from trialpages.keeping.wishes import Wishes
from trialpages.problems import ContentFailure, Problem, Where, errors_in
from trialpages.records.registry_numbers import file_name
from trialpages.records.trial_file import read_trial
from trialpages.text.commands import command
from trialpages.text.files import QUERIES, SourcePath


def broken_trials(trials: Collection[TrialHere]) -> Mapping[str, Problem]:
    """What is wrong first with each file that holds no trial as it is, by the trial's id."""
    found = ((trial.id, _fault(trial)) for trial in trials)
    return {trial_id: problem for trial_id, problem in found if problem}


def misnamed_trials(trials: Iterable[TrialHere]) -> Mapping[str, Problem]:
    """Of each trial whose file is called otherwise what to do."""
    return {one.id: misnamed(one.id, one.path) for one in trials if is_misnamed(one.id, one.path)}


def copies(trials: Iterable[TrialHere], here: Mapping[str, TrialHere]) -> Iterator[Problem]:
    """What to do with each file of a trial that has another one here, called by its number."""
    others = (one for one in trials if here[one.id] is not one)
    yield from (misnamed(one.id, one.path) for one in others if is_misnamed(one.id, one.path))


def deleted_trials(
    content: Path, trials: Mapping[str, TrialHere], wishes: Wishes
) -> Mapping[str, Problem]:
    """Of each trial that was imported and whose file is gone what to do, by the name of its file;
    only `.imported/` knows of it still. What is left out on purpose isn't missed."""
    folder = content / "trials" / BASES
    entries = os.scandir(folder) if folder.is_dir() else ()
    names = {one.name for one in entries if one.is_file(follow_symlinks=False)}
    here = {one.path.stem for one in trials.values()} | trials.keys()
    left_out = set(map(file_name, wishes.leave_out))
    lost = sorted(name for name in names - here - left_out if _NAME.fullmatch(name))
    asking = _asking(content, wishes) if lost else {}
    found = {name: _deleted(content / "trials", name, asking.get(name, "")) for name in lost}
    return {name: one for name, one in found.items() if not is_half_written(folder.parent / name)}


_NAME = re.compile(r"[A-Za-z0-9-]+")
"""Of a file without an ending: not what explains the folder."""


def _asking(content: Path, wishes: Wishes) -> Mapping[str, str]:
    """What asks for a trial, by the name of its file, as far as is known without a network."""
    found = {
        file_name(one): f"the query `{question.name}` found it the last time"
        for question in wishes.questions
        for one in last_answer(content, question.name) or ()
    }
    return found | {file_name(one): f"{QUERIES} names it" for one in wishes.trials}


def _deleted(trials: Path, name: str, asking: str) -> Problem:
    file, base = trial_file(trials, name), base_path(trial_file(trials, name))
    comes = f"{asking}, so `sync` brings it back" if asking else "nobody asks for it"
    message = f"{name} was here, and its file is gone: its page isn't built, and {comes}"
    hint = (
        f"get it back (git checkout HEAD -- {file}); or name it under `leave_out` in "
        f"{trials.parent / QUERIES} and remove {base}"
    )
    return Problem("deleted", "warning", message, Where(str(file)), hint)


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
    more = f"; {len(others):,} more faults (`{command('check')}` names them)" if others else ""
    said = f"{first.message}{more}; the trial is not kept current until that is mended"
    return replace(first, message=said)
