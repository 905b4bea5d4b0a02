"""Places in a question: states, towns in states, names of several words, and what may be meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import Visit, ask, said, serve, visit
from playwright.sync_api import Browser
from sites import Once, build_site

pytestmark = pytest.mark.browser

PLACES = (
    ("Toronto", "Ontario", "Canada"),
    ("London", "Ontario", "Canada"),
    ("Ottawa", "", "Canada"),
    ("Ontario", "California", "United States"),
    ("London", "", "United Kingdom"),
    ("Glasgow", "Scotland", "United Kingdom"),
    ("Newcastle upon Tyne", "", "United Kingdom"),
    ("Newcastle", "New South Wales", "Australia"),
    ("Paris", "", "France"),
    ("Dallas", "Texas", "United States"),
    ("Portland", "Maine", "United States"),
    ("Portland", "Oregon", "United States"),
    ("Atlanta", "Georgia", "United States"),
    ("Columbus", "Georgia", "United States"),
    ("Columbus", "Ohio", "United States"),
    ("Tbilisi", "", "Georgia"),
    ("Córdoba", "", "Spain"),
    ("Córdoba", "Córdoba", "Argentina"),
    ("New York", "New York", "United States"),
    ("Buffalo", "New York", "United States"),
    ("Toronto", "", "Canada"),
    ("Washington", "District of Columbia", "United States"),
    ("Washington D.C.", "District of Columbia", "United States"),
    ("Oslo", "Norway", "Norway"),
)
DC = "District of Columbia, United States"
RECORD = """---
nct_id: NCT000000{number:02}
brief_title: A walk
overall_status: COMPLETED
study_type: INTERVENTIONAL
conditions: [Asthma]
locations:
  - {{facility: A, city: {city}, {state}country: {country}}}
---
"""
CONTENT: dict[str, str | bytes] = {
    f"trials/NCT000000{number:02}.md": RECORD.format(
        number=number, city=city, state=f"state: {state}, " if state else "", country=country
    )
    for number, (city, state, country) in enumerate(PLACES, start=1)
}


@pytest.fixture(scope="module")
def site(once: Once, browser: Browser) -> Iterator[Visit]:
    folder = once("asked-places", lambda project: build_site(project, CONTENT, search=True))
    with serve(folder / "site", "/") as address, visit(browser, address) as found:
        yield found


def place(site: Visit, words: str) -> tuple[list[str], str]:
    ask(site, words)
    return said(site, "#search-understood .chip"), site.page.inner_text("#search-status")


@pytest.mark.parametrize(
    ("words", "chip", "count"),
    [
        ("asthma in Ontario, Canada", "Ontario, Canada", 2),
        ("asthma in Ontario", "Ontario, Canada", 2),
        ("asthma in ontario", "Ontario, Canada", 2),
        ("asthma Ontario", "Ontario, Canada", 2),
        ("asthma in Ontario, California", "Ontario, California, United States", 1),
        ("asthma in London, Ontario", "London, Ontario, Canada", 1),
        ("London, ON", "London, Ontario, Canada", 1),
        ("asthma in Portland, Maine", "Portland, Maine, United States", 1),
        ("asthma Portland ME", "Portland, Maine, United States", 1),
        ("asthma in Columbus, Georgia", "Columbus, Georgia, United States", 1),
        ("Columbus, Georgia", "Columbus, Georgia, United States", 1),
        ("asthma in Georgia, USA", "Georgia, United States", 2),
        ("asthma in Tbilisi, Georgia", "Tbilisi, Georgia", 1),
        ("asthma in New York", "New York, United States", 1),
        ("asthma in New York State", "New York, United States", 2),
        ("asthma in Washington, DC", f"Washington, {DC} / Washington D.C., {DC}", 2),
        ("asthma in Washington D.C.", f"Washington, {DC} / Washington D.C., {DC}", 2),
        ("asthma in Ontario or Texas", "Ontario, Canada / Texas, United States", 3),
        ("asthma in Newcastle upon Tyne", "Newcastle upon Tyne, United Kingdom", 1),
        ("asthma in newcastle upon tyne", "Newcastle upon Tyne, United Kingdom", 1),
    ],
)
def test_a_place_is_that_alone(site: Visit, words: str, chip: str, count: int) -> None:
    chips, status = place(site, words)
    assert chips == [f"Place: {chip} ×"]
    assert f"{count} trial{'s' if count > 1 else ''} found" in status


@pytest.mark.parametrize(
    ("words", "area"),
    [("asthma in Paris, Texas", "Texas, United States"), ("Paris, Texas", "Texas, United States")],
)
def test_a_place_that_an_area_lacks_is_told(site: Visit, words: str, area: str) -> None:
    chips, status = place(site, words)
    assert chips == [f"Place: {area} ×"]
    assert f"No place called “Paris” is known here in {area}" in status


def test_a_part_of_a_country_that_is_called_by_it_is_told(site: Visit) -> None:
    chips, status = place(site, "asthma in Scotland")
    assert chips == ["Place: United Kingdom ×"]
    assert "places in Scotland alone can’t be told apart" in status
    site.page.get_by_role("link", name="Scotland, United Kingdom").click()
    site.page.get_by_text("1 trial found").wait_for()


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        ("asthma in Georgia", ["Georgia, United States"]),
        ("asthma in Córdoba", ["Córdoba, Argentina", "Córdoba, Spain"]),
        (
            "asthma in Portland",
            ["Portland, Maine, United States", "Portland, Oregon, United States"],
        ),
        ("asthma in New York", ["New York, United States (state or region)"]),
    ],
)
def test_namesakes_are_a_choice(site: Visit, words: str, choices: list[str]) -> None:
    assert "Did you mean" in place(site, words)[1]
    assert sorted(said(site, "#search-status a")) == choices
    name = choices[0]
    site.page.get_by_role("link", name=name).click()
    chip = name.removesuffix(" (state or region)")
    site.page.locator("#search-understood .chip", has_text=f"Place: {chip} ×").wait_for()


def test_near_a_town_in_a_state_is_near_that_one(site: Visit) -> None:
    chips, status = place(site, "asthma near Dallas, Texas")
    assert chips == ["Within 100 km of Dallas, Texas, United States ×"]
    assert "No place" not in status


def test_a_country_is_no_state_of_itself(site: Visit) -> None:
    assert place(site, "asthma in Norway") == (
        ["Place: Norway ×"],
        "1 trial found. Without the filter Place: Norway: 23 more.",
    )


def test_records_that_name_no_state_are_counted(site: Visit) -> None:
    assert "2 more trials may be there" in place(site, "asthma in Ontario, Canada")[1]


def test_a_name_at_the_end_that_several_places_have_is_a_choice(site: Visit) -> None:
    chips, status = place(site, "asthma Córdoba")
    assert not chips
    assert "Did you mean" in status
    assert sorted(said(site, "#search-status a")) == ["Córdoba, Argentina", "Córdoba, Spain"]
    site.page.get_by_role("link", name="Córdoba, Spain").click()
    site.page.locator("#search-understood .chip", has_text="Place: Córdoba, Spain ×").wait_for()
    assert "Did you mean" not in place(site, "asthma Glasgow")[1]
