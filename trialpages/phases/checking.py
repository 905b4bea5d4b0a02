"""All content looked at together: what is published of it, or every problem of it at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from trialpages.addresses import BadAddressError
from trialpages.content.content_file import read_file
from trialpages.content.reading import SourceFile, Sources
from trialpages.form.parts import check_form
from trialpages.form.program import Program
from trialpages.language.translation import in_short
from trialpages.lists.curated import check_curated
from trialpages.pages.curated import read_curated
from trialpages.pages.editorial import read_editorial
from trialpages.pages.parts import ListedTrial
from trialpages.phases.around import check_around, read_settings
from trialpages.phases.as_it_came import say_lost
from trialpages.phases.planning import SiteContent
from trialpages.problems import CallFailure, ContentFailure, Problem, errors_in
from trialpages.records.checks import check_together, located
from trialpages.records.registry_numbers import file_name
from trialpages.settings.site_file import Site, with_url
from trialpages.state.cache import Known
from trialpages.templating.offer import left_out
from trialpages.text.files import SourcePath
from trialpages.trial.facts import decode


def check_content(
    known: Mapping[str, Known],
    sources: Sources,
    form: Program,
    lost: Collection[SourcePath],
    url: str | None,
    *,
    drafts: bool,
) -> SiteContent:
    """The content to publish, under `url` if one is given; `lost` are the files of trials of which
    nobody knows what their records were. Raises ContentFailure with every problem of every file,
    CallFailure for a `url` that is none."""
    site, site_problems = _site(sources, url)
    media = {file.name for file in sources.media}
    written = [read_editorial(*_named(file), media) for file in sources.pages]
    pages = tuple(page for page, _ in written if page)
    chosen = [read_curated(*_named(file), media) for file in sources.lists]
    curated = tuple(one for one, _ in chosen if one)
    names = {page.name for page in pages}
    listed = tuple(_listed(sources, known, drafts=drafts))
    claims = ((t.source.path, (t.facts.id, *t.facts.aliases)) for t in listed)
    files = {trial.source.path: trial.source for trial in listed}
    notices = (
        *site_problems,
        *map(in_short, check_around(site, sources, names, sources.templates)),
        *check_form(site, form, sources.site_path),
        *chain.from_iterable(problems for _, problems in (*written, *chosen)),
        *chain.from_iterable(check_curated(one, [t.facts for t in listed]) for one in curated),
        *located(check_together(claims), lambda path: read_file(files[path])),
        *((say_lost(lost),) if lost else ()),
        *left_out(site, len(listed)),
    )
    problems = (*notices, *chain.from_iterable(one.problems for one in known.values()))
    if errors_in(problems):
        raise ContentFailure(*problems)
    return SiteContent(site, listed, pages, curated, notices, problems)


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


def _site(sources: Sources, url: str | None) -> tuple[Site, tuple[Problem, ...]]:
    site, problems = read_settings(sources)
    if url is None:
        return site, problems
    try:
        return with_url(site, url), problems
    except BadAddressError as error:
        message = f"--url: {error.message}"
        raise CallFailure(Problem("bad-url", "error", message, hint=error.hint)) from None
