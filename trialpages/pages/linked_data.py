"""A trial in schema.org's vocabulary: the JSON-LD that its page carries for search engines.

Written against schema.org 30.1, where MedicalTrial has lost `phase`, `outcome` and `population`.
What schema.org has no property for (dates, eligibility, outcomes, officials) is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialpages.pages import derived, prose
from trialpages.pages.plain_values import Json, plain_text, without_absent
from trialpages.pages.registry import registry_name, registry_page
from trialpages.records.model import (
    Browse,
    Intervention,
    Location,
    OrgStudyId,
    Reference,
    SecondaryId,
    Sponsor,
    Trial,
)
from trialpages.records.vocabulary import (
    AgencyClass,
    ArmGroupType,
    DesignAllocation,
    DesignMasking,
    DesignTimePerspective,
    InterventionType,
    ObservationalModel,
    ReferenceType,
    Status,
    StudyType,
    WhoMasked,
)

_SCHEMA_ORG = "https://schema.org/"


def json_ld(trial: Trial, url: str) -> Json:
    """The trial on the page at `url` as a schema.org MedicalStudy or one of its two kinds.

    Raises TooDeep.
    """
    return without_absent(
        {
            "@context": "https://schema.org",
            "@type": _TYPES[trial.study_type],
            "name": trial.brief_title,
            "alternateName": [trial.official_title, trial.acronym],
            "description": plain_text(trial.brief_summary or ""),
            "url": url,
            "sameAs": registry_page(trial),
            "mainEntityOfPage": _page(trial, url),
            "identifier": list(_identifiers(trial)),
            "code": _code(registry_name(trial), trial.nct_id),
            "status": list(_status(trial)),
            "trialDesign": [_SCHEMA_ORG + name for name in _trial_design(trial)],
            "studyDesign": [_SCHEMA_ORG + name for name in _study_design(trial)],
            "sponsor": list(_sponsors(trial)),
            "funding": list(_grants(trial)),
            "healthCondition": list(_conditions(trial)),
            "studySubject": list(_subjects(trial)),
            "studyLocation": list(_areas(trial)),
            "subjectOf": [
                _article(reference) for reference in trial.references if _is_about(reference)
            ],
        }
    )


# --- what kind of study, where it stands, how it is built ---------------------------------------

_TYPES = {
    StudyType.INTERVENTIONAL: "MedicalTrial",
    StudyType.OBSERVATIONAL: "MedicalObservationalStudy",
    StudyType.EXPANDED_ACCESS: "MedicalStudy",
}

_STATUSES = {
    Status.RECRUITING: "Recruiting",
    Status.NOT_YET_RECRUITING: "NotYetRecruiting",
    Status.ENROLLING_BY_INVITATION: "EnrollingByInvitation",
    Status.ACTIVE_NOT_RECRUITING: "ActiveNotRecruiting",
    Status.COMPLETED: "Completed",
    Status.SUSPENDED: "Suspended",
    Status.TERMINATED: "Terminated",
    Status.WITHDRAWN: "Withdrawn",
}


def _status(trial: Trial) -> Iterator[str]:
    """MedicalStudy.status: a MedicalStudyStatus, or the registry's label where there is none.

    Never ResultsNotAvailable: a record without posted results says nothing of published ones.
    """
    name = _STATUSES.get(trial.overall_status)
    yield _SCHEMA_ORG + name if name else trial.overall_status.label
    if trial.has_results:
        yield _SCHEMA_ORG + "ResultsAvailable"


def _trial_design(trial: Trial) -> Iterator[str]:
    """The MedicalTrialDesigns that the record's own fields say.

    Never SingleCenterTrial: multi-center trials are found with one site listed.
    """
    if trial.study_type is not StudyType.INTERVENTIONAL:
        return
    design = trial.design_info
    if design and design.allocation is DesignAllocation.RANDOMIZED:
        yield "RandomizedTrial"
    yield from _blinding(trial)
    if any(arm.type is ArmGroupType.PLACEBO_COMPARATOR for arm in trial.arm_groups):
        yield "PlaceboControlledTrial"
    if len(trial.locations) > 1:
        yield "MultiCenterTrial"
    if len(derived.countries(trial)) > 1:
        yield "InternationalTrial"


_BLINDING = {
    DesignMasking.SINGLE: "SingleBlindedTrial",
    DesignMasking.DOUBLE: "DoubleBlindedTrial",
    DesignMasking.TRIPLE: "TripleBlindedTrial",
}


def _blinding(trial: Trial) -> Iterator[str]:
    """Open or blinded. schema.org calls a trial blinded only if the patient doesn't know.

    The registry's `Single` may be an outcomes assessor alone. For `Quadruple` there is no word.
    """
    masking = trial.design_info.masking_info if trial.design_info else None
    if masking is None:
        return
    if masking.masking is DesignMasking.NONE:
        yield "OpenTrial"
    elif masking.masking in _BLINDING and (
        not masking.who_masked or WhoMasked.PARTICIPANT in masking.who_masked
    ):
        yield _BLINDING[masking.masking]


def _study_design(trial: Trial) -> Iterator[str]:
    """The MedicalObservationalStudyDesigns that the record's own fields say."""
    if trial.study_type is not StudyType.OBSERVATIONAL:
        return
    yield "Observational"
    design = trial.design_info
    if design and design.observational_model is ObservationalModel.COHORT:
        yield "CohortStudy"
    if design and design.time_perspective is DesignTimePerspective.CROSS_SECTIONAL:
        yield "CrossSectional"
    if trial.patient_registry:
        yield "Registry"


