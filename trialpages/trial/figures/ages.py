"""The ages a study takes, on a scale from 0 to 100 years."""

from __future__ import annotations

from dataclasses import dataclass

from trialpages.records.age_groups import narrower_groups
from trialpages.records.ages import age_limits
from trialpages.records.model import Trial
from trialpages.records.vocabulary import StandardAge
from trialpages.trial.derived import has_no_age_limits, standard_ages

_TOP = 100.0
_THINNEST = 1.0
"""Years: a range of days still has to be seen."""

_GROUPS = {
    StandardAge.CHILD: (0.0, 18.0),
    StandardAge.ADULT: (18.0, 65.0),
    StandardAge.OLDER_ADULT: (65.0, _TOP),
}
"""The registry's age groups (StdAge) in years."""


@dataclass(frozen=True, slots=True)
class AgeSpan:
    """A stretch of the scale; x and width in years."""

    x: float
    width: float


def ages(trial: Trial) -> tuple[AgeSpan, ...]:
    """The stretches of the scale that the record takes in; none where it says nothing of age.

    The record's limits go before its age groups, and narrower groups before the one that they are
    in; what of the limits can't be read is nowhere on a scale. No upper limit
    reaches to the end of the scale.
    """
    limits = age_limits(trial)
    if limits.are_set:
        low, high = (min(age, _TOP) for age in limits.years(_TOP))
        return (_stretch(low, high),) if limits.are_read else ()
    if has_no_age_limits(trial):
        return ()
    narrower = narrower_groups(trial)
    return tuple(
        _stretch(*span)
        for group in standard_ages(trial)
        for span in (narrower if narrower and group is StandardAge.CHILD else (_GROUPS[group],))
    )


def _stretch(low: float, high: float) -> AgeSpan:
    width = max(high - low, _THINNEST)
    return AgeSpan(round(min(low, _TOP - width), 1), round(width, 1))
