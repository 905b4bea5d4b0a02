"""ClinicalTrials.gov over its Data API, version 2 (https://clinicaltrials.gov/data-api/api).

A list of trials comes with their ids and dates alone, a thousand a request; then the records that
are newer than ours. A page's token belongs to one version of the data: where that changes in the
middle, the list is begun anew. `TRIALPAGES_CTGOV` names another address: a mirror, or a test's.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from trialpages.problems import CallFailure, Problem
from trialpages.registries import ctgov_words
from trialpages.registries.door import Fetched, Listed, Parameters, Refused
from trialpages.registries.troubles import Passing, failure, title_of

if TYPE_CHECKING:
    from trialpages.registries.client import Answer, Client

API = "https://clinicaltrials.gov/api/v2"
PAGES = "https://clinicaltrials.gov/study/"

_MOST_A_PAGE = 1000
_IDS_A_REQUEST = 100
_ROUNDS = 3
"""How often a list is begun, where the data changes under our hands."""

_FORM = {"format": "json", "markupFormat": "markdown"}
_LISTED = "NCTId|NCTIdAlias|LastUpdatePostDate|VersionHolder"
"""The last one is the date of the data: it tells whether two pages are of one version."""

_UPDATED = "AREA[LastUpdatePostDate]RANGE[{},MAX]"

Study = dict[str, Any]


class ClinicalTrialsGov:
    """See `door.Registry`."""

    key = "ctgov"
    name = "ClinicalTrials.gov"
    address = PAGES

    def trial_id(self, text: str) -> str:
        return ctgov_words.trial_id(text)

    def parameters(self, text: str) -> Parameters:
        return ctgov_words.parameters(text)

    def checked(self, parameters: Parameters) -> Parameters:
        return ctgov_words.checked(parameters)

    def version(self, client: Client) -> str:
        with _understood():
            answer = _get(client, "version", {})
        found = answer.get("dataTimestamp")
        if not isinstance(found, str) or not found:
            raise _other_shape("version", "it names no `dataTimestamp`")
        return found

    def list_trials(self, client: Client, ids: Collection[str]) -> Iterator[Listed]:
        for some in _hundreds(sorted(ids)):
            asked = self._listed(client, {"filter.ids": ",".join(some)})
            with _understood():
                yield from (one for one in asked if not {one.id, *one.aliases}.isdisjoint(some))

    def list_answer(self, client: Client, parameters: Parameters) -> tuple[Listed, ...]:
        return tuple(self._listed(client, parameters))

    def _listed(self, client: Client, parameters: Parameters) -> Iterator[Listed]:
        asked = {**parameters, "fields": _LISTED}
        for _ in range(_ROUNDS):
            try:
                found = _whole_list(client, asked)
            except _Moved as error:
                why = str(error)
            else:
                yield from found
                return
        raise failure("no-answer", f"ClinicalTrials.gov can't be listed whole: {why}", _LATER)

    def records(
        self, client: Client, wanted: Collection[Listed], parameters: Parameters | None
    ) -> Iterator[Fetched]:
        left = {listed.id for listed in wanted}
        if parameters is not None and len(left) > _IDS_A_REQUEST:
            since = min(listed.updated for listed in wanted)
            with _understood():
                yield from _taken(_until_moved(client, _since(parameters, since)), left)
        for some in _hundreds(sorted(left)):
            with _understood():
                yield from _taken(_until_moved(client, {"filter.ids": ",".join(some)}), left)


@contextmanager
def _understood() -> Iterator[None]:
    """Raise MachineFailure where what is no editor's question is refused as one."""
    try:
        yield
    except Refused as refused:
        message = f"ClinicalTrials.gov refuses what it used to understand: {refused}"
        hint = "see whether there is a newer version of trialpages"
        raise failure("refused", message, hint) from None


def _taken(studies: Iterator[Study], left: set[str]) -> Iterator[Fetched]:
    """Those that are wanted, each once; `left` are those still to come."""
    for study in studies:
        trial_id = _id_of(study)
        if trial_id in left:
            left.remove(trial_id)
            yield Fetched(trial_id, f"{PAGES}{trial_id}", study)


_LATER = "its data is renewed once a day: run the same again in a few minutes"

REGISTRY = ClinicalTrialsGov()


def _since(parameters: Parameters, date: str) -> Parameters:
    """The question, narrowed to what has changed since a date; all of it without one."""
    if not date:
        return parameters
    newer = _UPDATED.format(date)
    said = parameters.get("filter.advanced")
    return {**parameters, "filter.advanced": f"({said}) AND {newer}" if said else newer}


def _hundreds(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + _IDS_A_REQUEST] for at in range(0, len(ids), _IDS_A_REQUEST))


# --- pages --------------------------------------------------------------------------------------


_MOST_STUDIES = 10_000_000
"""Twenty times what the registry has in 2025, where an answer doesn't say how many there are."""


class _Moved(Exception):  # noqa: N818  (the list is begun anew)
    """The data changed between two pages of a list."""


@dataclass(frozen=True, slots=True)
class _Page:
    studies: tuple[Study, ...]
    total: int | None
    """Of all pages; on the first."""


def _pages(client: Client, parameters: Parameters) -> Iterator[_Page]:
    """All pages of an answer. Raises _Moved where the data changes between two of them, and
    MachineFailure where they have no end."""
    token, seen, whole = "", 0, None
    ids: set[str] = set()
    while True:
        size = {"pageSize": str(_MOST_A_PAGE)}
        more = {"pageToken": token} if token else {"countTotal": "true"}
        try:
            answer = _get(client, "studies", {**parameters, **_FORM, **size, **more})
        except Refused:
            if token:  # what was understood a page ago still is: it is the token that is refused
                raise _Moved("its data changed between two pages") from None
            raise
        page = _Page(_studies(answer), _total(answer))
        yield page
        token = _token(answer)
        seen, whole = seen + len(page.studies), page.total if whole is None else whole
        if not token or (whole is not None and seen >= whole):
            return
        known = len(ids)
        ids.update(map(_id_of, page.studies))
        if len(ids) == known or seen > _MOST_STUDIES:
            raise _other_shape("studies", "its pages don't end")


