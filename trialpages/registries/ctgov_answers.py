"""What ClinicalTrials.gov answers: pages of studies, each as its bytes.

What no JSON may have in one study is the matter of that study alone: `import` says what it is.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from trialpages.problems import CallFailure, Problem
from trialpages.records.answer_apart import TooManyError, taken_apart
from trialpages.registries import ctgov_words
from trialpages.registries.door import Listed, Parameters, Refused
from trialpages.registries.troubles import Passing, failure, title_of

if TYPE_CHECKING:
    from trialpages.registries.client import Answer, Client

API = "https://clinicaltrials.gov/api/v2"

Understood = TypeVar("Understood")


@dataclass(frozen=True, slots=True)
class Page:
    studies: tuple[bytes, ...]
    """The JSON of each."""
    total: int | None
    """Of all pages; on the first."""
    token: str
    """What asks for the next page; '' on the last one."""


def ask_version(client: Client) -> str:
    """What the registry calls the state of its data. Raises Refused and MachineFailure."""
    found = _value(_get(client, "version", {}, partial(_decoded, "version")), "dataTimestamp")
    if not isinstance(found, str) or not _VERSION.fullmatch(found):
        raise other_shape("version", "it names no `dataTimestamp`")
    return found


_VERSION = re.compile(r"[0-9][0-9T:.Z+-]{3,39}")
"""`2026-03-01T09:00:05`: said in every summary, and kept."""


def ask_page(client: Client, parameters: Parameters) -> Page:
    """A page of an answer. Raises Refused with the registry's words, and MachineFailure."""
    return _get(client, "studies", parameters, partial(_page, int(parameters["pageSize"])))


def _page(size: int, body: bytes) -> Page:
    try:
        apart = taken_apart(body, size)
    except TooManyError:
        why = f"it holds more than the {size:,} studies that were asked for"
        raise other_shape("studies", why) from None
    answer = _decoded("studies", apart.rest if apart else body)
    if not apart or _value(answer, "studies") != []:
        raise other_shape("studies", "it has no list of `studies`")
    return Page(apart.studies, _total(answer), _token(answer))


def _value(answer: Mapping[str, msgspec.Raw], name: str) -> Any:
    """What an answer says; True, which is nothing that it could say, in the place of a long one."""
    written = bytes(answer.get(name, b"null"))
    try:
        return True if len(written) > _LONGEST else msgspec.json.decode(written)
    except msgspec.DecodeError as error:
        raise _odd_value(error) from None


_LONGEST = 10_000
"""Bytes."""


def _token(answer: Mapping[str, msgspec.Raw]) -> str:
    found = _value(answer, "nextPageToken") or ""
    if not isinstance(found, str) or len(found) > _LONGEST_TOKEN:
        raise other_shape("studies", "its `nextPageToken` is none")
    return found


_LONGEST_TOKEN = 2_000
"""Characters; the registry's have fewer than 50, and no address may be much longer."""


def _total(answer: Mapping[str, msgspec.Raw]) -> int | None:
    found = _value(answer, "totalCount")
    is_number = isinstance(found, int) and not isinstance(found, bool)
    return found if is_number and 0 <= found <= MOST_STUDIES else None


MOST_STUDIES = 2_000_000
"""Four times what the registry has in 2025: a list of so many takes half an hour."""


# --- studies ------------------------------------------------------------------------------------


class _Identification(msgspec.Struct, frozen=True):
    nctId: str = ""  # noqa: N815


class _Protocol(msgspec.Struct, frozen=True):
    identificationModule: _Identification = _Identification()  # noqa: N815


class _Numbered(msgspec.Struct, frozen=True):
    protocolSection: _Protocol = _Protocol()  # noqa: N815


def number_of(study: bytes) -> str:
    """A study's number, also where the rest of it can't be read; '' where it has none."""
    try:
        found = msgspec.json.decode(study, type=_Numbered)
        number = found.protocolSection.identificationModule.nctId
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        written = _NUMBER.search(study)
        number = written[1].decode() if written else ""
    return number if ctgov_words.trial_id(number) else ""


_NUMBER = re.compile(rb'"nctId"\s*:\s*"(NCT\d{8})"')


def listed_of(study: bytes) -> Listed | None:
    """A study as a list has it; None where it has no number."""
    number, fields = number_of(study), _fields_of(study)
    updated = _inside(fields, "protocolSection", "statusModule", "lastUpdatePostDateStruct", "date")
    aliases = _inside(fields, "protocolSection", "identificationModule", "nctIdAliases")
    others = aliases if isinstance(aliases, list) else []
    if not number:
        return None
    return Listed(
        number,
        updated if isinstance(updated, str) and _DATE.fullmatch(updated) else "",
        tuple(one for one in others if isinstance(one, str) and ctgov_words.trial_id(one)),
    )


