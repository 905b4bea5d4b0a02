"""Criteria that a source numbers within one paragraph or item: `1. Adults 2. Able to read 3. …`.

Registries lose the lists that people paste. Each such criterion becomes an item of its own, and
its number stays the source's. Only where the form is certain: the numbers begin a paragraph, or
stand behind the words that lead in all of them, and follow one another from 1 or from the number
before, each before a new beginning. Where a bullet took the place of the first number, so many have
to follow one another that it is no chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from trialpages.prose.blocks import Block, Paragraph, cut, text_of
from trialpages.prose.criteria_keys import any_case
from trialpages.prose.criteria_leaves import Leaf, Place
from trialpages.prose.criteria_sentences import introduction

_ANY = re.compile(r"(?:^|[\s;:])\(?[1-9][0-9]?[.)](?:\s|[^\W\d_])")
"""A quick look: most paragraphs have no number."""
_NUMBER = r"(?:(?P<opens>\()(?=\d+\)))?(?P<number>[1-9][0-9]?)(?P<sign>[.)])"
_FIRST = re.compile(_NUMBER + r"(?:\s+(?=\S)|(?=[^\W\d_]))")
_NEXT = re.compile(rf"(?<=[\s;；]){_NUMBER}(?:\s+(?!\d{{1,2}}[.)]\s)(?=\S)|(?=[^\W\d_]))")
_BEHIND_LEAD = re.compile(r"[:：]\s*(?=\(?1[.)])")
_ENDS = re.compile(r"[.;:,)\]。；，]\s*\Z")
_STRONG = re.compile(r"(?:[.;。；]|[;,]\s+(?:and|or|and/or))\s*\Z", re.IGNORECASE)
_TAKES_NUMBER = any_case(
    r"(?:[<>=≤≥~±+/×*&–—-]|\d\s*(?:,|and|or|to)?"
    r"|\b(?:grades?|stages?|types?|class(?:es)?|levels?|scores?|phases?|cohorts?|parts?|arms?|groups?"
    r"|steps?|days?|weeks?|months?|years?|visits?|cycles?|lines?|sections?|tables?|figures?|appendix"
    r"|versions?|v|recist|ctcae|criteria|criterion|numbers?|no|nos|points?|of|to|than|least|most|or"
    r"|and|by|at|in|the|a|an|is|are|was|be|under|over|above|below|about|around|between|from|within"
    r"|for|with|diabetes|hiv|hsv|hpv|covid|cov|who|ecog|ps|nyha|asa|status|index|category|factor"
    r"|chromosome|scale|kras|tier|dose|until|up|only|every|first|last|item|chapter|size|age|aged"
    r"|[a-z]))\s*\Z"
)
"""What a number belongs to that stands behind it: no new criterion begins there."""
_NAMES_KIND = any_case(
    r"\b(?:inclusion|exclusion)\s+criteria(?:\s+(?:are|were))?(?:\s+as\s+follows)?\s*[:：]\Z"
)
_POINTS = any_case(
    r"\b(?:criteri\w+|items?|sections?|points?|numbers?|no|and|or|see|to|in|of|under)\s*\Z"
)
"""What points at a criterion that stands elsewhere: `as in 2)`."""
_REACH = 24
_SURE = 3
"""So many in order are no chance where nothing ends before a number."""
_MANY = 5
"""Up to so many in order no other number of a text is like them."""
_LIST_NUMBERS_FROM = 10**9
"""Beyond those of the text's own lists."""


class _Open(msgspec.Struct, frozen=True):
    """A numbered list that may go on: one of the source, or one that its paragraphs hold."""

    list: int
    within: tuple[Place, ...]
    """What its items stand in."""
    around: tuple[Place, ...]
    """In what of the source it goes on; in nothing, only its own paragraphs belong to it."""
    began: tuple[Place, ...]
    """In what of the source its last item begins."""
    item: Place

    def within_item(self, within: tuple[Place, ...]) -> tuple[Place, ...]:
        """Where something of the source belongs that stands behind the beginning of the item."""
        if not self.around:
            return within
        return (*self.within, self.item, *within[_common(self.began, within) :])

    def is_before(self, start: _Start) -> bool:
        return (int(self.item.number) + 1, self.item.mark) == (start.number, start.sign)


class _Start(msgspec.Struct, frozen=True):
    """Where a criterion with its number begins in a text."""

    number: int
    sign: str
    """`.`, `)` or, in brackets on both sides, `()`."""
    start: int
    end: int
    """Behind the number."""
    is_behind_end: bool


