"""One built page, read once: what the rules of `links`, `markup` and `accessibility` look at.

selectolax parses, because Lexbor reads a page of 40 KB in a millisecond and finds by CSS selector;
it says nothing of faults in the HTML, which `markup` asks html5ever about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from trialpages.problems import Problem, Where


@dataclass(frozen=True)
class BuiltPage:
    """A page of the site: its path in the site, its text, and its tree."""

    path: str
    shown: str
    """The path as messages call it: `site/index.html`."""
    text: str

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.text)

    def find(self, selector: str) -> list[LexborNode]:
        return self.tree.css(selector)

    def fault(self, node: LexborNode | None, code: str, message: str, hint: str) -> Problem:
        """A problem of this page, at the element's opening tag where the text has it so."""
        return Problem(code, "error", message, self._where(node), hint)

    def _where(self, node: LexborNode | None) -> Where:
        tag = (node.html or "").split(">", 1)[0] + ">" if node else ""
        start = self.text.find(tag) if tag else -1
        if start < 0:
            return Where(self.shown)
        line = self.text.count("\n", 0, start) + 1
        begin = self.text.rfind("\n", 0, start) + 1
        source = self.text[begin:].split("\n", 1)[0]
        return Where(self.shown, line, start - begin + 1, source, len(tag))


def attribute(node: LexborNode, name: str) -> str | None:
    """An attribute's text, empty where it stands without one; None where it is not there."""
    attributes = node.attributes
    return (attributes[name] or "") if name in attributes else None


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent
