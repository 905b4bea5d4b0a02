"""What an editor's text may have and a record's has not, made fit for a page.

Links to files of this site, its pictures, tables, headings that can be linked to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from trialpages.prose.own_links import Place, own_address, own_picture, root_of
from trialpages.text.weblinks import web_url

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of content/media as it is published."""

    path: str
    """From the site's root."""
    width: int
    """In pixels; 0 where it isn't known."""
    height: int


Pictures = Callable[[str], Picture | None]
"""From the name of a picture to what is published of it."""


def no_pictures(_: str) -> None:
    """For a site without any."""


def fit_for_page(tokens: Sequence[Token], place: Place, pictures: Pictures) -> None:
    """Make what a parser read of a text at a place what its page shows."""
    for token in tokens:
        if token.type in ("th_open", "td_open"):
            _align(token)
        for child in token.children or ():
            if child.type == "link_open":
                _lead(child, place, pictures)
            elif child.type == "image":
                _show(child, place, pictures)
    if place == "pages":  # a list's page has ids of its own
        _name_headings(tokens)


def _align(cell: Token) -> None:
    """By a class: a page's policy lets no style stand in an element."""
    style = str(cell.attrs.pop("style", ""))
    if side := style.partition(":")[2]:
        cell.attrSet("class", f"to-{side}")
    if cell.type == "th_open":
        cell.attrSet("scope", "col")


def _lead(link: Token, place: Place, pictures: Pictures) -> None:
    """A link to a file of content/ leads to its page; one out of the site says so."""
    written = str(link.attrGet("href"))
    picture = pictures(own_picture(written, place))
    if picture:
        link.attrSet("href", root_of(place) + picture.path)
    elif address := own_address(written, place):
        link.attrSet("href", address)
    elif web_url(written):
        link.attrSet("rel", "external noopener")


def _show(image: Token, place: Place, pictures: Pictures) -> None:
    """A picture of this site with its size, so that nothing moves once it comes; of any other the
    words alone, for nothing is fetched from elsewhere."""
    picture = pictures(own_picture(str(image.attrGet("src")), place))
    if picture is None:
        image.type, image.tag, image.children = "text", "", None
        return
    image.attrSet("src", root_of(place) + picture.path)
    if picture.width and picture.height:
        image.attrSet("width", str(picture.width))
        image.attrSet("height", str(picture.height))
    image.attrSet("loading", "lazy")


_TAKEN = ("main", "header-q", "shortlist-link")
"""Ids that templates/base.html gives to what is on every page."""


def _name_headings(tokens: Sequence[Token]) -> None:
    """Give each heading an id made of its words, as code hosts do: `## Our team` is `#our-team`."""
    used = dict.fromkeys(_TAKEN, 1)  # how often each name was asked for
    for token, words in pairwise(tokens):
        if token.type != "heading_open":
            continue
        shown = "".join(child.content for child in words.children or ())
        plain = unicodedata.normalize("NFC", shown).casefold()
        stem = re.sub(r"[^\w-]+", "-", plain).strip("-") or "part"
        name = stem
        while name in used:
            used[stem] += 1
            name = f"{stem}-{used[stem]}"
        used[name] = 1
        token.attrSet("id", name)
