"""One country, one name: the one table of what countries are called.

A record keeps the name it was given, and so do its exports. Lists, cards, filters and the search
show the one name that the registry uses today, whichever of its names a record has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from trialpages.text.spelling import folded


class Country(msgspec.Struct, frozen=True):
    name: str
    others: Sequence[str]
    """Its names in records."""
    searched: Sequence[str]
    """What people may mean it by."""


@cache
def countries() -> Sequence[Country]:
    """All there are: a record that only lists them names one by nothing else."""
    return tuple(_rows(Path(__file__).with_name("countries.txt").read_text(encoding="utf-8")))


def _rows(text: str) -> Iterator[Country]:
    for line in text.splitlines():
        written, _, searched = line.partition("#")[0].partition(";")
        if names := _names(written):
            yield Country(names[0], names[1:], _names(searched))


def _names(text: str) -> tuple[str, ...]:
    return tuple(found for name in text.split("=") if (found := name.strip()))


@cache
def _known() -> Mapping[str, str]:
    """The name of a country by each of its names, as `folded` has them."""
    return {folded(name): one.name for one in countries() for name in (one.name, *one.others)}


@lru_cache(maxsize=4096)
def country_name(name: str) -> str:
    """The one name of a country; another word as it is, blanks aside."""
    return _known().get(folded(name)) or " ".join(name.split())


def is_country(name: str) -> bool:
    """Whether it is a name of a country's, and no word for many or for a part of one."""
    return folded(name) in _known()


@lru_cache(maxsize=4096)
def folded_country(name: str) -> str:
    """What all names of a country have in common."""
    return folded(country_name(name))
