"""An age that can't be read is shown as it stands, and no half stands for the whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser
from sites import AS_OF, PROJECT, build_site

from trialpages.exports.fhir.groups import eligibility
from trialpages.exports.ictrp import ictrp
from trialpages.importers.ictrp import read_ictrp
from trialpages.importers.page_fields import read_eligibility
from trialpages.importers.page_layout import Line
from trialpages.importers.registry_json import read_record
from trialpages.language.site_language import read_language
from trialpages.records.ages import age_limits, read_age
from trialpages.records.model import Trial
from trialpages.records.plausible import check_plausible
from trialpages.records.trial_file import write_trial
from trialpages.search.facets import groups
from trialpages.search.facts import search_facts
from trialpages.trial.derived import standard_ages
from trialpages.trial.figures.ages import ages as ages_figure
from trialpages.trial.sentences.case import Case
from trialpages.trial.sentences.table import CONDITIONS
from trialpages.trial.standing import ages_said

EN = PROJECT / "templates/strings/en.yaml"
ODD = (
    "1e9 Years",
    "18.5 Years",
    "-5 Years",
    "١٨ Years",
    "１８ Years",
    "999999999999 Years",
    "9" * 5000 + " Years",
    "18",
    "18 Jahre",
    "18  Years",
    "18 years",
    "N/A",
    "<b>18</b> Years",
)


def record(**eligibility: Any) -> Trial:
    return read_record(
        {
            "protocolSection": {
                "identificationModule": {"nctId": "NCT00000001", "briefTitle": "Rest"},
                "statusModule": {"overallStatus": "RECRUITING"},
                "designModule": {"studyType": "INTERVENTIONAL"},
                "eligibilityModule": eligibility,
            }
        },
        "rest.json",
    ).trial


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["minimumAge", "maximumAge"])
def test_nothing_is_worked_out_of_an_age_that_cannot_be_read(name: str, odd: str) -> None:
    other = "maximumAge" if name == "minimumAge" else "minimumAge"
    trial = record(**{name: odd, other: "17 Years", "sex": "MALE"})
    limits = age_limits(trial)
    unread = limits.low if name == "minimumAge" else limits.high
    assert unread is not None
    assert unread.words == odd
    assert not limits.are_read
    assert standard_ages(trial) == ()
    assert ages_figure(trial) == ()
    case = Case(trial, AS_OF)
    said = {"boys_only", "men_only", "men_and_boys_only", "male_only"}
    assert {name for name in said if CONDITIONS[name](case)} == {"male_only"}
    group = eligibility(trial)
    assert group is not None
    texts = [
        one.value_codeable_concept.text
        for one in group.characteristic
        if one.value_codeable_concept
    ]
    assert odd in texts


def test_the_search_knows_that_it_has_not_read_such_an_age() -> None:
    english = read_language("en", {"strings/en.yaml": EN.read_text()})
    facts = search_facts(record(minimumAge="-5 Years", maximumAge="17 Years"), english)
    assert (facts.youngest, facts.oldest, facts.ages_unread) == (None, 18 * 8766, True)
    assert not search_facts(record(maximumAge="17 Years"), english).ages_unread
    assert "ages_unread" not in groups([search_facts(record(), english)]), "nothing is read for it"


def test_the_form_of_the_who_has_both_limits() -> None:
    trial = record(minimumAge="newborns", maximumAge="17 Years")
    made = ictrp([(trial, "")])
    assert "<agemin>newborns</agemin>" in made
    assert "<agemax>17 Years</agemax>" in made


def test_a_page_shows_both_limits_in_the_records_words(tmp_path: Path) -> None:
    trial = record(minimumAge="18.5 Years", maximumAge="75 Years")
    build_site(tmp_path, {"trials/NCT00000001.md": write_trial(trial)})
    page = (tmp_path / "site/trials/NCT00000001.html").read_text()
    assert page.count("Lowest age: “18.5 Years”; Highest age: “75 Years”") >= 2
    assert page.count("These ages are quoted as they are written.") == 2
    assert "18.5 Years to" not in page
    assert "Up to 75 Years" not in page


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("65", "80 Years", "Lowest age: “65”; Highest age: “80 Years”"),
        ("> 18 Years", "70 Years", "Lowest age: “> 18 Years”; Highest age: “70 Years”"),
        ("6M", "12M", "Lowest age: “6M”; Highest age: “12M”"),
        ("65", "No limit", "Lowest age: “65”"),
        (">=18 Years", "75Y", "18 Years to 75 Years"),
        ("18 Years", "No limit", "18 Years and older"),
        ("N/A", "Not applicable", ""),
    ],
)
def test_an_age_of_the_whos_is_no_limit_only_where_it_says_so(
    low: str, high: str, said: str
) -> None:
    english = read_language("en", {"strings/en.yaml": EN.read_text()})
    fields = {"TrialID": "ChiCTR2600132949", "Public_title": "T", "Study_type": "Interventional"}
    tree = {**fields, "Inclusion_agemin": low, "Inclusion_agemax": high}
    trial = read_ictrp({"Trial": tree}, "all.xml").trial
    limits = age_limits(trial)
    assert ages_said(limits, english) == said
    assert said.startswith("Lowest") is not limits.are_read
    warned = [one.code for one in check_plausible(trial, "a.md") if one.code == "unread-age"]
    assert bool(warned) is not limits.are_read
    assert limits.are_read or not (standard_ages(trial) or ages_figure(trial))


def test_an_age_of_isrctn_that_cannot_be_read_is_a_limit() -> None:
    trial = msgspec.structs.replace(
        record(maximumAge="80 Years"), extra={"/trial/participants/lowerAgeLimit": '"65"'}
    )
    assert not age_limits(trial).are_read


@pytest.mark.parametrize("value", [18, 18.5, {"years": 18}, ["18 Years"], True])
def test_an_age_that_is_no_text_is_shown_as_json_writes_it(value: object) -> None:
    low = age_limits(record(minimumAge=value)).low
    assert low is not None
    assert low.words
    assert low.number is None


@pytest.mark.parametrize(
    ("words", "years"),
    [("0 Minutes", 0), ("1 Year", 1), ("216 Months", 18), ("1 Day", 1440 / 525960)],
)
def test_what_the_registry_writes_is_read(words: str, years: float) -> None:
    assert read_age(words).years == years


@pytest.mark.parametrize(
    ("module", "name", "value", "unread", "absent"),
    [
        ("designModule", "enrollmentInfo", {"count": "a few"}, "number_unread", "no_number"),
        ("statusModule", "startDateStruct", {"date": "Spring 2024"}, "dates_unread", "no_dates"),
        ("contactsLocationsModule", "locations", "Leeds", "places_unread", "no_place"),
        ("eligibilityModule", "sex", "Women", "who_unread", "who_unsaid"),
        ("eligibilityModule", "eligibilityCriteria", 7, "who_unread", "who_unsaid"),
    ],
)
def test_what_cannot_be_read_is_not_called_absent(
    module: str, name: str, value: object, unread: str, absent: str
) -> None:
    tree: dict[str, Any] = {
        "identificationModule": {"nctId": "NCT00000001", "briefTitle": "Rest"},
        "statusModule": {"overallStatus": "RECRUITING"},
        "designModule": {"studyType": "INTERVENTIONAL"},
    }
    tree[module] = {**tree.get(module, {}), name: value}
    case = Case(read_record({"protocolSection": tree}, "rest.json").trial, AS_OF)
    assert not CONDITIONS[absent](case)
    assert CONDITIONS[unread](case)


@pytest.mark.parametrize("odd", ["18.5 Years", "-5 Years", "1e9 Years", "١٨ Years"])
def test_the_text_of_a_page_keeps_such_an_age_too(odd: str) -> None:
    lines = ("Inclusion Criteria:", "* Adults", odd, "75 Years", "ALL", "No")
    found = read_eligibility([Line(n, text) for n, text in enumerate(lines, 1)], {})
    assert set(found.places) == set(range(1, 7))
    assert found.fields["maximum_age"] == "75 Years"
    trial = msgspec.structs.replace(record(maximumAge="75 Years"), extra=found.fields["extra"])
    low = age_limits(trial).low
    assert low is not None
    assert low.words == odd


def test_one_date_that_cannot_be_read_is_told_beside_one_that_can() -> None:
    def case(start: object) -> Case:
        ends = {"completionDateStruct": {"date": "2036-01"}}
        tree: dict[str, Any] = {
            "identificationModule": {"nctId": "NCT00000001", "briefTitle": "Rest"},
            "statusModule": {"overallStatus": "RECRUITING", **ends, "startDateStruct": start},
            "designModule": {"studyType": "INTERVENTIONAL"},
        }
        return Case(read_record({"protocolSection": tree}, "rest.json").trial, AS_OF)

    assert CONDITIONS["one_date_unread"](case({"date": "2035-13-45"}))
    assert not CONDITIONS["one_date_unread"](case({"date": "2035-12"}))


ALL = ["CHILD", "ADULT", "OLDER_ADULT"]


@pytest.mark.parametrize(
    ("ages", "main", "more"),
    [
        ({"stdAges": ALL}, "No age limits given", True),
        ({"stdAges": ALL, "maximumAge": "75 Years"}, "Up to 75 Years", True),
        ({"stdAges": ALL, "minimumAge": "1 Year"}, "1 Year and older", False),
        ({"stdAges": ["CHILD"], "maximumAge": "17 Years"}, "Up to 17 Years", False),
        ({"stdAges": ["ADULT", "OLDER_ADULT"]}, "Adult, Older Adult", False),
        ({"stdAges": ["CHILD"]}, "Child", False),
    ],
)
def test_children_are_told_of_only_where_an_age_was_given(
    tmp_path: Path, ages: dict[str, Any], main: str, more: bool
) -> None:
    build_site(tmp_path, {"trials/NCT00000001.md": write_trial(record(**ages))})
    page = LexborHTMLParser((tmp_path / "site/trials/NCT00000001.html").read_text("utf-8"))
    said = [node.text() for node in page.css(".fact-who .fact-main")]
    assert said == [main]
    (row,) = (node for node in page.css("#eligibility .rows > div") if "Ages" in node.text())
    assert row.text().split("Ages")[1].strip().startswith(main)
    assert ("No youngest age is given" in row.text()) is more
    assert bool(page.css(".fact-who .figure")) is (main != "No age limits given")


def test_without_age_limits_nobody_says_that_boys_can_take_part() -> None:
    case = Case(record(sex="MALE", stdAges=ALL), AS_OF)
    assert [name for name, is_true in CONDITIONS.items() if "boys" in name and is_true(case)] == []
