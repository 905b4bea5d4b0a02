"""The terms trials are listed by: conditions, interventions, countries, sponsors, phases, statuses.

Spellings of one term are one list, under the spelling that is used most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from trialpages.language import RECORD_LANGUAGE, Language
from trialpages.records.vocabulary import Phase, Status, Vocabulary
from trialpages.spelling import folded, folded_country, slug
from trialpages.trial.facts import TrialFacts

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
    spellings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    trials_of: defaultdict[str, dict[str, TrialFacts]] = defaultdict(dict)
    for facts in trials:
        for name in names(facts):
            if key := fold(name):
                used = spellings[key]
                used[name] = used.get(name, 0) + 1
                trials_of[key][facts.id] = facts
    found_terms = (_term(key, used, trials_of[key].values()) for key, used in spellings.items())
    return tuple(sorted(found_terms, key=lambda term: (-len(term.trials), term.slug)))


def _term(key: str, used: Mapping[str, int], of: Iterable[TrialFacts]) -> Term:
    usual = min(used, key=lambda name: (-used[name], name))
    trials = tuple(of)
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
