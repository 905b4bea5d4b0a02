"""The note in a trial's file that keeps a conflict open: a field that its editor and its registry
have both changed. It says in words what the registry changed; the values stand in `.imported/`."""

from __future__ import annotations

from trialpages.records.model import ImportNote, Trial
from trialpages.records.note_codes import CONFLICT
from trialpages.text.commands import command


def conflict_note(trial_id: str, field: str, said: str) -> ImportNote:
    """`said` is what the registry changed, in words."""
    message = (
        f"{said} Write what is right and take this note out; or `{how_to_take(trial_id, field)}` "
        "writes what the registry says, which stands whole in .imported/."
    )
    return ImportNote(field=field, code=CONFLICT, message=message)


def how_to_take(trial_id: str, field: str) -> str:
    """The command that takes the registry's side of a field. A file names the field, so it is
    quoted as a shell wants it."""
    return command("fetch", trial_id, "--take", field)


def conflict_notes(trial: Trial) -> tuple[ImportNote, ...]:
    return tuple(note for note in trial.import_notes if note.code == CONFLICT)
