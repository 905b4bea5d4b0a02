"""The ResearchStudy itself: which study this is, what it is about, what it is linked with."""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.pages import derived, prose
from trialpages.pages.fhir.concepts import as_markdown, coded, concept, label
from trialpages.pages.fhir.contained import contained, sites, typed
from trialpages.pages.fhir.design import (
    PURPOSES,
    classifiers,
    period,
    phase,
    progress,
    study_designs,
)
from trialpages.pages.fhir.groups import arms, outcomes, recruitment
from trialpages.pages.fhir.people import parties
from trialpages.pages.plain_values import Json, plain_text, without_absent
from trialpages.pages.registry import registry_name, registry_page
from trialpages.records.model import LargeDoc, Reference, Trial
from trialpages.records.vocabulary import Vocabulary


def research_study(trial: Trial, url: str) -> Json:
    """The trial, whose page is at `url`, as a FHIR R5 ResearchStudy. Raises TooDeep."""
    return without_absent(
        {
            "resourceType": "ResearchStudy",
            "id": trial.nct_id,
            "language": trial.lang,
            "contained": list(contained(trial)),
            "url": prose.web_url(url),
            **_about(trial),
            **_design(trial),
            "associatedParty": list(parties(trial)),
            "progressStatus": list(progress(trial)),
            "whyStopped": concept(plain_text(trial.why_stopped or "")),
            "site": [
                {"reference": f"#{name}", "display": site.facility} for name, site in sites(trial)
            ],
            "recruitment": recruitment(trial),
            "comparisonGroup": list(arms(trial)),
            "outcomeMeasure": list(outcomes(trial)),
        }
    )


def _about(trial: Trial) -> Json:
    """ResearchStudy's elements that say which study this is and what it is about."""
    updated = trial.last_update_post_date
    return {
        "identifier": list(_identifiers(trial)),
        "version": trial.last_update_submit_date,  # by which the registry tells versions apart
        "title": trial.brief_title,
        "label": [
            label(("official", "Official title"), trial.official_title),
            label(("acronym", "Acronym"), trial.acronym),
        ],
        "relatedArtifact": list(_artifacts(trial)),
        "date": updated.date if updated else None,
        "status": "draft" if trial.draft else "active",
        "condition": [concept(name) for name in trial.conditions],
        "keyword": [concept(word) for word in trial.keywords],
        "region": [concept(country) for country in derived.countries(trial)],
        "descriptionSummary": trial.brief_summary,
        "description": trial.detailed_description,
    }


def _design(trial: Trial) -> Json:
    """ResearchStudy's elements that say how the study is built."""
    purpose = trial.design_info.primary_purpose if trial.design_info else None
    start, end = trial.start_date, trial.completion_date
    return {
        "primaryPurposeType": coded("research-study-prim-purp-type", PURPOSES, purpose),
        "phase": phase(trial),
        "studyDesign": list(study_designs(trial)),
        "focus": [
            {"reference": {"reference": f"#{each.id}", "display": typed(each.intervention)}}
            for each in derived.interventions(trial)
        ],
        "period": period(start.date if start else None, end.date if end else None),
        "classifier": list(classifiers(trial)),
    }


# --- identifier, relatedArtifact ----------------------------------------------------------------

_CLINICALTRIALS_GOV = "https://clinicaltrials.gov"
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov"


def _identifiers(trial: Trial) -> Iterator[Json]:
    name = registry_name(trial)
    system = _CLINICALTRIALS_GOV if name == "ClinicalTrials.gov" else None
    registry = {"system": system, "assigner": {"display": name}}
    yield {"use": "official", "value": trial.nct_id, **registry}
    for alias in trial.nct_id_aliases:
        yield {"use": "old", "value": alias, **registry}
    own, organization = trial.org_study_id_info, trial.organization
    if own and own.id:
        assigner = organization.full_name if organization else None
        yield _identifier(own.type, own.id, assigner)
    for other in trial.secondary_id_infos:
        if other.id:
            yield _identifier(other.type, other.id, other.domain)


def _identifier(kind: Vocabulary | None, value: str, assigner: str | None) -> Json:
    return {
        "use": "secondary",
        "type": concept(kind.label) if kind else None,
        "value": value,
        "assigner": {"display": assigner},
    }


def _artifacts(trial: Trial) -> Iterator[Json]:
    if page := registry_page(trial):
        yield _link(page, registry_name(trial))
    yield from (_article(reference) for reference in trial.references)
    for link in trial.see_also_links:
        yield _link(link.url, plain_text(link.label or ""))
    for data in trial.avail_ipds:
        yield {**_link(data.url, data.type), "label": data.id}
    yield from (_document(document) for document in trial.large_docs)


def _link(url: str | None, text: str | None) -> Json:
    """An address that no browser should follow is kept as text."""
    address = prose.web_url(url)
    return {
        "type": "documentation",
        "display": text or url,
        "document": {"url": address, "title": None if address else url},
    }


def _article(reference: Reference) -> Json:
    pubmed = {"type": concept("PMID"), "system": _PUBMED, "value": reference.pmid}
    return {
        "type": "citation",
        "classifier": [
            concept(reference.type.label if reference.type else None),
            concept("Retracted" if reference.retractions else None),
        ],
        "citation": as_markdown(reference.citation or ""),
        "resourceReference": {"identifier": pubmed if reference.pmid else None},
    }


def _document(document: LargeDoc) -> Json:
    """A document posted with the record. `size` is an integer64, which JSON holds as a string."""
    return {
        "type": "documentation",
        "label": document.type_abbrev,
        "display": document.label,
        "document": {
            "title": document.filename,
            "size": None if document.size is None else str(document.size),
            "creation": document.date,
        },
    }
