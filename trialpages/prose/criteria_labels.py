"""Lines of eligibility criteria with a number that tells their kind: `E1. Pregnancy`, `IN-03: Age`.

Protocols number criteria so. Where such a line stands under the other kind's heading, one of the
two is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from trialpages.prose.criteria_headings import GroupKind

_NUMBER = r"[\s.#-]{0,2}#?\d{1,2}(?=[\s.:)\]–-])"
_NUMBER_SET_OFF = r"\.?[\s#-]?#?\d{1,2}[.:)\]]"
"""`In 12 weeks`, `Ex 3 smokers` are no numbers of criteria."""


def _numbered(short: str, long: str) -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:(?:{short}){_NUMBER}|(?:{long}){_NUMBER_SET_OFF})")


_OF_OTHER: Mapping[GroupKind, re.Pattern[str]] = {
    "inclusion": _numbered(r"E|EX|EXCL?|EC|E\.C|EXCLUSION", "Excl?|Ex|Exclusion"),
    "exclusion": _numbered(r"I|IN|INCL?|IC|I\.C|INCLUSION", "Incl?|In|Inclusion"),
}


def is_labelled_otherwise(line: str, kind: GroupKind) -> bool:
    """Whether a line in a group of that kind is numbered as one of the other."""
    return kind != "other" and bool(_OF_OTHER[kind].match(line))
