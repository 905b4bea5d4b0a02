"""The words of all trials in small files, by the alphabet: which trials say each, and its worth.

A file holds the words between two others, so that the page reads one for a word and those beside
it for its endings. Names of several words stand apart, before all words, lest those of `lung
cancer` lie between `lung` and `lungs`. Inside, compressed: one line of JSON with the words, how
many trials say each, how many are about it, and in how many bytes a step from trial to trial is
written; then the lowest byte of each step of all words, the second of those that have one, and so
on; then for each trial of each word a byte with what the word is worth there.
theme/search/30-lookup.js reads it.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import sub

from trialpages.search.keys import SHORT
from trialpages.search.names import NAME

Postings = Mapping[str, "array[int]"]
"""By key, the trials that say it: rows in order, each times 256 plus the word's worth there."""

_LEAST_FILE = 4_800
"""Bytes of a file, roughly, where one word alone hasn't more: compressed, since trials of a large
site may be much alike."""

_MOST_FILES = 4_000
"""The page knows how each file begins: of a large site the files are larger, not ever more."""

_STEP_BYTES = 4

_MANY = 9
"""Trials about a word, or more: the page asks whether few are (theme/search/57-meant.js)."""


@dataclass(frozen=True, slots=True)
class OfWords:
    """What files say of their words beside who says them, by key."""

    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What a key that is a name is called otherwise."""
    aside: Mapping[str, str] = field(default_factory=dict)
    """The formal names of those that only texts mention."""
    about: Mapping[str, int] = field(default_factory=dict)
    """How many trials are about a word that is spelled as its key (facets.py)."""

    def size(self, key: str) -> int:
        """Bytes of what is said of a key, roughly, when they are compressed."""
        told = (*self.names.get(key, ()), self.aside.get(key, ""))
        return sum(map(len, told)) // 2


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
    steps: list[bytearray] = field(
        default_factory=lambda: [bytearray() for _ in range(_STEP_BYTES)]
    )
    """The lowest byte of each, the second of each that has one …"""
    worths: bytearray = field(default_factory=bytearray)
    size: int = 0
    """Bytes when all is compressed, roughly."""

    def add(self, key: str, steps: Sequence[bytes], worths: bytes, size: int) -> None:
        self.keys.append(key)
        self.counts.append(len(worths))
        self.widths.append(len(steps))
        for all_steps, own in zip(self.steps, steps, strict=False):
            all_steps += own
        self.worths += worths
        self.size += size

    def packed(self, of_words: OfWords, of: str) -> bytes:
        about = (min(of_words.about.get(key, 0), _MANY) for key in self.keys)
        head: dict[str, object] = {
            "of": of,
            "keys": self.keys,
            "counts": self.counts,
            "widths": self.widths,
            "about": "".join(map(str, about)),
        }
        for name, known in (("names", of_words.names), ("aside", of_words.aside)):
            if told := {key: known[key] for key in self.keys if key in known}:
                head[name] = told
        line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        return _compressed((line, *self.steps, self.worths))


_OF_A_KEY = 5
"""Bytes of a key itself, roughly."""

_WORTH_A_TRY = 200
"""Bytes below which a word compresses with others, not by itself."""


def _size(steps: Sequence[bytes], worths: bytes) -> int:
    """What a word takes in a file, roughly."""
    content = b"".join((*steps, worths))
    if len(content) < _WORTH_A_TRY:
        return len(content) * 2 // 3 + _OF_A_KEY
    return len(zlib.compress(content, 1)) + _OF_A_KEY


_GZIP = 16 + zlib.MAX_WBITS


def _compressed(kinds: Iterable[bytes | bytearray]) -> bytes:
    """All as one gzip, but each kind with the code that fits it: an eighth less of these files."""
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP, 9)
    parts = [packer.compress(one) + packer.flush(zlib.Z_BLOCK) for one in kinds if one]
    return b"".join((*parts, packer.flush()))


def word_files(postings: Postings, of_words: OfWords, build: str) -> Iterator[WordFile]:
    """The files of a build, in order."""
    total = sum(len(found) for found in postings.values()) + _OF_A_KEY * len(postings)
    largest = max(_LEAST_FILE, total // _MOST_FILES)
    current, first, last, number = _Open(), "", "", 0
    for place, key in sorted((place_of(key), key) for key in postings):
        steps, worths = _steps(postings[key])
        own = _size(steps, worths) + of_words.size(key)
        if current.keys and current.size + own > largest:
            yield WordFile(first, current.packed(of_words, f"{build}/words/{number}"))
            current, first, number = _Open(), _between(last, place), number + 1
        current.add(key, steps, worths, own)
        last = place
    if current.keys:
        yield WordFile(first, current.packed(of_words, f"{build}/words/{number}"))


def place_of(key: str) -> str:
    """What a key is put in order by: a name of several words before all words, an abbreviation
    behind the word of its letters. theme/search/30-lookup.js has the same."""
    if " " in key:
        return NAME + key
    if not key.startswith(SHORT):
        return key
    word = key.removeprefix(SHORT)
    return word.removesuffix(NAME) + SHORT + (NAME if word.endswith(NAME) else "")


def _between(last: str, place: str) -> str:
    """The shortest beginning of `place` that comes after `last`."""
    for length in range(1, len(place) + 1):
        if place[:length] > last:
            return place[:length]
    return place


def _steps(found: array[int]) -> tuple[Sequence[bytes], bytes]:
    """The steps from row to row, the lowest byte of each, the second … as far as any has one; and
    the worths."""
    rows = [one >> 8 for one in found]
    steps = [rows[0], *map(sub, rows[1:], rows)]
    width = max(1, (max(steps).bit_length() + 7) // 8)
    numbers = array("I", steps)
    if sys.byteorder == "big":
        numbers.byteswap()
    written, size = numbers.tobytes(), numbers.itemsize
    return [written[byte::size] for byte in range(width)], bytes([one & 255 for one in found])
