"""The site before the present one, kept to make the next one from.

A site of 80,000 files changes by a handful at a time. Giving every kept file a second name takes
seconds; bringing the spare up to date takes as many steps as the last build and this one changed.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import msgspec

from trialpages.digests import DIGEST_SIZE, digest
from trialpages.machine.disk import (
    FolderTimes,
    are_unchanged,
    folders_of,
    link_or_copy,
    look,
    make_folder,
    remove,
)

_WORTH_A_SPARE = 5_000
"""Files; fewer are linked anew in no time."""


class Changes(msgspec.Struct, frozen=True):
    """What the present site has otherwise than the spare, and which folders the two are."""

    site: int
    """Inode."""
    spare: FolderTimes
    written: tuple[str, ...]
    gone: tuple[str, ...]


def keep_spare(state: Path, site: Path, old: Path, changes: tuple[Collection[str], ...]) -> None:
    """Keep `old`, the site before `site`; `changes` are the names written and gone since.

    A disk that won't only costs the next build time.
    """
    written, gone = changes
    spare = state / "spare"
    with contextlib.suppress(OSError):
        old.rename(spare)
        note = Changes(_inode(site), folders_of(spare), tuple(written), tuple(gone))
        content = msgspec.msgpack.encode(note)
        (state / "changes").write_bytes(digest(content) + content)


def make_twin(state: Path, folder: Path, names: Sequence[str]) -> Path | None:
    """Give the settled files of a whole site second names, in a folder that can be its spare.

    Then the first change after it is a quick one. None where the site is small, or the disk won't.
    """
    if len(names) < _WORTH_A_SPARE:
        return None
    twin = state / "next" / "twin"
    with contextlib.suppress(OSError):
        for inside in {name.rpartition("/")[0] for name in names}:
            make_folder(twin / inside, twin.parent)
        for name in names:  # 70,000 in a site of 10,000 trials: no Path
            os.link(f"{folder}/{name}", f"{twin}/{name}")
        return twin
    return None


def take_spare(state: Path, site: Path, to: Path) -> Changes | None:
    """Move the spare to `to` and make it equal to `site`; None where there is none to be had.

    Returns what had to be changed there for that: it may not be on the disk yet.

    It counts as spare no more from the first step on: a build that dies leaves no half one.
    """
    note, spare = state / "changes", state / "spare"
    changes = _read_changes(note)
    if not changes or changes.site != _inode(site) or not are_unchanged(spare, changes.spare):
        drop_spare(state)
        return None
    note.unlink()
    spare.rename(to)
    delete(to, (*changes.written, *changes.gone))
    for name in changes.written:
        path = to / name
        make_folder(path.parent, to)
        link_or_copy(site / name, path)
    return changes


def _read_changes(note: Path) -> Changes | None:
    """What was noted of the spare; None where nothing was, or the disk has damaged it."""
    try:
        content = note.read_bytes()
        if content[:DIGEST_SIZE] == digest(content[DIGEST_SIZE:]):
            return msgspec.msgpack.decode(content[DIGEST_SIZE:], type=Changes)
    except (OSError, msgspec.DecodeError):
        pass
    return None


def drop_spare(state: Path) -> None:
    for leftover in (state / "changes", state / "spare"):
        if look(leftover):
            remove(leftover)


def delete(folder: Path, names: Iterable[str]) -> None:
    """Delete files of a folder that may be there, and the folders that then are empty."""
    parents = set[Path]()
    for name in names:
        path = folder / name
        path.unlink(missing_ok=True)
        parents.add(path.parent)
    for parent in sorted(parents, key=lambda path: -len(path.parts)):
        _delete_empty(parent, folder)


def _delete_empty(path: Path, top: Path) -> None:
    while path != top:
        try:
            path.rmdir()
        except OSError:  # it isn't empty, or gone already
            if os.path.lexists(path):
                return
        path = path.parent


def _inode(path: Path) -> int:
    return path.lstat().st_ino
