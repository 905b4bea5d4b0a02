"""The words of all trials in small files, by the alphabet: which trials say each, and its worth.

A file holds the words between two others, so that the page reads one for a word and those beside
it for its endings. Inside, compressed: one line of JSON with the words, how many trials say each
and in how many bytes a step from trial to trial is written; then for each word these steps, and
for each of its trials a byte with what the word is worth there. theme/search/30-lookup.js reads it.
"""

from __future__ import annotations

import gzip
import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import sub

from trialpages.search.columns import in_fewest_bytes

Postings = Mapping[str, "array[int]"]
"""By key, the trials that say it: rows in order, each times 256 plus the word's worth there."""

_LEAST_FILE = 8_000
"""Bytes of words in a file before it is compressed, where one word alone hasn't more."""

_MOST_FILES = 4_000
"""The page knows how each file begins: of a large site the files are larger, not ever more."""


@dataclass(frozen=True, slots=True)
class WordFile:
    first: str
    """The least that a word may be to stand in this file and not in the one before."""
    content: bytes


@dataclass(slots=True)
class _Open:
    """A file while words are added."""

    keys: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    names: dict[str, Sequence[str]] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)
    content: bytearray = field(default_factory=bytearray)

    def packed(self, build: str) -> bytes:
        head: dict[str, object] = {
            "build": build,
            "keys": self.keys,
            "counts": self.counts,
            "widths": self.widths,
        }
        if self.names:
            head["names"] = self.names
        if self.aside:
            head["aside"] = self.aside
        line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        return gzip.compress(b"\n".join((line, self.content)), 9, mtime=0)


_OF_A_KEY = 8
"""Bytes of a key itself, roughly."""


def word_files(
    postings: Postings, names: Mapping[str, Sequence[str]], aside: Mapping[str, str], build: str
) -> Iterator[WordFile]:
    """The files of a build, in order. `names` are what a key that is a name is called otherwise,
    `aside` the formal names of those that only texts mention."""
    total = sum(2 * len(found) for found in postings.values()) + _OF_A_KEY * len(postings)
    largest = max(_LEAST_FILE, total // _MOST_FILES)
    current, first, last = _Open(), "", ""
    for key in sorted(postings):
        steps, width, worths = _steps(postings[key])
        size = len(current.content) + _OF_A_KEY * len(current.keys)
        if current.keys and size + len(steps) + len(worths) > largest:
            yield WordFile(first, current.packed(build))
            current, first = _Open(), _between(last, key)
        current.keys.append(key)
        current.counts.append(len(worths))
        current.widths.append(width)
        current.content += steps + worths
        if key in names:
            current.names[key] = names[key]
        if key in aside:
            current.aside[key] = aside[key]
        last = key
    if current.keys:
        yield WordFile(first, current.packed(build))


def _between(last: str, key: str) -> str:
    """The shortest beginning of `key` that comes after `last`."""
    for length in range(1, len(key) + 1):
        if key[:length] > last:
            return key[:length]
    return key


def _steps(found: array[int]) -> tuple[bytes, int, bytes]:
    """The steps from row to row, the bytes of each, and the worths."""
    if len(found) == 1:  # as of most words
        return *in_fewest_bytes((found[0] >> 8,)), bytes((found[0] & 255,))
    rows = [one >> 8 for one in found]
    steps = [rows[0], *map(sub, rows[1:], rows)]
    return *in_fewest_bytes(steps), bytes([one & 255 for one in found])
