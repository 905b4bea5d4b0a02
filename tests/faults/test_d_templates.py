"""Group D: templates; and that what must pass one gate has no second one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import StrictUndefined
from sites import PROJECT

from faults.rows import ROWS, Row, number_of
from faults.sandbox import command, project
from trialpages.templating.templates import _environment

PACKAGE = PROJECT / "trialpages"

# --- 25 -----------------------------------------------------------------------------------------

_WRONG = (
    # template, what it says, the template and line that is named
    ("trial.html", "one\n{{ no_such_thing }}", "trial.html:2"),
    ("trial.html", "{{ trial.no_such_field }}", "trial.html:1"),
    ("trial.html", "{{ t.no_such_word }}", "trial.html:1"),
    ("trial.html", "{{ page.no.such.thing }}", "trial.html:1"),
    ("trial.html", "one\ntwo\n{{ trial.conditions[99] }}", "trial.html:3"),
    ("trial.html", "{{ asset('none.css') }}", "trial.html:1"),
    ("trial.html", "{{ trial.brief_title + 1 }}", "trial.html:1"),
    ("trial.html", "{{ 1 / 0 }}", "trial.html:1"),
    ("trial.html", "{{ trial.brief_title() }}", "trial.html:1"),
    ("trial.html", "one\n{% if %}", "trial.html:2"),
    ("trial.html", "{% for x in %}{% endfor %}", "trial.html:1"),
    ("trial.html", "{% if true %}", "trial.html:1"),
    ("trial.html", "{{ trial | no_such_filter }}", "trial.html:1"),
    ("trial.html", "{{ trial is no_such_test }}", "trial.html:1"),
    ("trial.html", "{{ 'open }}", "trial.html:1"),
    ("trial.html", "{% block a %}{% endblock b %}", "trial.html:1"),
    ("trial.html", "{% no_such_tag %}", "trial.html:1"),
    ("base.html", "one\n{% include 'missing.html' %}", "base.html:2"),
    ("trial.html", "{% extends 'missing.html' %}", "trial.html:1"),
    ("index.html", "{% from 'missing.html' import x %}", "index.html:1"),
    ("_card.html", "{{ card.no_such_field }}", "_card.html:1"),
    ("trial.html", "{% include 'trial.html' %}", "trial.html:1"),
    ("strings/en.yaml", "- a\n", "strings/en.yaml"),
)


def test_row_25_faults_in_templates(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path, trials=2)
    templates = made.own_templates()
    assert made.command("--no-search").status == 0
    before, wrong = made.digest(), list[object]()
    for name, text, place in _WRONG:
        right = (templates / name).read_text()
        (templates / name).write_text(text)
        done = made.command("--no-search")
        (templates / name).write_text(right)
        if not (
            done.status == 1 and done.is_clear and place in done.said and made.digest() == before
        ):
            wrong.append((text, done))
    on_workers = _on_two_workers(tmp_path / "many")
    environment = _settings()
    row.reached(
        f"{len(_WRONG) - len(wrong)} of {len(_WRONG)} reported with file and line, unchanged; also "
        f"from a worker of a large site: {'yes' if on_workers else 'NO'}; {environment}"
    )
    assert wrong == []
    assert on_workers
    assert environment == "autoescape and StrictUndefined on"


def _on_two_workers(folder: Path) -> bool:
    """A fault met in another process than the one that prints it."""
    made = project(folder, trials=120)
    (made.own_templates() / "trial.html").write_text("one\n{{ nothing }}")
    done = command(made.words("--no-search", "--jobs", "2"))
    return done.status == 1 and done.is_clear and "trial.html:2" in done.said


def _settings() -> str:
    from trialpages.language.site_language import read_language
    from trialpages.settings.site_file import Site
    from trialpages.templating.look import Look
    from trialpages.templating.theme import Theme

    strings = (PROJECT / "templates/strings/en.yaml").read_text("utf-8")
    language = read_language("en", {"strings/en.yaml": strings})
    environment = _environment(Look({}, Site(), "2025-10-01", language, Theme({}, {})), None)
    strict = issubclass(environment.undefined, StrictUndefined)
    return "autoescape and StrictUndefined on" if environment.autoescape and strict else "LOOSE"


# --- 26 -----------------------------------------------------------------------------------------


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8"))


def _calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _last_name(node.func) == name:
            yield node


def _last_name(called: ast.expr) -> str:
    return str(getattr(called, "attr", getattr(called, "id", "")))


def _is_constant(call: ast.Call) -> bool:
    return all(isinstance(argument, ast.Constant) for argument in call.args)


_LOOSE = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape|Markup|\|\s*xmlattr\b")


def test_row_26_one_place_makes_markup(row: Row) -> None:
    made = {
        name
        for name, tree in _modules()
        for call in _calls(tree, "Markup")
        if not _is_constant(call)
    }
    loose = [
        f"{path.name}: {found}"
        for path in sorted((PROJECT / "templates").rglob("*"))
        if path.suffix in (".html", ".xml", ".txt")
        for found in _LOOSE.findall(path.read_text("utf-8"))
    ]
    row.reached(
        f"markup is made of text in {len(made)} module ({', '.join(sorted(made))}; elsewhere only "
        f"of constants, whose blanks are escaped); {len(loose)} loose in templates"
    )
    assert made == {"prose/markup.py"}
    assert loose == []


# --- one gate each ------------------------------------------------------------------------------


def _importers(module: str) -> set[str]:
    """The modules that import this one when they run; for types alone doesn't count."""
    return {name for name, found in _imported().items() if module in found}


