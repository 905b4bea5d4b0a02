"""A template flattened before it is compiled (`flat_generator.py`): one long function makes a page.

Jinja2 makes a context for each include and a call for each macro: for the page of a trial a
hundred times. Here each gives way to what it stands for, and the theme's words (`t.status`) become
text of the template. What would mean something else in its new place stays as it was.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment, nodes

from trialpages.templating.template_trees import (
    Body,
    copied,
    everything,
    like,
    loaded,
    merged,
    own_macros,
    rename,
    replace,
    rewritten,
    stored,
    takes,
    unbound,
)

_BOUND = (
    nodes.Block, nodes.Extends, nodes.CallBlock, nodes.NSRef, nodes.Import, nodes.FromImport,
    nodes.Include, nodes.ScopedEvalContextModifier,
)  # fmt: skip
"""What may mean something else in another place."""

GIVEN = {"page", "here", "root", "asset", "trial"}
"""What every template is given, see `Templates.text`."""

PARAMETER = re.compile(r"_\d+p_")
"""How the names of parameters begin that stand before a macro's body, each with its value."""

_SPECIAL = {"loop", "self", "super", "caller", "varargs", "kwargs"}
_DEEPEST = 5
"""Macros that call macros are followed so far."""

Macros = Mapping[str, nodes.Macro]
"""By what a call writes: `row` or `m.row`."""


def flatten(template: nodes.Template, environment: Environment) -> None:
    """Flatten a template's tree, in place."""
    numbers = itertools.count()
    around = GIVEN | {*environment.globals}
    template.body = _with_includes(template, environment, numbers, around)
    macros = dict(_macros(template, environment))
    for tree in (template, *macros.values()):
        _say_words(tree, environment)
    inside = (part for part in template.body if not isinstance(part, nodes.Assign))
    taken = {name for part in inside for name in stored(part)}
    around |= stored(template)
    usable = {
        name: macro
        for name, macro in macros.items()
        if not takes(macro, taken | stored(macro) & around | _SPECIAL) and not _is_bound(macro)
    }
    template.body = _without_calls(template.body, usable, numbers, _DEEPEST)
    _drop_imports(template)
    template.body = merged(template.body)
    for block in template.find_all(nodes.Block):
        _write_at_once(block)
    _look_up_once(template)


# --- includes -----------------------------------------------------------------------------------


def _with_includes(
    template: nodes.Template, environment: Environment, numbers: Iterator[int], around: set[str]
) -> Body:
    """A template's body with what it includes; `around` are names with a meaning outside."""
    around = around | stored(template)

    def instead(node: nodes.Node) -> Body | None:
        if not isinstance(node, nodes.Include) or not node.with_context:
            return None
        included = _parsed(node.template, environment)
        if included is None:
            return None
        included.body = _with_includes(included, environment, numbers, around)
        own = stored(included)
        if _is_bound(included) or any(call.kwargs for call in _own_calls(included)):
            return None
        if takes(included, own & around):
            return None
        rename(included, own, f"_{next(numbers)}_")
        return [like(node, nodes.Scope, included.body)]

    return rewritten(template.body, instead)


def _is_bound(tree: nodes.Node) -> bool:
    return any(isinstance(node, _BOUND) for node in everything(tree))


def _parsed(name: nodes.Expr, environment: Environment) -> nodes.Template | None:
    """The tree of a template named outright; None for any other, which the plain way handles."""
    if not isinstance(name, nodes.Const) or environment.loader is None:
        return None
    try:
        source, filename, _ = environment.loader.get_source(environment, name.value)
    except LookupError:
        return None
    return environment.parse(source, name.value, filename)


# --- macros -------------------------------------------------------------------------------------


def _macros(
    template: nodes.Template, environment: Environment
) -> Iterator[tuple[str, nodes.Macro]]:
    """The macros a template may call, each with what a call of it writes."""
    yield from own_macros(template).items()
    for node in template.body:
        if isinstance(node, nodes.Import) and node.with_context:
            module = _parsed(node.template, environment)
            if module is not None:
                yield from _imported(module, node.target)


def _imported(module: nodes.Template, alias: str) -> Iterator[tuple[str, nodes.Macro]]:
    """The macros of a module that need nothing of it but each other."""
    macros = own_macros(module)
    for call in _own_calls(module):
        owner = like(call, nodes.Name, alias, "load")
        call.node = like(call, nodes.Getattr, owner, _called(call), "load")
    given = (nodes.Assign, nodes.AssignBlock)
    own = {name for part in module.body for name in stored(part) if isinstance(part, given)}
    for name, macro in macros.items():
        if not takes(macro, own | set(macros)):
            yield f"{alias}.{name}", macro


def _own_calls(template: nodes.Template) -> list[nodes.Call]:
    """The calls of a template's own macros."""
    macros = own_macros(template)
    inside = everything(template) if macros else ()
    return [call for call in inside if isinstance(call, nodes.Call) and _called(call) in macros]


