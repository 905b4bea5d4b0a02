"""A plan of the site: its parts in each language, and the keys of all they are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from trialpages.digests import digest
from trialpages.pages.parts import EditionPart, SitePart
from trialpages.state.cache import Made, Memory, PartKey
from trialpages.templating.look import Look

if TYPE_CHECKING:
    from trialpages.templating.templates import Templates


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """Every part of the site in one of its languages, in a fixed order."""

    look: Look
    parts: Sequence[SitePart]
    """All of them, or those that aren't as the last build made them."""
    around: Mapping[str, bytes]
    """A digest of each thing that shows on each of its pages, by what it is called."""
    frame: bytes
    """A digest of all that its lists, feeds and likeness are worked out from."""

    @property
    def placed(self) -> Iterator[EditionPart]:
        """The parts where they are in the whole site."""
        return (EditionPart(self.look.edition.folder, part) for part in self.parts)

    def make_templates(
        self, state: Path, parts: int, unlisted: Set[str] = frozenset()
    ) -> Templates:
        """Who makes its pages for a site of so many parts that lacks lists of these paths, with the
        templates compiled in the state folder."""
        from trialpages.templating.making import make_templates

        return make_templates(replace(self.look, unlisted=unlisted), state, parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every part of the site in each of its languages, and by path the key of all it is made
    from."""

    editions: tuple[EditionPlan, ...]
    keys: Mapping[str, PartKey]
    """Of all parts, by path."""
    near: Mapping[str, tuple[str, ...]]
    """The ids of the trials most alike, by id."""
    unlisted: Mapping[str, tuple[str, ...]]
    """By the id of a trial, the paths of lists that there aren't in any language, since no other
    has the term."""

    def make_templates(self, state: Path) -> Mapping[str, Templates]:
        """Who makes the pages in each language, by its folder."""
        lacking = frozenset(chain.from_iterable(self.unlisted.values()))
        return {
            one.look.edition.folder: one.make_templates(state, len(self.keys), lacking)
            for one in self.editions
        }

    @property
    def parts(self) -> Iterator[EditionPart]:
        return chain.from_iterable(edition.placed for edition in self.editions)

    @property
    def is_whole(self) -> bool:
        return sum(len(edition.parts) for edition in self.editions) == len(self.keys)

    @property
    def around(self) -> Mapping[str, bytes]:
        """A digest of each thing that shows on every page, in any language."""
        names = self.editions[0].around
        return {name: digest(*(one.around[name] for one in self.editions)) for name in names}

    @property
    def frame(self) -> bytes:
        return frame_of(self.editions)

    def why(self, last: Memory, kept: Mapping[str, Made]) -> dict[str, str]:
        """The paths of the parts that must be made, where of the last build's only `kept` can
        stay, and why each must."""
        differs = (name for name, one in self.around.items() if last.look.get(name) != one)
        around = " and ".join(differs)
        return {
            path: self._why(path, key, last, around)
            for path, key in self.keys.items()
            if path not in kept or kept[path].key != key
        }

    def _why(self, path: str, key: PartKey, last: Memory, around: str) -> str:
        if path not in last.pages:
            return last.unknown
        if last.pages[path].key == key:
            return "its text for the search was missing"
        return key.why_not(last.pages[path].key, around)


def frame_of(plans: Iterable[EditionPlan]) -> bytes:
    return digest(*(one.frame for one in plans))
