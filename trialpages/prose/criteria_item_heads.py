"""Criteria that look like headings of those that follow them: `* **Elimination criteria**`.

Some write a heading as an item of the list it divides. It has no colon and no list of its own, so
that it could be a criterion, and it may be of the other kind in any language. What tells it is its
look: all of it is bold, and what follows isn't; it ends in a word for criteria; it is in another
script than the rest; it has no word at all; or it is a word of the other kind, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from trialpages.prose.blocks import Block, Heading, List, Paragraph, Words, has_word, text_of, texts
from trialpages.prose.criteria_headings import GroupKind
from trialpages.prose.criteria_keys import any_case
from trialpages.prose.criteria_marks import plain_signs
from trialpages.prose.criteria_strangers import is_in_other_script


def like_heads(blocks: Sequence[Block], kind: GroupKind) -> Iterator[str]:
    """What looks like a heading among a group's criteria, and has others behind it."""
    latin = any(not is_in_other_script(text) and _LATIN.search(text) for text in texts(blocks))
    for row in _rows(blocks):
        for words, following in zip(row, (*row[1:], None), strict=False):
            bold = is_bold(words) and not (following and is_bold(following))
            lines = text_of(words).split("\n")
            for at, line in enumerate(lines):
                goes_on = following is not None or at < len(lines) - 1
                if goes_on and (bold or _looks_so(line, kind, latin)):
                    yield line


def _rows(blocks: Sequence[Block]) -> Iterator[Sequence[Words]]:
    """What stands one after the other: paragraphs with what the items between them begin with, and
    the same within each item."""
    row: list[Words] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            row.append(block)
        elif isinstance(block, List):
            inside = [item.blocks for item in block.items if item.blocks]
            row += [one[0] for one in inside if isinstance(one[0], Paragraph | Heading)]
            for one in inside:
                yield from _rows(one)
    yield row


def is_bold(words: Words) -> bool:
    """Whether all of it is marked."""
    said = [part for part in words.parts if has_word(part.text)]
    return bool(said) and all(part.html.startswith("<") for part in said)


def is_mere_label(line: str) -> bool:
    """Whether it only says that something else follows: `B.`, `Second list`, `(-)`."""
    return len(line) <= _LONGEST and bool(_LABEL.fullmatch(plain_signs(line)))


def _looks_so(line: str, kind: GroupKind, latin: bool) -> bool:
    line = plain_signs(line).strip()
    if not line or len(line) > _LONGEST or line.endswith((";", ",")):
        return False
    if latin and is_in_other_script(line) and not _NUMBER.search(line):
        return True
    if _ALONE[kind].fullmatch(line) or is_mere_label(line):
        return True
    words = len(line.split())
    if words <= _FEW and not line.endswith(".") and _CRITERIA.search(line):
        return True
    return words <= _FEW_OPEN and bool(_OPEN.search(line))


_LONGEST, _FEW, _FEW_OPEN = 50, 4, 6
_LATIN = re.compile("[A-Za-zÀ-ɏ]")
_NUMBER = re.compile(r"\d")
_CRITERIA = any_case(
    r"(?:\bcrit[eè]ri\w*|kriter\w*|基準|标准|標準|기준|\bкритери\w*)\W*$|^\W*crit[eè]ri\w*\s"
)
_OPEN = any_case(r"\b(?:if|of|from|for|are|is|to|with|without|have|the)$")
_LABEL = any_case(
    r"(?=.*[^\w\s.,:;*•·–—-])[^\w\n]*|[^\w\n]*(?:[a-d]|i{1,3}|iv|\d{1,2})[.:)\]][^\w\n]*"
    r"|[^\w\n]*(?:(?:criteria|list|set|section|second|third|next|other)\b[^\w\n]*)+"
    r"(?:(?:[a-d]|i{1,3}|iv|\d{1,2})\b[^\w\n]*)?"
)
_ALONE: Mapping[GroupKind, re.Pattern[str]] = {
    "inclusion": any_case(
        r"\W*(?:ex[ck]l\w*|esclus\w+|udeluk\w+|uteluk\w+|uteslut\w*|nezařaz\w+|vyřaz\w+"
        r"|neuključ\w+|rule-?\s?outs?|knock-?\s?outs?|nichteinschl\w*|show-?stoppers?|hard\s+stops?"
        r"|(?:motifs?|motivos?|motivi)\s+d[ei]\s+\w+|sorties?(?:\s+d['’]\s?étude)?|n(?:ão|o)\s+eleg\w+"
        r"|exempt\w*|cons|don['’]?ts|bad|not|barred|prohibitions?|rejections?|rejects?|restrictions?"
        r"|forbidden|prohibited|disallowed|drop-?outs?|withdrawals?|pasien\s+yang\s+dikeluarkan"
        r"|without|absence|no|flags|limitations"
        r"|(?:not|unable|does\s+not)\s+(?:to\s+)?(?:suited|suitable|fit|join|enter|participate|take\s+part)"
        r"|(?:(?:patients|subjects|people|participants|reasons)\s+)?(?:to\s+)?(?:omit|declin|remov|drop)\w*"
        r"(?:\s+from\s+\w+)?)\W*"
    ),
    "exclusion": any_case(
        r"\W*(?:in[ck]l\w*|einschl\w*|requirements?|required|prerequisites?|must(?:\s+have|-haves|s)?"
        r"|(?:who\s+we\s+)?want(?:ed)?|welcome|(?:also\s+)?needed|conditions\s+for\s+\w+|entry"
        r"|ammission\w*|toelating|zařazen\w*|włącz\w*|admission|eligible|pros|good)\W*"
    ),
    "other": any_case(r"(?!)"),
}
"""Words that are a heading of the other kind where nothing else stands there, or what all behind
them is denied by."""
