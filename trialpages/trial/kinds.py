"""What trials are listed by: conditions, interventions, countries … One entry makes a kind of list:
its pages, index and feeds, its place on the home page, in the foot of every page and in site.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from trialpages.addresses import list_path
from trialpages.language.site_language import Language
from trialpages.records.countries import folded_country
from trialpages.records.model import Trial
from trialpages.records.our_sites import OUR_SITES
from trialpages.records.vocabulary import Phase, Status, Vocabulary
from trialpages.text.spelling import folded, joined, slug
from trialpages.trial.areas import area_said, areas, headings

if TYPE_CHECKING:
    from trialpages.trial.facts import TrialFacts


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list. Its terms are a trial's facts (`of`), or read of the record for the lists
    alone (`read`); either may say a term twice, or in several spellings."""

    name: str
    """Of its folder and in site.yaml; the words call it `<name>_title`."""
    of: Callable[[TrialFacts], Iterable[str]] | None = None
    read: Callable[[Trial], Iterable[str]] | None = None
    folded: Callable[[str], str] = folded
    """A term as its list's file is named: the same for spellings that hardly differ."""
    joined: Callable[[str], str] = str
    """What more spellings have in common, of what `folded` makes of them. They are one list, and
    each has an address that leads there."""
    said: Callable[[str, Language], str] | None = None
    """What a term is called in the site's language; empty where that is as the records do."""
    values: type[Vocabulary] | None = None
    """The enumeration whose codes the terms are: its labels and its order are those of the list."""
    filter: str = ""
    """The filter of the search page that has the same terms under the same names; empty where the
    search tells them apart in another way."""

    within: str = ""
    """The kind whose lists lead to these, where home and foot needn't."""
    lead: str = ""
    """The key of the words above its index and lists, where they need some."""
    with_feeds: bool = True
    """Whether each of its lists has a feed where site.yaml doesn't say which kinds have."""
    is_open: bool = False
    """Whether there is no end of its terms, and most are of one trial."""

    def __post_init__(self) -> None:
        if (self.of is None) == (self.read is None):
            raise TypeError(f"the kind of list `{self.name}` needs `of` or `read`, and not both")
        if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", self.name):
            raise TypeError(
                f"the kind of list `{self.name}` names a folder: small letters, hyphens"
            )

    def key(self, term: str) -> str:
        """What all spellings of a term have in common; empty for one that says nothing."""
        return self.joined(self.folded(term))

    def slug(self, term: str) -> str:
        """The name of the files of a term's list, without ending, or of the page that leads there
        from this spelling; empty for one that says nothing, which no list has."""
        key = self.folded(self.values(term).label if self.values else term)
        return slug(key) if key else ""

    def terms(self, facts: TrialFacts) -> Iterable[str]:
        """A trial's terms, as its record spells them."""
        return self.of(facts) if self.of else facts.terms.get(self.name, ())


_CODE = re.compile(r"[A-Z][0-9]{2}(?:\.[0-9]{1,4})*")
"""Of ICD-10 and MeSH: `I50.1`, `C10.228.140`. Some registries' conditions are codes."""


def _folded_condition(term: str) -> str:
    """A code says nothing to who looks through conditions: it has no list."""
    return "" if _CODE.fullmatch(term.strip()) else folded(term)


_ALL = (
    Kind(
        OUR_SITES,
        lambda facts: (one.name for one in facts.ours),
        said=lambda name, _: name,
        filter="our_site",
    ),
    Kind("areas", read=areas, folded=str, said=area_said, lead="headings_lead"),
    Kind("headings", read=headings, within="areas", lead="headings_lead", is_open=True),
    Kind(
        "conditions",
        lambda facts: facts.conditions,
        folded=_folded_condition,
        joined=joined,
        is_open=True,
    ),
    Kind(
        "interventions",
        lambda facts: (one.name for one in facts.interventions),
        with_feeds=False,  # most are the name that a single trial has for what it gives
        is_open=True,
    ),
    Kind(
        "countries",
        lambda facts: facts.countries,
        folded=folded_country,
        said=lambda name, language: language.country_translated(name),
    ),
    Kind("sponsors", lambda facts: facts.sponsors, is_open=True),
    Kind("phases", lambda facts: (one.value for one in facts.phases), values=Phase, filter="phase"),
    Kind("statuses", lambda facts: (facts.status.value,), values=Status, filter="status"),
)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}


FEEDS = tuple(name for name, kind in KINDS.items() if kind.with_feeds)
"""The kinds that have feeds unless site.yaml says which."""


def ways_in(lists: Collection[str]) -> tuple[str, ...]:
    """Those of the published kinds that home and the foot of every page lead to."""
    return tuple(name for name in lists if KINDS[name].within not in lists)


@lru_cache(maxsize=1 << 16)  # trials of a site share most of their terms
def path_of_list(kind: str, term: str) -> str:
    """The list of the trials that have a term, spelled as one of them spells it (a value of an
    enumeration by its code): its path from the site's root, or '' for a term that says nothing."""
    name = KINDS[kind].slug(term)
    return list_path(kind, name) if name else ""


def read_terms(trial: Trial) -> dict[str, tuple[str, ...]]:
    """The terms by kind that nothing but lists needs to know of a record."""
    found = ((kind.name, tuple(kind.read(trial))) for kind in _ALL if kind.read)
    return {name: terms for name, terms in found if terms}
