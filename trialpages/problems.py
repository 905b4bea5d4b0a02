"""What can be wrong, where it is, and how it looks to the person who has to mend it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from trialpages.characters import PILED

_EXCERPT_WIDTH = 100
"""Characters of a line that are shown."""

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file. Lines and columns count from 1, columns in characters."""

    path: str
    line: int | None = None
    column: int | None = None
    source: str | None = None
    """The text of the line, for the caret to point into; of a long one, the part around it."""
    length: int = 1
    """How many characters the caret underlines."""
    field: tuple[str | int, ...] = ()
    """The place as a path of fields, for whoever knows the file to find its line."""
    start: int = 0
    """How many characters of the line stand before `source`."""

    def __post_init__(self) -> None:
        """Keep of a line only what can be shown: a file may be one line with many problems."""
        if self.source is not None and len(self.source) > _EXCERPT_WIDTH:
            start = max(0, (self.column or 1) - 1 - self.start - _EXCERPT_WIDTH // 2)
            object.__setattr__(self, "source", self.source[start : start + _EXCERPT_WIDTH])
            object.__setattr__(self, "start", self.start + start)

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
    details: tuple[str, ...] = ()
    """Further lines of the message: what differs, what was found."""

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> Iterator[str]:
        """The problem as the terminal shows it: place, message, source line, caret, hint.

        What it quotes of content breaks no line and moves no cursor: see `visible`.
        """
        head = f"{self.where}  " if self.where else ""
        yield visible(f"{head}{self.severity}: {self.message}")
        for line in self.details:
            yield f"    {visible(line)}"
        if self.where:
            yield from _excerpt(self.where)
        if self.hint:
            yield f"    → {visible(self.hint)}"


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


class WishFailure(ContentFailure):
    """The file that says what is to be brought here can't be understood, so that nothing was begun:
    exit status 2."""

    exit_status = 2


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


_MOST_OF_A_KIND = 100


def first_of_each(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first hundred problems of each kind in a file, and how many more there are."""
    found: Counter[tuple[str, Severity, str]] = Counter()
    for problem in problems:
        kind = problem.where.path if problem.where else "", problem.severity, problem.code
        found[kind] += 1
        if found[kind] <= _MOST_OF_A_KIND:
            yield problem
    for (path, severity, code), number in found.items():
        if number > _MOST_OF_A_KIND:
            message = f"{number - _MOST_OF_A_KIND:,} more of these"
            yield Problem(code, severity, message, Where(path) if path else None)


# --- what is quoted -----------------------------------------------------------------------------

_MOST_SHOWN = 2_000
_QUOTED = 120

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of what can't be seen: controls, marks of format, lone surrogates, ends of
lines and paragraphs."""
_JOINERS = "\u200c\u200d"
"""Persian, the scripts of India and emoji are written with these, and they turn no text round."""
COMMAND_INSIDE = re.compile(r"##(?=\w*\[)")
_COMMAND = re.compile(rf"^\s*::|{COMMAND_INSIDE.pattern}")
"""What CI systems take for a command of the program whose output they read."""


def visible(text: str) -> str:
    """One line of a message in which content can't act on a terminal, or on who reads a log.

    What can't be seen is shown as an escape (`\\x1b`, `\\u202e`), as are marks that pile up and the
    beginning of what CI systems take for commands; the middle of what is longer than anybody reads
    is left out.
    """
    if len(text) > _MOST_SHOWN:
        half, more = _MOST_SHOWN // 2, len(text) - _MOST_SHOWN
        text = f"{text[:half]} … ({more:,} characters more) … {text[-half:]}"
    if not text.isprintable():
        text = "".join(map(_shown, text))
    if not text.isascii():
        text = PILED.sub(lambda mark: f"{mark[0]!a}"[1:-1], text)
    if ":" in text or "#" in text:
        text = _COMMAND.sub(_disarmed, text)
    return text


def unseen(text: str) -> str:
    """The first sign of a text that can't be seen, or ''."""
    if text.isprintable():
        return ""
    return next((sign for sign in text if _is_unseen(sign)), "")


def _is_unseen(sign: str) -> bool:
    return sign not in _JOINERS and unicodedata.category(sign) in _UNSEEN


def _shown(sign: str) -> str:
    if not _is_unseen(sign):
        return sign
    code = ord(sign)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a name that isn't UTF-8
        return f"\\x{code - 0xDC00:02x}"
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(sign)
    return named or f"{sign!a}"[1:-1]


def _disarmed(command: re.Match[str]) -> str:
    spaces = command[0].rstrip(":#")
    sign = command[0][len(spaces)]
    return f"{spaces}\\x{ord(sign):02x}{command[0][len(spaces) + 1 :]}"


def quoted(text: str) -> str:
    """A text of the content inside a message, cut where it is long: `` `Rest …` ``."""
    return f"`{text if len(text) <= _QUOTED else text[: _QUOTED - 1] + '…'}`"


def _excerpt(where: Where) -> Iterator[str]:
    """The source line around the column with a caret below, at most 100 characters wide."""
    if where.source is None or where.line is None:
        return
    at = max(0, (where.column or 1) - 1 - where.start)
    text = where.source.replace("\t", " ")
    before, marked = text[:at], text[at:][: max(1, where.length)]
    gutter = f"  {where.line} | "
    yield gutter + visible(text)
    yield " " * (len(gutter) + _cells(visible(before))) + "^" * max(1, _cells(visible(marked)))


def _cells(text: str) -> int:
    """How wide a terminal shows a text: letters of Chinese, Japanese and Korean take two cells, a
    mark on a letter none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.category(sign) in ("Mn", "Me") for sign in text)
