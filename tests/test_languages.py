"""A site in several languages: the whole of it in each, what records are for programs once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from shutil import copytree
from xml.etree import ElementTree

import pytest
from browser import serve, visit
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode
from sites import build_site, digest, trial_text, write_files

from trialpages.audit.content import audit_content
from trialpages.audit.site import audit_site
from trialpages.problems import ContentFailure
from trialpages.records.trial_file import read_trial, write_trial
from trialpages.search.other_languages import _sure
from trialpages.settings.editions import editions, site_in
from trialpages.settings.site_file import read_site

SITE = """\
title: Trials
url: https://trials.example/here/
languages: [en, zh-Hans, ar]
translations:
  - language: zh-Hans
    title: 临床试验
    menu: [{title: 关于, page: glossary}]
description: Of all kinds
footer: By *us*
"""
FILES: dict[str, str | bytes] = {
    "site.yaml": SITE,
    "trials/NCT00000001.md": trial_text(),
    "trials/NCT00000002.md": trial_text("NCT00000002", "Sleep for migraine"),
}
TODAY = date(2025, 10, 1)
OTHERS = ("zh-Hans", "ar")
IN_FOLDERS = ("zh-Hans/", "ar/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("languages")
    build_site(folder, FILES, search=True)
    return folder / "site"


def page(site: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / path).read_text("utf-8"))


def one(tree: LexborHTMLParser, selector: str) -> LexborNode:
    (found,) = tree.css(selector)
    return found


def names(folder: Path, pattern: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern)}


def test_each_page_is_there_in_each_language(site: Path) -> None:
    first = {name for name in names(site, "*.html") if not name.startswith(IN_FOLDERS)}
    assert len(first) > 15
    for code in OTHERS:
        assert names(site / code, "*.html") == first
        feeds = {name for name in names(site, "*.xml") if not name.startswith(IN_FOLDERS)}
        assert names(site / code, "*.xml") == feeds - {"sitemap.xml"}


def test_each_page_names_itself_in_the_others_and_they_name_it(site: Path) -> None:
    whole = "https://trials.example/here/"
    for path in ("index.html", "trials/NCT00000001.html", "conditions/migraine.html"):
        shown = whole + (path if path != "index.html" else "")
        named = {"en": shown, "x-default": shown}
        named |= {code: shown.replace(whole, f"{whole}{code}/") for code in OTHERS}
        for code, folder in (("en", ""), *((code, f"{code}/") for code in OTHERS)):
            tree = page(site, folder + path)
            links = tree.css("link[rel=alternate][hreflang]")
            assert {one.attributes["hreflang"]: one.attributes["href"] for one in links} == named
            (canonical,) = tree.css("link[rel=canonical]")
            assert canonical.attributes["href"] == named[code]
            (root,) = tree.css("html")
            assert root.attributes["lang"] == code
            assert root.attributes.get("dir") == ("rtl" if code == "ar" else None)
            here = (site / folder / path).parent
            led = {
                one.attributes["hreflang"]: (here / str(one.attributes["href"])).resolve()
                for one in tree.css("#languages a")
            }
            assert led == {
                other: (site / place / path).resolve()
                for other, place in (("en", ""), *((code, f"{code}/") for code in OTHERS))
                if other != code
            }


def test_the_links_of_all_languages_lead_somewhere(site: Path) -> None:
    assert [str(one) for one in audit_site(site).problems if one.severity == "error"] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('<html lang="ar"', '<html lang="fa"', "says it is in fa"),
        ('"../glossary.html" hreflang="en"', '"../index.html" hreflang="en"', "doesn't lead back"),
    ],
)
def test_versions_that_do_not_agree_are_told(
    site: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    copytree(site, tmp_path / "site")
    glossary = tmp_path / "site/ar/glossary.html"
    text = glossary.read_text("utf-8")
    assert old in text
    glossary.write_text(text.replace(old, new), "utf-8")
    found = [one for one in audit_site(tmp_path / "site").problems if one.code == "other-language"]
    assert any(said in one.message for one in found)


def test_what_a_record_is_for_programs_is_there_once(site: Path) -> None:
    endings = ("json", "csv", "ris", "bib", "css", "svg", "nojekyll", "robots.txt")
    for code in OTHERS:
        assert not [name for name in names(site / code, "*") if name.endswith(endings)]
        links = page(site, f"{code}/trials/NCT00000001.html").css("a[download]")
        shared = [str(one.attributes["href"]) for one in links]
        assert "../../trials/NCT00000001.json" in shared
        assert all((site / code / "trials" / one).resolve().is_file() for one in shared)


def test_linked_data_is_on_the_page_of_the_first_language_alone(site: Path) -> None:
    said = [
        len(page(site, f"{folder}trials/NCT00000001.html").css("script[type*=json]"))
        for folder in ("", *IN_FOLDERS)
    ]
    assert said == [1, 0, 0]


def test_texts_of_the_site_are_in_its_language(site: Path) -> None:
    chinese, arabic = (page(site, f"{code}/index.html") for code in OTHERS)
    assert "临床试验" in one(chinese, "title").text()
    assert "关于" in one(chinese, ".site-nav").text()
    assert "Trials" in one(arabic, "title").text()
    title = one(page(site, "zh-Hans/trials/NCT00000001.html"), "h1")
    assert title.attributes["lang"] == "en"


def test_the_sitemap_names_each_page_in_each_language(site: Path) -> None:
    text = (site / "sitemap.xml").read_text("utf-8")
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    xhtml = "{http://www.w3.org/1999/xhtml}link"
    urls = ElementTree.fromstring(text).findall("s:url", space)
    named = {
        str(url.findtext("s:loc", "", space)): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.iter(xhtml)
        }
        for url in urls
    }
    assert len(named) == len(urls) > 30
    for address, others in named.items():
        assert address in others.values()
        assert others.keys() == {"en", "x-default", *OTHERS}
        assert all(named[other] == others for other in others.values())


def test_feeds_speak_their_language_and_share_no_id(tmp_path: Path) -> None:
    without = {**FILES, "site.yaml": SITE.replace("url: https://trials.example/here/\n", "")}
    build_site(tmp_path, without)
    ids = []
    for code in ("", *OTHERS):
        feed = (tmp_path / "site" / code / "feed.xml").read_text("utf-8")
        assert f'xml:lang="{code or "en"}"' in feed
        ids += re.findall("<id>(.*)</id>", feed)
    assert len(ids) == len(set(ids)) == 3


def test_one_language_bears_nothing_of_others(tmp_path: Path) -> None:
    alone = SITE.partition("languages")[0]
    build_site(tmp_path / "a", {**FILES, "site.yaml": alone})
    build_site(tmp_path / "b", {**FILES, "site.yaml": f"{alone}languages: [en]\n"})
    assert digest(tmp_path / "a/site") == digest(tmp_path / "b/site")
    assert not list((tmp_path / "a/site").rglob("languages*"))
    assert "hreflang" not in (tmp_path / "a/site/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "change",
    [
        {"trials/NCT00000002.md": trial_text("NCT00000002", "Sleep for all")},
        {"trials/NCT00000002.md": trial_text("NCT00000002").replace("rest help", "sleep help")},
        {"site.yaml": SITE.replace("临床试验", "试验")},
        {"site.yaml": SITE.replace(", ar]", "]")},
        {"site.yaml": SITE.replace("en, zh-Hans", "en, es, zh-Hans")},
    ],
    ids=["a title", "a text", "a translation", "a language less", "a language more"],
)
def test_a_build_that_goes_on_makes_what_a_new_one_does(
    site: Path, tmp_path: Path, change: dict[str, str | bytes]
) -> None:
    copytree(site.parent, tmp_path / "on")
    build_site(tmp_path / "on", change, search=True)
    build_site(tmp_path / "new", {**FILES, **change}, search=True)
    assert digest(tmp_path / "on/site") == digest(tmp_path / "new/site")


def test_a_text_that_changes_makes_its_pages_in_each_language(tmp_path: Path) -> None:
    build_site(tmp_path, FILES)
    changed = trial_text("NCT00000002", "Sleep for migraine").replace("rest help", "sleep help")
    made = build_site(tmp_path, {"trials/NCT00000002.md": changed}).made
    pages = {path for path in made if path.endswith(".html")}
    assert pages == {f"{folder}trials/NCT00000002.html" for folder in ("", "ar/", "zh-Hans/")}


TWO = "languages: [en, es]\ntranslations:\n"


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        ("languages: [en, es]\nlanguage: fr", "two-languages", 2),
        ("languages: [en, es, en]", "two-languages", 1),
        ("languages: [en, xx-]", "wrong-value", 1),
        ("translations: [{language: es, title: A}]", "no-such-language", 1),
        (f"{TWO}- {{language: en}}", "no-such-language", 3),
        (f"{TWO}- {{language: es}}\n- {{language: es}}", "two-languages", 4),
        (f"{TWO}- {{language: es, menu: [{{title: A}}]}}", "menu-entry", 3),
    ],
)  # fmt: skip
def test_what_languages_cannot_be_is_told(lines: str, code: str, line: int) -> None:
    _, problems = read_site(lines.encode(), "site.yaml")
    assert [(one.code, one.where and one.where.line) for one in problems] == [(code, line)]


def test_a_language_without_words_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ContentFailure, match="no words in the language `pt`") as failure:
        build_site(tmp_path, {**FILES, "site.yaml": "languages:\n  - en\n  - pt\n"})
    where = failure.value.problems[0].where
    assert where and where.line == 3


def test_another_language_is_a_site_of_its_own_below_the_first() -> None:
    site, _ = read_site(SITE.encode(), "site.yaml")
    first, chinese, arabic = editions(site)
    assert site_in(site, first) == site
    assert site_in(site, chinese).url == "https://trials.example/here/zh-Hans/"
    assert (site_in(site, chinese).title, site_in(site, arabic).title) == ("临床试验", "Trials")


# --- in a browser -------------------------------------------------------------------------------


@pytest.mark.parametrize("over", ["http", "file"])
def test_the_switch_keeps_the_place(site: Path, browser: Browser, over: str) -> None:
    with serve(site) as http, visit(browser, http if over == "http" else site.as_uri()) as tab:
        tab.page.goto(f"{tab.site.rstrip('/')}/ar/trials/NCT00000001.html#conditions")
        tab.page.click("#languages a[hreflang=zh-Hans]")
        expect(tab.page.locator("html")).to_have_attribute("lang", "zh-Hans")
        assert tab.page.url.endswith("/zh-Hans/trials/NCT00000001.html#conditions")
        tab.page.click("#languages a[hreflang=en]")
        expect(tab.page.locator("html")).to_have_attribute("lang", "en")
        assert tab.page.url.endswith("/trials/NCT00000001.html#conditions")


@pytest.mark.parametrize("over", ["http", "file"])
def test_the_browsers_language_is_offered_until_that_is_put_away(
    site: Path, browser: Browser, over: str
) -> None:
    """The browser of the tests reads English."""
    with serve(site) as http, visit(browser, http if over == "http" else site.as_uri()) as tab:
        root, offer = tab.site.rstrip("/"), tab.page.locator(".language-offer")
        tab.page.goto(f"{root}/zh-Hans/search.html?q=migraine")
        expect(offer).to_have_attribute("lang", "en")
        offer.locator("a").click()
        expect(tab.page.locator("html")).to_have_attribute("lang", "en")
        assert tab.page.url.endswith("/search.html?q=migraine")
        expect(offer).to_have_count(0)
        tab.page.goto(f"{root}/ar/index.html")
        offer.locator("button").click()
        expect(offer).to_have_count(0)
        tab.page.goto(f"{root}/ar/trials/index.html")
        tab.page.wait_for_load_state("load")
        expect(offer).to_have_count(0)
        assert tab.page.context.cookies() == []


def test_the_shortlist_is_one_in_all_languages(site: Path, browser: Browser) -> None:
    with serve(site) as http, visit(browser, http) as tab:
        tab.page.goto(f"{http}zh-Hans/trials/NCT00000001.html")
        tab.page.click(".star")
        tab.page.goto(f"{http}ar/shortlist.html")
        card = tab.page.locator("#cards .card")
        expect(card).to_have_count(1)
        expect(card.locator(".status")).to_have_text("تستقبل مشاركين")
        tab.page.click("#cards .card-title a")
        expect(tab.page.locator("html")).to_have_attribute("lang", "ar")


def test_a_list_is_saved_from_what_all_languages_share(site: Path, browser: Browser) -> None:
    with serve(site) as http, visit(browser, http) as tab:
        tab.page.goto(f"{http}zh-Hans/trials/index.html")
        with tab.page.expect_download() as saved:
            tab.page.click('.files [data-form="ris"]')
        text = Path(saved.value.path()).read_text("utf-8")
        assert text.count("TY  - ") == 2
        assert "https://trials.example/here/trials/NCT00000001.html" in text


def test_watch_shows_a_saved_trial_in_each_language(tmp_path: Path) -> None:
    from sites import AS_OF, folders

    from trialpages.build import Request, plan_of
    from trialpages.editor.ahead import Ahead
    from trialpages.publish.stage import state_folder

    build_site(tmp_path, FILES)
    own = folders(tmp_path)
    ahead = Ahead(plan_of(Request(own, AS_OF, search=False)), own.content, state_folder(own.site))
    write_files(own.content, {"trials/NCT00000002.md": trial_text("NCT00000002", "Anew")})
    pages = ahead.pages({str((own.content / "trials/NCT00000002.md").resolve())})
    assert pages.keys() == {f"{f}trials/NCT00000002.html" for f in ("", "ar/", "zh-Hans/")}
    assert all(b"Anew" in one for one in pages.values())


# --- the search ---------------------------------------------------------------------------------

FOUND = """\
---
nct_id: NCT0000000{n}
brief_title: {title}
overall_status: {status}
study_type: INTERVENTIONAL
phases: [PHASE2]
minimum_age: 18 Years
conditions: [Migraine, Pain, Sleep, Rest, Stress]
locations:
  - {{facility: A, city: Shanghai, country: China, status: RECRUITING}}
