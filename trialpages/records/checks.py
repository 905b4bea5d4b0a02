"""What is wrong with a trial beyond its shape, and with several trials together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trialpages.problems import Problem, Where
from trialpages.records.model import Trial


def check_trial(trial: Trial, path: str) -> Iterator[Problem]:
    """What is wrong with a trial, or missing from it, in the file at `path`."""
    name = path.rpartition("/")[2].removesuffix(".md")
    if name != trial.nct_id:
        message = f"the file is called {name}.md, but its trial is {trial.nct_id}"
        hint = f"rename the file to {trial.nct_id}.md, or mend `nct_id`"
        yield Problem("file-name", "error", message, Where(path, 2, 1), hint)
    for field, absent in (
        ("conditions", not trial.conditions),
        ("contacts", not (trial.central_contacts or any(p.contacts for p in trial.locations))),
        ("brief summary", not trial.brief_summary),
    ):
        if absent and not trial.draft:
            yield Problem("absent", "warning", f"the trial has no {field}", Where(path))
    yield from _undefined_interventions(trial, path)


def _undefined_interventions(trial: Trial, path: str) -> Iterator[Problem]:
    defined = {i.name for i in trial.interventions}
    defined |= {f"{i.type.label}: {i.name}" for i in trial.interventions if i.type}
    for arm in trial.arm_groups:
        for name in arm.intervention_names:
            if name not in defined:
                message = f"the arm `{arm.label}` names `{name}`, which isn't under `interventions`"
                hint = "add it there, or mend its name"
                yield Problem("undefined-intervention", "warning", message, Where(path), hint)


def check_together(claims: Iterable[tuple[str, Sequence[str]]]) -> Iterator[Problem]:
    """Two files that claim one id or alias: both are named. `claims`: path, and ids and aliases."""
    owners: dict[str, str] = {}
    for path, ids in claims:
        for claimed in dict.fromkeys(ids):
            first = owners.setdefault(claimed, path)
            if first != path:
                message = f"{claimed} is already the id or an alias of {first}"
                hint = "give one of the two another id, or remove one"
                yield Problem("duplicate-id", "error", message, Where(path, 2, 1), hint)
