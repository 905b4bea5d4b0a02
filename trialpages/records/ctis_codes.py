"""What the codes of EU CTIS mean, in the words of its public portal.

Statuses and phases are those of the portal's own code table, as its public clients read it too:
the R package ctrdata maps a record's `ctPublicStatusCode` in its `f.statusRecruitment`, and its
phases in `f.trialPhase`. Roles and age groups stand beside their words in records themselves
(`productRoleCode` beside `productRoleName`, `ageRangeCategory` beside a search row's `ageGroup`).
A code that isn't here is shown as the code it is: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

STATUSES: Words = {
    "1": "Under evaluation",
    "2": "Authorised, recruitment pending",
    "3": "Authorised, recruiting",
    "4": "Ongoing, recruiting",
    "5": "Ongoing, recruitment ended",
    "6": "Temporarily halted",
    "7": "Suspended",
    "8": "Ended",
    "9": "Expired",
    "10": "Revoked",
    "11": "Not authorised",
    "12": "Cancelled",
}

CLOSED = frozenset(("Ended", "Expired", "Revoked", "Not authorised", "Cancelled"))
"""Of these those of a trial that takes nobody new, or never took anybody."""

PHASES: Words = {
    "1": "Human Pharmacology (Phase I)- First administration to humans",
    "2": "Human Pharmacology (Phase I)- Bioequivalence Study",
    "3": "Human Pharmacology (Phase I)- Other",
    "4": "Therapeutic exploratory (Phase II)",
    "5": "Therapeutic confirmatory (Phase III)",
    "6": "Therapeutic use (Phase IV)",
    "7": "Phase I and Phase II (Integrated)- First administration to humans",
    "8": "Phase I and Phase II (Integrated)- Bioequivalence Study",
    "9": "Phase I and Phase II (Integrated)- Other",
    "10": "Phase II and Phase III (Integrated)",
    "11": "Phase III and phase IV (Integrated)",
}

ROLES: Words = {"1": "Test", "2": "Comparator", "3": "Placebo", "4": "Auxiliary"}

AGES: Words = {"1": "In utero", "2": "0-17 years", "3": "18-64 years", "4": "65+ years"}

CHILDREN: Words = {
    "1": "Preterm newborn",
    "2": "Newborns (0-27 days)",
    "3": "Infants and toddlers (28 days-23 months)",
    "4": "Children (2-11 years)",
    "5": "Adolescents (12-17 years)",
}
"""Narrower groups within `0-17 years`, as public clients of CTIS read them: those of ICH E11 in its
order. Records say so in their criteria, too. Those of adults aren't known: a record of adults has a
`9` where those clients have a 6."""

BY_FIELD: Mapping[str, Words] = {
    "ageRangeCategory": AGES,
    "ageRangeCategoryCode": AGES,
    "ctAgeRange": CHILDREN,
    "ctAgeRangeCode": CHILDREN,
    "ctPublicStatusCode": STATUSES,
    "ctStatus": STATUSES,
    "mpRoleInTrial": ROLES,
    "mscPublicStatusCode": STATUSES,
    "productRoleCode": ROLES,
    "trialPhase": PHASES,
}
"""The words of a code, by the registry's name of the field that it stands in."""

UNKNOWN_CODES = frozenset(("planToShareIPD",))
"""Fields of whose codes nobody has published the words, and that look like a count without a word.
"""

LANGUAGES: Words = {
    **{"Bulgarian": "bg", "Croatian": "hr", "Czech": "cs", "Danish": "da", "Dutch": "nl"},
    **{"English": "en", "Estonian": "et", "Finnish": "fi", "French": "fr", "German": "de"},
    **{"Greek": "el", "Hungarian": "hu", "Icelandic": "is", "Irish": "ga", "Italian": "it"},
    **{"Latvian": "lv", "Lithuanian": "lt", "Maltese": "mt", "Norwegian": "no", "Polish": "pl"},
    **{"Portuguese": "pt", "Romanian": "ro", "Slovak": "sk", "Slovenian": "sl", "Spanish": "es"},
    "Swedish": "sv",
}
"""The languages of the EU and EEA, as records name those of translations, and their codes."""
