"""Positions of places that can't be: no page measures a distance from them."""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.problems import Problem, Where
from trialpages.records.model import Trial
from trialpages.search.near import misplaced

_HINT = "compare with the source; pages go by the town where it is known, else by no position"


def check_positions(trial: Trial, path: str) -> Iterator[Problem]:
    """Those far from their town or country, each town once."""
    seen = set()
    for number, place in enumerate(trial.locations):
        if (place.city, place.country) in seen or not misplaced(place):
            continue
        seen.add((place.city, place.country))
        at = place.geo_point
        town = ", ".join(part for part in (place.city, place.country) if part)
        message = f"{at.lat}, {at.lon} is far from `{town}`" if at else ""
        where = Where(path, field=("locations", number, "geo_point"))
        yield Problem("misplaced", "warning", message, where, _HINT)
