"""Records of EU CTIS: what they become, and the proof that no text of them is lost on the way."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fidelity import Seen, missing, read
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser
from sites import AS_OF, PROJECT
from test_fidelity import page_of, registry_leaves, renderer
from test_lists import ENGLISH, LISTS

from trialpages.exports.table import Row, table
from trialpages.importers import known_sources
from trialpages.importers.ctis import read_ctis
from trialpages.importers.other_kinds import other_text
from trialpages.importers.update_status import in_own_words
from trialpages.importing import import_records
from trialpages.lists.lists import ListPage, card, term_pages
from trialpages.lists.terms import terms
from trialpages.pages.parts import Page
from trialpages.problems import ContentFailure
from trialpages.records.checks import check_trial
from trialpages.records.ctis_codes import BY_FIELD, STATUSES
from trialpages.records.model import (
    Change,
    DateStruct,
    PartialDate,
    RecordSource,
    Trial,
    to_tree,
    to_trial,
)
from trialpages.records.trial_file import read_trial, write_trial
from trialpages.records.vocabulary import DateType, Phase, Sex, StandardAge, Status
from trialpages.search.document import Words
from trialpages.search.trial_document import trial_document
from trialpages.trial.kinds import KINDS
from trialpages.trial.leftovers import leftovers
from trialpages.trial.own_words import own_texts
from trialpages.trial.reading_facts import trial_facts
from trialpages.trial.standing import status_said
from trialpages.trial.views import Context, TrialPage
from trialpages.updating.arrivals import Policy

REAL = PROJECT.parent / "shared/registries/ctis"
NUMBER = "2024-512345-67-00"


def _translated(text: str, language: str) -> list[dict[str, Any]]:
    return [{"uuid": "0fab-1", "attributeTranslation": text, "languageDescription": language}]


def _site(name: str, city: str, country: str, who: str) -> dict[str, Any]:
    mail = f"{who}@site.example"
    return {
        "organisationAddressInfo": {
            "organisation": {"name": name, "type": "Hospital"},
            "address": {"addressLine1": "2 Lane", "city": city, "countryName": country},
            "phone": "+32 1",
            "email": mail,
        },
        "personInfo": {"firstName": "Ann", "lastName": who, "telephone": "+32 1", "email": mail},
        "departmentName": "na",
    }


_INFORMATION = {
    "trialCategory": {"trialPhase": "1", "isLowIntervention": False},
    "medicalCondition": {"partIMedicalConditions": [{"medicalCondition": "Migraine"}]},
    "trialObjective": {
        "mainObjective": "To see *whether* rest helps",
        "mainObjectiveTranslations": _translated("Om te zien of rust helpt", "Dutch"),
        "secondaryObjectives": [
            {"number": 10, "secondaryObjective": "Sleep"},
            {"number": 9, "secondaryObjective": "Mood"},
        ],
    },
    "eligibilityCriteria": {
        "principalInclusionCriteria": [
            {"number": 1, "principalInclusionCriteria": "Pain > 4 days\nunless pregnant"},
            {"number": 3, "principalInclusionCriteria": "1. Aged 18 or over"},
            {
                "number": 2,
                "principalInclusionCriteria": "Adults",
                "principalInclusionCriteriaTranslations": _translated("Volwassenen", "Dutch"),
            },
        ],
        "principalExclusionCriteria": [{"number": 4, "principalExclusionCriteria": "Fever"}],
    },
    "endPoint": {
        "primaryEndPoints": [{"number": 1, "endPoint": "Days with pain", "isPrimary": True}],
        "secondaryEndPoints": [{"number": 1, "endPoint": "Hours of sleep", "isPrimary": False}],
    },
    "trialDuration": {"estimatedEndDate": "2028-08-31"},
    "populationOfTrialSubjects": {
        "ageRanges": [
            {"ageRangeCategoryCode": "4", "ageRangeCategory": "4"},
            {"ageRangeCategoryCode": "3", "ageRangeCategory": "3"},
            {"ageRangeCategoryCode": "1", "ageRangeCategory": "1"},
        ],
        "clinicalTrialGroups": [{"code": "2", "name": "Patients"}],
        "isFemaleSubjects": True,
        "isMaleSubjects": False,
    },
}
RECORD: dict[str, Any] = {
    "ctNumber": NUMBER,
    "ctStatus": "Ongoing, recruiting",
    "ctPublicStatusCode": 4,
    "startDateEU": "03/02/2026",
    "publishDate": "2026-03-10T15:04:33.08",
    "lastPublicationUpdate": "10/03/2026",
    "authorizedApplication": {
        "authorizedPartI": {
            "products": [
                {
                    "mpRoleInTrial": "2",
                    "productName": "Ease",
                    "routes": ["ORAL USE"],
                    "productDictionaryInfo": {"activeSubstanceName": "EASAMINE"},
                },
                {"mpRoleInTrial": "9", "productDictionaryInfo": {"prodName": "Odd", "code": "n/a"}},
            ],
            "medicalConditions": [
                {"medicalCondition": "Migraine", "isConditionRareDisease": False}
            ],
            "trialDetails": {
                "clinicalTrialIdentifiers": {
                    "fullTitle": "A trial of rest (< 2 hours) in migraine",
                    "fullTitleTranslations": _translated("Een studie van rust", "Dutch"),
                    "publicTitle": "Rest for people with migraine",
                    "shortTitle": "REST-1",
                    "secondaryIdentifyingNumbers": {
                        "nctNumber": {"number": "NCT00000001"},
                        "isrctnNumber": {"number": "none"},
                        "additionalRegistries": [
                            {"number": "75,061", "otherRegistryName": "IND"},
                            {"number": "DRKS00012345", "ctRegistryCode": "6"},
                        ],
                    },
                },
                "trialInformation": _INFORMATION,
            },
            "sponsors": [
                {
                    "primary": True,
                    "organisation": {"name": "North University", "type": "University"},
                    "publicContacts": [
                        {"functionalName": "Trial desk", "functionalEmailAddress": "t@n.example"}
                    ],
                    "scientificContacts": [
                        {"functionalName": "Trial desk", "functionalEmailAddress": "t@n.example"},
                        {"functionalName": "Cy Moss", "telephone": "+32 1"},
                    ],
                },
                {"primary": False, "organisation": {"name": "South Foundation"}},
            ],
        },
        "authorizedPartsII": [
            {
                "mscInfo": {"mscName": "Belgium", "firstDecisionDate": "2026-01-15"},
                "recruitmentSubjectCount": 6,
                "trialSites": [_site("Gent Hospital", "Gent", "Belgium", "Ross")],
            },
            {
                "mscInfo": {"mscName": "Greece", "firstDecisionDate": "2026-02-17"},
                "recruitmentSubjectCount": 4,
                "trialSites": [_site("Athens Hospital", "Athens", "Greece", "Doganis")],
            },
        ],
        "memberStatesConcerned": [
            {"mscName": "Belgium", "mscPublicStatusCode": 4},
            {"mscName": "Greece", "mscPublicStatusCode": 2},
            {"mscName": "Malta", "mscPublicStatusCode": 18},
        ],
        "eudraCt": {"eudraCtCode": "2019-003842-34"},
    },
    "events": {
        "trialEvents": [
            {
                "mscName": "Belgium",
                "events": [{"notificationType": "START_OF_TRIAL", "date": "2026-02-03"}],
            }
        ]
    },
    "documents": [{"title": "D1_Protocol", "documentTypeLabel": "Protocol (for publication)"}],
    "somethingNew": {"deep": [["Nobody knows", None]]},
}
PART_ONE = ("authorizedApplication", "authorizedPartI")
INFORMATION = (*PART_ONE, "trialDetails", "trialInformation")


def changed(*changes: tuple[tuple[str, ...], Any]) -> dict[str, Any]:
    """The record with other values in these places; None takes a member away."""
    record = copy.deepcopy(RECORD)
    for steps, value in changes:
        inner = record
        for step in steps[:-1]:
            inner = inner[step]
        inner.pop(steps[-1], None)
        if value is not None:
            inner[steps[-1]] = value
    return record


def trial(*changes: tuple[tuple[str, ...], Any]) -> Trial:
    return read_ctis(changed(*changes), "one.json").trial


# --- the proof ----------------------------------------------------------------------------------


def texts_of(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every value with the member it stands in."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_of(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner, name)
    elif value is not None:
        yield name, value if isinstance(value, str) else json.dumps(value)


def unshown(record: dict[str, Any], page: Seen) -> list[str]:
    """The lines of a record that a page doesn't show: codes in words, days as days."""
    found = []
    for name, text in texts_of(record):
        for line in (" ".join(one.split()) for one in text.splitlines()):
            shown = (line, BY_FIELD.get(name, {}).get(line, line))
            day = re.sub(r"\A(\d\d)/(\d\d)/(\d{4})\Z", r"\3-\2-\1", line)
            if line and not any(one in page.text for one in shown) and day not in page.dates:
                found.append(line)
    return found


