"""Search: found over http and over file://, and every way in which making the index can fail."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import threading
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import msgspec
import pagefind_bin  # type: ignore[import-untyped]
import pytest
from browser import Visit, serve, visit
from faults.counts import FULL
from jinja2 import DictLoader, Environment
from markupsafe import Markup
from playwright.sync_api import Browser, Locator, Page, Route, expect
from rich import rich_trial
from sites import PATIENCE, Once
from unpacking import dictionary_in, unpacked

from trialpages.language.site_language import read_language
from trialpages.problems import MachineFailure
from trialpages.records.trial_file import read_trial
from trialpages.records.vocabulary import Status
from trialpages.search import offline, pagefind, parts
from trialpages.search.document import Block, Prose, SearchDocument, SearchSection, Words
from trialpages.search.documents import BREAK, read_slim_page, slim_page, to_html
from trialpages.search.facts import STATUS_ORDER, SearchFacts
from trialpages.search.index import SlimPages, build_delta, build_index
from trialpages.search.naming import shorten_names
from trialpages.search.pagefind import run_pagefind
from trialpages.search.parts import divided
from trialpages.search.quoted import quoted
from trialpages.search.site_index import TEXTS_TOGETHER, OwnIndex, own_index
from trialpages.search.target import Target
from trialpages.search.trial_document import trial_document
from trialpages.search.weights import Field
from trialpages.text.front_matter import read_yaml
from trialpages.trial.views import Context, TrialPage

ROOT = Path(__file__).parent.parent
STRINGS = ROOT / "templates/strings"
ENGLISH = read_language("en", {"strings/en.yaml": (STRINGS / "en.yaml").read_text("utf-8")})
BASE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{% block csp %}default-src 'none';
  script-src 'self'; img-src data:{% endblock %}">
<link rel="icon" href="data:,"><title>{% block title %}{% endblock %}</title></head>
<body><header>{% block header_search %}{% endblock %}</header>
<main>{% block main %}{% endblock %}</main>{% block scripts %}{% endblock %}</body></html>"""
TRIAL = """{% extends "base.html" %}{% block main %}{{ content | safe }}{% endblock %}
{% block scripts %}<script src="{{ asset("trial.js") }}" defer></script>{% endblock %}"""


@dataclass(frozen=True)
class Made:
    """A small trial as the index reads it, and as the filters know it."""

    document: SearchDocument
    facts: SearchFacts


def trial(
    number: int, title: str, inclusion: str, *, status: str = "Recruiting", **more: Any
) -> Made:
    """A small trial; `more` are facts, and may give `alias`."""
    nct_id = f"NCT{number:08}"
    country, phase = more.pop("country", "Norway"), more.pop("phase", "Phase 2")
    ids = (nct_id, *([more.pop("alias")] if "alias" in more else []))
    document = SearchDocument(
        url=f"trials/{nct_id}.html",
        language="en",
        title=title,
        sections=(
            SearchSection(
                "description",
                "Detailed description",
                (Words("A study of a medicine.", Field.PROSE),),
            ),
            SearchSection("inclusion", "Inclusion criteria", (Prose(Markup(inclusion)),)),
            SearchSection("identifiers", "Identifiers", (Words(" ".join(ids), Field.NUMBERS),)),
        ),
        meta={"nct_id": nct_id, "status": status, "phase": phase, "countries": country},
    )
    facts = SearchFacts(
        url=document.url,
        title=title,
        ids=ids,
        status=status,
        status_rank=("Recruiting", "Completed", "Terminated").index(status),
        phases=(phase,),
        countries=(country,),
        updated=40_000 + number,
        **more,
    )
    return Made(document, facts)


YEAR = 8766  # hours

TRIALS = (
    trial(
        1,
        "Cadonilimab for gastric cancer",
        '<ol><li id="inc-1">Age ≥ 18 years &lt; 75</li>'
        '<li id="inc-2">Prior exposure to a PD-1/CTLA-4 antibody, such as cadonilimab</li></ol>',
        alias="AK104-303",
        conditions=("Gastric cancer",),
        interventions=("Cadonilimab",),
        youngest=18 * YEAR,
        oldest=76 * YEAR,
    ),
    trial(
        2,
        "Hepatitis in children",
        '<ul><li id="inc-1">Hepatitis B</li></ul>',
        status="Completed",
        youngest=4383,
        oldest=18 * YEAR,
        cities=("Seoul, Korea, Republic of", "Busan, Korea, Republic of"),
        enrollment=30,
        start=43_000,
        country="Korea, Republic of",
    ),
    trial(
        3,
        "Hepatitis in adults",
        '<ul><li id="inc-1">Hepatitis C</li>'
        '<li id="inc-2">Platelets ≥100 × 10^9/L; CD4+CD25+ T-cells</li></ul>',
        status="Terminated",
        country="Norway",
        alias="2019-001588-63",
        youngest=18 * YEAR,
        enrollment=500,
        healthy_volunteers=True,
    ),
    trial(
        4,
        "Hepatitis in elders",
        '<ul><li id="inc-1">Hepatitis C, aspirate of the liver; was in 2020-005849-16</li></ul>',
        country="Korea, Republic of",
        phase="Phase 3",
    ),
    *(
        trial(n, f"Influenza season {n}", '<ul><li id="inc-1">Fever</li></ul>')
        for n in range(5, 30)
    ),
)


