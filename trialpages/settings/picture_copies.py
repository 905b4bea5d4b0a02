"""How much a browser draws of an SVG picture: an element that is used is drawn where it is used.

Ten that each use ten, which each use ten … make of one kilobyte more than any machine can draw. So
the elements are counted as a browser draws them: each copy by `use`, and each pattern, mask, marker
and filter for whatever is painted with it. So are the letters of texts and the points of shapes: a
long text is one element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from trialpages.problems import quoted

DEEPEST = 100
"""Levels of elements inside each other, and of uses among them."""
MOST_ELEMENTS = 100_000
"""In the file: each is a shape of a browser's, and takes as long to look at here as 100 letters."""
MOST_COPIES = 50_000
"""Elements that references draw beside those that the file holds."""
MOST_SIGNS = 1_000_000
"""Letters and points of shapes, the same: some seconds of a browser's."""
MOST_REFERENCES = 500_000
"""From the styles of a picture to its elements."""

_HREFS = ("href", "http://www.w3.org/1999/xlink\nhref")
_IN_STYLE = re.compile(r"(?<![-\w])([-\w]+)\s*:([^;{}]*)")
_URL = re.compile(r"url\(\s*+[\"']?\s*+#([^)\"']*)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_RULE = re.compile(r"(?<![^{}])([^{}]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"[.#]?[-\w]+")
_OWN_ALONE = ("mask", "clip-path", "filter", *_HREFS)
"""What concerns an element itself, or draws once; all else is handed on to what is in it."""
_NUMBER = re.compile(r"\d+")
_WRITES = ("text", "tspan", "textPath")
_CHEAP = ("linearGradient", "radialGradient", "filter")
"""Their parts are no shapes that are drawn."""

Reference = tuple[str, str]
"""A property, and the id of what it names."""


class TooMuchError(Exception):
    """What no browser should be asked to draw. `at`: line and column, from expat."""

    def __init__(self, message: str, at: tuple[int, int]) -> None:
        super().__init__(message)
        self.message, self.at = message, at


@dataclass(slots=True)
class _Element:
    name: str
    attributes: Mapping[str, str]
    at: tuple[int, int]
    inside: list[_Element] = field(default_factory=list)
    letters: int = 0
    """Of its own that are drawn."""


@dataclass(frozen=True, slots=True)
class _Much:
    """How much there is to draw."""

    elements: int = 0
    signs: int = 0
    """Letters, and numbers of shapes' points."""

    def __add__(self, other: _Much) -> _Much:
        return _Much(self.elements + other.elements, self.signs + other.signs)

    def times(self, number: int) -> _Much:
        return _Much(self.elements * number, self.signs * number)


_NOTHING = _Much()


@dataclass(frozen=True, slots=True)
class _Drawn:
    """An element and all in it: as the file holds it, and what is drawn beside."""

    size: _Much = _NOTHING
    copies: _Much = _NOTHING
    points: int = 0
    """At which a marker may be drawn."""
    depth: int = 0


class Copies:
    """Told of each element as it begins and ends, it says in the end what is too much."""

    def __init__(self) -> None:
        self._open: list[_Element] = []
        self._begun = 0
        self._ids: dict[str, _Element] = {}
        self._root: _Element | None = None
        self._numbers: dict[tuple[Reference, ...], int] = {}
        """What rules name, each list of them once, with its number."""
        self._named_by: list[tuple[Reference, ...]] = []
        """The same by the number."""
        self._rules: dict[str, dict[int, None]] = {}
        """By what they may be about, `*` for anything: the numbers of the lists, since one rule may
        be about thousands and name thousands."""
        self._looked_at = 0
        self._drawn: dict[int, _Drawn | None] = {}
        """By element; None while it is being counted."""

    def begin(self, name: str, attributes: Mapping[str, str], at: tuple[int, int]) -> None:
        """`name`: without its namespace. Raises TooMuchError for what is too deep, or one
        too many."""
        element = _Element(name, attributes, at)
        self._begun += 1
        if self._begun > MOST_ELEMENTS:
            raise TooMuchError(f"the picture has more than {MOST_ELEMENTS:,} elements", at)
        if len(self._open) >= DEEPEST:
            raise TooMuchError(f"`<{name}>` {_DEEP}", at)
        if self._open:
            self._open[-1].inside.append(element)
        self._root = self._root or element
        self._open.append(element)
        self._ids.setdefault(attributes.get("id", ""), element)

    def end(self) -> None:
        self._open.pop()

    def text(self, letters: int) -> None:
        """Of so many letters, in the element that is open."""
        if self._open and self._open[-1].name in _WRITES:
            self._open[-1].letters += letters

    def style(self, sheet: str) -> None:
        """A style sheet of the picture. Where it isn't plain rules, it is about every element."""
        plain = _COMMENT.sub(" ", sheet)
        rules = [(selector, tuple(_in_style(body))) for selector, body in _RULE.findall(plain)]
        everywhere = tuple(_named("fill", plain))
        if sum(len(found) for _, found in rules) != len(everywhere):
            rules = [("*", everywhere)]
        for selector, found in rules:
            if found:
                body = self._numbers.setdefault(found, len(self._named_by))
                if body == len(self._named_by):
                    self._named_by.append(found)
                for name in _may_mean(selector):
                    self._rules.setdefault(name, {})[body] = None

    def check(self) -> None:
        """Raises TooMuchError for the first element that draws too much."""
        if self._root:
            self._count(self._root, 1)

    def _count(self, element: _Element, level: int) -> _Drawn:
        known = self._drawn.get(id(element), _UNKNOWN)
        if known is None:
            name = quoted(element.attributes.get("id", ""))
            raise TooMuchError(f"`<{element.name}>` {name} is used inside itself", element.at)
        if level + max(0, known.depth - 1) > DEEPEST:
            raise TooMuchError(f"`<{element.name}>` {_DEEP}", element.at)
        if known is not _UNKNOWN:
            return known
        self._drawn[id(element)] = None
        inside = [self._count(one, level + 1) for one in element.inside]
        drawn = self._with_copies(element, inside, level)
        for number, most, what in (
            (drawn.copies.elements, MOST_COPIES, "elements"),
            (drawn.copies.signs, MOST_SIGNS, "letters and points"),
        ):
            if number > most:
                message = f"`<{element.name}>` draws more than {most:,} {what} by what it uses"
                raise TooMuchError(message, element.at)
        self._drawn[id(element)] = drawn
        return drawn

    def _with_copies(self, element: _Element, inside: list[_Drawn], level: int) -> _Drawn:
        named = [
            (name, self._ids[to], self._count(self._ids[to], level + 1))
            for name, to in self._references(element)
            if to and to in self._ids
        ]
        parts = (*inside, *(drawn for name, _, drawn in named if name in _HREFS))
        own = _numbers(element)
        size = sum((one.size for one in inside), _Much(1, element.letters + own))
        points = 2 + own + sum(one.points for one in parts)
        copies = sum((one.copies for one in inside), _NOTHING)
        once = (_all_of(to, drawn) for name, to, drawn in named if name in _OWN_ALONE)
        copies = sum(once, copies)
        shapes = (size + copies).elements
        for name, to, drawn in named:
            if name not in _OWN_ALONE:
                copies += _all_of(to, drawn).times(points if "marker" in name else shapes)
        depth = 1 + max((one.depth for one in (*inside, *(one for _, _, one in named))), default=0)
        return _Drawn(size, copies, points, depth)

    def _references(self, element: _Element) -> Iterator[Reference]:
        for name, value in element.attributes.items():
            if name in _HREFS:
                there = re.sub(r"[\t\n\r]", "", value).strip()
                if there.startswith("#"):
                    yield name, unquote(there[1:])
            elif name == "style":
                yield from _in_style(value)
            else:
                yield from _named(name, value)
        for name in _names(element) if self._rules else ():
            yield from self._ruled(name, element)

    def _ruled(self, name: str, element: _Element) -> Iterable[Reference]:
        """What the rules about a name give the element, each reference once."""
        found: dict[Reference, None] = {}
        for body in self._rules.get(name, ()):
            references = self._named_by[body]
            self._looked_at += len(references)
            if self._looked_at > MOST_REFERENCES:
                message = f"styles give this picture more than {MOST_REFERENCES:,} references"
                raise TooMuchError(message, element.at)
            found.update(dict.fromkeys(references))
        return found


_UNKNOWN = _Drawn()
_DEEP = f"stands, or is used, deeper than {DEEPEST} levels"


def _all_of(element: _Element, drawn: _Drawn) -> _Much:
    return _NOTHING if element.name in _CHEAP else drawn.size + drawn.copies


def _numbers(element: _Element) -> int:
    """Those of its points."""
    shape = element.attributes.get("d") or element.attributes.get("points") or ""
    return len(_NUMBER.findall(shape)) if shape else 0


def _named(name: str, value: str) -> Iterator[Reference]:
    if "(" in value:
        yield from ((name, unquote(to.strip())) for to in _URL.findall(value))


def _in_style(style: str) -> Iterator[Reference]:
    if "(" in style:
        for name, value in _IN_STYLE.findall(style):
            yield from _named(name.lower(), value)


def _may_mean(selector: str) -> Iterable[str]:
    """What a rule may be about: an element that has one of these names; in doubt any."""
    return "*" if any(sign in selector for sign in "*[&") else _SELECTOR.findall(selector)


def _names(element: _Element) -> Iterable[str]:
    """What a rule about the element may call it, each once."""
    classes = (f".{one}" for one in element.attributes.get("class", "").split())
    return dict.fromkeys(("*", element.name, f"#{element.attributes.get('id', '')}", *classes))
