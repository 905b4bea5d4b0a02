"""Days of the WHO's form, read where it is sure which number is the month."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from trialpages.importers.leaves import Leaves

Fields = dict[str, Any]

_ISO = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d\d)[-/](?P<day>\d\d)", re.ASCII)
_PLAIN = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)", re.ASCII)
_DAY_FIRST = re.compile(r"(?P<day>\d\d?)[-/](?P<month>\d\d?)[-/](?P<year>\d{4})", re.ASCII)


def _date(form: re.Pattern[str], text: str) -> date | None:
    found = form.fullmatch(text)
    try:
        return date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
    except ValueError:
        return None


def start(leaves: Leaves) -> Fields | None:
    """The day of first enrolment, planned or past. Where the month could be the day it stays as it
    is, unless the day of registration, which is there in a plain form too, shows the order."""
    text = leaves.text("/Date_enrollement")
    day = _date(_ISO, text)
    by_day = _date(_DAY_FIRST, text)
    if by_day and (by_day.day > 12 or by_day.day == by_day.month or _writes_days_first(leaves)):
        day = by_day
    if day is None:
        return None
    leaves.take("/Date_enrollement")
    return {"date": str(day)}


def _writes_days_first(leaves: Leaves) -> bool:
    registered = _date(_DAY_FIRST, leaves.text("/Date_registration"))
    plain = leaves.text("/Date_registration3")
    return registered is not None and plain == f"{registered:%Y%m%d}"


def registered(leaves: Leaves) -> Fields | None:
    """The day of registration, which is there in a plain form; beside it the registry's own, in
    which the month may be the day, is taken where it says the same."""
    day = _date(_PLAIN, leaves.text("/Date_registration3"))
    if day is None:
        return None
    leaves.take("/Date_registration3")
    own = leaves.text("/Date_registration")
    if day in (_date(_ISO, own), _date(_DAY_FIRST, own)):
        leaves.take("/Date_registration")
    return {"date": str(day)}
