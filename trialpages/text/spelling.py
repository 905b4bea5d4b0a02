"""When two spellings are one term: those that differ in case, spacing, hyphens, apostrophes or in
signs that nobody sees.

Only what can't tell two terms apart is overlooked. `HER2-` keeps its sign and `1-2` its hyphen,
and no word is compared with another that merely looks like it. Names of diseases may also differ in
their blanks and in the end of a plural (`joined`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_JOINING = re.compile(r"(?<=[^\W\d_])[-‐‑](?=[^\W_])|(?<=\d)[-‐‑](?=[^\W\d_])")
"""A hyphen within a word, as in `non-small-cell`, `T-cell` and `HER2-positive`."""


JOINERS = "\u200c\u200d\u2800\u2d7f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Signs with which some scripts and emoji are written; among other letters nobody sees them."""
UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
    f"|(?<=[A-Za-z\u00c0-\u024f\u0370-\u052f])[{JOINERS}]"
)
"""Signs without a look that turn no text round, among them joiners behind Latin, Greek and Cyrillic
letters, which none of them join."""


@lru_cache(maxsize=1 << 16)
def folded(name: str) -> str:
    """What all spellings of a term have in common."""
    if not name.isascii():
        name = UNSEEN.sub("", unicodedata.normalize("NFC", name)).replace("’", "'")
    plain = name.casefold()
    return " ".join(_JOINING.sub(" ", plain).split())


_OWNER = re.compile(r"(?<=[^\W\d_])'s?(?![^\W\d_])")
_PLURALS = (
    (re.compile(r"(?<![^\W\d_])([a-z]{3,})ies(?![^\W\d_])"), r"\1y"),
    (re.compile(r"(?<![^\W\d_])([a-z]{3,}[abd-hj-rtv-z])s(?![^\W\d_])"), r"\1"),
)
"""Not of short words, `SARS` isn't a number of `SAR`, nor of `-us`, `-is` and `-ics`."""
_BLANK = re.compile(r"(?<!\d) | (?!\d)")


def joined(key: str) -> str:
    """What spellings of one disease have in common, of what `folded` made of them: `pre diabetes`
    and `prediabetes`, `type1 diabetes`, `parkinson's disease` and `parkinson disease`, `food
    allergies`. Two numbers are never made one."""
    key = _OWNER.sub("", key)
    for plural, one in _PLURALS:
        key = plural.sub(one, key)
    return _BLANK.sub("", key)


_LONGEST_SLUG = 60
KEPT_BY_WINDOWS = r"con|prn|aux|nul|com\d|lpt\d"
"""The names that no file can have there, as a regex of small letters."""
_RESERVED = re.compile(rf"index|letter .*|{KEPT_BY_WINDOWS}")


def slug(key: str) -> str:
    """A file name for a term: letters, digits and hyphens, safe on every system, no two alike.

    Where letters had to go, a digest of the term stands in for them.
    """
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_SLUG].rstrip("-")
    if name.replace("-", " ") == key and not _RESERVED.fullmatch(key):
        return name
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name}-{digest}" if name else digest


def initial(name: str) -> str:
    """The letter A to Z a name is filed under, without its accent; `#` for any other sign."""
    for sign in unicodedata.normalize("NFKD", name).upper():
        if sign.isalnum():
            return sign if "A" <= sign <= "Z" else "#"
    return "#"
