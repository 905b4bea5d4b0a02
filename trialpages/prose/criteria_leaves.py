"""Blocks taken apart into leaves, each with the list items it stands in, and put together again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from trialpages.prose.blocks import Block, Item, List, Role, has_word, texts
from trialpages.prose.criteria_sentences import introduction
from trialpages.prose.remarks import explains, introduces


class Place(msgspec.Struct, frozen=True):
    """An item of a list, as what stands in it sees it."""

    list: int
    """Which of the text's lists, as a number from 1."""
    item: int
    number: str
    mark: str
    tight: bool


class Leaf(msgspec.Struct, frozen=True):
    """A block that is no list; no block for an item without any."""

    within: tuple[Place, ...]
    block: Block | None


def leaves(blocks: Sequence[Block]) -> list[Leaf]:
    """The leaves of all blocks, in the text's order."""
    return list(_leaves(blocks, (), iter(range(1, _MOST_LISTS))))


_MOST_LISTS = 10**9


def _leaves(
    blocks: Sequence[Block], within: tuple[Place, ...], lists: Iterator[int]
) -> Iterator[Leaf]:
    for block in blocks:
        if not isinstance(block, List):
            yield Leaf(within, block)
            continue
        which = next(lists)
        for index, item in enumerate(block.items):
            place = (*within, Place(which, index, item.number, block.mark, block.tight))
            if item.blocks:
                yield from _leaves(item.blocks, place, lists)
            else:
                yield Leaf(place, None)


def built(leaves: Sequence[Leaf], anchor: str, taken: Counter[str]) -> list[Block]:
    """The blocks that the leaves make, their items with ids made of `anchor` and their numbers.

    `taken` counts the ids of the page, so that no two items share one.
    """
    return _Builder(leaves, taken).blocks(0, len(leaves), 0, anchor)


class _Builder:
    __slots__ = ("leaves", "taken")

    def __init__(self, leaves: Sequence[Leaf], taken: Counter[str]) -> None:
        self.leaves, self.taken = leaves, taken

    def blocks(self, start: int, end: int, depth: int, anchor: str) -> list[Block]:
        """What the leaves from `start` to `end` make in an item that is so deep."""
        found: list[Block] = []
        count = 0
        while start < end:
            leaf = self.leaves[start]
            if len(leaf.within) <= depth:
                if leaf.block is not None:
                    found.append(leaf.block)
                start += 1
                continue
            place = leaf.within[depth]
            items: list[Item] = []
            while start < end and self._in_list(start, depth, place.list):
                count += 1
                item, start = self._item(start, end, depth, anchor, count)
                if item.number or item.blocks:  # a lone bullet is nothing to tick
                    items.append(item)
            if items:
                found.append(List(place.mark, place.tight, items))
        return found

    def _in_list(self, at: int, depth: int, which: int) -> bool:
        within = self.leaves[at].within
        return len(within) > depth and within[depth].list == which

    def _item(self, start: int, end: int, depth: int, anchor: str, count: int) -> tuple[Item, int]:
        """The item that begins there, the so-manieth of its lists; and where the next begins."""
        place = self.leaves[start].within[depth]
        stop = start + 1
        while stop < end and len(within := self.leaves[stop].within) > depth:
            if within[depth] is not place:
                break
            stop += 1
        inner = f"{anchor}-{place.number or count}"
        name = _unique(inner, self.taken)
        blocks = self.blocks(start, stop, depth + 1, inner)
        said = list(texts(blocks))
        is_criterion = any(map(has_word, said)) and not (len(said) == 1 and _leads(said[0]))
        role: Role = "remark" if said and explains(said[0]) else ""
        return Item(place.number, blocks, name if is_criterion else "", role), stop


def _leads(text: str) -> bool:
    """Whether an item is a sentence that says what the items behind it are, and no criterion."""
    said = introduction(text)
    return introduces(text) or (said is not None and said[1] == 0)


def _unique(anchor: str, taken: Counter[str]) -> str:
    """The anchor; a number that the source uses again gets `_2`, so that no two items share one."""
    taken[anchor] += 1
    return anchor if taken[anchor] == 1 else f"{anchor}_{taken[anchor]}"
