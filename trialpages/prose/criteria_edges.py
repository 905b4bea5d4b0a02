"""Where a heading of eligibility criteria begins in its line, and what looks like one behind a
criterion."""

from __future__ import annotations

import re

from trialpages.prose.criteria_keys import NOUN
from trialpages.prose.criteria_marks import QUALIFIERS, Mark, plain_signs
from trialpages.prose.criteria_sentences import PART, words_in


def behind_criterion(mark: Mark, text: str) -> int:
    """Where a heading begins of which the words before its kind are no rank, people or part, but a
    criterion: `Pregnant women Inclusion Criteria:`."""
    key = None if mark.form.is_sentence else NOUN.pattern.search(text, mark.start, mark.end)
    before = text[mark.start : key.start()] if key else ""
    if not key or QUALIFIERS.issuperset(words_in(before)) or PART.search(before):
        return mark.start
    rank = _RANK_LAST.search(before)
    return mark.start + (rank.start() if rank else len(before))


_RANK_LAST = re.compile(r"\b(?:Key|Main|Major|Primary|General|Specific|Additional|Other)\s+$")


def is_tag(mark: Mark, text: str) -> bool:
    """Whether it is what a criterion calls itself: `HIV: exclusion`, `Not walking [EXCLUSION]`."""
    line = text.rfind("\n", 0, mark.start) + 1
    before = text[line : mark.start].rstrip()
    return (
        before.endswith(_TAGS)
        and any(map(str.isalnum, before))
        and bool(_ONE_WORD.fullmatch(plain_signs(text), mark.start, mark.end))
        and text[mark.end : mark.end + 1] in ("", "\n")
    )


def behind_link(mark: Mark, text: str) -> int:
    """Where a heading ends that stands in a link or in brackets: `[Exclusion criteria:](https://…)`."""
    found = _LINK_ENDS.match(text, mark.end) if "[" in text[mark.start : mark.end] else None
    return found.end() if found else mark.end


def splits_link(mark: Mark, text: str) -> bool:
    """Whether it would end among the words of a link: `[Exclusion criteria: HIV](https://…)`."""
    return "[" in text[mark.start : mark.end] and bool(_LINK_GOES_ON.match(text, mark.end))


_LINK_ENDS = re.compile(r"\s*\](?:\([^()\s]*\)|\[[^\[\]\n]*\])?(?:\s*[:：])?")
_LINK_GOES_ON = re.compile(r"[^\[\]\n]*[^\[\]\s][^\[\]\n]*\][(\[]")
_TAGS = (":", "[", "(", "–", "—", "-", "=", "：", "（", "［")
_ONE_WORD = re.compile(r"\W*\w+[^\w:]*")
