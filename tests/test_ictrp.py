"""Trials that the WHO's ICTRP passes on: what they become, and that no text of them is lost."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import msgspec
import pytest
from click.testing import CliRunner
from fidelity import missing, read
from sites import AS_OF, build_site, trial_text
from test_fidelity import page_of, registry_leaves

from trialpages.cli import cli
from trialpages.exports.fhir.study import research_study
from trialpages.exports.forms import exports
from trialpages.exports.ictrp import ictrp
from trialpages.exports.table import Row, table
from trialpages.importers import ictrp_words
from trialpages.importers.ictrp import read_ictrp
from trialpages.importing import import_records
from trialpages.problems import ContentFailure, Problem
from trialpages.records.age_groups import are_comparable
from trialpages.records.ages import age_limits
from trialpages.records.checks import check_trial
from trialpages.records.model import Enrollment, Trial
from trialpages.records.own_status import own_type
from trialpages.records.registry_numbers import ICTRP
from trialpages.records.trial_file import read_trial, write_trial
from trialpages.records.vocabulary import DateType, EnrollmentType, Phase, Sex, Status, StudyType
from trialpages.trial.citation import in_a_sentence
from trialpages.trial.reading_facts import trial_facts
from trialpages.updating.arrivals import Policy

FIELDS = {
    "Export_date": "10/04/2026 04:51:51",
    "Internal_Number": "16104120",
    "TrialID": "ChiCTR2600132949",
    "Last_Refreshed_on": "21 September 2026",
    "Public_title": "Rest for people with < 2 migraines",
    "Scientific_title": "A trial of rest in migraine      ",
    "Acronym": "REST",
    "Primary_sponsor": "North Hospital",
    "Secondary_Sponsor": "South Foundation",
    "Prospective_registration": "Yes",
    "Date_registration3": "20260920",
    "Date_registration": "20/09/2026",
    "Source_Register": "ChiCTR",
    "web_address": "https://www.chictr.org.cn/showproj.html?proj=344425",
    "Recruitment_Status": "Not Recruiting",
    "other_records": "Yes",
    "Inclusion_agemin": "18",
    "Inclusion_agemax": "80 Year(s)",
    "Inclusion_gender": "<br>Female: yes<br>Male: yes<br>",
    "Date_enrollement": "01/10/2026",
    "Target_size": "Rest:49;Work:49;",
    "Study_type": "Interventional study",
    "Study_design": "Parallel",
    "Phase": "II/III",
    "Countries": "China;Japan",
    "Contact_Firstname": "Li",
    "Contact_Lastname": "Wang",
    "Contact_Address": "1 Long Street",
    "Contact_Email": "li@north.example",
    "Contact_Tel": "+86 1",
    "Contact_Affiliation": "North Hospital of the Province",
    "Inclusion_Criteria": "Inclusion criteria: 1. Pain > 4 days;\r<br>2. 1) aged 18*",
    "Exclusion_Criteria": "Fever",
    "Condition": "Migraine;Headache<br>migraine",
    "Intervention": "Rest:two hours a day;Work:none",
    "Primary_outcome": "Days with pain;",
    "Secondary_outcome": "Sleep;Mood; and energy;",
    "Secondary_ID": "NCT00000001;U1111-1342-6778;North-7",
    "Source_Support": "The province",
    "Ethics_review_status": "Approved",
    "results_yes_no": "",
    "results_url_link": "https://results.example/1",
    "results_ipd_plan": "Undecided",
    "something_new": "Nobody knows",
}


def xml(*records: dict[str, str]) -> str:
    items = (
        "".join(f"<{name}>{escape(text)}</{name}>" for name, text in one.items()) for one in records
    )
    trials = "".join(f"<Trial>{one}</Trial>" for one in items)
    root = "Trials_downloaded_from_ICTRP"
    return f"<?xml version='1.0' encoding='UTF-8' ?>\n<{root}>{trials}</{root}>"


def trial(**changes: str) -> Trial:
    return read_ictrp({"Trial": {**FIELDS, **changes}}, "all.xml[0]").trial


def arrivals(tmp_path: Path, text: str) -> list[Problem]:
    (tmp_path / "all.xml").write_text(text, "utf-8")
    content = tmp_path / "content"
    found = import_records([str(tmp_path / "all.xml")], io.BytesIO(), content, Policy.UPDATE)
    return [problem for one in found for problem in one.problems]


# --- the proof ----------------------------------------------------------------------------------

_SHOWN = {
    "Inclusion_gender": ("All",),
    "Inclusion_Criteria": ("Pain > 4 days;", "1) aged 18*"),
    "Date_enrollement": ("2026-10-01",),
    "Date_registration": ("2026-09-20",),
    "Date_registration3": ("2026-09-20",),
    "Last_Refreshed_on": ("2026-09-21",),
    "Phase": ("Phase 2", "Phase 3"),
    "Study_type": ("Interventional",),
    "Condition": ("Migraine", "Headache"),
    "Secondary_outcome": ("Sleep", "Mood; and energy"),
    "Primary_outcome": ("Days with pain",),
    "Secondary_ID": ("NCT00000001", "U1111-1342-6778", "North-7"),
    "Inclusion_agemax": ("80",),
}
"""How a page says what a field of ours has taken."""


def test_every_text_of_the_source_is_on_the_page() -> None:
    page = read(page_of(trial()))
    for name, text in FIELDS.items():
        for said in _SHOWN.get(name, (" ".join(text.split()),)):
            assert said in page.text or said in page.dates, name
    wanted = (one for one in registry_leaves(trial()) if "extra" not in one.path)
    lost = [one.path for one in missing(page_of(trial()), wanted)]
    assert lost == ["overall_status"]  # its own word stands there, not that nobody knows it


def test_json_and_citations_say_by_whom_it_came_and_of_when() -> None:
    endings = ("json", "ris", "bib")
    made = {
        path.rpartition(".")[2]: text for path, text in exports(trial(), None, "", AS_OF, endings)
    }
    assert json.loads(made["json"])["passedOn"] == {
        "registry": "Chinese Clinical Trial Registry (ChiCTR)",
        "via": f"{ICTRP}, export of 10/04/2026 04:51:51",
        "url": FIELDS["web_address"],
        "date": "2026-09-21",
    }
    for ending, year in (("ris", "PY  - 2026\r\n"), ("bib", "year = {2026}")):
        assert year in str(made[ending]) and f"Passed on by {ICTRP}" in str(made[ending])
    assert in_a_sentence(trial()).endswith("04:51:51, copy of 2026-09-21.")


@pytest.mark.parametrize(
    ("number", "register", "name"),
    [
        ("ACTRN12620000454976", "ANZCTR", "Australian New Zealand Clinical Trials Registry"),
        ("JPRN-jRCTs031200026", "JPRN", "Japan Registry of Clinical Trials"),
        ("DRKS00021186", "German Clinical Trials Register", "German Clinical Trials Register"),
    ],
)
def test_fhir_names_the_registry_of_the_number_and_not_who_passed_it_on(
    number: str, register: str, name: str
) -> None:
    found = json.loads(research_study(trial(TrialID=number, Source_Register=register), ""))
    official, documents = found["identifier"][0], found["relatedArtifact"]
    assert official["assigner"]["display"].startswith(name)
    assert "system" not in official
    assert documents[0]["display"] == official["assigner"]["display"]


def test_the_file_holds_all_that_came() -> None:
    whole = trial()
    assert read_trial(write_trial(whole).encode(), f"{whole.nct_id}.md").trial == whole


# --- what becomes of it -------------------------------------------------------------------------


def test_what_has_a_field_is_there() -> None:
    whole = trial()
    assert (whole.nct_id, whole.overall_status) == ("ChiCTR2600132949", Status.UNKNOWN)
    assert whole.brief_title == "Rest for people with < 2 migraines"
    assert (whole.study_type, whole.sex) == (StudyType.INTERVENTIONAL, Sex.ALL)
    assert whole.phases == (Phase.PHASE2, Phase.PHASE3)
    assert whole.conditions == ("Migraine", "Headache")
    assert (whole.minimum_age, whole.maximum_age) == (None, None)  # one has no unit
    assert whole.start_date and whole.start_date.date == "2026-10-01"
    assert [one.measure for one in whole.secondary_outcomes] == ["Sleep", "Mood; and energy"]
    assert [one.name for one in whole.central_contacts] == ["Li Wang"]
    assert not whole.collaborators and not whole.locations
    assert whole.source and whole.source.url == FIELDS["web_address"]
    assert whole.source.registry == "Chinese Clinical Trial Registry (ChiCTR)"
    assert whole.source.via and "WHO" in whole.source.via
    assert whole.eligibility_criteria == (
        "Inclusion Criteria:\n\n1. Pain > 4 days;\n2. 1\\) aged 18*\n\nExclusion Criteria:\n\nFever"
    )


def test_a_size_is_the_one_that_is_planned() -> None:
    size = trial(Target_size="120").enrollment_info
    assert size and (size.count, size.type) == (120, EnrollmentType.ESTIMATED)
    assert trial().enrollment_info is None


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Recruiting", Status.RECRUITING),
        ("Pending", Status.NOT_YET_RECRUITING),
        ("Not Yet Recruiting", Status.NOT_YET_RECRUITING),
        *((one, Status.UNKNOWN) for one in ("Not Recruiting", "Complete", "Authorised", "")),
    ],
)
def test_a_status_is_ours_only_where_it_means_the_same(said: str, status: Status) -> None:
    assert trial(Recruitment_Status=said).overall_status is status


def test_the_page_says_whose_word_a_status_is_and_that_it_may_mean_three_things() -> None:
    page = read(page_of(trial())).text
    assert "was passed on says “Not Recruiting”: the study may not have begun" in page
    assert "(ChiCTR) calls it" not in page
    page = read(page_of(trial(Recruitment_Status="Authorised"))).text
    assert "was passed on says “Authorised”, which has no equal" in page


def test_what_the_whos_form_has_no_room_for_isnt_called_missing() -> None:
    page = read(page_of(trial())).text
    for one in ("No brief summary", "No place.", "No end date", "No investigator", "No number of"):
        assert one not in page
    page = read(page_of(trial(Condition=""))).text
    assert "No condition." in page
    told = [one.message for one in check_trial(trial(Condition=""), "ChiCTR2600132949.md")]
    assert [one for one in told if "has no" in one] == ["the trial has no conditions"]


@pytest.mark.parametrize(
    ("registered", "text", "day"),
    [
        ("20/09/2026", "01/10/2026", "2026-10-01"),
        ("2026-09-20", "01/10/2026", None),
        ("2026-09-20", "21-10-2026", "2026-10-21"),
        ("09/20/2026", "01/10/2026", None),
        ("2026-09-20", "2026/10/01", "2026-10-01"),
        ("2026-09-20", "October 2026", None),
    ],
)
def test_a_day_is_read_only_where_its_month_is_sure(
    registered: str, text: str, day: str | None
) -> None:
    start = trial(Date_registration=registered, Date_enrollement=text).start_date
    assert (str(start.date) if start else None) == day
    assert start is None or start.type is None or start.type is DateType.ESTIMATED


@pytest.mark.parametrize(
    ("text", "bound", "age"),
    [
        ("20years-old<=", "<=", "20 Years"),
        ("75years-old>", ">=", None),
        ("75years-old>=", ">=", "75 Years"),
        ("18.00 Year(s)", "<=", "18 Years"),
        ("1 Month", "<=", "1 Month"),
        (">= 16age old", "<=", "16 Years"),
        ("< 75age old", ">=", None),
        ("18", "<=", None),
        ("No limit", ">=", None),
    ],
)
def test_an_age_is_one_only_with_its_unit(text: str, bound: str, age: str | None) -> None:
    assert ictrp_words.age(text, bound) == age


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Intervention", StudyType.INTERVENTIONAL),
        ("Observational [Patient Registry]", StudyType.OBSERVATIONAL),
        *((one, StudyType.OTHER) for one in ("Prevention", "Treatment study", "PMS", "BA/BE")),
    ],
)
def test_a_kind_of_study_with_no_equal_keeps_its_word(word: str, kind: StudyType) -> None:
    whole = trial(Study_type=word)
    assert whole.study_type is kind
    page = read(page_of(whole)).text
    assert word in page
    assert ("neither interventional nor observational" in page) == (kind is StudyType.OTHER)
    assert own_type(whole) == (word if kind is StudyType.OTHER else "")


def test_a_line_of_what_has_no_field_ends_where_the_who_ends_it() -> None:
    page = read(page_of(trial(Study_design="Parallel Group Trial<br>Blinding: Open"))).text
    assert "Parallel Group Trial" in page and "Blinding: Open" in page and "<br>" not in page


def test_where_one_limit_cant_be_read_the_page_quotes_both_as_they_are_written() -> None:
    whole = trial(Inclusion_agemin=">= 20age old", Inclusion_agemax="< 80age old")
    page = read(page_of(whole)).text
    assert "“>= 20age old”" in page and "“< 80age old”" in page and "20 Years" not in page


def test_a_sign_that_came_as_an_entity_is_the_sign_and_parts_nothing() -> None:
    found = trial(
        Condition="Crohn&#39;s disease;HbA1c &lt; 7;Q&A",
        Primary_outcome="Pain &#8805; 4;Sleep",
        Exclusion_Criteria="Pain &lt;= 3&lt;br&gt;AT&T;",
    )
    assert found.conditions == ("Crohn's disease", "HbA1c < 7", "Q&A")
    assert [one.measure for one in found.primary_outcomes] == ["Pain ≥ 4", "Sleep"]
    assert "Pain <= 3\nAT&T" in (found.eligibility_criteria or "").replace("\n\n", "\n")


def test_of_the_old_registers_conditions_the_first_line_is_the_name() -> None:
    whole = trial(Condition="Gout <br>MedDRA version: 20.0<br>Level: PT<br>Term: Gout")
    assert whole.conditions == ("Gout",)
    assert "Level: PT" in read(page_of(whole)).text


def test_both_lists_in_one_text_keep_their_own_headings() -> None:
    whole = trial(
        Inclusion_Criteria="Inclusion Criteria:<br>- Adults<br>Exclusion Criteria:<br>- Fever",
        Exclusion_Criteria="",
    )
    assert whole.eligibility_criteria == (
        "Inclusion Criteria:\n\n- Adults\n\nExclusion Criteria:\n\n- Fever"
    )


def test_a_kind_in_the_others_field_stands_under_its_own_heading() -> None:
    whole = trial(
        Inclusion_Criteria="Key exclusion criteria:<br>Fever",
        Exclusion_Criteria="Inclusion criteria:<br>Adults",
    )
    assert whole.eligibility_criteria == (
        "Key exclusion criteria:\n\nFever\n\nInclusion criteria:\n\nAdults"
    )


@pytest.mark.parametrize("text", ["No limit", "no maximum age", "N/A (No limit)", "none"])
def test_an_age_without_a_limit_is_none(text: str) -> None:
    limits = age_limits(trial(Inclusion_agemin="18 Years", Inclusion_agemax=text))
    assert limits.high is None and limits.are_read


def test_each_of_several_contacts_is_one() -> None:
    whole = trial(
        Contact_Firstname="Dr Li Wang;Mei",
        Contact_Lastname=";",
        Contact_Tel="+86 1;",
        Contact_Email="li@n.example;mei@n.example",
        Contact_Address="1 Long Street;2 Long Street",
    )
    assert [(one.name, one.phone, one.email) for one in whole.central_contacts] == [
        ("Dr Li Wang", "+86 1", "li@n.example"),
        ("Mei", None, "mei@n.example"),
    ]


def test_contacts_that_no_semicolon_surely_parts_stay_as_they_are() -> None:
    whole = trial(Contact_Firstname="Li;Mei", Contact_Email="li@n.example;mei@n.example")
    assert not whole.central_contacts
    assert "Li;Mei" in read(page_of(whole)).text


def test_the_phase_of_the_old_register_is_the_one_it_says_yes_to() -> None:
    said = (
        "Human pharmacology (Phase I): no<br>Therapeutic exploratory (Phase II): no<br>"
        "Therapeutic confirmatory - (Phase III): yes<br>Therapeutic use (Phase IV): no"
    )
    whole = trial(Phase=said)
    assert whole.phases == (Phase.PHASE3,)
    assert "Therapeutic confirmatory" in read(page_of(whole)).text
    assert not trial(Phase=said.partition("<br>Therapeutic use")[0]).phases


def test_no_heading_stands_over_dates_that_nobody_gave() -> None:
    undated = trial(Date_registration="", Date_registration3="")
    assert "Dates of registration" not in read(page_of(undated)).text


def test_a_line_ends_where_india_writes_the_end_with_a_blank() -> None:
    whole = trial(Inclusion_Criteria="1.Adults <br/ >2.HbA1c 7-9% <br/ >3. Willing")
    assert "<br" not in read(page_of(whole)).text


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("JPRN-jRCT2031230001", "jRCT2031230001"),
        ("JPRN-UMIN000012345", "UMIN000012345"),
        ("CTRI/2024/01/061234", "CTRI/2024/01/061234"),
    ],
)
def test_a_number_is_its_registrys(said: str, number: str) -> None:
    whole = trial(TrialID=said)
    assert whole.nct_id == number
    assert said in read(page_of(whole)).text


# --- the way in ---------------------------------------------------------------------------------


def test_one_of_a_registry_with_records_of_its_own_is_left_to_that(tmp_path: Path) -> None:
    numbers = ("NCT00000001", "ISRCTN12345678", "CTIS2024-512345-67-00", FIELDS["TrialID"])
    problems = arrivals(tmp_path, xml(*({**FIELDS, "TrialID": one} for one in numbers)))
    assert [(one.code, one.severity) for one in problems] == [("better-source", "warning")] * 3
    assert "fetch NCT00000001" in problems[0].hint
    found = [path.name for path in (tmp_path / "content/trials").glob("*.md")]
    assert [one for one in found if one[0] != "_"] == [f"{FIELDS['TrialID']}.md"]


@pytest.mark.parametrize(("many", "commands"), [(1, 0), (3, 1), (150, 2)])
def test_those_left_to_their_registries_are_said_once(
    tmp_path: Path, many: int, commands: int
) -> None:
    numbers = [f"NCT{one:08}" for one in range(1, many + 1)]
    source = tmp_path / "all.xml"
    source.write_text(xml(*({**FIELDS, "TrialID": one} for one in (*numbers, "DRKS00012345"))))
    done = CliRunner().invoke(cli, ["import", str(source), "--content", str(tmp_path / "c")])
    assert done.stderr.count("warning: ") == 1
    said = [line for line in done.stderr.splitlines() if line.startswith("    fetch ")]
    assert len(said) == commands
    assert set(numbers) <= set(re.findall(r"NCT\d{8}", done.stderr))


def test_an_export_of_another_day_is_no_change_of_the_trial(tmp_path: Path) -> None:
    assert arrivals(tmp_path, xml(FIELDS)) == []
    assert arrivals(tmp_path, xml({**FIELDS, "Export_date": "11/30/2026 01:02:03"})) == []
    text = (tmp_path / f"content/trials/{FIELDS['TrialID']}.md").read_text("utf-8")
    assert "history" not in text
    newer = {"Recruitment_Status": "Recruiting", "Last_Refreshed_on": "5 October 2026"}
    assert arrivals(tmp_path, xml({**FIELDS, **newer})) == []
    text = (tmp_path / f"content/trials/{FIELDS['TrialID']}.md").read_text("utf-8")
    assert "overall_status: RECRUITING" in text and "  - date: 2026-10-05\n" in text
    (problem,) = arrivals(tmp_path, xml(FIELDS))
    assert "is of 2026-10-05" in problem.message


def test_a_registrys_own_record_stays_where_a_copy_comes(tmp_path: Path) -> None:
    arrivals(tmp_path, xml(FIELDS))
    path = tmp_path / f"content/trials/{FIELDS['TrialID']}.md"
    own = re.sub(r"\n  via: .*", "", path.read_text("utf-8"))
    path.write_text(own, "utf-8")
    (problem,) = arrivals(tmp_path, xml({**FIELDS, "Acronym": "WORK"}))
    assert "is of its registry's own record" in problem.message
    assert path.read_text("utf-8") == own


def test_a_document_that_is_cut_off_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    text = xml(FIELDS).replace("</Trials_downloaded_from_ICTRP>", "")
    (problem,) = arrivals(tmp_path, text)
    assert "not well-formed: no element found" in problem.message
    assert (tmp_path / f"content/trials/{FIELDS['TrialID']}.md").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"TrialID": ""}, "`TrialID` is empty"),
        ({"Study_type": ""}, "the study type of ChiCTR2600132949 isn't given"),
        ({"Public_title": "", "Scientific_title": ""}, "`brief_title` is missing"),
    ],
)
def test_what_can_be_no_trial_is_named(changes: dict[str, str], said: str) -> None:
    with pytest.raises(ContentFailure) as failure:
        trial(**changes)
    assert said in failure.value.problems[0].message and len(failure.value.problems) == 1


def test_such_a_site_builds_and_its_words_are_found(tmp_path: Path) -> None:
    arrivals(tmp_path, xml(FIELDS, {**FIELDS, "TrialID": "DRKS00012345", "Secondary_ID": ""}))
    files = {
        f"trials/{path.name}": path.read_text("utf-8")
        for path in (tmp_path / "content/trials").glob("*.md")
    }
    build_site(tmp_path / "built", {"site.yaml": "title: x\nurl: https://x.example/\n", **files})
    page = (tmp_path / "built/site/trials/DRKS00012345.html").read_text("utf-8")
    assert "German Clinical Trials Register" in page
    named = re.findall(r"[^<>]*clinicaltrials\.gov[^<>]*", page, re.IGNORECASE)
    assert [one for one in named if "form of ClinicalTrials.gov" not in one] == []


# --- the way out --------------------------------------------------------------------------------


def test_a_registry_hands_its_trials_to_the_who(tmp_path: Path) -> None:
    whole = trial(Condition="Migraine & <pain>;Headache", Recruitment_Status="Not Recruiting")
    files: dict[str, str | bytes] = {
        "site.yaml": "title: x\nurl: https://x.example/\npublish: {ictrp: true}\n",
        f"trials/{whole.nct_id}.md": write_trial(whole),
        "trials/NCT00000001.md": trial_text(),
    }
    build_site(tmp_path, files)
    root = ElementTree.parse(tmp_path / "site/trials.ictrp.xml").getroot()
    assert sorted(one.findtext("main/trial_id") or "" for one in root) == [
        whole.nct_id,
        "NCT00000001",
    ]
    (one,) = (each for each in root if each.findtext("main/trial_id") == whole.nct_id)
    said = {child.tag: child.text for child in one.find("main") or ()}
    assert said["reg_name"] == "Chinese Clinical Trial Registry (ChiCTR)"
    assert said["hc_freetext"] == "Migraine & <pain>; Headache"
    assert said["utrn"] == "U1111-1342-6778"
    assert said["recruitment_status"] == "Not Recruiting"
    assert said["date_enrolment"] == "2026-10-01"
    assert said["date_registration"] == "2026-09-20"
    assert said["url"] == f"https://x.example/trials/{whole.nct_id}.html"
    assert [each.text for each in one.iter("sec_outcome")] == ["Sleep", "Mood; and energy"]
    assert one.findtext("criteria/gender") == "Both"
    assert "aged 18*" in (one.findtext("criteria/inclusion_criteria") or "")


def test_that_file_is_made_anew_where_a_text_changes_and_not_there_unasked(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"site.yaml": "title: x\npublish: {ictrp: true}\n"}
    text = write_trial(trial())
    build_site(tmp_path, {**files, "trials/ChiCTR2600132949.md": text})
    changed = text.replace("Fever", "Cough")
    build_site(tmp_path, {**files, "trials/ChiCTR2600132949.md": changed})
    assert "Cough" in (tmp_path / "site/trials.ictrp.xml").read_text("utf-8")
    build_site(tmp_path, {"site.yaml": "title: x\n"})
    assert not (tmp_path / "site/trials.ictrp.xml").exists()


@pytest.mark.parametrize(
    ("own", "left"), [("08/05/2020", False), ("2020-05-08", False), ("05/08/2020", True)]
)
def test_the_day_of_registration_is_the_one_in_a_plain_form(own: str, left: bool) -> None:
    whole = trial(Date_registration=own, Date_registration3="20200508")
    assert whole.study_first_post_date
    assert str(whole.study_first_post_date.date) == "2020-05-08"
    assert ("/Date_registration" in whole.extra) is left
    assert trial(Date_registration=own, Date_registration3="").study_first_post_date is None
    said = read(page_of(whole)).text
    assert "Registered" in said and "First posted" not in said


def test_its_start_is_said_to_be_of_the_first_enrolment() -> None:
    said = " ".join(read(page_of(trial())).text.split())
    assert "First enrolment: 1 October 2026" in said and "Start:" not in said


def test_ages_and_sex_that_the_whos_form_leaves_empty_may_stand_in_the_criteria() -> None:
    silent = trial(Inclusion_agemin="", Inclusion_agemax="", Inclusion_gender="")
    said = read(page_of(silent)).text
    assert "The WHO’s form leaves the ages empty; they may stand in the criteria." in said
    assert "The WHO’s form leaves the sex empty; it may stand in the criteria." in said
    assert not are_comparable(silent)
    filled = trial(Inclusion_agemin="", Inclusion_agemax="No limit")
    assert "leaves the" not in read(page_of(filled)).text and are_comparable(filled)


@pytest.mark.parametrize(
    "more", [{"results_date_completed": "31/03/2023"}, {"results_summary": "It helped 19 of 25."}]
)
def test_a_word_for_before_and_after_isnt_both_where_the_record_tells_of_the_end(
    more: dict[str, str],
) -> None:
    said = read(page_of(trial(Recruitment_Status="Not Recruiting", **more))).text
    assert "says “Not Recruiting”, which has no equal" in said and "may not have begun" not in said


@pytest.mark.parametrize(
    ("said", "has_results", "cell"),
    [
        ({"results_date_posted": "15/08/2026"}, True, "true"),
        ({"results_summary": "It helped 19 of 25."}, True, "true"),
        ({"results_yes_no": "Yes"}, True, "true"),
        ({"results_yes_no": "No"}, False, "false"),
        ({}, None, ""),
    ],
)
def test_results_are_told_of_only_where_the_who_is_told_of_them(
    said: dict[str, str], has_results: bool | None, cell: str
) -> None:
    found = trial(**said)
    text = table([Row(trial_facts(found), has_page_of_results=False, site="")]).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (found.has_results, row["has_results"]) == (has_results, cell)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            {"Recruitment_Status": "Authorised"},
            {"Recruitment_Status": "Recruiting"},
            ("overall_status", "Authorised", "RECRUITING"),
        ),
        (
            {"Recruitment_Status": "Recruiting"},
            {"Recruitment_Status": "Not Recruiting"},
            ("overall_status", "RECRUITING", "Not Recruiting"),
        ),
        (
            {"Inclusion_gender": "-"},
            {"Inclusion_gender": "Female"},
            ("sex", "-", "FEMALE"),
        ),
        (
            {"Study_type": "Intervention"},
            {"Study_type": "Interventional"},
            ("extra", '"Intervention"', '"Interventional"'),
        ),
    ],
)
def test_an_element_whose_word_a_field_takes_now_or_no_longer_is_told_once(
    tmp_path: Path, before: dict[str, str], after: dict[str, str], told: tuple[str, str, str]
) -> None:
    arrivals(tmp_path, xml({**FIELDS, **before}))
    arrivals(tmp_path, xml({**FIELDS, **after, "Last_Refreshed_on": "22 September 2026"}))
    text = (tmp_path / "content/trials/ChiCTR2600132949.md").read_bytes()
    newest = read_trial(text, "ChiCTR2600132949.md").trial
    (change,) = newest.history if newest else ()
    assert (change.field, change.old, change.new) == told


def test_a_copy_with_posted_results_is_whole_and_gets_its_new_date(tmp_path: Path) -> None:
    fields = {**FIELDS, "results_yes_no": "Yes", "Recruitment_Status": "Not Recruiting"}
    assert arrivals(tmp_path, xml(fields)) == []
    newer = {"Recruitment_Status": "Recruiting", "Last_Refreshed_on": "5 October 2026"}
    assert arrivals(tmp_path, xml({**fields, **newer})) == []
    text = (tmp_path / "content/trials/ChiCTR2600132949.md").read_text("utf-8")
    assert "\n  date: 2026-10-05\n" in text
    assert "is no status here" not in text


def test_a_copy_of_which_the_date_alone_is_new_is_of_that_date(tmp_path: Path) -> None:
    arrivals(tmp_path, xml(FIELDS))
    assert arrivals(tmp_path, xml({**FIELDS, "Last_Refreshed_on": "5 October 2026"})) == []
    path = tmp_path / "content/trials/ChiCTR2600132949.md"
    text = path.read_text("utf-8")
    assert "\n  date: 2026-10-05\n" in text and "history" not in text
    arrivals(tmp_path, xml({**FIELDS, "Last_Refreshed_on": "5 October 2026"}))
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("kind", "extra", "told"),
    [
        (EnrollmentType.ESTIMATED, {}, "9"),
        (EnrollmentType.ACTUAL, {}, None),
        (EnrollmentType.ACTUAL, {"/trial/participants/targetEnrolment": '"20"'}, "20"),
        (EnrollmentType.ACTUAL, {"/trial/participants/targetEnrolment": '"about 20"'}, None),
    ],
)
def test_the_who_is_told_the_target_and_not_how_many_joined(
    kind: EnrollmentType, extra: dict[str, str], told: str | None
) -> None:
    size = Enrollment(count=9, type=kind)
    one = msgspec.structs.replace(trial(), enrollment_info=size, extra=extra)
    root = ElementTree.fromstring(ictrp([(one, "https://x.example/")]))
    assert root.findtext("trial/main/target_size") == told
