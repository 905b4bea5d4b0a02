"""Places in JSON, as RFC 6901 writes them (JSON Pointer): `/a/0/b~1c`; '' is the whole."""

from __future__ import annotations

from collections.abc import Iterable


def pointer_to(steps: Iterable[str | int]) -> str:
    """Keys of objects and indexes of lists, from the outside in."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def steps_of(pointer: str) -> list[str]:
    """The other way."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
