"""The model's fields under the registry's names (API v2), class by class."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from msgspec.structs import FieldInfo, fields

from trialpages.records.explain import bare
from trialpages.records.model import REGISTRY_MODULES, DateStruct, Module, RecordPart


@dataclass(frozen=True, slots=True)
class Name:
    """A field's two names, and how its value is renamed."""

    ours: str
    api: str
    inner: tuple[Name, ...]
    """The fields of its struct or of its list's structs; empty for plain values."""
    many: bool


@cache
def modules() -> tuple[tuple[type[Module], tuple[Name, ...]], ...]:
    return tuple((module, _names(module)) for module in REGISTRY_MODULES)


@cache
def _names(kind: type[RecordPart]) -> tuple[Name, ...]:
    return tuple(_name(field, api) for field, api in own_fields(kind))


def _name(field: FieldInfo, api: str) -> Name:
    part, many = part_of(field.type)
    return Name(field.encode_name, api, _names(part) if part else (), many)


def own_fields(kind: type[RecordPart]) -> Iterator[tuple[FieldInfo, str]]:
    """The fields that this very class declares, each with the registry's name."""
    own = vars(kind).get("__annotations__", {})
    suffix = vars(kind).get("suffix", "")
    for field in fields(kind):
        if field.name in own:
            is_date = bare(field.type) is DateStruct
            yield field, _camel(field.encode_name) + ("Struct" if is_date else suffix)


def part_of(kind: Any) -> tuple[type[RecordPart] | None, bool]:
    """The struct that a field's type holds, if it does, and whether it holds a list."""
    kind = bare(kind)
    many = typing.get_origin(kind) is tuple
    inner = typing.get_args(kind)[0] if many else kind
    return (inner if isinstance(inner, type) and issubclass(inner, RecordPart) else None), many


def _camel(snake: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), snake)
