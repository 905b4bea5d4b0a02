"""EU CTIS over the interface of its public portal (https://euclinicaltrials.eu/ctis-public-api).

Nobody has written it down, and it has no versions: an answer of another shape is said, and nothing
is written of it. A search answers 10,000 trials at most, and an unknown address with a web page.
`TRIALPAGES_CTIS` names another address: a mirror, or a test's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import msgspec

from trialpages.problems import CallFailure, Problem
from trialpages.records.registry_numbers import CTIS
from trialpages.registries.door import UNKNOWN_PARAMETER, Fetched, Listed, Parameters, Refused
from trialpages.registries.interface import Interface, address_at, asks_for_nothing

if TYPE_CHECKING:
    from trialpages.registries.client import Answer, Client

PAGES = "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT="
INTERFACE = Interface(CTIS, "TRIALPAGES_CTIS", "https://euclinicaltrials.eu/ctis-public-api")

_A_PAGE = 100
_MOST = 10_000
"""Trials that a search answers at most."""


class EuCtis:
    """See `door.Registry`."""

    key = "ctis"
    name = CTIS
    address = "https://euclinicaltrials.eu/"

    def trial_id(self, text: str) -> str:
        text = text.strip()
        if _NUMBER.fullmatch(text):
            return text
        address = address_at(text, "euclinicaltrials.eu")
        if address is None:
            return ""
        said = parse_qs(address.query).get("EUCT", [""])[0] or address.path.rpartition("/")[2]
        return said if _NUMBER.fullmatch(said) else ""

    def parameters(self, text: str) -> Parameters:
        """None: the portal's search page has no address of a question."""
        del text
        return {}

    def checked(self, parameters: Parameters) -> Parameters:
        for name, value in parameters.items():
            if name not in _WORDS:
                message = f"EU CTIS can't be asked by `{name}`"
                hint = f"one of {', '.join(_WORDS)}"
                raise CallFailure(Problem(UNKNOWN_PARAMETER, "error", message, hint=hint))
            if not value.strip():
                raise asks_for_nothing("EU CTIS", name)
        return parameters

    def version(self, client: Client) -> str:
        del client  # the registry doesn't tell
        return ""

    def list_trials(self, client: Client, ids: Collection[str]) -> Iterator[Listed | Problem]:
        for one in sorted(ids):
            found = _search(client, {"number": one})
            yield from (listed for listed in found if listed.id == one)

    def list_answer(self, client: Client, parameters: Parameters) -> tuple[Listed | Problem, ...]:
        return tuple(_search(client, parameters))

    def records(
        self, client: Client, wanted: Collection[Listed], parameters: Parameters | None
    ) -> Iterator[Fetched]:
        del parameters  # each record is asked for alone
        for one in wanted:
            with INTERFACE.addressed():
                record = client.get(f"{INTERFACE.base}/retrieve/{one.id}", {}, _object)
            if record.get("ctNumber") != one.id or not _PARTS & record.keys():
                raise INTERFACE.other_shape(
                    f"what it has at `/retrieve/{one.id}` is no such record"
                )
            yield Fetched(one.id, f"{PAGES}{one.id}", record)


REGISTRY = EuCtis()

_NUMBER = re.compile(r"20\d\d-5\d{5}-\d\d-\d\d", re.ASCII)
_PARTS = {"authorizedApplication", "authorizedPartI"}
_WORDS = ("containAll", "containAny", "containNot", "medicalCondition", "sponsor", "title")
"""What a search can be asked by in words; the others take codes."""
_CRITERIA = (*_WORDS, "number", "status", "endPoint", "productName", "eudraCtCode", "protocolCode")
"""All but those that are asked by are sent as empty, as the portal does."""


def _search(client: Client, asked: Parameters) -> list[Listed]:
    """All trials of a search. Raises Refused where they are too many."""
    found: dict[str, Listed] = {}
    criteria = {**dict.fromkeys(_CRITERIA), **asked}
    for number in count(1):
        body = {
            "pagination": {"page": number, "size": _A_PAGE},
            "sort": {"property": "decisionDate", "direction": "DESC"},
            "searchCriteria": criteria,
        }
        with INTERFACE.addressed():
            answer = client.post(f"{INTERFACE.base}/search", body, _object)
            rows, total = _rows(answer)
        if total >= _MOST:
            raise Refused(f"{total:,} trials answer it, and no more than {_MOST:,} are handed over")
        known = len(found)
        found |= {one.id: one for one in map(_listed, rows)}
        if len(found) >= total:
            return list(found.values())
        if len(found) == known:
            why = f"it counts {total:,} trials and hands over {known:,}"
            raise INTERFACE.other_shape(why)
    raise AssertionError("the last page returned or raised")


def _rows(answer: dict[str, Any]) -> tuple[list[Any], int]:
    rows, pages = answer.get("data"), answer.get("pagination")
    total = pages.get("totalRecords") if isinstance(pages, dict) else None
    if not isinstance(rows, list) or not isinstance(total, int) or isinstance(total, bool):
        raise INTERFACE.other_shape("a search has no `data` and `totalRecords`")
    return rows, total


def _listed(row: Any) -> Listed:
    number = row.get("ctNumber") if isinstance(row, dict) else None
    if not isinstance(number, str) or not _NUMBER.fullmatch(number):
        raise INTERFACE.other_shape("a trial in a search has no `ctNumber`")
    day = _DAY.fullmatch(str(row.get("lastPublicationUpdate")))
    return Listed(number, "-".join(day.group(3, 2, 1)) if day else "")


_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)


def _object(answer: Answer) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        what = "a web page" if answer.kind == "text/html" else "no JSON"
        raise INTERFACE.other_shape(f"it is {what}") from None
    if answer.status != 200 or not isinstance(found, dict):
        raise INTERFACE.other_shape("it is no object of JSON")
    return found
