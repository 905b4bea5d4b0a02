"""The search page where something around it is hard: a slow link, a strict server, the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import OVER, Visit, serve, visit
from playwright.sync_api import Browser, Route, expect
from sites import Once, build_site, trial_text

pytestmark = pytest.mark.browser

TRIALS = 60


@pytest.fixture(scope="module")
def folder(once: Once) -> Path:
    content: dict[str, str | bytes] = {
        f"trials/NCT{number:08}.md": trial_text(f"NCT{number:08}", f"Rest {number} for migraine")
        for number in range(1, TRIALS + 1)
    }
    return once("page", lambda project: build_site(project, content, search=True)) / "site"


@pytest.fixture(params=OVER, scope="module")
def address(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "file":
        yield folder.as_uri() + "/"
        return
    with serve(folder) as found:
        yield found


def test_back_from_a_trial_the_list_is_where_it_was(tab: Visit) -> None:
    """Without the browser's own memory of pages: that of Chromium is off where routes are."""
    page = tab.page
    page.route("**/*", lambda route: route.continue_())
    page.goto(f"{tab.site}search.html?q=migraine")
    page.locator("#more-results").click()
    expect(page.locator("#results .card")).to_have_count(40)
    link = page.locator("#results .card-title a").nth(33)
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 1000
    link.click()
    expect(page.locator("h1")).to_contain_text("for migraine")
    page.go_back()
    expect(page.locator("#results .card")).to_have_count(40)
    page.wait_for_function("(y) => Math.abs(scrollY - y) <= 1", arg=before)


@pytest.mark.parametrize("times", ["twice at once", "dblclick"])
def test_two_fast_presses_for_more_lose_no_trial_and_show_none_twice(
    tab: Visit, times: str
) -> None:
    page = tab.page
    page.goto(f"{tab.site}search.html?q=migraine")
    more, cards = page.locator("#more-results"), page.locator("#results .card-title")
    expect(more).to_be_visible()
    if times == "dblclick":
        more.dblclick()
    else:
        more.evaluate("(button) => { button.click(); button.click(); }")
        expect(cards).to_have_count(40)
        assert more.is_visible()
        more.click()
    page.wait_for_function("""() => {
        const more = document.querySelector("#more-results");
        more.click();
        return more.hidden;
    }""")
    expect(more).to_be_hidden()
    expect(cards).to_have_count(TRIALS)
    assert len(set(cards.all_text_contents())) == TRIALS


def test_a_break_in_the_connection_is_not_called_searching_for_long(tab: Visit) -> None:
    page = tab.page
    page.clock.install()
    held: list[Route] = []
    broken = True

    def hold(route: Route) -> None:
        if broken:
            held.append(route)
        else:
            route.continue_()

    page.route("**/words/**", hold)
    page.goto(f"{tab.site}search.html?q=migraine", wait_until="commit")
    status = page.locator("#search-status")
    while not held:
        page.clock.run_for(100)
    page.clock.run_for(1000)
    expect(status).to_have_text("Searching…")
    page.clock.run_for(4000)
    expect(status).to_contain_text("Still searching. The connection is slow, or it has broken.")
    broken = False
    for route in held:
        route.continue_()
    expect(page.locator("#results .card").first).to_be_visible()
    expect(status).to_have_text(f"{TRIALS} trials found.")
    page.close()  # its clock can't be taken out again


def with_policy(tab: Visit, policy: str) -> None:
    """The search page comes with a policy beside its own, as a server or a proxy may send it."""

    def add(route: Route) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": policy}
        route.fulfill(response=answer, headers=headers)

    tab.page.route("**/search.html*", add)


def test_a_strict_policy_keeps_only_words_in_quotes_from_being_found(
    browser: Browser, folder: Path
) -> None:
    """Such a policy lets no WebAssembly run, which looks these up."""
    with serve(folder) as site, visit(browser, site, clean=False) as tab:
        with_policy(tab, "script-src 'self'")
        tab.page.goto(f"{site}search.html?q=migraine")
        status = tab.page.locator("#search-status")
        expect(status).to_have_text(f"{TRIALS} trials found.")
        tab.page.fill("#q", '"rest 7"')
        expect(status).to_contain_text("Try them without quotes")
        tab.page.fill("#q", "rest migraine")
        expect(status).to_have_text(f"{TRIALS} trials found.")


