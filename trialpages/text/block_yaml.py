"""A quick reader for the YAML this project writes; anything else is left to libyaml.

Front matter takes half the time of reading a trial, and nearly all of it has the one stable form
that `write_yaml` gives it. This reads that form several times as fast; where a line isn't in it,
the whole text goes to `read_yaml`. tests/test_block_yaml.py holds the two to the same answer.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from trialpages.text.front_matter import Path, Tree

Row = tuple[str, str, str, str, str]
"""Indentation, dash, key, and a value: a plain one, or any other."""


class Unusual(Exception):  # noqa: N818
    """The text isn't in the stable form; libyaml must read it."""


def read_block_yaml(text: str) -> Tree:
    """The mapping in `text`, each scalar as text, as `read_yaml` gives it. Raises Unusual.

    `text` holds no control characters but tabs and line ends.
    """
    return _tree(text, _rows(text))


class BlockPlaces:
    """Where the values of a text of the stable form stand, worked out once for all of them."""

    def __init__(self, text: str) -> None:
        self._rows = _rows(text)
        numbered = [
            (at, dash, key, f"{_ROW}{number}" if plain else "", other)
            for number, (at, dash, key, plain, other) in enumerate(self._rows)
        ]
        try:
            self._tree = _tree(text, numbered)
        except Unusual:
            self._tree = {}

    def of(self, path: Path) -> tuple[int, int, int] | None:
        """Line and column (from 0) and length of the value at `path`.

        None for a value that doesn't stand on one line without quotes, or isn't there.
        """
        found: Any = self._tree
        try:
            for step in path:
                found = found[step]
        except (LookupError, TypeError):
            return None
        if not isinstance(found, str) or not found.startswith(_ROW):
            return None
        line = int(found.removeprefix(_ROW))
        at, dash, key, plain, _ = self._rows[line]
        return line, len(at + dash) + (len(f"{key}: ") if key else 0), len(plain)


_ROW = "\x00"
"""Stands before the number of a row: no text of a file begins so."""


def _rows(text: str) -> list[Row]:
    return _LINE.findall(text.removesuffix("\n"))


def _tree(text: str, rows: list[Row]) -> Tree:
    if any(sign in text for sign in _NEVER_PLAIN):
        raise Unusual
    reader = _Reader(text.removesuffix("\n"), rows)
    tree = reader.mapping(0, 0)
    if reader.row < len(rows):
        raise Unusual
    return tree


_DOUBLE = re.compile(r'"([^"\\]*)"')
_SINGLE = re.compile(r"'((?:[^']|'')*)'")
_DEEPEST = 20  # below what read_yaml refuses, so that it is the one to say so
_NEVER_PLAIN = "\t\u2028\u2029\ufeff\ufffe\uffff"
_LINE = re.compile(
    r"""^([ ]*+) (-[ ])?+ (?:([A-Za-z_/][A-Za-z0-9_./]*+):(?:[ ]|$))?
    (?: ([^-\ ,\[\]{}\#&*!|>'"%@`=<~?:\n][^:\#\n]*+ (?<![ ])$)    # plain at a glance
    | (.*) )
    """,
    re.MULTILINE | re.VERBOSE,
)
_NOT_PLAIN_START = frozenset(" ,[]{}#&*!|>'\"%@`=<~-?:")


class _Reader:
    """The rows of a text, and the number of the one whose turn it is."""

    def __init__(self, text: str, rows: list[Row]) -> None:
        self._text, self.rows, self.row = text, rows, 0

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def mapping(self, indent: int, depth: int) -> Tree:
        """The entries at `indent`, up to a line further left or the next item of a list.

        The first of them may stand behind the dash of a list's item.
        """
        rows, margin, tree = self.rows, " " * indent, dict[str, Any]()
        at, dash, key, plain, other = rows[self.row]
        if len(at) + len(dash) != indent:
            raise Unusual
        while True:
            if not key or key in tree:
                raise Unusual
            self.row += 1
            tree[key] = plain or (
                self._scalar(other, indent) if other else self._inner(indent, depth)
            )
            if self.row == len(rows):
                return tree
            at, dash, key, plain, other = rows[self.row]
            if at != margin or dash:
                if len(at) < indent:
                    return tree
                raise Unusual

    def _inner(self, indent: int, depth: int) -> Any:
        """The mapping or list below a key that has nothing behind its colon."""
        margin, dash = self.rows[self.row][:2] if self.row < len(self.rows) else ("", "")
        if len(margin) != indent + 2 or depth > _DEEPEST:
            raise Unusual
        return (self._sequence if dash else self.mapping)(indent + 2, depth + 1)

    def _sequence(self, indent: int, depth: int) -> list[Any]:
        rows, items = self.rows, list[Any]()
        while self.row < len(rows):
            margin, dash, key, plain, other = rows[self.row]
            if len(margin) < indent:
                break
            if len(margin) != indent or not dash:
                raise Unusual
            if key:
                items.append(self.mapping(indent + 2, depth))
            else:
                self.row += 1
                items.append(plain or self._scalar(other, indent))
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
