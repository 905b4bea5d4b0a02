"""How hard a plain-language summary is to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialpages.problems import Problem, Where
from trialpages.records.model import Trial

MOST = 9
"""The school grade above which `check` warns. Advice for lay summaries is grade 6 to 8."""

_FEWEST_WORDS = 30
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n|\n\s*(?:[-*]|\d+\.)\s")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’-]*")


def grade(text: str) -> float | None:
    """The Automated Readability Index (Smith and Senter, 1967) of an English text.

    A US school grade, from the letters a word and the words a sentence have. None for a text too
    short to say.
    """
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS:
        return None
    sentences = sum(bool(_WORD.search(part)) for part in _SENTENCE_END.split(text))
    letters = sum(sign.isalnum() for word in words for sign in word)
    index: float = 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43
    return index


def check_grade(trial: Trial, path: str, language: str) -> Iterator[Problem]:
    """Warn of a summary that is hard to read; English only, for the index is made for it."""
    summary = trial.plain_language_summary
    if not summary or not summary.text or not (trial.lang or language).startswith("en"):
        return
    found = grade(summary.text)
    if found is not None and found > MOST:
        message = f"the plain-language summary reads at school grade {found:.0f}"
        hint = f"aim for grade {MOST} or lower: shorter sentences, shorter words"
        where = Where(path, field=("plain_language_summary",))
        yield Problem("reading-grade", "warning", message, where, hint)
