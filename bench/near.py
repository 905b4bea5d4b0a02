"""Is the nearest place that the search page names the nearest? Held to the records themselves.

python bench/near.py CONTENT SITE [COUNT]

Of random pairs of a place and a trial that recruits, each is asked of the page in a browser, and
worked out a second time here: from the trial's own record, by the angle between two vectors.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, radians, sin
from pathlib import Path

from playwright.sync_api import Page

from trialpages.records.codes import as_meant
from trialpages.records.model import Location, Trial
from trialpages.records.trial_file import read_trial
from trialpages.search.near import position_of

RADIUS = 6371.0088
"""Kilometres, the earth's mean."""
MARGIN = 0.05
"""Kilometres that positions are rounded by, twice and a little more."""

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True)
class Pair:
    trial_id: str
    place: Place


@dataclass(frozen=True)
class Told:
    km: float | None
    words: str
    """What stands beneath the trial's title."""


def great_circle(one: Place, other: Place) -> float:
    """Kilometres, by the angle between the two as vectors."""
    a, b = _vector(one), _vector(other)
    cross = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    return RADIUS * atan2(hypot(*cross), sum(x * y for x, y in zip(a, b, strict=True)))


def _vector(place: Place) -> tuple[float, float, float]:
    lat, lon = map(radians, place)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def open_places(trial: Trial) -> list[tuple[Location, Place]]:
    """Those of a recruiting trial that are said to take people, as far as they have a position, or
    their town has."""
    taking = (one for one in trial.locations if one.status and one.status.value in _TAKING)
    return [(place, at) for place in taking if (at := position_of(place))]


_TAKING = ("RECRUITING", "ENROLLING_BY_INVITATION")


def wrong(pair: Pair, trial: Trial, told: Told) -> str:
    """What is wrong with what the page said; empty where it is right."""
    found = [(great_circle(pair.place, at), place) for place, at in open_places(trial)]
    if not found:
        return "" if told.km is None else f"{pair}: {told}, and no place takes people"
    least = min(km for km, _ in found)
    if told.km is None or abs(told.km - least) > MARGIN:
        return f"{pair}: {told.km} km, not {least}"
    names = [place.facility or "" for km, place in found if km - least < 2 * MARGIN]
    return "" if any(name in told.words for name in names) else f"{pair}: {told.words}, not {names}"


_ASK = """async (pairs) => {
  const search = window.trialpagesSearch;
  const { columns: { ids } } = await search.table('ids');
  const rows = new Map(ids.lines.map((line, row) => [line.split('|')[0], row]));
  const answers = [];
  for (const [id, lat, lon] of pairs) {
    const where = { label: `${lat} ${lon}`, own: { lat, lon }, km: Infinity };
    const found = (await search.nearby.nearest(where)).of(rows.get(id));
    const words = (await search.nearby.note(rows.get(id), where)).map((node) => node.textContent);
    answers.push([found ? found.km : null, words.join(' ')]);
  }
  return answers;
}"""


def told_by(page: Page, pairs: Sequence[Pair]) -> list[Told]:
    """What an open search page says of each pair."""
    asked = [(pair.trial_id, *pair.place) for pair in pairs]
    return [Told(*answer) for answer in page.evaluate(_ASK, asked)]


def random_pairs(trials: Mapping[str, Trial], count: int, seed: int = 22) -> list[Pair]:
    """Half of the places are anywhere, half within some hundred kilometres of a trial's place."""
    chance = random.Random(seed)
    ids = sorted(trials)
    known = [at for trial in trials.values() for _, at in open_places(trial)]
    return [Pair(chance.choice(ids), _random_place(chance, known)) for _ in range(count)]


def _random_place(chance: random.Random, known: Sequence[Place]) -> Place:
    if chance.random() < 0.5:
        return chance.uniform(-90, 90), chance.uniform(-180, 180)
    lat, lon = chance.choice(known)
    return max(-90.0, min(90.0, lat + chance.gauss(0, 1))), lon + chance.gauss(0, 1)


def main(content: Path, site: Path, count: int) -> None:
    from browser import chromium, serve, visit

    read = (
        read_trial(path.read_bytes(), path.name).trial for path in (content / "trials").glob("*.md")
    )
    known = (as_meant(one) for one in read if one)
    trials = {one.nct_id: one for one in known if one.overall_status.value == "RECRUITING"}
    pairs = random_pairs(trials, count)
    with chromium() as browser, serve(site) as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html")
        answers = told_by(tab.page, pairs)
    faults = [
        fault
        for pair, told in zip(pairs, answers, strict=True)
        if (fault := wrong(pair, trials[pair.trial_id], told))
    ]
    print(*faults, sep="\n")
    print(f"{count - len(faults):,} of {count:,} pairs right, of {len(trials)} trials that recruit")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    main(Path(sys.argv[1]), Path(sys.argv[2]), int((*sys.argv, "1000")[3]))
