"""How another registry says a study stands, and of what kind it is, in a word without an equal here
and that only `extra` keeps: nobody may say that nobody knows it.
"""

from __future__ import annotations

import msgspec

from trialpages.records.ctis_codes import CLOSED, STATUSES
from trialpages.records.model import Trial
from trialpages.records.vocabulary import Status, StudyType

_STATUS_AT = (
    *("/ctPublicStatusCode", "/ctStatus", "/Recruitment_Status"),
    *("/trial/trialDesign/overallStatusOverride", "/trial/participants/recruitmentStatusOverride"),
)


def own_status(trial: Trial) -> str:
    """The registry's word, or that of who passed its record on, where no status here means that; ''
    for any other."""
    if trial.overall_status is not Status.UNKNOWN:
        return ""
    text = next((_text(trial.extra[one]) for one in _STATUS_AT if one in trial.extra), "")
    return STATUSES.get(text, text)


def own_type(trial: Trial) -> str:
    """What kind of study the WHO's copy says it is, where that is of another kind here."""
    is_other = trial.study_type is StudyType.OTHER
    return _text(trial.extra.get("/Study_type", "")) if is_other else ""


def _text(said: str) -> str:
    try:
        return msgspec.json.decode(said, type=str)
    except msgspec.MsgspecError:
        return ""


def is_closed_there(trial: Trial) -> bool:
    """Whether that word says that nobody new can take part."""
    is_passed_on = bool(trial.source and trial.source.via)
    return not is_passed_on and own_status(trial) in CLOSED
