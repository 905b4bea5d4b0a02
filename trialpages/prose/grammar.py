"""Of CommonMark, what a record's texts may use, and what an editor's own may.

The registry writes paragraphs, lists, rules and escapes, and escapes everything else: 3,002 records
hold no link, no heading, no quote and no code. Where such a thing stands in a record it is text,
for CommonMark would take signs away with it: `[not]` of a definition, `#` of "# of patients", `>`
of "> 18 years", the word behind three backticks. No text at all may define links out of sight.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trialpages.problems import unseen
from trialpages.text.commonmark import new_parser

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_NOT_IN_TEXTS = ("image", "reference")
"""A picture would be fetched from elsewhere, but one of the site's own; a definition of links is
shown nowhere."""
_NOT_IN_RECORDS = ("autolink", "blockquote", "code", "fence", "lheading", "link", "table")


def editors_parser() -> MarkdownIt:
    """For what an editor of the site wrote: all of CommonMark that hides nothing, and tables."""
    parser = new_parser(html=False)
    parser.enable("table")
    parser.disable(_NOT_IN_TEXTS)
    parser.inline.ruler.at("entity", _entity)
    return parser


def records_parser() -> MarkdownIt:
    """For what a record says: paragraphs, lists, rules, emphasis and headings of parts."""
    parser = editors_parser()
    parser.disable(_NOT_IN_RECORDS)
    parser.block.ruler.at("heading", _heading)
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.at("emphasis", _emphasis)
    return parser


def _entity(state: StateInline, silent: bool) -> bool:
    """`&gt;` is a sign; one that can't be seen, such as `&#x202e;`, stays as it is written."""
    from markdown_it.rules_inline import entity

    if not entity(state, silent):
        return False
    sign = "" if silent else unseen(state.tokens[-1].content)
    if sign and not sign.isspace():
        state.tokens[-1].content = state.tokens[-1].markup
    return True


def _heading(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`### Part A`; one or two `#` head the sections of a file, and none is taken from a text."""
    from markdown_it.rules_block import heading

    line = state.src[state.bMarks[start_line] + state.tShift[start_line] : state.eMarks[start_line]]
    mark, _, title = line.rstrip().partition(" ")
    if len(mark) < 3 or not title or title.endswith("#"):
        return False
    return heading(state, start_line, end_line, silent)


def _list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`* - 5 D` is an item that says a number below nothing, not an empty one with a list."""
    from markdown_it.rules_block import list_block

    begins, first = state.bMarks[start_line], state.tShift[start_line]
    is_first_of_item = bool(state.src[begins : begins + first].strip())
    if is_first_of_item and _SIGNED.match(state.src, begins + first):
        return False
    return list_block(state, start_line, end_line, silent)


_SIGNED = re.compile(r"[-+] +[0-9]")


def _emphasis(state: StateInline, silent: bool) -> bool:
    """`*so*`, as markdown-it reads it, but never within a word: `5*10*9` is a product."""
    from markdown_it.rules_inline.state_inline import Delimiter

    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    scanned = state.scanDelims(state.pos, False)
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=scanned.can_open,
                close=scanned.can_close,
            )
        )
    state.pos += scanned.length
    return True
