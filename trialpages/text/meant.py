"""What somebody who misspelt a name may have meant, in a time that no name can draw out."""

from __future__ import annotations

import difflib
import heapq
import re
from collections.abc import Iterable

_LONGEST = 200
"""Signs of a name: nobody misspells a longer one by hand."""
_MOST_KNOWN = 2_000
"""Names to choose from: comparing takes as long as there are."""
_MOST_COMPARED = 50
"""Of these names those compared sign by sign, which takes fifty times as long as to count signs."""


def closest(text: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The one of the known names that is most like a text, '' where none is like it enough."""
    names = [name for name in known if len(name) <= _LONGEST]
    if len(text) > _LONGEST or len(names) > _MOST_KNOWN:
        return ""
    if len(names) > _MOST_COMPARED:
        names = _likeliest(text, names)
    return next(iter(difflib.get_close_matches(text, names, n=1, cutoff=cutoff)), "")


def _likeliest(text: str, names: list[str]) -> list[str]:
    """Those that have most signs in common with a text, in whatever order."""
    matcher = difflib.SequenceMatcher(b=text)

    def in_common(name: str) -> float:
        matcher.set_seq1(name)
        return matcher.quick_ratio()

    return heapq.nlargest(_MOST_COMPARED, names, key=in_common)


_SHARED = 0.6
"""Share of their words that names of one thing have in common."""


def alike(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of many names that have most words in common with a text, at most three; the one that
    is most like it letter by letter where none has enough."""
    wanted, names = {*_words(text)}, tuple(known)

    def shared(name: str) -> float:
        words = {*_words(name)}
        return 2 * len(words & wanted) / (len(words) + len(wanted) or 1)

    ranked = ((shared(name), name) for name in names)
    found = heapq.nlargest(3, (one for one in ranked if one[0] >= _SHARED))
    return tuple(name for _, name in found) or tuple(filter(None, [closest(text, names)]))


_WORD_LIKE = 0.75
"""Share of signs that a misspelt word has in common with the right one, as difflib counts."""
_DENIED = re.compile(r"(?:NON|NOT|NO|UN|IN|DIS)(?=.{4})")


def misspelt(text: str, values: Iterable[str]) -> str:
    """The one of a field's values that a text misspells letter by letter, else ''.

    Likeness of the whole isn't enough: `not recruiting` is nearly all of RECRUITING and says the
    opposite. So no word may be missing or too many, no number another, and nothing denied that the
    value doesn't deny.
    """
    words = _words(text)
    joined = "".join(words)
    same = (value for value in values if _digits(value) == _digits(joined))
    fitting = {value: _words(value) for value in same}
    alike = [
        value
        for value, known in fitting.items()
        if "".join(known) == joined or _same_words(words, known)
    ]
    return closest("_".join(words), alike)


def _same_words(words: list[str], known: list[str]) -> bool:
    return len(words) == len(known) and all(map(_same_word, words, known))


def _same_word(word: str, known: str) -> bool:
    if bool(_DENIED.match(word)) != bool(_DENIED.match(known)):
        return False
    return difflib.SequenceMatcher(None, word, known).ratio() >= _WORD_LIKE


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text[: _LONGEST + 1].upper())


def _digits(text: str) -> list[str]:
    return re.findall(r"\d", text)
