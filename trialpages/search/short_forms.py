"""Short forms that a text explains: `non-small cell lung cancer (NSCLC)`.

The rule is that of Schwartz and Hearst (A simple algorithm for identifying abbreviation
definitions in biomedical text, 2003), held to capitals: each letter of the short form stands in
the words before it, in order, and its first letter begins the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_IN_BRACKETS = re.compile(r"\(\s*([A-Z][A-Za-z0-9]*(?:-[A-Z0-9][A-Za-z0-9]*)*)\s*[;,)]")
_LEAST, _MOST = 2, 8
_WORDS = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*")
_STOPS = re.compile(r"[.;:!?()\[\]\n]")


def short_forms(text: str) -> Iterator[tuple[str, str]]:
    """Each short form that the text explains, with what it stands for."""
    if "(" not in text:
        return
    for match in _IN_BRACKETS.finditer(text):
        short = match[1]
        if not _is_short_form(short):
            continue
        before = text[max(0, match.start() - 120) : match.start()]
        sentence = _STOPS.split(before)[-1]
        if long := _explained(short, sentence):
            yield short, long


def _is_short_form(short: str) -> bool:
    capitals = sum(sign.isupper() for sign in short)
    return _LEAST <= len(short) <= _MOST and capitals >= 2 and capitals * 2 >= len(short)


def _explained(short: str, before: str) -> str:
    """The words at the end of `before` that the short form is made of; '' where it isn't."""
    words = list(_WORDS.finditer(before))
    letters = [sign.lower() for sign in short if sign.isalnum()]
    if letters[-1] == "s" and short[-1] == "s":
        letters.pop()
    most = min(len(words), len(letters) + 5)
    for count in range(min(len(letters), 2), most + 1):
        start = words[-count].start()
        phrase = before[start:].strip(" ,'\"“”‘’-")
        if phrase[:1].lower() == letters[0] and _spells(letters, phrase):
            return " ".join(phrase.split())
    return ""


def _spells(letters: list[str], phrase: str) -> bool:
    """Whether the letters stand in the phrase in order, most of them where a word begins."""
    begins = {match.start() for match in re.finditer(r"(?<![^\W_])[^\W_]", phrase)}
    lower = phrase.lower()
    at, at_beginnings = 0, 0
    for letter in letters:
        next_word = next((i for i in sorted(begins) if i >= at and lower[i] == letter), -1)
        found = next_word if next_word >= 0 else lower.find(letter, at)
        if found < 0:
            return False
        at_beginnings += found in begins
        at = found + 1
    left = sum(1 for i in begins if i >= at)
    return at_beginnings * 2 > len(letters) and left == 0
