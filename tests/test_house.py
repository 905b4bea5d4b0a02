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

PACKAGE = PROJECT / "trialpages"


_IMPORT = re.compile(r"^ *from (trialpages[\w.]*) import (\([^)]*\)|.*)", re.MULTILINE)


def module(path: Path) -> str:
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def imported(text: str) -> set[str]:
    """The modules that a module imports; the names of functions are among them."""
    found = set()
    for room, names in _IMPORT.findall(text):
        found |= {room, *(f"{room}.{name}" for name in re.findall(r"\w+", names))}
    return found


_DOORS = {"trialpages.__main__", "trialpages.api", "trialpages.environment"}
"""What is called from outside; all else is called by something of ours."""


def test_every_module_is_used() -> None:
    modules = {module(path) for path in PACKAGE.rglob("*.py")}
    started = "\n".join(path.read_text("utf-8") for path in _texts())
    unused = modules - imported(_code()) - _DOORS
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
    paths = sorted(PACKAGE.rglob("*.py"))
    kept = (path for path in paths if not {*but} & {*path.relative_to(PACKAGE).parts})
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


def test_one_browser_is_started_for_all_tests() -> None:
    """Two of Playwright's in a process don't get along: tests take the fixture `browser`."""
    tests = [path for path in (PROJECT / "tests").rglob("*.py") if path != Path(__file__)]
    starting = {path.name for path in tests if "with chromium()" in path.read_text("utf-8")}
    assert starting <= {"conftest.py", "run.py"}
