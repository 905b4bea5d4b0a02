"""The table of all trials: no cell is a formula, and each value can be had from it again."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from trialpages.exports.table import Row, data_package, table
from trialpages.records.vocabulary import Status
from trialpages.settings.site_file import Site
from trialpages.trial.facts import TrialFacts


def row_of(title: str = "T", conditions: tuple[str, ...] = ()) -> dict[str, str]:
    facts = TrialFacts("NCT00000001", title, Status.COMPLETED, conditions=conditions)
    text = table([Row(facts, False, "")]).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    return row


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("a;=1", "a;'=1"),
        ("a; @SUM(A1);-b", "a;' @SUM(A1);'-b"),
        ('a;"=HYPERLINK(1);b', "a;'\"=HYPERLINK(1);b"),
        ("a\t=1", "a =1"),
        ("a;b - c = d", "a;b - c = d"),
        ("a|b\\c", "a|b\\c"),
    ],
)
def test_no_part_of_a_cell_is_a_formula(written: str, cell: str) -> None:
    assert row_of(written)["title"] == cell


def test_no_value_of_several_is_a_formula() -> None:
    assert row_of(conditions=("a", "=1", "b;+1"))["conditions"] == "a|'=1|b;'+1"


def test_values_of_a_cell_are_told_apart() -> None:
    values = ("a|b", "c\\", "\\|d", "|", "e")
    cell = row_of(conditions=values)["conditions"]
    parts = re.findall(r"(?:[^|\\]|\\.)+", cell)
    assert tuple(re.sub(r"\\(.)", r"\1", part) for part in parts) == values
    said = json.loads(data_package(Site()))["description"]
    assert "is written \\|, and a backslash twice" in said
