"""Lists of trials: all of them, and one a term. Made from facts alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

from msgspec import Struct
from msgspec.structs import replace

from trialpages.addresses import index_path, search_path, trial_path
from trialpages.digests import digest, digest_of_view
from trialpages.language.site_language import RECORD_LANGUAGE, Language
from trialpages.lists.beside import Beside
from trialpages.lists.feeds import feed_page
from trialpages.lists.indexes import index_pages
from trialpages.lists.packs import whole_list
from trialpages.lists.redirects import spelling_pages
from trialpages.lists.site_lists import SiteLists
from trialpages.lists.terms import Term, TermLink, term_links
from trialpages.pages.parts import ComputedFile, Page, ready_page
from trialpages.records.ages import limits_of
from trialpages.records.our_sites import OUR_SITES
from trialpages.records.vocabulary import Phase, Status
from trialpages.trial.facts import TrialFacts
from trialpages.trial.freshness import RecordDates
from trialpages.trial.kinds import Kind, ways_in
from trialpages.trial.standing import (
    COUNTRIES_SAID,
    ages_said,
    card_countries,
    in_doubt,
    is_closed,
    ours_said,
)

CLOSED_LIST = "trials/closed"
"""The path, without ending, of the list of those that the others are without."""

PER_PAGE = 50
"""Trials on one page of a list."""


class Card(Struct, frozen=True):
    """A trial in a list."""

    href: str
    id: str
    title: str
    lang: str
    """The language of the record's words."""
    status: Status
    dates: RecordDates
    """By which its status may be doubted."""
    own_status: str
    """The record's word for it, where no status here means that."""
    phases: tuple[Phase, ...]
    ages: str
    """`18 years and older`; empty where its record sets no limit."""
    conditions: tuple[str, ...]
    where: str
    """The key of the words before its countries."""
    countries: str
    countries_known: bool
    """Whether their names are in the site's language, and not the record's words."""
    more_countries: int
    """How many more it has than are said here."""
    closed: int
    """In how many others it takes nobody."""
    closed_here: bool
    """Whether it recruits, but takes nobody in the country whose list this is."""
    ours: str
    """Those of our sites that it has, and how it stands there."""
    is_closed: bool
    updated: str
    sponsor: str


class ListPage(Struct, frozen=True):
    """One page of a list of trials."""

    title: str
    lang: str
    """The language of the title."""
    kind_title: str
    """The title of the index it belongs to; empty for the list of all trials."""
    cards: tuple[Card, ...]
    number: int
    pages: int
    total: int
    recruiting: int
    doubted: int
    """How many of these may no longer recruit, as their records' dates go."""
    elsewhere: int
    """How many of these take nobody in the country, or at our site, whose list this is."""
    previous: str
    next: str
    feed: str
    """Address of the list's feed; empty where it has none."""
    search: str
    """The search page with the same trials, from the site's root; empty where it has no filter for
    just these."""
    introduction: str = ""
    """What an editor wrote above it (CommonMark), on its first page."""
    lead: str = ""
    """What its terms are, where that needs words; on its first page."""
    left_out: int = 0
    """How many closed trials would be on it, if the site didn't leave them out."""
    beside: tuple[Beside, ...] = ()
    """The lists that its first page leads to."""


def card(facts: TrialFacts, folder: str, language: Language, country: str = "") -> Card:
    """A trial as a list shows it; `folder` leads from the list's page to the site's root, and
    `country` is that whose list it is."""
    found = card_countries(facts)
    names = found.names[:COUNTRIES_SAID]
    here = country in facts.closed_in
    return Card(
        href=folder + trial_path(facts.id),
        id=facts.id,
        title=facts.title,
        lang=facts.lang or RECORD_LANGUAGE,
        status=facts.status,
        dates=facts.dates,
        own_status=facts.own_status,
        phases=facts.phases,
        ages=ages_said(limits_of(facts.minimum_age, facts.maximum_age), language),
        conditions=facts.conditions,
        where=found.words,
        countries=language.words["list_comma"].join(map(language.country, names)),
        countries_known=all(map(language.knows_country, names)),
        more_countries=max(0, len(found.names) - COUNTRIES_SAID),
        closed=found.closed - here if found.closed else 0,
        closed_here=here,
        ours=ours_said(facts.ours, language),
        is_closed=is_closed(facts),
        updated=facts.updated or "",
        sponsor=facts.sponsor,
    )


