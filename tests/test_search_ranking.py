"""Which trials come first: those about what is asked for, the more so the more they say it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import Visit, ask, serve, visit
from playwright.sync_api import Browser, expect
from sites import Once, build_site

pytestmark = pytest.mark.browser

TOLD = [
    ("Asthma", "In spring."),
    ("Asthma", "Asthma at night, asthma by day and asthma at work. Recurrent."),
    ("Moyamoya Disease", "A walk, for strokes."),
    ("Stroke", "Recurrent moyamoya or another disease keeps nobody out. With quokkas."),
    ("Fabry Disease", "A walk, if recurrent."),
    ("Stroke", "Recurrent Fabry, or any disease."),
    ("Fabry Disease", "In spring."),
    *[("Cough", "A walk.")] * 5,
    ("Epilepsy", "A walk from 4 to 40 years of age."),
    ("Cough", "Who fits the model is fit."),
    ("Cough", "For a child, at play."),
    *[("Cough", "Anything that pts of somebody said.")] * 2,
    ("Newly Diagnosed Wilson Disease", "A walk."),
    ("Wilson Disease", "A walk. " + "Disease, disease of the lung. " * 20 + "No wilson disease."),
    ("Wilsonian Disease", "Of the last week of work."),
    ("Arthritis, Tropical", "In spring."),
    ("Tropical Arthritis", "At play."),
]
"""Of each trial the condition and the summary; two say `recurrent` for one that says `quokkas`."""

RECORD = """---
nct_id: NCT000000{number:02}
brief_title: Rest
overall_status: COMPLETED
study_type: INTERVENTIONAL
conditions: [{condition}]
---

## Brief summary

{summary}
"""


@pytest.fixture(scope="module")
def ranked(once: Once, browser: Browser) -> Iterator[Visit]:
    files: dict[str, str | bytes] = {
        f"trials/NCT000000{n:02}.md": RECORD.format(number=n, condition=condition, summary=summary)
        for n, (condition, summary) in enumerate(TOLD, 1)
    }
    folder = once("ranked", lambda project: build_site(project, files, search=True)) / "site"
    with serve(folder, "/") as address, visit(browser, address) as found:
        yield found


def order(tab: Visit, words: str) -> list[int]:
    ask(tab, words)
    return [int(text[-2:]) for text in tab.page.locator("#results .trial-id").all_inner_texts()]


def test_of_trials_about_a_thing_the_one_that_says_it_most_comes_first(ranked: Visit) -> None:
    assert order(ranked, "asthma") == [2, 1]


def test_a_trial_about_the_thing_comes_before_those_that_only_say_all_words(ranked: Visit) -> None:
    assert order(ranked, "recurrent moyamoya disease")[:2] == [3, 4]
    first = ranked.page.locator("#results > li").first
    expect(first).to_contain_text("Doesn’t say: “recurrent”")
    expect(ranked.page.locator("#search-status")).to_contain_text("1 trial found.")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("quokkas moyamoya disease", 4),  # a word of few trials tells more
        ("recurrent fabry disease", 5),  # one that says all words is about it
    ],
)
def test_a_trial_that_says_all_words_comes_first_else(
    ranked: Visit, words: str, first: int
) -> None:
    assert order(ranked, words)[0] == first


def test_where_no_trial_says_all_words_those_about_the_thing_come_first(ranked: Visit) -> None:
    """By its score the second, which says `asthma` four times, comes before them."""
    assert order(ranked, "recurrent asthma at night with fabry disease")[:2] == [5, 2]


def test_words_for_anything_at_all_are_not_demanded(ranked: Visit) -> None:
    assert order(ranked, "is there anything for pts with moyamoya disease")[0] == 3
    expect(ranked.page.locator("#search-status")).not_to_contain_text("No trial says")


@pytest.mark.parametrize("words", ["epilepsy", "epilepsy child 9"])
def test_a_thing_leads_to_no_lay_word_of_everyday(ranked: Visit, words: str) -> None:
    assert order(ranked, words) == [13]


@pytest.mark.parametrize("words", ["fits", "fits in children"])
def test_a_lay_word_of_everyday_leads_to_the_thing_before_what_says_it(
    ranked: Visit, words: str
) -> None:
    found = order(ranked, words)
    assert found[0] == 13 and 14 in found


@pytest.mark.parametrize(
    "words",
    [
        "newly diagnosed fabry disease",
        "just diagnosed with fabry",
        "I have been told I have Fabry disease",
        "my mother was diagnosed with fabry disease last week",
        "fabry disease two years ago",
        "I have had fabry disease for 20 years",
    ],
)
def test_how_and_when_one_was_told_is_no_part_of_what_is_asked(ranked: Visit, words: str) -> None:
    assert set(order(ranked, words)[:2]) == {5, 7}
    expect(ranked.page.locator("#search-status")).to_contain_text("3 trials found.")
    expect(ranked.page.locator("#results")).not_to_contain_text("Doesn’t say")


def test_trials_that_say_that_people_are_newly_diagnosed_come_first(ranked: Visit) -> None:
    assert order(ranked, "newly diagnosed wilson disease")[:2] == [18, 19]
    assert order(ranked, "newly diagnosed") == [18]


def test_who_says_disease_alone_is_no_answer_to_the_name_of_one(ranked: Visit) -> None:
    assert set(order(ranked, "wilson disease")) == {18, 19, 20}


def test_an_excerpt_shows_the_word_that_tells_most(ranked: Visit) -> None:
    ask(ranked, "wilson disease")
    places = ranked.page.locator("#results > li").filter(has_text="NCT00000019")
    expect(places.locator(".place-text").first).to_contain_text("No wilson")


@pytest.mark.parametrize("words", ["wilson", "wilsons", "Wilson's"])
def test_a_name_of_people_leads_to_its_adjective(ranked: Visit, words: str) -> None:
    assert set(order(ranked, words)) == {18, 19, 20}


def test_a_heading_of_a_catalogue_is_asked_as_it_is_spoken(ranked: Visit) -> None:
    assert order(ranked, "Arthritis, Tropical") == order(ranked, "tropical arthritis")
