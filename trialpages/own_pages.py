"""The pages every site has that need nothing of its trials. One entry and a template make one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnPage:
    listed: bool = True
    """Whether search engines should know of it."""
    with_search: bool = False
    """Whether it is for a site with a search alone."""


OWN_PAGES: Mapping[str, OwnPage] = {
    "search": OwnPage(with_search=True),
    "404": OwnPage(listed=False),
    "glossary": OwnPage(),
}
"""By name: `glossary` is the page glossary.html, made with the template of that name."""
