"""Where a leaf of eligibility criteria stands among the others."""

from __future__ import annotations

from collections.abc import Sequence

from trialpages.prose.criteria_leaves import Leaf, Place


def shared(within: tuple[Place, ...], others: tuple[Place, ...]) -> int:
    """How many items both stand in."""
    depth = 0
    for place, other in zip(within, others, strict=False):
        if place != other:
            break
        depth += 1
    return depth


def is_before_list(leaves: Sequence[Leaf], at: int) -> bool:
    following = leaves[at + 1 : at + 2]
    return bool(following and following[0].within)


def is_flat(leaves: Sequence[Leaf], at: int) -> bool:
    """Whether the item holds nothing else, and more of the same list follow."""
    within, following = leaves[at].within, leaves[at + 1 : at + 2]
    if len(within) != 1 or not following or not following[0].within:
        return False
    place = following[0].within[0]
    return place.list == within[0].list and place.item != within[0].item


def is_amidst(leaves: Sequence[Leaf], at: int, rest: str) -> bool:
    """Whether it stands in an item that goes on, and further items of the same list follow: it
    may be a criterion that speaks of criteria."""
    within = leaves[at].within
    if not within or not rest.strip():
        return False
    own, following = within[-1], leaves[at + 1 : at + 2]
    return any(
        place.list == own.list and place.item != own.item
        for leaf in following
        for place in leaf.within
    )


def numbers(leaves: Sequence[Leaf], at: int) -> str:
    """The numbers of the items that begin here, as the source wrote them."""
    before = leaves[at - 1].within if at else ()
    return "".join(
        f"{place.number}{place.mark} "
        for place in leaves[at].within
        if place.number and place not in before
    )
