"""Lists and indexes in a real browser: sorted and filtered there, whole without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import serve, visit
from playwright.sync_api import Browser, expect
from sites import Once, build_site, trial_text

pytestmark = pytest.mark.browser

NAMES = [f"{chr(65 + n % 26)}-disease {n}" for n in range(80)]


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    conditions = "conditions:\n" + "".join(f"  - {name}\n" for name in ("Écart", *NAMES))
    files: dict[str, str | bytes] = {}
    for number, (title, updated) in enumerate((("Beta", "2024-01-02"), ("Alpha", "2024-01-03")), 1):
        text = trial_text(f"NCT0000000{number}", title).replace("conditions:\n", conditions)
        status = "RECRUITING" if title == "Beta" else "COMPLETED"
        dated = f"overall_status: {status}\nlast_update_post_date: {updated}"
        files[f"trials/NCT0000000{number}.md"] = text.replace("overall_status: RECRUITING", dated)
    return once("lists", lambda project: build_site(project, files)) / "site"


def test_a_list_is_sorted_as_chosen(site: Path, browser: Browser) -> None:
    with serve(site) as address, visit(browser, address) as tab:
        tab.page.goto(address + "trials/index.html")
        titles = tab.page.locator(".card-title")
        expect(titles).to_have_text(["Beta", "Alpha"])
        for choice, order in (
            ("title", ["Alpha", "Beta"]),
            ("listed", ["Beta", "Alpha"]),
            ("updated", ["Alpha", "Beta"]),
        ):
            tab.page.get_by_label("Sort by").select_option(choice)
            expect(titles).to_have_text(order)


def test_a_list_in_several_pages_says_its_order_and_leads_to_the_search(
    tmp_path: Path, browser: Browser
) -> None:
    """Sorted there, one page of it would not be the list's."""
    files: dict[str, str | bytes] = {}
    for number in range(1, 61):
        text = trial_text(f"NCT{number:08}", f"Trial {number}")
        if number > 53:
            text = text.replace("overall_status: RECRUITING", "overall_status: NOT_YET_RECRUITING")
        files[f"trials/NCT{number:08}.md"] = text
    build_site(tmp_path, files, search=True)
    site = tmp_path / "site"
    with serve(site) as address, visit(browser, address) as tab:
        for path in ("trials/index.html", "trials/index.2.html", "conditions/migraine.html"):
            tab.page.goto(address + path)
            expect(tab.page.locator("main")).to_contain_text("recruiting first")
            expect(tab.page.locator("select")).to_have_count(0)
            expect(tab.page.locator(".order a")).to_have_count(0)
        tab.page.goto(address + "statuses/not-yet-recruiting.html")
        expect(tab.page.get_by_label("Sort by")).to_be_visible()
        tab.page.goto(address + "statuses/recruiting.html")
        expect(tab.page.locator(".lead")).to_contain_text("53 trials")
        expect(tab.page.locator(".lead")).not_to_contain_text("recruiting")  # its title says that
        tab.page.locator(".order a").click()
        expect(tab.page.locator("#search-status")).to_contain_text("53 trials")
        expect(tab.page.get_by_label("Sort by")).to_be_visible()
    build_site(tmp_path)  # without a search
    assert "search.html" not in (site / "statuses/recruiting.html").read_text("utf-8")


TILES = """<section class="areas"><ul class="index-list"><li><a href="#">Metabolism and
nutrition</a> <span class="count">1405</span></li><li><a href="#">Stoffwechselerkrankungen</a> <span
class="count">1405</span></li></ul></section>"""
OVER = """tiles => tiles.filter(tile => tile.scrollWidth > tile.clientWidth ||
  tile.lastElementChild.getBoundingClientRect().right > tile.getBoundingClientRect().right - 4)
  .map(tile => tile.textContent)"""


@pytest.mark.parametrize("width", [320, 390])
def test_a_number_stays_within_its_tile(site: Path, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto((site / "index.html").as_uri())
    page.locator("main").evaluate("(main, tiles) => main.innerHTML = tiles", TILES)
    assert page.locator(".areas li").evaluate_all(OVER) == []
    page.close()


def test_a_few_lists_beside_a_list_are_a_line(tmp_path: Path, browser: Browser) -> None:
    """Of one under the other five filled the first screen of a phone, and no trial was on it."""
    names = ("Asthma", "Rhinitis", "Eczema")
    meshes = "".join(f"    - term: {name}\n" for name in names)
    files: dict[str, str | bytes] = {
        f"trials/NCT0000000{number}.md": trial_text(f"NCT0000000{number}").replace(
            "conditions:\n", f"condition_browse:\n  meshes:\n{meshes}conditions:\n"
        )
        for number in (1, 2)
    }
    build_site(tmp_path, files)
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        tab.page.set_viewport_size({"width": 390, "height": 844})
        tab.page.goto(address + "conditions/migraine.html")
        links = tab.page.locator(".beside").filter(has_text="Asthma").locator("li")
        expect(links).to_have_count(3)
        tops = links.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().top)")
        assert len(set(tops)) == 1


def test_an_index_is_filtered_and_says_how_many_are_left(site: Path, browser: Browser) -> None:
    with serve(site) as address, visit(browser, address) as tab:
        tab.page.goto(address + "conditions/index.html")
        shown = tab.page.locator(".index-list > li:visible")
        expect(shown).to_have_count(82)
        field = tab.page.get_by_label("Show only entries with")
        field.fill("ecart")
        expect(shown).to_have_count(1)
        expect(tab.page.get_by_role("status")).to_have_text("1 entry")
        expect(tab.page.locator(".letter:visible")).to_have_count(1)
        field.fill("no such thing")
        expect(tab.page.get_by_role("status")).to_have_text("No entry has these letters.")
        field.fill("")
        expect(shown).to_have_count(82)


def test_without_scripts_nothing_is_missing_and_nothing_is_dead(
    site: Path, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "conditions/index.html").as_uri())
    expect(page.locator(".index-list > li:visible")).to_have_count(82)
    expect(page.locator("#filter")).to_be_hidden()
    page.goto((site / "trials/index.html").as_uri())
    expect(page.locator("#sort")).to_be_hidden()
    context.close()
