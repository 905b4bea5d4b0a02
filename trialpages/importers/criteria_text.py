"""Eligibility criteria from flat lines: the lists they make, with the numbers they came with.

The pages print every line of the criteria flush left, so a list inside an item shows only by its
numbers: 8, 9, 1, 2, 3, 10. Each number is kept; where the numbers leave a doubt, a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from trialpages.importers.escape import protect

GROUP_HEADINGS = {
    "Inclusion Criteria": "the inclusion criteria",
    "Inclusion Criteria:": "the inclusion criteria",
    "Exclusion Criteria": "the exclusion criteria",
    "Exclusion Criteria:": "the exclusion criteria",
}
"""The lines that open a group, and what a note calls the group."""


@dataclass(frozen=True, slots=True)
class Criteria:
    text: str
    """In the registry's form: a paragraph `Inclusion Criteria:` and CommonMark lists."""
    missing: tuple[str, ...]
    """A sentence for each list in which numbers are left out."""
    doubts: tuple[str, ...]
    """A sentence for each number that could stand elsewhere."""


@dataclass(frozen=True, slots=True)
class Item:
    kind: Literal["number", "bullet", "text"]
    marker: str
    """`9.`, `9)`, `*`; empty for a text."""
    text: str

    @property
    def number(self) -> int:
        return int(self.marker[:-1])


@dataclass(frozen=True, slots=True)
class Placed:
    """A numbered item and the numbers it stands under."""

    item: Item
    parents: tuple[int, ...]
    before: int
    """The number before it in its list; 0 where it opens one."""
    doubtful: bool

    @property
    def depth(self) -> int:
        return len(self.parents)


def read_criteria(lines: Sequence[str]) -> Criteria:
    """The criteria on these lines, which may begin before the first group's heading."""
    blocks: list[str] = []
    missing: list[str] = []
    doubts: list[str] = []
    for heading, group in _groups(lines):
        name = GROUP_HEADINGS.get(heading, "the criteria")
        blocks += [heading.removesuffix(":") + ":"] if heading else []
        placed: list[Placed] = []
        for kind, run in groupby((_item(line) for line in group), key=lambda item: item.kind):
            if kind == "number":
                numbered = tuple(place(tuple(run)))
                blocks.append(_numbered_list(numbered))
                placed += numbered
            else:
                blocks += _unnumbered(kind, run)
        missing += _missing(placed, name)
        doubts += (_doubt(one, name) for one in placed if one.doubtful)
    return Criteria("\n\n".join(blocks), tuple(missing), tuple(doubts))


def _groups(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    heading, group = "", list[str]()
    for line in lines:
        if line not in GROUP_HEADINGS:
            group.append(line)
            continue
        if heading or group:
            yield heading, group
        heading, group = line, []
    if heading or group:
        yield heading, group


_NUMBERED = re.compile(r"(\d{1,3}[.)])(?:\s+(.*))?", re.ASCII)
"""At most three digits: `2021. The study` is a sentence, not item 2021."""
_BULLETED = re.compile(r"([*+-])(?:\s+(.*))?")


def _item(line: str) -> Item:
    if found := _NUMBERED.fullmatch(line):
        return Item("number", found[1], found[2] or "")
    if found := _BULLETED.fullmatch(line):
        return Item("bullet", found[1], found[2] or "")
    return Item("text", "", line)


def item_text(line: str) -> str:
    """The line without the mark that makes it a list item."""
    return _item(line).text


# --- which list a number belongs to ---------------------------------------------------------------

DEEPEST = 6
"""Lists inside lists. Someone who numbers every item `1.` doesn't mean a staircase."""


def place(items: Iterable[Item]) -> Iterator[Placed]:
    """Each numbered item with the list that its number puts it in.

    A number belongs to the open list that it continues with the fewest numbers left out, the
    innermost if two are level. One that continues none opens a list inside the item before.
    """
    last: list[int] = []  # the last number of each open list, outermost first
    for item in items:
        depth, doubtful = _depth(last, item.number)
        before = last[depth] if depth < len(last) else 0
        last[depth:] = [item.number]
        yield Placed(item, tuple(last[:depth]), before, doubtful)


def _depth(last: Sequence[int], number: int) -> tuple[int, bool]:
    """How deep the number stands, and whether it could stand elsewhere."""
    gaps = {depth: number - before - 1 for depth, before in enumerate(last) if before < number}
    if not gaps:
        repeats = bool(last) and last[-1] == number
        return min(len(last), DEEPEST), bool(last) and (number != 1 or repeats)
    fewest = min(gaps.values())
    level = [depth for depth, gap in gaps.items() if gap == fewest]
    return level[-1], len(level) > 1 or (fewest > 0 and len(last) > 1)


# --- writing --------------------------------------------------------------------------------------


def _numbered_list(items: Sequence[Placed]) -> str:
    """CommonMark nests what stands under the text of the item above, so indent by its marker."""
    lines: list[str] = []
    widths: list[int] = []
    above: Placed | None = None
    for placed in items:
        del widths[placed.depth :]
        if above and _needs_blank_line(above, placed):
            lines.append("")
        lines.append(" " * sum(widths) + _list_line(placed.item))
        widths.append(len(placed.item.marker) + 1)
        above = placed
    return "\n".join(lines)


def _needs_blank_line(above: Placed, placed: Placed) -> bool:
    """A list that begins with another number than 1, or with no text, can't cut a paragraph."""
    opens_inside = placed.depth > above.depth
    return (
        opens_inside
        and bool(above.item.text)
        and not (placed.item.number == 1 and placed.item.text)
    )


def _unnumbered(kind: str, run: Iterable[Item]) -> list[str]:
    if kind == "bullet":
        return ["\n".join(map(_list_line, run))]
    return [protect(item.text) for item in run]


def _list_line(item: Item) -> str:
    return f"{item.marker} {protect(item.text)}".rstrip()


# --- what a reader should know --------------------------------------------------------------------


def _missing(items: Sequence[Placed], name: str) -> Iterator[str]:
    """For each list the numbers left out, as one sentence.

    A text or a bullet between two items cuts the list, but not the count: what goes on from any
    number before it leaves nothing out.
    """
    seen: set[int] = set()
    gaps: dict[tuple[int, ...], list[str]] = {}
    for placed in items:
        number = placed.item.number
        if number > placed.before + 1 and number - 1 not in seen:
            gaps.setdefault(placed.parents, []).append(_span(placed.before + 1, number - 1))
        seen.add(number)
    for parents, spans in gaps.items():
        several = len(spans) > 1 or " to " in spans[0]
        items_are = ("Items", "aren't") if several else ("Item", "isn't")
        where = _list_name(parents, name)
        yield f"{items_are[0]} {_and(spans)} of {where} {items_are[1]} in our copy."


def _doubt(placed: Placed, name: str) -> str:
    return (
        f"In our copy, item {placed.item.number} could belong to another list than "
        f"{_list_name(placed.parents, name)}, where we put it by its number."
    )


def _list_name(parents: Sequence[int], name: str) -> str:
    if not parents:
        return name
    return f"the list inside item {'.'.join(map(str, parents))} of {name}"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _and(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
