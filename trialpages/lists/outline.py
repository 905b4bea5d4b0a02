"""What robots and feed readers get: robots.txt, the sitemap (sitemaps.org), the site's feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialpages.lists.feeds import site_feed
from trialpages.pages.parts import ListedTrial, Page, SitePart, ready_page
from trialpages.trial.views import EmptyPage

PER_SITEMAP = 50_000
"""The most addresses that the protocol allows in one file."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Path and date of the last update of each page; the date is empty where there is none."""

    pages: tuple[tuple[str, str], ...]
    parts: bool = False
    """Whether these are the paths of further sitemaps."""


def outlines(parts: Sequence[SitePart], trials: Sequence[ListedTrial], site: str) -> Iterator[Page]:
    """robots.txt, the sitemap and feed.xml, for a site of these parts at that URL.

    Without a URL there is no sitemap: the protocol has whole addresses only.
    """
    yield Page("robots.txt", "robots.txt", EmptyPage, b"")
    for path, view in sitemaps(parts) if site else ():
        yield ready_page(path, "sitemap.xml", view)
    digests = {trial.facts.id: trial.facts_digest for trial in trials}
    yield site_feed([trial.facts for trial in trials], digests)


def sitemaps(parts: Sequence[SitePart], most: int = PER_SITEMAP) -> Iterator[tuple[str, Sitemap]]:
    """Path and content of the sitemap, or of an index and its parts where pages are too many."""
    listed = tuple(address for part in parts for address in part.addresses())
    if len(listed) <= most:
        yield "sitemap.xml", Sitemap(listed)
        return
    starts = range(0, len(listed), most)
    names = [f"sitemap-{number}.xml" for number, _ in enumerate(starts, start=1)]
    yield "sitemap.xml", Sitemap(tuple((name, "") for name in names), parts=True)
    for name, start in zip(names, starts, strict=True):
        yield name, Sitemap(listed[start : start + most])
