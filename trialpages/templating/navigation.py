"""What the header and the footer of every page lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trialpages.editorial import Editorial
from trialpages.settings.site_file import MenuEntry, Site
from trialpages.trial.kinds import KINDS


@dataclass(frozen=True, slots=True)
class NavLink:
    title: str
    href: str
    """A path from the site's root, or a whole address."""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Navigation:
    menu: tuple[NavLink, ...] = ()
    """What the editor put into the menu."""
    footer: tuple[NavLink, ...] = ()
    """The site's own pages that the menu leaves out, so that each can be reached."""
    search: bool = True
    """Whether there is a search page: one without an index would only disappoint."""


def navigation(site: Site, pages: Iterable[Editorial], search: bool) -> Navigation:
    in_menu = {entry.page for entry in site.menu}
    others = (page for page in pages if page.name not in in_menu)
    footer = tuple(NavLink(page.title, f"{page.name}.html") for page in others)
    return Navigation(tuple(_links(site.menu)), footer, search)


def _links(menu: Iterable[MenuEntry]) -> Iterator[NavLink]:
    for entry in menu:
        if entry.page in KINDS:
            yield NavLink(entry.title, f"{entry.page}/index.html")
        elif entry.page:
            yield NavLink(entry.title, f"{entry.page}.html")
        elif entry.url:
            yield NavLink(entry.title, entry.url, outside=True)
