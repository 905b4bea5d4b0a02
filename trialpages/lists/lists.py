"""Lists of trials: all of them, one a term, and the indexes of the terms. Made from facts alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby, islice

from msgspec import Struct
from msgspec.structs import replace

from trialpages.addresses import index_path, search_path, trial_path
from trialpages.digests import digest, digest_of_view
from trialpages.language.site_language import RECORD_LANGUAGE, Language
from trialpages.lists.feeds import feed_page
from trialpages.lists.packs import whole_list
from trialpages.lists.terms import Term
from trialpages.pages.parts import ComputedFile, Page, ready_page
from trialpages.records.ages import limits_of
from trialpages.records.vocabulary import Phase, Status
from trialpages.text.spelling import folded, initial
from trialpages.trial.facts import Digests, TrialFacts
from trialpages.trial.freshness import RecordDates
from trialpages.trial.kinds import KINDS, Kind
from trialpages.trial.standing import COUNTRIES_SAID, ages_said, card_countries, in_doubt

PER_PAGE = 50
"""Trials on one page of a list."""
_ON_ONE_PAGE = 1000
"""Terms that one index page bears; of more, each letter gets a page."""
_WITHOUT_LETTERS = 60
"""Terms that are found in one list without headings."""
_FREQUENT = 60
"""Terms an index shows above its letters."""


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
    """How many of these take nobody in the country whose list this is."""
    previous: str
    next: str
    feed: str
    """Address of the list's feed; empty where it has none."""
    search: str
    """The search page with the same trials, from the site's root; empty where it has no filter for
    just these."""
    introduction: str = ""
    """What an editor wrote above it (CommonMark), on its first page."""


class TermLink(Struct, frozen=True):
    name: str
    lang: str
    href: str
    count: int


class TermsPage(Struct, frozen=True):
    """All terms of one kind, or those of one letter."""

    title: str
    total: int
    letter: str
    """The letter of this page; empty on the index itself."""
    frequent: tuple[TermLink, ...]
    """The terms with the most trials, where the index has too many for one page."""
    groups: tuple[tuple[str, tuple[TermLink, ...]], ...]
    """Letter and its terms; the letter is empty where the terms keep the registry's order."""
    letters: tuple[tuple[str, str], ...]
    """Every letter there is, and the address of its terms."""


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
        phases=facts.phases,
        ages=ages_said(limits_of(facts.minimum_age, facts.maximum_age), language),
        conditions=facts.conditions,
        where=found.words,
        countries=language.words["list_comma"].join(map(language.country, names)),
        countries_known=all(map(language.knows_country, names)),
        more_countries=max(0, len(found.names) - COUNTRIES_SAID),
        closed=found.closed - here if found.closed else 0,
        closed_here=here,
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
    language: Language
    kind_title: str
    feed: str
    search: str = ""
    country: str = ""
    """The country whose list it is."""
    introduction: str = ""
    """What an editor wrote above it (CommonMark)."""


def doubted(trials: Sequence[TrialFacts], as_of: str) -> frozenset[str]:
    """The ids of those listed as recruiting that may no longer do so."""
    recruiting = (facts for facts in trials if facts.status is Status.RECRUITING)
    return frozenset(facts.id for facts in recruiting if in_doubt(facts, as_of))


def all_trials(
    newest: Sequence[TrialFacts], digests: Digests, language: Language, doubts: Set[str]
) -> Iterator[Page | ComputedFile]:
    title = language.words["trials_title"]
    found = TrialList("trials/index", title, language.code, language, "", "../feed.xml")
    yield from list_pages(found, newest, digests, doubts)


def term_pages(
    kind: Kind,
    terms: Sequence[Term],
    feed: bool,
    digests: Digests,
    language: Language,
    doubts: Set[str],
) -> Iterator[Page | ComputedFile]:
    """The index of a kind's terms, each term's list, and its feed where there is one."""
    title = language.words[f"{kind.name}_title"]
    yield from _index(kind, title, terms)
    for term in terms:
        stem = f"{kind.name}/{term.slug}"
        href = f"{term.slug}.xml" if feed else ""
        search = search_path(kind.filter, term.name) if kind.filter else ""
        country = term.spelled if kind.name == "countries" else ""
        found = TrialList(stem, term.name, term.lang, language, title, href, search, country)
        yield from list_pages(found, term.trials, digests, doubts)
        if feed:
            yield feed_page(stem, term.name, term.trials, digests)


