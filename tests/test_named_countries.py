"""Countries that other registries' records name without a place, and the member states of CTIS."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fidelity import read
from sites import PROJECT
from test_fidelity import page_of

from trialpages.language.site_language import read_language
from trialpages.records.model import Trial, to_trial
from trialpages.search.facts import search_facts
from trialpages.search.near import Said, whereabouts
from trialpages.trial.member_states import DatedStep, member_states
from trialpages.trial.reading_facts import trial_facts
from trialpages.trial.taking import stands_of_places

EN = PROJECT / "templates/strings/en.yaml"

_STATES = [
    {"mscName": "Belgium", "mscPublicStatusCode": "5", "firstDecisionDate": "2024-04-15T16:01:16"},
    {"mscName": "Greece", "mscPublicStatusCode": "2"},
    {"mscName": "France", "mscPublicStatusCode": "11"},
]
_EVENTS = [
    {
        "mscName": "Belgium",
        "events": [
            {"notificationType": "END_OF_RECRUITMENT", "date": "2025-02-01"},
            {"notificationType": "START_OF_RECRUITMENT", "date": "2024-10-31"},
        ],
    }
]
_PARTS = [{"mscInfo": {"mscName": "Belgium"}, "recruitmentSubjectCount": "6"}]
_CTIS = {
    "/authorizedApplication/memberStatesConcerned": _STATES,
    "/authorizedApplication/authorizedPartI/rowCountriesInfo": [{"name": "Peru"}],
    "/authorizedApplication/authorizedPartsII": _PARTS,
    "/events/trialEvents": _EVENTS,
}


def trial(number: str, extra: dict[str, Any], *countries: str) -> Trial:
    return to_trial(
        {
            "nct_id": number,
            "brief_title": "Rest",
            "overall_status": "RECRUITING",
            "study_type": "INTERVENTIONAL",
            "locations": [{"city": "A Town", "country": one} for one in countries],
            "extra": {place: json.dumps(said) for place, said in extra.items()},
        }
    )


CTIS = trial("2024-512345-67-00", _CTIS, "Belgium")
ICTRP = trial("ChiCTR2600132949", {"/Countries": "China;Japan;Outside Asia"})
ISRCTN = trial(
    "ISRCTN12345678",
    {"/trial/participants/recruitmentCountries/country": ["Czech Republic", "England"]},
    "Germany",
)

NAMED = {
    CTIS.nct_id: ("Greece", "Peru"),
    ICTRP.nct_id: ("China", "Japan"),
    ISRCTN.nct_id: ("Czech Republic",),
}


@pytest.mark.parametrize(
    ("one", "countries"),
    [
        (CTIS, ("Belgium", "Greece", "Peru")),
        (ICTRP, ("China", "Japan")),
        (ISRCTN, ("Germany", "Czechia")),
    ],
)
def test_a_country_without_a_place_is_one_of_the_trials(
    one: Trial, countries: tuple[str, ...]
) -> None:
    english = read_language("en", {"strings/en.yaml": EN.read_text()})
    assert trial_facts(one).countries == countries
    assert search_facts(one, english).countries == countries
    said = read(page_of(one)).text
    assert "no places there" in said
    assert "This page can't read the places" not in said
    assert all(
        f'"AdministrativeArea","name":"{name}"' in page_of(one) for name in NAMED[one.nct_id]
    )


def test_a_country_of_one_name_is_a_country_too() -> None:
    """Half of them have no other: a list without them would be called what the record names."""
    named = trial(
        "PACTR202603712345678",
        {"/Countries": "Mali;Niger;Iran (Islamic Republic of);Portugal;Côte d'Ivoire"},
    )
    found = ("Mali", "Niger", "Iran", "Portugal", "Côte d'Ivoire")
    assert trial_facts(named).countries == found


def test_where_no_place_is_named_the_countries_stand_at_a_glance() -> None:
    said = " ".join(read(page_of(ICTRP)).text.split())
    assert "China, Japan Here the record names countries, and no places there." in said


def test_a_halt_stands_with_the_member_state_that_it_is_of() -> None:
    halts = [
        {
            "mscId": "7",
            "haltDate": "2025-03-01",
            "plannedRestartDate": "2025-06-01",
            "reasonList": [{"code": "1", "name": "Safety"}],
        },
        {"mscList": [{"mscName": "Spain"}], "haltDate": "2025-04-01"},
    ]
    states = [{"mscName": "Italy", "mscId": "7"}, {"mscName": "Spain", "mscId": "8"}]
    told = [{"notificationType": "TEMPORARY_HALT", "date": "2025-03-01"}]
    extra = {
        "/authorizedApplication/memberStatesConcerned": states,
        "/events/trialEvents": [{"mscName": "Italy", "events": told}],
        "/events/temporaryHaltList": halts,
    }
    italy, spain = member_states(trial("2024-512345-67-00", extra))
    assert italy.steps == (
        DatedStep("Temporary halt (Safety)", "2025-03-01"),
        DatedStep("Planned restart", "2025-06-01"),
    )
    assert spain.steps == (DatedStep("Temporary halt", "2025-04-01"),)


def test_a_start_in_each_member_state_isnt_one_that_cant_be_read() -> None:
    events = [{"notificationType": "START_OF_TRIAL", "date": "2024-10-31"}]
    told = {"/events/trialEvents": [{"mscName": "Belgium", "events": events}]}
    page = read(page_of(trial("2024-512345-67-00", _CTIS | told | {"/startDateEU": "31/10/2024"})))
    assert "The record gives the start by member state" in page.text
    assert "can't read" not in page.text


def test_how_a_member_state_stands_is_put_together() -> None:
    belgium, greece, france = member_states(CTIS)
    assert (belgium.status, belgium.planned, belgium.sites) == ("Ongoing, recruitment ended", 6, 1)
    assert belgium.steps == (
        DatedStep("First decision date", "2024-04-15"),
        DatedStep("Start of recruitment", "2024-10-31"),
        DatedStep("End of recruitment", "2025-02-01"),
    )
    assert (greece.status, greece.planned) == ("Authorised, recruitment pending", None)
    said = " ".join(read(page_of(CTIS)).text.split())
    assert "how many are planned in each member state" in said
    assert "Member states Belgium Ongoing, recruitment ended" in said
    assert f"France {france.status}" in said
    assert not member_states(ICTRP)


def test_a_place_stands_as_its_member_state_does() -> None:
    """CTIS gives no status of a place: one of its states is suspended, another recruits."""
    states = [
        {"mscName": "Belgium", "mscPublicStatusCode": "7"},
        {"mscName": "Greece", "mscPublicStatusCode": "4"},
    ]
    extra = {"/authorizedApplication/memberStatesConcerned": states}
    found = trial("2024-512345-67-00", extra, "Belgium", "Greece", "Norway")
    stands = [(one.stand, one.by_state) for one in stands_of_places(found)]
    assert stands == [("not_now", True), ("taking", True), ("unsaid", False)]
    near = whereabouts(found, read_language("en", {"strings/en.yaml": EN.read_text()})).places
    assert [(one.town, one.said) for one in near] == [
        ("A Town, Greece", Said.STATE),
        ("A Town, Norway", Said.NOTHING),
    ]
    facts = trial_facts(found)
    assert (facts.open_in, facts.closed_in) == (("Greece",), ("Belgium",))
    page = page_of(found)
    assert "1 of 3 places is in a member state listed as recruiting" in page
