"""Of a site in several languages: does each page lead to itself in the others, and they back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trialpages.audit.links import PageLinks
from trialpages.audit.page import BuiltPage, attribute
from trialpages.problems import Problem, Where

_HINT = "mend the links of `versions` in base.html: see templates/README.md"


@dataclass(frozen=True, slots=True)
class PageVersions:
    """Which language a page says it is in, and where it says that it is in others, by their
    codes."""

    shown: str
    """The page, as messages call it."""
    language: str
    others: Mapping[str, str]


def page_versions(page: BuiltPage, links: PageLinks) -> PageVersions:
    root = next(iter(page.find("html")), None)
    named = {attribute(a, "href"): attribute(a, "hreflang") or "" for a in page.find("a[hreflang]")}
    others = {named[one.written]: one.target for one in links.links if one.written in named}
    return PageVersions(page.shown, (root and attribute(root, "lang")) or "", others)


def check_versions(pages: Mapping[str, PageVersions]) -> Iterator[Problem]:
    """Pages that say they are in another language, and others that don't lead back; by their paths
    in the site."""
    for path, page in pages.items():
        for code, target in page.others.items():
            other = pages.get(target)
            if other is None:
                continue  # a link that leads nowhere is told as such
            message = ""
            if other.language != code:
                message = f"{target} is named as this page in {code}, and says it is in "
                message += other.language or "none"
            elif other.others.get(page.language) != path:
                message = f"{target} is named as this page in {code}, and doesn't lead back"
            if message:
                yield Problem("other-language", "error", message, Where(page.shown), _HINT)
