"""A trial in content/trials/ as an update finds it: its file, its results, its `.imported/` file.

`.imported/NCT…` holds, for each field, what it was when it came: what the editor changed since is
told by it. It is part of the content and belongs into version control.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from trialpages.content.content_file import read_file
from trialpages.content.listing import is_source
from trialpages.content.writing import BASES, FileChange
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.as_imported import AsImported, Earlier, read_as_imported, write_as_imported
from trialpages.records.model import Trial
from trialpages.records.registry_numbers import called_otherwise, file_name, other_ids
from trialpages.records.trial_file import read_trial
from trialpages.text.commands import command
from trialpages.text.files import RESULTS, TRIAL_SUFFIXES, SourcePath

EXPLANATION = f"{BASES}/README.md"

_README = f"""\
# What each record was when it came

Made by `{command("import")}`, `{command("fetch")}` and `{command("sync")}`: a file for each trial,
with each field as the registry had it and a fingerprint of it. By them an update tells what an
editor has changed since, and leaves that alone; and a page says what is this site's correction, and
what the registry says. Commit this folder together with the trials, and don't edit it. If it is
lost, the next update says for which trials, and how to get it back.
"""


@dataclass(frozen=True, slots=True)
class TrialFolder:
    """A trial that is there."""

    path: Path
    content: bytes
    """Of its file, as it is."""
    text: str
    """The same with `\\n` at the ends of its lines."""
    trial: Trial
    base: Mapping[str, str] | None
    """Digests of what was imported last; None where nobody knows."""
    said: Mapping[str, Any]
    """What was imported last, of the fields of which that is known."""
    earlier: Earlier
    results: Any | None

    @property
    def was_imported(self) -> bool:
        """Whether its file came from a source; else an editor wrote it."""
        source = self.trial.source
        return source is not None and source.sha256 is not None

    def changed(self, text: str) -> Iterator[FileChange]:
        """The file with another text, its lines ending as they do."""
        content = text.encode()
        if b"\r\n" in self.content:
            content = content.replace(b"\n", b"\r\n")
        if text != self.text:
            yield FileChange(self.path, content)


def read_folder(path: Path) -> TrialFolder | None:
    """The trial in a file; None where there is no such file.

    Raises ContentFailure where the file holds no trial, MachineFailure where the disk fails.
    """
    content = read_bytes(path)
    if content is None:
        return None
    found = read_trial(content, str(path))
    if found.trial is None:
        raise ContentFailure(*found.problems)
    text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    known = _as_imported(path)
    base, values = (known.digests, known) if known else (None, AsImported({}))
    results = _results(path)
    return TrialFolder(
        path, content, text, found.trial, base, values.values, values.earlier, results
    )


def read_bytes(path: Path) -> bytes | None:
    """A file's bytes, None where there is none. Raises as `read_file` does."""
    if not os.path.lexists(path):
        return None
    return read_file(SourcePath(str(path), str(path)))


def trial_file(trials: Path, name: str) -> Path:
    """A trial's file: the one that is there, or else a Markdown file."""
    found = tuple(trials / f"{name}{suffix}" for suffix in TRIAL_SUFFIXES)
    return next((path for path in found if path.exists()), found[0])


def in_deeper_folders(trials: Path) -> dict[str, Path]:
    """The trials that lie in folders below the one where imports go, by their files' names."""
    if not trials.is_dir():
        return {}
    folders = (one for one in os.scandir(trials) if one.is_dir(follow_symlinks=False))
    found = (
        path
        for folder in folders
        if is_source(folder.name)
        for path in sorted(Path(folder.path).rglob("*"))
    )
    return {path.stem: path for path in found if path.suffix in TRIAL_SUFFIXES}


@dataclass(frozen=True, slots=True)
class Names:
    """By which numbers the trials that are there go."""

    aliases: Mapping[str, Path]
    """The other numbers of trials, and the file of each."""
    misnamed: Mapping[str, Path]
    """Numbers that stand in files which are called otherwise."""


def read_names(trials: Path) -> Names:
    """What the files themselves say: a file may have been renamed, the trial in it was not."""
    aliases, misnamed = dict[str, Path](), dict[str, Path]()
    for path in sorted(trials.glob("*")):
        if path.suffix not in TRIAL_SUFFIXES or not is_source(path.name):
            continue
        content = read_bytes(path) or b""
        if _HAS_ALIASES.search(content):  # few have, and reading all as trials takes long
            trial = read_trial(content, str(path)).trial
            aliases |= dict.fromkeys(other_ids(trial) if trial else (), path)
        if is_misnamed(number := number_in(content), path):
            misnamed[number] = path
    return Names(aliases, misnamed)


def number_in(content: bytes) -> str:
    """The number that a trial's file says; '' where it says none."""
    found = _NUMBER.search(content)
    return found[1].decode() if found else ""


def is_misnamed(number: str, path: Path) -> bool:
    """Whether a file is called otherwise than the number of the trial in it asks for."""
    return bool(number) and file_name(number) != path.stem


def misnamed(number: str, path: Path) -> Problem:
    """What is wrong with such a file."""
    wanted = path.with_name(file_name(number) + path.suffix)
    message = f"the trial in this file is {number}, and the file is called otherwise"
    hint = called_otherwise(number, path.stem, path.suffix)
    if wanted.exists():
        hint = (
            f"{wanted.name} is there too: keep in it what you want of this file, then remove "
            "this one"
        )
    return Problem("file-name", "error", message, Where(str(path)), hint)


_NUMBER = re.compile(rb"^nct_id:[ \t]*[\"']?([A-Za-z0-9/-]{1,100})(?![A-Za-z0-9/-])", re.MULTILINE)
"""Of a length that a file's name may have."""
_HAS_ALIASES = re.compile(rb"^(?:nct_id_)?aliases[ \t]*:", re.MULTILINE)


# --- beside the trial's file --------------------------------------------------------------------


def results_file(path: Path) -> Path:
    return path.with_name(path.stem + RESULTS)


def base_path(path: Path) -> Path:
    return path.parent / BASES / path.stem


def base_change(path: Path, imported: AsImported) -> FileChange:
    return FileChange(base_path(path), write_as_imported(imported))


def explanation(trials: Path) -> Iterator[FileChange]:
    """What the folder is for, written once."""
    path = trials / EXPLANATION
    if not path.exists():
        yield FileChange(path, _README.encode())


def results_change(path: Path, results: Any | None) -> FileChange:
    if results is None:
        return FileChange(results_file(path), None)
    text = bytes(msgspec.json.format(msgspec.json.encode(results), indent=1))
    return FileChange(results_file(path), text + b"\n")


def _as_imported(path: Path) -> AsImported | None:
    content = read_bytes(base_path(path))
    return None if content is None else read_as_imported(content)


def _results(path: Path) -> Any | None:
    try:
        content = read_bytes(results_file(path))
        return None if content is None else msgspec.json.decode(content)
    except (ContentFailure, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None  # the build says what is wrong with it; an update makes it anew
