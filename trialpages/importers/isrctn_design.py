"""How an ISRCTN study is set up: its status, dates, design, interventions and measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from trialpages.importers import isrctn_words as words
from trialpages.importers.leaves import Leaves
from trialpages.importers.plain_lines import commonmark, numbered
from trialpages.records.note_codes import WORKED_OUT

Fields = dict[str, Any]

_DESIGN = "/trial/trialDesign"
_PEOPLE = "/trial/participants"
_TOLD = "/trial/trialDescription"


# --- status and dates ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """How the study stands, and the code and message of a note on it where it isn't said."""

    status: str
    code: str = ""
    note: str = ""


def standing(leaves: Leaves, today: date) -> Standing:
    """The registry has no field for it: what overrides its dates says it, or else these do."""
    of_study, of_recruitment, of_its_start = (leaves.text(place) for place in _OVERRIDES)
    if found := words.STATUS_OVERRIDES.get(of_study):
        return Standing(found)
    start, closed, end = (_day(leaves.text(place)) for place in _STATUS_DATES)
    recruits = words.RECRUITMENT_OVERRIDES.get(of_recruitment, "")
    said = [one for one in (of_study, of_recruitment, of_its_start) if one]
    if of_study or (said and not recruits):
        these = ", ".join(dict.fromkeys(f"“{one}”" for one in said))
        note = f"ISRCTN has no status; what overrides its dates says {these}."
        return Standing("UNKNOWN", "unfit-value", note)
    if recruits and not (end and end < today):
        return Standing(recruits)
    found = _by_dates(start, closed, end, today)
    if found == "UNKNOWN":
        return Standing(found, "unfit-value", "ISRCTN has no status; its dates don't tell one.")
    note = f"ISRCTN has no status; by its dates it was `{found}` on {today}."
    return Standing(found, WORKED_OUT, note)


_OVERRIDES = (
    f"{_DESIGN}/overallStatusOverride",
    f"{_PEOPLE}/recruitmentStatusOverride",
    f"{_PEOPLE}/recruitmentStartStatusOverride",
)
_STATUS_DATES = (
    f"{_PEOPLE}/recruitmentStart",
    f"{_PEOPLE}/recruitmentEnd",
    f"{_DESIGN}/overallEndDate",
)


def _by_dates(start: date | None, closed: date | None, end: date | None, today: date) -> str:
    if end and end < today:
        return "COMPLETED"
    if start and today < start:
        return "NOT_YET_RECRUITING"
    if closed and closed < today:
        return "ACTIVE_NOT_RECRUITING" if end else "UNKNOWN"
    return "RECRUITING" if start and closed else "UNKNOWN"


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(T[\d:.]+(?:Z|[+-]\d\d:\d\d))?", re.ASCII)


def _day(text: str) -> date | None:
    found = _MOMENT.fullmatch(text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def take_day(leaves: Leaves, pointer: str) -> str | None:
    """The day of a moment. A time of the day that isn't midnight stays, with the day."""
    text = leaves.text(pointer)
    day = _day(text)
    if day and not text.partition("T")[2].strip("0:.Z"):
        leaves.take(pointer)
    return str(day) if day else None


def dates(leaves: Leaves) -> Fields:
    places = {
        "study_first_post_date": "/trial/isrctn/@dateAssigned",
        "last_update_post_date": "/trial/@lastUpdated",
        "start_date": f"{_PEOPLE}/recruitmentStart",
        "completion_date": f"{_DESIGN}/overallEndDate",
    }
    return {name: take_day(leaves, place) for name, place in places.items()}


# --- design --------------------------------------------------------------------------------------


def design(leaves: Leaves) -> Fields:
    interventions = leaves.entries("/trial/interventions/intervention")
    found = [words.PHASES.get(leaves.text(f"{one}/phase")) for one in interventions]
    phases = found[0] if len(found) == 1 else None
    if phases:
        leaves.take(f"{interventions[0]}/phase")
    return {
        "study_type": leaves.take_as(f"{_DESIGN}/primaryStudyDesign", words.STUDY_TYPES),
        "phases": phases,
        "design_info": _design_info(leaves),
        "enrollment_info": _enrollment(leaves),
        "interventions": [_intervention(leaves, one) for one in interventions],
    }


def _design_info(leaves: Leaves) -> Fields:
    new = f"{_DESIGN}/interventionalTrialDesign"
    name, value = words.OLD_DESIGNS.get(leaves.text(f"{_DESIGN}/secondaryStudyDesign"), ("", ""))
    masking = leaves.take_as(f"{new}/masking", words.MASKINGS)
    found = {
        "allocation": words.ALLOCATIONS.get(leaves.text(f"{new}/allocation")),
        "intervention_model": leaves.take_as(f"{new}/assignment", words.ASSIGNMENTS),
        "primary_purpose": _purpose(leaves),
        "masking_info": {"masking": masking} if masking else None,
    }
    return {**found, name: value} if name and not found.get(name) else found


def _purpose(leaves: Leaves) -> str | None:
    """Where there is one: a trial of ours has no room for several."""
    places = [f"{_DESIGN}/interventionalTrialDesign/purposes/purpose"]
    places.append(f"{_DESIGN}/trialTypes/trialType")
    entries = [entry for place in places for entry in leaves.entries(place)]
    if len({leaves.text(entry) for entry in entries}) != 1:
        return None
    found = [leaves.take_as(entry, words.PURPOSES) for entry in entries]
    return found[0]


def _enrollment(leaves: Leaves) -> Fields | None:
    """How many joined, or else how many are to; nought is what stands there before anyone did."""
    for name, kind in (("totalFinalEnrolment", "ACTUAL"), ("targetEnrolment", "ESTIMATED")):
        text = leaves.text(f"{_PEOPLE}/{name}")
        if text.isascii() and text.isdecimal() and 0 < len(text.lstrip("0")) < 10:
            leaves.take(f"{_PEOPLE}/{name}")
            return {"count": int(text), "type": kind}
    return None


def _intervention(leaves: Leaves, place: str) -> Fields:
    return {
        "type": leaves.take_as(f"{place}/interventionType", words.INTERVENTION_TYPES),
        "name": one_line(leaves.take(f"{place}/drugNames")),
        "description": prose(leaves.take(f"{place}/description")),
    }


# --- measures ------------------------------------------------------------------------------------


def outcomes(leaves: Leaves) -> Fields:
    return {
        "primary_outcomes": list(_outcomes(leaves, "primaryOutcome")),
        "secondary_outcomes": list(_outcomes(leaves, "secondaryOutcome")),
    }


def _outcomes(leaves: Leaves, name: str) -> Iterator[Fields]:
    """Those with fields of their own, then those of the text: an item each where it is one list."""
    for place in leaves.entries(f"{_TOLD}/{name}s/outcomeMeasure"):
        yield {
            "measure": one_line(leaves.take(f"{place}/variable")),
            "description": prose(leaves.take(f"{place}/method")),
            "time_frame": one_line(leaves.take(f"{place}/timepoints")),
        }
    text = leaves.take(f"{_TOLD}/{name}") or ""
    items = numbered(text)
    if items or (text and "\n" not in text):
        yield from ({"measure": item} for item in items or [text])
    elif text:
        yield {"description": commonmark(text)}


# --- texts ---------------------------------------------------------------------------------------


def one_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def prose(text: str | None) -> str | None:
    return commonmark(text) if text else None
