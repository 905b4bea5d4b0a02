"""What somebody who wrote a date in another way should write instead."""

from __future__ import annotations

import calendar
import re

_FORMS = "write 2024-07-03, 2024-07 or 2024"
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}

_NAMES = (
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
)
_ELSEWHERE = {name: at for names in _NAMES for at, name in enumerate(names.split(), start=1)}
"""Months in German, French and Spanish, whole: `jui` is two of them."""


def date_hint(text: str) -> str:
    """How to write the date, where it can be read in one way only; else the forms there are."""
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", text):
        return _told(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)[T ]\d\d:[\d:.]+(?:Z|[+-][\d:]+)?", text):
        return _told(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})([./])\s?(\d{1,2})\2\s?(\d{4})", text):
        return _day_first(found)
    if found := re.fullmatch(
        r"(?:(\d{1,2})(?:\.|er)? (?:de )?)?([^\W\d_]+)\.?,? (?:de )?(\d{4})", text
    ):
        return _named(found[3], found[2], found[1])
    if found := re.fullmatch(r"([A-Za-z]+)\.? (\d{1,2}),? (\d{4})", text):
        return _named(found[3], found[1], found[2])
    return _FORMS


def _day_first(found: re.Match[str]) -> str:
    """Between dots the day stands first; between strokes only a number beyond 12 tells."""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first > 12:
        return _told(year, second, first)
    return _told(year, first, second) if second > 12 else _FORMS


def _named(year: str, month: str, day: str | None) -> str:
    """By the month's name, or the first letters of it, three at least."""
    named = (number for name, number in _MONTHS.items() if name.startswith(month.lower()))
    number = next(named, None) if len(month) >= _FEWEST else None
    number = _ELSEWHERE.get(month.lower(), number)
    return _told(int(year), number, int(day) if day else None) if number else _FORMS


_FEWEST = 3


def _told(year: int, month: int, day: int | None) -> str:
    if not 1 <= month <= 12 or year < 1:
        return f"a year has 12 months; {_FORMS}"
    if day is None:
        return f"write {year:04}-{month:02}"
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        known = f"{year:04}-{month:02}"
        has = f"{calendar.month_name[month]} {year} has {days} days"
        return f"{has}; write the right one, or {known} if only the month is known"
    return f"write {year:04}-{month:02}-{day:02}"
