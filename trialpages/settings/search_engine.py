"""`search:` in site.yaml: the search engine elsewhere that the search page asks."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from msgspec import Meta

from trialpages.problems import Problem
from trialpages.records.explain import Fault
from trialpages.records.model import RecordPart
from trialpages.records.places import placed


class EngineKind(enum.Enum):
    TYPESENSE = "typesense"
    MEILISEARCH = "meilisearch"


_HOST = r"(?:https://[A-Za-z0-9.-]+|http://(?:localhost|127\.0\.0\.1))(?::\d+)?"


class SearchEngine(RecordPart, frozen=True, kw_only=True):
    """Whom the page asks, in place of an index of the site's own."""

    engine: EngineKind
    url: Annotated[
        str,
        Meta(
            pattern=rf"^{_HOST}(?:/[A-Za-z0-9./_-]*)?$(?!\n)",
            examples=["https://search.example.org"],
        ),
    ]
    """Where it is. Only a server of this very machine may be without https."""
    collection: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]+$(?!\n)", examples=["trials"])] = (
        "trials"
    )
    """What it calls the trials: a collection or an index."""
    key: Annotated[str, Meta(pattern=r"^[!-~]+$(?!\n)", examples=["a key for searching only"])]
    """Every visitor can read it."""

    @property
    def host(self) -> str:
        """With its scheme and its port, as a page's policy (CSP) names it."""
        found = re.match(_HOST, self.url)
        return found[0] if found else ""

    @property
    def scripts(self) -> tuple[str, ...]:
        """The theme's files that the page needs for it, in their order."""
        return _scripts(self.engine)

    @property
    def address(self) -> str:
        return self.url.rstrip("/")


def _scripts(kind: EngineKind) -> tuple[str, ...]:
    return f"{kind.value}.js", "engine.js"


def superfluous_scripts(asked: SearchEngine | None) -> set[str]:
    """The theme's files that a site with this engine, or with none, has no use for."""
    every = {name for kind in EngineKind for name in _scripts(kind)}
    return every - set(asked.scripts if asked else ())


def check_key(asked: SearchEngine | None, text: str, path: str) -> Iterator[Problem]:
    """Why the key in site.yaml looks like one that may do more than search, as far as its form
    tells."""
    if asked and (why := _looks_named(asked.key) or _LOOKS[asked.engine](asked.key)):
        message = f"`search.key` looks like a key that may do more than search: {why}"
        hint = "every visitor can read it: write one that may search and nothing else, which the "
        hint += "README of `build.py export` shows how to make"
        found = Fault(("search", "key"), "admin-key", message, hint)
        yield from (replace(one, severity="warning") for one in placed([found], text, path))


def _looks_named(key: str) -> str:
    found = re.search(r"admin|master|bootstrap|root", key, re.IGNORECASE)
    return f"it has `{found[0]}` in it" if found else ""


def _looks_bootstrapped(key: str) -> str:
    """Typesense makes keys of 32 letters and digits, and scoped ones that are longer."""
    return "it is shorter than those that Typesense makes" if len(key) < 32 else ""


_OF_MEILISEARCH = re.compile(r"[0-9a-f]{64}|[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)


def _looks_mastering(key: str) -> str:
    """Meilisearch makes keys of 64 hexadecimal digits, and tenant tokens (JWT)."""
    return "" if _OF_MEILISEARCH.fullmatch(key) else "it hasn't the form of those it makes"


_LOOKS = {EngineKind.TYPESENSE: _looks_bootstrapped, EngineKind.MEILISEARCH: _looks_mastering}