def list_pages(
    one: TrialList, trials: Sequence[TrialFacts], digests: Digests, doubts: Set[str]
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
            doubted=sum(facts.id in doubts for facts in trials) if recruiting else 0,
            elsewhere=sum(one.country in facts.closed_in for facts in trials),
            previous=files[number - 1],
            next=files[number + 1],
            feed=one.feed,
            search=one.search,
            introduction=one.introduction if number == 1 else "",
        )
        made_from = digest(digest_of_view(empty), *[digests[facts.id] for facts in shown])
        yield Page(path, template, partial(_with_cards, empty, shown, one), made_from)
    if count > 1:
        yield whole_list(f"{one.stem}.ids.js", trials)


def _with_cards(page: ListPage, trials: Sequence[TrialFacts], one: TrialList) -> ListPage:
    cards = (card(facts, "../", one.language, one.country) for facts in trials)
    return replace(page, cards=tuple(cards))


# --- indexes of terms ---------------------------------------------------------------------------


def _index(kind: Kind, title: str, terms: Sequence[Term]) -> Iterator[Page]:
    """The index page; of very many terms, a page with the most frequent and one a letter."""
    groups = _by_letter(terms)
    if kind.values:
        index = TermsPage(title, len(terms), "", (), (("", _links(terms)),), ())
    elif len(terms) <= _WITHOUT_LETTERS:
        links = tuple(chain.from_iterable(groups.values()))
        index = TermsPage(title, len(terms), "", (), (("", links),), ())
    elif len(terms) <= _ON_ONE_PAGE:
        letters = tuple((letter, f"#{_anchor(letter)}") for letter in groups)
        index = TermsPage(title, len(terms), "", (), tuple(groups.items()), letters)
    else:
        letters = tuple((letter, f"{_anchor(letter)}.html") for letter in groups)
        index = TermsPage(title, len(terms), "", _links(terms[:_FREQUENT]), (), letters)
        for letter, links in groups.items():
            of_letter = TermsPage(title, len(links), letter, (), ((letter, links),), letters)
            yield ready_page(f"{kind.name}/{_anchor(letter)}.html", "terms.html", of_letter)
    yield ready_page(index_path(kind.name), "terms.html", index)


def _anchor(letter: str) -> str:
    return "letter-0" if letter == "#" else f"letter-{letter.lower()}"


def _by_letter(terms: Sequence[Term]) -> Mapping[str, tuple[TermLink, ...]]:
    """The terms from A to Z, those that begin with another sign last."""

    def place(link: TermLink) -> tuple[bool, str]:
        letter = initial(link.name)
        return letter == "#", letter

    links = sorted(_links(terms), key=lambda link: (place(link), folded(link.name), link.href))
    return {key[1]: tuple(group) for key, group in groupby(links, key=place)}


def _links(terms: Sequence[Term], folder: str = "") -> tuple[TermLink, ...]:
    return tuple(
        TermLink(term.name, term.lang, f"{folder}{term.slug}.html", len(term.trials))
        for term in terms
    )


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
    updated: str
    """The newest of the trials' own dates; empty where none has one."""
    trials: tuple[Card, ...]
    """The first of all trials: those that recruit for sure, the newest first, then others."""
    open_now: int
    """How many of these first recruit for sure."""
    chosen: tuple[TermLink, ...]
    """The lists that an editor chose."""
    ways: tuple[Way, ...]


_ON_HOME = 12
_TERMS_ON_HOME = 10


def home_page(
    newest: Sequence[TrialFacts],
    chosen: tuple[TermLink, ...],
    terms: Mapping[str, Sequence[Term]],
    language: Language,
    doubts: Set[str],
) -> Page:
    sure = [one for one in newest if one.status is Status.RECRUITING and one.id not in doubts]
    others = (one for one in newest if one.status is not Status.RECRUITING or one.id in doubts)
    first = tuple(islice(chain(sure, others), _ON_HOME))
    view = HomePage(
        total=len(newest),
        recruiting=len(sure) + len(doubts),
        doubted=len(doubts),
        updated=max((facts.updated for facts in newest if facts.updated), default=""),
        trials=tuple(card(facts, "", language) for facts in first),
        open_now=min(len(sure), _ON_HOME),
        chosen=chosen,
        ways=tuple(
            Way(
                language.words[f"{kind}_title"],
                index_path(kind),
                _links(terms[kind][:_TERMS_ON_HOME], f"{kind}/"),
                len(terms[kind]),
            )
            for kind in KINDS
            if terms.get(kind)
        ),
    )
    return ready_page("index.html", "index.html", view)
