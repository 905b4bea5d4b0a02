"""The indexes of the terms that trials are listed by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby

from msgspec import Struct
from msgspec.structs import replace

from trialpages.addresses import index_path
from trialpages.lists.site_lists import SiteLists
from trialpages.lists.terms import Term, TermLink, term_links
from trialpages.pages.parts import Page, ready_page
from trialpages.text.spelling import folded, initial
from trialpages.trial.kinds import KINDS, Kind

_ON_ONE_PAGE = 1000
"""Terms that one index page bears; of more, each letter gets a page."""
_WITHOUT_LETTERS = 60
"""Terms that are found in one list without headings."""
_FREQUENT = 60
"""Terms an index shows above its letters."""


class TermsPage(Struct, frozen=True):
    """All terms of one kind, or those of one letter."""

    title: str
    total: int
    letter: str
    """The letter of this page; empty on the index itself."""
    frequent: tuple[TermLink, ...]
    """The terms with the most trials, where the index has too many for one page."""
    groups: tuple[tuple[str, tuple[TermLink, ...]], ...]
    """Letter and its terms; the letter is empty where the terms keep the registry's order."""
    letters: tuple[tuple[str, str], ...]
    """Every letter there is, and the address of its terms."""
    lead: str = ""
    unsaid: int = 0
    """How many trials of the site have no such term."""
    within: tuple[tuple[str, str], ...] = ()
    """Title and address of each index that is reached from here."""


def index_pages(kind: Kind, found: Sequence[Term], lead: str, site: SiteLists) -> Iterator[Page]:
    """The index page; of very many terms, a page with the most frequent and one a letter."""
    terms = [term for term in found if term.listed]
    groups, words = _by_letter(terms), site.language.words
    title = words[f"{kind.name}_title"]
    if kind.values:
        index = TermsPage(title, len(terms), "", (), (("", term_links(terms)),), ())
    elif len(terms) <= _WITHOUT_LETTERS:
        links = tuple(chain.from_iterable(groups.values()))
        index = TermsPage(title, len(terms), "", (), (("", links),), ())
    elif len(terms) <= _ON_ONE_PAGE:
        letters = tuple((letter, f"#{_anchor(letter)}") for letter in groups)
        index = TermsPage(title, len(terms), "", (), tuple(groups.items()), letters)
    else:
        letters = tuple((letter, f"{_anchor(letter)}.html") for letter in groups)
        index = TermsPage(title, len(terms), "", term_links(terms[:_FREQUENT]), (), letters)
        for letter, links in groups.items():
            of_letter = TermsPage(title, len(links), letter, (), ((letter, links),), letters)
            yield ready_page(f"{kind.name}/{_anchor(letter)}.html", "terms.html", of_letter)
    said = {facts.id for term in found for facts in term.trials}
    within = [name for name in site.terms if KINDS[name].within == kind.name]
    index = replace(
        index,
        lead=lead,
        unsaid=len(site.digests) - len(said),
        within=tuple((words[f"{name}_title"], f"../{index_path(name)}") for name in within),
    )
    yield ready_page(index_path(kind.name), "terms.html", index)


def _anchor(letter: str) -> str:
    return "letter-0" if letter == "#" else f"letter-{letter.lower()}"


def _by_letter(terms: Sequence[Term]) -> Mapping[str, tuple[TermLink, ...]]:
    """The terms from A to Z, those that begin with another sign last."""

    def place(link: TermLink) -> tuple[bool, str]:
        letter = initial(link.name)
        return letter == "#", letter

    links = sorted(term_links(terms), key=lambda link: (place(link), folded(link.name), link.href))
    return {key[1]: tuple(group) for key, group in groupby(links, key=place)}
