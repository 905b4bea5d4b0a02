"""What publishing asks of the disk: new files, links, modes, fsync, exchanging two folders.

The functions raise `OSError` as the system gave it; `disk_words` puts it into words at the edge.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

from trialpages.machine.threads import pool
from trialpages.problems import MachineFailure, Problem

FILE_MODE = 0o644
FOLDER_MODE = 0o755

_MANY = 500  # files, above which syncing the whole disk is quicker
_SYNC_THREADS = 16  # fsync waits for the disk; together the waits overlap
BINARY = getattr(os, "O_BINARY", 0)  # Windows only: no newline translation
_SYNC_ACCESS = os.O_RDWR if sys.platform == "win32" else os.O_RDONLY

# The answers of a kernel or file system that can't exchange two folders, or can't link two files.
_UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
_UNLINKABLE = _UNSUPPORTED | {errno.EPERM, errno.EXDEV, errno.EMLINK}


def state_beside(folder: Path) -> Path:
    """The hidden folder beside another that holds what its runs leave to each other."""
    return folder.parent / f".{folder.name}.trialpages"


def look(path: Path) -> os.stat_result | None:
    """What is at a path, links not followed; None if nothing is.

    Raises `OSError` where `os.path.lexists` would say False to a disk that does not answer.
    """
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def is_folder(path: Path) -> bool:
    """Whether a folder is at a path; a link to one is none. Raises as `look` does."""
    info = look(path)
    return info is not None and stat.S_ISDIR(info.st_mode)


def _odd(path: Path) -> MachineFailure:
    message = f"can't publish {path}: a site holds plain files and folders only"
    hint = "delete it, then build again with --full"
    return MachineFailure(Problem("not-a-file", "error", message, hint=hint))


def write_new(path: Path | str, content: bytes) -> None:
    """Write a file that isn't there yet; never through a link, never over a file."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, FILE_MODE)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def make_folder(path: Path, top: Path) -> None:
    """Make a folder below `top`, and those between, unless they are there.

    They get the modes of a site's, whatever umask, access list or group the disk would give them.
    """
    if path == top or is_folder(path):
        return
    make_folder(path.parent, top)
    path.mkdir(exist_ok=True)
    _set_mode(path, path.lstat().st_mode, FOLDER_MODE)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, over one that may be there."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    write_new(fresh, content)
    fresh.replace(path)


FolderTimes = Mapping[str, tuple[int, int]]
"""By path below a folder: inode, and the time (ns) at which names in it last changed."""


def folders_of(top: Path) -> FolderTimes:
    """The folders below `top` and it."""
    found = {}
    ahead = ["."]
    while ahead:
        name = ahead.pop()
        path = f"{top}/{name}"
        info = os.stat(path)  # noqa: PTH116
        found[name] = (info.st_ino, info.st_mtime_ns)
        if info.st_nlink != 2:  # one with two links has no folder in it, and may have many files
            with os.scandir(path) as entries:
                ahead += [f"{name}/{one.name}" for one in entries if one.is_dir()]
    return found


def are_unchanged(top: Path, folders: FolderTimes) -> bool:
    """Whether these still are all folders below `top`, and nobody has added a file or taken one."""
    try:
        for name, known in folders.items():
            info = os.stat(f"{top}/{name}")  # noqa: PTH116
            if (info.st_ino, info.st_mtime_ns) != known:
                return False
    except OSError:
        return False
    return bool(folders)


def link_or_copy(source: Path, path: Path) -> None:
    """Give a plain file a second name: a hard link where possible, otherwise a copy."""
    info = source.lstat()
    if not stat.S_ISREG(info.st_mode):
        raise _odd(source)
    # `settle` sets modes: through a link that would change the file at `source` as well.
    if stat.S_IMODE(info.st_mode) == FILE_MODE and _linked(source, path):
        return
    write_new(path, source.read_bytes())
    _set_mode(path, path.lstat().st_mode, FILE_MODE)


def link_all(source: Path, target: Path, names: Iterable[str]) -> list[Path]:
    """Give many plain files below one folder a second name below another, as `link_or_copy`.

    Returns what has to be synced: the folders that have the names, and files that were copied.
    """
    made, copied = set[str](), list[Path]()
    for name in names:
        folder = name.rpartition("/")[0]
        if folder not in made:
            made.add(folder)
            make_folder(target / folder, target)
        # No Path in this loop: a site may keep 100,000 files.
        old, new = f"{source}/{name}", f"{target}/{name}"
        info = os.lstat(old)
        try:
            if not stat.S_ISREG(info.st_mode) or stat.S_IMODE(info.st_mode) != FILE_MODE:
                raise OSError(errno.EPERM, "not to be linked")
            os.link(old, new)
        except OSError as error:
            if error.errno not in _UNLINKABLE:
                raise
            link_or_copy(Path(old), Path(new))
            copied.append(Path(new))
    return [*copied, *_folders_up_to(target, made)]


