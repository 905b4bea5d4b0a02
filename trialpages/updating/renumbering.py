"""A trial here whose number its registry has given up for another: one trial has one page.

Its file takes the new number, with all that was written into it, and the old one stays as an
alias that leads to the page. Where a file can't simply be renamed, a person is told what to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from trialpages.content.trial_folder import (
    TrialFolder,
    base_change,
    base_path,
    read_folder,
    results_change,
    results_file,
    trial_file,
)
from trialpages.content.writing import FileChange
from trialpages.importers.registry_json import Imported
from trialpages.importers.rewriting import rewritten
from trialpages.problems import Problem, Where
from trialpages.records.as_imported import AsImported
from trialpages.records.model import Change, Trial
from trialpages.records.registry_numbers import file_name, former_ids, other_ids
from trialpages.updating.arrivals import Arrival, Planned, Policy
from trialpages.updating.newer import updated
from trialpages.updating.telling import GONE, in_words, told_once


@dataclass(frozen=True, slots=True)
class Former:
    """A trial that is here under a number that its registry has given up."""

    id: str
    path: Path


def formers_here(trial: Trial, trials: Path) -> tuple[Former, ...]:
    """What is here under the former numbers of a trial."""
    found = (Former(one, trial_file(trials, file_name(one))) for one in former_ids(trial))
    return tuple(former for former in found if former.path.exists())


def renumbered(
    arrival: Arrival, formers: Sequence[Former], imported: Imported, policy: Policy
) -> Planned:
    """The trial brought up to date under its new number, or what a person has to do first.

    Raises ContentFailure as `updated` does.
    """
    here = read_folder(formers[0].path)
    is_simple = len(formers) == 1 and not Path(arrival.path).exists()
    if here is None or not (is_simple and here.base is not None and here.was_imported):
        return _undecided(arrival, formers[0], "")
    if policy is Policy.NEW_ONLY:
        hint = "give --update: the file is renamed, and the old number leads to the page"
        return _undecided(arrival, formers[0], hint)
    return _moved(arrival, formers[0], here, imported, policy)


def claimed(
    arrival: Arrival, formers: Sequence[Former], imported: Imported, policy: Policy
) -> Planned:
    """The same for a record that no registry was asked for: whoever wrote it may have named any
    number as its former one. Where it has nothing in common with the trial, a person decides."""
    planned = renumbered(arrival, formers, imported, policy)
    here = read_folder(formers[0].path)
    if not planned.files or here is None or _is_alike(here.trial, imported.trial):
        return planned
    return _undecided(arrival, formers[0], "", planned.arrival.changes)


def _is_alike(ours: Trial, theirs: Trial) -> bool:
    """Whether two records share a title, a condition or their sponsor's number."""
    return not _marks(ours).isdisjoint(_marks(theirs))


def _marks(trial: Trial) -> set[str]:
    number = trial.org_study_id_info.id if trial.org_study_id_info else None
    said = (trial.brief_title, trial.official_title, number, *trial.conditions)
    return {" ".join(one.split()).casefold() for one in said if one}


def _moved(
    arrival: Arrival, former: Former, here: TrialFolder, imported: Imported, policy: Policy
) -> Planned:
    path = Path(arrival.path).with_suffix(former.path.suffix)
    present = imported.trial.nct_id
    known = (present, *former_ids(imported.trial))
    aliases = tuple(one for one in other_ids(here.trial) if one not in known)
    trial = msgspec.structs.replace(here.trial, nct_id=present, aliases=aliases)
    moved = replace(here, path=path, trial=trial)
    planned = updated(replace(arrival, path=str(path)), moved, imported, policy)
    if planned.arrival.state == "refused":
        return planned
    files = {change.path: change for change in (*_as_it_was(moved), *planned.files)}
    merged = replace(planned.arrival, state="merged", former=former.id)
    return Planned(merged, (*files.values(), *_removed(former.path)))


def _as_it_was(moved: TrialFolder) -> Iterator[FileChange]:
    """The trial under its new name, its own file last."""
    if moved.results is not None:
        yield results_change(moved.path, moved.results)
    yield base_change(moved.path, AsImported(moved.base or {}, moved.said, moved.earlier))
    yield from moved.changed(rewritten(moved.text, moved.trial, str(moved.path)))


def _removed(path: Path) -> Iterator[FileChange]:
    for one in (results_file(path), base_path(path), path):
        if one.exists():
            yield FileChange(one, None)


# --- what a person has to do --------------------------------------------------------------------


def _undecided(
    arrival: Arrival, former: Former, hint: str, differing: Sequence[Change] = ()
) -> Planned:
    """`differing` is what a record says otherwise that has nothing in common with the trial."""
    trial_id = arrival.trial_id
    message = f"{former.id}, which is here in {former.path}, has become {trial_id}"
    told = hint or what_to_do(former.path, former.id, trial_id)
    if differing:
        message = (
            f"this record says that it was {former.id}, which is here in {former.path}, and has "
            "neither title, condition nor sponsor's number in common with it: nothing was changed"
        )
        told = f"see what the registry says of {former.id}; if this is the same trial, {told}"
    lines = tuple(in_words(one, words, GONE) for one, words in told_once(differing))
    problem = Problem("merged", "error", message, Where(arrival.where), told, lines[:_MOST_LINES])
    return Planned(replace(arrival, state="merged", problems=(problem,)))


_MOST_LINES = 12


def alias_taken(arrival: Arrival, owner: Path) -> Planned:
    """What comes of a record whose number leads to another trial's page."""
    message = f"{arrival.trial_id} is an alias of the trial in {owner}"
    hint = f"leave this out; only if these are two trials, take the number out of {owner}"
    problem = Problem("duplicate-id", "error", message, Where(arrival.where), hint)
    return Planned(replace(arrival, state="merged", problems=(problem,)))


def what_to_do(path: Path, former: str, present: str) -> str:
    """How a person makes one trial of the file of a former number and the present one."""
    there = trial_file(path.parent, file_name(present))
    if there.exists():
        return (
            f"write into {there}, which is the same trial, what you want to keep of {path}, and "
            f"`aliases: [{former}]` (the old address then leads to the page); remove {path} and "
            f"{base_path(path)}, then again"
        )
    return (
        f"rename the file to {there.stem}{path.suffix}, write `nct_id: {present}` and "
        f"`aliases: [{former}]` into it (the old address then leads to the page), rename "
        f"{base_path(path)} to {there.stem} too, then again"
    )
