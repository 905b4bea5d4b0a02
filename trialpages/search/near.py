"""Where the nearest place that takes people is: what the search page asks when somebody says where
they are, and reads then alone.

points      each position that records give, or of a place without one that of its town, and what
            the towns there are called
near        of each trial the positions of its places that take people, and of those yet to open
sites-0 …   of a few trials each these places, and whom to call there
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from functools import partial

import msgspec

from trialpages.language.site_language import Language
from trialpages.records.model import Contact, Location, Trial
from trialpages.records.vocabulary import Status
from trialpages.search.columns import as_script, code_lists, numbers, texts
from trialpages.search.towns import is_misplaced, town_point
from trialpages.text.weblinks import beside_number
from trialpages.trial.standing import recruits
from trialpages.trial.taking import StandOfPlace, are_undecided, stands_of_places

TRIALS_TOGETHER = 8
"""Trials whose places are in one file."""
_STEP = 10_000
"""Positions are kept in parts of a degree: some ten metres."""

Position = tuple[int, int]
"""Latitude from the south pole and longitude from 180° west, in `_STEP`s."""
Person = tuple[str, str, str, str]
"""Name, phone, extension (in brackets what is none), e-mail; each may be empty."""


class Town(msgspec.Struct, frozen=True, array_like=True):
    at: Position
    name: str
    """`Oslo, Norway`."""
    long_name: str
    """The same with its state or region, for towns that share a name."""


class Said(IntEnum):
    NOTHING = 0
    PLACE = 1
    """Of this very place."""
    STATE = 2
    """Of its member state."""


class OpenPlace(msgspec.Struct, frozen=True, array_like=True):
    """A place of a recruiting trial that isn't said to take nobody."""

    at: Position | None
    said: Said
    """Of what the record says that it takes people."""
    facility: str
    town: str
    people: tuple[Person, ...]

    @property
    def position(self) -> tuple[float, float] | None:
        """As `position_of` gives it."""
        return _degrees(self.at) if self.at else None


class Whereabouts(msgspec.Struct, frozen=True, array_like=True):
    """Of one trial: the towns of all its places, and the places that take people."""

    towns: tuple[Town, ...] = ()
    places: tuple[OpenPlace, ...] = ()
    central: tuple[Person, ...] = ()
    """Whom to call where a place names nobody."""
    later: tuple[Position, ...] = ()
    """Where places are yet to open."""


def whereabouts(trial: Trial, language: Language) -> Whereabouts:
    town = partial(_town, language=language)
    named = (
        Town(at, town(place), town(place, place.state or ""))
        for place in trial.locations
        if place.city and (at := _position(place))
    )
    opened = [
        OpenPlace(
            _position(one.place),
            Said.NOTHING if are_undecided(trial) else _said(one),
            one.place.facility or "",
            town(one.place),
            _people(one.place.contacts),
        )
        for one in _open_places(trial)
    ]
    central = _people(trial.central_contacts) if opened else ()
    return Whereabouts(tuple(dict.fromkeys(named)), tuple(opened), central, _later(trial))


def _later(trial: Trial) -> tuple[Position, ...]:
    waits = trial.overall_status is Status.NOT_YET_RECRUITING
    stands = ("not_yet", "unsaid") if waits else ("not_yet",)
    places = stands_of_places(trial) if waits or recruits(trial) else ()
    found = (_position(one.place) for one in places if one.stand in stands)
    return tuple(dict.fromkeys(filter(None, found)))


def _open_places(trial: Trial) -> Iterator[StandOfPlace]:
    if recruits(trial):
        yield from (one for one in stands_of_places(trial) if one.stand in ("taking", "unsaid"))


def _said(one: StandOfPlace) -> Said:
    if one.stand != "taking":
        return Said.NOTHING
    return Said.STATE if one.by_state else Said.PLACE


def _position(place: Location) -> Position | None:
    at = place.geo_point
    is_said = at and not misplaced(place)
    point = (float(at.lat), float(at.lon)) if at and is_said else _town_point(place)
    if point is None:
        return None
    return round((point[0] + 90) * _STEP), round((point[1] + 180) * _STEP)


def _town_point(place: Location) -> tuple[float, float] | None:
    return town_point(place.city, place.country) if place.city and place.country else None


def misplaced(place: Location) -> bool:
    """Whether the record's position can't be that of its town, or of its country."""
    at, country = place.geo_point, place.country
    return bool(at and country and is_misplaced(place.city or "", country, (at.lat, at.lon)))


def surely_placed(trial: Trial) -> Trial:
    """The trial without positions that can't be, as its page shows it."""
    if not any(map(misplaced, trial.locations)):
        return trial
    places = (
        msgspec.structs.replace(one, geo_point=None) if misplaced(one) else one
        for one in trial.locations
    )
    return msgspec.structs.replace(trial, locations=tuple(places))


