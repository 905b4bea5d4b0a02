"""Posted results: the registry's `resultsSection`, read from a trial's `.results.json`.

The file is the registry's own JSON and is handed on as it stands; these classes say what of it a
page can show in tables. What they don't know is kept as `extra` and shown as it was sent.
"""

from __future__ import annotations

from msgspec import field

from trialpages.records.model import Markup, PartialDate, RecordPart, Whole
from trialpages.records.results_vocabulary import (
    AgreementRestrictionType,
    AnalysisDispersionType,
    ConfidenceIntervalNumSides,
    EventAssessment,
    MeasureDispersionType,
    MeasureParam,
    NonInferiorityType,
    OutcomeMeasureType,
    ReportingStatus,
)


class ResultsPart(RecordPart, frozen=True, kw_only=True, rename="camel"):
    """A piece of posted results, under the registry's own names."""


class Group(ResultsPart, frozen=True, kw_only=True):
    """`groups`: the people whose numbers stand in one column. `id` counts within one table."""

    id: str | None = None
    title: str | None = None
    description: Markup | None = None


# --- participantFlowModule ----------------------------------------------------------------------


class Achievement(ResultsPart, frozen=True, kw_only=True):
    group_id: str | None = None
    comment: Markup | None = None
    num_subjects: str | None = None
    num_units: str | None = None


class Milestone(ResultsPart, frozen=True, kw_only=True):
    type: str | None = None
    comment: Markup | None = None
    achievements: tuple[Achievement, ...] = ()


class Reason(ResultsPart, frozen=True, kw_only=True):
    group_id: str | None = None
    comment: Markup | None = None
    num_subjects: str | None = None


class DropWithdraw(ResultsPart, frozen=True, kw_only=True):
    type: str | None = None
    comment: Markup | None = None
    reasons: tuple[Reason, ...] = ()


class Period(ResultsPart, frozen=True, kw_only=True):
    title: str | None = None
    milestones: tuple[Milestone, ...] = ()
    drop_withdraws: tuple[DropWithdraw, ...] = ()


class ParticipantFlow(ResultsPart, frozen=True, kw_only=True):
    pre_assignment_details: Markup | None = None
    recruitment_details: Markup | None = None
    type_units_analyzed: str | None = None
    groups: tuple[Group, ...] = ()
    periods: tuple[Period, ...] = ()


# --- what baseline and outcome measures share ---------------------------------------------------


class DenomCount(ResultsPart, frozen=True, kw_only=True):
    group_id: str | None = None
    value: str | None = None


class Denom(ResultsPart, frozen=True, kw_only=True):
    """`denoms`: how many (participants, eyes, …) of each group the numbers are about."""

    units: str | None = None
    counts: tuple[DenomCount, ...] = ()


class Measurement(ResultsPart, frozen=True, kw_only=True):
    """`measurements`: the numbers are texts (`<0.1`, `NA`) and are shown as they are."""

    group_id: str | None = None
    value: str | None = None
    spread: str | None = None
    lower_limit: str | None = None
    upper_limit: str | None = None
    comment: Markup | None = None


class Category(ResultsPart, frozen=True, kw_only=True):
    title: str | None = None
    measurements: tuple[Measurement, ...] = ()


class MeasureClass(ResultsPart, frozen=True, kw_only=True):
    """`classes`: rows under one heading, such as a visit; mostly the only one, without title."""

    title: str | None = None
    denoms: tuple[Denom, ...] = ()
    categories: tuple[Category, ...] = ()


# --- baselineCharacteristicsModule --------------------------------------------------------------


class BaselineMeasure(ResultsPart, frozen=True, kw_only=True):
    title: str | None = None
    description: Markup | None = None
    population_description: Markup | None = None
    param_type: MeasureParam | None = None
    dispersion_type: MeasureDispersionType | None = None
    unit_of_measure: str | None = None
    calculate_pct: bool | None = None
    denom_units_selected: str | None = None
    denoms: tuple[Denom, ...] = ()
    classes: tuple[MeasureClass, ...] = ()


class BaselineCharacteristics(ResultsPart, frozen=True, kw_only=True):
    population_description: Markup | None = None
    type_units_analyzed: str | None = None
    groups: tuple[Group, ...] = ()
    denoms: tuple[Denom, ...] = ()
    measures: tuple[BaselineMeasure, ...] = ()


# --- outcomeMeasuresModule ----------------------------------------------------------------------


