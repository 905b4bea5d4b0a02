"""What can come in place of an answer, and what a person can do about it."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx2

from trialpages.problems import MachineFailure, Problem


class Passing(Exception):  # noqa: N818  (it ends in an answer or in a failure)
    """What may be better the next time. `wait`: the seconds that the server asks for, if any."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class NoAnswer(Exception):  # noqa: N818  (of a link that is only tried)
    """Why an address gave no answer at all."""


def failure(code: str, message: str, hint: str) -> MachineFailure:
    return MachineFailure(Problem(code, "error", message, hint=hint))


def stopped(address: str, passing: Passing, tries: int) -> MachineFailure:
    """After the last try, or where a server wants more patience than we have."""
    host = urlsplit(address).netloc
    if passing.wait is not None and passing.wait > 0:
        message = f"{host} asks to be left alone for {passing.wait:,.0f} seconds ({passing})"
        return failure(
            "busy-host", message, "run the same again later: it goes on where it stopped"
        )
    times = f", {tries} times" if tries > 1 else ""
    hint = "run the same again later: it goes on where it stopped"
    return failure("no-answer", f"{host} gave no usable answer{times}: {passing}", hint)


def too_much(address: str, most: int) -> MachineFailure:
    message = f"{address} sends more than {most:,} bytes: no answer of a registry is that long"
    return failure("too-large", message, "see in a browser what stands at that address")


def refuse_status(status: int, text: str, address: str, wait: float | None) -> None:
    """Raise Passing or MachineFailure for a status that answers no question."""
    if status < 300 or status in _ANSWERS:
        return
    if status == 429 or status >= 500:
        raise Passing(f"status {status}", wait)
    host = urlsplit(address).netloc
    if status == 403:
        raise failure("forbidden", f"{host} refuses to answer this program (status 403)", _AROUND)
    if status == 407:
        hint = "put name and password into HTTPS_PROXY: http://name:password@proxy:port"
        raise failure("proxy", "the network's proxy wants to know who you are (status 407)", hint)
    said = f": {title_of(text) or text[:80]}" if text else ""
    raise failure("no-answer", f"{host} answers with status {status}{said}", "try again later")


_ANSWERS = (400, 404, 410, 422)

_AROUND = (
    "some networks and clouds are shut out: try another one; or open the record in a browser, "
    "save its JSON (Download) and give that to `build.py import --update`"
)


def passing_or_failure(error: httpx2.RequestError, address: str) -> Passing | MachineFailure:
    """What a request that got no answer comes to."""
    host = urlsplit(address).netloc
    if isinstance(error, httpx2.TooManyRedirects):
        message = f"{host} sends us in a circle: its redirects don't end"
        return failure("redirects", message, "open the address in a browser and see what it wants")
    if isinstance(error, httpx2.UnsupportedProtocol):
        return failure(
            "bad-address", f"{address} is no address of the web", "it begins with https://"
        )
    if _is_about_trust(error):
        message = f"{host} shows a certificate that this machine doesn't trust: {_said(error)}"
        return failure("certificate", message, _TRUST)
    if isinstance(error, httpx2.ProxyError):
        hint = "see whether HTTPS_PROXY names the right one; NO_PROXY names hosts to ask directly"
        return failure("proxy", f"the network's proxy gives no answer: {_said(error)}", hint)
    return Passing(_said(error))


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


def title_of(text: str) -> str:
    """The title of a web page that came in place of data."""
    found = re.search(r"<title[^>]*>([^<]{1,120})", text, re.IGNORECASE)
    return " ".join(found[1].split()) if found else ""
