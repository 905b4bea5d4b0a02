"""The starter file, the schema and the field table: all made from the model."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sites import SAMPLE, build_site, folders
from test_cli import project, run

from trialpages.build import Request, build
from trialpages.editor.field_table import field_table
from trialpages.editor.scaffold import starter
from trialpages.importers.rewriting import file_text
from trialpages.records.field_help import FIELD_HELP
from trialpages.records.schema import trial_schema
from trialpages.records.starter_words import TITLE
from trialpages.records.trial_file import PROSE_HEADINGS, read_trial
from trialpages.text.file_text import split_file
from trialpages.text.front_matter import read_yaml

__all__ = ["project"]


@pytest.mark.parametrize("suffix", [".md", ".yaml"])
def test_a_starter_builds_as_it_is_and_stays_off_the_site(tmp_path: Path, suffix: str) -> None:
    text = starter("NCT01234567", "Rest: a trial", suffix)
    report = build_site(tmp_path, {"site.yaml": "title: T\n", f"trials/NCT01234567{suffix}": text})
    assert (report.trials, [w for w in report.warnings if w.code != "absent"]) == (0, [])
    request = Request(folders(tmp_path), "2026-01-01", search=False, drafts=True)
    assert build(request).trials == 1
    assert "Rest: a trial" in (tmp_path / "site/trials/NCT01234567.html").read_text()


def live(text: str) -> str:
    """A starter with each example taken for the trial's."""
    return re.sub(r"^# (?=[a-z_]+:|  )", "", text, flags=re.MULTILINE)


def test_every_example_of_a_starter_is_valid() -> None:
    text = starter("NCT01234567", "Rest", ".md")
    file = read_trial(live(text).encode(), "content/trials/NCT01234567.md")
    assert file.problems == ()
    assert file.trial and file.trial.acronym == "REST"
    assert len(file.trial.arm_groups) == len(file.trial.locations) == 1


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("brief_title: Rest", 'brief_title: "Rest', "brief_title", 'the quote " that opens here'),
        ("\n---\n\n## Brief", "\n\n## Brief", "## Brief summary", "put a line `---` above"),
    ],
)
def test_a_mistake_in_a_starter_is_not_sought_in_its_remarks(
    right: str, wrong: str, line: str, said: str
) -> None:
    text = starter("NCT01234567", "Rest", ".md")
    assert right in text
    (problem,) = read_trial(text.replace(right, wrong).encode(), "a.md").problems
    assert problem.where is not None and (problem.where.source or "").startswith(line)
    assert said in str(problem)


@pytest.mark.parametrize("suffix", [".md", ".yaml"])
def test_that_a_trial_is_a_draft_stands_below_its_number(suffix: str) -> None:
    fields = [line for line in starter("NCT1", "Rest", suffix).splitlines() if line[:1] not in "#"]
    trial = read_trial(starter("NCT01234567", "Rest", suffix).encode(), f"a{suffix}").trial
    assert trial is not None
    for text in ("\n".join(filter(None, fields)), file_text(trial, f"a{suffix}")):
        lines = text.removeprefix("---\n").splitlines()
        assert [line.partition(":")[0] for line in lines[:3]] == ["nct_id", "draft", "brief_title"]


@pytest.mark.parametrize("suffix", [".md", ".yaml"])
def test_the_starters_own_words_are_not_published_unnoticed(suffix: str) -> None:
    text = starter("NCT01234567", TITLE, suffix)
    assert read_trial(text.encode(), f"a{suffix}").problems == ()
    found = read_trial(text.replace("draft: true\n", "").encode(), f"a{suffix}").problems
    shown = [problem.where.source for problem in found if problem.where]
    assert [problem.code for problem in found] == ["starter-words"] * 4
    assert f"brief_title: {TITLE}" in shown
    assert [problem.message.endswith(f"`{TITLE}`") for problem in found].count(True) == 1


def test_whom_and_where_a_starter_names_as_examples_is_never_published() -> None:
    text = starter("NCT01234567", "Rest", ".md").replace("draft: true\n", "")
    found = read_trial(live(text).encode(), "a.md").problems
    refused = {one.where.source for one in found if one.where and one.severity == "error"}
    assert {"    city: (Town or city)", "    phone: +1 555 0100"} <= refused
    assert len(refused) == 9
    assert "Nanjing" not in text


def test_every_common_field_is_in_a_starter_with_its_meaning() -> None:
    text = starter("NCT01234567", "Rest", ".md")
    common = {"official_title", "start_date", "lead_sponsor", "conditions", "phases", "arm_groups"}
    common |= {"interventions", "primary_outcomes", "sex", "minimum_age", "central_contacts"}
    for name in common:
        assert f"# {FIELD_HELP[name]}\n" in text
        assert re.search(rf"^# {name}:", text, re.MULTILINE)


def test_new_writes_a_file_once(project: Path) -> None:
    assert run(project, "new", "nct01234567", "--title", "Rest").returncode == 0
    path = project / "content/trials/NCT01234567.md"
    assert "brief_title: Rest\n" in path.read_text()
    again = run(project, "new", "NCT01234567", "--yaml")
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert run(project, "new", "../x").returncode == 2
    assert run(project).returncode == 0


def test_the_schema_accepts_what_is_a_trial_and_refuses_what_is_none() -> None:
    Draft202012Validator.check_schema(trial_schema())
    validator = Draft202012Validator(trial_schema())
    for path in sorted((SAMPLE / "content/trials").glob("*.md")):
        split = split_file(path.read_text("utf-8"), str(path))
        assert isinstance(split, tuple)
        tree = typed(read_yaml(split[0])[0])
        assert [error.message for error in validator.iter_errors(tree)] == []
        assert not validator.is_valid({**tree, "overall_status": "RECRUTING"})
        assert not validator.is_valid({**tree, "overal_status": "RECRUITING"})
        assert not validator.is_valid({**tree, "start_date": "July 2024"})


def typed(value: Any) -> Any:
    """Texts as a common YAML reader types them."""
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    known = {"true": True, "false": False}
    if isinstance(value, str) and value.isdigit():
        return int(value)
    return known.get(value, value) if isinstance(value, str) else value


def test_the_table_names_every_heading_of_the_body() -> None:
    table = field_table()
    assert all(f"`## {heading}`" in table for heading in PROSE_HEADINGS.values())
    anchors = re.findall(r"\]\(#(\w+)\)", table)
    headings = {line[4:].lower() for line in table.splitlines() if line.startswith("### ")}
    assert anchors
    assert set(anchors) <= headings
