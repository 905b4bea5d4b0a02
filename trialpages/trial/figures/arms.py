"""Which group gets what: a table of arms and interventions, and how people are divided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from trialpages.trial.derived import Arm, NumberedIntervention

MOST_DRAWN = 8
"""Arms that a diagram still shows at a glance."""
MOST_CELLS = 1_000
"""Of a table of arms and interventions; a page must not grow with the product of the two."""


_MOST_NAMES = 2_000
"""Of what arms get, all of them together; people write some ten for each of some five."""


def names_shown(lists: Iterable[Sequence[object]]) -> int:
    """How many names of each list a page has room for: all, or as many for each as will do."""
    lengths = [len(names) for names in lists]
    if sum(lengths) <= _MOST_NAMES:
        return _MOST_NAMES
    return max(1, _MOST_NAMES // len(lengths))


_MOST_ON_PAPER = 18
"""Columns of dots with their names upright, on A4 or Letter."""


class Column(Struct, frozen=True):
    """An intervention; without an id where the record only names it in an arm."""

    name: str
    id: str


class Row(Struct, frozen=True):
    arm: Arm
    given: tuple[bool, ...]
    """For each column, whether the record says that this arm gets it."""


class Matrix(Struct, frozen=True):
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it is wider than paper."""
        return len(self.columns) > _MOST_ON_PAPER


def matrix(arms: Sequence[Arm], interventions: Sequence[NumberedIntervention]) -> Matrix | None:
    """Arms by interventions; None unless there are two of each, for then a list says it all, and
    where it `is_too_large`.

    An arm gets an intervention where the arm names it or the intervention names the arm.
    """
    columns = _columns(arms, interventions)
    if len(arms) < 2 or len(columns) < 2 or len(arms) * len(columns) > MOST_CELLS:
        return None
    named = {item.id: frozenset(item.arms) for item in interventions}
    rows = tuple(Row(arm, tuple(_given(arm, columns, named))) for arm in arms)
    return Matrix(tuple(columns.values()), rows)


def is_too_large(arms: Sequence[Arm], interventions: Sequence[NumberedIntervention]) -> bool:
    """Whether there is no matrix because it would have too many cells."""
    return len(arms) > 1 and len(arms) * len(_columns(arms, interventions)) > MOST_CELLS


def _columns(
    arms: Iterable[Arm], interventions: Iterable[NumberedIntervention]
) -> dict[str, Column]:
    columns = {item.id: Column(item.intervention.name or "", item.id) for item in interventions}
    for arm in arms:
        for given in arm.interventions:
            columns.setdefault(given.id or given.name, Column(given.name, given.id))
    return columns


def _given(arm: Arm, columns: Iterable[str], named: Mapping[str, frozenset[str]]) -> Iterator[bool]:
    of_arm = {given.id or given.name for given in arm.interventions}
    for key in columns:
        yield key in of_arm or arm.arm.label in named.get(key, ())


# --- the diagram --------------------------------------------------------------------------------

WIDTH = 320
"""Units of the drawing."""
_LINE = 15.0
_PADDING = 7.0
_GAP = 8.0
_BRANCH = 26.0
"""From the trunk on the left to the boxes."""
_LETTERS = 38
"""That fit on a line of a box."""
_MOST_LINES = 3


class Box(Struct, frozen=True):
    """An arm's box with its label cut into lines."""

    id: str
    lines: tuple[str, ...]
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


class Diagram(Struct, frozen=True):
    """One group of people at the top, a trunk down its left side, a branch to each arm."""

    boxes: tuple[Box, ...]
    x: float
    top: float
    """Height of the box at the top, where the trunk begins."""
    height: float


def diagram(arms: Sequence[Arm]) -> Diagram | None:
    """The diagram for two to eight arms that have labels; else None."""
    labels = [arm.arm.label for arm in arms if arm.arm.label]
    if not 2 <= len(arms) <= MOST_DRAWN or len(labels) < len(arms):
        return None
    top = _LINE + 2 * _PADDING
    boxes, y = list[Box](), top + _GAP * 1.5
    for arm, label in zip(arms, labels, strict=True):
        lines = wrap(label)
        height = len(lines) * _LINE + 2 * _PADDING
        boxes.append(Box(arm.id, lines, y, height))
        y += height + _GAP
    return Diagram(tuple(boxes), _BRANCH, top, y - _GAP)


def wrap(text: str) -> tuple[str, ...]:
    """The text in at most three lines; a last one that had to be cut ends in `…`."""
    lines, line = list[str](), ""
    for word in text.split():
        word = word if len(word) <= _LETTERS else word[: _LETTERS - 1] + "…"
        if line and len(line) + 1 + len(word) > _LETTERS:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    lines.append(line)
    if len(lines) <= _MOST_LINES:
        return tuple(lines)
    return (*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1][: _LETTERS - 1].rstrip() + "…")
