"""Characters that no page, feed or citation may carry, and what stands in their place.

XML has no way to write control characters, lone surrogates, U+FFFE and U+FFFF, not even as
escapes; HTML calls them faults, and the other noncharacters of Unicode too. Overrides of direction
(U+202D, U+202E) make whatever follows read backwards as far as a title, an entry of a list or a
citation goes; no language needs them. They come in by escapes of YAML and JSON. A record may have
them (its file and its JSON keep them); whatever is published as text shows U+FFFD, REPLACEMENT
CHARACTER, in their place.
"""

from __future__ import annotations

import re

INSTEAD = "\N{REPLACEMENT CHARACTER}"

_LAST_TWO = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
UNFIT = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\u202d\u202e{_LAST_TWO}]"
)
"""Such a character. Tabs and line ends are none of them."""


def fit(text: str) -> str:
    """The text with U+FFFD in the place of each character that can't be published."""
    return UNFIT.sub(INSTEAD, text)


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
_BEYOND_ASCII = (
    (b"\xc2", re.compile(b"\xc2[\x80-\x9f]")),  # U+0080 to U+009F
    (b"\xe2\x80\xad", re.compile(b"")),  # U+202D
    (b"\xe2\x80\xae", re.compile(b"")),  # U+202E
    (b"\xef", re.compile(b"\xef\xb7")),  # U+FDD0 to U+FDEF and some Arabic
    (b"\xbf", re.compile(b"\xbf[\xbe\xbf]")),  # the last two of each plane, and few others
)
"""A byte that is looked for first, and what the UTF-8 of such characters begins or ends with."""
