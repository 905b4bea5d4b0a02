"""A trial in schema.org's vocabulary: the JSON-LD that its page carries for search engines.

Written against schema.org 30.1, where MedicalTrial has lost `phase`, `outcome` and `population`.
What schema.org has no property for (dates, eligibility, outcomes, officials) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trialpages.prose.plain_values import filled, plain_text, said, written
from trialpages.records.model import (
    Browse,
    OrgStudyId,
    Reference,
    SecondaryId,
    Trial,
)
from trialpages.records.registry_numbers import registry_of
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
from trialpages.text.weblinks import pubmed_page, web_url
from trialpages.trial import derived
from trialpages.trial.named_countries import countries_without_place
from trialpages.trial.registry import registry_name, registry_page
from trialpages.trial.schema_org import (
    AdministrativeArea,
    Grant,
    MedicalCode,
    MedicalCondition,
    MedicalScholarlyArticle,
    MedicalWebPage,
    Organization,
    Party,
    Person,
    PropertyValue,
    Study,
    Subject,
)

_SCHEMA_ORG = "https://schema.org/"


def json_ld(trial: Trial, url: str, doubted: str = "") -> bytes:
    """The trial on the page at `url` as the JSON of a schema.org MedicalStudy or one of its kinds.

    `doubted` is its status with the day it was last checked, for a page that doubts it, or the
    record's own word; a code of schema.org would then state flatly what the page doesn't. Raises
    TooDeep.
    """
    study = Study(
        context="https://schema.org",
        type=_TYPES[trial.study_type],
        name=trial.brief_title,
        alternate_name=said((trial.official_title, trial.acronym)),
        description=plain_text(trial.brief_summary or "") or None,
        url=url or None,
        same_as=registry_page(trial) or None,
        main_entity_of_page=_page(trial, url),
        identifier=tuple(_identifiers(trial)),
        code=_code(registry_name(trial), trial.nct_id),
        status=tuple(_status(trial, doubted)),
        trial_design=tuple(_SCHEMA_ORG + name for name in _trial_design(trial)),
        study_design=tuple(_SCHEMA_ORG + name for name in _study_design(trial)),
        sponsor=tuple(_sponsors(trial)),
        funding=tuple(_grants(trial)),
        health_condition=tuple(_conditions(trial)),
        study_subject=tuple(_subjects(trial)),
        study_location=tuple(_areas(trial)),
        subject_of=tuple(_articles(trial)),
    )
    return written(study)


# --- what kind of study, where it stands, how it is built ---------------------------------------

_TYPES = {
    StudyType.INTERVENTIONAL: "MedicalTrial",
    StudyType.OBSERVATIONAL: "MedicalObservationalStudy",
    StudyType.EXPANDED_ACCESS: "MedicalStudy",
    StudyType.OTHER: "MedicalStudy",
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


def _status(trial: Trial, doubted: str) -> Iterator[str]:
    """MedicalStudy.status: a MedicalStudyStatus, or the registry's label where there is none. It
    takes text as well, and has no property beside it for the date as of which it is true.

    Never ResultsNotAvailable: a record without posted results says nothing of published ones.
    """
    name = _STATUSES.get(trial.overall_status)
    yield doubted or (_SCHEMA_ORG + name if name else trial.overall_status.label)
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


def _page(trial: Trial, url: str) -> MedicalWebPage | None:
    """The page that the trial is the main entity of: its dates, language and keywords."""
    updated = trial.last_update_post_date
    page = MedicalWebPage(
        url=url or None,
        date_modified=updated.date if updated else None,
        last_reviewed=trial.reviewed.date if trial.reviewed else None,
        in_language=trial.lang,
        keywords=said(trial.keywords),
    )
    return filled(page)


def _identifiers(trial: Trial) -> Iterator[PropertyValue]:
    yield _identifier(registry_name(trial), trial.nct_id, registry_page(trial))
    for alias in trial.nct_id_aliases:
        registry = registry_of(alias)
        yield _identifier(registry.name if registry else None, alias, "")
    own = trial.org_study_id_info
    if own and own.id:
        organization = trial.organization.full_name if trial.organization else None
        yield _identifier(_id_kind(own) or organization, own.id, web_url(own.link))
    for other in trial.secondary_id_infos:
        if other.id:
            kind = other.domain or _id_kind(other)
            yield _identifier(kind, other.id, web_url(other.link))


def _identifier(kind: str | None, value: str, url: str) -> PropertyValue:
    return PropertyValue(property_id=kind or None, value=value, url=url or None)


def _id_kind(info: OrgStudyId | SecondaryId) -> str | None:
    return info.type.label if info.type else None


def _code(system: str, value: str | None) -> MedicalCode | None:
    return MedicalCode(code_value=value, coding_system=system) if system and value else None


# --- who is behind it ---------------------------------------------------------------------------


def _sponsors(trial: Trial) -> Iterator[Party]:
    """`sponsor` is who "supports a thing through a pledge, promise, or financial contribution"."""
    lead = (trial.lead_sponsor,) if trial.lead_sponsor else ()
    for sponsor in (*lead, *trial.collaborators):
        if sponsor.name:
            is_person = sponsor.class_ is AgencyClass.INDIV
            yield Person(name=sponsor.name) if is_person else Organization(name=sponsor.name)


_GRANTS = {"NIH", "FDA", "VA", "CDC", "AHRQ", "SAMHSA", "OTHER_GRANT"}


def _grants(trial: Trial) -> Iterator[Grant]:
    """MedicalEntity.funding: the ids that are numbers of grants."""
    own = (trial.org_study_id_info,) if trial.org_study_id_info else ()
    for info in (*own, *trial.secondary_id_infos):
        if info.id and info.type and info.type.value in _GRANTS:
            funder = info.domain if isinstance(info, SecondaryId) else None
            yield Grant(
                name=info.type.label,
                identifier=info.id,
                url=web_url(info.link) or None,
                funder=Organization(name=funder) if funder else None,
            )


# --- what is studied ----------------------------------------------------------------------------

_SUBJECTS: Mapping[InterventionType | None, str] = {
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
_ANY_SUBJECT = "MedicalEntity"
"""The widest type that `studySubject` takes."""


def _conditions(trial: Trial) -> Iterator[MedicalCondition]:
    codes = _mesh(trial.condition_browse)
    for name in trial.conditions:
        code = _code("MeSH", codes.get(name.casefold()))
        yield MedicalCondition(name=name, code=code)


def _subjects(trial: Trial) -> Iterator[Subject]:
    codes = _mesh(trial.intervention_browse)
    for intervention in trial.interventions:
        if intervention.name:
            code = _code("MeSH", codes.get(intervention.name.casefold()))
            yield Subject(
                type=_SUBJECTS.get(intervention.type, _ANY_SUBJECT),
                name=intervention.name,
                alternate_name=said(intervention.other_names),
                code=code,
            )


def _mesh(browse: Browse | None) -> dict[str, str]:
    """MeSH ids by the heading's name. Only a name that is the heading itself gets its code."""
    found = browse.meshes if browse else ()
    return {mesh.term.casefold(): mesh.id for mesh in found if mesh.term and mesh.id}


