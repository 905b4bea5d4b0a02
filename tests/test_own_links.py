"""Links of an editor's texts to files of content/ lead to the pages made of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from sites import build_site, trial_text, write_files

from trialpages.audit.content import audit_content
from trialpages.audit.own_links import OwnFiles, check_own_links
from trialpages.prose.markup import editors_prose
from trialpages.prose.own_links import Place

SUMMARY = "plain_language_summary:\n  author: A. Nurse\n  date: 2025-10-01\n"


def links(html: str) -> list[tuple[str | None, str | None]]:
    found = LexborHTMLParser(html).css("a[href]")
    return [(one.attributes["href"], one.attributes.get("rel")) for one in found]


@pytest.mark.parametrize(
    ("place", "written", "address"),
    [
        ("pages", "../trials/NCT00000001.md", "trials/NCT00000001.html"),
        ("pages", "../trials/old/NCT00000001.yaml", "trials/NCT00000001.html"),
        (
            "pages",
            "content/trials/NCT00000001.md#eligibility",
            "trials/NCT00000001.html#eligibility",
        ),
        ("pages", "trials/NCT00000001.html", "trials/NCT00000001.html"),
        ("pages", "about.md", "about.html"),
        ("pages", "./about.md", "about.html"),
        ("pages", "search.html", "search.html"),
        ("pages", "conditions/index.html", "conditions/index.html"),
        ("pages", "#below", "#below"),
        ("trials", "NCT00000002.md", "NCT00000002.html"),
        ("trials", "../pages/about.md", "../about.html"),
        ("trials", "#exc-7-1", "#exc-7-1"),
    ],
)
def test_a_link_to_a_file_leads_to_its_page(place: Place, written: str, address: str) -> None:
    assert links(editors_prose(f"See [it]({written}).", place)) == [(address, None)]


@pytest.mark.parametrize(
    "written",
    [
        "/etc/passwd.md",
        "//example.org/a.md",
        "javascript:a.html",
        "a.md?x",
        "C:/a.md",
        "a.exe",
        "a",
    ],
)
def test_nothing_else_becomes_a_link(written: str) -> None:
    for place in ("pages", "trials"):
        assert links(editors_prose(f"See [it]({written}).", place)) == []
    assert links(editors_prose("See [it](about.md).")) == []  # where its place isn't known


def test_a_page_and_a_summary_lead_on_and_a_check_names_what_isnt_there(tmp_path: Path) -> None:
    front, _, body = trial_text().rpartition("---\n")
    told = "Like [the other](NCT00000002.md), not [this](NCT00000009.md)."
    files: dict[str, str | bytes] = {
        "site.yaml": (
            "title: T\nfooter: |\n  Us.\n\n  See [gov.example](https://evil.example/).\n"
            "menu:\n  - {title: Ask nhs.uk, url: 'https://evil.example'}\n"
            "  - {title: gov.example, url: 'https://www.gov.example/a'}\n"
        ),
        "pages/about.md": (
            "# About\n\nWe like [one](../trials/NCT00000001.md), [more](more.md),\n"
            "[former](../trials/NCT00000003.md) and [another](../trials/NCT00000004.md).\n"
        ),
        "trials/NCT00000001.md": (
            f"{front}{SUMMARY}---\n{body}\n## Plain-language summary\n\n{told}\n"
        ),
        "trials/NCT00000002.md": trial_text("NCT00000002").replace(
            "study_type:", "aliases: [NCT00000003]\nstudy_type:"
        ),
    }
    write_files(tmp_path / "content", files)
    problems = audit_content(tmp_path / "content", (), date(2025, 10, 2))
    nowhere = {(str(one.where), one.severity) for one in problems if one.code == "link-nowhere"}
    assert nowhere == {
        ("content/pages/about.md:3:49", "error"),
        ("content/pages/about.md:4:50", "error"),
        ("content/trials/NCT00000001.md:19:46", "error"),
    }
    posing = [str(one.where) for one in problems if one.code == "posing-link"]
    assert posing == ["content/site.yaml:5:21", "content/site.yaml:7:13"]
    build_site(tmp_path)
    about = (tmp_path / "site/about.html").read_text()
    assert ("trials/NCT00000001.html", None) in links(about)
    trial = (tmp_path / "site/trials/NCT00000001.html").read_text()
    assert ("NCT00000002.html", None) in links(trial)
    assert ".md" not in about + trial


@pytest.mark.parametrize(
    ("signed", "shown"),
    [
        (SUMMARY, "not part of the record: A. Nurse"),
        ("plain_language_summary:\n  author: A. Nurse\n", "not part of the record: A. Nurse"),
        ("", "not part of the record."),
    ],
)
def test_a_summary_that_nobody_signed_announces_no_name(
    signed: str, shown: str, tmp_path: Path
) -> None:
    front, _, body = trial_text().rpartition("---\n")
    text = f"{front}{signed}---\n{body}\n## Plain-language summary\n\nWe ask.\n"
    write_files(tmp_path / "content", {"trials/NCT00000001.md": text})
    build_site(tmp_path)
    html = LexborHTMLParser((tmp_path / "site/trials/NCT00000001.html").read_text())
    said = " ".join("".join(one.text() for one in html.css(".signed")).split())
    assert said.startswith(f"Written for this site, {shown}")
    assert said.endswith("record.") is not bool(signed)


@pytest.mark.parametrize(
    ("place", "text", "code", "column"),
    [
        ("pages", "[e](../../../evil/x.html)", "link-out", 5),
        ("pages", "[e](../x.html)", "link-out", 5),
        ("trials", "[e](../../x.html)", "link-out", 5),
        ("pages", "[s](../site.yaml)", "link-nowhere", 5),
        ("trials", "[e](../about.html)", "", None),
        ("pages", "[https://gov.example/](https://evil.example/)", "posing-link", 24),
        ("lists", "[gov.example](https://evil.example/)", "posing-link", 15),
        ("", "[**www.gov**.example/study](http://evil.example)", "posing-link", 29),
        ("trials", "[<gov.example>](<https://gov.example.evil.example/>)", "posing-link", 1),
        ("pages", "[at https://gov.example now](\nhttps://evil.example/)", "posing-link", 1),
        ("pages", "[[1] www.gov.example](https://evil.example/)", "posing-link", 23),
        ("pages", "[gov&#46;example](https://evil.example/)", "posing-link", 19),
        ("pages", r"[gov\.example](https://evil.example/)", "posing-link", 16),
        ("pages", r"[gov.example](https\://evil&#46;example/)", "posing-link", 1),
        ("pages", "[help@gov.example](mailto:help@evil.example)", "posing-link", 20),
        ("pages", f"[gov.example{' very' * 90}](https://evil.example/)", "", None),
        (
            "pages",
            f"[https://gov.example{' very' * 90}](https://evil.example/)",
            "posing-link",
            473,
        ),
        ("pages", "[→ ‘`gov.example`’](https://evil.example/)", "posing-link", 21),
        ("pages", "[ask at nih.gov first](https://evil.example/)", "posing-link", 24),
        ("pages", "[https://gov.example](search.html)", "posing-link", 23),
        ("pages", "a\n\n- b\n  [gov.example](https://evil.example/)", "posing-link", 17),
        ("pages", "[https://gov.example/](https://www.gov.example/study/NCT1)", "", None),
        ("pages", "[192.0.2.1](https://evil.example/)", "posing-link", 13),
        ("pages", "[https://192.0.2.1/a](https://evil.example/)", "posing-link", 23),
        ("pages", "[nhs .uk](https://evil.example/)", "posing-link", 11),
        ("pages", "[ask at charite.de first](https://evil.example/)", "posing-link", 27),
        ("pages", "[192.0.2.1](http://192.0.2.1:80/)", "", None),
        ("pages", "[section 5.1.1.2](https://gov.example/)", "", None),
        ("pages", "[5.1.1.2](glossary.html)", "", None),
        ("pages", "[Methods. Results](https://gov.example/)", "", None),
        ("pages", "[a .gov site, at 33.0.co;2-x](https://gov.example/)", "", None),
        ("pages", "[gov.example](https://register.gov.example/)", "", None),
        ("pages", "[The registry](https://gov.example/)", "", None),
        ("pages", "[e.g. here, v1.2, Node.js](https://gov.example/)", "", None),
        ("pages", "[ask e.g. help@gov.example](mailto:help@gov.example)", "", None),
        ("pages", "[about.md](about.html)", "", None),
        ("pages", "[münchen.example](https://xn--mnchen-3ya.example)", "", None),
        ("pages", "[gov.example][1]\n\n[1]: https://evil.example/", "", None),
        ("pages", "[e](search.html)", "", None),
        ("pages", "[e](../trials/NCT00000001.md)", "", None),
        ("pages", "[nct00000001](../trials/NCT00000001.md)", "", None),
        ("pages", "[NCT00000003](../trials/NCT00000001.md)", "posing-link", 15),
        ("pages", "[NCT00000003](https://gov.example/study/NCT00000001)", "posing-link", 15),
        ("pages", "[NCT00000003 and NCT00000001](../trials/NCT00000001.md)", "", None),
    ],
)
def test_a_link_out_of_the_site_is_said(
    place: Place, text: str, code: str, column: int | None
) -> None:
    known = OwnFiles({"NCT00000001"}, {"about"}, (), lambda: ())
    found = list(check_own_links(text, place, known, text, "a.md"))
    assert [one.code for one in found] == [code] * bool(code)
    assert [one.where and one.where.column for one in found] == [column] * bool(code)
