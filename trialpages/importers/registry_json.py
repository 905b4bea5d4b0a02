"""A registry record (API v2 JSON) as a trial and its posted results."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec

from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.model import ImportNote, Source, Trial
from trialpages.records.registry_shape import NotATrial, from_registry

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """A record as it goes into content/: the trial, and its posted results' own JSON."""

    trial: Trial
    results: Any | None = None


def read_record(record: Record, where: str) -> Imported:
    """The trial in a record. Raises ContentFailure where it lacks what no trial can be without."""
    try:
        trial = from_registry(record)
    except NotATrial as error:
        found = (
            Problem(fault.code, "error", fault.message, Where(where), fault.hint)
            for fault in error.faults
        )
        raise ContentFailure(*found) from None
    kept = tuple(_kept_note(pointer) for pointer in trial.extra)
    source = Source(registry="ClinicalTrials.gov", sha256=record_digest(record))
    notes = (*trial.import_notes, *kept)
    return Imported(
        msgspec.structs.replace(trial, source=source, import_notes=notes),
        record.get("resultsSection"),
    )


def record_digest(record: Record) -> str:
    """SHA-256 of the record as JSON with sorted keys: the same for the same facts."""
    return hashlib.sha256(msgspec.json.encode(record, order="sorted")).hexdigest()


def _kept_note(pointer: str) -> ImportNote:
    message = "The registry sent this in a form we don't know. It is kept and goes out again."
    return ImportNote(field=pointer, code="unknown-field", message=message)
