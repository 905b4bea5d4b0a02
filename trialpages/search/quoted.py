"""The text of a trial as results quote it: section by section, place by place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

import msgspec

from trialpages.search.document import SearchDocument, SearchSection, Words

# `<li id="inc-9">` begins a place of its own; `</p>` ends a line, `</em>` doesn't.
_PLACE = re.compile(r'<[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*? id="([^"]*)"[^>]*>')
INLINE = "a|abbr|b|bdi|bdo|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|u"
_INLINE_TAG = re.compile(rf"</?(?:{INLINE})(?:\s[^>]*)?>")
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"[^\S\n]+")
_ENDS = re.compile(r" ?(?:\n ?)+")


def text_of(markup: str) -> str:
    """The visible text of safe markup, a line a block."""
    if "<" in markup:
        markup = _TAG.sub("\n", _INLINE_TAG.sub("", markup))
    return _ENDS.sub("\n", _BLANKS.sub(" ", html.unescape(markup))).strip()


def quoted(document: SearchDocument) -> bytes:
    """As JSON: the address, the title, the facts, and for each section its id, its heading and its
    places, each with its id, or '' for that of the section, and its text, a line a block."""
    sections = [
        (section.id, section.heading, list(_places(section))) for section in document.sections
    ]
    return msgspec.json.encode((document.url, document.title, document.meta, sections))


def _places(section: SearchSection) -> Iterator[tuple[str, str]]:
    """Id and text of each place; lines that follow each other without an id are one."""
    lines: list[str] = []
    for anchor, text in _pieces(section):
        if anchor is not None:
            yield from _joined(lines)
            lines = []
            if text:
                yield anchor, text
        elif text:
            lines.append(text)
    yield from _joined(lines)


def _joined(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    if lines:
        yield "", "\n".join(lines)


def _pieces(section: SearchSection) -> Iterator[tuple[str | None, str]]:
    for block in section.blocks:
        if isinstance(block, Words):
            yield block.id or None, " ".join(block.text.split())
            continue
        before, *parts = _PLACE.split(block.html)
        yield None, text_of(before)
        for anchor, inside in zip(parts[::2], parts[1::2], strict=True):
            yield html.unescape(anchor), text_of(inside)
