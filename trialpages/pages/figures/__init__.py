"""Figures as geometry: frozen values in the units of a drawing, which templates turn into SVG.

No markup, no words of the theme and no colours here: a template draws the shapes and names them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trialpages.pages.derived import Arm, NumberedIntervention
from trialpages.pages.figures.ages import AgeSpan, ages
from trialpages.pages.figures.arms import Diagram, Matrix, diagram, matrix
from trialpages.pages.figures.timeline import Timeline, timeline
from trialpages.pages.figures.world import WorldMap, world
from trialpages.records.model import Trial


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a trial's page; one without enough to draw is None or empty."""

    ages: tuple[AgeSpan, ...]
    timeline: Timeline | None
    matrix: Matrix | None
    diagram: Diagram | None
    map: WorldMap | None


def figures(
    trial: Trial, arms: Sequence[Arm], interventions: Sequence[NumberedIntervention], as_of: str
) -> Figures:
    """All figures of a trial on the day `as_of` (ISO)."""
    return Figures(
        ages=ages(trial),
        timeline=timeline(trial, as_of),
        matrix=matrix(arms, interventions),
        diagram=diagram(arms),
        map=world(trial.locations),
    )
