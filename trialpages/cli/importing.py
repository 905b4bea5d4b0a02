"""The verb that brings records in: import."""

from __future__ import annotations

import io
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from trialpages.cli.options import FolderOption, not_led_out, quiet_option, take_option
from trialpages.cli.terminal import (
    count,
    list_problems,
    print_each,
    problem_fields,
    progress_display,
    reporting,
    say,
    say_fields,
    show_problems,
)
from trialpages.problems import Problem, errors_in

if TYPE_CHECKING:
    from trialpages.updating.arrivals import Arrival, ArrivalState, Policy


class _RecordPath(click.Path):
    """A path; who gives a trial's number or address in its place learns of the other verb."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not os.path.lexists(value):
            from trialpages.registries.known_registries import find_trial

            if found := find_trial(str(value)):
                self.fail(
                    f"{value} is a trial at {found[0].name}, not a file: "
                    f"`fetch {found[1]}` brings its record",
                    param,
                    ctx,
                )
        return super().convert(value, param, ctx)


_MOST_TOLD = 100
"""Of each kind of mistake. A file of a million bad lines fills no log."""


@click.command("import")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH…",
    type=_RecordPath(exists=True, allow_dash=True),
)
@click.option(
    "--content",
    type=FolderOption,
    default="content",
    show_default=True,
    callback=not_led_out,
    help="Where the trials go, under trials/.",
)
@click.option("--update", is_flag=True, help="Merge newer versions into files that are there.")
@click.option(
    "--allow-older", is_flag=True, help="With --update: merge a version older than the file's too."
)
@take_option
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON a record.")
@quiet_option
def import_command(
    paths: tuple[str, ...],
    content: Path,
    update: bool,
    allow_older: bool,
    chosen: frozenset[str],
    as_json: bool,
    quiet: bool,
) -> int:
    """Turn registry records into content/trials/.

    PATH is a page's text (.txt), a study's JSON, an array, a page of the API, NDJSON, the XML
    (.xml) of ISRCTN or the WHO, any of them gzipped, the registry's zip, a folder of those, or -
    for standard input.
    """
    from trialpages.content.writing import finish
    from trialpages.importing import import_records
    from trialpages.keeping.memory import alone
    from trialpages.keeping.news import note_said

    policy = _policy(update=update, allow_older=allow_older, takes=bool(chosen))
    tally, problems = _Tally(), _FirstOfEach()
    tell = _tell_fields if as_json else problems.tell
    show = list_problems if as_json else tally.show_problems
    with reporting(show), alone(content), progress_display(quiet) as progress:
        if finished := finish(content):
            show(finished)
            tally.faults += len(errors_in(finished))
        noting = partial(note_said, content) if update else lambda _: None
        for arrival in import_records(paths, _standard_input(), content, policy, chosen, noting):
            tally.add(arrival)
            tell(arrival)
            progress("importing", tally.counts.total(), 0)
    problems.tell_more()
    if not quiet:
        tally.tell()
    return 1 if tally.faults or not tally.counts else 0


_NOTHING = "; nothing was written"


class _Tally:
    """What came of all records together."""

    def __init__(self) -> None:
        self.counts: Counter[ArrivalState] = Counter()
        self.faults = 0
        self._made: list[str] = []
        self._updated: list[Arrival] = []

    def add(self, arrival: Arrival) -> None:
        self.counts[arrival.state] += 1
        self.faults += bool(errors_in(arrival.problems))
        if arrival.has_come:
            self._updated.append(arrival)
        if arrival.has_come or arrival.state == "new":
            self._made.append(arrival.path)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Those of a Failure, and that what was written before it stays."""
        made = len(self._made)
        stays = f"; {count(made, 'trial')} before it came whole" if made else _NOTHING
        show_problems(problems, closing=stays)

    def tell(self) -> None:
        from trialpages.importing import written
        from trialpages.updating.arrivals import summary, update_lines

        for line in (summary(self.counts), *update_lines(self._updated), *written(self._made)):
            say(line)


class _FirstOfEach:
    """Says of each kind of mistake the first, as they come, and then how many more there were."""

    def __init__(self) -> None:
        self._found: Counter[tuple[str, str]] = Counter()
        self._left: list[Arrival] = []

    def tell(self, arrival: Arrival) -> None:
        from trialpages.importers.found import BETTER_SOURCE

        if any(problem.code == BETTER_SOURCE for problem in arrival.problems):
            self._left.append(arrival)
            return
        for problem in arrival.problems:
            kind = problem.severity, problem.code
            self._found[kind] += 1
            if self._found[kind] <= _MOST_TOLD:
                print_each((problem,))

    def tell_more(self) -> None:
        print_each(tuple(_left_to_registries(self._left)))
        for (severity, code), number in self._found.items():
            if number > _MOST_TOLD:
                more = f"{number - _MOST_TOLD:,} more of {severity} {code}"
                say(f"… and {more}; --json tells them all")


_MOST_FETCHED = 100
"""Numbers in a command: few enough for a terminal's line to be copied."""


def _left_to_registries(left: Sequence[Arrival]) -> Iterator[Problem]:
    """One problem for all trials whose registries have a fuller record, with what fetches those."""
    from trialpages.importers.found import BETTER_SOURCE
    from trialpages.text.commands import command

    numbers = tuple(dict.fromkeys(one.trial_id for one in left))
    if len(numbers) < 2:
        yield from (problem for one in left for problem in one.problems)
        return
    message = (
        f"{len(numbers):,} trials were left out: their registries hand out records of their own, "
        "of which the WHO has a part"
    )
    starts = range(0, len(numbers), _MOST_FETCHED)
    commands = (command("fetch", *numbers[at : at + _MOST_FETCHED]) for at in starts)
    each = "this brings" if len(starts) == 1 else "these, one after the other, bring"
    hint = f"{each} the registries' own records"
    yield Problem(BETTER_SOURCE, "warning", message, None, hint, tuple(commands))


def _tell_fields(arrival: Arrival) -> None:
    say_fields(arrival_fields(arrival))


def _policy(*, update: bool, allow_older: bool, takes: bool) -> Policy:
    from trialpages.updating.arrivals import Policy

    if (allow_older or takes) and not update:
        raise click.UsageError("--allow-older and --take go with --update")
    if not update:
        return Policy.NEW_ONLY
    return Policy.UPDATE_OR_GO_BACK if allow_older else Policy.UPDATE


def arrival_fields(arrival: Any) -> dict[str, Any]:
    from trialpages.records.model import to_tree

    wanted = ("code", "severity", "message")
    fields = map(problem_fields, arrival.problems)
    problems = [{name: one[name] for name in wanted} for one in fields]
    return {
        "where": arrival.where,
        "state": arrival.state,
        "path": arrival.path,
        "problems": problems,
        "changes": [
            {"topic": topic.value, **to_tree(change)}
            for topic, changes in arrival.by_topic.items()
            for change in changes
        ],
        "already_said_here": [*map(to_tree, arrival.already)],
    }


def _standard_input() -> BinaryIO:
    """Empty where it is closed (`<&-`)."""
    return io.BytesIO() if sys.stdin is None else sys.stdin.buffer
