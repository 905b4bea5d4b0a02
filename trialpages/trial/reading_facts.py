"""What the rest of the site has to know of a trial, read off its record."""

from __future__ import annotations

from collections.abc import Iterable

from trialpages.records.ages import age_limits
from trialpages.records.countries import country_name
from trialpages.records.model import Browse, Intervention, Trial
from trialpages.records.our_sites import OurSites
from trialpages.records.own_status import own_status
from trialpages.records.registry_numbers import numbers_elsewhere, other_ids
from trialpages.records.vocabulary import Status
from trialpages.trial import derived
from trialpages.trial.facts import InterventionFact, TrialFacts
from trialpages.trial.freshness import record_dates
from trialpages.trial.kinds import read_terms
from trialpages.trial.ours import at_ours
from trialpages.trial.registry import registry_page
from trialpages.trial.standing import open_and_closed


def trial_facts(trial: Trial, ours: OurSites = (), at_registry: Status | None = None) -> TrialFacts:
    """`at_registry` is the record's status, where the file has another."""
    lead, dates = trial.lead_sponsor, record_dates(trial, at_registry)
    open_in, closed_in = open_and_closed(trial)
    limits = age_limits(trial)
    return TrialFacts(
        id=trial.nct_id,
        title=trial.brief_title,
        status=trial.overall_status,
        updated=dates.updated,
        phases=tuple(dict.fromkeys(trial.phases)),
        conditions=trial.conditions,
        interventions=_named(trial.interventions),
        keywords=trial.keywords,
        mesh=(*_headings(trial.condition_browse), *_headings(trial.intervention_browse)),
        countries=tuple(dict.fromkeys(map(country_name, derived.countries(trial)))),
        open_in=open_in,
        closed_in=closed_in,
        dates=dates,
        sponsors=derived.sponsors(trial),
        sponsor=derived.lead_sponsor(trial),
        sponsor_class=lead.class_.value if lead and lead.class_ else "",
        aliases=other_ids(trial),
        related=tuple(other.nct_id for other in trial.related_trials),
        elsewhere=numbers_elsewhere(trial),
        also=trial.also,
        lang=trial.lang,
        original=(trial.source.file or "") if trial.source else "",
        study_type=trial.study_type.value,
        sex=trial.sex.value if trial.sex else "",
        minimum_age=limits.low.words if limits.low else "",
        maximum_age=limits.high.words if limits.high else "",
        enrollment=trial.enrollment_info.count if trial.enrollment_info else None,
        terms=read_terms(trial),
        ours=at_ours(trial, ours),
        registry_page=registry_page(trial),
        has_results=trial.has_results,
        own_status=own_status(trial),
    )


def _named(interventions: Iterable[Intervention]) -> tuple[InterventionFact, ...]:
    return tuple(InterventionFact(one.name, one.type) for one in interventions if one.name)


def _headings(browse: Browse | None) -> tuple[str, ...]:
    return tuple(mesh.term for mesh in browse.meshes if mesh.term) if browse else ()