---

## Brief summary

Does rest help?

## Eligibility criteria

Inclusion Criteria:

- Headache for a year
"""


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searched")
    files: dict[str, str | bytes] = {
        "site.yaml": SITE,
        "trials/NCT00000001.md": FOUND.format(n=1, title="Rest", status="RECRUITING"),
        "trials/NCT00000002.md": FOUND.format(n=2, title="Sleep", status="COMPLETED"),
    }
    build_site(folder, files, search=True)
    return folder / "site"


@pytest.mark.parametrize("over", ["http", "file"])
def test_one_index_answers_in_each_language(searched: Path, browser: Browser, over: str) -> None:
    with (
        serve(searched) as http,
        visit(browser, http if over == "http" else searched.as_uri()) as tab,
    ):
        root, page = tab.site.rstrip("/"), tab.page
        page.goto(f"{root}/zh-Hans/search.html?q=headache")
        cards = page.locator("#results .card")
        expect(cards).to_have_count(2)
        first = cards.first
        expect(first.locator(".status")).to_have_text("招募中")
        expect(first.locator(".card-ages")).to_have_text("18岁及以上")
        expect(first.locator(".card-where")).to_contain_text("中国")
        expect(first.locator(".place-text")).to_contain_text("Headache for a year")
        expect(page.locator("[data-group=status] .choice-name")).to_have_text(["招募中", "已完成"])
        first.locator("h2 a").click()
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
        expect(page.locator("h1")).to_contain_text("Rest")


def test_a_filter_is_one_in_all_languages(searched: Path, browser: Browser) -> None:
    """Its address names it as the index does, whichever page it was chosen on."""
    with serve(searched) as http, visit(browser, http) as tab:
        page = tab.page
        page.goto(
            f"{http}zh-Hans/search.html?country=%E4%B8%AD%E5%9B%BD&status=%E5%B7%B2%E5%AE%8C%E6%88%90"
        )
        expect(page.locator("#results .card")).to_have_count(1)
        expect(page.locator("#search-chosen")).to_contain_text("已完成")
        page.click("#search-chosen .chip >> text=已完成")
        expect(page.locator("#results .card")).to_have_count(2)
        assert page.url.endswith("search.html?country=China")
        expect(page.locator("#search-chosen")).to_contain_text("中国")
        page.click("#languages a[hreflang=en]")
        expect(page.locator("#search-chosen")).to_contain_text("China")
        expect(page.locator("#results .card")).to_have_count(2)


def test_a_country_is_found_by_its_name_in_the_pages_language(
    searched: Path, browser: Browser
) -> None:
    with serve(searched) as http, visit(browser, http) as tab:
        tab.page.goto(f"{http}zh-Hans/search.html?q=migraine+中国")
        expect(tab.page.locator("#results .card")).to_have_count(2)
        expect(tab.page.locator("#search-understood")).to_contain_text("中国")


def test_words_of_another_language_are_a_small_table(searched: Path) -> None:
    scripts = {path.name: path.stat().st_size for path in (searched / "pagefind").rglob("in-*.js")}
    assert scripts.keys() == {"in-zh-Hans.js", "in-ar.js"}
    assert max(scripts.values()) < 8_000
    assert not list((searched / "zh-Hans").rglob("pagefind"))


def test_a_word_with_two_meanings_stays_as_the_index_has_it() -> None:
    assert dict(_sure({"a": {"b"}, "c": {"d", "e"}, "f": {"f"}})) == {"a": "b"}


# --- what editors write -------------------------------------------------------------------------

SUMMARY = """\
plain_language_summary:
  author: A
  date: 2025-01-01
  translations:
    - language: zh-Hans
      text: 休息有*帮助*吗？
      author: B
