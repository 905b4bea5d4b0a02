"""An editor's pages and lists in the site's languages: `about.zh-Hans.md` beside `about.md`.

A file of another language is the text alone, of a list too: which trials are on it stands once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from trialpages.pages.curated import CuratedList
from trialpages.pages.editorial import Editorial, read_editorial, read_page
from trialpages.problems import Problem, Where
from trialpages.text.file_text import decode

Read = tuple[Editorial | None, tuple[Problem, ...]]


def name_and_language(stem: str, others: Collection[str]) -> tuple[str, str]:
    """What a page is called by its file's name without `.md`, and in which of the site's `others`
    it is; '' for the first.

    >>> name_and_language("about.es", ["es"]), name_and_language("about", ["es"])
    (('about', 'es'), ('about', ''))
    """
    name, _, code = stem.rpartition(".")
    return (name, code) if code in others else (stem, "")


def read_page_in(
    content: bytes, stem: str, path: str, media: Collection[str], others: Collection[str]
) -> Read:
    """The page in a file, as `read_editorial`."""
    name, code = name_and_language(stem, others)
    page, problems = read_editorial(content, name, path, media)
    return page and replace(page, language=code), problems


def read_introduction(
    content: bytes, stem: str, path: str, media: Collection[str], others: Collection[str]
) -> Read:
    """The title and introduction of a list in another language."""
    text, problems = decode(content, path)
    if text is None:
        return None, problems
    name, code = name_and_language(stem, others)
    page, problems = read_page(text, 1, name, path, media, "lists")
    return page and replace(page, language=code), problems


def check_alone(
    pages: Iterable[Editorial], firsts: Collection[str], place: str
) -> Iterator[Problem]:
    """An error for each page of another language that isn't there in the first."""
    for page in pages:
        if page.language and page.name not in firsts:
            kind = place.removesuffix("s")
            message = f"there is no {kind} {page.name}.md that this could be in another language"
            hint = f"add content/{place}/{page.name}.md in the site's first language"
            yield Problem("no-first-language", "error", message, Where(page.path), hint)


def pages_in(pages: Sequence[Editorial], code: str, first: str) -> tuple[Editorial, ...]:
    """The pages as a site shows them in a language: those that aren't there in it in the first, of
    which they then say so."""
    firsts = [page for page in pages if not page.language]
    if code == first:
        return tuple(firsts)
    asked = {page.name: page.asked for page in firsts}
    own = {
        page.name: replace(page, language="", asked=page.asked or asked.get(page.name))
        for page in pages
        if page.language == code
    }
    return tuple(own.get(page.name) or replace(page, language=first) for page in firsts)


def lists_in(
    lists: Sequence[CuratedList], texts: Sequence[Editorial], code: str, first: str
) -> tuple[CuratedList, ...]:
    """The same of lists, of which `texts` are the titles and introductions in other languages."""
    shown = pages_in((*(one.page for one in lists), *texts), code, first)
    return tuple(replace(one, page=page) for one, page in zip(lists, shown, strict=True))
