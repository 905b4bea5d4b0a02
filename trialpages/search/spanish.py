"""Spanish is asked in English, since records are in English: the words that stand for each name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from trialpages.search.keys import abbreviation_of, name_of, spanish_name_of
from trialpages.search.lay_words import read_spanish_names, read_spanish_words

_MOST = 2
"""English names for a Spanish one."""

_WORDS_TOGETHER = 2
"""Of a longer name no record says, its words have little to do with it: `blood in the urine`."""


def english_for_spanish(
    lay: Iterable[Sequence[str]], times: Mapping[str, int]
) -> Mapping[str, Sequence[str]]:
    """For Spanish names and words (keys.spanish_name_of) the English names to search for.

    English is searched word by word, so of a thing's names in `lay` they are those that records say
    most `times`, not `prostatic neoplasm` but `prostate cancer`; and none that is an abbreviation,
    which may stand for another thing. Where records say none they are the first of the table.
    """
    table = read_spanish_names()
    usual = {name_of(formal): names for formal, *names in lay if (formal, *names) not in table}
    english: dict[str, Sequence[str]] = {
        spanish_name_of(name): (name_of(word),)
        for word, *names in read_spanish_words()
        for name in names
    }
    for formal, *names in table:
        known = _names_of(formal, usual)
        said = sorted((name for name in known if times.get(name)), key=lambda one: -times[one])
        unsaid = (one for one in known if one.count(" ") < _WORDS_TOGETHER)
        found = tuple(said or unsaid)[:_MOST]
        english.update(dict.fromkeys(map(spanish_name_of, names), found))
    return english


def _names_of(formal: str, usual: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """All names of a thing in full, the formal one first and a heading's as it is said, too."""
    heard = " ".join(reversed(formal.split(", ")))
    names = (formal, heard, *usual.get(name_of(formal), ()))
    full = (name_of(name) for name in names if not abbreviation_of(name))
    return tuple(dict.fromkeys(full))
