"""What runs at GitHub: named by commit and digest, allowed as little as it needs."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from sites import PROJECT, write_files

from trialpages.publish.size import HOSTS, PAGES_BYTES, Extent, check_size, said_of

WORKFLOWS = sorted((PROJECT / ".github/workflows").glob("*.yml"))


def read(path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def test_there_are_workflows() -> None:
    assert {path.stem for path in WORKFLOWS} == {"test", "publish", "release", "sync"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_named_by_commit(path: Path) -> None:
    used = re.findall(r"^\s*(?:- )?uses: (.+)$", path.read_text("utf-8"), re.MULTILINE)
    assert used
    for action in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_module_is_run_by_a_name_that_a_file_here_has(path: Path) -> None:
    """Python looks into the folder it stands in first: `python -m build` runs our build.py."""
    ours = {found.stem for found in PROJECT.glob("*.py")}
    run = re.findall(r"run: [^#\n]*python -m (\w+)", path.read_text("utf-8"))
    assert ours.isdisjoint(run)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_read_and_one_job_what_it_needs(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    granted = {
        (name, right)
        for name, job in workflow["jobs"].items()
        for right, level in job.get("permissions", {}).items()
        if level == "write"
    }
    wanted = {
        "test": set(),
        "sync": {("sync", "contents"), ("sync", "pull-requests")},
        "publish": {("deploy", "pages"), ("deploy", "id-token")},
        "release": {
            ("bundle", "contents"),
            ("wheel", "id-token"),
            ("wheel", "attestations"),
            ("publish", "id-token"),
        },
    }
    assert granted == wanted[path.stem]
    assert all(job["timeout-minutes"] <= 30 for job in workflow["jobs"].values())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_text_of_a_stranger_reaches_a_shell(path: Path) -> None:
    workflow = read(path)
    assert "pull_request_target" not in workflow[True]  # YAML 1.1 takes `on` for true
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    for step in steps:
        assert "${{" not in step.get("run", ""), step["run"]
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_the_site_is_rebuilt_every_day() -> None:
    publish = read(PROJECT / ".github/workflows/publish.yml")
    (schedule,) = publish[True]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* \*", schedule["cron"])


@pytest.mark.parametrize(
    ("answer", "status", "address", "said"),
    [
        ("workflow https://a.github.io/b/", 0, "https://a.github.io/b/", ""),
        ("legacy https://a.github.io/b/", 0, "", "::notice title=Built and not published::"),
        ("gh: Not Found (HTTP 404)", 1, "", "::notice title=Built and not published::"),
        ("gh: Server Error (HTTP 502)", 1, None, "HTTP 502"),
    ],
)
def test_where_pages_is_off_the_site_is_built_and_not_published(
    tmp_path: Path, answer: str, status: int, address: str | None, said: str
) -> None:
    """Whoever has just made a repository of the template sees no red workflow."""
    jobs = read(PROJECT / ".github/workflows/publish.yml")["jobs"]
    (step,) = (step for step in jobs["build"]["steps"] if step.get("id") == "pages")
    gh = f"#!/bin/sh\necho '{answer}'{' >&2' * status}\nexit {status}\n"
    write_files(tmp_path, {"bin/gh": gh, "output": ""})
    (tmp_path / "bin/gh").chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
        "GITHUB_REPOSITORY": "a/b",
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (0 if address is not None else 1)
    assert (tmp_path / "output").read_text() == (f"address={address}\n" if address else "")
    assert said in done.stdout + done.stderr
    assert jobs["deploy"]["if"].startswith("needs.build.outputs.address && ")


def test_the_site_and_the_program_have_a_workflow_each() -> None:
    publish, test = (
        read(PROJECT / f".github/workflows/{name}.yml") for name in ("publish", "test")
    )
    built = [step.get("run", "") for step in publish["jobs"]["build"]["steps"]]
    assert [run for run in built if run.startswith("python build.py check")]
    assert not [run for run in built if "tests/" in run]
    for event in ("push", "pull_request"):
        assert event in publish[True]
        assert test[True][event]["paths"][:2] == ["**", "!content/**"]


def test_what_is_published_has_one_copy_of_the_index_and_the_kept_site_both(
    tmp_path: Path,
) -> None:
    steps = read(PROJECT / ".github/workflows/publish.yml")["jobs"]["build"]["steps"]
    (upload,) = (step for step in steps if "upload-pages-artifact" in step.get("uses", ""))
    (command,) = (step["run"] for step in steps if "offline" in step.get("run", ""))
    files: dict[str, str | bytes] = dict.fromkeys(
        ("site/index.html", "site/pagefind/engine.js", "site/pagefind/offline/a.js"), ""
    )
    write_files(tmp_path, files)
    subprocess.run(["sh", "-ec", command], cwd=tmp_path, check=True)
    published = tmp_path / upload["with"]["path"]
    found = {path.name for path in published.rglob("*") if path.is_file()}
    assert found == {"index.html", "engine.js"}
    assert all((tmp_path / path).exists() for path in files)


def test_every_dependency_has_bounds_and_digests() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    needed, dev = project["dependencies"], project["optional-dependencies"]["dev"]
    for wanted in needed:
        assert re.search(r">=[\d.]+,<|==", wanted), wanted
    runtime, whole = _pinned("constraints.txt"), _pinned("constraints-dev.txt")
    assert {_name(wanted) for wanted in needed} <= runtime.keys()
    assert {_name(wanted) for wanted in dev} <= whole.keys()
    release = project["optional-dependencies"]["release"]
    assert {_name(wanted) for wanted in release} <= _pinned("constraints-release.txt").keys()
    assert runtime.items() <= whole.items()  # the tests run with what a site is built with


def _name(wanted: str) -> str:
    return re.sub(r"[._]", "-", re.split(r"[<>=]", wanted)[0].lower())


def _pinned(file: str) -> dict[str, str]:
    """Version by name; each is there once and has a digest."""
    text = (PROJECT / file).read_text("utf-8")
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pinned)
    assert all("--hash=sha256:" in entry for entry in entries)
    return pinned


def test_the_hook_takes_the_files_a_site_is_made_from() -> None:
    (hook,) = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["entry"] == "trialpages check"
    for name in ("content/site.yaml", "content/trials/NCT1.md", "content/trials/a/NCT1.yaml"):
        assert re.search(hook["files"], name)
    assert not re.search(hook["files"], "content/README.md")
    assert not re.search(hook["files"], "content/trial.schema.json")


def test_hosts_that_take_no_such_site_are_named() -> None:
    assert said_of(Extent(1_200_000, 57)) == "1.2 MB in 57 files to upload"
    small = said_of(Extent(5_000_000, 20_001))
    assert small.endswith("to upload: too much for Cloudflare Pages (20,000 files)")
    assert "GitHub Pages (1 GB), GitLab Pages (1 GB)" in said_of(Extent(1_000_000_001, 20_000))
    assert "GitLab Pages (200,000 files)" in said_of(Extent(1, 200_001))
    assert "Cloudflare Pages (25 MiB a file)" in said_of(Extent(1, 2, 25 * 2**20 + 1))
    assert "Cloudflare" not in said_of(Extent(1, 2, 25 * 2**20))
    guide = (PROJECT / "docs/publishing.md").read_text("utf-8")
    for host in HOSTS:
        assert re.search(rf"\| {host.name} \|.*\b{host.most.files or 1:,}\b", guide)


def test_a_site_too_large_for_pages_is_warned_of() -> None:
    assert check_size(Extent(int(PAGES_BYTES * 0.89), 1)) == ()
    (problem,) = check_size(Extent(PAGES_BYTES, 1))
    assert (problem.severity, "1.00 GB" in problem.message) == ("warning", True)
