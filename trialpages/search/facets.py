"""The tables beside the index: what the search page filters, sorts and suggests by.

Pagefind has filters of its own. At 10,000 trials they cost 164 KB before the first answer, a
search for every chosen group to count its values, and can't say "I am 67". These tables are joined
with the hits in the page: every count in some milliseconds, and without a word, no search at all.
Each group of filters is a table of its own, read when somebody opens the group or asks for one of
its values. `bench/search.py` measures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any

from trialpages.language.cldr import countries_in
from trialpages.records.countries import country_name
from trialpages.search.columns import (
    Column,
    as_script,
    code_lists,
    label_lists,
    labels,
    numbers,
    texts,
)
from trialpages.search.facts import DAY_ZERO, SearchFacts
from trialpages.search.keys import plain
from trialpages.search.parts import IndexPlace
from trialpages.text.spelling import folded
from trialpages.trial.standing import CLOSED
from trialpages.trial.taking import Stand, together


def tables(
    rows: Sequence[SearchFacts],
    filters: Mapping[str, Sequence[Column]],
    places: Mapping[str, IndexPlace],
    sums: Mapping[str, int],
    words: SpelledWords,
    build: str,
) -> Mapping[str, str]:
    """The tables of these trials by name, each as a script: those of `filters` (groups),
    `places` are theirs in Pagefind's index, by their URLs, and `sums` those of its files.

    A row is a trial; all tables but that of words have the same rows.
    """
    found = [places[one.url] for one in rows]
    parts = sorted({place.part for place in found})
    sorting = [
        numbers("updated", [one.updated for one in rows]),
        numbers("start", [one.start for one in rows]),
        numbers("enrollment", [one.enrollment for one in rows]),
    ]
    ages = [
        numbers("youngest", [one.youngest for one in rows]),
        numbers("oldest", [one.oldest for one in rows]),
    ]

    def script(name: str, columns: Sequence[Column], **more: Any) -> str:
        return as_script(name, len(rows), columns, build=build, **more)

    return {
        **{name: script(name, columns) for name, columns in filters.items()},
        "places": script("places", _in_index(found, parts), parts=parts, sums=sums),
        "sorting": script("sorting", sorting),
        "ages": script("ages", ages),
        "ids": script("ids", [texts("ids", map(_ids, rows))]),
        "words": words.script(build),
    }


def _in_index(found: Sequence[IndexPlace], parts: Sequence[str]) -> list[Column]:
    """Where each row is in the index."""
    return [
        numbers("part", [parts.index(place.part) for place in found]),
        numbers("fragment", [place.fragment for place in found]),
    ]


def groups(rows: Sequence[SearchFacts]) -> Mapping[str, Sequence[Column]]:
    """The groups of filters (templates/search.html) by name, the column of each first; those that
    no trial has a label of are left out."""
    ranks = {one.status: one.status_rank for one in rows}
    single = (
        labels("status", [one.status for one in rows], ranks),
        _conditions(rows),
        label_lists("our_site", [one.our_sites for one in rows]),
        label_lists("phase", [one.phases for one in rows]),
        labels("type", [one.study_type for one in rows]),
        label_lists("intervention", [one.intervention_types for one in rows]),
        labels("sex", [one.sex for one in rows]),
        labels("healthy", [_flag(one.healthy_volunteers) for one in rows]),
        labels("results", [_flag(one.has_results) for one in rows]),
        labels("sponsor_class", [one.sponsor_class for one in rows]),
        labels("start", [_year(one.start) for one in rows]),
        labels("ages_unread", [_flag(one.ages_unread or None) for one in rows]),
    )
    countries = [one.countries for one in rows], [one.closed_countries for one in rows]
    cities = [one.cities for one in rows], [one.closed_cities for one in rows]
    states = [one.states for one in rows], [one.closed_states for one in rows]
    towns = [one.state_towns for one in rows], [one.closed_state_towns for one in rows]
    found = {
        "country": _places("country", *countries, folded),
        "city": _places("city", *cities, _city),
        "state": _places("state", *states, _city),
        "town": _places("town", *towns, _city),
        **{column.shape["name"]: [column] for column in single},
    }
    return {name: columns for name, columns in found.items() if columns[0].shape["labels"]}


def _places(
    name: str,
    rows: Sequence[Sequence[str]],
    closed: Sequence[Sequence[tuple[str, Stand]]],
    key_of: Callable[[str], str],
) -> list[Column]:
    """A column of countries or cities, and one for each way in which a place takes nobody while
    its trial recruits: numbers into the labels of the first."""
    column = _merged(name, rows, key_of)
    codes = {key_of(label): code for code, label in enumerate(column.shape["labels"], start=1)}
    stands = [
        _stands(names, dict(said), codes, key_of) for names, said in zip(rows, closed, strict=True)
    ]
    return [column, *(_of_stand(stand, stands) for stand in CLOSED)]


def _of_stand(stand: str, rows: Sequence[Mapping[int, str]]) -> Column:
    return code_lists(
        stand, [sorted(c for c, said in row.items() if said == stand) for row in rows]
    )


def _stands(
    names: Sequence[str],
    closed: Mapping[str, Stand],
    codes: Mapping[str, int],
    key_of: Callable[[str], str],
) -> Mapping[int, Stand]:
    """How each place stands; a town that a record spells in two ways as both together."""
    found: dict[int, set[Stand]] = {}
    for name in names if closed else ():
        found.setdefault(codes.get(key_of(name), 0), set()).add(closed.get(name, "unsaid"))
    found.pop(0, None)
    return {code: together(said) for code, said in found.items() if "unsaid" not in said}


def _year(day: int | None) -> str:
    return "" if day is None else str((DAY_ZERO + timedelta(days=day)).year)


def _flag(value: bool | None) -> str:
    """The page has the words for these two."""
    return "" if value is None else "yes" if value else "no"


def _conditions(rows: Sequence[SearchFacts]) -> Column:
    """A trial's conditions as it calls them, and the headings that these are filed under."""
    found = [(*one.conditions, *one.headings, *one.broader) for one in rows]
    column = _merged("condition", found, _key)
    codes = {_key(label): code for code, label in enumerate(column.shape["labels"], start=1)}
    within = _within(rows)
    above = [codes.get(within.get(key, ""), 0) for key in codes]
    return Column({**column.shape, "within": above}, column.content)


