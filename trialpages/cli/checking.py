"""The verb that looks for mistakes: check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trialpages.cli.options import (
    as_of,
    folder_options,
    json_option,
    quiet_option,
)
from trialpages.cli.terminal import count, progress_display, reporting, say, show_problems
from trialpages.machine.progress import Progress
from trialpages.problems import Problem, errors_in

if TYPE_CHECKING:
    from trialpages.audit.links import PageLinks


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path(path_type=Path, exists=True))
@folder_options
@click.option("--external", is_flag=True, help="Try the site's web links too (needs a network).")
@json_option
@quiet_option
def check_command(
    paths: tuple[Path, ...],
    content: Path,
    site: Path,
    templates: Path,
    theme: Path,  # noqa: ARG001  (the directory flags hold for every verb)
    external: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Look for mistakes in the content and in the built site.

    With PATHs only these content files are checked, which takes no time: for use before a commit.
    Without, all of the content and every page of the site: links, HTML, accessibility.
    """
    with reporting(as_json), progress_display(quiet or as_json) as progress:
        from trialpages.audit.content import audit_content

        today = date.fromisoformat(as_of())
        problems = list(audit_content(content, paths, today, templates))
        pages = 0
        if not paths and (site.exists() or external):
            from trialpages.audit.site import audit_site, without_repeats

            audit = audit_site(site, progress)
            pages = len(audit.pages)
            problems += audit.problems if as_json else without_repeats(audit.problems)
            if external:
                problems += _try_links(audit.pages.values(), progress)
    return _tell(problems, pages, as_json, quiet)


def _try_links(pages: Iterable[PageLinks], progress: Progress) -> Iterable[Problem]:
    from trialpages.audit.external import check_external
    from trialpages.audit.links import web_addresses
    from trialpages.registries.client import Client

    addresses = web_addresses(pages)
    progress("trying web links", 0, len(addresses))
    with Client() as client:
        return check_external(addresses, client)


def _tell(problems: list[Problem], pages: int, as_json: bool, quiet: bool) -> int:
    show_problems(problems, as_json, closing="")
    errors = len(errors_in(problems))
    if not quiet and not as_json:
        where = f"the content and {count(pages, 'page')}" if pages else "the content"
        others = len(problems) - errors
        say(f"checked {where}: {count(errors, 'error')}, {count(others, 'warning')}")
    return 1 if errors else 0
