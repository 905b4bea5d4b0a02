"""Every field an editor may write, as content/README.md lists them: made from the model."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from enum import Enum
from typing import Any

import msgspec

from trialpages.records.explain import bare
from trialpages.records.field_help import field_help
from trialpages.records.model import (
    Count,
    Duration,
    LanguageCode,
    Latitude,
    Longitude,
    Markup,
    PartialDate,
    RegistryId,
    Trial,
    Whole,
)
from trialpages.records.short_forms import SHORTHAND
from trialpages.records.trial_file import PROSE_HEADINGS
from trialpages.records.vocabulary import Vocabulary

_BEGINNING = "<!-- From here on made by"
"""Of the mark, in whatever words an earlier version said the rest."""
MARK = f"{_BEGINNING} `python3 build.py schema --write`: don't edit by hand. -->"

_INTRODUCTION = """\
## How a trial is written

Short facts are `field: value` lines between two `---`, long texts stand below as Markdown. \
`python3 build.py new NCT01234567` makes a file with every common field explained.

    ---
    nct_id: NCT01234567
    brief_title: Rest for migraine
    overall_status: RECRUITING
    study_type: INTERVENTIONAL
    conditions:
      - Migraine
    lead_sponsor:
      name: Example Hospital
    ---

    ## Brief summary

    Does rest help?

- A value begins on the field's own line. Put it in quotes if it holds `: ` or ` #`, or begins \
with one of ``[ ] { } & * ! | > ' " % @ ` # -``.
- Lists have one entry a line, each after `- `. What belongs to a field is indented by two spaces.
- Dates are as exact as they are known: `2024-07-03`, `2024-07` or `2024`.
- A field without a value can be left out. A remark begins with `#`, on a line of its own or two \
blanks behind a value. Behind one blank `#` might be the value's own, which then needs quotes: \
that is an error, so that nothing is lost.
- A trial may also be one `.yaml` file: the same fields, and the long texts as fields too. Code \
editors complete and explain those, see [docs/editing.md](../docs/editing.md).

## Long texts

"""


def with_field_table(readme: str) -> str:
    """content/README.md with the table made anew; what stands above its mark stays."""
    return f"{readme.partition(_BEGINNING)[0].rstrip()}\n\n{MARK}\n\n{field_table()}".lstrip()


def field_table() -> str:
    """How a trial is written, and every field there is, as Markdown."""
    headings = "".join(
        f"- `## {heading}`: {_first_sentence(field_help('Trial', field))}\n"
        for field, heading in PROSE_HEADINGS.items()
    )
    criteria = "\nThe criteria go under `### Inclusion criteria` and `### Exclusion criteria`.\n"
    parts = "".join(f"\n{section}" for section in _part_sections())
    fields = "\n".join(_rows(Trial))
    return (
        f"{_INTRODUCTION}{headings}{criteria}\n## The fields of a trial\n\n{fields}\n{parts}"
        f"\n## The values\n{''.join(_value_sections())}"
    )


def _first_sentence(text: str) -> str:
    return text.split(". ")[0].rstrip(".") + "."


def _rows(part: type[msgspec.Struct]) -> Iterator[str]:
    yield "| field | what it is | form |"
    yield "|---|---|---|"
    for field in msgspec.structs.fields(part):
        name = f"**`{field.encode_name}`**" if field.required else f"`{field.encode_name}`"
        form = _form(field.type)
        if part is Trial and field.encode_name in SHORTHAND:
            form = f"{'date' if SHORTHAND[field.encode_name] == 'date' else 'text'} or {form}"
        yield f"| {name} | {field_help(part.__name__, field.encode_name)} | {form} |"


def _form(kind: Any) -> str:
    """What a value of the type looks like, as the table says it."""
    kind = bare(kind)
    if typing.get_origin(kind) is tuple:
        return f"list: {_form(typing.get_args(kind)[0])}"
    if typing.get_origin(kind) is dict:
        is_list = typing.get_origin(typing.get_args(kind)[1]) is tuple
        return "labels, each with a text or a list of texts" if is_list else "fields of text"
    for known, words in _FORMS.items():
        if kind == known:
            return words
    if _is_part(kind):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"one of [{kind.__name__}](#{kind.__name__.lower()})"
    raise TypeError(f"the field table has no words for {kind}")


_FORMS: dict[Any, str] = {
    str: "text",
    bool: "`true` or `false`",
    Whole: "whole number",
    Count: "whole number from 0 on",
    Latitude: "number from -90 to 90",
    Longitude: "number from -180 to 180",
    LanguageCode: "a language such as `en` or `pt-BR`",
    PartialDate: "date",
    Markup: "Markdown",
    RegistryId: "a number such as `NCT01234567`",
    Duration: "a time such as `18 Years`",
}


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _part_sections() -> Iterator[str]:
    for kind in _kinds_below(Trial, set()):
        if _is_part(kind):
            yield f"### {kind.__name__}\n\n" + "\n".join(_rows(kind)) + "\n"


def _value_sections() -> Iterator[str]:
    for kind in sorted(_kinds_below(Trial, set()), key=lambda kind: kind.__name__):
        if issubclass(kind, Vocabulary):
            rows = (f"| `{v.value}` | {v.label} | {v.meaning} |" for v in kind)
            table = "\n".join(("| write | the registry's word | meaning |", "|---|---|---|", *rows))
            yield f"\n### {kind.__name__}\n\n{table}\n"


def _kinds_below(part: type[msgspec.Struct], seen: set[type]) -> Iterator[type]:
    """The parts and lists of values that a part's fields lead to, each once."""
    for field in msgspec.structs.fields(part):
        kind = bare(field.type)
        if typing.get_origin(kind) is tuple:
            kind = typing.get_args(kind)[0]
        if not isinstance(kind, type) or kind in seen:
            continue
        seen.add(kind)
        if issubclass(kind, msgspec.Struct):
            yield kind
            yield from _kinds_below(kind, seen)
        elif issubclass(kind, Enum):
            yield kind