def _whole_list(client: Client, parameters: Parameters) -> tuple[Listed, ...]:
    """Every trial of an answer, all of one version of the data. Raises _Moved otherwise."""
    found: dict[str, Listed] = {}
    versions: set[str] = set()
    total = None
    for page in _pages(client, parameters):
        total = page.total if page.total is not None else total
        found |= {listed.id: listed for listed in map(_listed_of, page.studies)}
        versions |= {str(_inside(study, *_VERSION)) for study in page.studies}
        if len(versions) > 1:
            raise _Moved("its data changed between two pages")
        if total is not None and len(found) >= total:
            break
    if total is not None and len(found) < total:
        raise _Moved(f"it counts {total:,} trials and hands over {len(found):,}")
    return tuple(found.values())


_VERSION = ("derivedSection", "miscInfoModule", "versionHolder")


def _until_moved(client: Client, parameters: Parameters) -> Iterator[Study]:
    """The studies of an answer, as far as its pages belong together."""
    seen = 0
    try:
        for page in _pages(client, parameters):
            yield from page.studies
            seen += len(page.studies)
            if page.total is not None and seen >= page.total:
                return
    except _Moved:
        return


def _studies(answer: Mapping[str, Any]) -> tuple[Study, ...]:
    found = answer.get("studies")
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _other_shape("studies", "it has no list of `studies`")
    return tuple(found)


def _token(answer: Mapping[str, Any]) -> str:
    """What asks for the next page; '' on the last one."""
    found = answer.get("nextPageToken") or ""
    if not isinstance(found, str) or len(found) > _LONGEST_TOKEN:
        raise _other_shape("studies", "its `nextPageToken` is none")
    return found


_LONGEST_TOKEN = 2_000
"""Characters; the registry's have fewer than 50, and no address may be much longer."""


def _total(answer: Mapping[str, Any]) -> int | None:
    found = answer.get("totalCount")
    return found if isinstance(found, int) else None


# --- studies ------------------------------------------------------------------------------------


def _inside(study: Study, *path: str) -> Any:
    found: Any = study
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _id_of(study: Study) -> str:
    found = _inside(study, "protocolSection", "identificationModule", "nctId")
    if not isinstance(found, str) or not ctgov_words.trial_id(found):
        raise _other_shape("studies", "a study in it has no `nctId`")
    return found


def _listed_of(study: Study) -> Listed:
    updated = _inside(study, "protocolSection", "statusModule", "lastUpdatePostDateStruct", "date")
    aliases = _inside(study, "protocolSection", "identificationModule", "nctIdAliases")
    return Listed(
        _id_of(study),
        updated if isinstance(updated, str) and _DATE.fullmatch(updated) else "",
        tuple(one for one in aliases if isinstance(one, str) and ctgov_words.trial_id(one))
        if isinstance(aliases, list)
        else (),
    )


_DATE = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)


# --- one request --------------------------------------------------------------------------------


def _base() -> str:
    base = os.environ.get("TRIALPAGES_CTGOV", "").strip().rstrip("/") or API
    address = urlsplit(base)
    if address.scheme not in ("http", "https") or not address.netloc:
        message = f"TRIALPAGES_CTGOV is `{base}`, which is no address of the web"
        hint = f"unset it, or set it to an address such as {API}"
        raise CallFailure(Problem("bad-address", "error", message, hint=hint))
    return base


def _get(client: Client, what: str, parameters: Parameters) -> Mapping[str, Any]:
    """A JSON object from the interface. Raises Refused with its words where it refuses."""
    base = _base()
    found = client.get(f"{base}/{what}", parameters, partial(_read, urlsplit(base).netloc))
    if not isinstance(found, dict):
        raise _other_shape(what, "it is no JSON object")
    return found


def _read(host: str, answer: Answer) -> Any:
    """The JSON of an answer. Raises Refused, and Passing where it was damaged on its way."""
    page = answer.kind == "text/html" or answer.body[:100].lstrip().startswith(b"<")
    if page or urlsplit(answer.address).netloc != host:
        title = title_of(answer.text[:5000])
        called = f" (“{title}”)" if title else ""
        raise failure("not-data", f"{host} sent a web page{called} in place of data", _SIGN_IN)
    if answer.status == 400:
        raise Refused(answer.text[:500])
    if answer.status != 200:
        hint = "see whether TRIALPAGES_CTGOV names the right address"
        raise failure("no-answer", f"{answer.address} answers with status {answer.status}", hint)
    try:
        return msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if _is_whole(answer.body):
            message = f"{host} sent a value that JSON can't hold: {error}"
            raise failure("not-data", message, _ODD_VALUE) from None
        raise Passing(f"what came isn't whole: {error}") from None


def _is_whole(body: bytes) -> bool:
    """Whether a body is JSON to its end, but for a value in it: asked again, it comes again."""
    try:
        json.loads(body, parse_int=str)
    except (ValueError, RecursionError):
        return False
    return True


_ODD_VALUE = "half a sign or a number too long: the answer came whole, and only they can mend it"


_SIGN_IN = "your network may want you to sign in: open any page in a browser, then try again"


def _other_shape(what: str, why: str) -> Exception:
    return failure(
        "other-shape",
        f"the answer of ClinicalTrials.gov to /{what} has another shape than its API v2: {why}",
        "nothing was written of it; see whether there is a newer version of trialpages",
    )
