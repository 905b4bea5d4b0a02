"""Why a tree of texts is no trial: every reason at once, each with its path and what to write.

msgspec decides whether a tree is valid and stops at the first fault; this walks the same classes
slowly, and only when that has failed.
"""

from __future__ import annotations

import enum
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import msgspec

from trialpages.records.dates import date_hint
from trialpages.records.meant_values import meant_text, meant_value
from trialpages.records.model import PartialDate, decode_scalar
from trialpages.text.front_matter import Path
from trialpages.text.meant import closest


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at `path`; `on_key` where the name is at fault and not its value."""

    path: Path
    code: str
    message: str
    hint: str = ""
    on_key: bool = False


def faults(value: Any, kind: Any, path: Path = ()) -> Iterator[Fault]:
    """Every reason why `value` can't be read as `kind`, a class of the model."""
    if value is None and bare(kind) is not kind:
        return  # an optional field that says nothing
    kind = bare(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _struct_faults(value, kind, path)
    elif typing.get_origin(kind) is tuple:
        yield from _list_faults(value, typing.get_args(kind)[0], path)
    elif typing.get_origin(kind) is dict:
        yield from _dict_faults(value, typing.get_args(kind)[1], path)
    elif isinstance(value, (dict, list)):
        yield Fault(path, "wrong-type", f"{_name(path)} must be text", "write one value")
    elif isinstance(kind, type) and issubclass(kind, enum.Enum):
        yield from _enum_faults(value, kind, path)
    else:
        yield from _scalar_faults(value, kind, path)


_MOST_TOLD = 100
"""Faults of one file: who mends so many tries again anyway."""


def first_faults(value: Any, kind: Any) -> Iterator[Fault]:
    """The first faults, and a word that there are more where there are."""
    yield from told(faults(value, kind))


def told(found: Iterator[Fault]) -> Iterator[Fault]:
    """The first of any faults, and a word that there are more; those aren't even looked for."""
    yield from islice(found, _MOST_TOLD)
    if next(found, None):
        message = f"there is more wrong than these {_MOST_TOLD} things"
        yield Fault((), "more-faults", message, "mend them and try again")


def bare(kind: Any) -> Any:
    """The type without `| None`; constraints of an Annotated type stay."""
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return next(part for part in typing.get_args(kind) if part is not type(None))
    return kind


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(kind)}


def _struct_faults(value: Any, kind: type[msgspec.Struct], path: Path) -> Iterator[Fault]:
    fields = _fields(kind)
    if not isinstance(value, dict):
        yield Fault(
            path, "wrong-type", f"{_name(path)} has fields of its own", _part_hint(value, fields)
        )
        return
    unknown = [name for name in value if name not in fields]
    meant = {name: _meant(name, fields) for name in unknown[:_MOST_TOLD]}
    for name, inner in value.items():
        here = (*path, name)
        if name in fields:
            yield from faults(inner, fields[name].type, here)
        else:
            yield Fault(
                here,
                "unknown-field",
                f"unknown field `{name}`",
                _hint(name, meant.get(name, ""), fields),
                True,
            )
    for name, field in fields.items():
        if field.required and name not in value and name not in meant.values():
            here = (*path, name)
            hint = f"add `{name}: {_example(field.type)}`"
            yield Fault(here, "missing-field", f"`{name}` is missing", hint, on_key=True)


def _list_faults(value: Any, kind: Any, path: Path) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault(path, "wrong-type", f"{_name(path)} must be a list", _list_hint(value, kind))
        return
    for index, item in enumerate(value):
        yield from faults(item, kind, (*path, index))


def _list_hint(value: Any, kind: Any) -> str:
    if not isinstance(value, str):
        return "write `- ` before the first field of each entry, and indent its others two more"
    text = value.removeprefix("-").strip()
    if text.endswith("]"):
        return f"write `[{text}`: the opening bracket is missing"
    entries = ", ".join(f"`  - {entry}`" for entry in _entries(text, kind))
    return f"write each entry on a line of its own: {entries}"


