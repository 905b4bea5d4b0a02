"""Criteria of another time: `Previous inclusion criteria:`, `Exclusion criteria until 2025:`.

Registries keep beside the current criteria those that an amendment has replaced.
"""

from __future__ import annotations

from trialpages.prose.criteria_keys import any_case

_WORD = (
    r"(?:previous|former|past|prior|initial|old|original|earlier|historic(?:al)?|void|superseded"
    r"|removed|deleted|withdrawn)"
)
_KEY = r"(?:inclusions?|exclusions?|eligibility|criteria|versions?)\b"
_DATE = r"(?:\d{1,2}[/.-]\d{1,2}[/.-])?(?:\w+\s+)?(?:19|20)\d\d\b"
_PAST = any_case(
    rf"\b{_WORD}\s+(?:(?:key|main|trial|study|participants?|patients?)\s+)?{_KEY}"
    rf"|^\W*(?:removed|deleted|superseded|withdrawn)\s+(?:\w+\s+)?{_DATE}"
    rf"|\b{_KEY}[^.;:]{{0,30}}\b(?:no\s+longer|superseded|replaced|withdrawn\)|deleted\)|until\s+{_DATE})"
)
_DATED = any_case(rf"\b{_KEY}[^.;:]{{0,20}}\b(?:as\s+(?:of|at)|from|since|until|up\s+to)\s+{_DATE}")
_CURRENT = any_case(rf"^\W*current\s+(?:\w+\s+)?{_KEY}")
_BARE = any_case(
    rf"\W*{_WORD}\s+(?:\w+\s+)?{_KEY}(?:\s+criteria\b)?(?:\W*(?:\(|from|as|since|until|up|to|of|on|at|in|\d)[^:;]*)?\W*"
)
_LONGEST = 120


def is_of_other_time(line: str) -> bool:
    """Whether a heading says that its criteria aren't those of today, or may not be."""
    if len(line) > _LONGEST:
        return False
    return bool(_PAST.search(line) or (_DATED.search(line) and not _CURRENT.search(line)))


def begins_other_time(line: str) -> bool:
    """Whether all of a line is such a heading: `Previous inclusion criteria`."""
    return is_of_other_time(line) and (_ends_so(line) or bool(_BARE.fullmatch(line)))


def is_item_of_other_time(line: str) -> bool:
    """Whether an item of a list is such a heading and nothing else: `Previous inclusion` is a
    criterion, and `Original inclusion criteria for the first study:` one that others go on with."""
    return is_of_other_time(line) and _ends_so(line) and bool(_BARE.fullmatch(line))


def _ends_so(line: str) -> bool:
    return line.rstrip("*_ ").endswith((":", "："))


def is_of_one_kind(line: str) -> bool:
    """Whether such a heading leaves the criteria of the other kind as they are."""
    return len({found[0].lower() for found in _KIND.finditer(line)}) == 1


_KIND = any_case(r"\b(?:in|ex)clusion")
