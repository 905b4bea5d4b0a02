"""Near me: the nearest place that takes people, and what is said where none is known."""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browser import Visit, serve, visit
from msgspec.structs import replace
from near import Pair, random_pairs, told_by, wrong
from playwright.sync_api import Browser, expect
from sites import PROJECT, Once, build_site

from trialpages.audit.positions import check_positions
from trialpages.language.site_language import read_language
from trialpages.records.model import Trial, to_trial
from trialpages.records.trial_file import write_trial
from trialpages.search.near import (
    NearTables,
    Said,
    Town,
    Whereabouts,
    surely_placed,
    whereabouts,
)
from trialpages.search.towns import town_point

CONTACT = {"name": "Nurse Ada", "phone": "+44 20 1234", "email": "ada@clinic.example"}


def place(city: str, lat: float, lon: float, status: str | None = "RECRUITING", **more: Any) -> Any:
    facility = more.pop("facility", f"{city} Clinic")
    given = {"facility": facility, "city": city, "geo_point": {"lat": lat, "lon": lon}, **more}
    return given | ({"status": status} if status else {})


def trial(number: int, *places: Any, status: str = "RECRUITING", **more: Any) -> Trial:
    return to_trial(
        {
            "nct_id": f"NCT{number:08}",
            "brief_title": more.pop("brief_title", f"Rest {number} for migraine"),
            "overall_status": status,
            "study_type": "INTERVENTIONAL",
            "locations": list(places),
            **more,
        }
    )


OSLO = place("Oslo", 59.91, 10.75, country="Norway", contacts=[CONTACT])
BERGEN = place("Bergen", 60.39, 5.32, country="Norway")
TRIALS = (
    trial(1, place("Oslo", 59.91, 10.75, "COMPLETED", country="Norway"), BERGEN),
    trial(2, OSLO, BERGEN, place("Bergen", 60.39, 5.32, country="Norway", facility="Other House")),
    trial(3, place("Suva", -18.14, 178.44, country="Fiji")),
    trial(4, place("Apia", -13.83, -171.76, None, country="Samoa")),
    trial(
        5, {"facility": "Clinic", "city": "Nowhere", "country": "Norway", "status": "RECRUITING"}
    ),
    trial(6, OSLO, status="COMPLETED"),
    trial(
        7,
        place("Springfield", 39.8, -89.64, country="United States", state="Illinois"),
        place("Springfield", 42.1, -72.59, country="United States", state="Massachusetts"),
        central_contacts=[{"name": "Desk", "email": "desk@study.example"}],
    ),
    trial(
        8,
        *(place(f"Town {n}", n, n, "COMPLETED", country=f"Country {n}") for n in range(38)),
        status="ACTIVE_NOT_RECRUITING",
        last_update_post_date={"date": "2020-09-19"},  # so long ago that its card says it
        brief_title="Whether rest helps those who have had migraine for many years " * 4,
        phases=["PHASE3"],
        minimum_age="18 Years",
        maximum_age="130 Years",
        brief_summary="Does rest help with migraine? " * 20,
        conditions=["Migraine", "Migraine with aura"],
    ),
    trial(
        9,
        place("Sisimiut", 66.94, -53.67, country="Greenland"),
        conditions=["Kuru"],
        brief_title="Rest for kuru",
    ),
    trial(
        10,
        place("Nuuk", 64.18, -51.72, country="Greenland"),
        brief_title="Rest for hives",
        references=[{"citation": "Alpers M. A hundred years of kuru. Lancet 1999."}],
    ),
)


WORDS = (PROJECT / "templates/strings/en.yaml").read_text(encoding="utf-8")
ENGLISH = read_language("en", {"strings/en.yaml": WORDS})


# --- what the tables are made of ----------------------------------------------------------------


def found_in(number: int) -> Whereabouts:
    return whereabouts(TRIALS[number - 1], ENGLISH)


def test_a_place_counts_that_a_recruiting_trial_doesnt_call_closed() -> None:
    names = {one: [place.facility for place in found_in(one).places] for one in range(1, 7)}
    assert names[1] == ["Bergen Clinic"]
    assert names[2] == ["Oslo Clinic", "Bergen Clinic", "Other House"]
    assert names[6] == []
    assert [found_in(one).places[0].said for one in (3, 4)] == [Said.PLACE, Said.NOTHING]
    assert found_in(5).places[0].at is None


