"""What is read as one filter: a range of ages, two phases, two towns, a status, a distance."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import Visit, ask, said, serve, visit
from playwright.sync_api import Browser
from sites import Once, build_site

pytestmark = pytest.mark.browser

RECORD = """---
nct_id: NCT0000000{number}
brief_title: {title}
overall_status: {status}
has_results: {results}
study_type: INTERVENTIONAL
phases: [{phase}]
conditions: [Asthma]
keywords: [{keyword}]
overall_officials: [{{name: John Stone}}]
locations:
  - {{facility: A, city: {city}, country: {country}}}
{own}---
"""
OWN = {
    7: """extra: {/ctPublicStatusCode: '"8"'}\n""",
    8: """extra: {/Recruitment_Status: '"Not Recruiting"'}\n""",
}
"""The words of other registries for a status, the first in a code of EU CTIS: `Ended`."""
CONTENT: dict[str, str | bytes] = {
    f"trials/NCT0000000{number}.md": RECORD.format(
        number=number,
        title=title,
        status=status,
        results=str(number == 1).lower(),
        keyword="Kidney Stone" if number == 1 else "Rest",
        phase=phase,
        city=city,
        country=country,
        own=OWN.get(number, ""),
    )
    for number, (title, status, phase, city, country) in enumerate(
        [
            ("A walk", "COMPLETED", "EARLY_PHASE1", "Leeds", "United Kingdom"),
            ("A walk", "WITHDRAWN", "PHASE1", "Manchester", "United Kingdom"),
            ("A walk", "RECRUITING", "PHASE2", "Tbilisi", "Georgia"),
            ("A walk", "NOT_YET_RECRUITING", "PHASE3", "Atlanta", "United States"),
            ("Stony thin walks, ready, of rosacea", "COMPLETED", "PHASE4", "Kiel", "Germany"),
            ("A walk", "UNKNOWN", "PHASE4", "Izmir", "Turkey"),
            ("A walk", "UNKNOWN", "PHASE4", "Lima", "Chile"),
            ("A walk", "UNKNOWN", "PHASE4", "Seoul", "South Korea"),
        ],
        start=1,
    )
}


@pytest.fixture(scope="module")
def site(once: Once, browser: Browser) -> Iterator[Visit]:
    folder = once("readings", lambda project: build_site(project, CONTENT, search=True)) / "site"
    with serve(folder, "/") as address, visit(browser, address) as found:
        yield found


@pytest.mark.parametrize(
    ("words", "chip"),
    [
        ("asthma early phase 1", "Phase: Early Phase 1"),
        ("asthma phase 2 or 3", "Phase: Phase 2 / Phase 3"),
        ("asthma phase I/II", "Phase: Phase 1 / Phase 2"),
        ("asthma phase 1 to 3", "Phase: Phase 1 / Phase 2 / Phase 3"),
        ("asthma 60 to 75 years", "Age: 60 to 75 years"),
        ("asthma 5-11 years", "Age: 5 to 11 years"),
        ("asthma between 40 and 50", "Age: 40 to 50 years"),
        ("asthma over 60 and under 75", "Age: 60 to 74 years"),
        ("asthma over 5 under 12", "Age: 5 to 11 years"),
        ("asthma under 65", "Age: under 65 years"),
        ("completed asthma trials", "Status: Completed"),
        ("recruiting", "Status: Recruiting"),
        ("Withdrawn", "Status: Withdrawn"),
        ("ended trials", "Status: Completed / Withdrawn / Ended"),
        (
            "asthma not recruiting",  # a record's own word last
            "Status: Not yet recruiting / Completed / Withdrawn / Not Recruiting",
        ),
        ("asthma with results", "Results: Posted"),
        ("asthma has posted results", "Results: Posted"),
        ("asthma without results", "Results: Not posted"),
        ("asthma no results yet", "Results: Not posted"),
        ("recruiting or completed asthma", "Status: Recruiting / Completed"),
        ("asthma completed, withdrawn", "Status: Completed / Withdrawn"),
        ("from Georgia living in Leeds, asthma", "Place: Leeds, United Kingdom"),
        ("asthma in leeds germany", "Place: Germany"),  # a Leeds in England alone
        ("asthma haven't posted results", "Results: Not posted"),
        ("asthma lacking posted results", "Results: Not posted"),
        ("asthma hasn't started recruiting", "Status: Not yet recruiting"),
        ("asma con resultados", "Results: Posted"),
        ("asthma in Georgia or the United States", "Place: Georgia / United States"),
        ("trials that are open for asthma", "Status: Recruiting"),
        ("asthma trials that have not started", "Status: Not yet recruiting"),
        ("asthma in Georgia", "Place: Georgia"),
        ("asthma in Georgia USA", "Place: United States"),
        ("asthma in Georgia, United States", "Place: United States"),
        ("asthma in Georgia or Germany", "Place: Georgia / Germany"),
        (
            "asthma in leeds or manchester",
            "Place: Leeds, United Kingdom / Manchester, United Kingdom",
        ),
        ("asthma within 30 miles of Leeds", "Within 30 miles (48 km) of Leeds, United Kingdom"),
        ("asthma 30 miles from leeds", "Within 30 miles (48 km) of Leeds, United Kingdom"),
        ("asthma near Leeds within 50 km", "Within 50 km of Leeds, United Kingdom"),
        ("asthma near Leeds", "Within 100 km of Leeds, United Kingdom"),
        ("asthma near Rochdale", "Within 100 km of “Rochdale”"),
        ("asthma near Paris, Texas", "Within 100 km of “Paris, TX”"),
        ("asthma near Smallvillia", "Within 100 km of “Smallvillia”"),
        ("asthma 17 1/2 years old", "Age: 17 years old"),
        ("asthma 17.5 years old", "Age: 17 years old"),
        ("asthma 2 or 3 years old", "Age: 2 to 3 years"),
        ("asthma less than 65 years old", "Age: under 65 years"),
        ("asthma not over 65", "Age: under 66 years"),
        ("asthma not younger than 18", "Age: 18 years or older"),
        ("I am 67 years and have asthma", "Age: 67 years old"),
        ("asthma, my baby is 6 months", "Age: 6 months old"),
        ("tengo 45 años con asthma", "Age: 45 years old"),
    ],
)
def test_it_is_one_filter(site: Visit, words: str, chip: str) -> None:
    ask(site, words)
    assert said(site, "#search-understood .chip") == [f"{chip} ×"]


def test_a_status_that_another_filter_leaves_alone_is_one_too(site: Visit) -> None:
    ask(site, "phase 2 recruiting")
    chips = said(site, "#search-understood .chip")
    assert sorted(chips) == ["Phase: Phase 2 ×", "Status: Recruiting ×"]


@pytest.mark.parametrize(
    "words",
    [
        "asthma survival 5 to 10 years",
        "asthma BMI under 40",
        "asthma under 50 km",
        "asthma between 24 and 48 hours",
        "asthma within 50 km of Germany",
        "asthma with results of biopsy",
        "asthma not with results",
        "asthma not in Georgia or the United States",
        "asthma anything but completed trials",
        "asthma aren't accepting healthy volunteers",
        "asthma recruiting or soon to open",
        "asthma near Kiel Lincolnshire",
        "asthma in North Korea",
        "turkey asthma",
        "chile pepper asthma",
        "asthma under 70% oxygen",
        "asthma, not more than 50 km",
        "asthma, I am 1 in a million",
        "asthma, ages 6 months to 5 years",
        "asthma, kin of boys 4 and 7",
        "asthma, vegetarian 20 years",
        "fathers of autistic children asthma",
        "asthma, I am 30 weeks pregnant",
        "I'm 2 years asthma free",
        "asthma, I am 20 years in remission",
        "asthma, 25 years sober",
        "15 years out from asthma",
        "asthma, on oxygen for a while, 20 years on dialysis",
        "tengo 5 años con asthma",
        "asthma, embarazada de 30 semanas",
        "living with asthma 20 years",
        "I am 50% disabled asthma",
        "asthma, my peak flow is 45",
        "asthma since I was 12 years old",
        "asthma 1/2 year old",
        "asthma, 3 and 5 year old",
    ],
)
def test_it_is_none(site: Visit, words: str) -> None:
    ask(site, words)
    assert said(site, "#search-understood .chip") == []


def test_a_status_and_results_are_two(site: Visit) -> None:
    ask(site, "asthma completed with results")
    assert said(site, "#search-understood .chip") == ["Results: Posted ×", "Status: Completed ×"]


@pytest.mark.parametrize(
    ("words", "count"),
    [("stone", 8), ("john stone", 8), ("kidney stone", 1), ("kidney stones", 1), ("stones", 1)],
)
def test_nobody_is_called_by_another_form_or_the_name_of_a_thing(
    site: Visit, words: str, count: int
) -> None:
    ask(site, words)
    assert len(said(site, "#results .card-title")) == count
    assert ("John" in " ".join(said(site, "#results"))) == (words in ("stone", "john stone"))


@pytest.mark.parametrize("words", ["thinner", "reading", "xwalk"])
def test_words_that_look_alike_are_no_forms(site: Visit, words: str) -> None:
    ask(site, words)
    assert said(site, "#results .card-title") == []


def test_a_strangers_name_is_a_slip_at_most(site: Visit) -> None:
    """Roses are of the Rosaceae, rosacea is a rash."""
    ask(site, "rosaceae")
    assert "No record here says “rosaceae”" in " ".join(said(site, "#search-status"))
