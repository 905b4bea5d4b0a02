"""What is wrong with a trial beyond its shape, and with several trials together."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from trialpages.problems import Problem, Where
from trialpages.records.model import Trial
from trialpages.records.places import field_where
from trialpages.records.trial_file import TrialFile, decode, split_file


def check_trials(files: Sequence[TrialFile]) -> tuple[Problem, ...]:
    """Every problem of the files: those found while reading them, and those found here."""
    found = [problem for file in files for problem in file.problems]
    for file in files:
        if file.trial:
            found += _check(file.trial, file.path)
    return (*found, *_duplicates(files))


def _check(trial: Trial, path: str) -> Iterator[Problem]:
    name, _, suffix = path.rpartition("/")[2].rpartition(".")
    if name != trial.nct_id:
        message = f"the file is called {name}.{suffix}, but its trial is {trial.nct_id}"
        hint = f"rename the file to {trial.nct_id}.{suffix}, or mend `nct_id`"
        yield Problem("file-name", "error", message, Where(path, field=("nct_id",)), hint)
    for field, absent in (
        ("conditions", not trial.conditions),
        ("contacts", not (trial.central_contacts or any(p.contacts for p in trial.locations))),
        ("brief summary", not trial.brief_summary),
    ):
        if absent and not trial.draft:
            yield Problem("absent", "warning", f"the trial has no {field}", Where(path))
    yield from _undefined_interventions(trial, path)


def _undefined_interventions(trial: Trial, path: str) -> Iterator[Problem]:
    defined = {i.name for i in trial.interventions if i.name}
    defined |= {f"{i.type.label}: {i.name}" for i in trial.interventions if i.type and i.name}
    for number, arm in enumerate(trial.arm_groups):
        for position, name in enumerate(arm.intervention_names):
            if name in defined:
                continue
            message = f"the arm `{arm.label}` names `{name}`, which isn't under `interventions`"
            meant = difflib.get_close_matches(name, sorted(defined), n=1)
            hint = f"did you mean `{meant[0]}`?" if meant else "add it there, or mend its name"
            field = ("arm_groups", number, "intervention_names", position)
            where = Where(path, field=field)
            yield Problem("undefined-intervention", "warning", message, where, hint)


def _duplicates(files: Iterable[TrialFile]) -> Iterator[Problem]:
    """Two files that claim one id or alias: both are named."""
    owners: dict[str, str] = {}
    for file in files:
        if not file.trial:
            continue
        for claimed in dict.fromkeys((file.trial.nct_id, *file.trial.aliases)):
            first = owners.setdefault(claimed, file.path)
            if first != file.path:
                message = f"{claimed} is already the id or an alias of {first}"
                hint = "give one of the two another id, or remove one"
                field = ("nct_id",) if claimed == file.trial.nct_id else ("aliases",)
                where = Where(file.path, field=field)
                yield Problem("duplicate-id", "error", message, where, hint)


def located(problems: Iterable[Problem], contents: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """The problems, those of a field with its line, column and text, as `contents` has the files.

    Only files with such a problem are read again.
    """
    return tuple(_located(problem, contents) for problem in problems)


def _located(problem: Problem, contents: Mapping[str, bytes]) -> Problem:
    where = problem.where
    if where is None or not where.field or where.line or where.path not in contents:
        return problem
    text, _ = decode(contents[where.path], where.path)
    split = split_file(text or "", where.path)
    if isinstance(split, Problem):
        return problem
    front, first_line, _, _ = split
    return replace(problem, where=field_where(where.path, front, first_line, where.field))
