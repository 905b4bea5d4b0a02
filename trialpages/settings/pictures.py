"""Pictures of the editor's own: what their names say, and of SVG drawings only.

A browser that opens an SVG file runs its scripts. A page shows a picture as `<img>`, where nothing
runs; but its address can be opened, and then no policy of a page holds. So what isn't known to
draw, and to draw from this file alone, is refused: by its element, its attributes, its styles, and
by all that could make a browser read the file otherwise than we do (encodings, entities, a document
type's own declarations).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from xml.parsers import expat

from trialpages.problems import Problem, Where, quoted
from trialpages.settings.picture_copies import Copies, TooMuchError
from trialpages.settings.picture_styles import sheet_faults, style_faults

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_DRAWS = re.compile(
    "svg|g|defs|symbol|use|title|desc|metadata|style|switch|view|path|rect|circle|ellipse|line|"
    "polyline|polygon|text|tspan|textPath|image|clipPath|mask|marker|pattern|linearGradient|"
    "radialGradient|stop"
)
"""Elements of SVG 2 that need no script, animation or other document. No filter is among them: one
of a few hundred bytes, or twenty inside each other, keeps a browser busy for minutes."""

_EDITORS = re.compile(
    r"http://(www\.inkscape\.org/namespaces/|sodipodi\.sourceforge\.net/|ns\.adobe\.com/|"
    r"www\.w3\.org/1999/02/22-rdf-syntax-ns#|purl\.org/dc/|creativecommons\.org/ns#|"
    r"web\.resource\.org/cc/|www\.bohemiancoding\.com/sketch/|www\.serif\.com/|"
    r"www\.figma\.com/|xml\.openoffice\.org/)"
)
"""Where drawing programs keep notes for themselves and say who drew: browsers pass it over."""

_INSIDE = re.compile(r"#|data:image/(png|jpeg|gif|webp)[;,]|\Z")
_LEADS = {"href": ("", _XLINK), "src": ("",), "base": (_XML, "")}
_WORDS = re.compile(r"id|class|name|lang|role|title|(aria|data)-.+")
"""Attributes of which no browser makes a style."""
_ENCODINGS = (None, "utf-8", "us-ascii")
_MOST = 20
"""Of the problems of one picture."""


def check_picture(content: bytes, path: str) -> tuple[Problem, ...]:
    """What an SVG file holds beside a drawing; another picture that isn't what its name says.

    One problem for what isn't XML, or not such a picture, at all.
    """
    if path.endswith(".svg"):
        return _Reader(content, path).problems()
    kind = next((kind for kind in _BEGINNINGS if path.endswith(kind.endings)), None)
    if kind is None or kind.begins.match(content):
        return ()
    real = next((other.name for other in _BEGINNINGS if other.begins.match(content)), "")
    message = f"this is no {kind.name} picture, whatever its name says"
    hint = f"export the picture again as {kind.name}"
    if real:
        message = f"this is a {real} picture, not the {kind.name} that its name says"
        hint = f"rename it, or {hint}"
    return (Problem("bad-picture", "error", message, Where(path), hint),)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A form of pictures by its signature: the bytes that each file of it begins with."""

    name: str
    endings: tuple[str, ...]
    begins: re.Pattern[bytes]


