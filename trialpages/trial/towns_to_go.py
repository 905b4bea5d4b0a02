"""The towns somebody could go to: what a checklist says in place of the table of places."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from trialpages.records.model import Trial
from trialpages.trial.taking import stands_of_places, taking

MOST = 40
"""Some four lines of a checklist."""

Stand = Literal["taking", "not_yet", "all"]


class CountryTowns(Struct, frozen=True):
    name: str
    """Empty where the record doesn't say it."""
    towns: tuple[str, ...]
    """Each once, in the record's order."""
    left: int
    """How many more there is no room for."""


class TownsToGo(Struct, frozen=True):
    stand: Stand
    """How the places there are listed; `all` where the study's own status says it of each."""
    countries: tuple[CountryTowns, ...]
    total: int


def towns_to_go(trial: Trial) -> TownsToGo:
    """Where people are taken; where nobody is yet, the towns in which they are to be."""
    stand: Stand = "all"
    found = _towns(trial, stand)
    if taking(trial):
        stand = "taking" if _towns(trial, "taking") else "not_yet"
        found = _towns(trial, stand)
    return TownsToGo(stand, _first(found), len(found))


def _towns(trial: Trial, stand: Stand) -> tuple[tuple[str, str], ...]:
    here = (one.place for one in stands_of_places(trial) if stand in ("all", one.stand))
    return tuple(dict.fromkeys((one.country or "", one.city) for one in here if one.city))


def _first(towns: tuple[tuple[str, str], ...]) -> tuple[CountryTowns, ...]:
    """As many as there is room for: each country's first, then each one's second, and so on; but
    no country goes without its first."""
    by_country: dict[str, list[str]] = {}
    for country, town in towns:
        by_country.setdefault(country, []).append(town)
    ranks = sorted(rank for here in by_country.values() for rank in range(len(here)))
    last = ranks[MOST] if len(ranks) > MOST else len(ranks)
    return tuple(
        CountryTowns(country, tuple(here[: max(last, 1)]), len(here[max(last, 1) :]))
        for country, here in by_country.items()
    )