# --- names, numbers, the page -------------------------------------------------------------------


def _page(trial: Trial, url: str) -> Json:
    """The page that the trial is the main entity of: its dates, language and keywords."""
    updated = trial.last_update_post_date
    return {
        "@type": "MedicalWebPage",
        "url": url,
        "dateModified": updated.date if updated else None,
        "lastReviewed": trial.reviewed.date if trial.reviewed else None,
        "inLanguage": trial.lang,
        "keywords": list(trial.keywords),
    }


def _identifiers(trial: Trial) -> Iterator[Json]:
    name = registry_name(trial)
    yield _identifier(name, trial.nct_id, registry_page(trial))
    for alias in trial.nct_id_aliases:
        yield _identifier(name, alias, "")
    own = trial.org_study_id_info
    if own and own.id:
        organization = trial.organization.full_name if trial.organization else None
        yield _identifier(_id_kind(own) or organization, own.id, prose.web_url(own.link))
    for other in trial.secondary_id_infos:
        if other.id:
            kind = other.domain or _id_kind(other)
            yield _identifier(kind, other.id, prose.web_url(other.link))


def _identifier(kind: str | None, value: str, url: str) -> Json:
    return {"@type": "PropertyValue", "propertyID": kind, "value": value, "url": url}


def _id_kind(info: OrgStudyId | SecondaryId) -> str | None:
    return info.type.label if info.type else None


def _code(system: str, value: str | None) -> Json | None:
    if not (system and value):
        return None
    return {"@type": "MedicalCode", "codeValue": value, "codingSystem": system}


# --- who is behind it ---------------------------------------------------------------------------


def _sponsors(trial: Trial) -> Iterator[Json]:
    """`sponsor` is who "supports a thing through a pledge, promise, or financial contribution"."""
    lead = (trial.lead_sponsor,) if trial.lead_sponsor else ()
    for sponsor in (*lead, *trial.collaborators):
        if sponsor.name:
            yield {"@type": _sponsor_type(sponsor), "name": sponsor.name}


def _sponsor_type(sponsor: Sponsor) -> str:
    return "Person" if sponsor.class_ is AgencyClass.INDIV else "Organization"


_GRANTS = {"NIH", "FDA", "VA", "CDC", "AHRQ", "SAMHSA", "OTHER_GRANT"}


