"""One trial in several registries: its records on this site, and where they differ.

Two records are of one trial where one names the other's number, at another registry, as its own,
or where an editor says so: then one of them leads, and is alone in lists and in the search.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from trialpages.addresses import link_beside, trial_path
from trialpages.digests import digest_of_view
from trialpages.language.site_language import RECORD_LANGUAGE, Language
from trialpages.records.model import PartialDate
from trialpages.records.registry_numbers import address_of, registry_of
from trialpages.records.vocabulary import Status
from trialpages.trial.facts import TrialFacts


class Difference(Struct, frozen=True):
    """What two records say of one thing."""

    word: str
    """The name of the label of what it is."""
    here: str
    there: str


Teller = Literal["here", "there", "site"]
"""The page's own record, the other one alone, or this site's editors alone."""


class Partner(Struct, frozen=True):
    """Another record of a trial, as the page of the one shows it."""

    id: str
    title: str
    lang: str
    href: str
    here: str
    """The registry of the page's own record."""
    registry: str
    differences: tuple[Difference, ...]
    told_by: Teller
    """Who says that both are of one trial."""


class Leading(Struct, frozen=True):
    """The trial that a record is only a further one of, as that record's page shows it."""

    id: str
    title: str
    href: str
    here: str
    """The registry of the page's own record."""
    told_by: Teller
    """Who says that both are of one trial."""


Partners = Mapping[str, tuple[TrialFacts, ...]]
"""By a trial's id, its other records on this site."""


def partners_among(trials: Iterable[TrialFacts]) -> Partners:
    every = {address_of(facts.id): facts for facts in trials}
    pairs = defaultdict[str, dict[str, TrialFacts]](dict)
    for facts in every.values():
        for number in (*facts.elsewhere, *facts.also):
            if other := every.get(address_of(number)):
                pairs[facts.id][other.id] = other
                pairs[other.id][facts.id] = facts
    return {one: tuple(found[other] for other in sorted(found)) for one, found in pairs.items()}


def leading(trials: Iterable[TrialFacts]) -> Mapping[str, TrialFacts]:
    """By the id of each record that is only a further one of a trial, that trial, as its editor
    says. A trial that another one leads leads none."""
    every = {address_of(facts.id): facts for facts in trials}
    found: dict[str, TrialFacts] = {}
    for _, facts in sorted(every.items()):
        for number in facts.also if facts.id not in found else ():
            other = every.get(address_of(number))
            if other and other is not facts and other.id not in found:
                found[other.id] = facts
    return found


def shown_of_partners(partners: Iterable[TrialFacts]) -> bytes:
    """A digest of what a page shows of them."""
    said = (
        (of.id, of.title, of.lang, of.status, of.dates, of.enrollment, of.elsewhere)
        for of in partners
    )
    return digest_of_view(tuple(said))


def partners_said(
    facts: TrialFacts, others: Iterable[TrialFacts], language: Language
) -> Iterator[Partner]:
    for other in others:
        lang, href = other.lang or RECORD_LANGUAGE, link_beside(trial_path(other.id))
        differences = tuple(_differences(facts, other, language))
        registry = _registry(other.id)
        here = _registry(facts.id)
        told_by = _teller(facts, other)
        yield Partner(other.id, other.title, lang, href, here, registry, differences, told_by)


def _teller(facts: TrialFacts, other: TrialFacts) -> Teller:
    if address_of(other.id) in map(address_of, facts.elsewhere):
        return "here"
    return "there" if address_of(facts.id) in map(address_of, other.elsewhere) else "site"


def leading_said(facts: TrialFacts, other: TrialFacts | None) -> Leading | None:
    if other is None:
        return None
    href, told_by = link_beside(trial_path(other.id)), _teller(facts, other)
    return Leading(other.id, other.title, href, _registry(facts.id), told_by)


def _registry(number: str) -> str:
    """The registry of a number, by its name; the number where its form isn't known."""
    registry = registry_of(number)
    return registry.name if registry else number


def _differences(one: TrialFacts, other: TrialFacts, language: Language) -> Iterator[Difference]:
    """Where both say something, and not the same; a status that has no equal here isn't one."""
    stands = (one.status, other.status)
    if stands[0] is not stands[1] and Status.UNKNOWN not in stands:
        yield Difference("status", *map(language.label, stands))
    for word, here, there in (
        ("start_date", one.dates.start, other.dates.start),
        ("completion_date", one.dates.completed, other.dates.completed),
    ):
        if here and there and not _agree(here, there):
            yield Difference(word, language.date_text(here), language.date_text(there))
    size, theirs = one.enrollment, other.enrollment
    if size is not None and theirs is not None and size != theirs:
        yield Difference("enrollment", *(language.count(n, "people") for n in (size, theirs)))


def _agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether one day can be meant: `2026-02` holds `2026-02-03`."""
    return one.startswith(other) or other.startswith(one)
