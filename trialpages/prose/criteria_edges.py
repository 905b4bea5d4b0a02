"""Where a heading of eligibility criteria begins in its line, and what looks like one behind a
criterion or where a line is broken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialpages.prose.blocks import Heading, Paragraph, text_of
from trialpages.prose.criteria_keys import NOUN, any_case, words_of
from trialpages.prose.criteria_leaves import Leaf, Place
from trialpages.prose.criteria_marks import QUALIFIERS, RARELY_LAST, Mark, plain_signs
from trialpages.prose.criteria_places import is_amidst
from trialpages.prose.criteria_sentences import PART, words_in


def is_sure(mark: Mark, text: str, leaves: Sequence[Leaf], at: int) -> bool:
    """Whether a heading in the leaf there can be nothing else: it neither goes on with the line
    above it, as a sentence broken into lines does, nor with an item, nor takes back what it says.
    """
    text = plain_signs(text)
    if _TAKES_BACK.search(text, mark.start, mark.end) or _compares(mark, text):
        return False
    if _HIDES.search(text) or text[mark.start : mark.end].lstrip().startswith(">"):
        return False
    if is_amidst(leaves, at, text[mark.end :]):
        return False
    above, heading = text[: mark.start].rstrip(" "), text[mark.start : mark.end].strip()
    if above and not above.endswith("\n"):
        return not _ONE_LOW_WORD.fullmatch(text, mark.start, mark.end)
    if above:
        is_low = heading[:1].islower() and above.rstrip()[-1:].isalnum()
        return not (is_low or _is_open(above))
    return not _goes_on(_words_above(leaves, at), heading)


def _words_above(leaves: Sequence[Leaf], at: int) -> str:
    block = leaves[at - 1].block if at else None
    return text_of(block).strip() if isinstance(block, Paragraph | Heading) else ""


def _goes_on(above: str, heading: str) -> bool:
    """Whether a heading that begins a paragraph is the end of a sentence broken before it: `Any
    patient who did not meet`, `inclusion criteria`. With a capital and a colon it is one below
    nearly everything, as NCT00936338, NCT02240823 and NCT05371951 have it."""
    if not above:
        return False
    last, is_low = above.split()[-1], heading[:1].islower()
    if heading.endswith(":") and not is_low:
        return last in _NEVER_LAST or bool(_MEETS.search(above[-_REACH:]))
    if is_low and not heading.endswith(":"):
        return above[-1] not in _ENDS
    return _is_open(above) or (is_low and last.lower() in _OPEN_BEFORE_SMALL)


def _is_open(above: str) -> bool:
    """Whether a line ends as no criterion does."""
    last = above.split()[-1].lower()
    if last in RARELY_LAST or last in _OPEN or last.endswith(_OPEN_ENDS):
        return True
    return bool(_MEETS.search(above[-_REACH:].rstrip()))


_ENDS, _REACH = ".:;!?", 100
_MEETS = any_case(
    r"\b(?:meet(?:s|ing)?|fulfil\w*|satisf(?:y|ies|ying)|conform\w*|match(?:es|ing)?|violat\w+|fail(?:s|ing)?"
    r"|lack(?:s|ing)?|deviat\w+|(?:not|non)[\s-]*compl[yi]\w*)"
    r"(?:\s+(?:with|to|from|of|the|all|any|each|every|one|or|more|at|least|our|your|their|its|these|this"
    r"|those|following|above|study|trial|protocol|key|main|major|general|specific|required|relevant|remaining"
    r"|other|necessary|minimum|basic|full|initial|respective|applicable|pre-?specified|patients?|subjects?"
    r"|participants?)['’]?s?)*$"
)
"""What is met, or isn't, and no word yet of what: not `able to comply with the study protocol`."""
_NEVER_LAST = words_of(
    "the of fit any every within without not cannot from or OR and AND der den dem des nicht "
    "los las del de du les aux os dos não aan het dei delle degli"
)
"""NCT04280705: `prior to randomization; OR`, and a heading for what else lets people in."""
_OPEN = _NEVER_LAST | words_of("each all outside which that who than if are is be must having")
_OPEN_ENDS = ("'s", "’s", "不符合", "不满足", "未满足", "违反")
_OPEN_BEFORE_SMALL = words_of("no none met least have has had do does one two three above")
"""`Prior chemotherapy: no` may stand above a heading with a capital."""
_HIDES = re.compile("<!--|-->|~~")
"""An editor's comment, a quotation and what is struck through are text in criteria, and may be no
heading of theirs."""
_ONE_LOW_WORD = re.compile(r"[a-z]\w+\W*(?<!:)")
"""`HIV: exclusion`"""


def _compares(mark: Mark, text: str) -> bool:
    """Whether its sentence names the other kind: `Inclusion criteria are the exclusion criteria of`
    a study says nothing of what follows."""
    if not mark.form.is_sentence:
        return False
    end = text.find("\n", mark.start)
    rest = text[mark.start : end if end >= 0 else len(text)]
    kinds = {found.lastgroup for found in NOUN.pattern.finditer(rest)}
    return len(kinds) > 1


_TAKES_BACK = re.compile(
    r"\b(?:crit\w*|exclu\w+|inclu\w+)\b[^.:;]*"
    r"\b(?:not(?!\s+(?:limited|(?!apply)\w+ing)\b)|never|waived)\b",
    re.IGNORECASE,
)


def is_item(
    mark: Mark, text: str, leaves: Sequence[Leaf], at: int, opened: Sequence[Place]
) -> bool:
    """Whether it stands behind an exclusion in its line, or heads an item of a list behind others:
    `Inclusion criteria: any unmet` may be one of them. No record of 3,002 begins to let people in
    there, but for lists that have both headings as items."""
    if mark.start and text[mark.start - 1] != "\n":
        return True
    within, before = leaves[at].within, leaves[at - 1].within if at else ()
    if not (within and before) or before[: len(within)] == within:
        return False
    which = within[0].list
    return before[0].list == which and which not in [place.list for place in opened]


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


def is_none(mark: Mark, text: str) -> bool:
    """Whether it is no heading, and yet may say that what follows is of another kind."""
    return _is_tag(mark, text) or _splits_link(mark, text)


def _is_tag(mark: Mark, text: str) -> bool:
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


def _splits_link(mark: Mark, text: str) -> bool:
    """Whether it would end among the words of a link: `[Exclusion criteria: HIV](https://…)`."""
    return "[" in text[mark.start : mark.end] and bool(_LINK_GOES_ON.match(text, mark.end))


_LINK_ENDS = re.compile(r"\s*\](?:\([^()\s]*\)|\[[^\[\]\n]*\])?(?:\s*[:：])?")
_LINK_GOES_ON = re.compile(r"[^\[\]\n]*[^\[\]\s][^\[\]\n]*\][(\[]")
_TAGS = (":", "[", "(", "–", "—", "-", "=", "：", "（", "［")
_ONE_WORD = re.compile(r"\W*\w+[^\w:]*")
