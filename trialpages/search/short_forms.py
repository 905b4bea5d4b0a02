"""Short forms that a text explains: `non-small cell lung cancer (NSCLC)`.

The rule is that of Schwartz and Hearst (A simple algorithm for identifying abbreviation
definitions in biomedical text, 2003), held to capitals: each letter of the short form stands in
the words before it, in order, and its first letter begins the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

_IN_BRACKETS = re.compile(r"\(\s*([A-Z][A-Za-z0-9]*(?:-[A-Z0-9][A-Za-z0-9]*)*)\s*[;,)]")
_LEAST, _MOST = 2, 8
_WORDS = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*")
_USUAL_SHARE = 0.2
_LONG = 6
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


def usual_meanings(short: str, counts: Mapping[str, int]) -> Set[str]:
    """What a short form (a key) stands for on a site, by how many records explain it so.

    None of its meanings is what few of them do beside the most usual one. Nor is what a single
    record does by a loose word, where others' words begin with all the letters: HRT is hormone
    replacement therapy, and not `hormonal therapy`.
    """
    least = max(1, max(counts.values()) * _USUAL_SHARE)
    usual = {name for name, count in counts.items() if count >= least}
    whole = [name for name in usual if counts[name] > 1 and _begins_all(short, name)]
    words = {word for name in whole for word in name.split()}
    return {
        name
        for name in usual
        if counts[name] > 1 or _begins_all(short, name) or not _is_loose(name, words)
    }


def _is_loose(name: str, words: Set[str]) -> bool:
    """Whether it says some of the usual words, and for others of them one that holds none of them:
    `hormonal`, but not `shockwave`."""
    own = name.split()
    others = (word for word in own if len(word) >= _LONG)
    loose = any(not any(one in word or word in one for one in words) for word in others)
    return loose and not words.isdisjoint(own)


def _begins_all(short: str, name: str) -> bool:
    """Whether each letter begins a word of the name, in order."""
    firsts = iter(word[0] for word in name.split())
    return all(letter in firsts for letter in short if letter.isalnum())
