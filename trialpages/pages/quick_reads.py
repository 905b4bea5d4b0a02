"""What a template reads and calls as Python's own reads and calls.

Jinja2 asks a function of its own at each dot: for the page of a trial eight hundred times. It looks
for a field, then for an item, then makes an undefined value. Here a dot reads a field and brackets
an item, and what isn't there is a fault: `render.py` then lets Jinja2 read.
"""

from __future__ import annotations

from collections.abc import Iterator
from keyword import iskeyword

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from trialpages.pages.template_trees import everything, stored

_ASK = {"default", "d", "defined", "undefined"}
"""Filters and tests that want to know what isn't there."""


class QuickReads(CodeGenerator):
    """Compiles templates so; to be put under another generator, or used as it is."""

    def visit_Template(  # noqa: N802  (Jinja2's name)
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        self._mappings = mappings(node)
        self._given = stored(node)
        self._asked = {
            one.node
            for one in everything(node)
            if isinstance(one, nodes.Filter | nodes.Test) and one.name in _ASK
        }
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        named = node.attr.isascii() and not iskeyword(node.attr)
        if not named or node in self._asked or _holds(node.node, self._mappings):
            super().visit_Getattr(node, frame)
        else:
            self._owner(node.node, frame)
            self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        if node in self._asked or isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
        else:
            self._owner(node.node, frame)
            self.write("[")
            self.visit(node.arg, frame)
            self.write("]")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if forward_caller or not self._is_plain(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self._owner(node.node, frame)
        self.write("(")
        for part in (*node.args, *node.kwargs):
            self.visit(part, frame)
            self.write(", ")
        self.write(")")

    def _is_plain(self, call: nodes.Call) -> bool:
        """Whether what is called is known, and wants nothing of the template it is called in."""
        if call.dyn_args or call.dyn_kwargs or any(iskeyword(one.key) for one in call.kwargs):
            return False
        called = call.node
        if isinstance(called, nodes.Getattr):  # such as `t.page_of.format(…)`
            return isinstance(called.node, nodes.Const)
        if not isinstance(called, nodes.Name) or called.name in self._given:
            return False
        known = self.environment.globals.get(called.name)
        return called.name == "asset" or not (known is None or hasattr(known, "jinja_pass_arg"))

    def _owner(self, node: nodes.Expr, frame: Frame) -> None:
        """What is read from or called. A name that isn't there has no fields: no need to ask."""
        if isinstance(node, nodes.Name):
            self.write(frame.symbols.ref(node.name))
        else:
            self.write("(")
            self.visit(node, frame)
            self.write(")")


def mappings(template: nodes.Template) -> set[str]:
    """The names that may stand for a mapping, or for what holds one: a dot there is for an item."""
    given = [(stored(target), value) for target, value in _assignments(template)]
    found = {"dict", "self"}
    while True:
        more = {name for names, value in given if _holds(value, found) for name in names}
        if more <= found:
            return found
        found |= more


def _assignments(template: nodes.Template) -> Iterator[tuple[nodes.Node, nodes.Node]]:
    for one in everything(template):
        if isinstance(one, nodes.Assign):
            yield one.target, one.node
        elif isinstance(one, nodes.For):
            yield one.target, one.iter


def _holds(value: nodes.Node, mappings: set[str]) -> bool:
    """Whether a value may be a mapping, or hold one."""
    return any(
        isinstance(one, nodes.Dict) or (isinstance(one, nodes.Name) and one.name in mappings)
        for one in everything(value)
    )
