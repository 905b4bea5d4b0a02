"""What a request comes to that got no answer, in words for whoever sits at the machine."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

from trialpages.problems import MachineFailure, quoted
from trialpages.registries.troubles import NobodyListens, Passing, failure


def passing_or_failure(error: httpx2.RequestError, address: str) -> Passing | MachineFailure:
    """What a request that got no answer comes to."""
    host = urlsplit(address).netloc
    if isinstance(error, httpx2.TooManyRedirects):
        message = f"{host} sends us in a circle: its redirects don't end"
        return failure("redirects", message, "open the address in a browser and see what it wants")
    if target := _led_astray(error, address):
        message = f"{host} sends us on to {target}, which can't be followed"
        return failure("redirects", message, "open the address in a browser and see what it wants")
    if isinstance(error, httpx2.UnsupportedProtocol):
        return failure(
            "bad-address", f"{address} is no address of the web", "it begins with https://"
        )
    if _is_about_trust(error):
        message = f"{host} shows a certificate that this machine doesn't trust: {_said(error)}"
        return failure("certificate", message, _TRUST)
    if isinstance(error, httpx2.ProxyError):
        return failure("proxy", f"the network's proxy gives no answer: {_said(error)}", _PROXY)
    if isinstance(error, httpx2.ConnectError) and (proxy := _proxy_for(address)):
        message = f"the network's proxy {proxy} can't be reached: {_said(error)}"
        return failure("proxy", message, _PROXY)
    if any(isinstance(one, ConnectionRefusedError) for one in _causes(error)):
        return NobodyListens("nobody listens there (the connection was refused)")
    return Passing(_said(error))


def _led_astray(error: httpx2.RequestError, address: str) -> str:
    """Where a redirect leads that nobody can follow; '' for any other error."""
    if isinstance(error, httpx2.UnsupportedProtocol):
        target = str(error.request.url)
        return "" if urlsplit(target).scheme == urlsplit(address).scheme else quoted(target)
    said = str(error)
    return f"an address that is none ({said})" if said.startswith(_BAD_LOCATION) else ""


_BAD_LOCATION = "Invalid URL in location header"
"""How the library begins what it says of a redirect to an address that is none."""

_PROXY = "see whether HTTPS_PROXY names the right one; NO_PROXY names hosts to ask directly"


def _proxy_for(address: str) -> str:
    """Host and port of the proxy through which an address is asked; '' where there is none."""
    parts, proxies = urlsplit(address), getproxies()
    host = parts.hostname or ""
    if host in ("127.0.0.1", "localhost") or proxy_bypass(host):
        return ""
    proxy = proxies.get(parts.scheme) or proxies.get("all") or ""
    return urlsplit(proxy if "://" in proxy else f"//{proxy}").netloc.rpartition("@")[2]


_TRUST = (
    "if your network looks into connections, its own certificate must be among the system's, or "
    "SSL_CERT_FILE must name a file that has it"
)


def _is_about_trust(error: Exception) -> bool:
    return any(isinstance(one, ssl.SSLCertVerificationError) for one in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _said(error: Exception) -> str:
    """The library's words, and ours where it has none."""
    if any(isinstance(one, socket.gaierror) for one in _causes(error)):
        return "no server of that name is found (is there a connection?)"
    words = " ".join(str(error).split())
    kinds = {
        httpx2.ConnectTimeout: "no connection was made in time",
        httpx2.ReadTimeout: "the answer stopped coming",
        httpx2.RemoteProtocolError: "the connection broke off",
        httpx2.ReadError: "the connection broke off",
        httpx2.DecodingError: "the answer's compression is damaged",
    }
    ours = next((text for kind, text in kinds.items() if isinstance(error, kind)), "")
    if not words or words == "timed out":
        return ours or type(error).__name__
    return f"{ours} ({words})" if ours and ours not in words else words
