"""Links of an editor's text to other files of content/, and to pages of the site.

`[the trial](../trials/NCT01234567.md)` works where the files are read, in an editor or at a
repository; on the site it leads to the page that is made of that file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import unquote

Folder = Literal["pages", "trials", "lists"]
Place = Folder | Literal[""]
"""The folder of content/ in which a text stands; '' for one that is shown on many pages."""

WITH_PICTURES: frozenset[Place] = frozenset({"pages", "lists"})
"""Where a text may place pictures: pages of an editor's own."""

_PICTURE = re.compile(r"(?:\.{1,2}/)*(?:content/)?media/([^/#?]+)")

_FILE = re.compile(
    r"(?:\.{1,2}/)*(?:content/)?(?P<folder>(?:trials/(?:[\w.-]+/)*|pages/|lists/)?)"
    r"(?P<name>[\w-][\w.-]*)\.(?P<ending>md|yaml|html)(?P<anchor>#[\w.:-]+)?",
    re.ASCII,
)
_TRIAL = re.compile(r"(?=[^#]*\d{4})([A-Za-z0-9-]{5,40})(#[\w.:-]+)?", re.ASCII)
"""The number of a trial, without its file's ending."""
_INSIDE = re.compile(
    r"(?=.)(?:(?:\.\./)*(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.html)?(?:#[\w.:-]+)?", re.ASCII
)


_BY_NAME: Mapping[str, Folder] = {name: name for name in get_args(Folder)}


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of content/ that a link names."""

    folder: Folder
    name: str
    """Without its ending."""
    anchor: str
    """With its `#`; '' for none."""


def own_file(written: str, place: Place) -> OwnFile | None:
    """The file that a link in a text at a place names; None where it names none of content/."""
    if place and (number := _TRIAL.fullmatch(written)):
        return OwnFile("trials", number[1], number[2] or "")
    found = _FILE.fullmatch(written)
    if not (found and place):
        return None
    if not found["folder"] and found["ending"] == "html":
        return None  # a page of the site, as the page with the text sees it
    named = found["folder"].partition("/")[0] or place
    return OwnFile(_BY_NAME[named], found["name"], found["anchor"] or "")


def own_address(written: str, place: Place) -> str:
    """The address of the page made of a file that a link names, seen from the page with the text;
    '' where it names none.

    >>> own_address("../trials/NCT01234567.md#eligibility", "pages")
    'trials/NCT01234567.html#eligibility'
    >>> own_address("../pages/about.md", "trials"), own_address("about.md", "pages")
    ('../about.html', 'about.html')
    """
    file = own_file(written, place)
    if file is None:
        return ""
    page = f"{file.name}.html{file.anchor}"
    if file.folder == place:
        return page
    return root_of(place) + (page if file.folder == "pages" else f"{file.folder}/{page}")


def own_picture(written: str, place: Place) -> str:
    """The name of the picture in content/media that a text at a place names; '' where it names none
    or may place none.

    >>> own_picture("../media/ward%203.png", "pages"), own_picture("ward.png", "pages")
    ('ward 3.png', '')
    """
    found = _PICTURE.fullmatch(unquote(written)) if place in WITH_PICTURES else None
    return found[1] if found else ""


def root_of(place: Place) -> str:
    """The way from the page with a text of a place to the site's root."""
    return "" if place == "pages" else "../"


def leads_out(written: str, place: Place) -> bool:
    """Whether a link to a page goes further up than this site's root.

    >>> leads_out("../about.html", "trials"), leads_out("../../about.html", "trials")
    (False, True)
    """
    up = written.startswith("../" * (1 if place == "pages" else 2))
    return up and not (own_file(written, place) or own_picture(written, place))


def is_inside(address: str) -> bool:
    """Whether an address is one of this site, relative to a page: `search.html`, `#exclusion`."""
    return _INSIDE.fullmatch(address) is not None
