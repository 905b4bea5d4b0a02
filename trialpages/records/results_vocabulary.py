"""The registry's fixed lists of values for posted results and for its own remarks on a record.

They name statistics and procedure, so few of them have a meaning that would help a visitor.
"""

from trialpages.records.vocabulary import Vocabulary

# Results


class OutcomeMeasureType(Vocabulary):
    """`outcomeMeasures.type`."""

    PRIMARY = "PRIMARY", "Primary", "One of the main questions the study set out to answer."
    SECONDARY = "SECONDARY", "Secondary", "A further question that the study set out to answer."
    OTHER_PRE_SPECIFIED = (
        "OTHER_PRE_SPECIFIED",
        "Other Pre-specified",
        "A lesser question, also planned before the results were in.",
    )
    POST_HOC = "POST_HOC", "Post-Hoc", "A question that came up only afterwards."


class ReportingStatus(Vocabulary):
    """`outcomeMeasures.reportingStatus`."""

    NOT_POSTED = "NOT_POSTED", "Not Posted", "The findings for this question haven't been posted."
    POSTED = "POSTED", "Posted"


class MeasureParam(Vocabulary):
    """`measures.paramType`, `outcomeMeasures.paramType`."""

    GEOMETRIC_MEAN = "GEOMETRIC_MEAN", "Geometric Mean"
    GEOMETRIC_LEAST_SQUARES_MEAN = (
        "GEOMETRIC_LEAST_SQUARES_MEAN",
        "Geometric Least Squares Mean",
    )
    LEAST_SQUARES_MEAN = "LEAST_SQUARES_MEAN", "Least Squares Mean"
    LOG_MEAN = "LOG_MEAN", "Log Mean"
    MEAN = "MEAN", "Mean"
    MEDIAN = "MEDIAN", "Median"
    NUMBER = "NUMBER", "Number"
    COUNT_OF_PARTICIPANTS = "COUNT_OF_PARTICIPANTS", "Count of Participants"
    COUNT_OF_UNITS = "COUNT_OF_UNITS", "Count of Units"


class MeasureDispersionType(Vocabulary):
    """`measures.dispersionType` of the baseline; in an outcome measure that field is free text."""

    NA = "NA", "Not Applicable"
    STANDARD_DEVIATION = "STANDARD_DEVIATION", "Standard Deviation"
    STANDARD_ERROR = "STANDARD_ERROR", "Standard Error"
    INTER_QUARTILE_RANGE = "INTER_QUARTILE_RANGE", "Inter-Quartile Range"
    FULL_RANGE = "FULL_RANGE", "Full Range"
    CONFIDENCE_80 = "CONFIDENCE_80", "80% Confidence Interval"
    CONFIDENCE_90 = "CONFIDENCE_90", "90% Confidence Interval"
    CONFIDENCE_95 = "CONFIDENCE_95", "95% Confidence Interval"
    CONFIDENCE_975 = "CONFIDENCE_975", "97.5% Confidence Interval"
    CONFIDENCE_99 = "CONFIDENCE_99", "99% Confidence Interval"
    CONFIDENCE_OTHER = "CONFIDENCE_OTHER", "Other Confidence Interval Level"
    GEOMETRIC_COEFFICIENT = "GEOMETRIC_COEFFICIENT", "Geometric Coefficient of Variation"


class AnalysisDispersionType(Vocabulary):
    """`outcomeMeasures.analyses.dispersionType`."""

    STANDARD_DEVIATION = "STANDARD_DEVIATION", "Standard Deviation"
    STANDARD_ERROR_OF_MEAN = "STANDARD_ERROR_OF_MEAN", "Standard Error of the Mean"


class ConfidenceIntervalNumSides(Vocabulary):
    """`outcomeMeasures.analyses.ciNumSides`."""

    ONE_SIDED = "ONE_SIDED", "1-Sided"
    TWO_SIDED = "TWO_SIDED", "2-Sided"


class NonInferiorityType(Vocabulary):
    """`outcomeMeasures.analyses.nonInferiorityType`."""

    SUPERIORITY = "SUPERIORITY", "Superiority", "Asks whether one treatment is better."
    NON_INFERIORITY = (
        "NON_INFERIORITY",
        "Non-Inferiority",
        "Asks whether one treatment is not much worse than another.",
    )
    EQUIVALENCE = (
        "EQUIVALENCE",
        "Equivalence",
        "Asks whether two treatments do about equally well.",
    )
    OTHER = "OTHER", "Other"
    NON_INFERIORITY_OR_EQUIVALENCE = (
        "NON_INFERIORITY_OR_EQUIVALENCE",
        "Non-Inferiority or Equivalence",
    )
    SUPERIORITY_OR_OTHER = "SUPERIORITY_OR_OTHER", "Superiority or Other"
    NON_INFERIORITY_OR_EQUIVALENCE_LEGACY = (
        "NON_INFERIORITY_OR_EQUIVALENCE_LEGACY",
        "Non-Inferiority or Equivalence (legacy)",
    )
    SUPERIORITY_OR_OTHER_LEGACY = "SUPERIORITY_OR_OTHER_LEGACY", "Superiority or Other (legacy)"


class EventAssessment(Vocabulary):
    """`seriousEvents.assessmentType`, `otherEvents.assessmentType`."""

    NON_SYSTEMATIC_ASSESSMENT = (
        "NON_SYSTEMATIC_ASSESSMENT",
        "Non-systematic Assessment",
        "Noted when someone happened to mention it.",
    )
    SYSTEMATIC_ASSESSMENT = (
        "SYSTEMATIC_ASSESSMENT",
        "Systematic Assessment",
        "Looked for in everyone in the same way.",
    )


class AgreementRestrictionType(Vocabulary):
    """`certainAgreement.restrictionType`: how long a sponsor may hold back publication.

    The labels are ours: the registry publishes only the codes.
    """

    LTE60 = "LTE60", "Disclosure restriction of 60 days or less"
    GT60 = "GT60", "Disclosure restriction of more than 60 and up to 180 days"
    OTHER = "OTHER", "Other"


# Remarks and derived data


class UnpostedEventType(Vocabulary):
    """`unpostedAnnotation.unpostedEvents.type`."""

    RESET = "RESET", "Reset"
    RELEASE = "RELEASE", "Release"
    UNRELEASE = "UNRELEASE", "Unrelease"


class ViolationEventType(Vocabulary):
    """`violationAnnotation.violationEvents.type`."""

    VIOLATION_IDENTIFIED = "VIOLATION_IDENTIFIED", "Violation Identified by FDA"
    CORRECTION_CONFIRMED = "CORRECTION_CONFIRMED", "Correction Confirmed by FDA"
    PENALTY_IMPOSED = "PENALTY_IMPOSED", "Penalty Imposed by FDA"
    ISSUES_IN_LETTER_ADDRESSED_CONFIRMED = (
        "ISSUES_IN_LETTER_ADDRESSED_CONFIRMED",
        "Issues in letter addressed; confirmed by FDA.",
    )


class BrowseLeafRelevance(Vocabulary):
    """`browseLeaves.relevance`. The registry writes these labels in lower case."""

    LOW = "LOW", "Low"
    HIGH = "HIGH", "High"
