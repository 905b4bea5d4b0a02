"""Single trials in content/: their names, made a draft, marked as gone from their registry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

import msgspec

from trialpages.content.content_file import read_file
from trialpages.content.trial_folder import read_folder
from trialpages.content.writing import FileChange, write
from trialpages.importers.rewriting import rewritten
from trialpages.keeping.findings import TrialName
from trialpages.keeping.here import TrialHere
from trialpages.keeping.to_do import ToDo
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.model import ImportNote, Trial
from trialpages.records.note_codes import GONE
from trialpages.records.trial_file import read_trial
from trialpages.settings.queries_file import Leaving
from trialpages.text.files import SourcePath


def named(here: TrialHere) -> TrialName:
    """A trial with the title it has; without one where its file can't be read."""
    trial = _trial(here)
    return TrialName(here.id, trial.brief_title if trial else "", str(here.path))


def _trial(here: TrialHere) -> Trial | None:
    return read_trial(_content(here), str(here.path)).trial if here.path.exists() else None


def _content(here: TrialHere) -> bytes:
    return read_file(SourcePath(str(here.path), str(here.path)))


def make_draft(here: TrialHere) -> None:
    """Take a trial off the site by one line; all else in its file stays to the byte.

    Raises ContentFailure for a file with no place for the line, MachineFailure.
    """
    trial = _trial(here)
    if trial is None or trial.draft:
        return
    content = _content(here)
    changed = _with_line(content, here.path.suffix == ".yaml")
    wanted = msgspec.structs.replace(trial, draft=True)
    if read_trial(changed, str(here.path)).trial != wanted:
        where = Where(str(here.path))
        message = "this trial can't be made a draft: there is no place for the line in its file"
        raise ContentFailure(
            Problem("no-place", "error", message, where, "add `draft: true` to its fields")
        )
    write(FileChange(here.path, changed))


def mark_gone(here: TrialHere, day: str) -> None:
    """Note in a trial's file that its registry has it no more, in the data of a day, so that its
    page says so. Raises MachineFailure; a file in which a remark is in the way stays."""
    message = f"The registry no longer shows this trial: its data of {day} don't have it."
    _with_notes(here, (ImportNote(field="nct_id", code=GONE, message=message),))


def unmark_gone(here: TrialHere) -> None:
    """Take that note away. Raises MachineFailure."""
    _with_notes(here, ())


def _with_notes(here: TrialHere, of_gone: tuple[ImportNote, ...]) -> None:
    with suppress(ContentFailure):
        folder = read_folder(here.path)
        if folder is None:
            return
        others = (note for note in folder.trial.import_notes if note.code != GONE)
        after = msgspec.structs.replace(folder.trial, import_notes=(*others, *of_gone))
        for change in folder.changed(rewritten(folder.text, after, str(here.path))):
            write(change)


def _with_line(content: bytes, is_yaml: bool) -> bytes:
    """The file with `draft: true` below its number, or where it says `draft: false`; at the end of
    its fields where its number isn't written plainly."""
    newline = b"\r\n" if b"\r\n" in content else b"\n"
    if _NO_DRAFT.search(content):
        return _NO_DRAFT.sub(rb"\g<1>true", content, count=1)
    line = b"draft: true" + newline
    if _NUMBER.search(content):
        return _NUMBER.sub(lambda number: number[0] + line, content, count=1)
    if is_yaml:
        return content + (b"" if content.endswith(b"\n") else newline) + line
    return _END.sub(lambda end: line + end[0], content, count=1)


_NO_DRAFT = re.compile(rb"^(draft:[ \t]*)false", re.MULTILINE)
_NUMBER = re.compile(rb"^nct_id:[ \t]*[\w\"'].*\n", re.MULTILINE)
_END = re.compile(rb"(?<=\n)---[ \t]*\r?$", re.MULTILINE)


def mark(here: Mapping[str, TrialHere], to_do: ToDo, day: str) -> None:
    """Say in the files of trials that their registry or their query has lost or found them; `day`
    (ISO) is that of the registry's data."""
    for gone in to_do.gone:
        if not here[gone].is_marked_gone:
            mark_gone(here[gone], day)
    for back in to_do.back:
        unmark_gone(here[back])
    for left in to_do.left:
        if left.leaving is Leaving.DRAFT:
            make_draft(here[left.id])
