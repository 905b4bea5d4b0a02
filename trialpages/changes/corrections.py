"""What a trial's file says otherwise than its registry: its editor's corrections by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from trialpages.changes.compare import changes
from trialpages.changes.entries import IDENTITIES, in_place, matched, names_of
from trialpages.changes.fields import REGISTRY_FIELDS
from trialpages.changes.history import version_date
from trialpages.records.as_imported import AsImported
from trialpages.records.model import Change, PartialDate, Trial, decode_scalar, to_tree, to_trial
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
    date = version_date(trial) or PartialDate("0001")
    # The text of a page doesn't hold all that the registry's record does.
    is_whole = trial.source is not None and trial.source.registry is not None
    for name in REGISTRY_FIELDS:
        mine, theirs = tree.get(name), imported.values.get(name)
        if mine == theirs or not imported.knows(name) or not (is_whole or theirs is not None):
            continue
        if theirs is None or _is_of_the_model(name, theirs):
            found = changes(name, theirs, mine, date, in_place)
            kept = _kept(name, imported, mine)
            yield from (part for one in found for part in _parted(one, kept))


def _kept(name: str, imported: AsImported, mine: Any) -> frozenset[str]:
    """The entries of a list that the registry had and has taken away, by what they are called in
    the file, which still has them."""
    held, identity = imported.earlier.held.get(name), IDENTITIES.get(name)
    if not (held and identity and isinstance(held, list) and isinstance(mine, list)):
        return frozenset()
    gone = [one[0] for one in held if isinstance(one, list) and _is_taken_away(one)]
    if not _is_of_the_model(name, gone):
        return frozenset()
    names = names_of(mine, identity)
    return frozenset(names[at] for _, at in matched(gone, mine, identity).both)


def _is_taken_away(held: list[Any]) -> bool:
    """Whether an entry, as `Earlier.held` has it, is gone from the registry's record."""
    return len(held) > 1 and isinstance(held[0], dict) and held[1] is None


def _parted(change: Change, kept: frozenset[str]) -> Iterator[Change]:
    """Of entries that this site has alone apart those that the registry had too: `old` says so."""
    if change.kind is not ChangeKind.ADDED or kept.isdisjoint(change.entries):
        yield change
        return
    had = tuple(one for one in change.entries if one in kept)
    if own := tuple(one for one in change.entries if one not in kept):
        yield msgspec.structs.replace(change, entries=own)
    yield msgspec.structs.replace(change, entries=had, old=change.new or "")


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
