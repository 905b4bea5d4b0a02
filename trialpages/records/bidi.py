"""Signs that can't be seen and turn the direction of text (Unicode's property Bidi_Control).

They can make a line read otherwise than it is: "not below 18" may look like "81 below not".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from trialpages.problems import Problem, Where

_SIGNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BIDI = re.compile(f"[{_SIGNS}]")


def check_bidi(text: str, path: str) -> Iterator[Problem]:
    """A warning for the first such sign of each line."""
    if not any(sign in text for sign in _SIGNS):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _BIDI.search(line):
            sign = found[0]
            name = unicodedata.name(sign).lower()
            message = f"a sign that can't be seen changes how text reads: U+{ord(sign):04X}, {name}"
            where = Where(
                path, number, found.start() + 1, _BIDI.sub("\N{REPLACEMENT CHARACTER}", line)
            )
            hint = "remove it, unless the text is Arabic or Hebrew and needs it"
            yield Problem("bidi-control", "warning", message, where, hint)
