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
from trialpages.cli.terminal import (
    count,
    list_problems,
    progress_display,
    reporting,
    say,
    show_problems,
)
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
    theme: Path,
    external: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Look for mistakes in the content and in the built site.

    With PATHs only these content files are checked, which takes no time: for use before a commit.
    Without, all of the content and every page of the site: links, HTML, accessibility.
    """
    show = list_problems if as_json else show_problems
    with reporting(show), progress_display(quiet or as_json) as progress:
        from trialpages.audit.content import audit_content

        today = date.fromisoformat(as_of())
        problems = list(audit_content(content, paths, today, templates))
        pages = 0
        if not paths:
            from trialpages.audit.taken_over import check_taken_over

            problems += check_taken_over({"templates": templates, "theme": theme})
            if site.exists() or external:
                found, pages = _audited(site, progress, external=external, all_told=as_json)
                problems += found
    if as_json:
        list_problems(problems)
    else:
        show_problems(problems, closing="")
        if not quiet:
            say(_summary(problems, pages))
    return 1 if errors_in(problems) else 0


def _audited(
    site: Path, progress: Progress, *, external: bool, all_told: bool
) -> tuple[list[Problem], int]:
    """What is wrong with the built pages, what repeats itself once unless all is to be told; and
    how many pages there are."""
    from trialpages.audit.site import audit_site, without_repeats

    audit = audit_site(site, progress)
    problems = list(audit.problems if all_told else without_repeats(audit.problems))
    if external:
        problems += _try_links(audit.pages.values(), progress)
    return problems, len(audit.pages)


def _try_links(pages: Iterable[PageLinks], progress: Progress) -> Iterable[Problem]:
    from trialpages.audit.external import check_external
    from trialpages.audit.links import web_addresses
    from trialpages.registries.client import Client

    addresses = web_addresses(pages)
    progress("trying web links", 0, len(addresses))
    with Client() as client:
        return check_external(addresses, client)


def _summary(problems: list[Problem], pages: int) -> str:
    errors = len(errors_in(problems))
    where = f"the content and {count(pages, 'page')}" if pages else "the content"
    others = len(problems) - errors
    return f"checked {where}: {count(errors, 'error')}, {count(others, 'warning')}"
