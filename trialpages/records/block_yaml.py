"""A quick reader for the YAML this project writes; anything else is left to libyaml.

Front matter takes half the time of reading a trial, and nearly all of it has the one stable form
that `write_yaml` gives it. This reads that form several times as fast; where a line isn't in it,
the whole text goes to `read_yaml`. tests/test_block_yaml.py holds the two to the same answer.
"""

from __future__ import annotations

import re
from typing import Any

Tree = dict[str, Any]


class Unusual(Exception):  # noqa: N818
    """The text isn't in the stable form; libyaml must read it."""


def read_block_yaml(text: str) -> Tree:
    """The mapping in `text`, each scalar as text, as `read_yaml` gives it. Raises Unusual."""
    if not text.replace("\n", "").isprintable() and _NEVER_PLAIN.search(text):
        raise Unusual
    body = text.removesuffix("\n")
    reader = _Reader(body.split("\n"), _LINE.findall(body))
    tree = reader.mapping(0, 0)
    if reader.row < len(reader.rows):
        raise Unusual
    return tree


_DOUBLE = re.compile(r'"([^"\\]*)"')
_SINGLE = re.compile(r"'((?:[^']|'')*)'")
_DEEPEST = 20  # below what read_yaml refuses, so that it is the one to say so
_NEVER_PLAIN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]"
)
_LINE = re.compile(r"^( *)(- )?(?:([A-Za-z_/][A-Za-z0-9_./]*):(?: |$))?(.*)$", re.MULTILINE)
_NOT_PLAIN_START = frozenset(" ,[]{}#&*!|>'\"%@`=<~-?:")

Row = tuple[str, str, str, str]
"""Indentation, dash, key, value."""


class _Reader:
    """The rows of a text, and the number of the one whose turn it is."""

    __slots__ = ("_lines", "row", "rows")

    def __init__(self, lines: list[str], rows: list[Row]) -> None:
        self._lines, self.rows, self.row = lines, rows, 0

    def mapping(self, indent: int, depth: int) -> Tree:
        """The entries at `indent`, up to a line further left or the next item of a list.

        The first of them may stand behind the dash of a list's item.
        """
        rows, tree, first = self.rows, dict[str, Any](), self.row
        while self.row < len(rows):
            margin, dash, key, text = rows[self.row]
            at = len(margin) + 2 if dash and self.row == first else len(margin)
            if at < indent:
                break
            if at != indent or not key or key in tree or (dash and self.row != first):
                raise Unusual
            self.row += 1
            tree[key] = self._scalar(text, indent) if text else self._inner(indent, depth)
        return tree

    def _inner(self, indent: int, depth: int) -> Any:
        """The mapping or list below a key that has nothing behind its colon."""
        margin, dash = self.rows[self.row][:2] if self.row < len(self.rows) else ("", "")
        if len(margin) != indent + 2 or depth > _DEEPEST:
            raise Unusual
        return (self._sequence if dash else self.mapping)(indent + 2, depth + 1)

    def _sequence(self, indent: int, depth: int) -> list[Any]:
        rows, items = self.rows, list[Any]()
        while self.row < len(rows):
            margin, dash, key, text = rows[self.row]
            if len(margin) < indent:
                break
            if len(margin) != indent or not dash:
                raise Unusual
            if key:
                items.append(self.mapping(indent + 2, depth))
            else:
                self.row += 1
                items.append(self._scalar(text, indent))
        return items

    def _scalar(self, text: str, indent: int) -> Any:
        """A value that begins on the line of its key or dash, which stands at `indent`."""
        start = text[:1]
        if start in _NOT_PLAIN_START and not (start in "-?:" and text[1:2].isalnum()):
            return self._literal(indent + 2) if text == "|-" else _quoted(text)
        if ": " in text or " #" in text or text[-1:] in ("", ":", " "):
            raise Unusual
        return text

    def _literal(self, indent: int) -> str:
        """The lines of a `|-` block, their indentation taken off."""
        margin, lines, first = " " * indent, self._lines, self.row
        while self.row < len(lines):
            line = lines[self.row]
            if line and not line.startswith(margin):
                break
            self.row += 1
        block = [line[indent:] for line in lines[first : self.row]]
        if not block or not block[0] or block[0][0] == " ":
            raise Unusual
        return "\n".join(block).rstrip("\n")


def _quoted(text: str) -> Any:
    if match := _DOUBLE.fullmatch(text):
        return match[1]
    if match := _SINGLE.fullmatch(text):
        return match[1].replace("''", "'")
    if text in ("{}", "[]"):
        return {} if text == "{}" else []
    raise Unusual
