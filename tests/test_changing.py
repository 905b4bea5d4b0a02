"""The walks of docs/changing.md, made on a copy of the program as they are written there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from sites import PROJECT, Once, trial_text, write_files

from trialpages.editor.field_table import with_field_table
from trialpages.records.schema import schema_text

_GUIDE = (PROJECT / "docs/changing.md").read_text("utf-8")
_BLOCK = re.compile(r"```\w+\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
_BELOW = re.compile(r"[Ii]n `([^`]+)`, below `(.+)`:\s+$")
_NEW = re.compile(r"A new file, `([^`]+)`:\s+$")
_RUN = re.compile(r"Run `([^`]+)`")


@dataclass(frozen=True)
class Edit:
    """Lines for a file: below the line that begins so, or all of a new one."""

    file: str
    below: str
    lines: str

    def make(self, folder: Path) -> None:
        path = folder / self.file
        text = self.lines
        if self.below:
            text = path.read_text("utf-8")
            line = next(one for one in text.splitlines(True) if one.strip().startswith(self.below))
            indent = line[: len(line) - len(line.lstrip())]
            text = text.replace(line, line + textwrap.indent(self.lines, indent), 1)
        path.unlink(missing_ok=True)  # the copies share their files until one is changed
        path.write_text(text, encoding="utf-8", newline="\n")


@dataclass(frozen=True)
class Step:
    edits: tuple[Edit, ...]
    commands: tuple[str, ...]


def steps(title: str) -> list[Step]:
    """The numbered steps of a walk, with the code of each."""
    section = _GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0].split("\n### ")[0]
    return [_step(text) for text in re.split(r"\n\d\. ", section)[1:]]


def _step(text: str) -> Step:
    edits = []
    for block in _BLOCK.finditer(text):
        before = text[: block.start()]
        below, new = _BELOW.search(before), _NEW.search(before)
        lines = textwrap.dedent(block[1])
        if below:
            edits.append(Edit(below[1], below[2], lines))
        elif new:
            edits.append(Edit(new[1], "", lines))
        else:
            raise AssertionError(f"where does this belong?\n{block[1]}")
    return Step(tuple(edits), tuple(_RUN.findall(text)))


@dataclass(frozen=True)
class Walk:
    title: str
    word: str
    """What an error must say where a step was forgotten."""
    files: dict[str, str]
    """What somebody writes who wants what is new."""
    page: str
    """Below site/, and what it says when all is done."""
    says: str


def _site(settings: str) -> dict[str, str]:
    return {"content/site.yaml": f"title: Small\n{settings}"}


_TRIAL = "content/trials/NCT00000001.md"
_CRITERIA = "Inclusion Criteria:\n\n* Has crossed a sea"
_RECORD = {
    "who": _CRITERIA,
    "sea": "North",
    "northern_number": "NR-2024-0007",
    "title": "Calm seas",
}
_RECORD |= {"status": "recruiting", "kind": "observational"}

WALKS = (
    Walk(
        "A field of a trial",
        "everyday_name",
        {_TRIAL: trial_text().replace("study_type", "everyday_name: Nap study\nstudy_type")},
        "trials/NCT00000001.html",
        "<dt>In everyday words</dt><dd>Nap study</dd>",
    ),
    Walk(
        "A kind of list",
        "keywords",
        {
            _TRIAL: trial_text().replace("study_type", "keywords:\n  - Rest\nstudy_type"),
            **_site("publish:\n  lists: [keywords]\n"),
        },
        "keywords/rest.html",
        "Rest for migraine",
    ),
    Walk(
        "A form for other programs",
        "csl",
        _site("publish:\n  forms: [csl]\n"),
        "trials/NCT00000001.csl.json",
        '"title":"Rest for migraine"',
    ),
    Walk("A language", "`eo`", _site("language: eo\n"), "trials/index.html", "1 studo"),
    Walk(
        "A registry or another form of record",
        "northern",
        {"records/one.json": json.dumps(_RECORD)},
        "trials/NR-2024-0007.html",
        "Has crossed a sea",
    ),
    Walk("A page that every site has", "thanks", {}, "thanks.html", "<h1>Thank you</h1>"),
)


@dataclass(frozen=True)
class Tried:
    folder: Path
    good: bool
    said: str


@pytest.fixture(scope="module")
def tried(once: Once) -> dict[str, Tried]:
    """Each walk whole, and without each of its steps: `A language`, `A language without 1`."""
    lines = (once("copies", _try_all) / "tried").read_text("utf-8").splitlines()
    found = [Tried(Path(one["folder"]), one["good"], one["said"]) for one in map(json.loads, lines)]
    return {one.folder.name: one for one in found}


def _try_all(root: Path) -> None:
    _copy_program(root / "as it is")
    folder = root / "as it is"
    said = _try([folder])  # leaves compiled templates for all others
    assert json.loads(said)["good"], said
    shutil.rmtree(folder / "site")
    shutil.rmtree(folder / ".site.trialpages/records")
    for name in ("memory", "lock"):
        (folder / ".site.trialpages" / name).unlink()
    folders = [_all_changed(root)]
    for walk in WALKS:
        whole = steps(walk.title)
        for left_out in range(len(whole) + 1):
            name = f"{walk.title} without {left_out}" if left_out else walk.title
            taken = [step for number, step in enumerate(whole, 1) if number != left_out]
            folders.append(_changed(root, name, walk, taken))
    with ThreadPoolExecutor() as pool:
        halves = pool.map(_try, (folders[::2], folders[1::2]))
        (root / "tried").write_text("".join(halves), encoding="utf-8")


def _copy_program(folder: Path) -> None:
    away = shutil.ignore_patterns("faults", "truths", "fuzz", "schemas")
    for name in ("trialpages", "templates", "theme", "tests"):
        shutil.copytree(PROJECT / name, folder / name, ignore=away)
    for name in ("pyproject.toml", "Makefile", "build.py"):
        shutil.copy2(PROJECT / name, folder)
    files = {
        "content/README.md": with_field_table("# What an editor writes\n"),
        "content/trial.schema.json": schema_text(),
        "commands.txt": "",
        _TRIAL: trial_text(),
        **_site(""),
    }
    write_files(folder, dict(files))


def _changed(root: Path, name: str, walk: Walk, taken: list[Step]) -> Path:
    folder = root / name
    shutil.copytree(root / "as it is", folder, copy_function=_shared)
    shutil.rmtree(folder / "content")  # a command writes there
    shutil.copytree(root / "as it is/content", folder / "content")
    commands = "\n".join(command for step in taken for command in step.commands)
    files = walk.files | {"commands.txt": commands}
    for path in files:
        (folder / path).unlink(missing_ok=True)
    write_files(folder, dict(files))
    for step in taken:
        for edit in step.edits:
            edit.make(folder)
    return folder


_TOGETHER = "all walks"


def _all_changed(root: Path) -> Path:
    """A copy on which every walk is made."""
    walks = [step for walk in WALKS for step in steps(walk.title)]
    folder = _changed(root, _TOGETHER, WALKS[0], walks)
    (folder / "northern_registry.py").write_text(_over_the_network(), encoding="utf-8")
    return folder


def _over_the_network() -> str:
    section = _GUIDE.split("\n### Over the network\n")[1]
    found = _BLOCK.search(section)
    assert found
    return found[1]


def _shared(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _try(folders: list[Path]) -> str:
    """What came of each folder, a line of JSON each."""
    command = [sys.executable, str(PROJECT / "tests/workshop.py"), *map(str, folders)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.word)
def test_a_walk_ends_where_it_says(walk: Walk, tried: dict[str, Tried]) -> None:
    assert tried[walk.title].good, tried[walk.title].said
    assert walk.says in (tried[walk.title].folder / "site" / walk.page).read_text("utf-8")


_STEPS = [(walk, number) for walk in WALKS for number in range(1, len(steps(walk.title)) + 1)]


@pytest.mark.parametrize(("walk", "number"), _STEPS, ids=lambda one: getattr(one, "word", one))
def test_a_forgotten_step_is_named(walk: Walk, number: int, tried: dict[str, Tried]) -> None:
    without = tried[f"{walk.title} without {number}"]
    assert not without.good
    assert walk.word in without.said


def test_the_code_of_all_walks_passes_the_linter_and_the_type_checker(
    tried: dict[str, Tried],
) -> None:
    all_walks = tried[_TOGETHER]
    assert all_walks.good, all_walks.said
    edits = [edit for walk in WALKS for step in steps(walk.title) for edit in step.edits]
    files = {edit.file for edit in edits if edit.file.endswith(".py")} | {"northern_registry.py"}
    for command in (
        ("ruff", "check", "--no-cache", "--ignore", "I001"),
        ("ruff", "format", "--check", "--no-cache"),
        ("mypy", "--cache-dir", os.devnull),
    ):
        asked = [sys.executable, "-m", *command, *sorted(files)]
        done = subprocess.run(asked, cwd=all_walks.folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode()
