"""Names that are another with one slip of the pen: `pemrolizumab`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

_SHORTEST = 8
"""Letters of a name: shorter ones may be one letter apart, and two things."""


class Slips:
    """Known names, to be found by a name with a letter less, more or another."""

    def __init__(self, names: Iterable[str]) -> None:
        self._known = {name for name in names if _may_slip(name)}
        self._near: defaultdict[str, set[str]] = defaultdict(set)
        for name in self._known:
            for form in _without_one(name):
                self._near[form].add(name)

    def meant(self, name: str) -> str:
        """The name that one is a slip of; '' for none, and where it is known itself."""
        if name in self._known or not _may_slip(name):
            return ""
        found = {known for form in _without_one(name) for known in self._near.get(form, ())}
        return min(found, default="")


def _may_slip(name: str) -> bool:
    return len(name) >= _SHORTEST and name.isalpha()


def _without_one(name: str) -> Iterator[str]:
    yield name
    yield from (name[:at] + name[at + 1 :] for at in range(len(name)))
