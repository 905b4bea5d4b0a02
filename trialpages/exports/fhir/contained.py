"""What a ResearchStudy only refers to, contained in it: group, interventions, people, sites."""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.exports.fhir.concepts import concepts
from trialpages.exports.fhir.people import (
    contact_details,
    contacts,
    is_person,
    officials,
    practitioner,
)
from trialpages.exports.fhir.types import (
    Address,
    EvidenceVariable,
    Group,
    Location,
    Position,
    Resource,
)
from trialpages.prose.plain_values import filled
from trialpages.records import model
from trialpages.records.model import Intervention, Trial
from trialpages.trial import derived


def contained(trial: Trial, eligible: Group | None) -> Iterator[Resource]:
    """What ResearchStudy only refers to. Each is referred to, as R5's invariant dom-3 asks."""
    if eligible:
        yield eligible
    for each in derived.interventions(trial):
        yield EvidenceVariable(
            id=each.id,
            status="draft" if trial.draft else "active",
            title=each.intervention.name,
            description=each.intervention.description,
        )
    party = trial.responsible_party
    if party and is_person(party):
        organization = party.investigator_affiliation or party.old_organization
        name = party.investigator_full_name or party.old_name_title
        yield practitioner("responsible-party", name, organization, party.investigator_title)
    for anchor, official in officials(trial):
        yield practitioner(anchor, official.name, official.affiliation)
    for anchor, contact in contacts(trial):
        yield practitioner(anchor, contact.name, None, contact=contact)
    yield from (_location(anchor, site) for anchor, site in sites(trial))


def sites(trial: Trial) -> Iterator[tuple[str, model.Location]]:
    return ((f"site-{n}", site) for n, site in enumerate(trial.locations, 1))


def typed(intervention: Intervention) -> str:
    """`Drug: Cadonilimab`, as the registry names an intervention in an arm."""
    name = intervention.name or ""
    return f"{intervention.type.label}: {name}" if intervention.type and name else name


def _location(anchor: str, site: model.Location) -> Location:
    """A Location. `Location.status` means the building's; the site's recruitment is a trait."""
    point = site.geo_point
    address = Address(city=site.city, state=site.state, postal_code=site.zip, country=site.country)
    return Location(
        id=anchor,
        name=site.facility,
        contact=contact_details(site.contacts),
        address=filled(address),
        position=Position(longitude=point.lon, latitude=point.lat) if point else None,
        characteristic=concepts([site.status.label]) if site.status else (),
    )
