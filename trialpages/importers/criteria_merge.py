"""Criteria of which an editor and the registry have each changed some, as one text.

What the two changed must be apart by a criterion that neither touched, lead in no other and be no
new order or numbering; and a reader must find in the one text just what follows from reading the
others: each criterion under its heading, with its number. Else nobody can be sure, and the whole
text waits for a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import TypeVar

from trialpages.changes.alignment import Effort, Span, differing
from trialpages.changes.passages import MARKER
from trialpages.prose.blocks import Block, List, Quote, texts
from trialpages.prose.criteria import criteria
from trialpages.text.commonmark import TooDeep

_Part = TypeVar("_Part", bound=Hashable)


def joined_criteria(said: str, mine: str, theirs: str) -> str | None:
    """The registry's text (`theirs`) with what the editor changed (`mine`) in the one that it was
    made from (`said`), untouched lines as the editor has them; None where that isn't certain."""
    before, here, there = ([*_pieces(text)] for text in (said, mine, theirs))
    joined = _three_way(before, here, there)
    if joined is None or _has_twice(joined, here, there):
        return None
    if not _are_plain(before, here, there):
        return None
    text = _written(joined, here, there)
    try:
        expected = _three_way(*([*_read(one)] for one in (said, mine, theirs)))
        return text if expected == [*_read(text)] else None
    except TooDeep:
        return None


def _three_way(
    said: Sequence[_Part], mine: Sequence[_Part], theirs: Sequence[_Part]
) -> list[_Part] | None:
    """`mine` with what `theirs` has otherwise than `said`; None where two changes touch. What both
    made alike is one change."""
    ours, others = _spans(said, mine), _spans(said, theirs)
    alike = set[Span]()
    for a, b in product(ours, others):
        if a[:2] == b[:2] and mine[a[2] : a[3]] == theirs[b[2] : b[3]]:
            alike.add(b)
        elif not (a[1] < b[0] or b[1] < a[0]):
            return None
    found = list(mine)
    for i1, i2, j1, j2 in reversed(others):
        if (i1, i2, j1, j2) not in alike:
            moved = sum(a[3] - a[2] - (a[1] - a[0]) for a in ours if a[1] < i1)
            found[i1 + moved : i2 + moved] = theirs[j1:j2]
    return found


def _spans(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Span]:
    return [*differing(old, new, Effort(len(old) + len(new)))]


# --- as it is written ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """An item of a list or a paragraph."""

    text: str
    ends: int = field(compare=False)
    """Line ends behind it; none at the text's end."""


def _pieces(text: str) -> Iterator[_Piece]:
    lines: list[str] = []
    for line in text.split("\n"):
        is_behind = bool(lines) and not lines[-1].strip()
        if lines and line.strip() and (is_behind or MARKER.match(line)):
            yield _piece(lines, is_last=False)
            lines = []
        lines.append(line)
    yield _piece(lines, is_last=True)


def _piece(lines: Sequence[str], *, is_last: bool) -> _Piece:
    text = "\n".join(lines)
    words = text.rstrip("\n")
    return _Piece(words, 0 if is_last else len(text) - len(words) + 1)


def _written(pieces: Sequence[_Piece], *sides: Sequence[_Piece]) -> str:
    """What stood side by side stays as far apart as there; else as far as either was from what it
    stood beside: a heading keeps its blank line whatever goes before it."""
    gaps, near = dict[tuple[str, str], int](), Counter[str]()
    for side in sides:
        for one, other in pairwise(side):
            gaps.setdefault((one.text, other.text), one.ends)
            near |= Counter({f"{one.text}\n": one.ends, f"\n{other.text}": one.ends})
    text = "".join(
        one.text + "\n" * gaps.get((one.text, other.text), _apart(one, other, near))
        for one, other in pairwise(pieces)
    )
    return f"{text}{pieces[-1].text if pieces else ''}".rstrip("\n")


def _apart(one: _Piece, other: _Piece, near: Counter[str]) -> int:
    return max(near[f"{one.text}\n"], near[f"\n{other.text}"], 1)


def _are_plain(said: Sequence[_Piece], *sides: Sequence[_Piece]) -> bool:
    """Whether nobody set order or numbers anew, or changed what leads in other criteria."""
    gone, came = set[str](), set[str]()
    for side in sides:
        for i1, i2, j1, j2 in _spans(said, side):
            gone.update(map(_words, said[i1:i2]))
            came.update(map(_words, side[j1:j2]))
    return gone.isdisjoint(came) and not any(one.endswith(":") for one in gone | came)


def _has_twice(joined: Sequence[_Piece], *sides: Sequence[_Piece]) -> bool:
    """Whether there is more of a criterion than on any side: both have added it."""
    counts = [Counter(map(_words, side)) for side in sides]
    found = Counter(map(_words, joined))
    return any(number > max(side[words] for side in counts) for words, number in found.items())


def _words(piece: _Piece) -> str:
    marker = MARKER.match(piece.text)
    return piece.text[marker.end() if marker else 0 :].strip()


# --- as it is read ------------------------------------------------------------------------------


def _read(text: str) -> Iterator[tuple[Hashable, ...]]:
    """Each heading and criterion, with all that it stands under."""
    for group in criteria(text):
        head = group.kind, group.told, group.part, group.heading, group.is_for_some
        yield head
        yield from _leaves(group.blocks, head)


def _leaves(
    blocks: Sequence[Block], within: tuple[Hashable, ...]
) -> Iterator[tuple[Hashable, ...]]:
    for block in blocks:
        if isinstance(block, List):
            whom = ""
            for item in block.items:
                place = *within, whom, item.number, item.role
                lead = next(texts(item.blocks), "")
                yield from _leaves(item.blocks[:1], place)
                yield from _leaves(item.blocks[1:], (*place, lead))
                whom = lead if item.role == "for-whom" else whom
        elif isinstance(block, Quote):
            yield from _leaves(block.blocks, (*within, ">"))
        else:
            yield *within, type(block).__name__, block.html
