"""Which pages the site has: a page a trial, lists of trials by term, and the fixed ones.

A page is planned from small facts: its path, how its view is made when it is its turn, and a
digest of all that the view is made from, by which a build sees whether it must make it again.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial

from trialpages.pages import views
from trialpages.pages.digests import digest
from trialpages.pages.facts import TrialFacts, newest_first
from trialpages.pages.language import Language
from trialpages.records.files import SourcePath
from trialpages.records.vocabulary import Status

PER_PAGE = 50
"""Trials on one page of a list."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site, its template, and how its view is made when it is its turn."""

    path: str
    template: str
    view: Callable[[], object]
    made_from: bytes
    """Digest of everything `view` shows."""


@dataclass(frozen=True, slots=True)
class TrialPages:
    """All files of one trial: its page, that of its results, and the forms it is offered in."""

    path: str
    source: SourcePath
    record: bytes
    """Digest of its content file, by which the record store knows it."""
    results: SourcePath | None
    """The file of its posted results."""
    context: views.Context
    made_from: bytes
    updated: str


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file that is published as it is."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ListedTrial:
    """A trial as the catalogue takes it."""

    facts: TrialFacts
    facts_digest: bytes
    source: SourcePath
    record: bytes
    """Digest of its content file."""
    results: SourcePath | None = None
    """The file of its posted results."""
    results_digest: bytes = b""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What all pages have in common: the language, the site's URL and the date of the build."""

    language: Language
    address: str
    as_of: str
    originals: Set[str] = frozenset()
    """Names of the source files at hand."""


@dataclass(frozen=True, slots=True)
class Term:
    """A condition, country, sponsor …, as its most frequent spelling writes it."""

    name: str
    slug: str
    trials: tuple[ListedTrial, ...]


_TERMS: Mapping[str, Callable[[TrialFacts], Sequence[str]]] = {
    "conditions": lambda facts: facts.conditions,
    "interventions": lambda facts: [one.name for one in facts.interventions],
    "countries": lambda facts: facts.countries,
    "sponsors": lambda facts: facts.sponsors,
    "phases": lambda facts: [phase.label for phase in facts.phases],
    "statuses": lambda facts: [facts.status.label],
}
"""The kinds of lists, and a trial's terms of each kind."""


def catalogue(trials: Sequence[ListedTrial], site: SiteFacts) -> Iterator[Page | TrialPages]:
    """Every page made from trials and their posted results, in a fixed order."""
    language = site.language
    newest = sorted(trials, key=lambda trial: newest_first(trial.facts))
    terms = {kind: _terms(newest, of) for kind, of in _TERMS.items()}
    home = _home(newest, terms, language)
    yield Page("index.html", "index.html", partial(_same, home), digest(repr(home).encode()))
    yield Page("search.html", "search.html", views.EmptyPage, b"")
    yield Page("404.html", "404.html", views.EmptyPage, b"")
    yield Page("glossary.html", "glossary.html", views.EmptyPage, b"")
    yield from _list_pages("trials/index", language.words["trials_title"], "", newest, language)
    titles = {trial.facts.id: trial.facts.title for trial in trials}
    for trial in trials:
        yield _trial_pages(trial, titles, site)
    for kind, found in terms.items():
        yield from _term_pages(kind, found, language)


def _same(view: views.HomePage) -> views.HomePage:
    return view


def _trial_pages(trial: ListedTrial, titles: Mapping[str, str], site: SiteFacts) -> TrialPages:
    facts = trial.facts
    related = {other: titles[other] for other in facts.related if other in titles}
    original = facts.original if facts.original in site.originals else ""
    context = views.Context(
        site.language, site.address, site.as_of, related, bool(trial.results), original
    )
    return TrialPages(
        path=views.trial_path(facts.id),
        source=trial.source,
        record=trial.record,
        results=trial.results,
        context=context,
        made_from=digest(
            trial.record, trial.results_digest, repr(related).encode(), original.encode()
        ),
        updated=facts.updated or "",
    )


# --- terms --------------------------------------------------------------------------------------