def test_every_text_of_the_source_is_on_the_page() -> None:
    assert len([*texts_of(RECORD)]) > 100
    whole = trial()
    assert unshown(RECORD, read(page_of(whole))) == []
    assert missing_of(whole) == []


def missing_of(whole: Trial) -> list[str]:
    wanted = (one for one in registry_leaves(whole) if "extra" not in one.path)
    return [one.text for one in missing(page_of(whole), wanted)]


def test_the_file_holds_all_that_came() -> None:
    whole = trial()
    assert read_trial(write_trial(whole).encode(), f"{NUMBER}.md").trial == whole


@pytest.mark.skipif(not REAL.exists(), reason="NOT RUN: no real records in ../shared/registries")
def test_every_text_of_real_records_is_on_their_pages() -> None:
    tried = 0
    for path in sorted(REAL.glob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        whole = read_ctis(record, path.name).trial
        tried += len([*texts_of(record)])
        assert unshown(record, read(page_of(whole))) == [], path.name
        assert missing_of(whole) == []
    assert tried > 3000


# --- what becomes of it -------------------------------------------------------------------------


def test_what_has_a_field_is_there() -> None:
    whole = trial()
    assert (whole.nct_id, whole.overall_status) == (NUMBER, Status.RECRUITING)
    assert whole.brief_title == "Rest for people with migraine"
    assert whole.phases == (Phase.PHASE1,)
    assert (whole.sex, whole.healthy_volunteers) == (Sex.FEMALE, False)
    assert whole.std_ages == (StandardAge.ADULT, StandardAge.OLDER_ADULT)
    assert whole.lead_sponsor and whole.lead_sponsor.name == "North University"
    assert [one.name for one in whole.central_contacts] == ["Trial desk", "Cy Moss"]
    assert [one.measure for one in whole.secondary_outcomes] == ["Hours of sleep"]
    assert [(one.facility, one.country) for one in whole.locations] == [
        ("Gent Hospital", "Belgium"),
        ("Athens Hospital", "Greece"),
    ]
    assert [one.name for one in whole.locations[0].contacts] == ["Ann Ross"]
    assert [one.id for one in whole.secondary_id_infos] == [
        *("NCT00000001", "75,061", "DRKS00012345", "2019-003842-34")
    ]


def test_what_has_no_equal_keeps_its_own_words() -> None:
    whole = trial()
    said = {one.pointer: [line.text for line in one.lines] for one in leftovers(whole.extra)}
    states = said["/authorizedApplication/memberStatesConcerned"]
    assert states[0].endswith("Ongoing, recruiting (4)")
    assert states[2] == "msc name: Malta; msc public status code: 18"
    assert all(place.status is None for place in whole.locations)
    (phase,) = said[f"/{'/'.join(INFORMATION)}/trialCategory/trialPhase"]
    assert phase == "Human Pharmacology (Phase I)- First administration to humans (1)"
    assert not whole.collaborators and "South Foundation" in str(said)
    assert "In utero (1)" in str(said)


def test_a_products_role_is_told_if_its_code_is_known() -> None:
    ease, odd = trial().interventions
    assert ease.type is None and ease.description
    assert "Role in the trial: Comparator" in ease.description
    assert (odd.name, odd.description) == ("Odd", None)


def test_criteria_keep_the_registrys_numbers_in_their_order() -> None:
    page = page_of(trial())
    found = re.findall(r'<li value="(\d+)" id="(?:inc|exc)-\d+">', page)
    assert found == ["1", "2", "3", "4"]
    assert trial().eligibility_criteria == (
        "Inclusion Criteria:\n\n1. Pain > 4 days\n\n   unless pregnant\n\n2. Adults\n"
        "3. 1\\. Aged 18 or over\n\nExclusion Criteria:\n\n4. Fever"
    )


def test_each_translation_is_kept_and_marked_with_its_language() -> None:
    criteria = f"/{'/'.join(INFORMATION)}/eligibilityCriteria/principalInclusionCriteria"
    (lines,) = (one.lines for one in leftovers(trial().extra) if one.pointer == criteria)
    assert [(one.text, one.lang) for one in lines] == [
        ("number: 2", ""),
        ("language description: Dutch; uuid: 0fab-1", ""),
        ("Volwassenen", "nl"),
    ]
    page = page_of(trial())
    assert '<p lang="nl">Volwassenen</p>' in page
    assert '<p lang="nl">Een studie van rust</p>' in page


def test_a_language_that_no_one_knows_is_marked_as_none() -> None:
    extra = {"/a": json.dumps([*_translated("Ego", "Latin"), {"attributeTranslation": ["odd"]}])}
    (found,) = leftovers(extra)
    assert [(one.text, one.lang) for one in found.lines][1:] == [
        ("Ego", ""),
        ("attribute translation: odd", ""),
    ]


_ROWS = (*PART_ONE, "rowCountriesInfo")


def test_dates_of_the_eu_alone_are_none_of_a_trial_elsewhere() -> None:
    here, elsewhere = trial(), trial((_ROWS, [{"name": "Peru"}]))
    assert here.start_date and here.start_date.date == "2026-02-03"
    assert here.completion_date and here.completion_date.date == "2028-08-31"
    assert elsewhere.start_date is None and elsewhere.completion_date is None
    assert elsewhere.extra["/startDateEU"] == '"03/02/2026"'
    page = read(page_of(elsewhere)).text
    assert "No start date" not in page and "No end date" not in page
    assert "No number" not in page


def test_the_day_that_the_registry_published_it_is_its_last_update() -> None:
    posted = trial().last_update_post_date
    assert posted and posted.date == "2026-03-10"


@pytest.mark.parametrize(
    ("code", "words", "status"),
    [
        (2, None, Status.NOT_YET_RECRUITING),
        (5, "Ongoing, recruitment ended", Status.ACTIVE_NOT_RECRUITING),
        (7, 7, Status.SUSPENDED),
        (6, 6, Status.UNKNOWN),  # CTIS has a status Suspended beside it
        (4, "Authorised", Status.RECRUITING),
        (None, "Ongoing, recruiting", Status.RECRUITING),
        (4, "Ended", Status.UNKNOWN),
        *((code, STATUSES[str(code)], Status.UNKNOWN) for code in (1, 8, 9, 10, 11, 12)),
        (18, None, Status.UNKNOWN),
        (None, None, Status.UNKNOWN),
    ],
)
def test_a_status_is_ours_only_where_it_means_the_same(
    code: int | None, words: Any, status: Status
) -> None:
    whole = trial((("ctPublicStatusCode",), code), (("ctStatus",), words))
    assert whole.overall_status is status
    noted = [one.code for one in whole.import_notes]
    assert noted == (["unfit-value"] if status is Status.UNKNOWN else [])


def test_the_page_says_the_registrys_own_word_for_a_status() -> None:
    page = read(page_of(trial((("ctPublicStatusCode",), 8), (("ctStatus",), "Ended")))).text
    assert "(CTIS) calls it “Ended”: nobody new can take part" in page
    assert "isn't known" not in page and "Unknown status" not in page


@pytest.mark.parametrize("word", ["Ended", "Expired", "Revoked", "Not authorised", "Cancelled"])
def test_a_trial_that_is_over_there_takes_nobody_and_asks_for_no_checklist(word: str) -> None:
    (code,) = (code for code, said in STATUSES.items() if said == word)
    whole = trial((("ctPublicStatusCode",), code), (("ctStatus",), code))
    page = read(page_of(whole)).text
    assert "Nobody new can take part" in page
    assert "Only the study team" not in page and "checklist" not in page
    told = Change(
        date=PartialDate("2026-03-10"), field="overall_status", old="RECRUITING", new="UNKNOWN"
    )
    assert [one.new for one in in_own_words([told], trial(), whole)] == [word]


def test_a_start_that_is_planned_is_a_date_and_one_of_a_product_is_none() -> None:
    duration = (*INFORMATION, "trialDuration", "estimatedRecruitmentStartDate")
    waits = (("startDateEU",), None), (("ctPublicStatusCode",), 2), (("ctStatus",), 2)
    no_events = (("events",), None)
    planned = trial(*waits, no_events, (duration, "2026-06-01"))
    assert planned.start_date == DateStruct(date=PartialDate("2026-06-01"), type=DateType.ESTIMATED)
    outside = (_ROWS, [{"name": "Peru"}]), ((*_ROWS[:-1], "rowSubjectCount"), 19)
    product = ((*_ROWS[:-1], "products"), [{"startDate": "2022-08-03"}])
    end = ((*duration[:-1], "estimatedGlobalEndDate"), "2028-08-31")
    whole = trial(*waits, no_events, *outside, product, (duration, "2026-06-01"), end)
    page = read(page_of(whole)).text
    assert "can't read one of the dates" not in page
    assert "More are planned elsewhere" in page
    assert "Planned start of recruitment: 1 June 2026" in page and "No start date" not in page


def test_its_day_is_said_to_be_of_publication_where_it_is_cited_and_doubted() -> None:
    page = read(page_of(trial((("publishDate",), "2020-08-20T03:46:14")))).text
    assert "Published 2020-08-20." in page and "Updated 2020" not in page
    assert "Published at the registry: 20 August 2020." in page
    assert "Last update: 20 August 2020" not in page


def test_what_is_halted_is_called_so() -> None:
    said = read(page_of(trial((("ctPublicStatusCode",), 6), (("ctStatus",), 6)))).text
    assert "Temporarily halted" in said and "Suspended" not in said


def test_a_line_that_the_form_has_not_is_neither_empty_nor_missing() -> None:
    whole = trial((("ctPublicStatusCode",), 7), (("ctStatus",), 7))
    said = read(page_of(whole)).text
    assert "Suspended" in said
    assert "The line for the reason is empty" not in said and "No brief summary" not in said
    assert "brief summary" not in str([*check_trial(whole, f"{NUMBER}.md")])


def test_groups_of_all_ages_are_no_word_on_limits() -> None:
    groups = [{"ageRangeCategory": code} for code in "234"]
    whole = trial(((*INFORMATION, "populationOfTrialSubjects", "ageRanges"), groups))
    assert len(whole.std_ages) == 3
    page = read(page_of(whole)).text
    assert "youngest" not in page.lower() and "no limit" not in page.lower()


def test_a_group_of_ages_that_nobody_knows_leaves_none_beside_it() -> None:
    groups = [{"ageRangeCategory": code} for code in "39"]
    whole = trial(((*INFORMATION, "populationOfTrialSubjects", "ageRanges"), groups))
    assert whole.std_ages == ()
    assert any(text == '"3"' or "ageRangeCategory" in text for text in whole.extra.values())


def test_the_form_until_2024_is_read_too() -> None:
    old = changed((("authorizedApplication",), None)) | RECORD["authorizedApplication"]
    old["ctStatus"], old["ctPublicStatusCode"] = "Authorised, not started", None
    whole = read_ctis(old, "old.json").trial
    assert [one.country for one in whole.locations] == ["Belgium", "Greece"]
    assert whole.overall_status is Status.NOT_YET_RECRUITING
    assert "Authorised, not started" in read(page_of(whole)).text


def test_what_stands_under_names_of_ctis_is_found() -> None:
    whole, language = trial(), renderer().look.language
    page = TrialPage(whole, Context(language, "", AS_OF, {}, with_results=False))
    sections = trial_document(whole, page, language).sections
    (own,) = (one for one in sections if one.id == "record")
    found = [one.text for one in own.blocks if isinstance(one, Words)]
    for text in ("Volwassenen", "Protocol (for publication)", "South Foundation", "Nobody knows"):
        assert found.count(text) == 1
    assert not {"0fab-1", "true", "4", "2026-01-15"} & {*found}


def test_a_registry_and_whose_a_number_is_are_found_by_their_names() -> None:
    whole, language = trial(), renderer().look.language
    source = RecordSource(registry="CTIS", via="WHO ICTRP, export of 2026-10-01")
    page = TrialPage(whole, Context(language, "", AS_OF, {}, with_results=False))
    sections = trial_document(replace(whole, source=source), page, language).sections
    found = [one.text for part in sections for one in part.blocks if isinstance(one, Words)]
    assert {"CTIS", "WHO ICTRP", "IND"} <= {*found}
    assert "German Clinical Trials Register (DRKS)" not in found  # whose number says it
    ours = replace(whole, source=source, nct_id="NCT00000001", extra={})
    sections = trial_document(ours, page, language).sections
    assert "record" not in [one.id for one in sections]


@pytest.mark.parametrize(
    ("word", "kind"), [("Pharmaceutical company", "INDUSTRY"), ("Laboratory", None)]
)
def test_what_kind_of_sponsor_it_is_is_ours_where_that_is_certain(
    word: str, kind: str | None
) -> None:
    record = changed()
    sponsor = record["authorizedApplication"]["authorizedPartI"]["sponsors"][0]
    sponsor["organisation"]["type"] = word
    whole = read_ctis(record, "one.json").trial
    assert whole.lead_sponsor
    assert (whole.lead_sponsor.class_ and whole.lead_sponsor.class_.value) == kind
    assert word in read(page_of(whole)).text


def test_what_clinicaltrials_gov_says_without_a_field_is_no_text_of_its_own() -> None:
    assert own_texts(to_trial({**to_tree(trial()), "nct_id": "NCT00000001"})) == {}


# --- the way in ---------------------------------------------------------------------------------


def test_import_takes_it_from_a_file_and_names_its_page(tmp_path: Path) -> None:
    path = tmp_path / "any.json"
    path.write_text(json.dumps(RECORD))
    content = tmp_path / "content"
    list(import_records([str(path)], io.BytesIO(), content, Policy.NEW_ONLY))
    page = f"https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={NUMBER}"
    assert page in (content / f"trials/{NUMBER}.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"ctNumber": NUMBER, "ctTitle": "Rest", "ctStatus": 4}, "a row of a search of CTIS"),
        (changed((("ctNumber",), "2024-1")), "no EU CT number"),
        (changed(((*PART_ONE, "trialDetails"), None)), "`brief_title` is missing"),
    ],
)
def test_what_can_be_no_trial_is_named(record: dict[str, Any], said: str) -> None:
    with pytest.raises(ContentFailure) as failure:
        known_sources.read(record, "one.json")
    assert said in " ".join(one.message for one in failure.value.problems)


