"""What a record holds that no field can: shown in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from sites import build_site, trial_text

from trialpages.trial.leftovers import Leftover, Line, leftovers
from trialpages.trial.places import EXTRA_SECTIONS

_ROLE = ("role: Sub-Investigator; status: ODD",)


@pytest.mark.parametrize(
    ("pointer", "text", "label", "lines"),
    [
        (
            "/protocolSection/contactsLocationsModule/locations_nested",
            '[{"facility": "Clinic", "geoPoint": {"lat": 33.3, "lon": -1}}, {"city": "Gilbert"}]',
            "Contacts locations, locations nested",
            ("facility: Clinic; geo point: lat: 33.3, lon: -1", "city: Gilbert"),
        ),
        (
            "/protocolSection/armsInterventionsModule/interventions/0/interventionMappedName",
            "[]",
            "Arms interventions, interventions, 1, intervention mapped name",
            (),
        ),
        (
            "/protocolSection/locations_nested",
            '{"facility": "CONTACT", "status": "NOT_YET_RECRUITING", "role": ["CONTACT", "X_Y"]}',
            "Locations nested",
            ("facility: CONTACT; status: Not yet recruiting; role: CONTACT, X_Y",),
        ),
        ("/a", '{"role": "SUB_INVESTIGATOR", "status": "ODD"}', "A", _ROLE),
        ("/derivedSection/x~1y", "true", "X/y", ("true",)),
        ("/a/" + 5_000 * "9", "5", "A, " + 5_000 * "9", ("5",)),
        ("/a", "not JSON {", "A", ("not JSON {",)),
        ("/a", '{"none": [], "some": "x"}', "A", ("none; some: x",)),
        ("/a", '["<b>", null, 5]', "A", ("<b>", "5")),
        ("/a", '{"@id": "F1", "name": "A Fund"}', "A", ("name: A Fund; id: F1",)),
        ("/a", 11 * "[" + '"x"' + 11 * "]", "A", ('[["x"]]',)),
        ("/a", 300 * "[" + "5" + 300 * "]", "A", (291 * "[" + "5" + 291 * "]",)),
    ],
)
def test_a_place_and_its_json_in_words(
    pointer: str, text: str, label: str, lines: tuple[str, ...]
) -> None:
    worked_out = pointer.startswith("/derived")
    said = tuple(map(Line, lines))
    assert leftovers({pointer: text}) == (Leftover(pointer, label, said, worked_out),)


def test_what_the_registry_worked_out_is_said_to_be_so(tmp_path: Path) -> None:
    extra = "extra:\n  /derivedSection/a: '5'\n  /protocolSection/b: '6'\n"
    text = trial_text().replace("---\n\n##", f"{extra}---\n\n##")
    build_site(tmp_path, {"site.yaml": "title: x\n", "trials/NCT00000001.md": text})
    html = (tmp_path / "site/trials/NCT00000001.html").read_text("utf-8")
    page = LexborHTMLParser(html)
    said = [node.text() for node in page.css("dt:has(data) .meaning")]
    assert said == ["Worked out by the registry, not written by the study team."]
    assert [node.text() for node in page.css("dt:has(.meaning):has(data) + dd p")] == ["5"]


def test_what_a_registry_says_more_stands_in_its_section(tmp_path: Path) -> None:
    keys = """[{"id": "644199"}, {"mscId": "7"}]"""
    extra = {
        "/funder/name": '"Fund for Hearts"',
        "/funder/@id": '"F1"',
        "/trial/participants/recruitmentEnd": '"2030-10-31T00:00:00.000Z"',
        "/trial/participants/targetEnrolment": '"90"',
        "/results_summary": '"19 were free of relapse"',
        "/authorizedApplication/authorizedPartI/rows": keys,
        "/other": '"Rest"',
    }
    lines = "".join(f"  {place}: '{text}'\n" for place, text in extra.items())
    text = trial_text().replace("---\n\n##", f"extra:\n{lines}---\n\n##")
    build_site(tmp_path, {"site.yaml": "title: x\n", "trials/NCT00000001.md": text})
    page = LexborHTMLParser((tmp_path / "site/trials/NCT00000001.html").read_text("utf-8"))
    found = {
        str(node.attributes["value"]): section.attributes["id"]
        for section in page.css("section")
        for node in section.css("dt > data")
    }
    assert found == {
        "/funder/name": "sponsors",
        "/funder/@id": "record",
        "/trial/participants/targetEnrolment": "design",
        "/results_summary": "results",
        "/authorizedApplication/authorizedPartI/rows": "record",
        "/other": "record",
    }
    more = page.css("#sponsors .registry-more dd p")
    assert [node.text() for node in more] == ["Fund for Hearts"]
    folded = [node.attributes["value"] for node in page.css("#record details details dt > data")]
    assert folded == ["/funder/@id", "/authorizedApplication/authorizedPartI/rows"]


@pytest.mark.parametrize("section", EXTRA_SECTIONS)
def test_each_section_shows_what_is_put_there(section: str) -> None:
    templates = Path(__file__).parents[1] / "templates"
    shown = f'm.more(trial, "{section}")'
    assert any(shown in one.read_text("utf-8") for one in templates.glob("_*.html")), section
