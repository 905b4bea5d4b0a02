"""Rendering, a page at a time and on any core: its files go straight into the stage."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from trialpages.addresses import HOME, results_path
from trialpages.characters import published
from trialpages.content.content_file import read_file
from trialpages.digests import digest
from trialpages.exports.citations import bibtex, ris
from trialpages.exports.forms import exports
from trialpages.exports.ictrp import ictrp
from trialpages.exports.table import Row, table_line
from trialpages.lists.lists import card
from trialpages.lists.packs import Packed, PackedCard, pack_script
from trialpages.pages.parts import (
    CARD_TEMPLATE,
    CardPack,
    ComputedFile,
    EditionPart,
    FixedFile,
    ListedTrial,
    Page,
    SitePart,
    TrialForms,
    TrialPack,
    TrialPages,
    WholeFile,
)
from trialpages.phases.indexing import slim_folder
from trialpages.phases.plan import Plan
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.publish.stage import Stage
from trialpages.records.codes import as_meant
from trialpages.records.model import Trial
from trialpages.records.registry_numbers import file_name
from trialpages.records.results_file import read_results
from trialpages.records.trial_file import read_trial
from trialpages.results.page import results_page
from trialpages.search.documents import slim_page
from trialpages.search.facts import search_facts
from trialpages.search.near import surely_placed, whereabouts
from trialpages.search.other_languages import encode_said
from trialpages.search.trial_document import card_facts, trial_document
from trialpages.state.record_store import stored_record
from trialpages.templating.templates import Templates
from trialpages.text.commonmark import TooDeep
from trialpages.text.files import SourcePath, StoredRecord
from trialpages.trial.registry import page_address
from trialpages.trial.summaries import summary_in
from trialpages.trial.views import TrialPage


@dataclass(frozen=True, slots=True)
class Rendered:
    """The files of a part of the site, and the digest of what the search index is to know of it."""

    files: tuple[str, ...]
    size: int
    """Bytes of all of them."""
    text: bytes | None = None


@dataclass(frozen=True, slots=True)
class Renderers:
    """Who makes the parts of the site in each of its languages, by their folders."""

    of_folder: Mapping[str, Renderer]

    def make(self, placed: EditionPart) -> Rendered:
        """As `Renderer.make` does."""
        return self.of_folder[placed.folder].make(placed.part)


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes the files of a part of the site and writes them into the stage, into the folder of the
    language that its templates speak."""

    templates: Templates
    stage: Stage
    state: Path
    """The state folder with the record store and the slim pages."""
    search: bool
    """Whether there is to be a search index."""

    def make(self, part: SitePart) -> Rendered:
        """Write all files of a part of the site. Raises ContentFailure, MachineFailure."""
        try:
            return part.made_by(self)
        except TooDeep as error:
            where = Where(part.written_in)
            hint = "write it with fewer levels and marks, or in shorter parts"
            raise ContentFailure(Problem("too-deep", "error", str(error), where, hint)) from None

    def page(self, part: Page) -> Rendered:
        text = self.templates.fill(part.template, part.path, part.view())
        return self._written([(part.path, text)])

    def fixed_file(self, part: FixedFile) -> Rendered:
        return self._written([(part.path, part.content)])

    def computed_file(self, part: ComputedFile) -> Rendered:
        return self._written([(part.path, part.content())])

    def trial_forms(self, part: TrialForms) -> Rendered:
        """Each of the trial's other forms."""
        trial = record_of(part.trial.record, part.trial.source, self.state)
        posted = _posted(part.trial.results) if part.trial.results else None
        look = self.templates.look
        given = look.site.url, look.as_of, part.endings, part.trial.corrections
        return self._written(exports(trial, posted, *given))

    def _written(
        self, files: Iterable[tuple[str, str | bytes]], text: bytes | None = None
    ) -> Rendered:
        folder = self.templates.look.edition.folder
        written = [
            (folder + name, self.stage.write(folder + name, _as_bytes(content)))
            for name, content in files
        ]
        return Rendered(tuple(name for name, _ in written), sum(size for _, size in written), text)

    def trial_pack(self, part: TrialPack) -> Rendered:
        found = {file_name(one.facts.id): self._packed(one) for one in part.trials}
        return self._written([(part.path, pack_script(part.number, part.count, found))])

    def card_pack(self, part: CardPack) -> Rendered:
        shown = {one.facts.id: PackedCard(self._card(one), one.facts.title) for one in part.trials}
        found = {file_name(name): packed for name, packed in shown.items()}
        return self._written([(part.path, pack_script(part.number, part.count, found))])

    def whole_file(self, part: WholeFile) -> Rendered:
        return self._written([(part.path, ictrp(map(self._with_page, part.trials)))])

    def _with_page(self, listed: ListedTrial) -> tuple[Trial, str]:
        trial = as_meant(record_of(listed.record, listed.source, self.state))
        return trial, page_address(trial, self.templates.look.site.url)

    def _card(self, listed: ListedTrial) -> str:
        shown = card(listed.facts, "", self.templates.look.language)
        return self.templates.fill(CARD_TEMPLATE, HOME, shown)

    def _packed(self, listed: ListedTrial) -> Packed:
        look, facts = self.templates.look, listed.facts
        trial = as_meant(record_of(listed.record, listed.source, self.state))
        url, day = page_address(trial, look.site.url), date.fromisoformat(look.as_of)
        return Packed(
            card=self._card(listed),
            title=facts.title,
            csv=table_line(Row(facts, listed.results is not None, look.site.url)),
            ris=ris(trial, url, day),
            bib=bibtex(trial, url, day),
        )

    def trial_pages(self, part: TrialPages) -> Rendered:
        record = record_of(part.trial.record, part.trial.source, self.state)
        trial = surely_placed(as_meant(summary_in(record, self.templates.look.edition.code)))
        view = TrialPage(trial, part.context)
        page = self.templates.fill("trial.html", part.path, view, trial=trial)
        files = [(part.path, page), *self._results(trial, view, part.trial.results)]
        text = None if part.context.leads else self._index(trial, view, part.path)
        return self._written(files, text)

    def _results(
        self, trial: Trial, page: TrialPage, file: SourcePath | None
    ) -> Iterator[tuple[str, str]]:
        """Name and content of the page of posted results, where there are any."""
        if file is None:
            return
        results, _ = read_results(_posted(file), file.path)
        if results is None:
            raise _changed(file)
        view = results_page(trial, as_meant(results), page.sentences, self.templates.look.language)
        path = results_path(trial.nct_id)
        yield path, self.templates.fill("results.html", path, view, trial=trial)

    def _index(self, trial: Trial, view: TrialPage, path: str) -> bytes:
        if not self.search:
            return b""
        language, folder = self.templates.look.language, self.templates.look.edition.folder
        if folder:
            return self._kept(folder + path, encode_said(card_facts(trial, view, language)))
        document = trial_document(trial, view, language)
        facts = search_facts(trial, language, view.ours)
        where = whereabouts(trial, language)
        return self._kept(path, published(slim_page(document, facts, where)))

    def _kept(self, path: str, content: bytes) -> bytes:
        """The digest of what the index reads, which is kept for it."""
        file = slim_folder(self.state) / path
        if not file.parent.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return digest(content)


def renderers_of(plan: Plan, stage: Stage, state: Path, search: bool) -> Renderers:
    """Who makes the parts of a planned site; `search` as for each."""
    making = plan.make_templates(state)
    return Renderers(
        {folder: Renderer(one, stage, state, search) for folder, one in making.items()}
    )


def _as_bytes(content: str | bytes) -> bytes:
    return published(content) if isinstance(content, str) else content


@lru_cache(maxsize=1)  # a trial's forms are made right after its page
def record_of(place: StoredRecord, source: SourcePath, state: Path) -> Trial:
    """The trial as it was parsed, or parsed again where the record store lost it."""
    if found := stored_record(state, place):
        return found
    content = read_file(source)
    again = read_trial(content, source.path).trial
    if again is None or digest(content) != place.digest:
        raise _changed(source)
    return again


def _posted(file: SourcePath) -> bytes:
    return read_file(file).removeprefix(BOM_UTF8)


def _changed(file: SourcePath) -> ContentFailure:
    message = "the file was changed while the site was being built"
    return ContentFailure(
        Problem("changed", "error", message, Where(file.path), "build again when it is saved")
    )
