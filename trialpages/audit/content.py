"""The content, checked without building: what stops a build, and what only looks wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trialpages.audit.freshness import check_freshness
from trialpages.audit.front_lines import check_front_lines
from trialpages.audit.identifiers import check_lines, check_pmids
from trialpages.audit.reading_grade import check_grade
from trialpages.pages.editorial import read_editorial
from trialpages.pages.nesting import check_nesting
from trialpages.problems import Problem, Where
from trialpages.reading import SourceFile, read_content, read_file
from trialpages.records.checks import check_together, check_trial, located
from trialpages.records.files import SourcePath
from trialpages.records.model import Trial
from trialpages.records.results import read_results
from trialpages.records.site_file import missing_site, read_site
from trialpages.records.trial_file import TrialFile, decode, read_trial, split_file


@dataclass(frozen=True, slots=True)
class Scope:
    """Which files to speak of: all of them where none are named."""

    paths: frozenset[Path]

    def holds(self, content: Path, file: SourceFile | SourcePath) -> bool:
        """Whether a file, or a folder around it, was named."""
        path = (content.parent / file.path).resolve()
        return not self.paths or bool(self.paths & {path, *path.parents})


def audit_content(content: Path, paths: Iterable[Path], today: date) -> tuple[Problem, ...]:
    """Every problem of the content, or of the files named among it.

    Only the files named are read whole, so that a check before a commit is quick; other trials
    count by their files' names. Raises as `read_content` does.
    """
    scope = Scope(frozenset(path.resolve() for path in paths))
    sources = read_content(content)
    site, site_problems = (
        read_site(sources.site.content, sources.site.path)
        if sources.site
        else (None, (missing_site("content/site.yaml"),))
    )
    known = {file.path.rpartition("/")[2].rpartition(".")[0] for file in sources.trials}
    contents = {file.path: read_file(file) for file in sources.trials if scope.holds(content, file)}
    files = [read_trial(read, path) for path, read in contents.items()]
    language = site.language if site else "en"
    found = [*check_together(_claims(files))]
    for file in files:
        found += file.problems
        if file.trial:
            found += check_trial(file.trial, file.path)
            found += _look(file.trial, file.path, contents[file.path], known, today, language)
    if not scope.paths:
        found += site_problems
    found += _others(content, sources.pages, sources.results.values(), scope)
    return located(found, contents.__getitem__)


def _claims(files: Iterable[TrialFile]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The ids and aliases of each file's trial."""
    for file in files:
        if file.trial:
            yield file.path, (file.trial.nct_id, *file.trial.aliases)


def _others(
    content: Path, pages: Iterable[SourceFile], results: Iterable[SourcePath], scope: Scope
) -> Iterator[Problem]:
    """The pages of the site's own, and the posted results."""
    for page in pages:
        if scope.holds(content, page):
            yield from read_editorial(page.content, page.name.removesuffix(".md"), page.path)[1]
    for file in results:
        if scope.holds(content, file):
            yield from read_results(read_file(file), file.path)[1]


def _look(
    trial: Trial, path: str, content: bytes, known: Collection[str], today: date, language: str
) -> Iterator[Problem]:
    """What looks wrong in a trial's file that can be read."""
    text, _ = decode(content, path)
    split = split_file(text or "", path)
    if text is None or isinstance(split, Problem):
        return
    yield from check_front_lines(split[0], split[1], path)
    yield from check_nesting(trial, content, path)
    yield from check_lines(text, path)
    yield from check_pmids(trial, path)
    yield from _check_related(trial, path, known)
    yield from check_freshness(trial, path, today)
    yield from check_grade(trial, path, language)


def _check_related(trial: Trial, path: str, known: Collection[str]) -> Iterator[Problem]:
    """Related trials that are neither here nor at the registry that a page can link to."""
    for index, related in enumerate(trial.related_trials):
        where = Where(path, field=("related_trials", index, "nct_id"))
        if related.nct_id == trial.nct_id:
            message = f"{related.nct_id} is this trial itself"
            yield Problem("related-self", "warning", message, where, "remove it")
        elif related.nct_id not in known and not related.nct_id.startswith("NCT"):
            message = f"{related.nct_id} is no trial of this site, so nothing can link to it"
            hint = "mend its number, or add its file"
            yield Problem("related-nowhere", "warning", message, where, hint)
