"""Do the links inside the site lead somewhere: to a file that is there, to an anchor that is there.

A site must work over http, below any path and from a folder, so a link that begins with `/` is a
fault too, except on 404.html, which a server shows at any address.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from trialpages.addresses import HOME
from trialpages.audit.page import BuiltPage, attribute
from trialpages.problems import Problem, Where

_LINKING = {"href": "[href]", "src": "[src]", "action": "[action]", "poster": "[poster]"}
_ANYWHERE = "404.html"


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the site: the file it names and the anchor in it, and where it stands."""

    target: str
    anchor: str
    written: str
    where: Where
    followed: bool
    """Whether a visitor follows it to this page, not the browser for a part of its own; nor does
    one come to a page by way of the same in another language, but at the start."""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page offers to links and what it links to."""

    anchors: frozenset[str]
    links: tuple[Link, ...]
    outside: tuple[str, ...]
    """Web addresses the page links to."""
    problems: tuple[Problem, ...]


def page_links(page: BuiltPage) -> PageLinks:
    """The links and anchors of a page."""
    links, outside, problems = list[Link](), list[str](), list[Problem]()
    for name, selector in _LINKING.items():
        for node in page.find(selector):
            written = attribute(node, name) or ""
            found = _read(page, node, written)
            if isinstance(found, Link):
                links.append(found)
            elif isinstance(found, Problem):
                problems.append(found)
            elif found:
                outside.append(found)
    anchors = frozenset(attribute(node, "id") or "" for node in page.find("[id]"))
    return PageLinks(anchors, tuple(links), tuple(outside), tuple(problems))


def _read(page: BuiltPage, node: LexborNode, written: str) -> Link | Problem | str | None:
    """A link inside the site, a fault, a web address, or nothing that could be checked."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return page.fault(node, "bad-link", f"`{written}` is no address", "mend the link")
    if parts.scheme in ("http", "https"):
        return written
    if parts.scheme or written.startswith("//"):
        return None
    if parts.path.startswith("/"):
        if page.path.rpartition("/")[2] == _ANYWHERE:
            return None
        message = f"`{written}` begins with /, so it works at a domain's root only"
        return page.fault(node, "absolute-link", message, "write it relative to this page")
    written_path = unquote(parts.path)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), written_path))
    if written_path.endswith("/"):
        path += "/"  # names a folder, which no disk shows as a page
    target = page.path if not parts.path else path
    place = page.fault(node, "", "", "").where
    followed = node.tag in ("a", "area", "form") and (
        page.path == HOME or attribute(node, "hreflang") is None
    )
    return Link(target, unquote(parts.fragment), written, place or Where(page.shown), followed)


def check_links(pages: Mapping[str, PageLinks], files: Collection[str]) -> Iterator[Problem]:
    """Links that lead nowhere. `pages` and `files` go by their paths in the site."""
    for page in pages.values():
        yield from page.problems
        for link in page.links:
            if link.target not in files:
                message = f"`{link.written}` leads to {link.target}, which isn't there"
                hint = "mend the link or add the page"
                yield Problem("broken-link", "error", message, link.where, hint)
            elif link.anchor and link.target in pages:
                yield from _check_anchor(link, pages[link.target].anchors)


def _check_anchor(link: Link, anchors: frozenset[str]) -> Iterator[Problem]:
    if link.anchor in anchors or link.anchor == "top" or link.anchor.startswith(":~:"):
        return
    message = f"`{link.written}` leads to the anchor `{link.anchor}`, which isn't there"
    yield Problem("broken-anchor", "error", message, link.where, "mend the anchor")


def web_addresses(pages: Iterable[PageLinks]) -> list[str]:
    """Every web address the pages link to, once, without its anchor."""
    found = {address.split("#", 1)[0] for page in pages for address in page.outside}
    return sorted(found)
