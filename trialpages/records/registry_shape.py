"""The registry's own JSON shape (API v2) of a trial, both ways, without loss.

What the model can't carry (an unknown field, a wrong type, an empty list) is kept beside it, by
JSON Pointer (RFC 6901), and goes out again: `to_registry(from_registry(record)) == record`.
"""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from trialpages.records.explain import Fault, bare, faults
from trialpages.records.model import (
    REGISTRY_MODULES,
    DateStruct,
    Module,
    Part,
    Trial,
    decode_scalar,
    to_tree,
)

Json = Any
Record = dict[str, Any]


class NotATrial(Exception):  # noqa: N818
    """A record that lacks what no trial can be without. Carries the faults."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(fault.message for fault in found))
        self.faults = found


@dataclass(frozen=True, slots=True)
class _Name:
    """A field's two names, and how its value is renamed."""

    ours: str
    api: str
    inner: tuple[_Name, ...]
    """The fields of its struct or of its list's structs; empty for plain values."""
    many: bool


# --- from the registry --------------------------------------------------------------------------


def from_registry(record: Record) -> Trial:
    """The trial in a registry record. Raises NotATrial.

    Everything of the record that the trial's fields don't give back is in the trial's `extra`.
    The posted results are not part of the trial.
    """
    known = {key: value for key, value in record.items() if key != "resultsSection"}
    tree: dict[str, Any] = {}
    for module, names in _modules():
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
        _set(record, [_unescape(step) for step in pointer.split("/")[1:]], json.loads(text))
    return record


def _plain_export(trial: Trial) -> Record:
    tree = to_tree(trial)
    for contact in _contacts(tree):  # the two roles of our own vocabulary
        if contact.get("role") in ("PRIMARY", "BACKUP"):
            contact["role"] = "CONTACT"
    record: Record = {}
    for module, names in _modules():
        values = _exported(tree, names)
        if values:
            _merge(record, module.path, values)
    return record


def _contacts(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from tree.get("central_contacts", ())
    for location in tree.get("locations", ()):
        yield from location.get("contacts", ())


def _merge(record: Record, path: tuple[str, ...], values: Record) -> None:
    for step in path:
        record = record.setdefault(step, {})
    record |= values


# --- names --------------------------------------------------------------------------------------


@cache
def _modules() -> tuple[tuple[type[Module], tuple[_Name, ...]], ...]:
    return tuple((module, _names(module)) for module in REGISTRY_MODULES)


@cache
def _names(kind: type[Part]) -> tuple[_Name, ...]:
    """The names of the fields that this very class declares."""
    own = vars(kind).get("__annotations__", {})
    fields = (field for field in msgspec.structs.fields(kind) if field.name in own)
    suffix = vars(kind).get("suffix", "")
    return tuple(_name(field, suffix) for field in fields)


def _name(field: msgspec.structs.FieldInfo, suffix: str) -> _Name:
    kind = bare(field.type)
    many = typing.get_origin(kind) is tuple
    inner = typing.get_args(kind)[0] if many else kind
    is_part = isinstance(inner, type) and issubclass(inner, Part)
    api = _camel(field.encode_name) + ("Struct" if kind is DateStruct else suffix)
    return _Name(field.encode_name, api, _names(inner) if is_part else (), many)


def _camel(snake: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), snake)


def registry_name(field: str) -> str:
    """Where the registry's JSON has a field of the trial itself:
    `protocolSection.identificationModule.briefTitle` for `brief_title`."""
    for module, names in _modules():
        for name in names:
            if name.ours == field:
                return ".".join((*module.path, name.api))
    return field


def is_known(pointer: str) -> bool:
    """Whether a JSON Pointer into a record leads to a field that the model has too."""
    steps = [_unescape(step) for step in pointer.split("/")[1:] if not step.isdigit()]
    for module, names in _modules():
        path = list(module.path)
        if steps == path[: len(steps)] or (
            steps[: len(path)] == path and _has(names, steps[len(path) :])
        ):
            return True
    return False


def _has(names: tuple[_Name, ...], steps: list[str]) -> bool:
    found = next((name for name in names if name.api == steps[0]), None)
    return found is not None and (len(steps) == 1 or _has(found.inner, steps[1:]))


def _renamed(node: Record, names: tuple[_Name, ...]) -> dict[str, Any]:
    """The known fields of an API object under our names."""
    return {
        name.ours: _mapped(node[name.api], name, _renamed)
        for name in names
        if node.get(name.api) is not None
    }


def _exported(tree: dict[str, Any], names: tuple[_Name, ...]) -> Record:
    return {
        name.api: _mapped(tree[name.ours], name, _exported) if name.inner else tree[name.ours]
        for name in names
        if name.ours in tree
    }


def _mapped(value: Json, name: _Name, rename: Callable[[Any, tuple[_Name, ...]], Any]) -> Json:
    if not name.inner:
        return value
    if name.many and isinstance(value, list):
        return [rename(item, name.inner) if isinstance(item, dict) else item for item in value]
    return rename(value, name.inner) if isinstance(value, dict) else value


# --- what is lost -------------------------------------------------------------------------------


def _differences(record: Json, export: Json, pointer: str) -> Iterator[tuple[str, str]]:
    """JSON Pointer and JSON text of everything in `record` that `export` doesn't have alike."""
    if isinstance(record, dict) and isinstance(export, dict):
        for key, value in record.items():
            here = f"{pointer}/{_escape(key)}"
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


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _unescape(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")


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
