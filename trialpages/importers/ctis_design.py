"""What a CTIS trial is about and how it is set up: titles, aims, dates, products and end points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from trialpages.importers import ctis_words as words
from trialpages.importers.leaves import Leaves
from trialpages.importers.plain_lines import commonmark, items
from trialpages.records.ctis_codes import ROLES

Fields = dict[str, Any]

_BLANK = re.compile(r"n\.?/?a\.?|not applicable", re.IGNORECASE)
"""What stands in a field of a product or a place that was not filled in: it stays where it is."""


def part_one(around: str) -> str:
    return f"{around}/authorizedPartI"


def information(around: str) -> str:
    return f"{part_one(around)}/trialDetails/trialInformation"


def said(leaves: Leaves, pointer: str) -> str:
    """The text there in one line, if it says something. It stays."""
    text = " ".join(leaves.text(pointer).split())
    return "" if _BLANK.fullmatch(text) else text


def taken(leaves: Leaves, pointer: str) -> str:
    """The same, and it is taken."""
    text = said(leaves, pointer)
    return text if text and leaves.take(pointer) else ""


def take_again(leaves: Leaves, pointer: str, text: str | None) -> None:
    """Take what says a text once more that a field has."""
    if text and said(leaves, pointer) == text:
        leaves.take(pointer)


# --- titles and aims -----------------------------------------------------------------------------


def titles(leaves: Leaves, around: str) -> Fields:
    names = f"{part_one(around)}/trialDetails/clinicalTrialIdentifiers"
    official = taken(leaves, f"{names}/fullTitle")
    brief = taken(leaves, f"{names}/publicTitle")
    for text in (official, brief):
        take_again(leaves, "/title", text)
    return {"brief_title": brief or official, "official_title": official}


def about(leaves: Leaves, around: str) -> Fields:
    inside = f"{information(around)}/medicalCondition/partIMedicalConditions"
    conditions = [taken(leaves, f"{one}/medicalCondition") for one in leaves.entries(inside)]
    for one in leaves.entries(f"{part_one(around)}/medicalConditions"):
        if said(leaves, f"{one}/medicalCondition") in conditions:
            leaves.take(f"{one}/medicalCondition")
    return {"conditions": conditions, "detailed_description": _aims(leaves, around)}


def _aims(leaves: Leaves, around: str) -> str | None:
    aims = f"{information(around)}/trialObjective"
    main = leaves.take(f"{aims}/mainObjective")
    others = numbered(leaves, f"{aims}/secondaryObjectives", "secondaryObjective")
    found = {
        "Main objective:": commonmark(main) if main else "",
        "Secondary objectives:": items(others),
    }
    return "\n\n".join(f"{head}\n\n{text}" for head, text in found.items() if text) or None


class Numbered(NamedTuple):
    place: str
    number: str
    text: str


def numbered(leaves: Leaves, pointer: str, name: str) -> list[tuple[str, str]]:
    """The entries of a list by the registry's own numbers, in which they need not come. A number
    stays beside the translations of its entry, which would have none, and where it is none."""
    found = _by_number(leaves, pointer, name)
    for one in found:
        if _NUMBER.fullmatch(one.number):
            _take_number(leaves, one, name)
    return [(one.number, one.text) for one in found]


def in_order(leaves: Leaves, pointer: str, name: str) -> list[str]:
    """The same without numbers, which stay where they are more than the order."""
    found = _by_number(leaves, pointer, name)
    if [one.number for one in found] == [str(at + 1) for at in range(len(found))]:
        for one in found:
            _take_number(leaves, one, name)
    return [one.text for one in found]


def _by_number(leaves: Leaves, pointer: str, name: str) -> list[Numbered]:
    found = [
        Numbered(one, leaves.text(f"{one}/number"), text)
        for one in leaves.entries(pointer)
        if (text := leaves.take(f"{one}/{name}"))
    ]
    by_number = all(_NUMBER.fullmatch(one.number) for one in found)
    return sorted(found, key=lambda one: int(one.number)) if by_number else found


def _take_number(leaves: Leaves, one: Numbered, name: str) -> None:
    if not leaves.entries(f"{one.place}/{name}Translations"):
        leaves.take(f"{one.place}/number")


_NUMBER = re.compile(r"[0-9]{1,9}")


# --- dates ---------------------------------------------------------------------------------------


def dates(leaves: Leaves, around: str) -> Fields:
    """Those of the trial as a whole. What is of the EU alone is no date of one that runs elsewhere
    too, and stays; so does what each member state has."""
    is_european = not leaves.entries(f"{part_one(around)}/rowCountriesInfo")
    return {
        "start_date": _start(leaves, around) if is_european else None,
        "completion_date": _end(leaves, around, is_european=is_european),
        "last_update_post_date": _posted(leaves),
    }


def _start(leaves: Leaves, around: str) -> Fields | None:
    """When it began, else when people were to be first taken. Of one that began in a member state
    the plan isn't the start."""
    if day := _taken_day(leaves, "/startDateEU"):
        return {"date": day, "type": "ACTUAL"}
    if leaves.text("/ctPublicStatusCode") not in ("", "2") or leaves.entries("/events/trialEvents"):
        return None
    planned = f"{information(around)}/trialDuration/estimatedRecruitmentStartDate"
    day = _taken_day(leaves, planned)
    return {"date": day, "type": "ESTIMATED"} if day else None