def _entries(text: str, kind: Any) -> list[str]:
    """What a text holds where a list is asked for: several only where each can be an entry, since
    commas belong to the names of conditions."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        parts = [part.strip() for part in text.split(",")]
        return [meant_value(part, kind) or part for part in parts]
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    fit = _examples(kind) and not any(next(faults(part, kind), None) for part in parts)
    return parts if fit else [text]


def _dict_faults(value: Any, kind: Any, path: Path) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(
            path, "wrong-type", f"{_name(path)} must be `name: text` lines", _pair_hint(value)
        )
        return
    for name, inner in value.items():
        if typing.get_origin(kind) is tuple:
            if not (isinstance(inner, list) and all(isinstance(one, str) for one in inner)):
                message = f"{_name((*path, name))} must be text, or a list of texts"
                hint = "write one value, or each on a line of its own: `    - …`"
                yield Fault((*path, name), "wrong-type", message, hint)
        elif not isinstance(inner, str):
            yield Fault((*path, name), "wrong-type", f"`{name}` must be text", "put it in quotes")


def _pair_hint(value: Any) -> str:
    text = value[0] if isinstance(value, list) and len(value) == 1 else value
    said = text if isinstance(text, str) else "…"
    return f"write a name before each text, on a line of its own: `  Good to know: {said}`"


def _enum_faults(value: Any, kind: type[enum.Enum], path: Path) -> Iterator[Fault]:
    values = [str(member.value) for member in kind]
    if value in values:
        return
    meant = meant_value(str(value), kind)
    hint = f"did you mean {meant}?" if meant else "one of " + ", ".join(values)
    yield Fault(path, "unknown-value", f"{_name(path)} can't be `{value}`", hint)


def _scalar_faults(value: Any, kind: Any, path: Path) -> Iterator[Fault]:
    try:
        msgspec.convert(value, kind, strict=False, dec_hook=decode_scalar)
    except msgspec.ValidationError as error:
        message, hint = _scalar_words(value, kind, str(error))
        yield Fault(path, "wrong-value", f"{_name(path)} {message}", hint)


def _scalar_words(value: Any, kind: Any, error: str) -> tuple[str, str]:
    if kind is bool:
        meant = _BOOLS.get(str(value).lower(), "true or false")
        return f"must be true or false, not `{value}`", f"write {meant}"
    number = typing.get_args(kind)[0] if typing.get_args(kind) else kind
    if number in (int, float):
        odd = next((hint for form, hint in _ODD_NUMBERS if form.fullmatch(str(value))), "")
        if not odd and re.fullmatch(_NUMBERS[number], str(value)):
            return _limit_words(value, kind)
        return f"must be a number, not `{value}`", odd or f"write {_only_number(str(value))}"
    if kind is PartialDate:
        return f"can't be the date `{value}`", date_hint(str(value))
    examples = _examples(kind)
    if examples:
        meant = meant_text(str(value), kind)
        return f"can't be `{value}`", f"write {meant or f'it like {examples[0]}'}"
    return f"can't be `{value}`: {error}", ""


def _only_number(text: str) -> str:
    """The one number in a text, as a person wrote it; nothing is made up of several."""
    found = re.findall(r"[0-9](?:[0-9,. ]*[0-9])?", text)
    alone = re.search(r"(?<![\w.,+-])([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?![\w.,])", text)
    if len(found) != 1 or not alone or alone[0] != found[0] or alone[0].startswith("0"):
        return "digits only"
    return alone[0].replace(",", "")


_ODD_NUMBERS = (
    (
        re.compile(r"[+-]?0[xX]\w+"),
        "this is hexadecimal: write the number in digits from 0 to 9",
    ),
    (re.compile(r"[+-]?0[oO]\w+"), "this is octal: write the number in digits from 0 to 9"),
    (re.compile(r"[+-]?0[bB][01_]+"), "this is binary: write the number in digits from 0 to 9"),
    (re.compile(r"[+-]?0[0-9]+(\.[0-9]*)?"), "write the number without the leading zero"),
    (re.compile(r"\+[0-9.]+"), "write the number without the sign +"),
    (re.compile(r"[+-]?[0-9]+(_[0-9]+)+"), "write the number without `_`"),
    (
        re.compile(r"[+-]?([0-9]+\.|\.[0-9]+)([eE][+-]?[0-9]+)?"),
        "write a digit before the point and one behind it",
    ),
)
"""Numbers that other programs read otherwise than people do, and what to do about them."""

_PRACTICALLY_ANY = 2**53
_NUMBERS = {
    int: r"[+-]?[0-9]+",
    float: r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?",
}


def _limit_words(value: Any, kind: Any) -> tuple[str, str]:
    """For a number beyond what the field may hold."""
    metas = (meta for meta in typing.get_args(kind)[1:] if isinstance(meta, msgspec.Meta))
    limits = next(metas, msgspec.Meta())
    number = float(str(value))  # of a text any number can be made, and be infinite
    small = limits.ge is not None and number < limits.ge
    said = f"can't be as {'small' if small else 'large'} as `{value}`"
    if limits.le is not None and limits.le < _PRACTICALLY_ANY:
        return said, f"write a number from {limits.ge} to {limits.le}"
    return (
        said,
        f"write a number from {limits.ge} on" if small else "write the number of the source",
    )


_BOOLS = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}


def _part_hint(value: Any, fields: dict[str, msgspec.structs.FieldInfo]) -> str:
    """For one text where fields belong: it may lack no more than a colon."""
    name, _, rest = str(value).partition(" ")
    if isinstance(value, str) and rest and name.rstrip(":") in fields:
        return f"write `{name.rstrip(':')}: {rest.strip()}`"
    known = ", ".join(f"`{name}: …`" for name in list(fields)[:3])
    return f"write {known} on lines below, each two spaces further right"


def _example(kind: Any) -> str:
    """A value such a field may have."""
    kind = bare(kind)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return str(next(iter(kind)).value)
    return next(iter(_examples(kind)), "…")


def _examples(kind: Any) -> list[str]:
    return [
        str(example)
        for meta in typing.get_args(kind)[1:]
        if isinstance(meta, msgspec.Meta)
        for example in meta.examples or ()
    ]


def _meant(name: str, fields: dict[str, Any]) -> str:
    return closest(name.lower().replace("-", "_").replace(" ", "_"), list(fields))


def _with_field(name: str, fields: dict[str, msgspec.structs.FieldInfo]) -> str:
    """The one part that has a field of that name, which somebody wrote beside the part."""
    kinds = {part: bare(field.type) for part, field in fields.items()}
    parts = {part: kind for part, kind in kinds.items() if isinstance(kind, type)}
    found = [
        part
        for part, kind in parts.items()
        if issubclass(kind, msgspec.Struct) and name in _fields(kind)
    ]
    return found[0] if len(found) == 1 else ""


_ELSEWHERE = {
    "ours": "`ours` is for facts of one trial, in its file; your institutions are `our_sites`",
    "our_sites": "`our_sites` stands in content/site.yaml; a trial's own facts are under `ours`",
}
"""Fields of another file, where they are like none here."""


def _hint(name: str, meant: str, fields: dict[str, msgspec.structs.FieldInfo]) -> str:
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    if not meant and (part := _with_field(name, fields)):
        return f"it belongs to `{part}`: write it below that, two blanks further right"
    return f"did you mean `{meant}`?" if meant else "see content/README.md for the fields there are"


def _name(path: Path) -> str:
    return f"`{name_of(path)}`" if path else "the front matter"


def name_of(path: Path) -> str:
    """`arm_groups[2].label` of the path, as a person would say it."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text