def _within(rows: Sequence[SearchFacts]) -> Mapping[str, str]:
    """For headings the next above each, both by their keys.

    Of a trial with one heading all that is above belongs to that one. The next is one whose name is
    a part of its own, or else the one with most above it; it has other trials too, and less above
    it than the heading has, so that none comes to stand within itself.
    """
    filed = Counter(_key(one) for row in rows for one in {*row.headings, *row.broader})
    above: dict[str, set[str]] = {}
    for row in rows:
        if len(row.headings) == 1:
            above.setdefault(_key(row.headings[0]), set()).update(map(_key, row.broader))

    def height(key: str) -> int:
        return len(above.get(key, ()))

    found = {}
    for own, wider in above.items():
        usable = [key for key in wider if filed[key] > filed[own] and height(key) < len(wider)]
        if usable:
            ranks = {key: (key in own, height(key), -filed[key], key) for key in usable}
            found[own] = max(usable, key=ranks.__getitem__)
    return found


def countries(rows: Sequence[SearchFacts], language: str) -> Mapping[str, Sequence[str]]:
    """The countries of these trials by their names in a language, and what each is called
    otherwise."""
    known = countries_in(language)
    shape = _merged("country", [one.countries for one in rows], folded).shape
    return {label: known.get(label, ()) for label in shape["labels"]}


def _city(label: str) -> str:
    city, _, country = label.partition(", ")
    return f"{folded(city)}, {folded(country_name(country))}"


def _merged(name: str, rows: Sequence[Sequence[str]], key_of: Callable[[str], str]) -> Column:
    """Labels, one for all spellings that have a key in common.

    It is the most frequent of them.
    """
    spellings: dict[str, Counter[str]] = {}
    written = Counter(chain.from_iterable(rows))
    for label, count in written.items():
        spellings.setdefault(key_of(label), Counter())[" ".join(label.split())] += count
    usual = {key: min(found, key=lambda s: (-found[s], s)) for key, found in spellings.items()}
    chosen = {label: usual[key_of(label)] for label in written if label.strip()}
    merged = [tuple({chosen[label]: None for label in row if label in chosen}) for row in rows]
    return label_lists(name, merged)


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


_LINE_BREAKS = re.compile(r"[\r\n|]+")


def _ids(one: SearchFacts) -> str:
    return "|".join(_LINE_BREAKS.sub(" ", known) for known in one.ids)


_SHORTEST = 4
_WORD = re.compile(r"[^\W_]+")


_MOST_FREQUENT = 500
"""The entry has them: a word that few trials say is a slip of none but these, and where it's like
none the page needs no table of all words (theme/search/57-meant.js)."""


@dataclass(frozen=True, slots=True)
class SpelledWords:
    """The words of conditions, interventions, keywords and titles, for `did you mean`.

    Without accents and capitals. First come those of what is studied: words of headings, lay names,
    and words of the conditions of several trials, since one trial's may be misspelt.
    """

    counts: Mapping[str, int]
    """How many trials use each."""
    subjects: int
    """How many are of what is studied."""

    def frequent(self) -> Mapping[str, Any]:
        """The words that most trials tell of: all that at least so many tell of."""
        left_out = sorted(self.counts.values(), reverse=True)[_MOST_FREQUENT:]
        least = max(left_out, default=0) + 1
        words = [word for word, count in self.counts.items() if count >= least]
        return {"least": least, "words": words}

    def script(self, build: str) -> str:
        columns = [texts("word", self.counts), numbers("trials", list(self.counts.values()))]
        return as_script("words", len(self.counts), columns, build=build, subjects=self.subjects)


def spelled_words(rows: Sequence[SearchFacts], spoken: Mapping[str, int]) -> SpelledWords:
    """`spoken` are lay names of one word, each with how many trials say it."""
    counts: Counter[str] = Counter()
    studied: Counter[str] = Counter()
    filed: set[str] = set()
    for one in rows:
        counts.update(_words_in((one.title, *one.conditions, *one.keywords, *one.interventions)))
        studied.update(_words_in(one.conditions))
        filed |= _words_in(one.headings)
    lay = _words_in(spoken)
    counts.update({word: spoken[word] for word in lay if word not in counts})
    several = {word for word, count in studied.items() if count > 1}
    subjects = (several | filed | lay) & counts.keys()
    known = sorted((word not in subjects, word) for word in counts)
    return SpelledWords({word: counts[word] for _, word in known}, len(subjects))


def _words_in(texts: Iterable[str]) -> set[str]:
    found = _WORD.findall(plain(" ".join(texts)).lower())
    return {word for word in found if len(word) >= _SHORTEST and not word.isdecimal()}
