"""Whose the state folder is. Compiled templates that lie there are run, pages go on being shown: so
what another user left in it, or could have, is thrown away and made anew."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from trialpages.machine.disk import look, remove
from trialpages.machine.disk_words import explained

_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def keep_others_out(folder: Path) -> None:
    """Delete a state folder that isn't this user's alone, or holds what isn't: links, and files of
    another owner but root. Does nothing where there is none, or the disk knows no owners and modes.

    Raises MachineFailure where it can't be deleted.
    """
    if not hasattr(os, "geteuid"):
        return
    with explained("clear what another user may have written in", folder):
        info = look(folder)
        if info is None or not stat.S_ISDIR(info.st_mode):
            return
        if info.st_mode & _WRITABLE_BY_OTHERS and _is_ours(info):
            folder.chmod(0o700)
            if folder.stat().st_mode & _WRITABLE_BY_OTHERS:
                return  # this disk has no modes
        elif _is_ours(info) and info.st_mode & stat.S_IRWXU != stat.S_IRWXU:
            _open_again(folder)
        elif _is_ours(info) and _all_ours(folder, 2):
            return
        remove(folder)


def _open_again(folder: Path) -> None:
    """Let the owner into folders that somebody has shut, a umask of 0777 for one."""
    folder.chmod(0o700)
    for place, inner, _ in os.walk(folder):
        for path in (Path(place, name) for name in inner):
            if not path.is_symlink():
                path.chmod(0o700)


def _is_ours(info: os.stat_result) -> bool:
    return info.st_uid in (os.geteuid(), 0) and not stat.S_ISLNK(info.st_mode)


def _all_ours(folder: Path, levels: int) -> bool:
    """Whether so many levels of folders hold nothing of another's; deeper ones can't be reached by
    others once these are ours."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not _is_ours(entry.stat(follow_symlinks=False)):
                return False
            deeper = levels > 1 and entry.name not in _OF_SITES and entry.is_dir()
            if deeper and not _all_ours(Path(entry.path), levels - 1):
                return False
    return True


_OF_SITES = ("next", "last", "gone", "spare")
"""They hold pages, as many as the site; nothing of them is run."""
