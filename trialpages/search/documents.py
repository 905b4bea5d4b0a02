"""What the search index reads: one slim page a trial, made for the index and never published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

BREAK = "\u2e31"
"""WORD SEPARATOR MIDDLE DOT, punctuation that Pagefind leaves out of words and no record holds.
It stands where Pagefind would otherwise show something else than the record says:

- `PD-1/CTLA-4` would be one word, of which nobody finds the second half. It becomes
  `PD-1/⸱ CTLA-4`.
- Pagefind ends each block that has no punctuation at its end with a full stop of its own, like
  one of the record's. `both eyes</li>` becomes `both eyes⸱</li>`.

theme/search.js takes it out again, so that a visitor reads the record's own text."""

ID_SEPARATOR = " | "
"""Between the ids in `meta["ids"]`: some registry ids hold spaces, commas or slashes."""


@dataclass(frozen=True, slots=True)
class SearchSection:
    """One section of a trial page, under the id it has there."""

    id: str
    heading: str
    html: str
    """Safe markup. An element with an id (`<li id="inc-9">`) is a place a result can link to."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What can be found of one trial, and what a result shows of it."""

    url: str
    """Relative to the site's root: `trials/NCT06494995.html`."""
    language: str
    title: str
    sections: tuple[SearchSection, ...]
    filters: Mapping[str, tuple[str, ...]]
    meta: Mapping[str, str]
    """What a result shows. `ids` holds every id of the trial, joined by ID_SEPARATOR;
    `updated` is an ISO date, by which trials are sorted where no words are searched."""
    also: str = ""
    """More words to be found by, such as ids and the acronym."""


def to_html(document: SearchDocument) -> str:
    """The slim page of a document."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: SearchDocument) -> Iterator[str]:
    yield f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>'
    yield '<meta charset="utf-8">'
    yield from _head_entries(document)
    yield "</head>\n<body data-pagefind-body>"
    yield _block("h1", escape(document.title))
    if document.also:
        # Before the first section, so that no result quotes it as one of the trial's places.
        yield _block("p", escape(document.also))
    for section in document.sections:
        yield _block("h2", escape(section.heading), f' id="{escape(section.id)}"')
        yield _block("section", section.html)
    yield "</body>\n</html>"


def _head_entries(document: SearchDocument) -> Iterator[str]:
    """One element a value: Pagefind's inline `key:value` form swallows what follows a comma."""
    yield _entry("meta", "title", document.title)
    for key, value in document.meta.items():
        yield _entry("meta", key, value)
    for key, values in document.filters.items():
        yield from (_entry("filter", key, value) for value in values)
    if updated := document.meta.get("updated"):
        yield _entry("sort", "updated", updated)


def _entry(kind: str, key: str, value: str) -> str:
    return f'<meta data-pagefind-{kind}="{escape(key)}[content]" content="{escape(value)}">'


_TAG = re.compile(r"(</?([a-zA-Z][a-zA-Z0-9]*)[^>]*>)")
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|br|cite|code|data|del|dfn|em|i|img|ins|kbd|mark|q|s|samp|small|span|strong|"
    "sub|sup|time|u|var|wbr",
    re.IGNORECASE,
)
_SLASH_IN_WORD = re.compile(r"(?<=[^\s/])/(?=[^\s/])")
# Characters only one of Pagefind's two halves (Rust, JavaScript) takes for white space, or that
# make it take the page for Chinese: they would shift every mark in the excerpts.
_INVISIBLE = str.maketrans({"\u200b": None, "\ufeff": None, "\u0085": " "})


def _block(tag: str, html: str, attributes: str = "") -> str:
    """A block whose words are found and shown as the record has them: see BREAK."""
    return "".join(_with_breaks(f"<{tag}{attributes}>{html}</{tag}>".translate(_INVISIBLE)))


def _with_breaks(markup: str) -> Iterator[str]:
    has_text = False  # since the block began
    position = 0
    for tag in _TAG.finditer(markup):
        text = markup[position : tag.start()]
        position = tag.end()
        yield _SLASH_IN_WORD.sub(f"/{BREAK} ", text)
        has_text = has_text or bool(text.strip())
        if has_text and not _INLINE.fullmatch(tag[2]):
            yield BREAK
            has_text = False
        yield tag[1]
