"""What a ` #` behind a value without quotes takes away, and what to do about it.

A remark stands on a line of its own, or two blanks behind a value. YAML would take one blank too;
but `Trial #1` is a value, so one blank is asked about and nothing is lost unsaid.
"""

from __future__ import annotations

import re

from trialpages.records.vocabulary import Vocabulary
from trialpages.text.front_matter import AS_REMARK, LostTextError

_FIXED = re.compile(r"[\d./+() -]+|true|false")
"""What no text goes on behind: a date, a number, yes or no; nor does one behind these."""
_VALUES = {value.value for kind in Vocabulary.__subclasses__() for value in kind}


def is_fixed(value: str) -> bool:
    """Whether what stands behind a value can only be a remark."""
    return value in _VALUES or _FIXED.fullmatch(value) is not None


def what_to_do(error: LostTextError) -> str:
    """Quotes would make a number or a date none."""
    return AS_REMARK if is_fixed(error.value) else error.hint
