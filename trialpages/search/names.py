"""What is called by several names: the names, and the trials that are about it by any of them.

Six sources join names: MeSH headings, in the order of the catalogue and in that of speech; short
forms that a record explains; names of a treatment that a record lists together; the table of lay
words, with an editor's own beside it; forms of an organ's name. Spellings are one key already
(keys.py).

An abbreviation is a name of its own, `^add`, so that no title with `add-on` in it is about one.

A name is found in what tells of the trial as a whole: title, conditions, keywords, treatments,
headings. Nothing of this is shown as the record's; a result says which name it was found by.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType

from trialpages.search.asked import TONGUES, Asked, asked_in
from trialpages.search.drug_names import Apart, apart, joined
from trialpages.search.facts import SearchFacts
from trialpages.search.keys import SHORT, abbreviations_in, name_of
from trialpages.search.lay_names import (
    EVERYDAY,
    articled,
    formal_names,
    key_of,
    lay_names,
    lay_words,
    plural,
)
from trialpages.search.meanings import Meanings
from trialpages.search.organs import names_by_organ
from trialpages.search.other_things import is_another_thing
from trialpages.search.short_forms import usual_meanings
from trialpages.search.weights import MOST, in_steps, is_said

NAME = "="
"""Ends the key of a name, so that it isn't taken for a word's."""

_IN_TITLE, _IN_CONDITIONS, _IN_KEYWORDS, _IN_TREATMENTS = 215, 230, 175, 230
_IN_OFFICIAL_TITLE, _IN_HEADINGS, _IN_BROADER = 195, 205, 140
"""What a name is worth there, of 255."""

_USUAL_LIST = 10
"""Conditions, keywords or headings of a trial: in a longer list each is worth less."""

_SAID_AGAIN = 10
"""A name that is in several of these places is worth a share more: one of so many."""

_BY_ANOTHER = 0.85
"""What a name counts for another of the same thing, beside that name itself."""

_BY_SHORT = 0.95
"""What an abbreviation counts for itself, beside the name in full."""

_MOST_NAMES = 10
"""Of a thing, as many other names are told to the page."""

_FEW = 10
"""Trials that are about a thing: where they are fewer, those that only speak of it count too."""

_LONGEST = 7
"""Words of a name."""


@dataclass(frozen=True, slots=True)
class Named:
    """The names of the site's things, by the key of each."""

    postings: Mapping[str, array[int]]
    """As word_files.Postings."""
    others: Mapping[str, Sequence[str]]
    """What else it is called, as keys."""
    aside: Mapping[str, str]
    """The formal name of each lay name that only texts mention, and no title, condition …"""
    asked: Mapping[str, Asked]
    """By language, the English names that most records say for those of it."""


