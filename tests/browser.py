"""A web server and a browser for tests that need real ones."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest
from faults.counts import FULL
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    expect,
    sync_playwright,
)
from sites import PATIENCE

_PATIENCE = 1000 * PATIENCE
expect.set_options(timeout=_PATIENCE)

OVER = ("http", "file") if FULL else ("http",)
"""How a page is opened where what it then does is the same code. Where it isn't, a test asks both:
test_search.py all that is answered, row 42 every page."""

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


def ask(tab: Visit, words: str) -> None:
    """Ask the search page, and wait until its answer is whole: whoever compares at once what it
    then says is red without a wait. A script that can't run never answers."""
    tab.page.goto(f"{tab.site}search.html?q={quote(words)}")
    assert not tab.complaints, tab.complaints
    tab.page.locator("#search[data-answered]").wait_for(state="attached")
    assert not tab.complaints, tab.complaints


def said(tab: Visit, selector: str) -> list[str]:
    """The text of each of these, as it is now."""
    return tab.page.locator(selector).all_inner_texts()


_IDLE: dict[Browser, list[Page]] = {}
"""Tabs that a visit has left: one more costs as much as to open a page twice."""


@contextmanager
def visit(browser: Browser, site: str, *, clean: bool = True) -> Iterator[Visit]:
    """A tab on a site, as if it were new. At the end, any complaint or stray request fails a
    `clean` visit. Whoever gives it what can't be taken back (a clock, a first script) closes it."""
    idle = _IDLE.setdefault(browser, [])
    page = idle.pop() if idle else browser.new_context().new_page()
    tab = Visit(page, site)
    page.set_default_timeout(_PATIENCE)
    heard: dict[Any, Callable[[Any], None]] = {
        "console": tab.note_console,
        "pageerror": lambda error: tab.complaints.append(str(error)),
        "request": lambda request: tab.note_request(request.url),
    }
    for event, note in heard.items():
        page.on(event, note)
    try:
        yield tab
        if clean:
            assert tab.complaints == [], tab.complaints
            assert tab.strays == [], tab.strays
    except BaseException:
        page.context.close()
        raise
    if page.is_closed():
        page.context.close()
        return
    for event, note in heard.items():
        page.remove_listener(event, note)
    try:
        _forget(page)
    except Error:  # it was on its way elsewhere, as a preview that reloads
        page.context.close()
        return
    idle.append(page)


def _forget(page: Page) -> None:
    """Bring a tab back to where a new one begins, with nothing kept of the sites it has seen."""
    for other in page.context.pages:
        if other != page:
            other.close()
    page.unroute_all(behavior="ignoreErrors")
    origin = page.evaluate("try { sessionStorage.clear(); } catch {} location.origin")
    page.goto("about:blank")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.clearBrowserCache")
    if origin != "null":
        devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    devtools.detach()
    page.context.clear_cookies()
    page.set_viewport_size({"width": 1280, "height": 720})
    unset: Any = "null"
    page.emulate_media(
        media=unset, color_scheme=unset, reduced_motion=unset, forced_colors=unset, contrast=unset
    )
