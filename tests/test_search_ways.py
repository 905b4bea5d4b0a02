"""One thing asked in several ways: towns in countries, cancers of organs, healthy volunteers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import Visit, serve, visit
from playwright.sync_api import Browser, expect
from sites import Once, build_site

pytestmark = pytest.mark.browser

RECORD = """---
nct_id: NCT000000{number:02}
brief_title: {title}
overall_status: COMPLETED
study_type: INTERVENTIONAL
conditions: [{condition}]
healthy_volunteers: {healthy}
locations:
  - {{facility: A, city: Birmingham, country: {country}}}
---

## Brief summary

{summary}
"""


def record(
    number: int, title: str, condition: str, summary: str, *, healthy: str = "false", there: str
) -> str:
    return RECORD.format(
        number=number,
        title=title,
        condition=condition,
        summary=summary,
        healthy=healthy,
        country=there,
    )


UK, US = "United Kingdom", "United States"
CONTENT: dict[str, str | bytes] = {
    f"trials/NCT000000{number:02}.md": text
    for number, text in enumerate(
        [
            record(1, "Film for ovarian cancer", "Ovarian Cancer", "If recurrent.", there=UK),
            record(2, "Walking", "Ovarian Neoplasms", "A ribbon.", there=US),
            record(3, "Rest of healthy volunteers", "Rest", "Sleep.", healthy="true", there=UK),
            record(
                4, "Sleep at the margin, not of healthy volunteers", "Insomnia", "Ah.", there=US
            ),
            *(record(n, "Recurrent pain", "Pain", "Ah.", there=US) for n in range(5, 15)),
        ],
        start=1,
    )
}


@pytest.fixture(scope="module")
def site(once: Once, browser: Browser) -> Iterator[Visit]:
    folder = once("ways", lambda project: build_site(project, CONTENT, search=True)) / "site"
    with serve(folder, "/") as address, visit(browser, address) as found:
        yield found


def found(tab: Visit, words: str) -> set[int]:
    """The numbers of the trials that have all words."""
    tab.page.goto(f"{tab.site}search.html?q={words}")
    tab.page.locator("#search[data-answered]").wait_for(state="attached")
    links = tab.page.locator("#results > li:not(.result-divider ~ *) .card-title a")
    hrefs = links.evaluate_all("all => all.map((a) => a.href)")
    return {int(href.partition(".html")[0][-2:]) for href in hrefs}


def chips(tab: Visit) -> list[str]:
    return tab.page.locator("#search-understood .chip").all_inner_texts()


@pytest.mark.parametrize(
    ("words", "trials", "place"),
    [
        ("ovarian cancer uk birmingham", {1}, UK),
        ("ovarian cancer Birmingham, UK", {1}, UK),
        ("cancer of ovaries in birmingham, england", {1}, UK),
        ("birmingham usa ovarian cancer", {2}, US),
    ],
)
def test_a_town_beside_its_country_is_the_one_there(
    site: Visit, words: str, trials: set[int], place: str
) -> None:
    assert found(site, words) == trials
    assert chips(site) == [f"Place: Birmingham, {place} ×"]


@pytest.mark.parametrize(
    "words",
    ["ovarian cancer", "tumour ovary", "ovary tumors", "cancer of the ovaries", "ovary carcinoma"],
)
def test_a_cancer_is_found_however_its_organ_is_said(site: Visit, words: str) -> None:
    assert found(site, words) == {1, 2}


def test_what_a_longer_name_is_in_one_word_meets_it_in_prose(site: Visit) -> None:
    assert found(site, "ovarian cancer that came back") == {1}


@pytest.mark.parametrize(("words", "all_of_them"), [("healthy volunteers", {3}), ("sleep", {3, 4})])
def test_healthy_volunteers_are_a_filter(site: Visit, words: str, all_of_them: set[int]) -> None:
    assert found(site, words) == all_of_them
    assert chips(site) == (["Healthy volunteers: Accepted ×"] if "healthy" in words else [])


def test_a_name_is_no_slip_of_a_common_word(site: Visit) -> None:
    assert found(site, "marfan") == set()
    expect(site.page.locator("#search-status")).not_to_contain_text("Did you mean")
    found(site, "imsonnia")
    expect(site.page.locator("#search-status")).to_contain_text("Did you mean insomnia")


@pytest.fixture(scope="module")
def towns(once: Once, browser: Browser) -> Iterator[Visit]:
    places = [("München", "Germany"), ("Munich", "Germany"), ("Napoli", "Italy"), ("Naples", US)]
    files: dict[str, str | bytes] = {
        f"trials/NCT000000{n:02}.md": record(n, "Rest", "Pain", "Ah.", there=country).replace(
            "Birmingham", town
        )
        for n, (town, country) in enumerate(places, 1)
    }
    folder = once("towns", lambda project: build_site(project, files, search=True)) / "site"
    with serve(folder, "/") as address, visit(browser, address) as found:
        yield found


@pytest.mark.parametrize(
    ("words", "trials"),
    [
        ("pain in Munich", {1, 2}),
        ("pain in münchen", {1, 2}),
        ("pain munich germany", {1, 2}),
        ("pain in Napoli", {3}),
        ("pain in Naples", {3, 4}),
    ],
)
def test_a_town_of_several_names_is_one_place(towns: Visit, words: str, trials: set[int]) -> None:
    assert found(towns, words) == trials


@pytest.fixture(scope="module")
def said_otherwise(once: Once, browser: Browser) -> Iterator[Visit]:
    told = [
        ("Pancreatic Cancer", "A rest."),
        ("Cancer", "Of the pancreas."),
        ("Type II Diabetes", "A rest."),
        ("Glioma", "At grade 2, in stage 3 of 4 visits."),
        ("Glioma", "A walk. Gliomas of grades III-IV, in stage IV."),
        ("Cough", "A rest. Not in dysmenorrhea."),
        ("Back Pain", "A period of rest."),
    ]
    files: dict[str, str | bytes] = {
        f"trials/NCT000000{n:02}.md": record(n, "Rest", condition, summary, there=UK)
        for n, (condition, summary) in enumerate(told, 1)
    }
    folder = once("otherwise", lambda project: build_site(project, files, search=True)) / "site"
    with serve(folder, "/") as address, visit(browser, address) as found:
        yield found


@pytest.mark.parametrize(
    ("words", "trials"),
    [
        ("pancreas cancer", {1, 2}),
        ("pancreatic cancer", {1, 2}),
        ("cancer -pancreas", {1}),  # which says pancreatic
        ("type 2 diabetes", {3}),
        ("glioma grade IV", {5}),
        ("grade III glioma", {5}),
    ],
)
def test_an_organ_and_a_number_are_one_however_they_are_said(
    said_otherwise: Visit, words: str, trials: set[int]
) -> None:
    assert found(said_otherwise, words) == trials


def test_a_name_that_no_trial_bears_is_said_to_be_mentioned_alone(said_otherwise: Visit) -> None:
    status = said_otherwise.page.locator("#search-status")
    assert found(said_otherwise, "period pain") == {6, 7}
    expect(status).to_contain_text(
        "No trial here names dysmenorrhea, another name of “period pain”,"
    )
    found(said_otherwise, "back pain")
    expect(status).not_to_contain_text("No trial here")


def test_a_number_beside_its_word_comes_before_both_apart(said_otherwise: Visit) -> None:
    found(said_otherwise, "glioma stage 4")
    results = said_otherwise.page.locator("#results > li")
    expect(results.first.locator(".trial-id")).to_have_text("NCT00000005")
    expect(results.last).to_contain_text("Doesn’t say: “stage 4”")
