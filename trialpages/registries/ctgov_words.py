"""ClinicalTrials.gov's ids, addresses and questions, as people write and copy them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import parse_qsl

from trialpages.problems import CallFailure, Problem
from trialpages.records.registry_numbers import miscounted
from trialpages.records.vocabulary import Status
from trialpages.registries.door import UNKNOWN_PARAMETER, Parameters
from trialpages.registries.interface import address_at
from trialpages.text.meant import closest

SHORT = ("cond", "term", "intr", "titles", "outc", "spons", "lead", "locn", "id", "patient")
"""Parts of a question that are called `query.…` at the interface and so on the search page."""

_ASKED = (
    *(f"query.{name}" for name in SHORT),
    *(
        f"{when}.{name}"
        for when in ("filter", "postFilter")
        for name in ("overallStatus", "geo", "ids", "advanced", "synonyms")
    ),
    "aggFilters",
)
"""What a question can be made of."""

_OURS = (
    "format",
    "markupFormat",
    "fields",
    "sort",
    "countTotal",
    "pageSize",
    "pageToken",
    "geoDecay",
)
"""How an answer comes; of no meaning for which trials answer."""

_DISPLAY = ("viewType", "limit", "page", "sort", "rank", "tab", "from", "to", "checkSpell")
"""Parameters of the search page that choose no trials."""

_DATES = {
    "start": "StartDate",
    "primComp": "PrimaryCompletionDate",
    "studyComp": "CompletionDate",
    "firstPost": "StudyFirstPostDate",
    "resFirstPost": "ResultsFirstPostDate",
    "lastUpdPost": "LastUpdatePostDate",
}
"""Ranges of dates on the search page, and what the interface calls the date."""

_PLACES = {"city": "LocationCity", "state": "LocationState", "country": "LocationCountry"}
_PLACE_NAMES = (*_PLACES, "locStr", "distance", "lat", "lng")


# --- ids ----------------------------------------------------------------------------------------


def trial_id(text: str) -> str:
    """The NCT number in a number or in the address of a record's page; '' for what is neither.

    One with fewer digits is none: filled up with zeros it would be another trial's.
    """
    text = text.strip()
    if _ID.fullmatch(text):
        return text.upper()
    address = address_at(text, _HOST)
    inside = _ID_IN_PATH.search(address.path) if address else None
    return inside[1].upper() if inside else ""


_ID = re.compile(r"NCT(?!0{8})\d{8}", re.IGNORECASE | re.ASCII)
_ID_IN_PATH = re.compile(rf"/({_ID.pattern})(?=/|$)", re.IGNORECASE | re.ASCII)


_HOST = "clinicaltrials.gov"


# --- questions ----------------------------------------------------------------------------------


def parameters(text: str) -> Parameters:
    """The question in `cond=…&locn=…` or in an address of the search page or the interface.

    Empty for what is none of these. Raises CallFailure for what can't be asked.
    """
    text = text.strip()
    address = address_at(text, _HOST) if "/" in text.partition("?")[0] else None
    if address is None:
        pairs = dict(_pairs(text.lstrip("?"))) if "=" in text and "://" not in text else {}
        return checked(pairs)
    if address.path.startswith("/ct2/"):
        message = "this is an address of the old search page, whose parameters are gone"
        raise _bad(message, "open it in a browser and copy the address it leads to")
    if address.path.startswith("/api/"):
        return checked(dict(_pairs(address.query)))
    if "search" not in address.path:
        return {}
    return checked(_from_search_page(dict(_pairs(address.query))))


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    return ((name.strip(), value.strip()) for name, value in parse_qsl(query))


def checked(given: Mapping[str, str]) -> Parameters:
    """The question under the interface's names. Raises CallFailure for what it doesn't know, and
    for a value that finds nothing."""
    found: dict[str, str] = {}
    for name, value in given.items():
        full = f"query.{name}" if name in SHORT else name
        if full in _ASKED:
            _refuse_misspelt(full.partition(".")[2], value)
            found[full] = value
        elif full not in _OURS:
            raise _unknown(name)
    return found


def _refuse_misspelt(name: str, value: str) -> None:
    """A number or a status in another form is one that no trial has."""
    words = [word for word in re.split(r"[,|\s]+", value) if word]
    if name in ("id", "ids") and (message := miscounted(value)):
        raise _bad(message, "look the number up: a digit is missing or too many")
    for word in words if name == "ids" else ():
        if not _ID.fullmatch(word):
            raise _bad(f"`{word}` is no number of a trial", "write it as NCT01234567")
    for word in words if name == "overallStatus" else ():
        if word not in _STATUSES:
            meant = closest(word.upper(), _STATUSES)
            hint = f"did you mean `{meant}`?" if meant else f"they are {', '.join(_STATUSES)}"
            raise _bad(f"`{word}` is no status of a trial", hint)


_STATUSES = tuple(status.value for status in Status)


def _unknown(name: str) -> CallFailure:
    known = (*SHORT, *_ASKED)
    meant = closest(name, known)
    hint = f"did you mean `{meant}`?" if meant else "the parameters are " + ", ".join(known)
    if name in ("phase", "filter.phase"):
        hint = "write `filter.advanced=AREA[Phase]PHASE3`"
    message = f"`{name}` is no parameter of a question to ClinicalTrials.gov"
    return CallFailure(Problem(UNKNOWN_PARAMETER, "error", message, hint=hint))


def _bad(message: str, hint: str) -> CallFailure:
    return CallFailure(Problem("bad-query", "error", message, hint=hint))


# --- the search page ----------------------------------------------------------------------------


def _from_search_page(given: dict[str, str]) -> dict[str, str]:
    """What the parameters of the search page's address mean at the interface."""
    found = {f"query.{name}": given[name] for name in SHORT if given.get(name)}
    if chosen := given.get("aggFilters"):
        found["aggFilters"] = chosen
    if ranges := [_range(_DATES[name], given[name]) for name in _DATES if given.get(name)]:
        found["filter.advanced"] = " AND ".join(ranges)
    for translate in _PLACE_READERS:
        if place := translate(given):
            found |= place
            break
    _refuse_rest(given)
    return found


