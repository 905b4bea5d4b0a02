"""Groups of ages that another registry gives beside limits or in their place, and what they come to
in years, for who asks by an age.

A page quotes the registry's own word. ISRCTN's are those of its page of definitions: a neonate is
newborn up until 28 days, a child 29 days to 17 years, an adult 18 to 65, a senior 66 or over;
`All`, `Mixed` and `Other` are no ages. Records older than that page, and many of `18 Years` and
over, say `Adult` too, so that nobody is too old for it here. EU CTIS says the years in the words of
its groups (`ctis_codes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from trialpages.records.ages import ELSEWHERE, Age, Limits, age_limits, read_age
from trialpages.records.ctis_codes import AGES, CHILDREN
from trialpages.records.model import Trial
from trialpages.records.registry_numbers import CTIS, registry_of
from trialpages.records.vocabulary import StandardAge

Span = tuple[str, str]
"""From which age to which; '' where there is no such limit."""

_ISRCTN_AT = re.compile(r"/trial/participants/ageRange(?:/\d+)?")
_ISRCTN: Mapping[str, Span] = {
    "Neonate": ("", "28 Days"),
    "Child": ("29 Days", "17 Years"),
    "Adult": ("18 Years", ""),
    "Senior": ("66 Years", ""),
}

_CTIS_AT = re.compile(r"/.*/populationOfTrialSubjects/ageRangeSecondaryIds")
_CTIS: Mapping[StandardAge, tuple[str, Span]] = {
    StandardAge.CHILD: (AGES["2"], ("", "17 Years")),
    StandardAge.ADULT: (AGES["3"], ("18 Years", "64 Years")),
    StandardAge.OLDER_ADULT: (AGES["4"], ("65 Years", "")),
}
_CHILDREN: Mapping[str, Span] = {
    "1": ("", "5 Months"),
    "2": ("", "27 Days"),
    "3": ("28 Days", "23 Months"),
    "4": ("2 Years", "11 Years"),
    "5": ("12 Years", "17 Years"),
}
"""Of `ctis_codes.CHILDREN`. One born early is a newborn until 27 days after the day on which it was
due (ICH E11)."""
_CHILD = "2"


def age_words(trial: Trial) -> tuple[str, ...]:
    """What the registry calls the groups, in its own words; () where it gives none."""
    if not _is_of_ctis(trial):
        return tuple(_isrctn_words(trial))
    narrower = ", ".join(CHILDREN[code] for code in _codes_of_children(trial))
    return tuple(
        f"{_CTIS[one][0]}: {narrower}" if narrower and _is_child(one) else _CTIS[one][0]
        for one in trial.std_ages
    )


def narrower_groups(trial: Trial) -> tuple[tuple[float, float], ...]:
    """From how many years to how many the narrower groups of children of EU CTIS are; () where the
    record has none, or one that isn't known."""
    codes = _codes_of_children(trial) if _is_of_ctis(trial) else ()
    return tuple(_years(*_CHILDREN[code]) for code in codes)


def _years(low: str, high: str) -> tuple[float, float]:
    past = read_age(high).minutes_past or 0
    return read_age(low).years or 0.0 if low else 0.0, past / _A_YEAR


_A_YEAR = read_age("1 Year").minutes or 1


def are_comparable(trial: Trial) -> bool:
    """Whether an age can be compared with what the record says. Where the WHO's form leaves both
    limits empty its criteria may name them: that isn't to set none."""
    said = age_limits(trial).are_set or trial.std_ages or _has_line_on_ages(trial)
    is_passed_on = trial.source is not None and trial.source.via is not None
    return searched_ages(trial).are_read and bool(said or not is_passed_on)


def _has_line_on_ages(trial: Trial) -> bool:
    """Such as `No limit`."""
    return any(place in trial.extra for places in ELSEWHERE.values() for place in places)


