"""The table of what every truth came to, as `docs/truths.md`."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from truths.register import ALL, Scope, Truth, Violation


class Result(NamedTuple):
    """What a truth came to."""

    truth: Truth
    asked: int = 0
    wrong: int = 0
    first: tuple[Violation, ...] = ()


_HEAD = """\
# Truths: what holds of a whole built site

Each is one function in `tests/truths/`, asked of the built files, of the records they were made
from, and of a browser where only a browser knows. This table is written by `make truths`, never by
hand. *Asked* is how many things the truth was asked of, *held* of how many of them it held. Each
truth has *mutations*: changes to the built site by which a test sees that the truth notices.

Each row tells of its own last run: the day, and the number of trials of the site. A row that says
"never" waits for its first.

The test command asks the same of a small site of odd records. To ask it of a folder of records,
content or as registries give them: `make truths RECORDS=folder`.
"""
_WAYS = {
    Scope.PAGE: "each file",
    Scope.SITE: "the whole site",
    Scope.MACHINE: "Chromium, a sample",
}
_COLUMNS = """\
| name | truth | asked of | asked | | held | | mutations | trials | last run |
|---|---|---|---:|---|---:|---:|---:|---:|---|"""


def write_table(
    path: Path, results: Iterable[Result], not_yet: Mapping[str, str], trials: int
) -> None:
    """Write it anew, with the rows of earlier runs of what wasn't asked in this one.

    `not_yet`: truths that are never asked as yet, and why.
    """
    known = _rows(path)
    results = list(results)
    known |= {one.truth.name: _row(one, trials) for one in results}
    rows = [known.get(name) or _empty(truth) for name, truth in ALL.items()]
    parts = [_HEAD, _system(), "\n".join((_COLUMNS, *rows)) + "\n"]
    if wrong := [one for one in results if one.wrong]:
        parts.append("## First failures\n\n" + "\n".join(map(_failures, wrong)) + "\n")
    if not_yet:
        listed = "\n".join(f"* {name}: {why}" for name, why in not_yet.items())
        parts.append(f"## Not asked yet\n\n{listed}\n")
    path.write_text("\n".join(parts), encoding="utf-8")


def _rows(path: Path) -> dict[str, str]:
    """The rows of the table as it is, by the truth's name."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {found[1]: line for line in lines if (found := re.match(r"\| ([a-z-]+) \|", line))}


def _system() -> str:
    python, index = platform.python_version(), metadata.version("pagefind_bin")
    return f"Last run with Python {python}, pagefind_bin {index}, {os.cpu_count()} cores.\n"


def _row(one: Result, trials: int) -> str:
    held = one.asked - one.wrong
    share = f"{100 * held / max(1, one.asked):.3f} %" if one.wrong else "100 %"
    counts = (f"{one.asked:,}", one.truth.things, f"{held:,}", share if one.asked else "-")
    return _cells(
        one.truth, *counts, trials=f"{trials:,}", day=datetime.now(UTC).date().isoformat()
    )


def _empty(truth: Truth) -> str:
    return _cells(truth, "-", truth.things, "-", "-", trials="-", day="never")


def _cells(truth: Truth, *counts: str, trials: str, day: str) -> str:
    says = truth.says.replace("|", "\\|")
    mutations = str(len(truth.mutations))
    cells = (truth.name, says, _WAYS[truth.scope], *counts, mutations, trials, day)
    return "| " + " | ".join(cells) + " |"


def _failures(one: Result) -> str:
    listed = (f"  * `{found.where}` {_plain(found.what)}" for found in one.first)
    return "\n".join((f"* {one.truth.says}", *listed))


def _plain(text: str) -> str:
    """A record's words on one line of Markdown, as they are."""
    return f"`{' '.join(text[:200].split()).replace('`', '´')}`"
