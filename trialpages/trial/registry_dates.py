"""What other registries' dates are of: ISRCTN's of recruitment, and the day of registration."""

from __future__ import annotations

import re
from collections.abc import Mapping

from trialpages.records.model import PartialDate, Trial
from trialpages.records.registry_numbers import CTIS, ISRCTN
from trialpages.trial.registry import registry_name

_CLOSES = "/trial/participants/recruitmentEnd"
"""Where `extra` has ISRCTN's: by it and other dates its registry tells how a study stands."""


def recruitment_end(trial: Trial) -> PartialDate | None:
    return _day(trial.extra.get(_CLOSES, ""))


def _day(text: str) -> PartialDate | None:
    found = re.match(r'"(\d{4}-\d\d-\d\d)(?:T00:00:00\.0*Z)?"', text)
    try:
        return PartialDate(found[1]) if found else None
    except ValueError:
        return None


def starts_with_recruitment(trial: Trial) -> bool:
    """Whether its start is that of recruitment: ISRCTN gives no other."""
    return registry_name(trial) == ISRCTN


def starts_with_enrolment(trial: Trial) -> bool:
    """Whether its start is the day on which the first joins: the WHO's form gives no other."""
    return bool(trial.source and trial.source.via)


def is_dated_by_publication(trial: Trial) -> bool:
    """Whether its last date is the day on which the registry published what it had, as EU CTIS's:
    the record itself changed before."""
    return registry_name(trial) == CTIS


def planned_recruitment(trial: Trial) -> PartialDate | None:
    """When EU CTIS was to take the first, where that isn't the start of the trial."""
    found = (text for place, text in trial.extra.items() if place.endswith(_PLANNED))
    return next((day for text in found if (day := _day(text))), None)


_PLANNED = "/trialDetails/trialInformation/trialDuration/estimatedRecruitmentStartDate"


def told_days(extra: Mapping[str, str]) -> frozenset[str]:
    """Where what is told as a day of recruitment stands: nobody needs it twice. Another plan of an
    earlier application stays."""
    planned = [place for place in extra if place.endswith(_PLANNED) and _day(extra[place])]
    again = (place for place in planned if _day(extra[place]) == _day(extra[planned[0]]))
    return frozenset((*again, *(place for place in (_CLOSES,) if _day(extra.get(place, "")))))


def last_change(trial: Trial) -> PartialDate | None:
    """When its registry last had another record, as it says: EU CTIS tells when it published one,
    and in a row of its search when that was updated. The later of the two."""
    posted = trial.last_update_post_date.date if trial.last_update_post_date else None
    said = _said_day(trial.extra.get(_UPDATED, "")) if registry_name(trial) == CTIS else None
    return max(filter(None, (posted, said)), key=str, default=None)


_UPDATED = "/lastUpdated"


def _said_day(text: str) -> PartialDate | None:
    """`19/08/2025`, the day first, or `2022-08-03`."""
    return _day(re.sub(r'^"(\d\d)/(\d\d)/(\d{4})"$', r'"\3-\2-\1"', text))


def is_dated_by_registration(trial: Trial) -> bool:
    """Whether its first date is the day on which it was registered, and nobody says when it was
    posted: ISRCTN's and the WHO's."""
    return starts_with_recruitment(trial) or bool(trial.source and trial.source.via)
