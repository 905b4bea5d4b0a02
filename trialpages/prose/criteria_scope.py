"""Whom criteria are for, where they aren't for everybody: a part of the study, a group of people.

`Inclusion Criteria for Cohort A`, `Group 2 (former allergy):`, `Healthy volunteers:`. A sentence
of ours over such a list must not speak of everybody, and nobody ticks such a title. Each form says
where it was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from trialpages.prose.blocks import Block, Item, List, texts
from trialpages.prose.criteria_keys import any_case

_PART = (
    r"(?:(?:sub-?)?(?:parts?|cohorts?|arms?|groups?|panels?|tracks?|modules?)|(?:sub-?)?stud(?:y|ies)"
    r"|phases?|strat(?:um|a))"
)
_LABEL = r"#?(?:\d{1,2}[a-z]?|one|two|three|four|(?-i:[A-Z]\d?[a-z]?|[IVX]{1,4}[ab]?))"
_NUMBERED = any_case(
    r"^\W*(?:(?:for|in|only|patients|participants|subjects|the|dose|expansion|treatment|additional"
    rf"|specific|to)\s+){{0,5}}(?P<word>{_PART})[\s-]{{0,2}}(?P<label>{_LABEL})"
    r"(?=\W*$|\s*[:：.,;)(\]/&–-]|\s+(?:and|or|only|for|patients|participants|subjects|inclusion"
    r"|exclusion|criteria|must|should|dose|portion|expansion|escalation|backfill|cohorts?|arms?)\b)"
)
"""`Cohorts 8 & 9:`, `[Part 2 only]`, `For Arm A subjects only: …`. Not `Stage IV`, which is one of
the disease, nor `Group 4 topical corticosteroids`. NCT05142189, NCT05960708, NCT05768880."""
_WHO = (
    r"(?:patients?|subjects?|participants?|volunteers?|controls?|cases?|care-?givers?|carers?"
    r"|parents?|child|children|adolescents?|adults|donors?|recipients?|mothers?|fathers?|daughters?"
    r"|infants|newborns|siblings?|spouses?|partners?|relatives|famil(?:y|ies)|clinicians?|nurses?"
    r"|physicians?|providers?|professionals?|staff|stakeholders?|teachers?|students?|couples|probands?"
    r"|groups?|cohorts?|arms?)"
)
_PEOPLE = any_case(
    rf"\W*(?:for\s+)?(?:[\w'’-]+\s+){{0,5}}{_WHO}(?:\s+only)?\s*(?:\([^()]*\))?\s*[:：]\s*"
    rf"|\W*(?:only\s+)?for\s+(?:[\w'’-]+\s+){{0,3}}{_WHO}\s+(?:with|without)\s[^.:;]{{3,60}}[:：]\s*"
    rf"|\W*(?:(?:healthy|normal|study|patient|control|case)\s+)?(?!adult|child|adoles){_WHO}\W*"
)
"""A line that names people and says nothing of them: NCT02671006, NCT05420935, NCT06761612."""
_SPEAKS = any_case(
    r"\b(?:must|are|is|be|have|has|who|should|will|may|can|following|any|all|both|each|other|these"
    r"|those|not|no|non|either|include[sd]?|including|excluded?|eligible|(?:fe)?males?|wom[ae]n|m[ae]n"
    r"|child-?\s?bearing|having|receiving|taking|criteria)\b"
)
"""Words of a line that says something of them, or of everybody, or of a condition."""
_NAMES_CRITERIA = any_case(
    r"^\W*(?:[\w/&-]+\W+){0,8}?(?:inclusion|exclusion|eligibility)\s+criteria\b"
)
_SOME = any_case(
    rf"\b(?:{_PART}(?:[\s-]{{0,2}}{_LABEL}\b|[\s-]+specific)|(?:sub-?study|cohorts?|arms?|groups?"
    r"|protocol)\b|controls?\b|cases?\b|donors?\b|recipients?\b|siblings?\b|parents?\b|care-?givers?\b"
    r"|carers?\b|partners?\b|mothers?\b|fathers?\b|daughters?\b|famil(?:y|ies)\b|adolescents?\b"
    r"|children\b|volunteers?\b|healthy\b|paramedics\b|clinics?\b|clinicians?\b|interviews?\b|biops\w+"
    r"|(?:patients|participants|subjects|people|those)\s+(?:with|without|receiving|treated)\b"
    r"|for\s+(?!(?:the\s+|this\s+)?(?:stud\w+|trial|inclusion|enrol\w+|participation|patients|subjects"
    r"|participants|eligibility|entry|main|overall|randomi\w+|screening|medical)\b)\w)"
)
_EVERYBODY = any_case(
    r"\b(?:all|both|every|each\s+(?:patient|subject|participant))\b"
    rf"|\b{_WHO}\s+and\s+(?:\w+\s+)?{_WHO}\b"
)
_NOTHING_MORE = any_case(
    r"(?:\W*+(?:only|criteria|participants|patients|subjects))?[^\w(]*+(?:\([^()]*+\)\W*+|\W*+)"
)
_LINE = 90
_HINTS = ("part", "cohort", "arm", "group", "panel", "track", "modul", "stud", "phase", "strat")


def names_part(text: str) -> re.Match[str] | None:
    """The part or group that a line begins with, as the groups `word` and `label`."""
    start = text[:_LINE].lower()
    return _NUMBERED.match(text) if any(map(start.__contains__, _HINTS)) else None


def is_people(text: str) -> bool:
    """Whether all of a line only names people: the title of what is for them."""
    return len(text) < _LINE and not _SPEAKS.search(text) and bool(_PEOPLE.fullmatch(text))


def is_bare_title(text: str) -> bool:
    """Whether a line names a part and says nothing of it: `Group 2 (former allergy):`."""
    found = names_part(text)
    return bool(found and _NOTHING_MORE.fullmatch(text, found.end()))


def is_for_some(heading: str) -> bool:
    """Whether a heading of criteria, or a title above it, says that they aren't everybody's."""
    return bool(_SOME.search(heading)) and not _EVERYBODY.search(heading)


def is_for_all(heading: str) -> bool:
    """Whether a heading, or a title above it, says that its criteria are everybody's."""
    return bool(_EVERYBODY.search(heading) or _GENERAL.search(heading))


