"""What the record of another registry says under names of its own, which only `extra` keeps.

A page must not call missing what stands there. How a registry says a study stands is in
`records.own_status`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from trialpages.records.model import Trial
from trialpages.records.registry_numbers import CLINICALTRIALS_GOV
from trialpages.trial.leftovers import KEY, values_within
from trialpages.trial.places import section_of_extra
from trialpages.trial.registry import registry_name

_NAMES: Mapping[str, re.Pattern[str]] = {
    "central_contacts": re.compile("Contacts|Contact_"),
    "completion_date": re.compile("(?:[gG]lobal|estimated|trial)EndDate|endDateEU"),
    "enrollment_info": re.compile("SubjectCount|totalNumberEnrolled|Target_size"),
    "locations": re.compile("trialSites|authorizedPartsII|Countries"),
    "maximum_age": re.compile("Inclusion_agemax"),
    "minimum_age": re.compile("Inclusion_agemin"),
    "overall_officials": re.compile("personInfo"),
    "sex": re.compile("Inclusion_gender"),
    "start_date": re.compile("startDateEU|trialStartDate|START_OF_TRIAL|Date_enrollement"),
}
"""How CTIS and the WHO call what a field of ours is about, or a part of it. A product has a
`startDate` of its own."""


def says_otherwise(trial: Trial, field: str) -> bool:
    """Whether the record says something of what a field is about, in another registry's form."""
    name = _NAMES.get(field)
    if name is None or not trial.extra or registry_name(trial) == CLINICALTRIALS_GOV:
        return False
    return any(name.search(part) for one in trial.extra.items() for part in one)


def own_texts(trial: Trial) -> Mapping[str, tuple[str, ...]]:
    """By the section they stand in, the texts that another registry's record has under names of
    its own, each once; without the keys of its tables, which nobody searches for."""
    if registry_name(trial) in ("", CLINICALTRIALS_GOV):
        return {}
    found: dict[str, str] = {}
    for place, said in trial.extra.items():
        for text in _texts(place, said):
            found.setdefault(text, section_of_extra(place))
    sections = dict.fromkeys(found.values())
    return {one: tuple(text for text, at in found.items() if at == one) for one in sections}


def _texts(place: str, said: str) -> Iterator[str]:
    try:
        for name, value in values_within(place, said):
            if isinstance(value, str) and _WORD.match(value) and not _NO_WORD.search(name):
                yield value
    except (msgspec.DecodeError, RecursionError):
        return


_WORD = re.compile(r"(?!(?:true|false)\Z).*?(?:[^\W\d_]{2}|[0-9]{5})", re.DOTALL)
_NO_WORD = re.compile(f"{KEY.pattern}|Code$")
