"""How current a record is: what its own dates say on the day the site is built.

Only dates are compared. A partial date counts as past once its last day is past, so that nothing
is called late that may not be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from msgspec import Struct

from trialpages.records.model import PartialDate, Trial
from trialpages.records.vocabulary import Status
from trialpages.trial.days import span, whole_years

Verdict = Literal[
    "completion-passed",
    "main-measures-passed",
    "start-passed",
    "should-be-over",
    "not-verified",
    "not-updated",
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

STALE_AFTER = 2
"""Years without word from the study team after which the registry itself doubts a status."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to check before relying on the record."""

    verdict: Verdict
    date: str
    """The date of the record (partial ISO) that the verdict rests on."""
    years: int
    """Full years from that date to the day of the verdict."""

    @property
    def is_neglect(self) -> bool:
        """Whether it is the record that nobody looked after; its years are what to say then."""
        return self.verdict in ("not-verified", "not-updated")


class RecordDates(Struct, frozen=True, array_like=True, gc=False):
    """The dates of a record that speak for or against its status."""

    start: PartialDate | None = None
    measured: PartialDate | None = None
    """The end of the main measurements (primary completion)."""
    completed: PartialDate | None = None
    verified: PartialDate | None = None
    """When the study team last said that the record is right."""
    updated: PartialDate | None = None
    """When the registry last posted an update."""


def record_dates(trial: Trial) -> RecordDates:
    structs = (
        trial.start_date,
        trial.primary_completion_date,
        trial.completion_date,
    )
    start, measured, completed = (struct.date if struct else None for struct in structs)
    updated = trial.last_update_post_date
    verified = trial.status_verified_date
    return RecordDates(start, measured, completed, verified, updated.date if updated else None)


_OPEN = {Status.RECRUITING, Status.ENROLLING_BY_INVITATION}
_RUNNING = _OPEN | {Status.NOT_YET_RECRUITING, Status.ACTIVE_NOT_RECRUITING, Status.SUSPENDED}
_UNSETTLED = _RUNNING | {Status.UNKNOWN, Status.AVAILABLE, Status.TEMPORARILY_NOT_AVAILABLE}


def freshness(status: Status, dates: RecordDates, as_of: str) -> tuple[Doubt, ...]:
    """The reasons for doubt on the day `as_of` (ISO), the gravest first; none for a settled trial.

    At most one is about the study's own dates and one about the record's.
    """
    today = date.fromisoformat(as_of)
    found = (_overdue(status, dates, today), _neglected(status, dates, today))
    return tuple(doubt for doubt in found if doubt)


def _overdue(status: Status, dates: RecordDates, today: date) -> Doubt | None:
    """A status that the study's own dates speak against."""
    if status in _RUNNING and (late := _passed(dates.completed, today)):
        return Doubt("completion-passed", *late)
    if status in _OPEN and (late := _passed(dates.measured, today)):
        return Doubt("main-measures-passed", *late)
    if status is Status.NOT_YET_RECRUITING and (late := _passed(dates.start, today)):
        return Doubt("start-passed", *late)
    end = dates.completed or dates.measured
    if status is Status.UNKNOWN and (late := _passed(end, today)):
        return Doubt("should-be-over", *late)
    return None


def _neglected(status: Status, dates: RecordDates, today: date) -> Doubt | None:
    """A record that nobody has confirmed for years, while its status may still change."""
    if status not in _UNSETTLED:
        return None
    said = dates.verified or dates.updated
    if said is None:
        return None
    years = whole_years(span(said).last, today)
    if years < STALE_AFTER:
        return None
    return Doubt("not-verified" if dates.verified else "not-updated", said, years)


def _passed(when: PartialDate | None, today: date) -> tuple[str, int] | None:
    """The date and the years since, if its last day is over."""
    if when is None or (last := span(when).last) >= today:
        return None
    return when, whole_years(last, today)
