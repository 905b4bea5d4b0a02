"""The texts of a record by where they stand, each there until a field takes it.

What no field takes is left, and goes into the trial's `extra`: nothing is dropped by not being
thought of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from trialpages.records.pointers import pointer_to, steps_of

Value = TypeVar("Value")

_SAYS_NOTHING = re.compile(
    r"(?:plain english summary of protocol )?not provided at time of registration"
    r"(?: and not expected to be available in the future)?\.?|nil known|-",
    re.IGNORECASE,
)
"""What stands in a field that was not filled in: kept, and no field of a trial."""


class Leaves:
    def __init__(self, record: Any) -> None:
        self._texts = dict(_flat(record, ()))
        self._taken: dict[str, str] = {}

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
        start = f"{pointer}/"
        places = [one.removeprefix(start) for one in self._texts if one.startswith(start)]
        numbers = {first for one in places if (first := one.partition("/")[0]).isdecimal()}
        if numbers:
            return [f"{start}{number}" for number in sorted(numbers, key=int)]
        return [pointer] if places or pointer in self._texts else []

    def left(self) -> dict[str, str]:
        """JSON by pointer. The entries of a list stay together, each with what it is known by."""
        found: dict[str, Any] = {}
        for place, text in self._texts.items():
            steps = steps_of(place)
            at = next((index for index, step in enumerate(steps) if step.isdecimal()), None)
            if at is None:
                found[place] = text
            else:
                of_list = found.setdefault(pointer_to(steps[:at]), {})
                entry = of_list.setdefault(steps[at], self._known_by(pointer_to(steps[: at + 1])))
                _put(entry, steps[at + 1 :], text)
        return {place: _json(value) for place, value in found.items()}

    def _known_by(self, entry: str) -> dict[str, str]:
        """The name of an entry, if a field has taken that."""
        taken = ((name, self._taken.get(f"{entry}/{name}")) for name in _NAMES)
        return dict([(name, text) for name, text in taken if text][:2])

    def _place(self, pointer: str) -> str:
        return pointer if pointer in self._texts else f"{pointer}/#text"


def _put(entry: dict[str, Any], steps: list[str], text: str) -> None:
    """By the name it has in the entry; several of one name are a list."""
    names = [step for step in steps if not step.isdecimal()]
    name = names[-1] if names and names[-1] not in entry else "/".join(names)
    if len(names) == len(steps):
        entry[name] = text
    else:
        name = names[-1]
        entry[name] = [*entry.get(name, []), text]


_NAMES = ("#text", "name", "organisation", "forename", "surname", "variable", "description")
"""What an entry of a list is known by."""


def _json(value: Any) -> str:
    """Of a text or of the entries of a list; one that is a text alone is that text."""
    if isinstance(value, dict):
        value = [one.get("", one) if one.keys() == {""} else one for one in value.values()]
    return json.dumps(value, ensure_ascii=False)


def _flat(value: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[str, str]]:
    """Each text that isn't blank; numbers and truth values as JSON writes them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, (*steps, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _flat(inner, (*steps, index))
    elif value is not None:
        text = value if isinstance(value, str) else json.dumps(value)
        if text.strip():
            yield pointer_to(steps), text.strip()
