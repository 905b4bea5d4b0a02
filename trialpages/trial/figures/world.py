"""Where the sites are: points on a map of the world's land.

The map is `theme/land.svg`, drawn in the Natural Earth projection (Šavrič, Jenny, Patterson,
Petrovič and Hurni 2011: "A polynomial equation for the Natural Earth projection"). The same
formula places the sites here, so the two fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import radians

from trialpages.records.model import Location

WIDTH, HEIGHT = 1000, 436
"""Of the land's drawing: all longitudes, and latitudes from 84° north to 57° south."""
_UNIT = WIDTH / 2 / (0.8707 * 3.14159265)
_TOP = 252.7
"""How far the equator lies below the drawing's top edge."""
_ASPECT = 2.0
_LEAST_WIDTH = 220.0
"""The closest view still shows enough coast to be recognised."""
_ROOM = 0.25
"""Of the sites' extent, left free on each side."""


@dataclass(frozen=True, slots=True)
class WorldMap:
    """Points on the land's drawing and the part of it to show."""

    points: tuple[tuple[float, float], ...]
    """Each place once, in units of the land's drawing."""
    x: float
    y: float
    width: float
    height: float
    sites: int
    """How many sites have a place on the map."""


def world(locations: Iterable[Location]) -> WorldMap | None:
    """The map of the sites that have a geo point; None where none has."""
    places = [(at.lat, at.lon) for place in locations if (at := place.geo_point)]
    if not places:
        return None
    points = tuple(dict.fromkeys(project(lat, lon) for lat, lon in dict.fromkeys(places)))
    return WorldMap(points, *_view(points), sites=len(places))


@lru_cache(maxsize=1 << 14)  # trials share their cities
def project(latitude: float, longitude: float) -> tuple[float, float]:
    """A place (degrees) in units of the land's drawing, to a tenth of one."""
    phi, lam = radians(latitude), radians(longitude)
    two = phi * phi
    four = two * two
    x = lam * (
        0.8707 - 0.131979 * two + four * (-0.013791 + four * (0.003971 * two - 0.001529 * four))
    )
    y = phi * (1.007226 + two * (0.015085 + four * (-0.044475 + 0.028874 * two - 0.005916 * four)))
    return round(WIDTH / 2 + _UNIT * x, 1), round(_TOP - _UNIT * y, 1)


def _view(points: Iterable[tuple[float, float]]) -> tuple[float, float, float, float]:
    """x, y, width and height of the part that holds all points, within the drawing's edges."""
    across, down = zip(*points, strict=True)
    wide = (max(across) - min(across)) * (1 + 2 * _ROOM)
    high = (max(down) - min(down)) * (1 + 2 * _ROOM)
    width = min(max(wide, high * _ASPECT, _LEAST_WIDTH), WIDTH)
    height = min(width / _ASPECT, HEIGHT)
    left = (max(across) + min(across) - width) / 2
    top = (max(down) + min(down) - height) / 2
    return (
        round(min(max(left, 0), WIDTH - width), 1),
        round(min(max(top, 0), HEIGHT - height), 1),
        round(width, 1),
        round(height, 1),
    )
