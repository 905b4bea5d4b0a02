"""A trial's page says once what its record has several times: contacts above all."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import visit
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser
from sites import PROJECT, build_site, trial_text

from trialpages.exports.fhir.people import contact_details
from trialpages.language.site_language import read_language
from trialpages.records.model import to_trial
from trialpages.search.near import whereabouts

NURSE, LINE = (
    "{name: Nurse, phone: '111 111'}",
    "{name: Line, phone: '222 222', email: l@x.example}",
)
STRINGS = PROJECT / "templates/strings/en.yaml"
DESK = "{name: Desk, phone: '444'}"
RECORD = f"""central_contacts: [{NURSE}, {{name: Twice}}]
locations:
  - {{facility: A, city: Oslo, country: Norway, contacts: [{NURSE}, {LINE}, {DESK}],
     geo_point: {{lat: 59.9, lon: 10.7}}}}
  - {{facility: B, city: Moss, country: Norway, contacts: [{LINE}, {{name: Twice}}, {DESK}],
     geo_point: {{lat: 59.4, lon: 10.6}}}}
  - {{facility: C, city: Hamar, country: Norway, contacts: [{{name: Desk, phone: '333 333'}}],
     geo_point: {{lat: 60.8, lon: 11}}}}
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    text = trial_text("NCT00000001", "Rest").replace("conditions:\n", f"{RECORD}conditions:\n")
    build_site(tmp_path, {"trials/NCT00000001.md": text}, search=True)
    return tmp_path / "site"


def test_a_contact_is_in_full_once_elsewhere_by_name(site: Path) -> None:
    tree = LexborHTMLParser((site / "trials/NCT00000001.html").read_text("utf-8"))
    rows = [" ".join(row.text(separator=" ").split()) for row in tree.css(".sites tbody tr")]
    assert rows == [  # of two desks each has its number
        "C Hamar, Norway Desk 333 333",
        "B Moss, Norway Line 222 222 l@x.example Twice"
        " No phone number or email address is given. Desk 444",
        "A Oslo, Norway Nurse Line Desk 444",
    ]
    links = [one.attributes["href"] for one in tree.css(".sites .contact > a:not(.phone, .email)")]
    ids = {one.attributes["id"] for one in tree.css("[id]")}
    assert len(links) == 2 and "#contacts" in links
    assert {str(one)[1:] for one in links} <= ids


def test_what_is_said_already_is_not_said_again(tmp_path: Path) -> None:
    """Who also investigates where they answer; a sponsor that keeps its own record; a meaning."""
    people = "[{name: Ada, role: CONTACT, phone: '1'}, {name: Ada, role: PRINCIPAL_INVESTIGATOR}]"
    more = f"""phases: [PHASE1]
lead_sponsor: {{name: Home, class: OTHER}}
organization: {{full_name: Home, class: OTHER}}
locations: [{{facility: A, contacts: {people}}}, {{facility: B}}]
"""
    text = trial_text("NCT00000001", "Rest").replace("conditions:\n", f"{more}conditions:\n")
    build_site(tmp_path, {"trials/NCT00000001.md": text})
    tree = LexborHTMLParser((tmp_path / "site/trials/NCT00000001.html").read_text("utf-8"))
    (row,) = (one for one in tree.css(".sites tbody tr") if "Ada" in one.text())
    assert " ".join(row.text(separator=" ").split()) == "A Ada Contact 1 Principal Investigator"
    (sponsor,) = tree.css("#sponsors .rows > div")
    assert [one.text() for one in sponsor.css("dt")] == ["Sponsor", "Registered by"]
    glance, design = tree.css("#at-a-glance, #design")
    assert "one of the first tests" in glance.text()
    assert "one of the first tests" not in design.text()


@pytest.mark.browser
def test_the_nearest_place_has_its_contact_in_full(site: Path, browser: Browser) -> None:
    with visit(browser, site.as_uri() + "/") as tab:
        tab.page.goto(f"{tab.site}trials/NCT00000001.html")
        tab.page.locator("#near-place").press_sequentially("moss")
        tab.page.locator(".near-choices button").first.click()
        row = tab.page.locator(".near-table tbody tr")
        expect(row.filter(has_text="Moss")).to_contain_text("222 222")
        expect(row.filter(has_text="Oslo")).to_contain_text("222 222")
        assert tab.page.locator(".near-table [id]").count() == 0


def test_a_country_code_in_place_of_an_extension_is_not_called_one(tmp_path: Path) -> None:
    """Whoever read `0478 ext. +33` would dial the code last."""
    ada, bo = (f"{{phone: '0478864385', phone_ext: '{one}'}}" for one in ("+33", "2"))
    people = f"[{ada}, {bo}]"
    more = f"central_contacts: {people}\nlocations: [{{facility: A, contacts: {people}}}]\n"
    text = trial_text("NCT00000001", "Rest").replace("conditions:\n", f"{more}conditions:\n")
    build_site(tmp_path, {"trials/NCT00000001.md": text})
    page = LexborHTMLParser((tmp_path / "site/trials/NCT00000001.html").read_text("utf-8"))
    assert {one.text().strip() for one in page.css(".phone-ext")} == {"(+33)", "ext. 2"}
    assert {one.attributes["href"] for one in page.css("a.phone")} == {"tel:0478864385"}


def test_other_programs_and_search_get_no_false_extension_either() -> None:
    given = ("+33", "0033", "option 6", "2", None)
    contacts = [{"phone": "0478864385", "phone_ext": one} for one in given]
    needed = {"nct_id": "NCT00000001", "brief_title": "A", "study_type": "INTERVENTIONAL"}
    fields = {"overall_status": "RECRUITING", "central_contacts": contacts, "locations": [{}]}
    trial = to_trial({**needed, **fields})
    told = [one.telecom[0].value for one in contact_details(trial.central_contacts)]
    shown = ("(+33)", "(0033)", "(option 6)", "ext. 2")
    assert told == [*(f"0478864385 {more}" for more in shown), "0478864385"]
    english = read_language("en", {"strings/en.yaml": STRINGS.read_text("utf-8")})
    near = whereabouts(trial, english).central
    assert [one[2] for one in near] == ["(+33)", "(0033)", "(option 6)", "2", ""]
