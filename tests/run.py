"""The whole test command: an environment, a browser, linters, types, tests, the wheel."""

import os
import sys

_PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
sys.path.insert(0, _PROJECT)

from trialpages.machine.stopping import go_on, stop_at_once, stop_tidily, stopped  # noqa: E402

if __name__ == "__main__":
    stop_at_once()  # before the rest, which takes a while

import contextlib  # noqa: E402
import ctypes  # noqa: E402
import shlex  # noqa: E402
import shutil  # noqa: E402
import subprocess  # noqa: E402
from concurrent.futures import ThreadPoolExecutor  # noqa: E402
from functools import partial  # noqa: E402
from pathlib import Path  # noqa: E402

from trialpages.machine.environment import (  # noqa: E402
    MADE_NOW,
    ensure_installed,
    install_debian_package,
)

PROJECT = Path(_PROJECT)

# Twice as many as cores, since tests of browsers and processes wait half of their time; `worksteal`
# leaves the tests of a file together, so that the sites they share are built once.
_WORKERS = str(2 * (os.cpu_count() or 1))

_TESTS = ("pytest", "-n", _WORKERS, "--dist", "worksteal")
_BESIDE = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
)
"""One after the other beside the tests, and while their browser is fetched: they use one core."""
_WHEEL = ("tests.clean_install",)
"""After these, where all is tried: it waits for the network."""


def main() -> int:
    """Run every check, each whatever the others say; 1 if any failed."""
    ensure_installed("dev")
    stop_tidily()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each process compiles all of it anew
    tests = (*_TESTS, *sys.argv[1:])
    beside = _BESIDE if sys.argv[1:] else (*_BESIDE, _WHEEL)
    with ThreadPoolExecutor(1) as pool:
        others = pool.map(partial(_run, said=subprocess.PIPE), beside)
        _fetch_what_tests_need()
        if os.environ.get(MADE_NOW):  # compiled here once, and not by each worker
            _run(("pytest", "--collect-only", "-q"), said=subprocess.PIPE)
        print("$", shlex.join(tests), flush=True)
        ended = {tests: _run(tests).returncode}
        for check, done in zip(beside, others, strict=True):
            print("$", shlex.join(check))
            print(done.stdout, end="", flush=True)
            ended[check] = done.returncode
    if beside is _BESIDE:
        print("the wheel was not tried, nor any other test: tests/run.py alone tries everything")
    failed = [check[0] for check, status in ended.items() if status]
    if failed:
        print("failed:", ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


def _run(check: tuple[str, ...], said: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run a check; what it says comes out here, or is kept by subprocess.PIPE."""
    both = subprocess.STDOUT if said else None
    command = [sys.executable, "-m", *check]
    return subprocess.run(command, cwd=PROJECT, check=False, text=True, stdout=said, stderr=both)


def _fetch_what_tests_need() -> None:
    if sys.platform == "linux":
        _ensure_browser()
    if sys.platform == "linux" and not _has_library("libatomic.so.1"):
        install_debian_package("libatomic1")  # Playwright's Node needs it; small systems lack it
    _fetch_html_checker()


def _fetch_html_checker() -> None:
    """Its test is skipped, and says so, where this fails."""
    import html_checker

    from trialpages.problems import MachineFailure

    try:
        html_checker.fetch()
    except MachineFailure as failure:
        print(*(problem.message for problem in failure.problems), sep="\n", file=sys.stderr)


def _ensure_browser() -> None:
    """Have one of the tests' browsers: the quick one too where all is set up, and nobody asked."""
    from browser import EXECUTABLES

    if not any(map(shutil.which, EXECUTABLES)):
        install_debian_package(*EXECUTABLES)
    elif os.environ.get(MADE_NOW) and os.geteuid() == 0 and not shutil.which(EXECUTABLES[0]):
        with contextlib.suppress(SystemExit):
            install_debian_package(EXECUTABLES[0])


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    try:
        status = main()
    except KeyboardInterrupt:
        go_on()
        print(stopped(), file=sys.stderr)
        status = 130
    sys.exit(status)
