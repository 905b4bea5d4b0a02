"""What tests share: one browser for each process, and sites that are built once for all of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import Visit, chromium, visit
from hypothesis import settings
from playwright.sync_api import Browser
from rich import RICH_ID, rich_results, rich_trial
from sites import Once, build_site, sample_files

from trialpages.templating.making import compile_shipped

# Few examples in the test command, many in `make fuzz` (--hypothesis-profile many).
settings.register_profile("quick", max_examples=60, deadline=None)
settings.register_profile("many", max_examples=20_000, deadline=None)
settings.load_profile("quick")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    import fcntl

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder = shared / "once" / name
        folder.mkdir(parents=True, exist_ok=True)
        with (shared / "once" / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = shared / "once" / f"{name}.done"
            if not done.exists():
                make(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session", autouse=True)
def compiled(once: Once) -> None:
    """The shipped templates are compiled once for all sites of tests, as set-up does it."""

    def compile_all(_folder: Path) -> None:
        for language in ("en", "es"):
            compile_shipped(language)

    once("compiled", compile_all)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Visit]:
    """A tab at the site that a file of tests has at its `address`."""
    with visit(browser, address) as found:
        yield found


@pytest.fixture(scope="session")
def sample_site(once: Once) -> Path:
    """The sample, with its search."""
    return once("sample", lambda folder: build_site(folder, sample_files(), search=True)) / "site"


@pytest.fixture(scope="session")
def rich_site(once: Once) -> Path:
    """The sample and a trial that has everything, a former number too, with their search."""
    trial = rich_trial().replace("---\n\n##", "aliases:\n  - OLD-0007\n---\n\n##", 1)
    files = {f"trials/{RICH_ID}.md": trial, f"trials/{RICH_ID}.results.json": rich_results()}
    made = sample_files() | files
    return once("rich", lambda folder: build_site(folder, made, search=True)) / "site"
