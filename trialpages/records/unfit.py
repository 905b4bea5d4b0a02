"""Where content holds characters that can't be published (`characters.py`), named by its file.

Raw control characters are refused with the file (`file_text.py`). What comes in by an escape of
YAML or JSON may be the registry's own: the page shows U+FFFD in its place, and this says so. Of
overrides of direction in a trial or a page `bidi` does, however they are written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from trialpages.characters import UNFIT, UNFIT_BESIDE_OVERRIDES, is_fit
from trialpages.problems import Problem, Where
from trialpages.records.explain import Fault, name_of
from trialpages.records.places import Places
from trialpages.text.front_matter import Path, Tree

UNFIT_CHARACTER = "unfit-character"
_HINT = "take it out; pages, feeds and citations have \N{REPLACEMENT CHARACTER} in its place"


def unfit_faults(tree: Any, path: Path = (), signs: re.Pattern[str] = UNFIT) -> Iterator[Fault]:
    """One for each text of a tree that holds one of the signs."""
    if isinstance(tree, str):
        if found := signs.search(tree):
            yield Fault(
                path, UNFIT_CHARACTER, _message(f"`{name_of(path)}`", found[0]), "take it out"
            )
    elif isinstance(tree, dict | list):
        for step, inner in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from unfit_faults(inner, (*path, step), signs)


def check_unfit_values(tree: Tree, front: str, path: str, first_line: int) -> Iterator[Problem]:
    """A warning for each value of a front matter, read as `tree`, with such a character."""
    if not _ESCAPE.search(front) and is_fit(front.encode()):
        return
    places = Places(path, front, first_line)
    for fault in unfit_faults(tree, signs=UNFIT_BESIDE_OVERRIDES):
        yield Problem(UNFIT_CHARACTER, "warning", fault.message, places.of(fault.path), _HINT)


def check_unfit_lines(body: str, path: str, first_line: int) -> Iterator[Problem]:
    """A warning for each line of a text with such a character."""
    if is_fit(body.encode()):
        return
    for number, line in enumerate(body.split("\n"), start=first_line):
        if found := UNFIT_BESIDE_OVERRIDES.search(line):
            where = Where(path, number, found.start() + 1, line)
            yield Problem(UNFIT_CHARACTER, "warning", _message("the line", found[0]), where, _HINT)


_ESCAPE = re.compile(r"\\(?:[0abevfN]|x[01789]|u00[01789]|u[dD]|u[fF][dDfF]|U)")
"""What an escape begins with in a double-quoted scalar that may be such a character."""


def check_unfit_json(content: bytes, path: str) -> Iterator[Problem]:
    """A warning for the first such character of a JSON file, with the number of the others."""
    if not _JSON_LOOK.search(content) and is_fit(content):
        return
    text = content.decode()
    found = [one for one in _JSON_SIGN.finditer(text) if len(one[1] or "\\") % 2]
    if found:
        start = found[0].start() + len(found[0][1] or "\\") - 1
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        message = _message("a text of the results", json.loads(f'"{text[start : found[0].end()]}"'))
        if more := len(found) - 1:
            message += f" ({more:,} more like it)"
        yield Problem(UNFIT_CHARACTER, "warning", message, Where(path, line, column), _HINT)


_JSON_LOOK = re.compile(rb"\\(?:[bf]|u[0dDfF]|u202)")
_JSON_SIGN = re.compile(
    r"(?<!\\)(\\+)(?:[bf]|u(?:00(?:0[0-8bcef]|1[0-9a-f]|7f|[89][0-9a-f])|202[de]|fd[de][0-9a-f]"
    r"|fff[ef]"
    rf"|d[89ab][37bf]f\\udff[ef]))|{UNFIT.pattern}",
    re.IGNORECASE,
)
"""Such a character as JSON writes it. Of the backslashes before it, pairs are no escape."""


def _message(what: str, sign: str) -> str:
    return f"{what} holds U+{ord(sign):04X}, which no page shows"
