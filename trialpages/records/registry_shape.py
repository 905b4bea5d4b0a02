"""The registry's own JSON shape (API v2) of a trial, both ways, without loss.

What the model can't carry (an unknown field, a wrong type, an empty list) is kept beside it, by
JSON Pointer (RFC 6901), and goes out again: `to_registry(from_registry(record)) == record`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from trialpages.records.explain import Fault, faults
from trialpages.records.model import Trial, decode_scalar
from trialpages.records.pointers import pointer_to, steps_of
from trialpages.records.registry_form import encoded, registry_form
from trialpages.records.registry_names import Name, modules

Json = Any
Record = dict[str, Any]


class NotATrial(Exception):  # noqa: N818
    """A record that lacks what no trial can be without. Carries the faults."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(fault.message for fault in found))
        self.faults = found


# --- from the registry --------------------------------------------------------------------------


def from_registry(record: Record) -> Trial:
    """The trial in a registry record. Raises NotATrial.

    Everything of the record that the trial's fields don't give back is in the trial's `extra`.
    The posted results are not part of the trial.
    """
    known = {key: value for key, value in record.items() if key != "resultsSection"}
    tree: dict[str, Any] = {}
    for module, names in modules():
        node = _at(known, module.path)
        if isinstance(node, dict):
            tree |= _renamed(node, names)
    trial = _decoded(tree)
    lost = dict(_differences(known, _plain_export(trial), ""))
    return msgspec.structs.replace(trial, extra=lost) if lost else trial


def _decoded(tree: dict[str, Any]) -> Trial:
    """The tree as a Trial; what doesn't fit is left out (and found again as lost)."""
    try:
        return msgspec.convert(tree, Trial, dec_hook=decode_scalar)
    except msgspec.ValidationError:
        pass
    while found := tuple(faults(tree, Trial)):
        fatal = tuple(fault for fault in found if not _removed(tree, fault))
        if fatal:
            raise NotATrial(fatal)
    try:
        return msgspec.convert(tree, Trial, strict=False, dec_hook=decode_scalar)
    except msgspec.ValidationError as error:
        raise NotATrial((Fault((), "wrong-value", str(error)),)) from None


_REQUIRED = ("nct_id", "brief_title", "overall_status", "study_type")


def _removed(tree: dict[str, Any], fault: Fault) -> bool:
    """Take what is at fault out of the tree; a list goes whole, and so does what lacks a field it
    can't be without. False if the trial itself can't be without it."""
    path = fault.path[:-1] if fault.on_key else fault.path
    if not path or path[0] in _REQUIRED:
        return False
    while isinstance(path[-1], int):
        path = path[:-1]
    node: Any = tree
    for step in path[:-1]:
        node = node.get(step, {}) if isinstance(node, dict) else node[step]
    if isinstance(node, dict):  # another fault may have taken what is around
        node.pop(path[-1], None)
    return True


# --- to the registry ----------------------------------------------------------------------------


def to_registry(trial: Trial) -> Record:
    """The trial as the registry would send it, without posted results."""
    record = _plain_export(trial)
    for pointer, text in trial.extra.items():
        _set(record, steps_of(pointer), _strict(text))
    return record


def registry_json(trial: Trial, results: bytes | None) -> bytes:
    """The JSON of what `to_registry` gives, with its posted results, given as JSON."""
    record = to_registry(trial) if trial.extra else registry_form(trial)
    if results is not None:
        record["resultsSection"] = msgspec.json.decode(results)
    return encoded(record)


def _plain_export(trial: Trial) -> Record:
    record: Record = msgspec.json.decode(encoded(registry_form(trial)))
    return record


# --- names --------------------------------------------------------------------------------------


def name_at_registry(field: str) -> str:
    """Where the registry's JSON has a field of the trial itself:
    `protocolSection.identificationModule.briefTitle` for `brief_title`."""
    for module, names in modules():
        for name in names:
            if name.ours == field:
                return ".".join((*module.path, name.api))
    return field


def keeps(trial: Trial, field: str) -> bool:
    """Whether `extra` has what the record says in a field, or in a part of it."""
    if not trial.extra:
        return False
    inside = pointer_of(field) + "/"
    return any(one.startswith(inside) for one in trial.extra) or kept(trial, field) is not None


def kept(trial: Trial, field: str) -> Json:
    """The registry's value of a field of the trial's where the model couldn't take it, else None.

    `extra` keeps it under its own pointer or within what is around it.
    """
    steps = pointer_of(field).split("/")
    for end in range(2, len(steps) + 1) if trial.extra else ():
        text = trial.extra.get("/".join(steps[:end]))
        if text is not None:
            return _at(_parsed(text), tuple(steps[end:]))
    return None


