"""What is wrong with a trial beyond its shape, and with several trials together."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from trialpages.problems import Problem, Where
from trialpages.records.file_text import decode, split_file
from trialpages.records.model import Trial
from trialpages.records.places import field_where
from trialpages.records.plausible import check_plausible
from trialpages.records.registry_shape import to_registry


def check_trial(trial: Trial, path: str) -> Iterator[Problem]:
    """What is wrong with a trial, or missing from it, in the file at `path`.

    What is wrong with a field names it; `located` finds its line.
    """
    name, _, suffix = path.rpartition("/")[2].rpartition(".")
    if name != trial.nct_id:
        message = f"the file is called {name}.{suffix}, but its trial is {trial.nct_id}"
        hint = f"rename the file to {trial.nct_id}.{suffix}, or mend `nct_id`"
        yield Problem("file-name", "error", message, Where(path, field=("nct_id",)), hint)
    for field, it, absent in (
        ("conditions", "`conditions:`", not trial.conditions),
        ("contacts", "`central_contacts:`", not has_contacts(trial)),
        ("brief summary", "`## Brief summary`", not trial.brief_summary),
    ):
        if absent and not trial.draft:
            hint = f"add {it} if the source has any: the page will say that there is none"
            yield Problem("absent", "warning", f"the trial has no {field}", Where(path), hint)
    yield from _undefined_interventions(trial, path)
    yield from check_plausible(trial, path)
    if trial.extra:
        yield from _unusable_extra(trial, path)


def has_contacts(trial: Trial) -> bool:
    """Whether the record names anybody to ask, for the whole trial or for a site."""
    return bool(trial.central_contacts or any(place.contacts for place in trial.locations))


def _unusable_extra(trial: Trial, path: str) -> Iterator[Problem]:
    """What `extra` keeps of the registry's record must go out with it again."""
    try:
        to_registry(trial)
    except (ValueError, LookupError, TypeError, AttributeError):
        message = "`extra` doesn't fit the record: its names are JSON Pointers, its values JSON"
        where = Where(path, field=("extra",))
        hint = "take the entry out that was changed by hand"
        yield Problem("bad-extra", "error", message, where, hint)


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


def check_together(claims: Iterable[tuple[str, Sequence[str]]]) -> Iterator[Problem]:
    """Two files that claim one id or alias: both are named. `claims`: path, and ids and aliases."""
    owners: dict[str, str] = {}
    for path, ids in claims:
        for claimed in dict.fromkeys(ids):
            first = owners.setdefault(claimed, path)
            if first != path:
                message = f"{claimed} is already the id or an alias of {first}"
                hint = "give one of the two another id, or remove one"
                field = ("nct_id",) if claimed == ids[0] else ("aliases",)
                where = Where(path, field=field)
                yield Problem("duplicate-id", "error", message, where, hint)


def located(problems: Iterable[Problem], content_of: Callable[[str], bytes]) -> tuple[Problem, ...]:
    """The problems, those of a field with its line, column and text.

    `content_of` gives a file's bytes by its path; only files with such a problem are read again.
    """
    return tuple(_located(problem, content_of) for problem in problems)


def _located(problem: Problem, content_of: Callable[[str], bytes]) -> Problem:
    where = problem.where
    if where is None or not where.field or where.line:
        return problem
    text, _ = decode(content_of(where.path), where.path)
    split = split_file(text or "", where.path)
    if isinstance(split, Problem):
        return problem
    front, first_line, _, _ = split
    return replace(problem, where=field_where(where.path, front, first_line, where.field))
