"""The lists that an editor chose: their trials, their pages, and what they name in vain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from trialpages.addresses import index_path
from trialpages.language.site_language import Language
from trialpages.lists.feeds import feed_page
from trialpages.lists.indexes import TermsPage
from trialpages.lists.lists import TrialList, list_pages
from trialpages.lists.site_lists import SiteLists
from trialpages.lists.terms import TermLink
from trialpages.pages.curated import BY_HAND, LEFT_OUT, LISTS, CuratedList
from trialpages.pages.parts import ComputedFile, Page, ready_page
from trialpages.problems import Problem, first_of_each, quoted
from trialpages.records.explain import Fault
from trialpages.records.places import placed
from trialpages.records.registry_numbers import how_to_fetch
from trialpages.text.meant import closest
from trialpages.trial.facts import TrialFacts
from trialpages.trial.kinds import KINDS


@dataclass(frozen=True, slots=True)
class ChosenTrials:
    """A list that an editor chose, and its trials."""

    of: CuratedList
    trials: tuple[TrialFacts, ...]


def choose(lists: Iterable[CuratedList], trials: Sequence[TrialFacts]) -> tuple[ChosenTrials, ...]:
    """The lists by their titles, each with those of the trials that are on it, in that order."""
    ordered = sorted(lists, key=lambda one: (one.page.title.casefold(), one.page.name))
    return tuple(ChosenTrials(one, tuple(_chosen(one, trials))) for one in ordered)


def _chosen(one: CuratedList, trials: Iterable[TrialFacts]) -> Iterator[TrialFacts]:
    asked = [
        (KINDS[name], {KINDS[name].key(term) for term in terms})
        for name, terms in one.terms.items()
    ]
    by_hand, without = {*one.trials}, {*one.without}
    for facts in trials:
        ids = {facts.id, *facts.aliases}
        has = (not terms.isdisjoint(map(kind.key, kind.terms(facts))) for kind, terms in asked)
        if not ids & without and (ids & by_hand or (asked and all(has))):
            yield facts


def curated_pages(lists: Sequence[ChosenTrials], site: SiteLists) -> Iterator[Page | ComputedFile]:
    """The index of the lists, where there are any, and each with its feed."""
    title, links = site.language.words["lists_title"], curated_links(lists, site.language)
    if links:
        index = TermsPage(title, len(links), "", (), (("", links),), ())
        yield ready_page(index_path(LISTS), "terms.html", index)
    for one in lists:
        stem, name = one.of.stem, one.of.page.title
        feed, text = f"{one.of.page.name}.xml", one.of.page.text
        lang = one.of.page.language or site.language.code
        shown = TrialList(stem, name, lang, title, feed, introduction=text)
        yield from list_pages(shown, one.trials, site)
        yield feed_page(stem, name, one.trials, site.digests)


def curated_links(
    lists: Sequence[ChosenTrials], language: Language, folder: str = ""
) -> tuple[TermLink, ...]:
    """`folder` leads from the page to that of the lists."""
    return tuple(
        TermLink(
            one.of.page.title,
            one.of.page.language or language.code,
            f"{folder}{one.of.page.name}.html",
            len(one.trials),
        )
        for one in lists
    )


def check_curated(one: CuratedList, trials: Sequence[TrialFacts]) -> Iterator[Problem]:
    """A warning for each thing that a list names and no trial of the site has."""
    wrong = (*_unknown_terms(one, trials), *_unknown_trials(one, trials))
    found = placed(wrong, one.front, one.page.path, 2)
    yield from first_of_each(replace(problem, severity="warning") for problem in found)


def _unknown_terms(one: CuratedList, trials: Sequence[TrialFacts]) -> Iterator[Fault]:
    for name, wanted in one.terms.items():
        kind = KINDS[name]
        spelled = {kind.key(term): term for facts in trials for term in kind.terms(facts)}
        unknown = ((at, term) for at, term in enumerate(wanted) if kind.key(term) not in spelled)
        for told, (at, term) in enumerate(unknown):
            meant = closest(term, spelled.values()) if told < _MOST_MEANT else ""
            hint = f"did you mean {quoted(meant)}?" if meant else "look for it on the site"
            message = f"no trial of this site has {quoted(term)} among its {name}"
            yield Fault((name, at), "no-such-term", message, hint)


_MOST_MEANT = 100
"""For so many terms of a kind it is said which might be meant: to find it out takes time."""


def _unknown_trials(one: CuratedList, trials: Sequence[TrialFacts]) -> Iterator[Fault]:
    known = {number for facts in trials for number in (facts.id, *facts.aliases)}
    for field, numbers in ((BY_HAND, one.trials), (LEFT_OUT, one.without)):
        for at, number in enumerate(numbers):
            if number not in known:
                message = f"this site has no trial {quoted(number)}"
                hint = f"{how_to_fetch(number)}, or take it off the list"
                yield Fault((field, at), "no-such-trial", message, hint)
