"""A trial as a ResearchStudy of HL7 FHIR R5 (5.0.0), for other programs in health care.

Codes come from R5's own code systems and only where they mean what the registry means; otherwise
the registry's label stands as `text`. What ResearchStudy has no element for is left out: the
statement on sharing data, masking and model descriptions, posted results, MeSH terms, derived age
groups, remarks of the registry, an enrollment not said to be planned or actual.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from trialpages.pages import derived, prose
from trialpages.pages.plain_values import Json, plain_text, without_absent
from trialpages.pages.registry import registry_name, registry_page
from trialpages.records.model import (
    Contact,
    Intervention,
    LargeDoc,
    Location,
    Official,
    Outcome,
    Reference,
    ResponsibleParty,
    Sponsor,
    Trial,
)
from trialpages.records.vocabulary import (
    AgencyClass,
    ArmGroupType,
    DesignAllocation,
    DesignTimePerspective,
    EnrollmentType,
    InterventionalAssignment,
    ObservationalModel,
    OfficialRole,
    Phase,
    PrimaryPurpose,
    ResponsiblePartyType,
    Status,
    StudyType,
    Vocabulary,
    WhoMasked,
)

Code = tuple[str, str]
"""A code and its display text."""
Term = TypeVar("Term", bound=Vocabulary)

_HL7 = "http://hl7.org/fhir/"


def research_study(trial: Trial, url: str) -> Json:
    """The trial, whose page is at `url`, as a FHIR R5 ResearchStudy. Raises TooDeep."""
    return without_absent(
        {
            "resourceType": "ResearchStudy",
            "id": trial.nct_id,
            "language": trial.lang,
            "contained": list(_contained(trial)),
            "url": prose.web_url(url),
            **_about(trial),
            **_design(trial),
            "associatedParty": list(_parties(trial)),
            "progressStatus": list(_progress(trial)),
            "whyStopped": _concept(plain_text(trial.why_stopped or "")),
            "site": [
                {"reference": f"#{name}", "display": site.facility} for name, site in _sites(trial)
            ],
            "recruitment": _recruitment(trial),
            "comparisonGroup": list(_arms(trial)),
            "outcomeMeasure": list(_outcomes(trial)),
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
            _label(("official", "Official title"), trial.official_title),
            _label(("acronym", "Acronym"), trial.acronym),
        ],
        "relatedArtifact": list(_artifacts(trial)),
        "date": updated.date if updated else None,
        "status": "draft" if trial.draft else "active",
        "condition": [_concept(name) for name in trial.conditions],
        "keyword": [_concept(word) for word in trial.keywords],
        "region": [_concept(country) for country in derived.countries(trial)],
        "descriptionSummary": trial.brief_summary,
        "description": trial.detailed_description,
    }


def _design(trial: Trial) -> Json:
    """ResearchStudy's elements that say how the study is built."""
    purpose = trial.design_info.primary_purpose if trial.design_info else None
    start, end = trial.start_date, trial.completion_date
    return {
        "primaryPurposeType": _coded("research-study-prim-purp-type", _PURPOSES, purpose),
        "phase": _phase(trial),
        "studyDesign": list(_study_designs(trial)),
        "focus": [
            {"reference": {"reference": f"#{each.id}", "display": _typed(each.intervention)}}
            for each in derived.interventions(trial)
        ],
        "period": _period(start.date if start else None, end.date if end else None),
        "classifier": list(_classifiers(trial)),
    }


# --- codes and texts ----------------------------------------------------------------------------


def _concept(text: str | None, system: str = "", code: Code | None = None) -> Json | None:
    """A CodeableConcept: the registry's words, and R5's code where there is one."""
    if not (text and text.strip()):
        return None
    coding = {"system": _HL7 + system, "code": code[0], "display": code[1]} if code else {}
    return {"coding": [coding], "text": text}


def _coded(system: str, codes: Mapping[Term, Code], term: Term | None) -> Json | None:
    return _concept(term.label, system, codes.get(term)) if term else None


def _label(kind: Code, text: str | None) -> Json | None:
    if not (text and text.strip()):
        return None
    return {"type": _concept(kind[1], "title-type", kind), "value": text}


