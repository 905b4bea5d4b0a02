"""What the terminal shows: problems, counts, progress. The verbs print through here."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import click

from trialpages.machine.progress import Progress
from trialpages.problems import COMMAND_INSIDE, Failure, Problem, visible

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_MOST = {"error": 200, "warning": 3, "note": 3}
"""Of one kind, in all files together: an error is to be mended, a warning to be known."""

_Kind = tuple[str, str]
"""Severity and code."""


class Published(int):
    """0, of a verb that has put a site in place: whatever it can't say any more, it stays 0."""


def say(text: str) -> None:
    """Print a line for a person, in which content can't act on the terminal."""
    click.echo(visible(text), err=True)


def say_fields(fields: Mapping[str, object]) -> None:
    """Print a line of JSON for a program, in ASCII: it acts on no terminal, and fits any.

    A sign that would begin a command of a CI system's is written as JSON may write any.
    """
    click.echo(COMMAND_INSIDE.sub(r"\\u0023#", json.dumps(fields)))


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def show_problems(problems: Sequence[Problem], closing: str = "; nothing was written") -> None:
    """Problems in words for a person, errors first; in a workflow also beside their lines.

    `closing` is said behind the number of errors; without one the number isn't said either.
    """
    ordered = _by_weight(problems)
    _print_problems(ordered, closing)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for problem in _first_of_kinds(ordered)[0]:
            click.echo(annotation(problem))


def list_problems(problems: Sequence[Problem]) -> None:
    """Problems for a program, errors first: a line of JSON each."""
    for problem in _by_weight(problems):
        say_fields(problem_fields(problem))


def _by_weight(problems: Sequence[Problem]) -> list[Problem]:
    """Errors first, then what may deceive who reads a page: not all warnings are shown."""
    return sorted(
        problems,
        key=lambda problem: (problem.severity != "error", problem.code not in _DECEIVES),
    )


_DECEIVES = (
    *("posing-link", "look-alike", "disguised-host", "bidi-control", "unseen-sign", "unread-age"),
    *("twice-registered", "foreign-source", "takes-nobody", "ages", "checked-later", "misplaced"),
    *("also-unfounded", "also-taking", "also-tangled"),
)


@contextmanager
def reporting(show: Callable[[Sequence[Problem]], None] = show_problems) -> Iterator[None]:
    """Show the problems of a Failure in the with-block and end with its status."""
    try:
        yield
    except Failure as failure:
        show(failure.problems)
        raise click.exceptions.Exit(failure.exit_status) from None


def problem_fields(problem: Problem) -> dict[str, str | int | None]:
    """A problem as `--json` prints it: lines and columns count from 1, columns in characters."""
    where = problem.where
    return {
        "severity": problem.severity,
        "code": problem.code,
        "path": where.path if where else None,
        "line": where.line if where else None,
        "column": where.column if where else None,
        "length": where.length if where and where.column else None,
        "message": "\n".join((problem.message, *problem.details)),
        "hint": problem.hint,
    }


def _print_problems(ordered: Sequence[Problem], closing: str) -> None:
    """The first problems of each kind, with counts of the rest."""
    errors = sum(problem.severity == "error" for problem in ordered)
    for some in (ordered[:errors], ordered[errors:]):
        shown, more = _first_of_kinds(some)
        print_each(shown)
        for (severity, code), number in more.items():
            say(f"… and {count(number, f'more {severity}')} of the kind {code}")
    if errors and closing:
        say(f"{count(errors, 'error')}{closing}")


def _first_of_kinds(problems: Sequence[Problem]) -> tuple[list[Problem], Counter[_Kind]]:
    """The problems without those of a kind that nobody reads any more, and how many these are by
    kind. Of one file `first_of_each` has left few; there may be many files."""
    found, shown = Counter[_Kind](), list[Problem]()
    for problem in problems:
        kind = problem.severity, problem.code
        found[kind] += 1
        if found[kind] <= _MOST[problem.severity]:
            shown.append(problem)
    return shown, found - Counter({kind: _MOST[kind[0]] for kind in found})


def print_each(problems: Sequence[Problem]) -> None:
    for problem in problems:
        text, word = str(problem), f"{problem.severity}:"
        coloured = click.style(word, fg=_COLOURS[problem.severity], bold=True)
        click.echo(text.replace(word, coloured, 1), err=True)  # it has the lines it is to have


# --- GitHub Actions -----------------------------------------------------------------------------

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def annotation(problem: Problem) -> str:
    """The workflow command by which GitHub shows a problem beside its line."""
    where = problem.where
    place = {"file": where.path, "line": where.line, "col": where.column} if where else {}
    named = {**place, "title": problem.code}
    fields = ",".join(f"{name}={_property(value)}" for name, value in named.items() if value)
    said = "%0A".join(map(_escaped, (problem.message, *problem.details)))
    hint = f" → {_escaped(problem.hint)}" if problem.hint else ""
    return f"::{_LEVELS[problem.severity]} {fields}::{said}{hint}"


def _escaped(text: str) -> str:
    """A line of content's in the runner's own escapes: `%0A` would else be read as a line's end."""
    return visible(text).replace("%", "%25")


def _property(value: object) -> str:
    return _escaped(str(value)).replace(":", "%3A").replace(",", "%2C")


# --- progress -----------------------------------------------------------------------------------


@contextmanager
def progress_display(quiet: bool) -> Iterator[Progress]:
    """A progress display on a terminal; silence elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
    from rich.progress import Progress as Display

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Display(*columns, console=Console(stderr=True), transient=True) as display:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = display.add_task(stage, total=total or None)
            display.update(tasks[stage], completed=done)

        yield show
