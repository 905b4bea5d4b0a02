"""ISRCTN's words that mean one of ours and no more; those of no equal stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

STUDY_TYPES: Words = {"Interventional": "INTERVENTIONAL", "Observational": "OBSERVATIONAL"}

STATUS_OVERRIDES: Words = {"Stopped": "TERMINATED", "Suspended": "SUSPENDED"}
"""Of the study as a whole."""

RECRUITMENT_OVERRIDES: Words = {
    "No longer recruiting": "ACTIVE_NOT_RECRUITING",
    "Not yet recruiting": "NOT_YET_RECRUITING",
    "Stopped": "ACTIVE_NOT_RECRUITING",
    "Suspended": "SUSPENDED",
}
"""Of recruitment alone: the study goes on until its end, by its dates."""

SPONSORS: Words = {
    "Charity": "OTHER",
    "Hospital/treatment centre": "OTHER",
    "Industry": "INDUSTRY",
    "University/education": "OTHER",
}
"""Each says more than our word: it stays beside it. A research organisation may be anybody's, and
`Government` doesn't say whose."""

PHASES: Mapping[str, tuple[str, ...]] = {
    "Not Applicable": ("NA",),
    "Phase I": ("PHASE1",),
    "Phase I/II": ("PHASE1", "PHASE2"),
    "Phase II": ("PHASE2",),
    "Phase II/III": ("PHASE2", "PHASE3"),
    "Phase III": ("PHASE3",),
    "Phase III/IV": ("PHASE3", "PHASE4"),
    "Phase IV": ("PHASE4",),
}

PURPOSES: Words = {
    "Basic science": "BASIC_SCIENCE",
    "Device feasibility": "DEVICE_FEASIBILITY",
    "Diagnostic": "DIAGNOSTIC",
    "Health services research": "HEALTH_SERVICES_RESEARCH",
    "Other": "OTHER",
    "Prevention": "PREVENTION",
    "Screening": "SCREENING",
    "Supportive care": "SUPPORTIVE_CARE",
    "Treatment": "TREATMENT",
}

ASSIGNMENTS: Words = {
    "Crossover": "CROSSOVER",
    "Factorial": "FACTORIAL",
    "Parallel": "PARALLEL",
    "Sequential": "SEQUENTIAL",
    "Single": "SINGLE_GROUP",
}

MASKINGS: Words = {"Open (masking not used)": "NONE"}
"""`Blinded (masking used)` doesn't say who doesn't know."""

ALLOCATIONS: Words = {
    "Non-randomized controlled trial": "NON_RANDOMIZED",
    "Randomized controlled trial": "RANDOMIZED",
}
"""Each says more than our word: it stays beside it."""

OLD_DESIGNS: Mapping[str, tuple[str, str]] = {
    "Case-control study": ("observational_model", "CASE_CONTROL"),
    "Cohort study": ("observational_model", "COHORT"),
    "Cross sectional study": ("time_perspective", "CROSS_SECTIONAL"),
    "Cross-sectional study": ("time_perspective", "CROSS_SECTIONAL"),
    "Non randomised controlled trial": ("allocation", "NON_RANDOMIZED"),
    "Non randomised study": ("allocation", "NON_RANDOMIZED"),
    "Randomised controlled trial": ("allocation", "RANDOMIZED"),
    "Randomised cross over trial": ("allocation", "RANDOMIZED"),
}
"""What the secondary study design says of a field, and may say more: it stays beside it."""

INTERVENTION_TYPES: Words = {
    "Behavioural": "BEHAVIORAL",
    "Biological/Vaccine": "BIOLOGICAL",
    "Device": "DEVICE",
    "Drug": "DRUG",
    "Genetic": "GENETIC",
    "Other": "OTHER",
    "Procedure/Surgery": "PROCEDURE",
    "Supplement": "DIETARY_SUPPLEMENT",
}

SEXES: Words = {"All": "ALL", "Both": "ALL", "Female": "FEMALE", "Male": "MALE"}

YES_OR_NO: Mapping[str, bool] = {"true": True, "false": False}

NO_DATA = "Not expected to be made available"
"""Of the data of those who take part. A plan that says `No` beside other words may be one that
nobody filled in."""

SHARED_DATA = (
    "Available on request",
    "Published as a supplement to the results publication",
    "Stored in non-publicly available repository",
    "Stored in publicly available repository",
)
