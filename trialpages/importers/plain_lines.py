"""Plain text of several lines as CommonMark that keeps each line, and the numbers it came with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from trialpages.importers.escape import escape

_ITEM = re.compile(r"(?P<mark>\d{1,3}[.)]|[-*+])\s+(?P<text>\S.*)", re.ASCII)
"""At most three digits: `2021. The study` is a sentence, not item 2021."""
_UNDER = re.compile(r"(\d{1,3})\.\d{1,3}[.)]?(?:\.\d|\s)", re.ASCII)
"""`3.1. With asthma`, which belongs to item 3."""
_NUMBER = re.compile(r"[0-9]{1,9}")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ,;:()/%'’-]*[A-Za-z0-9,;:)%]")
"""A line that Markdown makes nothing of: most are."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def commonmark(text: str) -> str:
    """Each line a paragraph, or an item where it begins as one; nothing else is made of it."""
    return "\n\n".join(_blocks(text))


def numbered(text: str) -> tuple[str, ...]:
    """The items of a text that is a list from 1 on and nothing else, each with its number, by which
    people speak of it; () for any other."""
    found = [_ITEM.fullmatch(line) for line in _lines(text)]
    marks = [one["mark"][:-1] for one in found if one]
    if len(marks) < len(found) or marks != [str(number + 1) for number in range(len(found))]:
        return ()
    return tuple(f"{one['mark']} {one['text']}" for one in found if one)


def items(entries: Iterable[tuple[str, str]]) -> str:
    """Entries with numbers of their own as a list: further lines of one are paragraphs of it."""
    return "\n".join(filter(None, (_item(mark, _lines(text)) for mark, text in entries)))


def _item(number: str, lines: list[str]) -> str:
    mark = f"{number}." if _NUMBER.fullmatch(number) else "-"
    first, *rest = (_shown(line) for line in lines) if lines else [""]
    return f"{mark} {first}" + "".join(f"\n\n{' ' * (len(mark) + 1)}{line}\n" for line in rest)


def _lines(text: str) -> list[str]:
    clean = (_CONTROLS.sub(" ", line).strip() for line in text.splitlines())
    return [line for line in clean if line]


def _blocks(text: str) -> Iterator[str]:
    """Items that follow each other are one list; `3.1.` below `3.` is a paragraph of that item."""
    items: list[str] = []
    mark = ""
    for line in _lines(text):
        item, under = _ITEM.fullmatch(line), _UNDER.match(line)
        if item:
            if items and not _goes_on(mark, item["mark"]):
                yield _list(items)
                items = []
            mark = item["mark"]
            items.append(f"{mark} {_shown(item['text'])}")
        elif items and under and mark[:-1] == under[1]:
            items.append(f"\n{' ' * (len(mark) + 1)}{_shown(line)}\n")
        else:
            if items:
                yield _list(items)
            items, mark = [], ""
            yield _shown(line)
    if items:
        yield _list(items)


def _list(items: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(items)).rstrip("\n")


def _shown(line: str) -> str:
    return line if _PLAIN.fullmatch(line) else escape(line)


def _goes_on(before: str, mark: str) -> bool:
    """Whether two marks are of one list: the next number, or the same bullet."""
    if not before[:-1]:
        return before == mark
    return before[-1] == mark[-1] and mark[:-1] == str(int(before[:-1]) + 1)
