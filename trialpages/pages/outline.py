"""What robots and feed readers get: the addresses of all pages, and the latest trials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trialpages.pages.catalogue import Page
from trialpages.pages.views import Card, card
from trialpages.records.model import Trial

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


def sitemap(pages: Sequence[Page]) -> Sitemap:
    listed = (page for page in pages if page.path != "404.html")
    return Sitemap(tuple((page.path, _updated(page.trial)) for page in listed))


def feed(trials: Sequence[Trial], built: str) -> Feed:
    dated = [trial for trial in trials if len(_updated(trial)) == len("2024-07-03")]
    newest = sorted(dated, key=lambda trial: (_updated(trial), trial.nct_id), reverse=True)
    cards = tuple(card(trial, "") for trial in newest[:_IN_FEED])
    return Feed(cards[0].updated if cards else built, cards)


def _updated(trial: Trial | None) -> str:
    return trial.last_update_post_date.date if trial and trial.last_update_post_date else ""
