"""Polite requests: who asks, how often, how long one waits.

At most one request a second goes to a host. An answer that may be better the next time (429, 5xx,
a connection that broke, a body cut short) is asked for again after a growing pause, or the one the
server names, and that has an end; where nobody listens, soon and not often. The system's own
certificates are trusted and the usual variables for proxies hold (`HTTPS_PROXY`, `NO_PROXY`,
`SSL_CERT_FILE`): hospitals need both.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import count
from typing import Self, TypeVar
from urllib.parse import urlsplit

import httpx2

from trialpages import __version__
from trialpages.registries.connection import passing_or_failure
from trialpages.registries.deadline import Deadline
from trialpages.registries.redirects import (
    LINK,
    STAYS,
    leave_redirects_unread,
    refuse_other_hosts,
    refuse_private_networks,
)
from trialpages.registries.troubles import (
    NoAnswer,
    NobodyListens,
    Passing,
    refuse_status,
    stopped,
    told,
    too_much,
)

USER_AGENT = (
    f"trialpages/{__version__} (keeps the records of a site about clinical trials current) "
    f"python-httpx2/{httpx2.__version__}"
)
"""What asks. The library's own name stays in it: some firewalls refuse a client without one."""

MAX_BYTES = 256_000_000
"""Of an answer: fifteen times a page of a thousand usual records."""

_MOST_REDIRECTS = 5

_trusted = cache(httpx2.create_ssl_context)
"""Certificates trusted, read once: a system's are some hundred."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what, in seconds."""

    pause: float = 1.0
    """Between the starts of two requests to one host."""
    connect: float = 20.0
    piece: float = 30.0
    """Until the next piece of an answer comes."""
    whole: float = 600.0
    """Until an answer is there whole."""
    tries: int = 5
    first_wait: float = 2.0
    """Before the second try; doubled before each further one."""
    longest_wait: float = 120.0
    """The longest that a server may ask for."""
    refused_tries: int = 3
    refused_wait: float = 1.0
    """The same where nobody listens."""


