"""Who takes part in a CTIS trial, where, and who is behind it; and its other numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from trialpages.importers import ctis_words as words
from trialpages.importers.criteria_fields import by_field
from trialpages.importers.ctis_design import (
    information,
    numbered,
    part_one,
    said,
    take_again,
    taken,
)
from trialpages.importers.leaves import Leaves
from trialpages.importers.plain_lines import items
from trialpages.prose.criteria_headings import GroupKind
from trialpages.records.registry_numbers import registry_of

Fields = dict[str, Any]


# --- who can take part ---------------------------------------------------------------------------


def eligibility(leaves: Leaves, around: str) -> Fields:
    people = f"{information(around)}/populationOfTrialSubjects"
    return {
        "eligibility_criteria": _criteria(leaves, around),
        "healthy_volunteers": words.HEALTHY.get(_groups(leaves, people)),
        "sex": _sex(leaves, people),
        "std_ages": list(_ages(leaves, f"{people}/ageRanges")),
    }


def _groups(leaves: Leaves, people: str) -> frozenset[str]:
    """Of whom it is; where what is authorised leaves it out, as its applications have it."""
    inside = people.removeprefix("/authorizedApplication").removeprefix("/authorizedPartI")
    parts = (f"{one}/partI{inside}" for one in leaves.entries("/applications"))
    for places in ((people,), tuple(parts)):
        found = {
            frozenset(leaves.text(f"{one}/name") for one in groups)
            for place in places
            if (groups := leaves.entries(f"{place}/clinicalTrialGroups"))
        }
        if found:
            return found.pop() if len(found) == 1 else frozenset()
    return frozenset()


def _criteria(leaves: Leaves, around: str) -> str | None:
    """The principal criteria: the protocol may have more, and the registry calls these so."""
    inside = f"{information(around)}/eligibilityCriteria"
    names: Mapping[GroupKind, str] = {
        "inclusion": "principalInclusionCriteria",
        "exclusion": "principalExclusionCriteria",
    }
    return by_field(
        (kind, items(numbered(leaves, f"{inside}/{name}", name))) for kind, name in names.items()
    )


def _sex(leaves: Leaves, people: str) -> str | None:
    places = (f"{people}/isFemaleSubjects", f"{people}/isMaleSubjects")
    found = _SEXES.get((leaves.text(places[0]), leaves.text(places[1])))
    for place in places if found else ():
        leaves.take(place)
    return found


_SEXES = {("true", "true"): "ALL", ("true", "false"): "FEMALE", ("false", "true"): "MALE"}


def _ages(leaves: Leaves, ranges: str) -> Iterator[str]:
    """The groups that have one of ours: they are no limits of age, which CTIS doesn't give. None
    beside one that nobody knows: those known would be half of whom it takes."""
    codes = {one: _age_code(leaves, one) for one in leaves.entries(ranges)}
    if not words.AGES.issuperset(codes.values()):
        return
    for one, code in codes.items():
        for place in ("ageRangeCategoryCode", "ageRangeCategory") if code in words.OUR_AGES else ():
            take_again(leaves, f"{one}/{place}", code)
    yield from (words.OUR_AGES[one] for one in sorted({*codes.values()}) if one in words.OUR_AGES)


def _age_code(leaves: Leaves, one: str) -> str:
    return leaves.text(f"{one}/ageRangeCategoryCode") or leaves.text(f"{one}/ageRangeCategory")


# --- places --------------------------------------------------------------------------------------


def places(leaves: Leaves, around: str) -> Fields:
    """The sites of each member state. How a state stands isn't how its sites do: no status."""
    parts = leaves.entries(f"{around}/authorizedPartsII")
    sites = [site for part in parts for site in leaves.entries(f"{part}/trialSites")]
    return {"locations": [_place(leaves, one) for one in sites]}


