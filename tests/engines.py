"""Firefox and WebKit for tests, as Debian has them, over what each speaks by itself.

WebKit by WebDriver (w3.org/TR/webdriver2) of webkit2gtk-driver under xvfb, Firefox by WebDriver
BiDi (w3.org/TR/webdriver-bidi), whose WebSocket (RFC 6455) is a few lines here.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sites import PATIENCE

_MINIBROWSERS = "/usr/lib/*/webkit2gtk-4*/MiniBrowser"
_STARTS_WITHIN = PATIENCE
_T = TypeVar("_T")


class Engine(NamedTuple):
    """One tab of an engine."""

    go: Callable[[str], object]
    """Opens an address."""
    value: Callable[[str], Any]
    """What an expression is worth in the page: a string, a number, null."""
    pdf: Callable[[], bytes] | None = None
    """The page on sheets of A4; WebKit's driver can't print."""


def missing(name: str) -> str:
    """Which program of an engine isn't here, or ''."""
    wanted = {"firefox": ("firefox-esr",), "webkit": ("WebKitWebDriver", "xvfb-run")}[name]
    return ", ".join(one for one in wanted if shutil.which(one) is None)


@contextmanager
def engine(name: str, folder: Path) -> Iterator[Engine]:
    """A tab of `firefox` or `webkit`; `folder` is for its profile."""
    with {"firefox": _firefox, "webkit": _webkit}[name](folder) as found:
        yield found


def until(attempt: Callable[[], _T]) -> _T:
    """What an attempt gives at last: a program takes a while to listen."""
    end = time.monotonic() + _STARTS_WITHIN
    while True:
        try:
            return attempt()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], **more: str) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdout=quiet, stderr=quiet, env={**os.environ, **more}, start_new_session=True
    )
    try:
        yield
    finally:
        os.killpg(process.pid, 15)
        process.wait(30)


# --- WebKit ---------------------------------------------------------------------------------------


@contextmanager
def _webkit(_: Path) -> Iterator[Engine]:
    port = _free_port()
    binary = str(sorted(Path("/").glob(_MINIBROWSERS[1:]))[-1])

    def post(path: str, content: object) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/{path}",
            json.dumps(content).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=_STARTS_WITHIN) as answer:
            return json.load(answer)["value"]

    options = {"binary": binary, "args": ["--automation"]}
    wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
    command = ["xvfb-run", "-a", "WebKitWebDriver", f"--port={port}"]
    with _running(command, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS="1"):  # root has no sandbox
        session = f"session/{until(lambda: post('session', wanted))['sessionId']}"
        yield Engine(
            lambda url: post(f"{session}/url", {"url": url}),
            lambda code: post(f"{session}/execute/sync", {"script": f"return {code}", "args": []}),
        )


# --- Firefox --------------------------------------------------------------------------------------


@contextmanager
def _firefox(folder: Path) -> Iterator[Engine]:
    port = _free_port()
    command = ["firefox-esr", "--headless", "--no-remote", "--profile", str(folder)]
    with (
        _running([*command, "--remote-debugging-port", str(port)]),
        until(lambda: socket.create_connection(("127.0.0.1", port), _STARTS_WITHIN)) as link,
        link.makefile("rb") as stream,
    ):
        key = base64.b64encode(os.urandom(16)).decode()
        link.sendall(
            f"GET /session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        while stream.readline().strip():
            pass

        def call(method: str, **parameters: object) -> Any:
            message = {"id": 1, "method": method, "params": parameters}
            link.sendall(_frame(json.dumps(message).encode()))
            while (answer := json.loads(_message(stream.read))).get("id") != 1:
                pass
            return answer["result"]

        call("session.new", capabilities={})
        tab = call("browsingContext.getTree")["contexts"][0]["context"]

        def value(code: str) -> Any:
            where = {"context": tab}
            found = call("script.evaluate", expression=code, target=where, awaitPromise=True)
            return found["result"].get("value")

        def pdf() -> bytes:
            sheet = {"width": 21.0, "height": 29.7}  # cm
            found = call("browsingContext.print", context=tab, page=sheet, shrinkToFit=False)
            return base64.b64decode(found["data"])

        yield Engine(
            lambda url: call("browsingContext.navigate", context=tab, url=url, wait="complete"),
            value,
            pdf,
        )


def _frame(text: bytes) -> bytes:
    """A text in a frame, as a client sends it: masked."""
    size = len(text)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    mask = b"mask"
    masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(text))
    return b"\x81" + length + mask + masked


def _message(read: Callable[[int], bytes]) -> bytes:
    """The next text that a server sends."""
    found = b""
    while True:
        first, second = read(2)
        size = second & 127
        if size >= 126:
            size = int.from_bytes(read(2 if size == 126 else 8), "big")
        found += read(size)
        if first & 0x80:
            return found
