"""One build at a time for one site, one import, fetch or sync for one content folder.

The operating system holds the lock for as long as the process lives, so that even `kill -9` leaves
none behind. The empty lock file stays: deleting it would let two builds lock two files of one name.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from trialpages.machine.disk_words import ANOTHER_SITE, explained
from trialpages.problems import BusyFailure, Problem

_held: set[int] = set()


_A_BUILD = "another build or `watch` is working on this site"


@contextlib.contextmanager
def hold(folder: Path, who: str = _A_BUILD, elsewhere: str = ANOTHER_SITE) -> Iterator[None]:
    """Keep every other run out while the with-block runs; makes `folder` if need be.

    Raises `BusyFailure` at once if another one holds it, in words that begin with
    `who` that may be; `MachineFailure` if the disk won't do, with `elsewhere` as a way out.
    """
    path = folder / "lock"
    with explained("make", folder, elsewhere):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if stat.S_IMODE(folder.stat().st_mode) != 0o700:
            folder.chmod(0o700)
    with explained("lock", path, elsewhere):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    _held.add(handle)
    try:
        with explained("lock", path, elsewhere):
            locked = _lock(handle)
        if not locked:
            raise _busy(path, who)
        yield
    finally:
        _release(handle)


def _busy(path: Path, who: str) -> BusyFailure:
    message = f"{who} (it holds {path})"
    hint = "wait until it has finished, or stop it, then run this again"
    return BusyFailure(Problem("busy", "error", message, hint=hint))


def _release(handle: int) -> None:
    if handle in _held:  # else a forked child has closed it, and the number may be another file's
        _held.remove(handle)
        os.close(handle)


def _forget() -> None:
    """In a forked child: let go, or a worker that outlives its killed build would keep the lock."""
    for handle in tuple(_held):
        _release(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    os.register_at_fork(after_in_child=_forget)
