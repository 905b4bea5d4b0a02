"""What search engines get: the addresses of all pages (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialpages.pages.page import Page

PER_SITEMAP = 50_000
"""The most addresses that the protocol allows in one file."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Address and date of the last update of each page; the date is empty where there is none."""

    pages: tuple[tuple[str, str], ...]
    parts: bool = False
    """Whether these are the addresses of further sitemaps."""


def sitemaps(pages: Sequence[Page], most: int = PER_SITEMAP) -> Iterator[tuple[str, Sitemap]]:
    """Path and content of the sitemap, or of an index and its parts where pages are too many."""
    listed = tuple((page.path, _updated(page)) for page in pages if page.listed)
    if len(listed) <= most:
        yield "sitemap.xml", Sitemap(listed)
        return
    starts = range(0, len(listed), most)
    names = [f"sitemap-{number}.xml" for number, _ in enumerate(starts, start=1)]
    yield "sitemap.xml", Sitemap(tuple((name, "") for name in names), parts=True)
    for name, start in zip(names, starts, strict=True):
        yield name, Sitemap(listed[start : start + most])


def _updated(page: Page) -> str:
    update = page.trial.last_update_post_date if page.trial else None
    return update.date if update else ""
