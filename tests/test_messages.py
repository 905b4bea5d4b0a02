"""Every usual mistake in a trial's file: the one message about it must be enough to mend it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from sites import build_site, trial_text, write_files
from test_cli import project, run

from trialpages.cli.terminal import annotation
from trialpages.pages.editorial import read_editorial
from trialpages.problems import Failure, Problem, Where
from trialpages.records.checks import check_trial
from trialpages.records.trial_file import read_trial

__all__ = ["project"]

GOOD = """\
---
nct_id: NCT00000001
brief_title: Rest for migraine
overall_status: RECRUITING
start_date: 2024-07-03
conditions:
  - Migraine
lead_sponsor:
  name: Example Hospital
  class: OTHER
study_type: INTERVENTIONAL
enrollment_info:
  count: 40
arm_groups:
  - label: Rest
    type: EXPERIMENTAL
    intervention_names:
      - Daily rest
interventions:
  - name: Daily rest
healthy_volunteers: false
minimum_age: 18 Years
---

## Brief summary

Does rest help?
"""


@dataclass(frozen=True)
class Mistake:
    name: str
    right: str
    wrong: str
    place: str
    """Line and column."""
    marked: str
    """What the caret underlines."""
    hint: str


MISTAKES = [
    Mistake(
        "field misspelt",
        "overall_status:",
        "overal_status:",
        "4:1",
        "overal_status",
        "did you mean `overall_status`?",
    ),
    Mistake(
        "nested misspelt", "  count: 40", "  cuont: 40", "13:3", "cuont", "did you mean `count`?"
    ),
    Mistake(
        "value misspelt", "RECRUITING", "RECRUTING", "4:17", "RECRUTING", "did you mean RECRUITING?"
    ),
    Mistake(
        "value label",
        "RECRUITING\n",
        "Recruiting\n",
        "4:17",
        "Recruiting",
        "did you mean RECRUITING?",
    ),
    Mistake(
        "value lower",
        "type: EXPERIMENTAL",
        "type: experimental",
        "16:11",
        "experimental",
        "did you mean EXPERIMENTAL?",
    ),
    Mistake(
        "wrong type list",
        "conditions:\n  - Migraine",
        "conditions: Migraine",
        "6:13",
        "Migraine",
        "write each entry on a line of its own: `  - Migraine`",
    ),
    Mistake("wrong type num", "count: 40", "count: forty", "13:10", "forty", "write digits only"),
    Mistake("wrong num2", "count: 40", "count: 40 people", "13:10", "40 people", "write 40"),
    Mistake(
        "wrong bool",
        "healthy_volunteers: false",
        "healthy_volunteers: no",
        "21:21",
        "no",
        "write false",
    ),
    Mistake(
        "wrong part",
        "lead_sponsor:\n  name: Example Hospital\n  class: OTHER",
        "lead_sponsor: a\norganization: b",
        "9:15",
        "b",
        "write `full_name: …`, `class: …` on lines below, each two spaces further right",
    ),
    Mistake(
        "missing colon",
        "brief_title: Rest",
        "brief_title Rest",
        "3:1",
        "brief_title Rest for migraine",
        "write `brief_title: Rest for migraine`",
    ),
    Mistake(
        "missing colon nested", "  count: 40", "  count 40", "13:3", "count 40", "write `count: 40`"
    ),
    Mistake(
        "missing space",
        "brief_title: Rest",
        "brief_title:Rest",
        "3:1",
        "brief_title:Rest for migraine",
        "write `brief_title: Rest for migraine`",
    ),
    Mistake("date with dots", "2024-07-03", "3.7.2024", "5:13", "3.7.2024", "write 2024-07-03"),
    Mistake("date day first", "2024-07-03", "31/7/2024", "5:13", "31/7/2024", "write 2024-07-31"),
    Mistake(
        "date either way",
        "2024-07-03",
        "3/7/2024",
        "5:13",
        "3/7/2024",
        "write 2024-07-03, 2024-07 or 2024",
    ),
    Mistake(
        "open list",
        "conditions:\n  - Migraine",
        "conditions: [Migraine, Aura",
        "6:13",
        "[Migraine, Aura",
        'write [Migraine, Aura]; or, if this is one text, "[Migraine, Aura"',
    ),
    Mistake(
        "open list on several lines",
        "conditions:\n  - Migraine",
        "conditions: [\n  Migraine",
        "6:13",
        "[",
        "put ] behind the last entry",
    ),
    Mistake(
        "list that doesn't open",
        "conditions:\n  - Migraine",
        "conditions: Migraine, Aura]",
        "6:13",
        "Migraine, Aura]",
        "write `[Migraine, Aura]`: the opening bracket is missing",
    ),
    Mistake(
        "missing quote",
        "brief_title: Rest for migraine",
        'brief_title: "Rest for migraine',
        "3:14",
        '"',
        'put " at the end of the value',
    ),
    Mistake(
        "missing quote single",
        "brief_title: Rest for migraine",
        "brief_title: 'Rest for migraine",
        "3:14",
        "'",
        "put ' at the end of the value",
    ),
    Mistake(
        "colon in value",
        "brief_title: Rest for migraine",
        "brief_title: Rest: for migraine",
        "3:18",
        ":",
        'put the value in quotes: "Rest: for migraine"',
    ),
    Mistake(
        "starts @",
        "brief_title: Rest",
        "brief_title: @Rest",
        "3:14",
        "@",
        'write "@Rest for migraine"',
    ),
    Mistake(
        "starts *",
        "brief_title: Rest",
        "brief_title: *Rest",
        "3:14",
        "*Rest",
        "if the text begins with *, put it in quotes; else write the value out",
    ),
    Mistake(
        "starts [",
        "brief_title: Rest",
        "brief_title: [Rest] a",
        "3:14",
        "[",
        'write "[Rest] a for migraine"',
    ),
    Mistake(
        "starts {",
        "brief_title: Rest",
        "brief_title: {Rest",
        "3:14",
        "{",
        'write "{Rest for migraine"',
    ),
    Mistake(
        "starts %",
        "brief_title: Rest",
        "brief_title: %Rest",
        "3:14",
        "%",
        'write "%Rest for migraine"',
    ),
    Mistake(
        "starts &",
        "brief_title: Rest",
        "brief_title: &Rest x",
        "3:14",
        "&Rest x for migraine",
        "if the text begins with &, put it in quotes; else remove the anchor",
    ),
    Mistake(
        "starts !",
        "brief_title: Rest",
        "brief_title: !Rest",
        "3:14",
        "!Rest for migraine",
        "if the text begins with !, put it in quotes; else remove the tag",
    ),
    Mistake(
        "starts >",
        "minimum_age: 18 Years",
        "why_stopped: > 18 Years",
        "22:14",
        ">",
        'write "> 18 Years"',
    ),
    Mistake(
        "quote then text",
        "brief_title: Rest for",
        'brief_title: "Rest" for',
        "3:21",
        "for migraine",
        "put the whole value in quotes of the other kind: '\"Rest\" for migraine'",
    ),
    Mistake(
        "tab", "  count: 40", "\tcount: 40", "13:1", "\t", "indent with two spaces a level instead"
    ),
    Mistake(
        "tab2",
        "  - Migraine",
        "\t- Migraine",
        "7:1",
        "\t",
        "indent with two spaces a level instead",
    ),
    Mistake(
        "duplicate",
        "study_type:",
        "brief_title: X\nstudy_type:",
        "11:1",
        "brief_title",
        "keep one of the two",
    ),
    Mistake(
        "bad indent",
        "  class: OTHER",
        "   class: OTHER",
        "10:4",
        "class",
        "begin both in the same column: 2 spaces before `class`",
    ),
    Mistake(
        "bad indent2",
        "  class: OTHER",
        " class: OTHER",
        "10:2",
        "class",
        "to go with `name` it needs 2 spaces before it",
    ),
    Mistake(
        "list dash no space",
        "  - Migraine",
        "  -Migraine",
        "7:3",
        "-Migraine",
        "write each entry on a line of its own: `  - Migraine`",
    ),
    Mistake(
        "unclosed",
        "false\nminimum_age: 18 Years\n---",
        "false\nminimum_age: 18 Years",
        "24:1",
        "## Brief summary",
        "put a line `---` above this one",
    ),
    Mistake(
        "no front",
        "---\nnct_id",
        "nct_id",
        "1:1",
        "nct_id: NCT00000001",
        "begin the file with a line `---`, the fields, and another line `---`",
    ),
    Mistake(
        "bad date",
        "2024-07-03",
        "2024-02-30",
        "5:13",
        "2024-02-30",
        "February 2024 has 29 days; write the right one, or 2024-02 if only the month is known",
    ),
    Mistake("date words", "2024-07-03", "3 July 2024", "5:13", "3 July 2024", "write 2024-07-03"),
    Mistake(
        "date without a month",
        "2024-07-03",
        "Maybe 2024",
        "5:13",
        "Maybe 2024",
        "write 2024-07-03, 2024-07 or 2024",
    ),
    Mistake("date nonpadded", "2024-07-03", "2024-7-3", "5:13", "2024-7-3", "write 2024-07-03"),
    Mistake(
        "arm undefined",
        "      - Daily rest",
        "      - Dayly rest",
        "18:9",
        "Dayly rest",
        "did you mean `Daily rest`?",
    ),
    Mistake(
        "heading",
        "## Brief summary",
        "## Breif summary",
        "25:1",
        "## Breif summary",
        "did you mean `## Brief summary`?",
    ),
    Mistake(
        "heading level",
        "## Brief summary",
        "# Brief summary",
        "25:1",
        "# Brief summary",
        "did you mean `## Brief summary`?",
    ),
    Mistake(
        "text before heading",
        "## Brief summary",
        "Hello\n\n## Brief summary",
        "25:1",
        "Hello",
        "the headings are `## Plain-language summary`, `## Brief summary`, "
        "`## Detailed description`, `## Eligibility criteria`",
    ),
    Mistake(
        "id mismatch",
        "nct_id: NCT00000001",
        "nct_id: NCT00000009",
        "2:9",
        "NCT00000009",
        "rename the file to NCT00000009.md, or mend `nct_id`",
    ),
    Mistake(
        "bad id",
        "nct_id: NCT00000001",
        "nct_id: NCT 1",
        "2:9",
        "NCT 1",
        "write it like NCT01234567",
    ),
    Mistake("age", "18 Years", "18", "22:14", "18", "write it like 18 Years"),
    Mistake(
        "no required",
        "overall_status: RECRUITING\n",
        "",
        "2:1",
        "n",
        "add `overall_status: NOT_YET_RECRUITING`",
    ),
    Mistake(
        "empty required",
        "overall_status: RECRUITING",
        "overall_status:",
        "4:1",
        "overall_status",
        "add `overall_status: NOT_YET_RECRUITING`",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_one_message_says_where_and_what_to_write(mistake: Mistake, tmp_path: Path) -> None:
    assert mistake.right in GOOD
    wrong = GOOD.replace(mistake.right, mistake.wrong, 1)
    (problem,) = problems_of(tmp_path, {"trials/NCT00000001.md": wrong})
    where = problem.where
    assert where and where.source is not None and where.column
    assert str(where) == f"content/trials/NCT00000001.md:{mistake.place}"
    assert where.source[where.column - 1 :][: where.length] == mistake.marked
    assert problem.hint == mistake.hint
    assert wrong.split("\n")[(where.line or 0) - 1] == where.source


def problems_of(project: Path, files: dict[str, str | bytes]) -> list[Problem]:
    """What is said of the files, but for the summaries and contacts they have none of."""
    try:
        found = build_site(project, {"site.yaml": "title: T\n", **files}).warnings
    except Failure as failure:
        found = failure.problems
    return [problem for problem in found if problem.code != "absent"]


def test_a_file_without_mistakes_gets_no_message(tmp_path: Path) -> None:
    assert problems_of(tmp_path, {"trials/NCT00000001.md": GOOD}) == []


def test_all_mistakes_of_all_files_are_said_at_once(tmp_path: Path) -> None:
    first = GOOD.replace("RECRUITING", "RECRUTING").replace("count: 40", "count: forty")
    second = trial_text("NCT00000002").replace("study_type", "study_tpye")
    found = problems_of(tmp_path, {"trials/NCT00000001.md": first, "trials/NCT00000002.md": second})
    assert [problem.code for problem in found] == ["unknown-value", "wrong-value", "unknown-field"]


def test_two_files_with_one_id_are_both_named(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "trials/NCT00000001.md": GOOD,
        "trials/NCT00000001.yaml": GOOD.split("---\n")[1],
    }
    (problem,) = problems_of(tmp_path, files)
    assert problem.code == "duplicate-id"
    assert "content/trials/NCT00000001.md" in problem.message
    assert str(problem.where) == "content/trials/NCT00000001.yaml:1:9"


def test_a_trial_in_yaml_alone_makes_the_same_page(tmp_path: Path) -> None:
    front, body = GOOD.split("---\n")[1:]
    prose = body.replace("## Brief summary\n\n", "brief_summary: ").strip()
    build_site(tmp_path / "md", {"trials/NCT00000001.md": GOOD})
    build_site(tmp_path / "yaml", {"trials/NCT00000001.yaml": f"{front}{prose}\n"})
    page = "site/trials/NCT00000001.html"
    assert (tmp_path / "md" / page).read_text() == (tmp_path / "yaml" / page).read_text()


def test_tools_get_a_line_of_json_a_problem(project: Path) -> None:
    wrong = trial_text().replace("RECRUITING", "RECRUTING")
    (project / "content/trials/NCT00000001.md").write_text(wrong)
    done = run(project, "build", "--json", GITHUB_ACTIONS="true")
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    said = json.loads(line)
    assert said["path"] == "content/trials/NCT00000001.md"
    assert (said["line"], said["column"], said["length"]) == (4, 17, 9)
    assert (said["code"], said["severity"]) == ("unknown-value", "error")


def test_github_shows_a_problem_at_its_line(project: Path) -> None:
    wrong = trial_text().replace("RECRUITING", "RECRUTING")
    (project / "content/trials/NCT00000001.md").write_text(wrong)
    assert "::error" not in run(project, GITHUB_ACTIONS="").stdout
    said = run(project, GITHUB_ACTIONS="true").stdout
    assert said.startswith(
        "::error file=content/trials/NCT00000001.md,line=4,col=17,title=unknown-value::"
    )


def test_an_annotation_cannot_be_broken_out_of() -> None:
    where = Where("a,b:c%\n.md", 1)
    said = annotation(Problem("x", "warning", "one\n::error::two", where))
    assert said == "::warning file=a%2Cb%3Ac%25\\n.md,line=1,title=x::one\\n::error::two"


def test_a_flood_of_mistakes_is_told_by_its_first_ones(project: Path) -> None:
    arms = "".join(f"  - label: {n}\n    intervention_names: [Rust {n}]\n" for n in range(300))
    text = trial_text("NCT00000001", "Rest").replace("---\n\n##", f"arm_groups:\n{arms}---\n\n##")
    (project / "content/trials").mkdir(parents=True, exist_ok=True)
    (project / "content/trials/NCT00000001.md").write_text(text)
    said = run(project, "check", "--json").stdout
    assert said.count("which isn't under `interventions`") == 100
    assert "200 more of these" in said


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("1_0", "without `_`"),
        ("0x10", "hexadecimal"),
        ("0o17", "octal"),
        ("0b11", "binary"),
        ("010", "leading zero"),
        ("+40", "sign +"),
        ("12:30", "write digits only"),
        ("40-50", "write digits only"),
        ("1 000", "write digits only"),
        ("1,5", "write digits only"),
        ("10**40", "write digits only"),
        ("\u0663", "write digits only"),
        ("5.", "before the point"),
        (".5", "before the point"),
        ("1,000", "write 1000"),
        ("about 40", "write 40"),
    ],
)
def test_a_hint_makes_no_number_up(written: str, hint: str) -> None:
    content = GOOD.replace("count: 40", f"count: {written}").encode()
    (problem,) = read_trial(content, "NCT00000001.md").problems
    assert problem.message == f"`enrollment_info.count` must be a number, not `{written}`"
    assert hint in problem.hint


@pytest.mark.parametrize("written", [".5", "-.5", "5.", "5.e1"])
def test_a_number_is_called_too_large_only_where_it_is(written: str) -> None:
    place = f"locations:\n  - facility: A\n    geo_point:\n      lat: {written}\n      lon: 1\n"
    content = GOOD.replace("overall_status", f"{place}overall_status", 1).encode()
    (problem,) = read_trial(content, "NCT00000001.md").problems
    assert "must be a number" in problem.message
    assert problem.hint == "write a digit before the point and one behind it"


@pytest.mark.parametrize("written", ["![i](../media/a.svg)", "![i][a]", '<img src="a.svg">'])
@pytest.mark.parametrize("heading", ["Plain language summary", "Our own words"])
def test_a_picture_in_an_editors_text_is_told_with_its_line(written: str, heading: str) -> None:
    content = f"{GOOD}\n## {heading}\n\nOne.\n\nSee {written} and {written}\n\n## Last\n\nx\n"
    found = read_trial(content.encode(), "NCT00000001.md").problems
    (problem,) = (one for one in found if one.code == "picture-in-text")
    assert problem.severity == "warning" and "link to it" in problem.hint
    assert problem.where and problem.where.column == 5
    assert problem.where.line == content[: content.index("See ")].count("\n") + 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See ![i](a.svg)", 1),
        ("See `![i](a.svg)`", 0),
        (r"See \![i](a.svg)", 0),
        ("See\n<IMG src=a.svg>", 1),
        ("See `<img src=a.svg>`", 0),
        ("```\n<img src=a.svg>\n```", 0),
        (r"See \<img src=a.svg>", 0),
    ],
)
def test_a_picture_is_told_of_a_page_and_not_of_a_record(text: str, expected: int) -> None:
    page = read_editorial(f"# T\n\n{text}\n".encode(), "about", "content/pages/about.md", ())[1]
    assert [one.code for one in page] == ["picture-in-text"] * expected
    assert read_trial(f"{GOOD}\n{text}\n".encode(), "NCT00000001.md").problems == ()


def test_the_caret_stands_under_the_sign_on_a_terminal() -> None:
    """Letters of East Asia are two cells wide there, a mark on a letter none."""
    where = Where("a.md", 1, 4, "日本\u0301x語", 2)
    *_, source, caret = Problem("a", "error", "b", where).lines()
    assert source.endswith("x語")
    assert caret == " " * len("  1 | ") + " " * 4 + "^^^"


def test_errors_of_a_kind_in_many_files_are_counted(project: Path) -> None:
    bad = '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
    write_files(project, {f"content/media/{at}.svg": bad for at in range(230)})
    write_files(project, {"content/media/none.svg": "<svg"})
    done = run(project, "build", "--no-search")
    assert done.returncode == 1
    assert done.stderr.count("`<script>` does not draw") == 200
    assert "… and 30 more errors of the kind unsafe-picture" in done.stderr
    assert "not an SVG picture" in done.stderr and "231 errors; nothing" in done.stderr
    assert run(project, "check", "--json").stdout.count("does not draw") == 230


def test_warnings_of_a_kind_are_counted_and_hide_no_other_kind(project: Path) -> None:
    numbers = [f"NCT000001{at:02}" for at in range(7)]
    bare = {f"content/trials/{one}.md": GOOD.replace("NCT00000001", one) for one in numbers}
    write_files(project, {**bare, "content/trials/stray.txt": "x"})
    done = run(project, "check")
    assert done.stderr.count("the trial has no contacts") == 3
    assert "… and 5 more warnings of the kind absent" in done.stderr and "stray.txt" in done.stderr
    assert run(project, "check", "--json").stdout.count("has no contacts") == 8


@pytest.mark.parametrize(
    ("status", "expected"),
    [("RECRUITING", 1), ("NOT_YET_RECRUITING", 1), ("COMPLETED", 0), ("SUSPENDED", 0)],
)
def test_contacts_are_missed_only_where_the_registry_demands_some(
    status: str, expected: int
) -> None:
    trial = read_trial(GOOD.replace("RECRUITING", status).encode(), "NCT00000001.md").trial
    assert trial is not None
    assert [one.code for one in check_trial(trial, "NCT00000001.md")] == ["absent"] * expected