def _range(area: str, value: str) -> str:
    """`2024-01-01_` as the interface says it."""
    begin, _, end = value.partition("_")
    return f"AREA[{area}]RANGE[{begin or 'MIN'},{end or 'MAX'}]"


def _within_distance(given: Mapping[str, str]) -> dict[str, str]:
    """So many miles around a point."""
    if not (given.get("distance") and given.get("lat") and given.get("lng")):
        return {}
    return {"filter.geo": f"distance({given['lat']},{given['lng']},{given['distance']}mi)"}


def _in_place(given: Mapping[str, str]) -> dict[str, str]:
    """In a city, a state, a country: all of one site."""
    named = [f'AREA[{area}]"{given[name]}"' for name, area in _PLACES.items() if given.get(name)]
    if not named:
        return {"query.locn": given["locStr"]} if given.get("locStr") else {}
    if given.get("distance") and given.get("city"):
        message = "this address asks for a distance around a place without saying where that is"
        hint = "write `filter.geo=distance(latitude,longitude,50mi)`, or take `distance` out of it"
        raise _bad(message, hint)
    return {"query.locn": f"SEARCH[Location]({' AND '.join(named)})"}


_PLACE_READERS: tuple[Callable[[Mapping[str, str]], dict[str, str]], ...] = (
    _within_distance,
    _in_place,
)


def _refuse_rest(given: Mapping[str, str]) -> None:
    """A condition that would be lost is named: the answer would be another one."""
    known = (*SHORT, "aggFilters", *_DATES, *_PLACE_NAMES, *_DISPLAY)
    for name, value in given.items():
        if value and name not in known:
            hint = "take it out of the address, or say it with `filter.advanced=AREA[…]…`"
            raise _bad(f"`{name}={value}` of the search page can't be asked this way", hint)
