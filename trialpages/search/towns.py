"""Where a town is of which a record says no position, as ISRCTN and EU CTIS give none, or one that
can't be: ClinicalTrials.gov has Milan's hospitals in Umbria.

By the table that `Near me` reads in a browser (theme/towns.js: GeoNames, towns of 15,000 people and
more). A town is in it where one of its names and its country are, and no other town there has that
name.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from trialpages.content.reading import shipped
from trialpages.language.cldr import locale
from trialpages.records.countries import country_name
from trialpages.search.keys import plain
from trialpages.text.spelling import folded

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

_NAMESAKES = "US"
"""Where a smaller town, which isn't in the table, so often has the name of one that is that the
name alone doesn't tell."""


def town_point(town: str, country: str) -> Point | None:
    """Where that town is; None where that isn't sure."""
    where = folded(country_name(country))
    known = _towns_in(where).get(folded(town))
    return known.at if known else _by_other_name(where, town)


def _by_other_name(country: str, town: str) -> Point | None:
    """By a name in another language or without its accents; without the district behind it."""
    others = _spelt_in(country)
    for name in dict.fromkeys((town, _DISTRICT.sub("", town))):
        found = {at for key in _spellings(name) for at in others.get(key, ())}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


_DISTRICT = re.compile(r" +(?:cedex(?: +\d{1,2})?|\d{1,2}|[NSØVCKEW]|N[VØ]|S[VØ])$", re.IGNORECASE)
"""`Aarhus N`, `Dublin 4`, `Paris Cedex 13`."""

_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def _spellings(name: str) -> Iterator[str]:
    """Without accents, and with the letters that stand for them: `Zurich` and `Zuerich`."""
    yield folded(plain(name))
    yield folded(plain(name.lower().translate(_WRITTEN_OUT)))


@lru_cache(maxsize=1 << 14)  # trials share their cities
def is_misplaced(town: str, country: str, point: Point) -> bool:
    """Whether a position is far from all towns of its country, or from the one large town there of
    that name: a small one may have a larger namesake, which isn't in the table."""
    where = folded(country_name(country))
    squares = _squares_of(where)
    if squares and not any(_are_near(_square(point), one) for one in squares):
        return True
    known = _towns_in(where).get(folded(town))
    return bool(known and known.is_large and _km(known.at, point) > _FAR)


_FAR = 200
"""Kilometres from a large town to what is called by its name. Of 20,500 real positions 51 are
further, and hardly one is between 50 and these."""
_SIDE, _WIDE = 2, 14
"""Degrees of a square, and how many squares from a town on its country may still reach."""


# --- of one country, once somebody asks: all together take longer than a small site -------------


class _Town(NamedTuple):
    at: Point
    is_large: bool


@cache
def _towns_in(country: str) -> Mapping[str, _Town | None]:
    """By their own names; None for those of one name."""
    table = _table()
    found: dict[str, _Town | None] = {}
    for row in table.named.get(country, ()):
        key = folded(table.names[row].partition("|")[0])
        is_large = table.sizes[row] >= _LARGE
        found[key] = None if key in found else _Town(table.at(row), is_large)
    return found


@cache
def _spelt_in(country: str) -> Mapping[str, set[Point]]:
    """By any spelling of any name."""
    table = _table()
    found: dict[str, set[Point]] = {}
    for row in table.named.get(country, ()):
        for spelling in {one for name in table.names[row].split("|") for one in _spellings(name)}:
            found.setdefault(spelling, set()).add(table.at(row))
    return found


@cache
def _squares_of(country: str) -> frozenset[tuple[int, int]]:
    """Those with a town of the country or of what belongs to it."""
    table = _table()
    rows = (row for each in table.around.get(country, ()) for row in each)
    return frozenset(_square(table.at(row)) for row in rows)


_OF = {
    part: state
    for state, parts in {
        "DK": "FO GL",
        "FR": "BL GF GP MF MQ NC PF PM RE WF YT",
        "GB": "AI BM FK GG GI IM JE KY MS SH TC VG",
        "NL": "AW BQ CW SX",
        "US": "AS GU MP PR VI",
    }.items()
    for part in parts.split()
}
"""What is far from a state it belongs to: records write either name."""


def _square(point: Point) -> tuple[int, int]:
    return int((point[0] + 90) // _SIDE), int((point[1] + 180) // _SIDE)


def _are_near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    across = abs(one[1] - other[1])
    return abs(one[0] - other[0]) <= _WIDE and min(across, 360 // _SIDE - across) <= _WIDE


def _km(one: Point, other: Point) -> float:
    (lat, lon), (to_lat, to_lon) = (map(radians, point) for point in (one, other))
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return 2 * 6371 * asin(min(1, sqrt(half)))


# --- the table -----------------------------------------------------------------------------------


class _Table(NamedTuple):
    """A town a row, those of a country one after the other."""

    names: Sequence[str]
    """Of a town: its own and others, between `|`."""
    lat: Sequence[float]
    lon: Sequence[float]
    sizes: bytes
    named: Mapping[str, range]
    """By country the towns whose names tell them."""
    around: Mapping[str, Sequence[range]]
    """By country all that are there or in what belongs to it."""

    def at(self, row: int) -> Point:
        return self.lat[row], self.lon[row]


@cache
def _table() -> _Table:
    """What the script holds that bench/towns.py makes."""
    script = (shipped("theme") / "towns.js").read_text("ascii")
    head, _, packed = gzip.decompress(base64.b64decode(script.split('"')[1])).partition(b"\n")
    said = json.loads(head)
    number, step = said["towns"], said["step"]
    columns = [packed[number * at : number * (at + 1)] for at in range(5)]
    lat, lon = (_positions(columns[at], columns[at + 1], step) for at in (0, 2))
    names = packed[number * 5 :].decode().split("\n")
    return _Table(names, lat, lon, columns[4], *_by_country(said["regions"]))


def _by_country(
    regions: Sequence[tuple[str, int]],
) -> tuple[Mapping[str, range], Mapping[str, Sequence[range]]]:
    """The rows of each, `named` and `around`."""
    called = locale("en").territories
    named: dict[str, range] = {}
    around: dict[str, list[range]] = {}
    ends = accumulate(count for _, count in regions)
    for (region, count), end in zip(regions, ends, strict=True):
        rows = range(end - count, end)
        for code in (region[:2], _OF.get(region[:2])):
            if code and code in called:
                around.setdefault(_folded(called[code]), []).append(rows)
        if region in called and region != _NAMESAKES:
            named[_folded(called[region])] = rows
    return named, around


_LARGE = 2
"""The size from which on a town has 200,000 people."""


def _folded(country: str) -> str:
    return folded(country_name(country.replace(" & ", " and ")))


def _positions(high: bytes, low: bytes, step: int) -> Sequence[float]:
    """Along one axis: each is told by how far it is from the one before, round the number 2¹⁶."""
    told = (one << 8 | other for one, other in zip(high, low, strict=True))
    steps = ((-(one + 1) >> 1) if one & 1 else one >> 1 for one in told)
    return [((at + 2**15) % 2**16 - 2**15) / step for at in accumulate(steps)]
