"""The files of one trial, all written or none: its own, its results, what was imported.

Each file is replaced whole. Where there are several, what is to be written is noted first, in one
file; whoever comes next after a kill finishes by it. Else the base of the next merge could be
newer than the trial, and the update that was broken off would look like the editor's own words.
Ctrl-C waits until the trial is whole.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from trialpages.content.content_file import read_file
from trialpages.content.listing import MOST_BYTES, refuse_links
from trialpages.machine.stopping import Unbroken
from trialpages.problems import ContentFailure, Failure, MachineFailure, Problem, Where
from trialpages.text.files import SourcePath

BASES = ".imported"
"""Below content/trials/: what each record was when it came."""

NOTE = f"{BASES}/.unfinished"
"""Below content/trials/, while a trial is written."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file to write whole, or to remove."""

    path: Path
    content: bytes | None


class _Noted(msgspec.Struct, frozen=True, array_like=True):
    name: str
    """Of a file below content/trials/."""
    content: bytes | None
    before: bytes | None = None
    """What it had until then."""


def write_together(changes: Sequence[FileChange]) -> None:
    """Write files of one trial, all of them or none. Raises MachineFailure."""
    with Unbroken():
        _write_together(changes)


def _write_together(changes: Sequence[FileChange]) -> None:
    if len(changes) < 2:
        for change in changes:
            write(change)
        return
    trials = _trials_of(changes[-1].path)
    noted = [
        _Noted(one.path.relative_to(trials).as_posix(), one.content, _present(one.path))
        for one in changes
    ]
    write(FileChange(trials / NOTE, msgspec.msgpack.encode(noted)))
    for change in changes:
        write(change)
    write(FileChange(trials / NOTE, None))


def _present(path: Path) -> bytes | None:
    with contextlib.suppress(Failure, OSError):
        return read_file(SourcePath(str(path), str(path)), _MOST) if path.exists() else None
    return None


def beside_half_written(path: Path, content: bytes) -> bytes:
    """What `.imported/` has, or had, of the version of a half-written trial that its file `content`
    is; nothing where nobody can tell."""
    noted = {one.name: one for one in _noted(path.parent / NOTE)}
    trial, base = noted.get(path.name), noted.get(f"{BASES}/{path.stem}")
    if base is None:
        return _present(path.parent / BASES / path.stem) or b""
    if trial is None or content == trial.content:
        return base.content or b""
    return (base.before if content == trial.before else None) or b""


def is_half_written(path: Path) -> bool:
    """Whether a run was killed while it wrote the trial in this file, so that what lies here of it
    may be of two versions."""
    note = path.parent / NOTE
    if not os.path.lexists(note):
        return False
    return not {path.name, f"{BASES}/{path.stem}"}.isdisjoint(one.name for one in _noted(note))


def check_unfinished(content: Path) -> Iterator[Problem]:
    """A warning where a run was killed between the files of a trial."""
    note = content / "trials" / NOTE
    if os.path.lexists(note):
        names = [one.name for one in _noted(note) if _NAME.fullmatch(one.name)]
        trial = next((f" ({name})" for name in reversed(names) if "/" not in name), "")
        message = (
            f"an import or a sync was killed while it wrote a trial{trial}, whose files may not "
            "agree"
        )
        where = Where(note.relative_to(content.parent).as_posix())
        hint = "run it again: it finishes that first"
        yield Problem("unfinished", "warning", message, where, hint)


def finish(content: Path) -> tuple[Problem, ...]:
    """Finish what a run began that was killed while it wrote: a warning for each file that is
    another now, since whoever had the folder before may have put the note there. Raises
    MachineFailure, and ContentFailure for a folder in the note's place or a link before it."""
    trials = content / "trials"
    refuse_links((trials, trials / BASES))
    note = trials / NOTE
    if not os.path.lexists(note):
        return ()
    if note.is_dir() and not note.is_symlink():
        message = "a folder stands where a run notes what it writes, and so none can write"
        hint = "no run makes a folder of that name: remove it, then run this again"
        raise ContentFailure(Problem("unfinished", "error", message, Where(str(note)), hint))
    named = [
        FileChange(trials / noted.name, noted.content)
        for noted in _noted(note)
        if _NAME.fullmatch(noted.name)
    ]
    changes = [change for change in named if _is_a_files(change.path)]
    others = [change for change in changes if not _is_made(change)]
    for change in changes:
        write(change)
    write(FileChange(note, None))
    odd = (_odd(change.path) for change in named if change not in changes)
    return (*map(_finished, others), *odd)


def _is_a_files(path: Path) -> bool:
    """Whether a file can have that place: else each run would fail at it, and none get further."""
    return len(path.name.encode()) <= MOST_BYTES and not path.is_dir()


def _is_made(change: FileChange) -> bool:
    path = str(change.path)
    if not os.path.lexists(path):
        return change.content is None
    with contextlib.suppress(Failure):
        return read_file(SourcePath(path, path), _MOST) == change.content
    return False


def _odd(path: Path) -> Problem:
    message = f"{NOTE} says to write a file here, where none can be: it was left as it is"
    hint = f"no run notes such a thing: ask who put {NOTE} there before you publish; it is gone now"
    return Problem("finished", "error", message, Where(str(path)), hint)


def _finished(change: FileChange) -> Problem:
    done = "removed" if change.content is None else "written"
    message = f"{done} now, since {NOTE} says that a run was killed before it did so"
    hint = "look at what has changed in it before you publish it"
    return Problem("finished", "warning", message, Where(str(change.path)), hint)


_NAME = re.compile(rf"({re.escape(BASES)}/)?[A-Za-z0-9][A-Za-z0-9._-]*")
"""A note may come from a stranger's copy of the folder: it names no file elsewhere."""


_MOST = 64_000_000
"""Bytes of a note: it has all files of a trial."""


def _noted(note: Path) -> list[_Noted]:
    """What a note holds; nothing where it is a link, or no note at all."""
    with contextlib.suppress(Failure, msgspec.DecodeError, RecursionError):
        content = read_file(SourcePath(str(note), str(note)), _MOST)
        return msgspec.msgpack.decode(content, type=list[_Noted])
    return []


def _trials_of(path: Path) -> Path:
    return path.parent.parent if path.parent.name == BASES else path.parent


def write(change: FileChange) -> None:
    """Write a file whole or not at all, and through no link that may lie there."""
    with Unbroken():
        _write(change)


def _write(change: FileChange) -> None:
    path, content = change.path, change.content
    beside = path.with_name(f".{path.name.lstrip('.')}.tmp")
    try:
        if content is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with beside.open("xb") as file:
            file.write(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        message = f"can't write {path}: {error.strerror}"
        hint = "check the disk's room and the folder's permissions"
        raise MachineFailure(Problem("unwritable", "error", message, hint=hint)) from None
