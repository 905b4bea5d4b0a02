"""Of the search index: what it knows of a trial stands on the trial's page."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from selectolax.lexbor import LexborNode
from unpacking import dictionary_in, unpacked

from trialpages.search import packing
from trialpages.search.keys import keys_of, numbered_in
from truths.page import Page, words_of
from truths.register import Answers, Change, Scope, Violation, answer, truth
from truths.site import Site

_TEXTS = re.compile(r"pagefind/[0-9a-f]+/texts/(\d+)")
_WORDS = re.compile(r"pagefind/[0-9a-f]+/words/(\d+)")
_ENTRY = "pagefind/index.js"
_NAME = "="
"""Ends the key of a name: it leads to trials that say another name of the thing."""


@dataclass(frozen=True)
class File:
    """One file of the index: a line of JSON, and what lies behind it."""

    path: str
    head: dict[str, Any]
    content: bytes
    dictionary: bytes = b""
    """What files of texts have in common."""

    def packed(self) -> bytes:
        plain = json.dumps(self.head).encode() + b"\n" + self.content
        return packing.packed(plain, self.dictionary) if self.dictionary else gzip.compress(plain)

    def with_texts(self, trials: Sequence[Any]) -> bytes:
        return replace(self, content=json.dumps(trials).encode()).packed()


def _files(site: Site, pattern: re.Pattern[str]) -> Iterator[File]:
    """The files of a kind, by their numbers."""
    numbers = {path: int(match[1]) for path in site.paths if (match := pattern.fullmatch(path))}
    for path in sorted(numbers, key=lambda one: numbers[one]):
        dictionary = dictionary_in(site.read(_ENTRY)) if pattern is _TEXTS else b""
        read = site.read(path)
        plain = unpacked(read, dictionary) if dictionary else gzip.decompress(read)
        head, _, content = plain.partition(b"\n")
        yield File(path, json.loads(head), content, dictionary)


def _texts(site: Site) -> Iterator[tuple[str, str, Sequence[Any]]]:
    """Of each trial, in the order of the index: its page, its title, its sections."""
    for file in _files(site, _TEXTS):
        for url, title, _, sections in json.loads(file.content):
            yield url, title, sections


def facts_beside(site: Site) -> Iterator[dict[str, str]]:
    """Of each trial what a result shows beside its title."""
    for file in _files(site, _TEXTS):
        for _, _, meta, _ in json.loads(file.content):
            yield meta


def other_facts(site: Site, name: str, of: str, instead: str) -> Change:
    """The same with another value of a fact, of each trial that has `of`."""
    changed = {}
    for file in _files(site, _TEXTS):
        trials = json.loads(file.content)
        for _, _, meta, _ in trials:
            if meta.get(name, "").startswith(of):
                meta[name] = instead
        changed[file.path] = file.with_texts(trials)
    return Change(changed)


def _keys_by_row(site: Site) -> dict[int, list[str]]:
    """The words that the index has for each trial; names aside."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for file in _files(site, _WORDS):
        counts, widths = file.head["counts"], file.head["widths"]
        of_each = [[0] * count for count in counts]
        read = iter(file.content)
        for byte in range(max(widths)):
            for steps, width in zip(of_each, widths, strict=True):
                for i in range(len(steps) if width > byte else 0):
                    steps[i] += next(read) << 8 * byte
        for key, steps in zip(file.head["keys"], of_each, strict=True):
            for row in accumulate(steps):
                if not key.endswith(_NAME):
                    found[row].append(key)
    return found


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


def _other_text(site: Site, anchor: str | None, text: str) -> Change:
    """The last place of the first trial with this anchor, if one is given, and one word more."""
    file = next(_files(site, _TEXTS))
    trials = json.loads(file.content)
    place = trials[0][3][-1][2][-1]
    place[:] = [place[0] if anchor is None else anchor, f"{place[1]} {text}"]
    return Change({file.path: file.with_texts(trials)})


def marked_texts(site: Site) -> Change:
    """Every text that the index quotes begins with markup."""
    changed = {}
    for file in _files(site, _TEXTS):
        trials = json.loads(file.content)
        for _, _, _, sections in trials:
            for _, _, places in sections:
                places[:] = [[anchor, f'<p id="arm-2">{text}'] for anchor, text in places]
        packed = file.with_texts(trials)
        changed[file.path] = packed
    return Change(changed)


def _other_key(site: Site) -> Change:
    """The first word of the first file is another, which no record says."""
    file = next(_files(site, _WORDS))
    head = {**file.head, "keys": ["zebrafinch", *file.head["keys"][1:]]}
    return Change({file.path: File(file.path, head, file.content).packed()})


@truth(
    "Each word of the index stands on the page it leads to, within the section that its anchor is in",
    things="words of the index",
    scope=Scope.SITE,
    mutations=(
        lambda site: _other_text(site, None, "zebrafinch"),
        lambda site: _other_text(site, "nowhere", ""),
        _other_key,
    ),
)
def index_words_are_on_their_pages(site: Site) -> Answers:
    keys = _keys_by_row(site)
    for row, (target, title, sections) in enumerate(_texts(site)):
        if not site.has(target):
            yield Violation(target, "the index leads to it and it is no file")
            continue
        page = site.page(target)
        yield from _quoted_words(page, title, sections)
        there = _keys_on(page, title, sections)
        for key in keys[row]:
            yield answer(key in there, target, f"the index finds it by {key!r}")
        site.forget(target)


def _keys_on(page: Page, title: str, sections: Sequence[Any]) -> set[str]:
    """The keys of the page's words; of what the index quotes too, which is held to the page."""
    texts = [words_of(page.tree.body) if page.tree.body else "", title]
    texts += [text for _, _, places in sections for _, text in places]
    return {key for text in texts for key in (*keys_of(text), *numbered_in(text))}


def _quoted_words(page: Page, title: str, sections: Sequence[Any]) -> Answers:
    body = page.tree.body
    everywhere = words_in(body.text(separator=" ")) | words_in(words_of(body)) if body else set()
    for word in words_in(title):
        yield answer(word in everywhere, page.path, f"the index has {word!r} for its title")
    nodes = {node.attributes["id"]: node for node in page.tree.css("[id]")}
    known = {"": everywhere}
    for name, _, places in sections:
        for anchor, text in places:
            node = nodes.get(anchor or name)
            if node is None:
                wrong = f"the index leads to #{anchor or name}, which isn't there"
                yield Violation(page.path, wrong)
                continue
            there = _words_around(node, known)
            for word in words_in(text):
                wrong = f"the index has {word!r} for #{anchor or name}"
                yield answer(word in there, page.path, wrong)


def _words_around(place: LexborNode, known: dict[str, set[str]]) -> set[str]:
    """The words of the section around a place of the page, or of all of it."""
    node: LexborNode | None = place
    while node is not None and not (node.tag == "section" and node.attributes.get("id")):
        node = node.parent
    name = (node.attributes["id"] or "") if node is not None else ""
    if node is not None and name not in known:
        known[name] = words_in(node.text(separator=" ")) | words_in(words_of(node))
    return known[name]
