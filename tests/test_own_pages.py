"""An editor's own pages: pictures, tables, headings and links as where the files are read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from sites import build_site, trial_text

from trialpages.audit.content import audit_content
from trialpages.pages.editorial import read_editorial
from trialpages.prose.markup import editors_prose, prose

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect/></svg>'
PAGE = """\
# About us

## Our team

| who | bed |
|:---|---:|
| Ann <b> | 3 |

![The ward & its door](../media/ward.svg)

## Our team

See [the trial](NCT00000001#eligibility), [a file](../trials/NCT00000001.md), [the team](#our-team),
[the plan](../media/ward.svg), [all words](glossary.html).
"""
LIST = "---\ntrials: [NCT00000001]\n---\n# Ward\n\n![The ward](../media/ward.svg)\n"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "site.yaml": "title: T\n",
        "pages/about.md": PAGE,
        "lists/ward.md": LIST,
        "media/ward.svg": SQUARE,
        "trials/NCT00000001.md": trial_text(),
    }
    report = build_site(tmp_path, files)
    assert [one for one in report.warnings if one.code != "absent"] == []
    return tmp_path


def test_check_names_a_picture_that_nothing_shows(made: Path) -> None:
    for name in ("secret plan.png", "logo.svg", "seen 2.svg"):
        (made / "content/media" / name).write_bytes(SQUARE)
    (made / "content/site.yaml").write_text("title: T\nlogo: logo.svg\n", "utf-8")
    page = made / "content/pages/about.md"
    page.write_text(page.read_text("utf-8") + "\n![S](../media/seen%202.svg)\n", "utf-8")
    found = [one for one in audit_content(made / "content", (), date(2024, 9, 1)) if one.where]
    told = [one.where.path for one in found if one.code == "unused-picture" and one.where]
    assert told == ["content/media/secret plan.png"]


def test_a_page_has_its_pictures_tables_and_anchors(made: Path) -> None:
    page = (made / "site/about.html").read_text("utf-8")
    (source,) = set(re.findall(r'<img src="(assets/media/ward\.\w+\.svg)"', page))
    assert (made / "site" / source).read_bytes() == SQUARE
    assert f'src="{source}" alt="The ward &amp; its door" width="30" height="20"' in page
    assert f'<a href="{source}">the plan</a>' in page
    assert re.findall(r"<h2 id=\"([^\"]+)\">", page) == ["our-team", "our-team-2"]
    assert '<th scope="col" class="to-right">bed</th>' in page.replace(
        'class="to-right" scope="col"', 'scope="col" class="to-right"'
    )
    assert '<td class="to-left">Ann &lt;b&gt;</td>' in page
    assert "style=" not in page
    assert 'href="trials/NCT00000001.html#eligibility"' in page
    on_list = (made / "site/lists/ward.html").read_text("utf-8")
    assert f'<img src="../{source}" alt="The ward"' in on_list


def test_no_heading_takes_an_id_and_many_of_one_name_cost_no_more_each() -> None:
    text = "## Main\n\n## Shortlist link\n\n" + "## a\n\n" * 3000 + "## a-2\n"
    names = re.findall(r'id="([^"]+)"', editors_prose(text, "pages"))
    assert len(names) == len(set(names)) == 3003
    assert names[:3] == ["main-2", "shortlist-link-2", "a"]
    assert "id=" not in editors_prose("## Cards\n", "lists")


def test_a_picture_that_changes_is_linked_anew(made: Path) -> None:
    changed = {"media/ward.svg": SQUARE.replace(b"30", b"40")}
    build_site(made, dict(changed))
    page = (made / "site/about.html").read_text("utf-8")
    assert 'width="40"' in page
    (source,) = set(re.findall(r'<img src="(assets/media/[^"]+)"', page))
    assert (made / "site" / source).read_bytes() == changed["media/ward.svg"]


@pytest.mark.parametrize(
    ("root", "size"),
    [
        (f'width="{"9" * 400}" height="20"', ""),
        ('width="9e9" height="20"', ""),
        (f'width="{"9" * 60}" height="20"', ""),
        ('width="nan" height="20"', ""),
        ('viewBox="0 0 90 90"', ""),
        ('width="2in" height="20"', ' width="192" height="20"'),
    ],
)
def test_a_picture_has_the_size_that_it_says_itself(made: Path, root: str, size: str) -> None:
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" {root}><rect width="7" height="7"/></svg>'
    build_site(made, {"media/ward.svg": drawn})
    (found,) = re.findall(
        r'<img [^>]*alt="The ward &amp; its door"([^>]*)>',
        (made / "site/about.html").read_text("utf-8"),
    )
    assert found.partition(" loading")[0].rstrip(" /") == size, found


@pytest.mark.parametrize(
    ("written", "said", "line"),
    [
        ("![Away](https://example.org/x.png)", "shows pictures of content/media alone", 4),
        ("![Beside](ward.svg)", "shows pictures of content/media alone", 4),
        ("Two\nlines ![Slip](../media/wrad.svg)", "there is no picture `wrad.svg`", 5),
        ("![ ](../media/ward.svg)", "says nothing to whoever can't see it", 4),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told_at_its_line(
    written: str, said: str, line: int
) -> None:
    text = f"\n# About\n\n{written}\n".encode()
    page, problems = read_editorial(text, "about", "pages/about.md", {"ward.svg"})
    (problem,) = problems
    assert said in problem.message
    assert problem.severity == ("warning" if "alone" in said else "error")
    assert problem.where and problem.where.line == line
    assert "".join(editors_prose(page.text if page else "", "pages")).count("<img") == 0


def test_what_can_be_no_link_is_told_and_shown(made: Path) -> None:
    about = made / "content/pages/about.md"
    about.write_text("# About\n\n[words](glossary), `[code](x)`, [here](#x)\n", encoding="utf-8")
    told = [
        one
        for one in audit_content(made / "content", (), date(2026, 1, 1))
        if one.code == "unmade-link"
    ]
    (problem,) = told
    assert "`glossary`" in problem.message
    assert problem.where and (problem.where.line, problem.where.column) == (3, 9)


def test_a_record_has_no_tables_and_no_pictures() -> None:
    text = "| a | b |\n|---|---|\n| 1 | 2 |\n\n![x](../media/ward.svg)"
    assert "<table" not in prose(text)
    assert "<img" not in prose(text) + editors_prose(text, "trials")
    assert "<table" in editors_prose(text, "trials")
