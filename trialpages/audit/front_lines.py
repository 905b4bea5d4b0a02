"""Lines of a front matter that are valid and yet rarely what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialpages.problems import Problem, Where
from trialpages.records.lost_text import is_fixed

_ENTRY = re.compile(r"(?P<indent> *)(?P<dash>(?:- )*)(?:[A-Za-z_][\w.-]*: +)?(?P<value>\S.*)")
_BLOCK = re.compile(r"[|>][-+\d]*\s*(#.*)?")


def check_front_lines(front: str, first_line: int, path: str) -> Iterator[Problem]:
    """Text lost behind ` #`, and a quote that closes but doesn't open."""
    block: int | None = None
    for number, line in enumerate(front.split("\n"), start=first_line):
        margin = len(line) - len(line.lstrip(" "))
        if block is not None and (not line.strip() or margin > block):
            continue
        block = None
        found = _ENTRY.fullmatch(line)
        if not found or line.lstrip().startswith("#"):
            continue
        value, start = found["value"], found.start("value")
        if _BLOCK.fullmatch(value):
            block = margin + len(found["dash"])
            block -= 2 if found["dash"] and ":" not in line else 0
            continue
        if problem := _check_value(value, start, Where(path, number, None, line)):
            yield problem


def _check_value(value: str, start: int, where: Where) -> Problem | None:
    if value[0] in "\"'":
        return None
    if (lost := _LOST.search(value)) and not is_fixed(value[: lost.start()].rstrip()):
        place = _at(where, start + lost.start() + 1, len(lost[0]) - 1)
        message = f"`{lost[0].strip()}` is a remark and is not published"
        hint = "put the value in quotes if it belongs to it; else move it to a line of its own"
        return Problem("inline-remark", "warning", message, place, hint)
    if value[-1] in "\"'" and value.count(value[-1]) == 1 and not value[-2:-1].isdigit():
        place = _at(where, start + len(value) - 1, 1)
        message = f"a quote {value[-1]} closes here, but none opens"
        hint = f"put {value[-1]} at the value's beginning too, or take this one away"
        return Problem("stray-quote", "warning", message, place, hint)
    return None


_LOST = re.compile(r"\s#(?=\S|\s\d).*")
"""`#3`, `# 3`: a number of the text's own. A `#` before a word begins a remark, as it should."""


def _at(where: Where, column: int, length: int) -> Where:
    return Where(where.path, where.line, column + 1, where.source, length)
