"""What an earlier run told of a trial's file, and a person has mended since: told no more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from trialpages.content.trial_folder import read_folder
from trialpages.problems import Failure
from trialpages.updating.arrivals import Arrival
from trialpages.updating.newer import says_still


def as_it_stands(told: Arrival) -> Arrival:
    """The same without remarks and summaries that were looked over, and lines that were placed."""
    if not (told.problems or told.summary_date):
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
    return replace(told, problems=problems, summary_date=date)