def searched_ages(trial: Trial) -> Limits:
    """The limits that the record sets, read as far as is sure, and where it sets none, those that
    its groups come to."""
    set_here = age_limits(trial)
    low, high = _closely(set_here.low, is_high=False), _closely(set_here.high, is_high=True)
    spans = [*_spans(trial)]
    if not spans:
        return Limits(low, high)
    widest = _least(one for one, _ in spans), _greatest(one for _, one in spans)
    filled = Limits(low or widest[0], high or widest[1])
    return filled if _is_span(filled) else Limits(low, high)


def _is_span(limits: Limits) -> bool:
    low, high = (one.minutes if one else None for one in (limits.low, limits.high))
    return low is None or high is None or low <= high


# --- groups --------------------------------------------------------------------------------------


def _is_of_ctis(trial: Trial) -> bool:
    registry = registry_of(trial.nct_id)
    return registry is not None and registry.name == CTIS


def _is_child(group: StandardAge) -> bool:
    return group is StandardAge.CHILD


def _spans(trial: Trial) -> Iterator[Span]:
    if not _is_of_ctis(trial):
        words = [*_isrctn_words(trial)]
        yield from (_ISRCTN[one] for one in words if words and {*words} <= {*_ISRCTN})
        return
    codes = _codes_of_children(trial)
    for group in trial.std_ages:
        known = bool(codes) and _is_child(group)
        yield from map(_CHILDREN.__getitem__, codes) if known else (_CTIS[group][1],)


def _isrctn_words(trial: Trial) -> Iterator[str]:
    for place, said in trial.extra.items():
        if _ISRCTN_AT.fullmatch(place):
            yield from (one for one in _values(said) if isinstance(one, str))


def _codes_of_children(trial: Trial) -> Sequence[str]:
    """Of its narrower groups of children; none where one of them isn't known."""
    found = (
        one for at, said in trial.extra.items() if _CTIS_AT.fullmatch(at) for one in _values(said)
    )
    children = [
        one for one in found if isinstance(one, dict) and _of(one, "ageRangeCategory") == "2"
    ]
    codes = sorted({_of(one, "ctAgeRange") for one in children})
    return codes if {*codes} <= {*CHILDREN} else ()


def _of(entry: Mapping[str, Any], name: str) -> str:
    return str(entry.get(f"{name}Code") or entry.get(name) or "")


def _values(said: str) -> list[Any]:
    try:
        value = msgspec.json.decode(said)
    except (msgspec.DecodeError, RecursionError):
        return []
    return value if isinstance(value, list) else [value]


def _least(words: Iterable[str]) -> Age | None:
    """The lowest of these; None where one has no limit."""
    ages = [read_age(one) if one else None for one in words]
    return min((one for one in ages if one), key=_minutes) if all(ages) else None


def _greatest(words: Iterable[str]) -> Age | None:
    ages = [read_age(one) if one else None for one in words]
    return max((one for one in ages if one), key=_minutes) if all(ages) else None


def _minutes(age: Age) -> int:
    return age.minutes or 0


# --- limits in signs -----------------------------------------------------------------------------

_SIGNED = re.compile(
    r"(>=|≥|>|<=|≤|<) ?(\d{1,3}) ?-?(?:(age|year)s?[ -]?(?:old)?|(month|week|day)s?)",
    re.I | re.ASCII,
)
"""`>= 20age old` and `< 80age old`, as Japan writes years."""


def _closely(age: Age | None, *, is_high: bool) -> Age | None:
    """An age that its words leave no doubt of: of `< 80age old` somebody of 79 is the oldest."""
    if age is None or age.number is not None:
        return age
    found = _SIGNED.fullmatch(age.words.strip())
    if not found or (found[1] in ("<", "<=", "≤")) != is_high:
        return age
    number = int(found[2]) - (found[1] == "<")
    unit = "Year" if found[3] else found[4].capitalize()
    return Age(age.words, max(number, 0), unit)
