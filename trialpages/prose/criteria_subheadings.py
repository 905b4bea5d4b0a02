"""Lines among criteria that stand over others, as a heading does.

Our sentence over a group is of all that is in it. So it needs each of these lines known to turn
nothing (`criteria_neutral.py`): above a list, above an item's own list, before a colon. What is no
such line is a criterion, and `criteria_contraries.py` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialpages.prose.blocks import Block, Heading, List, Paragraph, text_of, texts
from trialpages.prose.criteria_headings import GroupKind
from trialpages.prose.criteria_item_heads import is_mere_label, like_heads
from trialpages.prose.criteria_keys import NOUN, any_case, words_of
from trialpages.prose.criteria_neutral import is_criterion, is_neutral, is_neutral_heading
from trialpages.prose.criteria_scope import is_for_some, names_part
from trialpages.prose.criteria_sentences import words_in


def may_be_turned(heading: str, blocks: Sequence[Block], kind: GroupKind) -> bool:
    """Whether a line that isn't known to be neutral may say that some, or all, of a group's
    criteria are none of its kind."""
    if not is_neutral_heading(heading, kind) or _holds_one(heading):
        return True
    over = [*_over_lists(blocks)]
    if any(not is_neutral(line, kind) or is_mere_label(line) for line in over):
        return True
    if any(not is_neutral(line, kind) or is_mere_label(line) for line in like_heads(blocks, kind)):
        return True
    if any(not (is_neutral(s, kind) or is_criterion(s, kind)) for s in _over_sub_items(blocks)):
        return True
    return any(_SPEAKS_OF_ALL.match(text) for text in texts(_last(blocks)))


def _holds_one(heading: str) -> bool:
    """Whether it has more behind its kind than whom, when or what for: `Exclusion Criteria (HIV)`
    has a criterion of its own, which nobody can tick."""
    found = NOUN.pattern.search(heading)
    behind = _CRITERIA.sub("", heading[found.end() :], count=1) if found else ""
    if _SAYS_WHAT_FOR.match(behind) or is_for_some(behind) or names_part(behind.lstrip(" (-–—")):
        return False
    return not _FUNCTIONAL.issuperset(words_in(behind))


_CRITERIA = any_case(r"^\W*(?:crit\w*|crtieria|citeria|requirements?|conditions?|factors?)\b")
_SAYS_WHAT_FOR = any_case(
    r"\W*(?:for|to|at|in|during|before|prior|after|on|by|only|regarding|concerning|common|of\s+the)\b"
)
_FUNCTIONAL = words_of(
    "any all each one some none of the these this those following follow follows as are is be "
    "was were will would include includes included including but not limited to below above "
    "listed only non non-inclusion inclusion exclusion inclusions exclusions criteria "
    "criterion meet meets must if apply applies and or at least more than i ii iii iv v a b c "
    "d e part parts cohort cohorts group groups arm arms phase stage step visit study trial "
    "patients participants subjects controls cases"
)


def _last(blocks: Sequence[Block]) -> Sequence[Block]:
    """What stands outside lists, where what is said of all of them would stand, and the last item
    of the last one, which Markdown gives what follows a list."""
    lists = [block for block in blocks if isinstance(block, List)]
    return [
        *(block for block in blocks if not isinstance(block, List)),
        *(lists[-1].items[-1].blocks[1:] if lists else ()),
    ]


def _over_lists(blocks: Sequence[Block]) -> Iterator[str]:
    """What stands outside lists, above one or before a colon, or is no sentence."""
    for block, following in zip(blocks, (*blocks[1:], None), strict=False):
        if isinstance(block, Paragraph | Heading):
            text = text_of(block)
            yield from (text,) if isinstance(following, List) else _like_titles(text)


def _like_titles(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        looks_so = len(line) < _LONG and bool(_LOOKS_SO.fullmatch(line))
        if looks_so or line.rstrip("*_ ").endswith(_COLONS):
            yield line


def _over_sub_items(blocks: Sequence[Block]) -> Iterator[str]:
    """What stands within an item, above its own list or before a colon."""
    for block in blocks:
        for item in block.items if isinstance(block, List) else ():
            for words, following in zip(item.blocks, (*item.blocks[1:], None), strict=False):
                if not isinstance(words, Paragraph | Heading):
                    continue
                text = text_of(words)
                yield from (text,) if isinstance(following, List) else _like_titles(text)
            yield from _over_sub_items(item.blocks)


_COLONS = (":", "：")
_LONG = 120
_GRADE = r"(?:NYHA|ASA|CCS|FIGO|WHO)\W+(?:CLASS\W+)?[IV]+(?:\W+(?:(?:AND|OR|TO)\W+)?[IV]+)*\W*"
_LOOKS_SO = any_case(rf"(?-i:(?!{_GRADE}$)[A-Z\W]*[A-Z]{{3}}[A-Z\W]*)|[^.:;]{{1,60}}\?\W*|\|.*")
"""Capitals alone, unless they are a grade (`NYHA II–III`), a question, a row of a table."""
_SPEAKS_OF_ALL = any_case(
    r"\W*(?:\w+\W+){0,4}?(?:(?:the|all|of|these|those)\s+(?:above|foregoing|aforementioned|preceding)"
    r"\b(?!\s+(?:information|ages?)\b)|above\s+(?:must|may|are|is|will|should)\b)"
    r"|(?-i:[a-z])[^.]{0,60}\.\W*$"
)
"""Of what stands before it, as no criterion does; or the end of a sentence that holds them all."""
