"""Who and what is compared: recruitment, the eligible group, comparisonGroup, outcomeMeasure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trialpages.exports.fhir.concepts import Code, as_markdown, coded, concept
from trialpages.exports.fhir.types import (
    Characteristic,
    CodeableConcept,
    ComparisonGroup,
    Group,
    OutcomeMeasure,
    Quantity,
    Range,
    Recruitment,
    Reference,
)
from trialpages.prose.plain_values import filled, plain_text
from trialpages.records.ages import Age, age_limits
from trialpages.records.model import Outcome, Trial
from trialpages.records.vocabulary import ArmGroupType, EnrollmentType
from trialpages.trial import derived

_UNSIGNED_INT = range(2**31)
"""R5's unsignedInt ends at 2,147,483,647."""


def recruitment(trial: Trial, eligible: Group | None) -> Recruitment | None:
    enrollment = trial.enrollment_info
    count = enrollment.count if enrollment else None
    if count is not None and count not in _UNSIGNED_INT:
        count = None
    kind = enrollment.type if enrollment else None
    found = Recruitment(
        target_number=count if kind is EnrollmentType.ESTIMATED else None,
        actual_number=count if kind is EnrollmentType.ACTUAL else None,
        eligibility=Reference(reference=f"#{eligible.id}") if eligible else None,
    )
    return filled(found)


_ARM_TYPES: Mapping[ArmGroupType, Code] = {
    ArmGroupType.EXPERIMENTAL: ("experimental", "Experimental"),
    ArmGroupType.ACTIVE_COMPARATOR: ("active-comparator", "Active Comparator"),
    ArmGroupType.PLACEBO_COMPARATOR: ("placebo-comparator", "Placebo Comparator"),
    ArmGroupType.SHAM_COMPARATOR: ("sham-comparator", "Sham Comparator"),
    ArmGroupType.NO_INTERVENTION: ("no-intervention", "No Intervention"),
    ArmGroupType.OTHER: ("other-arm-type", "Other Arm Type"),
}


def arms(trial: Trial) -> Iterator[ComparisonGroup]:
    """`name` is required: an arm whose label was lost goes by its number on the page."""
    for arm in derived.arms(trial):
        yield ComparisonGroup(
            link_id=arm.id,
            name=(arm.arm.label or "").strip() or arm.id,
            type=coded("research-study-arm-type", _ARM_TYPES, arm.arm.type),
            description=arm.arm.description,
            intended_exposure=tuple(
                Reference(reference=f"#{each.id}" if each.id else None, display=each.name)
                for each in arm.interventions
            ),
        )


def outcomes(trial: Trial) -> Iterator[OutcomeMeasure]:
    kinds: Iterable[tuple[str, Code | None, tuple[Outcome, ...]]] = (
        ("Primary", ("primary", "Primary"), trial.primary_outcomes),
        ("Secondary", ("secondary", "Secondary"), trial.secondary_outcomes),
        ("Other", None, trial.other_outcomes),
    )
    for label, code, outcomes in kinds:
        objective = (concept(label, "research-study-objective-type", code),)
        for outcome in outcomes:
            text = _outcome_text(outcome) or None
            yield OutcomeMeasure(name=outcome.measure, type=objective, description=text)


def _outcome_text(outcome: Outcome) -> str:
    """The time frame has no element of its own and no outcome is complete without it.

    It goes first, where no unclosed markup of the description can swallow it.
    """
    frame = f"Time frame: {as_markdown(outcome.time_frame)}" if outcome.time_frame else ""
    return "\n\n".join(part for part in (frame, outcome.description) if part)


# --- the eligible group -------------------------------------------------------------------------


def eligibility(trial: Trial) -> Group | None:
    """Who can take part: a Group of persons defined by its characteristics, or None."""
    characteristics = tuple(_characteristics(trial))
    if not (characteristics or (trial.eligibility_criteria or "").strip()):
        return None
    return Group(
        id="eligibility",
        type="person",
        membership="definitional",
        description=trial.eligibility_criteria,
        characteristic=characteristics,
    )


def _characteristics(trial: Trial) -> Iterator[Characteristic]:
    if trial.sex:
        yield _trait("Sex", concept(trial.sex.label))
    limits = age_limits(trial)
    if limits.low:
        low = _age(limits.low)
        yield _trait("Minimum Age", Range(low=low) if low else concept(limits.low.words))
    if limits.high:
        high = _age(limits.high)
        yield _trait("Maximum Age", Range(high=high) if high else concept(limits.high.words))
    if trial.healthy_volunteers is not None:
        yield _trait("Accepts Healthy Volunteers", trial.healthy_volunteers)
    if trial.gender_based is not None:
        yield _trait("Gender Based", trial.gender_based)
    for name, markup in (
        ("Gender Eligibility Description", trial.gender_description),
        ("Study Population", trial.study_population),
    ):
        if text := plain_text(markup or ""):
            yield _trait(name, concept(text))
    if trial.sampling_method:
        yield _trait("Sampling Method", concept(trial.sampling_method.label))


def _trait(name: str, value: CodeableConcept | Range | bool) -> Characteristic:
    return Characteristic(
        code=concept(name),
        value_codeable_concept=value if isinstance(value, CodeableConcept) else None,
        value_range=value if isinstance(value, Range) else None,
        value_boolean=value if isinstance(value, bool) else None,
        exclude=False,
    )


_UCUM = {"Minute": "min", "Hour": "h", "Day": "d", "Week": "wk", "Month": "mo", "Year": "a"}


def _age(age: Age) -> Quantity | None:
    """An age (`18 Years`) as a Quantity in UCUM units; None where its words can't be read."""
    if age.number is None:
        return None
    return Quantity(
        value=age.number,
        unit=age.words.partition(" ")[2],
        system="http://unitsofmeasure.org",
        code=_UCUM[age.unit],
    )
