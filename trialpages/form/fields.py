"""A trial's fields as those of a web form: made from the model, in the terms of Sveltia CMS.

The form must give back what it read. So every value is a text there, as `trial_file.js` reads it;
prose is plain text and never a rich-text editor, which would write Markdown of its own; a list has
a box for each entry, since commas belong to the entries; and a yes or no has a third state, the
record's silence.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from enum import Enum
from typing import Any

import msgspec

from trialpages.language.site_language import Language
from trialpages.records.explain import bare
from trialpages.records.field_help import field_help
from trialpages.records.model import PARTIAL_DATE, Markup, PartialDate, Trial
from trialpages.records.trial_file import PROSE_HEADINGS
from trialpages.records.vocabulary import Vocabulary

Field = dict[str, Any]

NOT_FOR_HAND = frozenset(
    {
        "extra",
        "history",
        "import_notes",
        "sections",
        "source",
        "condition_browse",
        "intervention_browse",
        "submission_tracking",
        "unposted_annotation",
        "violation_annotation",
        "version_holder",
        "removed_countries",
        "has_results",
    }
)
"""What importers and registries write: the form leaves it in the file as it is."""


def trial_fields(language: Language) -> list[Field]:
    """The form's fields for a trial's file, its body among them, for editors of a language."""
    body: Field = {
        "name": "body",
        "label": "Long texts",
        "widget": "text",
        "required": False,
        "hint": "Markdown under the headings "
        + ", ".join(f"## {heading}" for heading in PROSE_HEADINGS.values()),
    }
    fields = {field["name"]: field for field in (*_fields(Trial, language), body)}
    return [*(fields.pop(name) for name in _FIRST), *fields.values()]


_FIRST = (
    "nct_id",
    "brief_title",
    "overall_status",
    "study_type",
    "conditions",
    "body",
    "plain_language_summary",
    "draft",
    "reviewed",
    "start_date",
    "completion_date",
    "last_update_post_date",
    "lead_sponsor",
    "phases",
    "enrollment_info",
    "sex",
    "minimum_age",
    "maximum_age",
    "healthy_volunteers",
    "central_contacts",
    "locations",
    "arm_groups",
    "interventions",
    "primary_outcomes",
    "secondary_outcomes",
)
"""What an editor needs most; the rest follows in the registry's order."""


def _fields(part: type[msgspec.Struct], language: Language) -> Iterator[Field]:
    for field in msgspec.structs.fields(part):
        if part is Trial and (field.encode_name in NOT_FOR_HAND | PROSE_HEADINGS.keys()):
            continue
        yield _field(part, field, language)
    if part is Trial:
        yield from _signature(language)


def _signature(language: Language) -> Iterator[Field]:
    """Who signed the plain-language summary: its text is in the body."""
    kind = next(f.type for f in msgspec.structs.fields(Trial) if f.name == "plain_language_summary")
    signed = [field for field in _fields(bare(kind), language) if field["name"] != "text"]
    yield {**_named("Trial", "plain_language_summary"), "widget": "object", "fields": signed}


def _field(
    part: type[msgspec.Struct], field: msgspec.structs.FieldInfo, language: Language
) -> Field:
    shape = _named(part.__name__, field.encode_name) | _shape(bare(field.type), language)
    if shape["widget"] == "list":
        shape["label_singular"] = re.sub(r"s$", "", shape["label"])
    return shape | {"required": True} if field.required else shape


def _named(part: str, name: str) -> Field:
    words = (_CAPITALS.get(word, word) for word in name.split("_"))
    label = " ".join(word for word in words if word)
    label = label[0].upper() + label[1:]
    meaning = field_help(part, name)
    hint = {"hint": meaning} if meaning else {}
    return {"name": name, "label": label, **hint, "required": False}


_CAPITALS = {
    "nct": "NCT",
    "id": "ID",
    "fda": "FDA",
    "fdaaa801": "FDAAA 801",
    "dmc": "DMC",
    "ppsd": "PPSD",
    "us": "US",
    "qc": "QC",
    "url": "URL",
    "pmid": "PMID",
    "ipd": "IPD",
    "ipds": "IPDs",
    "sap": "SAP",
    "icf": "ICF",
    "info": "",
    "infos": "",
}
"""Words of the fields' names that a label writes otherwise; the empty ones say nothing."""


