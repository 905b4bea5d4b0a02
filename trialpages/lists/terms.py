"""The terms trials are listed by, and their trials.

Spellings of one term are one list, under the spelling that is used most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from msgspec import Struct

from trialpages.addresses import trial_path
from trialpages.language.site_language import RECORD_LANGUAGE, Language
from trialpages.records.registry_numbers import CLINICALTRIALS_GOV, registry_of
from trialpages.records.vocabulary import Status, Vocabulary
from trialpages.trial.facts import TrialFacts
from trialpages.trial.kinds import KINDS, Kind, path_of_list


@dataclass(frozen=True, slots=True)
class Term:
    """A condition, country, sponsor …, and the trials that name it in the order given."""

    name: str
    slug: str
    """The name of its files, without ending."""
    lang: str
    """The language of its name."""
    trials: tuple[TrialFacts, ...]
    listed: tuple[TrialFacts, ...]
    """Those on its list: all, unless the site leaves closed trials out."""
    spelled: str = ""
    """As the trials' facts have it, where the site has a name of its own for it."""
    former: tuple[str, ...] = ()
    """The names of files that lead to its list, from other spellings."""
    only: str = ""
    """The id of its one trial, where it leads to that and has no list."""


def terms(
    kind: Kind,
    trials: Sequence[TrialFacts],
    language: Language,
    left_out: Set[str] = frozenset(),
    *,
    lists_of_one: bool = True,
) -> tuple[Term, ...]:
    """All terms of a kind, those with most trials on their lists first; those of an enumeration in
    the registry's order. `left_out` are the ids of trials that these lists are without."""
    if kind.values:
        found = _coded(kind, kind.values, trials, language)
    else:
        found = _spelled(kind, trials, language)
    if kind.is_open and not lists_of_one:
        found = tuple(map(_leading_on, found))
    if not left_out:
        return found
    parted = (replace(term, listed=_without(left_out, term.trials)) for term in found)
    return tuple(sorted(parted, key=lambda term: 0 if kind.values else -len(term.listed)))


def _leading_on(term: Term) -> Term:
    return replace(term, only=term.trials[0].id) if len(term.trials) == 1 else term


def _without(left_out: Set[str], trials: Iterable[TrialFacts]) -> tuple[TrialFacts, ...]:
    return tuple(facts for facts in trials if facts.id not in left_out)


def _spelled(kind: Kind, trials: Sequence[TrialFacts], language: Language) -> tuple[Term, ...]:
    spellings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    trials_of: defaultdict[str, dict[str, TrialFacts]] = defaultdict(dict)
    for facts in trials:
        for name in kind.terms(facts):
            if key := kind.key(name):
                used = spellings[key]
                used[name] = used.get(name, 0) + 1
                trials_of[key][facts.id] = facts
    found_terms = (
        _term(kind, used, trials_of[key].values(), language) for key, used in spellings.items()
    )
    return tuple(sorted(found_terms, key=lambda term: (-len(term.trials), term.slug)))


def _term(
    kind: Kind, used: Mapping[str, int], of: Iterable[TrialFacts], language: Language
) -> Term:
    usual = " ".join(min(used, key=lambda name: (-used[name], name)).split())
    trials = tuple(of)
    name = kind.said(usual, language) if kind.said else ""
    lang = language.code if name else trials[0].lang or RECORD_LANGUAGE
    own = kind.slug(usual)
    former = tuple(sorted({*map(kind.slug, used)} - {own}))
    return Term(name or usual, own, lang, trials, trials, usual, former)


def _coded(
    kind: Kind, values: type[Vocabulary], trials: Sequence[TrialFacts], language: Language
) -> tuple[Term, ...]:
    found: defaultdict[str, dict[str, TrialFacts]] = defaultdict(dict)
    for facts in trials:
        for code in kind.terms(facts):
            found[code][facts.id] = facts
    return tuple(
        Term(
            _code_name(value, those, language),
            kind.slug(value.value),
            language.code,
            those,
            those,
            language.label(value),
        )
        for value in values
        if (those := tuple(found[value.value].values()))
    )


def _code_name(value: Vocabulary, those: Iterable[TrialFacts], language: Language) -> str:
    """Its label. “Unknown status” is a word of ClinicalTrials.gov's, of what was no longer looked
    after: other registries' trials under it have another word, or none."""
    if value is not Status.UNKNOWN:
        return language.label(value)
    whys = {_why_unknown(facts) for facts in those}
    said = {"": language.label(value)} | {why: language.words[why] for why in _WHYS}
    return " / ".join(name for why, name in said.items() if why in whys)


_WHYS = ("list_own_status", "list_no_status")


def _why_unknown(facts: TrialFacts) -> str:
    """The key of the words for it; '' where that is the registry's status."""
    if facts.own_status:
        return "list_own_status"
    registry = registry_of(facts.id)
    is_theirs = registry is not None and registry.name == CLINICALTRIALS_GOV
    return "" if is_theirs else "list_no_status"


class TermLink(Struct, frozen=True):
    name: str
    lang: str
    href: str
    count: int


def term_links(terms: Iterable[Term], folder: str = "", root: str = "../") -> tuple[TermLink, ...]:
    """Of the lists that have a trial, or of the one trial; `folder` leads from the page to that of
    the lists, `root` to the site's."""
    return tuple(
        TermLink(
            term.name,
            term.lang,
            root + trial_path(term.only) if term.only else f"{folder}{term.slug}.html",
            len(term.listed),
        )
        for term in terms
        if term.listed
    )


def unlisted(trials: Iterable[TrialFacts], kinds: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By the id of a trial, the paths that lists of terms would have which no other trial has.
    `kinds` are those of which a list of one trial isn't made."""
    alone: dict[tuple[str, str], str] = {}
    paths: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for facts in trials:
        for kind in kinds:
            for name in KINDS[kind].terms(facts):
                term = kind, KINDS[kind].key(name)
                alone[term] = facts.id if alone.get(term, facts.id) == facts.id else ""
                paths[term].add(path_of_list(kind, name))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for term, one in alone.items():
        if one:
            found[one] += sorted(filter(None, paths[term]))
    return {one: tuple(of) for one, of in found.items() if of}


def unlisted_of_further(
    trials: Iterable[TrialFacts],
    further: Set[str],
    kinds: Collection[str],
    alone: Mapping[str, tuple[str, ...]],
) -> dict[str, tuple[str, ...]]:
    """By the id of each `further` record of a trial, the paths of lists that there aren't: no list
    has such a record, so a term of these alone has none. `alone` are those `unlisted` otherwise."""
    if not further:
        return {}
    paths = {
        facts.id: {path_of_list(kind, name) for kind in kinds for name in KINDS[kind].terms(facts)}
        for facts in trials
    }
    there = set[str]().union(*(paths[one] for one in paths.keys() - further))
    there.difference_update(*alone.values())
    return {one: tuple(sorted(filter(None, paths[one] - there))) for one in further}
