"""Which pages the site has: one a trial, one a list and term, and the fixed ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trialpages.pages import views
from trialpages.pages.facts import newest_first, trial_facts
from trialpages.pages.feeds import site_feed
from trialpages.pages.language import Language
from trialpages.pages.lists import all_trials, home_page, term_pages
from trialpages.pages.page import Page
from trialpages.pages.redirects import redirect_pages
from trialpages.pages.related import alike_trials
from trialpages.pages.results import ResultsPage, results_page
from trialpages.pages.terms import KINDS, terms
from trialpages.records.model import Trial
from trialpages.records.results import Results


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What all pages have in common: the language, the site's URL and the date of the build."""

    language: Language
    address: str
    as_of: str
    formats: tuple[str, ...] = views.FORMATS
    """The forms each trial is offered in."""
    lists: tuple[str, ...] = KINDS
    feeds: tuple[str, ...] = KINDS
    """The kinds of lists that have a feed each."""


def catalogue(
    trials: Sequence[Trial], results: Mapping[str, Callable[[], Results]], site: SiteFacts
) -> Iterator[Page]:
    """Every page made from trials and their posted results, in a fixed order."""
    language = site.language
    newest = sorted(map(trial_facts, trials), key=newest_first)
    context = views.Context(
        language,
        site.address,
        site.as_of,
        {facts.id: facts.title for facts in newest},
        results.keys(),
        alike_trials(newest),
        site.formats,
    )
    found = {kind: terms(kind, newest, language) for kind in KINDS if kind in site.lists}
    yield home_page(newest, found, language)
    yield Page("search.html", "search.html", views.EmptyPage)
    yield Page("404.html", "404.html", views.EmptyPage, listed=False)
    yield from all_trials(newest, language)
    for trial in trials:
        path = views.trial_path(trial.nct_id)
        yield Page(path, "trial.html", _trial_view(trial, context), trial)
        if read := results.get(trial.nct_id):
            path = views.results_path(trial.nct_id)
            yield Page(path, "results.html", _results_view(trial, read, language), trial)
    for kind, of_kind in found.items():
        yield from term_pages(kind, of_kind, kind in site.feeds, language)
    yield from redirect_pages(newest)
    yield site_feed(newest)


def _trial_view(trial: Trial, context: views.Context) -> Callable[[], views.TrialPage]:
    return lambda: views.trial_page(trial, context)


def _results_view(
    trial: Trial, read: Callable[[], Results], language: Language
) -> Callable[[], ResultsPage]:
    return lambda: results_page(trial, read(), language)
