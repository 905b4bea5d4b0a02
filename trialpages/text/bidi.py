"""Signs that can't be seen and turn the direction of text (Unicode's property Bidi_Control).

They can make a line read otherwise than it is: "not below 18" may look like "81 below not".
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from trialpages.characters import INSTEAD, OVERRIDES
from trialpages.problems import Problem, Where

_SIGNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_HEX = "|".join(f"{ord(sign):x}" for sign in _SIGNS)
_FOUR_DIGITS = "|".join(f"{ord(sign):04x}" for sign in _SIGNS)
_NUMBERS = "|".join(f"{ord(sign)}" for sign in _SIGNS)
_BIDI = re.compile(
    rf"[{_SIGNS}]|&(?:#[xX]0*(?i:{_HEX})|#0*(?:{_NUMBERS})|lrm|rlm);|\\(?:u|U0000)(?i:{_FOUR_DIGITS})"
)
"""Such a sign as it is, as a reference of Markdown, or as an escape of YAML."""


def check_bidi(text: str, path: str) -> Iterator[Problem]:
    """A warning for the first such sign of each line, however it is written."""
    if text.isascii() and "&" not in text and "\\" not in text:
        return
    if not _BIDI.search(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _BIDI.search(line):
            message = f"a sign that can't be seen changes how text reads: {_name(found[0])}"
            where = Where(path, number, found.start() + 1, line, len(found[0]))
            yield Problem("bidi-control", "warning", message, where, _hint(found[0]))


# --- texts that close what they open --------------------------------------------------------------

_EMBEDDING, _POP = "\u202a\u202b", "\u202c"
_ISOLATE, _POP_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_FIRST_STRONG = "\u2068"
OPENING = tuple(sign.encode() for sign in f"{_EMBEDDING}{_ISOLATE}{_POP_ISOLATE}")
"""The UTF-8 of the signs that may need another one at a text's other end."""
_PAIRED = re.compile(rf"[{_EMBEDDING}{_POP}{_ISOLATE}{_POP_ISOLATE}]|&#[xX]?[0-9a-fA-F]{{1,7}};")


def closed(text: str) -> str:
    """A title, a name or a label with an end for each embedding and isolate that it begins, and a
    beginning for each isolate that it ends: else it would turn round what we say behind it, or
    leave an isolate of ours (Unicode's annex 9, BD9 and BD11). Overrides aren't published at all.
    """
    if text.isascii():
        return text
    strays, ends = _lacking(text)
    return f"{_FIRST_STRONG * strays}{text}{ends}"


def closed_markup(text: str) -> str:
    """The same of a CommonMark text, where such a sign may be a reference. Each of its blocks ends
    what it begins; where they are put on one line, the text does."""
    if text.isascii() and "&#" not in text:
        return text
    _, ends = _lacking(text)
    last = text.rstrip().rpartition("\n")[2]
    return text if _MARKS_ALONE.fullmatch(last) else f"{text}{ends}"


_MARKS_ALONE = re.compile(r"[\s>]*[`~=*_#+-]+")
"""A last line that would be another with a sign behind it."""


def _lacking(text: str) -> tuple[int, str]:
    """How many isolates a text ends without a beginning, and the ends it lacks."""
    strays, isolates, open_signs = 0, 0, list[str]()
    for found in _PAIRED.finditer(text):
        sign = html.unescape(found[0]) or found[0]
        if sign in _EMBEDDING or sign in _ISOLATE:
            open_signs.append(sign)
            isolates += sign in _ISOLATE
        elif sign == _POP and open_signs and open_signs[-1] in _EMBEDDING:
            open_signs.pop()
        elif sign == _POP_ISOLATE and isolates:
            isolates -= 1
            _end_isolate(open_signs)
        elif sign == _POP_ISOLATE:
            strays += 1
    ends = (_POP if sign in _EMBEDDING else _POP_ISOLATE for sign in reversed(open_signs))
    return strays, "".join(ends)


def _end_isolate(open_signs: list[str]) -> None:
    """Take the last isolate off, and the embeddings in it that end with it."""
    while open_signs.pop() not in _ISOLATE:
        pass


def _sign(written: str) -> str:
    return chr(int(written[2:], 16)) if written.startswith("\\") else html.unescape(written)


def _name(written: str) -> str:
    sign = _sign(written)
    return f"U+{ord(sign):04X}, {unicodedata.name(sign).lower()}"


def _hint(written: str) -> str:
    if _sign(written) in OVERRIDES:
        return f"remove it; pages, feeds and citations have {INSTEAD} in its place"
    return "remove it, unless the text is Arabic or Hebrew and needs it"
