"""What the registry's values mean in plain words, and whether that fits a record.

A record may contradict itself: a study of one group whose groups chance decides on, one that goes
on and has ended. Then the value stands alone, without our words on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from trialpages.records import results_vocabulary as results
from trialpages.records import vocabulary as words
from trialpages.records.vocabulary import (
    ArmGroupType,
    DesignAllocation,
    DesignMasking,
    DesignTimePerspective,
    EnrollmentType,
    ExpandedAccessStatus,
    InterventionalAssignment,
    ObservationalModel,
    Status,
    Vocabulary,
)
from trialpages.trial.freshness import freshness
from trialpages.trial.sentences.case import Case, Condition, always


def _goes_on(case: Case) -> bool:
    return not (case.is_over or case.is_access)


def _not_begun(case: Case) -> bool:
    return _goes_on(case) and not case.has_begun


def _takes_people(case: Case) -> bool:
    return _goes_on(case) and not case.takes_nobody


def _goes_on_with_people(case: Case) -> bool:
    nobody = case.counts(EnrollmentType.ACTUAL) and not case.people
    return _goes_on(case) and not nobody


def _ended_as_planned(case: Case) -> bool:
    return not (case.trial.why_stopped or case.is_access)


def _nobody_joined(case: Case) -> bool:
    joined = case.counts(EnrollmentType.ACTUAL) and case.people
    return not (joined or case.trial.has_results or case.is_access)


def _is_access(case: Case) -> bool:
    return case.is_access


UNSETTLED: Mapping[Status, Condition] = {
    Status.NOT_YET_RECRUITING: _not_begun,
    Status.RECRUITING: _takes_people,
    Status.ENROLLING_BY_INVITATION: _takes_people,
    Status.ACTIVE_NOT_RECRUITING: _goes_on_with_people,
    Status.SUSPENDED: _goes_on,
    Status.AVAILABLE: _is_access,
    Status.TEMPORARILY_NOT_AVAILABLE: _is_access,
}
"""What may change with time: a record in doubt says what it meant, and not what it means."""

_STATUS: Mapping[Status, Condition] = {
    Status.COMPLETED: _ended_as_planned,
    Status.TERMINATED: lambda case: not case.is_access,
    Status.WITHDRAWN: _nobody_joined,
    Status.NO_LONGER_AVAILABLE: _is_access,
    Status.APPROVED_FOR_MARKETING: _is_access,
    Status.WITHHELD: always,
    Status.UNKNOWN: always,
}


def _status(case: Case, status: Status) -> bool:
    if case.worked_out_on or case.own_status:
        return False
    if status in UNSETTLED:
        return UNSETTLED[status](case) and not case.doubts
    return _STATUS[status](case)


def _access(case: Case, status: ExpandedAccessStatus) -> bool:
    """That of another record, which may change as long as this one's may."""
    return not freshness(Status(status.value), case.dates, case.as_of)


def _allocation(case: Case, allocation: DesignAllocation) -> bool:
    """A record may leave its groups out."""
    return case.groups <= 1 if allocation is DesignAllocation.NA else case.groups != 1


def _divides(case: Case) -> bool:
    """Whether the record says how people come into one group or another."""
    design = case.trial.design_info
    return design is not None and design.allocation in (
        DesignAllocation.RANDOMIZED,
        DesignAllocation.NON_RANDOMIZED,
    )


def _model(case: Case, model: InterventionalAssignment) -> bool:
    if model is InterventionalAssignment.SINGLE_GROUP:
        return case.groups <= 1 and not _divides(case)
    return case.groups != 1 or model is InterventionalAssignment.CROSSOVER


_MASKED = {
    DesignMasking.NONE: 0,
    DesignMasking.SINGLE: 1,
    DesignMasking.DOUBLE: 2,
    DesignMasking.TRIPLE: 3,
    DesignMasking.QUADRUPLE: 4,
}


def _masking(case: Case, masking: DesignMasking) -> bool:
    design = case.trial.design_info
    listed = design.masking_info.who_masked if design and design.masking_info else ()
    return len(listed) in (0, _MASKED[masking])


def _observed(case: Case, model: ObservationalModel) -> bool:
    if model is ObservationalModel.CASE_ONLY:
        return case.groups <= 1
    design = case.trial.design_info
    once = design is not None and design.time_perspective is DesignTimePerspective.CROSS_SECTIONAL
    follows = (ObservationalModel.COHORT, ObservationalModel.NATURAL_HISTORY)
    return not (once and model in follows)


def _arm(case: Case, kind: ArmGroupType) -> bool:
    """What is there for comparison needs another group beside it."""
    return kind is ArmGroupType.EXPERIMENTAL or case.groups > 1


def _by_definition(_: Case, __: Vocabulary) -> bool:
    return True


MEANINGS: Mapping[type[Vocabulary], Callable[[Case, Any], bool]] = {
    Status: _status,
    ExpandedAccessStatus: _access,
    DesignAllocation: _allocation,
    InterventionalAssignment: _model,
    DesignMasking: _masking,
    ObservationalModel: _observed,
    ArmGroupType: _arm,
    **dict.fromkeys(
        (
            words.BioSpecRetention,
            words.DesignTimePerspective,
            words.InterventionType,
            words.IpdSharing,
            words.IpdSharingInfoType,
            words.Phase,
            words.PrimaryPurpose,
            words.ReferenceType,
            words.ResponsiblePartyType,
            words.SamplingMethod,
            words.StudyType,
            words.WhoMasked,
            results.AgreementRestrictionType,
            results.NonInferiorityType,
            results.OutcomeMeasureType,
            results.ReportingStatus,
            results.ViolationEventType,
        ),
        _by_definition,
    ),
}
"""Of the values whose meaning a page gives. Those defined in words that fit any record that has
them stand below; a list that is in neither has meanings for editors alone (`EnrollmentType`)."""


def fits(value: Vocabulary, case: Case) -> bool:
    """Whether what a value means is true of a record that has it. KeyError: not for pages."""
    return MEANINGS[type(value)](case, value)
