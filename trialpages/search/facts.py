"""What the search page's filters, sorting and suggestions know of a trial: small facts, no text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import msgspec

from trialpages.addresses import trial_path
from trialpages.language.site_language import Language
from trialpages.records.age_groups import are_comparable, searched_ages
from trialpages.records.ages import Age
from trialpages.records.model import Browse, DateStruct, Location, Trial
from trialpages.records.own_status import own_status
from trialpages.records.vocabulary import InterventionType, Status
from trialpages.search.short_forms import short_forms
from trialpages.trial import derived
from trialpages.trial.days import span
from trialpages.trial.facts import AtOurSite
from trialpages.trial.standing import CLOSED, stands_where_recruiting
from trialpages.trial.taking import Stand


class SearchFacts(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A trial among the filters; a few hundred bytes. Labels are in the site's language."""

    url: str
    """Relative to the site's root, as its search document has it."""
    title: str
    ids: tuple[str, ...] = ()
    """The registry's id first, then every other the trial is known by."""
    status: str = ""
    status_rank: int = 0
    """Where its status stands among all, those that someone can join first."""
    has_own_status: bool = False
    """Whether that is a word of its record's own, which no status here means."""
    phases: tuple[str, ...] = ()
    study_type: str = ""
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    """Their names, and their other names."""
    treatments: tuple[tuple[str, ...], ...] = ()
    """Of each drug or the like its name, then its other names."""
    official_title: str = ""
    headings: tuple[str, ...] = ()
    """MeSH headings of the conditions."""
    broader: tuple[str, ...] = ()
    """The headings above these."""
    treatment_headings: tuple[str, ...] = ()
    """MeSH headings of the interventions."""
    treatment_broader: tuple[str, ...] = ()
    """The headings above these."""
    short_forms: tuple[tuple[str, str], ...] = ()
    """Those that the record explains, each with what it stands for."""
    intervention_types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    closed_countries: tuple[tuple[str, Stand], ...] = ()
    """Countries in which a recruiting trial takes nobody now, each with how it stands there."""
    cities: tuple[str, ...] = ()
    """`Oslo, Norway`, each once."""
    closed_cities: tuple[tuple[str, Stand], ...] = ()
    """Those in which a recruiting trial takes nobody now, each with how it stands there."""
    states: tuple[str, ...] = ()
    """`Texas, United States`; of places whose record says none, the country alone."""
    closed_states: tuple[tuple[str, Stand], ...] = ()
    state_towns: tuple[str, ...] = ()
    """`Paris, Texas, United States`: the cities whose state a record says."""
    closed_state_towns: tuple[tuple[str, Stand], ...] = ()
    our_sites: tuple[str, ...] = ()
    """Those of ours that it has, as site.yaml names them."""
    sponsor_class: str = ""
    sex: str = ""
    """The registry's value: ALL, FEMALE or MALE. The page has words for what they mean."""
    healthy_volunteers: bool | None = None
    has_results: bool | None = None
    start: int | None = None
    """Days since DAY_ZERO, of the first day the date may mean; so are all dates here."""
    updated: int | None = None
    enrollment: int | None = None
    youngest: int | None = None
    """The lowest age that may take part, in hours; None where the record sets no limit."""
    oldest: int | None = None
    """The age, in hours, that is too old. Whoever is 65 may join up to `65 Years`: so 66 years."""
    ages_unread: bool = False
    """Whether it sets limits in words that can't be read, or leaves them to its criteria: nobody is
    known to be within them."""


def search_facts(trial: Trial, language: Language, ours: Iterable[AtOurSite] = ()) -> SearchFacts:
    label, limits, interventions = language.label, searched_ages(trial), trial.interventions
    sponsor, enrolled = trial.lead_sponsor, trial.enrollment_info
    about, given = trial.condition_browse or Browse(), trial.intervention_browse or Browse()
    return SearchFacts(
        url=trial_path(trial.nct_id),
        title=trial.brief_title,
        ids=known_ids(trial),
        status=own_status(trial) or label(trial.overall_status),
        has_own_status=bool(own_status(trial)),
        status_rank=STATUS_ORDER.index(trial.overall_status),
        phases=tuple(map(label, trial.phases)),
        study_type=label(trial.study_type),
        conditions=trial.conditions,
        keywords=trial.keywords,
        interventions=_once(name for one in interventions for name in (one.name, *one.other_names)),
        treatments=tuple(_substances(trial)),
        official_title=trial.official_title or "",
        headings=_once(mesh.term for mesh in about.meshes),
        broader=_once(mesh.term for mesh in about.ancestors),
        treatment_headings=_once(mesh.term for mesh in given.meshes),
        treatment_broader=_once(mesh.term for mesh in given.ancestors),
        short_forms=tuple(dict.fromkeys(_short_forms(trial))),
        intervention_types=_once(label(one.type) for one in interventions if one.type),
        **_where(trial, language),
        our_sites=_once(one.name for one in ours),
        sponsor_class=label(sponsor.class_) if sponsor and sponsor.class_ else "",
        sex=trial.sex.value if trial.sex else "",
        healthy_volunteers=trial.healthy_volunteers,
        has_results=trial.has_results,
        start=_day(trial.start_date),
        updated=_day(trial.last_update_post_date),
        enrollment=enrolled.count if enrolled else None,
        youngest=_youngest(limits.low),
        oldest=_oldest(limits.high),
        ages_unread=not are_comparable(trial),
    )


