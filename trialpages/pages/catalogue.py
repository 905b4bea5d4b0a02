"""Which pages the site has: a page a trial, lists of trials by term, and the fixed ones."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from trialpages.pages import derived, views
from trialpages.pages.language import Language
from trialpages.pages.results import ResultsPage, results_page
from trialpages.records.model import Trial
from trialpages.records.results import Results
from trialpages.records.vocabulary import Status

PER_PAGE = 50
"""Trials on one page of a list."""

View = (
    views.TrialPage
    | ResultsPage
    | views.ListPage
    | views.TermsPage
    | views.HomePage
    | views.EditorialPage
    | views.EmptyPage
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: its path, its template, and how its view is made when it is its turn."""

    path: str
    template: str
    view: Callable[[], View]
    trial: Trial | None = None


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What all pages have in common: the language, the site's URL and the date of the build."""

    language: Language
    address: str
    as_of: str
    originals: Set[str] = frozenset()
    """Names of the source files that are published."""


@dataclass(frozen=True, slots=True)
class Term:
    """A condition, country, sponsor …, as its most frequent spelling writes it."""

    name: str
    slug: str
    trials: tuple[Trial, ...]


_TERMS: Mapping[str, Callable[[Trial], Sequence[str]]] = {
    "conditions": lambda trial: trial.conditions,
    "interventions": lambda trial: [i.name for i in trial.interventions if i.name],
    "countries": lambda trial: list(derived.countries(trial)),
    "sponsors": lambda trial: [
        sponsor.name
        for sponsor in (trial.lead_sponsor, *trial.collaborators)
        if sponsor and sponsor.name
    ],
    "phases": lambda trial: [phase.label for phase in trial.phases],
    "statuses": lambda trial: [trial.overall_status.label],
}
"""The kinds of lists, and a trial's terms of each kind."""


def catalogue(
    trials: Sequence[Trial], results: Mapping[str, Callable[[], Results]], site: SiteFacts
) -> Iterator[Page]:
    """Every page made from trials and their posted results, in a fixed order."""
    language = site.language
    newest = sorted(trials, key=_newest_first)
    titles = {trial.nct_id: trial.brief_title for trial in trials}
    context = views.Context(
        language, site.address, site.as_of, titles, results.keys(), site.originals
    )
    terms = {kind: _terms(newest, of) for kind, of in _TERMS.items()}
    yield Page("index.html", "index.html", lambda: _home(newest, terms, language))
    yield Page("search.html", "search.html", views.EmptyPage)
    yield Page("404.html", "404.html", views.EmptyPage)
    yield Page("glossary.html", "glossary.html", views.EmptyPage)
    yield from _list_pages("trials/index", language.words["trials_title"], "", newest)
    for trial in trials:
        path = views.trial_path(trial.nct_id)
        yield Page(path, "trial.html", _trial_view(trial, context), trial)
        if read := results.get(trial.nct_id):
            path = views.results_path(trial.nct_id)
            yield Page(path, "results.html", _results_view(trial, read, language), trial)
    for kind, found in terms.items():
        yield from _term_pages(kind, found, language)


def _trial_view(trial: Trial, context: views.Context) -> Callable[[], views.TrialPage]:
    return lambda: views.trial_page(trial, context)


def _results_view(
    trial: Trial, read: Callable[[], Results], language: Language
) -> Callable[[], ResultsPage]:
    return lambda: results_page(trial, read(), language)


def _newest_first(trial: Trial) -> tuple[bool, tuple[int, ...], str]:
    """Recruiting ones first, then by last update, then by id."""
    updated = trial.last_update_post_date.date if trial.last_update_post_date else ""
    return (
        trial.overall_status is not Status.RECRUITING,
        tuple(-ord(sign) for sign in updated),
        trial.nct_id,
    )


# --- terms --------------------------------------------------------------------------------------


def _terms(trials: Sequence[Trial], of: Callable[[Trial], Sequence[str]]) -> list[Term]:
    """All terms of a kind, most trials first; spellings that differ in case or spacing are one."""
    members: dict[str, dict[str, Trial]] = {}
    spellings: dict[str, Counter[str]] = {}
    for trial in trials:
        for name in of(trial):
            key = " ".join(name.casefold().split())
            members.setdefault(key, {})[trial.nct_id] = trial
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
    yield Page(f"{kind}/index.html", "terms.html", lambda: views.TermsPage(title, rows))
    for term in terms:
        yield from _list_pages(f"{kind}/{term.slug}", term.name, title, term.trials)


def _list_pages(stem: str, title: str, kind: str, trials: Sequence[Trial]) -> Iterator[Page]:
    """A list in pages: `stem.html`, `stem.2.html`, …"""
    count = max(1, -(-len(trials) // PER_PAGE))
    names = [f"{stem}.html", *(f"{stem}.{number}.html" for number in range(2, count + 1))]
    for number, path in enumerate(names, start=1):
        template = "term.html" if kind else "trials.html"
        yield Page(path, template, _list_view(title, kind, trials, number, names))


def _list_view(
    title: str, kind: str, trials: Sequence[Trial], number: int, names: Sequence[str]
) -> Callable[[], views.ListPage]:
    files = ["", *(name.rpartition("/")[2] for name in names), ""]
    shown = trials[(number - 1) * PER_PAGE : number * PER_PAGE]
    return lambda: views.ListPage(
        title=title,
        kind_title=kind,
        cards=tuple(views.card(trial, "../") for trial in shown),
        number=number,
        pages=len(names),
        total=len(trials),
        previous=files[number - 1],
        next=files[number + 1],
    )


_ON_HOME = 20
_WAYS = ("conditions", "countries", "phases", "statuses")


def _home(
    newest: Sequence[Trial], terms: Mapping[str, Sequence[Term]], language: Language
) -> views.HomePage:
    dates = [trial.last_update_post_date.date for trial in newest if trial.last_update_post_date]
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
        recruiting=sum(trial.overall_status is Status.RECRUITING for trial in newest),
        updated=max(dates, default=""),
        trials=tuple(views.card(trial, "") for trial in newest[:_ON_HOME]),
        ways=ways,
    )
