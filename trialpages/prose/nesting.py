"""Texts that nest deeper than a page can show, found where they are read and not when rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trialpages.problems import Problem, Where
from trialpages.prose.markup import DEEPEST, prose
from trialpages.records.commonmark import TooDeep
from trialpages.records.explain import name_of
from trialpages.records.file_text import decode
from trialpages.records.front_matter import Path
from trialpages.records.model import Trial, to_tree

_DEEP = rf"^(?:[ ]{{2}}|\t|>|[-+*][ \t]|\d{{1,9}}[.)][ \t]){{{DEEPEST}}}.*"
_DEEP_LINE = re.compile(_DEEP, re.MULTILINE)
_DEEP_BYTES = re.compile(_DEEP.encode(), re.MULTILINE)
_MARKS = bytes(ord("x" if chr(n) in " \t>+*-.)0123456789" else "o") for n in range(256))
"""No line can be deeper without so many marks, or twice as many spaces, before its text."""


def check_nesting(trial: Trial, content: bytes, path: str) -> Iterator[Problem]:
    """The places of a trial's file where a text nests too deep."""
    # The search takes ten times as long as this look, which nearly always is enough.
    if b"x" * DEEPEST in content.translate(_MARKS) and _DEEP_BYTES.search(content):
        for _, deep in _deep_texts(to_tree(trial), ()):
            yield _problem(deep, content, path)


def check_text_nesting(text: str, content: bytes, path: str) -> Iterator[Problem]:
    """The same for a file that is one text."""
    if _is_too_deep(text):
        yield _problem(text, content, path)


def too_deep_fields(trial: Trial) -> Iterator[str]:
    """The names of the trial's fields whose texts nest too deep."""
    yield from (name_of(path) for path, _ in _deep_texts(to_tree(trial), ()))


def _deep_texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        if _is_too_deep(value):
            yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _deep_texts(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _deep_texts(inner, (*path, index))


def _is_too_deep(text: str) -> bool:
    if not _DEEP_LINE.search(text):
        return False
    try:
        prose(text)
    except TooDeep:
        return True
    return False


def _problem(deep: str, content: bytes, path: str) -> Problem:
    found = _DEEP_LINE.search(deep)
    wanted = found[0] if found else ""
    lines = (decode(content, path)[0] or "").split("\n")
    line = next((n for n, said in enumerate(lines, start=1) if said.endswith(wanted)), None)
    source = lines[line - 1] if line else None
    column = len(source) - len(source.lstrip()) + 1 if source else None
    message = f"lists or quotes nested too deep to show; {DEEPEST} levels are the most"
    hint = "use fewer levels: take spaces or marks from the line's beginning"
    return Problem("too-deep", "error", message, Where(path, line, column, source), hint)
