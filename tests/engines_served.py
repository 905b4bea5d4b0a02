"""Loopback servers that follow the documented API of search engines, as far as the page asks it:
Typesense's `POST /multi_search`, Meilisearch's `POST /indexes/…/search`. No real one was ever had
here. Whatever a request holds that the documentation doesn't have is refused as they refuse it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

KEY = "k8pX5hD0793d8YQC5aD1aEPd7VleSuGP"

Document = Mapping[str, Any]
Answer = tuple[int, Any]
Test = Callable[[Document], bool]


@dataclass
class Served:
    """A server, and what it was asked."""

    documents: Sequence[Document]
    schema: Mapping[str, Any]
    settings: Mapping[str, Any]
    address: str = ""
    asked: list[Any] = field(default_factory=list)
    instead: Callable[[], Answer] | None = None
    """What it answers in place of an answer."""


@contextmanager
def served(documents: Sequence[Document], schema: Any, settings: Any) -> Iterator[Served]:
    one = Served(documents, schema, settings)

    class Handler(BaseHTTPRequestHandler):
        def do_OPTIONS(self) -> None:
            self._answer(204, None)

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            one.asked.append(body)
            if one.instead:
                self._answer(*one.instead())
            elif self.path == "/multi_search":
                self._answer(*_typesense(one, body, self.headers["X-TYPESENSE-API-KEY"]))
            elif self.path == "/indexes/trials/search":
                self._answer(*_meilisearch(one, body, self.headers["Authorization"]))
            else:
                self._answer(404, {"message": "Not Found"})

        def _answer(self, status: int, body: Any) -> None:
            self.send_response(status)
            for name, value in _CORS.items():
                self.send_header(name, value)
            content = b"" if body is None else json.dumps(body).encode()
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        one.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield one
        server.shutdown()
        thread.join()


_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "content-type, authorization, x-typesense-api-key",
    "Access-Control-Allow-Methods": "POST, GET",
    "Content-Type": "application/json",
}


# --- Typesense ----------------------------------------------------------------------------------


def _typesense(one: Served, body: Any, key: str) -> Answer:
    if key != KEY:
        return 401, {"message": "Forbidden - a valid `x-typesense-api-key` header must be sent."}
    fields = {field["name"]: field for field in one.schema["fields"]}
    (asked,) = body["searches"]
    if odd := asked.keys() - _OF_TYPESENSE:
        return 400, {"message": f"unknown {odd}"}
    by = asked["query_by"].split(",")
    facets = [name for name in asked.get("facet_by", "").split(",") if name]
    sorts = asked.get("sort_by", "").removesuffix(":desc")
    is_known = (
        asked["collection"] == one.schema["name"]
        and {*by, *facets} <= fields.keys()
        and all(fields[name].get("facet") for name in facets)
        and (not sorts or fields[sorts].get("sort"))
        and len(asked["query_by_weights"].split(",")) == len(by)
    )
    if not is_known:
        return 200, {"results": [{"code": 404, "error": "Could not find a field in the schema."}]}
    tests = [_of_typesense(part) for part in asked.get("filter_by", "").split(" && ") if part]
    words = "" if asked["q"] == "*" else asked["q"]
    found = _sorted(_found(one, words, by, tests), sorts)
    start = (asked["page"] - 1) * asked["per_page"]
    shown = [
        _only(d, asked["include_fields"].split(",")) for d in found[start:][: asked["per_page"]]
    ]
    counts = [
        {"field_name": n, "counts": [{"value": v, "count": c} for v, c in _counts(found, n)]}
        for n in facets
    ]
    more = {"page": asked["page"], "search_time_ms": 1, "out_of": len(one.documents)}
    hits = [{"document": document, "highlights": []} for document in shown]
    result = {"found": len(found), "hits": hits, "facet_counts": counts, "search_cutoff": False}
    return 200, {"results": [{**result, **more}]}


_OF_TYPESENSE = {
    *("collection", "q", "query_by", "query_by_weights", "filter_by", "sort_by", "facet_by"),
    *("max_facet_values", "page", "per_page", "include_fields", "drop_tokens_threshold"),
}


def _of_typesense(part: str) -> Test:
    if among := re.fullmatch(r"(\w+):=?\[(.*)\]", part):
        values = {a or b for a, b in re.findall(r"`([^`]*)`|([^,`]+)", among[2])}
        return lambda document: bool(values & _labels(document, among[1]))
    limit = re.fullmatch(r"(\w+):([<>])(\d+)", part)
    assert limit, part
    return _limit(*limit.groups())


# --- Meilisearch --------------------------------------------------------------------------------


def _meilisearch(one: Served, body: Any, key: str) -> Answer:
    if key != f"Bearer {KEY}":
        return 403, {"code": "invalid_api_key", "message": "The provided API key is invalid."}
    if odd := body.keys() - _OF_MEILISEARCH:
        return 400, {"code": "bad_request", "message": f"Unknown field {odd}"}
    named = [re.split(r" [=<>] ", p)[0] for part in body["filter"] for p in _alternatives(part)]
    if not {*named, *body["facets"]} <= {*one.settings["filterableAttributes"]}:
        return 400, {"code": "invalid_search_filter", "message": "not filterable"}
    sorts = body.get("sort", [""])[0].removesuffix(":desc")
    if sorts and sorts not in one.settings["sortableAttributes"]:
        return 400, {"code": "invalid_search_sort", "message": "not sortable"}
    tests = [_of_meilisearch(part) for part in body["filter"]]
    found = _sorted(_found(one, body["q"], one.settings["searchableAttributes"], tests), sorts)
    size = body["hitsPerPage"]
    shown = found[(body["page"] - 1) * size :][:size]
    return 200, {
        "hits": [_only(document, body["attributesToRetrieve"]) for document in shown],
        "totalHits": len(found),
        "totalPages": -(-len(found) // size),
        "page": body["page"],
        "hitsPerPage": size,
        "facetDistribution": {name: dict(_counts(found, name)) for name in body["facets"]},
        "query": body["q"],
        "processingTimeMs": 1,
    }


_OF_MEILISEARCH = {
    *("q", "filter", "sort", "facets", "page", "hitsPerPage", "attributesToRetrieve"),
    "matchingStrategy",
}


def _alternatives(part: str | list[str]) -> list[str]:
    return [part] if isinstance(part, str) else part


def _of_meilisearch(part: str | list[str]) -> Test:
    tests = [_one_of_meilisearch(one) for one in _alternatives(part)]
    return lambda document: any(test(document) for test in tests)


def _one_of_meilisearch(part: str) -> Test:
    if is_value := re.fullmatch(r'(\w+) = (?:"(.*)"|(\w+))', part):
        value = re.sub(r"\\(.)", r"\1", is_value[2] or "") or is_value[3]
        return lambda document: value in _labels(document, is_value[1])
    limit = re.fullmatch(r"(\w+) ([<>]) (\d+)", part)
    assert limit, part
    return _limit(*limit.groups())


# --- both ---------------------------------------------------------------------------------------


def _limit(name: str, sign: str, number: str) -> Test:
    if sign == "<":
        return lambda document: name in document and document[name] < int(number)
    return lambda document: name in document and document[name] > int(number)


def _labels(document: Document, name: str) -> set[str]:
    value = document.get(name, [])
    every = value if isinstance(value, list) else [value]
    return {one if isinstance(one, str) else json.dumps(one) for one in every}


def _found(one: Served, words: str, by: Sequence[str], tests: Sequence[Test]) -> list[Document]:
    def says(document: Document) -> bool:
        text = json.dumps([document.get(name) for name in by], ensure_ascii=False).casefold()
        return all(word in text for word in words.casefold().split())

    return [one for one in one.documents if says(one) and all(test(one) for test in tests)]


def _sorted(found: list[Document], name: str) -> list[Document]:
    return sorted(found, key=lambda one: -one.get(name, 0)) if name else found


def _counts(found: Sequence[Document], name: str) -> list[tuple[str, int]]:
    return Counter(label for one in found for label in _labels(one, name)).most_common()


def _only(document: Document, names: Sequence[str]) -> dict[str, Any]:
    return {name: document[name] for name in names if name in document}
