"""The tables beside the index: what the search page filters, sorts and suggests by.

Pagefind has filters of its own. At 10,000 trials they cost 164 KB before the first answer, a
search for every chosen group to count its values, and can't say "I am 67". These tables are joined
with Pagefind's hits in the page: every count in some milliseconds, and without a word, no search
at all. `bench/search.py` measures both.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import chain
from pathlib import Path

from trialpages.search.columns import Column, as_script, label_lists, labels, numbers, texts
from trialpages.search.facts import DAY_ZERO, SearchFacts
from trialpages.search.parts import Place


def write_facets(facts: Iterable[SearchFacts], places: Mapping[str, Place], target: Path) -> None:
    """Write the tables of the trials that have a place in the index, by their URLs.

    A row is a trial; all tables but that of words have the same rows, the newest first.
    """
    rows = sorted((one for one in facts if one.url in places), key=_newest_first)
    found = [places[one.url] for one in rows]
    parts = sorted({place.part for place in found})
    sorting = [
        numbers("start", [one.start for one in rows]),
        numbers("enrollment", [one.enrollment for one in rows]),
    ]
    tables = {
        "facets": as_script(
            "facets", len(rows), [*_places(found, parts), *_facets(rows)], parts=parts
        ),
        "sorting": as_script("sorting", len(rows), sorting),
        "conditions": _lists("conditions", [one.conditions for one in rows]),
        "cities": _lists("cities", [one.cities for one in rows]),
        "ids": as_script("ids", len(rows), [texts("ids", map(_ids, rows))]),
        "words": _words(rows),
    }
    for name, script in tables.items():
        (target / f"{name}.js").write_text(script, encoding="ascii")


def _newest_first(one: SearchFacts) -> tuple[int, str]:
    return (-(one.updated or 0), one.url)


def _places(found: Sequence[Place], parts: Sequence[str]) -> list[Column]:
    """Where each row is in the index."""
    return [
        numbers("part", [parts.index(place.part) for place in found]),
        numbers("fragment", [place.fragment for place in found]),
    ]


def _facets(rows: Sequence[SearchFacts]) -> list[Column]:
    return [
        labels(
            "status", [one.status for one in rows], {one.status: one.status_rank for one in rows}
        ),
        label_lists("phase", [one.phases for one in rows]),
        labels("type", [one.study_type for one in rows]),
        label_lists("country", [one.countries for one in rows]),
        label_lists("intervention", [one.intervention_types for one in rows]),
        labels("sponsor_class", [one.sponsor_class for one in rows]),
        labels("sex", [one.sex for one in rows]),
        labels("healthy", [_flag(one.healthy_volunteers) for one in rows]),
        labels("results", [_flag(one.has_results) for one in rows]),
        labels("start", [_year(one.start) for one in rows]),
        numbers("updated", [one.updated for one in rows]),
        numbers("youngest", [one.youngest for one in rows]),
        numbers("oldest", [one.oldest for one in rows]),
    ]


def _year(day: int | None) -> str:
    return "" if day is None else str((DAY_ZERO + timedelta(days=day)).year)


def _flag(value: bool | None) -> str:
    """The page has the words for these two."""
    return "" if value is None else "yes" if value else "no"


def _lists(name: str, rows: Sequence[Sequence[str]]) -> str:
    """A table of its own for labels of which there are thousands: loaded when it is wanted.

    Spellings that differ in case or spacing are one label, the most frequent of them.
    """
    spellings: dict[str, Counter[str]] = {}
    written = Counter(chain.from_iterable(rows))
    for label, count in written.items():
        spellings.setdefault(_key(label), Counter())[" ".join(label.split())] += count
    usual = {key: min(found, key=lambda s: (-found[s], s)) for key, found in spellings.items()}
    chosen = {label: usual[_key(label)] for label in written if label.strip()}
    merged = [tuple({chosen[label]: None for label in row if label in chosen}) for row in rows]
    return as_script(name, len(rows), [label_lists(name, merged)])


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


_LINE_BREAKS = re.compile(r"[\r\n|]+")


def _ids(one: SearchFacts) -> str:
    return "|".join(_LINE_BREAKS.sub(" ", known) for known in one.ids)


_SHORTEST = 4
_WORD = re.compile(r"[^\W_]+")


def _words(rows: Sequence[SearchFacts]) -> str:
    """The words of conditions, interventions, keywords and titles, for `did you mean`.

    Without accents and capitals, each with the number of trials that use it.
    """
    counts: Counter[str] = Counter()
    for one in rows:
        found = " ".join((one.title, *one.conditions, *one.keywords, *one.interventions))
        counts.update(set(_WORD.findall(_folded(found))))
    words = sorted(word for word in counts if len(word) >= _SHORTEST and not word.isdecimal())
    columns = [texts("word", words), numbers("trials", [counts[word] for word in words])]
    return as_script("words", len(words), columns)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text).lower()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
