"""The names in a table of lay words, as keys."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache

from trialpages.search.keys import abbreviation_of, name_of

_EVERYDAY_TEXT = """
    fits piles gas wind spots shots worms mono hypo corona borderline bipolar wasting cavities
    shaking trembling ecstasy
"""
EVERYDAY = frozenset(map(name_of, _EVERYDAY_TEXT.split()))
"""Lay names that are words of everyday, too, as keys: who asks for fits may mean epilepsy, while a
trial that says the word may fit a model. They lead to the other names, and none leads to them."""

_ARTICLE = re.compile(r" (?:the|a|an) ")


def formal_names(lay: Iterable[Sequence[str]]) -> Mapping[str, str]:
    """By lay name the formal one, as the table spells it, unless it is said of several things."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for formal, *names in lay:
        for name in names:
            for form in _forms_of(name):
                found[key_of(form)].add(formal)
    return {name: formal for name, (formal, *others) in found.items() if not others}


def lay_words(lay: Iterable[Sequence[str]]) -> Mapping[str, frozenset[str]]:
    """By lay name what else it is called in one word, in both numbers."""
    found: dict[str, frozenset[str]] = {}
    for names in lay_names(lay):
        single = [name for name in names - EVERYDAY if name and " " not in name]
        both = {key for name in single for key in (name, plural(name))}
        for name in names:
            found[name] = found.get(name, frozenset()) | (both - {name, plural(name)})
    return found


def plural(name: str) -> str:
    return f"{name}s"


def lay_names(lay: Iterable[Sequence[str]]) -> Iterator[Set[str]]:
    return ({key_of(one) for name in names for one in _forms_of(name)} for names in lay)


def _forms_of(name: str) -> Iterator[str]:
    """With and without articles: `blood clot in the leg`, `blood clot in leg`."""
    yield name
    if (bare := _ARTICLE.sub(" ", name)) != name:
        yield bare


def articled(lay: Iterable[Sequence[str]]) -> Iterator[str]:
    """The names that are known without their articles, too."""
    return (key_of(name) for names in lay for name in names if _ARTICLE.search(name))


@lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    return abbreviation_of(name) or name_of(name)
