"""Partial dates as spans of days: a month is all its days, never one of them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """The first and the last day that a partial date may mean."""

    first: date
    last: date


def span(text: str) -> Span:
    """The days of `2024`, `2024-07` or `2024-07-03`. Raises ValueError for anything else."""
    if len(text) == 10:
        day = date.fromisoformat(text)
        return Span(day, day)
    year = int(text[:4])
    if len(text) == 4:
        return Span(date(year, 1, 1), date(year, 12, 31))
    month = int(text[5:7])
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def whole_months(start: date, end: date) -> int:
    """Full months gone by from one day to another; negative where the end comes first.

    From the 31st a month is full on the last day of a shorter one.
    """
    full = min(start.day, monthrange(end.year, end.month)[1])
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < full)
