"""What a feed reader gets (Atom, RFC 4287): the trials of a list that were updated last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

from trialpages.digests import digest
from trialpages.pages.parts import Page, ready_page
from trialpages.trial.facts import Digests, TrialFacts

_IN_FEED = 50
_IN_LIST_FEED = 20


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; one for a term names it, that of the whole site has no title of its own."""

    title: str
    address: str
    """Path of the list it follows, from the site's root."""
    path: str
    updated: str
    """The newest entry's day (ISO); empty where there is no entry."""
    entries: tuple[TrialFacts, ...]


def site_feed(trials: Sequence[TrialFacts], digests: Digests) -> Page:
    return _page("feed.xml", "", "index.html", _newest(trials, _IN_FEED), digests)


def feed_page(stem: str, title: str, trials: Sequence[TrialFacts], digests: Digests) -> Page:
    """The feed of the list at `stem`.html."""
    return _page(f"{stem}.xml", title, f"{stem}.html", _newest(trials, _IN_LIST_FEED), digests)


def _newest(trials: Sequence[TrialFacts], most: int) -> Sequence[TrialFacts]:
    dated = [facts for facts in trials if len(facts.updated or "") == len("2024-07-03")]
    return nlargest(most, dated, key=lambda facts: (facts.updated, facts.id))


def _page(
    path: str, title: str, address: str, newest: Sequence[TrialFacts], digests: Digests
) -> Page:
    updated = newest[0].updated if newest else None
    view = Feed(title, address, path, updated or "", tuple(newest))
    made_from = digest(path.encode(), title.encode(), *[digests[facts.id] for facts in newest])
    return ready_page(path, "feed.xml", view, made_from=made_from, listed=False)
