"""How a study is built, and how it stands: phase, studyDesign, classifier, progressStatus, note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trialpages.exports.fhir.concepts import Code, coded, concept
from trialpages.exports.fhir.types import Annotation, CodeableConcept, Period, ProgressStatus
from trialpages.prose.plain_values import filled
from trialpages.records.model import Trial
from trialpages.records.vocabulary import (
    DesignAllocation,
    DesignTimePerspective,
    InterventionalAssignment,
    ObservationalModel,
    Phase,
    PrimaryPurpose,
    Status,
    StudyType,
    Vocabulary,
    WhoMasked,
)
from trialpages.trial import derived

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


def phase(trial: Trial) -> CodeableConcept | None:
    """`phase` holds one concept: two phases of a study are a code of their own."""
    if not trial.phases:
        return None
    return concept(derived.phase(trial), "research-study-phase", _PHASES.get(trial.phases))


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


def purpose(trial: Trial) -> CodeableConcept | None:
    term = trial.design_info.primary_purpose if trial.design_info else None
    return coded("research-study-prim-purp-type", _PURPOSES, term)


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


def study_designs(trial: Trial) -> Iterator[CodeableConcept]:
    """The label alone (`Double`, `N/A`) would not say what it is a label of."""
    for field, term in _design_terms(trial):
        if term:
            yield concept(f"{field}: {term.label}", "study-design", _DESIGNS.get(term))


def _design_terms(trial: Trial) -> Iterator[tuple[str, Vocabulary | None]]:
    yield "Study Type", trial.study_type
    design = trial.design_info
    if design is None:
        return
    yield "Allocation", design.allocation
    yield "Intervention Model", design.intervention_model
    yield "Observational Model", design.observational_model
    yield "Time Perspective", design.time_perspective
    masking = design.masking_info
    if masking:
        yield "Masking", masking.masking
        yield from (("Masked", who) for who in masking.who_masked)


def classifiers(trial: Trial) -> Iterator[CodeableConcept]:
    regulated: Iterable[tuple[bool | None, Code]] = (
        (trial.is_fda_regulated_drug, ("fda-regulated-drug", "FDA regulated drug")),
        (trial.is_fda_regulated_device, ("fda-regulated-device", "FDA regulated device")),
    )
    for applies, code in regulated:
        if applies:
            yield concept(code[1], "research-study-classifiers", code)
    if trial.patient_registry:
        yield concept("Patient Registry")


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


def period(trial: Trial) -> Period | None:
    """From start to completion. R5's invariant per-1 forbids an end before the start; such an end
    is left out."""
    start = trial.start_date.date if trial.start_date else None
    end = trial.completion_date.date if trial.completion_date else None
    if start and end and end < start[: len(end)]:
        end = None
    return filled(Period(start=start, end=end))


def progress(trial: Trial) -> Iterator[ProgressStatus]:
    """`status` is that of the publication; how the study itself stands is said here."""
    status = trial.overall_status
    yield ProgressStatus(state=concept(status.label, "research-study-status", _STATES.get(status)))
    overall = concept(_OVERALL[1], "research-study-status", _OVERALL)
    for state, bound, day in (
        (overall, "start", trial.start_date),
        (concept("Primary Completion"), "end", trial.primary_completion_date),
        (overall, "end", trial.completion_date),
    ):
        if day:
            actual = day.type.value == "ACTUAL" if day.type else None
            yield ProgressStatus(state=state, actual=actual, period=Period(**{bound: day.date}))


def verified(trial: Trial) -> Iterator[Annotation]:
    """As of when the record says how the study and its sites stand. ResearchStudy.date is that of
    the last change, and it has no element for the registry's date of verification."""
    day = trial.status_verified_date
    if day:
        yield Annotation(time=day, text=f"Record last verified by the study team: {day}")
