"""The titles among criteria that say for whom those behind them are: `Healthy volunteers:`.

Which lines are titles can be seen only from all groups of a text together. `Participants:` names
everybody where no other title stands, and some people beside `Caregivers:`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from trialpages.prose.blocks import Block, Heading, Item, List, Paragraph, text_of, texts
from trialpages.prose.criteria_keys import any_case
from trialpages.prose.criteria_led import is_led_by_group, labelled
from trialpages.prose.criteria_scope import (
    is_anybody,
    is_bare_title,
    is_for_part_alone,
    is_for_some,
    is_people,
    may_name,
    names_part,
    names_somebody,
)
from trialpages.prose.criteria_sentences import words_in


class _Found(msgspec.Struct, frozen=True):
    """The lines of one group that may say for whom what is behind them is."""

    parts: frozenset[str]
    people: frozenset[str]
    bare: frozenset[str]
    """Without a colon: `Healthy volunteers` may be a criterion."""
    above: frozenset[str]
    """Right above a list, whatever they name."""
    led: frozenset[str]
    """With a colon and more behind it: `Patients: they must be adults`."""


def titles(groups: Sequence[Sequence[Block]]) -> list[frozenset[str]]:
    """For each group of a text its lines that say for whom those behind them are, or begin so."""
    found = [_found(blocks) for blocks in groups]
    above = {_key(line): line for one in found for line in one.above}
    named = {line for one in found for line in one.people}
    if len(above) > 1:
        named |= set(filter(names_somebody, above.values()))
    parted = any(one.parts for one in found)
    if not parted and all(map(is_anybody, named)):
        named = set()
    keys = {*map(_key, named)}
    return [_titles_of(one, keys) for one in found]


def _titles_of(found: _Found, named: set[str]) -> frozenset[str]:
    people = {line for line in found.people if _key(line) in named}
    above = {line for line in found.above if _key(line) in named}
    led = {line for line in found.led if _key(line.partition(":")[0]) in named}
    # `Patients` beside `Healthy volunteers:` is no criterion.
    return found.parts | people | above | led | (found.bare if people else set())


def _key(line: str) -> str:
    return " ".join(words_in(line))


def _found(blocks: Sequence[Block]) -> _Found:
    parts: set[str] = set()
    people: set[str] = set()
    bare: set[str] = set()
    led: set[str] = set()
    several = len({labelled(line) for line in _lines(blocks)} - {""}) > 1
    for line in _lines(blocks):
        if _names_part(line) or is_led_by_group(line) or (several and labelled(line)):
            parts.add(line)
        elif _may_be_people(line) and is_people(line):
            (people if line.rstrip().endswith(_COLONS) else bare).add(line)
        elif 0 < line.find(":") < _SHORT:
            led.add(line)
    above = frozenset(_above_lists(blocks))
    return _Found(frozenset(parts), frozenset(people), frozenset(bare), above, frozenset(led))


def _above_lists(blocks: Sequence[Block]) -> Iterator[str]:
    """Short paragraphs right above a list, or the sentence or bullet that begins it."""
    for block, following in pairwise(blocks):
        if isinstance(block, Paragraph | Heading) and _begins_list(following):
            text = text_of(block)
            if may_name(text):
                yield text


def _begins_list(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return isinstance(block, List)
    text = text_of(block)
    return text.endswith(_COLONS) or text.startswith(_BULLETS)


def with_titles(blocks: Sequence[Block], titles: frozenset[str]) -> list[Block]:
    """The blocks, their items that only name people or a part as `for-whom`."""
    return [_with_titles(block, titles) if isinstance(block, List) else block for block in blocks]


def _with_titles(block: List, titles: frozenset[str]) -> List:
    items: list[Item] = []
    for item in block.items:
        said = next(texts(item.blocks), "")
        names = said in titles and (_leads(said) or _only_names(said))
        inner = with_titles(item.blocks, titles)
        items.append(Item(item.number, inner, item.id, "for-whom" if names else item.role))
    return msgspec.structs.replace(block, items=items)


def _leads(text: str) -> bool:
    """Whether others stand under it; `Cancer (Cohort F), shown by:` is a criterion itself."""
    ends = text.rstrip().endswith(_COLONS)
    return ends and (_names_part(text) or not is_led_by_group(text))


def _only_names(text: str) -> bool:
    says_them = _SAYS_THEM.search(text) or _NUMBERS_THEM.search(text)
    names_criteria = _CRITERIA_FIRST.match(text) and not says_them
    return (bool(names_criteria) and _heads_some(text)) or is_bare_title(text) or is_people(text)


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for text in texts(blocks):
        yield from text.split("\n")


def _may_be_people(line: str) -> bool:
    """A quick look: most lines aren't short, nor end so."""
    return len(line) < _SHORT or (len(line) < _LINE and line.rstrip().endswith(_COLONS))


def _names_part(line: str) -> bool:
    return bool(names_part(line)) or is_for_part_alone(line) or _heads_some(line)


def _heads_some(line: str) -> bool:
    """`Inclusion criteria for participation in R2.`: NCT02724163."""
    line = _NUMBERS_THEM.split(line, 1)[0]
    if len(line) > 2 * _LINE or "criteria" not in line.lower() or _REFERS.search(line):
        return False
    # a sentence goes on with the criteria themselves
    return bool(_NAMES_CRITERIA.match(line)) and is_for_some(_SAYS_THEM.split(line, 1)[0])


_NAMES_CRITERIA = any_case(
    r"^\W*(?:[\w/&-]+\W+){0,8}?(?:inclusion|exclusion|eligibility)\s+criteria\b"
)
_CRITERIA_FIRST = any_case(r"\W*(?:\w+\s+)?(?:inclusion|exclusion|eligibility)\s+criteria\b")
_SAYS_THEM = any_case(r"[•·:：]|\b(?:are|were|is|was|would|includes?|included|including)\b")
"""NCT05107154, NCT05294952, NCT05670262."""
_NUMBERS_THEM = re.compile(r"\s1[.)]\s")
"""NCT05587452: `Inclusion criteria for healthy people 1) Consent 2) …`."""
_REFERS = any_case(
    r"\b(?:apply|applies|may|might|must|will|see|meets?|met|meeting|not|no|none|any|defined|other"
    r"|fulfil\w*|satisf\w+|listed|full|as\s+per|according|who|protocol)\b"
)
"""Words of a line about criteria that stand elsewhere: `Other protocol-defined criteria apply`."""
_COLONS = (":", "：")
_BULLETS = ("•", "-", "–", "*")
_SHORT, _LINE = 30, 90
