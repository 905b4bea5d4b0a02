"""Web links that the site has, tried politely: only when asked for, one at a time a host.

A request says who asks and asks for the head first; the client waits between two to one host. What
a host forbids to robots or answers with "too many" is not called broken; one that gives no answer
several times in a row is left alone. What whoever wrote the
content may not ask of this machine's network is asked by nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol
from urllib.parse import urlsplit

from trialpages.machine.threads import pool
from trialpages.problems import Problem, Severity
from trialpages.registries.redirects import is_of_a_private_network
from trialpages.registries.troubles import NoAnswer

_HOSTS_AT_ONCE = 4
_MOST_SILENT = 3
"""Addresses of a host in a row that don't answer, each within its time: its others aren't tried."""
_GONE = (404, 410)


class Asker(Protocol):
    """What a link is tried with: `registries.client.Client`."""

    def status(self, method: str, address: str) -> int:
        """The status of the answer. Raises NoAnswer."""
        ...


def check_external(addresses: Iterable[str], client: Asker) -> Iterator[Problem]:
    """A problem for each address that is gone or does not answer; in the order of the hosts."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        hosts[urlsplit(address).netloc].append(address)
    with pool(_HOSTS_AT_ONCE) as threads:
        for found in threads.map(lambda host: _check_host(host, client), hosts.values()):
            yield from found


def _check_host(addresses: list[str], client: Asker) -> list[Problem]:
    found: list[Problem] = []
    silent = 0
    for at, address in enumerate(addresses):
        try:
            problem = _check(address, client)
            silent = 0
        except NoAnswer as error:
            problem = _problem("warning", f"{address} doesn't answer: {error}")
            silent += 1
        found += [problem] if problem else []
        if silent == _MOST_SILENT and (left := len(addresses) - at - 1):
            host = urlsplit(address).netloc
            return [*found, _problem("warning", _LEFT.format(host, silent, left))]
    return found


_LEFT = "{} didn't answer {} times in a row: {:,} more of its addresses not tried"


def _check(address: str, client: Asker) -> Problem | None:
    """What is wrong with an address. Raises NoAnswer."""
    if is_of_a_private_network(urlsplit(address).hostname or ""):
        return _problem("warning", f"{address} leads to this machine or its network: not tried")
    status = client.status("HEAD", address)
    if status >= 400 and status != 429:  # some servers answer only the full request
        status = client.status("GET", address)
    if status in _GONE:
        return _problem("error", f"{address} is gone (status {status})")
    if status >= 500:
        return _problem("warning", f"{address} fails (status {status})")
    return None


def _problem(severity: Severity, message: str) -> Problem:
    hint = "open it in a browser; then mend the link in the record or leave it out"
    return Problem("web-link", severity, message, hint=hint)
