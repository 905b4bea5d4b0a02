"""One file of content/ from the disk: its bytes as they were at one moment, or why it has none."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from trialpages.machine.disk import BINARY
from trialpages.problems import ContentFailure, MachineFailure, Problem, Where
from trialpages.text.file_text import too_large
from trialpages.text.files import MAX_BYTES, SourcePath


def look_at(file: SourcePath, most: int = MAX_BYTES) -> os.stat_result:
    """What the disk says of a file. Raises ContentFailure for what can't be a content file."""
    with disk_errors(file.disk):
        info = os.lstat(file.disk)
    if not stat.S_ISREG(info.st_mode):
        raise ContentFailure(not_a_file(file.path, info.st_mode))
    if info.st_size > most:
        raise ContentFailure(too_large(file.path, info.st_size, most))
    return info


def read_file(file: SourcePath, most: int = MAX_BYTES) -> bytes:
    """A file's bytes, as they were at one moment: somebody may be saving it. `most` is how many
    it may have.

    Raises as `look_at` does, and MachineFailure where the disk fails.
    """
    for _ in range(_TRIES):
        look_at(file, most)
        with disk_errors(file.disk):
            content = _read_at_rest(file.disk, most)
        if content is not None:
            return content
    message = f"can't read {file.path}: it changes all the time"
    raise MachineFailure(Problem("changing", "error", message, hint="build again when it rests"))


def read_beginning(file: SourcePath, most: int) -> bytes:
    """The first bytes of a file. Raises as `read_file` does."""
    look_at(file)
    with disk_errors(file.disk):
        handle = os.open(file.disk, _AS_IT_IS)
        try:
            return os.read(handle, most)
        finally:
            os.close(handle)


_TRIES = 20
# A link or a pipe may have taken the file's place since it was looked at.
_AS_IT_IS = os.O_RDONLY | BINARY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def _read_at_rest(path: str, most: int) -> bytes | None:
    """A file's bytes; None where it changed meanwhile, or is too large by now."""
    handle = os.open(path, _AS_IT_IS)
    try:
        before = os.fstat(handle)
        parts = []
        left = min(before.st_size, most) + 1
        while left and (part := os.read(handle, left)):
            parts.append(part)
            left -= len(part)
        after = os.fstat(handle)
    finally:
        os.close(handle)
    same = (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
    return b"".join(parts) if same and left else None


def not_a_file(shown: str, mode: int) -> Problem:
    """Why what lies there can't be a content file; `mode` as `lstat` gives it."""
    kind = "a link" if stat.S_ISLNK(mode) else "not a regular file"
    hint = "put what it leads to in its place" if stat.S_ISLNK(mode) else "remove it"
    return Problem(
        "not-a-file", "error", f"this is {kind}, which isn't followed", Where(shown), hint
    )


class disk_errors:  # noqa: N801  (reads as a word of the with statement)
    """Turns the disk's errors into a message that names the file."""

    def __init__(self, path: Path | str) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, OSError):
            message = f"can't read {self._path}: {error.strerror}"
            raise MachineFailure(
                Problem("unreadable", "error", message, hint="check its permissions")
            ) from None
