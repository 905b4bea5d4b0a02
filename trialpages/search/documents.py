"""What the search index reads: one slim page a trial, made for the index and never published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

import msgspec

from trialpages.search.document import Block, Prose, SearchDocument, Words
from trialpages.search.facts import SearchFacts
from trialpages.search.near import Whereabouts
from trialpages.search.quoted import INLINE, quoted, text_of
from trialpages.search.weights import Field, worths

BREAK = "\u2e31"
"""WORD SEPARATOR MIDDLE DOT, punctuation that Pagefind leaves out of words and no record holds.
It stands where Pagefind would otherwise find something else than the record says: `PD-1/CTLA-4`
would be one word, of which nobody finds the second half, and `≥18` another than the one in
`≥ 18`. They become `PD-1/⸱ CTLA-4` and `≥⸱ 18`. Alone between two blocks it takes a word's place,
so that no phrase goes from one into the next."""


_NOWHERE = Whereabouts()


class Indexed(msgspec.Struct, frozen=True):
    """What our own tables and files hold of a trial."""

    facts: SearchFacts
    worths: dict[str, int]
    """What each word is worth, by its key (weights.py)."""
    text: msgspec.Raw
    """What a result shows and quotes (quoted.py), in JSON."""
    where: Whereabouts = _NOWHERE


def slim_page(document: SearchDocument, facts: SearchFacts, where: Whereabouts = _NOWHERE) -> str:
    """The slim page of a trial, and behind it in a comment what is indexed beside it. Read it with
    `read_slim_page`."""
    indexed = Indexed(facts, dict(worths(_fields(document))), msgspec.Raw(quoted(document)), where)
    encoded = msgspec.json.encode(indexed).decode().replace("-->", "--\\u003e")
    return f"{to_html(document)}{_START}{encoded}{_END}"


def read_slim_page(content: bytes) -> tuple[bytes, Indexed]:
    """What Pagefind indexes of a slim page, and what is indexed beside it.

    Raises msgspec.DecodeError."""
    text, _, indexed = content.partition(_START.encode())
    return text, _DECODER.decode(indexed.removesuffix(_END.encode()))


def read_slim_facts(content: bytes) -> tuple[bytes, SearchFacts]:
    """As `read_slim_page`, but of what is beside it the facts alone: quick."""
    text, _, indexed = content.partition(_START.encode())
    return text, _FACTS_DECODER.decode(indexed.removesuffix(_END.encode())).facts


class _Facts(msgspec.Struct, frozen=True):
    facts: SearchFacts


_START, _END = "<!--indexed ", "-->\n"
_DECODER = msgspec.json.Decoder(Indexed)
_FACTS_DECODER = msgspec.json.Decoder(_Facts)


def _fields(document: SearchDocument) -> Iterator[tuple[Field, str]]:
    yield Field.TITLE, document.title
    for section in document.sections:
        for block in section.blocks:
            yield block.field, block.text if isinstance(block, Words) else text_of(block.html)


def to_html(document: SearchDocument) -> str:
    """The slim page of a document: the same text for the same document."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: SearchDocument) -> Iterator[str]:
    yield f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>'
    yield '<meta charset="utf-8">'
    yield "</head>\n<body data-pagefind-body>"
    yield marked("\n".join(_blocks(document)))
    yield "</body>\n</html>"


def _blocks(document: SearchDocument) -> Iterator[str]:
    yield f"<h1>{escape(document.title)}</h1>"
    for section in document.sections:
        blocks = "".join(map(_block, section.blocks))
        yield f'<section id="{escape(section.id)}">{blocks}</section>'


def _block(block: Block) -> str:
    if isinstance(block, Prose):
        return block.html.__html__()
    anchor = f' id="{escape(block.id)}"' if block.id else ""
    return f"<p{anchor}>{escape(block.text)}</p>"


# These run over every text of the site: each begins with a sign that the regex engine can jump to.
_INLINE = f"br|{INLINE}"
_BLOCK_TAG = rf"<(?!/?(?:{_INLINE})[\s/>])"
_LINE_BEFORE_BLOCK = re.compile(rf"\n(?={_BLOCK_TAG})")
_AFTER_TEXT = re.compile(rf"<(?<=[^\s>]<)(?!/?(?:{_INLINE})[\s/>])")
_AFTER_INLINE = re.compile(rf"<(?:/(?:{_INLINE})|br ?/?)>(?={_BLOCK_TAG})")
_SLASH_IN_WORD = r"/(?<=[^\s/<]/)(?=[^\s/>])"
_SLASH = re.compile(_SLASH_IN_WORD)
_SLASH_OR_TAG = re.compile(rf"<[^>]*>|{_SLASH_IN_WORD}")
_SIGNS = ("≥", "≤", "&gt;", "&lt;", "&gt;=", "&lt;=")
_BEFORE_DIGIT = {sign: re.compile(rf"{sign}(?=\d)") for sign in _SIGNS}
# Characters only one of Pagefind's two halves (Rust, JavaScript) takes for white space, or that
# make it take the page for Chinese: they would shift every mark in the excerpts.
_INVISIBLE = {"\u200b": "", "\ufeff": "", "\u0085": " "}


def marked(html: str) -> str:
    """Safe markup whose words are found and shown as the record has them: see BREAK."""
    for sign, instead in _INVISIBLE.items():
        html = html.replace(sign, instead)
    if "href=" in html:  # a slash may stand in an address
        html = _SLASH_OR_TAG.sub(lambda m: m[0] if m[0] != "/" else f"/{BREAK} ", html)
    else:
        html = _SLASH.sub(f"/{BREAK} ", html)
    for sign in _SIGNS:
        if sign in html:
            html = _BEFORE_DIGIT[sign].sub(f"{sign}{BREAK} ", html)
    html = _LINE_BEFORE_BLOCK.sub("", html)
    html = _AFTER_TEXT.sub(f" {BREAK}<", html)
    return _AFTER_INLINE.sub(rf"\g<0> {BREAK}", html)