# --- where --------------------------------------------------------------------------------------


def _areas(trial: Trial) -> Iterator[AdministrativeArea]:
    """MedicalStudy.studyLocation takes AdministrativeAreas: the towns, each once. Their sites and
    points would be a third of all this, and are in the page's table for whoever reads it. Then
    the countries that another registry's record names without a place."""
    towns = dict.fromkeys((one.city, one.state, one.country) for one in trial.locations)
    for town in towns:
        if name := ", ".join(filter(None, town)):
            yield AdministrativeArea(name=name)
    for name in countries_without_place(trial):
        yield AdministrativeArea(name=name)


# --- what is written about it -------------------------------------------------------------------


def _articles(trial: Trial) -> Iterator[MedicalScholarlyArticle]:
    """The articles about the study; background reading isn't."""
    about = (ReferenceType.RESULT, ReferenceType.DERIVED)
    yield from filter(filled, (_article(one) for one in trial.references if one.type in about))


def _article(reference: Reference) -> MedicalScholarlyArticle:
    pmid = reference.pmid or ""
    return MedicalScholarlyArticle(
        description=reference.citation,
        identifier=_identifier("PMID", pmid, "") if pmid else None,
        url=pubmed_page(pmid) or None,
        creative_work_status="Retracted" if reference.retractions else None,
    )
