"""The verbs: arguments, printing, progress, exit status. Nobody else prints."""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from trialpages import __version__
from trialpages.problems import CallFailure, Failure, Problem, errors_in
from trialpages.reading import Folders

FolderOption = click.Path(path_type=Path, file_okay=False)


def main() -> NoReturn:
    """Run the command line; every failure ends in a message and an exit status."""
    try:
        status = cli.main(standalone_mode=False, prog_name="trialpages")
    except Failure as failure:
        _print_problems(failure.problems)
        status = failure.exit_status
    except click.ClickException as error:
        error.show()
        status = 2
    except (click.Abort, KeyboardInterrupt):
        _say("stopped; the site is as it was")
        status = 130
    except OSError as error:
        _say(f"error: {error.strerror or error}: {error.filename or 'the disk'}")
        _say("    → check the disk's room and the permissions, then run this again")
        status = 3
    except Exception as error:  # noqa: BLE001  (the last resort: no traceback reaches a user)
        _say_fault(error)
        status = 3
    sys.exit(status if isinstance(status, int) else 0)


def _say_fault(error: Exception) -> None:
    if os.environ.get("TRIALPAGES_DEBUG"):
        traceback.print_exception(error)
    _say(f"error: a fault in trialpages itself: {type(error).__name__}: {error}")
    _say("    → the site is as it was; set TRIALPAGES_DEBUG=1, run it again, report what it says")


class _BuildByDefault(click.Group):
    """`trialpages` alone, or with options only, builds."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h", "--version")):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_BuildByDefault,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 good, 1 the content is at fault, 2 the call, 3 the machine, "
    "4 another build is running. At any but 0 the site is what it was.",
)
@click.version_option(__version__, prog_name="trialpages")
def cli() -> None:
    """Clinical-trial records become pages that people can trust.

    \b
    build.py                           build content/ into site/
    build.py import record.json        turn a registry record into content/trials/NCT….md
    """


def folder_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The directory flags that hold for every verb."""
    for name, default, text in reversed(
        (
            ("content", "content", "What the site is made from."),
            ("site", "site", "Where the site is built; the tool owns this folder whole."),
            ("templates", "templates", "The page templates."),
            ("theme", "theme", "Style sheet, scripts and pictures."),
        )
    ):
        option = click.option(
            f"--{name}", type=FolderOption, default=default, show_default=True, help=text
        )
        command = option(command)
    return command


# --- build --------------------------------------------------------------------------------------


@cli.command("build")
@folder_options
@click.option("--url", help="Where the site is published; overrides site.yaml.")
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@click.option("--drafts", is_flag=True, help="Publish trials marked `draft: true` too.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but problems.")
def build_command(
    content: Path,
    site: Path,
    templates: Path,
    theme: Path,
    url: str | None,
    no_search: bool,
    drafts: bool,
    quiet: bool,
) -> None:
    """Build content/ into site/."""
    from trialpages.build import Request, build

    folders = Folders(content, templates, theme, site)
    request = Request(folders, as_of(), url, search=not no_search, drafts=drafts)
    started = time.perf_counter()
    with _progress(quiet) as progress:
        report = build(request, progress)
    if quiet:
        return
    _print_problems(report.warnings)
    seconds = time.perf_counter() - started
    changed = "" if report.changed else "; nothing had changed"
    made = f"{_count(report.trials, 'trial')}, {_count(report.pages, 'page')}"
    _say(f"{made} in {seconds:.1f} s{changed}")
    _say(f"open {site / 'index.html'}")


# --- import -------------------------------------------------------------------------------------


@cli.command("import")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH…",
    type=click.Path(exists=True, allow_dash=True),
)
@click.option(
    "--content",
    type=FolderOption,
    default="content",
    show_default=True,
    help="Where the trials go, under trials/.",
)
@click.option("--update", is_flag=True, help="Merge newer versions into files that are there.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON a record.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but problems.")
def import_command(
    paths: tuple[str, ...], content: Path, update: bool, as_json: bool, quiet: bool
) -> int:
    """Turn registry records into content/trials/.

    PATH is a page's text (.txt), a study's JSON, an array, a page of the API, NDJSON, any of them
    gzipped, the registry's zip, a folder of those, or - for standard input.
    """
    from trialpages.importing import Outcome, import_records, summary

    counts: Counter[str] = Counter()
    faults = 0

    def tell(outcome: Outcome) -> None:
        if as_json:
            click.echo(json.dumps(_outcome_line(outcome), ensure_ascii=False))
        else:
            _print_each(outcome.problems)

    with _progress(quiet) as progress:
        for outcome in import_records(paths, sys.stdin.buffer, content, update=update):
            counts[outcome.state] += 1
            faults += bool(errors_in(outcome.problems))
            tell(outcome)
            progress("importing", counts.total(), 0)
    if not quiet:
        _say(summary(counts))
    return 1 if faults or not counts else 0


def _outcome_line(outcome: Any) -> dict[str, Any]:
    problems = [
        {"code": problem.code, "severity": problem.severity, "message": problem.message}
        for problem in outcome.problems
    ]
    return {
        "where": outcome.where,
        "state": outcome.state,
        "path": outcome.path,
        "problems": problems,
    }


def as_of() -> str:
    """The date of the build: SOURCE_DATE_EPOCH where it is set (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is `{epoch}`, which is no number of seconds"
        hint = "unset it, or set it to seconds since 1970"
        raise CallFailure(Problem("bad-epoch", "error", message, hint=hint)) from None


# --- what the terminal shows --------------------------------------------------------------------


def _say(text: str) -> None:
    click.echo(text, err=True)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_MOST_WARNINGS = 20


def _print_problems(problems: Sequence[Problem]) -> None:
    """All errors, and the first warnings with a count of the rest."""
    shown = [problem for problem in problems if problem.severity == "error"]
    others = [problem for problem in problems if problem.severity != "error"]
    _print_each((*shown, *others[:_MOST_WARNINGS]))
    if len(others) > _MOST_WARNINGS:
        _say(f"… and {len(others) - _MOST_WARNINGS:,} more warnings")
    if shown:
        _say(f"{_count(len(shown), 'error')}; nothing was written")


def _print_each(problems: Sequence[Problem]) -> None:
    for problem in problems:
        text, word = str(problem), f"{problem.severity}:"
        coloured = click.style(word, fg=_COLOURS[problem.severity], bold=True)
        _say(text.replace(word, coloured, 1))


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A progress display on a terminal; silence elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as display:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = display.add_task(stage, total=total or None)
            display.update(tasks[stage], completed=done)

        yield show
