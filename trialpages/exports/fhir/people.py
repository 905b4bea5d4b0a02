"""Who has to do with a study: associatedParty, and the practitioners and contacts behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trialpages.exports.fhir.concepts import Code, coded, concept, concepts, named
from trialpages.exports.fhir.types import (
    AssociatedParty,
    CodeableConcept,
    ContactDetail,
    ContactPoint,
    HumanName,
    PractitionerRole,
    Reference,
)
from trialpages.prose.plain_values import filled
from trialpages.records.model import Contact, Official, ResponsibleParty, Sponsor, Trial
from trialpages.records.vocabulary import (
    AgencyClass,
    OfficialRole,
    ResponsiblePartyType,
    Vocabulary,
)
from trialpages.text.weblinks import beside_number

_ORGANIZATIONS: Mapping[AgencyClass, Code] = {
    AgencyClass.NIH: ("nih", "NIH"),
    AgencyClass.FED: ("government", "Government"),
    AgencyClass.OTHER_GOV: ("government", "Government"),
    AgencyClass.INDUSTRY: ("industry", "Industry"),
}
_ROLES: Mapping[Vocabulary, Code] = {
    OfficialRole.STUDY_CHAIR: ("study-chair", "study-chair"),
    OfficialRole.STUDY_DIRECTOR: ("study-director", "study-director"),
    OfficialRole.PRINCIPAL_INVESTIGATOR: ("primary-investigator", "primary-investigator"),
    OfficialRole.SUB_INVESTIGATOR: ("sub-investigator", "sub-investigator"),
    ResponsiblePartyType.PRINCIPAL_INVESTIGATOR: ("primary-investigator", "primary-investigator"),
    ResponsiblePartyType.SPONSOR_INVESTIGATOR: ("sponsor-investigator", "sponsor-investigator"),
}


def parties(trial: Trial) -> Iterator[AssociatedParty]:
    lead, party = trial.lead_sponsor, trial.responsible_party
    if lead:
        yield _organization(lead, "Lead Sponsor", ("lead-sponsor", "lead-sponsor"))
    for sponsor in trial.collaborators:
        yield _organization(sponsor, "Collaborator", ("collaborator", "collaborator"))
    if party and is_person(party):
        role = _role("Responsible Party", party.type)
        name = party.investigator_full_name or party.old_name_title
        yield _person(name, role, "responsible-party")
    for name, official in officials(trial):
        yield _person(official.name, _role("Overall Official", official.role), name)
    for name, contact in contacts(trial):
        label = contact.role.label if contact.role else "Contact"
        code = ("recruitment-contact", "recruitment-contact")
        yield _person(contact.name, concept(label, "research-study-party-role", code), name)


def _organization(sponsor: Sponsor, role: str, code: Code) -> AssociatedParty:
    kind = coded("research-study-party-organization-type", _ORGANIZATIONS, sponsor.class_)
    return AssociatedParty(
        name=sponsor.name,
        role=concept(role, "research-study-party-role", code),
        classifier=(kind,) if kind else (),
    )


def _person(name: str | None, role: CodeableConcept, contained: str) -> AssociatedParty:
    return AssociatedParty(name=name, role=role, party=Reference(reference=f"#{contained}"))


def _role(field: str, term: Vocabulary | None) -> CodeableConcept:
    if term is None:
        return concept(field)
    return concept(f"{field}: {term.label}", "research-study-party-role", _ROLES.get(term))


def is_person(party: ResponsibleParty) -> bool:
    """Whether the responsible party is someone beside the sponsor, who is a party already."""
    return bool(party.investigator_full_name or party.old_name_title or party.old_organization)


def officials(trial: Trial) -> Iterator[tuple[str, Official]]:
    return ((f"official-{n}", official) for n, official in enumerate(trial.overall_officials, 1))


def contacts(trial: Trial) -> Iterator[tuple[str, Contact]]:
    return ((f"contact-{n}", contact) for n, contact in enumerate(trial.central_contacts, 1))


def practitioner(
    anchor: str,
    name: str | None,
    organization: str | None,
    title: str | None = None,
    contact: Contact | None = None,
) -> PractitionerRole:
    return PractitionerRole(
        id=anchor,
        practitioner=named(name),
        organization=named(organization),
        code=concepts([title]),
        contact=contact_details([contact] if contact else []),
    )


def contact_details(contacts: Iterable[Contact]) -> tuple[ContactDetail, ...]:
    return tuple(found for contact in contacts if (found := filled(_contact_detail(contact))))


def _contact_detail(contact: Contact) -> ContactDetail:
    return ContactDetail(
        purpose=concept(contact.role.label) if contact.role else None,
        name=(HumanName(text=contact.name),) if contact.name else (),
        telecom=tuple(_telecom(contact)),
    )


def _telecom(contact: Contact) -> Iterator[ContactPoint]:
    if phone := contact.phone:
        yield ContactPoint(system="phone", value=f"{phone}{_extended(contact.phone_ext)}")
    if contact.email:
        yield ContactPoint(system="email", value=contact.email)


def _extended(extension: str | None) -> str:
    return f" {beside_number(extension) or f'ext. {extension}'}" if extension else ""
