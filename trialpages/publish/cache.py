"""What the last build knew, so that this one need not find it out again.

The cache only ever saves time: one that is lost, damaged, or written by another version of the
program or of its libraries counts as empty.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

import msgspec

from trialpages.pages.digests import DIGEST_SIZE, digest
from trialpages.problems import Problem
from trialpages.records.model import Trial, decode_scalar

_NAME = "memory"
_RECORDS = "records"


class Signature(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the file system says of a file's content: `changed` can't be set back by a program."""

    inode: int
    size: int
    modified: int
    """Nanoseconds."""
    changed: int
    """Nanoseconds; the time of the last change of content or name (ctime)."""


class Known(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the site has to know of one content file of a trial."""

    digest: bytes
    """Of the file's bytes."""
    signature: Signature | None = None
    """For a file that was already old when it was read; None for one that may still change."""
    facts: bytes = b""
    """TrialFacts as `facts.encode` writes them; empty for a file that makes no trial."""
    facts_digest: bytes = b""
    draft: bool = False
    problems: tuple[Problem, ...] = ()


class Key(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Digests of everything a page is made from; a page is made anew where one of them differs."""

    site: bytes
    """Settings, language, theme, the date of the build, the program itself."""
    template: bytes
    """The page's template and those it pulls in."""
    content: bytes
    """The record, and what else the page shows."""

    def why_not(self, last: Key | None) -> str:
        """Why a page of this key has to be made, where the last one's was `last`."""
        if last is None:
            return "it is new"
        if self.site != last.site:
            return "the settings, language, theme, date or program changed"
        if self.template != last.template:
            return "its template changed"
        return "what it shows changed"


class Made(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page as the site has it: what it was made from, and the files it consists of."""

    key: Key
    files: tuple[str, ...]
    text: bytes | None = None
    """Digest of what the search index is to know of it; empty where no index was asked for."""


class Memory(msgspec.Struct, frozen=True):
    """Everything the last build left to the next."""

    sources: Mapping[str, Known] = {}
    """The trials' content files and posted results, by the path the messages use."""
    pages: Mapping[str, Made] = {}
    """All parts of the site but its search index, by path."""
    index: bytes = b""
    """Digest of all that is indexed."""
    index_files: tuple[str, ...] = ()


class _Remembered(msgspec.Struct, frozen=True):
    memory: Memory
    generator: bytes
    site: Mapping[str, tuple[int, int]]


def recall(state: Path, site: Path) -> Memory:
    """What the last build by this very program left; nothing of a site that is another by now."""
    try:
        content = (state / _NAME).read_bytes()
        if content[:DIGEST_SIZE] != digest(content[DIGEST_SIZE:]):
            return Memory()
        found = msgspec.msgpack.decode(content[DIGEST_SIZE:], type=_Remembered)
    except (OSError, msgspec.DecodeError):
        return Memory()
    if found.generator != generator():
        return Memory()
    if found.site != _folders(site):
        return Memory(found.memory.sources)
    return found.memory


def remember(state: Path, site: Path, memory: Memory) -> None:
    """Write the memory, whole or not at all. A disk that won't only costs the next build time."""
    found = _Remembered(memory, generator(), _folders(site))
    content = msgspec.msgpack.encode(found)
    with contextlib.suppress(OSError):
        _replace(state / _NAME, digest(content) + content)
    _forget_records(state, (known.digest for known in memory.sources.values()))


def _folders(site: Path) -> dict[str, tuple[int, int]]:
    """The site's folders with their inodes and the times (ns) at which names in them changed.

    Where a file was added to the site or taken from it by hand, they differ.
    """
    found = {}
    for path, _, _ in os.walk(site):
        info = os.stat(path)  # noqa: PTH116
        found[path] = (info.st_ino, info.st_mtime_ns)
    return found


# --- records ------------------------------------------------------------------------------------


def store_record(state: Path, name: bytes, trial: Trial) -> None:
    """Keep a trial under the digest of its file, to be had again without reading YAML."""
    content = msgspec.msgpack.encode(trial, enc_hook=str)
    path = _record_path(state, name)
    try:
        _replace(path, digest(content) + content)
    except FileNotFoundError:
        path.parent.mkdir(exist_ok=True)
        _replace(path, digest(content) + content)


def stored_record(state: Path, name: bytes) -> Trial | None:
    """The trial kept under the digest of its file, if it is there and undamaged."""
    try:
        content = _record_path(state, name).read_bytes()
    except OSError:
        return None
    if content[:DIGEST_SIZE] != digest(content[DIGEST_SIZE:]):
        return None
    return _TRIAL.decode(memoryview(content)[DIGEST_SIZE:])


_TRIAL = msgspec.msgpack.Decoder(Trial, strict=False, dec_hook=decode_scalar)


def _forget_records(state: Path, live: Iterable[bytes]) -> None:
    """Delete the records of files that are gone or have changed."""
    wanted = {name.hex() for name in live}
    with contextlib.suppress(OSError):
        for path in (state / _RECORDS).iterdir():
            if path.name not in wanted:
                path.unlink()


def _record_path(state: Path, name: bytes) -> Path:
    return state / _RECORDS / name.hex()


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.write_bytes(content)
    fresh.replace(path)


# --- digests ------------------------------------------------------------------------------------


@cache
def generator() -> bytes:
    """Digest of this program's own code and of the versions of what it is made with."""
    package = Path(__file__).parents[1]
    sources = sorted(package.rglob("*.py"))
    versions = [metadata.version(name) for name in _LIBRARIES]
    return digest(*(path.read_bytes() for path in sources), *map(str.encode, versions))


_LIBRARIES = ("jinja2", "markdown-it-py", "markupsafe", "pyyaml", "msgspec", "pagefind-bin")
