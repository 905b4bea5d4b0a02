"""How a trial stands, in the few words of a list: its status, with the day it was last checked
where the record itself leaves that in doubt, and where it takes people.

Cards, search results, feeds and the trials alike all say it from here, so that none of them states
flatly what the trial's own page doubts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date as day
from typing import Protocol

from msgspec import Struct

from trialpages.language.site_language import Language
from trialpages.records.ages import Limits
from trialpages.records.countries import country_name
from trialpages.records.model import Location, Trial
from trialpages.records.vocabulary import DateType, Status
from trialpages.trial.facts import AtOurSite, TrialFacts
from trialpages.trial.freshness import RecordDates, freshness
from trialpages.trial.taking import Stand, stands_by, taking


class Stands(Protocol):
    """What is said of a trial in a list: its facts, or a card made of them."""

    @property
    def status(self) -> Status: ...
    @property
    def dates(self) -> RecordDates: ...
    @property
    def own_status(self) -> str: ...


def in_doubt(one: Stands, as_of: str) -> bool:
    """Whether its page says on the day `as_of` (ISO) to check before relying on its status."""
    return bool(freshness(one.status, one.dates, as_of))


def status_said(one: Stands, as_of: str, language: Language) -> str:
    """Its status; where that is in doubt, as of when it was last checked; where it isn't the
    record's, as this site's; where none here means it, the record's own word, not that nobody
    knows it."""
    if one.own_status and one.dates.at_registry is None:
        return one.own_status
    label, doubts = language.label(one.status), freshness(one.status, one.dates, as_of)
    if one.dates.at_registry is not None:
        return language.words["status_own"].format(status=label)
    if one.status is Status.UNKNOWN or not doubts:
        return label
    if any(doubt.is_contradiction for doubt in doubts):
        return language.words["status_undated"].format(status=label)
    date = one.dates.known_by(day.fromisoformat(as_of)).known_at
    how = "undated" if date is None else "checked" if date == one.dates.verified else "updated"
    words = language.words[f"status_{how}"]
    return words.format(status=label, date=language.date_text(date) if date else "")


_CLOSED_STATUSES = (
    Status.ACTIVE_NOT_RECRUITING,
    Status.COMPLETED,
    Status.TERMINATED,
    Status.WITHDRAWN,
    Status.NO_LONGER_AVAILABLE,
)


def is_closed(one: Stands) -> bool:
    """Whether it takes nobody new and isn't to again, as its status goes."""
    return one.status in _CLOSED_STATUSES


def ages_said(limits: Limits, language: Language) -> str:
    """`18 years to 75 years`, `18 years and older`; empty without limits. Where one of them
    can't be read both are quoted: `Up to 80 years` may be half of it."""
    words = language.words
    low = language.age(limits.low) if limits.low else ""
    high = language.age(limits.high) if limits.high else ""
    if not limits.are_read:
        said = (("lowest_age", low), ("highest_age", high))
        return f"{words['semicolon']} ".join(words[one].format(age=age) for one, age in said if age)
    if low and high:
        return words["ages_between"].format(low=low, high=high)
    if low:
        return words["ages_from"].format(low=low)
    return words["ages_to"].format(high=high) if high else ""


COUNTRIES_SAID = 3
"""Of a trial in many a list says the first, and how many more there are."""


class CardCountries(Struct, frozen=True):
    """The countries of a trial, as a list names them."""

    words: str
    """What may be said of them: the key of its words."""
    names: Sequence[str]
    closed: int
    """How many more there are in which no place takes people."""


class InCountries(Protocol):
    @property
    def countries(self) -> tuple[str, ...]: ...
    @property
    def open_in(self) -> tuple[str, ...]: ...
    @property
    def closed_in(self) -> tuple[str, ...]: ...


def card_countries(one: InCountries) -> CardCountries:
    """A recruiting trial is where it takes people; where no place does, the names claim nothing."""
    left = tuple(name for name in one.countries if name not in one.closed_in)
    if not left:
        return CardCountries("card_countries", one.countries, 0)
    all_open = bool(one.open_in) and all(name in one.open_in for name in left)
    return CardCountries("card_open_in" if all_open else "card_countries", left, len(one.closed_in))


def where_said(one: TrialFacts, language: Language) -> str:
    """Its countries, the first of many."""
    words, found = language.words, card_countries(one)
    names = words["list_comma"].join(map(language.country, found.names[:COUNTRIES_SAID]))
    if len(found.names) > COUNTRIES_SAID:
        names += f" {language.count(len(found.names) - COUNTRIES_SAID, 'and_more')}"
    if found.words != "card_countries":
        names = f"{words[found.words]}{words['colon']} {names}"
    closed = language.count(found.closed, "card_closed") if found.closed else ""
    return f"{words['semicolon']} ".join(filter(None, (names, closed)))


CONDITIONS_SAID = 3


def conditions_said(conditions: Sequence[str], language: Language) -> str:
    """`Asthma; COPD; Cough and 2 more`."""
    said = "; ".join(conditions[:CONDITIONS_SAID])
    more = len(conditions) - CONDITIONS_SAID
    return f"{said} {language.count(more, 'and_more')}" if more > 0 else said


def ours_said(found: Iterable[AtOurSite], language: Language) -> str:
    """`Leeds Cancer Centre (listed as taking people), St James’s`: a list says no more than the
    record lists, whatever the trial's own page doubts."""
    return language.words["list_comma"].join(_said(one, language) for one in found)


def _said(one: AtOurSite, language: Language) -> str:
    if one.stand == "unsaid":
        return one.name
    words = language.words
    stand = words["site_stand_listed"].format(stand=words[f"site_stand_{one.stand}"])
    return f"{one.name} {words['bracketed'].format(words=stand)}"


def open_and_closed(trial: Trial) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The countries in which a recruiting trial takes people, and those in which each place says
    that it takes none; nothing of a trial whose places don't differ, that has ended, or that
    takes only whom it invites."""
    stands = stands_where_recruiting(trial, lambda place: country_name(place.country or ""))
    opened = tuple(name for name, said in stands.items() if said == "taking")
    return opened, tuple(name for name, said in stands.items() if said in CLOSED)


CLOSED: tuple[Stand, ...] = ("not_yet", "no_longer", "withdrawn", "not_now")
"""How a place stands that takes nobody now."""


def stands_where_recruiting(
    trial: Trial, name_of: Callable[[Location], str]
) -> Mapping[str, Stand]:
    """How the towns or countries of a recruiting trial stand, as `name_of` names them; nothing of
    one whose places don't differ, that has ended, or that takes only whom it invites."""
    return stands_by(trial, name_of) if recruits(trial) and taking(trial) else {}


def recruits(trial: Trial) -> bool:
    """Whether it recruits and hasn't ended, as its record says."""
    ended = trial.completion_date and trial.completion_date.type is DateType.ACTUAL
    return trial.overall_status is Status.RECRUITING and not ended
