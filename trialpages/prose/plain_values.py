"""What the forms for other programs share: texts without markup, JSON without what is absent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from trialpages.characters import UNFIT, fit, is_fit
from trialpages.prose.markup import prose, without_tags

Json = dict[str, Any]
Filled = TypeVar("Filled", bound=Struct)


@lru_cache(maxsize=16)  # a page, its linked data and its other forms ask for the same ones
def plain_text(markup: str) -> str:
    """The words of a CommonMark text on one line, list items with the source's own numbers.

    Raises TooDeep.
    """
    html = _LIST_ITEM.sub(lambda item: f" {item[1]}. " if item[1] else " - ", prose(markup))
    return without_tags(html)


_LIST_ITEM = re.compile(r'<li(?: value="(\d+)")?[^>]*>')


def said(texts: Iterable[str | None]) -> tuple[str, ...]:
    """The texts that are there and not blank."""
    return tuple(text for text in texts if text and not text.isspace())


def filled(part: Filled) -> Filled | None:
    """A part of a form, or None for one that holds nothing."""
    return None if part == type(part)() else part


def written(form: Struct) -> bytes:
    """The JSON of a form whose type leaves out what is absent (`omit_defaults`).

    A form made of a record says nothing with None, an empty list or an empty object, but it may
    hold a blank text or control characters. Such a form goes the long way, by `without_absent`.
    """
    json = msgspec.json.encode(form, enc_hook=str)
    if _BLANK.search(json) or _ESCAPED_CONTROL.search(json) or not is_fit(json):
        return msgspec.json.encode(without_absent(msgspec.json.decode(json)))
    return json


_BLANK = re.compile(
    rb':"(?=["\s\\\xc2\xe1-\xe3])'  # a quick look at the first byte, for most texts begin otherwise
    rb'(?:\s|\\[nrt]|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2[\x80\x81].|\xe3\x80\x80)*"',
    re.DOTALL,
)
"""A property's text without a sign that shows, in UTF-8. Lists have gone through `said`."""

_ESCAPED_CONTROL = re.compile(rb"\\[ubf]")
"""What a control character begins with in JSON. Now and then it is a backslash of the text."""


def without_absent(tree: Json) -> Json:
    """The tree without what says nothing: None, blank texts, empty lists, objects with a type only.

    Control characters become U+FFFD: neither JSON-LD nor FHIR (`string`) may carry them. A text of
    such alone says nothing.
    """
    return _without_absent(tree) or {}


def _without_absent(tree: Json) -> Json | None:
    kept = {key: present for key, value in tree.items() if (present := _present(value)) is not None}
    return None if not kept or (len(kept) == 1 and "@type" in kept) else kept


def _present(value: Any) -> Any:
    """The value, or None for one that says nothing."""
    if isinstance(value, dict):
        return _without_absent(value)
    if isinstance(value, list):
        return [kept for item in value if (kept := _present(item)) is not None] or None
    if isinstance(value, str):
        return fit(value) if UNFIT.sub("", value).strip() else None
    return value
