"""What lies in a folder of the user's: its files by name. Links and unusable names are refused.

Content may come from strangers, and a link in it would publish what lies outside. So none is
followed, at any depth.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trialpages.content.content_file import disk_errors, not_a_file
from trialpages.content.strays import FOLDERS
from trialpages.problems import ContentFailure, Problem, Where, unseen, visible
from trialpages.text.files import TRIAL_SUFFIXES, SourcePath
from trialpages.text.spelling import KEPT_BY_WINDOWS

MOST_BYTES = 200
"""Of a name. Disks have room for 255, and names that are made from it are longer."""

_PLAIN = re.compile(r"[A-Za-z0-9._ -]*[A-Za-z0-9_-]")
_WINDOWS_KEEPS = re.compile(rf"({KEPT_BY_WINDOWS}|com[¹²³]|lpt[¹²³]) *(?:\..*)?", re.IGNORECASE)
"""What it takes for a device, whatever the ending."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in content/."""

    folders: Mapping[str, tuple[SourcePath, ...]]
    """The files of each folder that something is made of, by the folder's name."""
    beside: tuple[str, ...]
    """The names of all else, a folder's with a slash at its end."""


def list_content(content: Path) -> Listing:
    """What lies in content/ and in the folders that something is made of.

    Raises ContentFailure with a problem for each link, pipe or device, and for each name that a
    file can't have everywhere; MachineFailure where the disk fails.
    """
    found = {entry.name: entry for entry in _entries(str(content), _shown(content))}
    known = [one for name, one in found.items() if name in FOLDERS]
    walked = {one.name: list(_below(one)) for one in known}
    others = [one for name, one in found.items() if name not in FOLDERS]
    _refuse([*(one.problem for one in others), *_problems_in(walked)])
    beside = (f"{one.name}/" if one.is_folder else one.name for one in others)
    return Listing({name: _files(walked.get(name, [])) for name in FOLDERS}, tuple(beside))


def list_folder(folder: Path) -> tuple[SourcePath, ...]:
    """All files of a folder and of those in it, by name. Raises as `list_content` does."""
    found = list(_walk(str(folder), _shown(folder)))
    _refuse(one for one in found if isinstance(one, Problem))
    return _files(found)


def refuse_links(folders: Iterable[Path]) -> None:
    """Raise ContentFailure where one of these is a link: what is written would go elsewhere."""
    for folder in folders:
        with disk_errors(folder):
            if os.path.lexists(folder) and is_link(os.lstat(folder)):
                raise ContentFailure(not_a_file(str(folder), stat.S_IFLNK))


def refuse_links_before(folder: Path, name: str) -> None:
    """Raise ContentFailure where a folder between `folder` and a file in it is a link."""
    refuse_links(folder / parent for parent in Path(name).parents if parent.name)


def is_source(name: str) -> bool:
    """Whether a file is the user's own; hidden and editors' temporary files are not."""
    return not name.startswith((".", "#")) and not name.endswith(("~", ".swp", ".tmp"))


def is_link(info: os.stat_result) -> bool:
    """Whether `lstat` saw a link, or what Windows calls a junction."""
    if sys.platform == "win32" and info.st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT:
        return True
    return stat.S_ISLNK(info.st_mode)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    disk: str
    path: str
    """As the messages call it."""
    is_folder: bool
    problem: Problem | None


def _entries(folder: str, shown: str) -> Iterator[_Entry]:
    """The user's own files and folders in a folder."""
    with disk_errors(folder), os.scandir(folder) as entries:
        listed = [(entry, *_kind(entry)) for entry in entries if is_source(entry.name)]
    for entry, is_folder, odd in listed:
        path = f"{shown}/{entry.name}" if shown else entry.name
        problem = not_a_file(path, odd) if odd else _name_problem(entry.name, path)
        yield _Entry(entry.name, entry.path, path, is_folder, problem)


def _kind(entry: os.DirEntry[str]) -> tuple[bool, int]:
    """Whether it is a folder; and the mode of what is neither that nor a file, else 0."""
    is_folder = entry.is_dir(follow_symlinks=False)
    plain = is_folder or entry.is_file(follow_symlinks=False)
    if plain and sys.platform != "win32":
        return is_folder, 0
    info = entry.stat(follow_symlinks=False)
    if is_link(info):
        return False, stat.S_IFLNK
    return is_folder, 0 if plain else info.st_mode


def _walk(folder: str, shown: str) -> Iterator[SourcePath | Problem]:
    for entry in _entries(folder, shown):
        if entry.problem:
            yield entry.problem
        elif entry.is_folder and entry.name.endswith(TRIAL_SUFFIXES):
            message = "this must be a file, by its name, and is a folder"
            hint = "give the folder a name without an ending"
            yield Problem("not-a-file", "error", message, Where(entry.path), hint)
        elif entry.is_folder:
            yield from _walk(entry.disk, entry.path)
        else:
            yield SourcePath(entry.path, entry.disk)


def _below(entry: _Entry) -> Iterator[SourcePath | Problem]:
    """What is in a folder of content/ that something is made of."""
    if entry.problem:
        yield entry.problem
    elif entry.is_folder:
        yield from _walk(entry.disk, entry.path)
    else:
        message = f"{entry.name} must be a folder, and is a file"
        hint = "give the file another name"
        yield Problem("not-a-folder", "error", message, Where(entry.path), hint)


def _problems_in(walked: Mapping[str, Iterable[SourcePath | Problem]]) -> Iterator[Problem]:
    for found in walked.values():
        yield from (one for one in found if isinstance(one, Problem))


def _refuse(problems: Iterable[Problem | None]) -> None:
    """Raise ContentFailure where there are any."""
    found = sorted(filter(None, problems), key=lambda one: str(one.where))
    if found:
        raise ContentFailure(*found)


def _files(found: Iterable[SourcePath | Problem]) -> tuple[SourcePath, ...]:
    files = (one for one in found if isinstance(one, SourcePath))
    return tuple(sorted(files, key=lambda file: file.disk))


def _shown(folder: Path) -> str:
    """The folder's name for messages, which must be UTF-8."""
    return visible(folder.name)


def _name_problem(name: str, path: str) -> Problem | None:
    """Why no file can have the name on every disk, and in an address."""
    if kept := _WINDOWS_KEEPS.fullmatch(name):
        return _bad_name(f"Windows keeps the name `{kept[1]}` for itself", path)
    if len(name) <= MOST_BYTES and _PLAIN.fullmatch(name):
        return None
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return _bad_name("the name isn't UTF-8", path)
    if sign := unseen(name):
        return _bad_name(f"the name holds a sign that can't be seen, U+{ord(sign):04X}", path)
    if sign := next((one for one in name if one in '\\:<>"|?*'), ""):
        return _bad_name(f"the name holds `{sign}`, which some disks can't store", path)
    if name.endswith((".", " ")):
        return _bad_name("the name ends in a dot or a blank, which Windows leaves out", path)
    if size > MOST_BYTES:
        return _bad_name(f"the name has {size} bytes; {MOST_BYTES} is the most", path)
    return None


def _bad_name(message: str, path: str) -> Problem:
    hint = "give it a short name of letters, digits, `-` and `.`"
    return Problem("bad-name", "error", message, Where(path), hint)
