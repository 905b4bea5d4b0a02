"""What the header and the footer of every page lead to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trialpages.addresses import index_path
from trialpages.pages.curated import LISTS
from trialpages.pages.editorial import Editorial
from trialpages.pages.own_pages import FOR_MENUS, OWN_PAGES
from trialpages.settings.site_file import Site, published_lists
from trialpages.settings.translations import MenuEntry
from trialpages.trial.kinds import KINDS, ways_in


@dataclass(frozen=True, slots=True)
class NavLink:
    title: str
    href: str
    """A path from the site's root, or a whole address."""
    outside: bool = False
    lang: str = ""
    """That of the title, where it isn't the page's."""


@dataclass(frozen=True, slots=True)
class Navigation:
    menu: tuple[NavLink, ...] = ()
    """What the editor put into the menu."""
    footer: tuple[NavLink, ...] = ()
    """The pages every site has, and an editor's that the menu leaves out: each can be reached."""
    lists: tuple[NavLink, ...] = ()
    """The indexes of the lists that an editor chose, and of the kinds that are ways in."""
    search: bool = True
    """Whether there is a search page: one without an index would only disappoint."""


def navigation(
    site: Site,
    pages: Sequence[Editorial],
    curated: bool,
    search: bool,
    words: Mapping[str, str],
    menu_language: str = "",
) -> Navigation:
    """`curated` is whether an editor chose lists; `words` are the language's, by key;
    `menu_language` is that of the menu's titles, where it isn't the page's."""
    titles = dict(_titles(pages, words)) if menu_language else {}
    menu = tuple(_links(site.menu, titles, menu_language))
    in_menu = {entry.page for entry in site.menu}
    others = (page for page in pages if page.name not in in_menu)
    footer = (
        *_own(words, in_menu),
        *(NavLink(page.title, f"{page.name}.html", lang=page.language) for page in others),
    )
    chosen = (NavLink(words["lists_title"], index_path(LISTS)),) if curated else ()
    return Navigation(menu, footer, (*chosen, *_indexes(site, words)), search)


def _own(words: Mapping[str, str], in_menu: Collection[str | None]) -> Iterator[NavLink]:
    for name, page in OWN_PAGES.items():
        if page.in_footer and name not in in_menu:
            yield NavLink(words[f"{name}_title"], f"{name}.html")


def _indexes(site: Site, words: Mapping[str, str]) -> Iterator[NavLink]:
    for kind in ways_in(published_lists(site, KINDS)):
        yield NavLink(words[f"{kind}_title"], index_path(kind))


def _titles(
    pages: Iterable[Editorial], words: Mapping[str, str]
) -> Iterator[tuple[str | None, str]]:
    """What the pages that a menu may name are called in the page's language."""
    yield from ((name, words[f"{name}_title"]) for name in (*FOR_MENUS, *KINDS))
    yield from ((page.name, page.title) for page in pages if not page.language)


def _links(
    menu: Iterable[MenuEntry], titles: Mapping[str | None, str], language: str
) -> Iterator[NavLink]:
    """`titles` are those of pages that go before the menu's own, which are in the `language`."""
    for entry in menu:
        title = titles.get(entry.page, entry.title)
        lang = "" if entry.page in titles else language
        if entry.page and entry.page in KINDS:
            yield NavLink(title, index_path(entry.page), lang=lang)
        elif entry.page:
            yield NavLink(title, f"{entry.page}.html", lang=lang)
        elif entry.url:
            yield NavLink(title, entry.url, outside=True, lang=lang)
