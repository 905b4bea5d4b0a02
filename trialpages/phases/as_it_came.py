"""What a record said when it came, read for the page of a trial that an editor has changed."""

from __future__ import annotations

import os
from pathlib import Path

from trialpages.content.content_file import read_beginning, read_file
from trialpages.content.listing import is_link
from trialpages.content.writing import BASES
from trialpages.problems import ContentFailure, MachineFailure
from trialpages.records.as_imported import is_as_imported
from trialpages.state.cache import Signature, rested, signature
from trialpages.text.files import SourcePath

_FIRST_LINE = 32
"""Bytes that hold it."""


def read_as_it_came(file: SourcePath, content: bytes) -> bytes:
    """The file in `.imported/` of a trial whose own file holds `content`; nothing where there is
    none, where it can't be read, or where no editor has changed the trial since it came."""
    folder, slash, name = file.disk.rpartition(os.sep)  # pathlib takes longer than all the rest
    came = f"{folder}{slash}{BASES}"
    path = f"{came}{os.sep}{name.rpartition('.')[0]}"
    if not os.path.lexists(path):
        return b""
    beside = SourcePath(path, path)
    try:
        if is_as_imported(content, read_beginning(beside, _FIRST_LINE)):
            return b""
        # What a link leads to is never published.
        return b"" if is_link(os.lstat(came)) else read_file(beside)
    except (OSError, ContentFailure, MachineFailure):
        return b""


def folder_signature(trials: Path) -> Signature | None:
    """Of the folder `.imported/`, in which every file that is written takes another's place; the
    same wherever there is none. None for one that may still change."""
    try:
        return rested(signature((trials / BASES).stat()))
    except FileNotFoundError:
        return Signature(0, 0, 0, 0)
    except OSError:
        return None
