"""The sections of a trial page that hold values or prose, as fields of a record.

The pages print values without labels, so a value is known only by its shape, its vocabulary and
its place. A reader takes what it is sure of and says which line went where; a line that it
doesn't mention is unplaced.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from trialpages.importers.criteria_text import GROUP_HEADINGS, item_text, read_criteria
from trialpages.importers.escape import protect
from trialpages.importers.page_layout import NO_RESULTS, Line
from trialpages.records.ages import read_age
from trialpages.records.model import (
    DateStruct,
    DesignInfo,
    Enrollment,
    ImportNote,
    Masking,
    PartialDate,
)
from trialpages.records.registry_shape import pointer_of
from trialpages.records.vocabulary import (
    DesignAllocation,
    DesignMasking,
    DesignTimePerspective,
    InterventionalAssignment,
    ObservationalModel,
    Phase,
    PrimaryPurpose,
    Sex,
    Status,
    StudyType,
    Vocabulary,
)

Lines = Sequence[Line]
Fields = Mapping[str, Any]
Term = TypeVar("Term", bound=Vocabulary)

HEADING = "heading"
"""Where a line went that only says what follows it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What some lines say."""

    fields: Fields = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)
    """Line number -> the field it went to, such as `locations.city`."""
    notes: tuple[ImportNote, ...] = ()

    def __or__(self, other: Found) -> Found:
        return Found(
            {**self.fields, **other.fields},
            {**self.places, **other.places},
            self.notes + other.notes,
        )


def places(lines: Iterable[Line], field: str) -> dict[int, str]:
    return {line.number: field for line in lines}


def term(kind: type[Term], text: str) -> Term | None:
    """The value of a vocabulary, if the text is one to the letter."""
    return next((value for value in kind if value.value == text), None)


def partial_date(text: str) -> PartialDate | None:
    try:
        return PartialDate(text)
    except ValueError:
        return None


# --- above the first section ----------------------------------------------------------------------


def read_head(lines: Lines) -> Found:
    """The title on the first line, and below it the lines with labels."""
    title, *others = lines
    found = Found({"brief_title": title.text}, {title.number: "brief_title"})
    for line in others:
        label, _, value = line.text.partition(": ")
        date = partial_date(value)
        if label == "NCT ID" and "nct_id" not in found.fields:
            found |= Found({"nct_id": value}, {line.number: "nct_id"})
        elif label == "Last Updated" and date and "last_update_post_date" not in found.fields:
            update = {"last_update_post_date": DateStruct(date=date)}
            found |= Found(update, {line.number: "last_update_post_date"})
    return found


# --- values without labels ------------------------------------------------------------------------

Slot = tuple[str, Callable[[str], Any]]
"""A field, and what reads its value: None for a text that isn't one."""
_Way = frozenset[tuple[int, str]]


def read_run(lines: Lines, slots: Sequence[Slot]) -> tuple[dict[str, list[Any]], dict[int, str]]:
    """The values in a run of lines in which each may be missing, and the fields they went to.

    The lines go to the slots in order, as many as can; a line that could then go to one field or
    to another goes nowhere. A single date among two is neither the start nor the end.
    """
    if len(lines) > 2 * len(slots):
        return {}, {}
    ways = _ways(tuple(lines), tuple(slots))
    most = max(map(len, ways))
    certain = frozenset.intersection(*(way for way in ways if len(way) == most))
    readers = dict(slots)
    texts = {line.number: line.text for line in lines}
    values: dict[str, list[Any]] = {}
    for number, name in sorted(certain):
        values.setdefault(name, []).append(readers[name](texts[number]))
    return values, dict(sorted(certain))


def _ways(lines: tuple[Line, ...], slots: tuple[Slot, ...]) -> set[_Way]:
    """Every way to give lines to slots, both in order."""
    if not lines:
        return {frozenset()}
    line, rest = lines[0], lines[1:]
    ways = _ways(rest, slots)
    for index, (name, read) in enumerate(slots):
        if read(line.text) is not None:
            ways |= {way | {(line.number, name)} for way in _ways(rest, slots[index + 1 :])}
    return ways


def _one_of(kind: type[Vocabulary]) -> Callable[[str], Vocabulary | None]:
    return lambda text: term(kind, text)


def _phases(text: str) -> list[Phase] | None:
    found = [term(Phase, part) for part in re.split(r"\s*[,/|]\s*", text)]
    known = [phase for phase in found if phase]
    return known if len(known) == len(found) else None


def _participants(text: str) -> int | None:
    found = re.fullmatch(r"(\d{1,9}|\d{1,3}(?:,\d{3}){1,2}) participants?", text, re.ASCII)
    return int(found[1].replace(",", "")) if found else None


_BASIC_INFORMATION: tuple[Slot, ...] = (
    ("overall_status", _one_of(Status)),
    ("phases", _phases),
    ("phases", _phases),  # a trial in two phases
    ("enrollment_info.count", _participants),
    ("study_type", _one_of(StudyType)),
    ("start_date", partial_date),
    ("completion_date", partial_date),
)