def _called(call: nodes.Call) -> str:
    """What a call writes before its brackets, where that is a name or two."""
    node = call.node
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""


def _without_calls(body: Body, macros: Macros, numbers: Iterator[int], deep: int) -> Body:
    """A body with those of macros in the place of their calls, and of calls in these, so deep."""

    def instead(node: nodes.Node) -> Body | None:
        if not isinstance(node, nodes.Output):
            return None
        bodies = [_body_of(part, macros, numbers) for part in node.nodes]
        if not any(bodies):
            return None
        found: Body = []
        for part, inside in zip(node.nodes, bodies, strict=True):
            if inside is None:
                found.append(like(node, nodes.Output, [part]))
            else:
                found += _without_calls(inside, macros, numbers, deep - 1)
        return found

    return rewritten(body, instead) if deep else body


def _body_of(part: nodes.Expr, macros: Macros, numbers: Iterator[int]) -> Body | None:
    """The body of the macro that is called, its parameters set before it."""
    if not isinstance(part, nodes.Call):
        return None
    macro = macros.get(_called(part))
    if macro is None:
        return None
    given = _given(part, macro)
    if given is None:
        return None
    body = like(part, nodes.Template, [copied(node) for node in macro.body])
    own = stored(body)
    known = {
        name: value
        for name, value in given.items()
        if isinstance(value, nodes.Const) and name not in own
    }
    replace(body, lambda node: known.get(node.name) if isinstance(node, nodes.Name) else None)
    number = next(numbers)
    rename(body, set(given) - set(known), f"_{number}p_")
    rename(body, own - set(given), f"_{number}_")
    assigned = (
        _assigned(f"_{number}p_{name}", value, macros, numbers)
        for name, value in given.items()
        if name not in known
    )
    return [like(part, nodes.Scope, [*assigned, *body.body])]


def _assigned(
    name: str, value: nodes.Expr, macros: Macros, numbers: Iterator[int]
) -> nodes.Assign | nodes.AssignBlock:
    """A parameter gets its value, which may be what another macro writes."""
    target = like(value, nodes.Name, name, "store")
    body = _body_of(value, macros, numbers)
    if body is not None:
        return like(value, nodes.AssignBlock, target, None, body)
    return like(value, nodes.Assign, target, value)


def _given(call: nodes.Call, macro: nodes.Macro) -> dict[str, nodes.Expr] | None:
    """The value of each parameter; None for a call that is wrong, or too clever."""
    names = [name.name for name in macro.args]
    given = dict(zip(names, call.args, strict=False))
    given |= {keyword.key: keyword.value for keyword in call.kwargs}
    twice_or_too_many = len(given) != len(call.args) + len(call.kwargs)
    if call.dyn_args or call.dyn_kwargs or twice_or_too_many:
        return None
    first = len(names) - len(macro.defaults)
    values = dict(zip(names[first:], macro.defaults, strict=True)) | given
    return values if set(values) == set(names) else None


# --- the tree -----------------------------------------------------------------------------------


def _say_words(tree: nodes.Node, environment: Environment) -> None:
    """Put the theme's words in the place of `t.word`, if `t` is the words everywhere."""
    if "t" in stored(tree):
        return
    words = vars(environment.globals["t"])

    def said(node: nodes.Node) -> nodes.Const | None:
        if not (isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name)):
            return None
        known = node.node.name == "t" and node.attr in words
        return like(node, nodes.Const, words[node.attr]) if known else None

    replace(tree, said)


def _drop_imports(template: nodes.Template) -> None:
    """Leave out the modules whose macros have all been put in the place of their calls."""
    if template.find(nodes.Include):
        return
    used = loaded(template)
    template.body = [
        node
        for node in template.body
        if not (isinstance(node, nodes.Import) and node.target not in used)
    ]


def _write_at_once(block: nodes.Block) -> None:
    """Let a block gather its text, where otherwise each piece would go up from block to page."""
    if block.find(nodes.Block) or not (block.find(nodes.If) or block.find(nodes.For)):
        return
    name, shown = (like(block, nodes.Name, "_text", use) for use in ("store", "load"))
    gathered = like(block, nodes.AssignBlock, name, None, block.body)
    block.body = [gathered, like(block, nodes.Output, [shown])]


def _look_up_once(template: nodes.Template) -> None:
    """Name at the start of each block what it takes from around it.

    Jinja2 looks such a name up where it is first met: in a loop, each time round.
    """
    blocks: list[Any] = [template, *template.find_all((nodes.Block, nodes.Macro))]
    for block in blocks:
        inside = like(block, nodes.Template, block.body)
        names = sorted(unbound(inside) - _SPECIAL)
        asked = [like(block, nodes.ExprStmt, like(block, nodes.Name, n, "load")) for n in names]
        block.body = [*asked, *block.body]
