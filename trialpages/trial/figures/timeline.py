"""A study's dates on one line: when it runs, and how far its days are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from trialpages.records.model import DateStruct, Trial
from trialpages.records.vocabulary import DateType
from trialpages.trial.days import Span, span

Name = Literal["start_date", "primary_completion_date", "completion_date"]
Certainty = Literal["actual", "estimated", "unknown"]

WIDTH = 320
"""Units of the drawing, from its left edge to its right."""
_MARGIN = 14
_NARROWEST = 5.0
_MOST_TICKS = 5
_STEPS = (1, 2, 5, 10, 20, 50, 100)


class Milestone(Struct, frozen=True):
    """A date of the study; as wide as the days it may mean, but wide enough to be seen."""

    name: Name
    when: DateStruct
    certainty: Certainty
    x: float
    width: float


class Stretch(Struct, frozen=True):
    """The time between two milestones, as certain as the later of them."""

    certainty: Certainty
    x: float
    width: float


class Tick(Struct, frozen=True):
    """The first day of a year."""

    year: int
    x: float


class Timeline(Struct, frozen=True):
    milestones: tuple[Milestone, ...]
    stretches: tuple[Stretch, ...]
    ticks: tuple[Tick, ...]
    today: float
    """Where the day of the build stands."""
    certainties: tuple[Certainty, ...]
    """Those that are drawn, for the key."""


def timeline(trial: Trial, as_of: str) -> Timeline | None:
    """The study's start, main measures and end, with the day `as_of`; None with fewer than two."""
    dates: tuple[tuple[Name, DateStruct | None], ...] = (
        ("start_date", trial.start_date),
        ("primary_completion_date", trial.primary_completion_date),
        ("completion_date", trial.completion_date),
    )
    known = [(name, when, span(when.date)) for name, when in dates if when]
    if len(known) < 2:
        return None
    today = date.fromisoformat(as_of)
    scale = _Scale.over([*(days for _, _, days in known), Span(today, today)])
    milestones = tuple(
        Milestone(name, when, _certainty(when), *scale.place(days)) for name, when, days in known
    )
    return Timeline(
        milestones,
        tuple(_stretches(milestones)),
        tuple(scale.ticks()),
        scale.x(today),
        tuple(dict.fromkeys(milestone.certainty for milestone in milestones)),
    )


def _certainty(when: DateStruct) -> Certainty:
    if when.type is None:
        return "unknown"
    return "actual" if when.type is DateType.ACTUAL else "estimated"


def _stretches(milestones: Iterable[Milestone]) -> Iterable[Stretch]:
    """Between neighbours; none where dates overlap or stand in the wrong order."""
    for before, after in pairwise(milestones):
        start = before.x + before.width
        if after.x > start:
            yield Stretch(after.certainty, round(start, 1), round(after.x - start, 1))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to units of the drawing."""

    first: int
    unit: float
    years: range

    @staticmethod
    def over(spans: list[Span]) -> _Scale:
        first, last = min(days.first for days in spans), max(days.last for days in spans)
        length = max(1, last.toordinal() - first.toordinal())
        unit = (WIDTH - 2 * _MARGIN) / length
        return _Scale(first.toordinal(), unit, range(first.year, last.year + 1))

    def x(self, day: date) -> float:
        return round(_MARGIN + (day.toordinal() - self.first) * self.unit, 1)

    def place(self, days: Span) -> tuple[float, float]:
        x = self.x(days.first)
        width = max(_NARROWEST, self.x(days.last) - x)
        return round(min(x, WIDTH - width), 1), round(width, 1)

    def ticks(self) -> Iterable[Tick]:
        """Few enough years that their numbers don't touch."""
        step = next((s for s in _STEPS if len(self.years) / s <= _MOST_TICKS), _STEPS[-1])
        for year in self.years:
            if year % step == 0 and (x := self.x(date(year, 1, 1))) >= _MARGIN / 2:
                yield Tick(year, x)
