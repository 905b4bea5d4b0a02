"""Files of the index by the thousand: by name, since a Path costs as much as the file itself."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from pathlib import Path


def read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


def files_below(folder: Path) -> list[str]:
    """The paths of all files below a folder, in order, with slashes."""
    top = str(folder)
    found = (
        f"{parent}/{name}"[len(top) + 1 :].replace(os.sep, "/")
        for parent, _, names in os.walk(top)
        for name in names
    )
    return sorted(found)


_NOTHING = re.compile(r"(?!)")


def link_tree(source: Path, target: Path, *, but: re.Pattern[str] = _NOTHING) -> None:
    """The files of a folder in another place, as hard links where the disk has them.

    Those named as `but` says stay behind.
    """
    for folder, _, names in os.walk(source):
        to = target / Path(folder).relative_to(source)
        to.mkdir(parents=True, exist_ok=True)
        for name in names:
            if not but.fullmatch(name):
                link(f"{folder}/{name}", f"{to}/{name}")


def link(source: str, target: str) -> None:
    with contextlib.suppress(OSError):
        os.chmod(source, 0o644)  # noqa: PTH101 (Pagefind's own umask shall not show in the site)
        os.link(source, target)
        return
    shutil.copyfile(source, target)
