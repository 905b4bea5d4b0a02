"""Reading a file of posted results, and one that doesn't quite fit its classes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from trialpages.problems import Problem, Where
from trialpages.records.explain import Fault, faults
from trialpages.records.model import decode_scalar
from trialpages.records.pointers import pointer_to
from trialpages.records.results import Results
from trialpages.records.results_groups import check_groups
from trialpages.records.unfit import check_unfit_json

_DEEPEST = 100
"""Levels of nesting. The registry's own results have 11."""

_AGAIN = "import the record again"
_IN_DOWNLOAD = "the page shows it as it stands, outside the tables; the download has it too"


def read_results(content: bytes, path: str) -> tuple[Results | None, tuple[Problem, ...]]:
    """The posted results in a file's bytes. Never raises for bad content: it says what is wrong."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    found: Results | None
    problems: tuple[Problem, ...] = ()
    try:
        try:
            found = _decoder().decode(content)
        except msgspec.ValidationError:  # of another shape, which is known before all is read
            found, problems = _lenient(msgspec.json.decode(content), path)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return None, (_no_json(content, path, error),)
    shared = check_groups(found, path) if found else ()
    return found, (*problems, *shared, *check_unfit_json(content, path))


@cache
def _decoder() -> msgspec.json.Decoder[Results]:
    return msgspec.json.Decoder(Results, dec_hook=decode_scalar)


# --- files that don't quite fit -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Misfit:
    """A value the classes can't hold, where it is and what is wrong with it."""

    fault: Fault
    text: str
    """The value as JSON."""


def _lenient(tree: Any, path: str) -> tuple[Results | None, tuple[Problem, ...]]:
    """The results without the values that don't fit, each of which becomes an extra."""
    if not isinstance(tree, dict):
        message = "the results must be one JSON object, the registry's `resultsSection`"
        return None, (Problem("wrong-type", "error", message, Where(path), _AGAIN),)
    if _too_deep(tree):
        return None, (_depth_problem(path),)
    tree = _without_nulls(tree)
    misfits = tuple(
        _Misfit(fault, msgspec.json.encode(_at(tree, fault.path)).decode())
        for fault in faults(tree, Results)
    )
    for misfit in reversed(misfits):  # from the end, so that no index before it moves
        del _at(tree, misfit.fault.path[:-1])[misfit.fault.path[-1]]
    results = msgspec.convert(tree, Results, strict=False, dec_hook=decode_scalar)
    extra = {pointer_to(misfit.fault.path): misfit.text for misfit in misfits}
    return msgspec.structs.replace(results, extra=extra), tuple(_warnings(misfits, path))


def _without_nulls(value: Any) -> Any:
    """A JSON null is the same as nothing there."""
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value if item is not None]
    return value


def _at(tree: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _warnings(misfits: tuple[_Misfit, ...], path: str) -> Iterator[Problem]:
    """One warning a kind of misfit, since a new field of the registry's stands in every row."""
    kinds = [
        (misfit.fault.code, tuple(step for step in misfit.fault.path if isinstance(step, str)))
        for misfit in misfits
    ]
    counts = Counter(kinds)
    seen = set[object]()
    for misfit, kind in zip(misfits, kinds, strict=True):
        if kind in seen:
            continue
        seen.add(kind)
        more = f" (and {counts[kind] - 1:,} more like it)" if counts[kind] > 1 else ""
        message = f"{_reason(misfit)} at {pointer_to(misfit.fault.path)}{more}"
        yield Problem(misfit.fault.code, "warning", message, Where(path), _IN_DOWNLOAD)


def _reason(misfit: _Misfit) -> str:
    if misfit.fault.code == "unknown-field":
        return "a field this program doesn't know,"
    if misfit.fault.code == "unknown-value":
        return f"a value this program doesn't know, {misfit.text},"
    shown = misfit.text if len(misfit.text) <= _LONGEST_SHOWN else "…"
    return f"a value of the wrong type, {shown},"


_LONGEST_SHOWN = 40


# --- files that are no JSON ---------------------------------------------------------------------


def _no_json(content: bytes, path: str, error: Exception) -> Problem:
    if isinstance(error, RecursionError):
        return _depth_problem(path)
    if isinstance(error, UnicodeDecodeError):
        message, hint = "the file is not UTF-8", _AGAIN
        return Problem("not-utf-8", "error", message, Where(path), hint)
    byte = re.search(r"\(byte (\d+)\)", str(error))
    position = int(byte[1]) if byte else len(content)
    reason = re.sub(r"^JSON is malformed: | \(byte \d+\)$| - at `.*", "", str(error))
    message = f"this is no valid JSON: {reason[:1].lower()}{reason[1:]}"
    where = _where(content, position, path)
    return Problem("not-json", "error", message, where, _AGAIN)


def _where(content: bytes, position: int, path: str) -> Where:
    start = content.rfind(b"\n", 0, position) + 1
    end = content.find(b"\n", position)
    line = content[start : end if end >= 0 else len(content)].decode(errors="replace")
    column = len(content[start:position].decode(errors="replace")) + 1
    return Where(path, content.count(b"\n", 0, position) + 1, column, line)


def _depth_problem(path: str) -> Problem:
    message = f"the results nest deeper than {_DEEPEST} levels"
    return Problem("too-deep", "error", message, Where(path), _AGAIN)


def _too_deep(tree: Any) -> bool:
    level = [tree]
    for _ in range(_DEEPEST):
        level = [inner for node in level for inner in _inner(node)]
        if not level:
            return False
    return True


def _inner(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []
