"""Small sites built whole: what is in them, and what stops them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from sites import AS_OF, PROJECT, build_site, digest, folders, trial_text, write_files

from trialpages.build import Request, build
from trialpages.pages.parts import Page
from trialpages.phases import planning
from trialpages.problems import ContentFailure, Failure, Problem
from trialpages.records.note_codes import NOTE_CODES
from trialpages.trial.views import EmptyPage

SITE = "title: Our trials\nurl: https://trials.example/\n"


def failure(project: Path, files: dict[str, str | bytes]) -> tuple[Problem, ...]:
    with pytest.raises(Failure) as caught:
        build_site(project, files)
    return tuple(p for p in caught.value.problems if p.severity == "error")


def test_a_site_has_every_file_of_the_contract(tmp_path: Path) -> None:
    build_site(tmp_path, {"site.yaml": SITE, "trials/NCT00000001.md": trial_text()}, search=True)
    site = tmp_path / "site"
    for name in [
        "index.html",
        "search.html",
        "404.html",
        "overview.html",
        "sitemap.xml",
        "robots.txt",
        "trials.csv",
        "datapackage.json",
        "feed.xml",
        ".nojekyll",
        "trials/index.html",
        "trials/NCT00000001.html",
        "trials/NCT00000001.json",
        "conditions/index.html",
        "conditions/migraine.html",
        "statuses/recruiting.html",
        "pagefind/engine.js",
        "pagefind/index.js",
    ]:
        assert (site / name).is_file(), name
    record = json.loads((site / "trials/NCT00000001.json").read_text())
    assert record["protocolSection"]["identificationModule"] == {
        "nctId": "NCT00000001",
        "briefTitle": "Rest for migraine",
    }


def test_without_search_nothing_leads_to_a_search(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": SITE,
        **{f"trials/NCT{n:08}.md": trial_text(f"NCT{n:08}", f"T {n}") for n in range(1, 30)},
    }
    build_site(tmp_path, files)
    site = tmp_path / "site"
    assert not (site / "search.html").exists()
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".xml", ".txt"):
            assert "search.html" not in path.read_text("utf-8"), path
    assert '"@type":"WebSite"' in (site / "index.html").read_text("utf-8")
    build_site(tmp_path, search=True)
    assert 'action="search.html"' in (site / "index.html").read_text("utf-8")
    assert (site / "search.html").is_file()


def test_the_theme_is_fingerprinted_and_every_page_points_at_it(tmp_path: Path) -> None:
    build_site(tmp_path, {"trials/NCT00000001.md": trial_text()})
    site = tmp_path / "site"
    (style,) = (site / "assets").glob("site.*.css")
    assert f"../assets/{style.name}" in (site / "trials/NCT00000001.html").read_text()
    assert f"assets/{style.name}" in (site / "index.html").read_text()


def test_links_are_relative_and_name_files_that_are_there(tmp_path: Path) -> None:
    from html.parser import HTMLParser
    from urllib.parse import unquote, urlsplit

    related = "related_trials:\n  - nct_id: NCT00000002\n  - nct_id: NCT00000003\n---\n"
    first = trial_text().replace("---\n\n##", related + "\n##")
    files: dict[str, str | bytes] = {
        "site.yaml": SITE,
        "trials/NCT00000001.md": first,
        "trials/NCT00000002.md": trial_text("NCT00000002", "Sleep"),
        "pages/about.md": "# About\n\nWho we are.\n",
    }
    build_site(tmp_path, files)
    site, links = tmp_path / "site", 0

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            nonlocal links
            for name, value in attrs:
                if (
                    name not in ("href", "src", "action")
                    or not value
                    or (tag == "link" and any(pair == ("rel", "canonical") for pair in attrs))
                ):
                    continue
                parts = urlsplit(value)
                if parts.scheme in ("https", "mailto") or (tag == "img" and parts.scheme == "data"):
                    continue
                assert not parts.scheme and not value.startswith("/"), (page, value)
                if parts.path:
                    links += 1
                    assert (page.parent / unquote(parts.path)).is_file(), (page, value)

    for page in site.rglob("*.html"):
        if page.name != "404.html":  # shown at any address, so its links are whole
            Links().feed(page.read_text())
    assert links > 50


def test_related_trials_lead_here_or_to_the_registry(tmp_path: Path) -> None:
    related = "related_trials:\n  - nct_id: NCT00000002\n  - nct_id: NCT00000003\n---\n"
    first = trial_text().replace("---\n\n##", related + "\n##")
    files: dict[str, str | bytes] = {
        "trials/NCT00000001.md": first,
        "trials/NCT00000002.md": trial_text("NCT00000002", "Sleep"),
    }
    build_site(tmp_path, files)
    page = (tmp_path / "site/trials/NCT00000001.html").read_text()
    assert 'href="NCT00000002.html"' in page
    assert 'href="https://clinicaltrials.gov/study/NCT00000003"' in page


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "trials/NCT00000001.md": trial_text().replace("overall_status", "overal_status"),
        "trials/NCT00000002.md": trial_text("NCT00000002").replace("RECRUITING", "RECRUTING"),
        "trials/NCT00000003.md": trial_text("NCT00000003", "a: b"),
        "trials/NCT00000004.md": b"---\nnct_id: \xff\n---\n",
        "trials/NCT00000005.md": trial_text("NCT00000006"),
    }
    problems = failure(tmp_path, files)
    shown = {(p.where.path.rpartition("/")[2], p.code) for p in problems if p.where}
    assert shown >= {
        ("NCT00000001.md", "unknown-field"),
        ("NCT00000002.md", "unknown-value"),
        ("NCT00000003.md", "unquoted-colon"),
        ("NCT00000004.md", "not-utf-8"),
        ("NCT00000005.md", "file-name"),
    }


def test_a_problem_shows_place_line_caret_and_what_to_write(tmp_path: Path) -> None:
    text = trial_text().replace("RECRUITING", "RECRUTING")
    (problem,) = failure(tmp_path, {"trials/NCT00000001.md": text})
    assert str(problem).splitlines() == [
        "content/trials/NCT00000001.md:4:17  error: `overall_status` can't be `RECRUTING`",
        "  4 | overall_status: RECRUTING",
        "                      ^^^^^^^^^",
        "    → did you mean RECRUITING?",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trials/NCT00000001.md", "no front matter"),
        ("trials/NCT00000001.md", ""),
        ("trials/NCT00000001.md", "---\n" + "a: [" * 5000 + "\n---\n"),
        ("trials/NCT00000001.md", "---\nnct_id: &a NCT00000001\nx: *a\n---\n"),
        ("trials/NCT00000001.md", "---\n- a\n- b\n---\n"),
        ("trials/NCT00000001.md", trial_text().encode("utf-16")),
        ("trials/NCT00000002.md", trial_text("NCT00000001")),
        ("site.yaml", "titel: x\n"),
        ("pages/about.md", "no title"),
    ],
)
def test_bad_content_leaves_the_site_as_it_was(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    good: dict[str, str | bytes] = {
        "site.yaml": SITE,
        "trials/NCT00000009.md": trial_text("NCT00000009"),
    }
    build_site(tmp_path, good)
    before = digest(tmp_path / "site")
    problems = failure(tmp_path, {name: content})
    assert problems and all(p.where and p.where.path.endswith(name) for p in problems)
    assert digest(tmp_path / "site") == before


def test_two_files_with_one_id_are_both_named(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "trials/NCT00000001.md": trial_text(),
        "trials/NCT00000002.md": trial_text("NCT00000002").replace(
            "---\n\n##", "aliases:\n  - NCT00000001\n---\n\n##"
        ),
    }
    (problem,) = failure(tmp_path, files)
    assert problem.code == "duplicate-id"
    assert problem.where and problem.where.path.endswith("NCT00000002.md")
    assert "NCT00000001.md" in problem.message


@pytest.mark.parametrize(
    ("number", "line", "at"),
    [
        ("NCT00000001", "aliases: [nct00000002]", ("NCT00000002", 2)),
        ("NCT00000001", "nct_id_aliases: [nct00000002]", ("NCT00000002", 2)),
        ("NCT00000003", "aliases: [nct00000002]", ("NCT00000003", 3)),
        ("NCT00000003", "nct_id_aliases: [nct00000002]", ("NCT00000003", 2)),
    ],
)
def test_numbers_that_differ_in_their_capitals_alone_stop_a_build(
    tmp_path: Path, number: str, line: str, at: tuple[str, int]
) -> None:
    """One file would take the other's place on many a disk."""
    own = trial_text(number).replace("\nbrief_title", f"\n{line}\nbrief_title", 1)
    files: dict[str, str | bytes] = {
        f"trials/{number}.md": own,
        "trials/NCT00000002.md": trial_text("NCT00000002"),
    }
    (problem,) = failure(tmp_path, files)
    assert problem.code == "duplicate-id"
    assert problem.where
    assert (problem.where.path, problem.where.line) == (f"content/trials/{at[0]}.md", at[1])
    assert problem.message.casefold().startswith("nct00000002 ")