def version_of(study: bytes) -> str:
    """The date of the data that a study is of; '' where it says none."""
    found = _inside(_fields_of(study), "derivedSection", "miscInfoModule", "versionHolder")
    return found if isinstance(found, str) and _DATE.fullmatch(found) else ""


_DATE = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)


def _fields_of(study: bytes) -> Any:
    """The study's fields; None where they can't be read."""
    try:
        return msgspec.json.decode(study)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _inside(study: Any, *path: str) -> Any:
    for step in path:
        study = study.get(step) if isinstance(study, dict) else None
    return study


# --- one request --------------------------------------------------------------------------------


def _base() -> str:
    base = os.environ.get("TRIALPAGES_CTGOV", "").strip().rstrip("/") or API
    address = urlsplit(base)
    if address.scheme not in ("http", "https") or not address.netloc:
        message = f"TRIALPAGES_CTGOV is `{base}`, which is no address of the web"
        hint = f"unset it, or set it to an address such as {API}"
        raise CallFailure(Problem("bad-address", "error", message, hint=hint))
    return base


def at_address(problem: Problem) -> Problem:
    """What went wrong, with who names the address where it isn't the registry's own."""
    base = _base()
    if base == API:
        return problem
    address = urlsplit(base)
    shown = address._replace(netloc=address.netloc.rpartition("@")[2]).geturl()
    hint = f"TRIALPAGES_CTGOV names the address {shown}: mend or unset it if that is wrong"
    return replace(problem, hint=f"{hint}; else {problem.hint}" if problem.hint else hint)


def _get(
    client: Client,
    what: str,
    parameters: Parameters,
    understand: Callable[[bytes], Understood],
) -> Understood:
    """What an answer says. Raises Refused with the registry's words where it refuses."""
    base = _base()
    read = partial(_read, urlsplit(base).netloc, understand)
    return client.get(f"{base}/{what}", parameters, read)


def _read(host: str, understand: Callable[[bytes], Understood], answer: Answer) -> Understood:
    """Raises Refused, and Passing where the answer was damaged on its way."""
    page = answer.kind == "text/html" or answer.body[:100].lstrip().startswith(b"<")
    if page or urlsplit(answer.address).netloc != host:
        title = title_of(answer.text[:5000])
        called = f" (“{title}”)" if title else ""
        raise failure("not-data", f"{host} sent a web page{called} in place of data", _SIGN_IN)
    if answer.status == 400:
        raise Refused(answer.text[:500])
    if answer.status != 200:
        hint = "see whether there is a newer version of trialpages"
        raise failure("no-answer", f"{answer.address} answers with status {answer.status}", hint)
    return understand(answer.body)


def _decoded(what: str, body: bytes) -> Mapping[str, msgspec.Raw]:
    """A JSON object, the answer to `/what`, with each value as it came: what nobody asked for is
    made into nothing. Raises Passing where it isn't whole: asked again, it may come whole."""
    try:
        return msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        raise other_shape(what, "it is no JSON object") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if _is_whole(body):
            raise _odd_value(error) from None
        raise Passing(f"what came isn't whole: {error}") from None


def _is_whole(body: bytes) -> bool:
    """Whether a body is JSON to its end, but for a value in it: asked again, it comes again."""
    try:
        json.loads(body[:_MOST_LOOKED_AT], parse_int=str)
    except (ValueError, RecursionError):
        return False
    return True


_MOST_LOOKED_AT = 1_000_000
"""Bytes: without its studies an answer has some hundred."""


def _odd_value(error: Exception) -> Exception:
    message = f"ClinicalTrials.gov sent a value that JSON can't hold: {error}"
    return failure("not-data", message, _ODD_VALUE)


_ODD_VALUE = "half a sign or a number too long: the answer came whole, and only they can mend it"


_SIGN_IN = "your network may want you to sign in: open any page in a browser, then try again"


def other_shape(what: str, why: str) -> Exception:
    """The failure of an answer that isn't as the API's documents have it."""
    return failure(
        "other-shape",
        f"the answer of ClinicalTrials.gov to /{what} has another shape than its API v2: {why}",
        "nothing was written of it; see whether there is a newer version of trialpages",
    )