def numbered(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The leaves with each criterion that has a number of its own in an item of its own."""
    if not any(map(_may_number, leaves)):
        return list(leaves)
    return list(_Numberer(leaves).leaves())


class _Numberer:
    """The leaves, the lists that may go on from the outermost, and the last that ended."""

    __slots__ = ("ended", "lists", "open", "source")

    def __init__(self, source: Sequence[Leaf]) -> None:
        self.source = source
        self.open: list[_Open] = []
        self.ended: _Open | None = None
        self.lists = _LIST_NUMBERS_FROM

    def leaves(self) -> Iterator[Leaf]:
        for at, leaf in enumerate(self.source):
            self._enter(leaf.within)
            if isinstance(leaf.block, Paragraph) and (starts := self._starts(at, leaf)):
                yield from self._items(at, leaf, leaf.block, starts)
            else:
                yield self._moved(leaf)

    def _enter(self, within: tuple[Place, ...]) -> None:
        """Leave the lists that ended, enter those of the source."""
        while self.open and within[: len(self.open[-1].around)] != self.open[-1].around:
            self.ended = self.open.pop()
        known = _common(self.open[-1].began, within) if self.open else 0
        for depth in range(known, len(within)):
            place, around = within[depth], within[: depth + 1]
            if place.number:
                target = self._target(within[:depth])
                self.open.append(_Open(place.list, target, around, around, place))

    def _target(self, within: tuple[Place, ...]) -> tuple[Place, ...]:
        return self.open[-1].within_item(within) if self.open else within

    def _moved(self, leaf: Leaf) -> Leaf:
        return Leaf(self._target(leaf.within), leaf.block)

    # --- what is certain ---

    def _starts(self, at: int, leaf: Leaf) -> list[_Start]:
        """The criteria in a paragraph; none where it isn't certain."""
        text = text_of(leaf.block) if isinstance(leaf.block, Paragraph) else ""
        first = _begins(text) or _begins_behind_lead(text)
        if first is None:
            behind = self._behind_number(at, leaf, text) or self._behind_words(at, leaf, text)
            return behind or _behind_bullet(leaf, text)
        found = [first, *_in_order(text, first.number, first.sign, first.end)]
        if self._before(first, at, leaf) or _are_sure(found):
            return found
        goes_on = first.number == 1 and (len(found) > 1 or self._goes_on(at, leaf, first))
        return found if goes_on else []

    def _behind_number(self, at: int, leaf: Leaf, text: str) -> list[_Start]:
        """What goes on behind the number of the source's own item, up to that of its next one."""
        opened = self.open[-1] if self.open else None
        if not opened or opened.began != leaf.within:
            return []
        found = _in_order(text, int(opened.item.number), opened.item.mark, 0)
        following = self._next_number(at, leaf.within)
        return found if found and (not following or found[-1].number < following) else []

    def _behind_words(self, at: int, leaf: Leaf, text: str) -> list[_Start]:
        """What goes on with a list behind the words of a bullet within its last item, where the
        paragraphs of that bullet go on with it in turn: NCT06646627."""
        opened = self.open[-1] if self.open else None
        if not opened or len(leaf.within) <= len(opened.began) or leaf.within[-1].number:
            return []
        found = _in_order(text, int(opened.item.number), opened.item.mark, 0)
        goes_on = found and found[-1].is_behind_end and self._goes_on(at, leaf, found[-1])
        return found if goes_on else []

    def _next_number(self, at: int, within: tuple[Place, ...]) -> int:
        """The number of the source's next item of the same list; 0 without one."""
        depth = len(within) - 1
        for leaf in self.source[at + 1 :]:
            if leaf.within[: depth + 1] == within:
                continue
            same = len(leaf.within) > depth and leaf.within[depth].list == within[depth].list
            return int(leaf.within[depth].number or 0) if same else 0
        return 0

    def _before(self, start: _Start, at: int, leaf: Leaf) -> _Open | None:
        """The list that a number goes on with."""
        for opened in reversed(self.open):
            if opened.is_before(start):
                return opened
        ended = self.ended
        if ended and ended.is_before(start) and ended.within == self._list_in(at, leaf):
            return ended
        return None

    def _goes_on(self, at: int, leaf: Leaf, first: _Start) -> bool:
        """Whether the next paragraph at the same place begins with the next number."""
        following_one = (first.number + 1, first.sign)
        for following in self.source[at + 1 :]:
            if following.within[: len(leaf.within)] != leaf.within:
                return False
            if following.within == leaf.within:
                block = following.block
                found = _begins(text_of(block)) if isinstance(block, Paragraph) else None
                return found is not None and (found.number, found.sign) == following_one
        return False

    # --- the items ---

    def _items(
        self, at: int, leaf: Leaf, words: Paragraph, starts: Sequence[_Start]
    ) -> Iterator[Leaf]:
        text = text_of(words)
        ends = [*(start.start for start in starts[1:]), len(text)]
        before = cut(words, 0, starts[0].start)
        pieces = [cut(words, one.end, end) for one, end in zip(starts, ends, strict=True)]
        if before is None or None in pieces:
            yield self._moved(leaf)  # a mark goes on beyond one of them
            return
        if before.html:
            yield self._moved(Leaf(leaf.within, before))
        for start, piece in zip(starts, pieces, strict=True):
            yield self._item(at, leaf, start, piece)

    def _item(self, at: int, leaf: Leaf, start: _Start, block: Block | None) -> Leaf:
        opened = self._before(start, at, leaf)
        while self.open and opened in self.open:
            self.open.pop()
        if opened is None:
            self.lists += 1
        which = opened.list if opened else self.lists
        tight = opened.item.tight if opened else False
        item = Place(which, start.number, str(start.number), start.sign, tight)
        within = opened.within if opened else self._list_in(at, leaf)
        around = opened.around if opened and opened is not self.ended else leaf.within
        self.open.append(_Open(which, within, around, leaf.within, item))
        return Leaf((*within, item), block)

    def _list_in(self, at: int, leaf: Leaf) -> tuple[Place, ...]:
        """What a list that begins there stands in: a bullet that holds nothing before it says no
        more than each of its numbers."""
        within = leaf.within
        is_first = not at or self.source[at - 1].within[: len(within)] != within
        if within and not within[-1].number and is_first:
            return self._target(within[:-1])
        return self._target(within)


def _common(some: Sequence[Place], others: Sequence[Place]) -> int:
    """How many the two have in common from the beginning."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(some), len(others)))


def _may_number(leaf: Leaf) -> bool:
    return isinstance(leaf.block, Paragraph) and bool(_ANY.search(leaf.block.html))


def _begins(text: str) -> _Start | None:
    """The number that a paragraph begins with."""
    found = _FIRST.match(text)
    return _start(found) if found else None


def _begins_behind_lead(text: str) -> _Start | None:
    """The 1 right behind a sentence that says of what follows that it lets in or keeps out."""
    lead = _BEHIND_LEAD.search(text)
    found = _FIRST.match(text, lead.end()) if lead else None
    if not lead or not found:
        return None
    words = text[: lead.start() + 1]
    return _start(found) if introduction(words) or _NAMES_KIND.search(words) else None


def _behind_bullet(leaf: Leaf, text: str) -> list[_Start]:
    """What goes on behind a criterion whose own number a bullet took the place of."""
    first = _NEXT.search(text) if leaf.within and not leaf.within[-1].number else None
    if first is None or int(first["number"]) == 1 or _BEHIND_LEAD.search(text):
        return []
    found = _in_order(text, int(first["number"]) - 1, _sign(first), 0)
    return found if len(found) >= _MANY or _are_sure(found) else []


def _sign(mark: re.Match[str]) -> str:
    return "()" if mark["opens"] else mark["sign"]


def _start(found: re.Match[str]) -> _Start:
    begin = found.start()
    ends = not begin or bool(_ENDS.search(found.string, max(0, begin - _REACH), begin))
    return _Start(int(found["number"]), _sign(found), begin, found.end(), ends)


def _in_order(text: str, number: int, sign: str, at: int) -> list[_Start]:
    """Those that go on from a number, each where a criterion can begin."""
    marks = [mark for mark in _NEXT.finditer(text, at) if _sign(mark) == sign]
    found: list[re.Match[str]] = []
    doubtful = 0
    while options := [mark for mark in marks if int(mark["number"]) == number + 1]:
        behind = found[-1].end() if found else at
        sure = next((mark for mark in options if _is_beginning(mark, behind)), None)
        if sure is None and not _is_only_one(options, marks):
            break
        found.append(sure or options[0])
        number += 1
        doubtful += sure is None
        marks = [mark for mark in marks if mark.start() >= found[-1].end()]
    starts = [_start(mark) for mark in found]
    if doubtful or len(found) + 1 < _SURE:
        return starts if number >= _MANY or all(one.is_behind_end for one in starts) else []
    return starts


def _is_only_one(options: Sequence[re.Match[str]], marks: Sequence[re.Match[str]]) -> bool:
    """Whether a number that may belong to the words before it can't but begin its criterion: the
    list goes on, and its number stands nowhere else."""
    (mark, *others) = options
    if others or mark.string[mark.end()].islower():
        return False
    number = int(mark["number"])
    goes_on = any(int(one["number"]) == number + 1 for one in marks if one.start() > mark.start())
    return goes_on or number > _MANY


def _closes_nothing(mark: re.Match[str], at: int) -> bool:
    """Whether a bracket behind a number was opened nowhere in the criterion before."""
    before = mark.string[at : mark.start()]
    return _sign(mark) == ")" and before.count("(") <= before.count(")")


def _are_sure(found: Sequence[_Start]) -> bool:
    return len(found) >= _SURE and all(one.is_behind_end for one in found)


def _is_beginning(mark: re.Match[str], at: int) -> bool:
    """Whether a criterion begins there; the one before began at `at`."""
    text, start = mark.string, mark.start()
    if _closes_nothing(mark, at) and not _POINTS.search(text, max(0, start - _REACH), start):
        return True
    sign = text[mark.end()]
    if text.rfind("\n", 0, start) == start - 1:
        return True
    if _STRONG.search(text, max(0, start - _REACH), start):
        return True
    if sign.islower():
        return False
    if _ENDS.search(text, max(0, start - _REACH), start):
        return True
    return not _TAKES_NUMBER.search(text[max(0, start - _REACH) : start])
