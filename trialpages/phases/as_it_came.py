"""What a record said when it came, read for the page of a trial that an editor has changed."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from trialpages.content.content_file import read_beginning, read_file
from trialpages.content.listing import refuse_links
from trialpages.content.writing import (
    BASES,
    beside_half_written,
    check_unfinished,
    is_half_written,
)
from trialpages.problems import ContentFailure, MachineFailure, Problem, Where
from trialpages.records.registry_numbers import file_name
from trialpages.state.cache import Signature, rested, signature
from trialpages.text.files import SourcePath

_FIRST_LINE = 32
"""Bytes that hold it."""


def read_as_it_came(file: SourcePath, content: bytes) -> bytes:
    """The file in `.imported/` of a trial whose own file holds `content`; nothing where there is
    none, or where no editor has changed the trial since it came. Where a run was killed while it
    wrote the two, that of the version which the trial's file is.

    Raises ContentFailure for what can't be such a file, MachineFailure where the disk fails.
    """
    folder, slash, name = file.disk.rpartition(os.sep)  # pathlib takes longer than all the rest
    came = f"{folder}{slash}{BASES}"
    path = f"{came}{os.sep}{name.rpartition('.')[0]}"
    if not os.path.lexists(path):
        return b""
    from trialpages.records.as_imported import is_as_imported

    beside = path_as_it_came(file)
    if is_as_imported(content, read_beginning(beside, _FIRST_LINE)):
        return b""
    refuse_links([Path(came)])
    if not is_half_written(Path(file.disk)):
        return read_file(beside)
    noted = beside_half_written(Path(file.disk), content)
    return b"" if is_as_imported(content, noted[:_FIRST_LINE]) else noted


def path_as_it_came(file: SourcePath) -> SourcePath:
    """Where what a trial's record said when it came is kept."""

    def beside(path: str, separator: str) -> str:
        folder, slash, name = path.rpartition(separator)
        return f"{folder}{slash}{BASES}{separator}{name.rpartition('.')[0]}"

    return SourcePath(beside(file.path, "/"), beside(file.disk, os.sep))


def check_what_came(content: Path, files: Collection[SourcePath]) -> tuple[Problem, ...]:
    """What keeps the pages of trials from telling this site's corrections from the record."""
    lost = without_what_came(files)
    return (*((say_lost(lost),) if lost else ()), *check_unfinished(content))


def without_what_came(files: Collection[SourcePath]) -> tuple[SourcePath, ...]:
    """The files of trials that came from a registry, and of which `.imported/` has nothing: of one
    that was renamed it has that of the trial's number, and others say what to do."""
    there = {folder: _names(folder) for folder in {_folder(file.disk) for file in files}}
    lacking = [file for file in files if _stem(file.disk) not in there[_folder(file.disk)]]
    return tuple(file for file in lacking if _is_lost(file, there[_folder(file.disk)]))


def _names(folder: str) -> frozenset[str]:
    with suppress(OSError):
        return frozenset(one.name for one in os.scandir(f"{folder}{os.sep}{BASES}"))
    return frozenset()


def _folder(disk: str) -> str:
    return disk.rpartition(os.sep)[0]


def _stem(disk: str) -> str:
    return disk.rpartition(os.sep)[2].rpartition(".")[0]


def _is_lost(file: SourcePath, there: Collection[str]) -> bool:
    content = b""
    with suppress(ContentFailure, MachineFailure):  # the build says what is wrong with it
        content = read_file(file)
    if not says_imported(content):
        return False
    from trialpages.content.trial_folder import number_in

    return file_name(number_in(content) or "") not in there


def says_imported(content: bytes) -> bool:
    """Whether a trial's file came from a source; one that an editor wrote by hand names none."""
    return _SOURCE.search(content) is not None


_SOURCE = re.compile(rb"^source:[ \t]*\r?(?:\n[ \t]+\S.*)*?\n[ \t]+sha256:", re.MULTILINE)


def say_lost(files: Collection[SourcePath]) -> Problem:
    """One warning for all trials of which nobody knows what their records were."""
    first, *_ = files
    folder, names = first.path.rpartition("/")[0], sorted(_stem(file.disk) for file in files)
    shown = ", ".join(names[:_FEW]) + (f" and {len(names) - _FEW:,} more" if names[_FEW:] else "")
    message = (
        f"the file that says what the record was when it came is missing for {shown}: their pages "
        "can't tell this site's corrections from the record"
    )
    lost = f"{folder}/{BASES}"
    hint = f"`sync` makes them anew; or get them back: git checkout HEAD -- {lost}"
    return Problem("no-base", "warning", message, Where(lost), hint)


_FEW = 5


def folder_signature(trials: Path) -> Signature | None:
    """Of the folder `.imported/`, in which every file that is written takes another's place; the
    same wherever there is none. None for one that may still change."""
    try:
        return rested(signature((trials / BASES).stat()))
    except FileNotFoundError:
        return Signature(0, 0, 0, 0)
    except OSError:
        return None
