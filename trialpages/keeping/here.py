"""The trials that are in content/, as far as it takes to see what is newer at a registry.

Only a few lines of each file are looked for, which takes a twentieth of reading it as a trial.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trialpages.content.content_file import read_file
from trialpages.content.listing import list_folder
from trialpages.content.trial_folder import base_path, is_misnamed, number_in, trial_file
from trialpages.phases.as_it_came import says_imported
from trialpages.records.registry_numbers import file_name
from trialpages.text.files import TRIAL_SUFFIXES


@dataclass(frozen=True, slots=True)
class TrialHere:
    """What a trial's file says of itself."""

    id: str
    path: Path
    updated: str
    """The date of the registry's last change that it has; '' where it has none, where it was made
    of a part of its record, or where nobody knows what the record was when it came: then it is
    asked for as if it were new."""
    is_imported: bool
    """Whether it came from a registry; what an editor wrote by hand is the editor's."""
    has_conflict: bool
    """Whether a value waits to be decided by a person."""
    is_without_base: bool
    """Whether the file in `.imported/` is missing that says what the record was when it came."""
    is_marked_gone: bool
    """Whether a note in it says that its registry has it no more."""


def trials_here(content: Path) -> Mapping[str, TrialHere]:
    """The trials of a content folder by id; none where there is no such folder yet. Of two files of
    one trial the one that is called by its number."""
    return by_id(every_trial(content))


def every_trial(content: Path) -> tuple[TrialHere, ...]:
    """The same file by file."""
    return tuple(_trials(content))


def by_id(trials: Iterable[TrialHere]) -> Mapping[str, TrialHere]:
    # The last one counts.
    found = sorted(trials, key=lambda one: not is_misnamed(one.id, one.path))
    return {one.id: one for one in found}


def _trials(content: Path) -> Iterator[TrialHere]:
    trials = content / "trials"
    for file in list_folder(trials) if trials.exists() else ():
        if file.path.endswith(TRIAL_SUFFIXES):
            path = Path(file.disk)
            yield _trial(path, read_file(file))


def _trial(path: Path, content: bytes) -> TrialHere:
    updated = _UPDATED.search(content)
    is_imported = says_imported(content)
    number = number_in(content) or path.stem
    # A file that was renamed left that of its number there.
    bases = {base_path(path), base_path(trial_file(path.parent, file_name(number)))}
    is_without_base = is_imported and not any(map(os.path.lexists, bases))
    is_cut = _CUT.search(content) is not None
    return TrialHere(
        id=number,
        path=path,
        updated=updated[1].decode() if updated and not (is_without_base or is_cut) else "",
        is_imported=is_imported,
        is_without_base=is_without_base,
        has_conflict=_CONFLICT.search(content) is not None,
        is_marked_gone=_GONE.search(content) is not None,
    )


_UPDATED = re.compile(
    rb"^last_update_post_date:[ \t]*(?:\r?\n[ \t]+(?:type:.*\r?\n[ \t]+)?date:[ \t]*)?"
    rb"[\"']?(\d{4}(?:-\d\d){0,2})",
    re.MULTILINE,
)
_CONFLICT = re.compile(rb"^[ \t]+(?:- )?code:[ \t]*conflict[ \t]*\r?$", re.MULTILINE)
_CUT = re.compile(rb"^[ \t]+(?:- )?code:[ \t]*cut-record[ \t]*\r?$", re.MULTILINE)
_GONE = re.compile(rb"^[ \t]+(?:- )?code:[ \t]*gone[ \t]*\r?$", re.MULTILINE)
