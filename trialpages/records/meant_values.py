"""What somebody may have meant who wrote a value in everyday words, in another case, or whole where
a part of it is asked for."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from trialpages.records.model import decode_scalar
from trialpages.text.meant import misspelt

_SAID: Mapping[str, Mapping[str, str]] = {
    "Status": {
        "open": "RECRUITING",
        "enrolling": "RECRUITING",
        "enroling": "RECRUITING",
        "planned": "NOT_YET_RECRUITING",
        "paused": "SUSPENDED",
        "on hold": "SUSPENDED",
        "finished": "COMPLETED",
        "ended": "COMPLETED",
        "done": "COMPLETED",
        "stopped": "TERMINATED",
    },
    "Sex": {
        **dict.fromkeys(("women", "woman", "girls", "f"), "FEMALE"),
        **dict.fromkeys(("men", "man", "boys", "m"), "MALE"),
        **dict.fromkeys(("both", "any", "everybody", "everyone"), "ALL"),
    },
    "Phase": {
        **{str(number): f"PHASE{number}" for number in range(1, 5)},
        **{roman: f"PHASE{at}" for at, roman in enumerate(("i", "ii", "iii", "iv"), start=1)},
    },
}
"""Everyday words for values, by the class of these. What is ambiguous, `closed` or
`ongoing`, isn't here."""


def meant_value(text: str, kind: type[enum.Enum]) -> str:
    """The value that a text stands for, by its label, an everyday word or nearly; else ''."""
    values = [str(member.value) for member in kind]
    labels = {str(getattr(member, "label", "")).lower(): str(member.value) for member in kind}
    said = _SAID.get(kind.__name__, {})
    word = text.lower()
    found = labels.get(word) or said.get(word)
    return found if found in values else misspelt(text, values)


_LANGUAGES = {
    "ar": "arabic العربية",
    "de": "german deutsch",
    "en": "english englisch anglais",
    "es": "spanish español espanol castellano",
    "fr": "french français francais",
    "it": "italian italiano",
    "ja": "japanese jp",
    "nl": "dutch nederlands",
    "pt": "portuguese português portugues",
    "uk": "ukrainian",
    "zh-Hans": "chinese 中文 cn mandarin",
}
_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}


def meant_text(text: str, kind: Any) -> str:
    """The text that a kind of texts allows in place of one that it doesn't, else ''."""
    return next((one for one in _nearly(text) if one and one != text and _fits(one, kind)), "")


def _nearly(text: str) -> Iterator[str]:
    yield _CODES.get(text.lower(), "")
    yield from (text.lower(), text.upper(), text.replace(" ", ""))
    if re.fullmatch(r"[^:?]*[/\\][^/\\]+\.\w+", text):  # a path: the file's name
        yield re.split(r"[/\\]", text)[-1]


def _fits(text: str, kind: Any) -> bool:
    try:
        msgspec.convert(text, kind, strict=False, dec_hook=decode_scalar)
    except msgspec.ValidationError:
        return False
    return True
