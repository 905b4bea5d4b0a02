"""The command as a person or a script runs it: what it says and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from faults.counts import pairs
from sites import PROJECT, digest, trial_text, write_files

from trialpages.publish.stage import state_folder
from trialpages.state.lock import hold


def run(project: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run build.py in a project folder. A traceback is a failure whatever else happens."""
    done = subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), *words],
        cwd=project,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(
        tmp_path, {"content/site.yaml": "title: T\n", "content/trials/NCT00000001.md": trial_text()}
    )
    (tmp_path / "templates").symlink_to(PROJECT / "templates")
    (tmp_path / "theme").symlink_to(PROJECT / "theme")
    return tmp_path


def test_a_good_build_ends_with_0_and_says_what_it_made(project: Path) -> None:
    done = run(project)
    assert done.returncode == 0, done.stderr
    assert "1 trial: " in done.stderr
    assert (project / "site/index.html").is_file()
    assert run(project, "build", "--quiet").stderr == ""


def test_content_at_fault_ends_with_1_and_leaves_the_site(project: Path) -> None:
    run(project, "--no-search")
    before = digest(project / "site")
    write_files(project, {"content/trials/NCT00000002.md": "---\nnct_id: [\n---\n"})
    done = run(project, "--no-search")
    assert done.returncode == 1
    assert "content/trials/NCT00000002.md:" in done.stderr
    assert digest(project / "site") == before


@pytest.mark.parametrize(
    "words",
    [
        ("no-such-verb",),
        ("build", "--no-such-option"),
        ("build", "--content", "nowhere"),
        ("import",),
        ("import", "nowhere.json"),
        ("build", "--site", "."),
    ],
)
def test_a_wrong_call_ends_with_2(project: Path, words: tuple[str, ...]) -> None:
    done = run(project, *words)
    assert done.returncode == 2, done.stderr
    assert done.stderr
    assert (project / "content/site.yaml").is_file()


def test_a_machine_at_fault_ends_with_3(project: Path) -> None:
    (project / ".site.trialpages").write_text("a file where the state folder goes")
    done = run(project, "--no-search")
    assert done.returncode == 3
    assert not (project / "site").exists()


def test_another_build_running_ends_with_4(project: Path) -> None:
    with hold(state_folder(project / "site")):
        done = run(project, "--no-search")
    assert done.returncode == 4
    assert not (project / "site").exists()


def test_the_build_date_is_the_epoch_that_is_set(project: Path) -> None:
    run(project, "--no-search", SOURCE_DATE_EPOCH="1700000000")
    assert "2023-11-14" in (project / "site/index.html").read_text()
    assert run(project, SOURCE_DATE_EPOCH="soon").returncode == 2


@pytest.mark.parametrize("words", [("--help",), ("build", "--help"), ("import", "--help")])
def test_help_teaches(project: Path, words: tuple[str, ...]) -> None:
    done = run(project, *words)
    assert done.returncode == 0
    assert "--help" in done.stdout
    assert "\x1b[" not in done.stdout


_RECORD = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT00000007", "briefTitle": "A"},
        "statusModule": {"overallStatus": "COMPLETED"},
        "designModule": {"studyType": "OBSERVATIONAL"},
    }
}


def test_import_counts_and_goes_on_after_a_bad_record(project: Path) -> None:
    lines = [json.dumps({"protocolSection": {}}), "{broken", json.dumps(_RECORD)]
    write_files(project, {"records.ndjson": "\n".join(lines)})
    done = run(project, "import", "records.ndjson", "--json")
    assert done.returncode == 1
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["state"] for line in said] == ["failed", "failed", "new"]
    assert said[1]["where"] == "records.ndjson:2"
    assert (project / "content/trials/NCT00000007.md").is_file()


_VERDICTS = {
    ("build", "--no-search"): 0,
    ("check",): 0,
    ("import", "record.json"): 0,
    ("schema",): 0,
    ("--help",): 0,
    ("--version",): 0,
    ("build", "--site", "."): 2,
    ("no-such-verb",): 2,
}


@pytest.mark.parametrize(("words", "closed"), pairs(_VERDICTS, ["both", "stdout", "stderr"]))
def test_a_pipe_that_nobody_reads_changes_no_verdict(
    project: Path, words: tuple[str, ...], closed: str
) -> None:
    write_files(project, {"record.json": json.dumps(_RECORD)})
    reader, writer = os.pipe()
    os.close(reader)
    out, err = (
        writer if closed in (name, "both") else subprocess.DEVNULL for name in ("stdout", "stderr")
    )
    command = [sys.executable, str(PROJECT / "build.py"), *words]
    done = subprocess.run(command, cwd=project, check=False, stdout=out, stderr=err)
    os.close(writer)
    assert done.returncode == _VERDICTS[words]


def test_the_schema_is_written_through_no_link_and_over_none(project: Path) -> None:
    outside, link = project / "outside", project / "content/trial.schema.json"
    outside.write_text("mine")
    link.symlink_to(outside)
    done = run(project, "schema", "--write")
    assert (done.returncode, "a link" in done.stderr) == (2, True)
    assert (outside.read_text(), link.is_symlink()) == ("mine", True)
    assert not (project / "content/README.md").exists()
