"""What can come in place of an answer, and what a person can do about it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from trialpages.problems import MachineFailure, Problem
from trialpages.text.commands import command


class Passing(Exception):  # noqa: N818  (it ends in an answer or in a failure)
    """What may be better the next time. `wait`: the seconds that the server asks for, if any."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class NobodyListens(Passing):
    """The machine was reached and takes no connection: a program that is being started again is
    back in seconds, and a wrong address never is."""


class NoAnswer(Exception):  # noqa: N818  (of a link that is only tried)
    """Why an address gave no answer at all."""


LONG = 7 * 24 * 3600.0
"""Seconds: who asks to wait so long or longer may say anything."""


def failure(code: str, message: str, hint: str) -> MachineFailure:
    return MachineFailure(Problem(code, "error", message, hint=hint))


def stopped(address: str, passing: Passing, tries: int) -> MachineFailure:
    """After the last try, or where a server wants more patience than we have."""
    host = urlsplit(address).netloc
    if passing.wait is not None and passing.wait > 0:
        long = "more than a week" if passing.wait >= LONG else f"{passing.wait:,.0f} seconds"
        message = f"{host} asks to be left alone for {long} ({passing})"
        return failure(
            "busy-host", message, "run the same again later: it goes on where it stopped"
        )
    times = f", {tries} times" if tries > 1 else ""
    hint = "run the same again later: it goes on where it stopped"
    return failure("no-answer", f"{host} gave no usable answer{times}: {passing}", hint)


def told(address: str, passing: Passing) -> str:
    """What came in place of an answer this time."""
    return f"{urlsplit(address).netloc} gave no usable answer: {passing}"


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
    f"save its JSON (Download) and give that to `{command('import', '--update')}`"
)


def title_of(text: str) -> str:
    """The title of a web page that came in place of data."""
    found = re.search(r"<title[^>]*>([^<]{1,120})", text, re.IGNORECASE)
    return " ".join(found[1].split()) if found else ""
