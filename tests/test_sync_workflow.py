"""What sync.yml does with a branch and a pull request, run by a shell beside a repository here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from sites import PROJECT, write_files

WORKFLOW: dict[Any, Any] = yaml.safe_load(
    (PROJECT / ".github/workflows/sync.yml").read_text("utf-8")
)
JOB = WORKFLOW["jobs"]["sync"]

pytestmark = pytest.mark.skipif(
    not (shutil.which("git") and shutil.which("bash")), reason="needs git and bash"
)


def script(words: str) -> str:
    (found,) = (step["run"] for step in JOB["steps"] if words in step.get("run", ""))
    return str(found)


@dataclass
class Checkout:
    """A clone with an origin, and a `gh` that notes how it was called."""

    folder: Path
    calls: Path

    def git(self, *arguments: str, author: str = "person@example.org") -> str:
        who = ("-c", "user.name=A", "-c", f"user.email={author}")
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def propose(self, number: str = "") -> subprocess.CompletedProcess[str]:
        self.git("switch", "--quiet", "--force", "main")
        if self.git("branch", "--list", JOB["env"]["BRANCH"]):
            self.git("branch", "--quiet", "-D", JOB["env"]["BRANCH"])
        (self.folder / "content/a.md").write_text(f"new {number}")
        environment = {
            "PATH": f"{self.calls.parent}:{os.environ['PATH']}",
            "HOME": str(self.calls.parent),
            "RUNNER_TEMP": str(self.calls.parent),
            "GITHUB_REF_NAME": "main",
            "GITHUB_REPOSITORY": "us/site",
            "NUMBER": number,
            "BRANCH": JOB["env"]["BRANCH"],
            "BOT": JOB["env"]["BOT"],
        }
        return subprocess.run(
            ["bash", "-e", "-c", script("git push")],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    tools, folder = tmp_path / "tools", tmp_path / "clone"
    write_files(tools, {"gh": _GH, "report.md": "What changed"})
    (tools / "gh").chmod(0o755)
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "-b", "main", "origin"], cwd=tmp_path, check=True
    )
    subprocess.run(
        ["git", "clone", "--quiet", "origin", "clone"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    found = Checkout(folder, tools / "calls")
    write_files(folder, {"content/a.md": "old", "README.md": "x"})
    found.git("switch", "--quiet", "--create", "main")
    found.git("add", ".")
    found.git("commit", "--quiet", "--message", "first")
    found.git("push", "--quiet", "origin", "main")
    return found


_GH = """#!/bin/sh
echo "$@" >> "$(dirname "$0")/calls"
case "$1 $2" in "pr list") echo "$NUMBER";; esac
"""


def test_one_branch_and_one_pull_request_are_kept(checkout: Checkout) -> None:
    done = checkout.propose()
    assert done.returncode == 0, done.stderr
    calls = checkout.calls.read_text()
    assert "pr create --base main --head registry-sync" in calls
    assert checkout.git("show", "origin/registry-sync:content/a.md") == "new"
    assert checkout.git("log", "-1", "--format=%ae", "registry-sync") == JOB["env"]["BOT"]
    done = checkout.propose("7")
    assert done.returncode == 0, done.stderr
    assert "PATCH repos/us/site/pulls/7" in checkout.calls.read_text()
    checkout.git("fetch", "--quiet")
    assert checkout.git("show", "origin/registry-sync:content/a.md") == "new 7"
    assert checkout.git("rev-list", "--count", "main..origin/registry-sync") == "1"


def test_nothing_new_proposes_nothing(checkout: Checkout) -> None:
    run = script("git push")
    checkout_run = subprocess.run(
        ["bash", "-e", "-c", run], cwd=checkout.folder, capture_output=True, text=True, check=False
    )
    assert (checkout_run.returncode, checkout.calls.exists()) == (0, False)


def test_a_persons_work_on_the_branch_is_never_thrown_away(checkout: Checkout) -> None:
    assert checkout.propose().returncode == 0
    (checkout.folder / "content/a.md").write_text("mended by a person")
    checkout.git("commit", "--quiet", "--all", "--message", "mended")
    checkout.git("push", "--quiet", "origin", "registry-sync")
    done = checkout.propose("7")
    assert done.returncode == 1
    assert "A person has committed to registry-sync" in done.stdout
    assert checkout.git("show", "origin/registry-sync:content/a.md") == "mended by a person"


@pytest.mark.parametrize(("status", "ends"), [(0, 0), (1, 0), (3, 1), (2, 1)])
def test_a_decision_to_take_is_no_failure_of_the_run(
    tmp_path: Path, status: int, ends: int
) -> None:
    write_files(
        tmp_path, {"python": f"#!/bin/sh\necho said > {tmp_path}/report.md\nexit {status}\n"}
    )
    (tmp_path / "python").chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
    }
    done = subprocess.run(
        ["bash", "-e", "-c", script("--report")], env=environment, check=False, capture_output=True
    )
    assert (done.returncode != 0) == (ends != 0)
    assert (tmp_path / "summary").read_text() == "said\n"


def test_it_runs_every_week_at_an_odd_minute() -> None:
    (schedule,) = WORKFLOW[True]["schedule"]
    assert re.fullmatch(r"[1-9]\d? \d+ \* \* \d", schedule["cron"])
