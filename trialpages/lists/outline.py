"""What robots get: robots.txt, the sitemap (sitemaps.org). A site of several languages has one of
each, and its sitemap names each page in each language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialpages.pages.parts import Page, SitePart, ready_page
from trialpages.trial.views import EmptyPage

PER_SITEMAP = 50_000
"""The most addresses that the protocol allows in one file. In each of n languages a page has one,
with which all n stand."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Path and date of the last update of each page; the date is empty where there is none."""

    pages: tuple[tuple[str, str], ...]
    parts: bool = False
    """Whether these are the paths of further sitemaps."""


def outlines(parts: Sequence[SitePart], site: str, languages: int) -> Iterator[Page]:
    """robots.txt and the sitemap, for a site that has these parts in each of so many languages, at
    that URL.

    Without a URL there is no sitemap: the protocol has whole addresses only.
    """
    yield Page("robots.txt", "robots.txt", EmptyPage, b"")
    for path, view in sitemaps(parts, PER_SITEMAP // languages**2) if site else ():
        yield ready_page(path, "sitemap.xml", view)


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