def test_towns_that_share_a_name_have_their_region() -> None:
    tables = NearTables("build")
    for one in TRIALS:
        tables.add(whereabouts(one, ENGLISH))
    towns = read_table(tables.scripts()["points"])
    assert "Springfield, Illinois, United States" in towns
    assert "Oslo, Norway" in towns


def test_a_town_is_where_most_records_have_it() -> None:
    tables = NearTables("build")
    right, wrong = (
        Town((1381372, 1915755), "München, Germany", "München, Germany"),
        (1416070, 1933120),
    )
    for at in (right.at, right.at, wrong):
        tables.add(Whereabouts(towns=(replace(right, at=at),)))
    points = read_table(tables.scripts()["points"])
    assert points.count("München") == 1


def test_of_spellings_of_a_town_that_of_most_trials_comes_first() -> None:
    tables = NearTables("build")
    for name in ("COrdoba, Argentina", "Córdoba, Argentina", "Córdoba, Argentina"):
        tables.add(Whereabouts(towns=(Town((1000000, 1000000), name, name),)))
    assert "Córdoba, Argentina|COrdoba, Argentina" in read_table(tables.scripts()["points"])


def read_table(script: str) -> str:
    return gzip.decompress(base64.b64decode(script.split('"')[3])).decode("utf-8", "replace")


# --- in a browser -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(once: Once) -> Path:
    files: dict[str, str | bytes] = {
        f"trials/{one.nct_id}.md": write_trial(one).encode() for one in TRIALS
    }
    return once("near", lambda project: build_site(project, files, search=True)) / "site"


