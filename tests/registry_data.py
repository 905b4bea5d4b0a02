"""What a registry like ClinicalTrials.gov knows on each day, and how it answers a question.

As much of its query language as the tests need: words, phrases and OR; `AREA[…]RANGE[…,…]` and
`AREA[…]word`, joined by AND; statuses, ids with aliases, and a distance.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

Record = dict[str, Any]


class Refused(Exception):  # noqa: N818  (an answer, not a fault)
    """What the registry answers with status 400: plain text."""


@dataclass(frozen=True, slots=True)
class Day:
    """The data as of one morning: `dataTimestamp`, and the records by id."""

    timestamp: str
    records: Mapping[str, Record]

    def find(self, trial_id: str) -> Record | None:
        """The record of an id, or of the trial that has it as an alias."""
        found = self.records.get(trial_id) or self._aliases().get(trial_id)
        return self._stamped(found) if found else None

    def is_alias(self, trial_id: str) -> bool:
        return trial_id not in self.records and trial_id in self._aliases()

    def _aliases(self) -> dict[str, Record]:
        return {alias: record for record in self.records.values() for alias in aliases(record)}

    def _stamped(self, record: Record) -> Record:
        """As the registry sends it: every record carries the date of the data."""
        derived = record.get("derivedSection", {})
        misc = derived.get("miscInfoModule", {}) | {"versionHolder": self.timestamp[:10]}
        return record | {"derivedSection": derived | {"miscInfoModule": misc}}

    def search(self, parameters: Mapping[str, str]) -> list[Record]:
        """The records that meet all parameters, in a fixed order. Raises Refused."""
        tests = [_test(name, value) for name, value in parameters.items()]
        found = self.records.values()
        return [self._stamped(record) for record in found if all(test(record) for test in tests)]


def trial_id(record: Record) -> str:
    return str(record["protocolSection"]["identificationModule"]["nctId"])


def aliases(record: Record) -> Sequence[str]:
    found: Sequence[str] = record["protocolSection"]["identificationModule"].get("nctIdAliases", ())
    return found


# --- where records come from --------------------------------------------------------------------


def read_days(source: Path) -> list[Day]:
    """The days in a folder of JSON, or in NDJSON (gzipped or not): one, or one a change.

    A line is a study, or a dated version of one: `{"nctId", "lastUpdatePost", "study", …}`.
    """
    values = list(_values(source))
    if values and "study" in values[0]:
        return history_days(values)
    return [Day("2026-11-27T09:00:05", {trial_id(record): record for record in values})]


def history_days(versions: Iterable[Mapping[str, Any]]) -> list[Day]:
    """A day for each date on which a version came; the first when all trials are there."""
    by_trial: dict[str, dict[str, Record]] = {}
    for version in versions:
        by_trial.setdefault(version["nctId"], {})[version["lastUpdatePost"]] = version["study"]
    dates = sorted({date for dated in by_trial.values() for date in dated})
    first = max(min(dated) for dated in by_trial.values())
    return [
        Day(f"{date}T09:00:05", {key: _latest(dated, date) for key, dated in by_trial.items()})
        for date in dates
        if date >= first
    ]


def _latest(dated: Mapping[str, Record], until: str) -> Record:
    return dated[max(date for date in dated if date <= until)]


def _values(source: Path) -> Iterator[Record]:
    if source.is_dir():
        for path in sorted(source.glob("*.json")):
            yield json.loads(path.read_bytes())
        return
    content = source.read_bytes()
    lines = gzip.decompress(content) if source.suffix == ".gz" else content
    yield from (json.loads(line) for line in lines.split(b"\n") if line.strip())


# --- a question's parameters --------------------------------------------------------------------

_AREAS = {
    "query.cond": ("conditionsModule", "identificationModule"),
    "query.term": ("",),
    "query.locn": ("contactsLocationsModule",),
    "query.intr": ("armsInterventionsModule",),
    "query.titles": ("identificationModule",),
    "query.outc": ("outcomesModule",),
    "query.spons": ("sponsorCollaboratorsModule",),
    "query.lead": ("sponsorCollaboratorsModule",),
    "query.id": ("identificationModule",),
    "query.patient": ("conditionsModule", "eligibilityModule", "identificationModule"),
}
_STATUSES = {
    "not": "NOT_YET_RECRUITING",
    "rec": "RECRUITING",
    "act": "ACTIVE_NOT_RECRUITING",
    "com": "COMPLETED",
    "ter": "TERMINATED",
}


def _test(name: str, value: str) -> Any:
    if name == "query.locn" and value.startswith("SEARCH[Location]("):
        wanted = re.findall(r'AREA\[Location(\w+)\]"([^"]*)"', value)
        return partial(_has_site, wanted=[(name.lower(), said) for name, said in wanted])
    if name in _AREAS:
        return partial(_says, areas=_AREAS[name], words=_words(value))
    known = {
        "filter.ids": _ids_test,
        "filter.overallStatus": _status_test,
        "filter.geo": _distance_test,
        "filter.advanced": _advanced_test,
        "aggFilters": _facet_test,
    }
    if name not in known:
        raise Refused(f"`{name}` is unknown parameter")
    return known[name](value)


def _words(value: str) -> list[list[str]]:
    """Alternatives, each of words and phrases that must all be there."""
    return [
        [phrase or word for phrase, word in re.findall(r'"([^"]*)"|(\S+)', part.casefold())]
        for part in value.split(" OR ")
    ]


def _says(record: Record, areas: Sequence[str], words: list[list[str]]) -> bool:
    protocol = record["protocolSection"]
    parts = [protocol.get(area, {}) if area else protocol for area in areas]
    text = json.dumps(parts, ensure_ascii=False).casefold()
    return any(all(word in text for word in alternative) for alternative in words)


def _has_site(record: Record, wanted: Sequence[tuple[str, str]]) -> bool:
    found = record["protocolSection"].get("contactsLocationsModule", {}).get("locations", ())
    return any(all(site.get(name) == said for name, said in wanted) for site in found)


def _ids_test(value: str) -> Any:
    wanted = re.split(r"[,|]", value)
    for number, one in enumerate(wanted, start=1):
        if not re.fullmatch(r"[Nn][Cc][Tt]0*[1-9]\d{0,7}", one):
            raise Refused(f"Item {number} in parameter `filter.ids` has incorrect format")
    found = {one.upper() for one in wanted}
    return lambda record: bool(found & {trial_id(record), *aliases(record)})


def _status_test(value: str) -> Any:
    wanted = set(re.split(r"[,|]", value))
    return lambda record: _piece(record, "OverallStatus") in wanted


def _facet_test(value: str) -> Any:
    """`status:rec not,results:with`: the choices of the search page."""
    tests: list[Any] = []
    for facet, _, options in (part.partition(":") for part in re.split(r"[,|]", value)):
        if facet == "status":
            tests.append(_status_test("|".join(_STATUSES.get(one, "") for one in options.split())))
        elif facet == "results":
            tests.append(lambda record, said=options: record["hasResults"] == (said == "with"))
        else:
            raise Refused(f"Unknown filter id: {facet}")
    return lambda record: all(test(record) for test in tests)


def _distance_test(value: str) -> Any:
    match = re.fullmatch(r"distance\((-?[\d.]+),(-?[\d.]+),([\d.]+)(km|mi)?\)", value)
    if not match:
        raise Refused("Parameter `filter.geo` has incorrect format")
    lat, lon, reach = float(match[1]), float(match[2]), float(match[3])
    reach *= 1.609344 if match[4] != "km" else 1

    def test(record: Record) -> bool:
        found = record["protocolSection"].get("contactsLocationsModule", {}).get("locations", ())
        points = [location["geoPoint"] for location in found if "geoPoint" in location]
        return any(_kilometres(lat, lon, point["lat"], point["lon"]) <= reach for point in points)

    return test


def _kilometres(lat: float, lon: float, lat2: float, lon2: float) -> float:
    one, two, apart = math.radians(lat), math.radians(lat2), math.radians(lon2 - lon)
    cosine = math.sin(one) * math.sin(two) + math.cos(one) * math.cos(two) * math.cos(apart)
    return 6371 * math.acos(max(-1.0, min(1.0, cosine)))


def _advanced_test(value: str) -> Any:
    tests = [_clause(clause.strip().strip("()")) for clause in value.split(" AND ")]
    return lambda record: all(test(record) for test in tests)


def _clause(clause: str) -> Any:
    if match := re.fullmatch(r"AREA\[(\w+)\]RANGE\[ *([^,]+?) *, *([^,]+?) *\]", clause):
        area, low, high = match.groups()
        _piece({}, area)
        return lambda record: _is_between(str(_piece(record, area) or ""), low, high)
    if match := re.fullmatch(r"AREA\[(\w+)\](\w+)", clause):
        area, word = match.groups()
        _piece({}, area)
        return lambda record: word in (_piece(record, area) or ())
    raise Refused(f"Error parsing query in advanced filter: mismatched input '{clause}'")


def _is_between(text: str, low: str, high: str) -> bool:
    return bool(text) and (low == "MIN" or text >= low) and (high == "MAX" or text <= high)


# --- fields -------------------------------------------------------------------------------------

PIECES = {
    "NCTId": "protocolSection.identificationModule.nctId",
    "NCTIdAlias": "protocolSection.identificationModule.nctIdAliases",
    "BriefTitle": "protocolSection.identificationModule.briefTitle",
    "OverallStatus": "protocolSection.statusModule.overallStatus",
    "LastUpdatePostDate": "protocolSection.statusModule.lastUpdatePostDateStruct.date",
    "StartDate": "protocolSection.statusModule.startDateStruct.date",
    "Phase": "protocolSection.designModule.phases",
    "VersionHolder": "derivedSection.miscInfoModule.versionHolder",
}


def _piece(record: Record, name: str) -> Any:
    if name not in PIECES:
        raise Refused(f"Error parsing query in advanced filter: Unknown area name: '{name}'")
    found: Any = record
    for step in PIECES[name].split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def projected(record: Record, fields: str) -> Record:
    """The record with these pieces alone. Raises Refused for one there is not."""
    found: Record = {}
    for name in re.split(r"[,|]", fields):
        if name not in PIECES:
            raise Refused(f"Unknown field: {name}")
        if (value := _piece(record, name)) is not None:
            *steps, last = PIECES[name].split(".")
            inner = found
            for step in steps:
                inner = inner.setdefault(step, {})
            inner[last] = value
    return found
