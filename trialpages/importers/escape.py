"""Plain text as CommonMark that shows exactly that text.

Nothing here trusts a list of dangerous characters: each line is parsed, and what Markdown would
take is escaped until the text comes back to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from trialpages.text.commonmark import ESCAPED, TooDeep, new_parser, refuse_excess

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MARKS = "\\`*_[<&"
"""What Markdown can take in the middle of a line. Without `[` and `<` there is no link or HTML."""
_BLOCK = "\n"
"""Stands for the mark at the start that makes a line a list item, heading, quote or fence."""
_BLOCK_MARK = re.compile(r"\A(\d{1,9}(?=[.)])|(?=[-+>#~=]))")
_MARK = re.compile(r"[\[<*_&`]")
_MOST_MARKS = 400
"""In a line that is tried; no line of a registry's page has a tenth of these."""
_NOWHERE = r"(?!)()"
_PLAIN_TOKENS = ["paragraph_open", "inline", "paragraph_close"]


def escape(text: str) -> str:
    """A CommonMark text that shows `text`, one line without control characters, as it is."""
    if shown(text) == text:
        return text
    inner = text.strip()
    start = text.index(inner)
    before, after = _references(text[:start]), _references(text[start + len(inner) :])
    return _fewest_escapes(
        lambda kinds: before + _with_escapes(inner, kinds, keep=_NOWHERE) + after, text
    )


def protect(line: str) -> str:
    """The same for a line whose own backslash escapes are to stay and count as such."""
    meant = resolved(line)
    if shown(line) == meant:
        return line
    return _fewest_escapes(lambda kinds: _with_escapes(line, kinds, keep=ESCAPED.pattern), meant)


def resolved(line: str) -> str:
    r"""The line as it is meant to be read: `\>` is `>`."""
    return ESCAPED.sub(r"\1", line)


def shown(markup: str) -> str | None:
    """The text that CommonMark shows, or None if it makes more of it than one plain paragraph."""
    if not markup:
        return ""
    if len(_MARK.findall(markup)) > _MOST_MARKS:
        return None  # every mark of it is escaped: trying fewer would take too long
    try:
        refuse_excess(markup)
        tokens = _parser().parse(markup)
    except (TooDeep, RecursionError):
        return None
    if [token.type for token in tokens] != _PLAIN_TOKENS:
        return None
    children = tokens[1].children or []
    if any(child.type != "text" for child in children):
        return None
    return "".join(child.content for child in children)


@cache
def _parser() -> MarkdownIt:
    # With HTML on, `<b>` counts as taken: the text is then safe whether or not a reader allows it.
    return new_parser(html=True)


def _fewest_escapes(write: Callable[[str], str], meant: str) -> str:
    """What `write` makes with as few kinds of marks escaped as bring back what is meant."""
    kinds = _MARKS + _BLOCK
    for kind in kinds:
        fewer = kinds.replace(kind, "")
        if shown(write(fewer)) == meant:
            kinds = fewer
    return write(kinds)


def _with_escapes(text: str, kinds: str, keep: str) -> str:
    """The text with these kinds of marks escaped, except where `keep` matches."""
    marks = kinds.replace(_BLOCK, "")
    mark = f"[{re.escape(marks)}]" if marks else "(?!)"
    text = re.sub(f"{keep}|({mark})", lambda found: "\\" + (found[1] or found[2]), text)
    return _BLOCK_MARK.sub(r"\1\\", text, count=1) if _BLOCK in kinds else text


def _references(spaces: str) -> str:
    """White space at the ends of a paragraph survives only as character references."""
    return "".join(f"&#{ord(space)};" for space in spaces)
