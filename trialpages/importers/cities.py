"""Cities in which trials take place: a name that is none of them may be a facility's.

`cities.txt` has those that at least two of 3,002 records of ClinicalTrials.gov name (public
domain), a country a line, as the registry spells both.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


def is_city(name: str, country: str) -> bool:
    """Whether a country is known to have a city of this name."""
    return name.casefold() in _cities().get(country.casefold(), frozenset())


@cache
def _cities() -> dict[str, frozenset[str]]:
    text = resources.files(__package__ or "").joinpath("cities.txt").read_text("utf-8")
    lines = (line.casefold().partition(": ") for line in text.splitlines())
    return {country: frozenset(names.split("; ")) for country, _, names in lines}
