"""Of the search index: what it knows of a trial stands on the trial's page."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from truths.page import Page, words_of
from truths.register import Answers, Change, Scope, Violation, answer, truth
from truths.site import Site

_BEGINNING = b"pagefind_dcd"


def fragments(site: Site) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What the index knows of each trial, as Pagefind keeps it."""
    for path in site.paths:
        if path.startswith("pagefind/") and path.endswith(".pf_fragment"):
            text = gzip.decompress(site.read(path))
            yield path, json.loads(text.removeprefix(_BEGINNING))


def plain(word: str) -> str:
    """A word as searches compare it: case and accents aside."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).translate(_BARE)


_BARE = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss"})
_UNSEEN = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad"))
"""Signs that stand within words and that nobody sees."""
_WORD = re.compile(r"[^\W_]+")


def words_in(text: str) -> set[str]:
    return {plain(word) for word in _WORD.findall(text.translate(_UNSEEN))}


def _other_words(site: Site) -> Change:
    """The first fragment with a word that no record says, behind its first anchor."""
    path, content = next(fragments(site))
    said = content["content"].split(" ")
    at = content["anchors"][-1]["location"]
    text = " ".join([*said[:at], "zebrafinch", *said[at + 1 :]])
    raw = _BEGINNING + json.dumps({**content, "content": text}).encode()
    return Change({path: gzip.compress(raw)})


def _other_anchor(site: Site) -> Change:
    path, content = next(fragments(site))
    anchors = [{**one, "id": "nowhere"} for one in content["anchors"]]
    raw = _BEGINNING + json.dumps({**content, "anchors": anchors}).encode()
    return Change({path: gzip.compress(raw)})


@truth(
    "Each word of the index stands on the page it leads to, within the section that its anchor is in",
    things="words of the index",
    scope=Scope.SITE,
    mutations=(_other_words, _other_anchor),
)
def index_words_are_on_their_pages(site: Site) -> Answers:
    for path, content in fragments(site):
        target = content["url"].lstrip("/")
        if not site.has(target):
            yield Violation(path, f"{target} is no file")
            continue
        yield from _index_words(site, target, content)
        site.forget(target)


def _index_words(site: Site, target: str, content: Mapping[str, Any]) -> Answers:
    page = site.page(target)
    everywhere = words_in(page.tree.body.text(separator=" ")) if page.tree.body else set()
    headings = {one["id"]: words_in(one["text"]) & everywhere for one in content["anchors"]}
    sections = {"": everywhere}
    for anchor, said in _blocks(content):
        around = _section_of(page, anchor) if anchor else ""
        if around is None:
            yield Violation(target, f"the index leads to #{anchor}, which isn't there")
            continue
        if around not in sections:
            sections[around] = _words_of_section(page, around)
        there = sections[around] | headings.get(anchor, set())
        for word in words_in(said):
            where = f"#{anchor}" if anchor else "the page"
            yield answer(word in there, target, f"the index has {word!r} for {where}")


def _section_of(page: Page, anchor: str) -> str | None:
    """The id of the section around a place of the page; None where there is no such place."""
    node = page.tree.css_first(f'[id="{anchor}"]')
    if node is None:
        return None
    while node is not None and not (node.tag == "section" and node.attributes.get("id")):
        node = node.parent
    return (node.attributes["id"] or "") if node is not None else ""


def _words_of_section(page: Page, name: str) -> set[str]:
    node = page.tree.css_first(f'section[id="{name}"]')
    return words_in(node.text(separator=" ")) | words_in(words_of(node)) if node else set()


def _blocks(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each anchor's id with the words up to the next; those before the first with no id."""
    said = content["content"].split()
    anchors = sorted(content["anchors"], key=lambda one: one["location"])
    starts = [("", 0), *((one["id"], one["location"]) for one in anchors)]
    for (name, start), end in zip(starts, [*(at for _, at in starts[1:]), len(said)], strict=True):
        # The index glues nothing together that the page parts: its own marks are no letters.
        yield name, " ".join(said[start:end])
