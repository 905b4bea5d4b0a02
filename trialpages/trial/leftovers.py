"""What a record holds that no field of ours can: its place and its JSON, in a reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

import msgspec

from trialpages.records.ctis_codes import BY_FIELD, LANGUAGES, UNKNOWN_CODES
from trialpages.records.pointers import steps_of
from trialpages.records.vocabulary import ContactRole, RecruitmentStatus
from trialpages.trial.places import section_of_extra
from trialpages.trial.registry_dates import told_days


class Line(msgspec.Struct, frozen=True):
    text: str
    lang: str = ""
    """The language it is in, where the record names one."""


class Leftover(msgspec.Struct, frozen=True):
    """One such part of a record."""

    pointer: str
    label: str
    """Where it stands, in words: `Contacts locations: locations nested`."""
    lines: tuple[Line, ...]
    """What it says: an entry of a list, or a value, a line."""
    is_worked_out: bool
    """Whether the registry worked it out, such as limits of body mass that nobody wrote."""
    is_internal: bool = False
    """Whether it is all keys, by which the registry's own system knows its rows."""


def leftovers(extra: Mapping[str, str]) -> tuple[Leftover, ...]:
    """Of JSON Pointers with their JSON text. A text that isn't JSON is shown as it is."""
    return tuple(_leftover(place, text) for place, text in extra.items())


def leftovers_in(extra: Mapping[str, str], section: str) -> tuple[Leftover, ...]:
    """Those that stand in a section of the page, by its id, but for days it has a line of its own
    for."""
    told = told_days(extra) if section == "design" else ()
    return tuple(
        _leftover(place, text)
        for place, text in extra.items()
        if section_of_extra(place) == section and place not in told
    )


def _leftover(place: str, text: str) -> Leftover:
    lines = tuple(_lines(place, text))
    worked_out = place.startswith(_WORKED_OUT)
    return Leftover(
        place, _label(place), lines, worked_out, bool(lines) and _is_all_keys(place, text)
    )


KEY = re.compile(r"^@?(?:uu)?id$|(?:Id|Pk|Key|md5sum)$")
"""Names of what tells one row of a registry's table from another."""


def _is_all_keys(place: str, text: str) -> bool:
    try:
        names = [name for name, _ in values_within(place, text)]
    except (msgspec.DecodeError, RecursionError):
        return False
    return bool(names) and all(map(KEY.search, names))


def values_within(place: str, text: str) -> Iterator[tuple[str, Any]]:
    """Each value that has none within, with the name it has; raises msgspec.DecodeError."""
    within = [(place.rpartition("/")[2], msgspec.json.decode(text))]
    while within:
        name, value = within.pop()
        if isinstance(value, dict):
            within += reversed(value.items())
        elif isinstance(value, list):
            within += ((name, inner) for inner in reversed(value))
        else:
            yield name, value


_WRAPPERS = (
    *("protocolSection", "resultsSection", "derivedSection", "annotationSection"),
    *("authorizedApplication", "authorizedPartI", "trialDetails", "trialInformation"),
)
"""What says nothing to a reader: of ClinicalTrials.gov, and of EU CTIS."""
_WORKED_OUT = "/derivedSection/"
_OF_ISRCTN = "trial"
"""The element that all of a record of ISRCTN's stands in, but people and organisations."""
_WHOS_FIELD = re.compile(r"/[A-Za-z]+(?:_[A-Za-z]+)+")
"""Where a field of the WHO's form stands, such as `/Study_design`."""
_WHOS_LINE_END = re.compile(r"<br ?/? ?>", re.IGNORECASE)
_INDEX = re.compile("[0-9]{1,9}")
_JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_+")


def _words(key: str) -> str:
    """A key in words; of XML, an attribute without its mark, and a text by no name of its own."""
    bare = key.removeprefix("@").removeprefix("#text")
    return " ".join(_JOINT.sub(" ", bare).split()).lower()


def _label(pointer: str) -> str:
    steps = steps_of(pointer)
    steps = [step for step, inner in zip_longest(steps, steps[1:]) if step != f"{inner}s"]
    kept = [step.removesuffix("Module") for step in steps if step not in _WRAPPERS]
    kept = kept[1:] if kept[:1] == [_OF_ISRCTN] and len(kept) > 1 else kept
    said = (str(int(step) + 1) if _INDEX.fullmatch(step) else _words(step) for step in kept)
    label = ", ".join(word for word in said if word)
    return label[:1].upper() + label[1:] if label else pointer


def _lines(place: str, text: str) -> Iterator[Line]:
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        yield Line(text)
        return
    if isinstance(value, str):
        said = _in_words(steps_of(place)[-1], value)
        said = _WHOS_LINE_END.sub("\n", said) if _WHOS_FIELD.fullmatch(place) else said
        yield from map(Line, filter(None, map(str.strip, said.splitlines())))
        return
    for entry in value if isinstance(value, list) else [value]:
        yield from _of_entry(entry)


def _of_entry(entry: Any) -> Iterator[Line]:
    """An entry of a list; its translations after it, each with what is said of it, then its text in
    its language. EU CTIS has some of titles, aims, criteria and end points."""
    members = entry if isinstance(entry, dict) else {}
    texts = {key: value for key, value in members.items() if _is_translated(key, value)}
    rest = {key: value for key, value in members.items() if key not in texts} if texts else entry
    if said := _said(rest, "; ", _DEEPEST):
        yield Line(said)
    for value in texts.values():
        if isinstance(value, str):
            yield Line(value, LANGUAGES.get(str(members.get(_LANGUAGE)), ""))
        else:
            for each in value:
                yield from _of_entry(each)


def _is_translated(key: str, value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, dict) and _TEXT in each for each in value)
    return key == _TEXT and isinstance(value, str)


_TEXT, _LANGUAGE = "attributeTranslation", "languageDescription"


_DEEPEST = 8
"""Values within one another that are put into words; nobody reads deeper ones, as JSON or not."""


def _said(value: Any, between: str, levels: int) -> str:
    """A value in words: the parts of an object with their names, those of a list one by one; what
    lies deeper than so many levels as its JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if levels and isinstance(value, dict):
        parted = sorted(value.items(), key=lambda part: bool(KEY.search(str(part[0]))))
        named = ((str(key), _in_words(str(key), one)) for key, one in parted)
        parts = ((_words(key), _said(one, ", ", levels - 1)) for key, one in named)
        return between.join(": ".join(filter(None, one)) for one in parts)
    if levels and isinstance(value, list):
        return ", ".join(filter(None, (_said(one, "; ", levels - 1) for one in value)))
    return msgspec.json.encode(value).decode()


def _in_words(key: str, value: Any) -> Any:
    """A code of the registry's as its label, where a field of that name has one; of EU CTIS, which
    gives its labels elsewhere, the code as well."""
    if not isinstance(value, str):
        return value
    if label := BY_FIELD.get(key, {}).get(value):
        return f"{label} ({value})"
    if key in UNKNOWN_CODES:
        return f"code {value}"
    return _LABELS.get(key, {}).get(value, value)


_LABELS: Mapping[str, Mapping[str, str]] = {
    key: {code.value: code.label for code in codes}
    for key, codes in (("status", RecruitmentStatus), ("role", ContactRole))
}
