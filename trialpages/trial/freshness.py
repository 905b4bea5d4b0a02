"""How current a record is: what its own dates say on the day the site is built, and what else in it
speaks against its status.

A partial date counts as past once its last day is past, so that nothing is called late that may
not be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from trialpages.records.model import PartialDate, Trial
from trialpages.records.vocabulary import DateType, Status
from trialpages.trial.days import span, whole_months
from trialpages.trial.registry_dates import last_change, recruitment_end
from trialpages.trial.taking import takes_nobody_anywhere

Verdict = Literal[
    "completion-passed",
    "main-measures-passed",
    "start-passed",
    "recruitment-passed",
    "should-be-over",
    "has-ended",
    "starts-later",
    "says-why-stopped",
    "no-place-takes",
    "checked-ahead",
    "not-verified",
    "not-updated",
    "old-copy",
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

STALE_AFTER = 12
"""Months after which neither a study team's word nor our copy of it is relied upon: studies are to
look their record over once a year (42 CFR 11.64). The registry itself doubts after two."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to check before relying on the record."""

    verdict: Verdict
    date: str
    """The date of the record (partial ISO) that the verdict rests on; empty where none does."""
    months: int
    """Full months from that date to the day of the verdict."""

    @property
    def is_neglect(self) -> bool:
        """Whether it is the record that nobody looked after; its age is what to say then."""
        return self.verdict in ("not-verified", "not-updated", "old-copy")

    @property
    def is_contradiction(self) -> bool:
        """Whether the record says otherwise itself, so that no day makes its status true."""
        return self.verdict in _CONTRADICTIONS


_CONTRADICTIONS = ("has-ended", "starts-later", "says-why-stopped", "no-place-takes")


class RecordDates(Struct, frozen=True, array_like=True, gc=False):
    """The dates of a record, and what else in it, that speak for or against its status."""

    start: PartialDate | None = None
    measured: PartialDate | None = None
    """The end of the main measurements (primary completion)."""
    completed: PartialDate | None = None
    verified: PartialDate | None = None
    """When the study team last said that the record is right."""
    updated: PartialDate | None = None
    """When the registry last posted an update, or said that it had one."""
    copied: PartialDate | None = None
    """Of when the copy of the registry's record is that we have."""
    at_registry: Status | None = None
    """The status that the record has, where this site says another: of which no date speaks."""
    has_ended: bool = False
    """Whether its completion is one that happened, as the record says."""
    against: Verdict | None = None
    """What it says elsewhere against taking people."""
    closes: PartialDate | None = None
    """Until when it is to take people, where another registry's record says it."""

    @property
    def checked(self) -> PartialDate | None:
        """When the study team did, unless that is later than the update that tells of it."""
        if self.verified and self.updated and span(self.verified).first > span(self.updated).last:
            return None
        return self.verified

    @property
    def confirmed(self) -> PartialDate | None:
        """When somebody last said that all of it is right."""
        return self.checked or self.updated

    @property
    def known_at(self) -> PartialDate | None:
        """As of when it says how the study stands: an update after the last check may have said
        something else than the check did."""
        if self.checked and self.updated and span(self.updated).first > span(self.checked).last:
            return self.updated
        return self.confirmed

    def known_by(self, today: date) -> RecordDates:
        """Without a check, an update or a copy that is still to come: that confirms nothing."""
        said = (self.verified, self.updated, self.copied)
        verified, updated, copied = (None if is_ahead(one, today) else one for one in said)
        return replace(self, verified=verified, updated=updated, copied=copied)


def is_ahead(when: PartialDate | None, today: date) -> bool:
    """Whether a day is still to come, wherever on earth it is written down."""
    return when is not None and span(when).first > today + timedelta(days=1)


def record_dates(trial: Trial, at_registry: Status | None = None) -> RecordDates:
    """`at_registry` is the record's status, where the file has another."""
    structs = (
        trial.start_date,
        trial.primary_completion_date,
        trial.completion_date,
    )
    start, measured, completed = (struct.date if struct else None for struct in structs)
    copied = trial.version_holder or (trial.source.date if trial.source else None)
    return RecordDates(
        start=start,
        measured=measured,
        completed=completed,
        verified=trial.status_verified_date,
        updated=last_change(trial),
        copied=copied,
        at_registry=at_registry,
        has_ended=structs[2] is not None and structs[2].type is DateType.ACTUAL,
        against=_against_taking(trial),
        closes=recruitment_end(trial),
    )


