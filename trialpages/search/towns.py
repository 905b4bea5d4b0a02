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
from typing import NamedTuple, TypeVar

from trialpages.content.reading import shipped
from trialpages.language.cldr import locale
from trialpages.records.countries import country_name
from trialpages.search.keys import plain
from trialpages.text.spelling import folded

Key = TypeVar("Key")
One = TypeVar("One")
Point = tuple[float, float]
"""Latitude and longitude in degrees."""

_NAMESAKES = "US"
"""Where a smaller town, which isn't in the table, so often has the name of one that is that the
name alone doesn't tell."""


def town_point(town: str, country: str) -> Point | None:
    """Where that town is; None where that isn't sure."""
    where = folded(country_name(country))
    known = _table().towns.get((where, folded(town)))
    return known.at if known else _by_other_name(where, town)


def _by_other_name(country: str, town: str) -> Point | None:
    """By a name in another language or without its accents; without the district behind it."""
    others = _table().others
    for name in dict.fromkeys((town, _DISTRICT.sub("", town))):
        found = {at for key in _spellings(name) for at in others.get((country, key), ())}
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
    squares = _table().squares.get(where)
    if squares and not any(_are_near(_square(point), one) for one in squares):
        return True
    known = _table().towns.get((where, folded(town)))
    return bool(known and known.is_large and _km(known.at, point) > _FAR)


_FAR = 200
"""Kilometres from a large town to what is called by its name. Of 20,500 real positions 51 are
further, and hardly one is between 50 and these."""
_SIDE, _WIDE = 2, 14
"""Degrees of a square, and how many squares from a town on its country may still reach."""


class _Town(NamedTuple):
    at: Point
    is_large: bool


class _Table(NamedTuple):
    towns: Mapping[tuple[str, str], _Town | None]
    """By country and name; None for those of one name."""
    others: Mapping[tuple[str, str], frozenset[Point]]
    """By country and any spelling of any name."""
    squares: Mapping[str, frozenset[tuple[int, int]]]
    """Of each country those with a town."""


@cache
def _table() -> _Table:
    towns: dict[tuple[str, str], _Town | None] = {}
    others: dict[tuple[str, str], set[Point]] = {}
    squares: dict[str, set[tuple[int, int]]] = {}
    called = locale("en").territories
    for names, region, town in _towns((shipped("theme") / "towns.js").read_text("ascii")):
        for code in (region[:2], _OF.get(region[:2])):
            if code and code in called:
                squares.setdefault(_folded(called[code]), set()).add(_square(town.at))
        if region in called and region != _NAMESAKES:
            country = _folded(called[region])
            key = (country, folded(names[0]))
            towns[key] = None if key in towns else town
            for spelling in {one for name in names for one in _spellings(name)}:
                others.setdefault((country, spelling), set()).add(town.at)
    return _Table(towns, _frozen(others), _frozen(squares))


def _frozen(sets: Mapping[Key, set[One]]) -> Mapping[Key, frozenset[One]]:
    return {key: frozenset(found) for key, found in sets.items()}


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


def _towns(script: str) -> Iterator[tuple[Sequence[str], str, _Town]]:
    """The names, region and place of each of the script that bench/towns.py makes."""
    head, _, packed = gzip.decompress(base64.b64decode(script.split('"')[1])).partition(b"\n")
    said = json.loads(head)
    number, step = said["towns"], said["step"]
    columns = [packed[number * at : number * (at + 1)] for at in range(5)]
    lat, lon = (_positions(columns[at], columns[at + 1], step) for at in (0, 2))
    names = [line.split("|") for line in packed[number * 5 :].decode().split("\n")]
    within = [region for region, count in said["regions"] for _ in range(count)]
    for called, region, size, *point in zip(names, within, columns[4], lat, lon, strict=True):
        yield called, region, _Town((point[0], point[1]), size >= _LARGE)


_LARGE = 2
"""The size from which on a town has 200,000 people."""


def _folded(country: str) -> str:
    return folded(country_name(country.replace(" & ", " and ")))


def _positions(high: bytes, low: bytes, step: int) -> Sequence[float]:
    """Along one axis: each is told by how far it is from the one before, round the number 2¹⁶."""
    told = (one << 8 | other for one, other in zip(high, low, strict=True))
    steps = ((-(one + 1) >> 1) if one & 1 else one >> 1 for one in told)
    return [((at + 2**15) % 2**16 - 2**15) / step for at in accumulate(steps)]