_SUMMARY = "EU Clinical Trials Register\n\nEudraCT Number:    2013-000615-24\nSponsor Name: X\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("one.txt", _SUMMARY),
        ("one.txt", "Summary\nA. Protocol Information\nA.1 Member State Concerned: Belgium\n"),
        ("one.json", json.dumps({"a2_eudract_number": "2013-000615-24", "ctrname": "EUCTR"})),
    ],
)
def test_the_old_register_is_named_with_where_to_look(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    arrived = import_records(
        [str(tmp_path / name)], io.BytesIO(), tmp_path / "content", Policy.NEW_ONLY
    )
    (problem,) = (said for one in arrived for said in one.problems)
    assert "EU Clinical Trials Register, whose forms aren't read" in problem.message
    assert "under a number of EU CTIS" in problem.hint


def test_a_trials_page_that_names_an_eudract_number_is_one() -> None:
    assert other_text(f"A trial of rest\nNCT ID: NCT00000001\n{_SUMMARY}", "one.txt") is None


def test_strange_members_stop_nothing() -> None:
    odd: dict[str, Any] = {
        "ctNumber": NUMBER,
        "authorizedApplication": {
            "authorizedPartI": {
                "trialDetails": {
                    "clinicalTrialIdentifiers": {"publicTitle": "Rest"},
                    "trialInformation": {"eligibilityCriteria": "none", "endPoint": [7]},
                },
                "products": {"productName": ["a", "b"]},
                "sponsors": "North",
            },
            "authorizedPartsII": [None, 3, {"trialSites": {"personInfo": "Ann"}}],
        },
    }
    page = read(page_of(read_ctis(odd, "one.json").trial)).text
    assert all(one in page for one in ("North", "Ann", "none", "7"))


def test_pages_name_the_right_registry() -> None:
    numbers = (*PART_ONE, "trialDetails", "clinicalTrialIdentifiers", "secondaryIdentifyingNumbers")
    page = page_of(trial((numbers, None)))
    assert f"EUCT={NUMBER}" in page
    named = re.findall(r"[^<>]*clinicaltrials\.gov[^<>]*", page, re.IGNORECASE)
    assert [one for one in named if "form of ClinicalTrials.gov" not in one] == []


@pytest.mark.parametrize(
    ("code", "cell"), [(8, ("UNKNOWN", "Ended")), (4, ("RECRUITING", "")), (18, ("UNKNOWN", "18"))]
)
def test_the_table_has_the_registrys_own_word_for_a_status(
    code: int, cell: tuple[str, str]
) -> None:
    facts = trial_facts(trial((("ctPublicStatusCode",), code), (("ctStatus",), None)))
    text = table([Row(facts, has_page_of_results=False, site="")]).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["status"], row["status_at_registry"]) == cell


