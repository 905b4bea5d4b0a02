"""The sections of a trial page on who runs the trial, where, and whom to ask.

Names, roles and places have few labels; they are told apart by their order. Where the order leaves
a doubt, the lines stay unplaced.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from trialpages.importers.cities import is_city
from trialpages.importers.page_fields import Fields, Found, Lines, places, term
from trialpages.records.model import (
    Contact,
    ImportNote,
    Location,
    Official,
    ResponsibleParty,
    Sponsor,
)
from trialpages.records.vocabulary import (
    AgencyClass,
    ContactRole,
    OfficialRole,
    RecruitmentStatus,
)


def read_sponsors(lines: Lines, _: Fields) -> Found:
    """The lead sponsor and its class. More than one: nothing says who leads."""
    if len(lines) > 2 or term(AgencyClass, lines[0].text):
        return Found()
    name, *others = lines
    agency = term(AgencyClass, others[0].text) if others else None
    where = places([name], "lead_sponsor.name")
    if agency:
        where |= places(others, "lead_sponsor.class")
    return Found({"lead_sponsor": Sponsor(name=name.text, class_=agency)}, where)


def read_responsible_party(lines: Lines, _: Fields) -> Found:
    """A person and a title. A single line could as well be an organization."""
    if len(lines) != 2:
        return Found()
    name, title = lines
    party = ResponsibleParty(investigator_full_name=name.text, investigator_title=title.text)
    return Found(
        {"responsible_party": party},
        {
            name.number: "responsible_party.investigator_full_name",
            title.number: "responsible_party.investigator_title",
        },
    )


def read_investigators(lines: Lines, _: Fields) -> Found:
    """A name before each role; behind it, before the next name, at most an affiliation."""
    roles = [at for at, line in enumerate(lines) if line.text.startswith("Role: ")]
    officials: list[Official] = []
    where: dict[int, str] = {}
    for at, following in pairwise([*roles, len(lines) + 1]):
        if at == 0 or at - 1 in roles:
            continue  # a role without a name
        name, role = lines[at - 1], term(OfficialRole, lines[at].text.removeprefix("Role: "))
        after = lines[at + 1 : following - 1]
        affiliation = after[0] if len(after) == 1 else None
        official = Official(
            name=name.text, role=role, affiliation=affiliation.text if affiliation else None
        )
        officials.append(official)
        where |= places([name], "overall_officials.name")
        where |= places([lines[at]] if role else [], "overall_officials.role")
        where |= places([affiliation] if affiliation else [], "overall_officials.affiliation")
    return Found({"overall_officials": tuple(officials)}, where)


# --- places and contacts --------------------------------------------------------------------------


def read_locations(lines: Lines, _: Fields) -> Found:
    """Pairs of a facility and a place, up to the first that isn't one: after it, which is which?

    Where every line is a place, none has a facility; but `Pfizer, Germany` reads like one, so each
    must be known for a city, or stand above another country. One place among facilities could be
    either.
    """
    if all(_is_bare_place(line.text) for line in lines):
        if any(_may_be_facility(*pair) for pair in pairwise(line.text for line in lines)):
            return Found(notes=(_AMBIGUOUS_PLACE,))
        cities = tuple(_location(None, line.text) or Location() for line in lines)
        return Found({"locations": cities}, places(lines, "locations"))
    locations: list[Location] = []
    where: dict[int, str] = {}
    notes: tuple[ImportNote, ...] = ()
    for facility, place in zip(lines[::2], lines[1::2], strict=False):
        location = _location(facility.text, place.text)
        if _is_one_more_place(facility.text, location):
            notes = (_AMBIGUOUS_PLACE,)
            break
        if not location:
            break
        locations.append(location)
        where |= places([facility], "locations.facility") | places([place], "locations")
    return Found({"locations": tuple(locations)}, where, notes)


_AMBIGUOUS_PLACE = ImportNote(
    field="locations",
    code="ambiguous-place",
    message="Our copy doesn't say of some lines whether they are a facility or a city.",
)

_FACILITY = re.compile(
    r"hospit|h[oô]pit|ospedal|klinik|clini|universi|cent(?:er|re|ro)|institut|school|college|site"
    r"|medic|research|foundation|department|health|lab|pharma|oncolog|ltd|inc\b|llc|\d",
    re.IGNORECASE,
)
"""Words of facilities' names, and the numbers of sites."""


