"""Eligibility criteria from flat lines: the lists they make, with the numbers they came with.

The pages print every line of the criteria flush left, so a list inside an item shows only by its
numbers: 8, 9, 1, 2, 3, 10. Each number is kept; where the numbers leave a doubt, a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
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
    """The criteria's text, and sentences on what a reader of it should know."""

    text: str
    """In the registry's form: a paragraph `Inclusion Criteria:` and CommonMark lists."""
    empty: tuple[str, ...]
    """A group that has a heading and nothing else."""
    missing: tuple[str, ...]
    """A list in which numbers are left out."""
    doubts: tuple[str, ...]
    """A number that could stand in another list."""


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
    instead: tuple[int, ...] | None
    """The numbers of another list that it could stand in."""

    @property
    def depth(self) -> int:
        return len(self.parents)

    @property
    def opens_in_doubt(self) -> bool:
        """It may be no list of its own, and then nothing is missing before it."""
        return self.before == 0 and self.instead is not None


def read_criteria(lines: Sequence[str]) -> Criteria:
    """The criteria on these lines, which may begin before the first group's heading."""
    groups: list[Criteria] = []
    last = 0
    for heading, items in _groups(lines):
        groups.append(_read_group(heading, items, last))
        last = next((item.number for item in reversed(items) if item.kind == "number"), 0)
    return Criteria(
        "\n\n".join(group.text for group in groups),
        tuple(chain.from_iterable(group.empty for group in groups)),
        tuple(chain.from_iterable(group.missing for group in groups)),
        tuple(chain.from_iterable(group.doubts for group in groups)),
    )


def _read_group(heading: str, items: Sequence[Item], last: int) -> Criteria:
    """The criteria under one heading; `last` is the number that the group before ended with."""
    name = GROUP_HEADINGS.get(heading, "the criteria")
    blocks = [heading.removesuffix(":") + ":"] if heading else []
    runs: list[tuple[Placed, ...]] = []
    for kind, run in groupby(items, key=lambda item: item.kind):
        if kind == "number":
            runs.append(tuple(place(run)))
            blocks.append(_numbered_list(runs[-1]))
        elif kind == "bullet":
            blocks.append("\n".join(map(_list_line, run)))
        else:
            blocks += (protect(item.text) for item in run)
    empty = () if items else (f"Our copy gives nothing under {name}.",)
    doubts = tuple(doubt for run in runs for placed in run for doubt in _doubt(placed, name))
    return Criteria("\n\n".join(blocks), empty, tuple(_missing(runs, name, last)), doubts)


def _groups(lines: Sequence[str]) -> Iterator[tuple[str, list[Item]]]:
    heading, items = "", list[Item]()
    for line in lines:
        if line not in GROUP_HEADINGS:
            items.append(_item(line))
            continue
        if heading or items:
            yield heading, items
        heading, items = line, []
    if heading or items:
        yield heading, items


_NUMBERED = re.compile(r"(\d{1,3}[.)])(?:\s+(.*))?", re.ASCII)
"""At most three digits: `2021. The study` is a sentence, not item 2021."""
_BULLETED = re.compile(r"([*+-])(?:\s+(.*))?", re.ASCII)


def _item(line: str) -> Item:
    if found := _NUMBERED.fullmatch(line):
        return Item("number", found[1], (found[2] or "").strip())
    if found := _BULLETED.fullmatch(line):
        return Item("bullet", found[1], (found[2] or "").strip())
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
        depth, instead = _depth(last, item.number)
        before = last[depth] if depth < len(last) else 0
        other = None if instead is None else tuple(last[:instead])
        last[depth:] = [item.number]
        yield Placed(item, tuple(last[:depth]), before, other)


def _depth(last: Sequence[int], number: int) -> tuple[int, int | None]:
    """How deep the number stands, and how deep it could as well, if that is in doubt."""
    innermost = len(last) - 1
    gaps = {depth: number - before - 1 for depth, before in enumerate(last) if before < number}
    if not gaps:
        clear = not last or innermost == DEEPEST or (number == 1 and last[-1] != 1)
        return min(len(last), DEEPEST), None if clear else innermost
    fewest = min(gaps.values())
    level = [depth for depth, gap in gaps.items() if gap == fewest]
    best = level[-1]
    others = [*gaps, innermost] if fewest else level  # with numbers left out, any list is possible
    return best, next((depth for depth in reversed(others) if depth != best), None)


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


def _list_line(item: Item) -> str:
    return f"{item.marker} {protect(item.text)}".rstrip()


# --- what a reader should know --------------------------------------------------------------------


def _missing(runs: Sequence[Sequence[Placed]], name: str, last: int) -> Iterator[str]:
    """For each list the numbers left out, as one sentence."""
    gaps: dict[tuple[int, ...], list[str]] = {}
    # Numbers that a list may go on from: a text or a bullet cuts the list but not the count, and
    # some records count the exclusion criteria on from the inclusion criteria.
    resumable = {last} if runs and runs[0][0].item.number == last + 1 else {0}
    for run in runs:
        for placed in run:
            number = placed.item.number
            lower = (before for before in resumable if before < number)
            before = placed.before if placed.depth else max(placed.before, *lower, 0)
            if number > before + 1 and not placed.opens_in_doubt:
                gaps.setdefault(placed.parents, []).extend(_spans(before + 1, number - 1))
        resumable |= {*run[-1].parents, run[-1].item.number}
    for parents, spans in gaps.items():
        several = len(spans) > 1 or " to " in spans[0]
        items, are = ("Items", "aren't") if several else ("Item", "isn't")
        yield f"{items} {_and(spans)} of {_list_name(parents, name)} {are} in our copy."


def _doubt(placed: Placed, name: str) -> Iterator[str]:
    """The two lists that the item could stand in."""
    if placed.instead is not None:
        item = f"Item {placed.item.number} of {_list_name(placed.parents, name)}"
        other = _list_name(placed.instead, "") if placed.instead else "the main list"
        yield f"{item} could also be in {other}."


def _list_name(parents: Sequence[int], name: str) -> str:
    if not parents:
        return name
    item = f"the list in item {'.'.join(map(str, parents))}"
    return f"{item} of {name}" if name else item


def _spans(first: int, last: int) -> list[str]:
    return [f"{first} to {last}"] if last > first + 1 else [str(n) for n in range(first, last + 1)]


def _and(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