def read_basic_information(lines: Lines, _: Fields) -> Found:
    values, where = read_run(lines, _BASIC_INFORMATION)
    fields: dict[str, Any] = {}
    for name, found in values.items():
        if name == "phases":
            fields[name] = tuple(phase for phases in found for phase in phases)
        elif name == "enrollment_info.count":
            fields["enrollment_info"] = Enrollment(count=found[0])
        else:
            fields[name] = DateStruct(date=found[0]) if name.endswith("_date") else found[0]
    return Found(fields, where)


_INTERVENTIONAL: tuple[Slot, ...] = (
    ("allocation", _one_of(DesignAllocation)),
    ("intervention_model", _one_of(InterventionalAssignment)),
    ("primary_purpose", _one_of(PrimaryPurpose)),
    ("masking", _one_of(DesignMasking)),
)
_OBSERVATIONAL: tuple[Slot, ...] = (
    ("observational_model", _one_of(ObservationalModel)),
    ("time_perspective", _one_of(DesignTimePerspective)),
)


def read_study_design(lines: Lines, known: Fields) -> Found:
    observational = known.get("study_type") is StudyType.OBSERVATIONAL
    values, where = read_run(lines, _OBSERVATIONAL if observational else _INTERVENTIONAL)
    if not values:
        return Found()
    design: dict[str, Any] = {name: found[0] for name, found in values.items()}
    if masking := design.pop("masking", None):
        design["masking_info"] = Masking(masking=masking)
    paths = {
        number: f"design_info.{_DESIGN_PATHS.get(name, name)}" for number, name in where.items()
    }
    return Found({"design_info": DesignInfo(**design)}, paths)


_DESIGN_PATHS = {"masking": "masking_info.masking"}


# --- prose ----------------------------------------------------------------------------------------


def read_study_results(lines: Lines, _: Fields) -> Found:
    """One sentence says that there are none yet. How the pages show results we haven't seen."""
    if [line.text for line in lines] != [NO_RESULTS]:
        return Found()
    return Found({"has_results": False}, places(lines, "has_results"))


def read_brief_summary(lines: Lines, _: Fields) -> Found:
    return _prose("brief_summary", lines)


def read_detailed_description(lines: Lines, _: Fields) -> Found:
    return _prose("detailed_description", lines)


def _prose(name: str, lines: Lines) -> Found:
    return Found({name: paragraphs(lines)}, places(lines, name), escape_notes(name, lines))


def paragraphs(lines: Lines) -> str:
    """CommonMark that shows each line as a paragraph."""
    return "\n\n".join(protect(line.text) for line in lines)


def escape_notes(name: str, lines: Lines) -> tuple[ImportNote, ...]:
    """What to say if we had to add escapes to the text of these lines."""
    texts = (
        item_text(line.text) if name == "eligibility_criteria" else line.text for line in lines
    )
    if all(protect(text) == text for text in texts):
        return ()
    message = (
        "Some signs in this text would have been taken for formatting. A backslash before them in "
        "our file makes sure that they are shown."
    )
    return (ImportNote(field=name, code="escaped", message=message),)


# --- eligibility ----------------------------------------------------------------------------------

_AGE = re.compile(r"[+-]?[\d.,]+(?:[eE]\d+)? (?:Minute|Hour|Day|Week|Month|Year)s?")
"""Also one that can't be read, such as `18.5 Years`: it is shown as it stands."""
_RUN_SHAPE = re.compile(rf"{_AGE.pattern}|N/A|ALL|FEMALE|MALE|Yes|No")
_VOLUNTEERS = {"Yes": True, "No": False}


def _age(text: str) -> str | None:
    return text if _AGE.fullmatch(text) else None


_WHO_CAN_JOIN: tuple[Slot, ...] = (
    ("minimum_age", _age),
    ("maximum_age", _age),
    ("sex", _one_of(Sex)),
    ("healthy_volunteers", _VOLUNTEERS.get),
)


_LIMITS = ("minimum_age", "maximum_age")


def read_eligibility(lines: Lines, _: Fields) -> Found:
    """The criteria, and below them the ages, the sex and whether healthy people are wanted."""
    end = next((at for at, line in enumerate(lines) if _RUN_SHAPE.fullmatch(line.text)), len(lines))
    values, where = read_run(lines[end:], _WHO_CAN_JOIN)
    fields = {name: found[0] for name, found in values.items()}
    unread = [name for name in _LIMITS if name in fields and read_age(fields[name]).number is None]
    if unread:
        fields["extra"] = {pointer_of(name): json.dumps(fields.pop(name)) for name in unread}
    return _criteria(lines[:end]) | Found(fields, where)


def _criteria(lines: Lines) -> Found:
    if not lines:
        return Found()
    name = "eligibility_criteria"
    headings = [line for line in lines if line.text in GROUP_HEADINGS]
    criteria = read_criteria([line.text for line in lines])
    notes = [
        ImportNote(field=name, code=code, message=message)
        for code, messages in (
            ("empty-section", criteria.empty),
            ("missing-item", criteria.missing),
            ("ambiguous-number", criteria.doubts),
        )
        for message in messages
    ]
    return Found(
        {name: criteria.text},
        places(lines, name) | places(headings, HEADING),
        (*notes, *escape_notes(name, lines)),
    )
