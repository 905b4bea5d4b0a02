"""Who takes part in an ISRCTN study, where, and who is behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from operator import itemgetter
from typing import Any

from trialpages.importers import isrctn_words as words
from trialpages.importers.criteria_fields import by_field
from trialpages.importers.isrctn_design import one_line, prose
from trialpages.importers.leaves import Leaves
from trialpages.prose.criteria_headings import GroupKind
from trialpages.records.countries import folded_country

Fields = dict[str, Any]

_PEOPLE = "/trial/participants"


# --- who can take part ---------------------------------------------------------------------------


def eligibility(leaves: Leaves) -> Fields:
    volunteers = f"{_PEOPLE}/healthyVolunteersAllowed"
    return {
        "eligibility_criteria": _criteria(leaves),
        "healthy_volunteers": leaves.take_as(volunteers, words.YES_OR_NO),
        "sex": leaves.take_as(f"{_PEOPLE}/gender", words.SEXES),
        "minimum_age": _age(leaves, f"{_PEOPLE}/lowerAgeLimit"),
        "maximum_age": _age(leaves, f"{_PEOPLE}/upperAgeLimit"),
    }


def _criteria(leaves: Leaves) -> str | None:
    kinds: tuple[GroupKind, ...] = ("inclusion", "exclusion")
    return by_field((kind, prose(leaves.take(f"{_PEOPLE}/{kind}"))) for kind in kinds)


_AGE = re.compile(r"(\d{1,9}) (Minute|Hour|Day|Week|Month|Year)s?", re.ASCII)


def _age(leaves: Leaves, place: str) -> str | None:
    """`18 Years`, which its attributes say once more."""
    found = _AGE.fullmatch(leaves.text(place))
    if not found:
        return None
    unit, value = leaves.text(f"{place}/@unit"), leaves.text(f"{place}/@value")
    if (value.removesuffix(".0"), unit.lower().rstrip("s")) == (found[1], found[2].lower()):
        leaves.take(f"{place}/@unit")
        leaves.take(f"{place}/@value")
    return leaves.take(place)


# --- places --------------------------------------------------------------------------------------


def places(leaves: Leaves) -> Fields:
    """The centres. A country that one of them is in is said by that."""
    centres = leaves.entries(f"{_PEOPLE}/trialCentres/trialCentre")
    found = [_place(leaves, one) for one in centres]
    said = {folded_country(one["country"]) for one in found if one.get("country")}
    for one in leaves.entries(f"{_PEOPLE}/recruitmentCountries/country"):
        if folded_country(leaves.text(one)) in said:
            leaves.take(one)
    return {"locations": found}


def _place(leaves: Leaves, centre: str) -> Fields:
    names = {"facility": "name", "city": "city", "state": "state", "zip": "zip"}
    names["country"] = "country"
    found = {ours: one_line(leaves.take(f"{centre}/{name}")) for ours, name in names.items()}
    return {name: text for name, text in found.items() if text}


# --- who is behind it ----------------------------------------------------------------------------


def people(leaves: Leaves) -> Fields:
    """Whom the public or scientists may ask, then principal investigators who can be asked; and
    all principal investigators."""
    contacts, officials = [], []
    for one in leaves.entries("/contact"):
        types = leaves.entries(f"{one}/contactTypes/contactType")
        said = {leaves.text(place).lower() for place in types}
        name = _name(leaves, one)
        if _INVESTIGATOR in said and name:
            officials.append({"name": name, "role": "PRINCIPAL_INVESTIGATOR"})
            _take(leaves, types, {_INVESTIGATOR})
        found = _ways(leaves, f"{one}/contactDetails") if name else {}
        if name and (found or said != {_INVESTIGATOR}):
            role = "_".join(code for code, word in _ROLES.items() if word in said) or None
            _take(leaves, types, set(_ROLES.values()))
            rank = (_PUBLIC not in said, said == {_INVESTIGATOR})
            contacts.append((rank, {"name": name, "role": role, **found}))
    contacts.sort(key=itemgetter(0))
    first = [found for _, found in contacts]
    return {"central_contacts": first, "overall_officials": officials} | _sponsor(leaves)


def _ways(leaves: Leaves, details: str) -> Fields:
    said = {"phone": leaves.take(f"{details}/telephone"), "email": leaves.take(f"{details}/email")}
    return {way: text for way, text in said.items() if text}


_INVESTIGATOR = "principal investigator"
_PUBLIC = "public"
"""Whom the registry names for everybody's questions: they come first."""
_ROLES = {
    "PUBLIC": _PUBLIC,
    "SCIENTIFIC": "scientific",
    "PRINCIPAL_INVESTIGATOR": _INVESTIGATOR,
}
"""By the part of a role's code, in their order there."""


def _name(leaves: Leaves, contact: str) -> str:
    parts = (leaves.take(f"{contact}/{part}") for part in ("title", "forename", "surname"))
    return " ".join(part for part in parts if part)


def _take(leaves: Leaves, types: Iterable[str], words: Set[str]) -> None:
    for place in types:
        if leaves.text(place).lower() in words:
            leaves.take(place)


def _sponsor(leaves: Leaves) -> Fields:
    """The one there is. Which of several leads, the registry doesn't say."""
    sponsors = leaves.entries("/sponsor")
    if len(sponsors) != 1:
        return {}
    name = one_line(leaves.take(f"{sponsors[0]}/organisation"))
    kind = words.SPONSORS.get(leaves.text(f"{sponsors[0]}/sponsorType"))
    return {"lead_sponsor": {"name": name, "class": kind} if name else None}
