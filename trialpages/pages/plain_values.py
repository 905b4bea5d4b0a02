"""What the forms for other programs share: texts without markup, trees without what is absent."""

from __future__ import annotations

import re
from typing import Any

from trialpages.pages import prose

Json = dict[str, Any]


def plain_text(markup: str) -> str:
    """The words of a CommonMark text on one line, list items with the source's own numbers.

    Raises TooDeep.
    """
    html = _LIST_ITEM.sub(lambda item: f" {item[1]}. " if item[1] else " - ", prose.prose(markup))
    return prose.without_tags(html)


_LIST_ITEM = re.compile(r'<li(?: value="(\d+)")?[^>]*>')


def without_absent(tree: Json) -> Json:
    """The tree without what says nothing: None, blank texts, empty lists, objects with a type only.

    Control characters go too: neither JSON-LD nor FHIR (`string`) may carry them.
    """
    return _without_absent(tree) or {}


def _without_absent(tree: Json) -> Json | None:
    kept = {}
    for key, value in tree.items():
        # Most values are short texts, so these are asked for first and without a call.
        if type(value) is str and value.isprintable():
            if value and not value.isspace():
                kept[key] = value
        elif value is not None and (present := _present(value)) is not None:
            kept[key] = present
    return None if not kept or (len(kept) == 1 and "@type" in kept) else kept


def _present(value: Any) -> Any:
    """The value, or None for one that says nothing."""
    if isinstance(value, dict):
        return _without_absent(value)
    if isinstance(value, list):
        return [kept for item in value if (kept := _present(item)) is not None] or None
    if isinstance(value, str):
        text = str(_CONTROL.sub("", value))
        return None if text.isspace() or not text else text
    return value


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
