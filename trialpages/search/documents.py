"""What the search index reads: one slim page a trial, made for the index and never published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

import msgspec
from markupsafe import Markup

from trialpages.search.facts import SearchFacts

BREAK = "\u2e31"
"""WORD SEPARATOR MIDDLE DOT, punctuation that Pagefind leaves out of words and no record holds.
It stands where Pagefind would otherwise show or find something else than the record says:

- `PD-1/CTLA-4` would be one word, of which nobody finds the second half, and `≥18` another than
  the one in `≥ 18`. They become `PD-1/⸱ CTLA-4` and `≥⸱ 18`.
- Pagefind ends each block that has no punctuation at its end with a full stop of its own, like
  one of the record's. `both eyes</li>` becomes `both eyes⸱</li>`.

theme/search-results.js takes it out again, so that a visitor reads the record's own text."""


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text of the record: a name, a term, a line. It becomes markup in this module alone."""

    text: str
    id: str = ""
    """Its own place on the trial's page, where it has one."""
    weight: float = 1
    """How much more than elsewhere a word counts here."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Markup as prose/ makes it. An element with an id (`<li id="inc-9">`) is a place that a
    result can link to."""

    html: Markup


Block = Words | Prose
"""What a section holds. Text and markup are two classes, so that no one joins them by hand."""


@dataclass(frozen=True, slots=True)
class SearchSection:
    """One section of a trial page, under the id it has there."""

    id: str
    heading: str
    blocks: tuple[Block, ...]
    weight: float = 1
    """How much more than elsewhere a word counts here."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What can be found of one trial, and what a result shows of it."""

    url: str
    """Relative to the site's root: `trials/NCT06494995.html`."""
    language: str
    title: str
    sections: tuple[SearchSection, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    """What a result shows beside the title."""
    also: str = ""
    """More words to be found by, such as ids and the acronym."""


def slim_page(document: SearchDocument, facts: SearchFacts) -> str:
    """The slim page of a trial, its facts in a comment behind it. Read it with `read_slim_page`."""
    encoded = msgspec.json.encode(facts).decode().replace("-", "\\u002d")  # no end of a comment
    return f"{to_html(document)}{_FACTS_START}{encoded}{_FACTS_END}"


def read_slim_page(content: bytes) -> tuple[bytes, SearchFacts]:
    """What Pagefind indexes of a slim page, and the facts. Raises msgspec.DecodeError."""
    text, _, facts = content.rpartition(_FACTS_START.encode())
    return text, _DECODER.decode(facts.removesuffix(_FACTS_END.encode()))


_FACTS_START, _FACTS_END = "<!--facts ", "-->\n"
_DECODER = msgspec.json.Decoder(SearchFacts)


def to_html(document: SearchDocument) -> str:
    """The slim page of a document: the same text for the same document."""
    return "\n".join(_lines(document)) + "\n"


_ALSO_WEIGHT = 3


def _lines(document: SearchDocument) -> Iterator[str]:
    yield f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>'
    yield '<meta charset="utf-8">'
    yield _meta("title", document.title)
    yield from (_meta(key, value) for key, value in document.meta.items())
    yield "</head>\n<body data-pagefind-body>"
    yield marked("\n".join(_blocks(document)))
    yield "</body>\n</html>"


def _blocks(document: SearchDocument) -> Iterator[str]:
    yield f"<h1>{escape(document.title)}</h1>"
    if document.also:
        # Before the first section, so that no result quotes it as one of the trial's places.
        yield f"<p{_weight(_ALSO_WEIGHT)}>{escape(document.also)}</p>"
    for section in document.sections:
        yield f'<h2 id="{escape(section.id)}">{escape(section.heading)}</h2>'
        blocks = "".join(map(_block, section.blocks))
        yield f"<section{_weight(section.weight)}>{blocks}</section>"


def _block(block: Block) -> str:
    if isinstance(block, Prose):
        return block.html.__html__()
    anchor = f' id="{escape(block.id)}"' if block.id else ""
    return f"<p{anchor}{_weight(block.weight)}>{escape(block.text)}</p>"


def _weight(weight: float) -> str:
    return "" if weight == 1 else f' data-pagefind-weight="{weight:g}"'


def _meta(key: str, value: str) -> str:
    """One element a value: Pagefind's inline `key:value` form swallows what follows a comma."""
    return f'<meta data-pagefind-meta="{escape(key)}[content]" content="{escape(value)}">'


# These run over every text of the site: each begins with a sign that the regex engine can jump to.
_INLINE = "a|abbr|b|bdi|bdo|br|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|u"
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
    html = _AFTER_TEXT.sub(f"{BREAK}<", html)
    return _AFTER_INLINE.sub(rf"\g<0>{BREAK}", html)