def _grants(trial: Trial) -> Iterator[Json]:
    """MedicalEntity.funding: the ids that are numbers of grants."""
    own = (trial.org_study_id_info,) if trial.org_study_id_info else ()
    for info in (*own, *trial.secondary_id_infos):
        if info.id and info.type and info.type.value in _GRANTS:
            funder = info.domain if isinstance(info, SecondaryId) else None
            yield {
                "@type": "Grant",
                "name": info.type.label,
                "identifier": info.id,
                "url": prose.web_url(info.link),
                "funder": {"@type": "Organization", "name": funder},
            }


# --- what is studied ----------------------------------------------------------------------------

_SUBJECTS = {
    InterventionType.DRUG: "Drug",
    InterventionType.BIOLOGICAL: "Drug",  # "a chemical or biologic substance"
    InterventionType.DEVICE: "MedicalDevice",
    InterventionType.PROCEDURE: "MedicalProcedure",
    InterventionType.RADIATION: "RadiationTherapy",
    InterventionType.BEHAVIORAL: "MedicalTherapy",
    InterventionType.GENETIC: "MedicalTherapy",
    InterventionType.DIETARY_SUPPLEMENT: "DietarySupplement",
    InterventionType.DIAGNOSTIC_TEST: "MedicalTest",
}


def _conditions(trial: Trial) -> Iterator[Json]:
    codes = _mesh(trial.condition_browse)
    for name in trial.conditions:
        code = _code("MeSH", codes.get(name.casefold()))
        yield {"@type": "MedicalCondition", "name": name, "code": code}


def _subjects(trial: Trial) -> Iterator[Json]:
    codes = _mesh(trial.intervention_browse)
    for intervention in trial.interventions:
        if intervention.name:
            code = _code("MeSH", codes.get(intervention.name.casefold()))
            yield {
                "@type": _subject_type(intervention),
                "name": intervention.name,
                "alternateName": list(intervention.other_names),
                "code": code,
            }


def _subject_type(intervention: Intervention) -> str:
    """MedicalEntity, the widest type that `studySubject` takes, where none fits."""
    return (
        _SUBJECTS.get(intervention.type, "MedicalEntity") if intervention.type else "MedicalEntity"
    )


def _mesh(browse: Browse | None) -> dict[str, str]:
    """MeSH ids by the heading's name. Only a name that is the heading itself gets its code."""
    found = browse.meshes if browse else ()
    return {mesh.term.casefold(): mesh.id for mesh in found if mesh.term and mesh.id}


# --- where --------------------------------------------------------------------------------------


def _areas(trial: Trial) -> Iterator[Json]:
    """MedicalStudy.studyLocation takes AdministrativeAreas: the towns, with their sites inside."""
    towns: dict[tuple[str | None, ...], list[Location]] = {}
    for place in trial.locations:
        towns.setdefault((place.city, place.state, place.country), []).append(place)
    for (city, state, country), sites in towns.items():
        yield {
            "@type": "AdministrativeArea",
            "name": ", ".join(part for part in (city, state, country) if part),
            "address": {
                "@type": "PostalAddress",
                "addressLocality": city,
                "addressRegion": state,
                "addressCountry": country,
            },
            "geo": _geo(sites),
            "containsPlace": [_site(site) for site in sites],
        }


def _geo(sites: Iterable[Location]) -> Json | None:
    """The town's point: the registry places its sites by town, not by street."""
    point = next((site.geo_point for site in sites if site.geo_point), None)
    if point is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon}


def _site(site: Location) -> Json:
    return {
        "@type": "Place",
        "name": site.facility,
        "address": {"@type": "PostalAddress", "postalCode": site.zip},
    }


# --- what is written about it -------------------------------------------------------------------


def _is_about(reference: Reference) -> bool:
    """Whether the article is about the study; background reading isn't."""
    return reference.type in (ReferenceType.RESULT, ReferenceType.DERIVED)


def _article(reference: Reference) -> Json:
    pmid = reference.pmid or ""
    known = pmid.isascii() and pmid.isdigit()
    return {
        "@type": "MedicalScholarlyArticle",
        "description": reference.citation,
        "identifier": _identifier("PMID", pmid, "") if pmid else None,
        "url": f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if known else None,
        "creativeWorkStatus": "Retracted" if reference.retractions else None,
    }
