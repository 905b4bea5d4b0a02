"""CTIS's words and codes that mean one of ours and no more; those of no equal stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

from trialpages.records.ctis_codes import Words

OUR_STATUSES: Words = {
    "Authorised, not started": "NOT_YET_RECRUITING",
    "Authorised, recruitment pending": "NOT_YET_RECRUITING",
    "Authorised, recruiting": "RECRUITING",
    "Ongoing, recruiting": "RECRUITING",
    "Ongoing, recruitment ended": "ACTIVE_NOT_RECRUITING",
    "Suspended": "SUSPENDED",
}
"""`Ended` is as planned or early, and the others say what became of the application. The first is
what the registry called the second until June 2024."""

OUR_PHASES: Mapping[str, tuple[str, ...]] = {
    "4": ("PHASE2",),
    "5": ("PHASE3",),
    "6": ("PHASE4",),
    "10": ("PHASE2", "PHASE3"),
    "11": ("PHASE3", "PHASE4"),
}

WIDER_PHASES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("1", "2", "3"), ("PHASE1",)),
    **dict.fromkeys(("7", "8", "9"), ("PHASE1", "PHASE2")),
}
"""Each says more than our word, such as the first administration to humans: it stays beside it."""

SPONSORS: Words = {
    "Pharmaceutical company": "INDUSTRY",
    "Educational Institution": "OTHER",
    "Hospital/Clinic/Other health care facility": "OTHER",
}
"""Each says more than our word: it stays beside it. A laboratory may be anybody's."""

OUR_AGES: Words = {"2": "CHILD", "3": "ADULT", "4": "OLDER_ADULT"}
AGES = frozenset(("1", *OUR_AGES))
"""All there are; the first is before birth."""

HEALTHY: Mapping[frozenset[str], bool] = {
    frozenset({"Patients"}): False,
    frozenset({"Healthy volunteers"}): True,
    frozenset({"Healthy volunteers", "Patients"}): True,
}
