"""Two versions of a text, passage by passage: sentences of prose, items of a list of criteria."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from trialpages.changes.alignment import Effort, differing, likeness
from trialpages.text.commonmark import ESCAPED


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or an item of a list with all its lines."""

    text: str
    """On one line, without list marker and escapes: `Age > 18 years`."""
    group: str = ""
    """`inclusion` or `exclusion`, told by the criteria's heading above."""
    heading: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Reworded:
    """A passage that says something else, came (no `old`) or went (no `new`)."""

    old: Passage | None
    new: Passage | None

    @property
    def heading(self) -> str:
        passage = self.new or self.old
        return passage.heading if passage else ""


def reworded(old: str, new: str) -> tuple[Reworded, ...]:
    """Every passage that differs. Numbers and markers of lists, escapes and white space don't
    count, nor does a passage's place within its group."""
    effort = Effort(len(old) + len(new))
    found = tuple(_differing(tuple(passages(old)), tuple(passages(new)), effort))
    gone = {one.old for one in found if one.new is None}
    moved = gone & {one.new for one in found if one.old is None}
    whole = (one for one in found if None in (one.old, one.new))
    there = {one for one in whole if (one.old or one.new) in moved}
    return tuple(one for one in found if one not in there)


def _differing(
    old: Sequence[Passage], new: Sequence[Passage], effort: Effort
) -> Iterator[Reworded]:
    for i1, i2, j1, j2 in tuple(differing(old, new, effort)):
        yield from _paired(old[i1:i2], new[j1:j2], effort)


_MOST_COMPARED = 400
_LIKE = 0.5


def _paired(old: Sequence[Passage], new: Sequence[Passage], effort: Effort) -> Iterator[Reworded]:
    """Of what stands in one place, which passage became which, by likeness, in order; and by where
    they stand, if between these there is one alone."""
    start = first = 0
    for at, to in (*_alike(old, new, effort), (len(old), len(new))):
        yield from _between(old[start:at], new[first:to])
        yield from map(Reworded, old[at : at + 1], new[to : to + 1])
        start, first = at + 1, to + 1


def _between(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Reworded]:
    if len(old) == len(new) == 1 and old[0].group == new[0].group:
        yield Reworded(old[0], new[0])
        return
    yield from (Reworded(None, came) for came in new)
    yield from (Reworded(gone, None) for gone in old)


def _alike(
    old: Sequence[Passage], new: Sequence[Passage], effort: Effort
) -> Iterator[tuple[int, int]]:
    if len(old) * len(new) > _MOST_COMPARED or len(old) == len(new) == 1:
        return
    start = 0
    for to, passage in enumerate(new):
        if (at := _likest(old, start, passage, effort)) is not None:
            yield at, to
            start = at + 1


def _likest(old: Sequence[Passage], start: int, passage: Passage, effort: Effort) -> int | None:
    """The passage from `start` on that reads most like the given one, in the same group."""
    ratios = [
        (likeness(one.text.casefold(), passage.text.casefold(), _LIKE, effort), -at)
        for at, one in enumerate(old[start:], start)
        if one.group == passage.group
    ]
    best = max(ratios, default=(0.0, 0))
    return -best[1] if best[0] else None


# --- a text's passages --------------------------------------------------------------------------

MARKER = re.compile(r"\s*(?:[*+•●▪-]|\(?\d{1,3}[.)]|\(?[A-Za-z][.)])\s+")
"""What begins an item of a list."""
_HEADING = re.compile(
    r"\W*(?:(?:key|main|major|general)\W+)?(non\W*|not\W+)?((?:in|ex)clusion)\b.{0,60}",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9(])")


def passages(text: str) -> Iterator[Passage]:
    """A text's passages in order; the headings of criteria are passages too."""
    group = heading = ""
    for block, is_item in _blocks(text):
        plain = _plain(block)
        if found := _HEADING.fullmatch(plain):
            group = "exclusion" if found[1] else found[2].casefold()
            heading = plain.rstrip(":")
            yield Passage(plain)
            continue
        for sentence in (plain,) if is_item else _SENTENCE_END.split(plain):
            if sentence:
                yield Passage(sentence, group, heading)


def _plain(block: str) -> str:
    return " ".join(ESCAPED.sub(r"\1", block).split())


def _blocks(text: str) -> Iterator[tuple[str, bool]]:
    """Paragraphs and list items, without the items' markers, and whether it is an item."""
    lines: list[str] = []
    inside, is_apart = 0, False
    for line in text.split("\n"):
        if not line.strip():
            is_apart = True
            continue
        marker = MARKER.match(line)
        if lines and (marker or (is_apart and not _goes_on(lines, line, inside))):
            yield "\n".join(lines), inside > 0
            lines, inside = [], 0
        inside = marker.end() if marker else inside
        lines.append(line[marker.end() :] if marker else line)
        is_apart = False
    if lines:
        yield "\n".join(lines), inside > 0


def _goes_on(item: Sequence[str], line: str, inside: int) -> bool:
    """Whether a paragraph that begins so is the item's own, whose words begin `inside` the line, as
    on the page: alone, `They may be eligible if …` would be an exclusion."""
    is_within = 0 < inside <= len(line) - len(line.lstrip())
    return is_within and not any(_HEADING.fullmatch(_plain(one)) for one in ("\n".join(item), line))
