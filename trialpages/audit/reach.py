"""Does a visitor get to every page: by links, from the home page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from trialpages.addresses import HOME
from trialpages.audit.links import PageLinks
from trialpages.audit.page import BuiltPage
from trialpages.problems import Problem, Where

_START = HOME

_APART: Mapping[str, Callable[[BuiltPage], bool]] = {
    "a server shows it where it has no page": lambda page: (
        page.path.rpartition("/")[2] == "404.html"
    ),
    "it stands at a former address and leads on": lambda page: bool(
        page.find('meta[http-equiv="refresh"]')
    ),
}
"""Which pages nothing need lead to, by the reason."""


def stands_apart(page: BuiltPage) -> bool:
    """Whether nothing need lead to a page."""
    return any(holds(page) for holds in _APART.values())


def check_reach(
    pages: Mapping[str, PageLinks], apart: Collection[str], site: str
) -> Iterator[Problem]:
    """The pages that no way of links leads to, by their paths in a folder `site`."""
    reached, ahead = {_START}, [_START]
    while ahead:
        found = ahead.pop()
        links = pages[found].links if found in pages else ()
        new = {link.target for link in links if link.followed} - reached
        reached |= new
        ahead += new
    for path in pages:
        if path not in reached and path not in apart:
            message = "nothing leads to this page: no way of links from index.html ends here"
            hint = "link to it from a list, a menu or another page"
            yield Problem("unreachable", "error", message, Where(f"{site}/{path}"), hint)
