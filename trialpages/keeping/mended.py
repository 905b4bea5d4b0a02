"""What an earlier run told of a trial's file, and a person has mended since: told no more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from trialpages.changes.fields import top_field
from trialpages.content.trial_folder import read_folder
from trialpages.problems import Failure
from trialpages.records.conflict_notes import conflict_notes
from trialpages.updating.arrivals import Arrival
from trialpages.updating.newer import says_still


def as_it_stands(told: Arrival) -> Arrival:
    """The same without remarks and summaries that were looked over, lines that were placed, and a
    field taken back whose file was put back: it waits again."""
    if not (told.problems or told.summary_date or told.chosen):
        return told
    try:
        folder = read_folder(Path(told.path)) if told.path else None
    except Failure:
        return told
    if folder is None:
        return told
    problems = tuple(one for one in told.problems if says_still(one, folder.text))
    summary = folder.trial.plain_language_summary
    is_signed_anew = summary is None or summary.date != told.summary_date
    date = None if is_signed_anew else told.summary_date
    told = replace(told, problems=problems, summary_date=date)
    return _without(told, {note.field for note in conflict_notes(folder.trial)} & {*told.chosen})


def _without(told: Arrival, waiting: Collection[str]) -> Arrival:
    return replace(
        told,
        chosen=tuple(one for one in told.chosen if one not in waiting),
        undone=tuple(one for one in told.undone if top_field(one.field) not in waiting),
        changes=tuple(one for one in told.changes if top_field(one.field) not in waiting),
    )
