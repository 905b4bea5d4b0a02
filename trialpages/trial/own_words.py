"""What the record of another registry says under names of its own, which only `extra` keeps.

A page must not call missing what stands there, nor say that nobody knows how a study stands whose
registry says so in a word that has no equal here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from trialpages.records.ctis_codes import STATUSES
from trialpages.records.model import Trial
from trialpages.records.registry_numbers import CLINICALTRIALS_GOV
from trialpages.records.vocabulary import Status
from trialpages.trial.registry import registry_name

_NAMES: Mapping[str, re.Pattern[str]] = {
    "central_contacts": re.compile("Contacts|Contact_"),
    "completion_date": re.compile("EndDate|endDateEU"),
    "enrollment_info": re.compile("SubjectCount|totalNumberEnrolled|Target_size"),
    "locations": re.compile("trialSites|authorizedPartsII|Countries"),
    "maximum_age": re.compile("Inclusion_agemax"),
    "minimum_age": re.compile("Inclusion_agemin"),
    "overall_officials": re.compile("personInfo"),
    "sex": re.compile("Inclusion_gender"),
    "start_date": re.compile("startDateEU|[sS]tartDate|START_OF_TRIAL|Date_enrollement"),
}
"""How CTIS and the WHO call what a field of ours is about, or a part of it."""

_STATUS_AT = ("/ctPublicStatusCode", "/ctStatus", "/Recruitment_Status")


def says_otherwise(trial: Trial, field: str) -> bool:
    """Whether the record says something of what a field is about, in another registry's form."""
    name = _NAMES.get(field)
    if name is None or not trial.extra or registry_name(trial) == CLINICALTRIALS_GOV:
        return False
    return any(name.search(part) for one in trial.extra.items() for part in one)


def own_texts(trial: Trial) -> tuple[str, ...]:
    """The texts that another registry's record has under names of its own, each once; without the
    keys of its tables, which nobody searches for."""
    if registry_name(trial) in ("", CLINICALTRIALS_GOV):
        return ()
    found = (text for place, said in trial.extra.items() for text in _texts(place, said))
    return tuple(dict.fromkeys(found))


def _texts(place: str, said: str) -> Iterator[str]:
    try:
        within = [(place.rpartition("/")[2], msgspec.json.decode(said))]
    except (msgspec.DecodeError, RecursionError):
        return
    while within:
        name, value = within.pop()
        if isinstance(value, dict):
            within += reversed(value.items())
        elif isinstance(value, list):
            within += ((name, inner) for inner in reversed(value))
        elif isinstance(value, str) and _WORD.match(value) and not _KEY.search(name):
            yield value


_WORD = re.compile(r"(?!(?:true|false)\Z).*?(?:[^\W\d_]{2}|[0-9]{5})", re.DOTALL)
_KEY = re.compile(r"^(?:uu)?id$|(?:Id|Pk|Code|Key|md5sum)$")
"""Names of what tells one row of a table from another."""


def own_status(trial: Trial) -> str:
    """How the registry, or who passed its record on, says the study stands, where no status here
    means that; '' for any other."""
    if trial.overall_status is not Status.UNKNOWN:
        return ""
    said = next((trial.extra[one] for one in _STATUS_AT if one in trial.extra), '""')
    try:
        text = msgspec.json.decode(said, type=str)
    except msgspec.MsgspecError:
        return ""
    return STATUSES.get(text, text)
