"""Where a study takes people and where it doesn't, by what the record says of each place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from trialpages.records.conflict_notes import conflict_notes
from trialpages.records.model import Location, Trial
from trialpages.records.vocabulary import RecruitmentStatus
from trialpages.trial import derived

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
    stands = [stand_of(place) for place in trial.locations]
    if not any(stand not in ("taking", "unsaid") for stand in stands):
        return None
    return Taking(
        stands.count("taking"),
        len(stands),
        "unsaid" not in stands,
        tuple(dict.fromkeys(_open_towns(trial.locations))),
        {name: _country(name, places) for name, places in derived.places(trial)},
    )


def takes_nobody_anywhere(trial: Trial) -> bool:
    """Whether it says of each of its places that it takes nobody."""
    here = taking(trial)
    return here is not None and here.all_said and not here.taking


def stands_by(trial: Trial, name_of: Callable[[Location], str]) -> Mapping[str, Stand]:
    """How each town or country stands, as `name_of` names it, where the places of a study differ
    from its own status; nothing of places without a name."""
    found: dict[str, set[Stand]] = {}
    for place in trial.locations:
        found.setdefault(name_of(place), set()).add(stand_of(place))
    return {name: together(said) for name, said in found.items() if name}


def are_undecided(trial: Trial) -> bool:
    """Whether its registry says something else of its places, and nobody has decided yet."""
    return any(note.field == "locations" for note in conflict_notes(trial))


def stand_of(place: Location) -> Stand:
    """How one place stands by itself."""
    return _STANDS[place.status]


def _open_towns(places: Iterable[Location]) -> Iterator[str]:
    return (place.city for place in places if place.city and stand_of(place) == "taking")


def _country(name: str, places: Iterable[Location]) -> CountryTaking:
    stands = [stand_of(place) for place in places]
    stand = together(set(stands))
    # None of them takes people now, whatever else is true of one.
    number = len(stands) if stand == "not_now" else stands.count(stand)
    return CountryTaking(name, stand, number, len(stands))


def together(stands: Collection[Stand]) -> Stand:
    """How places stand that are named as one. One that is open says more than any that isn't, and
    one that is to open more than those that won't; a place of which nothing is said may be open."""
    for stand in ("taking", "unsaid", "not_yet", "not_now", "no_longer"):
        if stand in stands:
            return stand
    return "withdrawn"
