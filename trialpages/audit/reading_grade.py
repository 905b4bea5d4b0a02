"""How hard a plain-language summary is to read, by the formula made for its language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from trialpages.problems import Problem, Where
from trialpages.records.model import Trial

MOST = 9
"""The school grade above which `check` warns. Advice for lay summaries is grade 6 to 8."""

_LEAST_SPANISH = 55
"""INFLESZ (Barrio-Cantalejo and others, An. Sist. Sanit. Navar. 2008): from here on a text is
`normal`, for most people; below it `somewhat hard`."""

_LEAST_FRENCH = 60
"""The scale of Flesch, which Kandel and Moles kept: 60 to 70 is plain, for grades 8 and 9."""

_FEWEST_WORDS = 30
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n|\n\s*(?:[-*]|\d+\.)\s")
_WORD = re.compile(r"[^\W_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a formula says of a text."""

    at: str
    """`school grade 12`"""
    hard: bool
    aim: str
    """`grade 9 or lower`"""


def reading(text: str, language: str) -> Reading | None:
    """How hard a text in a language (BCP 47) is; None where no formula here is made for the
    language, or the text is too short to say."""
    formula = _FORMULAS.get(language.partition("-")[0])
    words = _WORD.findall(text)
    if formula is None or len(words) < _FEWEST_WORDS:
        return None
    sentences = sum(bool(_WORD.search(part)) for part in _SENTENCE_END.split(text))
    return formula(words, sentences)


def check_grade(trial: Trial, path: str, language: str) -> Iterator[Problem]:
    """Warn of a summary that is hard to read, in a language that a formula is made for."""
    summary = trial.plain_language_summary
    if not summary or not summary.text:
        return
    found = reading(summary.text, trial.lang or language)
    if found and found.hard:
        message = f"the plain-language summary reads at {found.at}"
        hint = f"aim for {found.aim}: shorter sentences, shorter words"
        where = Where(path, field=("plain_language_summary",))
        yield Problem("reading-grade", "warning", message, where, hint)


# --- the formulas -------------------------------------------------------------------------------


def _school_grade(grade: float) -> Reading:
    return Reading(f"school grade {grade:.0f}", grade > MOST, f"grade {MOST} or lower")


def _ease(ease: float, least: int, scale: str) -> Reading:
    shown = f"{min(max(ease, 0), 100):.0f} of 100 on the scale of {scale}, where 100 is easiest"
    return Reading(shown, ease < least, f"{least} or higher")


def _english(words: list[str], sentences: int) -> Reading:
    """The Automated Readability Index (Smith and Senter, 1967): a US school grade, from the letters
    a word and the words a sentence have."""
    letters = sum(sign.isalnum() for word in words for sign in word)
    return _school_grade(4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43)


def _spanish(words: list[str], sentences: int) -> Reading:
    """The índice de perspicuidad of Szigriszt Pazos (Sistemas predictivos de legibilidad del
    mensaje escrito, thesis, Madrid 1993), from 0 to 100, read by the scale INFLESZ."""
    syllables = sum(syllables_of(word, "es") for word in words)
    ease = 206.835 - 62.3 * syllables / len(words) - len(words) / sentences
    return _ease(ease, _LEAST_SPANISH, "Szigriszt-Pazos")


def _french(words: list[str], sentences: int) -> Reading:
    """Flesch's formula as Kandel and Moles fitted it to French (Application de l'indice de Flesch
    à la langue française, Cahiers d'études de radio-télévision 19, 1958), from 0 to 100."""
    syllables = sum(syllables_of(word, "fr") for word in words)
    ease = 207 - 1.015 * len(words) / sentences - 73.6 * syllables / len(words)
    return _ease(ease, _LEAST_FRENCH, "Kandel and Moles")


def _german(words: list[str], sentences: int) -> Reading:
    """The first Wiener Sachtextformel (Bamberger and Vanecek, Lesen – Verstehen – Lernen –
    Schreiben, Wien 1984): a school grade, from 4 to 15."""
    counts = [syllables_of(word, "de") for word in words]
    share = 100 / len(words)
    return _school_grade(
        0.1935 * share * sum(count >= 3 for count in counts)
        + 0.1672 * len(words) / sentences
        + 0.1297 * share * sum(len(word) > 6 for word in words)
        - 0.0327 * share * sum(count == 1 for count in counts)
        - 0.875
    )


_FORMULAS: Mapping[str, Callable[[list[str], int], Reading]] = {
    "en": _english,
    "es": _spanish,
    "fr": _french,
    "de": _german,
}


# --- syllables ----------------------------------------------------------------------------------

_SILENT = {
    "es": re.compile(r"(?<=q)u|(?<=g)u(?=[eéií])"),
    "fr": re.compile(r"(?<=[qg])u(?=[eéèêiîy])|(?<=[^aeéèiouy'’-])es?(?=$|-)"),
    "de": re.compile(r"(?<=q)u"),
}
"""Vowels that aren't heard: that of `que`, the last one of `étude`."""

_NUCLEUS = {
    "es": re.compile("[iuüy]*[aeoáéó][iuüy]*|[íú]|[iuüy]+"),
    "fr": re.compile("[iuy]*[éèêë]|ï|[aeiouyàâîôùûüœæ]+"),
    "de": re.compile("aa|ee|oo|ie|[ae][iy]|[aeä]u|[aeiouyäöü]"),
}
"""What a syllable is about: a vowel, or those that are said in one."""


def syllables_of(word: str, language: str) -> int:
    """How many syllables a word has in Spanish, French or German, one at least, by its letters:
    `Studie` has two here and three when it is said."""
    heard = _SILENT[language].sub("", word.lower())
    return max(1, len(_NUCLEUS[language].findall(heard)))
