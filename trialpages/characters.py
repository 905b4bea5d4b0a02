"""Characters that no page, feed or citation may carry, and what stands in their place.

XML has no way to write control characters, lone surrogates, U+FFFE and U+FFFF, not even as
escapes; HTML calls them faults, and the other noncharacters of Unicode too. Overrides of direction
(U+202D, U+202E) make whatever follows read backwards as far as a title, an entry of a list or a
citation goes; no language needs them. Nor does any need more than eight marks on a letter: they
pile up over whatever stands above it on a page. A record may have all these (they come in by
escapes of YAML and JSON, and its file and its JSON keep them); whatever is published as text shows
U+FFFD, REPLACEMENT CHARACTER, in their place.
"""

from __future__ import annotations

import re

INSTEAD = "\N{REPLACEMENT CHARACTER}"

_LAST_TWO = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Those that fonts stack or draw around a letter."""
_MOST_MARKS = 8
PILED = re.compile(f"(?<=[{_MARKS}]{{{_MOST_MARKS}}})[{_MARKS}]")
"""A mark above as many as a letter may have."""
OVERRIDES = "\u202d\u202e"
UNFIT_BESIDE_OVERRIDES = re.compile(
    f"{PILED.pattern}|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_TWO}]"
)
UNFIT = re.compile(f"{UNFIT_BESIDE_OVERRIDES.pattern}|[{OVERRIDES}]")
"""Such a character. Tabs and line ends are none of them."""


def fit(text: str) -> str:
    """The text with U+FFFD in the place of each character that can't be published."""
    return UNFIT.sub(INSTEAD, text)


def one_line(text: str) -> str:
    """The text without line breaks and control characters, for forms that can hold neither."""
    return (text if text.isprintable() else fit(_BREAKS.sub(" ", text))).strip()


_BREAKS = re.compile(r"[\n-\r\x1c-\x1e\x85\u2028\u2029]+")
"""What readers of lines (Python's `splitlines` among them) take for an end."""


def published(text: str) -> bytes:
    """The text as a file of the site holds it: in UTF-8, and `fit`. The one way there."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return fit(text).encode()
    return data if is_fit(data) else fit(text).encode()


def is_fit(data: bytes) -> bool:
    """Whether a text in UTF-8 has no such character; a quick look, which may say no in doubt."""
    odd = data.translate(None, _FINE)
    return not (odd or any(lead in data and rest.search(data) for lead, rest in _BEYOND_ASCII))


# UNFIT takes twenty times as long as these looks, which for nearly all texts are enough.
_FINE = bytes({*range(256)} - {*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F})
_MARK = (
    b"(?:[\xcc\xcd\xd2\xd6\xd9].|\xe0[\xb8\xb9].|\xe1[\xaa\xab\xb7].|\xe2\x83[\x90-\xbf]|\xef\xb8.)"
)
_PILE = re.compile(_MARK + b"{%d}" % (_MOST_MARKS + 1), re.DOTALL)
_BEYOND_ASCII = (
    (b"\xc2", re.compile(b"\xc2[\x80-\x9f]")),  # U+0080 to U+009F
    (b"\xe2\x80\xad", re.compile(b"")),  # U+202D
    (b"\xe2\x80\xae", re.compile(b"")),  # U+202E
    *((lead, _PILE) for lead in (b"\xcc", b"\xcd", b"\xd2", b"\xd6", b"\xd9", b"\xe0", b"\xe1")),
    *((lead, _PILE) for lead in (b"\xe2\x83", b"\xef")),
    (b"\xef", re.compile(b"\xef\xb7")),  # U+FDD0 to U+FDEF and some Arabic
    (b"\xbf", re.compile(b"\xbf[\xbe\xbf]")),  # the last two of each plane, and few others
)
"""A byte that is looked for first, and what the UTF-8 of such characters begins or ends with."""
