"""One trial in several registries: its records lead to each other, and say where they differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser
from sites import build_site

from trialpages.audit.content import audit_content
from trialpages.cli.terminal import _DECEIVES

ISRCTN = "ISRCTN12345678"


def record(number: str, body: str = "", **fields: str) -> str:
    own = {"brief_title": f"Rest by {number}", "overall_status": "RECRUITING"}
    own |= {"study_type": "INTERVENTIONAL", **fields}
    lines = "".join(f"{name}: {value}\n" for name, value in own.items())
    return f"---\nnct_id: {number}\n{lines}---\n{body}"


def site(**fields: str) -> dict[str, str | bytes]:
    """A trial at two registries, of which the first names the second's number; and another."""
    named = f"[{{id: {ISRCTN}, type: REGISTRY}}, {{id: DRKS00000009}}]"
    return {
        "site.yaml": "title: x\nurl: https://x.example/\n",
        "trials/NCT00000001.md": record(
            "NCT00000001",
            secondary_id_infos=named,
            start_date="2026-01-02",
            enrollment_info="{count: 40}",
        ),
        f"trials/{ISRCTN}.md": record(ISRCTN, **fields),
        "trials/NCT00000002.md": record("NCT00000002"),
    }


def partners_of(folder: Path, number: str) -> str:
    html = (folder / f"site/trials/{number}.html").read_text("utf-8")
    found = LexborHTMLParser(html).css(".partner")
    return " ".join(" ".join(one.text(separator=" ").split()) for one in found)


def test_each_record_leads_to_the_other(tmp_path: Path) -> None:
    build_site(tmp_path, site())
    assert partners_of(tmp_path, "NCT00000001") == (
        f"Also registered at ISRCTN Rest by {ISRCTN} {ISRCTN}"
    )
    assert partners_of(tmp_path, ISRCTN) == (
        "The record NCT00000001 at ClinicalTrials.gov says that it is of this trial "
        "Rest by NCT00000001 NCT00000001"
    )
    assert partners_of(tmp_path, "NCT00000002") == ""
    html = (tmp_path / "site/trials/NCT00000001.html").read_text("utf-8")
    assert f'href="{ISRCTN}.html"' in html


def test_what_they_say_otherwise_stands_there_with_whose_it_is(tmp_path: Path) -> None:
    differing = {
        "overall_status": "COMPLETED",
        "start_date": "2026-01",
        "enrollment_info": "{count: 44}",
    }
    build_site(tmp_path, site(**differing))
    said = partners_of(tmp_path, "NCT00000001")
    assert "Status Recruiting ClinicalTrials.gov Completed ISRCTN" in said
    assert "Number of people 40 people ClinicalTrials.gov 44 people ISRCTN" in said
    assert "Start" not in said
    other = partners_of(tmp_path, ISRCTN)
    assert "Status Completed ISRCTN Recruiting ClinicalTrials.gov" in other


def test_a_status_without_an_equal_here_is_no_difference(tmp_path: Path) -> None:
    build_site(tmp_path, site(overall_status="UNKNOWN"))
    assert "differ" not in partners_of(tmp_path, "NCT00000001")


def test_a_page_is_made_anew_where_the_other_record_changes(tmp_path: Path) -> None:
    build_site(tmp_path, site())
    build_site(tmp_path, site(overall_status="COMPLETED"))
    assert "Completed" in partners_of(tmp_path, "NCT00000001")


def test_check_names_a_trial_that_is_here_twice(tmp_path: Path) -> None:
    build_site(tmp_path, site())
    found = [
        (one.code, one.where and one.where.path, one.message)
        for one in audit_content(tmp_path / "content", (), date(2026, 9, 1))
        if one.code == "twice-registered"
    ]
    assert found == [
        (
            "twice-registered",
            "content/trials/NCT00000001.md",
            f"its record gives {ISRCTN} as its own, and that trial is here too",
        )
    ]


def joined(tmp_path: Path) -> Path:
    files = site(overall_status="COMPLETED")
    main = str(files["trials/NCT00000001.md"])
    files["trials/NCT00000001.md"] = main.replace("---\n", f"---\nalso: [{ISRCTN}]\n", 1)
    build_site(tmp_path, files)
    return tmp_path / "site"


def test_one_page_is_listed_where_an_editor_says_that_it_is_one_trial(tmp_path: Path) -> None:
    root = joined(tmp_path)
    for page in ("index.html", "trials/index.html", "sitemap.xml", "trials.csv"):
        text = (root / page).read_text("utf-8")
        assert "NCT00000001" in text and f"{ISRCTN}.html" not in text, page
    assert "2 trials" in (root / "trials/index.html").read_text("utf-8")
    slim = [path.name for path in tmp_path.rglob("search/trials/*.html")]
    assert f"{ISRCTN}.html" not in slim


def test_its_other_record_stays_whole_and_leads_to_it(tmp_path: Path) -> None:
    root = joined(tmp_path)
    html = (root / f"trials/{ISRCTN}.html").read_text("utf-8")
    (notice,) = LexborHTMLParser(html).css(".notice")
    assert " ".join(notice.text(separator=" ").split()) == (
        "A further record of a trial, as it stands at ISRCTN. The page of the trial is "
        "Rest by NCT00000001 NCT00000001"
    )
    assert "Status Recruiting ClinicalTrials.gov" in partners_of(tmp_path, "NCT00000001")
    assert (root / f"trials/{ISRCTN}.json").exists()


