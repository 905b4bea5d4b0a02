"""What the last build knew, so that this one need not find it out again.

The cache only ever saves time: one that is lost, damaged, or written by another version of the
program or of its libraries counts as empty.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

import msgspec

from trialpages.content.content_file import look_at
from trialpages.content.reading import Sources
from trialpages.digests import DIGEST_SIZE, digest
from trialpages.machine.disk import FolderTimes, are_unchanged, folders_of, write_whole
from trialpages.problems import ContentFailure, Problem
from trialpages.publish.size import Extent
from trialpages.text.files import SourcePath, StoredRecord

_NAME = "memory"


class Damaged(Exception):  # noqa: N818
    """What the last build left isn't what it was: all has to be made anew."""


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
    """Of the file's bytes, and of an edited trial's, of what its record said when it came."""
    signature: Signature | None = None
    """For a file that was already old when it was read; None for one that may still change."""
    facts: bytes = b""
    """TrialFacts as `facts.encode` writes them; empty for a file that makes no trial."""
    facts_digest: bytes = b""
    record: StoredRecord | None = None
    """Where the trial is as it was parsed; None for a file that makes none."""
    draft: bool = False
    problems: tuple[Problem, ...] = ()
    corrections: bytes = b""
    """What the file says otherwise than its registry, as `corrections.encode` writes it."""


