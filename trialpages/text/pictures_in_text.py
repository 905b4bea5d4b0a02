"""Pictures that an editor wrote into a text, where none is placed: its signs would be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trialpages.problems import Problem, Where

_PICTURE = re.compile(
    r"(?<!\\)!\[(?:(?!!\[)[^\]])*+\][\[(][^\])]*[\])]?|<img\b[^>]*>?", re.IGNORECASE
)
_CODE = re.compile(r"`[^`]*`")
_HINT = "say in words what it shows, or link to it: `[words](https://…)`"


def check_pictures(lines: Sequence[str], first_line: int, path: str) -> Iterator[Problem]:
    """A warning for the first picture in the lines of a text."""
    for number, line in enumerate(lines, start=first_line):
        if "![" not in line and "<img" not in line.lower():
            continue
        if found := _PICTURE.search(_CODE.sub(lambda code: " " * len(code[0]), line)):
            where = Where(path, number, found.start() + 1, line, len(found[0]))
            message = "no text places pictures: the page shows these signs as they stand"
            yield Problem("picture-in-text", "warning", message, where, _HINT)
            return
