"""Countries that another registry's record names and gives no place of ours in.

ISRCTN and the WHO list countries of recruitment, EU CTIS its member states and the countries
outside; `extra` keeps them under the registries' own names. Only what is surely a country's name is
taken: the rest stands at the end of the page, as the record has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from trialpages.records.countries import folded_country, is_country
from trialpages.records.ctis_codes import STATUSES
from trialpages.records.model import Trial


def countries_without_place(trial: Trial) -> tuple[str, ...]:
    """As the record writes them, each once, in its order."""
    if not trial.extra:
        return ()
    here = {folded_country(place.country) for place in trial.locations if place.country}
    found = {folded_country(name): name for name in _named(trial.extra) if is_country(name)}
    return tuple(name for folded, name in found.items() if folded not in here)


def _named(extra: Mapping[str, str]) -> Iterator[str]:
    for place, text in extra.items():
        for form, names in _FORMS:
            if form.fullmatch(place):
                yield from names(values_in(text))


def values_in(text: str) -> list[Any]:
    """The entries of a list that `extra` keeps as JSON, or its one value; of what is no JSON
    none."""
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return []
    return value if isinstance(value, list) else [value]


def _texts(values: Iterable[Any]) -> Iterator[str]:
    return (one.strip() for one in values if isinstance(one, str))


def _apart(values: Iterable[Any]) -> Iterator[str]:
    """The WHO sets semicolons between them."""
    return (name.strip() for one in _texts(values) for name in one.split(";"))


def _states(values: Iterable[Any]) -> Iterator[str]:
    """Member states, without those in which the trial was never to be begun."""
    for one in values:
        if isinstance(one, dict):
            code = str(one.get("mscPublicStatusCode", ""))
            if STATUSES.get(code) not in _NEVER:
                yield str(one.get("mscName", ""))


_NEVER = ("Expired", "Not authorised", "Cancelled")


def _outside(values: Iterable[Any]) -> Iterator[str]:
    return (str(one.get("name", "")) for one in values if isinstance(one, dict))


_FORMS = (
    (re.compile(r"/trial/participants/recruitmentCountries/country(?:/\d+)?"), _texts),
    (re.compile("/Countries"), _apart),
    (re.compile("(?:/authorizedApplication)?/memberStatesConcerned"), _states),
    (re.compile("(?:/authorizedApplication)?/authorizedPartI/rowCountriesInfo"), _outside),
)
