"""That what is written lies apart from what is read: a site is replaced whole at every build.

Folders are compared as the disk knows them: by any path that leads there, in any case of letters.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from trialpages.machine.disk import look, state_beside
from trialpages.machine.disk_words import explained
from trialpages.machine.file_kinds import kind_of
from trialpages.problems import CallFailure, Problem


def refuse_together(site: Path, sources: Mapping[str, Path]) -> None:
    """Raise CallFailure where the site, or the state folder beside it, and one of the folders that
    it is made from, by option, are one folder or inside each other; and where no site can be."""
    whole = Path(os.path.realpath(site))
    if not whole.name or ".git" in whole.parts:
        message = f"the site can't be {site}: that folder is the system's or git's"
        hint = "choose a folder of its own with --site: a site's folder is replaced at every build"
        raise CallFailure(Problem("folders-overlap", "error", message, hint=hint))
    state = state_beside(whole)
    for option, source in sources.items():
        if is_inside(whole, source):
            how = "is" if is_inside(source, whole) else "lies inside"
        elif is_inside(source, whole):
            how = "holds"
        elif is_inside(source, state):
            how = "has its state in"
        else:
            continue
        message = f"the site {site} {how} the folder {source}, which it is made from (--{option})"
        hint = "choose a folder beside it with --site: a site's folder is replaced at every build"
        raise CallFailure(Problem("folders-overlap", "error", message, hint=hint))


def refuse_output(path: Path, option: str, folders: Mapping[str, Path]) -> None:
    """Raise CallFailure where a file that is to be written can't be one, or lies inside one of
    these folders."""
    refuse_other_than_file(path, f"choose another name with --{option}")
    for name, folder in folders.items():
        if is_inside(path, folder):
            message = f"{path} lies inside the folder {folder} (--{name})"
            hint = f"choose a file elsewhere with --{option}"
            raise CallFailure(Problem("folders-overlap", "error", message, hint=hint))


def refuse_other_than_file(path: Path, hint: str) -> None:
    """Raise CallFailure where a file that is to be written would take the place of a device, a
    pipe, a folder or a link: none of them would ever come back."""
    with explained("look at", path):
        info = look(path)
    if info is None or stat.S_ISREG(info.st_mode):
        return
    message = f"{path} is {kind_of(info.st_mode)} and no file, so it won't be replaced"
    raise CallFailure(Problem("not-a-file", "error", message, hint=hint))


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path, which need not be there, is a folder or lies somewhere in it."""
    real = Path(os.path.realpath(folder))
    wanted = _identity(real)
    return any(one == real or (wanted and _identity(one) == wanted) for one in _upwards(path))


def _upwards(path: Path) -> Iterator[Path]:
    real = Path(os.path.realpath(path))
    yield real
    yield from real.parents


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        info = path.stat()
    except (OSError, ValueError):
        return None
    return info.st_dev, info.st_ino