---

## Plain-language summary

Does rest *help* you?
"""
TRIAL_PAGE = "trials/NCT00000001.html"
WRITTEN: dict[str, str | bytes] = {
    "site.yaml": SITE,
    "trials/NCT00000001.md": trial_text().replace("---\n\n", SUMMARY + "\n", 1),
    "pages/about.md": "# About us\n\nWe are here.\n",
    "pages/about.zh-Hans.md": "# 关于我们\n\n我们在这里。\n",
    "lists/head.md": "---\nconditions: [Migraine]\n---\n# Heads\n\nOf heads.\n",
    "lists/head.zh-Hans.md": "# 头部\n\n关于头部。\n",
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    build_site(folder, WRITTEN)
    return folder / "site"


@pytest.mark.parametrize(
    ("path", "part", "chinese", "english"),
    [
        ("about.html", "article.page .prose", "我们在这里。", "We are here."),
        ("lists/head.html", ".introduction", "关于头部。", "Of heads."),
        (TRIAL_PAGE, "#plain-language .prose", "休息有帮助吗？", "Does rest help you?"),
    ],
)  # fmt: skip
def test_a_text_is_shown_in_the_pages_language_or_said_not_to_be_in_it(
    written: Path, path: str, part: str, chinese: str, english: str
) -> None:
    first, there, arabic = (page(written, f"{folder}{path}") for folder in ("", "zh-Hans/", "ar/"))
    for tree, text in ((first, english), (there, chinese), (arabic, english)):
        assert one(tree, part).text().strip() == text
    assert [one(tree, part).attributes.get("lang") for tree in (first, there)] == [None, None]
    assert one(arabic, part).attributes["lang"] == "en"
    assert one(arabic, part).attributes["dir"] == "ltr"
    said = [[note.text() for note in tree.css(".notice")] for tree in (first, there, arabic)]
    assert [any("الإنجليزية" in text for text in texts) for texts in said] == [False, False, True]
    assert not any("English" in text or "英语" in text for text in (*said[0], *said[1]))


def test_a_page_of_an_editor_is_called_in_its_language(written: Path) -> None:
    chinese, arabic = (page(written, f"{code}/index.html") for code in OTHERS)
    named = {link.text(): link.attributes.get("lang") for link in chinese.css("footer a")}
    assert "关于我们" in named
    assert "头部" in one(chinese, "main").text()
    (about,) = (link for link in arabic.css("footer a") if link.text() == "About us")
    assert about.attributes["lang"] == "en"


def test_a_menu_that_is_not_translated_has_the_titles_of_its_pages(tmp_path: Path) -> None:
    menu = "menu:\n- {title: Us, page: about}\n- {title: All, page: conditions}\n"
    site = "languages: [en, zh-Hans, ar]\n" + menu + "- {title: Away, url: https://a.example/}\n"
    build_site(tmp_path, {**WRITTEN, "site.yaml": site})
    shown = [
        [
            (link.text(), link.attributes.get("lang"))
            for link in page(tmp_path / "site", f"{folder}index.html").css(".site-nav a")[-3:]
        ]
        for folder in ("", *IN_FOLDERS)
    ]
    assert shown == [
        [("Us", None), ("All", None), ("Away", None)],
        [("关于我们", None), ("疾病", None), ("Away", "en")],
        [("Us", "en"), ("الأمراض", None), ("Away", "en")],
    ]


def test_who_signed_a_translation_is_named_with_it(written: Path) -> None:
    signed = [
        " ".join(one(page(written, f"{place}trials/NCT00000001.html"), ".signed").text().split())
        for place in ("", "zh-Hans/")
    ]
    assert "A" in signed[0]
    assert "B" in signed[1]
    assert "2025" in signed[1]


def test_texts_written_in_several_languages_pass_the_check(written: Path) -> None:
    found = (*audit_site(written).problems, *audit_content(written.parent / "content", (), TODAY))
    assert [str(one) for one in found if one.severity == "error"] == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("pages/us.zh-Hans.md", "# A\n\nB\n", "no-first-language"),
        ("lists/us.ar.md", "# A\n\nB\n", "no-first-language"),
        ("pages/about.fr.md", "# A\n\nB\n", "page-name"),
        ("pages/about.ar.md", "A\n", "no-title"),
    ],
)
def test_what_no_page_can_be_made_of_is_told(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    with pytest.raises(ContentFailure) as failure:
        build_site(tmp_path, {**WRITTEN, name: text})
    errors = [one for one in failure.value.problems if one.severity == "error"]
    where = errors[0].where
    assert [one.code for one in errors] == [code]
    assert where and where.path == f"content/{name}"


def test_a_summary_in_a_language_that_the_site_lacks_is_told(tmp_path: Path) -> None:
    trial = str(WRITTEN["trials/NCT00000001.md"]).replace("zh-Hans", "fr")
    write_files(tmp_path / "content", {**WRITTEN, "trials/NCT00000001.md": trial})
    found = audit_content(tmp_path / "content", (), TODAY)
    (problem,) = (one for one in found if one.code == "no-such-language")
    assert problem.severity == "warning"
    assert problem.where and problem.where.line == trial.split("\n").index("    - language: fr") + 1


def test_a_summary_in_several_languages_is_written_as_it_is_read() -> None:
    text = str(WRITTEN["trials/NCT00000001.md"])
    trial = read_trial(text.encode(), "a.md").trial
    assert trial
    assert read_trial(write_trial(trial).encode(), "a.md").trial == trial


@pytest.mark.parametrize("name", ["pages/about.zh-Hans.md", "lists/head.zh-Hans.md"])
def test_a_translation_that_changes_or_goes_is_followed(
    written: Path, tmp_path: Path, name: str
) -> None:
    copytree(written.parent, tmp_path / "on")
    build_site(tmp_path / "on", {name: "# 新\n\n新的。\n"})
    (tmp_path / "on/content" / name).unlink()
    build_site(tmp_path / "on")
    build_site(tmp_path / "new", {key: one for key, one in WRITTEN.items() if key != name})
    assert digest(tmp_path / "on/site") == digest(tmp_path / "new/site")


def test_texts_of_the_site_that_are_not_translated_are_marked(site: Path) -> None:
    home = page(site, "zh-Hans/index.html")
    assert one(home, ".site-title").attributes.get("lang") is None
    assert one(home, ".hero-lead").attributes["lang"] == "en"
    home, trial = page(site, "ar/index.html"), page(site, "ar/trials/NCT00000001.html")
    texts = (".site-title", ".hero-lead", ".site-footer div[lang]")
    for text in (*(one(home, text) for text in texts), one(trial, ".print-title span")):
        assert (text.attributes["lang"], text.attributes["dir"]) == ("en", "ltr")
    assert not page(site, "index.html").css("body [lang]:not(nav *)")