def _place(leaves: Leaves, site: str) -> Fields:
    """Its name stays, too: the street and the department that no field takes would have none."""
    at = f"{site}/organisationAddressInfo"
    return {
        "facility": said(leaves, f"{at}/organisation/name"),
        "city": taken(leaves, f"{at}/address/city"),
        "zip": taken(leaves, f"{at}/address/postcode"),
        "country": taken(leaves, f"{at}/address/countryName"),
        "contacts": [_person(leaves, f"{site}/personInfo", at)],
    }


def _person(leaves: Leaves, person: str, at: str) -> Fields:
    names = (taken(leaves, f"{person}/{part}") for part in ("firstName", "lastName"))
    phone = taken(leaves, f"{person}/telephone")
    email = taken(leaves, f"{person}/email")
    take_again(leaves, f"{at}/phone", phone)
    take_again(leaves, f"{at}/email", email)
    return {"name": " ".join(filter(None, names)), "phone": phone, "email": email}


# --- who is behind it ----------------------------------------------------------------------------


def sponsors(leaves: Leaves, around: str) -> Fields:
    """The primary sponsor, and whom the public may ask, then scientists. Co-sponsors are sponsors
    like it (Regulation (EU) 536/2014, Article 72), and no collaborators: they stay."""
    all_of_them = leaves.entries(f"{part_one(around)}/sponsors")
    primary = [one for one in all_of_them if leaves.text(f"{one}/primary") == "true"]
    if len(primary) != 1:
        return {}
    found = list(_contacts(leaves, primary[0]))
    sponsor = f"{primary[0]}/organisation"
    kind = words.SPONSORS.get(leaves.text(f"{sponsor}/type"))
    return {
        "lead_sponsor": {"name": said(leaves, f"{sponsor}/name"), "class": kind},
        "central_contacts": found,
    }


def _contacts(leaves: Leaves, sponsor: str) -> Iterator[Fields]:
    """Each with its role; who is named for both questions once."""
    names = {"PUBLIC": "publicContacts", "SCIENTIFIC": "scientificContacts"}
    found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for role, name in names.items():
        for one in leaves.entries(f"{sponsor}/{name}"):
            ways = tuple(_contact(leaves, one, said).values())
            found.setdefault(ways, []).append((role, one))
    for roles in found.values():
        once = dict.fromkeys(role for role, _ in roles)
        yield {**_contact(leaves, roles[0][1], taken), "role": "_".join(once)}


def _contact(leaves: Leaves, place: str, read: Callable[[Leaves, str], str]) -> Fields:
    names = {"name": "functionalName", "phone": "telephone", "email": "functionalEmailAddress"}
    return {ours: read(leaves, f"{place}/{name}") for ours, name in names.items()}


# --- numbers -------------------------------------------------------------------------------------


def numbers(leaves: Leaves, around: str) -> Fields:
    inside = f"{part_one(around)}/trialDetails/clinicalTrialIdentifiers/secondaryIdentifyingNumbers"
    found = [_registered(leaves, f"{inside}/{name}/number") for name in _REGISTERED]
    for one in leaves.entries(f"{inside}/additionalRegistries"):
        named = said(leaves, f"{one}/otherRegistryName")
        if named:
            found.append({"id": taken(leaves, f"{one}/number"), "domain": named})
        else:
            found.append(_registered(leaves, f"{one}/number"))
    code = f"{around}/eudraCt/eudraCtCode" if around else "/eudraCtInfo/eudraCtCode"
    if registry_of(said(leaves, code)):
        found.append({"id": taken(leaves, code), "type": "EUDRACT_NUMBER"})
    return {"secondary_id_infos": [one for one in found if one and one["id"]]}


_REGISTERED = ("nctNumber", "isrctnNumber")


def _registered(leaves: Leaves, pointer: str) -> Fields | None:
    """A number whose form says which registry's it is. Any other stays where it is."""
    registry = registry_of(said(leaves, pointer))
    if not registry:
        return None
    return {"id": taken(leaves, pointer), "type": "REGISTRY", "domain": registry.name}
