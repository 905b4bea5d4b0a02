"""The tables of posted results: a column a group of people, a row a thing counted or measured.

Numbers are the registry's own texts. A comment on a number stands below its table and is called
by a letter, since a figure beside a figure would be read as part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol, TypeVar

from trialpages.records.results import EventGroup, Group

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """A comment of the record on a number or a row."""

    mark: str
    id: str
    text: str
    """CommonMark."""


Notes = Mapping[str, Note]
"""The notes of one table by their text: the same comment on many numbers is one note."""


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    title: str

    @property
    def stretches(self) -> Iterator[str]:
        """Its title, cut where a line may end within a long word of several parts."""
        ends = [0]
        for word in _LONG_WORD.finditer(self.title):
            ends.extend(word.start() + seam.start() for seam in _SEAM.finditer(word[0]))
        return (self.title[start:end] for start, end in pairwise((*ends, len(self.title))))


_LONG_WORD = re.compile(r"\S{12,}")
_SEAM = re.compile(r"(?<=[\w)%][+/])(?=[\w(])|(?<=\w)(?=\(\w)|(?<=\))(?=\w)")
"""`(225mg)+|Axitinib`, `TGT|(1mg/|kg)`: where a reader would part it too."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one group has in a row; an empty text where the record has nothing."""

    text: str = ""
    notes: tuple[Note, ...] = ()
    columns: int = 1
    """How many it goes across: where most groups have nothing, a run of them is one empty cell."""


@dataclass(frozen=True, slots=True)
class Row:
    head: str
    cells: tuple[Cell, ...]
    detail: str = ""
    """A further line of the head."""
    notes: tuple[Note, ...] = ()
    is_denom: bool = False
    """Whether it says how many the numbers below it are about."""

    @property
    def has_gaps(self) -> bool:
        return any(cell.columns > 1 for cell in self.cells)

    @property
    def spread(self) -> tuple[Cell, ...]:
        """Its cells, one a column."""
        if not self.has_gaps:
            return self.cells
        return tuple(
            one for cell in self.cells for one in (replace(cell, columns=1),) * cell.columns
        )


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows under a heading of their own, which may be empty."""

    title: str
    rows: tuple[Row, ...]
    detail: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    """Label and CommonMark of what the record says about these rows."""
    facts: tuple[tuple[str, str], ...] = ()
    """Label and plain text of further fields."""
    is_measure: bool = False
    """Whether it is a measure, under which the groups of its classes may follow."""

    def part(self, first: int, last: int) -> RowGroup:
        """The same rows with some of their cells. What is said about them stands in the first."""
        rows = tuple(replace(row, cells=row.spread[first:last]) for row in self.rows)
        if first == 0:
            return replace(self, rows=rows)
        return replace(self, rows=rows, texts=(), facts=())


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    notes: tuple[Note, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The table in parts that are no wider than paper, if it is wider itself; else none, and
        none of one that is nearly empty and would fill more paper than anybody prints."""
        wide = len(self.columns)
        if wide <= MOST_ON_PAPER or self._is_vast:
            return ()
        parts = -(-wide // MOST_ON_PAPER)
        edges = [wide * part // parts for part in range(parts + 1)]
        return tuple(self._block(first, last) for first, last in pairwise(edges))

    @property
    def _is_vast(self) -> bool:
        rows = [row for group in self.groups for row in group.rows]
        return len(rows) * len(self.columns) > _MOST_SPREAD and any(row.has_gaps for row in rows)

    def _block(self, first: int, last: int) -> Block:
        groups = tuple(group.part(first, last) for group in self.groups)
        return Block(first + 1, last, self.columns[first:last], groups)


_MOST_SPREAD = 1_000
"""Cells of a table with gaps that are still printed one by one."""
MOST_ON_PAPER = 7
"""Columns of numbers beside the heads of the rows, on paper of A4 or Letter."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some columns of a table with all its rows."""

    first: int
    last: int
    """Which of the table's columns these are, counted from 1."""
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]


# --- columns and notes --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, and the place of each by its group's id."""

    shown: tuple[Column, ...]
    places: Mapping[str, int]


Titles = Mapping[str, str]
"""Of groups, by their ids."""


def titles_of(groups: Iterable[Group | EventGroup]) -> Titles:
    """Groups that share an id share a column, which has the titles of all of them: whose each
    number is the record doesn't say."""
    found: dict[str, list[str]] = {}
    for group in groups:
        found.setdefault(group.id or "", []).append(group.title or group.id or "")
    return {group_id: "; ".join(filter(None, titles)) for group_id, titles in found.items()}


def columns(titles: Titles, used: Iterable[str | None], words: Words) -> Columns:
    """A column a group, then one for each group id that numbers have and no group explains.

    Of many groups only those with a number in the table, where most have none: each group is in
    the list above the table, and a page must not grow with the product of groups and tables.
    """
    ids = dict.fromkeys(group_id or "" for group_id in used)
    if not _is_sparse(len(ids), len(titles)):
        ids = dict.fromkeys((*titles, *ids))
    nameless = words["results_no_group"]
    shown = tuple(Column(one, titles.get(one, one) or nameless) for one in ids)
    return Columns(shown, {column.id: place for place, column in enumerate(shown)})


_FEW = 30
_SPARSE = 4


def _is_sparse(filled: int, columns: int) -> bool:
    """Whether so few of so many columns have something that the rest would be most of the page."""
    return columns > _FEW and filled * _SPARSE < columns


def notes(table: str, comments: Iterable[str | None]) -> Notes:
    """The table's comments in their order, each with a letter."""
    texts = dict.fromkeys(comment for comment in comments if comment)
    marks = (_letters(number) for number in range(len(texts)))
    return {
        text: Note(mark, f"{table}-note-{mark}", text)
        for text, mark in zip(texts, marks, strict=True)
    }


def _letters(number: int) -> str:
    """`a` … `z`, `aa`, `ab` …"""
    before, last = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(ord("a") + last)


def noted(comment: str | None, known: Notes) -> tuple[Note, ...]:
    return (known[comment],) if comment else ()


# --- cells --------------------------------------------------------------------------------------


class OfGroup(Protocol):
    @property
    def group_id(self) -> str | None: ...


Item = TypeVar("Item", bound=OfGroup)


def cells(
    columns: Columns,
    items: Iterable[Item],
    text: Callable[[Item], str],
    comments: Notes | None = None,
) -> tuple[Cell, ...]:
    """A cell a column; a group that the record names twice has both texts in its cell."""
    found: dict[int, list[Item]] = {}
    for item in items:
        found.setdefault(columns.places[item.group_id or ""], []).append(item)
    known, end = comments or {}, len(columns.shown)
    if _is_sparse(len(found), end):
        filled = {place: _cell(found[place], text, known) for place in sorted(found)}
        return tuple(_with_gaps(filled, end))
    return tuple(_cell(found.get(place, ()), text, known) for place in range(end))


def _with_gaps(cells: Mapping[int, Cell], end: int) -> Iterator[Cell]:
    """The cells with one empty cell for each stretch of columns between them."""
    after = 0
    for place, cell in cells.items():
        if place > after:
            yield Cell(columns=place - after)
        yield cell
        after = place + 1
    if end > after:
        yield Cell(columns=end - after)


def _cell(items: Sequence[Item], text: Callable[[Item], str], comments: Notes) -> Cell:
    if not items:
        return _EMPTY
    said = "; ".join(filter(None, map(text, items)))
    return Cell(said, tuple(n for one in items for n in noted(_comment(one), comments)))


def _comment(item: object) -> str | None:
    return getattr(item, "comment", None)


_EMPTY = Cell()