def test_files_whose_names_differ_in_their_capitals_alone_stop_a_build(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"trials/{one}.md": trial_text(one) for one in ("EX-0001", "ex-0001")
    }
    (problem,) = failure(tmp_path, files)
    assert (problem.code, problem.where and problem.where.line) == ("duplicate-id", 2)
    assert "capitals" in problem.message


def test_an_alias_that_is_the_trials_own_number_leads_nowhere(tmp_path: Path) -> None:
    lines = "aliases: [nct00000001, NCT00000001, EX-0001, ex-0001]\nbrief_title"
    build_site(tmp_path, {"trials/NCT00000001.md": trial_text().replace("brief_title", lines, 1)})
    made = {path.stem for path in (tmp_path / "site/trials").glob("*.html")}
    assert {name for name in made if name.casefold() in ("nct00000001", "ex-0001")} == {
        *("NCT00000001", "EX-0001")
    }


@pytest.mark.parametrize(
    ("template", "text", "line"),
    [
        ("trial.html", "one\n{{ no_such_thing }}\n", 2),
        ("trial.html", "{% if %}\n", 1),
        ("base.html", "{% include 'missing.html' %}\n", 1),
        ("trial.html", "one\ntwo\n{{ trial.no_such_field }}", 3),
        ("trial.html", "{{ t.no_such_word }}", 1),
    ],
)
def test_a_fault_in_a_template_names_file_and_line(
    tmp_path: Path, template: str, text: str, line: int | None
) -> None:
    import shutil

    build_site(tmp_path, {"trials/NCT00000001.md": trial_text()})
    before = digest(tmp_path / "site")
    here = folders(tmp_path)
    changed = type(here)(here.content, tmp_path / "templates", here.theme, here.site)
    shutil.copytree(here.templates, changed.templates)
    (changed.templates / template).write_text(text)
    with pytest.raises(ContentFailure) as caught:
        build(Request(changed, AS_OF, search=False))
    (problem,) = caught.value.problems
    assert problem.where and problem.where.path.endswith(template)
    assert problem.where.line == line
    assert digest(tmp_path / "site") == before


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"site.yaml": SITE, "trials/NCT00000001.md": trial_text()}
    build_site(tmp_path / "a", files)
    build_site(tmp_path / "b", files)
    assert digest(tmp_path / "a/site") == digest(tmp_path / "b/site")
    assert not build_site(tmp_path / "a").changed


