"""What an earlier run told of a trial's file, and a person has mended since: told no more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from trialpages.changes.compare import changes
from trialpages.changes.entries import in_place
from trialpages.changes.fields import top_field
from trialpages.changes.history import dropped
from trialpages.content.trial_folder import TrialFolder, read_folder
from trialpages.problems import Failure
from trialpages.records.conflict_notes import conflict_notes
from trialpages.records.model import Change, to_tree
from trialpages.updating.arrivals import Arrival
from trialpages.updating.remarks_told import says_still


def as_it_stands(told: Arrival, trials: Path) -> Arrival | None:
    """The same without remarks and summaries that were looked over, lines that were placed, changes
    that the file has no more, since it was put back, and what was taken back and stands again. None
    where nothing of it holds, or the trial's file is gone."""
    path = trials / Path(told.path).name
    if not (told.path and path.exists()):
        return None if told.path else told
    told = replace(told, path=str(path))  # as this run calls it
    if not (told.problems or told.summary_date or told.chosen or told.changes):
        return told
    try:
        folder = read_folder(path)
    except Failure:
        return told
    if folder is None:
        return told
    problems = tuple(one for one in told.problems if says_still(one, folder.text))
    summary = folder.trial.plain_language_summary
    is_signed_anew = summary is None or summary.date != told.summary_date
    date = None if is_signed_anew else told.summary_date
    told = replace(told, problems=problems, summary_date=date)
    waits = {note.field for note in conflict_notes(folder.trial)} & {*told.chosen}
    return _with_what_holds(_without(told, waits - _taken_still(told, folder)), folder)


def _taken_still(told: Arrival, folder: TrialFolder) -> set[str]:
    """Fields whose side the file has since, though they may wait once more for a later version."""
    there = {*folder.trial.history}
    return {top_field(one.field) for one in told.decided if one in there}


def _with_what_holds(told: Arrival, folder: TrialFolder) -> Arrival | None:
    """Whatever a run put into a file stands in its history, unless that was cut to its bound or the
    file was put back since."""
    history = folder.trial.history
    still = told.changes if dropped(history) else _among(told.changes, history)
    if told.changes and not still and told.state != "new":
        return None
    undone = tuple(one for one in told.undone if not _stands_again(one, folder))
    gone = {top_field(one.field) for one in told.undone} - {top_field(one.field) for one in undone}
    chosen = tuple(one for one in told.chosen if one not in gone)
    decided = tuple(
        one for one in told.decided if one in still and top_field(one.field) not in gone
    )
    return replace(told, changes=still, decided=decided, undone=undone, chosen=chosen)


def _among(changes: tuple[Change, ...], history: tuple[Change, ...]) -> tuple[Change, ...]:
    there = set(history)
    return tuple(one for one in changes if one in there)


def _stands_again(undone: Change, folder: TrialFolder) -> bool:
    """Whether an editor has written again what was taken back."""
    name = top_field(undone.field)
    mine, theirs = to_tree(folder.trial).get(name), folder.said.get(name)
    now = changes(name, theirs, mine, undone.date, in_place)
    again = (one for one in now if (one.field, one.new) == (undone.field, undone.new))
    return any(one.entries == undone.entries or {*one.entries} & {*undone.entries} for one in again)


def _without(told: Arrival, waiting: Collection[str]) -> Arrival:
    return replace(
        told,
        chosen=tuple(one for one in told.chosen if one not in waiting),
        undone=tuple(one for one in told.undone if top_field(one.field) not in waiting),
        changes=tuple(one for one in told.changes if top_field(one.field) not in waiting),
    )
