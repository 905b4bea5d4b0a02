"""Signs of a content file that nobody sees, and letters of another script inside a word.

They make two words of what looks like one: a search, a list and a reader take them for different
ones. Registries' records hold a few (a soft hyphen from a web page), so they are warned of, and
published as they stand. What turns the direction of text is `bidi`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialpages.problems import Problem, Where, quoted
from trialpages.text.spelling import UNSEEN

_LIKE_LATIN = "асԁеһіјӏорԛѕԝхуАВСЕНІЈКМОРЅТХУ"
_WORD = re.compile(
    rf"\b(?=[^\W\d_]*[A-Za-z])(?=[^\W\d_]*[{_LIKE_LATIN}])[^\W\d_]*[{_LIKE_LATIN}][^\W\d_]*"
)
"""One that mixes Latin letters with Cyrillic ones that look like them."""
_ALIKE = re.compile(rf"{_WORD.pattern}|(?<![^\W\d_])[{_LIKE_LATIN}]+(?![^\W\d_])")
"""Or one of such letters alone, which only a text with other Cyrillic ones may have."""
_CYRILLIC = re.compile(rf"(?![{_LIKE_LATIN}])[\u0400-\u052f]")


def check_unseen(text: str, path: str) -> Iterator[Problem]:
    """A warning for the first of either in each line."""
    if text.isascii():
        return
    word = _WORD if _CYRILLIC.search(text) else _ALIKE
    for number, line in enumerate(text.split("\n"), start=1):
        if line.isascii():
            continue
        if found := UNSEEN.search(line):
            message = f"a sign that can't be seen: U+{ord(found[0]):04X}"
            where = Where(path, number, found.start() + 1, line)
            hint = "take it out, unless the source has it; the page keeps it"
            yield Problem("unseen-sign", "warning", message, where, hint)
        if found := word.search(line):
            message = f"{quoted(found[0])} has Cyrillic letters that look like Latin ones"
            where = Where(path, number, found.start() + 1, line, len(found[0]))
            hint = "type the word anew: as it stands, it is another word than the one it looks like"
            yield Problem("look-alike", "warning", message, where, hint)