def test_byte_order_mark_and_line_ends_make_no_difference(tmp_path: Path) -> None:
    text = trial_text()
    variants = [text, "\ufeff" + text, text.replace("\n", "\r\n"), text.replace("\n", "\r")]
    found = set()
    for number, variant in enumerate(variants):
        build_site(tmp_path / str(number), {"trials/NCT00000001.md": variant})
        found.add(digest(tmp_path / str(number) / "site"))
    assert len(found) == 1


def test_drafts_stay_out_until_asked_for(tmp_path: Path) -> None:
    draft = trial_text("NCT00000002").replace("---\n\n##", "draft: true\n---\n\n##")
    write_files(
        tmp_path / "content",
        {"trials/NCT00000001.md": trial_text(), "trials/NCT00000002.md": draft},
    )
    build(Request(folders(tmp_path), AS_OF, search=False))
    assert not (tmp_path / "site/trials/NCT00000002.html").exists()
    build(Request(folders(tmp_path), AS_OF, search=False, drafts=True))
    assert (tmp_path / "site/trials/NCT00000002.html").exists()


def test_a_folder_that_others_made_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path / "site", {"thesis.txt": "years of work"})
    (problem,) = failure(tmp_path, {"trials/NCT00000001.md": trial_text()})
    assert problem.code == "not-our-folder"
    assert (tmp_path / "site/thesis.txt").read_text() == "years of work"


