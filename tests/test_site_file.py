"""content/site.yaml: what an editor may set, and what a mistake is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sites import PROJECT, build_site, trial_text

from trialpages.content.reading import read_content
from trialpages.phases.around import read_settings
from trialpages.problems import ContentFailure, Problem
from trialpages.settings.colours import DARK_PAPERS, LEAST, PAPERS, contrast
from trialpages.settings.site_file import Colours, read_site
from trialpages.templating.appearance import colours_css


def problem(text: str) -> Problem:
    _, problems = read_site(text.encode(), "content/site.yaml")
    assert len(problems) == 1
    return problems[0]


@pytest.mark.parametrize(
    ("text", "line", "said", "hint"),
    [
        ("title: T\nmenu:\n  - title: About\n", 3, "`About` leads nowhere", "page: about"),
        ('title: T\nlogo: "../x.svg"\n', 2, "`logo` can't be `../x.svg`", "x.svg"),
        ("- a\n", 1, "there must be lines", "write `title: …`"),
        ('colours:\n  accent: "red"\n', 2, "can't be `red`", "#005d6b"),
        ("colors:\n  accent: x\n", 1, "unknown field `colors`", "`colours`"),
        ("menu:\n  - title: A\n    url: javascript:alert(1)\n", 3, "can't be", "https://"),
        ("title: T\ncontact: call us\n", 2, "`contact` can't be `call us`", "trials@hospital"),
        ('colours:\n  accent: "#9fd3dc"\n', 2, "can't be read on the light page", "write"),
        ('colours:\n  accent_dark: "#222222"\n', 2, "can't be read on the dark page", "write"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int, said: str, hint: str) -> None:
    found = problem(text)
    assert found.where is not None
    assert (found.where.path, found.where.line) == ("content/site.yaml", line)
    assert said in found.message
    assert hint in (found.hint or "")


def test_the_colour_named_instead_can_be_read() -> None:
    hint = problem('colours:\n  accent: "#9fd3dc"\n').hint or ""
    (near,) = re.findall(r"#[0-9a-f]{6}", hint)
    assert read_site(f'colours:\n  accent: "{near}"\n'.encode(), "site.yaml")[1] == ()


@pytest.mark.parametrize(
    ("text", "line", "said", "hint"),
    [
        ("menu:\n  - title: Help\n    page: help\n", 3, "there is no page `help`", "conditions"),
        ("logo: logo.svg\n", 1, "there is no logo.svg", "content/media"),
        ("publish:\n  forms: [json, pdf]\n", 2, "can't be `pdf`", "json, fhir"),
        ("publish:\n  lists:\n    - contries\n", 3, "can't be `contries`", "countries?"),
        ("publish:\n  feeds: [phase]\n", 2, "can't be `phase`", "phases?"),
    ],
)
def test_what_is_named_must_be_there(
    tmp_path: Path, text: str, line: int, said: str, hint: str
) -> None:
    with pytest.raises(ContentFailure) as failure:
        build_site(tmp_path, {"site.yaml": text, "trials/NCT00000001.md": trial_text()})
    found = failure.value.problems[0]
    assert said in found.message and hint in found.hint
    assert found.where and found.where.line == line


def test_contrast_is_wcags() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_papers_are_those_of_the_style_sheet() -> None:
    css = (PROJECT / "theme/site.css").read_text("utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")[:2]
    for text, papers in ((light, PAPERS), (dark, DARK_PAPERS)):
        for name, paper in zip(("paper", "surface"), papers, strict=True):
            found = re.search(rf"--{name}: (#\w+);", text)
            assert found
            written = found[1] if len(found[1]) == 7 else "#" + "".join(c * 2 for c in found[1][1:])
            assert written == paper


@pytest.mark.parametrize("accent", ["#7a1f5c", "#005d6b", "#b3261e", "#0000ff", "#6b6b00"])
def test_text_in_an_editors_colours_can_be_read(accent: str) -> None:
    css = colours_css(Colours(accent=accent, header=accent))
    light, dark = css.split("@media screen and")
    for text, papers in ((light, PAPERS), (dark, DARK_PAPERS)):
        values = dict(re.findall(r"--([\w-]+): (#\w{6});", text))
        for paper in papers:
            assert contrast(values["accent"], paper) >= LEAST
            assert contrast(values["accent-hover"], paper) >= LEAST
        assert contrast(values["accent"], values["accent-ink"]) >= LEAST
        assert contrast(values["accent"], values["accent-soft"]) >= LEAST
        if "header" in values:
            assert contrast(values["header"], values["header-ink"]) >= LEAST


def test_an_editor_shapes_the_site_without_templates(tmp_path: Path) -> None:
    site = """\
title: Our trials
logo: logo.svg
footer: Paid for by the [Foundation](https://example.org/).
colours:
  header: "#2b1020"
menu:
  - title: About us
    page: about
  - title: By country
    page: countries
  - title: Hospital
    url: https://example.org/
"""
    files: dict[str, str | bytes] = {
        "site.yaml": site,
        "media/logo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "pages/about.md": "# About us\n\nHello.\n",
        "pages/privacy.md": "# Privacy\n\nNothing is kept.\n",
        "trials/NCT00000001.md": trial_text(),
    }
    build_site(tmp_path, files)
    built = tmp_path / "site"
    page = (built / "trials/NCT00000001.html").read_text("utf-8")
    header, footer = page.split("</header>")[0], page.split("<footer")[1]
    for address in ("../about.html", "../countries/index.html", "https://example.org/"):
        assert f'href="{address}"' in header
    assert 'href="../privacy.html"' in footer
    assert "about.html" not in footer
    assert '<a href="https://example.org/"' in footer
    for name in ("colours", "media/logo"):
        (address,) = re.findall(rf'"\.\./(assets/{name}\.\w{{8}}\.\w+)"', header)
        assert (built / address).is_file()


def test_without_colours_no_style_sheet_is_for_them(tmp_path: Path) -> None:
    build_site(tmp_path, {"trials/NCT00000001.md": trial_text()})
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert 'rel="stylesheet"' in page
    assert "colours" not in page


def test_the_menu_may_name_a_page_that_every_site_has(tmp_path: Path) -> None:
    menu = "menu:\n  - title: Hard words\n    page: glossary\n"
    build_site(tmp_path, {"site.yaml": menu, "trials/NCT00000001.md": trial_text()})
    home = (tmp_path / "site/index.html").read_text("utf-8")
    links = re.findall(r'<a [^>]*href="glossary.html"[^>]*>(.*?)</a>', home)
    assert links == ["Hard words"]


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (["language: en", f"title: {'x' * 1_001}"], 2, "`title` has 1,001 characters"),
        (["title: A", "menu:", f"  - title: {'x' * 9_000}", "    page: about"], 3, "9,000"),
        (["title: A", f"description: {'x' * 200_001}"], 2, "200,001 characters"),
        (["title: A", "menu:", *["  - {title: b, page: about}"] * 5_001], 3, "5,001 entries"),
        (["title: A", "search_names:", *["  - [a, b]"] * 5_001], 3, "5,001 entries"),
        (["title: A", 'footer: "' + "> " * 9 + 'x"'], 2, "nested too deep"),
        (["title: A", "footer: |", f"  {'[' * 40}"], 2, "square brackets"),
    ],
)
def test_settings_have_the_bounds_of_content(
    tmp_path: Path, lines: list[str], line: int, said: str
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    _, problems = read_settings(read_content(tmp_path / "content"))
    (found,) = (one for one in problems if said in one.message)
    assert found.severity == "error"
    assert found.where
    assert (found.where.path, found.where.line) == ("content/site.yaml", line)
