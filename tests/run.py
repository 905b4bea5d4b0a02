"""The whole test command: an environment, a browser, linters, types, tests, the wheel."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from trialpages.environment import ensure_installed, install_debian_package  # noqa: E402

# One more than cores, since tests of browsers and processes wait a while; `worksteal` leaves the
# tests of a file together, so that the sites they share are built once.
_WORKERS = str((os.cpu_count() or 1) + 1)

_CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest", "-n", _WORKERS, "--dist", "worksteal"),
    ("tests.clean_install",),
)


def main() -> int:
    """Run every check, each whatever the others say; 1 if any failed."""
    ensure_installed("dev")
    if not shutil.which("chromium"):
        install_debian_package("chromium")
    if sys.platform == "linux" and not _has_library("libatomic.so.1"):
        install_debian_package("libatomic1")  # Playwright's Node needs it; small systems lack it
    _fetch_html_checker()
    failed = []
    for name, *arguments in _CHECKS:
        command = [sys.executable, "-m", name, *arguments]
        print("$", name, *arguments, flush=True)
        more = sys.argv[1:] if name == "pytest" else []
        if subprocess.run([*command, *more], cwd=PROJECT, check=False).returncode:
            failed.append(name)
    if failed:
        print("failed:", ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


def _fetch_html_checker() -> None:
    """Its test is skipped, and says so, where this fails."""
    sys.path.insert(0, str(PROJECT / "tests"))
    import html_checker

    from trialpages.problems import MachineFailure

    try:
        html_checker.fetch()
    except MachineFailure as failure:
        print(*(problem.message for problem in failure.problems), sep="\n", file=sys.stderr)


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
