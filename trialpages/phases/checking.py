"""All content looked at together: what is published of it, or every problem of it at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from trialpages.addresses import BadAddressError
from trialpages.content.content_file import read_file
from trialpages.content.reading import SourceFile, Sources
from trialpages.form.parts import check_form
from trialpages.form.program import Program
from trialpages.language.translation import in_short
from trialpages.lists.curated import check_curated
from trialpages.pages.curated import CuratedList, read_curated
from trialpages.pages.editorial import Editorial
from trialpages.pages.in_languages import (
    check_alone,
    name_and_language,
    read_introduction,
    read_page_in,
)
from trialpages.pages.own_templates import check_asked
from trialpages.pages.parts import ListedTrial
from trialpages.phases.around import check_around, read_settings
from trialpages.phases.planning import SiteContent
from trialpages.problems import CallFailure, ContentFailure, Problem, errors_in
from trialpages.records.checks import check_together, located
from trialpages.records.joined import Claimant, check_joined
from trialpages.records.registry_numbers import file_name
from trialpages.settings.site_file import Site, with_url
from trialpages.state.cache import Known
from trialpages.templating.offer import left_out
from trialpages.trial.facts import decode


def check_content(
    known: Mapping[str, Known],
    sources: Sources,
    form: Program,
    odd: Collection[Problem],
    url: str | None,
    *,
    drafts: bool,
) -> SiteContent:
    """The content to publish, under `url` if one is given; `odd` is what is wrong with what records
    were when they came. Raises ContentFailure with every problem of every file, CallFailure for a
    `url` that is none."""
    site, site_problems = _site(sources, url)
    written = _written(sources, site.languages[1:])
    curated, names = written.curated, {page.name for page in written.pages if not page.language}
    listed = tuple(_listed(sources, known, drafts=drafts))
    claims = ((t.source.path, (t.facts.id, *t.facts.aliases)) for t in listed)
    files = {trial.source.path: trial.source for trial in listed}
    notices = (
        *site_problems,
        *map(in_short, check_around(site, sources, names, sources.templates)),
        *check_form(site, form, sources.site_path),
        *written.problems,
        *chain.from_iterable(check_curated(one, [t.facts for t in listed]) for one in curated),
        *located(
            chain(check_together(claims), check_joined(map(_claimant, listed))),
            lambda path: read_file(files[path]),
        ),
        *odd,
        *left_out(site, len(listed)),
    )
    problems = (*notices, *chain.from_iterable(one.problems for one in known.values()))
    if errors_in(problems):
        raise ContentFailure(*problems)
    introductions = written.introductions
    return SiteContent(site, listed, written.pages, curated, introductions, notices, problems)


@dataclass(frozen=True, slots=True)
class Written:
    """What editors wrote beside trials, in any language, and what is wrong with it."""

    pages: tuple[Editorial, ...]
    curated: tuple[CuratedList, ...]
    introductions: tuple[Editorial, ...]
    problems: tuple[Problem, ...]


def _written(sources: Sources, others: Collection[str]) -> Written:
    """`others` are the site's languages but the first."""
    media = {file.name for file in sources.media}
    read = [read_page_in(*_named(file), media, others) for file in sources.pages]
    pages = tuple(page for page, _ in read if page)
    first, translated = _parted(sources.lists, others)
    lists = [read_curated(*_named(file), media) for file in first]
    introduced = [read_introduction(*_named(file), media, others) for file in translated]
    introductions = tuple(page for page, _ in introduced if page)
    problems = (
        *chain.from_iterable(problems for _, problems in (*read, *lists, *introduced)),
        *check_asked((page.asked for page in pages), sources.templates),
        *check_alone(pages, {page.name for page in pages if not page.language}, "pages"),
        *check_alone(introductions, {_named(file)[1] for file in first}, "lists"),
    )
    return Written(pages, tuple(one for one, _ in lists if one), introductions, problems)


def _parted(
    files: Iterable[SourceFile], others: Collection[str]
) -> tuple[list[SourceFile], list[SourceFile]]:
    """The files of lists, and those of the same in other languages."""
    parted: tuple[list[SourceFile], list[SourceFile]] = [], []
    for file in files:
        parted[bool(name_and_language(_named(file)[1], others)[1])].append(file)
    return parted


def _named(file: SourceFile) -> tuple[bytes, str, str]:
    """What a Markdown file holds, its name without ending, and its path."""
    return file.content, file.name.removesuffix(".md"), file.path


def _listed(sources: Sources, known: Mapping[str, Known], *, drafts: bool) -> Iterator[ListedTrial]:
    for file in sources.trials:
        found = known[file.path]
        if not found.record or (found.draft and not drafts):
            continue
        facts = decode(found.facts)
        results = sources.results.get(file_name(facts.id))
        posted = known[results.path].digest if results else b""
        yield ListedTrial(
            facts, found.facts_digest, file, found.record, results, posted, found.corrections
        )


def _claimant(trial: ListedTrial) -> Claimant:
    facts = trial.facts
    return Claimant(trial.source.path, facts.id, facts.status, facts.elsewhere, facts.also)


def _site(sources: Sources, url: str | None) -> tuple[Site, tuple[Problem, ...]]:
    site, problems = read_settings(sources)
    if url is None:
        return site, problems
    try:
        return with_url(site, url), problems
    except BadAddressError as error:
        message = f"--url: {error.message}"
        raise CallFailure(Problem("bad-url", "error", message, hint=error.hint)) from None