def pointer_of(field: str) -> str:
    """Where `extra` keeps a field: `/protocolSection/eligibilityModule/minimumAge`."""
    return "/" + name_at_registry(field).replace(".", "/")


def misplaced(trial: Trial) -> tuple[str, ...]:
    """The pointers of `extra` that no import would write for this trial: those of a field that the
    front matter holds, or could hold. They would make the JSON say another thing than the page.

    Raises as `to_registry` does for an `extra` that fits nowhere.
    """
    plain, record = _plain_export(trial), to_registry(trial)
    try:
        again = from_registry(record)
    except NotATrial:
        return tuple(one for one in trial.extra if _value(plain, one) is not None)
    export = _plain_export(again)
    return tuple(
        one
        for one in trial.extra
        if not _keeps_whole(again.extra, one) or _value(plain, one) != _value(export, one)
    )


def _keeps_whole(extra: Mapping[str, str], pointer: str) -> bool:
    steps = pointer.split("/")
    return any("/".join(steps[:end]) in extra for end in range(2, len(steps) + 1))


def _value(node: Json, pointer: str) -> Json:
    for step in steps_of(pointer):
        if isinstance(node, dict):
            node = node.get(step)
        elif isinstance(node, list) and step.isdecimal() and int(step) < len(node):
            node = node[int(step)]
        else:
            return None
    return node


def field_of(pointer: str) -> str:
    """The trial's field that a JSON Pointer leads to or into, or ''."""
    steps = steps_of(pointer)
    found = (
        name.ours
        for module, names in modules()
        for name in names
        if [*module.path, name.api] == steps[: len(module.path) + 1]
    )
    return next(found, "")


def _parsed(text: str) -> Json:
    """What an entry says; as a text, where an editor made something else than JSON of it."""
    try:
        return _strict(text)
    except ValueError:
        return text


def _strict(text: str) -> Json:
    """What a JSON text says. Raises ValueError for what can't be written as JSON again: half a
    sign, a number without end or that is none, lists in lists in lists."""
    try:
        value = json.loads(text, parse_constant=_finite, parse_float=_finite)
        msgspec.json.encode(value)
    except (RecursionError, OverflowError, msgspec.MsgspecError) as error:
        raise ValueError(str(error)) from None
    return value


def _finite(number: str) -> float:
    if not math.isfinite(found := float(number)):
        raise ValueError(f"JSON has no {number}")
    return found


def is_known(pointer: str) -> bool:
    """Whether a JSON Pointer into a record leads to a field that the model has too."""
    steps = [step for step in steps_of(pointer) if not step.isdigit()]
    for module, names in modules():
        path = list(module.path)
        if steps == path[: len(steps)] or (
            steps[: len(path)] == path and _has(names, steps[len(path) :])
        ):
            return True
    return False


def _has(names: tuple[Name, ...], steps: list[str]) -> bool:
    found = next((name for name in names if name.api == steps[0]), None)
    return found is not None and (len(steps) == 1 or _has(found.inner, steps[1:]))


def _renamed(node: Record, names: tuple[Name, ...]) -> dict[str, Any]:
    """The known fields of an API object under our names."""
    return {
        name.ours: _mapped(node[name.api], name) for name in names if node.get(name.api) is not None
    }


def _mapped(value: Json, name: Name) -> Json:
    if not name.inner:
        return value
    if name.many and isinstance(value, list):
        return [_renamed(item, name.inner) if isinstance(item, dict) else item for item in value]
    return _renamed(value, name.inner) if isinstance(value, dict) else value


# --- what is lost -------------------------------------------------------------------------------


def _differences(record: Json, export: Json, pointer: str) -> Iterator[tuple[str, str]]:
    """JSON Pointer and JSON text of everything in `record` that `export` doesn't have alike."""
    if isinstance(record, dict) and isinstance(export, dict):
        for key, value in record.items():
            here = pointer + pointer_to((key,))
            if key not in export:
                yield here, _json(value)
            elif value != export[key] or isinstance(value, bool) != isinstance(export[key], bool):
                yield from _differences(value, export[key], here)
    elif isinstance(record, list) and isinstance(export, list) and len(record) == len(export):
        for index, (value, other) in enumerate(zip(record, export, strict=True)):
            if value != other:
                yield from _differences(value, other, f"{pointer}/{index}")
    else:
        yield pointer, _json(record)


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _at(record: Json, path: tuple[str, ...]) -> Json:
    for step in path:
        record = record.get(step) if isinstance(record, dict) else None
    return record


def _set(node: Json, steps: list[str], value: Json) -> None:
    for step in steps[:-1]:
        node = node[int(step)] if isinstance(node, list) else node.setdefault(step, {})
    if isinstance(node, list):
        node[int(steps[-1])] = value
    else:
        node[steps[-1]] = value
