"""The verbs that make a site: build, bundle, export for a search engine, admin for its web form."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trialpages.cli.options import (
    FolderOption,
    as_of,
    content_option,
    folder_options,
    json_option,
    quiet_option,
)
from trialpages.cli.terminal import (
    Published,
    count,
    list_problems,
    progress_display,
    reporting,
    say,
    show_problems,
)
from trialpages.content.reading import Folders
from trialpages.problems import ContentFailure, errors_in
from trialpages.publish.size import check_size, said_of

if TYPE_CHECKING:
    from trialpages.build import Report


@click.command("build")
@folder_options
@click.option("--url", help="Where the site is published; overrides site.yaml.")
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@click.option("--drafts", is_flag=True, help="Publish trials marked `draft: true` too.")
@click.option("--full", is_flag=True, help="Make every page anew, whatever the last build left.")
@click.option("--jobs", type=click.IntRange(1), help="Processes to work on; one a core by default.")
@click.option("--verbose", "-v", is_flag=True, help="Say why each part of the site had to be made.")
@json_option
@quiet_option
def build_command(
    content: Path,
    site: Path,
    templates: Path,
    theme: Path,
    url: str | None,
    no_search: bool,
    drafts: bool,
    full: bool,
    jobs: int | None,
    verbose: bool,
    as_json: bool,
    quiet: bool,
) -> Published:
    """Build content/ into site/. Only what has changed is made anew."""
    from trialpages.build import Request, build

    started = time.perf_counter()
    show = list_problems if as_json else show_problems
    with reporting(show), progress_display(quiet) as progress:
        folders = Folders(content, templates, theme, site)
        search = not no_search
        request = Request(folders, as_of(), url, search, drafts=drafts, full=full, jobs=jobs)
        report = build(request, progress)
    if not quiet or as_json:
        show((*report.warnings, *check_size(report.extent)))
    if quiet:
        return Published()
    if verbose:
        for path, why in report.made.items():
            say(f"made {path}: {why}")
    say(_summary(report, time.perf_counter() - started))
    say(f"open {site / 'index.html'} ({said_of(report.extent)})")
    return Published()


def _summary(report: Report, seconds: float) -> str:
    """`2 trials: 1 of 58 pages made, in 0.3 s (what it shows changed)`."""
    from trialpages.build import count_pages

    trials, made = count(report.trials, "trial"), count_pages(report.made)
    if not report.changed:
        return f"{trials}: nothing had changed, in {seconds:.1f} s"
    reasons = Counter(report.made.values()).most_common(1)
    why = f" ({reasons[0][0]})" if reasons and made < report.pages else ""
    return f"{trials}: {made:,} of {report.pages:,} pages made, in {seconds:.1f} s{why}"


@click.command("admin")
@click.argument(
    "archives", nargs=-1, metavar="[FILE.tgz…]", type=click.Path(path_type=Path, exists=True)
)
@content_option
@click.option(
    "--site", type=FolderOption, default="site", show_default=True, help="Where the site is built."
)
@quiet_option
def admin_command(archives: tuple[Path, ...], content: Path, site: Path, quiet: bool) -> None:
    """Fetch the program of the web form, if site.yaml asks for one (`admin:`).

    npm fetches it from its registry, pinned by digest; or give the archives that `npm pack` made.
    """
    from trialpages.content.reading import read_content
    from trialpages.form.install import install
    from trialpages.phases.around import read_settings
    from trialpages.publish.stage import state_folder
    from trialpages.state.ownership import keep_others_out

    with reporting():
        settings, problems = read_settings(read_content(content))
        if errors_in(problems):
            raise ContentFailure(*problems)
        state = state_folder(site)
        keep_others_out(state)
        new = install(state, archives) if settings.admin else ()
    if quiet:
        return
    if settings.admin is None:
        say("site.yaml asks for no web form: nothing was fetched")
    else:
        say(f"fetched {', '.join(new)}" if new else "the web form's program is here already")


@click.command("bundle")
@folder_options
@click.option("--url", help="Where the site is published; overrides site.yaml.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default="site.zip",
    show_default=True,
    help="The zip to write.",
)
@quiet_option
def bundle_command(
    content: Path, site: Path, templates: Path, theme: Path, url: str | None, out: Path, quiet: bool
) -> Published:
    """Build the site and put it into one zip that opens from disk, search included."""
    from trialpages.build import Request, build
    from trialpages.content.apart import refuse_output
    from trialpages.publish.bundle import write_bundle
    from trialpages.publish.stage import state_folder
    from trialpages.state.lock import hold

    with reporting(), progress_display(quiet) as progress:
        folders = Folders(content, templates, theme, site)
        refuse_output(out, "out", {**folders.sources, "site": site})
        report = build(Request(folders, as_of(), url), progress)
        with hold(state_folder(site)):  # or a build beside would swap the site that is read
            size = write_bundle(site, out)
    if not quiet:
        show_problems(report.warnings)
        say(f"wrote {out} ({size / 1e6:.1f} MB); unzip it and open {out.stem}/index.html")
    return Published()


@click.command("export")
@click.option(
    "--search",
    "out",
    type=FolderOption,
    required=True,
    metavar="DIR",
    help="The folder to write into; its documents and settings are replaced.",
)
@folder_options
@click.option("--url", help="Where the site is published; overrides site.yaml.")
@click.option("--jobs", type=click.IntRange(1), help="Processes to work on; one a core by default.")
@quiet_option
def export_command(
    out: Path,
    content: Path,
    site: Path,
    templates: Path,
    theme: Path,
    url: str | None,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Write all trials for a search engine of your own: Typesense or Meilisearch.

    For a site too large for the search that is built into its pages. DIR gets trials.ndjson, a
    document a trial, typesense.schema.json, meilisearch.settings.json, and a README.md with the
    three commands that load them and what each field is. Drafts stay out, and trials that a
    registry withholds. `search:` in site.yaml then lets the search page ask the engine:
    docs/publishing.md.
    """
    from trialpages.build import Request
    from trialpages.exporting import DOCUMENTS, export

    started = time.perf_counter()
    with reporting(), progress_display(quiet) as progress:
        folders = Folders(content, templates, theme, site)
        done = export(Request(folders, as_of(), url, jobs=jobs), out, progress)
    if quiet:
        return
    seconds = f"{time.perf_counter() - started:.1f} s"
    wrote = f"{count(done.trials, 'trial')} ({done.size / 1e6:.1f} MB)"
    say(f"wrote {wrote} into {out / DOCUMENTS}, in {seconds}")
    say(f"{out / 'README.md'} says how a search engine takes them")