# --- lists of trials ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TrialList:
    """What all pages of a list have in common."""

    stem: str
    """Its path without ending: `conditions/asthma`."""
    title: str
    lang: str
    kind_title: str
    feed: str
    search: str = ""
    country: str = ""
    """The country whose list it is."""
    our_site: str = ""
    """Ours whose list it is."""
    introduction: str = ""
    """What an editor wrote above it (CommonMark)."""
    lead: str = ""
    left_out: int = 0
    """How many closed trials would be on it."""


def doubted(trials: Sequence[TrialFacts], as_of: str) -> frozenset[str]:
    """The ids of those listed as recruiting that may no longer do so."""
    recruiting = (facts for facts in trials if facts.status is Status.RECRUITING)
    return frozenset(facts.id for facts in recruiting if in_doubt(facts, as_of))


def all_trials(newest: Sequence[TrialFacts], site: SiteLists) -> Iterator[Page | ComputedFile]:
    """The list of all; where closed ones are left out, their list beside it."""
    words, code = site.language.words, site.language.code
    closed = [facts for facts in newest if facts.id in site.left_out]
    others = [facts for facts in newest if facts.id not in site.left_out]
    title, left_out = words["nav_trials" if closed else "trials_title"], len(closed)
    all_others = TrialList("trials/index", title, code, "", "../feed.xml", left_out=left_out)
    yield from list_pages(all_others, others, site)
    if closed:
        own = TrialList(CLOSED_LIST, words["closed_title"], code, "", "")
        yield from list_pages(own, closed, site)


def term_pages(
    kind: Kind, terms: Sequence[Term], feed: bool, site: SiteLists
) -> Iterator[Page | ComputedFile]:
    """The index of a kind's terms, each term's list, what leads there from its other spellings, and
    its feed where there is one."""
    title = site.language.words[f"{kind.name}_title"]
    words = site.language.words
    lead = words[kind.lead] if kind.lead else ""
    yield from index_pages(kind, terms, lead, site)
    for term in (one for one in terms if not one.only):
        stem = f"{kind.name}/{term.slug}"
        href = f"{term.slug}.xml" if feed else ""
        country = term.spelled if kind.name == "countries" else ""
        ours = term.spelled if kind.name == OUR_SITES else ""
        left_out = len(term.trials) - len(term.listed)
        has_own = kind.name == "statuses" and any(facts.own_status for facts in term.trials)
        # the search filters by those words
        search = (
            search_path(kind.filter, _filtered(kind, term)) if kind.filter and not has_own else ""
        )
        of_term = partial(TrialList, stem, term.name, term.lang, title, href, search)
        said = words["own_status_lead"] if has_own else lead
        found = of_term(country, ours, lead=said, left_out=left_out)
        yield from list_pages(found, term.listed, site)
        yield from spelling_pages(kind.name, term)
        if feed:
            yield feed_page(stem, term.name, term.trials, site.digests)


def _filtered(kind: Kind, term: Term) -> str:
    """What the search calls a term: a code by its label."""
    return term.spelled if kind.values else term.name


