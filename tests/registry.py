"""A registry on this machine that behaves like ClinicalTrials.gov's API v2, faults included.

By hand: `python tests/registry.py FOLDER|FILE.ndjson.gz [--port 8123] [--date 2026-03-01]`, and in
another terminal `TRIALPAGES_CTGOV=http://127.0.0.1:8123/api/v2 python3 build.py fetch NCT…`.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import re
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from registry_data import Day, Record, Refused, projected, read_days

BASE = "/api/v2"


class Fault(Enum):
    """What can come in place of the answer."""

    RATE = "429 with Retry-After"
    RATE_DATE = "429 with Retry-After as a date"
    FORBIDDEN = "403 with a page"
    BUSY = "503 with Retry-After"
    BROKEN = "500"
    GATEWAY = "502 with a page"
    CUT = "a body that ends too early"
    CUT_CHUNKS = "chunks that end too early"
    CUT_GZIP = "a compressed body that ends too early"
    SLOW = "a body that comes byte by byte"
    SLOW_HEAD = "a head that comes line by line"
    HINTS = "early hints without end"
    SAYS_NOTHING = "a compressed body without end that says nothing"
    SILENT = "no answer at all"
    STALLED = "a body that stops before its promised end, while the connection stays"
    STALLED_CHUNKS = "a chunk of which nothing comes, while the connection stays"
    RESET = "a connection closed without an answer"
    LOOP = "a redirect that leads to itself"
    TO_FILE = "a redirect to a file"
    TO_NOTHING = "a redirect to an address with a control sign"
    AWAY = "a redirect to a page for people"
    ELSEWHERE = "a redirect to another host"
    NOT_JSON = "JSON that ends in the middle"
    OTHER_SHAPE = "JSON of another shape"
    PORTAL = "the page of a network one has to sign in to"
    OLD_TOKEN = "the data changes before the answer"
    HUGE = "a body without end"


@dataclass(frozen=True, slots=True)
class Asked:
    path: str
    parameters: dict[str, str]
    agent: str


@dataclass
class Registry:
    """The registry's state, which a test changes while it serves."""

    days: Sequence[Day]
    today: int = 0
    faults: deque[Fault | None] = field(default_factory=deque)
    """What becomes of the next requests, one each; nothing where there is none."""
    retry_after: int = 0
    refuses_old_tokens: bool = True
    """Else a token of other data goes on at the same place in the new data."""
    asked: list[Asked] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def day(self) -> Day:
        return self.days[self.today]

    def page(self, parameters: dict[str, str]) -> Record:
        """`GET /studies`. Raises Refused."""
        rest = dict(parameters)
        size = min(int(rest.pop("pageSize", "10")), 1000)
        token, fields = rest.pop("pageToken", ""), rest.pop("fields", "")
        counted = rest.pop("countTotal", "false") == "true"
        for name in ("format", "markupFormat", "sort"):
            rest.pop(name, None)
        start = self._start(token) if token else 0
        found = self.day.search(rest)
        studies = found[start : start + size]
        if fields:
            studies = [projected(study, fields) for study in studies]
        answer: Record = {"totalCount": len(found)} if counted and not token else {}
        answer["studies"] = studies
        if start + size < len(found):
            answer["nextPageToken"] = self._token(start + size)
        return answer

    def _token(self, start: int) -> str:
        return base64.urlsafe_b64encode(f"{self.day.timestamp}|{start}".encode()).decode()

    def _start(self, token: str) -> int:
        try:
            timestamp, start = base64.urlsafe_b64decode(token).decode().split("|")
        except ValueError:
            raise Refused("Parameter `pageToken` has incorrect format") from None
        if timestamp != self.day.timestamp and self.refuses_old_tokens:
            raise Refused("Parameter `pageToken` belongs to another version of the data")
        return int(start)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    registry: Registry

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        parameters = dict(parse_qsl(address.query, keep_blank_values=True))
        asked = Asked(address.path, parameters, self.headers.get("User-Agent", ""))
        self.registry.asked.append(asked)
        fault = self.registry.faults.popleft() if self.registry.faults else None
        if fault is Fault.OLD_TOKEN:
            self.registry.today = min(self.registry.today + 1, len(self.registry.days) - 1)
        elif fault is not None:
            self._fail(fault)
            return
        self._answer(asked)

    do_HEAD = do_GET  # noqa: N815

    def _answer(self, asked: Asked) -> None:
        if asked.path == f"{BASE}/version":
            self._send_json({"apiVersion": "2.0.5", "dataTimestamp": self.registry.day.timestamp})
        elif asked.path == f"{BASE}/studies":
            try:
                self._send_json(self.registry.page(asked.parameters))
            except Refused as error:
                self._send(400, str(error).encode(), "text/plain; charset=UTF-8")
        elif asked.path.startswith(f"{BASE}/studies/"):
            self._send_study(asked.path.rpartition("/")[2], asked.parameters)
        else:
            self._send(404, b"<html><title>Not found</title></html>", "text/html")

    def _send_study(self, wanted: str, parameters: dict[str, str]) -> None:
        day, wanted = self.registry.day, wanted.upper()
        record = day.find(wanted)
        if not re.fullmatch(r"NCT0*[1-9]\d{0,7}", wanted):
            self._send(400, b"Parameter `nctId` has incorrect format", "text/plain")
        elif record is None:
            self._send(404, f"NCT number {wanted} not found".encode(), "text/plain")
        elif day.is_alias(wanted):
            current = record["protocolSection"]["identificationModule"]["nctId"]
            self._send(301, b"", "text/plain", Location=f"{BASE}/studies/{current}")
        else:
            fields = parameters.get("fields", "")
            self._send_json(projected(record, fields) if fields else record)

    def _send_json(self, value: Any) -> None:
        self._send(200, json.dumps(value).encode(), "application/json", ETag='"1"')

    def _send(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 500:
            body = gzip.compress(body, 1)
            headers["Content-Encoding"] = "gzip"
        self._head(status, kind, **{"Content-Length": str(len(body)), **headers})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self, status: int, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing: a test asks `registry.asked`."""

    # --- faults ---------------------------------------------------------------------------------

    def _fail(self, fault: Fault) -> None:
        page = b"<!doctype html><html><head><title>Guest Wi-Fi</title></head><body>Sign in"
        soon = str(self.registry.retry_after)
        with_status = {
            Fault.RATE: (429, {"Retry_After": soon}),
            Fault.RATE_DATE: (429, {"Retry_After": "Wed, 21 Oct 2015 07:28:00 GMT"}),
            Fault.FORBIDDEN: (403, {}),
            Fault.BUSY: (503, {"Retry_After": soon}),
            Fault.BROKEN: (500, {}),
            Fault.GATEWAY: (502, {}),
            Fault.PORTAL: (200, {}),
            Fault.LOOP: (302, {"Location": self.path}),
            Fault.TO_FILE: (302, {"Location": "file:///etc/passwd"}),
            Fault.TO_NOTHING: (302, {"Location": "http://x.example/a\x01b"}),
            Fault.AWAY: (302, {"Location": "/sign-in"}),
            Fault.ELSEWHERE: (302, {"Location": "http://other.example/api/v2/version"}),
        }
        if fault in with_status:
            status, headers = with_status[fault]
            if status == 302:  # nobody is to read the body of what only leads on: it never comes
                self.close_connection = True
                self._head(status, "text/html", Content_Length="1000", **headers)
            else:
                self._send(status, page, "text/html", **headers)
        elif fault is Fault.NOT_JSON:
            self._send(200, b'{"studies": [{"protocolSection"', "application/json")
        elif fault is Fault.OTHER_SHAPE:
            self._send(200, b'{"trials": [], "version": 3}', "application/json")
        else:
            self.close_connection = True
            self._break(fault)

    def _break(self, fault: Fault) -> None:
        """The faults of the connection itself."""
        body = b'{"studies": [' + b'{"protocolSection": {}},' * 50
        if fault is Fault.CUT:
            self._head(200, "application/json", Content_Length=str(len(body) + 1000))
            self.wfile.write(body)
        elif fault is Fault.CUT_CHUNKS:
            self._head(200, "application/json", Transfer_Encoding="chunked")
            self.wfile.write(b"%x\r\n%s\r\n" % (len(body), body))
        elif fault is Fault.CUT_GZIP:
            whole = gzip.compress(json.dumps(self.registry.day.timestamp).encode() * 50)[:-20]
            length = str(len(whole))
            self._head(
                200,
                "application/json",
                Content_Length=length,
                Content_Encoding="gzip",
                Connection="close",
            )
            self.wfile.write(whole)
        elif fault is Fault.SLOW:
            self._head(200, "application/json", Content_Length="100000")
            self._drip(b" ", 0.02)
        elif fault is Fault.SLOW_HEAD:
            self._drip(b"X-More: and more\r\n", 0.02, first=b"HTTP/1.1 200 OK\r\n")
        elif fault is Fault.HINTS:
            self._drip(b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.02)
        elif fault is Fault.SAYS_NOTHING:
            self._head(200, "application/json", Content_Encoding="gzip", Connection="close")
            self._drip(b"a", 0.02, first=b"\x1f\x8b\x08\x08" + bytes(6))  # the name of a file
        elif fault is Fault.HUGE:
            self._head(200, "application/json", Content_Length=str(1 << 40))
            self._drip(b" " * (1 << 20), 0)
        elif fault in (Fault.SILENT, Fault.STALLED, Fault.STALLED_CHUNKS):
            self._stall(fault)
        # RESET: nothing is sent, and the connection closes

    def _stall(self, fault: Fault) -> None:
        if fault is Fault.STALLED:
            self._head(200, "application/json", Content_Length="99999")
            self.wfile.write(b"{}")
        elif fault is Fault.STALLED_CHUNKS:
            self._head(200, "application/json", Transfer_Encoding="chunked")
            self.wfile.write(b"ffffffff\r\n{}")
        self.wfile.flush()
        self.registry.stopping.wait(30)

    def _drip(self, piece: bytes, pause: float, first: bytes = b"") -> None:
        try:
            self.wfile.write(first)
            while not self.registry.stopping.is_set():
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(pause)
        except OSError:
            return  # the client has had enough


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that goes away is none of the test's business."""


@contextmanager
def serving(registry: Registry, port: int = 0) -> Iterator[str]:
    """Serve on loopback while the with-block runs; the address as TRIALPAGES_CTGOV has it."""
    handler = type("Handler", (_Handler,), {"registry": registry})
    with _Server(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}{BASE}"
        finally:
            registry.stopping.set()
            server.shutdown()
            thread.join()


def _index(days: Sequence[Day], date: str | None) -> int:
    """The last day up to a date; the very last without one."""
    known = [number for number, day in enumerate(days) if not date or day.timestamp[:10] <= date]
    return known[-1] if known else 0


def main() -> None:
    """Serve a folder or file of records until Ctrl-C."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("source", type=Path, help="a folder of JSON, or NDJSON, gzipped or not")
    parser.add_argument("--port", type=int, default=8123)
    parser.add_argument("--date", help="of dated versions: those there were on that day")
    names = ", ".join(fault.name for fault in Fault)
    parser.add_argument("--fault", action="append", default=[], help=f"first answers: {names}")
    given = parser.parse_args()
    days = read_days(given.source)
    faults = deque(Fault[name] for name in given.fault)
    registry = Registry(days, _index(days, given.date), deque(faults))
    with serving(registry, given.port) as address:
        print(f"{len(registry.day.records)} trials as of {registry.day.timestamp}")
        print(f"export TRIALPAGES_CTGOV={address}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
