"""Which trials of the site are most alike, and why: those that share their rarest terms.

Each shared term counts by how rare it is (its inverse document frequency). A common term leads
only to a few neighbours, so the work grows with the number of trials and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log

from msgspec import Struct

from trialpages.records.vocabulary import InterventionType
from trialpages.text.spelling import folded
from trialpages.trial.facts import TrialFacts

Names = Mapping[str, Sequence[str]]
"""A trial's terms by kind, as it spells them."""
TermKey = tuple[str, str]
"""Kind and folded name of a term."""
Terms = Mapping[TermKey, str]
"""The terms that count, each as first spelled, in the order reasons are given."""


class Reason(Struct, frozen=True):
    """What two trials have in common: a kind, and the names as the first of the two spells them."""

    kind: str
    names: tuple[str, ...]


_WEIGHTS = {"drug": 2.0, "intervention": 1.5, "condition": 1.5, "mesh": 1.0, "keyword": 0.5}
"""The kinds in the order reasons are given, and how much each counts."""

_WEAK = frozenset({"keyword"})
"""Kinds that add to a likeness and don't make one."""

_MOST = 6
_NEIGHBOURS = 24
"""How many trials one term leads to."""
_LEADS = 6
"""How many of a trial's terms, the rarest, lead to others."""
_WEIGHED = 16
"""How many of the trials found so are compared in full."""

_COMMON_GROUND = frozenset(
    {
        *("placebo", "placebos", "placebo oral tablet", "matching placebo", "sham", "saline"),
        *("control", "controls", "control group", "no intervention", "none", "observation"),
        *("standard of care", "standard care", "usual care", "normal saline"),
        *("healthy", "healthy volunteer", "healthy volunteers", "healthy participants"),
        *("healthy subjects", "healthy individuals", "healthy adults"),
    }
)
"""What trials of any illness share, so that it makes no two of them alike."""


def likeness(trials: Iterable[tuple[str, Names]]) -> dict[str, tuple[str, ...]]:
    """For each id up to six others, the most alike first. The order of `trials` plays no part."""
    return _Index(sorted(trials)).all()


def reasons(own: Terms, theirs: Names) -> tuple[Reason, ...]:
    """The shared terms by kind; one that is a condition and a keyword too is said once."""
    spelled = {kind: set(map(folded, names)) for kind, names in theirs.items()}
    said: set[str] = set()
    by_kind: dict[str, list[str]] = {}
    for (kind, folded_name), name in own.items():
        if folded_name in spelled.get(kind, ()) and folded_name not in said:
            said.add(folded_name)
            by_kind.setdefault(kind, []).append(name)
    return tuple(Reason(kind, tuple(shared)) for kind, shared in by_kind.items())


def names_of(facts: TrialFacts) -> Names:
    """What `likeness` compares of a trial."""
    drugs = [one.name for one in facts.interventions if one.type in _DRUGS]
    others = [one.name for one in facts.interventions if one.type not in _DRUGS]
    return {
        "drug": drugs,
        "intervention": others,
        "condition": facts.conditions,
        "mesh": facts.mesh,
        "keyword": facts.keywords,
    }


def terms_of(names: Names) -> Terms:
    """The terms of a trial that count when it is compared."""
    found: dict[TermKey, str] = {}
    for kind in _WEIGHTS:
        for name in names.get(kind, ()):
            key = folded(name)
            if key and key not in _COMMON_GROUND:
                found.setdefault((kind, key), name)
    return found


_DRUGS = frozenset({InterventionType.DRUG, InterventionType.BIOLOGICAL})


class _Index:
    """Where each term occurs, and how much it counts. Trials and terms go by their numbers."""

    def __init__(self, trials: Iterable[tuple[str, Names]]) -> None:
        numbers: dict[TermKey, int] = {}
        self._ids: list[str] = []
        self._terms: list[tuple[int, ...]] = []
        self._places: list[list[int]] = []
        for trial, names in trials:
            terms = terms_of(names)
            self._terms.append(tuple(numbers.setdefault(key, len(numbers)) for key in terms))
            self._places += [[] for _ in range(len(numbers) - len(self._places))]
            for term in self._terms[-1]:
                self._places[term].append(len(self._ids))
            self._ids.append(trial)
        self._keys = tuple(numbers)
        self._sets = [frozenset(terms) for terms in self._terms]
        self._weights = [
            round(1000 * _WEIGHTS[kind] * log(1 + len(self._ids) / len(places)))
            for (kind, _), places in zip(self._keys, self._places, strict=True)
        ]

    def all(self) -> dict[str, tuple[str, ...]]:
        return {trial: self._alike(at) for at, trial in enumerate(self._ids)}

    def _alike(self, at: int) -> tuple[str, ...]:
        sets, weights = self._sets, self._weights
        own = sets[at]
        found: dict[int, int] = defaultdict(int)
        for term in self._leads(at):
            weight = weights[term]
            for other in self._near(term, at):
                found[other] += weight
        found.pop(at, None)
        likely = sorted([(-score, other) for other, score in found.items()])[:_WEIGHED]
        ranked = sorted(
            [(-sum(map(weights.__getitem__, own & sets[other])), other) for _, other in likely]
        )
        return tuple([self._ids[other] for _, other in ranked[:_MOST]])

    def _leads(self, at: int) -> list[int]:
        """The rarest of a trial's terms that others have too."""
        counts = [
            (len(self._places[term]), term)
            for term in self._terms[at]
            if self._keys[term][0] not in _WEAK
        ]
        return [term for count, term in sorted(counts) if count > 1][:_LEADS]

    def _near(self, term: int, at: int) -> list[int]:
        """The trials with a term; of a common one only those whose ids come next to this one's."""
        places = self._places[term]
        if len(places) <= _NEIGHBOURS:
            return places
        first = bisect_left(places, at) - _NEIGHBOURS // 2
        first = max(0, min(first, len(places) - _NEIGHBOURS))
        return places[first : first + _NEIGHBOURS]
