"""Which pages the site has: a page a trial, lists of trials by term, and the fixed ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import msgspec

from trialpages.addresses import form_path, trial_path
from trialpages.digests import digest
from trialpages.exports.ictrp import ICTRP
from trialpages.exports.table import TABLE, Row, table
from trialpages.language.site_language import Language
from trialpages.lists.beside import lists_beside
from trialpages.lists.curated import choose, curated_links, curated_pages
from trialpages.lists.lists import all_trials, doubted, home_page, term_pages
from trialpages.lists.overview import overview
from trialpages.lists.packs import card_packs, entry, packs
from trialpages.lists.redirects import redirect_pages
from trialpages.lists.site_lists import SiteLists
from trialpages.lists.terms import Term, terms
from trialpages.pages.curated import CuratedList
from trialpages.pages.own_pages import OWN_PAGES
from trialpages.pages.parts import (
    CardPack,
    ComputedFile,
    ListedTrial,
    OfTrial,
    Page,
    TrialForms,
    TrialPack,
    TrialPages,
    WholeFile,
    ready_page,
)
from trialpages.records.our_sites import OurSites
from trialpages.settings.site_file import ClosedTrials
from trialpages.templating.offer import Offer
from trialpages.trial import views
from trialpages.trial.facts import TrialFacts, newest_first
from trialpages.trial.kinds import FEEDS, KINDS
from trialpages.trial.partners import Partners, leading, partners_among, shown_of_partners
from trialpages.trial.related import shown_beside
from trialpages.trial.standing import is_closed


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What all pages have in common: the language, the site's URL and the date of the build."""

    language: Language
    address: str
    as_of: str
    offer: Offer = Offer(lists=tuple(KINDS), feeds=FEEDS)  # noqa: RUF009  (a frozen value)
    originals: Set[str] = frozenset()
    """Names of the source files at hand."""
    search: bool = True
    """Whether there is a search page."""
    ours: OurSites = ()
    closed: ClosedTrials = ClosedTrials.LISTED
    title: str = ""
    """What the site is called."""
    up: str = ""
    """The way from the root of these pages to the site's; nothing for those of its first
    language."""


Alike = Mapping[str, tuple[TrialFacts, ...]]
"""Those of the site most alike to a trial, by its id."""


@dataclass(frozen=True, slots=True)
class Others:
    """What the page of one trial shows of the others."""

    titles: Mapping[str, str]
    """Of all of them, by id."""
    alike: Alike
    shown: Mapping[str, bytes]
    """Of each that is like another, `shown_beside`."""
    unlisted: Mapping[str, tuple[str, ...]]
    """By id, the paths of lists that there aren't, since no other has the term."""
    partners: Partners
    """Records of the same trial at other registries."""
    leading: Mapping[str, TrialFacts]
    """By id, the trial that a record is only a further one of."""

    @classmethod
    def among(
        cls, trials: Iterable[TrialFacts], alike: Alike, unlisted: Mapping[str, tuple[str, ...]]
    ) -> Others:
        every = tuple(trials)
        titles = {facts.id: facts.title for facts in every}
        near = {facts.id: facts for of_one in alike.values() for facts in of_one}
        shown = {name: shown_beside(facts) for name, facts in near.items()}
        return cls(titles, alike, shown, unlisted, partners_among(every), leading(every))


