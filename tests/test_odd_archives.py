"""Members of a zip with names of every kind: read or named, never a path, never shown raw."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from trialpages.cli import cli

READ = (
    "../x.json",
    "/etc/x.json",
    "C:\\x.json",
    "a\\..\\..\\x.json",
    "con.json",
    "a/NUL.json",
    "Twin.json",
    "twin.JSON",
    "twice.json",
    "twice.json",
    "..json",
    "x\n::error file=a::.json",
    "x\x1b[2J\x1b]0;t\x07.json",
    "\u202enosj.json",
    "x" * 1_000 + ".json",
    "~/-rf *.json",
)
LEFT_OUT = (
    ".x.json",
    "x",
    "x.exe",
    "x.json ",
    "x.json.",
    "x\n::error file=a::",
    "x\x1b]0;t\x07",
    "\u202enosj",
    "nul\x00.json",
)
OF_SYSTEMS = ("__MACOSX/._x.json", ".DS_Store", "a/._x.json", "Thumbs.db")


def archive(path: Path, *names: str, broken: bool = False) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for number, name in enumerate(names, start=1):
            ids = {"nctId": f"NCT{number:08d}", "briefTitle": f"Trial {number}"}
            modules = {
                "identificationModule": ids,
                "statusModule": {"overallStatus": "RECRUITING"},
                "designModule": {"studyType": "INTERVENTIONAL"},
            }
            member = zipfile.ZipInfo("x")
            member.filename = name
            file.writestr(member, "{" if broken else json.dumps({"protocolSection": modules}))
    return path


def import_into(content: Path, path: Path, *words: str) -> tuple[int, str]:
    words = ("import", str(path), "--content", str(content), *words)
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    return done.return_value, done.output


def harmless(said: str) -> bool:
    lines = said.split("\n")
    return all(line.isprintable() and not line.lstrip().startswith("::") for line in lines)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_name_of_a_member_is_a_path(tmp_path: Path) -> None:
    content = tmp_path / "in/content"
    (content / "trials").mkdir(parents=True)
    status, said = import_into(content, archive(tmp_path / "a.zip", *READ))
    assert (status, harmless(said)) == (0, True), said
    written = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert all(path.is_relative_to(content) for path in written - {tmp_path / "a.zip"})
    trials = {path.stem for path in (content / "trials").glob("*.md")}
    assert trials == {f"NCT{number:08d}" for number in range(1, len(READ) + 1)}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_wrong_with_each_is_said_without_acting(tmp_path: Path) -> None:
    (tmp_path / "content/trials").mkdir(parents=True)
    path = archive(tmp_path / "a.zip", *READ, broken=True)
    status, said = import_into(tmp_path / "content", path)
    assert (status, harmless(said)) == (1, True), said
    assert f"{len(READ)} failed" in said


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_not_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "content/trials").mkdir(parents=True)
    path = archive(tmp_path / "a.zip", "x.json", *OF_SYSTEMS, name)
    status, said = import_into(tmp_path / "content", path)
    assert (status, harmless(said)) == (0, True), said
    assert "1 new\n" in said
    shown = name.partition("\x00")[0].encode("unicode_escape").decode()
    assert f"a.zip  warning: not read: `{shown}`\n" in said
    lines = import_into(tmp_path / "content", path, "--json")[1].splitlines()
    states = [json.loads(line)["state"] for line in lines if line.startswith("{")]
    assert sorted(states) == ["left out", "unchanged"]


def test_of_many_the_first_are_named(tmp_path: Path) -> None:
    (tmp_path / "content/trials").mkdir(parents=True)
    path = archive(tmp_path / "a.zip", "x.json", *(f"{number}.csv" for number in range(2_000)))
    _, said = import_into(tmp_path / "content", path)
    assert "not read: `0.csv`, `1.csv`, `2.csv`, `3.csv`, `4.csv` and 1,995 more\n" in said


def test_what_systems_put_beside_files_is_not_worth_a_word(tmp_path: Path) -> None:
    (tmp_path / "content/trials").mkdir(parents=True)
    path = archive(tmp_path / "a.zip", "x.json", *OF_SYSTEMS)
    status, said = import_into(tmp_path / "content", path)
    assert (status, "warning" in said) == (0, False), said