@pytest.fixture(scope="module", params=["http", "file"])
def address(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "file":
        yield folder.as_uri() + "/"
        return
    with serve(folder) as found:
        yield found


@pytest.mark.browser
def test_a_town_that_is_typed_brings_the_nearest_places(tab: Visit) -> None:
    page = tab.page
    page.goto(f"{tab.site}search.html?q=migraine")
    page.locator("#near-place").press_sequentially("drammen")
    page.locator(".near-choices button", has_text="Drammen, Norway").click()
    status, results = page.locator("#search-status"), page.locator("#results .card")
    expect(status).to_contain_text("1 trial found.")
    expect(status).to_contain_text("1 more trial is listed as taking people, but its record")
    expect(results).to_have_count(1)
    expect(results).to_contain_text("About 36 km away Oslo Clinic, Oslo, Norway")
    expect(results).to_contain_text("Contact there: +44 20 1234, ada@clinic.example, Nurse Ada")
    assert "near=Drammen%2C+Norway&within=100" in page.url
    page.select_option("#near-within", "0")
    expect(results).to_have_count(5)
    expect(results.nth(0)).to_contain_text("Rest 2")
    expect(results.nth(1)).to_contain_text("Bergen Clinic, Bergen, Norway")
    expect(results.nth(1)).to_contain_text("names no telephone number or e-mail address")
    expect(results.nth(2)).to_contain_text("The study’s contact: desk@study.example, Desk")
    expect(results.nth(3)).to_contain_text("The record doesn’t say whether this place itself")
    page.locator("#search-chosen .chip", has_text="Nearest to Drammen").click()
    expect(status).to_have_text("8 trials found.")
    assert "near=" not in page.url
    assert page.input_value("#search-order") == "relevance"
    expect(
        page.locator("#results .card", has_text="Country 0, Country 1, Country 2 and 35 more")
    ).to_be_visible()
    heights = "all => all.map((one) => one.getBoundingClientRect().height)"
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert max(page.locator("#results .card").evaluate_all(heights)) <= 260, width


@pytest.mark.browser
def test_a_near_result_that_lacks_a_word_is_no_taller_than_others(
    browser: Browser, tmp_path: Path
) -> None:
    """Of 160 real ones one was: its status told with a date, a long contact, and what it lacks."""
    nurse = {
        "name": "Nurse Ada Byron, Countess of Lovelace",
        **CONTACT,
        "email": "a" * 60 + "@b.org",
    }
    long = trial(
        1,
        place("Oslo", 59.91, 10.75, country="Norway", facility="Clinic " * 9, contacts=[nurse]),
        last_update_post_date={"date": "2024-09-24"},
        brief_title="Whether rest helps those who have had migraine for many years " * 4,
        phases=["PHASE1", "PHASE2"],
        minimum_age="18 Years",
        maximum_age="69 Years",
        brief_summary="Does rest help with migraine? " * 20,
    )
    other = trial(2, brief_title="Rest for a sprained knee")
    files: dict[str, str | bytes] = {
        f"trials/{one.nct_id}.md": write_trial(one) for one in (long, other)
    }
    build_site(tmp_path, files, search=True)
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        for width in (390, 320):
            tab.page.set_viewport_size({"width": width, "height": 844})
            tab.page.goto(f"{address}search.html?q=migraine+sprained&near=Oslo,+Norway")
            card = tab.page.locator("#results .card.is-near")
            expect(card).to_contain_text("Doesn’t say")
            assert card.evaluate("(one) => one.offsetHeight") <= 260


@pytest.mark.browser
def test_trials_with_places_there_that_are_yet_to_open_are_told(
    tmp_path: Path, browser: Browser
) -> None:
    near, far = (place("Oslo", 59.91, 10.75, None, country="Norway"), BERGEN)
    trials = (
        trial(1, OSLO),
        trial(2, near, status="NOT_YET_RECRUITING", brief_title="Sleep for migraine"),
        trial(3, far, status="NOT_YET_RECRUITING"),
        trial(4, far, OSLO | {"status": "NOT_YET_RECRUITING"}, brief_title="Tea for migraine"),
        trial(5, near, status="COMPLETED"),
    )
    build_site(
        tmp_path, {f"trials/{one.nct_id}.md": write_trial(one) for one in trials}, search=True
    )
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html?q=migraine&near=Oslo&within=100")
        status = tab.page.locator("#search-status")
        expect(status).to_contain_text(
            "1 trial found. 2 more trials have places within that distance"
        )
        told = status.get_by_role("link", name="for migraine")
        expect(told).to_have_text(["Sleep for migraine", "Tea for migraine"])
        told.first.click()
        expect(tab.page).to_have_url(f"{address}trials/NCT00000002.html")


def test_home_asks_for_a_condition_an_age_and_a_town_at_once(tab: Visit) -> None:
    page = tab.page
    page.goto(f"{tab.site}index.html")
    page.get_by_label("Find a trial").fill("migraine")
    page.get_by_label("Age", exact=True).fill("480")
    page.select_option("#home-age-unit", "months")
    page.get_by_label("Near").fill("berg")
    page.locator(".near-choices button", has_text="Bergen, Norway").click()
    page.keyboard.press("Enter")
    expect(page.locator("#search-status")).to_contain_text("2 trials found")
    expect(page.locator("#search-chosen")).to_contain_text("Age: 480 months old")
    expect(page.locator("#search-chosen")).to_contain_text("Within 100 km of Bergen")
    assert page.input_value("#search-order") == "nearest"
    page.goto(f"{tab.site}index.html")  # what is left empty asks for nothing
    page.get_by_label("Find a trial").fill("migraine")
    page.keyboard.press("Enter")
    expect(page.locator("#search-status")).to_have_text("8 trials found.")


@pytest.mark.browser
def test_a_town_in_the_question_offers_the_places_around_it(tab: Visit) -> None:
    page = tab.page
    page.goto(f"{tab.site}search.html?q=migraine in Bergen")
    page.get_by_role("link", name="Search within 100 km of Bergen, Norway instead").click()
    expect(page.locator("#search-status")).to_contain_text("2 trials found")
    assert "q=migraine&near=Bergen%2C+Norway&within=100" in page.url
    page.goto(f"{tab.site}search.html?q=migraine in Norway")
    expect(page.locator("#search-understood")).to_contain_text("Place: Norway")
    expect(page.locator("#search-understood a")).to_have_count(0)


@pytest.mark.browser
def test_near_a_town_in_the_question_is_within_a_distance(tab: Visit) -> None:
    page = tab.page
    order, chip = page.locator("#search-order"), page.locator("#search-understood .chip")
    page.goto(f"{tab.site}search.html?q=migraine within 200 miles of Bergen")
    expect(chip).to_have_text("Within 200 miles (322 km) of Bergen, Norway ×")
    expect(page.locator(".card-where").first).to_contain_text("Less than 5 km away")
    expect(order).to_have_value("nearest")
    order.select_option("relevance")  # what is chosen stays, and stands in the address
    page.wait_for_url("**sort=relevance")
    page.reload()
    expect(page.locator(".card-where").first).to_be_visible()
    expect(order).to_have_value("relevance")
    page.goto(f"{tab.site}search.html?q=migraine near Bergen")
    chip.click()
    expect(chip).to_have_count(0)
    expect(order).to_have_value("relevance")


@pytest.mark.browser
def test_the_field_goes_before_a_place_of_the_question(tab: Visit) -> None:
    page = tab.page
    page.goto(f"{tab.site}search.html?q=migraine near Bergen&near=Suva, Fiji&within=25")
    expect(page.locator("#search-status")).to_contain_text("1 trial found")
    expect(page.locator("#search-understood .chip")).to_have_count(0)
    expect(page.locator("#search-chosen")).to_contain_text("Within 25 km of Suva, Fiji")


@pytest.mark.browser
def test_on_a_phone_a_place_is_asked_for_in_one_line_until_somebody_opens_it(tab: Visit) -> None:
    page = tab.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{tab.site}search.html?q=migraine")
    first = page.locator("#results .card").first
    expect(first).to_be_in_viewport(ratio=1)
    fold, box = page.get_by_role("button", name="Near a place"), page.locator("#near-place")
    expect(box).to_be_hidden()
    fold.click()
    expect(box).to_be_focused()
    expect(fold).to_have_attribute("aria-expanded", "true")
    fold.click()
    expect(box).to_be_hidden()
    page.goto(f"{tab.site}search.html?q=migraine&near=Oslo")
    expect(first).to_be_in_viewport(ratio=0.8)
    box.fill("")
    expect(page.locator("#search-chosen")).to_be_hidden()
    expect(box).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(box).to_be_visible()
    expect(page.locator(".near-fold")).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["index.html", "search.html", "trials/NCT00000001.html"])
