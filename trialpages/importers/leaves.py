"""The texts of a record by where they stand, each there until a field takes it.

What no field takes is left, and goes into the trial's `extra`: nothing is dropped by not being
thought of.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from trialpages.records.pointers import pointer_to, steps_of

Value = TypeVar("Value")

_INDEX = re.compile("[0-9]{1,9}")
_DEEPEST = 40
"""Members within one another that are told apart; what lies deeper is one text of JSON."""

_SAYS_NOTHING = re.compile(
    r"(?:plain english summary of protocol )?not provided at time of registration"
    r"(?: and not expected to be available in the future)?\.?|nil known|-",
    re.IGNORECASE,
)
"""What stands in a field that was not filled in: kept, and no field of a trial."""


def filled(value: Any) -> Any:
    """A tree of a trial's fields without what is empty."""
    if isinstance(value, dict):
        found = {key: filled(inner) for key, inner in value.items()}
        return {key: inner for key, inner in found.items() if inner not in (None, {}, [], (), "")}
    if isinstance(value, (list, tuple)):
        return [one for one in map(filled, value) if one]
    return value


class Leaves:
    def __init__(self, record: Any) -> None:
        self._texts = dict(_flat(record, ()))
        self._taken: dict[str, str] = {}
        self.size = sum(map(len, self._texts.values()))
        """Characters in all."""
        self._inner = defaultdict[str, dict[str, None]](dict)
        for place in self._texts:
            around, _, name = place.rpartition("/")
            while around and name not in self._inner[around]:
                self._inner[around][name] = None
                around, _, name = around.rpartition("/")

    def text(self, pointer: str) -> str:
        """What stands there and isn't taken; '' where that says nothing."""
        text = self._texts.get(self._place(pointer), "")
        return "" if _SAYS_NOTHING.fullmatch(text) else text

    def take(self, pointer: str) -> str | None:
        """The same, and it is taken."""
        if not (text := self.text(pointer)):
            return None
        place = self._place(pointer)
        self._taken[place] = self._texts.pop(place)
        return text

    def take_as(self, pointer: str, words: Mapping[str, Value]) -> Value | None:
        """What the text means by a table of words; taken if it is one of them."""
        found = words.get(self.text(pointer))
        if found is not None:
            self.take(pointer)
        return found

    def entries(self, pointer: str) -> list[str]:
        """Where each of the elements stands that may be there once, several times, or not."""
        names = self._inner.get(pointer, {})
        if numbers := sorted(filter(_INDEX.fullmatch, names), key=int):
            return [f"{pointer}/{number}" for number in numbers]
        return [pointer] if names or pointer in self._texts else []

    def left(self) -> dict[str, str]:
        """JSON by pointer. The entries of a list stay together, each with what it is known by."""
        found: dict[str, Any] = {}
        for place, text in self._texts.items():
            steps = steps_of(place)
            at = next((index for index, step in enumerate(steps) if _INDEX.fullmatch(step)), None)
            if at is None:
                found[place] = text
                continue
            entries = found.setdefault(pointer_to(steps[:at]), {})
            if steps[at] not in entries and steps[at + 1 :]:
                entries[steps[at]] = self._known_by(pointer_to(steps[: at + 1]))
            _put(entries, steps[at:], text)
        return {place: json.dumps(_lists(one), ensure_ascii=False) for place, one in found.items()}

    def _known_by(self, entry: str) -> dict[str, str]:
        """The name of an entry, if a field has taken that."""
        taken = ((name, self._taken.get(f"{entry}/{name}")) for name in _NAMES)
        return dict([(name, text) for name, text in taken if text][:2])

    def _place(self, pointer: str) -> str:
        return pointer if pointer in self._texts else f"{pointer}/#text"


def _put(tree: dict[str, Any], steps: list[str], text: str) -> None:
    for step in steps[:-1]:
        tree = tree.setdefault(step, {})
    tree[steps[-1]] = text


def _lists(tree: Any) -> Any:
    """The same with lists for what has numbers for names."""
    if not isinstance(tree, dict):
        return tree
    found = {key: _lists(value) for key, value in tree.items()}
    return list(found.values()) if all(map(_INDEX.fullmatch, found)) else found


_NAMES = ("#text", "name", "organisation", "forename", "surname", "variable", "description")
"""What an entry of a list is known by."""


def _flat(value: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[str, str]]:
    """Each text that isn't blank; numbers and truth values as JSON writes them."""
    if len(steps) > _DEEPEST:
        yield pointer_to(steps), msgspec.json.encode(value).decode()
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, (*steps, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _flat(inner, (*steps, index))
    elif value is not None:
        text = value if isinstance(value, str) else json.dumps(value)
        if text.strip():
            yield pointer_to(steps), text.strip()
