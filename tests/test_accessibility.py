"""WCAG 2.2 AA as far as axe-core can tell, and a real HTML checker, on every page type.

axe can't judge everything: reading order, meaning of names and the like are looked at by eye.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import html_checker
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from browser import Visit, serve, visit
from faults.counts import pairs
from playwright.sync_api import Browser, ViewportSize, expect
from rich import RICH_ID

pytestmark = pytest.mark.browser

TRIAL = f"trials/{RICH_ID}.html"
RESULTS = f"trials/{RICH_ID}.results.html"
PAGES = (
    "index.html",
    "search.html",
    "404.html",
    "about.html",
    "glossary.html",
    "overview.html",
    "shortlist.html",
    "compare.html",
    "trials/index.html",
    "conditions/index.html",
    "conditions/migraine.html",
    "trials/NCT06494995.html",
    TRIAL,
    RESULTS,
)
WIDE: ViewportSize = {"width": 1280, "height": 900}
SMALL: ViewportSize = {"width": 320, "height": 640}
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Options = dict[str, Any]
Media = dict[str, Any]
OPTIONS: Options = {"runOnly": {"type": "tag", "values": WCAG_22_AA}, "resultTypes": ["violations"]}
ON_PAPER = OPTIONS | {"rules": {"target-size": {"enabled": False}}}  # nothing is pressed there
OF_COLOUR = ["color-contrast", "link-in-text-block"]
COLOURS = OPTIONS | {"runOnly": {"type": "rule", "values": OF_COLOUR}}
FORMS = OPTIONS | {"rules": {rule: {"enabled": False} for rule in OF_COLOUR}}

LOOKS: dict[str, tuple[ViewportSize, Media, Options]] = {
    "wide": (WIDE, {"color_scheme": "light", "media": "screen"}, OPTIONS),
    "dark": (WIDE, {"color_scheme": "dark", "media": "screen"}, COLOURS),
    "320 px": (SMALL, {"color_scheme": "light", "media": "screen"}, FORMS),
    "print": (WIDE, {"color_scheme": "light", "media": "print"}, ON_PAPER),
}
"""A screen 1,280 px wide at 400 % zoom is 320 px wide. In the dark only colours are others,
and on a small screen they are those of a wide one."""


@pytest.fixture(scope="module")
def address(rich_site: Path) -> Iterator[str]:
    """At a domain's root, where 404.html finds its style sheet too."""
    with serve(rich_site, "/") as found:
        yield found


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Visit]:
    with visit(browser, address, clean=False) as found:
        yield found


OTHERS = [look for look in LOOKS if look != "wide"]
"""One of them for each page, or in the full run all."""


def violations_in(tab: Visit, looks: Iterable[str]) -> list[str]:
    """What axe finds on the page as it stands, in each of the looks."""
    found = list[str]()
    for look in looks:
        size, media, options = LOOKS[look]
        tab.page.set_viewport_size(size)
        tab.page.emulate_media(**media, reduced_motion="reduce")
        found += [f"{look}: {each}" for each in violations(tab, options)]
    return found


def violations(tab: Visit, options: Options = OPTIONS) -> list[str]:
    """What axe finds on the page, everything that folds opened."""
    tab.page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    found = Axe().run(tab.page, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"][:3]]


@pytest.mark.parametrize(("path", "look"), pairs(PAGES, OTHERS))
def test_axe_finds_nothing(tab: Visit, path: str, look: str) -> None:
    tab.page.goto(tab.site + path)
    assert violations_in(tab, ("wide", look)) == []


SEARCHES = {
    "results": ("migraine", 1),
    "results of an age": ("migraine&age=40&status=Recruiting", 1),
    "what was meant": ("migrane", 1),
    "no result": ("xylophone", 0),
    "an unknown id": ("NCT99999999", 0),
}


@pytest.mark.parametrize(("state", "look"), pairs(SEARCHES, OTHERS))
def test_axe_finds_nothing_in_a_search(tab: Visit, state: str, look: str) -> None:
    words, least = SEARCHES[state]
    tab.page.goto(f"{tab.site}search.html?q={words}")
    expect(tab.page.locator("#search[data-answered]")).to_be_attached()
    assert min(tab.page.locator("#results .card").count(), 1) == least
    tab.page.locator("#search-filters").evaluate("panel => panel.open = true")
    tab.page.locator("[data-group=condition] > summary").click()
    expect(tab.page.locator("[data-group=condition] .choice").first).to_be_visible()
    assert violations_in(tab, ("wide", look)) == []


CHOSEN = {
    "shortlist": (f"shortlist.html#NCT06494995,{RICH_ID},NCT99999999", "#cards .card"),
    "checklists": (f"shortlist.html#NCT06494995,{RICH_ID}", "#checklists h1"),
    "comparison": (f"compare.html#NCT06494995,{RICH_ID}", "#compare td"),
    "answers": (TRIAL, ".tick"),
}
PRESSED = {"checklists": "Print the checklists", "answers": "Answer on the screen"}


@pytest.mark.parametrize(("state", "look"), pairs(CHOSEN, OTHERS))
def test_axe_finds_nothing_in_what_is_chosen(tab: Visit, state: str, look: str) -> None:
    path, shown = CHOSEN[state]
    tab.page.goto(tab.site + path)
    if state in PRESSED:
        tab.page.evaluate("window.print = () => {}; 0")
        tab.page.get_by_role("button", name=PRESSED[state]).click()
    expect(tab.page.locator(shown).first).to_be_visible()
    for answer in tab.page.locator(".tick button").all()[:2]:
        answer.click()
    assert violations_in(tab, ("wide", look)) == []
    tab.page.emulate_media(media="screen")
    tab.page.set_viewport_size(SMALL)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def test_axe_would_find_a_fault(tab: Visit) -> None:
    tab.page.goto(tab.site + TRIAL)
    tab.page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img>')")
    assert [found for found in violations(tab) if found.startswith("image-alt")]


@pytest.mark.parametrize("path", [TRIAL, RESULTS])
def test_headings_go_down_one_level_at_a_time(tab: Visit, path: str) -> None:
    tab.page.goto(tab.site + path)
    headings = tab.page.locator("h1, h2, h3, h4, h5, h6")
    levels = headings.evaluate_all("all => all.map(heading => +heading.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", [TRIAL, RESULTS])
def test_nothing_is_wider_than_a_small_phone(tab: Visit, path: str) -> None:
    tab.page.set_viewport_size(SMALL)
    tab.page.goto(tab.site + path)
    tab.page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def test_the_first_tab_stop_skips_to_the_content(tab: Visit) -> None:
    tab.page.goto(tab.site + TRIAL)
    tab.page.keyboard.press("Tab")
    expect(tab.page.locator(".skip-link")).to_be_focused()
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("main")).to_be_focused()


