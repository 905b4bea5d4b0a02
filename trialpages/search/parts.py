"""The index in parts of about a thousand trials, each kept under the digest of its pages.

Pagefind's memory grows with the pages it is given and a query's time with the square of its hits.
In parts both stay small: 10,000 trials take an eighth of the memory and a query a third of the
time. A part whose pages are the same as last time is taken as it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from trialpages.machine.threads import pool
from trialpages.search.documents import read_slim_facts
from trialpages.search.facts import SearchFacts
from trialpages.search.files import files_below, link, read
from trialpages.search.naming import shorten_names
from trialpages.search.offline import LAYOUT, index_files, write_twin
from trialpages.search.pagefind import VERSION, run_pagefind

_LARGEST = 1250
"""Trials in a part, at most on average."""

_MOST_AT_ONCE = 4
"""Parts made at a time, at most: each takes some 0.5 GB while it is made."""

_GZIP = 16 + zlib.MAX_WBITS
"""How zlib is told of a gzip header (zlib manual, inflateInit2)."""

_SKIPPED = b"pagefind_dcd"
"""What every file of Pagefind's begins with, before it is compressed."""


class IndexPlace(NamedTuple):
    """Where the index holds a trial."""

    part: str
    fragment: int
    """The number its file goes by, and Pagefind's hits."""


@dataclass(frozen=True, slots=True)
class IndexPart:
    name: str
    """The digest of all it is made from: a folder's name, the same for the same content."""
    folder: Path
    """Where it is kept: `index/`, `offline/`, `part.json`, and the digest of these."""
    places: Mapping[str, IndexPlace]
    """By URL."""
    digests: Mapping[str, str]
    """Of each page, by URL."""
    sums: Mapping[str, int]
    """Of each file the page reads (CRC-32), by its path below `pagefind/`."""


class _Kept(msgspec.Struct, frozen=True):
    fragments: dict[str, int]
    digests: dict[str, str]
    sums: dict[str, int]


def read_pages(pages: Path, urls: Iterable[str]) -> tuple[dict[str, str], list[SearchFacts]]:
    """The digest of what is indexed of each slim page, by URL, and the facts of all.

    Raises OSError where one is missing, msgspec.DecodeError where it is none.
    """
    digests, facts = {}, []
    for url in urls:
        text, found = read_slim_facts(read(f"{pages}/{url}"))
        digests[url] = hashlib.sha256(text).hexdigest()[:32]
        facts.append(found)
    return digests, facts


def divided(digests: Mapping[str, str]) -> list[dict[str, str]]:
    """The pages in parts, by a fixed share of their URLs, so that one more moves no other.

    The number of parts is a power of two: it changes only when the site doubles.
    """
    count = 1
    while len(digests) > count * _LARGEST:
        count *= 2
    parts: list[dict[str, str]] = [{} for _ in range(count)]
    for url in sorted(digests):
        parts[zlib.crc32(url.encode()) % count][url] = digests[url]
    return [part for part in parts if part]


@contextlib.contextmanager
def making_parts(
    wanted: Sequence[Mapping[str, str]],
    pages: Path,
    kept: Path,
    language: str,
    *,
    jobs: int = 1,
    done: Callable[[int, int], None] = lambda *_: None,
) -> Generator[Iterator[IndexPart], None, None]:
    """Begin to make those parts that aren't kept, up to `jobs` at a time; gives all, in order.

    Pagefind reads pages on all cores but writes its files on one. What is left to do for a part
    after it is done by whoever takes it, while the next ones are made. Raises MachineFailure,
    OSError.
    """
    kept.mkdir(parents=True, exist_ok=True)
    done(0, len(wanted))
    names = [part_name(digests, language) for digests in wanted]
    making = tempfile.TemporaryDirectory(prefix="making-", dir=kept, ignore_cleanup_errors=True)
    with making as scratch:

        def kept_part(name: str, digests: Mapping[str, str]) -> IndexPart | None:
            if part := _undamaged_part(kept / name):
                return part
            _run_pagefind(Path(scratch, name), digests, pages, language)
            return None

        def each(found: Iterator[IndexPart | None]) -> Iterator[IndexPart]:
            at = zip(names, wanted, found, strict=True)
            for number, (name, digests, part) in enumerate(at, start=1):
                yield part or _finished(Path(scratch, name), digests, kept, language)
                done(number, len(wanted))

        threads = _threads(jobs, sum(not (kept / name).exists() for name in names))
        try:
            yield each(threads.map(kept_part, names, wanted))
        finally:
            threads.shutdown(cancel_futures=True)


def _threads(jobs: int, parts: int) -> Executor:
    """Threads to make so many parts with; where all `jobs` are busy each has a core of its own."""
    at_once = min(jobs, _MOST_AT_ONCE)
    has_cores = sys.platform == "linux" and parts > at_once == jobs
    cores = os.sched_getaffinity(0) if has_cores else ()
    return pool(at_once, partial(_stay, iter(cores)))


