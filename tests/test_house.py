"""What a change has forgotten, by name: modules, fields, templates and words nobody uses."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec
from sites import PROJECT

from trialpages.exports.forms import FORMS
from trialpages.language import read_language
from trialpages.records.model import Trial
from trialpages.trial.kinds import KINDS

_PACKAGE = PROJECT / "trialpages"


_IMPORT = re.compile(r"^ *from (trialpages[\w.]*) import (\([^)]*\)|.*)", re.MULTILINE)


def _module(path: Path) -> str:
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def _imported(text: str) -> set[str]:
    """The modules that a module imports; the names of functions are among them."""
    found = set()
    for room, names in _IMPORT.findall(text):
        found |= {room, *(f"{room}.{name}" for name in re.findall(r"\w+", names))}
    return found


_DOORS = {"trialpages.__main__", "trialpages.api", "trialpages.environment"}
"""What is called from outside; all else is called by something of ours."""


def test_every_module_is_used() -> None:
    modules = {_module(path) for path in _PACKAGE.rglob("*.py")}
    started = "\n".join(path.read_text("utf-8") for path in _texts())
    unused = modules - _imported(_code()) - _DOORS
    assert {name for name in unused if name not in started} == set()


def _texts() -> list[Path]:
    """What starts modules by their names."""
    workflows = [*(PROJECT / ".github").rglob("*.yml")]
    return [PROJECT / "build.py", PROJECT / "Makefile", PROJECT / "pyproject.toml", *workflows]


@cache
def _templates() -> dict[str, str]:
    paths = sorted((PROJECT / "templates").rglob("*.*"))
    return {
        path.relative_to(PROJECT / "templates").as_posix(): path.read_text("utf-8")
        for path in paths
        if path.suffix != ".md"
    }


@cache
def _code(*but: str) -> str:
    """The program's text without the rooms of these names."""
    paths = sorted(_PACKAGE.rglob("*.py"))
    kept = (path for path in paths if not {*but} & {*path.relative_to(_PACKAGE).parts})
    return "\n".join(path.read_text("utf-8") for path in kept)


def test_every_template_is_used() -> None:
    from trialpages.own_pages import OWN_PAGES

    pages = {name for name in _templates() if name.endswith(".html")}
    said = _code() + "\n".join(_templates().values())
    own = {f"{name}.html" for name in OWN_PAGES}
    assert {name for name in pages - own if f'"{name}"' not in said} == set()


_NEVER_SHOWN = {"draft"}
"""Fields of a trial that a page is not to say."""


def test_every_field_of_a_trial_is_shown_somewhere() -> None:
    """By a template, or by the code that works out what a template shows."""
    shown = "\n".join(text for name, text in _templates().items() if not name.endswith(".yaml"))
    words = set(re.findall(r"\w+", shown + _code("records", "importers", "keeping", "form")))
    fields = {field.name for field in msgspec.structs.fields(Trial)}
    assert fields - words - _NEVER_SHOWN == set()


def test_every_kind_of_list_and_form_has_its_words() -> None:
    words = read_language("en", _templates()).words
    lists = {f"{name}_title" for name in KINDS}
    forms = {f"download_{form.ending.replace('.', '_')}" for form in FORMS.values()}
    assert (lists | forms) - set(words) == set()


# --- the walls ----------------------------------------------------------------------------------

_LONGEST = 350
_TABLES = {"trialpages/records/model.py", "trialpages/records/vocabulary.py"}
"""As long as the registry's own lists of fields and of values."""


def _lines(path: Path) -> int:
    return path.read_text("utf-8").count("\n")


def test_no_module_is_long() -> None:
    modules = [*_PACKAGE.rglob("*.py"), *(PROJECT / "theme").rglob("*.js")]
    long = {path.relative_to(PROJECT).as_posix() for path in modules if _lines(path) > _LONGEST}
    assert long - _TABLES == set()


def test_no_imports_run_in_a_circle() -> None:
    """Those for types among them: a reader goes in a circle by them too."""
    imports = {_module(path): _imported(path.read_text("utf-8")) for path in _PACKAGE.rglob("*.py")}
    left = {name: found & imports.keys() - {name} for name, found in imports.items()}
    while free := {name for name, found in left.items() if not found}:
        left = {name: found - free for name, found in left.items() if name not in free}
    assert left == {}, "in a circle, or above one"


def test_every_module_at_the_top_is_in_architecture() -> None:
    told = (PROJECT / "ARCHITECTURE.md").read_text("utf-8")
    rooms = {path.parent.name + "/" for path in _PACKAGE.glob("*/__init__.py")}
    modules = {path.name for path in _PACKAGE.glob("*.py")} - {"__init__.py", "__main__.py"}
    assert {name for name in rooms | modules if name not in told} == set()


def test_every_room_names_its_modules() -> None:
    unnamed = set()
    for face in _PACKAGE.rglob("*/__init__.py"):
        told = face.read_text("utf-8")
        stems = {path.stem for path in face.parent.glob("*.py")} - {"__init__"}
        if len(stems) > 1:
            unnamed |= {f"{face.parent.name}/{stem}" for stem in stems if stem not in told}
    assert unnamed == set()


_WALKED = {"trialpages/exports/csl.py", "trialpages/importers/northern.py"}
"""What docs/changing.md makes anew."""


def test_modules_that_texts_name_are_there() -> None:
    texts = [*_PACKAGE.rglob("*.py"), *(PROJECT / "theme").rglob("*.js")]
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