@pytest.mark.parametrize("via", [None, "WHO ICTRP"])
def test_no_list_calls_unknown_what_the_record_has_a_word_for(via: str | None) -> None:
    whole = trial((("ctPublicStatusCode",), 8), (("ctStatus",), None))
    passed_on = replace(whole, source=replace(whole.source or RecordSource(), via=via))
    facts = trial_facts(passed_on)
    assert status_said(facts, AS_OF, ENGLISH) == "Ended"
    assert status_said(card(facts, "", ENGLISH), AS_OF, ENGLISH) == "Ended"
    assert "Unknown status" not in page_of(passed_on)
    found = terms(KINDS["statuses"], [facts], ENGLISH)
    parts = term_pages(KINDS["statuses"], found, False, LISTS)
    shown = [one.view() for one in parts if isinstance(one, Page)]
    said = [one.lead for one in shown if isinstance(one, ListPage)]
    assert said == [ENGLISH.words["own_status_lead"]]


def test_a_list_says_whose_word_it_is_that_nobody_knows_a_status() -> None:
    facts = trial_facts(trial((("ctPublicStatusCode",), 8), (("ctStatus",), None)))
    without = trial((("ctPublicStatusCode",), None), (("ctStatus",), None))
    silent = replace(trial_facts(without), id="2024-512346-65-00")
    theirs = replace(silent, id="NCT00000001")
    cases = [
        ([facts], "The registry’s own word"),
        ([silent], "No status given"),
        ([theirs], "Unknown status"),
        ([silent, theirs, facts], "Unknown status / The registry’s own word / No status given"),
    ]
    for those, name in cases:
        (found,) = terms(KINDS["statuses"], those, ENGLISH)
        assert (found.name, found.slug) == (name, "unknown-status")
        parts = term_pages(KINDS["statuses"], [found], False, LISTS)
        shown = [one.view() for one in parts if isinstance(one, Page)]
        searches = [one.search for one in shown if isinstance(one, ListPage)]
        assert all("Unknown" in one for one in searches if one)