def _against_taking(trial: Trial) -> Verdict | None:
    if trial.why_stopped:
        return "says-why-stopped"
    return "no-place-takes" if takes_nobody_anywhere(trial) else None


_OPEN = {Status.RECRUITING, Status.ENROLLING_BY_INVITATION}
_BEGUN = _OPEN | {Status.ACTIVE_NOT_RECRUITING}
_RUNNING = _OPEN | {Status.NOT_YET_RECRUITING, Status.ACTIVE_NOT_RECRUITING, Status.SUSPENDED}
_UNSETTLED = _RUNNING | {Status.UNKNOWN, Status.AVAILABLE, Status.TEMPORARILY_NOT_AVAILABLE}


def freshness(status: Status, dates: RecordDates, as_of: str) -> tuple[Doubt, ...]:
    """The reasons for doubt on the day `as_of` (ISO), the gravest first; none for a settled trial.

    At most one is about the study itself and one about the record.
    """
    today = date.fromisoformat(as_of)
    contrary = _overdue(status, dates, today) or _contradicted(status, dates, today)
    found = (contrary, _neglected(status, dates, today))
    return tuple(doubt for doubt in found if doubt)


def _overdue(status: Status, dates: RecordDates, today: date) -> Doubt | None:
    """A status that the study's own dates speak against."""
    if status in _RUNNING and (late := _passed(dates.completed, today)):
        return Doubt("completion-passed", *late)
    if status in _OPEN and (late := _passed(dates.measured, today)):
        return Doubt("main-measures-passed", *late)
    if status in _OPEN and (late := _passed(dates.closes, today)):
        return Doubt("recruitment-passed", *late)
    if status is Status.NOT_YET_RECRUITING and (late := _passed(dates.start, today)):
        return Doubt("start-passed", *late)
    if status is Status.UNKNOWN and (late := _passed(dates.completed, today)):
        return Doubt("should-be-over", *late)
    return None


def _contradicted(status: Status, dates: RecordDates, today: date) -> Doubt | None:
    """A status that the record itself contradicts."""
    ended = dates.completed if dates.has_ended and status in _RUNNING else None
    if ended and span(ended).first <= today:
        return Doubt("has-ended", ended, 0)
    if dates.start and status in _BEGUN and is_ahead(dates.start, today):
        return Doubt("starts-later", dates.start, 0)
    return Doubt(dates.against, "", 0) if dates.against and status in _OPEN else None


def _neglected(status: Status, dates: RecordDates, today: date) -> Doubt | None:
    """A record of which we have an old copy alone, or that nobody had confirmed for long when it
    was copied, while its status may still change."""
    if status not in _UNSETTLED:
        return None
    for when in (dates.verified, dates.updated, dates.copied):
        if when and is_ahead(when, today):
            return Doubt("checked-ahead", when, 0)
    confirmed: Verdict = "not-verified" if dates.checked else "not-updated"
    return _since(dates.copied, "old-copy", today) or _since(dates.confirmed, confirmed, today)


def _since(when: PartialDate | None, verdict: Verdict, today: date) -> Doubt | None:
    """The verdict, if that is too long ago to rely on."""
    if when is None or (months := whole_months(span(when).last, today)) < STALE_AFTER:
        return None
    return Doubt(verdict, when, months)


def _passed(when: PartialDate | None, today: date) -> tuple[str, int] | None:
    """The date and the months since, if its last day is over."""
    if when is None or (last := span(when).last) >= today:
        return None
    return when, whole_months(last, today)


def since_summary(trial: Trial) -> PartialDate | None:
    """When the record changed after the plain-language summary was written, by its date; None where
    it didn't, or where either date isn't known."""
    summary, updated = trial.plain_language_summary, trial.last_update_post_date
    if not (summary and summary.date and updated):
        return None
    return updated.date if span(summary.date).last < span(updated.date).first else None
