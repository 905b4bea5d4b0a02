"""The preview server: the built site on this machine alone, and a channel that says what changed.

It answers only requests that name this machine as their host (so that no other site can reach it by
pointing a name of its own here), none of which a browser says that another site's page asks, and
only with what the site holds or will hold after the build that is under way, and files of its own.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
import re
import socket
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from trialpages.problems import MachineFailure, Problem

OWN = "/-trialpages/"
"""Below this path stand the server's own answers; no file of a site begins so."""

_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
_BEAT = 15.0
"""Seconds after which a quiet channel says that it lives, so that closed tabs are noticed."""


@dataclass(frozen=True, slots=True)
class State:
    """What the open pages have to know: the site's version, what is wrong, the style sheets."""

    version: int = 0
    problems: tuple[str, ...] = ()
    styles_only: bool = False
    """Whether only style sheets changed since the version before."""
    styles: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    """The pages that changed since the version before; none stands for any."""

    def event(self) -> str:
        """As a server-sent event."""
        fields = {
            "version": self.version,
            "problems": self.problems,
            "stylesOnly": self.styles_only,
            "styles": self.styles,
            "paths": self.paths,
        }
        return f"data: {json.dumps(fields)}\n\n"


class Preview:
    """Serves one site until it is closed, from a thread of its own."""

    def __init__(self, site: Path, port: int) -> None:
        """Take the port. Raises MachineFailure where another program has it."""
        self._site = site
        self._state = State()
        self._ahead: Mapping[str, tuple[int, bytes]] = {}
        self._lock = threading.Lock()
        self._listeners: set[asyncio.Queue[State]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._socket = _listen(port)
        self.port: int = self._socket.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/"
        routes = [
            Route(f"{OWN}events", self._events),
            Route(f"{OWN}{{name}}", _own_file),
            Route("/{path:path}", self._page),
        ]
        app = Starlette(routes=routes)
        config = uvicorn.Config(
            _Guard(app, self.port),
            log_level="critical",
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="preview", daemon=True)

    def __enter__(self) -> Preview:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(timeout=5)
        self._socket.close()

    def show(self, change: Callable[[State], State]) -> None:
        """Change the state, and tell every open page, and those that open later."""
        with self._lock:
            self._state = change(self._state)
            if self._loop is not None and self._loop.is_running():
                self._loop.call_soon_threadsafe(self._tell, self._state)

    def show_ahead(self, pages: Mapping[str, bytes]) -> None:
        """Serve these pages, by path, in place of the site's until a build has caught up."""
        with self._lock:
            version = self._state.version + 1
            self._ahead = {**self._ahead, **{path: (version, pages[path]) for path in pages}}
        paths = tuple(pages)
        self.show(lambda state: State(state.version + 1, state.problems, paths=paths))

    def caught_up(self, version: int) -> Set[str]:
        """Serve the site's own pages again, but for what is newer than a version.

        Returns the paths of those that are served as they were.
        """
        with self._lock:
            known = self._ahead
            self._ahead = {path: one for path, one in known.items() if one[0] > version}
        return {path for path, (_, page) in known.items() if _read(self._site / path) == page}

    @property
    def state(self) -> State:
        return self._state

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve(sockets=[self._socket])

    def _tell(self, state: State) -> None:
        for listener in self._listeners:
            listener.put_nowait(state)

    async def _events(self, _request: Request) -> Response:
        headers = {**_HEADERS, "content-type": "text/event-stream"}
        return StreamingResponse(self._stream(), headers=headers)

    async def _stream(self) -> AsyncIterator[str]:
        listener: asyncio.Queue[State] = asyncio.Queue()
        self._listeners.add(listener)
        try:
            yield "retry: 300\n\n" + self._state.event()
            while not self._server.should_exit:
                try:
                    state = await asyncio.wait_for(listener.get(), _BEAT)
                except TimeoutError:
                    yield ": still here\n\n"
                else:
                    yield state.event()
        finally:
            self._listeners.discard(listener)

    def _page(self, request: Request) -> Response:
        found = site_file(self._site, request.scope["path"])
        status = 200 if found else 404
        found = found or site_file(self._site, "/404.html")
        if found is None:
            return self._html(_NOTHING_YET, 404)
        path = found.relative_to(self._site).as_posix()
        content = self._ahead[path][1] if path in self._ahead else _read(found)
        if content is None:
            return PlainTextResponse("gone", 404, _HEADERS)
        form = found.parent == self._site / "admin"  # a reload would lose what is being written
        if found.suffix == ".html" and not form:
            return self._html(content, status)
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        return Response(content, status, _HEADERS, kind)

    def _html(self, content: bytes, status: int) -> Response:
        page = with_reload(content, self._state.version)
        return Response(page, status, _HEADERS, "text/html; charset=utf-8")


class _Guard:
    """Refuses what doesn't come from this machine's own browser, at this server's own address."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        if port == 80:
            self._hosts |= {"127.0.0.1", "localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] == "http" else "only http is served"
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse(refusal, 403, _HEADERS)(scope, receive, send)

    def _refusal(self, scope: Scope) -> str | None:
        sent: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            sent.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
        hosts, origins = sent.get("host", []), sent.get("origin", [])
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return "this server answers to 127.0.0.1 and localhost only"
        own = {f"http://{host}" for host in self._hosts}
        if any(origin.lower() not in own for origin in origins):
            return "only pages of this server may ask"
        if scope["method"] not in ("GET", "HEAD"):
            return "there is nothing to send here"
        if _is_elsewheres(sent):
            return "only pages of this server may ask"
        return None


def _is_elsewheres(sent: Mapping[str, list[str]]) -> bool:
    """Whether the browser says that another site's page asks, and not by a link that is followed.

    Another port of this machine is the same site and another origin. A program that isn't a browser
    says nothing of this, and may ask.
    """
    foreign = not {"same-origin", "none"}.issuperset(sent.get("sec-fetch-site", ()))
    mode, target = sent.get("sec-fetch-mode"), sent.get("sec-fetch-dest")
    return foreign and (mode, target) != (["navigate"], ["document"])


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        message = f"can't serve at 127.0.0.1:{port}: {error.strerror or error}"
        hint = "stop the other program there, or choose another port: --port 8001"
        raise MachineFailure(Problem("port", "error", message, hint=hint)) from None


# --- files --------------------------------------------------------------------------------------


def site_file(site: Path, path: str) -> Path | None:
    """The file of the site that a decoded address path names, as GitHub Pages would find it.

    None for what isn't there, and for anything outside: dots, backslashes, drives, links.
    """
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") or re.search(r"[\\:\x00-\x1f]", part) for part in parts):
        return None
    named = site.joinpath(*parts)
    choices = [named / "index.html"] if path.endswith("/") else [named, Path(f"{named}.html")]
    root = site.resolve()
    for choice in choices:
        try:
            real = choice.resolve()
            if choice.is_file() and real == root.joinpath(choice.relative_to(site)):
                return choice
        except OSError:
            continue
    return None


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:  # the site was replaced in this very moment
        return None


_OWN_FILES = {"preview.js": "text/javascript", "preview.css": "text/css"}


def _own_file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _OWN_FILES:
        return PlainTextResponse("not found", 404, _HEADERS)
    content = (Path(__file__).parent / name).read_bytes()
    return Response(content, 200, _HEADERS, f"{_OWN_FILES[name]}; charset=utf-8")


# --- pages --------------------------------------------------------------------------------------

_NOTHING_YET = (
    b"<!doctype html><html lang=en><head><title>Preview</title></head><body></body></html>"
)


def with_reload(page: bytes, version: int) -> bytes:
    """A page as the preview shows it: with the script that follows changes, and may ask for them.

    Only what is served has it; the file in the site is never touched.
    """
    script = f'<script src="{OWN}preview.js" data-version="{version}" defer></script>'.encode()
    head, mark, rest = page.partition(b"</head>")
    if b"connect-src" not in head:
        head = head.replace(b"default-src 'none'", b"default-src 'none'; connect-src 'self'", 1)
    return head + script + mark + rest
