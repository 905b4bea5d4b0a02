"""Rendering, a page at a time and on any core: its files go straight into the stage."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trialpages.content_file import read_file
from trialpages.indexing import slim_folder
from trialpages.pages.digests import digest
from trialpages.pages.exports import exports
from trialpages.pages.page import FixedFile, Page, TrialPages
from trialpages.pages.render import Renderer
from trialpages.pages.results.page import results_page
from trialpages.pages.views import TrialPage, results_path
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.publish.records import stored_record
from trialpages.publish.stage import Stage
from trialpages.records.commonmark import TooDeep
from trialpages.records.files import SourcePath
from trialpages.records.model import Trial
from trialpages.records.results import Results
from trialpages.records.results_file import read_results
from trialpages.records.trial_file import read_trial
from trialpages.search.documents import slim_page
from trialpages.search.facts import search_facts
from trialpages.search.trial_document import trial_document


@dataclass(frozen=True, slots=True)
class Rendered:
    """The files a page came to, and the digest of what the search index is to know of it."""

    files: tuple[str, ...]
    size: int
    """Bytes of all of them."""
    text: bytes | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """Makes the files of a page and writes them into the stage."""

    renderer: Renderer
    stage: Stage
    state: Path
    """The state folder with the record store and the slim pages."""
    search: bool
    """Whether there is to be a search index."""

    def make(self, page: Page | TrialPages | FixedFile) -> Rendered:
        """Write all files of a part of the site. Raises ContentFailure, MachineFailure."""
        try:
            if isinstance(page, TrialPages):
                return self._trial(page)
            if isinstance(page, FixedFile):
                return self._written(page.path, page.content)
            text = self.renderer.text(page.template, page.path, page.view())
            return self._written(page.path, text)
        except TooDeep as error:
            where = Where(page.source.path if isinstance(page, TrialPages) else page.path)
            hint = "write it with fewer levels and marks, or in shorter parts"
            raise ContentFailure(Problem("too-deep", "error", str(error), where, hint)) from None

    def _trial(self, page: TrialPages) -> Rendered:
        trial = self._record(page)
        view = TrialPage(trial, page.context)
        files = dict[str, str | bytes]()
        files[page.path] = self.renderer.text("trial.html", page.path, view, trial=trial)
        files |= self._forms(trial, page)
        size = sum(self.stage.write(name, content) for name, content in files.items())
        return Rendered(tuple(files), size, self._index(trial, view, page.path))

    def _written(self, path: str, content: str | bytes) -> Rendered:
        return Rendered((path,), self.stage.write(path, content))

    def _record(self, page: TrialPages) -> Trial:
        """The trial as it was parsed, or parsed again where the record store lost it."""
        if found := stored_record(self.state, page.record):
            return found
        content = read_file(page.source)
        again = read_trial(content, page.source.path).trial
        if again is None or digest(content) != page.record.digest:
            raise _changed(page.source)
        return again

    def _forms(self, trial: Trial, page: TrialPages) -> Iterator[tuple[str, str | bytes]]:
        """Name and content of the page of posted results, and of the trial's other forms."""
        posted = read_file(page.results).removeprefix(BOM_UTF8) if page.results else None
        if posted is not None and page.results:
            path = results_path(trial.nct_id)
            view = results_page(trial, _results(posted, page.results), self.renderer.language)
            yield path, self.renderer.text("results.html", path, view, trial=trial)
        site, built = self.renderer.site, self.renderer.built
        yield from exports(trial, posted, site.url, built, page.context.formats)

    def _index(self, trial: Trial, view: TrialPage, path: str) -> bytes:
        if not self.search:
            return b""
        language = self.renderer.language
        document = trial_document(trial, view, language)
        text = slim_page(document, search_facts(trial, language)).encode("utf-8", "replace")
        (slim_folder(self.state) / path).write_bytes(text)
        return digest(text)


def _results(posted: bytes, file: SourcePath) -> Results:
    results, _ = read_results(posted, file.path)
    if results is None:
        raise _changed(file)
    return results


def _changed(file: SourcePath) -> ContentFailure:
    message = "the file was changed while the site was being built"
    return ContentFailure(
        Problem("changed", "error", message, Where(file.path), "build again when it is saved")
    )
