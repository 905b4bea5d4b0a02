"""A template flattened before it is compiled, so that one long function makes a page.

Jinja2 makes a context for each include and a call for each macro: for the page of a trial a
hundred times. Here each gives way to what it stands for, and the theme's words (`t.status`) become
text of the template. What would mean something else in its new place stays as it was.

Line numbers are lost on the way: `render.py` asks the plain template where a fault is.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.meta import find_undeclared_variables
from markupsafe import Markup, escape

_BOUND = (
    nodes.Block, nodes.Extends, nodes.CallBlock, nodes.NSRef, nodes.Import, nodes.FromImport,
    nodes.Include, nodes.ScopedEvalContextModifier,
)  # fmt: skip
"""What may mean something else in another place."""

_GIVEN = {"page", "here", "root", "asset", "trial"}
"""What every template is given, see `Renderer.text`."""

_SPECIAL = {"loop", "self", "super", "caller", "varargs", "kwargs"}
_DEEPEST = 5
"""Macros that call macros are followed so far."""

AnyNode = TypeVar("AnyNode", bound=nodes.Node)
Body = list[nodes.Node]
Macros = Mapping[str, nodes.Macro]
"""By what a call writes: `row` or `m.row`."""


def text(value: object) -> str:
    """A value as a page shows it. Most are plain: asking is quicker than escaping."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    if kind is int or kind is float:
        return str(value)
    if kind is str and not (
        "&" in value or "<" in value or ">" in value or '"' in value or "'" in value  # type: ignore[operator]
    ):
        return value  # type: ignore[return-value]
    return str(escape(value))


