"""Lines of eligibility criteria that decide the contrary of the group they stand in.

`Patients on dialysis are not eligible.` stands in many a list of inclusion criteria, and
`Inhaled steroids are allowed.` in many a list of exclusions. A sentence of ours over such a group
would be false of that line. `criteria_contrary_forms.py` and
`criteria_refusal_forms.py` have the forms.

Among inclusions whatever keeps somebody out counts, in brackets too: a tick beside such a line
need not count for anybody. Among exclusions only a line's first clause counts: behind a criterion
what lets people in is an exception, and the line may still keep somebody out
(`criteria_exceptions.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from trialpages.prose.blocks import Block, List, Paragraph, Verbatim, text_of, texts
from trialpages.prose.criteria_contraries_abroad import KEPT_OUT_ABROAD, LET_IN_ABROAD
from trialpages.prose.criteria_contrary_forms import ALLOWED, LET_IN, Contrary
from trialpages.prose.criteria_headings import GroupKind
from trialpages.prose.criteria_keys import any_case, words_of
from trialpages.prose.criteria_labels import is_labelled_otherwise
from trialpages.prose.criteria_refusal_forms import KEPT_OUT
from trialpages.prose.criteria_refusal_lines import REFUSALS
from trialpages.prose.criteria_sentences import (
    PERSONS,
    ends_in_exceptions,
    last_sentence,
    without_instruction,
    words_in,
)

_KEPT_OUT, _LET_IN = (*KEPT_OUT, *REFUSALS, *KEPT_OUT_ABROAD), (*LET_IN, *LET_IN_ABROAD)


def is_mixed(blocks: Sequence[Block], kind: GroupKind) -> bool:
    """Whether a line there may decide the contrary of a group of that kind."""
    return any(contradicts(text, kind) for text in texts(blocks)) or (
        kind != "other"
        and (starts_anew(blocks) or any(map(_DENIES_LIST[kind].match, _leads(blocks))))
    )


def starts_anew(blocks: Sequence[Block]) -> bool:
    """Whether what is listed is numbered anew, or goes on behind a rule, without a word between:
    the heading of the other kind may be lost."""
    last = 0
    for block in blocks:
        if isinstance(block, Verbatim):
            return True
        for item in block.items if isinstance(block, List) else ():
            if last > 1 and item.number == "1":
                return True
            last = int(item.number) if item.number.isdecimal() else 0
        last = last if isinstance(block, List) else 0
    return False


def _leads(blocks: Sequence[Block]) -> Iterator[str]:
    """What stands right before the sub-items of an item."""
    for block in blocks:
        for item in block.items if isinstance(block, List) else ():
            for words, following in pairwise(item.blocks):
                if isinstance(words, Paragraph) and isinstance(following, List):
                    yield text_of(words)
            yield from _leads(item.blocks)


def contradicts(text: str, kind: GroupKind) -> bool:
    """Whether a criterion in a group of that kind says itself of some people that they are in, or
    out, or that something doesn't matter, contrary to the group.

    A paragraph may be a list, a criterion in each of its lines: these are asked too."""
    lines = text.split("\n") if "\n" in text else ()
    return kind != "other" and any(_contradicts(one, kind) for one in (text, *lines))


def _contradicts(text: str, kind: GroupKind) -> bool:
    if is_labelled_otherwise(text, kind):
        return True
    if kind == "inclusion":
        return any(decides(one, text) for one in hinted(text, _KEPT_OUT)) or _opens_refusals(text)
    text = without_instruction(text)
    found = hinted(text, _LET_IN)
    clause = first_clause(text) if found else ""
    if any(decides(one, clause) for one in found) or _lists_exceptions(text):
        return True
    return _opens_list(text) and (bool(_LACKS.match(text)) or _excludes_who_lacks(text))


def hinted(text: str, table: Sequence[Contrary]) -> Sequence[Contrary]:
    """Those of a table that a text may hold."""
    low = text.lower()
    return [one for one in table if any(map(low.__contains__, one.hints))]


def decides(one: Contrary, text: str) -> bool:
    """Whether a text decides so, of somebody and not only of when a criterion is."""
    if one.in_first_clause:
        text = first_clause(text)
    return any(_has_subject(one, found, text) for found in one.form.finditer(text))


def _has_subject(one: Contrary, found: re.Match[str], text: str) -> bool:
    """Whether it is no clause that tells of whom or when a criterion is: `patients who are
    ineligible for cisplatin`, `if it is allowed`."""
    before = _without_remarks(text[max(0, found.start() - _LONGEST_SUBJECT) : found.start()])
    clause = _SUBJECT_STARTS.split(before)[-1]
    tells_when = not _TELLS_WHEN.isdisjoint(words_in(clause)) and not _BEHIND_IF.search(clause)
    if _LINK.search(clause) or tells_when:
        return False
    return not one.of_people or not _WHO.isdisjoint(words_in(last_sentence(before)))


def _lists_exceptions(text: str) -> bool:
    end = text.rstrip()[-_LONGEST_LINE:]
    return ends_in_exceptions(end) or (
        end.endswith((":", "：")) and bool(_PERMISSIONS_FOLLOW.search(end))
    )


def _opens_refusals(text: str) -> bool:
    """Whether its sub-items are what people must not have: `None of the following:`. What is said
    in a clause before the one that opens them isn't of them, unless the line begins with it."""
    if not _opens_list(text):
        return False
    said = last_sentence(_without_remarks(text[-_LONGEST_LINE:]).rstrip(": ："))
    return bool(_DENIES_FIRST.match(said) or _DENIES.search(_CLAUSE_STARTS.split(said)[-1]))


