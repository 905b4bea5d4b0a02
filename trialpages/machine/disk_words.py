"""What a disk refused, in words: what could not be done, to which path, why, and what to do."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from trialpages.problems import MachineFailure, Problem

ANOTHER_SITE = "choose another folder with --site"
"""What to do where no file may be written in the site's folder."""

_REASONS = {
    errno.ENOSPC: ("disk-full", "the disk is full", "free some space, then again"),
    errno.EDQUOT: ("disk-full", "your disk quota is used up", "free some space, then again"),
    errno.EACCES: (
        "no-permission",
        "this user is not allowed to",
        "give this user the right to write there, or {elsewhere}",
    ),
    errno.EROFS: (
        "read-only",
        "that disk is read-only",
        "make it writable, or {elsewhere}",
    ),
    errno.EMFILE: (
        "too-many-open-files",
        "too many files are open",
        "close other programs or raise the limit (`ulimit -n`), then again",
    ),
    errno.EXDEV: (
        "not-movable",
        "it is mounted from another disk, so it can't be replaced whole",
        "name a folder inside it with --site, or move it away",
    ),
    errno.ENOENT: ("missing", "it is not there", "build again with --full"),
    errno.EEXIST: (
        "name-taken",
        "something else has that name",
        "give one of the two another name; on some disks `a` and `A` are one name",
    ),
    errno.ENAMETOOLONG: (
        "name-too-long",
        "the name is too long for this disk",
        "shorten the id or term that it was made from",
    ),
}
_REASONS[errno.EPERM] = _REASONS[errno.EACCES]
_REASONS[errno.ENFILE] = _REASONS[errno.EMFILE]
_REASONS[errno.EBUSY] = _REASONS[errno.EXDEV]
_REASONS[errno.ENOTDIR] = _REASONS[errno.EEXIST]
_REASONS[errno.EISDIR] = _REASONS[errno.EEXIST]


@contextlib.contextmanager
def explained(doing: str, path: Path | str, elsewhere: str = ANOTHER_SITE) -> Iterator[None]:
    """Turn an `OSError` into a `MachineFailure`; `elsewhere` is how to write in another place."""
    try:
        yield
    except OSError as error:
        code, why, hint = _REASONS.get(error.errno or 0, ("disk-error", "", ""))
        why = why or f"the system says: {error.strerror or error}"
        hint = (hint or "check the disk, then again").replace("{elsewhere}", elsewhere)
        message = f"can't {doing} {error.filename or path}: {why}"
        raise MachineFailure(Problem(code, "error", message, hint=hint)) from error
