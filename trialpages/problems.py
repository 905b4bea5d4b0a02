"""What can be wrong, where it is, and how it looks to the person who has to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file. Lines and columns count from 1, columns in characters."""

    path: str
    line: int | None = None
    column: int | None = None
    source: str | None = None
    """The text of the line, for the caret to point into."""
    length: int = 1
    """How many characters the caret underlines."""
    field: tuple[str | int, ...] = ()
    """The place as a path of fields, for whoever knows the file to find its line."""

    def __str__(self) -> str:
        parts = (self.path, self.line, self.column)
        return ":".join(str(part) for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in words for the person who can mend it."""

    code: str
    """A stable name for tools: `unknown-field`."""
    severity: Severity
    message: str
    where: Where | None = None
    hint: str = ""
    """What to do, as an instruction."""

    def __str__(self) -> str:
        """The problem as the terminal shows it: place, message, source line, caret, hint."""
        head = f"{self.where}  " if self.where else ""
        lines = [f"{head}{self.severity}: {self.message}"]
        if self.where:
            lines += _excerpt(self.where)
        if self.hint:
            lines.append(f"    → {self.hint}")
        return "\n".join(lines)


class Failure(Exception):  # noqa: N818  (a failure carries several errors)
    """A verb can't do what it was asked. Carries every problem found, and the exit status."""

    exit_status = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(problem.message for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[Failure], tuple[Problem, ...]]:
        """A worker sends its failure to the build: all of it, not only the message."""
        return type(self), self.problems


class ContentFailure(Failure):
    """The content is at fault: exit status 1."""


class CallFailure(Failure):
    """The call is at fault: exit status 2."""

    exit_status = 2


class MachineFailure(Failure):
    """The machine is at fault (disk, permission, missing tool): exit status 3."""

    exit_status = 3


class BusyFailure(Failure):
    """Another build is running: exit status 4."""

    exit_status = 4


def errors_in(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only the problems that stop a build."""
    return tuple(problem for problem in problems if problem.severity == "error")


_EXCERPT_WIDTH = 100


def _excerpt(where: Where) -> list[str]:
    """The source line around the column with a caret below, at most 100 characters wide."""
    if where.source is None or where.line is None:
        return []
    column = where.column or 1
    start = max(0, column - 1 - _EXCERPT_WIDTH // 2) if len(where.source) > _EXCERPT_WIDTH else 0
    text = where.source[start : start + _EXCERPT_WIDTH].replace("\t", " ")
    gutter = f"  {where.line} | "
    room = max(1, len(text) - (column - 1 - start))
    caret = " " * (len(gutter) + column - 1 - start) + "^" * max(1, min(where.length, room))
    return [gutter + text, caret]
