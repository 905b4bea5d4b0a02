"""Runs beside one another over one content folder, and what they make under any umask."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sites import PROJECT, trial_text
from test_cli import run
from test_import import study

from trialpages.keeping.memory import alone
from trialpages.problems import Failure
from trialpages.state.lock import hold
from trialpages.state.ownership import keep_others_out


def test_an_import_beside_another_run_says_so(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(study()))
    with alone(tmp_path / "content"):
        done = run(tmp_path, "import", "one.json")
    assert (done.returncode, "another import, fetch or sync" in done.stderr) == (4, True)
    assert not (tmp_path / "content").exists()
    assert run(tmp_path, "import", "one.json").returncode == 0


def test_two_imports_at_once_leave_whole_trials(tmp_path: Path) -> None:
    records = [study(f"NCT{number:08}") for number in range(1, 200)]
    (tmp_path / "many.json").write_text(json.dumps(records))
    call = [sys.executable, str(PROJECT / "build.py"), "import", "many.json", "--json"]
    both = [subprocess.Popen(call, cwd=tmp_path, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert {one.wait() for one in both} <= {0, 4}
    assert len(list((tmp_path / "content/trials").glob("NCT*.md"))) == len(records)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_no_umask_shuts_us_out_of_what_we_make(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(study()))
    (tmp_path / "content/trials").mkdir(parents=True)
    (tmp_path / "content/trials/NCT00000002.md").write_text(trial_text("NCT00000002"))
    call = f'umask 0777; "{sys.executable}" "{PROJECT / "build.py"}"'
    for verb in ("import one.json", "build --no-search --jobs 1"):
        done = subprocess.run(["/bin/sh", "-c", f"{call} {verb}"], cwd=tmp_path, check=False)
        assert done.returncode == 0
    for path in tmp_path.rglob("*"):
        wanted = stat.S_IRWXU if path.is_dir() else stat.S_IRUSR | stat.S_IWUSR
        assert path.lstat().st_mode & wanted == wanted, path
    for name in (".site.trialpages", ".content.trialpages"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_state_folder_that_was_shut_is_made_anew(tmp_path: Path) -> None:
    state = tmp_path / ".site.trialpages"
    (state / "templates/deep").mkdir(parents=True)
    for path in (state / "templates/deep", state / "templates", state):
        path.chmod(0)
    keep_others_out(state)
    assert not state.exists()
    with hold(state):
        assert stat.S_IMODE(state.stat().st_mode) == 0o700
    state.chmod(0o755)
    with hold(state):
        assert stat.S_IMODE(state.stat().st_mode) == 0o700


def test_a_busy_lock_says_who_holds_it(tmp_path: Path) -> None:
    with hold(tmp_path / "state"), pytest.raises(Failure, match="another build"):  # noqa: SIM117
        with hold(tmp_path / "state"):
            pass
