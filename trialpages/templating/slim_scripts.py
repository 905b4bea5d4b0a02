"""Scripts without their remarks and indentation: a quarter less to send.

Line by line, and only what is sure: remarks that have a line or lines to themselves, or stand
behind code in which is no string and no pattern, and the blanks a line begins and ends with. Lines
within a template literal stay as they are; a script in which these don't come out even stays whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache


@lru_cache(maxsize=64)  # a preview builds again and again; the theme has some thirty scripts
def slimmed(script: str) -> str:
    """The script as it is published; it does the same."""
    slim = "\n".join(_lines(iter(script.splitlines())))
    return script if slim.count("`") % 2 else slim + "\n"


def _lines(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        code = _without_remark_behind(line.strip())
        if code.startswith("/*"):
            if after := _behind_remark(code, lines):
                yield after
        elif code and not code.startswith("//"):
            yield code
            if code.count("`") % 2:
                yield from _to_end_of_literal(lines)


_UNSURE = frozenset("'\"`/")
"""What ` // ` may stand within: a string, a pattern, another remark."""


def _without_remark_behind(line: str) -> str:
    code, sign, remark = line.partition(" // ")
    is_sure = sign and "*/" not in remark and not _UNSURE & set(code)
    return code.rstrip() if is_sure else line


def _behind_remark(code: str, lines: Iterator[str]) -> str:
    """What follows the remark that begins a line, on the line where it ends."""
    while "*/" not in code:
        code = next(lines, "*/")
    return code.partition("*/")[2].strip()


def _to_end_of_literal(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line
        if line.count("`") % 2:
            return
