"""What of a record costs too much or nests deeper than a page can show, found where it is read.

What a page makes of a text is asked of the page's own door, `blocks`: what passes here is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, get_args

import msgspec

from trialpages.problems import Problem, Where
from trialpages.prose.markup import DEEPEST, blocks
from trialpages.records.explain import Fault, name_of
from trialpages.records.model import Markup, Trial
from trialpages.records.results import Results
from trialpages.text.commonmark import MOST_CHARACTERS, MOST_OPEN, MOST_QUOTES, TooDeep
from trialpages.text.file_text import decode
from trialpages.text.front_matter import Path

_DEEP_LINE = re.compile(
    rf"^(?:[ ]{{2}}|\t|>|[-+*][ \t]|\d{{1,9}}[.)][ \t]){{{DEEPEST}}}.*", re.MULTILINE
)
_MARKS = bytes(ord("x" if chr(n) in " \t>+*-.)0123456789" else "o") for n in range(256))
"""No line can be deeper without so many marks, or twice as many spaces, before its text."""
_HINT = "write it with fewer levels and marks, or in shorter parts"

LONGEST = 200_000
"""Characters of a text without marks. The registry takes 32,000 in a field."""
MOST_ENTRIES: Mapping[type[msgspec.Struct], int] = {Trial: 5_000, Results: 20_000}
MOST_SETTINGS = 5_000
"""Of one list. The longest of 3,002 records: 844 places, 343 conditions, 1,688 adverse events."""


def check_excess(record: Trial | Results, content: bytes, path: str) -> Iterator[Problem]:
    """The texts and lists of a file that no page can show."""
    # To look at every text takes ten times as long as this, which nearly always is enough.
    most = MOST_ENTRIES[type(record)]
    if _is_worth_a_look(content) or max(content.count(b"\n"), content.count(b",")) >= most:
        found = ((field, text, _excess(text)) for field, text in _texts(record, ()))
        too_much = [(f"`{name_of(field)}`: {said}", text) for field, text, said in found if said]
        yield from _problems(too_much, content, path)
        yield from check_lengths(record, content, path)


def check_lengths(record: Trial | Results, content: bytes, path: str) -> Iterator[Problem]:
    """The lists of a record that are longer than a page can show."""
    most = MOST_ENTRIES[type(record)]
    for field, number in _lists(record, ()):
        if number > most:
            message = f"`{name_of(field)}`: {number:,} entries; {most:,} is the most"
            where = _line_of(str(field[0]), content, path)
            yield Problem("too-many", "error", message, where, "keep those that matter")


def excess_faults(settings: msgspec.Struct) -> Iterator[Fault]:
    """The same of settings, which are small: each where it stands."""
    for field, text in _texts(settings, ()):
        if said := _excess(text):
            yield Fault(field, "too-deep", f"`{name_of(field)}`: {said}", _HINT)
    for field, number in _lists(settings, ()):
        if number > MOST_SETTINGS:
            message = f"`{name_of(field)}`: {number:,} entries; {MOST_SETTINGS:,} is the most"
            yield Fault(field, "too-many", message, "keep those that matter")


def _line_of(field: str, content: bytes, path: str) -> Where:
    """Where a field of the file begins: to find an entry's place in so long a list takes long."""
    start = content.find(f"\n{field}:".encode())
    if start < 0:
        return Where(path)
    source = content[start + 1 : start + 200].decode(errors="replace").split("\n")[0]
    return Where(path, content.count(b"\n", 0, start + 1) + 1, 1, source, len(field))


def check_text_excess(text: str, content: bytes, path: str) -> Iterator[Problem]:
    """The same for a file that is one text."""
    if said := _excess(text):
        yield from _problems([(said, text)], content, path)


def _is_worth_a_look(content: bytes) -> bool:
    return (
        len(content) > MOST_CHARACTERS
        or content.count(b"[") > MOST_OPEN
        or content.count(b">") > MOST_QUOTES
        or b"\\x" in content  # YAML and JSON write any sign so
        or b"\\u" in content
        or b"x" * DEEPEST in content.translate(_MARKS)
    )


def _excess(text: str) -> str:
    """Why no page can show a text; '' for one that it can."""
    if len(text) > LONGEST:
        return f"a text of {len(text):,} characters; {LONGEST:,} is the most"
    if not (_is_worth_a_look(text.encode()) or _DEEP_LINE.search(text)):
        return ""
    try:
        blocks(text)
    except TooDeep as error:
        return str(error)
    return ""


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Each text with marks, and each that is too long, by its place."""
    if isinstance(value, msgspec.Struct):
        for name, is_markup in _fields(type(value)):
            inner = getattr(value, name)
            if isinstance(inner, str):
                if is_markup or len(inner) > LONGEST:
                    yield (*path, name), inner
            elif inner:
                yield from _texts(inner, (*path, name))
    elif isinstance(value, str):
        if len(value) > LONGEST or path[:1] == ("ours",):  # whose texts have marks, too
            yield path, value
    elif isinstance(value, tuple | dict):
        for key, inner in _entries(value):
            yield from _texts(inner, (*path, key))


def _lists(value: Any, path: Path) -> Iterator[tuple[Path, int]]:
    """Each list by its place, and how many entries it has."""
    if isinstance(value, tuple | dict):
        yield path, len(value)
        for key, inner in _entries(value):
            yield from _lists(inner, (*path, key))
    elif isinstance(value, msgspec.Struct):
        for name, _ in _fields(type(value)):
            if inner := getattr(value, name):
                yield from _lists(inner, (*path, name))


def _entries(value: Sequence[Any] | Mapping[str, Any]) -> Iterable[tuple[str | int, Any]]:
    return value.items() if isinstance(value, Mapping) else enumerate(value)


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, bool], ...]:
    """The fields of a class, and whether each is text with marks."""
    fields = msgspec.structs.fields(kind)
    return tuple((field.name, Markup in (field.type, *get_args(field.type))) for field in fields)


_MOST_PLACED = 100
"""Of a file, of which no more problems of a kind are told (`problems.first_of_each`)."""


def _problems(found: Sequence[tuple[str, str]], content: bytes, path: str) -> Iterator[Problem]:
    """Each message with the text it is about, at the line to look at first."""
    whole = f"\n{decode(content, path)[0] or ''}\n" if found else ""
    for message, text in found[:_MOST_PLACED]:
        where = _where(_heaviest_line(text), whole, path)
        yield Problem("too-deep", "error", message, where, _HINT)
    for message, _ in found[_MOST_PLACED:]:
        yield Problem("too-deep", "error", message, Where(path), _HINT)


def _where(end: str, whole: str, path: str) -> Where:
    """The first line that ends so; `whole` begins and ends with a line end more than the file."""
    place = whole.find(f"{end}\n")
    if place < 0:
        return Where(path)
    start = whole.rfind("\n", 0, place) + 1
    source = whole[start : place + len(end)]
    column = len(source) - len(source.lstrip()) + 1
    return Where(path, whole.count("\n", 0, start), column, source)


def _heaviest_line(text: str) -> str:
    """The line to look at first: the deep one, or that with most brackets and quotes."""
    if found := _DEEP_LINE.search(text):
        return found[0]
    return max(text.split("\n"), key=lambda line: line.count("[") + line.count(">"))