def list_pages(
    one: TrialList, trials: Sequence[TrialFacts], site: SiteLists
) -> Iterator[Page | ComputedFile]:
    """A list in pages: `stem.html`, `stem.2.html`, …"""
    count = max(1, -(-len(trials) // PER_PAGE))
    paths = [f"{one.stem}.html", *(f"{one.stem}.{number}.html" for number in range(2, count + 1))]
    files = ["", *(path.rpartition("/")[2] for path in paths), ""]
    recruiting = sum(facts.status is Status.RECRUITING for facts in trials)
    template = "term.html" if one.kind_title else "trials.html"
    for number, path in enumerate(paths, start=1):
        shown = tuple(trials[(number - 1) * PER_PAGE : number * PER_PAGE])
        empty = ListPage(
            title=one.title,
            lang=one.lang,
            kind_title=one.kind_title,
            cards=(),
            number=number,
            pages=count,
            total=len(trials),
            recruiting=recruiting,
            doubted=sum(facts.id in site.doubts for facts in trials) if recruiting else 0,
            elsewhere=sum(_is_elsewhere(facts, one) for facts in trials),
            previous=files[number - 1],
            next=files[number + 1],
            feed=one.feed,
            search=one.search,
            introduction=one.introduction if number == 1 else "",
            lead=one.lead if number == 1 else "",
            left_out=one.left_out,
            beside=site.beside.get(one.stem, ()) if number == 1 else (),
        )
        made_from = digest(digest_of_view(empty), *[site.digests[facts.id] for facts in shown])
        view = partial(_with_cards, empty, shown, site.language, one.country)
        yield Page(path, template, view, made_from)
    if count > 1:
        yield whole_list(f"{one.stem}.ids.js", trials)


def _is_elsewhere(facts: TrialFacts, one: TrialList) -> bool:
    closed_at = (ours.name for ours in facts.ours if ours.is_closed)
    return one.country in facts.closed_in or one.our_site in closed_at


def _with_cards(
    page: ListPage, trials: Sequence[TrialFacts], language: Language, country: str
) -> ListPage:
    return replace(page, cards=tuple(card(facts, "../", language, country) for facts in trials))


# --- home ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Way:
    """A way into the trials: a kind of list with its most frequent terms."""

    title: str
    href: str
    terms: tuple[TermLink, ...]
    total: int


@dataclass(frozen=True, slots=True)
class HomePage:
    total: int
    recruiting: int
    doubted: int
    """How many of these may no longer recruit, as their records' dates go."""
    closed: int
    """How many closed trials the lists are without."""
    updated: str
    """The newest of the trials' own dates; empty where none has one."""
    trials: tuple[Card, ...]
    """The first of all trials: those that recruit for sure, the newest first, then others."""
    open_now: int
    """How many of these first recruit for sure."""
    chosen: tuple[TermLink, ...]
    """The lists that an editor chose."""
    areas: Way | None
    """The areas of medicine, all of them, where there are many trials."""
    ways: tuple[Way, ...]
    """The others."""


_ON_HOME = 12
_TERMS_ON_HOME = 10
_MANY = 60
"""Above these trials nobody looks through them all: areas of medicine come before the first."""


def home_page(
    newest: Sequence[TrialFacts],
    chosen: tuple[TermLink, ...],
    site: SiteLists,
) -> Page:
    language, doubts = site.language, site.doubts
    listed = [one for one in newest if one.id not in site.left_out]
    sure = [one for one in listed if one.status is Status.RECRUITING and one.id not in doubts]
    others = (one for one in listed if one.status is not Status.RECRUITING or one.id in doubts)
    first = tuple(islice(chain(sure, others), _ON_HOME))
    has_areas = len(listed) > _MANY and "areas" in site.terms
    view = HomePage(
        total=len(listed),
        recruiting=len(sure) + len(doubts),
        doubted=len(doubts),
        closed=len(newest) - len(listed),
        updated=max((facts.updated for facts in newest if facts.updated), default=""),
        trials=tuple(card(facts, "", language) for facts in first),
        open_now=min(len(sure), _ON_HOME),
        chosen=chosen,
        areas=_way("areas", site, most=None) if has_areas else None,
        ways=tuple(
            way
            for kind in ways_in(site.terms)
            if not (has_areas and kind == "areas") and (way := _way(kind, site))
        ),
    )
    return ready_page("index.html", "index.html", view)


def _way(kind: str, site: SiteLists, most: int | None = _TERMS_ON_HOME) -> Way | None:
    terms = [term for term in site.terms[kind] if term.listed]
    links = term_links(terms[:most], f"{kind}/", "")
    title = site.language.words[f"{kind}_title"]
    return Way(title, index_path(kind), links, len(terms)) if terms else None
