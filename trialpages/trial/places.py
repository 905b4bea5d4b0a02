"""In which section of a trial's page a field of its record stands."""

from __future__ import annotations

from functools import cache

from trialpages.changes.fields import top_field
from trialpages.records.model import REGISTRY_MODULES

_SECTIONS = {
    "Identification": "identifiers",
    "StatusModule": "at-a-glance",
    "SponsorCollaborators": "sponsors",
    "Oversight": "record",
    "Description": "summary",
    "Conditions": "conditions",
    "Design": "design",
    "ArmsInterventions": "arms",
    "Outcomes": "outcomes",
    "Eligibility": "eligibility",
    "ContactsLocations": "locations",
    "References": "references",
    "IpdSharingModule": "ipd-sharing",
    "LargeDocuments": "documents",
    "Annotations": "results",
    "MiscInfo": "record",
    "DerivedBrowse": "conditions",
    "Root": "results",
}
"""By the class of the model that declares a field."""

_OTHERWISE = {
    "brief_title": "at-a-glance",
    "organization": "sponsors",
    "expanded_access_info": "design",
    "primary_completion_date": "design",
    "responsible_party": "responsible-party",
    "detailed_description": "description",
    "enrollment_info": "at-a-glance",
    "interventions": "interventions",
    "intervention_browse": "interventions",
    "central_contacts": "contacts",
    "overall_officials": "investigators",
    "removed_countries": "countries",
    "results": "results",
}


@cache
def section_of(field: str) -> str:
    """The id of the section for a path such as `locations.contacts.phone`; `history` tells of
    what has no place of its own."""
    name = top_field(field)
    if name in _OTHERWISE:
        return _OTHERWISE[name]
    owners = (kind for kind in REGISTRY_MODULES if name in vars(kind).get("__annotations__", {}))
    return next((_SECTIONS[owner.__name__] for owner in owners), "history")