def named(
    rows: Sequence[SearchFacts],
    lay: Iterable[Sequence[str]],
    words: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> Named:
    """The names of what these trials, in the order of the tables, are about.

    `words` are the postings of words: where prose alone says a drug, its other names find it too;
    and a lay name what few trials are about.
    """
    lay = tuple(lay)
    in_one_word, formal = lay_words(lay), formal_names(lay)
    drugs = joined((one.treatments for one in rows), _apart(rows, lay, words))
    headings = {name for one in rows for name in map(name_of, _all_headings(one))}
    spoken = {name for one in rows for name in _usual(one)}
    others = _others(rows, lay, drugs, headings | spoken)
    known = set(others).union(*others.values()) if others else set()
    found, said = _found(rows, known | headings | spoken)
    meant = Meanings([_explained(one) for one in rows], words, others, _abbreviations(lay))
    postings, aside = {}, {}
    # The page asks for a name without its articles, too: with them only where a record says so.
    twice = {name for name in articled(lay) if name not in found}
    for name in (known | headings | spoken) - twice:
        worths = _worths(name, others.get(name, frozenset()), found, meant)
        is_named = bool(worths)
        in_prose = drugs.get(name, frozenset())
        if len(worths) < _FEW:
            in_prose |= in_one_word.get(name, frozenset())
        _raise(worths, _BY_ANOTHER, _in_prose(in_prose, _in_full(name, others), words, meant))
        if worths and (name in others or len(name) > 1):
            postings[name + NAME] = _posted(worths)
            if not is_named and name in formal:
                aside[name + NAME] = formal[name]
    told = {
        name + NAME: _told(names, found, words)
        for name, names in others.items()
        if name + NAME in postings
    }
    return Named(postings, told, aside, {one: asked_in(one, lay, said) for one in TONGUES})


def _worths(
    name: str,
    others: Set[str],
    found: Mapping[str, Mapping[int, int]],
    meant: Meanings,
) -> dict[int, int]:
    """What a name counts in each row, where it or another name of the thing is said.

    An abbreviation may stand for something else: what says the name in full counts more.
    """
    own, another = (_BY_SHORT, 1.0) if name.startswith(SHORT) else (1.0, _BY_ANOTHER)
    said = {} if name in EVERYDAY and others else found.get(name, {})
    worths = {row: round(own * worth) for row, worth in said.items()}
    _raise(worths, another, _by_others(name, others, found, meant))
    return worths


def _raise(worths: dict[int, int], share: float, more: Iterable[tuple[int, int]]) -> None:
    """To a share of what a row is worth otherwise, where that is more."""
    for row, worth in more:
        worths[row] = max(worths.get(row, 0), round(share * worth))


def _posted(worths: Mapping[int, int]) -> array[int]:
    return array("I", (row << 8 | in_steps(worths[row]) for row in sorted(worths)))


def _by_others(
    name: str,
    others: Set[str],
    found: Mapping[str, Mapping[int, int]],
    meant: Meanings,
) -> Iterator[tuple[int, int]]:
    """Row and worth where another name is said, and means the thing where it is an abbreviation."""
    full = [one for one in (name, *others) if not one.startswith(SHORT)]
    for other in others:
        here = found.get(other, {})
        rows = meant.rows_of(other, here, full) if other.startswith(SHORT) else here
        yield from ((row, here[row]) for row in rows)


def _in_full(name: str, others: Mapping[str, Set[str]]) -> Sequence[str]:
    return [one for one in (name, *others.get(name, ())) if not one.startswith(SHORT)]


def _abbreviations(lay: Iterable[Sequence[str]]) -> Set[str]:
    return {key for names in lay for key in map(key_of, names) if key.startswith(SHORT)}


def _explained(one: SearchFacts) -> Mapping[str, Set[str]]:
    """By abbreviation the words that the record explains it by."""
    found: dict[str, set[str]] = {}
    for short, meaning in one.short_forms:
        found.setdefault(key_of(short), set()).update(name_of(meaning).split())
    return found


def _in_prose(
    names: Set[str], full: Sequence[str], words: Mapping[str, Iterable[int]], meant: Meanings
) -> Iterator[tuple[int, int]]:
    """Row and worth where a word of the text is one of these names, an abbreviation meaning it."""
    for name in names:
        said = (posting for posting in words.get(name, ()) if is_said(posting & 255))
        here = {posting >> 8: posting & 255 for posting in said}
        rows = meant.rows_of(name, here, full) if name.startswith(SHORT) else here
        yield from ((row, here[row]) for row in rows)


def _told(
    names: Set[str],
    found: Mapping[str, Mapping[int, int]],
    words: Mapping[str, Iterable[int]],
) -> list[str]:
    said = [name for name in names if name in found or name in words or plural(name) in words]
    return sorted(said, key=lambda name: (-len(found.get(name, ())), name))[:_MOST_NAMES]


# --- which names are of one thing -----------------------------------------------------------------


def _others(
    rows: Sequence[SearchFacts],
    lay: Iterable[Sequence[str]],
    drugs: Mapping[str, frozenset[str]],
    more: Set[str],
) -> dict[str, frozenset[str]]:
    """For each name the others of the same thing; `more` are names that may have none."""
    joint: dict[str, set[str]] = defaultdict(set)
    for names in (*lay_names(lay), *_heading_names(rows), *_short_names(rows)):
        for name in names:
            joint[name].update(names)
    for names in [*names_by_organ(joint.keys() | more)]:
        for name in names:
            joint[name].update(names)
    # A lay name of a heading leads to the heading's other form and to its short form, too. A short
    # form leads no further: MI is myocardial infarction, mental illness and more. Nor do names of
    # treatments: records list classes and partners of a drug among its names.
    found = {}
    for name in joint.keys() | drugs.keys():
        near = set(joint.get(name, ()))
        for other in joint.get(name, ()):
            if len(joint[other]) <= 2 * _MOST_NAMES and not other.startswith(SHORT):
                near |= joint[other]
        near |= drugs.get(name, frozenset())
        if others := near - EVERYDAY - {name}:
            found[name] = frozenset(others)
    return found


def _apart(
    rows: Sequence[SearchFacts], lay: Iterable[Sequence[str]], words: Mapping[str, Sequence[int]]
) -> Apart:
    """What is no other name of a drug: what trials study, each drug by itself, everyday words."""
    studied = {name_of(text) for one in rows for text in (*one.headings, *one.conditions)}
    headings = {name_of(text) for one in rows for text in one.treatment_headings}
    named: defaultdict[str, set[int]] = defaultdict(set)
    for thing, names in enumerate(lay_names(lay)):
        for name in names:
            named[name].add(thing)
    return apart([one.treatments for one in rows], studied - headings, headings, named, words)


def _heading_names(rows: Sequence[SearchFacts]) -> Iterator[Set[str]]:
    """`Carcinoma, Non-Small-Cell Lung` is `non small cell lung carcinoma` in speech."""
    headings = {name for one in rows for name in _all_headings(one)}
    for heading in headings:
        if ", " in heading:
            spoken = " ".join(reversed(heading.split(", ")))
            yield {name_of(heading), name_of(spoken)}


def _short_names(rows: Sequence[SearchFacts]) -> Iterator[Set[str]]:
    """Short forms, each with what it usually stands for."""
    meanings: dict[str, Counter[str]] = defaultdict(Counter)
    for one in rows:
        for short, meaning in {(key_of(short), name_of(long)) for short, long in one.short_forms}:
            meanings[short][meaning] += 1
    for short, counts in meanings.items():
        usual = usual_meanings(short, counts)
        if short and len(usual) <= _MOST_NAMES:
            for name in usual:
                yield {short, name}


def _usual(one: SearchFacts) -> Iterator[str]:
    """Conditions and treatments as the record itself calls them, where these aren't sentences."""
    for text in (*one.conditions, *(names[0] for names in one.treatments)):
        name = key_of(text)
        if name.count(" ") < _LONGEST:
            yield name


# --- where a name is said -------------------------------------------------------------------------


def _found(
    rows: Sequence[SearchFacts], names: Set[str]
) -> tuple[Mapping[str, Mapping[int, int]], Counter[str]]:
    """By name, the rows that say it and what it is worth there; and how often records' own words
    say it."""
    longest: dict[str, int] = {}
    for name in names:
        words = name.split()
        if words and len(words) <= _LONGEST:
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
    found: dict[str, dict[int, int]] = defaultdict(dict)
    times: Counter[str] = Counter()
    for row, one in enumerate(rows):
        for worth, texts in _telling(one):
            said = (name_of(text).split() for text in texts)
            here = {name for words in said for name in names_said(words, names, longest)}
            here.update(name for text in texts for name in abbreviations_in(text) if name in names)
            times.update(here)
            for name in here:
                found[name][row] = _joint(found[name].get(row, 0), _in_list(worth, texts))
        for worth, texts in _filed(one):
            for name in set(map(name_of, texts)):
                found[name][row] = _joint(found[name].get(row, 0), _in_list(worth, texts))
    return found, times


def _in_list(worth: int, texts: Sequence[str]) -> int:
    return round(worth * min(1.0, math.sqrt(_USUAL_LIST / max(1, len(texts)))))


def _joint(one: int, other: int) -> int:
    return min(MOST, max(one, other) + min(one, other) // _SAID_AGAIN)


def _all_headings(one: SearchFacts) -> Iterator[str]:
    yield from (*one.headings, *one.broader, *one.treatment_headings, *one.treatment_broader)


def _filed(one: SearchFacts) -> Iterator[tuple[int, Sequence[str]]]:
    yield _IN_HEADINGS, (*one.headings, *one.treatment_headings)
    yield _IN_BROADER, (*one.broader, *one.treatment_broader)


def _telling(one: SearchFacts) -> Iterator[tuple[int, Sequence[str]]]:
    yield _IN_TITLE, (one.title,)
    yield _IN_OFFICIAL_TITLE, (one.official_title,)
    yield _IN_CONDITIONS, one.conditions
    yield _IN_KEYWORDS, one.keywords
    yield _IN_TREATMENTS, one.interventions


def names_said(words: Sequence[str], names: Set[str], longest: Mapping[str, int]) -> Iterator[str]:
    for at, word in enumerate(words):
        if is_another_thing(words, at):
            continue
        for length in range(1, longest.get(word, 0) + 1):
            if (name := " ".join(words[at : at + length])) in names:
                yield name
