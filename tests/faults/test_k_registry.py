"""K: a registry that fails in every way, and a sync that is killed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from registry import Fault, Registry, serving
from registry_data import Day, Record

from faults.counts import count
from faults.rows import Row
from faults.sandbox import ended, in_child
from trialpages.audit.content import audit_content
from trialpages.keeping.findings import Findings
from trialpages.keeping.memory import memory_folder
from trialpages.problems import errors_in
from trialpages.records.results_file import read_results
from trialpages.registries.client import Client, Patience
from trialpages.syncing import SyncRun, sync

QUICK = Patience(connect=5, piece=0.4, whole=0.3, tries=3)
TRIALS = range(1, 13)


def study(number: int, version: int) -> Record:
    """A trial whose every file is another from one version to the next."""
    day = f"2026-01-{version:02}"
    found: Record = {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT{number:08}",
                "briefTitle": f"Trial {number}, version {version}",
            },
            "statusModule": {
                "overallStatus": "RECRUITING",
                "lastUpdatePostDateStruct": {"date": day, "type": "ACTUAL"},
            },
            "conditionsModule": {"conditions": ["Migraine"]},
            "designModule": {"studyType": "INTERVENTIONAL"},
            "descriptionModule": {"briefSummary": f"Summary of version {version}."},
            "contactsLocationsModule": {"centralContacts": [{"name": "A", "phone": str(version)}]},
        },
        "derivedSection": {"miscInfoModule": {"versionHolder": day}},
        "hasResults": number % 2 == 0,
    }
    if found["hasResults"]:
        limits = {"limitationsAndCaveats": {"description": f"Of version {version}"}}
        found["resultsSection"] = {"moreInfoModule": limits}
    return found


def day(version: int) -> Day:
    studies = {f"NCT{number:08}": study(number, version) for number in TRIALS}
    return Day(f"2026-01-{version:02}T09:00:05", studies)


QUERIES = "queries:\n  - name: all\n    parameters:\n      cond: migraine\n"


PATIENT = Patience(connect=30, piece=30, whole=60)


def run_sync(content: Path, patience: Patience = PATIENT) -> Findings:
    """A sync that sleeps for nobody."""
    slept: list[float] = []
    with Client(
        patience, sleep=slept.append, clock=lambda: time.monotonic() + sum(slept)
    ) as client:
        return sync(SyncRun(content, client))


def state_of(content: Path) -> Mapping[str, bytes]:
    """All files that belong to the content, leavings of a killed run among them."""
    return {
        path.relative_to(content).as_posix(): path.read_bytes()
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }


def faults_in(content: Path) -> list[str]:
    """What isn't whole: a file that can't be read, one that is of two versions."""
    from datetime import date

    problems = errors_in(audit_content(content, (), date(2026, 1, 9)))
    found = [str(problem) for problem in problems]
    for path in (content / "trials").glob("*.results.json"):
        found += [str(problem) for problem in errors_in(read_results(path.read_bytes(), "x")[1])]
    for path in (content / "trials").glob("*.md"):
        text = path.read_text()
        versions = {one for one in "123456789" if f"version {one}" in text.split("history:")[0]}
        if len(versions) != 1:
            found.append(f"{path.name} is of versions {versions}")
    return found


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Any:
    found = Registry([day(version) for version in range(1, 10)])
    with serving(found) as address:
        monkeypatch.setenv("TRIALPAGES_CTGOV", address)
        yield found


def begin(content: Path) -> None:
    content.mkdir(parents=True)
    (content / "site.yaml").write_text("title: T\n")
    (content / "queries.yaml").write_text(QUERIES)


# --- 66 -----------------------------------------------------------------------------------------


def test_row_66_a_registry_that_fails(
    row: Row, tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialpages.registries.client.MAX_BYTES", 3_000_000)
    dice, runs = random.Random(66), count("66 runs")
    content = tmp_path / "content"
    begin(content)
    whole = said = failed = 0
    for number in range(runs):
        registry.today = min(registry.today + dice.randint(0, 1), len(registry.days) - 1)
        if registry.today == len(registry.days) - 1 and dice.random() < 0.3:
            registry.today = 0
            shutil.rmtree(content)
            begin(content)
        registry.faults = deque(
            dice.choice((None, None, *Fault)) for _ in range(dice.randint(1, 12))
        )
        registry.refuses_old_tokens = dice.random() < 0.5
        found = run_sync(content, QUICK)
        whole += not faults_in(content) if (content / "trials").exists() else 1
        clear = all(problem.message and problem.hint for problem in found.failure)
        said += clear and (found.exit_status == 3) == bool(found.failure)
        failed += bool(found.failure)
        assert not list(content.rglob("*.tmp")), number
    registry.faults.clear()
    registry.today = len(registry.days) - 1
    assert run_sync(content).exit_status == 0
    row.reached(
        f"{runs} mixed runs, {failed} of them ended early: content/ whole after {whole}, "
        f"the cause said in {said}"
    )
    assert (whole, said) == (runs, runs)
    assert failed > runs / 10
    assert all("version 9" in text for text in _titles(content))


def _titles(content: Path) -> list[str]:
    return [path.read_text() for path in (content / "trials").glob("*.md")]


# --- 67 -----------------------------------------------------------------------------------------


def test_row_67_kill_in_a_sync(row: Row, tmp_path: Path, registry: Registry) -> None:
    before, content = tmp_path / "before", tmp_path / "content"
    begin(before)
    assert run_sync(before).exit_status == 0
    registry.today = 1
    shutil.copytree(before, content)
    steps = _steps_of(lambda: run_sync(content))
    after = state_of(content)
    points = count("67 points")
    whole = same = 0
    for point in random.Random(67).choices(range(1, steps + 1), k=points):
        _put_back(before, content)
        _killed_at(point, lambda: run_sync(content))
        whole += not faults_in(content)
        run_sync(content)
        same += state_of(content) == after
    row.reached(
        f"killed at {points} moments among {steps} changes of the disk: content/ whole {whole} "
        f"times, the next sync ended the same {same} times"
    )
    assert (whole, same) == (points, points)


def _put_back(before: Path, content: Path) -> None:
    shutil.rmtree(content)
    shutil.rmtree(memory_folder(content), ignore_errors=True)
    shutil.copytree(before, content)


def _steps_of(work: Callable[[], object]) -> int:
    """How often the work changes the disk."""
    reads, writes = os.pipe()

    def counted() -> None:
        steps = _Steps(0)
        sys.addaudithook(steps)
        work()
        os.write(writes, str(steps.number).encode())

    assert ended(in_child(counted)) == 0
    os.close(writes)
    with os.fdopen(reads) as told:
        return int(told.read())


def _killed_at(point: int, work: Callable[[], object]) -> None:
    """Let the work run in a process of its own that dies right before its n-th change."""

    def doomed() -> None:
        sys.addaudithook(_Steps(point))
        work()

    assert ended(in_child(doomed)) == -signal.SIGKILL


class _Steps:
    """An audit hook that counts changes of the disk and kills its process before one of them."""

    def __init__(self, last: int) -> None:
        self.number, self._last = 0, last

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        changes = event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir")
        if changes or (event == "open" and arguments[2] & os.O_CREAT):
            self.number += 1
            if self.number == self._last:
                os.kill(os.getpid(), signal.SIGKILL)
