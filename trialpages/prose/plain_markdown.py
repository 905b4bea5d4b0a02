"""A quick way for the CommonMark that records hold: paragraphs, lists and escapes.

Nearly every text of the registry is of this kind, and markdown-it-py takes ten times as long for
it. Whatever may mean more is left to it. tests/test_prose.py holds the two to the same answer, on
generated texts and on real records.
"""

from __future__ import annotations

import re

from trialpages.prose.blocks import Block, Item, List, Paragraph
from trialpages.text.commonmark import ESCAPED


class Unusual(Exception):  # noqa: N818
    """The text may mean more than paragraphs, lists and escapes."""


Row = tuple[str, str, str, str, str]
"""Margin, bullet, number, what stands behind it, text."""

_HIDDEN = 0xE000
"""An escaped character is hidden in Unicode's private area while marks are looked for."""

_MARK = re.compile(r"[`_\[\]\x00\t\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_MARKS = re.compile(r"<[A-Za-z/!?]|&[#A-Za-z0-9]|\\$", re.MULTILINE)
"""An address, an entity, a line break."""
_LINE = re.compile(r"^( *)(?:(?:([+*-])|([0-9]{1,9})([.)])) (?=\S))?(.*)$", re.MULTILINE)
_STARTS = re.compile(r"[+*#>=~<-]|[0-9]{1,9}[.)](?:\s|$)|\s")
"""What a line of a paragraph doesn't begin with."""
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_NOT_HTML = re.compile('[&<>"\ue000-\ue07f]')
_DEEPEST = 12


def read_blocks(text: str) -> list[Block]:
    """The paragraphs and lists of a text. Raises Unusual."""
    if not text.isascii() and re.search("[\ue000-\uf8ff]", text):
        raise Unusual
    hidden = ESCAPED.sub(lambda found: chr(_HIDDEN + ord(found[1])), text)
    if _MARK.search(hidden):
        raise Unusual
    if ("<" in hidden or "&" in hidden or "\\" in hidden) and _MARKS.search(hidden):
        raise Unusual
    rows: list[Row] = _LINE.findall(hidden)
    for *_, line in rows:
        if line and ("*" in line or line[-1].isspace() or _STARTS.match(line)):
            raise Unusual
    return _Reader(rows, hidden != text).blocks(0, 0)[0]


def _as_html(found: re.Match[str]) -> str:
    character = found[0] if found[0] < "\ue000" else chr(ord(found[0]) - _HIDDEN)
    return _HTML.get(character, character)


class _Reader:
    """The rows of a text, whether a sign is `hidden` in it, and the row whose turn it is."""

    __slots__ = ("hidden", "row", "rows")

    def __init__(self, rows: list[Row], hidden: bool) -> None:
        self.rows, self.hidden, self.row = rows, hidden, 0

    def blocks(self, indent: int, depth: int) -> tuple[list[Block], bool, bool]:
        """The blocks from `indent` on; whether empty lines part them, and whether one ends them."""
        found: list[Block] = []
        parted = empty = False
        while self.row < len(self.rows):
            margin, bullet, number, behind, line = self.rows[self.row]
            if not line:
                empty = True
                self.row += 1
                continue
            if len(margin) < indent:
                break
            parted = parted or (empty and bool(found))
            if bullet or number:
                block, empty = self._list(indent, bullet or behind, depth)
                found.append(block)
            else:
                empty = False
                found.append(self._paragraph(indent))
        return found, parted, empty

    def _list(self, indent: int, mark: str, depth: int) -> tuple[List, bool]:
        at = len(self.rows[self.row][0])
        if at - indent > 3 or depth > _DEEPEST:
            raise Unusual
        items: list[Item] = []
        tight, empty, more = True, False, True
        while more:
            _, bullet, number, behind, line = self.rows[self.row]
            inside = at + len(bullet or number + behind) + 1
            self.rows[self.row] = (" " * inside, "", "", "", line)
            tight = tight and not empty
            blocks, parted, empty = self.blocks(inside, depth + 1)
            tight = tight and not parted
            items.append(Item(number, blocks))
            more = self._goes_on(indent, at, mark)
        return List(mark, tight, items), empty

    def _goes_on(self, indent: int, at: int, mark: str) -> bool:
        """Whether the next row is another item of the list whose marks stand `at` this column."""
        if self.row == len(self.rows):
            return False
        margin, bullet, number, behind, _ = self.rows[self.row]
        if len(margin) < indent or not (bullet or number):
            return False
        if len(margin) != at:
            raise Unusual
        return (bullet or behind) == mark

    def _paragraph(self, indent: int) -> Paragraph:
        lines: list[str] = []
        while self.row < len(self.rows):
            margin, bullet, number, _, line = self.rows[self.row]
            if not line or (lines and (bullet or number) and self._ends(margin, number, indent)):
                break
            if len(margin) != indent or bullet or number:
                raise Unusual
            lines.append(line)
            self.row += 1
        text = "\n".join(lines)
        if self.hidden or "&" in text or "<" in text or ">" in text or '"' in text:
            text = _NOT_HTML.sub(_as_html, text)  # takes ten times as long as looking first
        return Paragraph(text)

    def _ends(self, margin: str, number: str, indent: int) -> bool:
        """Whether a list may begin here, right behind a line of a paragraph."""
        if len(margin) < indent:
            return True  # then it is an item of a list around this one
        return len(margin) - indent < 4 and (not number or int(number) == 1)
