"""Jinja2's generator of code, for templates that are flattened (`flat_templates.py`).

Fields are read, the theme's functions and methods of texts called as Python does, without asking
Jinja2 each time. An item behind a dot, or a field that isn't there, is a fault then.

Line numbers are lost on the way. After a fault `templates.py` goes on with the plain templates,
which know where it is, if it is one there too.
"""

from __future__ import annotations

from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from trialpages.templating.flat_templates import GIVEN, PARAMETER, flatten
from trialpages.templating.template_trees import unbound

KNOWN = "3.1"
"""The release of Jinja2 whose generator this changes from within. With another, pages are made the
plain way: slower, and the same."""


def knows(version: str) -> bool:
    return version.split(".")[:2] == KNOWN.split(".")


_FUNCTIONS = {
    "address_of", "asset", "count", "form_path", "has_asset", "has_form", "has_list",
    "in_forms", "lang_of", "lasting_id", "list_of", "results_path", "trial_path",
}  # fmt: skip
"""Those for templates that want to know nothing of the template they are called in."""

_METHODS = {"endswith", "format", "items", "rstrip", "split"}
"""Those of Python's own values, which don't either."""


def text(value: object) -> str:
    """A value as a page shows it. Most are plain: asking is quicker than escaping."""
    kind = type(value)
    if kind is str:
        if not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value):  # type: ignore[operator]
            return value  # type: ignore[return-value]
    elif kind is Markup:
        return value  # type: ignore[return-value]
    elif kind is int or kind is float:
        return str(value)
    return escape(value)


class FlatGenerator(CodeGenerator):
    """Compiles templates flattened; to be set as an environment's `code_generator_class`."""

    def visit_Template(  # noqa: N802  (Jinja2's name)
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        flatten(node, self.environment)
        self._functions = _FUNCTIONS & unbound(node)
        self._given = GIVEN | {*self.environment.globals}
        self._there = set[tuple[str | None, str]]()
        self.writeline(f"from {__name__} import text")
        super().visit_Template(node, frame)

    def visit_ExprStmt(self, node: nodes.ExprStmt, frame: Frame) -> None:  # noqa: N802
        """At the start of a block: what `_look_up_once` has put there. Then it needn't be asked of
        each name again whether there is a value for it."""
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name not in self._given:
            super().visit_ExprStmt(node, frame)
            return
        variable = frame.symbols.ref(name)
        self.writeline(f"if {variable} is missing: str(undefined(name={name!r}))", node)
        if variable == f"l_0_{name}":
            self._there.add((frame.block, variable))

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802
        variable = frame.symbols.ref(node.name)
        there = (frame.block, variable) in self._there or PARAMETER.match(node.name)
        if node.ctx == "load" and there:
            self.write(variable)
        else:
            super().visit_Name(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        blocks = isinstance(node.node, nodes.Name) and node.node.name == "self"
        if blocks or iskeyword(node.attr) or not node.attr.isascii():
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        odd = node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs)
        if odd or forward_caller or not self._is_plain(node.node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for part in (*node.args, *node.kwargs):
            self.visit(part, frame)
            self.write(", ")
        self.write(")")

    def _is_plain(self, called: nodes.Expr) -> bool:
        """Whether a call of it means to Jinja2 what it means to Python."""
        if isinstance(called, nodes.Getattr):
            return called.attr in _METHODS
        return isinstance(called, nodes.Name) and called.name in self._functions

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("text(")
