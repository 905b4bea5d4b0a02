"""What a record says, as a reader would see it: worked out beside the site's own code."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

import msgspec
from fidelity import leaves
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from trialpages.records.model import Trial
from truths.page import words_of


@cache
def _commonmark() -> MarkdownIt:
    """CommonMark as it is, but that raw HTML and pictures stay text."""
    return MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).disable("image")


@lru_cache(4096)
def shown(markup: str) -> str:
    """The text of a CommonMark field as it reads, white space made single."""
    body = LexborHTMLParser(_commonmark().render(markup)).body
    return words_of(body) if body else ""


def single(text: str) -> str:
    return " ".join(text.split())


def values(part: Any) -> Iterator[enum.Enum]:
    """Every value of a vocabulary in a record, at any depth."""
    if isinstance(part, enum.Enum):
        yield part
    elif isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            yield from values(getattr(part, name))
    elif isinstance(part, tuple):
        for one in part:
            yield from values(one)


_OURS = re.compile(r"import_notes\[\d+\]\.(?:field|code)|history\[\d+\]\.field")
"""Our own names for places of a record: no words of it."""


@dataclass(frozen=True)
class Record:
    """A record, and all that it says."""

    trial: Trial

    @cached_property
    def said_texts(self) -> tuple[str, ...]:
        """Every text of the record as it reads, in the record's order."""
        return tuple(
            shown(leaf.text) if leaf.is_markup else single(leaf.text)
            for leaf in leaves(self.trial)
            if leaf.form != "flag" and not _OURS.match(leaf.path)
        )

    @cached_property
    def said(self) -> str:
        """All that the record says, a text a line."""
        return "\n".join(self.said_texts)

    @cached_property
    def raw(self) -> str:
        """All of the record's texts as they are written, marks of CommonMark and all."""
        return "\n".join(leaf.text for leaf in leaves(self.trial) if not _OURS.match(leaf.path))

    @cached_property
    def value_names(self) -> frozenset[str]:
        """`Status.RECRUITING` and so on: every value of a vocabulary that the record has."""
        return frozenset(f"{type(one).__name__}.{one.value}" for one in values(self.trial))
