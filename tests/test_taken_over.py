"""Changing a page without copying all of them: extra styles, and copies that know their origin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sites import PROJECT, build_site, folders
from test_cli import run

from trialpages.audit.taken_over import check_taken_over
from trialpages.build import Request, build
from trialpages.content.reading import SourceFile, shipped_files
from trialpages.editor.eject import eject, takable
from trialpages.problems import CallFailure, ContentFailure

FILES: dict[str, str | bytes] = {"site.yaml": "title: T\n", "pages/about.md": "# About\n"}


def own(tmp_path: Path) -> dict[str, Path]:
    return {"templates": tmp_path / "templates", "theme": tmp_path / "theme"}


def test_extra_styles_and_scripts_are_linked_by_every_page_once_they_are_there(
    tmp_path: Path,
) -> None:
    build_site(tmp_path, FILES)
    pages = [path.relative_to(tmp_path) for path in (tmp_path / "site").rglob("*.html")]
    assert not any("extra." in (tmp_path / page).read_text("utf-8") for page in pages)
    theme = tmp_path / "extras"
    theme.mkdir()
    (theme / "extra.css").write_text("h1 { color: teal; }\n", encoding="utf-8")
    (theme / "extra.js").write_text("document.title += '!';\n", encoding="utf-8")
    usual = folders(tmp_path)
    with_extras = type(usual)(usual.content, usual.templates, theme, usual.site)
    build(Request(with_extras, "2026-01-01", search=False))
    for page in pages:
        text = (tmp_path / page).read_text("utf-8")
        if 'http-equiv="refresh"' not in text:
            styles = text.index("assets/site."), text.index("assets/extra."), text.index("/print.")
            assert styles == tuple(sorted(styles)), page
            assert text.count("assets/extra.") == 2, page


def test_a_search_page_asks_for_its_paper_by_itself_only_where_other_styles_come_between(
    tmp_path: Path,
) -> None:
    build_site(tmp_path, FILES, search=True)
    assert "/print." not in (tmp_path / "site/search.html").read_text("utf-8")
    (styles,) = (tmp_path / "site/assets").glob("search.*.css")
    (paper,) = (tmp_path / "site/assets").glob("print.*.css")
    assert f"@media print {{\n{paper.read_text('utf-8')}}}" in styles.read_text("utf-8")
    usual, theme = folders(tmp_path), tmp_path / "extras"
    theme.mkdir()
    (theme / "extra.css").write_text("h1 { color: teal; }\n", encoding="utf-8")
    with_extras = type(usual)(usual.content, usual.templates, theme, usual.site)
    build(Request(with_extras, "2026-01-01", search=True))
    page = (tmp_path / "site/search.html").read_text("utf-8")
    assert page.index("assets/search.") < page.index("assets/extra.") < page.index("/print.")


def test_what_is_ejected_makes_the_same_page(tmp_path: Path) -> None:
    report = build_site(tmp_path, FILES)
    for name in ("base.html", "theme/site.css"):
        eject(name, own(tmp_path))
    usual, taken = folders(tmp_path), own(tmp_path)
    ours = type(usual)(usual.content, taken["templates"], taken["theme"], tmp_path / "again")
    assert build(Request(ours, "2025-10-01", search=False)).pages == report.pages
    page = (tmp_path / "again/about.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert list(check_taken_over(taken)) == []


def test_a_copy_is_told_once_another_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("base.html", "theme/site.css", "trial.html"):
        eject(name, own(tmp_path))
    (tmp_path / "theme/extra.css").write_text("/* mine */\n", encoding="utf-8")

    def by_now(kind: str) -> Iterator[SourceFile]:
        for file in shipped_files(kind):
            if file.name != "base.html":
                changed = file.name == "site.css"
                yield replace(file, content=file.content + b"\n") if changed else file

    monkeypatch.setattr("trialpages.audit.taken_over.shipped_files", by_now)
    told = {Path(one.where.path).name: one for one in check_taken_over(own(tmp_path)) if one.where}
    assert set(told) == {"base.html", "site.css"}
    assert "which has none any more" in told["base.html"].message
    assert "another is shipped now" in told["site.css"].message
    assert "eject theme/site.css --theme new" in (told["site.css"].hint or "")


def test_a_name_that_cannot_be_ejected_is_told_what_can(tmp_path: Path) -> None:
    assert {"templates/trial.html", "theme/site.css"} <= set(takable())
    eject("trial.html", own(tmp_path))
    shipped = {"templates": PROJECT / "templates", "theme": PROJECT / "theme"}
    for name, where, said in (
        ("trial.htm", own(tmp_path), "did you mean `trial.html`"),
        ("strings/en.yaml", own(tmp_path), "words need no copy"),
        ("zzz", own(tmp_path), "lists all there are"),
        ("trial.html", own(tmp_path), "remove it first"),
        ("index.html", shipped, "change it where it is"),
    ):
        with pytest.raises(CallFailure) as failed:
            eject(name, where)
        assert said in (failed.value.problems[0].hint or "")


def test_nothing_is_ejected_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/near").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ContentFailure, match="a link"):
        eject("near/40-list.js", own(tmp_path))
    (tmp_path / "templates").symlink_to(tmp_path / "elsewhere")
    done = run(tmp_path, "eject", "trial.html")
    assert (done.returncode, "--templates" in done.stderr) == (1, True)
    assert not any((tmp_path / "elsewhere").iterdir())
    assert run(tmp_path, "eject", "trial.html", "--templates", "templates").returncode == 0
