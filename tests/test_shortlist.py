"""The shortlist, the comparison and lists as files, in a real browser, over http and from a folder:
how they read trials differs there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import rispy  # type: ignore[import-untyped]  # it has no types
from browser import Visit, serve, visit
from paper import Sheet, printed
from playwright.sync_api import Browser, Locator, Page, expect
from selectolax.lexbor import LexborHTMLParser
from sites import Once, build_site, trial_text

from trialpages.lists.packs import number_of_packs, pack_of

CRITERIA = """
eligibility_criteria: |
  Inclusion Criteria:

  * Headache for {n} days

  Exclusion Criteria:

  * Fear of rest
"""
FIRST, SECOND = "NCT00000060", "NCT00000059"


def _trial(number: int) -> str:
    text = trial_text(f"NCT{number:08}", f"=Rest, part {number}; of many")
    more = CRITERIA.format(n=number) + f"last_update_post_date: 2024-01-{number % 28 + 1:02}\n"
    sponsor = "lead_sponsor:\n  name: Rest, Sleep & Co., Inc.\n  class: INDUSTRY\n"
    return text.replace("conditions:\n", f"{sponsor}{more.lstrip()}conditions:\n", 1)


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    files: dict[str, str | bytes] = {"site.yaml": "title: Rest\nurl: https://rest.example/\n"}
    files |= {f"trials/NCT{n:08}.md": _trial(n) for n in range(1, 61)}
    return once("shortlist", lambda folder: build_site(folder, files, search=True)) / "site"


@pytest.fixture(params=("http", "file"), scope="module")
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    if request.param == "file":
        yield site.as_uri() + "/"
        return
    with serve(site) as found:
        yield found


def _saved(page: Page, form: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=form).click()
    return download.value.path().read_bytes().decode()


def test_two_trials_are_compared_and_their_checklists_printed(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + "index.html")
    stars = page.locator(".star")
    stars.nth(0).click()
    stars.nth(1).click()
    expect(stars.nth(1)).to_have_attribute("aria-pressed", "true")
    kept = [link.get_attribute("href") or "" for link in page.locator(".card-title a").all()[:2]]
    first, second = (href.removeprefix("trials/").removesuffix(".html") for href in kept)
    page.locator("main").get_by_role("link", name="Shortlist (2)").click()
    expect(page.locator("#shortlist-status")).to_have_text("2 trials")
    expect(page.get_by_role("checkbox", name=f"Compare: {second}")).to_be_checked()
    assert page.url == f"{tab.site}shortlist.html#{first},{second}"
    expect(page.get_by_label("Address of this list")).to_have_value(
        f"https://rest.example/shortlist.html#{first},{second}"
    )
    mail = unquote(page.get_by_role("link", name="Send by e-mail").get_attribute("href") or "")
    assert mail.startswith("mailto:?subject=Trials from Rest&body==Rest, part ")
    assert f"\r\nhttps://rest.example/trials/{first}.html\r\n" in mail
    assert tab.site not in mail

    page.evaluate("window.print = () => document.title = 'printed'; 0")
    page.get_by_role("button", name="Print the checklists").click()
    expect(page).to_have_title("printed")
    lists = page.locator("#checklists > article")
    expect(lists).to_have_count(2)
    page.emulate_media(media="print")
    expect(page.locator("#cards")).to_be_hidden()
    over = "(one) => one.querySelector('.qr').getBoundingClientRect().top - one.offsetTop"
    assert lists.nth(1).evaluate(over) >= 0  # else it begins on the sheet before
    for one in lists.all():
        expect(one.locator(".criteria-text").first).to_contain_text("Headache for")
        expect(one.locator(".print-footer")).to_contain_text("https://rest.example/trials/NCT")
        box = "getComputedStyle(this.querySelector('.criteria-text li'), '::before').width"
        assert one.evaluate(f"(one) => (function () {{ return {box} }}).call(one)") != "auto"
    page.emulate_media(media="screen")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))

    page.get_by_role("link", name="Compare these 2").click()
    table = page.get_by_role("table")
    expect(table.locator("thead a")).to_have_count(2)
    assert page.url == f"{tab.site}compare.html#{first},{second}"
    criterion = table.get_by_text("Headache for")
    expect(criterion.first).to_be_hidden()
    page.emulate_media(media="print")
    expect(criterion.first).to_be_visible()
    assert "Headache for" in " ".join(sheet.text for sheet in printed(page))
    page.emulate_media(media="screen")
    for label, marked in (("Status", "the same"), ("Criteria", "differs")):
        head = table.locator("th[scope=rowgroup]").filter(has_text=label).first
        expect(head).to_contain_text(marked)
    groups = table.locator("th[scope=rowgroup]").filter(has_text="Groups").first
    expect(groups).to_have_text("Groups ")  # neither page says anything of them
    page.get_by_label("Show only what differs").check()
    expect(table.get_by_text("Status", exact=False).first).to_be_hidden()
    page.get_by_role("button", name="Open all").click()
    for one in criterion.all():
        expect(one).to_be_visible()
    page.get_by_role("button", name="Close all").click()
    expect(criterion.first).to_be_hidden()
    table.locator("summary").first.click()
    expect(criterion.first).to_be_visible()


@pytest.mark.parametrize("trials", [2, 3, 4])
def test_no_trial_of_a_comparison_is_a_sliver_on_a_phone(tab: Visit, trials: int) -> None:
    names = ",".join(f"NCT{n:08}" for n in range(1, trials + 1))
    for width in (390, 320):
        tab.page.set_viewport_size({"width": width, "height": 800})
        tab.page.goto("about:blank")
        tab.page.goto(f"{tab.site}compare.html#{names}")
        cells = tab.page.locator("#compare td:visible")
        expect(cells.first).to_be_visible()
        sides = cells.evaluate_all(
            "(all) => all.map((one) => one.getBoundingClientRect().toJSON())"
        )
        assert min(side["width"] for side in sides) > 130
        assert max(side["right"] for side in sides) < width
        same = tab.page.locator("#compare .same").first.locator("td:visible")
        assert same.count() == (1 if trials > 2 else trials)  # it stands once


class Presses:
    """A phone in a hand: what it presses, and how often."""

    def __init__(self, tab: Visit) -> None:
        self.page, self.count = tab.page, 0
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.page.goto(tab.site + "index.html")
        self.page.evaluate("trialpagesShortlist.keep([])")

    def press(self, what: Locator) -> None:
        what.click()
        self.count += 1


def test_five_checklists_are_printed_with_seven_presses(tab: Visit) -> None:
    hand = Presses(tab)
    page = hand.page
    hand.press(page.get_by_role("link", name="60 trials").first)
    for n in range(5):
        hand.press(page.locator(".star").nth(n))
    hand.press(page.get_by_role("link", name="Print the checklists"))
    expect(page.locator("#checklists > article")).to_have_count(5)
    assert "?" not in page.url  # to load it again prints nothing
    expect(page.locator("#shortlist-foreign")).to_be_hidden()
    assert hand.count == 7


def test_two_of_what_a_search_finds_are_compared_with_five_presses(tab: Visit) -> None:
    hand = Presses(tab)
    page = hand.page
    hand.press(page.locator("#home-q"))
    page.keyboard.type("headache")
    hand.press(page.locator(".hero-search button"))
    hand.press(page.locator("#results .star").nth(0))
    expect(page.get_by_role("link", name="Compare", exact=True)).to_be_hidden()
    hand.press(page.locator("#results .star").nth(1))
    hand.press(page.get_by_role("link", name="Compare", exact=True))
    expect(page.locator("#compare thead a")).to_have_count(2)
    numbers = page.url.partition("#")[2]
    where = page.locator(".print-address span")
    expect(where).to_have_text(f"https://rest.example/compare.html#{numbers}")
    assert hand.count == 5


@pytest.fixture(scope="module")
def copied_site(once: Once) -> Path:
    """Without an address of its own; one of its trials had another number."""
    files: dict[str, str | bytes] = {f"trials/NCT{n:08}.md": _trial(n) for n in (1, 2)}
    files["trials/NCT00000002.md"] = _trial(2).replace(
        "conditions:\n", "aliases: [NCT00000009]\nconditions:\n", 1
    )
    return once("copied", lambda folder: build_site(folder, files)) / "site"


@pytest.mark.parametrize("over", ["http", "file"])
def test_a_former_number_leads_to_the_trial(copied_site: Path, browser: Browser, over: str) -> None:
    with serve(copied_site) as served:
        address = served if over == "http" else copied_site.as_uri() + "/"
        with visit(browser, address) as tab:
            page = tab.page
            page.goto(f"{address}shortlist.html#NCT00000009,NCT00000002")
            expect(page.locator("#shortlist-status")).to_have_text("1 trial")
            expect(page.locator("#cards .trial-id")).to_have_text("NCT00000002")
            page.goto(f"{address}compare.html#NCT00000009,NCT00000001")
            expect(page.locator("#compare thead .trial-id")).to_have_text(
                ["NCT00000002", "NCT00000001"]
            )
            page.goto(address + "index.html")
            page.evaluate("trialpagesShortlist.keep(['NCT00000009'])")
            page.goto(f"{address}shortlist.html")
            expect(page.locator("#cards .star")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("over", ["http", "file"])
def test_a_mail_has_no_address_of_the_senders_own_computer(
    copied_site: Path, browser: Browser, over: str
) -> None:
    with serve(copied_site) as served:
        address = served if over == "http" else copied_site.as_uri() + "/"
        with visit(browser, address) as tab:
            page = tab.page
            page.goto(f"{address}shortlist.html#NCT00000002")
            link = page.get_by_role("link", name="Send by e-mail")
            expect(link).to_have_attribute("href", re.compile("NCT00000002"))
            mail = unquote(link.get_attribute("href") or "")
            assert "=Rest, part 2; of many\r\nNCT00000002\r\n" in mail
            assert "open on one computer only" in mail
            expect(page.locator("#list-address")).to_be_hidden()
            expect(page.locator("#copy-address")).to_be_hidden()
            page.emulate_media(media="print")
            expect(page.locator(".print-address")).to_be_hidden()
            assert address.rstrip("/") not in mail
            page.goto(f"{address}compare.html#NCT00000002")
            expect(page.locator("#compare thead a")).to_have_count(1)
            expect(page.locator(".print-address")).to_be_hidden()


@pytest.fixture(scope="module")
def mixed_site(once: Once) -> Path:
    """Two trials that take people and two that were called off."""
    files: dict[str, str | bytes] = {}
    for n, status in enumerate(("RECRUITING", "RECRUITING", "WITHDRAWN", "WITHDRAWN"), 1):
        text = re.sub("overall_status: .*", f"overall_status: {status}", _trial(n))
        files[f"trials/NCT{n:08}.md"] = text.replace("2024-01-", "2025-08-")
    return once("mixed", lambda folder: build_site(folder, files)) / "site"


def test_in_a_language_from_right_to_left_a_title_begins_with_its_first_word(
    tmp_path: Path, browser: Browser
) -> None:
    files: dict[str, str | bytes] = {f"trials/NCT{n:08}.md": _trial(n) for n in (1, 2, 3)}
    build_site(tmp_path, files | {"site.yaml": "title: T\nlanguage: ar\n"})
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        tab.page.set_viewport_size({"width": 390, "height": 800})
        tab.page.goto(f"{address}compare.html#NCT00000001,NCT00000002,NCT00000003")
        cell = tab.page.locator("#compare .differs td").first
        expect(cell).to_be_visible()
        runs = "(one) => getComputedStyle(one, '::before').direction"
        assert cell.evaluate(runs) == "ltr"  # cut at its end, not at its beginning
        sides = "(all) => all.map((one) => getComputedStyle(one).textAlign)"
        numbers = tab.page.locator("#compare thead .trial-id")
        assert set(numbers.evaluate_all(sides)) == {"right"}


def test_a_list_that_one_can_look_through_is_put_on_the_shortlist_whole(
    mixed_site: Path, site: Path, browser: Browser
) -> None:
    name = "Put all on my shortlist"
    with serve(site) as address, visit(browser, address) as tab:
        tab.page.goto(address + "conditions/migraine.html")
        expect(tab.page.locator(".files")).to_be_visible()
        expect(tab.page.get_by_role("button", name=name)).to_be_hidden()
    with serve(mixed_site) as address, visit(browser, address) as tab:
        tab.page.goto(address + "shortlist.html")
        expect(tab.page.get_by_role("link", name="See all trials")).to_be_visible()
        tab.page.goto(address + "trials/index.html")
        tab.page.get_by_role("button", name=name).click()
        expect(tab.page.locator(".star[aria-pressed=true]")).to_have_count(4)
        tab.page.locator("main").get_by_role("link", name="Shortlist (4)").click()
        expect(tab.page.locator("#cards .card")).to_have_count(4)
        expect(tab.page.get_by_role("link", name="See all trials")).to_be_hidden()


def test_a_row_is_headed_as_the_pages_head_it(mixed_site: Path, browser: Browser) -> None:
    with serve(mixed_site) as address, visit(browser, address) as tab:
        heads = tab.page.locator("#compare th[scope=rowgroup]")
        for numbers, who, whom in (
            ((1, 2), "Who can take part", "Who to contact"),
            ((3, 4), "Who it is for", "Contact"),
            ((1, 3), "Who it is for", "Contact"),
        ):
            names = ",".join(f"NCT{n:08}" for n in numbers)
            tab.page.goto("about:blank")
            tab.page.goto(f"{address}compare.html#{names}")
            expect(heads.filter(has_text=re.compile(f"^{who}"))).to_have_count(1)
            expect(heads.filter(has_text=re.compile(f"^{whom}"))).to_have_count(1)


def test_expanded_access_stands_in_the_comparison(tmp_path: Path, browser: Browser) -> None:
    record = "\n  nct_id: NCT00000003\n  status_for_nct_id: AVAILABLE"
    files: dict[str, str | bytes] = {}
    for n, access in ((1, "false"), (2, f"true{record}")):
        info = f"expanded_access_info:\n  has_expanded_access: {access}\nconditions:\n"
        files[f"trials/NCT{n:08}.md"] = _trial(n).replace("conditions:\n", info, 1)
    build_site(tmp_path, files)
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}compare.html#NCT00000001,NCT00000002")
        access_rows = tab.page.locator("#compare tbody").filter(has_text="(expanded access)")
        expect(access_rows).to_have_count(3)
        expect(access_rows.nth(0).locator("td")).to_have_text(["No", "Yes"])
        expect(access_rows.nth(1).locator("th")).to_contain_text("(expanded access) – Its record")
        expect(access_rows.nth(2).locator("td").nth(1)).to_contain_text("Available")


def test_what_all_say_is_explained_in_all_columns_or_in_none(
    tmp_path: Path, browser: Browser
) -> None:
    """A page explains its study type at its top, or, where a phase stands there, further down."""
    phase = "phases: [PHASE4]\nconditions:\n"
    files: dict[str, str | bytes] = {
        "trials/NCT00000001.md": _trial(1),
        "trials/NCT00000002.md": _trial(2).replace("conditions:\n", phase, 1),
    }
    build_site(tmp_path, files)
    meanings = []
    for number in (1, 2):
        page = LexborHTMLParser((tmp_path / f"site/trials/NCT0000000{number}.html").read_text())
        meanings.append(len(page.css("#design > .rows > div:first-child .meaning")))
    assert sorted(meanings) == [0, 1]
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}compare.html#NCT00000001,NCT00000002")
        row = tab.page.locator("#compare tbody").filter(has_text="Study type")
        expect(row.locator("td")).to_have_text(["Interventional", "Interventional"])


def test_a_date_that_registries_call_otherwise_is_one_row(tmp_path: Path, browser: Browser) -> None:
    names = ("NCT00000001", "ISRCTN10000017")
    start = "start_date: {date: 2023-01-05}\nconditions:\n"
    files: dict[str, str | bytes] = {
        f"trials/{one}.md": _trial(1).replace("NCT00000001", one).replace("conditions:\n", start, 1)
        for one in names
    }
    build_site(tmp_path, files)
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}compare.html#{','.join(names)}")
        row = tab.page.locator("#compare tbody").filter(has_text="5 January 2023")
        expect(row).to_have_count(1)
        expect(row.locator("th")).to_have_text("Start the same")
        expect(row.locator("td").nth(1)).to_have_text("5 January 2023 Start of recruitment")


def test_results_that_stand_at_the_registry_alone_are_told_in_a_comparison(
    tmp_path: Path, browser: Browser
) -> None:
    files: dict[str, str | bytes] = {
        f"trials/NCT{n:08}.md": _trial(n).replace("conditions:\n", f"{has}conditions:\n", 1)
        for n, has in ((1, "has_results: true\n"), (2, "has_results: false\n"), (3, ""))
    }
    build_site(tmp_path, files)
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}compare.html#NCT00000001,NCT00000002,NCT00000003")
        told = tab.page.locator("#compare tbody").filter(has_text="Posted results").locator("td")
        expect(told.nth(0)).to_contain_text("Results have been posted at ClinicalTrials.gov.")
        expect(told.nth(1)).to_have_text("No results are given.")
        expect(told.nth(2)).to_have_text("None on this site")


def test_the_same_word_is_the_same_where_one_page_explains_it_elsewhere(
    tmp_path: Path, browser: Browser
) -> None:
    """A study without a phase has its type at a glance, and what that means with it."""
    files: dict[str, str | bytes] = {
        f"trials/NCT{n:08}.md": _trial(n).replace("conditions:\n", f"{phases}conditions:\n", 1)
        for n, phases in ((1, "phases:\n  - PHASE2\n"), (2, "phases:\n  - NA\n"))
    }
    build_site(tmp_path, files)
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}compare.html#NCT00000001,NCT00000002")
        head = tab.page.locator("#compare th[scope=rowgroup]").filter(has_text="Study type")
        expect(head).to_contain_text("the same")


def test_what_the_registrys_own_words_may_say_is_not_called_unsaid(
    tmp_path: Path, browser: Browser
) -> None:
    files: dict[str, str | bytes] = {f"trials/NCT{n:08}.md": _trial(n) for n in (1, 2)}
    extra = "extra:\n  /Target_size: '\"Rest: 49\"'\nconditions:\n"
    files["trials/NCT00000002.md"] = _trial(2).replace("conditions:\n", extra, 1)
    build_site(tmp_path, files)
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}compare.html#NCT00000001,NCT00000002")
        groups = tab.page.locator("#compare tbody").filter(has_text="Groups").locator("td")
        expect(groups.nth(0)).to_have_text("Not said on its page")
        expect(groups.nth(1)).to_contain_text(
            "“More that the registry says” on its page may say it"
        )


def test_a_long_status_stays_within_its_cell(tmp_path: Path, browser: Browser) -> None:
    files: dict[str, str | bytes] = {}
    for n in range(1, 5):
        text = re.sub("overall_status: .*", "overall_status: APPROVED_FOR_MARKETING", _trial(n))
        files[f"trials/NCT{n:08}.md"] = text
    build_site(tmp_path, files)
    right = "(one) => one.getBoundingClientRect().right"
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        tab.page.set_viewport_size({"width": 700, "height": 800})
        names = ",".join(f"NCT{n:08}" for n in range(1, 5))
        tab.page.goto(f"{address}compare.html#{names}")
        status = tab.page.locator("#compare .status").first
        cell = tab.page.locator("#compare td").first
        assert status.evaluate(right) <= cell.evaluate(right)


def test_only_what_takes_people_is_printed_as_a_checklist(
    mixed_site: Path, browser: Browser
) -> None:
    with serve(mixed_site) as address, visit(browser, address) as tab:
        page = tab.page
        page.goto(f"{address}shortlist.html#NCT00000001,NCT00000003")
        page.evaluate("window.print = () => document.title = 'printed'; 0")
        page.get_by_role("button", name="Print the checklists").click()
        expect(page).to_have_title("printed")
        page.emulate_media(media="print")
        for number, times in (("NCT00000001", 1), ("NCT00000003", 0)):
            one = page.locator("#checklists > article").filter(has_text=number)
            expect(one.get_by_text("Checklist for a talk")).to_have_count(times)
            expect(one.locator(".notes-room")).to_have_count(times)
            expect(one.locator(".print-title")).to_contain_text("As of")
        page.emulate_media(media="screen")


def test_what_a_stranger_writes_into_the_address_is_not_shown(tab: Visit) -> None:
    page = tab.page
    odd = "%3Cimg%20src=x%20onerror=alert(1)%3E,a%2Fb,%E0,%,NCT99999999,NCT00000007,NCT00000007"
    page.goto(f"{tab.site}shortlist.html#{odd}")
    expect(page.locator("#shortlist-status")).to_contain_text(
        "1 trial This site has no trial “NCT99999999”."
    )
    expect(page.locator("#cards .card")).to_have_count(1)
    for name in ("onerror", "a/b"):
        expect(page.locator("main")).not_to_contain_text(name)
    expect(page.get_by_text("This list came with the address.")).to_be_visible()
    page.get_by_role("button", name="Add to my shortlist").click()
    expect(page.locator("#shortlist-status")).to_have_text("1 trial")
    assert page.url.endswith("shortlist.html#NCT00000007")
    page.goto(f"{tab.site}index.html")
    page.goto(f"{tab.site}shortlist.html")
    expect(page.locator("#shortlist-status")).to_have_text("1 trial")
    page.locator("#cards .star").click()
    expect(page.locator("#shortlist-status")).to_contain_text("Nothing is on it yet.")
    page.goto(f"{tab.site}compare.html#__proto__,<b>")
    expect(page.locator("#compare-status")).to_contain_text("None of the trials in the address")
    page.locator("#compare-begin").get_by_role("link", name="Shortlist").click()
    expect(page).to_have_title("Shortlist – Rest")


def test_where_the_browser_keeps_nothing_the_address_has_the_list(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as tab:
        page = tab.page
        refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new Error() } })"
        page.add_init_script(refuse)
        page.goto(f"{address}trials/{FIRST}.html")
        star = page.get_by_role("button", name=f"Shortlist: {FIRST}")
        star.click()
        expect(star).to_have_attribute("aria-pressed", "true")
        page.locator("header").get_by_role("link", name="Shortlist (1)").click()
        expect(page.locator("#shortlist-status")).to_have_text("1 trial")
        expect(page.get_by_text("This browser keeps nothing for this page.")).to_be_visible()
        assert page.url.endswith(f"#{FIRST}")
        page.close()  # its storage would stay refused


def test_a_list_in_several_pages_is_saved_whole(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + "conditions/migraine.2.html")
    references = rispy.loads(_saved(page, "RIS"))
    assert [one["accession_number"] for one in references] == page.evaluate(
        "window.trialpagesTrials.given.names()"
    )
    assert len({one["id"] for one in references}) == 60
    assert {tuple(one["authors"]) for one in references} == {("Rest Sleep & Co. Inc.,",)}
    expect(page.get_by_role("status").filter(has_text="60")).to_be_visible()
    text = _saved(page, "CSV")
    assert text.startswith("\ufeffid,title,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(rows) == 60
    assert {row["title"][:6] for row in rows} == {"'=Rest"}
    assert _saved(page, "BibTeX").count("@misc{NCT") == 60


def test_what_a_search_finds_is_saved(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + "search.html?q=fear&sort=title")
    expect(page.locator("#search-status")).to_contain_text("60 trials")
    assert len(rispy.loads(_saved(page, "RIS"))) == 60
    page.get_by_label("A condition, a treatment").or_(page.locator("#q")).first.fill("NCT00000007x")
    expect(page.locator(".files")).to_be_hidden()


@pytest.mark.parametrize(("trials", "packs"), [(0, 1), (8, 1), (9, 2), (60, 8), (3002, 512)])
def test_packs_are_few_and_a_power_of_two(trials: int, packs: int) -> None:
    assert number_of_packs(trials) == packs


def test_trials_spread_over_the_packs() -> None:
    counts = [0] * 512
    for number in range(3002):
        counts[pack_of(f"NCT{number * 7:08}", 512)] += 1
    assert max(counts) < 20
    assert counts.count(0) < 10


def test_without_scripts_the_pages_say_what_to_do(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name in ("shortlist", "compare"):
        page.goto((site / f"{name}.html").as_uri())
        expect(page.get_by_text("Without them")).to_be_visible()
    page.goto((site / "trials/index.html").as_uri())
    expect(page.locator(".files")).to_be_hidden()
    context.close()


PLACES = """
locations:
  - city: Ulm
    country: Germany
  - city: Bonn
    country: Germany
"""


def test_a_checklist_printed_with_others_says_all_that_it_says_alone(
    tmp_path: Path, browser: Browser
) -> None:
    """But for the way to the rest of the page."""
    places = f"{PLACES.lstrip()}conditions:\n"
    files: dict[str, str | bytes] = {
        f"trials/NCT{n:08}.md": _trial(n).replace("conditions:\n", places, 1) for n in (1, 2)
    }
    build_site(tmp_path, files)
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}trials/NCT00000001.html")
        hint = tab.page.locator(".print-hint").all_text_contents()
        alone = _words(printed(tab.page)) - set(" ".join(hint).split())
        tab.page.goto(f"{address}shortlist.html#NCT00000001,NCT00000002")
        tab.page.evaluate("window.print = () => document.title = 'printed'; 0")
        tab.page.get_by_role("button", name="Print the checklists").click()
        expect(tab.page).to_have_title("printed")
        assert "Ulm," in alone
        assert alone - _words(printed(tab.page)) == set()


def _words(sheets: tuple[Sheet, ...]) -> set[str]:
    return {word for sheet in sheets for word in sheet.text.split()}
