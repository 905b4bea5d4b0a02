"""Every page is reached from the home page by links, and each term of a trial leads to its list."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich import RICH_ID, rich_results, rich_trial
from selectolax.lexbor import LexborHTMLParser
from sites import build_site, digest, trial_text

from trialpages.audit.links import page_links
from trialpages.audit.page import BuiltPage
from trialpages.audit.reach import check_reach, stands_apart
from trialpages.audit.site import audit_site
from trialpages.lists import indexes, lists
from trialpages.records.countries import folded_country
from trialpages.settings.site_file import Site, published_lists
from trialpages.trial.kinds import KINDS, ways_in

ODD = """\
aliases:
  - OLD-2020-1
lead_sponsor:
  name: "Merck & Co., Inc. <Oncology>"
collaborators:
  - name: hospital of  rest
  - name: 株式会社
interventions:
  - type: DRUG
    name: Aspirin 0.5% / "Bayer"
phases:
  - NA
locations:
  - facility: Clinic
    country: Türkiye
  - facility: Clinic
    country: Turkey
"""


AREA = "condition_browse:\n  ancestors:\n    - term: Nervous System Diseases\n"


def content(**more: str) -> dict[str, str | bytes]:
    odd = (
        trial_text()
        .replace("study_type", ODD + AREA + "study_type")
        .replace("- Migraine", "- MIGRAINE")
    )
    return {
        "trials/NCT00000001.md": odd,
        f"trials/{RICH_ID}.md": rich_trial(),
        f"trials/{RICH_ID}.results.json": rich_results(),
        "pages/about.md": "# About\n\nUs.\n",
        **more,
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("reach")
    build_site(project, content())
    return project / "site"


def unreached(site: Path) -> list[str]:
    found = audit_site(site).problems
    wrong = [f"{p.code} {p.where}: {p.message}" for p in found if p.code != "unreachable"]
    assert not wrong
    return [str(problem.where) for problem in found]


def links(page: Path, section: str = "main") -> dict[str, str]:
    """The texts of a page's links to lists, and the files that they lead to."""
    tree = LexborHTMLParser(page.read_text("utf-8"))
    found = {a.text().strip(): a.attributes["href"] or "" for a in tree.css(f"{section} a[href]")}
    return {text: href for text, href in found.items() if href.split("/")[1:] and _kind(href)}


def _kind(href: str) -> bool:
    return href.removeprefix("../").split("/")[0] in KINDS


def test_every_page_is_reached(site: Path) -> None:
    assert unreached(site) == []
    assert (site / "trials/OLD-2020-1.html").is_file()


ASKED = {
    "#conditions": ["MIGRAINE", "Brain and nerves"],
    "#interventions": ['Aspirin 0.5% / "Bayer"'],
    "#sponsors": ["Merck & Co., Inc. <Oncology>", "hospital of  rest", "株式会社"],
    "#countries": ["Türkiye", "Turkey"],
    "#design": ["Not Applicable"],
    "#at-a-glance": ["Recruiting"],
}


@pytest.mark.parametrize(("section", "terms"), ASKED.items())
def test_each_term_of_a_trial_leads_to_its_list(site: Path, section: str, terms: list[str]) -> None:
    found = links(site / "trials/NCT00000001.html", section)
    assert list(found) == terms
    for term, href in found.items():
        text = (site / "trials" / href).read_text("utf-8")
        (heading,) = LexborHTMLParser(text).css("h1")
        assert folded_country(heading.text()) == folded_country(term)
        assert 'href="../trials/NCT00000001.html"' in text


def test_spellings_of_one_term_lead_to_one_list(site: Path) -> None:
    one = links(site / "trials/NCT00000001.html")
    other = links(site / f"trials/{RICH_ID}.html")
    assert one["Türkiye"] == one["Turkey"]
    assert one["MIGRAINE"] == other["Migraine"]
    assert one["hospital of  rest"] == other["Hospital of Rest"]


