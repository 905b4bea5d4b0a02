"""A web server and a browser for tests that need real ones."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from sites import PATIENCE

_PATIENCE = 1000 * PATIENCE
expect.set_options(timeout=_PATIENCE)

EXECUTABLES = ("chromium-headless-shell", "chromium")
"""Names of Chromium on Debian and Ubuntu. The first one is the same browser without windows, and
opens a page with a third of the work."""

_QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


class _Handler(SimpleHTTPRequestHandler):
    """Serves the folder below a prefix, as GitHub Pages does for a project."""

    prefix = "/"

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "outside the prefix")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Say nothing: a test's output is for its failures."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A tab that closes while it loads breaks its connections: no fault of the site's."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve(folder: Path, prefix: str = "/repo/") -> Iterator[str]:
    """The address under which the folder is served, while the context lasts."""
    handler = type("Handler", (_Handler,), {"prefix": prefix})
    with _Server(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine, headless. Without one the test fails: it proved nothing."""
    executable = next(filter(None, map(shutil.which, EXECUTABLES)), None)
    if executable is None and sys.platform == "linux":
        pytest.fail(f"This test drives Chromium: apt-get install {EXECUTABLES[0]}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            channel=None if executable else "chrome",  # as macOS and Windows have it
            args=_QUIET.split(),
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visit:
    """One tab, and everything that went wrong in it or left the site."""

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)
    """Console errors and warnings (CSP violations are among them) and uncaught exceptions."""
    strays: list[str] = field(default_factory=list)
    """Requests to addresses outside the site."""

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def note_request(self, address: str) -> None:
        if not address.startswith((self.site, "data:", "blob:")):
            self.strays.append(address)


def settle(page: Page) -> None:
    """Wait until a page has loaded and what its scripts put off is begun. (That its network is idle
    is at times never told of a page from the disk.)"""
    page.wait_for_load_state("load")
    page.evaluate("new Promise((done) => setTimeout(() => setTimeout(done)))")


@contextmanager
def visit(browser: Browser, site: str, *, clean: bool = True) -> Iterator[Visit]:
    """A fresh tab on a site. At the end, any complaint or stray request fails a `clean` visit."""
    context: BrowserContext = browser.new_context()
    try:
        tab = Visit(context.new_page(), site)
        tab.page.set_default_timeout(_PATIENCE)
        tab.page.on("console", tab.note_console)
        tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.page.on("request", lambda request: tab.note_request(request.url))
        yield tab
        if clean:
            assert tab.complaints == []
            assert tab.strays == []
    finally:
        context.close()