def position_of(place: Location) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, of its town where the record has none that can be."""
    at = _position(place)
    return _degrees(at) if at else None


def _degrees(at: Position) -> tuple[float, float]:
    return round(at[0] / _STEP - 90, 4), round(at[1] / _STEP - 180, 4)


def _town(place: Location, region: str = "", *, language: Language) -> str:
    country = language.country(place.country) if place.country else ""
    return ", ".join(part for part in (place.city, region, country) if part)


def _people(contacts: Sequence[Contact]) -> tuple[Person, ...]:
    reachable = [one for one in contacts if one.phone or one.email]
    return tuple(
        (one.name or "", one.phone or "", _extension(one), one.email or "") for one in reachable
    )


def _extension(contact: Contact) -> str:
    return beside_number(contact.phone_ext or "0") or contact.phone_ext or ""


class NearTables:
    """The tables of all trials, which are added in the order of the rows."""

    def __init__(self, build: str) -> None:
        self._build = build
        self._rows: list[list[Position]] = []
        self._later: list[tuple[Position, ...]] = []
        self._unplaced: list[int] = []
        self._towns: dict[Position, Counter[Town]] = defaultdict(Counter)
        self._together: list[Whereabouts] = []
        self._scripts: dict[str, str] = {}

    def add(self, found: Whereabouts) -> None:
        for town in found.towns:
            self._towns[town.at][town] += 1
        placed = dict.fromkeys(place.at for place in found.places if place.at)
        for at in (*placed, *found.later):
            _ = self._towns[at]  # of a place without a town
        self._rows.append(list(placed))
        self._later.append(found.later)
        self._unplaced.append(sum(place.at is None for place in found.places))
        self._together.append(found)
        if len(self._together) == TRIALS_TOGETHER:
            self._close()

    def _close(self) -> None:
        if any(one.places for one in self._together):
            name = f"sites-{(len(self._rows) - 1) // TRIALS_TOGETHER}"
            trials = msgspec.to_builtins([(one.central, one.places) for one in self._together])
            self._scripts[name] = as_script(name, 0, [], build=self._build, trials=trials)
        self._together = []

    def scripts(self) -> Mapping[str, str]:
        """Each table by its name, as a script."""
        self._close()
        names = _names(self._towns)
        known = sorted(names, key=lambda at: (names[at], at))
        codes = {at: code for code, at in enumerate(known, start=1)}
        points = [
            numbers("lat", [lat for lat, _ in known]),
            numbers("lon", [lon for _, lon in known]),
            texts("towns", ["|".join(names[at]) for at in known]),
            numbers("trials", [self._towns[at].total() for at in known]),
        ]
        rows, later = (
            [sorted(codes[at] for at in row) for row in all_rows]
            for all_rows in (self._rows, self._later)
        )
        near = [
            code_lists("points", rows),
            code_lists("later", later),
            numbers("unplaced", self._unplaced),
        ]
        shape = {"build": self._build, "step": _STEP, "together": TRIALS_TOGETHER}
        return {
            "points": as_script("points", len(known), points, build=self._build),
            "near": as_script("near", len(rows), near, **shape),
            **self._scripts,
        }


_APART = _STEP // 4
"""Towns of one name that are further apart than this aren't the same."""


def _names(towns: Mapping[Position, Counter[Town]]) -> Mapping[Position, Sequence[str]]:
    """What the towns at each position are called, those that share a name with their region.

    Records place a town wrongly at times, München in Brandenburg: a name stands only where most
    trials have it. The spelling of most trials comes first.
    """
    spread: defaultdict[str, Counter[Position]] = defaultdict(Counter)
    for found in towns.values():
        for town, trials in found.items():
            for name in {town.name, town.long_name}:
                spread[name][town.at] += trials
    shared = {name for name, positions in spread.items() if _are_apart([*positions])}
    home = {name: max(at, key=lambda one: (at[one], one)) for name, at in spread.items()}

    def label(town: Town) -> str:
        return town.long_name if town.name in shared else town.name

    def is_placed(town: Town) -> bool:
        return not _are_apart([town.at, home[label(town)]])

    def labels(found: Counter[Town]) -> Sequence[str]:
        trials: Counter[str] = Counter()
        for town, number in found.items():
            if is_placed(town):
                trials[_LINE_BREAKS.sub(" ", label(town))] += number
        return sorted(trials, key=lambda one: (-trials[one], one))

    return {at: labels(found) for at, found in towns.items()}


def _are_apart(positions: Sequence[Position]) -> bool:
    return any(max(values) - min(values) > _APART for values in zip(*positions, strict=True))


_LINE_BREAKS = re.compile(r"[\r\n|]+")
