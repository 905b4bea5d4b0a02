"""The JSON Schema of a trial's front matter, made from the model: for completion and hover texts.

It allows what `read_trial` allows: a text may look like a number, a date may stand alone.
"""

from __future__ import annotations

from typing import Any

import msgspec

from trialpages.records import own_vocabulary, results_vocabulary, vocabulary
from trialpages.records.field_help import field_help
from trialpages.records.model import PARTIAL_DATE, Trial
from trialpages.records.short_forms import SHORTHAND
from trialpages.records.vocabulary import Vocabulary

Schema = dict[str, Any]

_DATE: Schema = {
    "type": ["string", "integer"],
    "pattern": f"^{PARTIAL_DATE}$",
    "examples": ["2024-07-03", "2024-07", "2024"],
}
_ANY_TEXT = ["string", "number", "boolean"]
"""What other YAML readers make of a text without quotes, such as a postcode."""


def trial_schema() -> Schema:
    """The schema (JSON Schema 2020-12) of the front matter, as plain values."""
    (root,), parts = msgspec.json.schema_components(
        [Trial], schema_hook=lambda _kind: dict(_DATE), ref_template="#/$defs/{name}"
    )
    definitions = {name: _definition(name, part) for name, part in sorted(parts.items())}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A trial's front matter",
        "$ref": root["$ref"],
        "$defs": definitions,
    }


def schema_text() -> str:
    """The schema as the file `content/trial.schema.json` holds it."""
    return msgspec.json.format(msgspec.json.encode(trial_schema()), indent=1).decode() + "\n"


def _definition(name: str, part: Schema) -> Schema:
    if "enum" in part:
        return _enumeration(name)
    fields = {field: _field(name, field, value) for field, value in part["properties"].items()}
    shape: Schema = {"type": "object", "properties": fields, "additionalProperties": False}
    if required := part.get("required"):
        shape["required"] = required
    return shape


def _field(part: str, name: str, value: Schema) -> Schema:
    """A field without what an editor has no use for (null, defaults), and with its meaning."""
    shape = _loose(_without_null(value))
    if part == "Trial" and name == "ours":
        text = {"type": _ANY_TEXT, "contentMediaType": "text/markdown"}
        said: Schema = {"anyOf": [text, {"type": "array", "items": text}]}
        shape = {"type": "object", "additionalProperties": said}
    elif part == "Trial" and name in SHORTHAND:
        shape = {"anyOf": [_short(name), shape]}
    meaning = field_help(part, name)
    return {"description": meaning, **shape} if meaning else shape


def _short(name: str) -> Schema:
    """The one value that may stand for the whole field."""
    return dict(_DATE) if SHORTHAND[name] == "date" else {"type": _ANY_TEXT}


def _without_null(value: Schema) -> Schema:
    kept = {key: inner for key, inner in value.items() if key not in ("default", "description")}
    if "anyOf" in kept:
        (only,) = (choice for choice in kept["anyOf"] if choice != {"type": "null"})
        return _without_null(only)
    return kept


def _loose(value: Schema) -> Schema:
    """The shape with its texts allowing what only looks like a number."""
    if value.get("type") == "array":
        return {**value, "items": _loose(_without_null(value["items"]))}
    if value.get("type") == "string" and "pattern" not in value:
        return {**value, "type": _ANY_TEXT}
    return value


def _enumeration(name: str) -> Schema:
    """The values, each explained by the registry's label and our words."""
    members = list(_vocabulary(name))
    return {
        "enum": [member.value for member in members],
        "markdownEnumDescriptions": [
            f"{member.label}. {member.meaning}".rstrip(" .") + "." for member in members
        ],
    }


def _vocabulary(name: str) -> type[Vocabulary]:
    modules = (vocabulary, results_vocabulary, own_vocabulary)
    module = next(module for module in modules if hasattr(module, name))
    kind: type[Vocabulary] = getattr(module, name)
    return kind
