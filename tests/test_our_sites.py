"""The editor's own institutions: which places are theirs, and where they are named first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import visit
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser
from sites import build_site, trial_text

from trialpages.audit.our_sites import check_our_sites
from trialpages.records.model import Location
from trialpages.records.our_sites import OurSite, site_of
from trialpages.records.trial_file import read_trial
from trialpages.settings.site_file import read_site

SITE = """\
title: Ours
our_sites:
  - North Clinic
  - name: South Clinic
    written: [Clinic of the South]
    cities: [Leeds]
"""
PLACES = """\
completion_date: 2030-01
locations:
  - {facility: Far Hospital, city: Berlin, country: Germany, status: RECRUITING,
     contacts: [{name: F, phone: "111"}]}
  - {facility: Clinic of the South, city: Leeds, country: United Kingdom, status: RECRUITING,
     contacts: [{name: S, phone: "222"}]}
  - {facility: South Clinic, city: Springfield, country: United States, status: RECRUITING}
  - {facility: north  CLINIC, city: Leeds, country: United Kingdom, status: COMPLETED,
     contacts: [{name: N, phone: "333"}]}
  - {facility: Near Hospital, city: Leeds, country: United Kingdom, status: RECRUITING}
---
"""
NUMBER = "NCT00000001"


def trial(places: str = PLACES) -> str:
    head, _, body = trial_text().partition("---\n\n")
    return f"{head}{places}\n{body}"


def page(folder: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((folder / "site" / name).read_text("utf-8"))


def text_of(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(one.text().split()) for one in tree.css(selector)]


def built(folder: Path, site: str = SITE) -> Path:
    build_site(folder, {"site.yaml": site, f"trials/{NUMBER}.md": trial()})
    return folder


@pytest.mark.parametrize(
    ("name", "city", "found"),
    [
        ("NORTH clinic", "Anywhere", "North Clinic"),
        ("North Clinic of Leeds", "Leeds", ""),
        ("South Clinic", "leeds", "South Clinic"),
        ("Clinic of the South", "Leeds", "South Clinic"),
        ("South Clinic", "Springfield", ""),
        (None, "Leeds", ""),
    ],
)
def test_a_place_is_ours_by_its_whole_name_and_its_town(
    name: str | None, city: str, found: str
) -> None:
    ours, _ = read_site(SITE.encode(), "site.yaml")
    assert site_of(Location(facility=name, city=city), ours.our_sites) == found
    assert site_of(Location(facility=name, city=city), (OurSite(name=" "),)) == ""


def test_a_trials_page_has_our_places_first_and_each_place_once(tmp_path: Path) -> None:
    tree = page(built(tmp_path), f"trials/{NUMBER}.html")
    (said,) = text_of(tree, ".fact-where .at-ours")
    assert said == (
        "At our sites: North Clinic, no longer taking people; South Clinic, taking people"
    )
    places = text_of(tree, "#locations tbody th")
    assert places == [
        "Clinic of the South", "north CLINIC", "Far Hospital", "Near Hospital", "South Clinic"
    ]  # fmt: skip
    heads = text_of(tree, "#locations h3")
    assert heads[0] == "At our sites"
    assert "United Kingdom 2 of 3 places taking people, 2 of them above" in heads


def test_who_to_contact_is_at_our_site_that_takes_people(tmp_path: Path) -> None:
    (said,) = text_of(page(built(tmp_path), f"trials/{NUMBER}.html"), ".fact-contact dd")
    assert "222" in said and "Contact at our site." in said
    build_site(tmp_path, {"site.yaml": SITE.partition("  - name")[0]})
    (said,) = text_of(page(tmp_path, f"trials/{NUMBER}.html"), ".fact-contact dd")
    assert "111" in said and "our site" not in said, "North Clinic takes nobody"


def test_cards_and_lists_name_our_sites_first(tmp_path: Path) -> None:
    built(tmp_path)
    said = (
        "North Clinic (listed as no longer taking people), South Clinic (listed as taking people)"
    )
    for name in ("trials/index.html", "index.html", "our-sites/north-clinic.html"):
        (note,) = text_of(page(tmp_path, name), ".card-ours")
        assert note == f"At our sites: {said}", name
    (closed,), (open_,) = (
        text_of(page(tmp_path, f"our-sites/{name}-clinic.html"), ".lead")
        for name in ("north", "south")
    )
    assert "1 of them not here" in closed and "not here" not in open_
    assert 'href="our-sites/north-clinic.html"' in (tmp_path / "site/index.html").read_text()


def test_a_trial_that_does_not_recruit_says_nothing_of_how_our_site_stands(tmp_path: Path) -> None:
    ended = trial().replace("overall_status: RECRUITING", "overall_status: COMPLETED")
    build_site(tmp_path, {"site.yaml": SITE, f"trials/{NUMBER}.md": ended})
    (said,) = text_of(page(tmp_path, f"trials/{NUMBER}.html"), ".at-ours")
    assert said == "At our sites: North Clinic; South Clinic"


@pytest.mark.browser
def test_the_search_filters_by_our_sites_and_names_them_first(
    tmp_path: Path, browser: Browser
) -> None:
    other = trial_text("NCT00000002", "Rest elsewhere")
    files = {"site.yaml": SITE, f"trials/{NUMBER}.md": trial(), "trials/NCT00000002.md": other}
    build_site(tmp_path, {**files}, search=True)
    with visit(browser, (tmp_path / "site").as_uri() + "/") as tab:
        tab.page.goto(f"{tab.site}search.html?our_site=north+clinic")
        expect(tab.page.locator("#results .card")).to_have_count(1)
        where = "At our sites: North Clinic (listed as no longer taking people), South Clinic"
        expect(tab.page.locator("#results .card")).to_contain_text(where)
        expect(tab.page.locator("#search-chosen")).to_contain_text("At our sites: North Clinic")
        tab.page.set_viewport_size({"width": 320, "height": 640})
        ours = tab.page.locator("#results .card-ours")
        expect(ours).to_contain_text("South Clinic (listed as taking people)")
        assert ours.evaluate("one => one.scrollHeight <= one.clientHeight"), "nothing is cut"


def test_without_our_sites_nothing_speaks_of_them(tmp_path: Path) -> None:
    built(tmp_path, "title: Mine\n")
    assert not (tmp_path / "site/our-sites").exists()
    for path in (tmp_path / "site").rglob("*.html"):
        assert not re.search("our[ -]sites", path.read_text("utf-8"), re.IGNORECASE), path


def test_a_change_of_our_sites_reaches_every_list(tmp_path: Path) -> None:
    built(tmp_path, "title: Mine\n")
    for site in (SITE, SITE.replace("North Clinic", "Far Hospital"), "title: Mine\n"):
        changed, anew = tmp_path, tmp_path / f"{len(site)}"
        build_site(changed, {"site.yaml": site})
        built(anew, site)
        for name in ("trials/index.html", "index.html", f"trials/{NUMBER}.html"):
            one, other = changed / "site" / name, anew / "site" / name
            assert one.read_bytes() == other.read_bytes(), name


def warned(site: str) -> list[tuple[int | None, str, str]]:
    settings, _ = read_site(site.encode(), "site.yaml")
    here = read_trial(trial().encode(), "t.md").trial
    assert here
    found = check_our_sites(settings, [here], site, "site.yaml")
    return [(one.where.line if one.where else None, one.message, one.hint) for one in found]


def test_check_names_what_no_place_is_called_and_what_may_be_meant() -> None:
    assert warned(SITE) == []
    ((line, message, hint),) = warned("our_sites:\n  - North Clinic\n  - Far Hospitl\n")
    assert (line, message) == (3, "no place of a trial is called `Far Hospitl`")
    assert hint == "did you mean `Far Hospital`?"
    ((_, message, hint),) = warned("our_sites:\n  - name: North Clinic\n    cities: [York]\n")
    assert "in `York`" in message and "town" in hint


def test_check_names_a_site_that_is_in_several_towns() -> None:
    site = "our_sites:\n  - name: South Clinic\n    written: [Clinic of the South]\n"
    ((line, message, hint),) = warned(site)
    assert line == 2 and "2 towns: `Leeds`, `Springfield`" in message and "cities" in hint


def test_a_mistake_in_our_sites_is_told() -> None:
    _, (found,) = read_site(b"our_sites:\n  - name: A\n    city: Leeds\n", "site.yaml")
    assert "unknown field `city`" in found.message and "`cities`" in found.hint
