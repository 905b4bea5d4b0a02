"""Texts of the WHO's form: `<br>` as text ends a line, `&#39;` is its sign, and some are lists; and
its ages."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from trialpages.importers import ictrp_words as words
from trialpages.importers.criteria_fields import by_field
from trialpages.importers.leaves import Leaves
from trialpages.importers.plain_lines import commonmark, numbered
from trialpages.prose.criteria_headings import GroupKind
from trialpages.records.ages import says_no_limit

Fields = dict[str, Any]

_LINE_END = re.compile(r"<br ?/? ?>|[\r\n]", re.IGNORECASE)
_BETWEEN = re.compile(r";(?=\S|\Z)")
"""A semicolon that a machine set between two items: people leave a blank after one."""


_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
"""Left of its sources' pages, as `<br>` is; the semicolon of `&#39;` parts no items."""


def in_lines(text: str) -> list[str]:
    """Its lines, each in single blanks."""
    plain = _ENTITY.sub(lambda found: unescape(found[0]), text)
    lines = (" ".join(one.split()) for one in _LINE_END.split(plain))
    return [line for line in lines if line]


def one_line(text: str | None) -> str | None:
    return " ".join(in_lines(text)) if text else None


def names_in(leaves: Leaves, pointer: str) -> list[str]:
    """The items of a text, each once. Of the old EU register's the first line is the name, and what
    follows is its place in MedDRA, which stays."""
    text = leaves.text(pointer)
    lines = in_lines(text)
    if any(line.startswith(("MedDRA version", "Therapeutic area")) for line in lines):
        return [lines[0]] if not lines[0].startswith(("MedDRA", "Therapeutic")) else []
    leaves.take(pointer)
    found: dict[str, str] = {}
    for one in (each.strip(" ;") for line in lines for each in _BETWEEN.split(line)):
        found.setdefault(one.casefold(), one)
    return list(filter(None, found.values()))


def outcomes(leaves: Leaves, pointer: str) -> list[Fields]:
    """An outcome each where the text is one list; else one of several lines."""
    text = leaves.take(pointer)
    lines = in_lines(text or "")
    if not lines:
        return []
    items = numbered("\n".join(lines))
    if not items and len(lines) == 1:
        items = tuple(filter(None, map(str.strip, _BETWEEN.split(lines[0]))))
    if items:
        return [{"measure": item} for item in items]
    return [{"description": commonmark("\n".join(lines))}]


_LONGEST_NAME = 80


def interventions(leaves: Leaves) -> list[Fields]:
    """One, with all that is said: what of it is a name, and of which arm, the text alone tells."""
    lines = in_lines(leaves.take("/Intervention") or "")
    if len(lines) == 1 and len(lines[0]) <= _LONGEST_NAME and ";" not in lines[0]:
        return [{"name": lines[0]}]
    return [{"description": commonmark("\n".join(lines))}] if lines else []


_HEADING = re.compile(r"(inclusion|exclusion) criteria ?:? ?", re.IGNORECASE)


def criteria(leaves: Leaves) -> str | None:
    """Who can take part and who can't. A heading that a text begins with is ours already."""
    kinds: tuple[GroupKind, ...] = ("inclusion", "exclusion")
    said = ((kind, in_lines(leaves.take(f"/{kind.title()}_Criteria") or "")) for kind in kinds)
    return by_field(
        (kind, commonmark("\n".join(_without_heading(lines, kind)))) for kind, lines in said
    )


def _without_heading(lines: list[str], kind: GroupKind) -> list[str]:
    found = _HEADING.match(lines[0]) if lines else None
    if not found or found[1].lower() != kind:
        return lines
    rest = lines[0][found.end() :]
    return [rest, *lines[1:]] if rest else lines[1:]


def ages(leaves: Leaves) -> Fields:
    """Both limits; where one of them can't be read, the other only in the WHO's very words: a page
    quotes both."""
    said = {name: leaves.text(f"/Inclusion_{name}") for name in ("agemin", "agemax")}
    found = {name: words.age(said[name], bound) for name, bound in _BOUNDS.items()}
    if any(text and not (found[name] or says_no_limit(text)) for name, text in said.items()):
        found = {name: age if age == said[name] else None for name, age in found.items()}
    for name in said:
        if found[name]:
            leaves.take(f"/Inclusion_{name}")
    return {"minimum_age": found["agemin"], "maximum_age": found["agemax"]}


_BOUNDS = {"agemin": "<=", "agemax": ">="}
