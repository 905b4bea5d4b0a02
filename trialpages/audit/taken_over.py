"""Copies of shipped templates, styles and scripts that aren't what is shipped by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from trialpages import __version__
from trialpages.content.reading import SourceFile, own_files, shipped_files
from trialpages.problems import Problem, Where
from trialpages.templating.taken_over import mark_of, note_in


def check_taken_over(folders: Mapping[str, Path]) -> Iterator[Problem]:
    """What has moved on below the copies in the folders of `templates` and `theme`."""
    for kind, folder in folders.items():
        current = {file.name: mark_of(file.content) for file in shipped_files(kind)}
        for file in own_files(folder, kind):
            yield from _checked(file, kind, current.get(file.name))


def _checked(file: SourceFile, kind: str, mark: str | None) -> Iterator[Problem]:
    note = note_in(file.content)
    if note is None or note.mark == mark:
        return
    name = f"{kind}/{file.name}"
    if mark is None:
        message = f"this is a copy of {name} of trialpages {note.version}, which has none any more"
        hint = "see in CHANGELOG.md what stands in its place, then remove this file"
    else:
        message = f"this is a copy of {name} of trialpages {note.version}; another is shipped now"
        hint = (
            f"`eject {name} --{kind} new` writes it to new/: carry over what is new there, "
            f"then write `trialpages {__version__} ({mark})` here"
        )
    yield Problem("moved-on", "warning", message, Where(file.path, 1), hint)
