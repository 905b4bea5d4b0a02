"""The terms trials are listed by: conditions, interventions, countries, sponsors, phases, statuses.

Spellings of one term are one list, under the spelling that is used most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar, get_args

from trialpages.pages.facts import TrialFacts
from trialpages.pages.language import RECORD_LANGUAGE, Language
from trialpages.pages.spelling import folded, folded_country, slug
from trialpages.records.vocabulary import Phase, Status, Vocabulary

Kind = Literal["conditions", "interventions", "countries", "sponsors", "phases", "statuses"]
KINDS: tuple[Kind, ...] = get_args(Kind)


V = TypeVar("V", bound=Vocabulary)


@dataclass(frozen=True, slots=True)
class Term:
    """A condition, country, sponsor …, and the trials that name it in the order given."""

    name: str
    slug: str
    """The name of its files, without ending."""
    lang: str
    """The language of its name."""
    trials: tuple[TrialFacts, ...]


@dataclass(slots=True)
class _Gathered:
    spellings: Counter[str] = field(default_factory=Counter)
    trials: dict[str, TrialFacts] = field(default_factory=dict)


_NAMES: Mapping[str, Callable[[TrialFacts], Iterable[str]]] = {
    "conditions": lambda facts: facts.conditions,
    "interventions": lambda facts: (one.name for one in facts.interventions),
    "countries": lambda facts: facts.countries,
    "sponsors": lambda facts: facts.sponsors,
}


def terms(kind: Kind, trials: Sequence[TrialFacts], language: Language) -> tuple[Term, ...]:
    """All terms of a kind, most trials first; phases and statuses in the registry's order."""
    if kind == "phases":
        return _coded(Phase, trials, lambda facts: facts.phases, language)
    if kind == "statuses":
        return _coded(Status, trials, lambda facts: (facts.status,), language)
    return _spelled(trials, _NAMES[kind], folded_country if kind == "countries" else folded)


def _spelled(
    trials: Sequence[TrialFacts],
    names: Callable[[TrialFacts], Iterable[str]],
    fold: Callable[[str], str],
) -> tuple[Term, ...]:
    gathered: dict[str, _Gathered] = {}
    for facts in trials:
        for name in names(facts):
            if key := fold(name):
                found = gathered.setdefault(key, _Gathered())
                found.spellings[name] += 1
                found.trials[facts.id] = facts
    found_terms = (_term(key, found) for key, found in gathered.items())
    return tuple(sorted(found_terms, key=lambda term: (-len(term.trials), term.slug)))


def _term(key: str, found: _Gathered) -> Term:
    usual = min(found.spellings, key=lambda name: (-found.spellings[name], name))
    trials = tuple(found.trials.values())
    return Term(" ".join(usual.split()), slug(key), trials[0].lang or RECORD_LANGUAGE, trials)


def _coded(
    values: type[V],
    trials: Sequence[TrialFacts],
    of: Callable[[TrialFacts], Iterable[V]],
    language: Language,
) -> tuple[Term, ...]:
    found: dict[V, dict[str, TrialFacts]] = {value: {} for value in values}
    for facts in trials:
        for value in of(facts):
            found[value][facts.id] = facts
    return tuple(
        Term(language.label(value), slug(folded(value.label)), language.code, tuple(those.values()))
        for value, those in found.items()
        if those
    )
