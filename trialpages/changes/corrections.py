"""What a trial's file says otherwise than its registry: its editor's corrections by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from trialpages.changes.compare import changes
from trialpages.changes.entries import in_place
from trialpages.changes.fields import REGISTRY_FIELDS
from trialpages.changes.history import version_date
from trialpages.records.as_imported import AsImported
from trialpages.records.model import Change, PartialDate, Trial, decode_scalar, to_tree, to_trial


def corrections(trial: Trial, imported: AsImported) -> tuple[Change, ...]:
    """Each as a change from what the registry says to what the file says. What isn't told of two
    versions of a record (`fields.UNTOLD`) is no correction either."""
    return tuple(_corrections(trial, imported))


def encode(found: Sequence[Change]) -> bytes:
    """Corrections as bytes; none for none."""
    return msgspec.json.encode(found, enc_hook=str) if found else b""


def decode(encoded: bytes) -> tuple[Change, ...]:
    if not encoded:
        return ()
    return msgspec.json.decode(encoded, type=tuple[Change, ...], dec_hook=decode_scalar)


def _corrections(trial: Trial, imported: AsImported) -> Iterator[Change]:
    tree = to_tree(trial)
    date = version_date(trial) or PartialDate("0001")
    # The text of a page doesn't hold all that the registry's record does.
    is_whole = trial.source is not None and trial.source.registry is not None
    for name in REGISTRY_FIELDS:
        mine, theirs = tree.get(name), imported.values.get(name)
        if mine == theirs or not imported.knows(name) or not (is_whole or theirs is not None):
            continue
        if theirs is None or _is_of_the_model(name, theirs):
            yield from changes(name, theirs, mine, date, in_place)


def _is_of_the_model(name: str, value: Any) -> bool:
    """Whether a value has the shape of its field: its file may be of another version of this
    program, or nobody's."""
    try:
        return bool(to_tree(to_trial({**_REQUIRED, name: value})).get(name) == value)
    except (msgspec.ValidationError, ValueError, LookupError, TypeError, AttributeError):
        return False


_REQUIRED = {
    "nct_id": "NCT00000000",
    "brief_title": "-",
    "overall_status": "UNKNOWN",
    "study_type": "INTERVENTIONAL",
}