def _excludes_who_lacks(text: str) -> bool:
    """Whether its sub-items may be what people must have: `Excluded if they do not have:`."""
    said = last_sentence(_without_remarks(text[-_LONGEST_LINE:]).rstrip(": ："))
    rest, refusals = _REFUSES.subn("", said)
    return refusals > 0 and bool(_LACKING.search(rest))


def _opens_list(text: str) -> bool:
    text = text[-_LONGEST_LINE:].rstrip()
    return text.endswith((":", "：")) or bool(_OPEN_END.search(text))


def first_clause(text: str) -> str:
    """A line up to where something else begins, without remarks in brackets."""
    return _CLAUSE_END.split(_without_remarks(text) or text, 1)[0]


def _without_remarks(text: str) -> str:
    """Without what stands in brackets, also in brackets within brackets."""
    return _BRACKETS.sub("", _BRACKETS.sub("", text)) if "(" in text or "[" in text else text


_WHO = PERSONS | words_of(
    "smoker smokers nonsmoker nonsmokers vapers drinker drinkers alcoholics addicts users diabetic "
    "diabetics asthmatics hemophiliacs haemophiliacs athletes survivors students workers employees "
    "pensioners prisoners inmates residents veterans immigrants twins"
)
"""`Smokers are not considered`; not every word in -ers: cancers, markers."""
_LONGEST_SUBJECT, _LONGEST_LINE = 300, 1_000
_LINK = any_case(r"\b(?:who|that|which|as|than|what|but|or)\s*$")
_TELLS_WHEN = frozenset(("if", "unless", "when", "where", "until", "whether"))
_BEHIND_IF = any_case(r"\bif\s+\S+\s+\S+\s.*\b(?:you|they)\s*$")
"""`If you are pregnant you cannot take part`."""
_SUBJECT_STARTS = re.compile(r"[.:]\s|[;,(\[\n，；（]")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CLAUSE_END = any_case(
    r"[.;；]\s|[;；\n]|\.$|,\s+(?:but|although|though)\b|(?:,\s+|(?<![\s,])\s+)(?:however|except|unless|other\s+than"
    r"|apart\s+from)\b"
)

_PERMISSIONS_FOLLOW = any_case(
    rf"(?:^|[.;(]\s*|,\s+)(?:(?!,\s|\b(?:not?|never|none|cannot)\b|n['’]t\b)[^.;:()])*\b(?:eligible"
    rf"|{ALLOWED})\b(?:(?!\bnot\b)[^.;:()])*[:：]\s*$"
)
"""A line whose sub-items let people in: NCT04836507, NCT06784947."""

_OPEN_END = any_case(r"\b(?:of|from|with|have|has|the\s+following|any\s+of\s+(?:these|those))\s*$")
_NEGATION = (
    r"(?:no|not(?!\s+(?:limited|restricted)\b)|none|never|neither|nor|(?<!\bor\s)without|absence|absent|lack\w*|free"
    r"|cannot|except\w*|unless(?!\s+otherwise\b)|exclu\w+|contra-?indicat\w*|discontinu\w*|stop(?:ped)?|avoid\w*|prohibit\w*"
    r"|forbidden|(?:other|apart)\s+(?:than|from)|den(?:y|ies)|negative\s+for)\b|n['’]t\b"
)
_DENIES = any_case(rf"\b(?:{_NEGATION})|n['’]t\b")
_DENIES_FIRST = any_case(rf"\W*(?:\d+[.)]\s*)?(?:[\w'’-]+\s+){{0,2}}?(?:{_NEGATION})")
_CLAUSE_STARTS = any_case(r",\s|\s(?:and|but|who|which|that|if|defined|as)\s")
"""NCT02194530, NCT04151069, NCT05835687, NCT06713798."""
_LACKS = any_case(r"\W*(?:none|no|not|neither|without|absence|lack)\b(?!\s+(?:limited|eligible)\b)")
"""What is under it then keeps out who doesn't have it, or it is no list of exclusions."""
_REFUSES = any_case(
    r"\b(?:exclu\w+|ineligible|disqualif\w+)\b"
    r"|(?:\bnot|\bcannot|n['’]t)\s+(?:be\s+)?(?:eligible|inclu\w+|enrol\w+|admitted|recruited|considered"
    r"|accepted|allowed|permitted|participate|take\s+part|join|enter)\b"
)
_LACKING = any_case(
    r"\b(?:not(?!\s+(?:limited|restricted|only)\b)|no|none|never|neither|nor|cannot|without|lack\w*"
    r"|miss(?:es|ing)|absen\w+|unless|fail\w*|outside|other\s+than)\b|n['’]t\b"
)
"""Beside a refusal, which has a `not` of its own at times."""
_DENIES_LIST = {"inclusion": _DENIES_FIRST, "exclusion": _LACKS}
"""How the words before an item's own list begin, with or without a colon, where they turn it."""
