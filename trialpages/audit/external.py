"""Web links that the site has, tried politely: only when asked for, one at a time a host.

A request says who asks and asks for the head first; the client waits between two to one host. What
a host forbids to robots or answers with "too many" is not called broken. What whoever wrote the
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
    return [problem for address in addresses if (problem := _check(address, client))]


def _check(address: str, client: Asker) -> Problem | None:
    if is_of_a_private_network(urlsplit(address).hostname or ""):
        return _problem("warning", f"{address} leads to this machine or its network: not tried")
    try:
        status = client.status("HEAD", address)
        if status >= 400 and status != 429:  # some servers answer only the full request
            status = client.status("GET", address)
    except NoAnswer as error:
        return _problem("warning", f"{address} doesn't answer: {error}")
    if status in _GONE:
        return _problem("error", f"{address} is gone (status {status})")
    if status >= 500:
        return _problem("warning", f"{address} fails (status {status})")
    return None


def _problem(severity: Severity, message: str) -> Problem:
    hint = "open it in a browser; then mend the link in the record or leave it out"
    return Problem("web-link", severity, message, hint=hint)
