"""Where a town is of which a record says no position: ISRCTN and EU CTIS give none.

By the table that `Near me` reads in a browser (theme/towns.js: GeoNames, towns of 15,000 people and
more). A town is in it where its name and its country are, and no other town there has that name.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate

from trialpages.content.reading import shipped
from trialpages.language.cldr import locale
from trialpages.records.countries import country_name
from trialpages.text.spelling import folded

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

_NAMESAKES = "US"
"""Where a smaller town, which isn't in the table, so often has the name of one that is that the
name alone doesn't tell."""


def town_point(town: str, country: str) -> Point | None:
    """Where that town is; None where that isn't sure."""
    return _points().get((folded(country_name(country)), folded(town)))


@cache
def _points() -> Mapping[tuple[str, str], Point | None]:
    """Of a town by its country and name; None for those of one name."""
    found: dict[tuple[str, str], Point | None] = {}
    for key, point in _towns((shipped("theme") / "towns.js").read_text("ascii")):
        found[key] = None if key in found else point
    return found


def _towns(script: str) -> Iterator[tuple[tuple[str, str], Point]]:
    """Each of the script that bench/towns.py makes."""
    head, _, packed = gzip.decompress(base64.b64decode(script.split('"')[1])).partition(b"\n")
    said = json.loads(head)
    number, step = said["towns"], said["step"]
    columns = [packed[number * at : number * (at + 1)] for at in range(4)]
    lat, lon = (_positions(columns[at], columns[at + 1], step) for at in (0, 2))
    names = [line.split("|")[0] for line in packed[number * 5 :].decode().split("\n")]
    within = [region for region, count in said["regions"] for _ in range(count)]
    called = locale("en").territories
    for name, region, *point in zip(names, within, lat, lon, strict=True):
        country = called.get(region)
        if country and region != _NAMESAKES:
            yield (_folded(country), folded(name)), (point[0], point[1])


def _folded(country: str) -> str:
    return folded(country_name(country.replace(" & ", " and ")))


def _positions(high: bytes, low: bytes, step: int) -> Sequence[float]:
    """Along one axis: each is told by how far it is from the one before, round the number 2¹⁶."""
    told = (one << 8 | other for one, other in zip(high, low, strict=True))
    steps = ((-(one + 1) >> 1) if one & 1 else one >> 1 for one in told)
    return [((at + 2**15) % 2**16 - 2**15) / step for at in accumulate(steps)]