def test_search_comes_back_whole_after_a_build_without_it(tmp_path: Path) -> None:
    build_site(tmp_path, {"trials/NCT00000001.md": trial_text()}, search=True)
    whole = digest(tmp_path / "site")
    build_site(tmp_path)
    assert not (tmp_path / "site/pagefind").exists()
    build_site(tmp_path, search=True)
    names = {path.name for path in (tmp_path / "site/pagefind").rglob("*")}
    assert any(name.endswith(".pf_index") for name in names)
    assert digest(tmp_path / "site") == whole


@pytest.mark.parametrize("name", ["index", "Search", "404", "glossary"])
def test_a_page_cannot_take_the_name_of_another(tmp_path: Path, name: str) -> None:
    (problem,) = failure(tmp_path, {f"pages/{name}.md": "# Title\n"})
    assert problem.code == "page-name"
    assert problem.where and problem.where.path == f"content/pages/{name}.md"
    assert f"templates/{name.lower()}.html" in problem.message


def test_a_page_cannot_take_the_name_of_one_that_is_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = Page("figures.html", "404.html", EmptyPage, b"")
    monkeypatch.setattr(planning, "catalogue", lambda *_: (figures,))
    (problem,) = failure(tmp_path, {"pages/figures.md": "# Title\n"})
    assert problem.code == "page-name"
    assert problem.where and problem.where.path == "content/pages/figures.md"
    assert "figures.html already, made from templates/404.html" in problem.message


@pytest.mark.parametrize("name", ["con", "com1", "lpt9", "a b"])
def test_a_page_has_a_name_that_every_disk_can_hold(tmp_path: Path, name: str) -> None:
    (problem,) = failure(tmp_path, {f"pages/{name}.md": "# Title\n"})
    assert problem.code == ("page-name" if " " in name else "bad-name")
    assert problem.where and problem.where.path == f"content/pages/{name}.md"


@pytest.mark.parametrize(
    "extra",
    [
        "a: x",
        "/protocolSection/x: '[1'",
        "/protocolSection/conditionsModule/conditions/9: '1'",
        f"/protocolSection/eligibilityModule/minimumAge: '{'[' * 5_000}'",
        """/protocolSection/eligibilityModule/minimumAge: '"\\ud800"'""",
        """/protocolSection/x: '{"\\ud800": 1}'""",
        "/protocolSection/x: '[1, NaN]'",
        "/protocolSection/x: '1e999'",
        "/protocolSection/x: '-Infinity'",
    ],
)
def test_extra_that_fits_nowhere_is_named(tmp_path: Path, extra: str) -> None:
    text = trial_text().replace("---\n\n##", f"extra:\n  {extra}\n---\n\n##")
    problems = failure(tmp_path, {"trials/NCT00000001.md": text})
    assert [problem.code for problem in problems] == ["bad-extra"]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("""/protocolSection/identificationModule/nctId: '"NCT99999999"'""", "nct_id"),
        ("/protocolSection/identificationModule/nctId: '5'", "nct_id"),
        ("""/protocolSection/statusModule/overallStatus: '"COMPLETED"'""", "overall_status"),
        ("""/protocolSection/statusModule/whyStopped: '"Lost"'""", "why_stopped"),
        ("""/protocolSection/identificationModule: '{"briefTitle": "Other"}'""", ""),
        ("""/resultsSection/x: '1'""", ""),
    ],
)
def test_extra_overrules_no_field_that_the_site_has(tmp_path: Path, entry: str, field: str) -> None:
    text = trial_text().replace("---\n\n##", f"extra:\n  {entry}\n---\n\n##")
    (problem,) = failure(tmp_path, {"trials/NCT00000001.md": text})
    assert problem.code == "bad-extra"
    assert problem.where and problem.where.line == text[: text.index("  /")].count("\n") + 1
    assert f"`{field}`" in problem.hint or not field


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("conflcit", "did you mean `conflict`?"),
        ("Conflict", "did you mean `conflict`?"),
        ("Empty-section", "did you mean `empty-section`?"),
        ("zzz", "take the note away if nothing is open"),
        (r'"\e[2J"', "take the note away if nothing is open"),
    ],
)
def test_a_note_that_updates_would_not_know_is_named(tmp_path: Path, code: str, hint: str) -> None:
    note = f"import_notes:\n  - field: phases\n    code: {code}\n    message: See there.\n"
    text = trial_text().replace("---\n\n##", f"{note}---\n\n##")
    report = build_site(tmp_path, {"trials/NCT00000001.md": text})
    (problem,) = (one for one in report.warnings if one.code == "unknown-note")
    assert problem.where and problem.where.path.endswith("content/trials/NCT00000001.md")
    line = text.splitlines().index(f"    code: {code}") + 1
    assert (problem.where.line, problem.where.column) == (line, 11)
    assert problem.hint == hint


