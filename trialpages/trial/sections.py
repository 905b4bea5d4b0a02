"""Which sections a trial's page has."""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.language.site_language import Language
from trialpages.records.ages import age_limits
from trialpages.records.checks import has_contacts
from trialpages.records.model import Trial
from trialpages.trial import derived
from trialpages.trial.history import has_changes
from trialpages.trial.places import section_of_extra


def sections(
    trial: Trial, alike: bool, who: str, site: str, language: Language
) -> Iterator[tuple[str, str]]:
    """Id and title of each section that has content, in the one order of all trial pages.

    `alike`: whether it has trials like it; `who`: the title over who can take part; `site`: what
    the site is called, whose own additions nobody may take for the registry's.
    """
    of_extra = {section_of_extra(pointer) for pointer in trial.extra}
    for anchor, present in _has(trial, alike).items():
        if present or anchor in of_extra:
            title = "" if anchor != "eligibility" else who
            words = title or language.words["section_" + anchor.replace("-", "_")]
            yield anchor, words.format(site=site) if anchor == "ours" else words


def _has(trial: Trial, alike: bool) -> dict[str, bool]:
    """By id, whether a section has content."""
    outcomes = trial.primary_outcomes or trial.secondary_outcomes or trial.other_outcomes
    return {
        "at-a-glance": True,
        "plain-language": bool(trial.plain_language_summary),
        "ours": bool(texts_of_ours(trial)),
        "summary": bool(trial.brief_summary),
        "description": bool(trial.detailed_description or trial.sections),
        "conditions": bool(trial.conditions or trial.keywords or trial.condition_browse),
        "design": True,
        "arms": bool(trial.arm_groups),
        "interventions": bool(trial.interventions or trial.intervention_browse),
        "outcomes": bool(outcomes),
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
        "history": has_changes(trial),
        "record": True,
    }


def texts_of_ours(trial: Trial) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the site adds: each label with its texts; nothing that is blank."""
    said = ((label, tuple(filter(str.strip, texts))) for label, texts in trial.ours.items())
    return tuple((label, texts) for label, texts in said if texts)


def _has_eligibility(trial: Trial) -> bool:
    said = (
        trial.eligibility_criteria,
        trial.sex,
        age_limits(trial).are_set,
        trial.study_population,
        trial.sampling_method,
        trial.gender_description,
        trial.std_ages,
    )
    return any(said) or trial.healthy_volunteers is not None or trial.gender_based is not None