@pytest.mark.parametrize(
    ("groups", "healthy"),
    [(["Patients"], False), (["Patients", "Healthy volunteers"], None), ([], None)],
)
def test_who_it_is_of_stands_with_its_applications_where_nowhere_else(
    groups: list[str], healthy: bool | None
) -> None:
    """What is authorised may leave it out; applications that differ tell nothing."""
    people: dict[str, Any] = {
        "trialDetails": {"trialInformation": {"populationOfTrialSubjects": {}}}
    }
    parts = [copy.deepcopy(people) for _ in groups]
    for part, name in zip(parts, groups, strict=True):
        inside = part["trialDetails"]["trialInformation"]["populationOfTrialSubjects"]
        inside["clinicalTrialGroups"] = [{"name": name}]
    whole = trial(
        ((*INFORMATION, "populationOfTrialSubjects", "clinicalTrialGroups"), []),
        (("applications",), [{"partI": part} for part in parts]),
    )
    assert whole.healthy_volunteers is healthy


def test_a_plan_to_share_data_stands_with_that_and_as_a_code() -> None:
    place = (*INFORMATION, "individualParticipantData")
    page = LexborHTMLParser(page_of(trial((place, {"planToShareIPD": "1"}))))
    assert [said.text(strip=True) for said in page.css("#ipd-sharing dd")] == ["code 1"]


