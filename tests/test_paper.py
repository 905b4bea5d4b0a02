"""What is on a page is on its paper too: nothing folded away, cut off or left blank."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Visit, serve
from engines import Engine, engine, missing
from faults.counts import FULL
from paper import (
    A4_INSIDE,
    Sheet,
    covers,
    cut_in_two,
    headings_alone,
    heads_alone,
    left_out,
    on_screen,
    printed,
    runs_over,
    sheets_of,
)
from playwright.sync_api import Browser, expect
from rich import RICH_ID, rich_results, rich_trial
from sites import Once, build_site, trial_text

pytestmark = pytest.mark.browser

WIDE_ID = "NCT00000019"
LONG_ID = "NCT00000018"
GROUPS = 19
TRIAL, RESULTS, WIDE = (
    f"trials/{name}.html" for name in (RICH_ID, f"{RICH_ID}.results", f"{WIDE_ID}.results")
)
PAGES = (
    TRIAL + "#whole-record",
    RESULTS,
    WIDE,
    f"trials/{LONG_ID}.html#whole-record",
    "trials/index.html",
    "conditions/index.html",
    "index.html",
    "glossary.html",
    "search.html?q=migraine",
)


def wide_results() -> str:
    """Results of many groups, each number of them another one."""
    groups = [
        {
            "id": f"G{n}",
            "title": f"Cohort {n} of tislelizumab+Pemetrexed(75mg/kg)",
            "description": f"Given {n}.",
        }
        for n in range(GROUPS)
    ]

    def numbers(first: int) -> list[dict[str, str]]:
        limits = {"lowerLimit": "1000.25", "upperLimit": "2000.75"}
        return [{"groupId": f"G{n}", "value": f"{first + n}.5", **limits} for n in range(GROUPS)]

    def outcome(number: int) -> dict[str, object]:
        row = {"title": f"Visit {number}", "categories": [{"measurements": numbers(number)}]}
        return {
            "type": "SECONDARY",
            "title": f"Outcome number {number}",
            "paramType": "MEAN",
            "unitOfMeasure": "points",
            "groups": groups,
            "classes": [row],
        }

    outcomes = [outcome(1000 * number) for number in range(1, 5)]
    return json.dumps({"outcomeMeasuresModule": {"outcomeMeasures": outcomes}})


def long_criterion() -> str:
    """A criterion of as many paragraphs as fill most of a sheet."""
    paragraphs = "\n\n".join(
        f"   Part {n}: headaches on {n} days of each month, as a diary kept for a year shows."
        for n in range(45)
    )
    criteria = f"Inclusion Criteria:\n\n1. Adults.\n2. One of these:\n\n{paragraphs}\n3. Consent.\n"
    nurses = [{"name": f"Nurse {n}", "role": "CONTACT", "phone": f"555-123{n}"} for n in range(3)]
    place = {"facility": "Clinic", "country": "Chad", "contacts": nurses}
    headings = {"meshes": [{"id": "D008881", "term": "Migraine Disorders"}]}
    more = f"locations: {json.dumps([place])}\ncondition_browse: {json.dumps(headings)}\n"
    trial = trial_text(LONG_ID).replace("nct_id:", f"{more}nct_id:", 1)
    return f"{trial}\n## Eligibility criteria\n\n{criteria}"


HISTORY = "history:\n" + "".join(
    f"  - {{date: 2025-01-02, field: official_title, old: Title {n}, new: Title {n + 1}}}\n"
    for n in range(60)
)


def listed(number: int) -> str:
    checked = "status_verified_date: 2025-09\n"
    long = "in people who have had headaches for longer than they care to remember " * (number % 3)
    text = trial_text(f"NCT{number:08}", f"Rest {number} for migraine {long}".strip())
    places = "locations:\n" + "".join(f"  - country: Country {n}\n" for n in range(number % 20))
    return text.replace("study_type:", f"{checked}{places if number % 20 else ''}study_type:")


@pytest.fixture(scope="module")
def folder(once: Once) -> Path:
    mesh = "condition_browse:\n  ancestors:\n    - {id: D1, term: Zq broader heading}\n"
    more = f"{mesh}oversight_has_dmc: true\nextra: {{/a/b: '\"{'Zq' * 90}\"'}}\n{HISTORY}"
    files: dict[str, str | bytes] = {
        "site.yaml": "title: Trials\n",
        f"trials/{RICH_ID}.md": rich_trial(places=60).replace("nct_id:", f"{more}nct_id:", 1),
        f"trials/{RICH_ID}.results.json": rich_results(),
        f"trials/{LONG_ID}.md": long_criterion(),
        f"trials/{WIDE_ID}.md": trial_text(WIDE_ID),
        f"trials/{WIDE_ID}.results.json": wide_results(),
    }
    files |= {f"trials/NCT{number:08}.md": listed(number) for number in range(100, 130)}
    return once("paper", lambda project: build_site(project, files, search=True)) / "site"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serve(folder) as found:
        yield found


def opened(tab: Visit, path: str) -> None:
    tab.page.goto(tab.site + path)
    if "search" in path:
        expect(tab.page.locator("#results > li").first).to_be_visible()


def words_of(tab: Visit) -> str:
    return " ".join(" ".join(sheet.text for sheet in printed(tab.page)).split())


@pytest.mark.parametrize("path", PAGES)
def test_what_is_on_the_page_is_on_the_paper(tab: Visit, path: str) -> None:
    opened(tab, path)
    texts = on_screen(tab.page)
    sheets = printed(tab.page)
    assert len(texts) > 5
    assert left_out(texts, sheets) == []
    for number, sheet in enumerate(sheets[:-1], start=1):
        assert sheet.filled > 0.6, f"sheet {number} of {len(sheets)} is half empty"
    assert sheets[-1].text.strip()


def test_the_paper_says_that_it_lacks_what_only_machines_read(tab: Visit) -> None:
    said = "Codes of subject headings are not on this paper."
    opened(tab, f"trials/{LONG_ID}.html#whole-record")
    expect(tab.page.locator("#conditions .for-machines")).to_have_text("D008881")
    assert said in words_of(tab)
    assert "D008881" not in words_of(tab)
    for path in (f"trials/{LONG_ID}.html", f"trials/{WIDE_ID}.html#whole-record"):
        tab.page.goto("about:blank")
        opened(tab, path)
        assert said not in words_of(tab), path


def test_no_heading_stands_alone_at_the_foot_of_a_sheet(tab: Visit) -> None:
    opened(tab, TRIAL + "#whole-record")
    main = tab.page.locator("main")
    for lines in range(0, 48, 6):  # whatever stands above, so that each heading comes to a foot
        main.evaluate("(main, height) => main.style.paddingTop = height", f"{lines}em")
        assert headings_alone(tab.page, printed(tab.page)) == [], f"{lines} lines down"


def test_no_head_of_a_table_of_places_stands_alone(tab: Visit) -> None:
    opened(tab, f"trials/{LONG_ID}.html#whole-record")
    main = tab.page.locator("main")
    others = ".sections > :not(#locations)"
    main.locator(others).evaluate_all("parts => parts.forEach(part => part.remove())")
    for lines in range(10, 50, 2):  # so that the table comes to the foot of the sheet
        main.evaluate("(main, height) => main.style.paddingTop = height", f"{lines}em")
        assert heads_alone(tab.page, printed(tab.page)) == [], f"{lines} lines down"


@pytest.mark.parametrize("path", [TRIAL, *PAGES])
def test_nothing_is_cut_at_the_edge_of_the_paper(tab: Visit, path: str) -> None:
    opened(tab, path)
    assert runs_over(tab.page) == []
    assert covers(tab.page) == []


def test_what_a_comparison_folds_away_is_on_its_paper(tab: Visit) -> None:
    opened(tab, f"compare.html#{RICH_ID},{LONG_ID}")
    expect(tab.page.locator("#compare thead a")).to_have_count(2)
    assert tab.page.locator("#compare details:not([open])").count() > 2
    names_of_folds = {"Description", "All criteria"}
    unsaid = {text.strip() for text in left_out(on_screen(tab.page), printed(tab.page))}
    assert unsaid <= names_of_folds


def test_no_line_of_a_comparison_is_cut_in_two(tab: Visit) -> None:
    opened(tab, f"compare.html#{RICH_ID},{LONG_ID}")
    expect(tab.page.locator("#compare thead a")).to_have_count(2)
    main = tab.page.locator("main")
    for lines in range(0, 24, 2):
        main.evaluate("(main, height) => main.style.paddingTop = height", f"{lines}em")
        assert cut_in_two(tab.page.pdf(format="A4")) == [], f"{lines} lines down"
    explained = main.locator(".criteria > .lead, .criteria-text")
    tab.page.emulate_media(media="print")
    sizes = explained.evaluate_all("all => all.map(one => getComputedStyle(one).fontSize)")
    tab.page.emulate_media(media="null")
    assert len(sizes) > 2
    assert len(set(sizes)) == 1


@pytest.mark.parametrize("path", [TRIAL + "#whole-record", RESULTS, WIDE])
def test_without_scripts_as_much_is_printed(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address + path)
    assert left_out(on_screen(page), printed(page)) == []
    page.close()


def test_a_number_keeps_its_noughts(browser: Browser, tmp_path: Path) -> None:
    lists = "01. Adults\n02. Readers\n10. Writers\n\nNext:\n\n001) Singers\n\nGrade:\n\n0. Deaf"
    record = f"{trial_text()}\n## Eligibility criteria\n\n{lists}\n"
    build_site(tmp_path, {"trials/NCT00000001.md": record})
    page = browser.new_page()
    page.goto((tmp_path / "site/trials/NCT00000001.html").as_uri())
    text = " ".join(" ".join(sheet.text for sheet in printed(page)).split())
    page.close()
    for said in ("01. Adults", "02. Readers", " 10. Writers", "001) Singers", " 0. Deaf"):
        assert said in text, said


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if without := missing("firefox"):
        pytest.skip(f"NOT RUN: Firefox isn't here ({without})")
    with engine("firefox", tmp_path_factory.mktemp("profile")) as found:
        yield found


def printed_by(engine: Engine) -> tuple[Sheet, ...]:
    assert engine.pdf
    return sheets_of(engine.pdf())


def test_firefox_prints_as_much(tab: Visit, firefox: Engine) -> None:
    every = (TRIAL + "#whole-record", WIDE, RESULTS, "trials/index.html", "glossary.html")
    for path in every if FULL else every[:2]:
        opened(tab, path)
        firefox.go(tab.site + path)
        sheets = printed_by(firefox)
        assert left_out(on_screen(tab.page), sheets) == [], path
        assert all(sheet.text.strip() for sheet in sheets), f"{path} has a blank sheet"


def test_a_checklist_has_the_numbers_of_its_source(tab: Visit, firefox: Engine) -> None:
    path = f"trials/{LONG_ID}.html"
    opened(tab, path)
    firefox.go(tab.site + path)
    for sheets in (printed(tab.page), printed_by(firefox)):
        words = " ".join(" ".join(sheet.text for sheet in sheets).split())
        for numbered in ("1. Adults.", "2. One of these:", "3. Consent."):
            assert numbered in words


def test_a_wide_table_stands_in_blocks_of_groups(tab: Visit) -> None:
    opened(tab, WIDE)
    tables = tab.page.locator("#outcomes-secondary .results-table")
    assert tables.count() == 4 * 4
    tab.page.locator("details.outcome").first.evaluate("details => details.open = true")
    expect(tables.nth(0)).to_be_visible()
    expect(tables.nth(1)).to_be_hidden()
    tab.page.emulate_media(media="print")
    expect(tables.nth(0)).to_be_hidden()
    columns = 0
    for block in (tables.nth(number) for number in (1, 2, 3)):
        expect(block).to_be_visible()
        expect(block.locator("tbody th[scope=row]")).to_have_text(["Visit 1000"])
        columns += block.locator("thead th").count()
        assert block.locator("thead th").count() <= 7
    assert columns == GROUPS
    expect(tables.nth(2).locator("caption")).to_contain_text("groups 7 to 12 of 19")


WORDS_IN_TWO = """heads => {
  const found = [];
  for (const text of heads.flatMap(head => [...head.childNodes].filter(one => one.data))) {
    for (const word of text.data.matchAll(/[^\\s-]+/g)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (range.getClientRects().length > 1) found.push(word[0]);
    }
  }
  return found;
}"""


def test_no_word_over_a_column_is_cut_in_two(tab: Visit) -> None:
    opened(tab, WIDE)
    tab.page.set_viewport_size({"width": A4_INSIDE, "height": 900})
    tab.page.emulate_media(media="print")
    heads = tab.page.locator(".results-table thead th:visible")
    assert heads.count() > GROUPS
    assert heads.evaluate_all(WORDS_IN_TWO) == []
    expect(heads.first).to_have_text("Cohort 0 of tislelizumab+Pemetrexed(75mg/kg)")


def test_an_address_to_write_to_stands_in_one_line(browser: Browser, tmp_path: Path) -> None:
    person = "central_contacts: [{name: Ada, email: RESTImmunotherapies@med.uni.edu}]\n"
    record = trial_text().replace("nct_id:", f"{person}nct_id:", 1)
    build_site(tmp_path, {"trials/NCT00000001.md": record})
    page = browser.new_page(viewport={"width": A4_INSIDE, "height": 900})
    page.goto((tmp_path / "site/trials/NCT00000001.html").as_uri())
    page.emulate_media(media="print")
    address = page.locator(".facts .email")
    lines = (
        "(one) => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).fontSize)"
    )
    assert address.evaluate(lines) < 2
    page.close()


def test_the_sign_of_what_is_open_prints_full(tab: Visit) -> None:
    style = "(tag, part) => Object.assign({}, getComputedStyle(tag, part))"
    for path, sign, part in (
        ("trials/index.html", ".status-recruiting:not(.status-doubted)", "::before"),
        (TRIAL, ".matrix .dot", None),
    ):
        opened(tab, path)
        tab.page.emulate_media(media="print")
        look = tab.page.locator(sign).first.evaluate(style, part)
        width, border = (float(look[of].removesuffix("px")) for of in ("width", "borderTopWidth"))
        assert 2 * border >= width, sign
        assert border >= 3, sign


def test_what_was_filtered_away_on_the_screen_is_printed(tab: Visit) -> None:
    opened(tab, TRIAL + "#whole-record")
    texts = on_screen(tab.page)
    tab.page.get_by_label("Find a place, town or country").fill("perth")
    expect(tab.page.locator("#locations tbody tr:visible")).to_have_count(20)
    assert left_out(texts, printed(tab.page)) == []


def test_the_title_of_rows_stays_with_them(tab: Visit) -> None:
    opened(tab, RESULTS)
    kept = "(rows) => [...new Set(rows.map((row) => getComputedStyle(row).breakAfter))]"
    titles = tab.page.locator(".results-table tr:has(> [scope=rowgroup])")
    tab.page.emulate_media(media="print")
    assert titles.evaluate_all(kept) == ["avoid"]
    tab.page.emulate_media(media="null")


def test_the_paper_says_what_was_searched_and_what_it_leaves_out(tab: Visit) -> None:
    opened(tab, "search.html?q=migraine")
    tab.page.locator("#search-filters").evaluate("details => details.open = true")
    tab.page.get_by_role("checkbox", name="Recruiting").first.check()
    expect(tab.page.locator("#search-status")).to_contain_text("found")
    text = words_of(tab)
    for said in (
        "migraine",
        "Status",
        "Recruiting",
        "20 of the 33 trials listed stand on this",
    ):
        assert said.replace(" ", "") in text.replace(" ", "")
    assert "Condition" not in text.split("found")[0]
    assert "position" not in text
    assert "distances" not in text
    opened(tab, TRIAL)
    assert "All places and contacts, and the rest of the record, stand at" in words_of(tab)
    opened(tab, TRIAL + "#whole-record")
    assert "This is a checklist" not in words_of(tab)
