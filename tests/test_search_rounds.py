"""What a search waits for over a slow link: few rounds, and nothing that the results don't need."""

from __future__ import annotations

import gzip
import json
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Visit, serve, visit
from playwright.sync_api import Browser, Route, expect
from sites import build_site

from trialpages.search import word_files

pytestmark = pytest.mark.browser

RECORD = """---
nct_id: NCT0000000{number}
brief_title: Walking with {condition}
overall_status: COMPLETED
study_type: INTERVENTIONAL
conditions: [{condition}]
locations:
  - {{facility: A, city: Leeds, country: United Kingdom}}
---

## Brief summary

A hundred steps a day.
"""
CONDITIONS = ("Asthma", "Migraine", "Purple knee")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every word has a file of its own."""
    project = tmp_path_factory.mktemp("rounds")
    content: dict[str, str | bytes] = {
        f"trials/NCT0000000{number}.md": RECORD.format(number=number, condition=condition)
        for number, condition in enumerate(CONDITIONS, start=1)
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_files, "_LEAST_FILE", 1)
        build_site(project, content, search=True)
    return project / "site"


@pytest.fixture
def tab(browser: Browser, site: Path) -> Iterator[Visit]:
    with serve(site, "/") as address, visit(browser, address) as found:
        yield found


def test_all_files_of_words_are_asked_for_at_once(tab: Visit) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        """No file comes before all are asked for: of each word, and of what it may be part of."""
        held.append(route)
        if len({one.request.url for one in held}) >= 5:
            while held:
                held.pop().continue_()

    tab.page.route("**/words/*", hold)
    tab.page.goto(f"{tab.site}search.html?q=purple+knee+walking")
    expect(tab.page.locator("#results .card").first).to_contain_text("Purple knee")


@pytest.mark.parametrize("kind", ["words", "texts"])
def test_a_file_in_another_ones_place_is_asked_for_again(tab: Visit, site: Path, kind: str) -> None:
    files = sorted(site.glob(f"pagefind/*/{kind}/*"))
    swapped = dict(zip([one.name for one in files], [*files[1:], files[0]], strict=True))
    given: list[str] = []

    def swap(route: Route) -> None:
        name = route.request.url.partition("?")[0].rpartition("/")[2]
        if name in given:
            route.continue_()
        else:
            given.append(name)
            route.fulfill(body=swapped[name].read_bytes())

    tab.page.route(f"**/{kind}/*", swap)
    tab.page.goto(f"{tab.site}search.html?q=migraine")
    expect(tab.page.locator("#results .card")).to_have_count(1)
    expect(tab.page.locator("#results .card")).to_contain_text("Walking with Migraine")
    assert given


def test_a_first_search_for_a_rare_word_makes_few_requests(tab: Visit) -> None:
    """A page, its styles, those for paper, one script, the entry, the status, a file of words, one
    of texts; no table of words, since none is like it that many trials tell of."""
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url.partition("?")[0]))
    tab.page.goto(f"{tab.site}search.html?q=migraine")
    tab.page.locator("#search[data-answered]").wait_for(state="attached")
    expect(tab.page.get_by_role("checkbox", name="Completed")).to_be_visible()
    sent = [url for url in asked if url.startswith("http") and not url.endswith(".svg")]
    words = [url for url in sent if "/words/" in url]  # here each key has a file of its own
    assert len(sent) - len(words) <= 7
    files = [url.rpartition("/")[2] for url in sent]
    assert sum("/assets/" in url and url.endswith(".js") for url in sent) == 1
    assert "words.js" not in files


def test_results_wait_for_no_table_of_filters(tab: Visit) -> None:
    tab.page.route("**/status.js", lambda _: None)  # it never comes
    tab.page.goto(f"{tab.site}search.html?q=asthma")
    expect(tab.page.locator("#results .card").first).to_contain_text("Asthma")


def test_a_group_of_filters_is_read_when_somebody_opens_it(tab: Visit) -> None:
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url))
    tab.page.set_viewport_size({"width": 390, "height": 844})  # a phone, with the panel closed
    tab.page.goto(f"{tab.site}search.html?q=asthma")
    tab.page.locator("#search[data-answered]").wait_for(state="attached")
    tables = {"status.js", "country.js", "phase.js", "ages.js"}

    def read() -> set[str]:
        return tables & {url.rpartition("/")[2] for url in asked}

    assert read() == set()
    tab.page.locator("#search-filters > summary").click()
    expect(tab.page.get_by_role("checkbox", name="Completed")).to_be_visible()
    assert read() == {"status.js"}
    age = tab.page.locator("#filter-age").bounding_box()
    assert age and age["x"] + age["width"] < 390, "the field for an age is within the panel"
    tab.page.locator("[data-group=country] > summary").click()
    expect(tab.page.get_by_role("checkbox", name="United Kingdom")).to_be_visible()
    assert read() == {"status.js", "country.js"}
    expect(tab.page.locator("[data-group=phase]")).to_be_hidden()  # no trial here has one


def test_files_of_words_grow_only_with_a_large_site() -> None:
    postings = {f"{number:05}": array("I", [number << 8]) for number in range(20_000)}
    many = list(word_files.word_files(postings, word_files.OfWords(), "build"))
    assert 20 < len(many) < 60
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_files, "_MOST_FILES", 10)
        assert len(list(word_files.word_files(postings, word_files.OfWords(), "build"))) <= 12


def test_names_and_abbreviations_lie_between_no_words() -> None:
    """`lung*` is read whole: no name that begins so is within, and its abbreviation beside it."""
    keys = ["lung", "lung cancer=", "lungs", "^lung", "lung=", "^lung=", "lung fibrosis=", "lunge"]
    postings = {key: array("I", [1 << 8 | 9]) for key in keys}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_files, "_LEAST_FILE", 1)
        files = list(word_files.word_files(postings, word_files.OfWords(), "build"))
    found = [json.loads(gzip.decompress(one.content).partition(b"\n")[0])["keys"] for one in files]
    names = ["lung cancer=", "lung fibrosis="]
    words = ["lung", "lung=", "^lung", "^lung=", "lunge", "lungs"]
    assert found == [[key] for key in (*names, *words)]


def test_files_of_a_large_site_are_cut_by_what_they_take_compressed() -> None:
    """Whose many trials differ little: else each word would cost a request of its own."""
    postings = {f"word{n}": array("I", [row << 8 | 9 for row in range(9000)]) for n in range(20)}
    assert len(list(word_files.word_files(postings, word_files.OfWords(), "build"))) == 1


def test_a_file_of_words_has_bytes_of_one_kind_together() -> None:
    rows = {"near": [3, 4, 300], "wide": [7, 70_000], "some": [250]}
    postings = {key: array("I", [row << 8 | 9 for row in found]) for key, found in rows.items()}
    told = word_files.OfWords(names={"near": ["close"]}, about={"near": 12, "some": 2})
    (file,) = word_files.word_files(postings, told, "build")
    line, _, content = gzip.decompress(file.content).partition(b"\n")
    head = json.loads(line)
    assert (head["keys"], head["counts"]) == (["near", "some", "wide"], [3, 1, 2])
    assert (head["widths"], head["about"], head["names"]) == ([2, 1, 3], "920", {"near": ["close"]})
    lowest, second, third = [3, 1, 296 % 256, 250, 7, 69_993 % 256], [0, 0, 1, 0, 17], [0, 1]
    assert list(content) == [*lowest, *second, *third, *[9] * 6]


def test_what_words_in_quotes_need_is_asked_for_at_once(tab: Visit) -> None:
    """The engine, and of the part of its index what is no word: none waits for another."""
    held: list[Route] = []
    wanted = ("/engine.js", "/wasm.en.pagefind", "/pagefind-entry.json", ".pf_meta")

    def hold(route: Route) -> None:
        if not route.request.url.endswith(wanted):
            route.continue_()
            return
        held.append(route)
        if len({one.request.url for one in held}) >= len(wanted):
            while held:
                held.pop().continue_()

    tab.page.route("**/pagefind/**", hold)
    tab.page.goto(f"{tab.site}search.html?q=%22purple+knee%22")
    expect(tab.page.locator("#results .card")).to_have_count(1)
    expect(tab.page.locator("#results .card")).to_contain_text("Purple knee")
