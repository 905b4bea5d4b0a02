"""What is worked out from a record and not written in it: ages, countries, arms, places.

Only what can be counted or compared is derived; nothing is guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from trialpages.records.ages import age_limits
from trialpages.records.model import ArmGroup, Intervention, Location, Trial
from trialpages.records.registry_numbers import CLINICALTRIALS_GOV
from trialpages.records.vocabulary import StandardAge
from trialpages.trial.named_countries import countries_without_place
from trialpages.trial.registry import registry_name


class ArmIntervention(Struct, frozen=True):
    """An intervention as an arm names it, and the one defined under that name, if there is one."""

    name: str
    intervention: Intervention | None
    id: str


class Arm(Struct, frozen=True):
    id: str
    arm: ArmGroup
    interventions: tuple[ArmIntervention, ...]


class NumberedIntervention(Struct, frozen=True):
    id: str
    intervention: Intervention
    arms: tuple[str, ...]


def lead_sponsor(trial: Trial) -> str:
    """Its name, or ''."""
    return (trial.lead_sponsor and trial.lead_sponsor.name) or ""


def sponsors(trial: Trial) -> tuple[str, ...]:
    """The names of the lead sponsor and of the collaborators."""
    every = (trial.lead_sponsor, *trial.collaborators)
    return tuple(one.name for one in every if one and one.name)


def countries(trial: Trial) -> Mapping[str, int]:
    """Each country with the number of its sites, in the record's order; then those that another
    registry's record names without one."""
    found = Counter(place.country for place in trial.locations if place.country)
    return found | dict.fromkeys(countries_without_place(trial), 0)


def cities(trial: Trial) -> tuple[str, ...]:
    """The names of the sites' cities, each once, in the record's order."""
    return tuple(dict.fromkeys(place.city for place in trial.locations if place.city))


def places(trial: Trial) -> tuple[tuple[str, tuple[Location, ...]], ...]:
    """The sites by country in the record's order, each country's by state and city.

    Those without a country stand under ''.
    """
    found: dict[str, list[Location]] = {}
    for place in trial.locations:
        found.setdefault(place.country or "", []).append(place)
    return tuple((name, tuple(sorted(sites, key=_town))) for name, sites in found.items())


def _town(place: Location) -> tuple[str, str]:
    return place.state or "", place.city or ""


def phase(trial: Trial) -> str:
    """`Phase 1/Phase 2`, or '' for a record without a phase."""
    return "/".join(phase.label for phase in trial.phases)


def standard_ages(trial: Trial) -> tuple[StandardAge, ...]:
    """The registry's age groups: the record's own, or those its age limits reach into.

    Child is birth to 17 years, adult 18 to 64, older adult 65 and over (registry: StdAge).
    """
    limits = age_limits(trial)
    if trial.std_ages or not (limits.are_set and limits.are_read):
        return trial.std_ages
    low, high = limits.years(float("inf"))
    reach = {
        StandardAge.CHILD: low < 18,
        StandardAge.ADULT: low < 65 and high >= 18,
        StandardAge.OLDER_ADULT: high >= 65,
    }
    return tuple(group for group, reached in reach.items() if reached)


def counts_children_in(trial: Trial) -> bool:
    """Whether its age groups hold children for want of a youngest age alone: the registry works
    them out so, and a study of adults has them too where its criteria name the age."""
    limits = age_limits(trial)
    if registry_name(trial) not in ("", CLINICALTRIALS_GOV):
        return False  # others' groups are their own: EU CTIS has some, and no limits
    high = limits.high.years if limits.high else _UNLIMITED
    open_below = limits.low is None and high is not None and high >= _ADULT
    return (
        open_below and StandardAge.CHILD in trial.std_ages and StandardAge.ADULT in trial.std_ages
    )


def has_no_age_limits(trial: Trial) -> bool:
    """The same, where it gives no oldest age either."""
    return counts_children_in(trial) and not age_limits(trial).are_set and _holds_all(trial)


def _holds_all(trial: Trial) -> bool:
    return len({*trial.std_ages}) == len(StandardAge)


_ADULT, _UNLIMITED = 18, float("inf")


_Known = tuple[Intervention, str]
"""An intervention and its id on the page."""


def arms(trial: Trial) -> tuple[Arm, ...]:
    """The arms, each name of an intervention joined to the intervention it names.

    Of several interventions of one name, such as two doses, those that name the arm are meant.
    """
    known = defaultdict[str, list[_Known]](list)
    for number, intervention in enumerate(trial.interventions, 1):
        for name in _names(intervention):
            known[name].append((intervention, f"intervention-{number}"))
    return tuple(
        Arm(f"arm-{number}", arm, tuple(_given(arm, known)))
        for number, arm in enumerate(trial.arm_groups, 1)
    )


def _given(arm: ArmGroup, known: Mapping[str, Sequence[_Known]]) -> Iterator[ArmIntervention]:
    for name, times in Counter(arm.intervention_names).items():
        meant = known.get(name, ())
        if len(meant) > 1:
            meant = [one for one in meant if arm.label in one[0].arm_group_labels]
        for number in range(max(times, len(meant))):
            one = meant[min(number, len(meant) - 1)] if meant else (None, "")
            yield ArmIntervention(name, *one)


def _names(intervention: Intervention) -> tuple[str, ...]:
    """The names an arm may call an intervention by: `Drug: Cadonilimab`, `Cadonilimab`."""
    name = intervention.name or ""
    return (f"{intervention.type.label}: {name}", name) if intervention.type else (name,)


def interventions(trial: Trial) -> tuple[NumberedIntervention, ...]:
    return tuple(
        NumberedIntervention(f"intervention-{number}", intervention, intervention.arm_group_labels)
        for number, intervention in enumerate(trial.interventions, 1)
    )


def address(place: Location) -> str:
    """Where a site is, on one line: `Leeds, England, LS9 7TF, United Kingdom`."""
    return ", ".join(part for part in (place.city, place.state, place.zip, place.country) if part)


def place_text(place: Location) -> str:
    """`Jiangsu Province Hospital, Nanjing, Jiangsu, China`."""
    return ", ".join(part for part in (place.facility, address(place)) if part)
