"""What a trial may be asked for by and doesn't say itself, told from that trial alone: for a search
engine elsewhere, which has no index of names as ours is (names.py)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from trialpages.search.facts import SearchFacts
from trialpages.search.keys import SHORT, canonical, name_of, plain
from trialpages.search.lay_names import EVERYDAY, key_of
from trialpages.search.names import names_said

_WORD = re.compile(r"[^\W_]+")


class AlsoCalled:
    """The tables of lay words and an editor's own, asked for the names of one trial's things."""

    def __init__(self, lay: Sequence[Sequence[str]]) -> None:
        self._lay = lay

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[Sequence[str]]]:
        """By the key of each name the rows of the table that have it. An abbreviation leads
        nowhere, nor does a word of everyday: they may stand for something else."""
        found: defaultdict[str, list[Sequence[str]]] = defaultdict(list)
        for names in self._lay:
            for key in {key_of(name) for name in names}:
                if key and key not in EVERYDAY and not key.startswith(SHORT):
                    found[key].append(names)
        return found

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for words in map(str.split, self._rows):
            found[words[0]] = max(found.get(words[0], 0), len(words))
        return found

    def names(self, facts: SearchFacts) -> tuple[str, ...]:
        """Other names of what the trial is about, as the tables spell them."""
        texts = [*_telling(facts), *facts.headings, *facts.treatment_headings]
        own = {name_of(text) for text in texts}
        keys = (
            key
            for text in texts
            for key in names_said(name_of(text).split(), self._rows.keys(), self._longest)
        )
        lay = (name for key in keys for row in self._rows[key] for name in row)
        found = dict.fromkeys((*_as_spoken(facts), *lay))
        return tuple(name for name in found if name_of(name) not in own)


def spellings(facts: SearchFacts) -> tuple[str, ...]:
    """The words of what the trial is about in the one spelling that our own index has for all
    (keys.py), where that is another: `anemia` of `anaemia`."""
    written = dict.fromkeys(_WORD.findall(plain(" ".join(_telling(facts))).lower()))
    found = ((word, canonical(word)) for word in written)
    return tuple(dict.fromkeys(key for word, key in found if key != word))


def _telling(facts: SearchFacts) -> Iterator[str]:
    yield from (facts.title, facts.official_title)
    yield from (*facts.conditions, *facts.keywords, *facts.interventions)


def _as_spoken(facts: SearchFacts) -> Iterator[str]:
    """`Carcinoma, Non-Small-Cell Lung` is `Non-Small-Cell Lung Carcinoma` in speech."""
    headings: Iterable[str] = (*facts.headings, *facts.treatment_headings)
    return (" ".join(reversed(one.split(", "))) for one in headings if ", " in one)
