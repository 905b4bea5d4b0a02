"""Registries on this machine that behave as ISRCTN and EU CTIS do, oddities included."""

from __future__ import annotations

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Answer = tuple[int, str, bytes]
"""Status, content type, body."""


@dataclass
class Served(ABC):
    """What is asked, and what is answered in place of the next answers."""

    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    instead: list[Answer] = field(default_factory=list)

    @abstractmethod
    def answer(self, path: str, asked: dict[str, Any]) -> Answer:
        """What the registry answers to a question of one of its addresses."""


def isrctn_record(number: int, day: str = "2026-03-01", title: str = "Rest") -> str:
    return (
        f'<fullTrial><trial lastUpdated="{day}T10:00:00.000000Z" version="1">'
        f"<isrctn>{number:08}</isrctn><trialDescription><title>{title}</title></trialDescription>"
        "<trialDesign><primaryStudyDesign>Interventional</primaryStudyDesign></trialDesign>"
        "</trial></fullTrial>"
    )


@dataclass
class Isrctn(Served):
    """`q` is matched as words; `offset` has no effect; at most `limit` records come, 10 unasked."""

    records: dict[int, str] = field(default_factory=dict)

    def answer(self, path: str, asked: dict[str, Any]) -> Answer:
        if path != "/api/query/format/default":
            return 404, "text/html", b"<title>Not found</title>"
        words = asked["q"].replace("ISRCTN", "").split(" OR ")
        found = [one for one in self.records.values() if any(word in one for word in words)]
        shown = "".join(found[: int(asked.get("limit", "10"))])
        root = f'<allTrials xmlns="http://www.67bricks.com/isrctn" totalCount="{len(found)}">'
        return 200, "application/xml", f"<?xml version='1.0'?>{root}{shown}</allTrials>".encode()


class _Handler(BaseHTTPRequestHandler):
    served: Served

    def do_GET(self) -> None:
        self._answer(dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(json.loads(body))

    def _answer(self, asked: dict[str, Any]) -> None:
        path = urlsplit(self.path).path
        self.served.asked.append((path, asked))
        instead = self.served.instead
        status, kind, body = instead.pop(0) if instead else self.served.answer(path, asked)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(served: Served) -> Iterator[str]:
    """Serve on loopback; the address without a path."""
    handler = type("Handler", (_Handler,), {"served": served})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Ctis(Served):
    """An unknown path is answered with a page; of a search, pages are counted from 1."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    """When each was last published, as a search says it."""

    def answer(self, path: str, asked: dict[str, Any]) -> Answer:
        number = path.rpartition("/")[2]
        if path == "/ctis-public-api/search":
            return 200, "application/json", json.dumps(self._found(asked)).encode()
        if path == f"/ctis-public-api/retrieve/{number}" and number in self.records:
            return 200, "application/json", json.dumps(self.records[number]).encode()
        return 200, "text/html", b"<!doctype html><title>Clinical trials</title>"

    def _found(self, asked: dict[str, Any]) -> dict[str, Any]:
        number = asked["searchCriteria"]["number"]
        rows = [
            {"ctNumber": one, "lastPublicationUpdate": self.days[one]}
            for one in self.records
            if not number or number in one
        ]
        page, size = asked["pagination"]["page"], asked["pagination"]["size"]
        shown = rows[(page - 1) * size : page * size] if page else []
        return {"pagination": {"totalRecords": len(rows) if page else 0}, "data": shown}
