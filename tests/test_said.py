"""What the command says to a full disk, to a closed stream, to a pipe that nobody reads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from faults.counts import pairs
from sites import PROJECT, trial_text, write_files

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")

_RECORD = "NCT00000001"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    bad = trial_text().replace("RECRUITING", "RECRUTING")
    write_files(tmp_path / "good", {f"trials/{_RECORD}.md": trial_text()})
    write_files(tmp_path / "bad", {f"trials/{_RECORD}.md": bad})
    return tmp_path


def _run(site: Path, verb: str, streams: str) -> tuple[int, str]:
    """The status of a call and what it said where it could."""
    call = f'"{sys.executable}" "{PROJECT / "build.py"}" {verb} {streams}'
    environment = {**os.environ, "GITHUB_ACTIONS": "true"}
    done = subprocess.run(
        ["/bin/sh", "-c", call],
        capture_output=True,
        check=False,
        cwd=site,
        env=environment,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


_BUILD = "build --no-search --content {} --site site"
_VERBS = {
    "schema": 0,
    _BUILD.format("good"): 0,
    _BUILD.format("bad"): 1,
    "check --content bad --site none": 1,
    "import nothing.json": 2,
    "nonsense": 2,
}


_ANSWERS = {
    "schema": 3,
    "--help": 3,
    "build --help": 3,
    "check --help": 3,
    "--version": 3,
    "check --json --content bad --site none": 3,
    "import --json broken.json": 3,
    _BUILD.format("good"): 0,  # is published
    _BUILD.format("bad"): 3,  # tells GitHub of its problems
    "import --quiet nothing.json": 2,  # says nothing there
}


@pytest.mark.parametrize(("verb", "streams"), pairs(_VERBS, ["2>/dev/full", "2>&-", "2>&- <&-"]))
def test_what_cannot_be_said_changes_no_status(site: Path, verb: str, streams: str) -> None:
    status, said = _run(site, verb, streams)
    assert status == _VERBS[verb]
    assert "Traceback" not in said
    assert "Exception ignored" not in said
    assert (site / "site" / "index.html").exists() == (verb == _BUILD.format("good"))


@pytest.mark.parametrize(
    ("verb", "streams"), pairs(_ANSWERS, [">/dev/full", ">&- <&-", ">&- 2>&-"])
)
def test_a_lost_answer_is_the_machines_fault(site: Path, verb: str, streams: str) -> None:
    (site / "broken.json").write_text("{")
    status, said = _run(site, verb, streams)
    assert status == _ANSWERS[verb]
    speaks = status != 2 and "2>" not in streams
    assert ("standard output can't be written" in said) == speaks
    assert "Traceback" not in said
    assert (site / "site" / "index.html").exists() == (verb == _BUILD.format("good"))


def test_no_file_takes_the_number_of_a_closed_stream() -> None:
    """Else what is said to 2, as on Ctrl-C, would stand in the first file that is opened."""
    code = (
        "import os; from trialpages.machine.said import outlive_readers; outlive_readers(); "
        "print(min(os.open('build.py', os.O_RDONLY) for _ in range(2)) > 2, file=open(9, 'w'))"
    )
    call = f'"{sys.executable}" -c "{code}" 9>&1 >&- 2>&- <&-'
    done = subprocess.run(["/bin/sh", "-c", call], capture_output=True, check=False, cwd=PROJECT)
    assert done.stdout == b"True\n"
