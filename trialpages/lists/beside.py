"""The lists that a list leads to: an area to the medical headings in it, a heading to its areas and
to what records call it, a condition in a record's words to the headings of its trials.

A record names the headings of all its conditions together, and the broader headings of all these.
So an area is known to hold a heading where every trial of the heading is in the area, and one of
them by no other of its headings; likewise a heading a condition.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from trialpages.language.site_language import Language
from trialpages.lists.terms import Term, TermLink, term_links

_MOST_HEADINGS = 5
"""Of those that the trials of a condition have."""


class Beside(Struct, frozen=True):
    """Lists of one kind, beside another list."""

    title: str
    links: tuple[TermLink, ...]


ListsBeside = Mapping[str, tuple[Beside, ...]]
"""By the path of the list without ending."""


def lists_beside(found: Mapping[str, Sequence[Term]], language: Language) -> ListsBeside:
    """Of all lists of the site; `found` are the terms of each kind that it has lists of."""
    areas, headings, conditions = (found.get(kind, ()) for kind in _KINDS)
    in_areas, said_as = _surely(headings, areas), _surely(conditions, headings)
    in_area, as_said = _turned(headings, in_areas), _turned(conditions, said_as)
    words, filed = language.words, _by_trial(headings)
    beside = {}
    for area in areas:
        inside = words["beside_in_area"], "headings", in_area[area.slug]
        beside[f"areas/{area.slug}"] = _shown(inside)
    for heading in headings:
        around = words["beside_areas"], "areas", in_areas[heading.slug]
        said = words["beside_conditions"], "conditions", as_said[heading.slug]
        beside[f"headings/{heading.slug}"] = _shown(around, said)
    for condition in conditions:
        under = words["beside_headings"], "headings", _shared(condition, filed)
        beside[f"conditions/{condition.slug}"] = _shown(under)
    return beside


_KINDS = ("areas", "headings", "conditions")

_ByTrial = Mapping[str, Sequence[Term]]
"""The terms of one kind that a trial has, by its id."""


def _by_trial(terms: Iterable[Term]) -> _ByTrial:
    found: defaultdict[str, list[Term]] = defaultdict(list)
    for term in terms:
        for facts in term.trials:
            found[facts.id].append(term)
    return found


def _surely(terms: Sequence[Term], wider: Sequence[Term]) -> Mapping[str, Sequence[Term]]:
    """The wider terms that surely hold each term, by its slug."""
    others = _by_trial(wider)
    around = {term.slug: _around(term, others) for term in terms}
    ways = Counter(
        (facts.id, one.slug) for term in terms for one in around[term.slug] for facts in term.trials
    )

    def is_sure(term: Term, one: Term) -> bool:
        return any(ways[facts.id, one.slug] == 1 for facts in term.trials)

    return {term.slug: [one for one in around[term.slug] if is_sure(term, one)] for term in terms}


def _around(term: Term, wider: _ByTrial) -> list[Term]:
    """The wider terms that every trial of a term has."""
    each = [{one.slug: one for one in wider.get(facts.id, ())} for facts in term.trials]
    return [one for slug, one in each[0].items() if all(slug in these for these in each)]


def _turned(
    terms: Sequence[Term], wider: Mapping[str, Sequence[Term]]
) -> Mapping[str, Sequence[Term]]:
    """The terms that each wider one holds, by its slug."""
    held: defaultdict[str, list[Term]] = defaultdict(list)
    for term in terms:
        for one in wider[term.slug]:
            held[one.slug].append(term)
    return held


def _shared(condition: Term, headings: _ByTrial) -> list[Term]:
    """The headings that the trials of a condition have, those of most of them first."""
    named = [heading for facts in condition.trials for heading in headings.get(facts.id, ())]
    known = {heading.slug: heading for heading in named}
    counts = Counter(heading.slug for heading in named)
    return [known[slug] for slug, _ in counts.most_common(_MOST_HEADINGS)]


def _shown(*found: tuple[str, str, Sequence[Term]]) -> tuple[Beside, ...]:
    """Title, kind and terms of each group that has any."""
    return tuple(
        Beside(title, term_links(terms, f"../{kind}/")) for title, kind, terms in found if terms
    )
