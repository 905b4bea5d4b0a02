"""The verbs for whoever writes trials: init, new, eject, schema, watch."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from trialpages.cli.options import (
    FolderOption,
    as_of,
    content_option,
    folder_options,
    not_led_out,
)
from trialpages.cli.terminal import count, progress_display, reporting, say, show_problems
from trialpages.content.reading import Folders
from trialpages.problems import Problem, errors_in
from trialpages.records.starter_words import TITLE


@click.command("init")
@click.argument("folder", type=FolderOption, default=".")
def init_command(folder: Path) -> None:
    """Begin a site of one's own in FOLDER: settings, pages, an example trial, workflows.

    What the folder has already stays as it is; one with content/ is a site, and is left alone.
    """
    from trialpages.editor.own_site import begin_site

    with reporting():
        written, kept = begin_site(folder)
    for path in written:
        say(f"wrote {path}")
    for path in kept:
        say(f"kept {path}, which was there: it is yours")
    say("next:")
    if folder.resolve() != Path.cwd():
        say(f"    cd {shlex.quote(str(folder))}")
    if not any((one / ".git").exists() for one in (folder.resolve(), *folder.resolve().parents)):
        say("    git init")
    call = _call(folder)
    say(f"    {call} fetch NCT01234567    # a trial's record from its registry, by its number")
    say('    git add . && git commit -m "Our trials as fetched"    # before you write into them')
    say(f"    {call} watch                # see the pages, and each save at once")
    say(f"    {call} build                # make site/")


def _call(folder: Path) -> str:
    """How the command is called in a folder: as it was called here."""
    called = Path(sys.argv[0])
    if called.name != "build.py":
        return "trialpages"
    ways = (os.path.relpath(called, folder), str(called.resolve()))
    return f"python3 {shlex.quote(min(ways, key=len))}"


@click.command("new")
@click.argument("trial_id", metavar="ID")
@click.option("--title", default=TITLE, help="The trial's short title.")
@click.option("--yaml", "as_yaml", is_flag=True, help="All in YAML: code editors complete that.")
@content_option
def new_command(trial_id: str, title: str, as_yaml: bool, content: Path) -> None:
    """Write a starter file for a trial, every common field explained."""
    from trialpages.editor.scaffold import new_trial

    with reporting():
        path = new_trial(content, trial_id, title, ".yaml" if as_yaml else ".md")
    say(f"wrote {path}")
    say("see it with `watch --drafts`; when it is ready, delete its line `draft: true` and build")


def _own_option(name: str) -> Callable[..., Any]:
    """A folder of the site's own that is written to."""
    return click.option(
        f"--{name}", type=FolderOption, default=name, show_default=True, callback=not_led_out
    )


@click.command("eject")
@click.argument("name", metavar="[NAME]", required=False)
@_own_option("templates")
@_own_option("theme")
def eject_command(name: str | None, templates: Path, theme: Path) -> None:
    """Copy a shipped template, style or script, to be changed: trial.html, site.css …

    Without a NAME all there are are listed. `check` says when a newer version ships another. For a
    few rules of style or a script of your own no copy is needed: theme/extra.css and
    theme/extra.js are linked by every page.
    """
    from trialpages.editor.eject import eject, takable

    with reporting():
        if name is None:
            click.echo("\n".join(takable()))
            return
        path = eject(name, {"templates": templates, "theme": theme})
    say(f"wrote {path}")
    say("it stands in place of the shipped one from the next build on")


@click.command("schema")
@click.option("--write", is_flag=True, help="Renew trial.schema.json and README.md in content/.")
@content_option
def schema_command(write: bool, content: Path) -> None:
    """Print the JSON Schema of a trial's front matter."""
    from trialpages.records.schema import schema_text

    if not write:
        click.echo(schema_text(), nl=False)
        return
    from trialpages.content.apart import refuse_other_than_file
    from trialpages.content.trial_folder import read_bytes
    from trialpages.content.writing import FileChange
    from trialpages.content.writing import write as write_whole
    from trialpages.editor.field_table import with_field_table

    with reporting():
        for name in ("trial.schema.json", "README.md"):
            refuse_other_than_file(content / name, "remove it, then run this again")
        found = read_bytes(content / "README.md") or b""
        table = with_field_table(found.decode("utf-8", "surrogateescape").replace("\r\n", "\n"))
        for name, text in (("trial.schema.json", schema_text()), ("README.md", table)):
            write_whole(FileChange(content / name, text.encode("utf-8", "surrogateescape")))
            say(f"wrote {content / name}")


@click.command("watch")
@folder_options
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@click.option("--drafts", is_flag=True, help="Show trials marked `draft: true` too.")
@click.option(
    "--poll",
    is_flag=True,
    help="Look at the files again and again: for network and container folders.",
)
def watch_command(
    content: Path,
    site: Path,
    templates: Path,
    theme: Path,
    port: int,
    no_search: bool,
    drafts: bool,
    poll: bool,
) -> None:
    """Build, serve on this machine, and follow every save. Ctrl-C stops."""
    from trialpages.build import Request, build
    from trialpages.editor.server import Preview
    from trialpages.editor.watch import follow

    folders = Folders(content, templates, theme, site)
    request = Request(folders, as_of(), search=not no_search, drafts=drafts)

    def build_showing(request: Request) -> Any:
        with progress_display(quiet=False) as progress:
            return build(request, progress)

    signal.signal(signal.SIGTERM, _interrupt)
    with reporting(), Preview(site, port) as preview:
        say(f"open {preview.address} (Ctrl-C stops)")
        try:
            stop = threading.Event()
            follow(request, preview, Teller().tell, stop, build_showing, poll=poll)
        except KeyboardInterrupt:
            say("stopped")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


class Teller:
    """Says what became of each turn, and the same errors once."""

    def __init__(self) -> None:
        self._told: list[Problem] = []
        self._built = False

    def tell(self, turn: Any) -> None:
        errors = list(errors_in(turn.problems)) if turn.report is None else []
        if errors and errors == self._told:
            say(f"still {count(len(errors), 'error')}, as above; the site is as it was")
        elif errors:
            show_problems(errors, closing="; the site is as it was")
        else:
            _tell_success(turn, index_alone=turn.indexed and self._built)
            self._built = True
        self._told = errors


def _tell_success(turn: Any, *, index_alone: bool) -> None:
    """After a save the pages come first, and the index in a turn of its own when all is quiet."""
    if index_alone:
        say(f"search index made in {turn.seconds:.2f} s")
        return
    made = f"{count(turn.report.trials, 'trial')}, {count(turn.report.pages, 'page')}"
    warned = f", {count(len(turn.problems), 'warning')}" if turn.problems else ""
    say(f"built in {turn.seconds:.2f} s: {made}{warned}")
