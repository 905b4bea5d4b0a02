"""How much a word of a trial counts: the fields it stands in, and how often.

The measure is BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009) with
usual lengths of fields in place of the site's averages, so that it depends on one trial alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from trialpages.search.keys import keys_of, numbered_in


class Weight(NamedTuple):
    """How a field counts."""

    own: float
    """What a word is worth here, where one in plain prose is worth 1."""
    usual: int
    """How many words the field usually has: in a longer one each counts less."""


class Field(Enum):
    """The fields of a trial, by what is said there."""

    TITLE = Weight(8, 12)
    ACRONYM = Weight(20, 1)
    NUMBERS = Weight(6, 3)
    OFFICIAL_TITLE = Weight(5, 20)
    CONDITIONS = Weight(6, 4)
    KEYWORDS = Weight(4, 8)
    TREATMENTS = Weight(6, 4)
    OTHER_NAMES = Weight(5, 4)
    ARMS = Weight(3, 8)
    HEADINGS = Weight(4, 4)
    BROADER = Weight(2, 10)
    PEOPLE = Weight(3, 8)
    NAMES = Weight(3, 8)
    CITIES = Weight(3, 4)
    PLACES = Weight(1.5, 20)
    SUMMARY = Weight(1.5, 120)
    PROSE = Weight(1, 250)
    CRITERIA = Weight(0.8, 200)
    EXCLUSION = Weight(0.4, 120)
    REFERENCES = Weight(0.3, 200)
    OF_OTHERS = Weight(0.1, 40)


_SATURATION = 6.0
"""Where a word's worth reaches half of all it can."""

_LENGTH = 0.5
"""How much a field's length matters, from 0 to 1."""

_LONGEST = 16.0
"""From as many times its usual length on, a field's words count no less."""

_AUTHOR = re.compile(r"\b([A-Z][\w'’-]{0,40}[a-z]) [A-Z](?:\.?[A-Z]){0,2}(?=[,.;]|$)")
"""`Smith RA,`, `Smith R.A.`: the initials of an author are no abbreviation."""

MOST = 255
"""A worth is stored in one byte."""

_STEP = 8
"""Nobody sees a smaller difference, and the index compresses better with fewer. All are odd, but
where a word is only somebody's name: there the worth is one less, and no other form of the word
finds it, so that `kidney stones` is no Dr Stone (theme/search/40-rank.js)."""


def worths(fields: Iterable[tuple[Field, str]]) -> Mapping[str, int]:
    """By key, what it is worth in a trial with these texts: from 1 to MOST."""
    by_field: dict[Field, Counter[str]] = defaultdict(Counter)
    lengths: Counter[Field] = Counter()
    for field, text in fields:
        if field is Field.REFERENCES:
            text = _AUTHOR.sub(r"\1 ", text)  # `Smith RA.Walking` is two words
        keys = list(keys_of(text))
        by_field[field].update(keys)
        by_field[field].update(numbered_in(text))
        lengths[field] += len(keys)
    total: dict[str, float] = defaultdict(float)
    said = {key for field, counts in by_field.items() if field is not Field.NAMES for key in counts}
    for field, counts in by_field.items():
        weight = field.value
        norm = 1 - _LENGTH + _LENGTH * min(_LONGEST, lengths[field] / weight.usual)
        share = weight.own / max(norm, 0.6)
        for key, count in counts.items():
            total[key] += share * (1 + math.log(count)) if count > 1 else share
    return {key: _stored(worth, key in said) for key, worth in total.items()}


def _stored(worth: float, is_said: bool) -> int:
    found = in_steps(MOST * worth / (worth + _SATURATION))
    return found if is_said else max(2, found - 1)


def is_said(worth: int) -> bool:
    """Whether more than somebody's name says a word of this worth."""
    return worth % 2 == 1


def in_steps(worth: float) -> int:
    """A worth of 0 to MOST as it is stored."""
    return max(1, _STEP * round(worth / _STEP) - 1)
