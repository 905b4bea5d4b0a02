"""An editor's `# remarks` in front matter, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml


@dataclass(frozen=True, slots=True)
class Remark:
    line: int
    """From 0, in the front matter."""
    text: str
    """From its `#` on."""
    own_line: bool
    """Whether nothing stands before it."""


def remarks(front: str) -> tuple[Remark, ...]:
    """All remarks of a front matter that `read_yaml` can read."""
    return tuple(_found(front)) if "#" in front else ()


def _found(front: str) -> Iterator[Remark]:
    scalars = tuple(_scalars(front))
    start, number = 0, 0
    for line, source in enumerate(front.split("\n")):
        column = 0
        while 0 <= (column := source.find("#", column)) < len(source):
            at = start + column
            while number < len(scalars) and scalars[number][1] <= at:
                number += 1
            inside = number < len(scalars) and scalars[number][0] <= at
            before = source[:column]
            if not inside and (not before or before[-1].isspace()):
                yield Remark(line, source[column:].rstrip(), not before.strip())
                break
            column += 1
        start += len(source) + 1


def _scalars(front: str) -> Iterator[tuple[int, int]]:
    """From where to where the scalars stand. A remark may follow a block scalar's `|`."""
    for event in yaml.parse(front, Loader=yaml.SafeLoader):
        if not isinstance(event, yaml.ScalarEvent):
            continue
        if event.start_mark is None or event.end_mark is None:
            continue  # never: a parser gives both
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            start = front.index("\n", start) if "\n" in front[start:end] else end
            end = start + len(front[start:end].rstrip())
        if start < end:
            yield start, end
