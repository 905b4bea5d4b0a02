"""Criteria that Markdown puts one level too deep, and a number that it leaves before its item.

A source writes `10. One of:`, bullets that aren't indented, and `11. …`, which is. CommonMark then
makes three lists of these, the last one within the last bullet: the bullets stand beside number 10
and 11 below one of them. That 11 follows on 10 makes it sure: the bullets belong to 10, and 11 goes
on with its list.

A source may also write `1.` right behind a heading, then a bullet for the first criterion, and
bullets that begin with `2.`, `3.`: the first number then is a paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from trialpages.prose.blocks import Paragraph, Stretch, text_of
from trialpages.prose.criteria_leaves import Leaf, Place


class _Moved(msgspec.Struct, frozen=True):
    """Bullets from a leaf on, and the number that they stand behind."""

    start: int
    bullets: int
    """Which of the text's lists."""
    behind: Place


def levelled(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The leaves with such bullets in the item they stand behind, and its list going on."""
    found = _with_first_number(leaves)
    for _ in range(_MOST if any(map(_may_be_too_deep, found)) else 0):
        moved = next(_too_deep(found), None)
        if moved is None:
            break
        found = [_in_place(at, leaf, moved) for at, leaf in enumerate(found)]
    return found


_MOST = 20
"""So often at the most: no record has two, and each takes a look at all leaves."""


def _may_be_too_deep(leaf: Leaf) -> bool:
    within = leaf.within
    return len(within) > 1 and not within[0].number and within[1].number not in ("", "0", "1")


def _too_deep(leaves: Sequence[Leaf]) -> Iterator[_Moved]:
    behind: Place | None = None
    start = 0
    for at, leaf in enumerate(leaves):
        outer = leaf.within[0] if leaf.within else None
        before = leaves[at - 1].within[:1] if at else ()
        if outer is None or outer.number:
            behind = None
        elif not before or before[0].list != outer.list:
            behind, start = (before[0] if before else None), at
        if outer and behind and _may_be_too_deep(leaf) and _follows(leaf.within[1], behind):
            yield _Moved(start, outer.list, behind)


def _follows(place: Place, behind: Place) -> bool:
    number = behind.number
    return bool(number) and (int(number) + 1, behind.mark) == (int(place.number), place.mark)


def _in_place(at: int, leaf: Leaf, moved: _Moved) -> Leaf:
    within = leaf.within
    if at < moved.start or not within or within[0].list != moved.bullets:
        return leaf
    if len(within) > 1 and within[1].number and int(within[1].number) > int(moved.behind.number):
        place = msgspec.structs.replace(
            within[1], list=moved.behind.list, item=moved.behind.item + 1 + within[1].item
        )
        return Leaf((place, *within[2:]), leaf.block)
    return Leaf((moved.behind, *within), leaf.block)


_NUMBER = re.compile(r"([0-9]{1,2})[.)]\s*")


def _with_first_number(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The leaves with a lone number in the bullet behind it, where the next bullet begins with the
    next number: NCT01958125."""
    if len(leaves) <= _FEW or leaves[0].within:
        return list(leaves)
    alone, first, second = leaves[:3]
    number, following = _NUMBER.fullmatch(_text(alone)), _NUMBER.match(_text(second))
    bullets = all(leaf.within and not leaf.within[0].number for leaf in (first, second))
    words = first.block if isinstance(first.block, Paragraph) else None
    if not (number and following and bullets and words) or int(number[1]) + 1 != int(following[1]):
        return list(leaves)
    return [Leaf(first.within, _led(number[0].strip(), words)), *leaves[2:]]


_FEW = 2


def _text(leaf: Leaf) -> str:
    return text_of(leaf.block) if isinstance(leaf.block, Paragraph) else ""


def _led(number: str, words: Paragraph) -> Paragraph:
    start = f"{number} "
    parts = (Stretch(start, start), *words.parts) if words.parts else ()
    return Paragraph(start + words.html, parts)