def _is_bare_place(text: str) -> bool:
    """Whether a line reads like a city and a country, and not like a facility in one."""
    return _location(None, text) is not None and not _FACILITY.search(text)


def _may_be_facility(text: str, below: str) -> bool:
    """Whether a line like a place may be what stands in the place below it."""
    one, other = _location(None, text), _location(None, below)
    if not (one and other) or one.country != other.country:
        return False
    return not is_city(one.city or "", one.country or "")


def _is_one_more_place(facility: str, location: Location | None) -> bool:
    """`Shanghai, China` above `Beijing, China`, and not `Charité, Berlin` above `Berlin, …`."""
    if not (location and _is_bare_place(facility)):
        return False
    bare = _location(None, facility)
    same_country = bare is not None and bare.country == location.country
    return same_country and (location.city or "") not in facility.split(", ")


def _location(facility: str | None, place: str) -> Location | None:
    """The location, if the place is a city, perhaps a state, and a country."""
    if (facility and term(RecruitmentStatus, facility)) or _COUNTRY_WITH_COMMA.search(place):
        return None
    parts = place.split(", ")
    if len(parts) not in (2, 3) or not all(parts):
        return None
    city, *states, country = parts
    state = states[0] if states else None
    return Location(facility=facility, city=city, state=state, country=country)


_COUNTRY_WITH_COMMA = re.compile(r"\b(?:of|of the|Province of China|occupied)$", re.IGNORECASE)
"""`Korea, Republic of`: its parts would pass for a state and a country."""


def read_countries(lines: Lines, known: Fields) -> Found:
    """The countries are those of the locations; one that has no location here stays unplaced."""
    countries = {location.country for location in known.get("locations", ())}
    return Found(
        places=places([line for line in lines if line.text in countries], "locations.country")
    )


def read_central_contacts(lines: Lines, _: Fields) -> Found:
    contacts, where = _contacts(lines, "central_contacts")
    return Found({"central_contacts": contacts}, where)


def read_facility_contacts(lines: Lines, known: Fields) -> Found:
    """With a single location they are its contacts; with more, nothing says whose."""
    locations: tuple[Location, ...] = known.get("locations", ())
    if len(locations) != 1:
        message = "Our copy doesn't say which place each local contact belongs to."
        note = ImportNote(field="locations.contacts", code="ambiguous-contact", message=message)
        return Found(notes=(note,))
    contacts, where = _contacts(lines, "locations.contacts")
    return Found({"locations": tuple(replace(one, contacts=contacts) for one in locations)}, where)


_CONTACT_LINE = re.compile(r"(Role|Phone|Email): (.+)")


def _contacts(lines: Lines, path: str) -> tuple[tuple[Contact, ...], dict[int, str]]:
    """A name followed by lines with labels. A name without any could be anything."""
    contacts: list[Contact] = []
    where: dict[int, str] = {}
    starts = [at for at, line in enumerate(lines) if not _CONTACT_LINE.fullmatch(line.text)]
    for start, end in pairwise([*starts, len(lines)]):
        details: dict[str, Any] = {}
        for line in lines[start + 1 : end]:
            name, value = _contact_detail(line.text)
            if value is not None and name not in details:
                details[name] = value
                where[line.number] = f"{path}.{name}"
        if details:
            contacts.append(Contact(name=lines[start].text, **details))
            where[lines[start].number] = f"{path}.name"
    return tuple(contacts), where


def _contact_detail(text: str) -> tuple[str, str | ContactRole | None]:
    label, value = text.split(": ", 1)
    return label.lower(), term(ContactRole, value.upper()) if label == "Role" else value
