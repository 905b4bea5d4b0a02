"""Two long texts by the words in which they differ, so that a person needn't look for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from trialpages.changes.alignment import Effort, Span, differing

_LONG = 100
"""Signs, up to which a text is read at a glance."""

_AROUND = 4
"""Words that stay on both sides of those that differ."""

_WORDS = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]|[^\s\u2e80-\u9fff\uac00-\ud7af]+\s*|\s+")
"""Of a script without blanks each sign."""


def differing_words(old: str, new: str) -> tuple[str, str]:
    """Both with the words that differ and a few around them; `…` stands for what both say alike.
    As they are where that is hardly shorter."""
    if max(len(old), len(new)) <= _LONG:
        return old, new
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    spans = list(_together(differing(before, after, Effort(len(before) + len(after)))))
    short = (
        _shown(before, [(start, end) for start, end, _, _ in spans]),
        _shown(after, [(start, end) for _, _, start, end in spans]),
    )
    is_shorter = 4 * sum(map(len, short)) < 3 * (len(old) + len(new))
    return short if is_shorter else (old, new)


def from_difference(old: str | None, new: str | None, most: int) -> tuple[str | None, str | None]:
    """Two long texts by the words that differ, and if those are more than fit from where they begin
    to."""
    if not (old and new):
        return old, new
    old, new = differing_words(old, new)
    if max(len(old), len(new)) <= most:
        return old, new
    same = same_signs(old, new)
    start = old.rfind(" ", 0, max(0, same - most // 5)) + 1
    return (f"…{old[start:]}", f"…{new[start:]}") if start > 1 else (old, new)


LEFT_OUT = " (…)"
"""At the end of a text of which not all is shown."""


def cut_to(text: str, most: int) -> str:
    """The whole words of a text that fit."""
    if len(text) <= most:
        return text
    start = text[: most - len(LEFT_OUT) + 1]
    whole = start.rpartition(" ")[0] if 2 * start.rfind(" ") > most else start[:-1]
    return f"{whole.rstrip()}{LEFT_OUT}"


def same_signs(old: str, new: str) -> int:
    """How many signs both begin with."""
    pairs = zip(old, new, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _together(spans: Iterable[Span]) -> Iterator[Span]:
    """Those as one between which hardly a word would be left out."""
    last: Span | None = None
    for span in spans:
        if last and span[0] - last[1] <= 2 * _AROUND + 2:
            last = last[0], span[1], last[2], span[3]
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def _shown(words: list[str], spans: list[tuple[int, int]]) -> str:
    pieces, end = list[str](), 0
    for first, last in spans:
        start = max(end, first - _AROUND)
        pieces.append(("… " if start > end else "") + "".join(words[start : last + _AROUND]))
        end = last + _AROUND
    return "".join(pieces).rstrip() + (" …" if end < len(words) else "")
