"""What a style sheet, or a value of style, inside a picture may hold: a list, and nothing else.

The rule is one of letters. CSS loads by a function (`url`, `image-set` …) or by an at-rule, and
both are written out, unless a backslash hides a letter. So a text without backslashes in which
every function and every at-rule is a known one loads nothing, however a browser parses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_FUNCTIONS = frozenset(
    {
        *("rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"),
        *("color-mix", "calc", "min", "max", "clamp", "var", "light-dark"),
        *("matrix", "translate", "translateX", "translateY", "scale", "scaleX", "scaleY"),
        *("rotate", "skewX", "skewY", "linear-gradient", "radial-gradient"),
        *("brightness", "contrast", "grayscale", "hue-rotate", "invert"),
        *("opacity", "saturate", "sepia", "circle", "ellipse", "inset", "polygon", "path"),
        *("not", "is", "where", "nth-child", "nth-of-type", "nth-last-child", "lang"),
    }
)
"""Functions and pseudo-classes that work with what is there."""

_KNOWN = frozenset(name.lower() for name in _FUNCTIONS)
_FUNCTION = re.compile(r"(?<![-\w])([-\w]*)\((\s*+[\"']?\s*+#)?")
_AT_RULE = re.compile(r"@([-\w]*)")
_AND = frozenset({"and", "or", "only"})
"""Words before the parentheses of a media query."""
_LOADS = " loads something from elsewhere"


def sheet_faults(css: str) -> Iterator[str]:
    """What is wrong with a style sheet, as `style_faults` says it."""
    yield from style_faults(css)
    for found in _AT_RULE.finditer(css):
        if found[1].lower() == "import":
            yield _LOADS
        elif found[1].lower() != "media":
            yield f" holds `@{found[1]}`, which isn't known to draw"


def style_faults(css: str) -> Iterator[str]:
    """What is wrong with the value of an attribute, as ends of a sentence that begins with its
    name."""
    if "\\" in css:
        yield " hides letters behind a backslash"
    for found in _FUNCTION.finditer(css):
        name, inside = found[1].lower(), found[2]
        if name == "url":
            if not inside:
                yield _LOADS
        elif name and name not in _KNOWN and name not in _AND:
            yield f" holds `{found[1]}(…)`, which isn't known to draw"
