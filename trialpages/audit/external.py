"""Web links that the site has, tried politely: only when asked for, one at a time a host.

A request says who asks, asks for the head first, waits between two to one host, and asks again
once at most. What a host forbids to robots or answers with "too many" is not called broken.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from trialpages import __version__
from trialpages.problems import Problem

Ask = Callable[[str, str], int]
"""Method and address -> the status of the answer. Raises OSError where there is none."""

_PAUSE = 1.0
"""Seconds between two requests to one host."""
_TIMEOUT = 20.0
_HOSTS_AT_ONCE = 4
_GONE = (404, 410)


def ask(method: str, address: str) -> int:
    """One request over the network."""
    agent = f"trialpages/{__version__} (link check)"
    request = Request(_ascii(address), method=method, headers={"User-Agent": agent})
    try:
        with urlopen(request, timeout=_TIMEOUT) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code
    except (HTTPException, ValueError) as error:
        raise OSError(str(error)) from error


def _ascii(address: str) -> str:
    return quote(address, safe=":/?#[]@!$&'()*+,;=%~")


def check_external(
    addresses: Iterable[str], ask: Ask = ask, wait: Callable[[float], None] = time.sleep
) -> Iterator[Problem]:
    """A problem for each address that is gone or does not answer; in the order of the hosts."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        hosts[urlsplit(address).netloc].append(address)
    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        for found in pool.map(lambda host: _check_host(host, ask, wait), hosts.values()):
            yield from found


def _check_host(addresses: list[str], ask: Ask, wait: Callable[[float], None]) -> list[Problem]:
    found = []
    for number, address in enumerate(addresses):
        if number:
            wait(_PAUSE)
        if problem := _check(address, ask, wait):
            found.append(problem)
    return found


def _check(address: str, ask: Ask, wait: Callable[[float], None]) -> Problem | None:
    try:
        status = ask("HEAD", address)
        if status >= 400 and status != 429:  # some servers answer only the full request
            wait(_PAUSE)
            status = ask("GET", address)
    except OSError as error:
        why = getattr(error, "reason", None) or error
        return _problem("warning", f"{address} doesn't answer: {why}")
    if status in _GONE:
        return _problem("error", f"{address} is gone (status {status})")
    if status >= 500:
        return _problem("warning", f"{address} fails (status {status})")
    return None


def _problem(severity: str, message: str) -> Problem:
    hint = "open it in a browser; then mend the link in the record or leave it out"
    return Problem("web-link", "error" if severity == "error" else "warning", message, hint=hint)
