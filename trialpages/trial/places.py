"""In which section of a trial's page a field of its record stands."""

from __future__ import annotations

import re
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


# --- what only `extra` keeps ---------------------------------------------------------------------

EXTRA_OTHERWISE = "record"
_WITHIN = r"/trial/participants/"
_EXTRA = {
    section: re.compile(form)
    for section, form in {
        "conditions": r"/trial/conditions/|/therapeuticAreas|.*/therapeuticAreas",
        "design": r"/trial/trialDesign/|/Study_design|/Date_registration$|/totalNumberEnrolled"
        rf"|{_WITHIN}(?:recruitment(?:Start|End)|targetEnrolment)|.*/trialDuration/",
        "eligibility": rf"{_WITHIN}participantTypes/",
        "countries": rf"{_WITHIN}recruitmentCountries/|/Countries$",
        "contacts": r"/Contact_(?:Address|Affiliation)|/contact(?:/(?!privacy)|$)",
        "sponsors": r"/(?:funder|sponsor)(?:/(?!privacy)|$)|/Source_Support|/Secondary_Sponsor"
        r"|/sponsorType|.*/sourceOfMonetarySupport",
        "results": r"/results_(?!IPD|ipd|url)",
        "ipd-sharing": r"/results_(?:IPD|ipd)|/trial/results/(?:dataPolicies|ipdSharing)"
        r"|/trial/miscellaneous/ipdSharingPlan"
        r"|.*/individualParticipantData(?:SharingStatement)?(?:/|$)",
        "identifiers": r"/trial/externalRefs/(?!secondaryNumbers)",
    }.items()
}
"""By section, where ISRCTN, EU CTIS and the WHO keep what belongs there. The template of each such
section has `m.more(trial, …)`."""
EXTRA_SECTIONS = tuple(_EXTRA)


def section_of_extra(pointer: str) -> str:
    """The id of the section for what has no field: `/funder/name` is told of with the sponsors.
    Attributes (`@id`) and what isn't here stand at the end of the page."""
    if "@" in pointer:
        return EXTRA_OTHERWISE
    return next((name for name, form in _EXTRA.items() if form.match(pointer)), EXTRA_OTHERWISE)
