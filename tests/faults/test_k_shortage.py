"""Group K: too little memory, no threads, and what ends the command while it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from sites import PROJECT

from faults.counts import count
from faults.rows import Row
from faults.sandbox import Done, Project, project, sample
from trialpages.machine.shortage import shortage
from trialpages.starting import start_installed

# --- 65 -----------------------------------------------------------------------------------------

_SMALLEST, _LARGEST, _STEP = 24, 144, 2
"""Megabytes of address space: from what Python itself can't start with to plenty."""

_NO_THREADS = """
import threading
def _refused(*_, **__):
    raise RuntimeError("can't start new thread")
threading._start_new_thread = _refused
"""


_PYTHONS_OWN, _TOO_SMALL = -1, 32
"""Not a status; megabytes below which Python gets no further than to its first modules."""


def _is_pythons_own(said: str, megabytes: int) -> bool:
    """Whether Python could not start; where it had a little more, not even raise a MemoryError, or
    not read a module to its end, which it takes for a mistake in it."""
    early = "Traceback" in said and "/trialpages/" not in said
    dying = "Fatal Python error" in said or "SyntaxError: expected" in said
    return early or (dying and megabytes < _TOO_SMALL)


def _run(made: Project, megabytes: int = 0, path: Path | None = None) -> Done:
    """The command as a program of its own, on two cores, with so much memory."""
    words = [sys.executable, str(PROJECT / "build.py"), *made.words("--jobs", "2", "--full")[1:]]
    limited = ["prlimit", f"--as={megabytes * 1_000_000}"] if megabytes else []
    environment = {**os.environ, **({"PYTHONPATH": str(path)} if path else {})}
    done = subprocess.run(
        [*limited, *words],
        capture_output=True,
        check=False,
        env=environment,
        timeout=600,
        stdin=subprocess.DEVNULL,
    )
    return Done(done.returncode, done.stderr.decode(errors="replace"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a program's addresses")
def test_row_65_short_of_memory(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path / "a", trials=100)
    assert _run(made).status == 0
    wrong, ends, site = list[object](), Counter[int](), made.digest()
    sizes = range(_SMALLEST, _LARGEST, _STEP)
    for number in sample(len(sizes), count("65 limits"), 65):
        made.write({"site.yaml": f"title: Number {number}\n"})  # every page is another
        done = _run(made, sizes[number])
        if done.status == 0:
            ends[0] += 1
            site = made.digest()
            continue
        if _is_pythons_own(done.said, sizes[number]):
            ends[_PYTHONS_OWN] += 1
            continue
        ends[done.status] += 1
        told = done.status == 3 and ("memory" in done.said or "thread" in done.said)
        if not told or "Traceback" in done.said or made.digest() != site:
            wrong.append((sizes[number], done))
    (tmp_path / "none").mkdir()
    (tmp_path / "none/sitecustomize.py").write_text(_NO_THREADS)
    made.write({"site.yaml": "title: Last\n"})
    refused = _run(made, path=tmp_path / "none")
    row.reached(
        f"{ends.total()} limits of address space from {_SMALLEST} to {_LARGEST} MB: {ends[0]} "
        f"built, {ends[3]} ended with exit 3, the cause said and the site unchanged, in "
        f"{ends[_PYTHONS_OWN]} Python itself could not start, {len(wrong)} otherwise; threads "
        f"refused: exit {refused.status}"
    )
    assert wrong == []
    assert refused.status == 3 and "thread" in refused.said and refused.is_clear
    assert made.digest() == site


# --- while the command starts -------------------------------------------------------------------


@pytest.mark.parametrize("library", ["click", "msgspec", "hashlib", "shutil"])
@pytest.mark.parametrize(("raised", "status"), [("KeyboardInterrupt", 130), ("MemoryError", 3)])
def test_what_ends_the_command_while_it_starts_is_told(
    tmp_path: Path, library: str, raised: str, status: int
) -> None:
    (tmp_path / f"{library}.py").write_text(f"raise {raised}\n")
    done = _run(project(tmp_path / "a", trials=1), path=tmp_path)
    assert done.status == status
    assert "Traceback" not in done.said
    assert done.said.startswith(("stopped", "error: memory"))


def test_the_command_starts_where_its_folder_is_not_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    assert _run(project(tmp_path, trials=1)).status == 0


@pytest.mark.skipif(not hasattr(os, "ST_NOEXEC"), reason="no disk is mounted so here")
def test_a_disk_that_lets_nothing_run_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused() -> None:
        raise ImportError("x.so: failed to map segment from shared object", path="/")

    monkeypatch.setattr("trialpages.machine.environment.ensure_installed", refused)
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_NOEXEC))
    with pytest.raises(SystemExit, match="3"):
        start_installed()
    assert "noexec" in capsys.readouterr().err


def test_an_error_that_got_lost_for_want_of_memory_is_the_machines() -> None:
    said = shortage(SystemError("error return without exception set"))
    assert said and said[0] == "memory ran out"
    assert shortage(SystemError("something else")) is None
