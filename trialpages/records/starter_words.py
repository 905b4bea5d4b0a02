"""The words that a starter file has where a trial's own belong, and who has left them there."""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.problems import Problem, Severity, Where

SUMMARY = "(Write here: what is studied, and why.)"
INCLUSION = "The first thing that must be true"
EXCLUSION = "The first thing that rules a person out"
TITLE = "A title to be written"


SPONSOR = "(Name of the sponsor)"
PARTNER = "(Name of a further sponsor)"
PERSON = "(Whom to ask)"
PHONE = "+1 555 0100"
EMAIL = "trial@hospital.example"
HEAD = "(Who leads the study)"
HOSPITAL = "(Name of the hospital)"
TOWN = "(Town or city)"
COUNTRY = "(Country)"

_OWN_WORDS = (TITLE, SUMMARY, INCLUSION, EXCLUSION)
_WHO_AND_WHERE = (SPONSOR, PARTNER, PERSON, PHONE, EMAIL, HEAD, HOSPITAL, TOWN, COUNTRY)
"""Whoever took the `#` away and left these would send a patient nowhere."""


def check_starter_words(text: str, path: str) -> Iterator[Problem]:
    """The first line of a file that still has each of them: a warning, an error for who and where.
    Lines that are remarks aren't published."""
    for words in (*_OWN_WORDS, *_WHO_AND_WHERE):
        at = text.find(words)
        while at >= 0:
            start = text.rfind("\n", 0, at) + 1
            ends = text[at + len(words) : at + len(words) + 1] in _ENDS
            if ends and not text.startswith("#", start):
                yield _left_in(text, path, start, at, words)
                break
            at = text.find(words, at + 1)


_ENDS = ("", "\n", "'", '"')
"""What a whole value ends with."""


def _left_in(text: str, path: str, start: int, at: int, words: str) -> Problem:
    line, source = text.count("\n", 0, at) + 1, text[start:].split("\n", 1)[0]
    where = Where(path, line, at - start + 1, source, len(words))
    message = f"the starter file's own words are still here and would be published: `{words}`"
    hint = "write the trial's in their place, or remove them"
    severity: Severity = "error" if words in _WHO_AND_WHERE else "warning"
    return Problem("starter-words", severity, message, where, hint)
