"""A template of their own for an editor's pages, which a page asks for in its front matter:

---
template: person
---
# Ann Example
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from trialpages.pages.own_pages import OWN_PAGES
from trialpages.problems import Problem, Where, quoted
from trialpages.records.explain import Fault, told
from trialpages.records.places import Places, placed, yaml_problems
from trialpages.text.file_text import split_file
from trialpages.text.front_matter import Tree, YamlError, read_yaml
from trialpages.text.meant import closest

OF_EVERY_PAGE = "page.html"
_OF_THE_SITE = {
    *(f"{name}.html" for name in OWN_PAGES),
    *("admin.html", "base.html", "index.html", "redirect.html", "results.html"),
    *("term.html", "terms.html", "trial.html", "trials.html"),
}
"""Those of other pages, which show what an editor's page doesn't have."""


@dataclass(frozen=True, slots=True)
class Asked:
    template: str
    """Its file's name."""
    where: Where


@dataclass(frozen=True, slots=True)
class Below:
    """A page's text below its front matter, if it has one."""

    text: str
    line: int
    """Its first one's number in the file."""
    asked: Asked | None = None


def below_front(text: str, path: str) -> Below | tuple[Problem, ...]:
    """What the front matter of a page asks for and the text below, or what is wrong with it."""
    if text.split("\n", 1)[0].rstrip(" \t") != "---":
        return Below(text, 1)
    split = split_file(text, path)
    if isinstance(split, Problem):
        return (split,)
    front, first_line, body, line = split
    try:
        tree, _ = read_yaml(front, "template")
    except YamlError as error:
        return yaml_problems(error, front, path, first_line)
    if wrong := placed(told(_faults(tree)), front, path, first_line):
        return wrong
    if "template" not in tree:
        return Below(body, line)
    name = f"{str(tree['template']).removesuffix('.html')}.html"
    return Below(body, line, Asked(name, Places(path, front, first_line).of(("template",))))


def _faults(tree: Tree) -> Iterator[Fault]:
    for key, value in tree.items():
        if key != "template":
            hint = "the front matter of a page says `template:` alone; write the rest below it"
            if closest(key, ("template",)):
                hint = "did you mean `template`?"
            yield Fault((key,), "unknown-field", f"a page has no field `{key}`", hint, on_key=True)
        elif not isinstance(value, str):
            yield Fault((key,), "wrong-type", "`template` must be text", "write one name")


def check_asked(asked: Iterable[Asked | None], templates: Collection[str]) -> Iterator[Problem]:
    """An error for each template that isn't there, or isn't for pages."""
    there = sorted(one.removesuffix(".html") for one in templates if _is_for_pages(one))
    for one in asked:
        if one and not (one.template in templates and _is_for_pages(one.template)):
            name = one.template.removesuffix(".html")
            message = f"there is no template {quoted(name)} for pages"
            hint = f"those there are: {', '.join(map(quoted, there))}"
            if one.template not in _OF_THE_SITE:
                hint += f"; another is a file of your own, {quoted('templates/' + one.template)}"
            yield Problem("no-template", "error", message, one.where, hint)


def _is_for_pages(template: str) -> bool:
    name = template.rpartition("/")[2]
    return name.endswith(".html") and not name.startswith("_") and template not in _OF_THE_SITE
