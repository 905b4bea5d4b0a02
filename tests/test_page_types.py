"""Pages of an editor's that ask for a template of their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sites import PROJECT, trial_text, write_files

from trialpages.audit.content import audit_content
from trialpages.build import Request, build
from trialpages.content.reading import Folders, read_templates
from trialpages.pages.editorial import read_editorial
from trialpages.pages.own_templates import check_asked
from trialpages.problems import ContentFailure

PERSON = """\
{% extends "page.html" %}
{% block main %}<p class="person">{{ page.title }}</p>{% endblock %}
"""
PAGE = "---\ntemplate: person\n---\n# Ann\n\nText.\n"


def built(folder: Path, **pages: str) -> Path:
    files = {f"content/pages/{name}.md": text for name, text in pages.items()}
    site = "title: T\nlanguages: [en, es]\n"
    write_files(folder, {"content/site.yaml": site, "templates/person.html": PERSON, **files})
    write_files(folder, {"content/trials/NCT00000001.md": trial_text()})
    kept = (Path("templates"), PROJECT / "theme", Path("site"))
    build(Request(Folders(Path("content"), *kept), "2025-10-01", search=False))
    return folder / "site"


@pytest.fixture(autouse=True)
def _in_the_sites_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_page_is_drawn_by_the_template_it_asks_for_in_each_language(tmp_path: Path) -> None:
    site = built(tmp_path, ann=PAGE, **{"ann.es": "# Ana\n\nTexto.\n"}, about="# About\n\nX.\n")
    assert '<p class="person">Ann</p>' in (site / "ann.html").read_text("utf-8")
    assert '<p class="person">Ana</p>' in (site / "es/ann.html").read_text("utf-8")
    assert "person" not in (site / "about.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["persn", "trial", "_macros", "../person"])
def test_a_template_there_is_not_is_told_with_those_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentFailure) as failure:
        built(tmp_path, ann=PAGE.replace("person", name))
    (problem,) = (one for one in failure.value.problems if one.severity == "error")
    where = problem.where
    assert problem.message == f"there is no template `{name}` for pages"
    assert "`page`, `person`" in problem.hint
    assert where and (where.path, where.line) == ("content/pages/ann.md", 2)
    checked = audit_content(Path("content"), (), date(2025, 10, 1))
    assert problem.message in {one.message for one in checked}


@pytest.mark.parametrize(
    ("front", "line"), [("templat: person", 2), ("template: [a]", 2), ("template: person\n#", 1)]
)
def test_front_matter_that_says_something_else_is_refused(front: str, line: int) -> None:
    text = f"---\n{front}\n---\n# Ann\n" if line == 2 else f"---\n{front}\n# Ann\n"
    page, (problem,) = read_editorial(text.encode(), "ann", "pages/ann.md", ())
    assert page is None and problem.where and problem.where.line == line


def test_problems_below_the_front_matter_have_their_line() -> None:
    text = PAGE.replace("Text.", "![x](a.svg)")
    _, (problem,) = read_editorial(text.encode(), "ann", "pages/ann.md", ())
    assert problem.where and problem.where.line == 6


def test_of_the_shipped_templates_page_alone_is_for_pages() -> None:
    shipped = read_templates(PROJECT / "templates")
    asked = [
        read_editorial(PAGE.replace("person", one).encode(), "a", "a.md", ())[0]
        for one in shipped
        if one.endswith(".html")
    ]
    found = [*check_asked((page.asked for page in asked if page), shipped)]
    assert len(found) == len(asked) - 1
