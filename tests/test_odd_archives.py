"""Members of a zip with names of every kind: read or named, never a path, never shown raw."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from trialpages.cli import cli
from trialpages.importers.sources import find_records
from trialpages.problems import Problem

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
    "",
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
    ours = {tmp_path / "a.zip", tmp_path / "in/.content.trialpages/lock"}
    assert all(path.is_relative_to(content) for path in written - ours)
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
    assert (status, said.count("warning")) == (0, 1), said  # of the record, which is cut


def _nested(inner: bytes, levels: int) -> bytes:
    for _ in range(levels):
        inner = gzip.compress(inner)
    return inner


def test_what_lies_too_deep_is_not_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(_nested(b"{}", 6))
    status, said = import_into(tmp_path / "content", tmp_path / "a.gz")
    assert (status, "damaged" in said, "more than 4 archives" in said) == (1, False, True)
    assert "→ unpack it" in said


def test_a_member_is_told_with_its_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "y.zip", "w") as file:
        file.writestr("sub/x.txt", "Not a page of a trial\n")
    _, said = import_into(tmp_path / "content", tmp_path / "y.zip")
    assert "y.zip/sub/x.txt" in said


def test_a_line_of_many_that_is_no_json_is_told_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "nd.ndjson").write_text('{"a": 1}\n{"a": 1}\n\nnot json at all\n')
    _, said = import_into(tmp_path / "content", tmp_path / "nd.ndjson")
    assert ("nd.ndjson:4:1  " in said, "  4 | not json at all" in said) == (True, True)


def test_a_bomb_comes_with_advice_and_a_library_says_little(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("b.json", b" " * 5_000_000)
        file.writestr("n" * 1_000 + ".json", b"{}")
    whole = (tmp_path / "b.zip").read_bytes()
    at = whole.index(b"n" * 1_000)
    (tmp_path / "b.zip").write_bytes(whole[:at] + b"m" * 1_000 + whole[at + 1_000 :])
    _, said = import_into(tmp_path / "content", tmp_path / "b.zip")
    assert "→ unpack it" in said
    assert "m" * 300 not in said


def _spoilt(old: bytes, new: bytes) -> bytes:
    """A zip of one small record in which some bytes are others."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a.json", b"{} ")
    whole = packed.getvalue()
    assert old in whole
    return whole.replace(old, new, 1)


_GZIP = gzip.compress(b"{} ", mtime=0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_spoilt(b"a.json", b"b.json"), "a member's name isn't the one in the archive's table"),
        (_spoilt(b"{} ", b"[] "), "what came out isn't what was packed"),
        (_spoilt(b"PK\x01\x02", b"PK\x01\x00"), "table of contents makes no sense"),
        (_spoilt(b"PK\x05\x06", b"PK\x05\x00"), "table of contents is missing"),
        (_spoilt(b"\0\0\0\0a.json", b"\1\0\0\0a.json"), "leads to no member"),
        (_spoilt(b"\x14\3\x14\0", b"\x14\3\xff\0"), "a way that isn't read"),
        (_GZIP[:-3], "it ends too early"),
        (_GZIP[:-1] + b"\x01", "what came out isn't what was packed"),
        (_GZIP[:10] + b"\xff" + _GZIP[11:], "what is packed is spoilt"),
        (_GZIP + b"more", "something else follows what was packed"),
        (b"\xff\xfe{\0\0\xd8a\0}\0", "its text isn't what it says it is"),
    ],
)
def test_what_is_damaged_is_told_in_our_words(content: bytes, said: str) -> None:
    *_, found = find_records(["-"], io.BytesIO(content))
    problem = found.content
    assert isinstance(problem, Problem)
    assert said in problem.message
    assert not re.search("a.json|0x|magic|CRC|-3|codec|[Uu]nicode|directory", problem.message)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes with names")
def test_links_and_pipes_in_a_folder_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    archive(folder / "a.zip", "a.json")
    (folder / "link.json").symlink_to(folder / "a.zip")
    os.mkfifo(folder / "pipe.json")
    os.mkfifo(folder / ".hidden")
    status, said = import_into(tmp_path / "content", folder)
    assert status == 0
    assert ("link.json  warning: not read: this is a link" in said) is True
    assert ("pipe.json  warning: not read: this is a pipe" in said) is True
    assert ".hidden" not in said
