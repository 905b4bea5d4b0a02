"""Of the text on every page: nothing of our own making shows through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from truths.page import Page, Text
from truths.register import Answers, Change, Scope, Violation, answer, edits, truth
from truths.site import LISTS, Site

_NAMED = ("amp", "lt", "gt", "quot", "apos", "nbsp")
_LEAVINGS = {
    "markup": re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|<!--|-->|<!\[CDATA\[|<!doctype", re.I),
    "an entity": re.compile(r"&(?:[a-zA-Z]{2,8}|#\d+|#x[0-9a-fA-F]+);"),
    "a template's leavings": re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\{[a-z_]+\}"),
    "a Python repr": re.compile(
        r"\b(?:None|True|False|Undefined|NaN|nan)\b(?= *[,)\]}·]|$)|\bMarkup\(|\bb'|\bobject at 0x"
        r"|<class '|\b(?:[A-Z][a-z]+)+\.[A-Z][A-Z_]+\b|\w+\(\w+=|datetime\.date"
    ),
    "a code": re.compile(
        r"\b[A-Z]{2,}(?:_[A-Z0-9]+)+\b|\b[a-z]+_[a-z]+(?:_[a-z]+)*\b"
        r"|\b(?:empty-section|missing-item|superscript|ambiguous-\w+|lost-\w+|no-\w+)(?= *$)"
    ),
    "an escape": re.compile(
        r"\\[!-/:-@\[-`{-~]|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\n\b|%[0-9A-F]{2}"
    ),
    "a moment of a machine": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d"),
    "the index's marks": re.compile("\u2e31|data-pagefind|�"),
}
"""What no reader should meet, unless the record itself says just these signs."""


_NEVER = re.compile(rf"&(?:#\d+|#x[0-9a-fA-F]+|{'|'.join(_NAMED)});|<br */?>", re.I)
"""Codes that stand for a sign for sure: no record's text shows them as they are."""


def _is_excused(signs: str, own: str, text: Text) -> bool:
    """Whether it is the record that says just these signs; of codes, only within code."""
    return signs in own and (text.tag == "code" or not _NEVER.fullmatch(signs))


def leavings(text: str) -> Iterator[tuple[str, str]]:
    """What of our making shows in a text: its kind, and the signs."""
    for kind, form in _LEAVINGS.items():
        for found in form.finditer(text):
            yield kind, found[0]


_SUMMARY = '<section id="summary">'


def _records_own(site: Site, page: Page) -> str:
    """All that the records behind a page say, in every reading of an escape."""
    ids = {page.trial_id, *page.facts.cards, page.path.split("/")[-1].partition(".")[0]}
    ids |= {link.target.split("/")[-1].partition(".")[0] for link in page.facts.links}
    records = [site.record(name) for name in sorted(ids) if name in site.ids]
    texts = [text for record in records for text in (record.raw, record.said)]
    texts += [unescape(text) for text in texts]
    texts += (
        site.term_names
        if page.path.split("/")[0] in (*LISTS, "index.html", "overview.html")
        else ()
    )
    return "\n".join([*texts, *site.editors_words, *(site.results_words(one) for one in ids)])


@truth(
    "No text on a page holds markup, a template's leavings, a Python repr, a code of ours or an "
    "unresolved escape, unless the record says just these signs",
    things="texts",
    mutations=edits(
        _SUMMARY,
        *(
            f"{_SUMMARY}<p>{words}</p>"
            for words in (
                "&lt;p id=&quot;arm-2&quot;&gt;",
                "&amp;lt;",
                "{{ page.title }}",
                "{n} places",
                "Status.RECRUITING",
                "None",
                "eligibility_criteria · empty-section",
                "\\&gt; 18",
                "2025-08-04T20:30",
            )
        ),
    ),
)
def no_leavings(site: Site) -> Answers:
    for page in site.pages:
        own = ""
        for text in page.texts:
            found = list(leavings(text.words))
            if found and not own:
                own = _records_own(site, page)
            wrong = [
                f"{kind} {signs!r}" for kind, signs in found if not _is_excused(signs, own, text)
            ]
            yield (
                Violation(page.path, f"{', '.join(wrong)} in {text.words[:120]!r}")
                if wrong
                else None
            )


def _two_titles(site: Site) -> Change:
    one, other, *_ = (page for page, _ in site.trial_pages)
    return Change({other.path: other.html.replace(other.facts.title, one.facts.title).encode()})


@truth(
    "No two pages have one title",
    things="titles",
    scope=Scope.SITE,
    mutations=(_two_titles,),
)
def titles_are_unique(site: Site) -> Answers:
    seen: dict[str, str] = {}
    for facts in site.every_fact:
        if not facts.is_redirect:
            other = seen.setdefault(facts.title, facts.path)
            yield answer(
                other == facts.path, facts.path, f"has the title of {other}: {facts.title}"
            )
