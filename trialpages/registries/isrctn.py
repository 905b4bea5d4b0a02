"""ISRCTN over its query interface (https://www.isrctn.com/api/query/format/default).

It hands over whole records, as many as `limit` says; a list comes no other way, and there are no
pages: `offset` has no effect. `TRIALPAGES_ISRCTN` names another address: a mirror, or a test's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from trialpages.problems import CallFailure, Problem
from trialpages.records.registry_numbers import ISRCTN
from trialpages.registries.door import UNKNOWN_PARAMETER, Fetched, Listed, Parameters, Refused
from trialpages.registries.interface import Interface, address_at, asks_for_nothing
from trialpages.registries.isrctn_answers import Answered, answered
from trialpages.registries.troubles import title_of

if TYPE_CHECKING:
    from trialpages.registries.client import Answer, Client

PAGES = "https://www.isrctn.com/"
INTERFACE = Interface(ISRCTN, "TRIALPAGES_ISRCTN", "https://www.isrctn.com/api")

_IDS_A_REQUEST = 20
_MOST = 3000
"""Records of an answer: each has some 30,000 bytes."""


class Isrctn:
    """See `door.Registry`."""

    key = "isrctn"
    name = ISRCTN
    address = PAGES

    def trial_id(self, text: str) -> str:
        text = text.strip()
        address = address_at(text, _HOST)
        found = _NUMBER.fullmatch(text) or (address and _IN_PATH.match(address.path))
        return f"ISRCTN{found[1]}" if found else ""

    def parameters(self, text: str) -> Parameters:
        """The question in an address of the search page or the interface."""
        address = address_at(text.strip(), _HOST)
        if address is None or not address.path.startswith(("/search", "/api/query")):
            return {}
        return self.checked(dict(parse_qsl(address.query)))

    def checked(self, parameters: Parameters) -> Parameters:
        asked = {name: text for name, text in parameters.items() if name not in _DISPLAY}
        for name in asked.keys() - {"q"}:
            message = f"ISRCTN's interface has no parameter `{name}`"
            hint = "put what it asks for into `q`, such as `condition:asthma AND drugNames:x`"
            raise CallFailure(Problem(UNKNOWN_PARAMETER, "error", message, hint=hint))
        question = asked.get("q", "").strip()
        if not question:
            raise asks_for_nothing(ISRCTN, "q")
        if found := _DAY_ALONE.search(question):
            message = f"ISRCTN takes no notice of a date without a time: `{found[0]}`"
            hint = f"write `{found[0]}T00:00:00`"
            raise CallFailure(Problem("bad-query", "error", message, hint=hint))
        return {"q": question}

    def version(self, client: Client) -> str:
        del client  # the registry doesn't tell
        return ""

    def list_trials(self, client: Client, ids: Collection[str]) -> Iterator[Listed | Problem]:
        for some in _parts(sorted(ids)):
            yield from (one.listed for one in _of_numbers(client, some))

    def list_answer(self, client: Client, parameters: Parameters) -> tuple[Listed | Problem, ...]:
        return tuple(one.listed for one in _asked(client, parameters["q"], _FIRST))

    def records(
        self, client: Client, wanted: Collection[Listed], parameters: Parameters | None
    ) -> Iterator[Fetched]:
        del parameters  # a question narrowed to what is newer would say no less than the numbers
        for some in _parts(sorted(one.id for one in wanted)):
            for one in _of_numbers(client, some):
                yield Fetched(one.listed.id, f"{PAGES}{one.listed.id}", one.document)


REGISTRY = Isrctn()

_HOST = "isrctn.com"
_NUMBER = re.compile(r"ISRCTN(\d{8})", re.IGNORECASE | re.ASCII)
_IN_PATH = re.compile(rf"/{_NUMBER.pattern}(?=/|\Z)", re.IGNORECASE | re.ASCII)
_DAY_ALONE = re.compile(r"\b\d{4}-\d\d-\d\d\b(?!T)", re.ASCII)
_DISPLAY = ("limit", "offset", "page", "pageSize", "sort", "searchType")
"""What chooses no trials."""
_FIRST = 100


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + _IDS_A_REQUEST] for at in range(0, len(ids), _IDS_A_REQUEST))


def _of_numbers(client: Client, ids: Sequence[str]) -> Iterator[Answered]:
    """Those that have these numbers: records that only name one answer, too."""
    found = _asked(client, " OR ".join(ids), 2 * len(ids))
    return (one for one in found if one.listed.id in ids)


def _asked(client: Client, question: str, limit: int) -> tuple[Answered, ...]:
    """All that answer a question, asked once more where they are more. Raises Refused."""
    with INTERFACE.addressed():
        found, total = _answer(client, {"q": question, "limit": str(limit)})
        if total > _MOST:
            why = f"{total:,} trials answer it, and more than {_MOST:,} can't be asked for at once"
            raise Refused(why)
        if total > len(found):
            found, total = _answer(client, {"q": question, "limit": str(total)})
        if total > len(found):
            raise INTERFACE.other_shape(f"it counts {total:,} trials and gives {len(found):,}")
    return found


def _answer(client: Client, asked: Mapping[str, str]) -> tuple[tuple[Answered, ...], int]:
    return client.get(f"{INTERFACE.base}/query/format/default", asked, _read)


def _read(answer: Answer) -> tuple[tuple[Answered, ...], int]:
    if answer.status != 200:
        raise Refused(title_of(answer.text) or answer.text[:200] or f"status {answer.status}")
    return answered(answer.body, INTERFACE)