def test_phases_at_a_glance_are_links_of_their_own(site: Path) -> None:
    found = links(site / f"trials/{RICH_ID}.html", ".fact-phase")
    assert found == {"Phase 2": "../phases/phase-2.html", "Phase 3": "../phases/phase-3.html"}


def test_home_menus_and_the_lost_page_name_every_kind(site: Path) -> None:
    indexes = {f"{kind}/index.html" for kind in ways_in(published_lists(Site(), KINDS))}
    for place, page in (("main", "index.html"), ("footer", "index.html"), ("main", "404.html")):
        tree = LexborHTMLParser((site / page).read_text("utf-8"))
        hrefs = {a.attributes["href"] for a in tree.css(f"{place} a[href]")}
        assert indexes <= hrefs, (place, page)


def test_lists_that_are_not_published_are_not_linked(tmp_path: Path) -> None:
    for name, folder in (("after", tmp_path / "after"), ("clean", tmp_path / "clean")):
        if name == "after":
            build_site(folder, content())
        build_site(folder, content(**{"site.yaml": "publish:\n  lists: [countries]\n"}))
        assert unreached(folder / "site") == []
        found = links(folder / "site/trials/NCT00000001.html")
        assert list(found) == ["Türkiye", "Turkey"]
    assert digest(tmp_path / "after/site") == digest(tmp_path / "clean/site")


def test_an_index_that_is_split_by_letters_leads_to_every_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_ON_ONE_PAGE", 5)
    monkeypatch.setattr(indexes, "_FREQUENT", 2)
    monkeypatch.setattr(lists, "_TERMS_ON_HOME", 1)
    monkeypatch.setattr(indexes, "_WITHOUT_LETTERS", 3)
    names = ("Asthma", "Acne", "Eczema", "Übelkeit", "5q- syndrome", "痛み", "zoster", "index")
    rows = "".join(f"  - {name}\n" for name in names)
    trial = trial_text().replace("  - Migraine\n", rows)
    build_site(tmp_path, {"trials/NCT00000001.md": trial})
    assert (tmp_path / "site/conditions/letter-0.html").is_file()
    assert unreached(tmp_path / "site") == []


@pytest.mark.parametrize("files", [{}, {"site.yaml": "language: es\n"}, {"pages/a.md": "# A\n"}])
def test_every_page_of_a_site_without_trials_is_reached(
    tmp_path: Path, files: dict[str, str | bytes]
) -> None:
    (tmp_path / "content/trials").mkdir(parents=True)
    build_site(tmp_path, files, search=bool(files))
    assert unreached(tmp_path / "site") == []


# --- the check ----------------------------------------------------------------------------------


def built(path: str, body: str, head: str = "") -> BuiltPage:
    return BuiltPage(path, f"site/{path}", f"<!doctype html><head>{head}</head><body>{body}</body>")


def test_pages_that_nothing_leads_to_are_named() -> None:
    refresh = '<meta http-equiv="refresh" content="0; url=a.html">'
    pages = [
        built("index.html", '<a href="a.html#x">a</a><link rel="next" href="by-link.html">'),
        built("a.html", '<form action="found/b.html"></form><iframe src="framed.html"></iframe>'),
        built(
            "found/b.html", '<a href="../found/c.html">c</a><a href="https://x.org/lost.html">x</a>'
        ),
        built("found/c.html", '<a href="../index.html">home</a>'),
        built("lost.html", '<a href="two.html">two</a>'),
        built("two.html", '<a href="lost.html">lost</a>'),
        built("by-link.html", ""),
        built("framed.html", ""),
        built("404.html", '<a href="only-from-404.html">x</a>'),
        built("only-from-404.html", ""),
        built("old.html", '<a href="a.html">a</a>', refresh),
    ]
    read = {page.path: page_links(page) for page in pages}
    apart = {page.path for page in pages if stands_apart(page)}
    assert apart == {"404.html", "old.html"}
    found = [str(problem.where) for problem in check_reach(read, apart, "site")]
    lost = ("lost", "two", "by-link", "framed", "only-from-404")
    assert found == [f"site/{name}.html" for name in lost]
