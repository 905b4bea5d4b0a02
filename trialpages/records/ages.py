"""How old somebody has to be: a record's limits, in its own words and as numbers.

The one place that reads them. What can't be read is kept by the words alone: to leave it out would
make the other limit the whole truth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import msgspec

from trialpages.records.model import Trial
from trialpages.records.registry_shape import kept

_MINUTES = {
    "Minute": 1,
    "Hour": 60,
    "Day": 1_440,
    "Week": 10_080,
    "Month": 43_830,
    "Year": 525_960,
}
"""A year is 365.25 days and twelve months, so that `12 Months` and `1 Year` are the same age."""
_READABLE = re.compile(r"([0-9]{1,9}) (Minute|Hour|Day|Week|Month|Year)s?")


class Age(msgspec.Struct, frozen=True):
    words: str
    """The record's own: `18 Years`."""
    number: int | None = None
    """None where the words can't be read."""
    unit: str = ""
    """`Year`"""

    @property
    def minutes(self) -> int | None:
        return None if self.number is None else self.number * _MINUTES[self.unit]

    @property
    def minutes_past(self) -> int | None:
        """When one is older than that: `75 Years` ends on the day before the next birthday."""
        return None if self.number is None else (self.number + 1) * _MINUTES[self.unit]

    @property
    def years(self) -> float | None:
        minutes = self.minutes
        return None if minutes is None else minutes / _MINUTES["Year"]


class Limits(msgspec.Struct, frozen=True):
    """The youngest and the oldest who can take part; None where the record sets no limit."""

    low: Age | None
    high: Age | None

    @property
    def are_set(self) -> bool:
        return bool(self.low or self.high)

    @property
    def are_read(self) -> bool:
        """Whether what is set can be compared with an age."""
        return all(age is None or age.number is not None for age in (self.low, self.high))

    def years(self, top: float) -> tuple[float, float]:
        """From which age to which, where they are read; without a limit from 0 to `top`."""
        low, high = (age.years if age else None for age in (self.low, self.high))
        return low or 0.0, top if high is None else high


def limits_of(low: str, high: str) -> Limits:
    """The limits that these words mean; none where there are none."""
    return Limits(_age(low), _age(high))


def age_limits(trial: Trial) -> Limits:
    """A record's limits, those too that the model couldn't take and `extra` keeps."""
    return Limits(
        _age(trial.minimum_age or kept(trial, "minimum_age") or _elsewhere(trial, "minimum_age")),
        _age(trial.maximum_age or kept(trial, "maximum_age") or _elsewhere(trial, "maximum_age")),
    )


_ISRCTN = "/trial/participants"
ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "minimum_age": (
        "/Inclusion_agemin",
        f"{_ISRCTN}/lowerAgeLimit",
        f"{_ISRCTN}/lowerAgeLimit/#text",
    ),
    "maximum_age": (
        "/Inclusion_agemax",
        f"{_ISRCTN}/upperAgeLimit",
        f"{_ISRCTN}/upperAgeLimit/#text",
    ),
}
"""Where `extra` has what the WHO and ISRCTN say of it, if it isn't of the registry's form; ISRCTN's
XML beside the attributes of the element."""


def _elsewhere(trial: Trial, field: str) -> str | None:
    """Their words; None for those that say that there is no limit."""
    found = (trial.extra[place] for place in ELSEWHERE[field] if place in trial.extra)
    for text in found:
        try:
            said = msgspec.json.decode(text, type=str)
        except msgspec.MsgspecError:
            said = text
        if not says_no_limit(said):
            return said
    return None


def says_no_limit(words: str) -> bool:
    """Whether another registry's words say that there is no such limit."""
    return bool(_NO_LIMIT.fullmatch(words.strip(" .-").casefold()))


_NO_LIMIT = re.compile(
    r"(?:n/?a|not applicable|none|)(?: ?\(no limit\))?|no (?:age )?limits?|no (?:max|min)imum age"
)


def _age(said: object) -> Age | None:
    """A text as it stands; any other value as JSON writes it."""
    if said is None or (isinstance(said, str) and not said.strip()):
        return None
    return read_age(said if isinstance(said, str) else json.dumps(said, ensure_ascii=False))


def read_age(words: str) -> Age:
    """An age of the registry's form, or one of words alone.

    >>> read_age("18 Years").years, read_age("6 Months").years, read_age("18.5 Years").years
    (18.0, 0.5, None)
    """
    found = _READABLE.fullmatch(words)
    return Age(words, int(found[1]), found[2]) if found else Age(words)
