"""The hand-over to a search engine elsewhere: read and check as a build does, then write a document
a trial, one after the other, and the engines' settings beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from trialpages.build import Request, alone, check, gather, make_looks
from trialpages.content.apart import refuse_output
from trialpages.language.site_language import Language
from trialpages.machine.disk_words import explained
from trialpages.machine.progress import Progress
from trialpages.machine.workers import run_all
from trialpages.pages.parts import ListedTrial
from trialpages.phases.catalogue import without_further
from trialpages.phases.rendering import record_of
from trialpages.records.codes import as_meant
from trialpages.records.vocabulary import Status
from trialpages.search.also_called import AlsoCalled, spellings
from trialpages.search.engine_fields import HandedOver, document
from trialpages.search.engine_settings import meilisearch_settings, readme, typesense_schema
from trialpages.search.facts import search_facts
from trialpages.search.lay_words import read_lay_words
from trialpages.search.near import whereabouts
from trialpages.search.trial_document import card_facts
from trialpages.settings.site_file import Site
from trialpages.trial.views import Context, TrialPage

DOCUMENTS = "trials.ndjson"
_COLLECTION = "trials"


@dataclass(frozen=True, slots=True)
class HandOver:
    """What was written."""

    trials: int
    size: int
    """Bytes of the documents."""


def export(request: Request, folder: Path, progress: Progress = lambda *_: None) -> HandOver:
    """Write what a search engine needs into a folder. Raises a Failure as `build` does, with the
    folder's documents as they were."""
    refuse_output(folder / DOCUMENTS, "search", request.folders.sources)
    with alone(request, progress) as run:
        material = gather(run)
        content = check(material, request)
        looks = make_looks(content, material, request)
        languages = {look.edition.code: look.language for look in looks}
        lay = (*read_lay_words(), *content.site.search_names)
        trials = [one for one in without_further(content.trials) if not _is_withheld(one)]
        site = content.site
        del content, material, looks  # what the documents don't need
        writer = _Writer(site, languages, request.as_of, run.state, AlsoCalled(lay))
        with explained("write", folder, "choose another folder with --search"):
            folder.mkdir(parents=True, exist_ok=True)
            size = _write(run_all(writer.line, trials, request.jobs), len(trials), folder, progress)
            _write_beside(site, len(trials), folder)
    return HandOver(len(trials), size)


def _is_withheld(trial: ListedTrial) -> bool:
    return trial.facts.status is Status.WITHHELD


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes documents, on any core."""

    site: Site
    languages: Mapping[str, Language]
    """Those of the site, by code; the first is that of the documents."""
    as_of: str
    state: Path
    called: AlsoCalled

    def line(self, listed: ListedTrial) -> bytes:
        trial = as_meant(record_of(listed.record, listed.source, self.state))
        pages = {
            code: TrialPage(trial, self._context(listed, language))
            for code, language in self.languages.items()
        }
        cards = {
            code: card_facts(trial, page, self.languages[code]) for code, page in pages.items()
        }
        (page, *_), (language, *_) = pages.values(), self.languages.values()
        facts = search_facts(trial, language, page.ours)
        more = self.called.names(facts), spellings(facts), self.site.url, language.code, cards
        one = HandedOver(trial, facts, whereabouts(trial, language), *more)
        return msgspec.json.encode(document(one)) + b"\n"

    def _context(self, listed: ListedTrial, language: Language) -> Context:
        return Context(
            language,
            self.site.url,
            self.as_of,
            {},
            listed.results is not None,
            corrections=listed.corrections,
            ours=self.site.our_sites,
        )


def _write(lines: Iterator[bytes], count: int, folder: Path, progress: Progress) -> int:
    """The documents, whole or not at all. Returns their bytes."""
    beside = folder / f".{DOCUMENTS}.tmp"
    size = 0
    try:
        with beside.open("wb") as file:
            for done, line in enumerate(lines, start=1):
                size += file.write(line)
                progress("writing", done, count)
        beside.replace(folder / DOCUMENTS)
    finally:
        beside.unlink(missing_ok=True)
    return size


def _write_beside(site: Site, trials: int, folder: Path) -> None:
    lay = (*read_lay_words(), *site.search_names)
    schema, settings = typesense_schema(_COLLECTION), meilisearch_settings(lay)
    for name, found in (("typesense.schema", schema), ("meilisearch.settings", settings)):
        text = msgspec.json.format(msgspec.json.encode(found), indent=2)
        (folder / f"{name}.json").write_bytes(text + b"\n")
    (folder / "README.md").write_text(readme(_COLLECTION, trials), encoding="utf-8", newline="\n")