_MOST_TEXT = 20_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    kind: str
    """The content type, without its parameters."""
    body: bytes
    address: str
    """Where it came from in the end."""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Its beginning, to say what came."""
        return self.body[:_MOST_TEXT].decode("utf-8", "replace").strip()


Read = TypeVar("Read")
"""What a caller makes of an answer."""


class Client:
    """Asks hosts, one request after the other. Use it in a with-block."""

    def __init__(
        self,
        patience: Patience = Patience(),
        *,
        waiting: Callable[[str], None] = lambda _: None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`waiting` is told why a request is made again, and when, before the wait. `clock` only
        grows; `now` counts from 1970, for a `Retry-After` that is a date."""
        self.patience, self._sleep, self._clock, self._now = patience, sleep, clock, now
        self.requests = 0
        self._waiting = waiting
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()
        self._http = httpx2.Client(
            headers={"User-Agent": USER_AGENT},
            verify=_trusted(),
            timeout=httpx2.Timeout(patience.piece, connect=patience.connect),
            follow_redirects=True,
            max_redirects=_MOST_REDIRECTS,
            event_hooks={
                "response": [refuse_other_hosts, refuse_private_networks, leave_redirects_unread]
            },
            mounts={"all://127.0.0.1": None, "all://localhost": None},  # no proxy knows these
        )
        self._deadline = Deadline(clock)
        self._deadline.holds_for(self._http)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def say(self, message: str) -> None:
        """Tell whoever waits how far it is."""
        self._waiting(message)

    def get(
        self, address: str, parameters: Mapping[str, str], read: Callable[[Answer], Read]
    ) -> Read:
        """What `read` makes of the answer to a request that may be made several times.

        The answer's status is below 300, or one of those by which a server answers a question
        (400, 404, 410, 422). `read` may raise Passing, and the request is made again. Raises
        MachineFailure where there is no such answer in the end.
        """
        return self._until_answered(address, lambda: read(self._answer(address, parameters)))

    def post(
        self, address: str, body: Mapping[str, object], read: Callable[[Answer], Read]
    ) -> Read:
        """The same for a question that is sent as JSON, and changes nothing there."""
        return self._until_answered(address, lambda: read(self._answer(address, {}, body)))

    def _until_answered(self, address: str, ask: Callable[[], Read]) -> Read:
        for tries in count(1):
            try:
                return ask()
            except Passing as passing:
                most, wait = self._bounds(passing, tries)
                if tries >= most or wait > self.patience.longest_wait:
                    raise stopped(address, passing, tries) from None
                self._waiting(f"{told(address, passing)}; asking again in {wait:.0f} s")
                self._sleep(wait)
        raise AssertionError("the last try returned or raised")

    def _bounds(self, passing: Passing, tries: int) -> tuple[int, float]:
        """How often to try at most, and how long to wait after so many tries."""
        patience = self.patience
        if isinstance(passing, NobodyListens):
            return min(patience.refused_tries, patience.tries), patience.refused_wait
        growing = patience.first_wait * 2 ** (tries - 1)
        return patience.tries, max(growing, passing.wait or 0.0)

    def _answer(
        self,
        address: str,
        parameters: Mapping[str, str],
        body: Mapping[str, object] | None = None,
    ) -> Answer:
        try:
            method = "GET" if body is None else "POST"
            answer = self.ask(method, address, parameters, body)
        except httpx2.RequestError as error:
            raise passing_or_failure(error, address) from None
        refuse_status(answer.status, answer.text[:500], address, self._retry_after(answer))
        return answer

    def ask(
        self,
        method: str,
        address: str,
        parameters: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> Answer:
        """One request and its answer, whatever its status. Raises httpx2.RequestError, and
        MachineFailure where the host sends us to another one, which isn't asked."""
        self._wait_for(urlsplit(address).netloc)
        time = self.patience.whole
        with self._sent(method, address, parameters, STAYS, time, body) as response:
            content = b"".join(self._pieces(response))
            headers = {name.lower(): value for name, value in response.headers.items()}
            kind = headers.get("content-type", "").partition(";")[0].strip().lower()
            return Answer(response.status_code, kind, content, str(response.url), headers)

    def status(self, method: str, address: str) -> int:
        """The status of the answer to one request; its body isn't read. Raises NoAnswer.

        A page may have moved to another host, as links of people do: those are followed.
        """
        try:
            self._wait_for(urlsplit(address).netloc)
            with self._sent(method, address, None, LINK, self.patience.piece) as response:
                return response.status_code
        except httpx2.RequestError as error:
            raise NoAnswer(str(passing_or_failure(error, address))) from None
        except (httpx2.InvalidURL, ValueError) as error:
            raise NoAnswer(f"it is no address of the web: {error}") from None

    @contextmanager
    def _sent(
        self,
        method: str,
        address: str,
        parameters: Mapping[str, str] | None,
        extensions: dict[str, bool],
        time: float,
        body: Mapping[str, object] | None = None,
    ) -> Iterator[httpx2.Response]:
        """The answer to a request that takes no longer than so many seconds, its body and where it
        leads on included."""
        self.requests += 1
        sending = self._http.stream(
            method, address, params=parameters, json=body, extensions=extensions
        )
        with self._deadline.within(time), sending as response:
            yield response

    def _pieces(self, response: httpx2.Response) -> Iterator[bytes]:
        """The body piece by piece, within the size that an answer may have."""
        size = 0
        for piece in response.iter_bytes():
            size += len(piece)
            if size > MAX_BYTES:
                raise too_much(str(response.url), MAX_BYTES)
            yield piece

    def _wait_for(self, host: str) -> None:
        """Until this host may be asked again."""
        with self._lock:
            free_at = max(self._free_at.get(host, 0.0), self._clock())
            self._free_at[host] = free_at + self.patience.pause
        if (left := free_at - self._clock()) > 0:
            self._sleep(left)

    def _retry_after(self, answer: Answer) -> float | None:
        """The seconds that a server asks to wait: a number, or a date."""
        text = answer.headers.get("retry-after", "").strip()
        if text.isdecimal():
            return float(text)
        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - self._now())
        except (ValueError, OverflowError):
            return None
