"""The pages every site has beside its trials and lists. One entry and a template make one; its
view, where it shows something of the trials, is in `phases/catalogue.py`.

A link to it, in the foot of every page or in an editor's menu, says the words `<name>_title`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnPage:
    listed: bool = True
    """Whether search engines should know of it."""
    in_footer: bool = False
    """Whether the foot of every page links it."""
    with_search: bool = False
    """Whether it is for a site with a search alone."""


OWN_PAGES: Mapping[str, OwnPage] = {
    "search": OwnPage(with_search=True),
    "404": OwnPage(listed=False),
    "overview": OwnPage(in_footer=True),
    "shortlist": OwnPage(),
    "compare": OwnPage(listed=False),
    "glossary": OwnPage(in_footer=True),
}
"""By name: `glossary` is the page glossary.html, made with the template of that name."""

FOR_MENUS = frozenset(name for name, one in OWN_PAGES.items() if one.listed and not one.with_search)
"""Those that an editor's menu may name."""
