"""Where a study takes people and where it doesn't, by what the record says of each place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from trialpages.records.conflict_notes import conflict_notes
from trialpages.records.countries import folded_country
from trialpages.records.model import Location, Trial
from trialpages.records.vocabulary import RecruitmentStatus
from trialpages.trial.member_states import state_statuses

Stand = Literal["taking", "not_yet", "no_longer", "withdrawn", "not_now", "unsaid"]
"""Whether people can come. `withdrawn`, the registry's word, where none of them may ever have been
open. Of several places together as `together` has it."""

ORDER: tuple[Stand, ...] = ("taking", "not_yet", "not_now", "no_longer", "withdrawn", "unsaid")

_STANDS: dict[RecruitmentStatus | None, Stand] = {
    None: "unsaid",
    RecruitmentStatus.RECRUITING: "taking",
    RecruitmentStatus.ENROLLING_BY_INVITATION: "taking",
    RecruitmentStatus.NOT_YET_RECRUITING: "not_yet",
    RecruitmentStatus.SUSPENDED: "not_now",
    RecruitmentStatus.ACTIVE_NOT_RECRUITING: "no_longer",
    RecruitmentStatus.COMPLETED: "no_longer",
    RecruitmentStatus.TERMINATED: "no_longer",
    RecruitmentStatus.WITHDRAWN: "withdrawn",
    RecruitmentStatus.AVAILABLE: "unsaid",
}

_STATE_STANDS: dict[str, Stand] = {
    "Under evaluation": "not_yet",
    "Authorised, not started": "not_yet",
    "Authorised, recruitment pending": "not_yet",
    "Authorised, recruiting": "taking",
    "Ongoing, recruiting": "taking",
    "Ongoing, recruitment ended": "no_longer",
    "Temporarily halted": "not_now",
    "Suspended": "not_now",
    "Ended": "no_longer",
    "Revoked": "no_longer",
    "Expired": "withdrawn",
    "Not authorised": "withdrawn",
    "Cancelled": "withdrawn",
}
"""By the words of EU CTIS for a member state: where the trial goes on, so do its places there."""


class StandOfPlace(Struct, frozen=True):
    place: Location
    stand: Stand
    by_state: bool
    """Whether only its member state's status says so, and nothing its own."""


class CountryTaking(Struct, frozen=True):
    """How many of a country's places take people."""

    name: str
    """Empty where the record doesn't say it."""
    stand: Stand
    number: int
    """Of how many of them that is true."""
    sites: int

    @property
    def taking(self) -> int:
        return self.number if self.stand == "taking" else 0


class Taking(Struct, frozen=True):
    """The places of a study that some of take nobody."""

    taking: int
    sites: int
    all_said: bool
    """Whether each place says how it stands."""
    by_state: bool
    """Whether some take people only as their member states stand."""
    cities: tuple[str, ...]
    """Where people are taken, each name once."""
    by_country: dict[str, CountryTaking]

    @property
    def countries(self) -> tuple[tuple[Stand, tuple[CountryTaking, ...]], ...]:
        """The countries by how they stand, those that take people first; only groups that are."""
        known = [one for one in self.by_country.values() if one.name]
        groups = ((stand, tuple(one for one in known if one.stand == stand)) for stand in ORDER)
        return tuple((stand, found) for stand, found in groups if found)


def taking(trial: Trial) -> Taking | None:
    """None where no place is said to take nobody: then the study's own status says it all; and
    where its places are in conflict: nobody knows how many there are and how each stands."""
    if are_undecided(trial):
        return None
    found = stands_of_places(trial)
    stands = [one.stand for one in found]
    if not any(stand not in ("taking", "unsaid") for stand in stands):
        return None
    return Taking(
        stands.count("taking"),
        len(stands),
        "unsaid" not in stands,
        any(one.by_state and one.stand == "taking" for one in found),
        tuple(dict.fromkeys(_open_towns(found))),
        dict(_by_country(found)),
    )


def takes_nobody_anywhere(trial: Trial) -> bool:
    """Whether it says of each of its places that it takes nobody."""
    here = taking(trial)
    return here is not None and here.all_said and not here.taking


def stands_by(trial: Trial, name_of: Callable[[Location], str]) -> Mapping[str, Stand]:
    """How each town or country stands, as `name_of` names it, where the places of a study differ
    from its own status; nothing of places without a name."""
    found: dict[str, set[Stand]] = {}
    for one in stands_of_places(trial):
        found.setdefault(name_of(one.place), set()).add(one.stand)
    return {name: together(said) for name, said in found.items() if name}


def are_undecided(trial: Trial) -> bool:
    """Whether its registry says something else of its places, and nobody has decided yet."""
    return any(note.field == "locations" for note in conflict_notes(trial))


def stands_of_places(trial: Trial) -> tuple[StandOfPlace, ...]:
    """How each place stands, in the record's order: by its own status, else by that of its member
    state in EU CTIS, which gives places none."""
    states = state_statuses(trial)
    return tuple(_stand(place, states) for place in trial.locations)


def _stand(place: Location, states: Mapping[str, str]) -> StandOfPlace:
    state = states.get(folded_country(place.country or "")) if states else None
    if place.status is None and state in _STATE_STANDS:
        return StandOfPlace(place, _STATE_STANDS[state], by_state=True)
    return StandOfPlace(place, _STANDS[place.status], by_state=False)


def _open_towns(places: Iterable[StandOfPlace]) -> Iterator[str]:
    return (one.place.city for one in places if one.place.city and one.stand == "taking")


def _by_country(places: Iterable[StandOfPlace]) -> Iterator[tuple[str, CountryTaking]]:
    found: dict[str, list[Stand]] = {}
    for one in places:
        found.setdefault(one.place.country or "", []).append(one.stand)
    for name, stands in found.items():
        stand = together(set(stands))
        # None of them takes people now, whatever else is true of one.
        number = len(stands) if stand == "not_now" else stands.count(stand)
        yield name, CountryTaking(name, stand, number, len(stands))


def together(stands: Collection[Stand]) -> Stand:
    """How places stand that are named as one. One that is open says more than any that isn't, and
    one that is to open more than those that won't; a place of which nothing is said may be open."""
    for stand in ("taking", "unsaid", "not_yet", "not_now", "no_longer"):
        if stand in stands:
            return stand
    return "withdrawn"