@pytest.mark.parametrize(
    ("published", "updated", "said"),
    [
        (None, "2020-08-03", "Last update: 3 August 2020"),
        ("2020-08-20T03:46:14", "19/08/2020", "Published at the registry: 20 August 2020"),
        ("2020-08-20T03:46:14", "01/09/2020", "Last update: 1 September 2020"),
        ("2020-08-20T03:46:14", "31/11/2025", "Published at the registry: 20 August 2020"),
        ("2020-08-20T03:46:14", "soon", "Published at the registry: 20 August 2020"),
    ],
)
def test_a_record_is_as_old_as_the_later_day_of_its_registry(
    published: str | None, updated: str, said: str
) -> None:
    days = (("publishDate",), published), (("lastPublicationUpdate",), None)
    whole = trial(*days, (("lastUpdated",), updated))
    assert said in read(page_of(whole)).text


def test_who_is_named_for_both_questions_is_one_contact_of_both_roles() -> None:
    sponsor = ("authorizedApplication", "authorizedPartI", "sponsors")
    one, other = ({"functionalName": name, "telephone": "1"} for name in ("Desk", "Lab"))
    of_them = {"publicContacts": [one], "scientificContacts": [one, other]}
    whole = trial((sponsor, [{"primary": True, **of_them}]))
    found = [(each.name, each.role and each.role.value) for each in whole.central_contacts]
    assert found == [("Desk", "PUBLIC_SCIENTIFIC"), ("Lab", "SCIENTIFIC")]
    assert "Scientific contact" in read(page_of(whole)).text


def test_a_planned_start_is_told_once_and_another_plan_with_it() -> None:
    inside = (*INFORMATION, "trialDuration", "estimatedRecruitmentStartDate")
    whole = trial((inside, "2026-06-01"))
    place = "/applications/0/partI/trialDetails/trialInformation/trialDuration"
    other = f"{place}/estimatedRecruitmentStartDate"
    shown = page_of(replace(whole, extra=whole.extra | {other: '"2026-05-01"'}))
    found = LexborHTMLParser(shown).css("#design dl > div")
    rows = [text for row in found if "start date" in (text := row.text())]
    assert len(rows) == 1 and "2026-05-01" in rows[0]