def _end(leaves: Leaves, around: str, *, is_european: bool) -> Fields | None:
    for one in leaves.entries(f"{around}/trialGlobalEnd"):
        if day := _taken_day(leaves, f"{one}/globalEndDate"):
            return {"date": day, "type": "ACTUAL"}
    planned = f"{information(around)}/trialDuration"
    day = _taken_day(leaves, f"{planned}/estimatedGlobalEndDate")
    if not day and is_european:
        day = _taken_day(leaves, f"{planned}/estimatedEndDate")
    return {"date": day, "type": "ESTIMATED"} if day else None


def _posted(leaves: Leaves) -> str | None:
    """The day the registry published this version; the moment itself stays."""
    day = _day(leaves.text("/publishDate")[:10])
    if day is None or day == _day(leaves.text("/lastPublicationUpdate")):
        day = _taken_day(leaves, "/lastPublicationUpdate") or day
    return day


_DAY_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII),
    re.compile(r"(?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4})", re.ASCII),
)
"""The day first: 24/04/2024."""


def _day(text: str) -> str | None:
    found = next((form for one in _DAY_FORMS if (form := one.fullmatch(text))), None)
    try:
        return (
            str(date(*(int(found[part]) for part in ("year", "month", "day")))) if found else None
        )
    except ValueError:
        return None


def _taken_day(leaves: Leaves, pointer: str) -> str | None:
    day = _day(leaves.text(pointer))
    return day if day and leaves.take(pointer) else None


# --- design --------------------------------------------------------------------------------------


def design(leaves: Leaves, around: str) -> Fields:
    """CTIS has clinical trials alone: each tries a medicinal product (Regulation (EU) 536/2014)."""
    phase = f"{information(around)}/trialCategory/trialPhase"
    return {
        "study_type": "INTERVENTIONAL",
        "phases": leaves.take_as(phase, words.OUR_PHASES)
        or words.WIDER_PHASES.get(leaves.text(phase)),
        "interventions": list(_products(leaves, around)),
    }


def _products(leaves: Leaves, around: str) -> Iterator[Fields]:
    """Its name and role; what kind of product it is, the registry says in words of its own."""
    for one in leaves.entries(f"{part_one(around)}/products"):
        inside = f"{one}/productDictionaryInfo"
        substance = said(leaves, f"{inside}/activeSubstanceName")
        name = said(leaves, f"{one}/productName") or said(leaves, f"{inside}/prodName")
        role = leaves.take_as(f"{one}/mpRoleInTrial", ROLES)
        routes = filter(None, (said(leaves, each) for each in leaves.entries(f"{one}/routes")))
        lines = {
            "Role in the trial": role,
            "Active substance": substance,
            "Pharmaceutical form": said(leaves, f"{one}/pharmaceuticalFormDisplay"),
            "Route": ", ".join(routes),
        }
        told = "\n".join(f"{label}: {text}" for label, text in lines.items() if text)
        yield {"name": name or substance, "description": commonmark(told)}


# --- end points ----------------------------------------------------------------------------------


def outcomes(leaves: Leaves, around: str) -> Fields:
    return {
        f"{kind}_outcomes": [
            {"measure": " ".join(text.split())}
            for text in in_order(
                leaves, f"{information(around)}/endPoint/{kind}EndPoints", "endPoint"
            )
        ]
        for kind in ("primary", "secondary")
    }
