"""The tables of lay words: `heart attack` beside `myocardial infarction`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path


@cache
def read_lay_words() -> Sequence[Sequence[str]]:
    """The names of each thing in the tables, the formal one first.

    The Spanish ones serve every site: who asks in Spanish may do so on an English one.
    """
    return (*_table("lay_words.txt"), *_table("lay_words_es.txt"))


@cache
def read_names_in(language: str) -> Sequence[Sequence[str]]:
    """Things with their names in a language, the formal English one first."""
    return _table(f"lay_words_{language}.txt")


@cache
def read_spanish_words() -> Sequence[Sequence[str]]:
    """English words of medicine, each with the Spanish ones for it."""
    return _table("words_es.txt")


def _table(name: str) -> Sequence[Sequence[str]]:
    return tuple(names_in(Path(__file__).with_name(name).read_text(encoding="utf-8")))


def names_in(text: str) -> Iterator[tuple[str, ...]]:
    """The rows of such a table: names parted by `=`; `#` begins a remark."""
    for line in text.splitlines():
        names = [name.strip() for name in line.partition("#")[0].split("=")]
        if len(found := tuple(name for name in names if name)) > 1:
            yield found
