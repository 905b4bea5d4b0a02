"""Where an answer may lead: a registry is trusted, and nobody whom it names is.

A host of another name may be one within a hospital's network, and what it says would be taken for
the registry's word.
"""

from __future__ import annotations

import ipaddress
import socket

import httpx2

from trialpages.problems import quoted
from trialpages.registries.troubles import NoAnswer, failure

STAYS = {"stays": True}
"""The extension of a request that other hosts than its own mustn't answer."""
LINK = {"link": True}
"""That of one which a stranger's link asks for."""


def refuse_other_hosts(response: httpx2.Response) -> None:
    """Raise MachineFailure for an answer that leads a request that stays to another host."""
    if not (response.has_redirect_location and response.request.extensions.get("stays")):
        return
    asked = response.request.url
    try:
        target = asked.join(response.headers["location"])
    except httpx2.InvalidURL:
        return  # which the library says itself
    if not _stays(asked, target):
        led = quoted(f"{target.scheme}://{target.netloc.decode('ascii', 'replace')}")
        message = f"{asked.host} sends us on to {led}, which isn't asked: it isn't the same host"
        hint = "open the address in a browser and see what it wants"
        raise failure("redirects", message, hint)


def refuse_private_networks(response: httpx2.Response) -> None:
    """Raise NoAnswer for an answer to a link that is tried which leads to where no link may."""
    extensions = response.request.extensions
    if not (response.has_redirect_location and extensions.get("link")):
        return
    try:
        target = response.request.url.join(response.headers["location"])
    except httpx2.InvalidURL:
        return  # which the library says itself
    if is_of_a_private_network(target.host) and target.host != response.request.url.host:
        raise NoAnswer("it leads on to this machine or its network")


def leave_redirects_unread(response: httpx2.Response) -> None:
    """Let go of the body of an answer that only leads on: the library reads it without a limit."""
    if response.has_redirect_location and isinstance(response.stream, httpx2.SyncByteStream):
        response.stream.close()
        response.stream = httpx2.ByteStream(b"")


def _stays(asked: httpx2.URL, target: httpx2.URL) -> bool:
    """Whether the same server is asked again, as before or under https."""
    if target.scheme == asked.scheme:
        return target.netloc == asked.netloc
    made_safe = asked.scheme == "http" and target.scheme == "https"
    return made_safe and target.host == asked.host and target.port is None


def is_of_a_private_network(host: str) -> bool:
    """Whether an address names this machine or one of its network: no reader elsewhere gets there.

    A name may be of one too; that its letters don't tell.

    >>> [is_of_a_private_network(one) for one in ("127.1", "localhost", "8.8.8.8", "example.org")]
    [True, True, False, False]
    """
    name = host.lower().rstrip(".")
    if name.rpartition(".")[2] == "localhost":
        return True
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        pass
    try:  # numbers that only the system reads: `127.1`, `0x7f000001`
        return not ipaddress.ip_address(socket.inet_aton(name)).is_global
    except (OSError, UnicodeError):
        return False