def test_check_says_what_is_wrong_with_such_a_number(tmp_path: Path) -> None:
    joined(tmp_path)
    path = tmp_path / "content/trials/NCT00000001.md"
    numbers = f"also: [{ISRCTN}, NCT00000001, DRKS00000009]"
    path.write_text(path.read_text("utf-8").replace(f"also: [{ISRCTN}]", numbers), "utf-8")
    codes = {
        one.code: one.message
        for one in audit_content(tmp_path / "content", (), date(2026, 9, 1))
        if "also" in one.code or one.code == "twice-registered"
    }
    assert set(codes) == {"also-self", "also-nowhere", "also-taking"}
    assert "DRKS00000009 is no trial of this site" in codes["also-nowhere"]


def test_two_that_name_each_other_are_one(tmp_path: Path) -> None:
    files = site()
    files[f"trials/{ISRCTN}.md"] = record(ISRCTN, also="[NCT00000001]")
    main = str(files["trials/NCT00000001.md"])
    files["trials/NCT00000001.md"] = main.replace("---\n", f"---\nalso: [{ISRCTN}]\n", 1)
    build_site(tmp_path, files)
    assert "2 trials" in (tmp_path / "site/trials/index.html").read_text("utf-8")


def said_of(content: Path) -> list[tuple[str, str]]:
    return sorted(
        (one.code, one.where.path.rpartition("/")[2] if one.where else "")
        for one in audit_content(content, (), date(2026, 9, 1))
        if one.code in ("also-unfounded", "also-taking", "also-tangled")
    )


def test_a_trial_that_takes_another_from_the_lists_is_named(tmp_path: Path) -> None:
    """Neither record names the other, and that which leaves the lists is the one that stopped."""
    files = site()
    files["trials/NCT00000002.md"] = record("NCT00000002", also="[DRKS00000001]")
    files["trials/DRKS00000001.md"] = record("DRKS00000001", overall_status="TERMINATED")
    built = build_site(tmp_path, files)
    found = {one.code: one for one in built.warnings if one.code.startswith("also-")}
    assert set(found) == {"also-unfounded", "also-taking"}
    where = found["also-unfounded"].where
    assert where and (where.path, where.line) == ("content/trials/NCT00000002.md", 6)
    assert "DRKS00000001 leaves the lists" in found["also-unfounded"].message
    assert "(TERMINATED)" in found["also-taking"].message
    both = ("also-taking", "also-unfounded")
    assert said_of(tmp_path / "content") == [(code, "NCT00000002.md") for code in both]
    alone = [tmp_path / "content/trials/NCT00000002.md"]
    asked = audit_content(tmp_path / "content", alone, date(2026, 9, 1))
    assert {*both} <= {one.code for one in asked}, "what it names is read, too"
    assert {*both} <= {*_DECEIVES}, "they are shown before other warnings"


def test_nothing_is_said_of_records_that_bear_it_out(tmp_path: Path) -> None:
    files = site(overall_status="UNKNOWN", also="[NCT00000001]")
    build_site(tmp_path, files)
    assert said_of(tmp_path / "content") == []


def test_a_circle_and_two_that_claim_one_record_are_named(tmp_path: Path) -> None:
    circle = site(also="[NCT00000001]")
    main = str(circle["trials/NCT00000001.md"])
    circle["trials/NCT00000001.md"] = main.replace("---\n", f"---\nalso: [{ISRCTN}]\n", 1)
    build_site(tmp_path / "circle", circle)
    tangled = [("also-tangled", f"{one}.md") for one in (ISRCTN, "NCT00000001")]
    assert said_of(tmp_path / "circle/content") == tangled
    two = site(also="[NCT00000001]")
    two["trials/NCT00000002.md"] = record("NCT00000002", also="[NCT00000001]")
    build_site(tmp_path / "two", two)
    tangled = [("also-tangled", f"{one}.md") for one in (ISRCTN, "NCT00000002")]
    assert [one for one in said_of(tmp_path / "two/content") if one[0] == "also-tangled"] == tangled


def test_a_further_record_links_no_list_that_it_alone_would_have(tmp_path: Path) -> None:
    root = joined(tmp_path)
    assert not (root / "statuses/completed.html").exists()
    html = (root / f"trials/{ISRCTN}.html").read_text("utf-8")
    assert "statuses/completed.html" not in html and "Completed" in html
    assert "statuses/recruiting.html" in (root / "trials/NCT00000001.html").read_text("utf-8")


def test_where_no_record_says_so_the_page_says_that_this_site_does(tmp_path: Path) -> None:
    files = site()
    files["trials/NCT00000002.md"] = record("NCT00000002", also="[DRKS00000001]")
    files["trials/DRKS00000001.md"] = record("DRKS00000001")
    build_site(tmp_path, files)
    html = (tmp_path / "site/trials/DRKS00000001.html").read_text("utf-8")
    (notice,) = LexborHTMLParser(html).css(".notice")
    said = " ".join(notice.text(separator=" ").split())
    assert said.startswith("This site lists this record with NCT00000002")
    assert "further record" not in said
    assert partners_of(tmp_path, "NCT00000002").startswith("This site lists this record with DRKS")