def _stay(cores: Iterator[int]) -> None:
    """Keep this thread, and the Pagefinds that it runs, on the next of these cores.

    Beside others a Pagefind has no more than a core anyway, and on one alone it takes a fifth less
    of its time: its threads don't wait for each other's memory.
    """
    core = next(cores, None)
    if core is not None and sys.platform == "linux":
        with contextlib.suppress(OSError):  # where this isn't allowed, it just takes longer
            os.sched_setaffinity(0, {core})


def read_part(folder: Path) -> IndexPart | None:
    """A kept part; None where there is none, or what is said of it can't be read."""
    try:
        kept = msgspec.json.decode((folder / "part.json").read_bytes(), type=_Kept)
    except (OSError, msgspec.DecodeError):
        return None
    places = {url: IndexPlace(folder.name, fragment) for url, fragment in kept.fragments.items()}
    sums = {f"{folder.name}/{name}": total for name, total in kept.sums.items()}
    return IndexPart(folder.name, folder, places, kept.digests, sums)


def _undamaged_part(folder: Path) -> IndexPart | None:
    """A kept part, if its files are what they were when it was made."""
    part = read_part(folder)
    with contextlib.suppress(OSError):
        if part and (folder / "digest").read_text() == _content_digest(folder):
            return part
    return None


def drop_others(kept: Path, names: Iterable[str]) -> None:
    """Delete the parts nobody uses any more."""
    wanted = set(names)
    for path in kept.iterdir():
        if path.is_dir() and path.name not in wanted:
            shutil.rmtree(path, ignore_errors=True)


def part_name(digests: Mapping[str, str], language: str) -> str:
    """By all that a part is made from."""
    total = hashlib.sha256(f"{VERSION} {LAYOUT} {language}".encode())
    for url in sorted(digests):
        total.update(f"\0{url}\0{digests[url]}".encode())
    return total.hexdigest()[:12]


def _content_digest(folder: Path) -> str:
    """Digest of a part's files, by which one that the disk has damaged is known."""
    total = hashlib.sha256()
    for name in files_below(folder):
        if name != "digest":
            total.update(f"\0{name}\0".encode())
            total.update(read(f"{folder}/{name}"))
    return total.hexdigest()


def _run_pagefind(scratch: Path, urls: Collection[str], pages: Path, language: str) -> None:
    """Let Pagefind index these pages into `scratch/part/index`."""
    site, index = scratch / "site", scratch / "part/index"
    index.mkdir(parents=True)
    for folder in {url.rpartition("/")[0] for url in urls}:
        (site / folder).mkdir(parents=True, exist_ok=True)
    for url in urls:
        link(f"{pages}/{url}", f"{site}/{url}")
    run_pagefind(site, len(urls), index, language, scratch / "pagefind.log")


def _finished(scratch: Path, digests: Mapping[str, str], kept: Path, language: str) -> IndexPart:
    """The part of Pagefind's index in a scratch folder, put into its place among those kept."""
    index, place = scratch / "part/index", kept / scratch.name
    _drop_spare_files(index, language)
    fragments = _fragments(index)
    numbers = shorten_names(index)
    shutil.rmtree(index / "fragment")  # quoted.py has the texts
    write_twin(index, scratch / "part/offline")
    sums = {name: zlib.crc32(read(f"{index}/{name}")) for name in index_files(index)}
    record = _Kept({url: numbers[f] for url, f in fragments.items()}, dict(digests), sums)
    (scratch / "part/part.json").write_bytes(msgspec.json.encode(record))
    (scratch / "part/digest").write_text(_content_digest(scratch / "part"))
    shutil.rmtree(place, ignore_errors=True)
    (scratch / "part").rename(place)
    shutil.rmtree(scratch, ignore_errors=True)
    part = read_part(place)
    assert part is not None  # it was written a moment ago
    return part


_KEPT_FILES = frozenset({"pagefind.js", "pagefind-entry.json"})


def _drop_spare_files(index: Path, language: str) -> None:
    """Pagefind's own user interfaces and its worker: the site has its own search page."""
    if (index / f"wasm.{language}.pagefind").exists():
        (index / "wasm.unknown.pagefind").unlink(missing_ok=True)
    for path in index.iterdir():
        known = path.name in _KEPT_FILES or path.suffix in (".pf_meta", ".pagefind")
        if path.is_file() and not known:
            path.unlink()


class _Fragment(msgspec.Struct, frozen=True):
    url: str


def _fragments(index: Path) -> dict[str, str]:
    """What Pagefind calls each page, by URL."""
    decode = msgspec.json.Decoder(_Fragment).decode
    found = {}
    for name in sorted(os.listdir(index / "fragment")):  # noqa: PTH208 (thousands)
        packed = read(f"{index}/fragment/{name}")
        content = zlib.decompress(packed, _GZIP).removeprefix(_SKIPPED)
        found[decode(content).url.lstrip("/")] = name.partition(".")[0]
    return found