_BEGINNINGS = (
    _Kind("PNG", (".png",), re.compile(rb"\x89PNG\r\n\x1a\n")),
    _Kind("JPEG", (".jpg", ".jpeg"), re.compile(rb"\xff\xd8\xff")),
    _Kind("WebP", (".webp",), re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
    _Kind("GIF", (".gif",), re.compile(rb"GIF8[79]a")),
)


class _Reader:
    """Walks the file once, noting each thing that doesn't draw, with its place."""

    def __init__(self, content: bytes, path: str) -> None:
        self._content, self._path = content, path
        self._lines = content.decode("utf-8", "replace").split("\n")
        self._found: list[Problem] = []
        self._copies = Copies()
        self._style: list[str] | None = None
        """The text of the style sheet that is being read."""
        # Read as UTF-8 whatever it says: what says otherwise is refused.
        self._parser = expat.ParserCreate("utf-8", "\n")
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._document_type
        self._parser.SkippedEntityHandler = self._entity
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.ProcessingInstructionHandler = self._instruction

    def problems(self) -> tuple[Problem, ...]:
        try:
            self._parser.Parse(self._content, True)
            self._copies.check()
        except TooMuchError as error:
            self._found.append(self._too_much(error))
        except expat.ExpatError as error:
            said = expat.errors.messages[error.code]
            where = self._where(error.lineno, error.offset)
            hint = "export the picture again as SVG, in UTF-8"
            found = Problem("bad-picture", "error", f"not an SVG picture: {said}", where, hint)
            return (*self._found, found)
        return tuple(self._found)

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding.lower() if encoding else None) not in _ENCODINGS:
            self._refuse(f"the picture says that it is in {quoted(encoding or '')}, not in UTF-8")

    def _document_type(
        self, _name: str, _system: str | None, _public: str | None, inside: bool
    ) -> None:
        if inside:
            self._refuse("`<!DOCTYPE` has declarations of its own, which a browser may read")

    def _entity(self, name: str, _is_parameter: int) -> None:
        self._refuse(f"`&{name};` stands for something from elsewhere")

    def _too_much(self, error: TooMuchError) -> Problem:
        hint = "draw it with fewer levels and copies, or export the picture as PNG"
        return Problem("heavy-picture", "error", error.message, self._where(*error.at), hint)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition("\n")
        at = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        self._copies.begin(local, attributes, at)
        if self._style is not None:
            self._refuse(f"`<{local}>` stands inside a style sheet")
        elif space == "" and local == "svg":
            self._refuse(f'`<svg>` lacks xmlns="{_SVG}", so browsers draw nothing')
        elif not (_DRAWS.fullmatch(local) if space == _SVG else _EDITORS.match(space)):
            self._refuse(f"`<{local}>` does not draw: a picture may hold shapes and text alone")
        for attribute, value in attributes.items():
            self._attribute(*_split(attribute), value)
        if space == _SVG and local == "style":
            self._style = []

    def _attribute(self, space: str, name: str, value: str) -> None:
        if name.lower().startswith("on"):
            self._refuse(f"`{name}` would run a script", name)
        elif space in _LEADS.get(name, ()):
            if not _INSIDE.match(value.strip()):
                self._refuse(f"`{name}` leads out of the picture", name)
        elif space == "" and not _WORDS.fullmatch(name):
            for fault in dict.fromkeys(style_faults(value)):
                self._refuse(f"`{name}`{fault}", name)

    def _end(self, name: str) -> None:
        self._copies.end()
        if self._style is not None and name == f"{_SVG}\nstyle":
            sheet = "".join(self._style)
            for fault in dict.fromkeys(sheet_faults(sheet)):
                self._refuse(f"`<style>`{fault}")
            self._copies.style(sheet)
            self._style = None

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)
        self._copies.text(len(text))

    def _instruction(self, target: str, _data: str) -> None:
        self._refuse(f"`<?{target} …?>` has nothing to do in a picture")

    def _refuse(self, message: str, attribute: str = "") -> None:
        """`attribute`: which one of the element that begins here, if it is one of them."""
        if len(self._found) >= _MOST:
            return
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        where = self._where(line, column)
        if attribute:
            where = self._where_named(attribute, where)
        hint = "take it out, or export the picture as plain SVG, or as PNG"
        self._found.append(Problem("unsafe-picture", "error", message, where, hint))

    def _where_named(self, attribute: str, element: Where) -> Where:
        start = self._parser.CurrentByteIndex
        name = re.compile(rb"[\s:](" + re.escape(attribute.encode()) + rb")\s*=")
        found = name.search(self._content, start)
        if found is None:
            return element
        line = self._content.count(b"\n", 0, found.start(1)) + 1
        begin = self._content.rfind(b"\n", 0, found.start(1)) + 1
        column = len(self._content[begin : found.start(1)].decode("utf-8", "replace"))
        return replace(self._where(line, column), length=len(attribute))

    def _where(self, line: int, column: int) -> Where:
        source = self._lines[line - 1] if 0 < line <= len(self._lines) else None
        return Where(self._path, line, column + 1, source)


def _split(name: str) -> tuple[str, str]:
    space, _, local = name.rpartition("\n")
    return space, local
