"""Signs that can't be seen and turn the direction of text (Unicode's property Bidi_Control).

They can make a line read otherwise than it is: "not below 18" may look like "81 below not".
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from trialpages.problems import Problem, Where

_SIGNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CODES = "|".join(f"0*{ord(sign):x}" for sign in _SIGNS)
_NUMBERS = "|".join(f"0*{ord(sign)}" for sign in _SIGNS)
_BIDI = re.compile(
    rf"[{_SIGNS}]|&(?:#[xX](?i:{_CODES})|#(?:{_NUMBERS})|lrm|rlm);|\\[uU](?i:{_CODES})(?![0-9a-fA-F])"
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
            hint = "remove it, unless the text is Arabic or Hebrew and needs it"
            yield Problem("bidi-control", "warning", message, where, hint)


def _name(written: str) -> str:
    is_escape = written.startswith("\\")
    sign = chr(int(written[2:], 16)) if is_escape else html.unescape(written)
    return f"U+{ord(sign):04X}, {unicodedata.name(sign).lower()}"
