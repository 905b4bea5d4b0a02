"""What a newer version tells of how a study stands, where its registry has no word of ours."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from trialpages.records.model import Change, Trial
from trialpages.records.note_codes import WORKED_OUT
from trialpages.records.own_status import own_status
from trialpages.records.vocabulary import Status

_STATUS = "overall_status"
_OVERRIDE = "Override"
"""Of the names of what ISRCTN sets before the dates."""


def in_own_words(told: Iterable[Change], here: Trial, new: Trial) -> tuple[Change, ...]:
    """The changes, a status that has no equal here in the registry's word; without one that came
    with time alone, of which the registry wrote nothing."""
    if _is_of_time(here, new):
        return tuple(one for one in told if one.field != _STATUS)
    return tuple(_in_own_words(one, here, new) for one in told)


def _is_of_time(here: Trial, new: Trial) -> bool:
    """Whether both statuses follow from the same dates, on another day."""
    both = all(_works_out(one) for one in (here, new))
    return both and _followed(here) == _followed(new)


def _works_out(trial: Trial) -> bool:
    return any(note.field == _STATUS and note.code == WORKED_OUT for note in trial.import_notes)


def _followed(trial: Trial) -> tuple[object, ...]:
    """What it follows from."""
    said = {at: text for at, text in trial.extra.items() if _OVERRIDE in at or _CLOSES in at}
    return trial.start_date, trial.completion_date, said


_CLOSES = "recruitmentEnd"


def _in_own_words(change: Change, here: Trial, new: Trial) -> Change:
    if change.field != _STATUS:
        return change
    return replace(change, old=_said(change.old, here), new=_said(change.new, new))


def _said(status: str | None, trial: Trial) -> str | None:
    """The registry's word where ours says nothing, and where dates tell it that they do: the
    registry changed these, and wrote no status."""
    if status == Status.UNKNOWN.value:
        return own_status(trial) or status
    if status == trial.overall_status.value and _works_out(trial):
        return f"{trial.overall_status.label} (by its dates)"
    return status
