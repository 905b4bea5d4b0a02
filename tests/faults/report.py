"""The table of what every row reached, as `docs/faults.md`."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from itertools import groupby
from pathlib import Path

from faults.counts import FULL
from faults.rows import GROUPS, ROWS


@dataclass(frozen=True, slots=True)
class Result:
    number: int
    outcome: str
    reached: str
    seconds: float


_LIBRARIES = ("pagefind_bin", "markdown-it-py", "PyYAML", "Jinja2", "msgspec", "hypothesis")

_HEAD = """\
# Faults and bad input: what each meets

Every row has a test of its name in `tests/faults/`. This table is written by `make faults`, never
by hand. *Asked* is the figure a row must reach, *reached* what its test printed. A row whose last
run was of the quick set says so: the test command runs that one, with smaller counts. Where a
figure's count is smaller than the one asked, the machine had no time for more (`FAULTS_39=60`).

"Unchanged" means that the digest of the whole `site/` tree is the same before and after.
"""


def write_table(path: Path, results: Iterable[Result]) -> None:
    """Write the table; rows that didn't run this time keep what they reached, with its date."""
    lines = _kept(path)
    today = datetime.now(UTC).date().isoformat()
    for number, parts_of_row in groupby(sorted(results, key=_number), key=_number):
        lines[number] = _line(_together(list(parts_of_row)), today)
    parts = [_HEAD, _versions(today)]
    for group, name in GROUPS.items():
        rows = [
            lines[number] for number, row in ROWS.items() if row.group == group if number in lines
        ]
        head = "| # | fault | asked | reached | result | s | run |\n|---|---|---|---|---|---|---|"
        parts.append(f"## {group} {name}\n\n{head}\n" + "\n".join(rows) + "\n")
    path.write_text("\n".join(parts), encoding="utf-8")


def _number(one: Result) -> int:
    return one.number


def _together(parts: list[Result]) -> Result:
    """A row with several tests: passed if all of them did."""
    outcomes = {one.outcome for one in parts}
    outcome = outcomes.pop() if len(outcomes) == 1 else min(outcomes - {"passed"})
    reached = "; ".join(one.reached for one in parts)
    return Result(parts[0].number, outcome, reached, sum(one.seconds for one in parts))


def _line(one: Result, today: str) -> str:
    row = ROWS[one.number]
    run = f"{today}, {'full' if FULL else 'quick'}"
    cells = (row.fault, row.asked, one.reached or "nothing", one.outcome, f"{one.seconds:.1f}", run)
    return f"| {one.number} | " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _versions(today: str) -> str:
    libraries = ", ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES)
    system = f"{platform.system()} {platform.release()} on {platform.machine()}"
    return f"Last run {today} with Python {platform.python_version()}, {libraries}, {system}.\n"


def _kept(path: Path) -> dict[int, str]:
    if not path.exists():
        return {}
    found = re.findall(r"^\| (\d+) \|.*$", path.read_text("utf-8"), re.MULTILINE)
    lines = re.findall(r"^\| \d+ \|.*$", path.read_text("utf-8"), re.MULTILINE)
    return {int(number): line for number, line in zip(found, lines, strict=True)}