_Place = Callable[[Location], str]


def _where(trial: Trial, language: Language) -> Mapping[str, Any]:
    """The places of each kind, and those in which a recruiting trial takes nobody now."""
    kinds = {"cities": _town, "states": _state, "state_towns": _state_town}
    named: dict[str, _Place] = {kind: partial(of, language=language) for kind, of in kinds.items()}
    country = partial(_country, language=language)
    return {
        "countries": _once(map(language.country, derived.countries(trial))),
        "closed_countries": _closed(trial, country),
        **{kind: _once(map(name_of, trial.locations)) for kind, name_of in named.items()},
        **{f"closed_{kind}": _closed(trial, name_of) for kind, name_of in named.items()},
    }


def _country(place: Location, language: Language) -> str:
    return language.country(place.country) if place.country else ""


def _town(place: Location, language: Language) -> str:
    country = _country(place, language)
    return ", ".join(filter(None, (place.city, country))) if place.city else ""


def _state(place: Location, language: Language) -> str:
    country = _country(place, language)
    return ", ".join(filter(None, (place.state, country))) if country else ""


def _state_town(place: Location, language: Language) -> str:
    state = _state(place, language)
    return f"{place.city}, {state}" if place.city and place.state and state else ""


def _closed(trial: Trial, name_of: _Place) -> tuple[tuple[str, Stand], ...]:
    stands = stands_where_recruiting(trial, name_of)
    return tuple((name, stand) for name, stand in stands.items() if stand in CLOSED)


_SUBSTANCES = (
    InterventionType.DRUG,
    InterventionType.BIOLOGICAL,
    InterventionType.COMBINATION_PRODUCT,
    InterventionType.GENETIC,
    InterventionType.DIETARY_SUPPLEMENT,
)
"""What has a name of its own and others, as a drug has."""


def _substances(trial: Trial) -> Iterator[tuple[str, ...]]:
    for one in trial.interventions:
        if one.name and (one.type is None or one.type in _SUBSTANCES):
            yield (one.name, *one.other_names)


def _short_forms(trial: Trial) -> Iterator[tuple[str, str]]:
    texts = (
        trial.brief_title,
        trial.official_title,
        *trial.conditions,
        *trial.keywords,
        trial.brief_summary,
        trial.detailed_description,
        trial.eligibility_criteria,
    )
    return (found for text in texts if text for found in short_forms(text))


STATUS_ORDER = (
    Status.RECRUITING,
    Status.NOT_YET_RECRUITING,
    Status.ENROLLING_BY_INVITATION,
    Status.AVAILABLE,
    Status.ACTIVE_NOT_RECRUITING,
    Status.SUSPENDED,
    Status.TEMPORARILY_NOT_AVAILABLE,
    Status.COMPLETED,
    Status.TERMINATED,
    Status.WITHDRAWN,
    Status.NO_LONGER_AVAILABLE,
    Status.APPROVED_FOR_MARKETING,
    Status.UNKNOWN,
    Status.WITHHELD,
)
"""In the order of use: what one can join, what goes on, what is over."""


def known_ids(trial: Trial) -> tuple[str, ...]:
    """Every id the trial is known by, the registry's first."""
    own = trial.org_study_id_info.id if trial.org_study_id_info else None
    others = (other.id for other in trial.secondary_id_infos)
    return _once((trial.nct_id, *trial.nct_id_aliases, *trial.aliases, *trial.also, own, *others))


def _once(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


DAY_ZERO = date(1900, 1, 1)


def _day(written: DateStruct | None) -> int | None:
    """The first day that a partial date may mean. Before 1900 nothing is a date of a trial."""
    return max(0, (span(written.date).first - DAY_ZERO).days) if written else None


def _youngest(age: Age | None) -> int | None:
    """In hours; None for an age that can't be read, too."""
    minutes = age.minutes if age else None
    return None if minutes is None else minutes // 60


def _oldest(age: Age | None) -> int | None:
    """The same up to the end of the unit."""
    minutes = age.minutes_past if age else None
    return None if minutes is None else -(-minutes // 60)
