"""Jinja2's trees of templates: what is stored and free in them, and how one becomes another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

AnyNode = TypeVar("AnyNode", bound=nodes.Node)
Body = list[nodes.Node]


def rewritten(body: Sequence[nodes.Node], rewrite: Callable[[nodes.Node], Body | None]) -> Body:
    """A body, and those inside it, with what `rewrite` puts in the place of a statement."""
    found: Body = []
    for node in body:
        instead = rewrite(node)
        if instead is not None:
            found += instead
            continue
        for name, inside in bodies(node):
            setattr(node, name, rewritten(inside, rewrite))
        found.append(node)
    return found


def bodies(node: nodes.Node) -> list[tuple[str, Body]]:
    """The statements inside a statement."""
    found = ((name, getattr(node, name, None)) for name in ("body", "elif_", "else_"))
    return [(name, body) for name, body in found if isinstance(body, list)]


def stored(node: nodes.Node) -> set[str]:
    """The names that get a value somewhere in a node."""
    return {
        found.name
        for found in everything(node)
        if isinstance(found, nodes.Macro) or (isinstance(found, nodes.Name) and found.ctx != "load")
    }


def loaded(node: nodes.Node) -> set[str]:
    """The names that are read somewhere in a node."""
    return {
        found.name
        for found in everything(node)
        if isinstance(found, nodes.Name) and found.ctx == "load"
    }


def unbound(node: nodes.Node) -> set[str]:
    """The names that are read in a node and get no value in it."""
    read: set[str] = set()
    bound: set[str] = set()
    for found in everything(node):
        if isinstance(found, nodes.Name):
            (read if found.ctx == "load" else bound).add(found.name)
        elif isinstance(found, nodes.Macro):
            bound.add(found.name)
        elif isinstance(found, nodes.Import):
            bound.add(found.target)
        elif isinstance(found, nodes.FromImport):
            bound |= {name if isinstance(name, str) else name[1] for name in found.names}
    return read - bound


def takes(node: nodes.Node, given: set[str]) -> bool:
    """Whether a node takes one of the names from around it."""
    if not loaded(node) & given:
        return False
    tree = node if isinstance(node, nodes.Template) else like(node, nodes.Template, [node])
    return bool(find_undeclared_variables(tree) & given)


def everything(node: nodes.Node) -> Iterator[nodes.Node]:
    """A node and all inside it, in the template's order; `find_all` takes three times as long."""
    ahead = [node]
    while ahead:
        found = ahead.pop()
        yield found
        if type(found) in _LEAVES:
            continue
        for field in reversed(found.fields):
            value = getattr(found, field)
            if isinstance(value, nodes.Node):
                ahead.append(value)
            elif isinstance(value, list):
                ahead += [inner for inner in reversed(value) if isinstance(inner, nodes.Node)]


_LEAVES = {nodes.Name, nodes.Const, nodes.TemplateData}
"""Most nodes; they have no others inside."""


def rename(node: nodes.Node, names: set[str], prefix: str) -> None:
    """Give names that are a node's own others that nobody else uses."""
    for found in everything(node):
        if isinstance(found, nodes.Name | nodes.Macro) and found.name in names:
            found.name = prefix + found.name


def replace(tree: nodes.Node, instead: Callable[[nodes.Node], nodes.Expr | None]) -> None:
    """Put others in the place of the expressions inside a tree that `instead` has one for."""

    def kept_or_other(value: Any) -> Any:
        return (instead(value) if isinstance(value, nodes.Node) else None) or value

    for node in everything(tree):
        for field in node.fields:
            value = getattr(node, field)
            if isinstance(value, list):
                setattr(node, field, [kept_or_other(one) for one in value])
            elif isinstance(value, nodes.Node):
                setattr(node, field, kept_or_other(value))


def own_macros(node: nodes.Node) -> dict[str, nodes.Macro]:
    inside = everything(node)
    return {found.name: found for found in inside if isinstance(found, nodes.Macro)}


def like(place: nodes.Node, kind: type[AnyNode], *fields: object) -> AnyNode:
    """A new node in the place of another."""
    return kind(*fields, lineno=place.lineno, environment=place.environment)


def copied(part: Any) -> Any:
    """A tree again, without the environment that every node points to."""
    if isinstance(part, list | tuple):
        return type(part)(copied(one) for one in part)
    if isinstance(part, nodes.Node):
        return like(part, type(part), *(copied(getattr(part, name)) for name in part.fields))
    return part


def merged(body: Body) -> Body:
    """A body with outputs that follow each other as one, which Jinja2 writes at once."""
    found: Body = []
    for node in body:
        for name, inside in bodies(node):
            setattr(node, name, merged(inside))
        last = found[-1] if found else None
        if isinstance(node, nodes.Output) and isinstance(last, nodes.Output):
            last.nodes = [*last.nodes, *node.nodes]
        else:
            found.append(node)
    return found