def test_a_criterion_has_a_link_to_itself_that_focus_shows(tab: Visit) -> None:
    tab.page.goto(tab.site + TRIAL)
    link = tab.page.get_by_role("link", name="Link to inc-2-1")
    expect(link).to_have_css("opacity", "0")
    link.focus()
    tab.page.keyboard.press("Shift+Tab")
    tab.page.keyboard.press("Tab")
    expect(link).to_have_css("opacity", "1")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#inc-2-1")).to_be_in_viewport()


def test_typing_a_town_leaves_its_places(tab: Visit) -> None:
    tab.page.goto(tab.site + TRIAL)
    expect(tab.page.locator("#locations tbody tr:visible")).to_have_count(0)
    tab.page.get_by_label("Find a place, town or country").fill("pérth austr")
    expect(tab.page.locator("#locations tbody tr:visible")).to_have_count(4)
    expect(tab.page.locator("#locations .quiet[role=status]")).to_have_text("4 of 14 places shown")
    tab.page.get_by_label("Find a place, town or country").fill("")
    expect(tab.page.locator("#locations details.country")).to_have_count(2)


def test_paper_has_a_checklist_and_the_whole_record_where_it_is_asked_for(tab: Visit) -> None:
    tab.page.emulate_media(media="print")
    tab.page.goto(tab.site + TRIAL)
    for shown in (".glance", "#inclusion", "#exclusion", ".notes-room", ".print-footer"):
        expect(tab.page.locator(shown)).to_be_visible()
    expect(tab.page.locator(".print-footer")).to_contain_text(f"{RICH_ID}.html")
    for hidden in ("#arms", "#references", ".site-header"):
        expect(tab.page.locator(hidden)).to_be_hidden()
    tab.page.goto(tab.site + TRIAL + "#whole-record")
    expect(tab.page.locator("#arms")).to_be_visible()
    expect(tab.page.locator("#references")).to_be_visible()
    expect(tab.page.locator(".notes-room")).to_be_hidden()


def test_on_paper_the_box_to_tick_stands_before_the_first_words_of_its_criterion(
    tab: Visit,
) -> None:
    tab.page.emulate_media(media="print")
    tab.page.goto(tab.site + TRIAL)
    loose = tab.page.locator("#inc-7")  # its text is a paragraph: a blank line follows
    top = "item => item.getBoundingClientRect().top"
    assert loose.locator("> p").evaluate(top) - loose.evaluate(top) < 3
    box = "item => getComputedStyle(item, '::before').width"
    assert float(loose.locator("> p").evaluate(box).removesuffix("px")) > 5
    assert loose.evaluate(box) == "auto"


def test_the_checklist_of_an_ordinary_trial_fits_two_sheets(tab: Visit) -> None:
    tab.page.goto(tab.site + TRIAL)
    assert tab.page.pdf(format="A4").count(b"/Type /Page\n") <= 2


# --- HTML ---------------------------------------------------------------------------------------


def test_a_real_html_checker_finds_no_error(rich_site: Path) -> None:
    if without := html_checker.missing():
        pytest.skip(f"NOT RUN: the Nu HTML checker ({without})")
    assert html_checker.errors(rich_site / path for path in PAGES) == []
