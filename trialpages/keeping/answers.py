"""Which trials each query found the last time: one file a query, an id a line.

Without it nobody could say which trials have left an answer. The files are committed with the
content: they change only where an answer does.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from trialpages.content.trial_folder import read_bytes
from trialpages.content.writing import BASES, FileChange, write


def answers_folder(content: Path) -> Path:
    return content / "trials" / BASES / "queries"


def last_answer(content: Path, name: str) -> frozenset[str] | None:
    """The ids that a query found the last time; None where it was never asked. Raises as
    `read_file` does."""
    found = read_bytes(answers_folder(content) / name)
    if found is None:
        return None
    lines = found.decode("utf-8", "replace").splitlines()
    return frozenset(line.strip() for line in lines if line.strip())


def write_answer(content: Path, name: str, ids: Collection[str]) -> None:
    """Keep what a query found. Raises MachineFailure."""
    lines = "".join(f"{one}\n" for one in sorted(ids))
    write(FileChange(answers_folder(content) / name, lines.encode()))
