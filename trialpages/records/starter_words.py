"""The words that a starter file has where a trial's own belong, and who has left them there."""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.problems import Problem, Where

SUMMARY = "(Write here: what is studied, and why.)"
INCLUSION = "The first thing that must be true"
EXCLUSION = "The first thing that rules a person out"
TITLE = "A title to be written"


def check_starter_words(text: str, path: str) -> Iterator[Problem]:
    """A warning for each line of a file that still has them."""
    for words in (TITLE, SUMMARY, INCLUSION, EXCLUSION):
        at = text.find(words)
        if at >= 0:
            line = text.count("\n", 0, at) + 1
            start = text.rfind("\n", 0, at) + 1
            source = text[start:].split("\n", 1)[0]
            where = Where(path, line, at - start + 1, source, len(words))
            message = "the starter file's own words are still here and would be published"
            hint = "write the trial's in their place, or remove them"
            yield Problem("starter-words", "warning", message, where, hint)
