"""What lies on a disk that is no file, in a word for a person. Knows no disk itself."""

from __future__ import annotations

import stat

_KINDS = {
    stat.S_IFREG: "a file",
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


def kind_of(mode: int) -> str:
    """What something is, by its mode as `lstat` gives it."""
    return _KINDS.get(stat.S_IFMT(mode), "something else")
