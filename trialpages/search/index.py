"""The site's `pagefind/`: the parts of the index, the code that reads them, the tables beside them.

pagefind/index.js       the entry (site_index.py)
pagefind/<build>/       words, texts and tables, which answer all but words in quotes
pagefind/<part>/        a part of Pagefind's index, which knows where in a text each word stands
pagefind/engine.js      Pagefind's code, as a classic script that reads over http and file://
pagefind/wasm.*         Pagefind's engine proper, as Pagefind wrote it
pagefind/offline/       all that is no script, as scripts: what is read over file://
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import msgspec

from trialpages.machine.disk_words import explained
from trialpages.search.facts import SearchFacts
from trialpages.search.lay_words import read_lay_words
from trialpages.search.offline import write_engine
from trialpages.search.other_languages import OtherLanguage
from trialpages.search.parts import (
    IndexPart,
    IndexPlace,
    divided,
    drop_others,
    making_parts,
    part_name,
    read_pages,
    read_part,
)
from trialpages.search.site_index import OwnIndex, Trials, in_order, own_index, write_site_index
from trialpages.search.target import Target

PartsMade = Callable[[int, int], None]
"""Told how many of the parts are there, and how many there are to be."""
_MAKE = "make the search index with"


@dataclass(frozen=True, slots=True)
class SlimPages:
    """What is indexed. What else the folder holds is left alone."""

    folder: Path
    urls: Iterable[str]
    language: str = "en"
    """The site's (BCP 47)."""
    names: Sequence[Sequence[str]] = ()
    """The editor's, beside those of lay_words.txt: each the names of one thing."""
    others: Sequence[OtherLanguage] = ()
    """The site's other languages."""

    @property
    def stems(self) -> str:
        """The language as Pagefind calls it."""
        return self.language.split("-")[0].lower()


def build_index(
    pages: SlimPages,
    target: Target,
    kept: Path,
    jobs: int = 1,
    progress: PartsMade = lambda *_: None,
) -> int:
    """Index slim pages into the target, new.

    `kept`, a folder of the index's own, holds its parts from one build to the next: one whose pages
    are the same is taken as it is. Returns how many of the parts had to be made. Raises
    MachineFailure.
    """
    with explained(_MAKE, target.folder):
        digests, rows = read_pages(pages.folder, pages.urls)
        wanted = divided(digests)
        before = {path.name for path in kept.iterdir()} if kept.exists() else set()
        making = making_parts(wanted, pages.folder, kept, pages.stems, jobs=jobs, done=progress)
        with making as made:
            own = _own(pages, rows, wanted)
            parts = _publish(made, own, pages, target)
        _write_current(kept, parts)
        drop_others(kept, [part.name for part in parts])
    return sum(part.name not in before for part in parts)


def build_delta(pages: SlimPages, target: Path, kept: Path) -> int:
    """As `build_index`, but quick: what changed since then goes into one small part of its own.

    The tables lead to one place a trial, so that the page finds a changed one once, as it is now,
    and one that is gone not at all. For `watch`: the next whole build makes large parts of it.
    Returns how many trials the small part holds. Raises MachineFailure.
    """
    with explained(_MAKE, target):
        parts = _read_current(kept)
        digests, rows = read_pages(pages.folder, pages.urls)
        known = {url: digest for part in parts for url, digest in part.digests.items()}
        changed = {url: digest for url, digest in digests.items() if known.get(url) != digest}
        wanted = [changed] if changed else []
        with making_parts(wanted, pages.folder, kept, pages.stems) as made:
            own = _own(pages, rows, [*(part.digests for part in parts), *wanted])
            parts = _publish(chain(parts, made), own, pages, Target(target, offline=False))
        drop_others(kept, [part.name for part in parts])
    return len(changed)


def _own(
    pages: SlimPages, rows: Sequence[SearchFacts], wanted: Sequence[Mapping[str, str]]
) -> OwnIndex:
    """Our own part of the index, which takes as long as one of Pagefind's, worked out meanwhile."""
    names = [part_name(digests, pages.stems) for digests in wanted]
    trials = Trials(pages.folder, in_order(rows), pages.others)
    return own_index(trials, names, (*read_lay_words(), *pages.names))


def _publish(
    made: Iterable[IndexPart], own: OwnIndex, pages: SlimPages, target: Target
) -> list[IndexPart]:
    """Put each part into the target as it comes, and then the tables beside them."""
    target.begin()
    parts: list[IndexPart] = []
    places: dict[str, IndexPlace] = {}
    sums: dict[str, int] = {}
    for part in made:
        target.take(part.folder)
        parts.append(part)
        places |= part.places
        sums |= part.sums
    if parts:
        sums |= write_engine(parts[0].folder / "index", target)
    write_site_index(own, places, sums, pages.language, target)
    return parts


_CURRENT = "current.json"


def _write_current(kept: Path, parts: Sequence[IndexPart]) -> None:
    (kept / _CURRENT).write_bytes(msgspec.json.encode([part.name for part in parts]))


def _read_current(kept: Path) -> list[IndexPart]:
    """The parts of the last whole build; none where there was no such build."""
    try:
        names = msgspec.json.decode((kept / _CURRENT).read_bytes(), type=list[str])
    except (OSError, msgspec.DecodeError):
        return []
    return [part for name in names if (part := read_part(kept / name))]