def test_towns_are_told_to_who_hears_them_and_chosen_by_keys(tab: Visit, path: str) -> None:
    page = tab.page
    page.goto(tab.site + path)
    box, said, choices = (page.locator(f".near-{name}") for name in ("place", "said", "choices"))
    box.press_sequentially("newcas")
    expect(said).to_have_text(re.compile("^Did you mean Newcastle, Australia, .* or .*[?]$"))
    expect(said.locator(".visually-hidden")).to_have_count(1)
    buttons = choices.get_by_role("button")
    expect(buttons.nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(buttons.nth(1)).to_be_focused()
    label = buttons.nth(1).inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(choices).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value(label)
    expect(said).not_to_contain_text("Did you mean")


@pytest.mark.browser
def test_a_trials_page_lists_its_places_by_how_far_they_are(tab: Visit) -> None:
    page = tab.page
    page.goto(f"{tab.site}trials/NCT00000001.html")
    page.locator("#near-place").press_sequentially("drammen")
    page.locator(".near-choices button").first.click()
    rows = page.locator(".near-table tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Bergen Clinic About 280 km away")
    expect(rows.nth(1)).to_contain_text("Oslo Clinic About 36 km away")
    expect(page.locator(".near-said")).to_contain_text("2 of 2 places, the nearest first;")
    page.select_option("#near-within", "50")
    expect(rows).to_have_count(1)
    page.fill("#near-place", "")
    expect(rows).to_have_count(0)


@pytest.mark.browser
def test_a_first_press_on_a_trials_page_is_not_lost(tab: Visit) -> None:
    """Who listens to it is loaded by it."""
    tab.page.set_viewport_size({"width": 390, "height": 844})
    tab.page.goto(f"{tab.site}trials/NCT00000001.html")
    tab.page.click(".near-fold")
    expect(tab.page.locator("#near-place")).to_be_visible()
    expect(tab.page.locator(".near-fold")).to_have_attribute("aria-expanded", "true")
    tab.page.set_viewport_size({"width": 1280, "height": 720})


@pytest.mark.browser
@pytest.mark.parametrize(
    ("typed", "town", "is_told"),
    [
        ("boston ma", "Boston, MA, United States", False),
        ("Boston, Massachusetts", "Boston, MA, United States", False),
        ("Boston MA, USA", "Boston, MA, United States", False),
        ("Seattle WA", "Seattle, WA, United States", False),
        ("Perth WA", "Perth, Australia", True),  # its label has no state
        ("toronto ontario", "Toronto, Canada", True),
        ("75013 Paris", "Paris, France", True),
        ("London SW1A 1AA", "London, United Kingdom", True),
    ],
)
def test_a_state_or_a_postcode_may_stand_beside_a_town(
    tab: Visit, typed: str, town: str, is_told: bool
) -> None:
    tab.page.goto(f"{tab.site}search.html?near={typed}")
    expect(tab.page.locator("#search-chosen")).to_contain_text(f"Within 100 km of {town}")
    taken = tab.page.locator("#search-status", has_text=f"“{typed}” is taken to be {town}.")
    expect(taken).to_have_count(int(is_told))


@pytest.mark.parametrize("typed", ["SW1A 1AA", "02115", "K1A 0B6"])
def test_a_postcode_alone_is_said_to_be_unknown(tab: Visit, typed: str) -> None:
    tab.page.goto(f"{tab.site}search.html?near={typed}")
    status = tab.page.locator("#search-status")
    expect(status).to_have_text(re.compile("^Postcodes aren’t known here[.] Type a town"))
    expect(status).not_to_contain_text("No town called")


def test_a_small_town_of_the_records_goes_behind_a_large_one_of_its_name(tab: Visit) -> None:
    tab.page.goto(f"{tab.site}search.html")
    found = tab.page.evaluate("""() => {
      const near = window.trialpagesNear;
      const at = (label, lat, lon, size) => ({ label, names: ['birmingham'], lat, lon, size });
      const towns = [at('Alabama', 33.5, -86.8, 1), at('England', 52.5, -1.9, 3)];
      const all = near.weighed(towns, [at('Birmingham, US', 33.5, -86.8, 1)]);
      return near.meant('Birmingham', () => all, 6).map(({ label }) => label);
    }""")
    assert found == ["England", "Birmingham, US"]


@pytest.mark.browser
def test_an_address_names_a_place_as_somebody_types_it(tab: Visit) -> None:
    page = tab.page
    page.goto(f"{tab.site}search.html?near=spingfeld")
    status = page.locator("#search-status")
    expect(status).to_contain_text("No town called “spingfeld” is known here.")
    page.goto(f"{tab.site}search.html?near=springfield, ma&within=25&sort=updated")
    expect(page.locator("#search-chosen")).to_contain_text(
        "Within 25 km of Springfield, Massachusetts, United States"
    )
    expect(page.locator("#results .card")).to_contain_text("Less than 5 km away Springfield Clinic")
    assert page.input_value("#search-order") == "updated"
    page.goto(f"{tab.site}search.html?near=Suva&within=100")
    expect(page.locator("#results .card")).to_have_count(1)
    page.goto(f"{tab.site}search.html?near=reykjavik&within=25")
    expect(status).to_contain_text("Only places that may be taking people count.")
    expect(status).to_contain_text("the nearest of such a trial is about 1,")
    status.get_by_role("button", name="any distance").click()
    expect(page.locator("#results .card").first).to_be_visible()
    assert page.input_value("#near-within") == "0"
    page.goto(f"{tab.site}search.html?q=migraine+suva&near=Oslo&within=25")
    expect(status).to_contain_text("no trial says all these words together.")
    expect(status).to_contain_text("the nearest of a trial that says all these words is about 1")
    expect(status).to_contain_text("km away: choose a larger distance.")


@pytest.mark.browser
def test_by_distance_what_only_mentions_the_words_comes_last(tab: Visit) -> None:
    page = tab.page
    page.goto(f"{tab.site}search.html?q=kuru&near=Nuuk&within=0")
    expect(page.locator("#results li.result-divider")).to_have_text(
        "The trials below mention these words, but may be about something else."
    )
    lines = page.locator("#results > li")
    expect(lines.nth(0)).to_contain_text("Rest for kuru")
    expect(lines.nth(2)).to_contain_text("Rest for hives")
    expect(lines.nth(2).locator(".places")).to_contain_text("References")
    status = page.locator("#search-status")
    expect(status).not_to_contain_text("may be about something else")
    page.goto(f"{tab.site}search.html?q=kuru&near=Nuuk&within=25")
    expect(status).to_contain_text("1 trial found. What is found mentions the words, but")
    expect(page.locator("#results li.result-divider")).to_have_count(0)


@pytest.mark.browser
def test_a_town_is_known_by_its_names_in_other_languages(tab: Visit) -> None:
    typed = {
        "Cologne": "Köln, Germany",
        "Milano": "Milan, Italy",
        "Londres": "London, United Kingdom",
        "Warschau": "Warsaw, Poland",
        "北京市": "Beijing, China",
        "القاهرة": "Cairo, Egypt",
    }
    for name, town in typed.items():
        tab.page.goto(f"{tab.site}search.html?near={name}")
        expect(tab.page.locator("#search-chosen")).to_contain_text(f"Within 100 km of {town}")


@pytest.fixture(scope="module")
def in_two(once: Once) -> Path:
    """A site in two languages."""
    countries = ("Turkey", "Korea, Republic of", "United Kingdom", "Ukraine", *["Norway"] * 10)
    cologne = place("Cologne", 50.94, 6.96, country="Germany")
    ankara = (place("Ankara", 39.92, 32.85, country=country) for country in countries)
    one = trial(1, cologne, *ankara)
    files: dict[str, str | bytes] = {
        "site.yaml": "title: Near\nurl: https://t.example/\nlanguages: [en, es]\n",
        f"trials/{one.nct_id}.md": write_trial(one),
    }
    return once("near in two", lambda project: build_site(project, files, search=True)) / "site"


@pytest.mark.browser
def test_the_places_of_a_trial_are_found_by_each_name_of_their_country(
    in_two: Path, browser: Browser
) -> None:
    typed = {"": ("South Korea", "Türkiye", "UK"), "es/": ("Corea del Sur", "Turquía", "gb")}
    with serve(in_two) as site, visit(browser, site) as tab:
        for folder, names in typed.items():
            tab.page.goto(f"{site}{folder}trials/NCT00000001.html")
            for name in names:
                tab.page.fill("#sites-filter", name)
                expect(tab.page.locator("#locations tbody tr:visible")).to_have_count(1)


@pytest.mark.browser
def test_a_town_that_records_call_otherwise_is_offered_once(in_two: Path, browser: Browser) -> None:
    with serve(in_two) as site, visit(browser, site) as tab:
        tab.page.goto(f"{site}search.html?near=Colognee")
        expect(tab.page.locator("#search-status button")).to_have_text("Cologne, Germany")


@pytest.mark.browser
def test_an_address_means_the_same_place_in_each_language(in_two: Path, browser: Browser) -> None:
    meant = {
        "London, United Kingdom": ("London, United Kingdom", "London, Reino Unido"),
        "Epping, Australia, near Melbourne": ("near Melbourne", "cerca de Melbourne"),
        "Ankara, Turkey (Türkiye)": ("Ankara, T", "Ankara, Turquía"),
        "boston uk": ("Boston, United Kingdom", "Boston, Reino Unido"),
    }
    with serve(in_two) as site, visit(browser, site) as tab:
        for asked, (english, spanish) in meant.items():
            tab.page.goto(f"{site}search.html?near={asked}")
            expect(tab.page.locator("#search-chosen")).to_contain_text(f"{english}")
            tab.page.locator("#languages a").click()
            expect(tab.page.locator("#search-chosen")).to_contain_text(spanish)
        tab.page.locator("#languages a").click()
        expect(tab.page.locator("#search-chosen")).to_contain_text("Boston, United Kingdom")


@pytest.mark.browser
def test_names_in_other_letters_are_read_by_who_types_such(tab: Visit) -> None:
    page = tab.page
    with page.expect_request("**/towns.*.js"):
        page.goto(f"{tab.site}search.html?near=leeds&within=25")
    read = "[...document.scripts].filter(({ src }) => src.includes('towns-other')).length"
    expect(page.locator("#search-chosen")).to_contain_text("Leeds")
    assert page.evaluate(read) == 0
    page.goto(f"{tab.site}search.html?near=北京市&within=25")
    expect(page.locator("#search-chosen")).to_contain_text("Beijing")
    assert page.evaluate(read) == 1


def test_the_table_of_towns_is_light_on_its_way() -> None:
    assert len(gzip.compress((PROJECT / "theme/towns.js").read_bytes())) <= 250_000


@pytest.mark.browser
def test_a_place_of_an_address_that_nobody_knows_stands_in_quotes_and_bounded(tab: Visit) -> None:
    tab.page.goto(f"{tab.site}search.html?near={quote('Ring 0900 666 666. ' * 50)}&within=25")
    expect(tab.page.locator("#search-chosen .chip")).to_have_text(
        "Within 25 km of “Ring 0900 666 666. Ring 0900 666 666. R…” ×"
    )


def test_a_name_that_several_towns_have_says_which_is_meant_and_offers_the_others(
    tab: Visit,
) -> None:
    page, status = tab.page, tab.page.locator("#search-status")
    page.goto(f"{tab.site}search.html?near=newcastle&within=25")
    expect(status).to_contain_text("“newcastle” is taken to be Newcastle, Australia.")
    expect(status.get_by_role("button", name="Newcastle, South Africa")).to_be_visible()
    status.get_by_role("button", name="Newcastle upon Tyne, United Kingdom").click()
    expect(page.locator("#search-chosen")).to_contain_text("Within 25 km of Newcastle upon Tyne")
    expect(status).not_to_contain_text("is taken to be")
    page.fill("#near-place", "springf")
    page.press("#near-place", "Enter")
    expect(status).to_contain_text("“springf” is taken to be Springfield, ")
    page.goto(f"{tab.site}trials/NCT00000001.html")
    page.fill("#near-place", "newcastle")
    page.press("#near-place", "Enter")
    said = page.locator(".near-said")
    expect(said).to_contain_text("“newcastle” is taken to be Newcastle, Australia.")
    expect(said).to_contain_text("2 of 2 places, the nearest first;")


@pytest.mark.browser
def test_a_town_that_nobody_knows_is_said_to_be_so_first_and_those_spelt_nearly_so_are_offered(
    tab: Visit,
) -> None:
    page, status = tab.page, tab.page.locator("#search-status")
    meant = {
        "Olso": "Oslo, Norway",
        "Bergen UK": "Bergen, Norway",
        "Edinbourgh, United Kingdom": "Edinburgh, United Kingdom",
    }
    for typed, town in meant.items():
        page.goto(f"{tab.site}search.html?near={typed}&q=migraine")
        expect(status).to_have_text(re.compile(f"^No town called “{typed}” is known here[.]"))
        expect(status).not_to_contain_text("No trial")
        status.get_by_role("button", name=town, exact=True).click()
        expect(page.locator("#search-chosen")).to_contain_text(town)
    page.fill("#near-place", "madird")
    expect(page.locator(".near-said")).to_contain_text("Did you mean Madrid, Spain")
    page.goto(f"{tab.site}search.html?near=xyzzyplugh")
    expect(status).to_have_text(re.compile("^No town called “xyzzyplugh” is known here[.][^?]*$"))


@pytest.mark.browser
def test_a_position_is_asked_on_a_click_and_stays_here(browser: Browser, folder: Path) -> None:
    with serve(folder) as site, visit(browser, site) as tab:
        page = tab.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.context.grant_permissions(["geolocation"], origin=site)
        page.context.set_geolocation({"latitude": -18.2, "longitude": 178.4})
        page.goto(f"{site}search.html")
        expect(page.locator("#search-status")).to_contain_text("Type a word")
        page.locator(".near-here").click()
        expect(page.locator("#results .card")).to_contain_text(
            "About 8 km away Suva Clinic, Suva, Fiji"
        )
        expect(page.locator("#search-chosen")).to_contain_text("Within 100 km of my position")
        assert page.url == f"{site}search.html"
        page.locator("#results .card-title a").click()
        page.go_back()
        expect(page.locator("#results .card")).to_contain_text("Suva Clinic")
        page.context.clear_permissions()
        page.reload()
        assert not [one for one in asked if "18.2" in one or "178.4" in one]
        page.context.set_geolocation(None)


@pytest.mark.browser
def test_the_nearest_is_the_nearest(browser: Browser, folder: Path) -> None:
    """200 random pairs; bench/near.py asks as many as you like of real records."""
    trials = {one.nct_id: one for one in TRIALS if one.overall_status.value == "RECRUITING"}
    del trials["NCT00000004"]  # its place isn't said to take people
    pairs = [
        *random_pairs(trials, 198),
        Pair("NCT00000003", (-18.0, -179.9)),
        Pair("NCT00000002", (90.0, 0.0)),
    ]
    with serve(folder) as site, visit(browser, site) as tab:
        tab.page.goto(f"{site}search.html")
        answers = told_by(tab.page, pairs)
    told = zip(pairs, answers, strict=True)
    assert [fault for pair, one in told if (fault := wrong(pair, trials[pair.trial_id], one))] == []


@pytest.mark.parametrize(
    ("town", "country", "found"),
    [
        ("Leeds", "United Kingdom", True),
        ("leeds", "Great Britain", True),
        ("Leeds", "Norway", False),
        ("Nowhere", "United Kingdom", False),
        ("San Pedro", "Argentina", False),  # several
        ("Boston", "United States", False),  # many a small one beside the large
    ],
)
def test_a_place_without_a_position_is_where_its_town_surely_is(
    town: str, country: str, found: bool
) -> None:
    no_position = {"facility": "Infirmary", "city": town, "country": country}
    (one,) = whereabouts(trial(1, no_position), ENGLISH).places
    assert (one.position is not None) == found
    if found:
        assert one.position == (53.8, -1.55)


@pytest.mark.parametrize(
    ("town", "country", "said", "told"),
    [
        ("Sydney", "Australia", (51.5, -0.12), (-33.87, 151.21)),
        ("Leeds", "United Kingdom", (-1.55, 53.8), (53.8, -1.55)),
        ("Milan", "Italy", (42.78, 12.6), (45.46, 9.19)),  # as the registry has it
        ("Boston", "United States", (-71.06, 42.36), None),
        ("Zerifin", "Israel", (31.96, 4.84), None),  # as the registry has it
        ("Leeds", "United Kingdom", (54.1, -1.5), (54.1, -1.5)),
        ("Halle", "Germany", (51.48, 11.98), (51.48, 11.98)),  # a larger one of the name
        ("Bethel", "United States", (60.79, -161.76), (60.79, -161.76)),
        ("Fort-de-France", "France", (14.61, -61.06), (14.61, -61.06)),
        ("Alofi", "Niue", (-19.06, -169.92), (-19.06, -169.92)),  # without any town
    ],
)
def test_a_position_that_cannot_be_is_none(
    town: str, country: str, said: tuple[float, float], told: tuple[float, float] | None
) -> None:
    study = trial(1, place(town, *said, country=country), place(town, *said, country=country))
    assert whereabouts(study, ENGLISH).places[0].position == told
    points = [one.geo_point for one in surely_placed(study).locations]
    assert all(points) == (told == said)
    assert len([*check_positions(study, "a.md")]) == (told != said)


@pytest.mark.parametrize(
    ("town", "country", "same"),
    [
        ("Wroclaw", "Poland", "Wrocław"),
        ("Lodz", "Poland", "Łódź"),
        ("Zuerich", "Switzerland", "Zürich"),
        ("Tuebingen", "Germany", "Tübingen"),
        ("Tromso", "Norway", "Tromsø"),
        ("Praha 5", "Czech Republic", "Prague"),
        ("Aarhus N", "Denmark", "Aarhus"),
        ("Paris Cedex 13", "France", "Paris"),
        ("Saint-Etienne", "France", "Saint-Étienne"),
        ("Pecs", "Fiji", ""),
    ],
)
def test_a_town_is_known_by_its_other_names_and_spellings(
    town: str, country: str, same: str
) -> None:
    found = town_point(town, country)
    assert found == (town_point(same, country) if same else None)
    assert bool(found) == bool(same)
