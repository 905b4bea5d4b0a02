"""Which pages the site has: a page a trial, lists of trials by term, and the fixed ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import msgspec

from trialpages.addresses import form_path, trial_path
from trialpages.digests import digest
from trialpages.language import Language
from trialpages.lists.lists import all_trials, doubted, home_page, term_pages
from trialpages.lists.redirects import redirect_pages
from trialpages.lists.terms import terms
from trialpages.own_pages import OWN_PAGES
from trialpages.parts import ListedTrial, OfTrial, Page, TrialForms, TrialPages
from trialpages.trial import views
from trialpages.trial.facts import TrialFacts, newest_first
from trialpages.trial.kinds import KINDS
from trialpages.trial.related import shown_beside


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What all pages have in common: the language, the site's URL and the date of the build."""

    language: Language
    address: str
    as_of: str
    formats: tuple[str, ...] = ()
    """The forms each trial is offered in."""
    lists: tuple[str, ...] = tuple(KINDS)
    feeds: tuple[str, ...] = tuple(KINDS)
    """The kinds of lists that have a feed each."""
    originals: Set[str] = frozenset()
    """Names of the source files at hand."""
    search: bool = True
    """Whether there is a search page."""


Alike = Mapping[str, tuple[TrialFacts, ...]]
"""Those of the site most alike to a trial, by its id."""


def catalogue(
    trials: Sequence[ListedTrial], alike: Alike, site: SiteFacts
) -> Iterator[Page | OfTrial]:
    """Every part of the site made from trials and their posted results, in a fixed order."""
    language = site.language
    newest = sorted((trial.facts for trial in trials), key=newest_first)
    digests = {trial.facts.id: trial.facts_digest for trial in trials}
    found = {name: terms(KINDS[name], newest, language) for name in site.lists}
    doubts = doubted(newest, site.as_of)
    yield home_page(newest, found, language, doubts)
    for name, page in OWN_PAGES.items():
        if site.search or not page.with_search:
            yield Page(f"{name}.html", f"{name}.html", views.EmptyPage, b"", listed=page.listed)
    yield from all_trials(newest, digests, language, doubts)
    titles = {facts.id: facts.title for facts in newest}
    shown = {facts.id: shown_beside(facts) for facts in newest} if alike else {}
    for trial in trials:
        yield from parts_of(trial, titles, alike.get(trial.facts.id, ()), shown, site)
    for name, of_kind in found.items():
        feed = name in site.feeds
        yield from term_pages(KINDS[name], of_kind, feed, digests, language, doubts)
    yield from redirect_pages(newest)


def parts_of(
    trial: ListedTrial,
    titles: Mapping[str, str],
    near: tuple[TrialFacts, ...],
    shown: Mapping[str, bytes],
    site: SiteFacts,
) -> Iterator[OfTrial]:
    """The parts that show one trial, among `titles` by id; `near` are those most alike, and `shown`
    holds for each of these what `shown_beside` gives.

    Its forms are a part of their own: a template that changes leaves them as they are.
    """
    yield _pages(trial, titles, near, shown, site)
    if site.formats:
        path = form_path(trial.facts.id, site.formats[0])
        formats = msgspec.json.encode(site.formats)
        made_from = digest(trial.record.digest, trial.results_digest, formats)
        yield TrialForms(path, trial, site.formats, made_from)


def _pages(
    trial: ListedTrial,
    titles: Mapping[str, str],
    near: tuple[TrialFacts, ...],
    shown: Mapping[str, bytes],
    site: SiteFacts,
) -> TrialPages:
    facts = trial.facts
    related = {other: titles[other] for other in facts.related if other in titles}
    original = facts.original if facts.original in site.originals else ""
    context = views.Context(
        site.language,
        site.address,
        site.as_of,
        related,
        bool(trial.results),
        near,
        site.formats,
        original,
        trial.corrections,
    )
    named = msgspec.json.encode((related, original))
    around = [shown[other.id] for other in near]
    made_from = digest(trial.record.digest, trial.results_digest, named, *around)
    return TrialPages(trial_path(facts.id), trial, context, made_from)