def test_a_policy_that_refuses_the_index_is_named(browser: Browser, folder: Path) -> None:
    with serve(folder) as site, visit(browser, site, clean=False) as tab:
        with_policy(tab, "connect-src 'none'")
        tab.page.route("**/offline/**", lambda route: route.abort())  # as where it is published
        tab.page.goto(f"{site}search.html?q=migraine")
        expect(tab.page.locator("#search-status")).to_contain_text("“connect-src 'self'”")


def chips(tab: Visit) -> list[str]:
    return tab.page.locator("#search-chosen .chip").all_inner_texts()


def test_filters_of_an_address_are_named_before_any_table_is_read(tab: Visit) -> None:
    tab.page.route("**/pagefind/**", lambda _: None)  # they come when it is unrouted
    tab.page.goto(
        f"{tab.site}search.html?status=Recruiting&country=Chad&age=7&unit=months&results=no",
        wait_until="commit",
    )
    expect(tab.page.locator("#search-chosen .chip").last).to_be_visible()
    expect(tab.page.get_by_role("button", name="Clear all filters")).to_be_visible()
    assert chips(tab) == [
        "Status: “Recruiting” ×",  # which no table has said yet
        "Country: “Chad” ×",
        "Results: Not posted ×",
        "Age: 7 months old ×",
    ]
    tab.page.get_by_label("Take away the filter Country: “Chad”").click()
    tab.page.get_by_label("Take away the filter Results: Not posted").click()
    assert len(chips(tab)) == 2
    tab.page.unroute("**/pagefind/**")
    expect(tab.page.locator("#search-status")).to_have_text(f"{TRIALS} trials found.")
    assert "Chad" not in tab.page.url
    tab.page.emulate_media(media="print")
    expect(tab.page.locator("#search-chosen")).to_be_visible()
    expect(tab.page.locator("#search-filters")).to_be_hidden()


@pytest.mark.parametrize(
    ("asked", "named", "said"),
    [
        ("q=migraine&status=Paused", ["Status: “Paused” ×"], "No trial here has “Status: Paused”."),
        ("phase=9", ["Phase: “9” ×"], "No trial here has “Phase: 9”."),
        ("q=rest&age=old", [], "“old” can’t be read as an age"),
        ("age=6&unit=moons", [], "“6 moons” can’t be read as an age"),
        ("status=RECRUITING", ["Status: Recruiting ×"], f"{TRIALS} trials found."),
        ("status=&type=interventional", ["Study type: Interventional ×"], f"{TRIALS} trials"),
    ],
)
def test_what_an_address_asks_and_no_trial_has_is_said(
    tab: Visit, asked: str, named: list[str], said: str
) -> None:
    tab.page.goto(f"{tab.site}search.html?{asked}")
    expect(tab.page.locator("#search-status")).to_contain_text(said)
    assert chips(tab) == named


@pytest.mark.parametrize("name", ["country", "status", "condition"])
def test_what_an_address_says_stands_in_quotes_and_bounded(tab: Visit, name: str) -> None:
    words = "The hospital behind this site recommends Zyx. Ring 0900 666 666. " * 50
    tab.page.goto(f"{tab.site}search.html?{name}={quote(words)}")
    expect(tab.page.locator("#search[data-answered]")).to_be_attached()
    (chip,) = chips(tab)
    assert chip.endswith(": “The hospital behind this site recommend…” ×")
    assert len(tab.page.locator("main").inner_text()) < 5000


def test_an_address_breaks_or_turns_no_sentence(tab: Visit) -> None:
    tab.page.goto(f"{tab.site}search.html?q=%E2%80%AExylo%0Aphone%00&country=%E2%80%AEOz%0Ax")
    expect(tab.page.locator("#search[data-answered]")).to_be_attached()
    said = tab.page.locator("main").inner_text()
    assert "xylo phone" in said and "Oz x" in said
    assert not re.search("[\u202e\x00]", said)


