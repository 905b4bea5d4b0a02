"""How another registry says a study stands, in a word that has no equal here and that only `extra`
keeps: nobody may say that nobody knows it.
"""

from __future__ import annotations

import msgspec

from trialpages.records.ctis_codes import CLOSED, STATUSES
from trialpages.records.model import Trial
from trialpages.records.vocabulary import Status

_STATUS_AT = ("/ctPublicStatusCode", "/ctStatus", "/Recruitment_Status")


def own_status(trial: Trial) -> str:
    """The registry's word, or that of who passed its record on, where no status here means that; ''
    for any other."""
    if trial.overall_status is not Status.UNKNOWN:
        return ""
    said = next((trial.extra[one] for one in _STATUS_AT if one in trial.extra), '""')
    try:
        text = msgspec.json.decode(said, type=str)
    except msgspec.MsgspecError:
        return ""
    return STATUSES.get(text, text)


def is_closed_there(trial: Trial) -> bool:
    """Whether that word says that nobody new can take part."""
    is_passed_on = bool(trial.source and trial.source.via)
    return not is_passed_on and own_status(trial) in CLOSED