def test_every_note_of_an_importer_has_a_code_that_updates_know() -> None:
    """Each word in quotes where one is made: `code="…"`, `("…", messages)`."""
    found = set[str]()
    for path in (PROJECT / "trialpages/importers").glob("*.py"):
        text = path.read_text("utf-8")
        if "ImportNote(" in text:
            found |= set(re.findall(r'code="([a-z-]+)"|\("([a-z-]+)", criteria\.', text))
    codes = {one for pair in found for one in pair if one}
    assert len(codes) > 10
    assert codes <= NOTE_CODES


def test_a_note_of_a_trials_file_is_quoted_as_the_files(tmp_path: Path) -> None:
    note = "import_notes:\n  - field: x\n    code: evil\n    message: This site recommends it.\n"
    text = trial_text().replace("---\n\n##", f"{note}---\n\n##")
    build_site(tmp_path, {"trials/NCT00000001.md": text})
    page = (tmp_path / "site/trials/NCT00000001.html").read_text("utf-8")
    assert "The file of this trial, and not this site, says so:" in page
    assert "<q>This site recommends it.</q>" in page
    assert page.count("This site recommends it.") == 1


@pytest.mark.parametrize(
    "entry",
    [
        """/protocolSection/eligibilityModule/minimumAge: '"grown up"'""",
        """/protocolSection/statusModule/startDateStruct/date: '"soon"'""",
        "/protocolSection/newModule/a: '1'",
        "/protocolSection/conditionsModule/keywords: '[]'",
    ],
)
def test_extra_holds_what_no_field_can(tmp_path: Path, entry: str) -> None:
    text = trial_text().replace("---\n\n##", f"extra:\n  {entry}\n---\n\n##")
    build_site(tmp_path, {"trials/NCT00000001.md": text})


def test_an_enrolment_without_a_count_is_built(tmp_path: Path) -> None:
    text = trial_text().replace("---\n\n##", "enrollment_info:\n  type: ACTUAL\n---\n\n##")
    build_site(tmp_path, {"trials/NCT00000001.md": text})


def test_a_number_no_reader_can_hold_is_refused(tmp_path: Path) -> None:
    big = f"enrollment_info:\n  count: {10**40}\n---\n\n##"
    (problem,) = failure(
        tmp_path, {"trials/NCT00000001.md": trial_text().replace("---\n\n##", big)}
    )
    assert problem.where
    assert problem.where.line == 9


@pytest.mark.parametrize("url", ["javascript:alert(1)", "x y", 'https://x.example/"><b>'])
def test_an_address_that_is_none_is_refused(tmp_path: Path, url: str) -> None:
    write_files(tmp_path / "content", {"trials/NCT00000001.md": trial_text()})
    with pytest.raises(Failure, match="--url: "):
        build(Request(folders(tmp_path), AS_OF, url=url, search=False))


def test_the_size_of_a_site_is_that_of_the_files_a_server_needs(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for _ in range(2):  # made anew, then with nothing changed
        report = build_site(tmp_path, {"trials/NCT00000001.md": trial_text()}, search=True)
        files = {path for path in site.rglob("*") if path.is_file()}
        only_for_disks = {path for path in files if (site / "pagefind/offline") in path.parents}
        assert only_for_disks
        served = files - only_for_disks
        size = sum(path.stat().st_size for path in served)
        assert (report.extent.size, report.extent.files) == (size, len(served))
