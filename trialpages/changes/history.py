"""The history in a trial's file: when a version is from, and how much of it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from trialpages.records.model import Change, PartialDate, Trial

MOST_KEPT = 1_000
"""Changes in a file. Beyond it the oldest go, and the first entry says how many: the folder's
version control has them."""

DROPPED = "history"
"""The field of that entry; its `old` is their number."""


def version_date(trial: Trial) -> PartialDate | None:
    """The day a version of a record was posted, or sent in, or verified, as far as it says; of a
    copy that was passed on, the day that the copy is of."""
    if posted := trial.last_update_post_date:
        return posted.date
    return trial.last_update_submit_date or trial.status_verified_date or copied_on(trial)


def copied_on(trial: Trial) -> PartialDate | None:
    """The day that a copy is of, where another than the registry passed it on."""
    source = trial.source
    return source.date if source and source.via else None


def since(before: PartialDate | None, changes: Iterable[Change]) -> Iterator[Change]:
    """Changes between the version of the day `before` and theirs: those that lie between, nobody
    here has seen. Of one day, they are what two copies of a version say."""
    for change in changes:
        is_later = before is not None and before <= change.date
        yield replace(change, after=before) if is_later else change


def is_of_copies(change: Change) -> bool:
    """Whether a change is what another copy of the very version says otherwise."""
    return change.after == change.date


def told_date(trial: Trial) -> PartialDate:
    """The date under which it is told what a version changed; the year 1 where it says none."""
    return version_date(trial) or UNDATED


UNDATED = PartialDate("0001")


def with_history(history: Iterable[Change], changes: Iterable[Change]) -> tuple[Change, ...]:
    """The history with newer changes at its end, within its bound."""
    whole = (*history, *changes)
    if len(whole) <= MOST_KEPT:
        return whole
    room = MOST_KEPT - 1
    gone, kept = whole[:-room], whole[-room:]
    number = dropped(gone) + sum(one.field != DROPPED for one in gone)
    return (Change(date=gone[-1].date, field=DROPPED, old=str(number)), *kept)


def dropped(history: Iterable[Change]) -> int:
    """How many older changes a file no longer has."""
    said = (change.old or "" for change in history if change.field == DROPPED)
    return sum(int(number) for number in said if _NUMBER.fullmatch(number))


_NUMBER = re.compile("[0-9]{1,9}")