class PartKey(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Digests of everything a page is made from; a page is made anew where one of them differs."""

    site: bytes
    """Settings, language, theme, the date of the build, the program itself."""
    template: bytes
    """The page's template and those it pulls in."""
    content: bytes
    """The record, and what else the page shows."""

    def why_not(self, last: PartKey, around: str) -> str:
        """Why a page of this key has to be made, where the last one's was `last` and `around`
        changed for the whole site."""
        if self.site != last.site:
            return f"{around} changed"
        if self.template != last.template:
            return "its template changed"
        return "what it shows changed"


class Made(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page as the site has it: what it was made from, and the files it consists of."""

    key: PartKey
    files: tuple[str, ...]
    size: int
    """Bytes of all its files."""
    text: bytes | None = None
    """Digest of what the search index is to know of it; empty where no index was asked for."""


class Index(msgspec.Struct, frozen=True, array_like=True):
    """The search index: a digest of all it knows, and its files in the site."""

    text: bytes = b""
    files: tuple[str, ...] = ()
    size: int = 0
    """Bytes of those files that a web server needs: the rest is for sites opened from a folder."""
    served: int = 0
    """How many those are."""


class Memory(msgspec.Struct, frozen=True):
    """Everything the last build left to the next."""

    inputs: bytes = b""
    """Digest of all it was made from."""
    sources: Mapping[str, Known] = {}
    """The trials' content files and posted results, by the path the messages use."""
    pages: Mapping[str, Made] = {}
    """All parts of the site but its search index, by path."""
    index: Index = Index()
    trials: int = 0
    notices: tuple[Problem, ...] = ()
    """What was said of the content beyond the problems of single files."""
    look: Mapping[str, bytes] = {}
    """A digest of each thing that shows on every page, by what it is called."""
    frame: bytes = b""
    """A digest of all that any part shows or holds, but for the texts of trials."""
    near: Mapping[str, tuple[str, ...]] = {}
    """The ids of the trials most alike, by id."""
    unlisted: Mapping[str, tuple[str, ...]] = {}
    """By the id of a trial, the paths of lists that there aren't, since no other has the term."""
    came: Signature | None = None
    """Of the folder with what records said when they came; None for one that may still change."""
    ours: bytes = b""
    """Digest of the site.yaml by which facts name our sites; empty where it names none."""
    unknown: str = "it is new"
    """Why a page has to be made that is not among `pages`."""

    @property
    def extent(self) -> Extent:
        """What there is to upload."""
        made, index = self.pages.values(), self.index
        files = sum(len(one.files) for one in made) + index.served
        largest = max((one.size for one in made if len(one.files) == 1), default=0)
        return Extent(sum(one.size for one in made) + index.size, files, largest)


class _Remembered(msgspec.Struct, frozen=True):
    memory: Memory
    generator: bytes
    site: FolderTimes


def recall(state: Path, site: Path) -> Memory:
    """What the last build by this very program left; nothing of a site that is another by now."""
    try:
        content = (state / _NAME).read_bytes()
    except OSError:
        return Memory(unknown="nothing is known of an earlier build")
    try:
        if content[:DIGEST_SIZE] != digest(content[DIGEST_SIZE:]):
            return Memory(unknown=_DAMAGED)
        found = msgspec.msgpack.decode(content[DIGEST_SIZE:], type=_Remembered)
    except msgspec.DecodeError:
        return Memory(unknown=_DAMAGED)
    if found.generator != generator():
        return Memory(unknown="the program or one of its libraries changed")
    if not are_unchanged(site, found.site):
        why = "the site is not as the last build left it"
        memory = found.memory
        return Memory(sources=memory.sources, came=memory.came, ours=memory.ours, unknown=why)
    return found.memory


_DAMAGED = "what the last build knew is damaged"


def remember(state: Path, site: Path, memory: Memory) -> None:
    """Write the memory, whole or not at all. A disk that won't only costs the next build time."""
    found = _Remembered(memory, generator(), folders_of(site))
    content = msgspec.msgpack.encode(found)
    with contextlib.suppress(OSError):
        write_whole(state / _NAME, digest(content) + content)


# --- what a build is made from ------------------------------------------------------------------


def unread(files: Iterable[SourcePath], known: Mapping[str, Known]) -> list[SourcePath]:
    """Those of the files whose content may have changed since it became known."""
    return [file for file in files if not _is_known(file, known.get(file.path))]


def _is_known(file: SourcePath, last: Known | None) -> bool:
    if last is None or last.signature is None:
        return False
    try:
        return signature(look_at(file)) == last.signature
    except ContentFailure:
        return False


def digest_of_ours(sources: Sources) -> bytes:
    """Of the site.yaml, where it may name our sites: which of them a trial has is among its facts,
    so that any change of that file has all trials read again."""
    content = sources.site.content if sources.site else b""
    return digest(content) if b"our_sites" in content else b""


def signature(info: os.stat_result) -> Signature:
    return Signature(info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)


def rested(taken: Signature) -> Signature | None:
    """The signature, if the file can't have changed since without showing it.

    On Windows `ctime` is the time of creation, which an edit doesn't move.
    """
    if sys.platform == "win32" or time.time_ns() - taken.changed < _STILL_WARM:
        return None
    return taken


_STILL_WARM = 2_000_000_000
"""Nanoseconds a file must have rested before its signature stands for its content: clocks of file
systems tick as slowly as every two seconds."""


def digest_of_inputs(sources: Sources, known: Mapping[str, Known], request: str) -> bytes:
    """Of everything a build is made from: where two are the same, so are the sites."""
    written = (sources.site, *sources.pages, *sources.lists)
    files = (*written, *sources.media, *sources.originals.values())
    small = [file for file in files if file]
    parts = (
        (request.encode(), generator()),
        *((file.path.encode(), file.content) for file in small),
        *((name.encode(), text.encode()) for name, text in sorted(sources.templates.items())),
        *((name.encode(), content) for name, content in sorted(sources.theme.items())),
        *((path.encode(), one.digest) for path, one in known.items()),
        *((stray.path.encode(), b"nothing is made of it") for stray in sources.strays),
    )
    return digest(*chain.from_iterable(parts))


@cache
def generator() -> bytes:
    """Digest of this program's own code and of the versions of what it is made with."""
    installed = _installed()
    versions = [installed.get(name) or _version(name) for name in _LIBRARIES]
    return digest(*map(_read, _sources()), *map(str.encode, versions))


def _sources() -> list[str]:
    """This program's own modules; pathlib would take as long to name them as to read them."""
    package = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120
    rooms = ((folder, names) for folder, _, names in os.walk(package))
    return sorted(
        f"{folder}{os.sep}{name}"
        for folder, names in rooms
        for name in names
        if name.endswith(".py")
    )


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()


def _installed() -> dict[str, str]:
    """Versions of what is installed, by the names of the folders that tell of it: that is quicker
    than to have each read."""
    found = {}
    for folder in reversed(sys.path):  # the first of them counts
        with contextlib.suppress(OSError):
            for entry in os.listdir(folder or "."):  # noqa: PTH208  (pathlib takes longer)
                name, _, version = entry.removesuffix(_TELLS).rpartition("-")
                if entry.endswith(_TELLS):
                    found[name.lower().replace("_", "-")] = version
    return found


_TELLS = ".dist-info"


def _version(name: str) -> str:
    from importlib import metadata

    return metadata.version(name)


_LIBRARIES = (
    "babel",
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "pyyaml",
    "msgspec",
    "pagefind-bin",
)