def titles(blocks: Sequence[Block]) -> frozenset[str]:
    """The lines among criteria that say for whom those behind them are, or begin so."""
    parts: set[str] = set()
    people: set[str] = set()
    bare: set[str] = set()
    for line in _lines(blocks):
        if names_part(line) or _heads_some(line):
            parts.add(line)
        elif _may_be_people(line) and is_people(line):
            (people if line.rstrip().endswith(_COLONS) else bare).add(line)
    # `Healthy volunteers` may be a criterion; `Patients` beside `Healthy volunteers:` is none.
    return frozenset(parts | people | bare if people else parts)


def with_titles(blocks: Sequence[Block], titles: frozenset[str]) -> list[Block]:
    """The blocks, their items that only name people or a part as `for-whom`."""
    return [_with_titles(block, titles) if isinstance(block, List) else block for block in blocks]


def _with_titles(block: List, titles: frozenset[str]) -> List:
    items: list[Item] = []
    for item in block.items:
        said = next(texts(item.blocks), "")
        names = said in titles and (said.rstrip().endswith(_COLONS) or _only_names(said))
        inner = with_titles(item.blocks, titles)
        items.append(Item(item.number, inner, item.id, "for-whom" if names else item.role))
    return msgspec.structs.replace(block, items=items)


def _only_names(text: str) -> bool:
    return is_bare_title(text) or is_people(text)


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for text in texts(blocks):
        yield from text.split("\n")


def _may_be_people(line: str) -> bool:
    """A quick look: most lines aren't short, nor end so."""
    return len(line) < _SHORT or (len(line) < _LINE and line.rstrip().endswith(_COLONS))


def _heads_some(line: str) -> bool:
    """`Inclusion criteria for participation in R2.`: NCT02724163."""
    if len(line) > 2 * _LINE or "criteria" not in line.lower() or _REFERS.search(line):
        return False
    return bool(_NAMES_CRITERIA.match(line)) and is_for_some(line)


_REFERS = any_case(
    r"\b(?:apply|applies|may|might|must|will|see|meets?|met|meeting|not|no|none|any|defined|other"
    r"|fulfil\w*|satisf\w+|listed|full|as\s+per|according|who|protocol)\b"
)
"""Words of a line about criteria that stand elsewhere: `Other protocol-defined criteria apply`."""
_COLONS = (":", "：")
_SHORT = 30
_GENERAL = any_case(r"\b(?:general|common|umbrella|overall|core)\b")
