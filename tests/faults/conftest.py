"""Gathers what each row reached; `FAULTS_TABLE=docs/faults.md` keeps it as a table."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from faults.report import Result, write_table
from faults.rows import Row, number_of


@pytest.fixture
def row(request: pytest.FixtureRequest) -> Iterator[Row]:
    """The row a test is named after; takes the figure it reached."""
    found = Row(number_of(request.node.name), request.node.user_properties)
    yield found
    said = [text for name, text in request.node.user_properties if name == "reached"]
    print(f"\nrow {found.number}: {'; '.join(said) or 'no figure'}")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print every figure of this run, and write the table if one was asked for."""
    results = sorted(_results(terminalreporter.stats), key=lambda one: one.number)
    if results:
        terminalreporter.section("figures of the faults")
    for one in results:
        terminalreporter.write_line(
            f"{one.number:2}  {one.outcome:7} {one.seconds:7.1f} s  {one.reached}"
        )
    if results and (table := os.environ.get("FAULTS_TABLE")):
        write_table(Path(table), results)


def _results(stats: dict[str, list[Any]]) -> Iterator[Result]:
    for outcome in ("passed", "failed", "skipped", "error"):
        for report in stats.get(outcome, []):
            if (report.when == "call" or outcome != "passed") and (
                found := _result(report, outcome)
            ):
                yield found


def _result(report: Any, outcome: str) -> Result | None:
    if "tests/faults/" not in report.nodeid or "::test_row_" not in report.nodeid:
        return None
    said = [text for name, text in report.user_properties if name == "reached"]
    if outcome == "skipped":
        said.append(f"SKIPPED: {report.longrepr[2].removeprefix('Skipped: ')}")
    number = number_of(report.nodeid.rpartition("::")[2])
    return Result(number, outcome, "; ".join(said), report.duration)
