"""Which sections a trial's page has, and what its record should have and lacks."""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.language import Language
from trialpages.records.checks import has_contacts
from trialpages.records.model import Trial
from trialpages.trial import derived


def sections(trial: Trial, alike: bool, language: Language) -> Iterator[tuple[str, str]]:
    """Id and title of each section that has content, in the one order of all trial pages."""
    has = {
        "at-a-glance": True,
        "plain-language": bool(trial.plain_language_summary),
        "summary": bool(trial.brief_summary),
        "description": bool(trial.detailed_description or trial.sections),
        "conditions": bool(trial.conditions or trial.keywords or _mesh(trial)),
        "design": True,
        "arms": bool(trial.arm_groups),
        "interventions": bool(trial.interventions or trial.intervention_browse),
        "outcomes": bool(
            trial.primary_outcomes or trial.secondary_outcomes or trial.other_outcomes
        ),
        "eligibility": _has_eligibility(trial),
        "locations": bool(trial.locations),
        "countries": bool(derived.countries(trial) or trial.removed_countries),
        "contacts": has_contacts(trial),
        "sponsors": bool(trial.lead_sponsor or trial.collaborators or trial.organization),
        "responsible-party": bool(trial.responsible_party),
        "investigators": bool(trial.overall_officials),
        "results": trial.has_results is not None or bool(trial.violation_annotation),
        "documents": bool(trial.large_docs or trial.no_sap is not None),
        "ipd-sharing": bool(trial.ipd_sharing_statement),
        "references": bool(trial.references or trial.see_also_links or trial.avail_ipds),
        "identifiers": True,
        "related": bool(trial.related_trials or alike),
        "history": bool(trial.history),
        "record": True,
    }
    for anchor, present in has.items():
        if present:
            yield anchor, language.words["section_" + anchor.replace("-", "_")]


def _mesh(trial: Trial) -> bool:
    return bool(trial.condition_browse)


def _has_eligibility(trial: Trial) -> bool:
    said = (
        trial.eligibility_criteria,
        trial.sex,
        trial.minimum_age,
        trial.maximum_age,
        trial.study_population,
        trial.sampling_method,
        trial.gender_description,
        trial.std_ages,
    )
    return any(said) or trial.healthy_volunteers is not None or trial.gender_based is not None


_EXPECTED = (
    "official_title",
    "brief_summary",
    "conditions",
    "primary_outcomes",
    "eligibility_criteria",
    "locations",
    "central_contacts",
    "responsible_party",
    "overall_officials",
    "enrollment_info",
    "start_date",
    "completion_date",
)
"""What a reader expects of a record; what is absent is said under `record`."""


def missing(trial: Trial) -> list[str]:
    """The names of expected fields that the record lacks; contacts of a site do for the trial's."""
    absent = [name for name in _EXPECTED if not getattr(trial, name)]
    return [name for name in absent if name != "central_contacts" or not has_contacts(trial)]