def _shape(kind: Any, language: Language) -> Field:
    if typing.get_origin(kind) is dict:
        return _labelled(typing.get_args(kind)[1], language)
    if typing.get_origin(kind) is tuple:
        return _list(typing.get_args(kind)[0], language)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return {"widget": "object", "collapsed": "auto", "fields": list(_fields(kind, language))}
    return _scalar(kind, language)


def _labelled(texts: Any, language: Language) -> Field:
    """Labels and what stands under each, as `trial_file.js` makes a list of them."""
    label = {"name": "label", "label": "Label", "widget": "string", "required": True}
    under = {"name": "texts", "label": "Texts", "required": True, **_shape(texts, language)}
    summary = "{{fields.label}}"
    return {"widget": "list", "collapsed": True, "summary": summary, "fields": [label, under]}


def _list(item: Any, language: Language) -> Field:
    if isinstance(item, type) and issubclass(item, msgspec.Struct):
        fields = list(_fields(item, language))
        texts = [field["name"] for field in fields if field["widget"] == "string"]
        summary = " ".join("{{fields." + name + "}}" for name in texts[:3])
        return {"widget": "list", "collapsed": True, "summary": summary, "fields": fields}
    shape = _scalar(item, language)
    if shape["widget"] == "select":
        return {**shape, "multiple": True}
    return {"widget": "list", "field": {"name": "entry", "label": "Entry", **shape}}


def _scalar(kind: Any, language: Language) -> Field:
    if kind is bool:
        words = (("yes", "true"), ("no", "false"))
        options = [{"label": language.words[word], "value": value} for word, value in words]
        return {"widget": "select", "options": options}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"widget": "select", "options": [_option(member, language) for member in kind]}
    if kind is PartialDate:
        said = language.words["form_date"].format(examples="2024-07-03, 2024-07, 2024")
        pattern = [f"^{PARTIAL_DATE}$", said]
        return {"widget": "string", "pattern": pattern}
    if kind == Markup:
        return {"widget": "text"}
    return _limited(kind, language)


def _option(member: Enum, language: Language) -> Field:
    label = language.label(member) if isinstance(member, Vocabulary) else str(member.value)
    return {"label": label, "value": member.value}


def _limited(kind: Any, language: Language) -> Field:
    """A text or a number with what the model says of it."""
    base = typing.get_args(kind)[0] if typing.get_args(kind) else kind
    if base in _NUMBERS:
        pattern, example = _NUMBERS[base]
        said = language.words["form_number"].format(examples=example)
        return {"widget": "string", "pattern": [pattern, said]}
    metas = (meta for meta in typing.get_args(kind)[1:] if isinstance(meta, msgspec.Meta))
    limits = next(metas, msgspec.Meta())
    if limits.pattern is None:
        return {"widget": "string"}
    example = ", ".join(map(str, limits.examples or ()))
    said = language.words["form_such_as"].format(examples=example)
    return {"widget": "string", "pattern": [limits.pattern, said]}


_NUMBERS = {int: (r"^-?\d+$", "40"), float: (r"^-?\d+(\.\d+)?$", "51.5")}
"""Numbers stay texts in the form, so that none is rounded: what is 51.50 comes back as that."""


def plain_fields() -> dict[str, list[str]]:
    """The names of fields that are written without quotes: numbers, and yes or no."""
    found: dict[str, set[str]] = {"number": set(), "boolean": set()}
    _collect(Trial, found, set())
    return {kind: sorted(names) for kind, names in found.items()}


def _collect(part: type[msgspec.Struct], found: dict[str, set[str]], seen: set[type]) -> None:
    if part in seen:
        return
    seen.add(part)
    for field in msgspec.structs.fields(part):
        kind = bare(field.type)
        kind = typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else kind
        base = typing.get_args(kind)[0] if typing.get_args(kind) else kind
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            _collect(kind, found, seen)
        elif base in (int, float):
            found["number"].add(field.encode_name)
        elif base is bool:
            found["boolean"].add(field.encode_name)
