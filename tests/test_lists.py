"""Lists of trials by their terms, the indexes of the terms, feeds, redirects and the sitemap."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
from sites import PROJECT, build_site, trial_text

from trialpages.language.site_language import read_language
from trialpages.lists.beside import lists_beside
from trialpages.lists.indexes import TermsPage
from trialpages.lists.lists import HomePage, ListPage, home_page, term_pages
from trialpages.lists.outline import sitemaps
from trialpages.lists.overview import overview
from trialpages.lists.redirects import Redirect
from trialpages.lists.site_lists import SiteLists
from trialpages.lists.terms import terms, unlisted
from trialpages.pages.parts import Page
from trialpages.records.countries import countries, country_name, folded_country
from trialpages.records.model import PartialDate
from trialpages.records.vocabulary import Phase, Status
from trialpages.text.spelling import folded, initial, joined, slug
from trialpages.trial.facts import TrialFacts
from trialpages.trial.freshness import RecordDates
from trialpages.trial.kinds import KINDS, Kind

STRINGS = {
    f"strings/{path.name}": path.read_text("utf-8")
    for path in (PROJECT / "templates/strings").glob("*.yaml")
}
ENGLISH = read_language("en", STRINGS)
ATOM = "{http://www.w3.org/2005/Atom}"

DIGESTS: Mapping[str, bytes] = defaultdict(bytes)


def facts(number: int, **more: object) -> TrialFacts:
    return TrialFacts(f"NCT{number:08}", f"Trial {number}", Status.COMPLETED, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("term", "has_list"),
    [("I50.1", False), ("M17", False), ("C10.228.140.300", False), ("H1N1", True), ("T2D", True)],
)
def test_a_code_is_no_condition_to_look_for(term: str, has_list: bool) -> None:
    assert bool(KINDS["conditions"].slug(term)) == has_list
    assert bool(KINDS["conditions"].key(term)) == has_list


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Breast Cancer", "breast  cancer"),
        ("Non-Small Cell Lung Cancer", "non small-cell lung cancer"),
        ("HER2-positive Breast Cancer", "HER2 Positive Breast Cancer"),
        ("Parkinson’s Disease", "Parkinson's disease"),
        ("Ménière", "Me\u0301nie\u0300re"),
    ],
)
def test_spellings_of_one_term(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert slug(folded(one)) == slug(folded(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HER2- Breast Cancer", "HER2 Breast Cancer"),
        ("Type 1 Diabetes", "Type 2 Diabetes"),
        ("5-10 mg", "5 10 mg"),
        ("Advanced Solid Tumor", "Advanced Solid Tumors"),
        ("CD4+", "CD4"),
        ("IL-1α", "IL-1β"),
    ],
)
def test_different_terms_stay_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)
    assert slug(folded(one)) != slug(folded(other))


def test_countries_the_registry_has_renamed_are_one() -> None:
    for former, today in (
        ("Turkey", "Turkey (Türkiye)"),
        ("Russian Federation", "Russia"),
        ("Korea, Republic of", "South Korea"),
    ):
        assert folded_country(former) == folded_country(today)
    for one, other in (
        ("Congo (Brazzaville)", "Congo, The Democratic Republic of the"),
        ("South Korea", "North Korea"),
        ("Niger", "Nigeria"),
        ("Guinea", "Guinea-Bissau"),
    ):
        assert folded_country(one) != folded_country(other)


def test_a_country_has_one_name_in_lists() -> None:
    for name in ("UK", "U.K.", "Great Britain", "United Kingdom", "united  kingdom"):
        assert country_name(name) == "United Kingdom"
    assert country_name("Türkiye") == "Turkey (Türkiye)"
    assert country_name(" Utopia  Island ") == "Utopia Island"
    assert country_name("Korea") == "Korea"  # which of the two is not for us to guess


def test_each_name_of_a_country_stands_once_in_the_table() -> None:
    names = [name for one in countries() for name in (one.name, *one.others, *one.searched)]
    assert [name for name, count in Counter(map(folded, names)).items() if count > 1] == []


def test_a_term_has_its_usual_name_and_each_trial_once() -> None:
    trials = [
        facts(1, conditions=("asthma",)),
        facts(2, conditions=("Asthma", "ASTHMA ")),
        facts(3, conditions=("Asthma", " ")),
    ]
    (term,) = terms(KINDS["conditions"], trials, ENGLISH)
    assert (term.name, term.slug, len(term.trials)) == ("Asthma", "asthma", 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pre-diabetes", "Prediabetes"),
        ("Type 1 Diabetes", "Type1diabetes"),
        ("Parkinson's Disease", "Parkinson Disease"),
        ("Non-Hodgkin Lymphoma", "NonHodgkin’s lymphomas"),
        ("Food Allergy", "Food Allergies"),
        ("TGF-1", "TGF 1"),
    ],
)
def test_spellings_of_one_disease(one: str, other: str) -> None:
    assert joined(folded(one)) == joined(folded(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Type 1-2", "Type 12"),
        ("Type 1 2", "Type 12"),
        ("SARS", "SAR"),
        ("HER2-", "HER2"),
        ("Genetics", "Genetic"),
        ("Ileus", "Ileu"),
    ],
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert joined(folded(one)) != joined(folded(other))


def test_other_spellings_lead_to_the_list_of_the_usual_one() -> None:
    trials = [
        facts(1, conditions=("Pre-diabetes",)),
        facts(2, conditions=("Prediabetes",)),
        facts(3, conditions=("Prediabetes",)),
        facts(4, conditions=("Gout",)),
    ]
    gout, both = sorted(terms(KINDS["conditions"], trials, ENGLISH), key=lambda one: one.name)
    assert (both.name, len(both.trials), both.former) == ("Prediabetes", 3, ("pre-diabetes",))
    pages = term_pages(KINDS["conditions"], [gout, both], False, LISTS)
    views = {page.path: page.view() for page in pages if isinstance(page, Page)}
    led = views["conditions/pre-diabetes.html"]
    assert isinstance(led, Redirect)
    assert (led.title, led.href) == ("Prediabetes", "prediabetes.html")
    assert unlisted(trials[:2] + trials[3:], ["conditions"]) == {
        gout.trials[0].id: ("conditions/gout.html",)
    }


def test_phases_keep_their_order_and_their_address_in_every_language() -> None:
    trials = [facts(1, phases=(Phase.PHASE3,)), facts(2, phases=(Phase.PHASE1, Phase.PHASE2))]
    spanish = read_language("es", STRINGS)
    found = [(term.name, term.slug) for term in terms(KINDS["phases"], trials, spanish)]
    assert found == [("Fase 1", "phase-1"), ("Fase 2", "phase-2"), ("Fase 3", "phase-3")]


@pytest.mark.parametrize(
    ("name", "letter"), [("Écart", "E"), ("β-thalassemia", "#"), ("“Asthma”", "A"), ("4-OHT", "#")]
)
def test_letters(name: str, letter: str) -> None:
    assert initial(name) == letter


LISTS = SiteLists(ENGLISH, DIGESTS, set(), {}, {})


def index_pages(count: int) -> dict[str, TermsPage]:
    names = tuple(f"{chr(65 + n % 26)}-disease {n}" for n in range(count))
    found = terms(KINDS["conditions"], [facts(1, conditions=names)], ENGLISH)
    pages = term_pages(
        KINDS["conditions"], found, False, SiteLists(ENGLISH, DIGESTS, set(), {}, {})
    )
    views = ((page.path, page.view()) for page in pages if isinstance(page, Page))
    return {path: view for path, view in views if isinstance(view, TermsPage)}


@pytest.mark.parametrize("count", [3, 100, 1001])
def test_every_term_is_in_the_index_once(count: int) -> None:
    pages = index_pages(count)
    links = [link for page in pages.values() for _, group in page.groups for link in group]
    assert len(links) == len({link.href for link in links}) == count
    index = pages["conditions/index.html"]
    assert index.total == count
    assert len(pages) == (27 if count > 1000 else 1)
    for _, href in index.letters:
        assert href.startswith("#letter-") or f"conditions/{href}" in pages


def test_a_long_list_has_pages_that_follow_each_other() -> None:
    trials = [facts(n, conditions=("Asthma",)) for n in range(120)]
    found = terms(KINDS["conditions"], trials, ENGLISH)
    pages = term_pages(
        KINDS["conditions"], found, False, SiteLists(ENGLISH, DIGESTS, set(), {}, {})
    )
    views = [page.view() for page in pages if isinstance(page, Page)]
    lists = [view for view in views if isinstance(view, ListPage)]
    assert [(view.number, view.previous, view.next) for view in lists] == [
        (1, "", "asthma.2.html"),
        (2, "asthma.html", "asthma.3.html"),
        (3, "asthma.2.html", ""),
    ]
    assert [card.id for view in lists for card in view.cards] == [one.id for one in trials]


def test_sitemaps_split_where_the_protocol_demands_it() -> None:
    pages = [Page(f"{n}.html", "page.html", object, b"") for n in range(5)]
    pages.append(Page("404.html", "404.html", object, b"", listed=False))
    ((path, whole),) = sitemaps(pages)
    assert (path, len(whole.pages), whole.parts) == ("sitemap.xml", 5, False)
    parts = list(sitemaps(pages, most=2))
    assert [path for path, _ in parts] == ["sitemap.xml", *(f"sitemap-{n}.xml" for n in (1, 2, 3))]
    assert parts[0][1].parts
    listed = [address for _, part in parts[1:] for address, _ in part.pages]
    assert listed == [f"{n}.html" for n in range(5)]


UPDATED = (
    "overall_status: RECRUITING\nlast_update_post_date: 2024-07-03\naliases:\n  - OLD-2020-1\n"
)
SITE = "title: Trials\nurl: https://example.org/repo/\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("lists")
    first = trial_text().replace("overall_status: RECRUITING\n", UPDATED)
    second = trial_text("NCT00000002", "Play & <rest>")
    build_site(
        project,
        {"site.yaml": SITE, "trials/NCT00000001.md": first, "trials/NCT00000002.md": second},
    )
    return project / "site"


def test_each_list_has_a_feed_and_says_so(built: Path) -> None:
    feed = ElementTree.parse(built / "conditions/migraine.xml").getroot()
    assert feed.findtext(f"{ATOM}title") == "Migraine – Trials"
    assert feed.findtext(f"{ATOM}id") == "https://example.org/repo/conditions/migraine.xml"
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
        "Rest for migraine"
    ]
    page = (built / "conditions/migraine.html").read_text("utf-8")
    assert 'rel="alternate" type="application/atom+xml"' in page
    assert (built / "feed.xml").exists()


def test_an_alias_leads_to_its_trial_without_a_script(built: Path) -> None:
    page = (built / "trials/OLD-2020-1.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=NCT00000001.html">' in page
    assert '<a href="NCT00000001.html">Rest for migraine</a>' in page
    canonical = 'rel="canonical" href="https://example.org/repo/trials/NCT00000001.html"'
    assert canonical in page
    assert "OLD-2020-1.html" not in (built / "sitemap.xml").read_text("utf-8")


def test_the_lost_page_works_at_any_depth(built: Path) -> None:
    page = (built / "404.html").read_text("utf-8")
    addresses = re.findall(r'(?:href|src|action)="([^"#]+)"', page)
    assert len(addresses) > 6
    assert all(address.startswith("/repo/") for address in addresses)
    for address in addresses:
        assert (built / address.removeprefix("/repo/")).is_file()


def test_home_calls_trials_others_beside_recruiting_ones_alone(built: Path, tmp_path: Path) -> None:
    closed = trial_text().replace("RECRUITING", "COMPLETED")
    build_site(tmp_path, {"trials/NCT00000001.md": closed})
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert re.findall(r"<h2>(.*?)</h2>", home)[0] == "Trials"
    assert "<h2>Other trials</h2>" in (built / "index.html").read_text("utf-8")


def test_alike_trials_are_told_apart_from_named_ones(built: Path) -> None:
    page = (built / "trials/NCT00000001.html").read_text("utf-8")
    related = page[page.index('<section id="related">') :].split("</section>")[0]
    assert "Same condition:" in related
    assert "Play &amp; &lt;rest&gt;" in related
    assert "Named by the source" not in related


def test_trials_most_alike_are_left_out_where_the_editor_says_so(tmp_path: Path) -> None:
    trials: dict[str, str | bytes] = {
        f"trials/NCT0000000{n}.md": trial_text(f"NCT0000000{n}") for n in (1, 2)
    }
    build_site(tmp_path, trials)
    page = tmp_path / "site/trials/NCT00000001.html"
    assert 'href="NCT00000002.html"' in page.read_text("utf-8")
    build_site(tmp_path, {"site.yaml": "publish:\n  related: false\n"})
    assert 'id="related"' not in page.read_text("utf-8")


def test_what_is_not_published_is_not_there(tmp_path: Path) -> None:
    site = "publish:\n  forms: [ris]\n  lists: [countries]\n  feeds: []\n"
    build_site(tmp_path, {"site.yaml": site, "trials/NCT00000001.md": trial_text()})
    built = tmp_path / "site"
    assert {path.name for path in (built / "trials").iterdir()} == {
        "index.html",
        "NCT00000001.html",
        "NCT00000001.ris",
    }
    assert not (built / "conditions").exists()
    assert "conditions/" not in (built / "index.html").read_text("utf-8")
    assert "NCT00000001.json" not in (built / "trials/NCT00000001.html").read_text("utf-8")


def test_a_kind_of_list_needs_its_terms_from_somewhere() -> None:
    with pytest.raises(TypeError, match="`journals` needs `of` or `read`"):
        Kind("journals")


def test_terms_that_lists_alone_know_are_read_of_the_record() -> None:
    kind = Kind("keywords", read=lambda trial: trial.keywords)
    [found] = terms(kind, [facts(1, terms={"keywords": ("Sleep",)}), facts(2)], ENGLISH)
    assert (found.name, [one.id for one in found.trials]) == ("Sleep", ["NCT00000001"])


def years(*starts: str, updated: str = "2025-09-19") -> list[tuple[str, int]]:
    """The bars of the years in which trials start, in 2025."""
    trials = [
        facts(at, dates=RecordDates(start=PartialDate(one)), updated=PartialDate(updated))
        for at, one in enumerate(starts)
    ]
    (chart,) = (
        one
        for one in overview(trials, {}, ENGLISH, set(), "2025-10-01", False).charts
        if one.name == "start_years"
    )
    return [(bar.label, bar.count) for bar in chart.bars]


def test_a_start_in_a_year_that_is_a_slip_hides_no_other_year() -> None:
    assert years("2024", "2025-01", "2025-02", "9999-12", updated="9999-01-01") == [
        ("2024", 1),
        ("2025", 2),
        ("After 2025", 1),
    ]
    assert years("2029", "2030") == [("2029", 1), ("2030", 1)]
    assert years("2205", "0001") == [("Before 2025", 1), ("After 2025", 1)]
    assert years("2001", "2024", "2205")[0] == ("Before 2010", 1)
    assert years("0001", "2024") == [("Before 2024", 1), ("2024", 1)]


def _filed(number: int, headings: tuple[str, ...], *areas: str) -> TrialFacts:
    return facts(number, terms={"headings": headings, "areas": areas})


def test_an_area_shows_the_headings_that_put_trials_into_it() -> None:
    trials = [
        _filed(1, ("Asthma",), "lungs", "immune"),
        _filed(2, ("Asthma", "Coitus"), "lungs", "immune", "nerves"),  # by which of the two?
        _filed(3, ("Asthma",), "lungs", "immune"),
        _filed(4, ("Asthma",), "immune"),  # an older record
        _filed(5, ("Eczema",), "skin"),
    ]
    found = {kind: terms(KINDS[kind], trials, ENGLISH) for kind in ("areas", "headings")}
    beside = lists_beside(found, ENGLISH)

    def shown(path: str) -> list[str]:
        return [link.name for group in beside[path] for link in group.links]

    assert shown("areas/lungs") == ["Asthma"]
    assert shown("areas/nerves") == shown("headings/coitus") == []
    assert shown("headings/eczema") == ["Skin and connective tissue"]


def test_a_condition_shows_the_others_under_its_heading() -> None:
    trials = [
        facts(1, terms={"headings": ("Lung Cancer",)}, conditions=("NSCLC", "Cough")),
        facts(2, terms={"headings": ("Lung Cancer",)}, conditions=("NSCLC",)),
        facts(3, terms={"headings": ("Lung Cancer",)}, conditions=("Non-small Cell",)),
        facts(4, terms={"headings": ("Gout",)}, conditions=("Gout",)),
    ]
    found = {kind: terms(KINDS[kind], trials, ENGLISH) for kind in ("headings", "conditions")}
    headings, others = lists_beside(found, ENGLISH)["conditions/nsclc"]
    assert [link.name for link in headings.links] == ["Lung Cancer"]
    assert [link.name for link in others.links] == ["Non-small Cell"]


def test_a_short_name_and_the_long_one_lead_to_each_other_where_a_record_says_both() -> None:
    said = ["Atopic Dermatitis", "Atopic Dermatitis (AD)", "AD", "Alzheimer Disease"]
    said += ["Non Small Cell (NSC)", "Non-small Cell", "NSC", "Cancer (EU)", "EU", "Cancer"]

    def same(*names: str) -> dict[str, list[str]]:
        trials = [facts(n, conditions=names) for n in range(2)]
        beside = lists_beside({"conditions": terms(KINDS["conditions"], trials, ENGLISH)}, ENGLISH)
        shown = {path.split("/")[1]: groups for path, groups in beside.items() if groups}
        return {name: [one.name for one in groups[0].links] for name, groups in shown.items()}

    found = same(*said)
    assert found["ad"] == ["Atopic Dermatitis", "Atopic Dermatitis (AD)"]
    assert found["nsc"] == ["Non-small Cell", "Non Small Cell (NSC)"]
    assert not {"eu", "cancer"} & {*found}
    assert "ad" not in same(*said, "Alzheimer Disease (AD)")


@pytest.mark.parametrize(("number", "has_areas"), [(60, False), (61, True)])
def test_home_shows_all_areas_where_nobody_looks_through_all_trials(
    number: int, has_areas: bool
) -> None:
    areas = [key[5:] for key in ENGLISH.words if key.startswith("area_")][:11]
    trials = [_filed(n, (), *areas) for n in range(1, number + 1)]
    found = {"areas": terms(KINDS["areas"], trials, ENGLISH), "statuses": ()}
    view = home_page(trials, (), SiteLists(ENGLISH, DIGESTS, set(), found, {})).view()
    assert isinstance(view, HomePage)
    shown = view.areas or view.ways[0]
    assert bool(view.areas) == has_areas and len(view.ways) == (not has_areas)
    assert len(shown.terms) == (11 if has_areas else 10)
