"""A registry's answer taken apart into its studies, each as its bytes.

A text of JSON is cut at its brackets and commas alone. So what no JSON may have in one study (half
a sign, a number without end, nesting without end, bytes that are no UTF-8) spoils no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count


@dataclass(frozen=True, slots=True)
class Apart:
    studies: tuple[bytes, ...]
    rest: bytes
    """The answer with an empty list in the place of its studies."""


_ANY = 1 << 62


class TooManyError(ValueError):
    """A list has more items than anybody asked for."""


def taken_apart(content: bytes, most: int = _ANY) -> Apart | None:
    """The items of the list under `studies`, or of an array; None where neither is there whole.
    Raises TooManyError at the first item too many: a few packed bytes may hold millions."""
    if b'"studies"' not in content and not content.lstrip().startswith(b"["):
        return None  # one study: to look through all its signs would take longer than to read it
    signs = _SIGNS.finditer(content)
    start = _start_of_list(signs)
    if start is None:
        return None
    studies: list[bytes] = []
    begun = start
    for number in count(1):
        if (end := _end_of_item(signs)) is None:
            break
        if number > most and content[end] in b",":
            raise TooManyError
        if item := content[begun:end].strip():
            studies.append(item)
        if content[end] not in b",":
            return Apart(tuple(studies), content[:start] + content[end:])
        begun = end + 1
    return None


def end_of_item(content: bytes, start: int) -> int | None:
    """Where the item of a list ends that begins here: at a comma or at the list's own end. None
    where it goes on behind these bytes."""
    return _end_of_item(_SIGNS.finditer(content, start))


_SIGNS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{},]', re.DOTALL)
"""Texts, so that what stands in them counts for nothing, and what takes values apart."""
_OPENING, _CLOSING = (b"[", b"{"), (b"]", b"}")


def _end_of_item(signs: Iterator[re.Match[bytes]]) -> int | None:
    depth = 0
    for sign in signs:
        kind = sign[0]
        if kind in _OPENING:
            depth += 1
        elif depth == 0 and kind in (*_CLOSING, b","):
            return sign.start()
        elif kind in _CLOSING:
            depth -= 1
    return None


def _start_of_list(signs: Iterator[re.Match[bytes]]) -> int | None:
    """Where the first item may begin: in an array, or under `studies` in an object."""
    depth, said = 0, b""
    for sign in signs:
        kind = sign[0]
        if kind == b"[" and (depth == 0 or (depth == 1 and said == b'"studies"')):
            return sign.end()
        if kind in _OPENING:
            depth += 1
        elif kind in _CLOSING:
            depth -= 1
        elif kind != b",":
            said = kind
        if depth == 0:  # one value, and it is over
            return None
    return None