class Analysis(ResultsPart, frozen=True, kw_only=True):
    """`analyses`: one statistical analysis of an outcome measure."""

    param_type: str | None = None
    param_value: str | None = None
    dispersion_type: AnalysisDispersionType | None = None
    dispersion_value: str | None = None
    statistical_method: str | None = None
    statistical_comment: Markup | None = None
    p_value: str | None = None
    p_value_comment: Markup | None = None
    ci_num_sides: ConfidenceIntervalNumSides | None = None
    ci_pct_value: str | None = None
    ci_lower_limit: str | None = None
    ci_upper_limit: str | None = None
    ci_lower_limit_comment: Markup | None = None
    ci_upper_limit_comment: Markup | None = None
    estimate_comment: Markup | None = None
    tested_non_inferiority: bool | None = None
    non_inferiority_type: NonInferiorityType | None = None
    non_inferiority_comment: Markup | None = None
    other_analysis_description: Markup | None = None
    group_description: Markup | None = None
    group_ids: tuple[str, ...] = ()


class OutcomeMeasure(ResultsPart, frozen=True, kw_only=True):
    type: OutcomeMeasureType | None = None
    title: str | None = None
    description: Markup | None = None
    population_description: Markup | None = None
    reporting_status: ReportingStatus | None = None
    anticipated_posting_date: PartialDate | None = None
    param_type: MeasureParam | None = None
    dispersion_type: str | None = None
    unit_of_measure: str | None = None
    calculate_pct: bool | None = None
    time_frame: str | None = None
    type_units_analyzed: str | None = None
    denom_units_selected: str | None = None
    groups: tuple[Group, ...] = ()
    denoms: tuple[Denom, ...] = ()
    classes: tuple[MeasureClass, ...] = ()
    analyses: tuple[Analysis, ...] = ()


class OutcomeMeasures(ResultsPart, frozen=True, kw_only=True):
    outcome_measures: tuple[OutcomeMeasure, ...] = ()


# --- adverseEventsModule ------------------------------------------------------------------------


class EventGroup(ResultsPart, frozen=True, kw_only=True):
    id: str | None = None
    title: str | None = None
    description: Markup | None = None
    deaths_num_affected: Whole | None = None
    deaths_num_at_risk: Whole | None = None
    serious_num_affected: Whole | None = None
    serious_num_at_risk: Whole | None = None
    other_num_affected: Whole | None = None
    other_num_at_risk: Whole | None = None


class EventStats(ResultsPart, frozen=True, kw_only=True):
    group_id: str | None = None
    num_events: Whole | None = None
    num_affected: Whole | None = None
    num_at_risk: Whole | None = None


class AdverseEvent(ResultsPart, frozen=True, kw_only=True):
    """One of `seriousEvents` or `otherEvents`."""

    term: str | None = None
    organ_system: str | None = None
    source_vocabulary: str | None = None
    assessment_type: EventAssessment | None = None
    notes: Markup | None = None
    stats: tuple[EventStats, ...] = ()


class AdverseEvents(ResultsPart, frozen=True, kw_only=True):
    frequency_threshold: str | None = None
    time_frame: str | None = None
    description: Markup | None = None
    all_cause_mortality_comment: Markup | None = None
    event_groups: tuple[EventGroup, ...] = ()
    serious_events: tuple[AdverseEvent, ...] = ()
    other_events: tuple[AdverseEvent, ...] = ()


# --- moreInfoModule -----------------------------------------------------------------------------


class Limitations(ResultsPart, frozen=True, kw_only=True):
    description: Markup | None = None


class CertainAgreement(ResultsPart, frozen=True, kw_only=True):
    """`certainAgreement`: what the sponsor lets the investigators publish."""

    pi_sponsor_employee: bool | None = None
    restriction_type: AgreementRestrictionType | None = None
    restrictive_agreement: bool | None = None
    other_details: Markup | None = None


class PointOfContact(ResultsPart, frozen=True, kw_only=True):
    title: str | None = None
    organization: str | None = None
    email: str | None = None
    phone: str | None = None
    phone_ext: str | None = None


class MoreInfo(ResultsPart, frozen=True, kw_only=True):
    limitations_and_caveats: Limitations | None = None
    certain_agreement: CertainAgreement | None = None
    point_of_contact: PointOfContact | None = None


# --- the whole ----------------------------------------------------------------------------------


class Results(ResultsPart, frozen=True, kw_only=True):
    """The registry's `resultsSection`."""

    participant_flow_module: ParticipantFlow | None = None
    baseline_characteristics_module: BaselineCharacteristics | None = None
    outcome_measures_module: OutcomeMeasures | None = None
    adverse_events_module: AdverseEvents | None = None
    more_info_module: MoreInfo | None = None
    extra: dict[str, str] = field(default_factory=dict, name="#extra")
    """What the classes don't know: JSON Pointer (RFC 6901) -> JSON text. Not part of the file."""
