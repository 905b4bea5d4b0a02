"""Flattened templates say what plain ones say, and a fault in one is found where it is written."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest
from jinja2.compiler import CodeGenerator
from markupsafe import Markup
from rich import RICH_ID, rich_results, rich_trial
from sites import AS_OF, folders, trial_text, write_files

from trialpages.build import Request, plan_of
from trialpages.pages.parts import Page
from trialpages.phases.plan import EditionPlan
from trialpages.phases.rendering import Renderer
from trialpages.problems import ContentFailure
from trialpages.publish.stage import staging
from trialpages.templating import templates
from trialpages.templating.flat_generator import KNOWN, FlatGenerator, knows, text

MANY = templates.MANY


def environment(texts: dict[str, str]) -> jinja2.Environment:
    found = jinja2.Environment(
        loader=jinja2.DictLoader(texts), autoescape=True, undefined=jinja2.StrictUndefined
    )
    words = templates._Names(word="Wo<rd", with_name="{name}!")
    found.globals |= {"t": words, "count": len, "given": given}
    return found


@jinja2.pass_context
def given(context: jinja2.runtime.Context, name: str) -> object:
    return context[name]


MACROS = """{% set own = "of the module" %}
{% macro bare() %}bare {{ page }}{% endmacro %}
{% macro one(a, b="B") %}[{{ a }}|{{ b }}|{{ t.word }}]{% endmacro %}
{% macro two(a) %}<{{ one(a, b=a) }}{% if a %}{{ bare() }}{% endif %}>{% endmacro %}
{% macro module() %}{{ own }}{% endmacro %}
{% set written %}written{{ page }}{% endset %}
{% macro also() %}{{ written }}{% endmacro %}
{% macro deep(n) %}{{ n }}{% if n %}{{ deep(n - 1) }}{% endif %}{% endmacro %}
{% macro loops(xs) %}{% for a in xs %}{{ loop.index }}{{ a }}{% set z=a %}{% endfor %}{% endmacro %}
{% macro both(xs) %}{{ page }}{% for page in xs %}{{ page }}{% endfor %}{{ page }}{% endmacro %}
{% macro extra() %}{{ varargs|length }}{{ kwargs|length }}{% endmacro %}
{% macro around() %}{{ caller() }}{% endmacro %}
"""

CASES = {
    "words": "{{ t.word }} {{ t.with_name.format(name='<') }} {{ t['word'] }}",
    "defaults": "{{ m.one('<a>') }}{{ m.one(b='x', a='y') }}{{ m.one(page, page) }}",
    "macros in macros": "{{ m.two('') }}{{ m.two('&') }}{{ m.two(m.one('c')) }}",
    "as a value": "{{ m.one('a')|upper }}{% set x = m.one('b') %}{{ x }}{{ m.one('c') ~ 'd' }}",
    "of the module": "{{ m.module() }}{{ m.also() }}",
    "recursion": "{{ m.deep(3) }}",
    "a name of its own and another's": "{{ m.both('xy') }}{{ page }}",
    "loops": "{% for a in 'xy' %}{{ loop.index }}{{ m.loops('pq') }}{{ loop.last }}{% endfor %}",
    "varargs": "{{ m.extra(1, 2, c=3) }}{% call m.around() %}in{% endcall %}",
    "same names": "{% set a = 'A' %}{% set b = 'b' %}{{ m.one(b, a) }}{{ a }}{{ b }}",
    "include": "{% set here_only = 1 %}{% include 'part' %}{{ place is defined }}",
    "include in a loop": "{% for x in 'ab' %}{% include 'part' %}{{ loop.index }}{% endfor %}",
    "include by a name": "{% include page %}",
    "an include that isn't there": "{% include 'nowhere' ignore missing %}",
    "shadowed": "{% set place = 'outer' %}{% include 'part' %}{{ place }}",
    "page taken": "{% for page in '12' %}{{ m.bare() }}{% include 'part' %}{% endfor %}",
    "local macro": "{% macro row(x) %}({{ x }}{{ own }}){% endmacro %}{{ row(1) }}{{ row(x=2) }}",
    "numbers": "{{ 1 }}{{ 1.50 }}{{ none }}{{ true }}{{ [1, '<'] }}{{ '<b>'|safe }}",
    "nothing": "",
    "no such name": "{{ no is defined }}{{ no|default(t.word) }}{{ no.x if no is defined }}",
    "a field with a name of Python's": "{% set d = namespace(a=1) %}{{ t.class|d }}{{ d.a }}",
    "calls": "{{ count([1]) }}{{ count('ab') + 1 }}{{ given('page') }}{{ given(name='page') }}",
    "calls of another": "{% macro count(x) %}<{{ x }}{% endmacro %}{{ count(x='y') }}",
    "calls of a parameter": "{% macro a(count) %}{{ count('x') }}{% endmacro %}{{ a(m.one) }}",
    "calls with what was put together": "{{ count(*['ab']) }}{{ dict(**{'class': 1}) }}",
    "calls with a name of Python's": "{{ dict(class=2) }}{{ given(**{'name': 'page'}) }}",
    "a given name set anew": "{% if page %}{% set page = 'own' %}{% endif %}{{ page }}",
    "a given name in a loop": "{% for page in 'xy' if page %}{{ page }}{% endfor %}{{ page }}",
    "a parameter set anew": "{% macro a(x) %}{% if x %}{% set x = 2 %}{% endif %}{{ x }}"
    "{% endmacro %}{{ a(1) }}{{ a('') }}{% for y in 'v' %}{{ a(y) }}{{ x is defined }}{% endfor %}",
    "a macro that loops over itself": "{% macro a(x) %}{% for x in x %}{{ x }}{% endfor %}{{ x }}"
    "{% endmacro %}{{ a('pq') }}{{ m.one(m.two('<')) }}",
    "methods": "{{ 'a-b'.split('-')[1] }}{{ page.rstrip('t')|upper }}{{ '{}<'.format(page) }}"
    "{% for k, v in {'a': 1}.items() %}{{ k }}{{ v }}{% endfor %}{{ page.endswith('t') }}",
    "items": "{{ 'abc'[1] }}{{ 'abc'[:2] }}{{ [1, [2]][1][0] }}{{ ('a', 'b')[-1].upper() }}",
}

ITEMS = {
    "other words": "{% set t = {'word': 'mine'} %}{{ t.word }}",
    "words in a loop": "{% for t in [{'word': 1}] %}{{ t.word }}{% endfor %}",
    "a mapping by a dot": "{% set d = {'a': {'b': '<'}} %}{{ d.a.b }}{{ {'c': 1}.c }}",
    "one of another": "{% set d = dict(a=1) %}{% for e in [d] %}{{ e.a }}{% endfor %}",
    "mappings in a list": "{% for d in [{'x': 1}, {'x': '<'}] %}{{ d.x }}{% endfor %}",
    "no such field": "{{ t.no is defined }}{{ t.no|default('<') }}{{ t['no'] is undefined }}",
}
"""An item behind a dot, or nothing: only Jinja2 can read that."""

PART = """{% if page %}{% set place = page ~ '<' %}{{ place }}{% endif %}
{% macro local(v) %}{{ v }}{{ page }}{% endmacro %}{{ local(1) }}{{ own }}{% include 'inner' %}"""


def both_ways(body: str, kind: str) -> tuple[jinja2.Template, jinja2.Template]:
    """The template with this text compiled plainly and flattened, in a block or outside of any."""
    top = "{% set own = 'of the page' %}{% import 'macros' as m with context %}"
    templates = {
        "base": "<{% block main %}{% endblock %}>{{ self.main() }}{% block end %}end{% endblock %}",
        "macros": MACROS,
        "part": PART,
        "inner": "{% for v in 'vw' %}{{ v }}{{ loop.index }}{% endfor %}",
        "top": top + body,
        "block": f"{{% extends 'base' %}}{top}{{% block main %}}{body}{{% endblock %}}",
    }
    plain, flat = environment(templates), environment(templates)
    flat.code_generator_class = FlatGenerator
    return plain.get_template(kind), flat.get_template(kind)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", ["block", "top"])
def test_a_flat_template_says_the_same(name: str, kind: str) -> None:
    plain, flat = both_ways(CASES[name], kind)
    assert flat.render(page="part") == plain.render(page="part")


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("kind", ["block", "top"])
def test_a_flat_template_never_says_anything_else(name: str, kind: str) -> None:
    plain, flat = both_ways(ITEMS[name], kind)
    assert plain.render(page="part")
    with pytest.raises(templates._FAULTS):
        flat.render(page="part")


@pytest.mark.parametrize("value", ["", "a", "<&>\"'", 7, 1.5, None, True, Markup("<b>")])
def test_a_value_reads_as_jinja_writes_it(value: object) -> None:
    assert text(value) == jinja2.Environment(autoescape=True).from_string("{{ x }}").render(x=value)


def plan(project: Path, templates: dict[str, str] | None = None) -> EditionPlan:
    write_files(
        project / "content",
        {
            "site.yaml": "title: Some <trials>\nurl: https://trials.example/\n",
            f"trials/{RICH_ID}.md": rich_trial(),
            f"trials/{RICH_ID}.results.json": rich_results(),
            "trials/NCT00000001.md": trial_text(),
            "pages/about.md": "# About\n\nUs.\n",
        },
    )
    own = folders(project)
    if templates:
        write_files(project / "templates", dict(templates))
        own = replace(own, templates=project / "templates")
    (planned,) = plan_of(Request(own, AS_OF, search=False)).editions
    return planned


def test_every_page_comes_out_the_same(tmp_path: Path) -> None:
    planned = plan(tmp_path)
    state = tmp_path / ".site.trialpages"
    made = {}
    for pages in (1, MANY):
        renderer = planned.make_templates(state / str(pages), pages)
        with staging(tmp_path / "site") as stage:
            press = Renderer(renderer, stage, state, search=False)
            for part in planned.parts:
                press.make(part)
            files = [path for path in stage.folder.rglob("*") if path.is_file()]
            names = [path.relative_to(stage.folder).as_posix() for path in files]
            made[pages] = dict(zip(names, [path.read_bytes() for path in files], strict=True))
        generator = renderer._environment.code_generator_class
        assert generator is (FlatGenerator if pages == MANY else CodeGenerator)
    assert len(made[1]) > 40
    assert made[1] == made[MANY]


def test_a_fault_is_found_where_it_is_written(tmp_path: Path) -> None:
    wrong = "<p>\n{% macro a(x) %}\n{{ x.absent }}\n{% endmacro %}\n{{ a(page) }}\n"
    planned = plan(
        tmp_path, {"404.html": "<!doctype html>\n{% include '_a.html' %}", "_a.html": wrong}
    )
    renderer = planned.make_templates(tmp_path, MANY)
    (page,) = (part for part in planned.parts if part.path == "404.html")
    assert isinstance(page, Page)
    with pytest.raises(ContentFailure) as caught:
        renderer.fill(page.template, page.path, page.view())
    (problem,) = caught.value.problems
    assert problem.where and (problem.where.path, problem.where.line) == ("templates/_a.html", 3)


READS = {
    "a mapping of the page's": ("{{ page.of.a }}", "&lt;"),
    "one that is called": ("{{ page.of.a.upper() }}{% set d = page.of %}{{ d.a }}", "&lt;&lt;"),
    "a field in brackets": ("{{ page['of']['a'] }}", "&lt;"),
    "a name that isn't given": ("{{ trial is defined }}{{ trial|default('<') }}", "False&lt;"),
    "nothing that is shown": ("{% set x = page.absent %}1{{ absent is defined }}", "1False"),
}


@pytest.mark.parametrize("name", READS)
def test_what_only_jinja_can_read_is_read_all_the_same(tmp_path: Path, name: str) -> None:
    written, read = READS[name]
    planned = plan(
        tmp_path, {"404.html": "", "a.html": written, "b.html": "\n\n{{ page.of.absent }}\n"}
    )
    renderer = planned.make_templates(tmp_path, MANY)
    for _ in range(2):
        assert renderer.fill("a.html", "a.html", SimpleNamespace(of={"a": "<"})) == read
        with pytest.raises(ContentFailure) as caught:
            renderer.fill("b.html", "b.html", SimpleNamespace(of={}))
        (problem,) = caught.value.problems
        assert problem.where and (problem.where.path, problem.where.line) == ("templates/b.html", 3)


def test_a_name_that_is_not_given_is_a_fault(tmp_path: Path) -> None:
    planned = plan(tmp_path, {"404.html": "", "a.html": "\n{{ trial }}"})
    renderer = planned.make_templates(tmp_path, MANY)
    with pytest.raises(ContentFailure, match="'trial' is undefined"):
        renderer.fill("a.html", "a.html", SimpleNamespace())


def test_a_site_that_has_fewer_pages_now_reads_the_same(tmp_path: Path) -> None:
    """What was compiled for many pages is still in the state folder."""
    planned = plan(tmp_path, {"404.html": "", "a.html": "{{ page.a }}"})
    for pages in (MANY, 1):
        renderer = planned.make_templates(tmp_path, pages)
        assert renderer.fill("a.html", "a.html", {"a": 1}) == "1"


def test_this_is_the_jinja_that_is_known() -> None:
    """A newer one has to be read before `KNOWN` says it: the generator is its inner part."""
    assert knows(version("jinja2")), f"flat_generator.py knows Jinja2 {KNOWN} alone"


def test_with_another_jinja_pages_are_made_the_plain_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "version", lambda _name: "3.2.0")
    planned = plan(tmp_path, {"404.html": "", "a.html": "{{ page.a }}"})
    renderer = planned.make_templates(tmp_path, MANY)
    assert renderer._environment.code_generator_class is CodeGenerator
    assert renderer.fill("a.html", "a.html", {"a": 1}) == "1"
    with pytest.raises(ContentFailure):
        renderer.fill("a.html", "a.html", {})


@pytest.mark.parametrize("pages", [1, MANY])
def test_a_word_that_no_strings_file_has_is_named_with_the_line_to_add(
    tmp_path: Path, pages: int
) -> None:
    planned = plan(tmp_path, {"404.html": "", "a.html": "\n<p>{{ t.biobank_access }}</p>"})
    renderer = planned.make_templates(tmp_path, pages)
    with pytest.raises(ContentFailure) as caught:
        renderer.fill("a.html", "a.html", SimpleNamespace())
    (problem,) = caught.value.problems
    assert problem.message == "no strings file has `biobank_access`"
    assert problem.hint == "add a line `biobank_access: …` to templates/strings/en.yaml"
    assert problem.where
    assert (problem.where.line, problem.where.column, problem.where.length) == (2, 9, 14)


def test_a_template_that_is_not_there_has_no_line(tmp_path: Path) -> None:
    renderer = plan(tmp_path, {"404.html": ""}).make_templates(tmp_path, 1)
    with pytest.raises(ContentFailure) as caught:
        renderer.fill("b.html", "b.html", SimpleNamespace())
    assert [str(problem) for problem in caught.value.problems] == [
        "templates/b.html  error: there is no template b.html\n    → see templates/README.md"
    ]
