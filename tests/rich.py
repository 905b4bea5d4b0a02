"""A trial with everything a page can show, and small posted results for it."""

from __future__ import annotations

import json

RICH_ID = "NCT00000007"

_HEAD = """\
---
nct_id: NCT00000007
org_study_id_info:
  id: REST-7
secondary_id_infos:
  - id: "2020-001"
    type: REGISTRY
    domain: Other register
brief_title: Rest and cadonilimab for migraine with many words in its title
official_title: A randomized study of rest <12 hours and cadonilimab
acronym: REST
overall_status: RECRUITING
status_verified_date: 2022-05
start_date: {date: 2021-03-02, type: ACTUAL}
primary_completion_date: {date: 2024-06, type: ESTIMATED}
completion_date: {date: 2025, type: ESTIMATED}
last_update_post_date: {date: 2022-05-20, type: ACTUAL}
lead_sponsor:
  name: Hospital of Rest
  class: OTHER
conditions:
  - Migraine
  - Headache
keywords:
  - rest
study_type: INTERVENTIONAL
phases:
  - PHASE2
  - PHASE3
design_info:
  allocation: RANDOMIZED
  intervention_model: PARALLEL
  primary_purpose: TREATMENT
  masking_info:
    masking: DOUBLE
    who_masked:
      - PARTICIPANT
      - INVESTIGATOR
enrollment_info: {count: 120, type: ESTIMATED}
arm_groups:
  - label: Rest
    type: EXPERIMENTAL
    description: Rest for 3 hours.
    intervention_names:
      - "Behavioral: Rest"
  - label: Rest and cadonilimab, given together for as long as the headache has not gone away again
    type: EXPERIMENTAL
    intervention_names:
      - "Behavioral: Rest"
      - "Drug: Cadonilimab"
  - label: Nothing
    type: NO_INTERVENTION
interventions:
  - type: BEHAVIORAL
    name: Rest
    description: Lying down.
    arm_group_labels:
      - Rest
  - type: DRUG
    name: Cadonilimab
    other_names:
      - AK104
primary_outcomes:
  - measure: Pain
    time_frame: 12 weeks
    description: On a scale from 0 to 10.
healthy_volunteers: false
sex: FEMALE
gender_based: true
minimum_age: 6 Months
maximum_age: 75 Years
central_contacts:
  - name: Ann Nurse
    role: CONTACT
    phone: 555-123-4567
    email: ann@rest.example
overall_officials:
  - name: Dr. Calm
    affiliation: Hospital of Rest
    role: PRINCIPAL_INVESTIGATOR
locations:
"""

_BODY = """\
has_results: true
references:
  - pmid: "12345678"
    type: BACKGROUND
    citation: Calm D. Rest. 2020.
ipd_sharing_statement:
  ipd_sharing: NO
plain_language_summary:
  author: Eve Editor
  date: 2025-01-02
related_trials:
  - nct_id: NCT06494995
    title: Another trial
import_notes:
  - field: eligibility_criteria
    code: missing-item
    message: Item 8 is not in our copy.
---

## Brief summary

Does rest help?

## Plain-language summary

Resting may help.

## Eligibility criteria

### Inclusion criteria

1. Migraine for ≥ 1 year
2. Blood:
   1. Hemoglobin \\>9 g/dL
   2. Platelets
7. Able in cohort B:

    * able to rest

### Exclusion criteria

* Asleep
* Pregnant
"""


def _places(count: int) -> str:
    towns = (
        ("Paris", "France", 48.85341, 2.3488),
        ("Lyon", "France", 45.74846, 4.84671),
        ("Perth", "Australia", -31.95224, 115.8614),
    )
    lines = []
    for number in range(count):
        city, country, lat, lon = towns[number % 3]
        lines += [
            f"  - facility: Clinic {number}",
            "    status: RECRUITING",
            f"    city: {city}",
            f"    country: {country}",
            f"    geo_point: {{lat: {lat}, lon: {lon}}}",
        ]
        if number % 2:
            lines += ["    contacts:", f"      - name: Nurse {number}", "        role: CONTACT"]
    return "\n".join(lines) + "\n"


def rich_trial(places: int = 14) -> str:
    """The trial file of a trial that has almost every section."""
    return _HEAD + _places(places) + _BODY


def rich_results() -> str:
    """Its `.results.json`: flow, baseline, an outcome with an analysis, and adverse events."""
    groups = [{"id": "OG000", "title": "Rest"}, {"id": "OG001", "title": "Nothing"}]
    values = [{"groupId": "OG000", "value": "3.5"}, {"groupId": "OG001", "value": "5"}]
    denominators = [{"units": "Participants", "counts": values}]
    flow = [{"groupId": "OG000", "numSubjects": "60"}, {"groupId": "OG001", "numSubjects": "60"}]
    outcome = {
        "type": "PRIMARY",
        "title": "Pain",
        "timeFrame": "12 weeks",
        "paramType": "MEAN",
        "unitOfMeasure": "points",
        "groups": groups,
        "denoms": denominators,
        "classes": [{"categories": [{"measurements": values}]}],
        "analyses": [{"groupIds": ["OG000", "OG001"], "pValue": "0.04"}],
    }
    measure = {
        "title": "Age",
        "paramType": "MEAN",
        "unitOfMeasure": "years",
        "classes": [{"categories": [{"measurements": values}]}],
    }
    stats = [{"groupId": "OG000", "numEvents": 2, "numAffected": 1, "numAtRisk": 60}]
    event = {"term": "Nausea", "organSystem": "Stomach", "stats": stats}
    other = {"term": "Rash", "organSystem": "Skin", "stats": stats}
    milestones = [{"type": "STARTED", "achievements": flow}]
    return json.dumps(
        {
            "participantFlowModule": {
                "groups": groups,
                "periods": [{"title": "Overall Study", "milestones": milestones}],
            },
            "baselineCharacteristicsModule": {
                "groups": groups,
                "denoms": denominators,
                "measures": [measure],
            },
            "outcomeMeasuresModule": {"outcomeMeasures": [outcome]},
            "adverseEventsModule": {
                "timeFrame": "12 weeks",
                "eventGroups": groups,
                "seriousEvents": [event],
                "otherEvents": [event, other],
            },
        }
    )
