"""SVG pictures of the editor's own: drawings only, since a browser that opens one runs its scripts.

A page shows a picture as `<img>`, where nothing runs; but its address can be opened, and then no
policy of a page holds. So what isn't known to draw is refused.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from trialpages.problems import Problem, Where

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_DRAWS = re.compile(
    "svg|g|defs|symbol|use|title|desc|metadata|style|switch|view|path|rect|circle|ellipse|line|"
    "polyline|polygon|text|tspan|textPath|image|clipPath|mask|marker|pattern|linearGradient|"
    r"radialGradient|stop|filter|fe[A-Z]\w+"
)
"""Elements of SVG 2 that need no script, animation or other document."""

_INSIDE = re.compile(r"#|data:image/(png|jpeg|gif|webp)[;,]|\Z")
_LOADS = re.compile(r"""@import|url\(\s*["']?(?!\s*["']?(?:#|data:image/))""", re.IGNORECASE)


def check_picture(content: bytes, path: str) -> tuple[Problem, ...]:
    """What an SVG file holds beside a drawing. One problem for what isn't XML at all."""
    return _Reader(content, path).problems() if path.endswith(".svg") else ()


class _Reader:
    """Walks the file once, noting each thing that doesn't draw, with its place."""

    def __init__(self, content: bytes, path: str) -> None:
        self._content, self._path = content, path
        self._lines = content.decode("utf-8", "replace").split("\n")
        self._found: list[Problem] = []
        self._in_style = False
        self._parser = expat.ParserCreate(namespace_separator="\n")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.ProcessingInstructionHandler = self._instruction

    def problems(self) -> tuple[Problem, ...]:
        try:
            self._parser.Parse(self._content, True)
        except expat.ExpatError as error:
            said = expat.errors.messages[error.code]
            where = self._where(error.lineno, error.offset)
            hint = "export the picture again as SVG"
            return (Problem("bad-picture", "error", f"not an SVG picture: {said}", where, hint),)
        return tuple(self._found)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition("\n")
        self._in_style = local == "style"
        if space == "" and local == "svg":
            self._refuse(f'`<svg>` lacks xmlns="{_SVG}", so browsers draw nothing')
        elif (space == _SVG and not _DRAWS.fullmatch(local)) or space in ("", _XHTML):
            self._refuse(f"`<{local}>` does not draw: a picture may hold shapes and text alone")
        for attribute, value in attributes.items():
            self._attribute(attribute.rpartition("\n")[2], value)

    def _attribute(self, name: str, value: str) -> None:
        if name.lower().startswith("on"):
            self._refuse(f"`{name}` would run a script")
        elif name in ("href", "src", "base") and not _INSIDE.match(value.strip()):
            self._refuse(f"`{name}` leads out of the picture")
        elif _LOADS.search(value):
            self._refuse(f"`{name}` loads something from elsewhere")

    def _end(self, _name: str) -> None:
        self._in_style = False

    def _text(self, text: str) -> None:
        if self._in_style and _LOADS.search(text):
            self._refuse("`<style>` loads something from elsewhere")

    def _instruction(self, target: str, _data: str) -> None:
        self._refuse(f"`<?{target} …?>` has nothing to do in a picture")

    def _refuse(self, message: str) -> None:
        where = self._where(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber)
        hint = "take it out, or export the picture as plain SVG, or as PNG"
        self._found.append(Problem("unsafe-picture", "error", message, where, hint))

    def _where(self, line: int, column: int) -> Where:
        source = self._lines[line - 1] if 0 < line <= len(self._lines) else None
        return Where(self._path, line, column + 1, source)