def catalogue(
    trials: Sequence[ListedTrial],
    curated: Sequence[CuratedList],
    alike: Alike,
    site: SiteFacts,
    unlisted: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Iterator[Page | OfTrial | ComputedFile | WholeFile]:
    """Every part of the site in one language that is made from trials and their posted results, in
    a fixed order; with what all languages share in the first."""
    language, every = site.language, trials
    trials = without_further(trials)
    newest = sorted((trial.facts for trial in trials), key=newest_first)
    if site.closed is ClosedTrials.LAST:
        newest.sort(key=is_closed)
    left_out = _left_out(newest, site)
    digests = {trial.facts.id: trial.facts_digest for trial in trials}
    found = _found_terms(newest, left_out, site)
    doubts = doubted(newest, site.as_of)
    lists = SiteLists(language, digests, doubts, found, lists_beside(found, language), left_out)
    chosen = choose(curated, newest)
    yield home_page(newest, curated_links(chosen, language, "lists/"), lists)
    shown = {"overview": overview(newest, found, language, doubts, site.as_of, site.search)}
    for name, page in OWN_PAGES.items():
        if site.search or not page.with_search:
            view, file = shown.get(name, views.EmptyPage()), f"{name}.html"
            yield ready_page(file, file, view, listed=page.listed)
    yield ready_page("ticks.js", "ticks.js", views.EmptyPage(), listed=False)
    yield from all_trials(newest, lists)
    others = Others.among((trial.facts for trial in every), alike, unlisted)
    yield from parts_of(every, others, site)
    for name, of_kind in found.items():
        yield from term_pages(KINDS[name], of_kind, name in site.offer.feeds, lists)
    yield from curated_pages(chosen, lists)
    yield from redirect_pages([trial.facts for trial in every])
    if not site.up:
        yield _table(trials, site.address)
        yield from whole_files(trials, site)
        yield entry(every)
    yield from packs_of(every, site)


def whole_files(trials: Sequence[ListedTrial], site: SiteFacts) -> Iterator[WholeFile]:
    if site.offer.ictrp and not site.up:
        made_from = digest(*(trial.record.digest for trial in trials))
        yield WholeFile(ICTRP, tuple(trials), made_from)


def without_further(trials: Sequence[ListedTrial]) -> Sequence[ListedTrial]:
    """Each trial once, though it has several records."""
    further = leading(trial.facts for trial in trials)
    return [trial for trial in trials if trial.facts.id not in further] if further else trials


def _found_terms(
    newest: Sequence[TrialFacts], left_out: Set[str], site: SiteFacts
) -> Mapping[str, Sequence[Term]]:
    """Those of each kind that the site has lists of."""
    of = partial(terms, trials=newest, language=site.language, lists_of_one=site.offer.lists_of_one)
    return {
        name: of(KINDS[name], left_out=left_out if name != "statuses" else set())
        for name in site.offer.lists
    }


def _left_out(trials: Iterable[TrialFacts], site: SiteFacts) -> Set[str]:
    """The ids of those that lists are without, but for those by status, an editor's own, and
    feeds: what closed is news."""
    if site.closed is not ClosedTrials.LEFT_OUT:
        return frozenset()
    return frozenset(facts.id for facts in trials if is_closed(facts))


def _table(trials: Sequence[ListedTrial], address: str) -> ComputedFile:
    rows = [Row(trial.facts, trial.results is not None, address) for trial in trials]
    made_from = (trial.facts_digest + bytes([trial.results is not None]) for trial in trials)
    return ComputedFile(TABLE, partial(table, rows), digest(*made_from))


def packs_of(
    trials: Sequence[ListedTrial], site: SiteFacts, having: Collection[str] = ()
) -> Iterator[TrialPack | CardPack]:
    """The packs of all trials; or of these, those that have one `having` such an id."""
    return card_packs(trials, having) if site.up else packs(trials, having)


def parts_of(trials: Iterable[ListedTrial], others: Others, site: SiteFacts) -> Iterator[OfTrial]:
    """The parts that show one trial each.

    Its forms are a part of their own: a template that changes leaves them as they are, and other
    languages have none.
    """
    for trial in trials:
        yield _pages(trial, others, site)
        if site.offer.endings and not site.up:
            yield _forms(trial, site.offer.endings)


def _forms(trial: ListedTrial, endings: tuple[str, ...]) -> TrialForms:
    named = msgspec.json.encode(endings)
    made_from = digest(trial.record.digest, trial.results_digest, named, trial.corrections)
    return TrialForms(form_path(trial.facts.id, endings[0]), trial, endings, made_from)


def _pages(trial: ListedTrial, others: Others, site: SiteFacts) -> TrialPages:
    facts, titles = trial.facts, others.titles
    context = views.Context(
        language=site.language,
        address=site.address,
        as_of=site.as_of,
        titles={other: titles[other] for other in facts.related if other in titles},
        with_results=bool(trial.results),
        near=others.alike.get(facts.id, ()),
        partners=others.partners.get(facts.id, ()),
        leads=others.leading.get(facts.id),
        endings=site.offer.endings,
        original=facts.original if facts.original in site.originals else "",
        corrections=trial.corrections,
        ours=site.ours,
        site=site.title,
        up=site.up,
    )
    unlisted = others.unlisted.get(facts.id, ())
    named = msgspec.json.encode((context.titles, context.original, unlisted))
    around = [others.shown[other.id] for other in context.near]
    around += [shown_of_partners(context.partners)] if context.partners else []
    around += [shown_of_partners([context.leads])] if context.leads else []
    made_from = digest(trial.record.digest, trial.results_digest, named, *around)
    return TrialPages(trial_path(facts.id), trial, context, made_from)
