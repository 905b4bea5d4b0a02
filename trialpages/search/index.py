"""The site's `pagefind/`: the parts of the index, the code that reads them, the tables beside them.

pagefind/index.js       the entry (site_index.py)
pagefind/<build>/       words, texts and tables, which answer all but words in quotes
pagefind/<part>/        a part of Pagefind's index, which knows where in a text each word stands
pagefind/engine.js      Pagefind's code, as a classic script that reads over http and file://
pagefind/wasm.*         Pagefind's engine proper, as Pagefind wrote it
pagefind/offline/       all that is no script, as scripts: what is read over file://
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path

import msgspec

from trialpages.search.files import link_tree
from trialpages.search.lay_words import read_lay_words
from trialpages.search.offline import write_engine
from trialpages.search.pagefind import failure
from trialpages.search.parts import (
    Part,
    Place,
    divided,
    drop_others,
    make_parts,
    read_pages,
    read_part,
)
from trialpages.search.site_index import Trials, in_order, write_site_index

Progress = Callable[[int, int], None]
Names = Sequence[Sequence[str]]
"""Each the names of one thing."""


def build_index(
    pages: Path,
    urls: Iterable[str],
    target: Path,
    kept: Path,
    *,
    language: str = "en",
    names: Names = (),
    native: bool = True,
    offline: bool = True,
    jobs: int = 1,
    progress: Progress = lambda *_: None,
) -> int:
    """Index the slim pages at these URLs into `target`, new: the site's `pagefind/`.

    What else the folder `pages` holds is left alone and not indexed. `kept`, a folder of the
    index's own, holds its parts from one build to the next: one whose pages are the same is taken
    as it is. `names` are the editor's, beside those of lay_words.txt. `native` is what a web server
    needs, `offline` what a folder needs. Returns how many of the parts had to be made. Raises
    MachineFailure.
    """
    with _explained():
        digests, rows = read_pages(pages, urls)
        wanted = divided(digests)
        before = {path.name for path in kept.iterdir()} if kept.exists() else set()
        code = language.split("-")[0].lower()
        with closing(make_parts(wanted, pages, kept, code, jobs=jobs, done=progress)) as made:
            trials = Trials(pages, rows)
            parts = _publish(made, trials, names, target, native=native, offline=offline)
        _write_current(kept, parts)
        drop_others(kept, [part.name for part in parts])
    return sum(part.name not in before for part in parts)


def build_delta(
    pages: Path,
    urls: Iterable[str],
    target: Path,
    kept: Path,
    *,
    language: str = "en",
    names: Names = (),
) -> int:
    """As `build_index`, but quick: what changed since then goes into one small part of its own.

    The tables lead to one place a trial, so that the page finds a changed one once, as it is now,
    and one that is gone not at all. For `watch`: the next whole build makes large parts of it.
    Returns how many trials the small part holds. Raises MachineFailure.
    """
    with _explained():
        parts = _read_current(kept)
        digests, rows = read_pages(pages, urls)
        known = {url: digest for part in parts for url, digest in part.digests.items()}
        changed = {url: digest for url, digest in digests.items() if known.get(url) != digest}
        code = language.split("-")[0].lower()
        with closing(make_parts([changed] if changed else [], pages, kept, code)) as delta:
            found = chain(parts, delta)
            trials = Trials(pages, rows)
            parts = _publish(found, trials, names, target, native=True, offline=False)
        drop_others(kept, [part.name for part in parts])
    return len(changed)


class _explained:  # noqa: N801 (reads as a word of the with statement)
    """Turns an OSError into a failure that says what to do."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise failure(
                f"The search index can't be written: {error}.",
                "Check that the disk has room and that the folder can be written to.",
            ) from error


_SHARED = re.compile(r"pagefind\.js|wasm\..*")
"""One engine serves all parts."""


def _publish(
    made: Iterable[Part],
    trials: Trials,
    names: Names,
    target: Path,
    *,
    native: bool,
    offline: bool,
) -> list[Part]:
    """Put each part into the target as it comes, and then the tables beside them."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    parts: list[Part] = []
    places: dict[str, Place] = {}
    sums: dict[str, int] = {}
    for part in made:
        if native:
            link_tree(part.folder / "index", target / part.name, but=_SHARED)
        if offline:
            link_tree(part.folder / "offline", target / "offline" / part.name)
        parts.append(part)
        places |= part.places
        sums |= part.sums
    if parts:
        sums |= write_engine(parts[0].folder / "index", target, native=native, offline=offline)
    rows = in_order([one for one in trials.facts if one.url in places])
    lay = (*read_lay_words(), *names)
    ordered = Trials(trials.pages, rows)
    write_site_index(ordered, places, sums, lay, target, native=native, offline=offline)
    return parts


_CURRENT = "current.json"


def _write_current(kept: Path, parts: Sequence[Part]) -> None:
    (kept / _CURRENT).write_bytes(msgspec.json.encode([part.name for part in parts]))


def _read_current(kept: Path) -> list[Part]:
    """The parts of the last whole build; none where there was no such build."""
    try:
        names = msgspec.json.decode((kept / _CURRENT).read_bytes(), type=list[str])
    except (OSError, msgspec.DecodeError):
        return []
    return [part for name in names if (part := read_part(kept / name))]
