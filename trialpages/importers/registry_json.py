"""A registry record (API v2 JSON) as a trial and its posted results."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from trialpages.importers.coverage import Coverage, lacking
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.explain import Fault
from trialpages.records.model import ImportNote, RecordSource, Trial, to_tree
from trialpages.records.note_codes import CUT
from trialpages.records.registry_numbers import CLINICALTRIALS_GOV
from trialpages.records.registry_shape import NotATrial, from_registry, is_known, name_at_registry

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """A record as it goes into content/: the trial, and its posted results' own JSON."""

    trial: Trial
    results: Any | None = None
    coverage: Coverage | None = None
    """What the source speaks of; None for a record, which is told by what it has."""
    is_whole: bool = False
    """Whether the registry itself handed it over, all of it."""


def is_record(value: Record) -> bool:
    """Whether an object of JSON is such a record."""
    return isinstance(value.get("protocolSection"), dict)


def read_record(record: Record, where: str) -> Imported:
    """The trial in a record. Raises ContentFailure where it lacks what no trial can be without."""
    if not is_record(record):
        message = "this is JSON, but no trial's record: it has no `protocolSection`"
        hint = "take the record from the registry's API v2: /api/v2/studies/NCT…"
        raise ContentFailure(Problem("not-a-record", "error", message, Where(where), hint))
    try:
        trial = from_registry(record)
    except NotATrial as error:
        problems = (_problem(fault, where) for fault in error.faults)
        if _is_withheld(record):
            problems = (replace(one, hint=_WITHHELD) for one in problems)
        raise ContentFailure(*problems) from None
    kept = (_kept_note(pointer) for pointer, text in trial.extra.items() if text not in _NOTHING)
    source = RecordSource(sha256=record_digest(record))
    notes = (*trial.import_notes, *kept)
    return Imported(
        msgspec.structs.replace(trial, source=source, import_notes=notes),
        record.get("resultsSection"),
    )


def with_cut_note(imported: Imported) -> Imported:
    """The same, with a note where only a part of the registry's record came."""
    if not (names := _names_lacking(imported)):
        return imported
    message = (
        f"Only a part of the registry's record came, without {names}: what isn't said here may "
        "be said there."
    )
    notes = (*imported.trial.import_notes, ImportNote(field="nct_id", code=CUT, message=message))
    return replace(imported, trial=msgspec.structs.replace(imported.trial, import_notes=notes))


def _names_lacking(imported: Imported) -> str:
    """What a record of ClinicalTrials.gov lacks though none is without it, in its names there; ''
    of a whole one, and of any other source."""
    trial = imported.trial
    if imported.coverage or not (trial.source and trial.source.registry == CLINICALTRIALS_GOV):
        return ""
    names = (name_at_registry(name).rpartition(".")[2] for name in lacking(to_tree(trial)))
    return ", ".join(names)


def record_digest(record: Record) -> str:
    """SHA-256 of the record as JSON with sorted keys: the same for the same facts."""
    return hashlib.sha256(msgspec.json.encode(record, order="sorted")).hexdigest()


def _problem(fault: Fault, where: str) -> Problem:
    """A fault of a record, in the names that its JSON has."""
    field = str(fault.path[0]) if fault.path else ""
    message = fault.message.replace(f"`{field}`", f"`{name_at_registry(field)}`")
    missing = fault.code in ("missing-field", "wrong-type")
    hint = "fetch the record again: the registry has this in every record"
    return Problem(fault.code, "error", message, Where(where), hint if missing else fault.hint)


def _is_withheld(record: Record) -> bool:
    """Whether the registry shows nothing of the trial but that it is there."""
    status = record["protocolSection"].get("statusModule")
    return isinstance(status, dict) and status.get("overallStatus") == "WITHHELD"


_WITHHELD = (
    "the registry withholds this trial and shows no more of it: if there is a page of it, decide "
    "whether it stays, or write `draft: true` into its file"
)


_NOTHING = ("[]", "{}", "null")
"""What says no more than an absent field does: it is kept, and there is nothing to note."""


def _kept_note(pointer: str) -> ImportNote:
    if is_known(pointer):
        message = "What the registry says here can't be right, or this site can't read it."
    else:
        message = "The registry says something here that this site has no place for."
    message += " Its own words stand at the end of the page."
    code = "unfit-value" if is_known(pointer) else "unknown-field"
    return ImportNote(field=pointer, code=code, message=message)
