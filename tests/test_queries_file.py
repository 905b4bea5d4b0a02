"""queries.yaml: what is asked, where a fault is, and a query more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sites import PROJECT

from trialpages.audit.content import audit_content
from trialpages.content.strays import is_read
from trialpages.keeping.wishes import wishes_in
from trialpages.problems import errors_in
from trialpages.records.model import PartialDate
from trialpages.records.registry_names import modules
from trialpages.settings.queries_file import Leaving, Queries, Query, read_queries, with_query
from trialpages.trial.places import section_of

# --- queries.yaml -------------------------------------------------------------------------------

QUERY = Query(
    name="migraine-leeds",
    parameters={"cond": "HER2+ & x: y", "locn": "Leeds"},
    since=PartialDate("2026-11-29"),
)

FILES = {
    "none": "",
    "no queries": "trials:\n  - NCT01234567  # ours\n",
    "an empty list": "queries:\n",
    "one at the end": "queries:\n  - name: a\n    parameters:\n      cond: x\n",
    "not indented": "queries:\n- name: a\n  parameters:\n    cond: x\n"
    "leave_out:\n  - NCT00000001\n",
    "in the middle": "queries: # what\n  - name: a\n    parameters:\n      cond: x\n\n"
    "# ours\nleave_out:\n  - NCT00000001\n",
}


@pytest.mark.parametrize("name", FILES)
def test_a_query_more_leaves_the_rest_of_the_file_as_it_stands(name: str) -> None:
    text = with_query(FILES[name], QUERY)
    found, problems = read_queries(text.encode(), "content/queries.yaml")
    assert problems == ()
    assert found.queries[-1] == QUERY
    before = read_queries(FILES[name].encode(), "x")[0] if FILES[name] else Queries()
    assert found.queries[:-1] == before.queries
    assert [line for line in FILES[name].splitlines() if line not in text.splitlines()] == []


def test_a_file_without_a_place_for_a_query_is_left_alone() -> None:
    with pytest.raises(ValueError, match="no place"):
        with_query("queries: []\n", QUERY)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("trials: NCT01234567, NCT01234568\n", "own: `  - NCT01234567`, `  - NCT01234568`"),
        ("trials:\n  NCT01234567 NCT01234568\n", "own: `  - NCT01234567`, `  - NCT01234568`"),
        ("queries\n", "write `queries:`, and below it"),
        ("something\n", "write `trials: …`"),
    ],
)
def test_what_to_write_is_no_next_fault(text: str, hint: str) -> None:
    (problem,) = read_queries(text.encode(), "content/queries.yaml")[1]
    assert hint in problem.hint


WRONG = {
    "queries:\n  - name: A b\n    parameters:\n      cond: x\n": "2:11",
    "queries:\n  - name: a\n": "2:5",
    "queries:\n  - name: a\n    leaving: drop\n    parameters:\n      cond: x\n": "3:14",
    "queries:\n  - name: a\n    parameters:\n      conds: x\n": "4:7",
    "queries:\n  - name: a\n    parameters:\n      cond: x\n      locns: y\n": "5:7",
    "queries:\n  - name: a\n    parameters:\n      cond: x\n      id: NCT0123456\n": "5:11",
    "queries:\n  - name: a\n    parameters:\n      filter.ids: NCT01234567,TBD\n": "4:19",
    "queries:\n  - name: a\n    parameters:\n      filter.overallStatus: RECRUTING\n": "4:29",
    "queries:\n  - name: a\n    address: https://example.org/\n": "3:14",
    "queries:\n  - name: a\n    registry: who\n    parameters:\n      cond: x\n": "3:15",
    "trials:\n  - NCT1234567890\n": "2:5",
    "trials:\n  - NCT1234567\n": "2:5",
    "trials:\n  - '07011550'\n": "2:5",
    "trials:\n  - NCT01234567, NCT07011550\n": "2:5",
    "trials:\n  - NCT01234567\nleave_out:\n  - NCT00000001\n  - nct01234567\n": "5:5",
    "trials: NCT01234567\n": "1:9",
    "trial:\n  - NCT01234567\n": "1:1",
    "a: [\n": "2:1",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_fault_of_queries_yaml_has_its_line(text: str) -> None:
    _, problems = wishes_in(text.encode(), "content/queries.yaml")
    (problem,) = errors_in(problems)
    assert str(problem.where) == f"content/queries.yaml:{WRONG[text]}"
    assert problem.hint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("trials:\n  - 07011550\n", "did you mean NCT07011550?"),
        ("trials:\n  - NCT01234567 NCT07011550\n", "a line of its own"),
        ("leave_out: [NCT01234567]\ntrials: [NCT01234567]\n", "`trials` too"),
    ],
)
def test_what_is_to_be_written_instead_is_said(text: str, said: str) -> None:
    (problem,) = wishes_in(text.encode(), "x")[1]
    assert said in f"{problem.message} {problem.hint}"


def test_two_queries_of_one_name_are_refused() -> None:
    entry = "  - name: a\n    parameters:\n      cond: x\n"
    _, problems = wishes_in(f"queries:\n{entry}{entry}".encode(), "x")
    assert [problem.code for problem in problems] == ["duplicate-name"]


def test_the_file_says_what_is_asked() -> None:
    text = "queries:\n  - name: a\n    leaving: draft\n    parameters:\n      cond: x\n"
    wishes, problems = wishes_in(f"trials:\n  - nct01234567\n{text}".encode(), "x")
    assert problems == ()
    assert list(wishes.trials) == ["NCT01234567"]
    assert (wishes.questions[0].parameters, wishes.questions[0].leaving) == (
        {"query.cond": "x"},
        Leaving.DRAFT,
    )


def test_check_reads_queries_yaml_and_the_build_does_not(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "site.yaml").write_text("title: T\n")
    (content / "queries.yaml").write_text("trials: NCT01234567\n")
    problems = audit_content(content, [content / "queries.yaml"], date(2026, 1, 1))
    assert [problem.code for problem in problems] == ["wrong-type"]
    assert is_read("queries.yaml")
    assert not is_read("queries.yml")


# --- the report ---------------------------------------------------------------------------------


def test_every_field_of_the_registry_has_a_section() -> None:
    known = set(_anchors())
    for _, names in modules():
        for name in names:
            assert section_of(name.ours) in known, name.ours
    assert section_of("locations.contacts.phone") == "locations"
    assert section_of("nowhere") == "history"


def _anchors() -> Iterator[str]:
    """The ids of the sections of a trial's page."""
    design = (PROJECT / "trialpages/trial/sections.py").read_text("utf-8")
    yield from re.findall(r'^        "([a-z-]+)":', design, re.MULTILINE)
