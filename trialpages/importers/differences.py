"""Two values of a field on one line each, cut so that the place where they differ is seen."""

from __future__ import annotations

import json
from typing import Any

_SHORT = 100


def difference(old: Any, new: Any) -> tuple[str, str]:
    """Two values in short, from where they differ; of two lists the first entries that do."""
    if isinstance(old, list) and isinstance(new, list):
        pairs = enumerate(zip(old, new, strict=False))
        number = next((at for at, (a, b) in pairs if a != b), min(len(old), len(new)))
        place = f"entry {number + 1} of "
        before, after = difference(_item(old, number), _item(new, number))
        return f"{place}{len(old)}: {before}", f"{place}{len(new)}: {after}"
    return _cut(one_line(old), one_line(new))


def _item(values: list[Any], number: int) -> Any:
    return values[number] if number < len(values) else None


def one_line(value: Any) -> str:
    """A value whole, on one line."""
    if value is None:
        return "(absent)"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(text.split())


def _cut(old: str, new: str) -> tuple[str, str]:
    pairs = enumerate(zip(old, new, strict=False))
    same = next((at for at, (a, b) in pairs if a != b), min(len(old), len(new)))
    start = max(0, same - 20) if max(len(old), len(new)) > _SHORT else 0
    lead = "…" if start else ""
    return lead + _shortened(old[start:]), lead + _shortened(new[start:])


def _shortened(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
