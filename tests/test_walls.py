"""How the rooms stand: short modules, imports that point one way, and documents that know them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

from sites import PROJECT
from test_house import PACKAGE, imported, module

_LONGEST = 350
_HALF_A_SCREEN = 40
_TABLES = {"trialpages/records/model.py", "trialpages/records/vocabulary.py"}
"""As long as the registry's own lists of fields and of values."""


def _lines(path: Path) -> int:
    return path.read_text("utf-8").count("\n")


def test_no_module_is_long() -> None:
    modules = [*PACKAGE.rglob("*.py"), *(PROJECT / "theme").rglob("*.js")]
    long = {path.relative_to(PROJECT).as_posix() for path in modules if _lines(path) > _LONGEST}
    assert long - _TABLES == set()


def test_no_function_is_long() -> None:
    """One line an argument is a table, and may be half a screen."""
    long = {
        f"{module(path)}.{one.name}"
        for path in PACKAGE.rglob("*.py")
        for one in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))
        if (one.end_lineno or 0) - one.lineno >= _HALF_A_SCREEN
    }
    assert long == set()


def test_no_imports_run_in_a_circle() -> None:
    """Those for types among them: a reader goes in a circle by them too."""
    imports = {module(path): imported(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}
    left = {name: found & imports.keys() - {name} for name, found in imports.items()}
    while free := {name for name, found in left.items() if not found}:
        left = {name: found - free for name, found in left.items() if name not in free}
    assert left == {}, "in a circle, or above one"


def _floors() -> list[set[str]]:
    """The rooms of ARCHITECTURE.md's line on imports, from the top floor down."""
    told = (PROJECT / "ARCHITECTURE.md").read_text("utf-8")
    line = told.split("Imports point one way: `")[1].split("`")[0]
    return [set(floor.split(", ")) for floor in line.split(" → ")]


def _room(module: str) -> str:
    return [*module.split("."), ""][1]


def test_imports_point_the_way_that_architecture_says() -> None:
    at = {room: number for number, floor in enumerate(_floors()) for room in floor}
    upward = {
        f"{module(path)} imports {other}"
        for path in PACKAGE.rglob("*.py")
        for other in imported(path.read_text("utf-8"))
        if (own := _room(module(path))) in at and _room(other) in at.keys() - {own}
        if at[own] >= at[_room(other)]
    }
    assert upward == set()
    assert at.keys() == _rooms() | {path.stem for path in _at_the_top()}


def _rooms() -> set[str]:
    return {face.parent.name for face in PACKAGE.glob("*/__init__.py")}


def _at_the_top() -> list[Path]:
    return [path for path in PACKAGE.glob("*.py") if not path.name.startswith("__")]


def test_one_name_stands_for_one_thing() -> None:
    """Of what more than its own room speaks of: a reader can't tell which of two is meant."""
    made = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        for one in ast.parse(path.read_text("utf-8")).body:
            if isinstance(one, ast.ClassDef):
                made[one.name].add(module(path))
    away = {
        (_room(module(path)), name)
        for path in PACKAGE.rglob("*.py")
        for name in imported(path.read_text("utf-8"))
    }
    spoken = {name for room, name in away if _room(name) != room}
    twice = {
        name: rooms
        for name, modules in made.items()
        if len(rooms := {one for one in modules if f"{one}.{name}" in spoken}) > 1
    }
    assert twice == {}


_STORIES = 15
"""More modules outside a room than this are a room that nobody has named."""


def test_the_top_holds_few_modules() -> None:
    assert len(_at_the_top()) <= _STORIES


_PURE = (
    "exports", "lists", "pages", "results", "trial", "changes", "prose", "records", "text",
)  # fmt: skip
_OUTSIDE = re.compile(
    r"^ *(?:import|from) (?:os|pathlib|shutil|subprocess|sys|time)\b|\.(?:now|today)\(",
    re.MULTILINE,
)


_OWN_TABLE = {"countries.py"}
"""Reads a table that is a part of the program."""


def test_what_a_page_is_made_of_knows_no_disk_clock_or_process() -> None:
    paths = [path for room in _PURE for path in (PACKAGE / room).rglob("*.py")]
    found = {path.name for path in paths if _OUTSIDE.search(path.read_text("utf-8"))}
    assert found - _OWN_TABLE == set()


def test_every_module_at_the_top_is_in_architecture() -> None:
    told = (PROJECT / "ARCHITECTURE.md").read_text("utf-8")
    names = {f"{room}/" for room in _rooms()} | {path.name for path in _at_the_top()}
    assert {name for name in names if f"\n      {name} " not in told} == set()


_WALKED = {"trialpages/exports/csl.py", "trialpages/importers/northern.py"}
"""What docs/changing.md makes anew."""


def test_modules_that_texts_name_are_there() -> None:
    texts = [*PACKAGE.rglob("*.py"), *(PROJECT / "theme").rglob("*.js")]
    texts += [*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")]
    rooms = ("trialpages", "tests", "bench", "theme")
    there = [path.as_posix() for room in rooms for path in (PROJECT / room).rglob("*.py")]
    there.append((PROJECT / "build.py").as_posix())
    gone = {
        f"{path.relative_to(PROJECT)}: {name}"
        for path in texts
        for name in re.findall(r"[\w/-]+\.py\b", path.read_text("utf-8"))
        if not any(f"/{one}".endswith("/" + name.strip("/")) for one in there)
    }
    assert {one for one in gone if one.split(": ")[1] not in _WALKED} == set()