@cache
def _imported() -> dict[str, set[str]]:
    """By module, the top of what each imports when it runs."""
    return {name: set(_imports(tree)) for name, tree in _modules()}


def _imports(node: ast.AST) -> Iterator[str]:
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.Import):
            yield from (alias.name.split(".")[0] for alias in inner.names)
        elif isinstance(inner, ast.ImportFrom):
            yield (inner.module or "").split(".")[0]
        elif not _is_for_types(inner):
            yield from _imports(inner)


def _is_for_types(node: ast.AST) -> bool:
    test = node.test if isinstance(node, ast.If) else None
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def test_yaml_has_one_entry() -> None:
    """remarks.py only asks where the scalars stand in a text that front_matter.py has read, and
    form/config.py only writes the settings of a program that isn't ours."""
    others = {
        "text/remarks.py": {"load", "compose"},
        "form/config.py": {"load", "compose", "parse"},
    }
    assert _importers("yaml") == {"text/front_matter.py", *others}
    for name, tree in _modules():
        used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not [word for word in others.get(name, ()) for one in used if one.startswith(word)]


def test_markdown_has_one_entry() -> None:
    """commonmark.py makes the parsers, grammar.py says what texts may use of it; markup.py renders,
    escape.py only looks how a line reads."""
    assert _importers("markdown_it") == {"text/commonmark.py", "prose/grammar.py"}
    users = {name for name, tree in _modules() if any(_calls(tree, "new_parser"))}
    assert users == {"prose/grammar.py", "importers/escape.py"}
    rendering = {
        name
        for name, tree in _modules()
        for one in ast.walk(tree)
        if isinstance(one, ast.Attribute) and one.attr.startswith("render")
        if _last_name(one.value) == "renderer"
    }
    assert rendering == {"prose/markup.py"}


def test_addresses_have_one_check() -> None:
    """addresses.py makes the site's own; `audit` and `registries` make none that a page holds.

    registry_numbers.py only compares hosts, picture_copies.py reads names of a picture's parts,
    own_links.py names of pictures.
    """
    asking = ("audit/", "registries/")
    reading = {
        "records/registry_numbers.py",
        "settings/picture_copies.py",
        "prose/own_links.py",
    }
    users = {name for name in _importers("urllib") if not name.startswith(asking)}
    assert users - reading == {"text/weblinks.py", "addresses.py"}


_NEAR_JINJA = {
    "state/compiled.py",
    "templating/flat_templates.py",
    "templating/flat_generator.py",
    "templating/template_trees.py",
}
"""Keeps what Jinja2 compiled; changes how a template is compiled. None of them renders."""


def test_jinja_has_one_user() -> None:
    assert _importers("jinja2") - _NEAR_JINJA == {"templating/templates.py"}


def test_no_shell_and_one_other_program() -> None:
    """Pagefind is the one program a build runs.

    environment.py sets up before there is a build; `admin` alone asks npm for the web form.
    """
    running = {"search/pagefind.py", "machine/environment.py", "form/install.py"}
    assert _importers("subprocess") == running
    for name, tree in _modules():
        for call in ast.walk(tree):
            if isinstance(call, ast.keyword) and call.arg == "shell":
                raise AssertionError(f"{name} uses a shell")
    evaluating = {
        f"{name}: {ast.unparse(call.func)}"
        for name, tree in _modules()
        for each in ("eval", "exec", "system", "popen")
        for call in _calls(tree, each)
        if ast.unparse(call.func) in ("eval", "exec", "os.system", "os.popen")
    }
    assert evaluating == set()


# --- the list itself ----------------------------------------------------------------------------


def test_every_row_has_a_test_of_its_name() -> None:
    names = [
        node.name
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_row_")
    ]
    assert set(map(number_of, names)) == set(ROWS)
