"""Whether lines in pairs are names with their descriptions, or something that can't be told.

A description may be missing, and a name looks like a short description: what settles it is how a
line reads, and how the same lines stand under Study Groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from trialpages.importers.page_layout import Line

Block = Sequence[Line]
"""A line, and the items of a list right below it, which go with it."""
Blocks = tuple[Block, ...]

_ITEM = re.compile(r"(?:[*+\u2022\u25aa\u25cf-]|\d{1,2}[.)]|[a-z][.)])\s+\S")
"""What no name begins with: `* twice daily`, `2. at night`."""


def blocks(lines: Iterable[Line]) -> Blocks:
    found: list[list[Line]] = []
    for line in lines:
        if found and _ITEM.match(line.text):
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(map(tuple, found))


def flat(blocks: Iterable[Block]) -> tuple[Line, ...]:
    return tuple(line for block in blocks for line in block)


def are_pairs(pairs: Sequence[tuple[Block, Block]], groups: Blocks) -> bool:
    """Whether each pair is a name and its description, as far as all lines tell."""
    texts = [_text(block) for block in groups]
    known = [(_text(name), _text(description)) for name, description in pairs]
    if any(len(name) > 1 or _is_sentence(_text(name)) for name, _ in pairs):
        return False
    doubtful = [pair for pair in known if not _describes(*pair)]
    return not any(_stand_apart(*pair, texts) for pair in doubtful) and (
        not doubtful or _stand_as_pairs(known, texts)
    )


def _text(block: Block) -> str:
    return "\n".join(line.text for line in block)


_DOSE = re.compile(r"\d[\d.,]*\s?(?:mg|g|ml|l|mcg|[\u00b5\u03bc]g|iu|gy|%|units?)\b", re.IGNORECASE)
_PROSE = re.compile(r"(?:[a-z]+[ ,]|.*[.;:!]$|.*\n)", re.DOTALL)
_FEW_WORDS = 4


def _describes(name: str, text: str) -> bool:
    """Whether a text can hardly be one more name."""
    words = set(text.casefold().split())
    return (
        len(text.split()) > _FEW_WORDS
        or bool(_PROSE.match(text) or _DOSE.match(text))
        or name.casefold() in text.casefold()
        or set(name.casefold().split()) <= words
    )


def _is_sentence(text: str) -> bool:
    return text.endswith(".") and len(text.split()) > _FEW_WORDS


def _stand_apart(name: str, text: str, groups: Sequence[str]) -> bool:
    """Whether an arm has the one without the other, and an arm the other without the one."""
    after = [b for a, b in zip(groups, (*groups[1:], ""), strict=False) if a == name]
    before = [a for a, b in zip(("", *groups), groups, strict=False) if b == text]
    if text not in after:
        return bool(before)
    return any(one != text for one in after) and any(one != name for one in before)


def _stand_as_pairs(pairs: Sequence[tuple[str, str]], groups: Sequence[str]) -> bool:
    """Whether an arm has some of the pairs and not the others, or has them in another order: so
    that each is one thing. Four lines that always stand together could be four names."""
    found = [pairs.index(two) for two in pairwise(groups) if two in pairs]
    number = len(pairs)
    in_turn = [at % number for at in range(len(found))]
    return bool(found) and (found != in_turn or bool(len(found) % number))
