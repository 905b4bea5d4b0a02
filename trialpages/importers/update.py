"""A newer version of a record meets the file an editor has worked on: a merge field by field.

The base of the merge is what was imported last, kept as one digest a field. What only the
registry changed is renewed, what only the editor changed stays, what both changed is a conflict
and stays as the editor has it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from trialpages.records.model import Change, ImportNote, PartialDate, Root, Trial, to_tree

Digests = Mapping[str, str]
"""A digest of each of the registry's fields as last imported."""

REGISTRY_FIELDS = tuple(field for field in Root.__struct_fields__ if field != "nct_id")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both the editor and the registry have changed."""

    field: str
    kept: str
    registry: str
    whole: str
    """The registry's value, not shortened."""


@dataclass(frozen=True, slots=True)
class Merged:
    trial: Trial
    conflicts: tuple[Conflict, ...]
    changes: tuple[Change, ...] = ()
    """What went into the trial's history."""


def digests(trial: Trial) -> dict[str, str]:
    """A digest of each of the registry's fields that the trial has."""
    tree = to_tree(trial)
    return {field: _digest(tree[field]) for field in REGISTRY_FIELDS if field in tree}


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def merge(current: Trial, incoming: Trial, base: Digests) -> Merged:
    """The current trial with what is new in the incoming one."""
    ours, theirs = to_tree(current), to_tree(incoming)
    taken: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    history: list[Change] = []
    date = _date_of(incoming)
    for field in REGISTRY_FIELDS:
        old, new = ours.get(field), theirs.get(field)
        if old == new or _unchanged(new, base.get(field)):
            continue
        if _unchanged(old, base.get(field)):
            taken[field] = getattr(incoming, field)
            history += _changes(field, old, new, date)
        else:
            conflicts.append(Conflict(field, *_difference(old, new), whole=_text(new)))
    if not (taken or conflicts) and current.source == incoming.source:
        return Merged(current, ())
    merged = msgspec.structs.replace(
        current,
        **taken,
        source=incoming.source,
        extra=incoming.extra,
        history=(*current.history, *history),
        import_notes=(*_lasting_notes(current), *incoming.import_notes, *map(_note, conflicts)),
    )
    return Merged(merged, tuple(conflicts), tuple(history))


def _unchanged(value: Any, digest: str | None) -> bool:
    """Whether a field is what was imported last; an absent one has no digest."""
    return (_digest(value) if value is not None else None) == digest


def _lasting_notes(trial: Trial) -> list[ImportNote]:
    """The notes that an editor wrote; the importer makes its own anew."""
    own = ("unknown-field", "unfit-value", "conflict")
    return [note for note in trial.import_notes if note.code not in own]


def _note(conflict: Conflict) -> ImportNote:
    message = f"The registry now says: {conflict.whole}"
    return ImportNote(field=conflict.field, code="conflict", message=message)


def _date_of(trial: Trial) -> PartialDate:
    posted = trial.last_update_post_date
    found = posted.date if posted else trial.last_update_submit_date or trial.status_verified_date
    return found or PartialDate("0001")


# --- history ------------------------------------------------------------------------------------

_MOST_CHANGES = 6
"""Of one field, before they are only counted."""


def _changes(field: str, old: Any, new: Any, date: PartialDate) -> list[Change]:
    found = [
        Change(date=date, field=path, old=before, new=after)
        for path, before, after in _leaf_changes(field, old, new)
    ]
    if len(found) <= _MOST_CHANGES:
        return found
    return [Change(date=date, field=field, old=shortened(old), new=shortened(new))]


def _leaf_changes(path: str, old: Any, new: Any) -> Iterator[tuple[str, str | None, str | None]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) != new.get(key):
                yield from _leaf_changes(f"{path}.{key}", old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (before, after) in enumerate(zip(old, new, strict=True), start=1):
            if before != after:
                yield from _leaf_changes(f"{path}[{number}]", before, after)
    else:
        yield path, *_pair(old, new)


def _pair(old: Any, new: Any) -> tuple[str | None, str | None]:
    """Old and new value in short, cut so that the difference is seen."""
    if not (isinstance(old, str) and isinstance(new, str)):
        return (
            shortened(old) if old is not None else None,
            shortened(new) if new is not None else None,
        )
    same = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    start = max(0, same - 20) if max(len(old), len(new)) > _SHORT else 0
    lead = "…" if start else ""
    return lead + shortened(old[start:]), lead + shortened(new[start:])


def _difference(old: Any, new: Any) -> tuple[str, str]:
    """Two values in short, from where they differ; of two lists the first entries that do."""
    if isinstance(old, list) and isinstance(new, list):
        number = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
        number = min(len(old), len(new)) if number is None else number
        place = f"entry {number + 1} of "
        before, after = _difference(_item(old, number), _item(new, number))
        return f"{place}{len(old)}: {before}", f"{place}{len(new)}: {after}"
    kept, registry = _pair(_text(old), _text(new))
    return kept or "", registry or ""


def _item(values: list[Any], number: int) -> Any:
    return values[number] if number < len(values) else None


def _text(value: Any) -> str:
    """A value whole, on one line."""
    if value is None:
        return "(absent)"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(text.split())


_SHORT = 100


def shortened(value: Any) -> str:
    """A value in at most a hundred characters."""
    if isinstance(value, list):
        return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
    text = _text(value)
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
