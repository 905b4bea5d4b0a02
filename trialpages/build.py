"""The build, told in one function: read, parse, check, plan, render, index, publish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import msgspec

from trialpages.pages.catalogue import Page, SiteFacts, catalogue
from trialpages.pages.editorial import Editorial, editorial_pages, read_editorial
from trialpages.pages.exports import exports
from trialpages.pages.outline import feed, sitemap
from trialpages.pages.render import Renderer, fingerprinted, read_language
from trialpages.pages.views import TrialPage
from trialpages.problems import ContentFailure, Problem, errors_in
from trialpages.publish.lock import hold
from trialpages.publish.stage import MARKER, Stage, staging, state_folder
from trialpages.reading import Folders, SourceFile, Sources, read_sources
from trialpages.records.checks import check_trials, located
from trialpages.records.model import Trial
from trialpages.records.results import Results, read_results
from trialpages.records.site_file import Site, missing_site, read_site
from trialpages.records.trial_file import TrialFile, decode, read_trial
from trialpages.search.documents import SearchDocument
from trialpages.search.index import build_index
from trialpages.search.trial_document import trial_document

Progress = Callable[[str, int, int], None]
"""Told the stage's name, how many of its pieces are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, from where, into what."""

    folders: Folders
    as_of: str
    """The date of the build (ISO), printed on the pages."""
    url: str | None = None
    """Where the site is published, in place of site.yaml's `url`."""
    search: bool = True
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    trials: int
    pages: int
    changed: bool
    warnings: tuple[Problem, ...]


def build(request: Request, progress: Progress = lambda *_: None) -> Report:
    """Build the site; raise a Failure, with the site as it was, where that can't be done."""
    with hold(state_folder(request.folders.site)):
        sources = read_sources(request.folders)
        records = check(parse(sources, progress), sources, request)
        renderer = make_renderer(sources, records.site, request)
        pages = plan(records, renderer)
        with staging(request.folders.site) as stage:
            documents = tuple(render(pages, records, renderer, stage, progress))
            write_fixed_files(pages, records.trials, renderer, stage)
            if request.search:
                index(documents, stage, progress)
            changed = stage.publish()
    return Report(len(records.trials), len(pages), changed, records.warnings)


# --- parse --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the content files say, and what is wrong with them."""

    site: Site
    files: tuple[TrialFile, ...]
    results: Mapping[str, SourceFile]
    editorial: tuple[Editorial, ...]
    problems: tuple[Problem, ...]


def parse(sources: Sources, progress: Progress) -> Parsed:
    site, problems = _site(sources.site)
    files = tuple(_parsed_trials(sources.trials, progress))
    pages = [_editorial(file) for file in sources.pages]
    results = [read_results(file.content, file.path)[1] for file in sources.results.values()]
    found = (*problems, *chain.from_iterable(more for _, more in pages), *chain(*results))
    written = tuple(page for page, _ in pages if page)
    return Parsed(site, files, sources.results, written, found)


def _parsed_trials(files: Sequence[SourceFile], progress: Progress) -> Iterator[TrialFile]:
    for done, file in enumerate(files, start=1):
        yield read_trial(file.content, file.path)
        progress("reading", done, len(files))


def _site(file: SourceFile | None) -> tuple[Site, tuple[Problem, ...]]:
    if file is None:
        return Site(), (missing_site("content/site.yaml"),)
    return read_site(file.content, file.path)


def _editorial(file: SourceFile) -> tuple[Editorial | None, tuple[Problem, ...]]:
    text, problems = decode(file.content, file.path)
    if text is None:
        return None, problems
    return read_editorial(text, file.name.removesuffix(".md"), file.path)


# --- check --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Records:
    """Content without errors: what the site is made from."""

    site: Site
    trials: tuple[Trial, ...]
    results: Mapping[str, SourceFile]
    """Posted results by the trial's id: known to be readable, read when it is their turn."""
    editorial: tuple[Editorial, ...]
    warnings: tuple[Problem, ...]


def check(parsed: Parsed, sources: Sources, request: Request) -> Records:
    """The records to publish. Raises ContentFailure with every problem of every file."""
    found = (*parsed.problems, *check_trials(parsed.files))
    problems = located(found, {file.path: file.content for file in sources.trials})
    if errors_in(problems):
        raise ContentFailure(*problems)
    read = (file.trial for file in parsed.files)
    trials = tuple(trial for trial in read if trial and (request.drafts or not trial.draft))
    site = parsed.site
    if request.url is not None:
        site = msgspec.structs.replace(site, url=request.url.rstrip("/") + "/")
    return Records(site, trials, parsed.results, parsed.editorial, problems)


# --- plan ---------------------------------------------------------------------------------------


def make_renderer(sources: Sources, site: Site, request: Request) -> Renderer:
    language = read_language(site.language, sources.templates)
    theme = fingerprinted(sources.theme)
    return Renderer(sources.templates, site, request.as_of, language, theme)


def plan(records: Records, renderer: Renderer) -> tuple[Page, ...]:
    """Every page there will be, in a fixed order."""
    site = SiteFacts(renderer.language, records.site.url, renderer.built)
    results = {name: partial(_results, file) for name, file in records.results.items()}
    return (*catalogue(records.trials, results, site), *editorial_pages(records.editorial))


def _results(file: SourceFile) -> Results:
    results, problems = read_results(file.content, file.path)
    if results is None:
        raise ContentFailure(*problems)
    return results


# --- render -------------------------------------------------------------------------------------


def render(
    pages: Sequence[Page], records: Records, renderer: Renderer, stage: Stage, progress: Progress
) -> Iterator[SearchDocument]:
    """Write every page; yields what the index needs to know of each trial on the way."""
    for done, page in enumerate(pages, start=1):
        view = page.view()
        stage.write(page.path, renderer.page(page, view))
        if page.trial and isinstance(view, TrialPage):
            results = records.results.get(page.trial.nct_id)
            posted = results.content if results else None
            for name, content in exports(page.trial, posted, records.site.url, renderer.built):
                stage.write(name, content)
            yield trial_document(page.trial, view, renderer.language)
        progress("rendering", done, len(pages))


def write_fixed_files(
    pages: Sequence[Page], trials: Sequence[Trial], renderer: Renderer, stage: Stage
) -> None:
    """What isn't a page: the theme, and what robots, feed readers and the web server look for."""
    for name, content in renderer.theme.files.items():
        stage.write(name, content)
    stage.write(".nojekyll", MARKER)  # keeps GitHub Pages from leaving files out
    stage.write("robots.txt", renderer.text("robots.txt", "robots.txt", None))
    stage.write("sitemap.xml", renderer.text("sitemap.xml", "sitemap.xml", sitemap(pages)))
    stage.write("feed.xml", renderer.text("feed.xml", "feed.xml", feed(trials, renderer.built)))


# --- index --------------------------------------------------------------------------------------


def index(documents: Iterable[SearchDocument], stage: Stage, progress: Progress) -> None:
    progress("indexing", 0, 1)
    build_index(documents, stage.folder / "pagefind", stage.folder.parent / "index")
    progress("indexing", 1, 1)
