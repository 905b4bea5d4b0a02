"""Group K: what an attacker may write that is short and takes long to read or to compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from versions import full_record, put

from faults import growing
from faults.rows import Row
from trialpages.changes.compare import changes
from trialpages.records.model import PartialDate
from trialpages.updating.arrivals import Policy

_MOST = 2.4
"""How many times as much an input twice as long may take."""


# --- two versions of a record -------------------------------------------------------------------

Versions = Sequence[Any]


def _labels(*texts: str) -> list[dict[str, str]]:
    return [{"label": text} for text in texts]


COMPARED: Mapping[str, tuple[str, Callable[[int], Versions]]] = {
    "a sentence again and again": (
        "brief_summary",
        lambda n: ("A. " * n, "B. A. " * n),
    ),
    "two sentences in turn": ("brief_summary", lambda n: ("A. B. " * n, "A. A. B. B. " * n)),
    "every sentence elsewhere": (
        "brief_summary",
        lambda n: tuple(" ".join(f"N{k}." for k in range(n)[::way]) for way in (1, -1)),
    ),
    "long sentences": (
        "brief_summary",
        lambda n: (f"{'Ab' * n}. {'Ba' * n}.", f"{'AAbb' * (n // 2)}. {'ABba' * (n // 2)}."),
    ),
    "long labels": (
        "arm_groups",
        lambda n: (_labels("ab" * n, "ba" * n), _labels("aabb" * (n // 2), "abba" * (n // 2))),
    ),
}


@pytest.mark.parametrize("name", COMPARED)
def test_row_58_two_versions_are_compared_for_as_much_as_they_are_long(row: Row, name: str) -> None:
    field, made = COMPARED[name]
    date = PartialDate("2024-01-01")
    work = []
    for entries in (100, 200):
        old, new = made(entries)
        work.append(growing.steps(partial(changes, field, old, new, date))[0])
    row.reached(f"{name}: twice as long, {work[1] / work[0]:.1f} times the work")
    assert work[1] <= _MOST * work[0]


def test_row_58_a_sentence_again_and_again_is_told_truly(row: Row) -> None:
    """Where the effort ends, what differs is still told, and nothing else."""
    date = PartialDate("2024-01-01")
    old, new = ("Same. " * 500 + f"{word} here. " + "Same. " * 500 for word in ("Old", "New"))
    told = changes("brief_summary", old, new, date)
    assert [(one.old, one.new) for one in told] == [("Old here.", "New here.")]
    row.reached("one sentence of 1,001 that else are alike: told alone")


def test_row_58_a_file_that_is_there_is_compared_for_as_much_as_it_is_long(
    row: Row, tmp_path: Path
) -> None:
    """A file that an import leaves as it is: the lines that it would change are told."""
    work = []
    for lines in (600, 1200):
        content = tmp_path / str(lines)
        put(content, _of_lines(lines, 1))
        kept = partial(put, content, _of_lines(lines, -1), policy=Policy.NEW_ONLY)
        steps, (arrival,) = growing.steps(kept)
        assert [problem.code for problem in arrival.problems] == ["differs"]
        work.append(steps)
    row.reached(f"a file twice as long: {work[1] / work[0]:.1f} times the work")
    assert work[1] <= _MOST * work[0]


def _of_lines(lines: int, way: int) -> dict[str, Any]:
    words = "\n\n".join(f"* {'ab'[at % 2 == (way > 0)]}" for at in range(lines))
    return full_record(descriptionModule={"briefSummary": words})
