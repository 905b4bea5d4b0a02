"""The WHO's words for a trial that mean one of ours and no more; all others stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

Words = Mapping[str, str]

OUR_STATUSES: Words = {
    "not yet recruiting": "NOT_YET_RECRUITING",
    "pending": "NOT_YET_RECRUITING",
    "recruiting": "RECRUITING",
    "suspended": "SUSPENDED",
}
"""`Not Recruiting` may be before, between or after; `Complete` says that nobody joins any more, and
not that the study is over; `Authorised` says what an authority did."""

STUDY_TYPES: Words = {
    "interventional": "INTERVENTIONAL",
    "interventional study": "INTERVENTIONAL",
    "observational": "OBSERVATIONAL",
    "observational study": "OBSERVATIONAL",
}

WIDER_TYPES = (
    (
        re.compile(r"intervention(?:al)?\b(?!.*observational)", re.IGNORECASE),
        "INTERVENTIONAL",
    ),
    (
        re.compile(r"observational\b(?!.*interventional)", re.IGNORECASE),
        "OBSERVATIONAL",
    ),
)
"""`Interventional clinical trial of medicinal product` says more than our word, and `Intervention`
is another: they stay too. Whether `Prevention`, `Treatment study` or `PMS` gives people something,
nobody says."""

SEXES: Words = {
    "all": "ALL",
    "both": "ALL",
    "both males and females": "ALL",
    "male and female": "ALL",
    "female: yes male: yes": "ALL",
    "female": "FEMALE",
    "females": "FEMALE",
    "female: yes male: no": "FEMALE",
    "male": "MALE",
    "males": "MALE",
    "female: no male: yes": "MALE",
}

PLANS: Words = {"yes": "YES", "no": "NO", "undecided": "UNDECIDED"}
"""For the data of those who take part."""

_STEPS = {
    **{str(number): f"PHASE{number}" for number in (1, 2, 3, 4)},
    **{roman: f"PHASE{at + 1}" for at, roman in enumerate(("I", "II", "III", "IV"))},
}
_STEP = r"(?:Phase[ -]?)?(1|2|3|4|I{1,3}|IV)"
_PHASES = re.compile(rf"{_STEP}(?: ?[-/] ?{_STEP})?", re.IGNORECASE)
_NONE = re.compile(r"(?:phase )?(?:n/?a|not applicable)", re.IGNORECASE)


def phases(text: str) -> tuple[str, ...]:
    """`Phase II/III` and `2-3` as our phases; () for words that say something else, or more.

    >>> phases("Phase 2/Phase 3"), phases("IV"), phases("N/A"), phases("0")
    (('PHASE2', 'PHASE3'), ('PHASE4',), ('NA',), ())
    """
    if _NONE.fullmatch(text):
        return ("NA",)
    found = _PHASES.fullmatch(text)
    steps = [_STEPS[one.upper()] for one in found.groups() if one] if found else []
    return tuple(steps) if steps == sorted(set(steps)) else ()


_EACH = re.compile(r"\(Phase (I{1,3}|IV)\): ?(yes|no)\b")


def phases_of_each(text: str) -> tuple[str, ...]:
    """Those that the old EU register says yes to, where it says so of all four.

    >>> phases_of_each("(Phase I): no (Phase II): yes (Phase III): no (Phase IV): no")
    ('PHASE2',)
    """
    found = dict(_EACH.findall(text))
    return tuple(_STEPS[one] for one in found if found[one] == "yes") if len(found) == 4 else ()


_AGE = re.compile(
    r"([<>]=|[≤≥])? ?(\d{1,3})(?:\.0+)?"
    r"(?: ?-?(year|month|week|day|hour|minute)(?:s|\(s\))?(?:[ -]old)?|((?-i:Y)| ?age old))"
    r"( ?[<>]=?)?",
    re.IGNORECASE | re.ASCII,
)
_BEFORE = {"<=": (">=", "≥"), ">=": ("<=", "≤")}
"""A sign before an age that says what one behind it says: `>=18 Years` and `18 Years<=`."""


def age(text: str, bound: str) -> str | None:
    """`18 Year(s)`, `18Y` or `20years-old<=` as an age; None where its unit isn't said, or where
    somebody of that very age can't take part. `6M` may be of minutes; `age old` is Japan's word for
    years.

    >>> age("18 Year(s)", "<="), age("75years-old>", ">="), age("18", "<="), age(">=18Y", "<=")
    ('18 Years', None, None, '18 Years')
    """
    found = _AGE.fullmatch(text)
    if not found or (found[5] and (found[1] or found[5].strip() != bound)):
        return None
    if found[1] and found[1] not in _BEFORE[bound]:
        return None
    unit = "Year" if found[4] else found[3].capitalize()
    return f"{int(found[2])} {unit}{'' if found[2] == '1' else 's'}"
