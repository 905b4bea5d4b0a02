"""What a change has forgotten, by name: modules, fields, templates and words nobody uses.

workshop.py calls these on copies of the program, without pytest: they take no fixtures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec
import pytest
from sites import PROJECT
from whole_languages import WHOLE

from trialpages.changes.fields import REGISTRY_FIELDS
from trialpages.editor.field_table import with_field_table
from trialpages.exports.forms import FORMS
from trialpages.language.site_language import Language, read_language
from trialpages.pages.own_pages import OWN_PAGES
from trialpages.records.explain import bare
from trialpages.records.field_help import FIELD_HELP
from trialpages.records.model import Trial
from trialpages.records.schema import schema_text
from trialpages.trial.history import field_label
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


_DOORS = {"trialpages.api", "trialpages.machine.environment"}
"""What is called from outside; all else is called by something of ours."""


def named(forgotten: Iterable[str], what_to_do: str) -> str:
    """The message of an assertion that nothing of a kind is forgotten."""
    return f"{what_to_do}: {', '.join(sorted(forgotten))}"


def test_every_module_is_used() -> None:
    modules = {module(path) for path in PACKAGE.rglob("*.py")}
    started = "\n".join(path.read_text("utf-8") for path in _texts())
    unused = {name for name in modules - imported(_code()) - _DOORS if name not in started}
    assert not unused, named(
        unused,
        "import it where its entry belongs (exports/forms.py, importers/known_sources.py, "
        "registries/known_registries.py …), or take it away",
    )


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
    pages = {name for name in _templates() if name.endswith(".html")}
    said = _code() + "\n".join(_templates().values())
    unused = {name for name in pages - _OWN if f'"{name}"' not in said}
    assert not unused, named(
        unused, "name it in trialpages/pages/own_pages.py or in another template"
    )


_OWN = {f"{name}.html" for name in OWN_PAGES}


def test_every_page_that_each_site_has_has_a_template_of_its_own() -> None:
    missing = _OWN - set(_templates())
    assert not missing, named(missing, "write into templates/, or take out of own_pages.py")
    taken = {name for name in _OWN if f'"{name}"' in _code("audit", "editor")}
    assert not taken, named(taken, "give another name in own_pages.py, a page has the template")


def test_every_page_that_the_footer_links_has_its_words() -> None:
    titles = {f"{name}_title" for name, page in OWN_PAGES.items() if page.in_footer}
    missing = titles - _words("en")
    assert not missing, named(missing, "add to templates/strings/en.yaml")


@cache
def _language(code: str) -> Language:
    return read_language(code, _templates())


def _words(code: str) -> set[str]:
    return set(_language(code).words)


def test_every_word_a_template_says_is_in_the_strings() -> None:
    texts = "\n".join(_templates().values())
    used = set(re.findall(r"\bt\.(\w+)", texts))
    counted = set(re.findall(r"\b(?:count\([^,()]+, |in_forms\()\"(\w+)\"", texts))
    assert used and counted
    missing = (used | {f"{key}_{form}" for key in counted for form in ("one", "other")}) - _words(
        "en"
    )
    assert not missing, named(missing, "add to templates/strings/en.yaml")


_NEVER_SHOWN = {"draft", "BrowseLeaf.relevance"}
"""Fields of a trial that a page is not to say."""


def test_every_field_of_a_trial_is_shown_somewhere() -> None:
    """By a template, or by the code that works out what a template shows."""
    shown = "\n".join(text for name, text in _templates().items() if not name.endswith(".yaml"))
    code = shown + _code("records", "importers", "keeping", "form", "updating", "search", "exports")
    words = set(re.findall(r"\.(\w+)", code))
    fields = set(names_below(Trial, set())) - _NEVER_SHOWN
    shown_as = {name: name.rpartition(".")[2] for name in fields}
    hidden = {name for name, said in shown_as.items() if not {said, f"{said}_"} & words}
    assert not hidden, named(hidden, "show it in a template of templates/")


def test_every_field_of_the_model_is_explained() -> None:
    fields = set(names_below(Trial, set()))
    missing, left = fields - set(FIELD_HELP), set(FIELD_HELP) - fields
    assert not missing, named(missing, "say in trialpages/records/field_help.py what it means")
    assert not left, named(left, "take out of trialpages/records/field_help.py")


def names_below(part: type[msgspec.Struct], seen: set[type]) -> list[str]:
    names = []
    for field in msgspec.structs.fields(part):
        prefix = "" if part is Trial else f"{part.__name__}."
        names.append(f"{prefix}{field.encode_name}")
        kind = bare(field.type)
        kind = getattr(kind, "__args__", (kind,))[0]
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind not in seen:
            seen.add(kind)
            names += names_below(kind, seen)
    return names


def test_every_field_that_an_update_can_change_has_a_label() -> None:
    for code in ("en", *WHOLE):
        language = _language(code)
        labels = {field: field_label(field, language) for field in REGISTRY_FIELDS}
        without = [field for field, label in labels.items() if not label or "_" in label]
        hint = f"add to templates/strings/{code}.yaml, or to _KEYS in trialpages/trial/history.py"
        assert not without, named(without, f"{hint}, the word for it")


def test_the_committed_schema_and_table_are_those_of_the_model() -> None:
    schema, table = (PROJECT / "content" / name for name in ("trial.schema.json", "README.md"))
    if not schema.is_file() or not table.is_file():
        pytest.skip("content/ has been replaced: neither schema nor table of fields are kept there")
    readme = table.read_text("utf-8")
    kept, made = schema.read_text("utf-8") + readme, schema_text() + with_field_table(readme)
    other = set(re.findall(r"\w+", kept)) ^ set(re.findall(r"\w+", made))
    assert kept == made, named(other, "run `python3 build.py schema --write`; it has changed")


def test_a_style_sheet_says_start_and_end_and_not_left_and_right() -> None:
    """So that it serves a language that runs from right to left; what is about the screen itself,
    or of one direction alone (`:root[dir]`), may name a side."""
    side = re.compile(
        r"(?<![\w-])(?:(?:margin|padding|border)-)?(?:left|right)(?:-\w+)?: |: (?:left|right)\b"
    )
    sided = [
        f"{path.name}: {line.strip()}"
        for path in (PROJECT / "theme").glob("*.css")
        for line in path.read_text("utf-8").splitlines()
        if side.search(line) and not re.search(r"safe-area|:root", line)
    ]
    assert not sided, named(sided, "say inline-start or inline-end")


def test_every_kind_of_list_and_form_has_its_words() -> None:
    lists = {f"{name}_title" for name in KINDS}
    forms = {f"download_{form.ending.replace('.', '_')}" for form in FORMS.values()}
    missing = (lists | forms) - _words("en")
    assert not missing, named(missing, "add to templates/strings/en.yaml")


def test_every_filter_of_a_kind_of_list_is_a_group_of_the_search() -> None:
    groups = set(re.findall(r'group\("(\w+)"', _templates()["search.html"]))
    unknown = {kind.filter for kind in KINDS.values() if kind.filter} - groups
    assert not unknown, named(unknown, f"say one of {sorted(groups)} in trialpages/trial/kinds.py")


def test_one_browser_is_started_for_all_tests() -> None:
    """Two of Playwright's in a process don't get along: tests take the fixture `browser`."""
    tests = [path for path in (PROJECT / "tests").rglob("*.py") if path != Path(__file__)]
    starting = {path.name for path in tests if "with chromium()" in path.read_text("utf-8")}
    assert starting <= {"conftest.py", "run.py"}


def test_every_number_of_a_record_has_bounds() -> None:
    """A number of 400 digits is good JSON, and no form that a record is kept in can hold it."""
    for name in ("model", "results"):
        text = (PACKAGE / f"records/{name}.py").read_text("utf-8")
        assert re.findall(r"^    (\w+): .*\b(?:int|float)\b", text, re.MULTILINE) == [], name
