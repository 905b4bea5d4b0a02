"""The one place that makes a CommonMark parser, and what is too much for one.

Markdown's cost grows with the square of some inputs, and beyond its depth it drops text. What goes
beyond these bounds is refused: cutting it would lose words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A backslash, and the sign whose meaning it takes."""


class TooDeep(Exception):  # noqa: N818
    """The text nests deeper, or is longer, than it can be shown."""


def nested_too_deep() -> TooDeep:
    return TooDeep("lists or quotes nested too deep to show")


MOST_CHARACTERS = 50_000
"""Of a text with marks. The registry takes 32,000 characters in a field."""

MOST_OPEN = 32
"""Square brackets open at once in a paragraph."""
MOST_QUOTES = 8
"""Inside each other; each costs as much again."""
_LIST_MARK = r"[ \t]*(?:[*+-][ \t]|\d{1,9}[.)][ \t])"
_DEEP_LINE = re.compile(
    rf"^(?:(?:{_LIST_MARK})*[ \t]*>){{{MOST_QUOTES + 1}}}|^(?:{_LIST_MARK}){{25,}}[ \t]*[^\s*+-]",
    re.MULTILINE,
)
"""So many quotes, or 25 lists that begin on one line; a line of 25 stars and no text is a rule."""
_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*\n", re.DOTALL)


def new_parser(*, html: bool) -> MarkdownIt:
    """A parser of CommonMark that never drops text for its depth."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": html, "maxNesting": 100_000})


def refuse_excess(text: str) -> None:
    """Raise TooDeep for a text that would take a parser too long."""
    if len(text) > MOST_CHARACTERS:
        raise TooDeep(
            f"a text of {len(text):,} characters with marks; {MOST_CHARACTERS:,} is the most"
        )
    if _DEEP_LINE.search(text):
        raise nested_too_deep()
    if _open_brackets(text) > MOST_OPEN:
        raise TooDeep(f"more than {MOST_OPEN} square brackets open in one paragraph")


def _open_brackets(text: str) -> int:
    """How many square brackets are open at once, at most, in a paragraph."""
    if text.count("[") <= MOST_OPEN:
        return 0
    depth = deepest = 0
    for sign in _BRACKET.findall(text):
        if sign == "[":
            depth += 1
            deepest = max(deepest, depth)
        elif sign == "]":
            depth = max(0, depth - 1)
        elif sign[0] == "\n":
            depth = 0
    return deepest