def test_a_question_of_hundreds_of_slips_is_answered_like_one_of_four(tab: Visit) -> None:
    """Each word for which others are sought takes a search: those of the first few are enough."""
    tab.page.goto(f"{tab.site}search.html?q=migraine")
    expect(tab.page.locator("#search[data-answered]")).to_be_attached()
    tab.page.evaluate(
        """() => {
          const { find } = trialpagesSearch;
          window.searches = 0;
          trialpagesSearch.find = (...asked) => { window.searches += 1; return find(...asked); };
        }"""
    )
    tab.page.locator("#q").fill("migrane " * 200)
    expect(tab.page.locator("#search-status")).to_contain_text("Did you mean")
    assert tab.page.evaluate("window.searches") < 30


def test_a_condition_stands_within_the_one_it_is_a_kind_of(
    browser: Browser, tmp_path: Path
) -> None:
    def filed(number: int, heading: str, *above: str) -> str:
        terms = "".join(f"\n    - {{id: D{i}, term: {term!r}}}" for i, term in enumerate(above))
        own = f"  meshes:\n    - {{id: D9, term: {heading!r}}}\n"
        browse = f"condition_browse:\n{own}  ancestors:{terms}"
        text = trial_text(f"NCT{number:08}").replace(
            "conditions:\n  - Migraine", f"conditions: [{heading!r}]"
        )
        return text.replace("\n---\n\n##", f"\n{browse}\n---\n\n##")

    content: dict[str, str | bytes] = {
        f"trials/NCT{number:08}.md": filed(number, *headings)
        for number, headings in enumerate(
            [
                ("Type 1", "Diabetes", "Endocrine"),
                ("Type 2", "Diabetes", "Endocrine"),
                ("Type 2", "Diabetes", "Endocrine"),
                ("Goiter", "Endocrine"),
                ("Asthma", "Lung"),
            ],
            start=1,
        )
    }
    build_site(tmp_path, content, search=True)
    with serve(tmp_path / "site") as site, visit(browser, site) as tab:
        tab.page.goto(f"{site}search.html")
        group = tab.page.locator('[data-group="condition"]')
        group.locator("summary").click()
        expect(group.locator(".choice")).to_have_count(7)
        shown = group.locator(".choice").evaluate_all(
            "all => all.map((one) => [one.querySelector('input').value, one.dataset.depth])"
        )
    # Two of Diabetes, whose own place among the headings no trial tells.
    assert shown == [
        ["Endocrine", "0"],
        ["Goiter", "1"],
        ["Diabetes", "0"],
        ["Type 2", "1"],
        ["Type 1", "1"],
        ["Asthma", "0"],
        ["Lung", "0"],
    ]


def test_a_filter_counts_in_the_language_of_the_site(browser: Browser, tmp_path: Path) -> None:
    many = "\n".join(f"  - Condition {number}" for number in range(1_500))
    trial = trial_text().replace("  - Migraine", many)
    content: dict[str, str | bytes] = {
        "trials/NCT00000001.md": trial,
        "site.yaml": "language: es\n",
    }
    build_site(tmp_path, content, search=True)
    with serve(tmp_path / "site") as site, visit(browser, site) as tab:
        tab.page.goto(f"{site}search.html")
        group = tab.page.locator('[data-group="condition"]')
        group.locator("summary").click()
        expect(group.locator(".more-choices")).to_have_text("Mostrar más (1492)")


def test_paper_says_how_many_of_how_many_it_has_and_what_was_asked(
    browser: Browser, tmp_path: Path
) -> None:
    record = (
        "---\nnct_id: NCT000000{n}\nbrief_title: Air\noverall_status: COMPLETED\n"
        "study_type: OBSERVATIONAL\n---\n"
    )
    content: dict[str, str | bytes] = {
        f"trials/NCT000000{n}.md": record.format(n=n) for n in range(10, 35)
    }
    content["site.yaml"] = "url: https://trials.example/all/\n"
    build_site(tmp_path, content, search=True)
    with serve(tmp_path / "site", "/") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html?q=air")
        expect(tab.page.locator("#results .card")).to_have_count(20)
        tab.page.emulate_media(media="print")
        note = tab.page.locator(".search-more-note")
        expect(note).to_be_visible()
        expect(note).to_have_text("20 of the 25 trials listed stand on this paper.")
        asked = tab.page.locator(".search-address")
        expect(asked).to_have_text("This search: https://trials.example/all/search.html?q=air")
        tab.page.goto(f"{address}search.html?q=zzzz")
        expect(asked).to_have_text("This search: https://trials.example/all/search.html?q=zzzz")
        expect(note).to_be_empty()
