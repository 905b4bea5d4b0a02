"""The note in a trial's file that keeps a conflict open: a field that its editor and its registry
have both changed. It holds the registry's whole value on one line; of a list in which other entries
came together, those entries that both changed."""

from __future__ import annotations

import json
from typing import Any

from trialpages.records.model import ImportNote, Trial
from trialpages.records.note_codes import CONFLICT

_SAYS = "The registry now says: "
_SAYS_OF_ENTRIES = "The registry now says of what was changed here too: "


def conflict_note(field: str, whole: str) -> ImportNote:
    """`whole` is the registry's value, on one line."""
    return ImportNote(field=field, code=CONFLICT, message=f"{_SAYS}{whole}")


def entries_note(field: str, whole: str) -> ImportNote:
    """The same of some entries of a list: `whole` is their JSON."""
    return ImportNote(field=field, code=CONFLICT, message=f"{_SAYS_OF_ENTRIES}{whole}")


def is_of_entries(note: ImportNote) -> bool:
    return note.message.startswith(_SAYS_OF_ENTRIES)


def conflict_notes(trial: Trial) -> tuple[ImportNote, ...]:
    return tuple(note for note in trial.import_notes if note.code == CONFLICT)


def registry_words(note: ImportNote) -> str:
    """What the registry says, whole and on one line, in the note of a conflict."""
    return note.message.removeprefix(_SAYS_OF_ENTRIES).removeprefix(_SAYS)


def registry_value(note: ImportNote) -> Any:
    """The same where it is a list or a group of fields, which stand there as JSON; else None."""
    try:
        return json.loads(registry_words(note))
    except (json.JSONDecodeError, RecursionError):
        return None


def entries_of(note: ImportNote) -> list[Any]:
    """The registry's entries in a note of some; none in another, or in one that was spoilt."""
    found = registry_value(note) if is_of_entries(note) else None
    return found if isinstance(found, list) else []
