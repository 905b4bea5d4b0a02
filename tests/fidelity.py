"""Is the record's own text on the page? Every leaf of a record, and the visible text of HTML.

A page is right when each leaf's text stands on it: plain text as it is, CommonMark as it reads
once rendered, an enumeration by its label, a date or moment by its element's `datetime`.
"""

from __future__ import annotations

import enum
import json
import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any, Literal

import msgspec

from trialpages.prose.markup import prose
from trialpages.records.explain import bare
from trialpages.records.model import Markup, PartialDate
from trialpages.records.vocabulary import ContactRole, RecruitmentStatus

Form = Literal["text", "markup", "date", "flag"]


# --- leaves -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of a record: where it is, the text a page must show, and in what form."""

    path: str
    text: str
    form: Form

    @property
    def is_markup(self) -> bool:
        return self.form == "markup"


def leaves(value: Any, kind: Any = None, path: str = "") -> Iterator[Leaf]:
    """Every leaf of `value`, an instance of `kind` (its own class unless told)."""
    kind = bare(kind or type(value))
    if value is None:
        return
    if isinstance(value, msgspec.Struct):
        for field in _fields(type(value)):
            inner = getattr(value, field.name)
            yield from leaves(inner, field.type, f"{path}.{field.name}".removeprefix("."))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from leaves(item, typing.get_args(kind)[0], f"{path}[{number}]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield Leaf(f"{path}[{key!r}]", key, "text")
            yield from _json_leaves(inner, f"{path}[{key!r}]")
    else:
        yield _leaf(value, kind, path)


def _json_leaves(text: str, path: str) -> Iterator[Leaf]:
    """What a JSON text says: the keys and the values, which a page shows in words of its own."""
    within = [("", json.loads(text))]
    while within:
        key, one = within.pop()
        if isinstance(one, dict):
            within += one.items()
        elif isinstance(one, list):
            within += ((key, inner) for inner in one)
        elif isinstance(one, str):
            yield Leaf(path, _CODES.get(key, {}).get(one, one), "text")
        elif one is not None:
            yield Leaf(path, json.dumps(one), "text")


_CODES = {
    "status": {code.value: code.label for code in RecruitmentStatus},
    "role": {code.value: code.label for code in ContactRole},
}
"""What a page says in place of the codes of places that have no field."""


def _leaf(value: Any, kind: Any, path: str) -> Leaf:
    if isinstance(value, enum.Enum):
        return Leaf(path, getattr(value, "label", value.value), "text")
    if isinstance(value, bool):
        return Leaf(path, "true" if value else "false", "flag")
    if isinstance(value, PartialDate):
        return Leaf(path, str(value), "date")
    return Leaf(path, str(value), "markup" if kind == Markup else "text")


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)


# --- visible text -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader has of a page: its text, white space made single, and its dates."""

    text: str
    dates: frozenset[str]

    def shows(self, leaf: Leaf) -> bool:
        """Whether the leaf is there; a yes or no can't be told from others, so it passes."""
        if leaf.form == "flag":
            return True
        if leaf.form in ("date", "text") and leaf.text in self.dates:
            return True
        text = visible_text(prose(leaf.text)) if leaf.is_markup else " ".join(leaf.text.split())
        if text.isascii() and text.isdigit() and f"{int(text):,}" in self.text:
            return True
        return text in self.text


def missing(html: str, wanted: Iterable[Leaf]) -> list[Leaf]:
    """The leaves that the page doesn't show."""
    seen = read(html)
    verdicts: dict[tuple[str, str], bool] = {}  # a record says the same thing many times
    absent = []
    for leaf in wanted:
        key = (leaf.text, leaf.form)
        if key not in verdicts:
            verdicts[key] = seen.shows(leaf)
        if not verdicts[key]:
            absent.append(leaf)
    return absent


def visible_text(html: str) -> str:
    """The text of the HTML as it reads, all white space made one space."""
    return read(html).text


def read(html: str) -> Seen:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Seen(" ".join("".join(reader.parts).split()), frozenset(reader.dates))


_INLINE = {"a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "mark", "s", "small"}
_INLINE |= {"span", "strong", "sub", "sup", "time", "u", "wbr"}
_UNSEEN = {"script", "style", "template", "title"}


class _Reader(HTMLParser):
    """Collects text; what begins or ends a block or a cell parts the words beside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.dates: set[str] = set()
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag not in _INLINE:
            self.parts.append(" ")
        given = dict(attrs)
        if tag == "time":
            self.dates.add(given.get("datetime") or "")
        if tag == "data":  # a size in words, with its bytes
            self.dates.add(given.get("value") or "")
        if tag == "li" and "value" in given:
            self.parts.append(f"{given['value']}. ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


# --- tables -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as it reads: caption, column heads, and each row's head with its cells."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def row(self, head: str) -> tuple[str, ...]:
        """The cells of the one row with this head."""
        (found,) = (row for row in self.rows if row[0] == head)
        return found[1:]


def tables(html: str) -> tuple[ShownTable, ...]:
    """Every table of a page; a hidden word for screen readers is part of what a cell says."""
    reader = _TableReader()
    reader.feed(html)
    reader.close()
    return tuple(_shown(rows) for rows in reader.tables)


def _shown(rows: list[list[tuple[str, str]]]) -> ShownTable:
    texts = [[" ".join(text.split()) for _, text in row] for row in rows]
    head = next(index for index, row in enumerate(rows) if row and row[-1][0] == "col")
    body = tuple(tuple(row) for row in texts[head + 1 :])
    return ShownTable(" ".join(texts[0]), tuple(texts[head][1:]), body)


class _TableReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, str]]]] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag in ("tr", "caption"):
            self.tables[-1].append([])
        if tag in ("td", "th", "caption"):
            self._depth += 1
            self.tables[-1][-1].append((dict(attrs).get("scope") or "", ""))
        elif self._depth and tag not in _INLINE:
            self._add(" ")
        elif self._depth and dict(attrs).get("class") == "meaning":
            self._add(" | ")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag in ("td", "th", "caption")

    def handle_data(self, data: str) -> None:
        if self._depth:
            self._add(data)

    def _add(self, text: str) -> None:
        scope, before = self.tables[-1][-1][-1]
        self.tables[-1][-1][-1] = (scope, before + text)
