"""The verbs that ask a registry: fetch, sync."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trialpages.cli.kept import tell_findings, tell_prospects
from trialpages.cli.options import as_of, content_option, quiet_option, take_option
from trialpages.cli.report_file import refuse_unfit, write_report
from trialpages.cli.terminal import progress_display, reporting, say
from trialpages.problems import CallFailure, Problem
from trialpages.text.commands import command

if TYPE_CHECKING:
    from trialpages.keeping.findings import Findings
    from trialpages.keeping.prospect import Prospect
    from trialpages.keeping.wishes import Question
    from trialpages.registries.door import Registry
    from trialpages.settings.queries_file import Query
    from trialpages.syncing import SyncRun

_MANY = 100
"""Trials, above which their number is said before they are fetched."""

_STOPPED = "stopped; each trial that has come is whole and stays. Run the same again to go on"

_json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print a line of JSON a record."
)


# --- fetch --------------------------------------------------------------------------------------


@click.command("fetch")
@click.argument("trials", nargs=-1, metavar="[ID|ADDRESS]…")
@click.option(
    "--query",
    "asked",
    metavar="PARAMETERS|ADDRESS",
    help="All trials that answer `cond=asthma&locn=Leeds`, or an address copied from the "
    "registry's search page.",
)
@click.option("--as", "name", help="Keep the query in queries.yaml under this name, for sync.")
@click.option(
    "--leaving",
    type=click.Choice(["say", "keep", "draft"]),
    default="say",
    show_default=True,
    help="With --as: what becomes of trials that the query finds no more.",
)
@click.option("--dry-run", "--check", "dry_run", is_flag=True, help="Only say what would be done.")
@take_option
@content_option
@_json_option
@quiet_option
def fetch_command(
    trials: tuple[str, ...],
    asked: str | None,
    name: str | None,
    leaving: str,
    dry_run: bool,
    chosen: frozenset[str],
    content: Path,
    as_json: bool,
    quiet: bool,
) -> int:
    """Fetch records from their registry into content/trials/.

    By number (NCT01234567), by the address of a record's page, or all that answer a --query. What
    is here already is brought up to date, and an editor's own changes stay. Broken off, it goes on
    where it stopped.
    """
    if bool(trials) == (asked is not None) or (name and asked is None):
        raise click.UsageError("give numbers or addresses of trials, or --query; --as goes with it")
    if chosen and not trials:
        raise click.UsageError("--take goes with numbers or addresses of trials")
    from trialpages.keeping.news import note_fetched, was_said, with_unsaid

    with reporting(), _run(content, quiet=quiet or as_json) as run:
        run = replace(run, chosen=chosen, noting=partial(note_fetched, content))
        if asked is not None:
            question, query = _question(asked, name, leaving)
            found = None if dry_run else _fetch_answer(run, question, query)
            prospects = [_look_for_answer(run, question)] if dry_run else []
        else:
            groups = _by_registry(trials)
            found = None if dry_run else _fetch_trials(run, groups)
            prospects = _look_for_trials(run, groups) if dry_run else []
    if found is None:
        return tell_prospects(prospects)
    status = tell_findings(with_unsaid(content, found), as_json=as_json, quiet=quiet)
    if not quiet:
        was_said(content)
    return status


def _by_registry(texts: tuple[str, ...]) -> Mapping[Registry, list[str]]:
    """The ids of the trials that are named, by their registries. Raises CallFailure."""
    from trialpages.records.registry_numbers import miscounted
    from trialpages.registries.known_registries import at_another, find_trial, trials_in

    groups: dict[Registry, list[str]] = defaultdict(list)
    problems = []
    for text in (part for given in texts for part in trials_in(given)):
        if found := find_trial(text):
            groups[found[0]].append(found[1])
            continue
        said = miscounted(text) or (f"`{text}` is no trial" if text else "no trial is named")
        message, hint = at_another(text) or (said, _what_to_give(text))
        problems.append(Problem("unknown-trial", "error", message, hint=hint))
    if problems:
        raise CallFailure(*problems)
    return groups


def _what_to_give(text: str) -> str:
    """In place of what is no trial."""
    from trialpages.registries.known_registries import find_question, meant_trial

    if "?" in text and find_question(text):
        return f"for all trials that a search finds: `{command('fetch', '--query', text)}`"
    if text and Path(text).exists():
        return f"this is a file: `{command('import', text)}`"
    if meant := meant_trial(text):
        return f"did you mean {meant}?"
    return "give a number such as NCT01234567 or the address of a record's page"


def _question(text: str, name: str | None, leaving: str) -> tuple[Question, Query | None]:
    """The question, and how queries.yaml keeps it if it has a name. Raises CallFailure."""
    import msgspec

    from trialpages.keeping.wishes import Question
    from trialpages.records.model import PartialDate
    from trialpages.registries.known_registries import find_question
    from trialpages.settings.queries_file import Leaving, Query, QueryName

    found = find_question(text)
    if found is None:
        hint = "write it as `cond=asthma&locn=Leeds`, or copy the address of the search page"
        message = f"`{text}` is no question to a registry"
        raise CallFailure(Problem("bad-query", "error", message, hint=hint))
    registry, parameters = found
    question = Question(name or "", registry, parameters, Leaving(leaving))
    if not name:
        return question, None
    try:
        msgspec.convert(name, QueryName)
    except msgspec.ValidationError:
        hint = "use small letters, digits and hyphens: migraine-leeds"
        message = f"`{name}` can't be the name of a query"
        raise CallFailure(Problem("bad-name", "error", message, hint=hint)) from None
    return question, Query(
        name=name,
        registry=registry.key,
        parameters={key.removeprefix("query."): said for key, said in parameters.items()},
        since=PartialDate(as_of()),
        leaving=Leaving(leaving),
    )


def _fetch_trials(run: SyncRun, groups: Mapping[Registry, list[str]]) -> Findings:
    from trialpages.keeping.findings import together
    from trialpages.syncing import fetch_trials

    return together([fetch_trials(run, registry, ids) for registry, ids in groups.items()])


def _look_for_trials(run: SyncRun, groups: Mapping[Registry, list[str]]) -> list[Prospect]:
    from trialpages.syncing import look_for_trials

    return [look_for_trials(run, registry, ids) for registry, ids in groups.items()]


def _fetch_answer(run: SyncRun, question: Question, query: Query | None) -> Findings:
    from trialpages.syncing import fetch_answer

    return fetch_answer(run, question, query)


def _look_for_answer(run: SyncRun, question: Question) -> Prospect:
    from trialpages.syncing import look_for_answer

    return look_for_answer(run, question)


# --- sync ---------------------------------------------------------------------------------------


@click.command("sync")
@click.option(
    "--check",
    "--dry-run",
    "check_only",
    is_flag=True,
    help="Change nothing; 1 where there is news.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what a person has to review, as Markdown.",
)
@content_option
@_json_option
@quiet_option
def sync_command(
    check_only: bool, report: Path | None, content: Path, as_json: bool, quiet: bool
) -> int:
    """Bring all trials up to date that came from a registry, and ask all queries again.

    Only what has changed is fetched, and an editor's own changes stay. Ends with 1 where a person
    has to decide something, with 3 where a registry gives no answer.
    """
    from trialpages.keeping.news import was_said, with_unsaid
    from trialpages.syncing import sync, would_sync

    if report:
        refuse_unfit(report, content)
    with reporting(), _run(content, quiet or as_json) as run:
        found = would_sync(run) if check_only else sync(run)
        told = found if check_only else with_unsaid(content, found)
        if report:
            write_report(report, found, content, written=not check_only)
    status = tell_findings(
        told, as_json=as_json, quiet=quiet, verb="would be" if check_only else ""
    )
    if not (check_only or quiet):
        was_said(content)
    return 1 if check_only and status == 0 and found.changes else status


# --- what is said -------------------------------------------------------------------------------


@contextmanager
def _run(content: Path, quiet: bool) -> Iterator[SyncRun]:
    """A run with a client and a display of its progress; Ctrl-C ends it in words."""
    from trialpages.keeping.news import note
    from trialpages.registries.client import Client
    from trialpages.syncing import SyncRun

    def begun(prospect: Prospect) -> None:
        wanted = len(prospect.to_do.wanted)
        if wanted > _MANY and not quiet:
            say(f"{wanted:,} records are to come from {prospect.scope.registry.name}")

    try:
        with progress_display(quiet) as progress, Client(waiting=say) as client:
            yield SyncRun(content, client, progress, begun, partial(note, content))
    except KeyboardInterrupt:
        say(_STOPPED)
        raise click.exceptions.Exit(130) from None
