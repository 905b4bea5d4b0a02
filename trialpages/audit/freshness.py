"""Records gone stale: what their pages doubt, and what an editor wrote that is to be read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from trialpages.problems import Problem, Where
from trialpages.records.model import Trial
from trialpages.records.vocabulary import Status
from trialpages.text.front_matter import Path
from trialpages.trial.days import span
from trialpages.trial.freshness import Doubt, Verdict, freshness, record_dates, since_summary

_REVIEW_DAYS = 365


def check_freshness(
    trial: Trial, at_registry: Status | None, path: str, today: date
) -> Iterator[Problem]:
    """What has gone stale by `today`: what the trial's page doubts, and an editor's own words.
    `at_registry` is the record's status, where the file has another.

    That a trial's status is unknown is the registry's own word for what is not confirmed; there
    only an old copy is news. Who says that it takes nobody is told by `records.plausible`.
    """
    dates = record_dates(trial, at_registry)
    for doubt in freshness(trial.overall_status, dates, today.isoformat()):
        is_news = trial.overall_status is not Status.UNKNOWN or doubt.verdict == "old-copy"
        if is_news and doubt.verdict in SAID:
            yield _doubted(doubt, trial, at_registry, path)
    if dates.verified and not dates.checked:
        message = (
            f"the record was last updated on {dates.updated}, and can't say that it was verified "
            f"in {dates.verified}: pages go by the update"
        )
        where = Where(path, field=("status_verified_date",))
        yield Problem("checked-later", "warning", message, where, _WHICH)
    yield from _stale_words(trial, path, today)


SAID: Mapping[Verdict, tuple[str, str]] = {
    "completion-passed": (
        "the trial is `{status}`, but its completion_date {date} is past",
        "completion_date",
    ),
    "main-measures-passed": (
        "the trial is `{status}`, but its primary_completion_date {date} is past",
        "primary_completion_date",
    ),
    "start-passed": ("the trial is `{status}`, but its start_date {date} is past", "start_date"),
    "recruitment-passed": (
        "the trial is `{status}`, but the day until which it was to take people, {date}, is past",
        "overall_status",
    ),
    "has-ended": (
        "the trial is `{status}`, but its completion_date {date} is one that has happened",
        "completion_date",
    ),
    "starts-later": (
        "the trial is `{status}`, but its start_date {date} is still to come",
        "start_date",
    ),
    "checked-ahead": (
        "{date} is still to come, and can be no day on which the trial was `{status}`",
        "status_verified_date",
    ),
    "not-verified": (
        "nobody has confirmed since {date} that the trial is `{status}`",
        "status_verified_date",
    ),
    "not-updated": (
        "nobody has updated the record since {date}, in which the trial is `{status}`",
        "last_update_post_date",
    ),
    "old-copy": (
        "this is a copy of the record of {date}, over a year old; pages say so",
        "version_holder",
    ),
}
"""What is said of each reason for doubt of a status that is known, and the field it rests on."""


def _doubted(doubt: Doubt, trial: Trial, at_registry: Status | None, path: str) -> Problem:
    said, field = SAID[doubt.verdict]
    own, is_of_record = trial.overall_status, doubt.verdict in ("not-verified", "not-updated")
    status = at_registry if at_registry and is_of_record else own
    message = said.format(status=status.value, date=doubt.date)
    if status is not own:
        message += f"; `{own.value}` is this site's own word"
    if doubt.verdict == "old-copy":
        return _stale(message, path, _copied(trial), _COPY)
    ahead = doubt.verdict == "checked-ahead"
    return _stale(message, path, _dated(doubt.date, trial) if ahead else (field,))


def _dated(day: str, trial: Trial) -> Path:
    """The field of a record's check, update or copy that has the day."""
    updated = trial.last_update_post_date
    if trial.status_verified_date == day:
        return ("status_verified_date",)
    return ("last_update_post_date",) if updated and updated.date == day else _copied(trial)


def _copied(trial: Trial) -> Path:
    return ("version_holder",) if trial.version_holder else ("source", "date")


def _stale_words(trial: Trial, path: str, today: date) -> Iterator[Problem]:
    """An editor's own review and summary."""
    if trial.reviewed and _age(trial.reviewed.date, today) > _REVIEW_DAYS:
        message = f"the page was last reviewed on {trial.reviewed.date}, over a year ago"
        yield _stale(message, path, ("reviewed",), _REVIEW)
    yield from _still_to_come(trial, path, today)
    summary = trial.plain_language_summary
    if summary and (changed := since_summary(trial)):
        message = (
            f"the plain-language summary is of {summary.date}, but the record has changed since, "
            f"on {changed}"
        )
        yield _stale(message, path, _SUMMARY, _REREAD)


def _still_to_come(trial: Trial, path: str, today: date) -> Iterator[Problem]:
    """Days on which nobody has written or read anything yet."""
    summary, reviewed = trial.plain_language_summary, trial.reviewed
    if summary and summary.date and span(summary.date).first > today:
        message = (
            f"the plain-language summary is of {summary.date}, which is still to come; until then "
            "nobody is told that it is older than its record"
        )
        yield Problem("future", "warning", message, Where(path, field=_SUMMARY), _WRITTEN)
    if reviewed and span(reviewed.date).first > today:
        message = f"the page was reviewed on {reviewed.date}, which is still to come"
        where = Where(path, field=("reviewed",))
        yield Problem("future", "warning", message, where, "put the day on which it was read")


def _age(text: str, today: date) -> int:
    """Days from a date to today; of one that isn't whole, from the last day it can mean."""
    return (today - span(text).last).days


_SUMMARY = ("plain_language_summary",)
_WRITTEN = "put the day on which it was written into the summary's `date`"
_WHICH = "compare with the source: which of the two is right?"
_RECORD = (
    "look for a newer version at its registry (`sync` brings it where the trial came from there); "
    "else ask its contact, or mend a slip of your own: meanwhile the page says so"
)
_COPY = "bring the version of today: `fetch` it again, or `sync` all that is kept current"
_REVIEW = "read the page again, then put the day and who did it into `reviewed`"
_REREAD = (
    "read the text again beside the record and mend what is no longer true, then put the day into "
    "the summary's `date`"
)


def _stale(message: str, path: str, field: Path, hint: str = _RECORD) -> Problem:
    return Problem("stale", "warning", message, Where(path, field=field), hint)
