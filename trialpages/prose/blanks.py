"""Blanks in a row, of which a page shows one however many there are.

A form of words that may stand apart by any number of them is looked for in each part of them: what
is read by such forms is read with few.
"""

from __future__ import annotations

import re
from html.entities import html5

_NUMBERS = [number for number in range(0x3001) if chr(number).isspace()]
_NAMES = [name for name, sign in html5.items() if sign.isspace() and name.endswith(";")]
_CODES = (
    *_NAMES,
    *(f"#0{{0,6}}{number};" for number in _NUMBERS),
    *(f"#[xX]0{{0,6}}(?i:{number:x});" for number in _NUMBERS),
)
_BLANK = rf"(?:[^\S\n]|&(?:{'|'.join(_CODES)}))"
_MOST = 8
_MANY = re.compile(rf"(?<=\S)({_BLANK}{{{_MOST}}}){_BLANK}+")


def few_blanks(text: str) -> str:
    """A CommonMark text with eight blanks where a line has more, but where the line begins.

    >>> few_blanks("Inclusion" + " " * 1000 + "criteria")
    'Inclusion        criteria'
    """
    is_plain = text.isascii() and "&" not in text and "\t" not in text
    return text if is_plain and " " * (_MOST + 1) not in text else _MANY.sub(r"\1", text)
