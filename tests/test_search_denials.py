"""What a question says that trials must not be: behind a minus, `not`, `without`."""

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
overall_status: COMPLETED
study_type: INTERVENTIONAL
phases: [PHASE3]
conditions: [Hay Fever]
{more}
---

## Brief summary

{summary}
"""
GERMANY = """locations:
  - {facility: A, city: Kiel, country: Germany}
  - {facility: B, city: Bath, country: France}"""
CONTENT: dict[str, str | bytes] = {
    f"trials/NCT0000000{number}.md": RECORD.format(
        number=number, title=title, more=more, summary=summary
    )
    for number, title, more, summary in [
        (
            1,
            "A rest for children without hay or much fever",
            "maximum_age: 17 Years",
            "Of bone marrow.",
        ),
        (2, "A rest", "minimum_age: 18 Years", "Of marrow and bone."),
        (3, "A rest", GERMANY, "Of men."),
        (4, "Dust", "", "Of German moths of Kiel, a bath, migraine, aura."),
    ]
}


@pytest.fixture(scope="module")
def site(once: Once, browser: Browser) -> Iterator[Visit]:
    folder = once("denials", lambda project: build_site(project, CONTENT, search=True)) / "site"
    with serve(folder, "/") as address, visit(browser, address) as found:
        yield found


def found(tab: Visit, words: str) -> set[int]:
    ask(tab, words)
    links = tab.page.locator("#results .card-title a").evaluate_all("all => all.map((a) => a.href)")
    return {int(href.partition(".html")[0][-1]) for href in links}


def sentence_of(tab: Visit) -> str:
    return " ".join(said(tab, "#search-status"))


@pytest.mark.parametrize(
    ("words", "trials", "left_out"),
    [
        ("hay fever -children", {2, 3, 4}, "“children”"),
        ("hay fever -child", {2, 3, 4}, "“child”"),
        ("hay fever -man", {1, 2, 4}, "“man”"),
        ("hay fever \N{MINUS SIGN}men", {1, 2, 4}, "“men”"),
        ('hay fever -"bone marrow"', {2, 3, 4}, "“bone marrow”"),
        ("-children", {2, 3, 4}, "“children”"),
    ],
)
def test_what_is_behind_a_minus_is_left_out_and_never_asked_for(
    site: Visit, words: str, trials: set[int], left_out: str
) -> None:
    assert found(site, words) == trials
    assert said(site, ".chip") == []
    assert f"Trials that say {left_out}" in sentence_of(site)


def test_a_country_behind_a_minus_leaves_out_who_has_a_place_there(site: Visit) -> None:
    assert found(site, "hay fever -Germany") == {1, 2, 4}  # which says the word
    assert "in this country or town are left out: Germany." in sentence_of(site)
    assert "that say" not in sentence_of(site)
    assert found(site, "hay fever -german") == {1, 2, 3}  # which isn't called so


@pytest.mark.parametrize(
    ("words", "trials", "sentence"),
    [
        ("hay fever -Kiel", {1, 2, 4}, "left out: Kiel, Germany."),  # which says the word
        ("hay fever -kiel-germany", {1, 2, 4}, "left out: Kiel, Germany."),
        ("hay fever -bath", {1, 2}, "Trials that say “bath”"),
        ("hay fever -Bath -Germany", {1, 2, 4}, "left out: Bath, France / Germany."),
    ],
)
def test_a_town_behind_a_minus_leaves_out_who_has_a_place_there(
    site: Visit, words: str, trials: set[int], sentence: str
) -> None:
    assert found(site, words) == trials
    assert sentence in sentence_of(site)


def test_words_beside_a_minus_are_filters_all_the_same(site: Visit) -> None:
    assert found(site, "-rest hay fever phase 3") == {4}
    assert "Trials that say “rest”" in sentence_of(site)
    assert found(site, "hay fever phase 3 -children") == {2, 3, 4}
    assert said(site, "#search-understood .chip") == ["Phase: Phase 3 ×"]


@pytest.mark.parametrize(
    ("words", "denial", "instead"),
    [
        ("hay fever not phase 3", "not phase 3", None),
        ("hay fever not for children", "not for children", None),
        ("hay fever except children", "except children", None),
        ("hay fever not in Germany", "not in Germany", "hay fever -Germany"),
        ("no rest", "no rest", "-rest"),
        ("Without hay fever", "Without hay fever", "-hay-fever"),
        ("hay fever without marrow", "without marrow", "hay fever -marrow"),
        ("hay fever outside of Germany", "outside of Germany", "hay fever -Germany"),
        ("hay fever far from Kiel", "far from Kiel", "hay fever -Kiel"),
        ("hay fever away from kiel", "away from kiel", "hay fever -kiel"),
        ("hay fever not in Kiel or Bath", "not in Kiel or Bath", "hay fever -Kiel -Bath"),
        ("hay fever not in Kiel, Germany", "not in Kiel, Germany", "hay fever -Kiel-Germany"),
        ("hay fever but not Germany", "not Germany", "hay fever -Germany"),
        ("hay fever that has not spread", "not spread", None),
        ("hay fever not type 2", "not type 2", None),
        ("hay fever not well controlled", "not well controlled", None),
        ("hay fever without family", "without family", "hay fever -family"),
        ("hay fever isn't in Germany", "isn't in Germany", "hay fever -Germany"),
        ("hay fever, I don't live in Germany", "don't live in Germany", "hay fever, I -Germany"),
        ("hay fever all but Germany", "all but Germany", "hay fever -Germany"),
        ("hay fever everywhere but Germany", "everywhere but Germany", "hay fever -Germany"),
        ("hay fever other than Germany", "other than Germany", "hay fever -Germany"),
        ("hay fever apart from Germany", "apart from Germany", "hay fever -Germany"),
        ("hay fever sauf Germany", "sauf Germany", "hay fever -Germany"),
        ("hay fever außer Germany", "außer Germany", "hay fever -Germany"),
        ("hay fever menos Germany", "menos Germany", "hay fever -Germany"),
        ("hay fever باستثناء Germany", "باستثناء Germany", "hay fever -Germany"),
        ("hay fever isn’t phase 3", "isn’t phase 3", None),
        ("hay fever all phases but phase 3", "all phases but phase 3", None),
        ("hay fever rather than phase 3", "rather than phase 3", None),
        ("hay fever not between 40 and 50", "not between 40 and 50", None),
        ("hay fever don't recruit women", "don't recruit women", None),
        ("hay fever closed to men", "closed to men", None),
        ("hay fever children can't join", "children can't join", None),
        ("hay fever men are excluded", "men are excluded", None),
    ],
)
def test_what_is_denied_is_said_wherever_it_stands(
    site: Visit, words: str, denial: str, instead: str | None
) -> None:
    found(site, words)
    assert said(site, ".chip") == []
    assert f"“{denial}” isn’t understood" in sentence_of(site)
    assert said(site, "#search-status a") == ([instead] if instead else [])


@pytest.mark.parametrize(
    "words", ["migraine without aura", "A rest for children without hay or much fever"]
)
def test_a_name_or_a_title_denies_nothing(site: Visit, words: str) -> None:
    found(site, words)
    assert "understood" not in sentence_of(site)


@pytest.mark.parametrize(
    "words",
    ["hay fever 非儿童", "hay fever 儿童除外", "not open to women", "hay fever hors Germany"],
)
def test_what_is_denied_is_no_filter(site: Visit, words: str) -> None:
    found(site, words)
    assert said(site, ".chip") == []


def test_what_goes_on_denies_no_place(site: Visit) -> None:
    found(site, "hay fever that won't go away in Germany")
    assert said(site, ".chip") == ["Place: Germany ×"]
    assert "understood" not in sentence_of(site)


@pytest.mark.parametrize("words", ["hay fever not marrow", "hay fever outside Germany"])
def test_what_is_denied_is_not_asked_for(site: Visit, words: str) -> None:
    assert found(site, words) == {1, 2, 3, 4}


def test_the_question_that_leaves_out_keeps_the_filters(site: Visit) -> None:
    assert found(site, "hay fever phase 3 without marrow aged 30 in Germany") == {3}
    assert said(site, "#search-status a")[0] == "hay fever phase 3 aged 30 in Germany -marrow"


def test_a_place_alone_is_outside(site: Visit) -> None:
    found(site, "hay fever outside marrow")
    assert "understood" not in sentence_of(site)


def test_of_hundreds_of_denials_few_are_looked_up(site: Visit) -> None:
    """Each is looked for among all towns: an address with many would stop the page."""
    ask(site, "without hay " * 30)
    assert "".join(said(site, "#search-status")).count("isn’t understood") == 10