def _terms(trials: Sequence[ListedTrial], of: Callable[[TrialFacts], Sequence[str]]) -> list[Term]:
    """All terms of a kind, most trials first; spellings that differ in case or spacing are one."""
    members: dict[str, dict[str, ListedTrial]] = {}
    spellings: dict[str, Counter[str]] = {}
    for trial in trials:
        for name in of(trial.facts):
            key = " ".join(name.casefold().split())
            members.setdefault(key, {})[trial.facts.id] = trial
            spellings.setdefault(key, Counter())[name] += 1
    terms = [
        Term(_usual(spellings[key]), slug(key), tuple(found.values()))
        for key, found in members.items()
    ]
    return sorted(terms, key=lambda term: (-len(term.trials), term.slug))


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))


_LONGEST_SLUG = 60


def slug(key: str) -> str:
    """A file name for a term: letters, digits and hyphens, safe on every system, no two alike.

    Where letters had to go, a digest of the term stands in for them.
    """
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_SLUG].rstrip("-")
    if name.replace("-", " ") == key and not _RESERVED.fullmatch(name):
        return name
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name}-{digest}" if name else digest


_RESERVED = re.compile(r"index|con|prn|aux|nul|com\d|lpt\d")


# --- lists --------------------------------------------------------------------------------------


def _term_pages(kind: str, terms: Sequence[Term], language: Language) -> Iterator[Page]:
    title = language.words[f"{kind}_title"]
    rows = tuple((term.name, f"{term.slug}.html", len(term.trials)) for term in terms)
    view = partial(views.TermsPage, title, rows)
    yield Page(f"{kind}/index.html", "terms.html", view, digest(repr(rows).encode()))
    for term in terms:
        yield from _list_pages(f"{kind}/{term.slug}", term.name, title, term.trials, language)


def _list_pages(
    stem: str, title: str, kind: str, trials: Sequence[ListedTrial], language: Language
) -> Iterator[Page]:
    """A list in pages: `stem.html`, `stem.2.html`, …"""
    count = max(1, -(-len(trials) // PER_PAGE))
    names = [f"{stem}.html", *(f"{stem}.{number}.html" for number in range(2, count + 1))]
    template = "term.html" if kind else "trials.html"
    for number, path in enumerate(names, start=1):
        shown = trials[(number - 1) * PER_PAGE : number * PER_PAGE]
        around = (title, kind, number, len(trials), *_neighbours(names, number))
        view = partial(_list_view, around, tuple(trial.facts for trial in shown), language)
        made_from = digest(repr(around).encode(), *(trial.facts_digest for trial in shown))
        yield Page(path, template, view, made_from)


def _neighbours(names: Sequence[str], number: int) -> tuple[str, str]:
    """The files of the page before and the page after; empty where there is none."""
    files = ["", *(name.rpartition("/")[2] for name in names), ""]
    return files[number - 1], files[number + 1]


def _list_view(
    around: tuple[str, str, int, int, str, str], shown: Sequence[TrialFacts], language: Language
) -> views.ListPage:
    title, kind, number, total, previous, following = around
    return views.ListPage(
        title=title,
        kind_title=kind,
        cards=tuple(views.card(facts, "../", language) for facts in shown),
        number=number,
        pages=max(1, -(-total // PER_PAGE)),
        total=total,
        previous=previous,
        next=following,
    )


_ON_HOME = 20
_WAYS = ("conditions", "countries", "phases", "statuses")


def _home(
    newest: Sequence[ListedTrial], terms: Mapping[str, Sequence[Term]], language: Language
) -> views.HomePage:
    ways = tuple(
        (
            kind,
            language.words[f"{kind}_title"],
            f"{kind}/index.html",
            tuple((t.name, f"{kind}/{t.slug}.html", len(t.trials)) for t in terms[kind][:12]),
        )
        for kind in _WAYS
        if terms[kind]
    )
    return views.HomePage(
        total=len(newest),
        recruiting=sum(trial.facts.status is Status.RECRUITING for trial in newest),
        updated=max((trial.facts.updated or "" for trial in newest), default=""),
        trials=tuple(views.card(trial.facts, "", language) for trial in newest[:_ON_HOME]),
        ways=ways,
    )
