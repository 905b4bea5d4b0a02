"""What a trial's file says otherwise than its registry: its editor's corrections by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from trialpages.changes.compare import changes
from trialpages.changes.entries import IDENTITIES, in_place, matched, names_of
from trialpages.changes.fields import REGISTRY_FIELDS, kind_of
from trialpages.changes.history import told_date
from trialpages.changes.passages import passages
from trialpages.records.as_imported import AsImported
from trialpages.records.conflict_notes import conflict_notes
from trialpages.records.model import (
    Change,
    Markup,
    Trial,
    decode_scalar,
    to_tree,
    to_trial,
)
from trialpages.records.own_vocabulary import ChangeKind


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
    date = told_date(trial)
    # The text of a page doesn't hold all that the registry's record does.
    is_whole = trial.source is not None and trial.source.registry is not None
    waiting = {note.field for note in conflict_notes(trial)}
    for name in REGISTRY_FIELDS:
        mine, theirs = tree.get(name), imported.values.get(name)
        if mine == theirs or not imported.knows(name) or not (is_whole or theirs is not None):
            continue
        if is_of_the_model(name, theirs):
            found = changes(name, theirs, mine, date, in_place)
            had = _had(name, imported, mine, theirs, is_open=name in waiting)
            yield from (part for one in found for part in _parted(one, had))


_EVERYTHING = None
"""That the registry may have had all of it: nobody knows what it said before."""

Had = frozenset[str] | None


def _had(name: str, imported: AsImported, mine: Any, theirs: Any, *, is_open: bool) -> Had:
    """What of a field the registry had before it changed it: entries of a list by what they are
    called in the file, which still has them; passages of a text; '' for any other value."""
    earlier, identity = imported.earlier, IDENTITIES.get(name)
    if name not in earlier.before and name not in earlier.held:
        return _EVERYTHING if is_open or name in earlier.unknown else frozenset()
    before = earlier.before.get(name)
    if isinstance(before, str) and kind_of(name) == Markup:
        return frozenset(one.text for one in passages(before)) | ({""} if theirs is None else set())
    if not (identity and isinstance(mine, list)):
        return frozenset() if before is None else frozenset({""})
    had = [*_listed(before), *(one[0] for one in _listed(earlier.held.get(name)) if _is_held(one))]
    if not is_of_the_model(name, had):
        return frozenset()
    names = names_of(mine, identity)
    return frozenset(names[at] for _, at in matched(had, mine, identity).both)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_held(held: Any) -> bool:
    """Whether an entry, as `Earlier.held` has it, is one that the registry had."""
    return isinstance(held, list) and bool(held) and isinstance(held[0], dict)


def _parted(change: Change, had: Had) -> Iterator[Change]:
    """Of what this site has alone apart what the registry had too: `old` says so."""
    if change.old is not None:
        yield change
        return
    if change.kind is not ChangeKind.ADDED:
        value = change.new or ""
        is_kept = had is None or value in had or not (change.entries or had.isdisjoint({""}))
        kept = msgspec.structs.replace(change, kind=ChangeKind.ADDED, old=value)
        yield kept if is_kept else change
        return
    kept_here = tuple(one for one in change.entries if had is None or one in had)
    if own := tuple(one for one in change.entries if one not in kept_here):
        yield msgspec.structs.replace(change, entries=own)
    if kept_here:
        yield msgspec.structs.replace(change, entries=kept_here, old=change.new or "")


def is_of_the_model(name: str, value: Any) -> bool:
    """Whether a value has the shape of its field: its file may be of another version of this
    program, or nobody's."""
    if value is None:
        return True
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