class FlatGenerator(CodeGenerator):
    """Compiles templates flattened; to be set as an environment's `code_generator_class`."""

    def visit_Template(  # noqa: N802  (Jinja2's name)
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        flatten(node, self.environment)
        self.writeline(f"from {__name__} import text")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("text(")


def flatten(template: nodes.Template, environment: Environment) -> None:
    """Flatten a template's tree, in place."""
    numbers = itertools.count()
    around = _GIVEN | {*environment.globals}
    template.body = _with_includes(template, environment, numbers, around)
    macros = dict(_macros(template, environment))
    for tree in (template, *macros.values()):
        _say_words(tree, environment)
    inside = (part for part in template.body if not isinstance(part, nodes.Assign))
    taken = {name for part in inside for name in _stored(part)}
    around |= _stored(template)
    usable = {
        name: macro
        for name, macro in macros.items()
        if not _free(macro) & (taken | _stored(macro) & around)
    }
    for _ in range(_DEEPEST):
        template.body = _rewritten(template.body, lambda node: _uncalled(node, usable, numbers))
    _drop_imports(template)
    template.body = _merged(template.body)
    for block in template.find_all(nodes.Block):
        _write_at_once(block)
    _look_up_once(template)


def _rewritten(body: Sequence[nodes.Node], rewrite: Callable[[nodes.Node], Body | None]) -> Body:
    """A body, and those inside it, with what `rewrite` puts in the place of a statement."""
    found: Body = []
    for node in body:
        instead = rewrite(node)
        if instead is not None:
            found += instead
            continue
        for name, inside in _bodies(node):
            setattr(node, name, _rewritten(inside, rewrite))
        found.append(node)
    return found


def _bodies(node: nodes.Node) -> list[tuple[str, Body]]:
    """The statements inside a statement."""
    found = ((name, getattr(node, name, None)) for name in ("body", "elif_", "else_"))
    return [(name, body) for name, body in found if isinstance(body, list)]


# --- names --------------------------------------------------------------------------------------


def _stored(node: nodes.Node) -> set[str]:
    """The names that get a value somewhere in a node."""
    names = {name.name for name in _names(node) if name.ctx != "load"}
    return names | set(_own_macros(node))


def _free(node: nodes.Node) -> set[str]:
    """The names that a node takes from around it."""
    return find_undeclared_variables(nodes.Template([node], lineno=1, environment=node.environment))


def _names(node: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(node, nodes.Name):
        yield node
    yield from node.find_all(nodes.Name)


def _rename(node: nodes.Node, names: set[str], number: int) -> None:
    """Give names that are a node's own others that nobody else uses."""
    named: list[nodes.Name | nodes.Macro] = [*node.find_all(nodes.Name)]
    for name in [*named, *node.find_all(nodes.Macro)]:
        if name.name in names:
            name.name = f"_{number}_{name.name}"


# --- includes -----------------------------------------------------------------------------------


def _with_includes(
    template: nodes.Template, environment: Environment, numbers: Iterator[int], around: set[str]
) -> Body:
    """A template's body with what it includes; `around` are names with a meaning outside."""
    around = around | _stored(template)

    def instead(node: nodes.Node) -> Body | None:
        if not isinstance(node, nodes.Include) or not node.with_context:
            return None
        included = _parsed(node.template, environment)
        if included is None:
            return None
        included.body = _with_includes(included, environment, numbers, around)
        stored = _stored(included)
        bound = next(included.find_all(_BOUND), None) or any(
            call.kwargs for call in _own_calls(included)
        )
        if bound or stored & around & find_undeclared_variables(included):
            return None
        _rename(included, stored, next(numbers))
        return [_like(node, nodes.Scope, included.body)]

    return _rewritten(template.body, instead)


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
    yield from _own_macros(template).items()
    for node in template.body:
        if isinstance(node, nodes.Import) and node.with_context:
            module = _parsed(node.template, environment)
            if module is not None:
                yield from _imported(module, node.target)


def _imported(module: nodes.Template, alias: str) -> Iterator[tuple[str, nodes.Macro]]:
    """The macros of a module that need nothing of it but each other."""
    macros = _own_macros(module)
    for call in _own_calls(module):
        owner = _like(call, nodes.Name, alias, "load")
        call.node = _like(call, nodes.Getattr, owner, _called(call), "load")
    own = {name for part in module.body for name in _stored(part) if isinstance(part, nodes.Assign)}
    for name, macro in macros.items():
        if not _free(macro) & (own | set(macros)):
            yield f"{alias}.{name}", macro


def _own_macros(node: nodes.Node) -> dict[str, nodes.Macro]:
    return {macro.name: macro for macro in node.find_all(nodes.Macro)}


def _own_calls(template: nodes.Template) -> list[nodes.Call]:
    """The calls of a template's own macros."""
    macros = _own_macros(template)
    return [call for call in template.find_all(nodes.Call) if _called(call) in macros]


def _called(call: nodes.Call) -> str:
    """What a call writes before its brackets, where that is a name or two."""
    node = call.node
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""


def _uncalled(node: nodes.Node, macros: Macros, numbers: Iterator[int]) -> Body | None:
    """An output with the bodies of macros in the place of their calls."""
    if not isinstance(node, nodes.Output):
        return None
    found: Body = []
    changed = False
    for part in node.nodes:
        body = _body_of(part, macros, numbers)
        changed = changed or body is not None
        found += [_like(node, nodes.Output, [part])] if body is None else body
    return found if changed else None


def _body_of(part: nodes.Expr, macros: Macros, numbers: Iterator[int]) -> Body | None:
    """The body of the macro that is called, its parameters set before it."""
    if not isinstance(part, nodes.Call):
        return None
    macro = macros.get(_called(part))
    if macro is None or next(macro.find_all(_BOUND), None) or _free(macro) & _SPECIAL:
        return None
    given = _given(part, macro)
    if given is None:
        return None
    body = _like(part, nodes.Template, [_copied(node) for node in macro.body])
    names = {name.name for name in macro.args}
    number = next(numbers)
    _rename(body, names | _stored(body), number)
    assigned = (
        _assigned(f"_{number}_{name}", value, macros, numbers) for name, value in given.items()
    )
    return [_like(part, nodes.Scope, [*assigned, *body.body])]


def _assigned(
    name: str, value: nodes.Expr, macros: Macros, numbers: Iterator[int]
) -> nodes.Assign | nodes.AssignBlock:
    """A parameter gets its value, which may be what another macro writes."""
    target = _like(value, nodes.Name, name, "store")
    body = _body_of(value, macros, numbers)
    if body is not None:
        return _like(value, nodes.AssignBlock, target, None, body)
    return _like(value, nodes.Assign, target, value)


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


def _like(place: nodes.Node, kind: type[AnyNode], *fields: object) -> AnyNode:
    """A new node in the place of another."""
    return kind(*fields, lineno=place.lineno, environment=place.environment)


def _copied(part: Any) -> Any:
    """A tree again, without the environment that every node points to."""
    if isinstance(part, list | tuple):
        return type(part)(_copied(one) for one in part)
    if isinstance(part, nodes.Node):
        return _like(part, type(part), *(_copied(getattr(part, name)) for name in part.fields))
    return part


def _say_words(tree: nodes.Node, environment: Environment) -> None:
    """Put the theme's words in the place of `t.word`, if `t` is the words everywhere."""
    if "t" in _stored(tree):
        return
    words = vars(environment.globals["t"])
    for node in (tree, *tree.find_all(nodes.Node)):
        for name, value in node.iter_fields():
            if isinstance(value, list):
                setattr(node, name, [_said(one, words) for one in value])
            else:
                setattr(node, name, _said(value, words))


def _said(node: Any, words: Mapping[str, str]) -> Any:
    if (
        isinstance(node, nodes.Getattr)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "t"
        and node.attr in words
    ):
        return _like(node, nodes.Const, words[node.attr])
    return node


def _drop_imports(template: nodes.Template) -> None:
    """Leave out the modules whose macros have all been put in the place of their calls."""
    if template.find(nodes.Include):
        return
    used = {name.name for name in template.find_all(nodes.Name)}
    template.body = [
        node
        for node in template.body
        if not (isinstance(node, nodes.Import) and node.target not in used)
    ]


def _merged(body: Body) -> Body:
    """A body with outputs that follow each other as one, which Jinja2 writes at once."""
    found: Body = []
    for node in body:
        for name, inside in _bodies(node):
            setattr(node, name, _merged(inside))
        last = found[-1] if found else None
        if isinstance(node, nodes.Output) and isinstance(last, nodes.Output):
            last.nodes = [*last.nodes, *node.nodes]
        else:
            found.append(node)
    return found


def _write_at_once(block: nodes.Block) -> None:
    """Let a block gather its text, where otherwise each piece would go up from block to page."""
    if block.find(nodes.Block) or not (block.find(nodes.If) or block.find(nodes.For)):
        return
    name, shown = (_like(block, nodes.Name, "_text", use) for use in ("store", "load"))
    gathered = _like(block, nodes.AssignBlock, name, None, block.body)
    block.body = [gathered, _like(block, nodes.Output, [shown])]


def _look_up_once(template: nodes.Template) -> None:
    """Name at the start of each block what it takes from around it.

    Jinja2 looks such a name up where it is first met: in a loop, each time round.
    """
    blocks: list[Any] = [template, *template.find_all((nodes.Block, nodes.Macro))]
    for block in blocks:
        inside = _like(block, nodes.Template, block.body)
        names = sorted(find_undeclared_variables(inside) - _stored(inside) - _SPECIAL)
        asked = [_like(block, nodes.ExprStmt, _like(block, nodes.Name, n, "load")) for n in names]
        block.body = [*asked, *block.body]
