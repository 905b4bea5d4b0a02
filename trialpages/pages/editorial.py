"""The site's own pages: about, privacy, glossary … from content/pages/*.md."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from trialpages.digests import digest
from trialpages.pages.own_pages import OWN_PAGES
from trialpages.pages.own_templates import OF_EVERY_PAGE, Asked, Below, below_front
from trialpages.pages.parts import Page, SitePart
from trialpages.pages.placed_pictures import check_placed
from trialpages.problems import ContentFailure, Problem, Where, quoted
from trialpages.prose.excess import check_text_excess
from trialpages.prose.own_links import Folder
from trialpages.records.unfit import check_unfit_lines
from trialpages.settings.site_file import MOST_OF_A_TITLE
from trialpages.text.bidi import check_bidi, closed, closed_markup
from trialpages.text.file_text import decode
from trialpages.text.hosts import check_hosts
from trialpages.text.spelling import KEPT_BY_WINDOWS


@dataclass(frozen=True, slots=True)
class Editorial:
    """A page an editor wrote: its file's name is its address."""

    name: str
    title: str
    text: str
    path: str
    """The file, as the messages call it."""
    language: str = ""
    """The language it is in, where that isn't the one of the pages around it (BCP 47)."""
    asked: Asked | None = None
    """The template it asks for."""


_IN_A_LANGUAGE = re.compile(r"[a-z0-9-]+\.([a-z]{2}(?:-\w{2,4})?)")
_NAME = re.compile(rf"(?!(?:{KEPT_BY_WINDOWS})\Z)[a-z0-9][a-z0-9-]*")


def read_editorial(
    content: bytes, name: str, path: str, media: Collection[str]
) -> tuple[Editorial | None, tuple[Problem, ...]]:
    """The page in a Markdown file: its first line is its title, `# About this site`.

    `media` are the names of the files in content/media.
    """
    text, problems = decode(content, path)
    if text is None:
        return None, problems
    if name.lower() in ("index", *OWN_PAGES):
        page = f"{name.lower()}.html"
        return None, (_taken(path, page, page),)
    below = below_front(text, path)
    if not isinstance(below, Below):
        return None, below
    made, problems = read_page(below.text, below.line, name, path, media)
    return made and replace(made, asked=below.asked), problems


def read_page(
    text: str, line: int, name: str, path: str, media: Collection[str], place: Folder = "pages"
) -> tuple[Editorial | None, tuple[Problem, ...]]:
    """The page in a text that begins in that line of its file, which stands in `place`."""
    kind = place.removesuffix("s")
    if not _NAME.fullmatch(name):
        message = f"a {kind} can't be called {quoted(name)}"
        hint = "rename the file: small letters, digits and hyphens, no name of Windows' own"
        if spoken := _IN_A_LANGUAGE.fullmatch(name):
            said = f"if it is in the language {quoted(spoken[1])}, add that to `languages` in"
            hint = f"{said} site.yaml, behind the site's first; else {hint}"
        return None, (Problem("page-name", "error", message, Where(path), hint),)
    first, _, rest = text.lstrip("\n").partition("\n")
    whole = "\n" * (line - 1) + text
    if len(first) > MOST_OF_A_TITLE + 2 and first.startswith("# "):
        return None, (_long_title(first, text, line, path),)
    if first.startswith("# "):
        found = (
            *check_text_excess(rest, whole.encode(), path),
            *check_bidi(whole, path),
            *check_hosts(whole, path),
            *check_unfit_lines(text, path, line),
            *check_placed(rest, place, media, text.count("\n") - rest.count("\n") + line, path),
        )
        title, rest = closed(first[2:].strip()), closed_markup(rest.rstrip("\n"))
        return Editorial(name, title, rest, path), found
    where = Where(path, line, 1, first)
    hint = "begin the file with `# ` and the page's title"
    problem = Problem("no-title", "error", f"the {kind} has no title", where, hint)
    return Editorial(name, name, text, path), (problem,)


def _long_title(first: str, text: str, line: int, path: str) -> Problem:
    at = line + len(text) - len(text.lstrip("\n"))
    message = f"the title has {len(first) - 2:,} characters; {MOST_OF_A_TITLE:,} is the most"
    hint = "write a shorter one: tabs of a browser, lists and the search show it"
    return Problem("too-long", "error", message, Where(path, at, 3, first, len(first) - 2), hint)


def editorial_pages(pages: tuple[Editorial, ...]) -> Iterator[Page]:
    for page in pages:
        made_from = digest(page.title.encode(), page.text.encode(), page.language.encode())
        view = partial(_view, page)
        template = page.asked.template if page.asked else OF_EVERY_PAGE
        yield Page(f"{page.name}.html", template, view, made_from, source=page.path)


def refuse_taken_names(pages: Iterable[Page], others: Iterable[SitePart]) -> None:
    """Raise ContentFailure for editors' pages that are called like other pages of the site."""
    made_from = {other.path: other.templates for other in others}
    taken = [page for page in pages if made_from.get(page.path)]
    if taken:
        raise ContentFailure(
            *(_taken(page.source, page.path, made_from[page.path][0]) for page in taken)
        )


def _taken(path: str, page: str, template: str) -> Problem:
    message = f"the site has a {page} already, made from templates/{template}"
    hint = "rename this file, or change that template"
    return Problem("page-name", "error", message, Where(path), hint)


@dataclass(frozen=True, slots=True)
class EditorialPage:
    """What a template sees of it."""

    title: str
    text: str
    """CommonMark."""
    language: str
    """That of both, where it isn't the page's."""


def _view(page: Editorial) -> EditorialPage:
    return EditorialPage(page.title, page.text, page.language)
