"""What somebody who misspelt a name may have meant, in a time that no name can draw out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LONGEST = 200
"""Signs of a name: nobody misspells a longer one by hand."""
_MOST_KNOWN = 2_000
"""Names to choose from: comparing takes as long as there are."""


def closest(text: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The one of the known names that is most like a text, '' where none is like it enough."""
    names = [name for name in known if len(name) <= _LONGEST]
    if len(text) > _LONGEST or len(names) > _MOST_KNOWN:
        return ""
    return next(iter(difflib.get_close_matches(text, names, n=1, cutoff=cutoff)), "")
