"""Figures as geometry: frozen values in the units of a drawing, which templates turn into SVG.

No markup, no words of the theme and no colours here: a template draws the shapes and names them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trialpages.records.model import Trial
from trialpages.trial.derived import Arm, NumberedIntervention
from trialpages.trial.figures.ages import AgeSpan, ages
from trialpages.trial.figures.arms import Diagram, Matrix, diagram, is_too_large, matrix
from trialpages.trial.figures.timeline import Timeline, timeline
from trialpages.trial.figures.world import WorldMap, world


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a trial's page; one without enough to draw is None or empty."""

    ages: tuple[AgeSpan, ...]
    timeline: Timeline | None
    matrix: Matrix | None
    matrix_is_too_large: bool
    """Whether it is left out, so that the lists alone say which group gets what."""
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
        matrix_is_too_large=is_too_large(arms, interventions),
        diagram=diagram(arms),
        map=world(trial.locations),
    )
