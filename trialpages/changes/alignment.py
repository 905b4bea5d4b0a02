"""What two sequences have in common, as difflib tells it, for an effort that grows as they do.

difflib alone takes the square of their length, and its cube where they repeat themselves: a
kilobyte of `a. a. a.` keeps it busy for seconds. Where the effort ends, what hasn't been compared
counts as not in common: all that differs is still found, with more around it.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import accumulate, islice, takewhile

_PER_SIGN = 100
_MOST_AT_ONCE = 1_500_000
_PER_SIGN_BEYOND = 5
_LOOKS = 4
"""Pairs. Of 38 real histories none takes more than 12 a sign and 53,000; a third of a microsecond
each. difflib looks at all of it once, then at ever smaller parts: about `_LOOKS` times all."""


class Effort:
    """How many more pairs of signs, or of entries, may be compared."""

    def __init__(self, signs: int) -> None:
        """`signs`: the length of what is compared, in signs or in lines."""
        self._left = min(_PER_SIGN * signs, _MOST_AT_ONCE) + _PER_SIGN_BEYOND * signs

    def suffices(self, pairs: int) -> bool:
        return pairs <= self._left

    def spend(self, pairs: int) -> bool:
        """Take so many off, if there are as many."""
        enough = self.suffices(pairs)
        self._left -= pairs if enough else 0
        return enough


Span = tuple[int, int, int, int]
"""From where to where in the one sequence and in the other."""


def differing(old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort) -> Iterator[Span]:
    """The parts that aren't the same in both, in order."""
    i = j = 0
    for found in _in_common(old, new, effort):
        if (i, j) != (found.a, found.b):
            yield i, found.a, j, found.b
        i, j = found.a + found.size, found.b + found.size


def likeness(old: str, new: str, least: float, effort: Effort) -> float:
    """The share of two texts that is the same, from `least` to 1, as difflib counts; 0 below it."""
    together = len(old) + len(new)
    if not together:
        return 1.0
    if 2 * min(len(old), len(new)) < least * together or not effort.spend(together):
        return 0.0
    if 2 * (Counter(old) & Counter(new)).total() < least * together:
        return 0.0  # no order of signs could be alike enough
    ratio = 2 * sum(found.size for found in _in_common(old, new, effort)) / together
    return ratio if ratio >= least else 0.0


def are_numbered_apart(old: str, new: str) -> bool:
    """Whether two names differ in their numbers alone: `Site 1` and `Site 10` are two
    places, and `Site` may have become either."""
    are_two = old != new and bool(_DIGITS.search(old) and _DIGITS.search(new))
    return are_two and _DIGITS.sub("", old) == _DIGITS.sub("", new)


_DIGITS = re.compile(r"\d+")


def _in_common(
    old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort
) -> Iterator[difflib.Match]:
    """The parts that are the same in both, in order, and an empty one at their ends.

    What begins and ends alike is set aside where the effort may not suffice for all of it: only
    there, since difflib may find a longer part across.
    """
    matcher, head, tail = _Matcher(old, new, effort), 0, 0
    if not effort.suffices(_LOOKS * matcher.pairs):
        head = _alike_from_the_start(zip(old, new, strict=False))
        rest = min(len(old), len(new)) - head
        backwards = zip(reversed(old), reversed(new), strict=False)
        tail = _alike_from_the_start(islice(backwards, rest))
        matcher = _Matcher(old[head : len(old) - tail], new[head : len(new) - tail], effort)
    yield difflib.Match(0, 0, head)
    for found in matcher.get_matching_blocks():
        yield difflib.Match(found.a + head, found.b + head, found.size)
    yield difflib.Match(len(old) - tail, len(new) - tail, tail)
    yield difflib.Match(len(old), len(new), 0)


def _alike_from_the_start(pairs: Iterable[tuple[Hashable, Hashable]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


class _Matcher(difflib.SequenceMatcher[Hashable]):
    """difflib's own, which leaves a part out where the effort doesn't suffice for it."""

    def __init__(self, old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort) -> None:
        super().__init__(None, old, new, autojunk=False)
        times = Counter(new)
        self._before = [0, *accumulate(1 + times[one] for one in old)]
        """Pairs up to each place of the old one."""
        self._effort = effort

    @property
    def pairs(self) -> int:
        """What the first look at all of it takes."""
        return self._before[-1]

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> difflib.Match:
        end = len(self._before) - 1 if ahi is None else ahi
        if not self._effort.spend(self._before[end] - self._before[alo]):
            return difflib.Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)
