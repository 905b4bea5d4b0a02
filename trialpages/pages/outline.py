"""What robots and feed readers get: the addresses of all pages, and the latest trials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from trialpages.pages.catalogue import ListedTrial, Page, TrialPages
from trialpages.pages.digests import digest
from trialpages.pages.language import Language
from trialpages.pages.views import Card, EmptyPage, card, results_path

_IN_FEED = 50


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Address and date of the last update of every page that search engines may list."""

    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """The trials updated last, newest first (Atom, RFC 4287)."""

    updated: str
    cards: tuple[Card, ...]


def outlines(
    pages: Sequence[Page | TrialPages],
    trials: Sequence[ListedTrial],
    built: str,
    language: Language,
) -> Iterator[Page]:
    """robots.txt, sitemap.xml and feed.xml, for a site of these pages."""
    listed = tuple(address for page in pages for address in _addresses(page))
    latest = feed(trials, built, language)
    yield Page("robots.txt", "robots.txt", EmptyPage, b"")
    made_from = digest("\n".join(map("\t".join, listed)).encode())
    yield Page("sitemap.xml", "sitemap.xml", partial(Sitemap, listed), made_from)
    view = partial(Feed, latest.updated, latest.cards)
    yield Page("feed.xml", "feed.xml", view, digest(repr(latest).encode()))


def _addresses(page: Page | TrialPages) -> Iterator[tuple[str, str]]:
    if isinstance(page, Page):
        if page.path != "404.html":
            yield page.path, ""
        return
    yield page.path, page.updated
    if page.results:
        yield results_path(page.path.split("/")[1].removesuffix(".html")), page.updated


def feed(trials: Sequence[ListedTrial], built: str, language: Language) -> Feed:
    dated = [trial.facts for trial in trials if len(trial.facts.updated or "") == 10]
    newest = sorted(dated, key=lambda facts: (facts.updated, facts.id), reverse=True)
    cards = tuple(card(facts, "", language) for facts in newest[:_IN_FEED])
    return Feed(cards[0].updated if cards else built, cards)
