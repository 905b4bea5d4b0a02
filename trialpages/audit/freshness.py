"""Records gone stale: what they say can't be true any more, or nobody has confirmed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trialpages.problems import Problem, Where
from trialpages.records.model import DateStruct, Trial
from trialpages.records.vocabulary import Status

_OPEN = (Status.RECRUITING, Status.NOT_YET_RECRUITING, Status.ENROLLING_BY_INVITATION)
_RUNNING = (*_OPEN, Status.ACTIVE_NOT_RECRUITING)
_UNCONFIRMED_DAYS = 2 * 365
"""After two years the registry itself calls the status of such a trial unknown."""
_REVIEW_DAYS = 365
_FULL = len("2024-07-03")


def check_freshness(trial: Trial, path: str, today: date) -> Iterator[Problem]:
    """What has gone stale by `today`. Dates without a day are given to their last one."""
    status = trial.overall_status
    confirmed = trial.status_verified_date
    if status in _RUNNING and confirmed and _age(confirmed, today) > _UNCONFIRMED_DAYS:
        message = f"nobody has confirmed since {confirmed} that the trial is `{status.value}`"
        yield _stale(message, path, "status_verified_date")
    for name, allowed in (("completion_date", _RUNNING), ("primary_completion_date", _OPEN)):
        ended: DateStruct | None = getattr(trial, name)
        if ended and status in allowed and _age(ended.date, today) > 0:
            message = f"the trial is `{status.value}`, but its {name} {ended.date} is past"
            yield _stale(message, path, name)
    begun = trial.start_date
    if begun and status is Status.NOT_YET_RECRUITING and _age(begun.date, today) > 0:
        message = f"the trial is not yet recruiting, but its start_date {begun.date} is past"
        yield _stale(message, path, "start_date")
    yield from _stale_words(trial, path, today)


def _stale_words(trial: Trial, path: str, today: date) -> Iterator[Problem]:
    """An editor's own review and summary."""
    if trial.reviewed and _age(trial.reviewed.date, today) > _REVIEW_DAYS:
        message = f"the page was last reviewed on {trial.reviewed.date}, over a year ago"
        yield _stale(message, path, "reviewed", _REVIEW)
    summary, updated = trial.plain_language_summary, trial.last_update_post_date
    if not (summary and summary.date and updated):
        return
    if len(summary.date) == _FULL == len(updated.date) and summary.date < updated.date:
        message = (
            f"the plain-language summary is of {summary.date}, "
            f"but the record has changed since, on {updated.date}"
        )
        yield _stale(message, path, "plain_language_summary", _REREAD)


def _age(text: str, today: date) -> int:
    """Days from a date, as far as it is known, to today; the last day it can mean."""
    padded = text + "-12-31"[len(text) - 4 :] if len(text) == 4 else text
    if len(text) == len("2024-07"):
        year, month = int(text[:4]), int(text[5:])
        following = date(year + month // 12, month % 12 + 1, 1)
        return (today - following).days + 1
    return (today - date.fromisoformat(padded)).days


_RECORD = "look the trial up at its registry, then import the new version or mend the field"
_REVIEW = "read the page again, then put the day and who did it into `reviewed`"
_REREAD = (
    "read the text again beside the record and mend what is no longer true, then put the day into "
    "the summary's `date`"
)


def _stale(message: str, path: str, field: str, hint: str = _RECORD) -> Problem:
    return Problem("stale", "warning", message, Where(path, field=(field,)), hint)
