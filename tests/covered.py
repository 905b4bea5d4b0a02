"""Which statements of the program no test runs: the tests once, and a table in Markdown.

`make coverage` on a machine of one's own; the test workflow puts the table into its summary. Says
nothing of whether the tests are good: what no test runs is either dead or in need of one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from trialpages.machine.environment import ensure_installed  # noqa: E402


def main() -> int:
    """The tests' own exit status; the table comes whatever it is."""
    ensure_installed("dev")
    tests = ["pytest", "-n", str(os.cpu_count() or 1), "--dist", "worksteal", *sys.argv[1:]]
    status = _coverage("run", "-m", *tests, into=sys.stderr.fileno())
    _coverage("combine", "--quiet")
    _coverage("report", "--format=markdown", "--skip-covered", "--show-missing", "--sort=cover")
    return status


def _coverage(*words: str, into: int | None = None) -> int:
    command = [sys.executable, "-m", "coverage", *words]
    return subprocess.run(command, cwd=PROJECT, stdout=into, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
