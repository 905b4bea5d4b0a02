"""What is asked in another language is asked in English, as records are: the words for each name.

A language has its names in lay_words_<language>.txt, and here what is no part of such a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trialpages.search.keys import SHORTEST_PLURAL, abbreviation_of, keys_of_runs, name_of
from trialpages.search.lay_names import EVERYDAY
from trialpages.search.lay_words import read_names_in, read_spanish_words

_MOST = 2
"""English names for one of another language."""

_WORDS_TOGETHER = 2
"""Of a longer name no record says, its words have little to do with it: `blood in the urine`."""


@dataclass(frozen=True, slots=True)
class Tongue:
    small: frozenset[str] = frozenset()
    """Words that a page leaves out, since they mean nothing in a question
    (theme/search/35-question.js): so they count for nothing in a name."""
    ending: str = "^$"
    """What forms of one word differ in. A word has more than SHORTEST_PLURAL letters with it."""
    blanks: bool = True
    """Whether words are written apart: else the page parts a question at the names it knows."""

    def key(self, name: str) -> str:
        """A name as one key: `piedras en los riñones` and `piedras en el riñón` are one."""
        keys = (key for key in keys_of_runs(name) if key not in self.small)
        return " ".join(map(self._bare, keys))

    def _bare(self, key: str) -> str:
        return re.sub(self.ending, "", key) if len(key) > SHORTEST_PLURAL else key


def _small(words: str) -> frozenset[str]:
    return frozenset(words.split())


TONGUES: Mapping[str, Tongue] = {
    "ar": Tongue(_small("على عن عند في ما من"), "^(?:[وبكف]?ال|لل)(?=.{3})|[ةه]$"),
    "de": Tongue(
        _small("an auf bei das dem den der des die ein eine im in mit nach und von zu zum zur"),
        "(?:ern|en|em|er|es|e|n|s)$",
    ),
    # The plural, and an `-e` that a singular may have: `riñones`, `riñón`; `dientes`, `diente`.
    "es": Tongue(
        _small("a al con de del el en in la las lo los o para por su un una y"),
        "(?<=[^aeiou])es?$|(?<=[aeiou])s$",
    ),
    "fr": Tongue(
        _small("a au aux d dans de des du en et in l la le les par pour sur un une"), "(?:e?s|e|x)$"
    ),
    "zh": Tongue(blanks=False),
}

EVERYWHERE = "es"
"""The language that a page knows by its words, whatever the site's own is."""


@dataclass(frozen=True, slots=True)
class Asked:
    english: Mapping[str, Sequence[str]]
    """By the key of a name, the English names to search for."""
    apart: Sequence[str]
    """The names themselves, where words aren't written apart."""


def asked_in(language: str, lay: Iterable[Sequence[str]], times: Mapping[str, int]) -> Asked:
    """What names and words of a language are in English.

    English is searched word by word, so of a thing's names in `lay` they are those that records say
    most `times`, not `prostatic neoplasm` but `prostate cancer`; and none that is an abbreviation,
    which may stand for another thing. Where records say none they are the first of the table.
    """
    tongue, table = TONGUES[language], read_names_in(language)
    foreign = {*table, *read_names_in(EVERYWHERE)}
    usual = {name_of(formal): names for formal, *names in lay if (formal, *names) not in foreign}
    words = read_spanish_words() if language == "es" else ()
    english: dict[str, Sequence[str]] = {
        tongue.key(name): (name_of(word),) for word, *names in words for name in names
    }
    for formal, *names in table:
        known = _names_of(formal, usual)
        said = sorted((name for name in known if times.get(name)), key=lambda one: -times[one])
        unsaid = (one for one in known if one.count(" ") < _WORDS_TOGETHER)
        found = tuple(said or unsaid)[:_MOST]
        english.update(dict.fromkeys(map(tongue.key, names), found))
    apart = () if tongue.blanks else tuple(name for _, *names in table for name in names)
    return Asked(english, apart)


def _names_of(formal: str, usual: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """All names of a thing in full, the formal one first and a heading's as it is said, too."""
    heard = " ".join(reversed(formal.split(", ")))
    names = (formal, heard, *usual.get(name_of(formal), ()))
    full = (name_of(name) for name in names if not abbreviation_of(name))
    return tuple(name for name in dict.fromkeys(full) if name not in EVERYDAY)