def write_page(path: Path, template: str, root: str, content: str = "") -> None:
    """A page by a template of the theme, in the least of frames."""
    names = ("search.html", "_age.html", "_files.html")
    search = {name: (ROOT / "templates" / name).read_text(encoding="utf-8") for name in names}
    templates = {"base.html": BASE, "trial.html": TRIAL, **search}
    words, _ = read_yaml((ROOT / "templates/strings/en.yaml").read_text(encoding="utf-8"))
    environment = Environment(loader=DictLoader(templates), autoescape=True)
    html = environment.get_template(template).render(
        root=root,
        content=content,
        t=words,
        site={},
        asset=lambda name: f"{root}assets/{name}",
        has_asset=lambda _: False,
        in_forms=ENGLISH.in_forms,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8")


def html_of(block: Block) -> Markup:
    return block.html if isinstance(block, Prose) else Markup("<p>{}</p>").format(block.text)


def write_assets(folder: Path) -> None:
    """The theme's files, the scripts of the search as one, as a build publishes them."""
    shutil.copytree(ROOT / "theme", folder)
    scripts = sorted((folder / "search").iterdir())
    (folder / "search.js").write_text("".join(path.read_text("utf-8") for path in scripts), "utf-8")


def trial_page(document: SearchDocument) -> str:
    sections = (
        f'<h2 id="{s.id}">{s.heading}</h2>{"".join(map(str, map(html_of, s.blocks)))}'
        for s in document.sections
    )
    return f"<h1>{escape(document.title)}</h1>{''.join(sections)}"


@pytest.fixture(scope="module")
def site(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a search page, in a folder whose name needs escaping in an address."""
    return once("my site #1 ü", lambda folder: make_site(folder, tmp_path_factory.mktemp("state")))


def make_site(site: Path, state: Path) -> None:
    write_page(site / "search.html", "search.html", root="")
    write_page(site / "trials/index.html", "trial.html", root="../")
    for document in (made.document for made in TRIALS):
        write_page(site / document.url, "trial.html", root="../", content=trial_page(document))
    write_assets(site / "assets")
    make_index(TRIALS, state, site / "pagefind")


def make_index(trials: Sequence[Made], state: Path, target: Path) -> int:
    urls = write_slim_pages(trials, state)
    return build_index(SlimPages(state / "pages", urls), Target(target), state / "parts")


def make_delta(trials: Sequence[Made], state: Path, target: Path) -> int:
    urls = write_slim_pages(trials, state)
    return build_delta(SlimPages(state / "pages", urls), target, state / "parts")


def write_slim_pages(trials: Sequence[Made], state: Path) -> list[str]:
    for made in trials:
        path = state / "pages" / made.facts.url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(slim_page(made.document, made.facts), encoding="utf-8")
    return [made.facts.url for made in trials]


@pytest.fixture(params=["http", "file"] if FULL else ["either"])
def tab(request: pytest.FixtureRequest, site: Path, browser: Browser) -> Iterator[Visit]:
    """A tab on the site, once served below /repo/, once opened from the folder; in the test command
    every other test has it from the folder."""
    other = zlib.crc32(request.node.name.encode()) % 2
    if request.param == "file" or (request.param == "either" and other):
        with visit(browser, site.as_uri() + "/") as tab:
            yield tab
        return
    with serve(site) as address, visit(browser, address) as tab:
        yield tab


def open_search(tab: Visit, query: str = "") -> Page:
    tab.page.goto(f"{tab.site}search.html{query}")
    expect(tab.page.locator("#search-status")).not_to_be_empty()
    return tab.page


def open_group(page: Page, name: str) -> Locator:
    """A group of filters, with its choices read."""
    group = page.locator(f'[data-group="{name}"]')
    group.evaluate("group => { group.open = true; }")
    expect(group.locator(".choice").first).to_be_visible()
    return group


def count_of(page: Page, name: str, value: str) -> str:
    choice = page.locator(f'label:has(input[name="{name}"][value="{value}"])')
    return choice.locator(".choice-count").inner_text()


# ---- in the browser ----


@pytest.mark.browser
def test_a_word_leads_to_its_criterion_and_is_marked_there(tab: Visit) -> None:
    page = open_search(tab)
    page.fill("#q", "cadonilimab")
    expect(page.locator("#search-status")).to_have_text("1 trial found.")
    place = page.locator(".places a")
    expect(place).to_have_text(
        "Inclusion criteria Prior exposure to a PD-1/CTLA-4 antibody, such as cadonilimab"
    )
    expect(place.locator("mark")).to_have_text("cadonilimab")
    expect(page.locator(".card-tags")).to_have_text("Recruiting Phase 2 NCT00000001 ")
    expect(page.locator(".card-where")).to_have_text("Norway")
    place.click()
    expect(page.locator("#inc-2 mark")).to_have_text("cadonilimab")
    assert page.url == f"{tab.site}trials/NCT00000001.html?mark=cadonilimab#inc-2"


@pytest.mark.browser
def test_marks_can_be_removed(tab: Visit) -> None:
    page = tab.page
    page.goto(f"{tab.site}trials/NCT00000001.html?mark=CTLA-4+expo+ag#inc-2")
    expect(page.locator("mark")).to_have_text(
        ["exposure", "CTLA-4"]
    )  # `ag` begins `Age`: too short
    page.get_by_role("button", name="Remove highlights").click()
    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator("button")).to_have_count(0)
    assert page.url == f"{tab.site}trials/NCT00000001.html#inc-2"


@pytest.mark.browser
def test_a_mark_of_any_length_stops_nothing(tab: Visit) -> None:
    page = tab.page
    page.goto(f"{tab.site}trials/NCT00000001.html?mark={'a' * 33_000}+CTLA-4#inc-2")
    expect(page.locator("mark")).to_have_text(["CTLA-4"])


@pytest.mark.browser
@pytest.mark.parametrize("words", ["CTLA-4", "PD-1/CTLA-4", "pd-1 ctla-4", '"PD-1/CTLA-4"'])
def test_both_halves_of_a_pair_are_found(tab: Visit, words: str) -> None:
    page = open_search(tab)
    page.fill("#q", words)
    expect(page.locator(".place-text")).to_contain_text("a PD-1/CTLA-4 antibody")


@pytest.mark.browser
@pytest.mark.parametrize("words", ["10^9/L", "10^9", "≥100 × 10^9/L", '"≥100 × 10^9/L"'])
def test_a_power_of_ten_is_found_and_reads_as_in_the_record(tab: Visit, words: str) -> None:
    page = open_search(tab)
    page.fill("#q", words)
    expect(page.locator("#results .card-title a")).to_have_text(["Hepatitis in adults"])
    expect(page.locator(".place-text")).to_have_text("Platelets ≥100 × 10^9/L; CD4+CD25+ T-cells")


@pytest.mark.browser
def test_comparison_signs_read_as_in_the_record(tab: Visit) -> None:
    page = open_search(tab, "?q=age")
    expect(page.locator(".place-text").first).to_have_text("Age ≥ 18 years < 75")


@pytest.mark.browser
def test_a_registry_id_goes_to_its_trial_and_back_returns(tab: Visit) -> None:
    page = open_search(tab)
    page.fill("#q", "nct00000002")
    page.wait_for_url("**/trials/NCT00000002.html")
    page.go_back()
    page.wait_for_url("**/search.html")


@pytest.mark.browser
def test_an_alias_goes_to_its_trial_on_enter(tab: Visit) -> None:
    page = open_search(tab)
    page.fill("#q", "ak104-303")
    expect(page.locator("#search-status")).to_have_text("1 trial found.")
    page.press("#q", "Enter")
    page.wait_for_url("**/trials/NCT00000001.html")
    page.go_back()
    expect(page.locator("#search-status")).to_have_text("1 trial found.")


@pytest.mark.browser
@pytest.mark.parametrize("said", ["", "trial ", "ClinicalTrials.gov ID: "])
def test_an_id_in_the_address_goes_to_its_trial(tab: Visit, said: str) -> None:
    tab.page.goto(f"{tab.site}search.html?q={said}NCT00000003")
    tab.page.wait_for_url("**/trials/NCT00000003.html")


@pytest.mark.browser
@pytest.mark.parametrize("said", ["EUCTR2019-001588-63-ES", "2019-001588-63-de", "2019-001588-63"])
def test_a_number_of_the_old_eu_register_goes_to_its_trial(tab: Visit, said: str) -> None:
    """With a country and without: `This site has no 2019-001588-63`, which its record carries."""
    tab.page.goto(f"{tab.site}search.html?q={said}")
    tab.page.wait_for_url("**/trials/NCT00000003.html")


@pytest.mark.browser
def test_an_unknown_id_is_said_to_be_unknown(tab: Visit) -> None:
    page = open_search(tab)
    page.fill("#q", "NCT99999999")
    status = page.locator("#search-status")
    expect(status).to_contain_text("This site has no NCT99999999.")
    link = status.get_by_role("link")
    expect(link).to_have_attribute("href", "https://clinicaltrials.gov/study/NCT99999999")
    expect(page.locator("#results .card")).to_have_count(0)
    page.fill("#q", "EudraCT number 2019-001234-12")
    expect(status).to_contain_text("This site has no 2019-001234-12.")
    page.fill("#q", "ISRCTN 12345678")
    expect(status).to_contain_text("This site has no ISRCTN12345678.")
    page.fill("#q", "CTIS2024-512345-67-00")  # as the WHO writes it
    expect(status).to_contain_text("This site has no 2024-512345-67-00.")


@pytest.mark.browser
def test_a_number_that_only_a_text_names_finds_the_trial_that_names_it(tab: Visit) -> None:
    page = open_search(tab, "?q=EUCTR2020-005849-16")
    expect(page.locator("#search-status")).to_have_text("1 trial found.")
    expect(page.locator("#results .card")).to_contain_text("Hepatitis in elders")


@pytest.mark.browser
def test_who_asks_for_clinicaltrials_gov_gets_its_records(tab: Visit) -> None:
    """`No record here says: “ClinicalTrials.gov”`, which each of their pages says."""
    page = open_search(tab, "?q=clinicaltrials.gov")
    expect(page.locator("#search-status")).to_contain_text(f"{len(TRIALS)} trials found.")


@pytest.mark.browser
def test_an_unknown_word_is_not_silently_replaced(tab: Visit) -> None:
    page = open_search(tab, "?q=xylophone")
    expect(page.locator("#search-status")).to_contain_text("No trial found for “xylophone”.")
    expect(page.locator("#search-help")).to_be_visible()
    page.fill("#q", "aspirin")  # Pagefind would give `aspirate`
    expect(page.locator("#search-status")).to_contain_text("No trial found for “aspirin”.")
    page.fill("#q", "hepatitis xylophone")
    expect(page.locator("#search-status")).to_contain_text("No record here says: “xylophone”.")


@pytest.mark.browser
def test_a_misspelt_word_is_answered_with_what_it_may_mean(tab: Visit) -> None:
    page = open_search(tab, "?q=cadonilamab")
    status = page.locator("#search-status")
    expect(status).to_contain_text("No record here says “cadonilamab”. Did you mean cadonilimab?")
    expect(page.locator("#results .card-title a")).to_have_text(["Cadonilimab for gastric cancer"])
    status.get_by_role("link").click()
    expect(status).to_have_text("1 trial found.")
    expect(page.locator("#q")).to_have_value("cadonilimab")


@pytest.mark.browser
@pytest.mark.parametrize("part", ["ak104", "104-303", "0000001"])
def test_a_part_of_an_id_points_to_its_trial(tab: Visit, part: str) -> None:
    page = open_search(tab, f"?q={part}")
    expect(page.locator("#results .card-title a").first).to_have_text(
        "Cadonilimab for gastric cancer"
    )


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('"hepatitis c"', 2),
        ('"hepatitis c" liver', 1),
        ("age ≥18", 1),
        ("age ≥ 18", 1),
        ("hépatites", 3),
        ("CD4+CD25+ T-cells", 1),
        ('"platelets ≥ 100"', 1),
        ('"platelets ≥ 101"', 0),
    ],
)
def test_words_are_found_as_people_write_them(tab: Visit, words: str, found: int) -> None:
    page = open_search(tab)
    page.fill("#q", words)
    expect(page.locator("#results .card")).to_have_count(found)


@pytest.mark.browser
def test_an_age_is_a_number_and_its_unit_counts(tab: Visit) -> None:
    page = open_search(tab)
    titles = page.locator("#results .card-title a")
    for age, unit, children, gastric in (
        ("67", "years", False, True),
        ("75", "years", False, True),
        ("76", "years", False, False),
        ("17", "years", True, False),
        ("18", "years", False, True),
        ("5", "months", False, False),
        ("6", "months", True, False),
    ):
        page.goto(f"{tab.site}search.html?age={age}&unit={unit}&sort=start")
        expect(page.locator("#search[data-answered]")).to_be_attached()
        while page.locator("#more-results").is_visible():
            shown = titles.count()
            page.locator("#more-results").click()
            expect(titles).not_to_have_count(shown)
        found = titles.all_inner_texts()
        assert ("Hepatitis in children" in found) is children, (age, unit)
        assert ("Cadonilimab for gastric cancer" in found) is gastric, (age, unit)


@pytest.mark.browser
def test_what_one_can_join_comes_first_among_the_filters(tab: Visit) -> None:
    page = open_search(tab)
    names = page.locator('[data-group="status"] .choice-name')
    expect(names).to_have_text(["Recruiting", "Completed", "Terminated"])


@pytest.mark.browser
def test_a_group_of_many_choices_says_that_more_follow_and_finds_one_by_its_letters(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("pagefind"))
    trials = [trial(n, f"Study {n}", "", country=f"Country {n:02}") for n in range(1, 31)]
    make_index(trials, tmp_path, tmp_path / "site/pagefind")
    with visit(browser, (tmp_path / "site").as_uri() + "/") as tab:
        page = open_search(tab)
        group = open_group(page, "country")
        expect(group.locator(".choice")).to_have_count(8)
        group.get_by_role("button", name="Show more (22)").click()
        expect(group.locator(".choice")).to_have_count(28)
        expect(group.locator("input").nth(9)).to_be_focused()
        group.get_by_role("button", name="Show more (2)").click()
        expect(group.locator(".choice")).to_have_count(30)
        expect(group.get_by_role("button")).to_be_hidden()
        page.get_by_label("Find a country").fill("country 17")
        group.get_by_role("checkbox", name="Country 17").check()
        expect(page.locator("#search-status")).to_have_text("1 trial found.")
        assert page.url.endswith("?country=Country+17")
        page.get_by_label("Find a country").fill("23")
        expect(group.get_by_role("checkbox", name="Country 23")).to_be_visible()
        expect(group.get_by_role("checkbox", name="Country 17")).to_be_checked()


@pytest.mark.browser
def test_results_are_sorted_as_asked(tab: Visit) -> None:
    page = open_search(tab, "?q=hepatitis&sort=enrollment")
    titles = page.locator("#results .card-title a")
    expect(titles).to_have_text(
        ["Hepatitis in adults", "Hepatitis in children", "Hepatitis in elders"]
    )
    page.get_by_label("Sort by").select_option("Start date")
    expect(titles.first).to_have_text("Hepatitis in children")
    page.get_by_label("Sort by").select_option("Last update")
    expect(titles.first).to_have_text("Hepatitis in elders")
    page.go_back()
    expect(titles.first).to_have_text("Hepatitis in children")


@pytest.mark.browser
def test_filters_are_or_within_a_group_and_and_between_groups(tab: Visit) -> None:
    page = open_search(tab, "?q=hepatitis")
    status = page.locator("#search-status")
    expect(status).to_have_text("3 trials found.")
    open_group(page, "country")
    assert count_of(page, "status", "Completed") == "1"
    assert count_of(page, "country", "Korea, Republic of") == "2"
    page.get_by_role("checkbox", name="Completed").check()
    expect(status).to_have_text("1 trial found.")
    assert count_of(page, "status", "Terminated") == "1"  # an alternative, so still there
    assert count_of(page, "country", "Norway") == "0"
    page.get_by_role("checkbox", name="Terminated").check()
    expect(status).to_have_text("2 trials found.")
    page.get_by_role("checkbox", name="Norway").check()
    expect(status).to_have_text("1 trial found.")
    assert count_of(page, "status", "Completed") == "0"
    assert page.url.endswith("?q=hepatitis&status=Completed&status=Terminated&country=Norway")
    page.get_by_role("button", name="Clear all filters").click()
    expect(status).to_have_text("3 trials found.")


@pytest.mark.browser
def test_filters_alone_list_trials_newest_first_twenty_at_a_time(tab: Visit) -> None:
    page = open_search(tab, "?status=Recruiting")
    expect(page.locator("#search-status")).to_have_text("27 trials found.")
    expect(page.locator("#results .card")).to_have_count(20)
    expect(page.locator("#results .card-title a").first).to_have_text("Influenza season 29")
    page.get_by_role("button", name="More results").click()
    expect(page.locator("#results .card")).to_have_count(27)
    expect(page.locator("#more-results")).to_be_hidden()
    expect(page.locator("#results .card-title a").nth(20)).to_be_focused()
    page.locator("#results .card-title a").nth(26).click()
    page.go_back()
    expect(page.locator("#results .card")).to_have_count(27)


@pytest.mark.browser
def test_back_and_forward_restore_the_search(tab: Visit) -> None:
    page = open_search(tab, "?q=hepatitis")
    page.get_by_role("checkbox", name="Completed").check()
    expect(page.locator("#search-status")).to_have_text("1 trial found.")
    page.locator("#results .card-title a").click()
    page.go_back()
    expect(page.locator("#search-status")).to_have_text("1 trial found.")
    expect(page.get_by_role("checkbox", name="Completed")).to_be_checked()
    page.go_back()
    expect(page.locator("#search-status")).to_have_text("3 trials found.")
    expect(page.get_by_role("checkbox", name="Completed")).not_to_be_checked()
    page.go_forward()
    expect(page.locator("#search-status")).to_have_text("1 trial found.")
    expect(page.locator("#q")).to_have_value("hepatitis")


@pytest.mark.browser
def test_an_emptied_box_starts_anew(tab: Visit) -> None:
    page = open_search(tab, "?q=hepatitis")
    expect(page.locator("#results .card")).to_have_count(3)
    page.fill("#q", "")
    expect(page.locator("#search-status")).to_have_text(
        "Type a word, or choose a filter. Tables of posted results aren’t searched."
    )
    expect(page.locator("#results .card")).to_have_count(0)
    assert page.url == f"{tab.site}search.html"
    assert count_of(page, "status", "Completed") == "1"


@pytest.mark.browser
def test_signs_alone_name_no_trial(tab: Visit) -> None:
    page = open_search(tab, "?q=%2B%2B")
    expect(page.locator("#search-status")).to_contain_text("No trial found for “++”.")


@pytest.mark.browser
def test_words_typed_before_the_index_is_there_keep_the_filters_of_the_address(tab: Visit) -> None:
    held: list[Route] = []
    tab.page.route(re.compile(r"/status\.js$"), lambda route: held.append(route))
    tab.page.goto(f"{tab.site}search.html?status=Completed", wait_until="commit")
    tab.page.fill("#q", "hepatitis")
    tab.page.wait_for_timeout(500)
    for route in held:
        route.continue_()
    expect(tab.page.locator("#search-status")).to_have_text("1 trial found.")
    expect(tab.page.locator("#q")).to_have_value("hepatitis")


@pytest.mark.browser
def test_the_keyboard_is_enough(tab: Visit) -> None:
    page = open_search(tab)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("hepatitis/c")  # in the box, a slash is a slash
    expect(page.locator("#q")).to_have_value("hepatitis/c")
    status = page.locator("#search-status")
    expect(status).to_contain_text("2 trials found. 1 more says 1 of the 2 words")
    page.locator("#q").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the results")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#results .card-title a").first).to_be_focused()
    page.locator("#q").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#results .card-title a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trials/NCT*")


@pytest.mark.browser
def test_a_missing_index_is_explained(browser: Browser, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("pagefind"))
    with serve(tmp_path / "site") as address, visit(browser, address, clean=False) as tab:
        page = open_search(tab, "?q=hepatitis")
        expect(page.locator("#search-status")).to_contain_text("couldn’t be loaded")
        expect(page.get_by_role("link", name="Browse all trials")).to_be_visible()


MISSING = {
    "all but the page, as in a ZIP file": "(?!search.html)",
    "one script": "search.js",
    "the index": "pagefind",
}


@pytest.mark.browser
@pytest.mark.parametrize("missing", MISSING)
def test_a_page_without_its_files_says_to_unzip(
    browser: Browser, site: Path, tmp_path: Path, missing: str
) -> None:
    def left_out(_: str, names: list[str]) -> list[str]:
        return [name for name in names if re.match(MISSING[missing], name)]

    shutil.copytree(site, tmp_path / "site", ignore=left_out)
    with visit(browser, (tmp_path / "site").as_uri() + "/", clean=False) as tab:
        tab.page.goto(f"{tab.site}search.html?q=hepatitis")
        said = tab.page.get_by_text("unzip the whole file first, then open index.html")
        expect(said).to_have_count(1)
        expect(said).to_be_visible()


@pytest.mark.browser
def test_nothing_offline_is_requested_over_http(browser: Browser, site: Path) -> None:
    with serve(site) as address, visit(browser, address) as tab:
        requested: list[str] = []
        tab.page.on("request", lambda request: requested.append(request.url))
        open_search(tab, "?q=hepatitis")
        expect(tab.page.locator("#results .card")).to_have_count(3)
    assert not [url for url in requested if "/offline/" in url]


# ---- the slim pages ----


def slim(html: str) -> str:
    section = SearchSection("s", "S", (Prose(Markup(html)),))
    return to_html(SearchDocument("t.html", "en", "T", (section,), {"a": 'b, "c"'}))


def document_of(text: str) -> SearchDocument:
    """What the index knows of a trial's file."""
    trial = read_trial(text.encode(), "t.md").trial
    assert trial is not None
    page = TrialPage(trial, Context(ENGLISH, "", "2025-10-01", {}, with_results=False))
    return trial_document(trial, page, ENGLISH)


def test_names_of_arms_and_treatments_are_no_markup_and_keep_weight_and_place() -> None:
    document = document_of(rich_trial().replace("label: Nothing", "label: a <b> & c"))
    named = {b.id: b for s in document.sections for b in s.blocks if isinstance(b, Words)}
    assert named["arm-3"] == Words("a <b> & c", Field.ARMS, "arm-3")
    assert named["intervention-2"] == Words("Cadonilimab", Field.TREATMENTS, "intervention-2")
    assert '<p id="arm-3">a &lt;b&gt; &amp; c' in to_html(document)
    assert "&lt;p" not in to_html(document)
    assert b'["arm-3","a <b> & c"]' in quoted(document)


def test_the_title_of_a_related_trial_counts_least() -> None:
    sections = {section.id: section.blocks for section in document_of(rich_trial()).sections}
    assert sections["related"] == (Words("Another trial", Field.OF_OTHERS),)
    assert min(Field, key=lambda field: field.value.own) is Field.OF_OTHERS


def test_every_status_has_its_place_among_the_filters() -> None:
    assert set(STATUS_ORDER) == set(Status)
    assert len(STATUS_ORDER) == len(Status)


def test_words_part_at_slashes_but_tags_stay() -> None:
    page = slim('<p>PD-1/CTLA-4, a <a href="x/y">1/2</a></p>')
    assert f'<p>PD-1/{BREAK} CTLA-4, a <a href="x/y">1/{BREAK} 2</a> {BREAK}</p>' in page


def test_a_block_ends_in_a_break_once() -> None:
    page = slim("<ul><li id='inc-1'>one <em>two</em><ul><li>three.</li></ul></li></ul>")
    assert f"one <em>two</em> {BREAK}<ul><li>three. {BREAK}</li></ul></li></ul>" in page


def test_facts_travel_with_the_slim_page() -> None:
    made = trial(1, "Ends --> early", "<p>5 --> 6</p>", conditions=("A--> B",))
    text, indexed = read_slim_page(slim_page(made.document, made.facts).encode())
    assert indexed.facts == made.facts
    assert text.decode() == to_html(made.document)


def test_a_result_quotes_place_by_place_what_the_record_says() -> None:
    html = Markup('<p>All of:</p><ul><li id="inc-1">a <em>b</em> &lt; c<p>d</p></li></ul>')
    section = SearchSection("s", "S", (Prose(html), Words("5 < 6", Field.PROSE)))
    document = SearchDocument("t.html", "en", "T", (section,), {"a": 'b, "c"'})
    assert msgspec.json.decode(quoted(document)) == [
        "t.html",
        "T",
        {"a": 'b, "c"'},
        [["s", "S", [["", "All of:"], ["inc-1", "a b < c\nd"], ["", "5 < 6"]]]],
    ]


def test_whoever_an_old_record_names_is_searched() -> None:
    text = (
        "---\nnct_id: NCT00000001\nbrief_title: A\nstudy_type: OBSERVATIONAL\n"
        "overall_status: COMPLETED\nresponsible_party:\n  old_name_title: Ada Ode\n"
        "  old_organization: Hare Laboratory\n---\n"
    )
    assert "Hare Laboratory" in str(document_of(text))


def test_criteria_of_no_certain_kind_are_not_named_as_what_lets_people_in() -> None:
    text = (
        "---\nnct_id: NCT00000001\nbrief_title: A\nstudy_type: OBSERVATIONAL\n"
        "overall_status: COMPLETED\n---\n\n## Eligibility criteria\n\n- Migraine\n"
    )
    headings = [section.heading for section in document_of(text).sections]
    assert ENGLISH.words["search_unsure"] in headings
    assert ENGLISH.words["say_who_it_is_for"] not in headings


# ---- making the index ----


def test_the_index_holds_only_what_a_site_needs(site: Path) -> None:
    folder = site / "pagefind"
    names = {re.sub("^[0-9a-f]{12}$", "*", path.name) for path in folder.iterdir()}
    assert names == {"index.js", "engine.js", "wasm.en.pagefind", "*", "offline"}
    (build,) = (path.parent for path in folder.glob("*/words") if path.parent.name != "offline")
    (part,) = (path for path in folder.iterdir() if len(path.name) == 12 and path != build)
    names = {re.sub("_[0-9a-f]+", "_*", path.name) for path in part.iterdir()}
    assert names == {"pagefind-entry.json", "pagefind.en_*.pf_meta", "index"}
    groups = {"status", "country", "city", "condition", "phase", "start", "healthy"}
    tables = {*groups, "places", "sorting", "ages", "ids", "words", "asked-es", "near", "points"}
    scripts = {f"{name}.js" for name in tables}
    assert {path.name for path in build.iterdir()} == {*scripts, "words", "texts"}
    texts = list((build / "texts").iterdir())
    assert len(texts) == -(-len(TRIALS) // TEXTS_TOGETHER)


def test_names_that_the_metadata_does_not_know_are_refused(tmp_path: Path) -> None:
    make_index(TRIALS[:1], tmp_path, tmp_path / "pagefind")
    (index,) = tmp_path.glob("parts/*/index")
    (index / "fragment").mkdir()
    (index / "fragment/en_0123456.pf_fragment").write_bytes(b"")
    with pytest.raises(MachineFailure, match="metadata doesn't name"):
        shorten_names(index)


def test_a_word_costs_a_small_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pagefind takes the size of its files from a variable that it calls unstable."""
    made, usual = {}, pagefind._CHUNK_SIZE
    for size in (usual, 20):
        monkeypatch.setattr(pagefind, "_CHUNK_SIZE", size)
        state = tmp_path / str(size)
        make_index(TRIALS, state, state / "pagefind")
        made[size] = len(list((state / "pagefind").glob("*/index/*.pf_index")))
    assert made[usual] < made[20]


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_the_same_pages_make_no_new_index(tmp_path: Path) -> None:
    target = tmp_path / "pagefind"
    assert make_index(TRIALS[:3], tmp_path, target) == 1
    before = files(target)
    assert make_index(TRIALS[:3], tmp_path, target) == 0
    assert files(target) == before


def texts_below(target: Path) -> Iterator[bytes]:
    for folder in target.glob("[!o]*/texts"):
        dictionary = dictionary_in((target / "index.js").read_bytes())
        for path in folder.iterdir():
            yield unpacked(path.read_bytes(), dictionary)


def test_a_trial_that_is_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "pagefind"
    make_index(TRIALS[:3], tmp_path, target)
    assert make_index(TRIALS[:2], tmp_path, target) == 1
    assert len(list(target.glob("[!o]*/words"))) == 1
    assert b"NCT00000003" not in b"".join(texts_below(target))
    assert len([path for path in (tmp_path / "parts").iterdir() if path.is_dir()]) == 1


def test_one_of_two_worlds_is_enough(tmp_path: Path) -> None:
    make_index(TRIALS[:2], tmp_path, tmp_path / "both")
    both = files(tmp_path / "both")
    urls = [made.facts.url for made in TRIALS[:2]]
    pages, kept = SlimPages(tmp_path / "pages", urls), tmp_path / "parts"
    build_index(pages, Target(tmp_path / "web", offline=False), kept)
    build_index(pages, Target(tmp_path / "folder", native=False), kept)
    web, folder = files(tmp_path / "web"), files(tmp_path / "folder")
    assert {name for name in both if "offline/" not in name} == set(web)
    assert not [name for name in folder if name.endswith((".pf_index", ".pagefind"))]
    assert web | folder == both


def test_a_large_site_is_indexed_in_parts_of_fixed_share() -> None:
    digests = {f"trials/NCT{n:08}.html": str(n) for n in range(4000)}
    parts = divided(digests)
    assert len(parts) == 4
    assert {url: d for part in parts for url, d in part.items()} == digests
    more = divided({**digests, "trials/NCT99999999.html": "new"})
    assert sum(one != other for one, other in zip(parts, more, strict=True)) == 1


def test_parts_made_beside_each_other_are_those_made_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_LARGEST", 8)
    made: dict[int, dict[str, bytes]] = {}
    told: dict[int, list[tuple[int, int]]] = {1: [], 3: []}
    for jobs in told:
        state, target = tmp_path / str(jobs), tmp_path / str(jobs) / "pagefind"
        urls = write_slim_pages(TRIALS, state)
        count = build_index(
            SlimPages(state / "pages", urls),
            Target(target),
            state / "parts",
            jobs=jobs,
            progress=lambda *counts: told[jobs].append(counts),  # noqa: B023  (called here)
        )
        made[jobs] = files(target)
    assert count == 4
    assert made[1] == made[3]
    assert told[1] == told[3] == [(done, 4) for done in range(5)]


def test_our_own_part_is_worked_out_while_pagefind_makes_its(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out = threading.Event()

    def run(*call: Any) -> None:
        assert worked_out.wait(PATIENCE)
        run_pagefind(*call)

    def own(*given: Any) -> OwnIndex:
        found = own_index(*given)
        worked_out.set()
        return found

    monkeypatch.setattr(parts, "run_pagefind", run)
    monkeypatch.setattr("trialpages.search.index.own_index", own)
    pages = SlimPages(tmp_path / "pages", write_slim_pages(TRIALS, tmp_path))
    assert build_index(pages, Target(tmp_path / "target"), tmp_path / "parts") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has no core of its own")
def test_where_all_cores_make_parts_each_stays_on_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[int]] = []

    def run(*call: Any) -> None:
        seen.append(os.sched_getaffinity(0))
        run_pagefind(*call)

    monkeypatch.setattr(parts, "_LARGEST", 8)
    monkeypatch.setattr(parts, "run_pagefind", run)
    mine = os.sched_getaffinity(0)
    pages = SlimPages(tmp_path / "pages", write_slim_pages(TRIALS, tmp_path))
    for jobs in 1, 4:  # of the four parts not more than these can be made at a time
        build_index(pages, Target(tmp_path / f"{jobs}"), tmp_path / f"p{jobs}", jobs)
    assert [len(cores) for cores in seen[:4]] == [1] * 4
    assert seen[4:] == [mine] * 4
    assert os.sched_getaffinity(0) == mine


def test_an_interrupted_index_leaves_only_parts_that_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(parts, "_LARGEST", 8)
    pages = SlimPages(tmp_path / "pages", write_slim_pages(TRIALS, tmp_path))
    kept = tmp_path / "kept"
    with pytest.raises(KeyboardInterrupt):
        build_index(pages, Target(tmp_path / "stopped"), kept, jobs=2, progress=interrupt)
    left = sorted(path.name for path in kept.iterdir())
    assert len(left) == 2
    assert build_index(pages, Target(tmp_path / "whole"), kept) == 2
    assert set(left) < {path.name for path in kept.iterdir()}


def test_trials_in_another_language_share_the_index(tmp_path: Path) -> None:
    french = SearchDocument("trials/f.html", "fr", "Étude", ())
    also = Made(french, SearchFacts(url=french.url, title=french.title))
    make_index([*TRIALS[:2], also], tmp_path, tmp_path / "pagefind")
    assert len(list((tmp_path / "pagefind").glob("*/*.pf_meta"))) == 1


def test_without_documents_there_is_an_empty_index(tmp_path: Path) -> None:
    assert make_index([], tmp_path, tmp_path / "pagefind") == 0
    assert not list((tmp_path / "pagefind").glob("*/*.pf_meta"))


@pytest.mark.browser
def test_a_small_index_of_what_changed_goes_before_the_large_one(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    here = tmp_path / "site"
    shutil.copytree(site, here, ignore=shutil.ignore_patterns("pagefind"))
    make_index(TRIALS[:4], tmp_path, here / "pagefind")
    edited = trial(3, "Hepatitis in adults, revised", "<p>Hepatitis C or zebrafish</p>")
    assert make_delta([TRIALS[1], edited, TRIALS[3]], tmp_path, here / "pagefind") == 1
    with serve(here) as address, visit(browser, address) as tab:
        page = open_search(tab, "?q=zebrafish")
        expect(page.locator("#results .card-title a")).to_have_text(
            ["Hepatitis in adults, revised"]
        )
        page.fill("#q", "hepatitis")
        expect(page.locator("#search-status")).to_have_text("3 trials found.")
        page.fill("#q", "cadonilimab")  # gone
        expect(page.locator("#search-status")).to_contain_text("No trial found")
    assert make_index([TRIALS[1], edited, TRIALS[3]], tmp_path, here / "pagefind") == 1


@pytest.mark.browser
def test_a_half_typed_word_is_found_in_all_files_of_the_index(
    browser: Browser, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagefind, "_CHUNK_SIZE", 1)
    here = tmp_path / "site"
    shutil.copytree(site, here, ignore=shutil.ignore_patterns("pagefind"))
    words = ("immunization", "immunodeficiency", "immunogenicity", "immunotherapy")
    trials = [trial(n, f"A study of {word}", "") for n, word in enumerate(words)]
    make_index(trials, tmp_path, here / "pagefind")
    with visit(browser, here.as_uri() + "/") as tab:
        page = open_search(tab, "?q=immuno")
        expect(page.locator("#search-status")).to_have_text("3 trials found.")
        page.fill("#q", "study of immun")
        expect(page.locator("#search-status")).to_have_text("4 trials found.")


FAKES = {
    "crashes": ("echo out of luck; exit 70", "ended with status 70.*out of luck"),
    "is killed": ("kill -9 $$", "stopped by signal 9"),
    "hangs": ("sleep 60 & wait", "didn't finish"),
    "writes nothing": ("exit 0", "no index that can be read"),
}


def fake_pagefind(monkeypatch: pytest.MonkeyPatch, path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: path)


@pytest.mark.parametrize("how", FAKES)
def test_a_pagefind_that_fails_is_a_machine_failure(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, message = FAKES[how]
    fake_pagefind(monkeypatch, tmp_path / "pagefind-fake", script)
    monkeypatch.setattr(pagefind, "_LEAST_SECONDS", 0.5)
    with pytest.raises(MachineFailure, match=f"(?s){message}") as failure:
        make_index(TRIALS[:1], tmp_path, tmp_path / "pagefind")
    assert failure.value.problems[0].hint


def test_a_missing_pagefind_is_a_machine_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: tmp_path / "nowhere")
    with pytest.raises(MachineFailure, match="can't be run"):
        make_index(TRIALS[:1], tmp_path, tmp_path / "pagefind")


def test_a_wrong_count_is_a_machine_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pagefind_bin.get_executable()
    forget = f'/bin/rm trials/NCT00000001.html; exec "{real}" "$@"'
    fake_pagefind(monkeypatch, tmp_path / "pagefind-fake", forget)
    with pytest.raises(MachineFailure, match="indexed 1 of 2"):
        make_index(TRIALS[:2], tmp_path, tmp_path / "pagefind")


def test_a_full_disk_is_a_machine_failure(tmp_path: Path) -> None:
    (tmp_path / "parts").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(MachineFailure, match="can't make the search index"):
        make_index(TRIALS[:1], tmp_path, tmp_path / "pagefind")


@pytest.mark.parametrize("known", [known for known, _ in offline._REWRITES])
def test_an_unknown_pagefind_is_refused(known: str, tmp_path: Path) -> None:
    make_index(TRIALS[:1], tmp_path, tmp_path / "pagefind")
    (code,) = tmp_path.glob("parts/*/index/pagefind.js")
    code.write_text(code.read_text(encoding="utf-8").replace(known, ""), encoding="utf-8")
    with pytest.raises(MachineFailure, match="0 times, not once") as failure:
        offline.write_engine(code.parent, Target(tmp_path, offline=False))
    assert "pagefind-bin==1.5.2" in failure.value.problems[0].hint


def test_an_unexpected_file_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index/a b.pf_index").write_bytes(b"")
    (tmp_path / "pagefind-entry.json").write_bytes(b"{}")
    with pytest.raises(MachineFailure, match="a file named"):
        offline.write_twin(tmp_path, tmp_path / "offline")


@pytest.mark.browser
def test_words_of_an_address_are_quoted_and_bounded_in_our_sentences(tab: Visit) -> None:
    """Whoever made the address chose them: they say nothing in the site's name."""
    said = " ".join(["thistrialisclosed", "callnow", "q" * 90, *(f"zz{n}xv" for n in range(300))])
    page = open_search(tab, f"?q=hepatitis {said}")
    status = page.locator("#search-status")
    expect(status).to_contain_text("“thistrialisclosed”, “callnow”")
    expect(status).to_contain_text(f"“{'q' * 39}…”")
    expect(status).to_contain_text("more words")
    assert len(status.inner_text()) < 1_500
