"""Which trials each query found the last time: one file a query, an id a line.

Without it nobody could say which trials have left an answer. The files are committed with the
content: they change only where an answer does.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from trialpages.import_report import FileChange
from trialpages.writing import BASES, write


def answers_folder(content: Path) -> Path:
    return content / "trials" / BASES / "queries"


def last_answer(content: Path, name: str) -> frozenset[str] | None:
    """The ids that a query found the last time; None where it was never asked."""
    try:
        text = (answers_folder(content) / name).read_text("utf-8")
    except FileNotFoundError:
        return None
    return frozenset(line.strip() for line in text.splitlines() if line.strip())


def write_answer(content: Path, name: str, ids: Collection[str]) -> None:
    """Keep what a query found. Raises MachineFailure."""
    lines = "".join(f"{one}\n" for one in sorted(ids))
    write(FileChange(answers_folder(content) / name, lines.encode()))
