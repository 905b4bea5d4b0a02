"""The site as a visitor has it: in a real browser, over http below /repo/ and from a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from browser import OVER, Visit, serve, settle, visit
from playwright.sync_api import Browser, expect
from sites import AS_OF, PROJECT, SAMPLE

from trialpages.build import Request, build
from trialpages.content.reading import Folders
from trialpages.settings.site_file import Site, published_lists
from trialpages.trial.kinds import KINDS, ways_in

pytestmark = pytest.mark.browser

PAGES = (
    "index.html",
    "search.html",
    "about.html",
    "trials/index.html",
    "trials/NCT06494995.html",
    "trials/NCT06577194.html",
    "interventions/index.html",
    "countries/china.html",
)


@pytest.fixture(params=OVER, scope="module")
def address(request: pytest.FixtureRequest, sample_site: Path) -> Iterator[str]:
    if request.param == "file":
        yield sample_site.as_uri() + "/"
        return
    with serve(sample_site, "/repo/") as found:
        yield found


def test_a_drug_leads_to_the_criterion_that_names_it(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + "index.html")
    page.get_by_role("searchbox").first.fill("cadonilimab")
    page.keyboard.press("Enter")
    result = page.locator("#results > li").first
    expect(result).to_contain_text("NCT06494995")
    place = result.get_by_role("link").nth(1)
    place.click()
    anchor = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    target = page.locator(f'[id="{anchor}"]')
    expect(target).to_be_in_viewport()
    section = page.locator(f'section:has([id="{anchor}"]), [id="{anchor}"]').last
    expect(section.locator("mark").first).to_have_text("cadonilimab", ignore_case=True)


def test_words_of_a_criterion_lead_to_that_criterion(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + "search.html?q=intrauterine")
    place = page.locator("#results > li").first.locator('a[href*="#inc-1"]').first
    expect(place).to_be_visible()
    place.click()
    assert page.evaluate("location.hash") in ("#inc-11", "#inc-12")


def test_an_id_goes_to_its_trial_and_back_returns(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + "search.html")
    page.locator("#q").fill("nct06577194")
    expect(page).to_have_url(tab.site + "trials/NCT06577194.html")
    page.go_back()
    expect(page.locator("#q")).to_be_visible()


def test_filters_narrow_and_back_widens(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + "search.html?q=cancer")
    expect(page.locator("#results > li")).to_have_count(2)
    page.goto(tab.site + "search.html?q=HNSCC")
    expect(page.locator("#results > li")).to_have_count(1)
    page.go_back()
    expect(page.locator("#results > li")).to_have_count(2)
    expect(page.locator("#q")).to_have_value("cancer")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_complains_or_leaves_the_site(tab: Visit, path: str) -> None:
    """The policy is strict: no violation, no console error, no request elsewhere, no storage."""
    page = tab.page
    page.goto(tab.site + path)
    settle(page)
    policy = page.locator('meta[http-equiv="Content-Security-Policy"]')
    assert "default-src 'none'" in (policy.get_attribute("content") or "")
    expect(page.locator("h1")).to_have_count(1)
    assert page.context.cookies() == []
    stored = "document.cookie.length + localStorage.length + sessionStorage.length"
    assert page.evaluate(stored) == 0


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_small_phone(tab: Visit, path: str) -> None:
    page = tab.page
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(tab.site + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", PAGES)
def test_letters_twice_as_large_leave_each_field_room(tab: Visit, path: str) -> None:
    page = tab.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(tab.site + path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    fields = page.locator("input:is([type=search], [type=number], [type=text]):visible").all()
    widths = [box["width"] for field in fields if (box := field.bounding_box())]
    assert all(width > 100 for width in widths)


LOW = """(all) => all.map((link) => [link.getBoundingClientRect().height, link.textContent])
  .filter(([height]) => height < 24)"""


@pytest.mark.parametrize("path", ["overview.html", "index.html"])
def test_a_link_that_stands_alone_is_as_high_as_a_finger_needs(tab: Visit, path: str) -> None:
    tab.page.set_viewport_size({"width": 390, "height": 800})
    tab.page.goto(tab.site + path)
    links = tab.page.locator("main :is(li > a, .bar-label > a, .more > a, h3 > a):visible")
    assert links.count() > 3
    assert links.evaluate_all(LOW) == []


def test_each_bar_of_the_years_leads_to_as_many_trials(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + "overview.html")
    bars = page.locator("#start_years li:has(a)")
    said = {
        bar.locator("a").get_attribute("href") or "": int(bar.locator(".bar-count").inner_text())
        for bar in bars.all()
    }
    assert said
    for href, count in said.items():
        page.goto(tab.site + href)
        expect(page.locator("#search-status")).to_contain_text(
            re.compile(rf"^{count} trials? found")
        )


def test_every_fact_is_readable_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(address + "index.html")
        page.get_by_role("link", name="AK104 and Low-dose Radiation").first.click()
        expect(page.locator("#inc-9-1")).to_contain_text("≥1.5×109/L")
        page.goto(address + "search.html")
        expect(page.locator("noscript p").first).to_contain_text("trials/NUMBER.html")
        links = page.locator("noscript a")
        paths = links.evaluate_all("all => all.map(link => link.getAttribute('href'))")
        assert paths == [
            f"{name}/index.html" for name in ("trials", *ways_in(published_lists(Site(), KINDS)))
        ]
        expect(page.locator("#search")).to_be_hidden()
        number = "NCT06494995"
        page.goto(page.url.replace("search.html", "trials/NUMBER.html").replace("NUMBER", number))
        expect(page.locator(".trial-ids")).to_contain_text(number)
    finally:
        context.close()


def test_a_criterion_in_the_address_is_shown(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + "trials/NCT06494995.html#exc-7-1")
    expect(page.locator("#exc-7-1")).to_be_in_viewport()


def test_headings_are_in_order(tab: Visit) -> None:
    page = tab.page
    for path in PAGES:
        page.goto(tab.site + path)
        headings = page.locator("h1, h2, h3, h4, h5, h6")
        levels = headings.evaluate_all("all => all.map(heading => +heading.tagName[1])")
        assert levels and levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_wrong_address_leads_back(browser: Browser, tmp_path: Path) -> None:
    """404.html is shown at any address, so its links carry the site's own."""
    with serve(tmp_path / "site", "/repo/") as address:
        here = Folders(
            SAMPLE / "content", PROJECT / "templates", PROJECT / "theme", tmp_path / "site"
        )
        build(Request(here, AS_OF, url=address, search=False))
        with visit(browser, address) as tab:
            tab.page.goto(address + "404.html")
            tab.page.get_by_role("link", name="Trials", exact=True).first.click()
            expect(tab.page).to_have_url(address + "trials/index.html")