def as_markdown(text: str) -> str:
    """A plain text as CommonMark that reads the same, for R5's `markdown` elements."""
    line = " ".join(text.splitlines()).strip()
    line = re.sub(r"([\\`*_\[\]<&])", r"\\\1", line)
    return re.sub(r"^(\d*)([-#>+=~.)])", r"\1\\\2", line)


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
        "type": _concept(kind.label) if kind else None,
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
    pubmed = {"type": _concept("PMID"), "system": _PUBMED, "value": reference.pmid}
    return {
        "type": "citation",
        "classifier": [
            _concept(reference.type.label if reference.type else None),
            _concept("Retracted" if reference.retractions else None),
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


# --- phase, primaryPurposeType, studyDesign, classifier -----------------------------------------

_PHASES: Mapping[tuple[Phase, ...], Code] = {
    (Phase.NA,): ("n-a", "N/A"),
    (Phase.EARLY_PHASE1,): ("early-phase-1", "Early Phase 1"),
    (Phase.PHASE1,): ("phase-1", "Phase 1"),
    (Phase.PHASE1, Phase.PHASE2): ("phase-1-phase-2", "Phase 1/Phase 2"),
    (Phase.PHASE2,): ("phase-2", "Phase 2"),
    (Phase.PHASE2, Phase.PHASE3): ("phase-2-phase-3", "Phase 2/Phase 3"),
    (Phase.PHASE3,): ("phase-3", "Phase 3"),
    (Phase.PHASE4,): ("phase-4", "Phase 4"),
}


def _phase(trial: Trial) -> Json | None:
    """`phase` holds one concept: two phases of a study are a code of their own."""
    return _concept(derived.phase(trial), "research-study-phase", _PHASES.get(trial.phases))


_PURPOSES: Mapping[PrimaryPurpose, Code] = {
    PrimaryPurpose.TREATMENT: ("treatment", "Treatment"),
    PrimaryPurpose.PREVENTION: ("prevention", "Prevention"),
    PrimaryPurpose.DIAGNOSTIC: ("diagnostic", "Diagnostic"),
    PrimaryPurpose.SUPPORTIVE_CARE: ("supportive-care", "Supportive Care"),
    PrimaryPurpose.SCREENING: ("screening", "Screening"),
    PrimaryPurpose.HEALTH_SERVICES_RESEARCH: (
        "health-services-research",
        "Health Services Research",
    ),
    PrimaryPurpose.BASIC_SCIENCE: ("basic-science", "Basic Science"),
    PrimaryPurpose.DEVICE_FEASIBILITY: ("device-feasibility", "Device Feasibility"),
}

_DESIGNS: Mapping[Vocabulary, Code] = {
    StudyType.INTERVENTIONAL: ("SEVCO:01001", "Interventional research"),
    StudyType.OBSERVATIONAL: ("SEVCO:01002", "Observational research"),
    StudyType.EXPANDED_ACCESS: ("SEVCO:01038", "Expanded Access study"),
    DesignAllocation.RANDOMIZED: ("SEVCO:01003", "randomized assignment"),
    DesignAllocation.NON_RANDOMIZED: ("SEVCO:01005", "Non-randomized assignment"),
    InterventionalAssignment.PARALLEL: ("SEVCO:01011", "Parallel cohort design"),
    InterventionalAssignment.CROSSOVER: ("SEVCO:01012", "Crossover cohort design"),
    ObservationalModel.CASE_CONTROL: ("SEVCO:01013", "Case control design"),
    DesignTimePerspective.CROSS_SECTIONAL: ("SEVCO:01027", "Cross sectional data collection "),
    WhoMasked.PARTICIPANT: ("SEVCO:01060", "Blinding of study participants"),
    WhoMasked.CARE_PROVIDER: ("SEVCO:01061", "Blinding of intervention providers"),
    WhoMasked.OUTCOMES_ASSESSOR: ("SEVCO:01062", "Blinding of outcome assessors"),
}
"""Terms of the Scientific Evidence Code System that R5 took over, with R5's display texts."""


def _study_designs(trial: Trial) -> Iterator[Json | None]:
    yield _design_term("Study Type", trial.study_type)
    design = trial.design_info
    if design is None:
        return
    yield _design_term("Allocation", design.allocation)
    yield _design_term("Intervention Model", design.intervention_model)
    yield _design_term("Observational Model", design.observational_model)
    yield _design_term("Time Perspective", design.time_perspective)
    masking = design.masking_info
    if masking:
        yield _design_term("Masking", masking.masking)
        for who in masking.who_masked:
            yield _design_term("Masked", who)


def _design_term(field: str, term: Vocabulary | None) -> Json | None:
    """The label alone (`Double`, `N/A`) would not say what it is a label of."""
    return _concept(f"{field}: {term.label}", "study-design", _DESIGNS.get(term)) if term else None


def _classifiers(trial: Trial) -> Iterator[Json | None]:
    regulated: Iterable[tuple[bool | None, Code]] = (
        (trial.is_fda_regulated_drug, ("fda-regulated-drug", "FDA regulated drug")),
        (trial.is_fda_regulated_device, ("fda-regulated-device", "FDA regulated device")),
    )
    for applies, code in regulated:
        if applies:
            yield _concept(code[1], "research-study-classifiers", code)
    if trial.patient_registry:
        yield _concept("Patient Registry")


# --- period, progressStatus ---------------------------------------------------------------------

_STATES: Mapping[Status, Code] = {
    Status.NOT_YET_RECRUITING: ("not-yet-recruiting", "Not yet recruiting"),
    Status.RECRUITING: ("recruiting", "Recruiting"),
    Status.ENROLLING_BY_INVITATION: ("enrolling-by-invitation", "Enrolling by invitation"),
    Status.ACTIVE_NOT_RECRUITING: ("active-but-not-recruiting", "Active, not recruiting"),
    Status.COMPLETED: ("completed", "Completed"),
    Status.TERMINATED: ("terminated", "Terminated"),
    Status.WITHDRAWN: ("withdrawn", "Withdrawn"),
}
_OVERALL: Code = ("overall-study", "Overall study")


def _period(start: str | None, end: str | None) -> Json:
    """Period. Its invariant per-1 forbids an end before the start; such an end is left out."""
    if start and end and end < start[: len(end)]:
        return {"start": start}
    return {"start": start, "end": end}


def _progress(trial: Trial) -> Iterator[Json]:
    """`status` is that of the publication; how the study itself stands is said here."""
    yield {"state": _coded("research-study-status", _STATES, trial.overall_status)}
    overall = _concept(_OVERALL[1], "research-study-status", _OVERALL)
    for state, bound, day in (
        (overall, "start", trial.start_date),
        (_concept("Primary Completion"), "end", trial.primary_completion_date),
        (overall, "end", trial.completion_date),
    ):
        if day:
            actual = day.type.value == "ACTUAL" if day.type else None
            yield {"state": state, "actual": actual, "period": {bound: day.date}}


# --- associatedParty ----------------------------------------------------------------------------

_ORGANIZATIONS: Mapping[AgencyClass, Code] = {
    AgencyClass.NIH: ("nih", "NIH"),
    AgencyClass.FED: ("government", "Government"),
    AgencyClass.OTHER_GOV: ("government", "Government"),
    AgencyClass.INDUSTRY: ("industry", "Industry"),
}
_ROLES: Mapping[Vocabulary, Code] = {
    OfficialRole.STUDY_CHAIR: ("study-chair", "study-chair"),
    OfficialRole.STUDY_DIRECTOR: ("study-director", "study-director"),
    OfficialRole.PRINCIPAL_INVESTIGATOR: ("primary-investigator", "primary-investigator"),
    OfficialRole.SUB_INVESTIGATOR: ("sub-investigator", "sub-investigator"),
    ResponsiblePartyType.PRINCIPAL_INVESTIGATOR: ("primary-investigator", "primary-investigator"),
    ResponsiblePartyType.SPONSOR_INVESTIGATOR: ("sponsor-investigator", "sponsor-investigator"),
}


def _parties(trial: Trial) -> Iterator[Json]:
    lead, party = trial.lead_sponsor, trial.responsible_party
    if lead:
        yield _organization(lead, "Lead Sponsor", ("lead-sponsor", "lead-sponsor"))
    for sponsor in trial.collaborators:
        yield _organization(sponsor, "Collaborator", ("collaborator", "collaborator"))
    if party and _is_person(party):
        role = _role("Responsible Party", party.type)
        name = party.investigator_full_name or party.old_name_title
        yield _person(name, role, "responsible-party")
    for name, official in _officials(trial):
        yield _person(official.name, _role("Overall Official", official.role), name)
    for name, contact in _contacts(trial):
        label = contact.role.label if contact.role else "Contact"
        code = ("recruitment-contact", "recruitment-contact")
        yield _person(contact.name, _concept(label, "research-study-party-role", code), name)


def _organization(sponsor: Sponsor, role: str, code: Code) -> Json:
    kind = _coded("research-study-party-organization-type", _ORGANIZATIONS, sponsor.class_)
    return {
        "name": sponsor.name,
        "role": _concept(role, "research-study-party-role", code),
        "classifier": [kind],
    }


def _person(name: str | None, role: Json | None, contained: str) -> Json:
    return {"name": name, "role": role, "party": {"reference": f"#{contained}"}}


def _role(field: str, term: Vocabulary | None) -> Json | None:
    if term is None:
        return _concept(field)
    return _concept(f"{field}: {term.label}", "research-study-party-role", _ROLES.get(term))


def _is_person(party: ResponsibleParty) -> bool:
    """Whether the responsible party is someone beside the sponsor, who is a party already."""
    return bool(party.investigator_full_name or party.old_name_title or party.old_organization)


# --- recruitment, comparisonGroup, outcomeMeasure -----------------------------------------------

_UNSIGNED_INT = range(2**31)
"""R5's unsignedInt ends at 2,147,483,647."""


def _recruitment(trial: Trial) -> Json:
    enrollment = trial.enrollment_info
    count = enrollment.count if enrollment else None
    if count is not None and count not in _UNSIGNED_INT:
        count = None
    kind = enrollment.type if enrollment else None
    return {
        "targetNumber": count if kind is EnrollmentType.ESTIMATED else None,
        "actualNumber": count if kind is EnrollmentType.ACTUAL else None,
        "eligibility": {"reference": "#eligibility"} if _eligibility(trial) else None,
    }


_ARM_TYPES: Mapping[ArmGroupType, Code] = {
    ArmGroupType.EXPERIMENTAL: ("experimental", "Experimental"),
    ArmGroupType.ACTIVE_COMPARATOR: ("active-comparator", "Active Comparator"),
    ArmGroupType.PLACEBO_COMPARATOR: ("placebo-comparator", "Placebo Comparator"),
    ArmGroupType.SHAM_COMPARATOR: ("sham-comparator", "Sham Comparator"),
    ArmGroupType.NO_INTERVENTION: ("no-intervention", "No Intervention"),
    ArmGroupType.OTHER: ("other-arm-type", "Other Arm Type"),
}


def _arms(trial: Trial) -> Iterator[Json]:
    """`name` is required: an arm whose label was lost goes by its number on the page."""
    for arm in derived.arms(trial):
        yield {
            "linkId": arm.id,
            "name": (arm.arm.label or "").strip() or arm.id,
            "type": _coded("research-study-arm-type", _ARM_TYPES, arm.arm.type),
            "description": arm.arm.description,
            "intendedExposure": [
                {"reference": f"#{each.id}" if each.id else None, "display": each.name}
                for each in arm.interventions
            ],
        }


def _outcomes(trial: Trial) -> Iterator[Json]:
    kinds: Iterable[tuple[str, Code | None, tuple[Outcome, ...]]] = (
        ("Primary", ("primary", "Primary"), trial.primary_outcomes),
        ("Secondary", ("secondary", "Secondary"), trial.secondary_outcomes),
        ("Other", None, trial.other_outcomes),
    )
    for label, code, outcomes in kinds:
        for outcome in outcomes:
            yield {
                "name": outcome.measure,
                "type": [_concept(label, "research-study-objective-type", code)],
                "description": _outcome_text(outcome),
            }


def _outcome_text(outcome: Outcome) -> str:
    """The time frame has no element of its own and no outcome is complete without it.

    It goes first, where no unclosed markup of the description can swallow it.
    """
    frame = f"Time frame: {as_markdown(outcome.time_frame)}" if outcome.time_frame else ""
    return "\n\n".join(part for part in (frame, outcome.description) if part)


# --- contained ----------------------------------------------------------------------------------


def _contained(trial: Trial) -> Iterator[Json | None]:
    """What ResearchStudy only refers to. Each is referred to, as R5's invariant dom-3 asks."""
    yield _eligibility(trial)
    for each in derived.interventions(trial):
        yield {
            "resourceType": "EvidenceVariable",
            "id": each.id,
            "status": "draft" if trial.draft else "active",
            "title": each.intervention.name,
            "description": each.intervention.description,
        }
    party = trial.responsible_party
    if party and _is_person(party):
        organization = party.investigator_affiliation or party.old_organization
        name = party.investigator_full_name or party.old_name_title
        yield _practitioner("responsible-party", name, organization, party.investigator_title)
    for anchor, official in _officials(trial):
        yield _practitioner(anchor, official.name, official.affiliation)
    for anchor, contact in _contacts(trial):
        yield {**_practitioner(anchor, contact.name, None), "contact": [_contact(contact)]}
    yield from (_location(anchor, site) for anchor, site in _sites(trial))


def _officials(trial: Trial) -> Iterator[tuple[str, Official]]:
    return ((f"official-{n}", official) for n, official in enumerate(trial.overall_officials, 1))


def _contacts(trial: Trial) -> Iterator[tuple[str, Contact]]:
    return ((f"contact-{n}", contact) for n, contact in enumerate(trial.central_contacts, 1))


def _sites(trial: Trial) -> Iterator[tuple[str, Location]]:
    return ((f"site-{n}", site) for n, site in enumerate(trial.locations, 1))


def _typed(intervention: Intervention) -> str:
    """`Drug: Cadonilimab`, as the registry names an intervention in an arm."""
    name = intervention.name or ""
    return f"{intervention.type.label}: {name}" if intervention.type and name else name


def _practitioner(
    anchor: str, name: str | None, organization: str | None, title: str | None = None
) -> Json:
    return {
        "resourceType": "PractitionerRole",
        "id": anchor,
        "practitioner": {"display": name},
        "organization": {"display": organization},
        "code": [_concept(title)],
    }


def _contact(contact: Contact) -> Json:
    phone = contact.phone
    extended = f"{phone} ext. {contact.phone_ext}" if phone and contact.phone_ext else phone
    return {
        "purpose": _concept(contact.role.label) if contact.role else None,
        "name": [{"text": contact.name}],
        "telecom": [
            {"system": "phone", "value": extended} if phone else None,
            {"system": "email", "value": contact.email} if contact.email else None,
        ],
    }


def _location(anchor: str, site: Location) -> Json:
    """A Location. `Location.status` means the building's; the site's recruitment is a trait."""
    point = site.geo_point
    return {
        "resourceType": "Location",
        "id": anchor,
        "name": site.facility,
        "contact": [_contact(contact) for contact in site.contacts],
        "address": {
            "city": site.city,
            "state": site.state,
            "postalCode": site.zip,
            "country": site.country,
        },
        "position": {"longitude": point.lon, "latitude": point.lat} if point else None,
        "characteristic": [_concept(site.status.label) if site.status else None],
    }


# --- the eligible group -------------------------------------------------------------------------


def _eligibility(trial: Trial) -> Json | None:
    """Who can take part: a Group of persons defined by its characteristics, or None."""
    characteristics = list(_characteristics(trial))
    if not (characteristics or (trial.eligibility_criteria or "").strip()):
        return None
    return {
        "resourceType": "Group",
        "id": "eligibility",
        "type": "person",
        "membership": "definitional",
        "description": trial.eligibility_criteria,
        "characteristic": characteristics,
    }


def _characteristics(trial: Trial) -> Iterator[Json]:
    if trial.sex:
        yield _characteristic("Sex", "CodeableConcept", _concept(trial.sex.label))
    if trial.minimum_age:
        yield _characteristic("Minimum Age", "Range", {"low": _age(trial.minimum_age)})
    if trial.maximum_age:
        yield _characteristic("Maximum Age", "Range", {"high": _age(trial.maximum_age)})
    if trial.healthy_volunteers is not None:
        yield _characteristic("Accepts Healthy Volunteers", "Boolean", trial.healthy_volunteers)
    if trial.gender_based is not None:
        yield _characteristic("Gender Based", "Boolean", trial.gender_based)
    for name, markup in (
        ("Gender Eligibility Description", trial.gender_description),
        ("Study Population", trial.study_population),
    ):
        if text := plain_text(markup or ""):
            yield _characteristic(name, "CodeableConcept", _concept(text))
    if trial.sampling_method:
        label = trial.sampling_method.label
        yield _characteristic("Sampling Method", "CodeableConcept", _concept(label))


def _characteristic(name: str, kind: str, value: Any) -> Json:
    return {"code": _concept(name), f"value{kind}": value, "exclude": False}


_UCUM = {"Minute": "min", "Hour": "h", "Day": "d", "Week": "wk", "Month": "mo", "Year": "a"}


def _age(duration: str) -> Json:
    """A registry duration (`18 Years`) as a Quantity in UCUM units."""
    number, unit = duration.split()
    return {
        "value": int(number),
        "unit": unit,
        "system": "http://unitsofmeasure.org",
        "code": _UCUM[unit.removesuffix("s")],
    }
