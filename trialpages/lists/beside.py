"""The lists that a list leads to: an area to the medical headings in it, a heading to its areas and
to what records call it, a condition in a record's words to its other names, to the headings of its
trials, and to what else records say that have such a heading.

A record names the headings of all its conditions together, and the broader headings of all these.
So what an area holds is asked of the trials that have one heading alone: it holds a heading that
puts most of these into it; likewise a heading a condition.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from trialpages.language.site_language import Language
from trialpages.lists.terms import Term, TermLink, term_links
from trialpages.text.spelling import folded, joined

_MOST_NAMES = 8
"""Of the other conditions of a heading."""
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
    in_areas, said_as = _held(headings, areas), _held(conditions, headings)
    in_area, as_said = _turned(headings, in_areas), _turned(conditions, said_as)
    words, filed = language.words, _by_trial(headings)
    same = _explained(conditions)
    beside = {}
    for area in areas:
        inside = words["beside_in_area"], "headings", in_area[area.slug]
        beside[f"areas/{area.slug}"] = _shown(inside)
    for heading in headings:
        around = words["beside_areas"], "areas", in_areas[heading.slug]
        said = words["beside_conditions"], "conditions", as_said[heading.slug]
        beside[f"headings/{heading.slug}"] = _shown(around, said)
    for condition in conditions:
        also = words["beside_same"], "conditions", same[condition.slug]
        named = words["beside_headings"], "headings", _shared(condition, filed)
        near = [one for heading in said_as[condition.slug] for one in as_said[heading.slug]]
        others = words["beside_others"], "conditions", _others(near, [condition, *also[2]])
        beside[f"conditions/{condition.slug}"] = _shown(also, named, others)
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


def _held(terms: Sequence[Term], wider: Sequence[Term]) -> Mapping[str, Sequence[Term]]:
    """The wider terms that hold each term, as trials that have it alone say, by its slug."""
    own, others = _by_trial(terms), _by_trial(wider)
    known = {one.slug: one for one in wider}

    def around(term: Term) -> list[Term]:
        alone = [facts.id for facts in term.trials if len(own[facts.id]) == 1]
        counts = Counter(one.slug for name in alone for one in others.get(name, ()))
        return [known[slug] for slug, count in counts.items() if 2 * count > len(alone)]

    return {term.slug: around(term) for term in terms}


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


_EXPLAINED = re.compile(r"(.+?) ?\(([A-Z][A-Za-z\d]+)\)")


def _explained(conditions: Iterable[Term]) -> Mapping[str, Sequence[Term]]:
    """By the slug of each condition the others that are the same by a record's own word, `Atopic
    Dermatitis (AD)`: that, its long name, and its short one unless that is of two."""
    known = {joined(folded(one.spelled)): one for one in conditions}
    both, long_of = [], defaultdict(set)
    for term in known.values():
        if said := _EXPLAINED.fullmatch(term.spelled):
            words = folded(said[1]).split()
            long, short = joined(folded(said[1])), folded(said[2])
            if "".join(word[0] for word in words) == short:
                both.append((term, long, short))
                long_of[short].add(long)
    found: defaultdict[str, list[Term]] = defaultdict(list)
    for term, long, short in both:
        names = [long, short] if len(long_of[short]) == 1 else [long]
        same = [term, *(known[name] for name in names if name in known)]
        for one in same:
            found[one.slug] += _others(same, [one, *found[one.slug]])
    return found


def _others(near: Iterable[Term], without: Iterable[Term]) -> list[Term]:
    """The other lists among these, those of most trials first."""
    slugs = {one.slug for one in without}
    known = {one.slug: one for one in near if one.listed and not one.only and one.slug not in slugs}
    most_first = sorted(known.values(), key=lambda one: (-len(one.listed), one.slug))
    return most_first[:_MOST_NAMES]


def _shown(*found: tuple[str, str, Sequence[Term]]) -> tuple[Beside, ...]:
    """Title, kind and terms of each group that has any."""
    return tuple(
        Beside(title, term_links(terms, f"../{kind}/")) for title, kind, terms in found if terms
    )
