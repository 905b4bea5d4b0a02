"""Indexing: the search index is made anew only where the text it knows has changed.

Beside the site, the state folder keeps one slim page a trial with the text that is searched; for
another of the site's languages, in its folder, what cards show of a trial in that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from trialpages.digests import digest
from trialpages.machine.disk import remove
from trialpages.publish.stage import Stage
from trialpages.search.files import files_below, read
from trialpages.search.index import PartsMade, SlimPages, build_delta, build_index
from trialpages.search.other_languages import OtherLanguage
from trialpages.search.target import Target
from trialpages.state.cache import Damaged, Index, Made
from trialpages.templating.look import Look

_PLACE = "pagefind"
_FOR_DISKS = f"{_PLACE}/offline/"
"""What only a site opened from a folder reads."""


def with_slim_page(pages: Mapping[str, Made], state: Path) -> Mapping[str, Made]:
    """The pages whose slim page is there too, and those that need none."""
    there = set(_slim_pages(slim_folder(state)))
    return {
        path: made
        for path, made in pages.items()
        if made.text is None or (made.text and path in there)
    }


def _slim_pages(folder: Path) -> Iterator[str]:
    """The paths of all, each that of the page it was made with."""
    (folder / _OF_TRIALS).mkdir(parents=True, exist_ok=True)
    languages = (f"{one.name}/" for one in folder.iterdir() if one.name != _OF_TRIALS)
    for place in ("", *languages):
        for name in os.listdir(folder / place / _OF_TRIALS):  # noqa: PTH208
            yield f"{place}{_OF_TRIALS}/{name}"


_OF_TRIALS = "trials"


def forget_slim_pages(state: Path) -> None:
    """They would grow stale in a build without search."""
    remove(slim_folder(state))


def slim_folder(state: Path) -> Path:
    return state / "search"


def update_index(
    state: Path,
    made: Mapping[str, Made],
    looks: Sequence[Look],
    last: Index,
    stage: Stage,
    jobs: int,
    progress: PartsMade,
) -> Index:
    """The index of the pages `made`: that of the last build if it knows the same, or a new one.

    It comes in parts, `jobs` of them at a time.
    """
    texts, pages = _texts(made), slim_pages_of(looks, made, state)
    text = _digest(texts, pages)
    if last.files and last.text == text:
        return last
    folder = slim_folder(state)
    for path in tuple(_slim_pages(folder)):
        if path not in texts:
            (folder / path).unlink()
    _refuse_damaged(folder, texts)
    build_index(pages, Target(stage.folder / _PLACE), state / "parts", jobs, progress)
    return _made(text, stage)


def update_by_delta(
    state: Path, made: Mapping[str, Made], looks: Sequence[Look], last: Index, stage: Stage
) -> Index:
    """The index of the last build, and a small one beside it of what has changed since.

    It never counts as the whole one: the next whole build makes that.
    """
    pages = slim_pages_of(looks, made, state)
    text = digest(b"delta", _digest(_texts(made), pages))
    if last.text == text:
        return last
    build_delta(pages, stage.folder / _PLACE, state / "parts")
    return _made(text, stage)


def slim_pages_of(looks: Sequence[Look], made: Mapping[str, Made], state: Path) -> SlimPages:
    """What is indexed: the slim pages of the site's first language, for all of them."""
    (first, *others), folder = looks, slim_folder(state)
    urls = sorted(path for path in _texts(made) if path.startswith(f"{_OF_TRIALS}/"))
    spoken = [
        OtherLanguage(first.language, one.language, folder / one.edition.folder) for one in others
    ]
    site = first.site
    return SlimPages(folder, urls, site.language, site.search_names, spoken)


def _refuse_damaged(folder: Path, texts: Mapping[str, bytes]) -> None:
    """Raise Damaged where a slim page isn't the one that was written for its trial."""
    for path, text in texts.items():
        try:
            damaged = digest(read(f"{folder}/{path}")) != text
        except FileNotFoundError:
            damaged = True
        if damaged:
            raise Damaged(path)


def _texts(made: Mapping[str, Made]) -> dict[str, bytes]:
    """By path, the digest of each text that is indexed."""
    return {path: one.text for path, one in made.items() if one.text}


def _digest(texts: Mapping[str, bytes], pages: SlimPages) -> bytes:
    names = repr(pages.names).encode()
    parts = (part for path in sorted(texts) for part in (path.encode(), texts[path]))
    return digest(names, *parts, *(one.made_from for one in pages.others))


def _made(text: bytes, stage: Stage) -> Index:
    """The index that has just been put into the stage."""
    names = tuple(f"{_PLACE}/{name}" for name in files_below(stage.folder / _PLACE))
    served = [name for name in names if not name.startswith(_FOR_DISKS)]
    size = sum(os.stat(f"{stage.folder}/{name}").st_size for name in served)  # noqa: PTH116
    return Index(text, names, size, len(served))