def _folders_up_to(top: Path, names: Iterable[str]) -> set[Path]:
    """The folders of these names below `top`, those between, and `top` itself."""
    found = {top}
    for name in names:
        found |= {top / name, *(top / parent for parent in Path(name).parents)}
    return found


def _linked(source: Path, path: Path) -> bool:
    """Whether a hard link could be made; False where this file system has none."""
    try:
        path.hardlink_to(source)
    except OSError as error:
        if error.errno in _UNLINKABLE:
            return False
        raise
    return True


def settle(top: Path) -> tuple[list[str], list[str]]:
    """Give every file and folder its mode; return the names of both, as they go below `top`.

    A file with a second hard link keeps its mode: it may be the present site's too.
    Raises `MachineFailure` at anything but files and folders.
    """
    files, folders = list[str](), [""]
    for folder in folders:  # which grows meanwhile
        with os.scandir(top / folder) as entries:
            for entry in entries:
                name = f"{folder}/{entry.name}".lstrip("/")
                if entry.is_dir(follow_symlinks=False):
                    folders.append(name)
                    continue
                files.append(name)
                info = entry.stat(follow_symlinks=False)
                if not stat.S_ISREG(info.st_mode):
                    raise _odd(Path(entry.path))
                if info.st_nlink < 2:
                    _set_mode(entry.path, info.st_mode, FILE_MODE)
        _set_mode(top / folder, (top / folder).lstat().st_mode, FOLDER_MODE)
    return files, folders


def _set_mode(path: Path | str, present: int, wanted: int) -> None:
    if stat.S_IMODE(present) == wanted:
        return
    # The file is ours, so a refusal means that this file system has no modes (FAT).
    with contextlib.suppress(PermissionError):
        Path(path).chmod(wanted)


def sync(paths: Collection[Path | str]) -> None:
    """Wait until files and folders are on the disk itself, and not just on the way there."""
    if len(paths) > _MANY and _sync_disk_of(next(iter(paths))):
        return
    with pool(_SYNC_THREADS) as threads:
        for _ in threads.map(_sync_one, paths):
            pass  # asking for each answer raises the first error


def _sync_disk_of(path: Path | str) -> bool:
    """Sync the whole file system of a path in one call; False where the system has no such call.

    For a site of 70,000 files this takes a second, and file by file ten.
    """
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    if libc is None or not hasattr(libc, "syncfs"):
        return False
    handle = os.open(path, _SYNC_ACCESS)
    try:
        if libc.syncfs(handle) == 0:
            return True
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(path))
    finally:
        os.close(handle)


def _sync_one(path: Path | str) -> None:
    if sys.platform == "win32" and Path(path).is_dir():
        return  # Windows opens no folders
    handle = os.open(path, _SYNC_ACCESS)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def same(one: Path, other: Path) -> bool:
    """Whether two paths hold the same: names, modes and bytes, links not followed."""
    info, other_info = one.lstat(), other.lstat()
    if os.path.samestat(info, other_info):
        return True
    if info.st_mode != other_info.st_mode:
        return False
    if stat.S_ISDIR(info.st_mode):
        names = sorted(os.listdir(one))  # noqa: PTH208  (names are all that is wanted)
        others = sorted(os.listdir(other))  # noqa: PTH208
        return names == others and all(same(one / name, other / name) for name in names)
    if not stat.S_ISREG(info.st_mode) or info.st_size != other_info.st_size:
        return False
    return one.read_bytes() == other.read_bytes()


def remove(path: Path) -> None:
    """Delete whatever is at a path, or nothing; links are deleted, never followed."""
    if is_folder(path):
        shutil.rmtree(path)
    elif look(path):
        path.unlink()


def exchange(one: Path, other: Path) -> bool:
    """Swap what two paths name in one step; False where the system or the disk has no such step."""
    call = _exchange_call()
    if call is None:
        return False
    if call(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(other))


@cache
def _exchange_call() -> Callable[[bytes, bytes], int] | None:
    """This system's call that swaps two paths (0 is success), if it has one."""
    if sys.platform == "win32":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        swap = ctypes.c_uint(2)  # RENAME_SWAP
        return lambda one, other: int(libc.renamex_np(one, other, swap))
    if hasattr(libc, "renameat2"):
        here, flag = ctypes.c_int(-100), ctypes.c_uint(2)  # AT_FDCWD, RENAME_EXCHANGE
        return lambda one, other: int(libc.renameat2(here, one, here, other, flag))
    return None
