"""That a request ends: all that is read and written for it happens within one time.

The library bounds each wait by itself. A head that comes byte by byte, one early hint after the
other or a compressed body that says nothing would never meet such a bound.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore2
import httpx2


class Deadline:
    """Until when the request of this thread may take."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._of_thread = clock, threading.local()

    def holds_for(self, client: httpx2.Client) -> None:
        """Hold a client's connections to it, straight ones and those through a proxy."""
        for transport in (client._transport, *client._mounts.values()):
            if isinstance(transport, httpx2.HTTPTransport):
                pool = transport._pool
                pool._network_backend = _Network(pool._network_backend, self)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        self._of_thread.end, self._of_thread.seconds = self._clock() + seconds, seconds
        try:
            yield
        finally:
            self._of_thread.end = None

    def left(self, timeout: float | None) -> float | None:
        """How long one may wait now, at most `timeout`. Raises ReadTimeout where the time is up."""
        end = getattr(self._of_thread, "end", None)
        if end is None:
            return timeout
        left: float = end - self._clock()
        if left <= 0:
            seconds = self._of_thread.seconds
            raise httpcore2.ReadTimeout(f"the answer wasn't whole after {seconds:.0f} seconds")
        return left if timeout is None else min(timeout, left)


class _Network(httpcore2.NetworkBackend):
    def __init__(self, network: httpcore2.NetworkBackend, deadline: Deadline) -> None:
        self._network, self._deadline = network, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        timeout = self._deadline.left(timeout)
        stream = self._network.connect_tcp(host, port, timeout, local_address, socket_options)
        return _Stream(stream, self._deadline)


class _Stream(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        timeout = self._deadline.left(timeout)
        return _Stream(
            self._stream.start_tls(ssl_context, server_hostname, timeout), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
