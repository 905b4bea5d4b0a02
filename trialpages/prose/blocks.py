"""The blocks a CommonMark text is made of, as values, and the HTML they make.

Both ways into a text give these: `plain_markdown.py`, the quick one, and `parsed_blocks.py`.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from trialpages.prose.remarks import explains, is_title, leads_in
from trialpages.prose.sub_items import on_lines


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of a text that is plain, or has a mark around the whole of it, or is a break."""

    text: str
    html: str


class Paragraph(msgspec.Struct, frozen=True):
    html: str
    """What stands in it, as HTML."""
    parts: Sequence[Stretch] = ()
    """The same in parts where some have marks; empty where all of it is plain."""


class Heading(msgspec.Struct, frozen=True):
    tag: str
    """`h4`"""
    html: str
    parts: Sequence[Stretch] = ()


Role = Literal["", "for-whom", "remark"]
"""What an item of criteria is beside a criterion: it says for whom those behind it are, or it
explains one. Nobody ticks these."""


class Item(msgspec.Struct, frozen=True):
    number: str
    """The source's own; empty in a list of bullets."""
    blocks: Sequence[Block]
    id: str = ""
    """A place on the page that an address can name; empty where it is none."""
    role: Role = ""


class List(msgspec.Struct, frozen=True):
    mark: str
    """A bullet, or what stands behind each number: `.` or `)`, or around it: `()`."""
    tight: bool
    """Without empty lines between and in the items, whose paragraphs then are no elements."""
    items: Sequence[Item]


class Quote(msgspec.Struct, frozen=True):
    blocks: Sequence[Block]


class Verbatim(msgspec.Struct, frozen=True):
    """Code or a rule: nothing that is cut."""

    text: str
    html: str


Words = Paragraph | Heading
Block = Words | List | Quote | Verbatim


def text_of(words: Words) -> str:
    """What is read there, without marks; a line break of the source is one here."""
    if words.parts:
        return "".join([part.text for part in words.parts])
    return html.unescape(words.html) if "&" in words.html else words.html


def texts(blocks: Sequence[Block]) -> Iterator[str]:
    """What is read in each paragraph, heading and stretch of code, however deep, without marks."""
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                yield from texts(item.blocks)
        elif isinstance(block, Quote):
            yield from texts(block.blocks)
        else:
            yield block.text if isinstance(block, Verbatim) else text_of(block)


def has_word(text: str) -> bool:
    """Whether there is a letter or digit in it: a lone dash says nothing."""
    return any(map(str.isalnum, text))


def to_html(blocks: Sequence[Block], link: str = "") -> str:
    """The blocks as markdown-it-py writes them, each number as the source has it.

    With `link` each item that has an id begins with a link to itself, named `<link> inc-9`. `link`
    is HTML. The link has no text of its own, so that the item reads as in the record. Sub-items in
    one paragraph then stand on lines of their own.
    """
    return "".join(_blocks_html(blocks, False, link))


def _blocks_html(blocks: Sequence[Block], tight: bool, link: str) -> Iterator[str]:
    last = len(blocks) - 1
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            end = "\n" if index < last else ""
            kind = _paragraph_class(block.html, blocks[index + 1 : index + 2]) if link else ""
            words = on_lines(block.html) if link else block.html
            yield f"{words}{end}" if tight else f"<p{kind}>{words}</p>\n"
        elif isinstance(block, List):
            yield from _list_html(block, link)
        elif isinstance(block, Heading):
            yield f"<{block.tag}>{block.html}</{block.tag}>\n"
        elif isinstance(block, Quote):
            yield "<blockquote>\n"
            yield from _blocks_html(block.blocks, False, link)
            yield "</blockquote>\n"
        else:
            yield block.html


def _paragraph_class(words: str, following: Sequence[Block]) -> str:
    """Where there is nothing to tick on paper: it leads in what is, is a lone dash or a remark."""
    if leads_in(words) or not has_word(words):
        return ' class="lead-in"'
    if explains(words):
        return ' class="remark"'
    stands_before = bool(following) and isinstance(following[0], List)
    leads = stands_before and not words.endswith(":") and is_title(words)
    return ' class="lead-in"' if leads else ""


def _list_html(block: List, link: str) -> Iterator[str]:
    tag, attributes = _TAGS[block.mark]
    end = "" if block.tight else "\n"
    yield f"<{tag}{attributes}>\n"
    for item in block.items:
        value = f' value="{item.number}"' if item.number else ""
        name = f' id="{item.id}"' if item.id else ""
        role = f' class="{item.role}"' if item.role else ""
        yield f"<li{value}{name}{role}>{end}"
        if link and item.id:
            yield f'<a class="anchor" href="#{item.id}" aria-label="{link} {item.id}"></a>'
        yield from _blocks_html(item.blocks, block.tight, link)
        yield "</li>\n"
    yield f"</{tag}>\n"


_TAGS = {
    **dict.fromkeys("*+-", ("ul", "")),
    ".": ("ol", ""),
    ")": ("ol", ' class="paren"'),
    "()": ("ol", ' class="parens"'),
}


def escaped(text: str) -> str:
    """Plain text as HTML, as markdown-it-py writes it."""
    return html.escape(text, quote=False).replace('"', "&quot;")


def cut(words: Words, start: int, end: int) -> Words | None:
    """What stands between two places of the text, None where a mark goes on beyond one of them."""
    if start == end:
        return NOTHING
    if not words.parts:
        piece: Words | None = Paragraph(escaped(text_of(words)[start:end].strip()))
    else:
        piece = _cut_parts(words.parts, start, end)
    if piece and isinstance(words, Heading):
        return Heading(words.tag, piece.html, piece.parts)
    return piece


NOTHING = Paragraph("")


def _cut_parts(parts: Sequence[Stretch], start: int, end: int) -> Paragraph | None:
    kept: list[Stretch] = []
    at = 0
    for part in parts:
        first, last = max(start - at, 0), min(end - at, len(part.text))
        at += len(part.text)
        if first >= last:
            continue
        if last - first == len(part.text):
            kept.append(part)
        elif part.html.startswith("<"):
            return None
        else:
            text = part.text[first:last]
            kept.append(Stretch(text, escaped(text)))
    while kept and not kept[0].text.strip():
        del kept[0]
    while kept and not kept[-1].text.strip():
        del kept[-1]
    return Paragraph("".join([part.html for part in kept]).strip(), tuple(kept))
