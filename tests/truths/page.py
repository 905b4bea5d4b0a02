"""One page as a truth sees it: its texts, its links, and what the rest of a site has to know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode


class Text(msgspec.Struct, frozen=True):
    """A piece of text a visitor can meet on a page."""

    words: str
    """White space made single."""
    tag: str
    """The element it stands in, or the attribute it is: `p`, `alt`."""
    lang: str
    """The language of the nearest element that names one."""
    inside: tuple[str, ...]
    """The ids of the elements around it, outermost first."""


class Link(msgspec.Struct, frozen=True):
    target: str
    """The file it leads to, from the site's root; empty where it leads elsewhere."""
    anchor: str
    href: str
    words: str
    count: str
    """The number beside it, as `_terms.html` shows one; empty for other links."""
    is_card: bool
    """Whether it is the title of a trial in a list."""


class Facts(msgspec.Struct, frozen=True):
    """What the rest of a site has to know of a page."""

    path: str
    title: str
    heading: str
    links: tuple[Link, ...]
    ids: frozenset[str]
    repeated: tuple[str, ...]
    """Ids that stand on the page more than once."""
    cards: tuple[str, ...]
    """The ids of the trials it lists."""
    lead: str
    """What it says about itself below its heading: `12 trials, 3 recruiting now`."""
    group_leads: tuple[str, ...]
    """The sentences of ours that stand over its groups of criteria."""
    canonical: str
    moved_to: str
    """The page a redirect leads to, from the site's root."""
    is_hidden: bool
    """Whether search engines are asked to leave it out."""

    @property
    def is_redirect(self) -> bool:
        return bool(self.moved_to)


_UNSEEN = {"script", "style", "template"}
_SPOKEN = ("alt", "aria-label", "title", "placeholder")
_META = (
    "description",
    "og:title",
    "og:description",
    "og:site_name",
    "citation_title",
    "citation_author",
)


@dataclass(frozen=True)
class Page:
    """One page of HTML."""

    path: str
    html: str

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every piece of text on the page, seen or spoken, in its order."""
        return tuple(_texts(self.tree))

    @cached_property
    def words(self) -> str:
        """The text of the page's main part, its blocks parted by spaces."""
        main = self.tree.css_first("main") or self.tree.body
        return words_of(main) if main else ""

    @cached_property
    def facts(self) -> Facts:
        return _facts(self)

    @property
    def trial_id(self) -> str:
        """The id of the trial whose page it is; empty for another page."""
        if not _OF_TRIALS.match(self.path) or not self.tree.css_first("#at-a-glance"):
            return ""
        return Path(self.path).stem


_OF_TRIALS = re.compile(r"(?:[a-z]{2}(?:-\w+)*/)?trials/")
"""In the folder of a language, where a site has several."""


def words_of(node: LexborNode) -> str:
    """A node's text as it reads: blocks parted, white space made single."""
    return _single("".join(_pieces(node)))


_INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "mark", "s", "small"}
_INLINE |= {"span", "strong", "sub", "sup", "time", "u", "wbr", "q", "kbd"}


def _pieces(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif child.tag not in _UNSEEN:
            block = child.tag not in _INLINE
            if block:
                yield " "
            yield from _pieces(child)
            if block:
                yield " "


def _texts(tree: LexborHTMLParser) -> Iterator[Text]:
    head = tree.head
    html = tree.css_first("html")
    lang = (html.attributes.get("lang") if html else "") or ""
    if head:
        for title in head.css("title"):
            yield Text(_single(title.text()), "title", lang, ())
        for meta in head.css("meta"):
            name = meta.attributes.get("name") or meta.attributes.get("property")
            if name in _META:
                yield Text(_single(meta.attributes.get("content") or ""), "meta", lang, ())
    if tree.body:
        yield from _texts_below(tree.body, lang, ())


def _texts_below(node: LexborNode, lang: str, inside: tuple[str, ...]) -> Iterator[Text]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            if words := _single(child.text_content or ""):
                yield Text(words, node.tag or "", lang, inside)
        elif child.tag not in _UNSEEN:
            attributes = child.attributes
            own = attributes.get("lang") or lang
            around = (*inside, given) if (given := attributes.get("id")) else inside
            for name in _SPOKEN:
                if words := _single(attributes.get(name) or ""):
                    yield Text(words, name, own, around)
            yield from _texts_below(child, own, around)


def _single(text: str) -> str:
    return " ".join(text.split())


def _facts(page: Page) -> Facts:
    tree = page.tree
    canonical = tree.css_first('link[rel="canonical"]')
    found = [node.attributes["id"] or "" for node in tree.css("[id]")]
    title, heading = tree.css_first("title"), tree.css_first("h1")
    lead = tree.css_first(".page-header .lead")
    return Facts(
        path=page.path,
        title=_single(title.text()) if title else "",
        heading=words_of(heading) if heading else "",
        links=tuple(_links(page)),
        ids=frozenset(found),
        repeated=tuple(sorted({one for one in found if found.count(one) > 1}))
        if len(set(found)) < len(found)
        else (),
        cards=tuple(_single(node.text()) for node in tree.css(".card .trial-id")),
        lead=words_of(lead) if lead else "",
        group_leads=tuple(_single(node.text()) for node in tree.css(".criteria > .lead")),
        canonical=(canonical.attributes.get("href") or "") if canonical else "",
        moved_to=_moved_to(page),
        is_hidden=bool(tree.css_first('meta[name="robots"][content*="noindex"]')),
    )


def _moved_to(page: Page) -> str:
    node = page.tree.css_first('meta[http-equiv="refresh"]')
    if not node:
        return ""
    return resolve(page.path, (node.attributes.get("content") or "").partition("url=")[2])[0]


def _links(page: Page) -> Iterator[Link]:
    for node in page.tree.css("a[href], link[href], area[href]"):
        href = node.attributes.get("href") or ""
        target, anchor = resolve(page.path, href)
        listed = node.tag == "a" and node.parent and node.parent.tag != "body"
        count = node.parent.css_first(".count") if listed and node.parent else None
        number = re.match(r"[\d,. \u00a0\u202f]+", _single(count.text())) if count else None
        words = words_of(node) if node.tag == "a" else ""
        is_card = bool(node.parent and node.parent.attributes.get("class") == "card-title")
        yield Link(target, anchor, href, words, number[0].strip() if number else "", is_card)


def resolve(path: str, href: str) -> tuple[str, str]:
    """The file, from the site's root, and the anchor that a link of the page `path` leads to."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return "", ""
    plain, anchor = urldefrag(href)
    plain = unquote(plain.partition("?")[0])
    if not plain:
        return path, unquote(anchor)
    steps = [] if plain.startswith("/") else path.split("/")[:-1]
    for step in plain.lstrip("/").split("/"):
        if step == "..":
            if not steps:
                return "..", unquote(anchor)
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps), unquote(anchor)
