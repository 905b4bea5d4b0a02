"""What a newer version says otherwise of what the model has no field for: value by value.

`extra` keeps whole lists as JSON. Of one that differs in a word a reader is told that word, and
whose it is: the member state, the place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from trialpages.changes.compare import leaf
from trialpages.changes.fields import UNTOLD_EXTRA
from trialpages.records.model import Change, PartialDate, Trial, to_tree
from trialpages.records.pointers import pointer_to, steps_of

Entry = Mapping[str, Any]

_MOST_VALUES = 60
"""Of one list; where more differ, it is told as a whole."""


class Differing(NamedTuple):
    steps: tuple[str, ...]
    known: str
    """What the entry around is known by: `Poland`."""
    old: Any
    new: Any


def extra_changes(
    old: Mapping[str, str], new: Mapping[str, str], date: PartialDate
) -> tuple[Change, ...]:
    """What differs between two `extra`, by its JSON Pointer."""
    pointers = [one for one in dict.fromkeys((*old, *new)) if one not in UNTOLD_EXTRA]
    return tuple(
        change
        for pointer in pointers
        if old.get(pointer) != new.get(pointer)
        for change in _changes(pointer, old.get(pointer), new.get(pointer), date)
    )


def _changes(pointer: str, old: str | None, new: str | None, date: PartialDate) -> Iterator[Change]:
    whole = leaf(date, "extra", (pointer,), old, new)
    try:
        before, after = (None if text is None else msgspec.json.decode(text) for text in (old, new))
        found = [*_differing(tuple(steps_of(pointer)), "", before, after)]
    except (msgspec.DecodeError, RecursionError):
        yield whole
        return
    if len(found) > _MOST_VALUES:
        yield whole
        return
    for one in found:
        within = (pointer_to(one.steps), *([one.known] if one.known else []))
        yield leaf(date, "extra", within, _json(one.old), _json(one.new))


def not_moved(changes: Iterable[Change], old: Trial, new: Trial) -> Iterator[Change]:
    """Those that are more than a move between `extra` and a field: CTIS gives a contact's number
    twice, and the second, which no field takes, is left in `extra` once the two differ."""
    for change in changes:
        came = change.old is None and _is_said_in(old, change.new)
        went = change.new is None and _is_said_in(new, change.old)
        if not (came or went):
            yield change


_SHORTEST = 5
"""Of a text that surely is the same where it stands twice."""


def _is_said_in(trial: Trial, text: str | None) -> bool:
    value = None if text is None else _decoded(text)
    if not isinstance(value, str) or len(value) < _SHORTEST:
        return False
    fields = {name: one for name, one in to_tree(trial).items() if name not in ("extra", "history")}
    return value in _texts(fields)


def _decoded(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, (list, tuple)):
        yield from (text for one in value for text in _texts(one))


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _differing(steps: tuple[str, ...], known: str, old: Any, new: Any) -> Iterator[Differing]:
    if old == new or (steps and _KEY.search(steps[-1])):
        return
    pairs = _paired(old, new) if isinstance(old, list) and isinstance(new, list) else None
    if isinstance(old, dict) and isinstance(new, dict):
        inner = _name(new) or _name(old) or known
        for key in dict.fromkeys((*old, *new)):
            yield from _differing((*steps, key), inner, old.get(key), new.get(key))
    elif pairs is not None:
        for one, other in pairs:
            yield from _differing(steps, known, one, other)
    else:
        entry = new if isinstance(new, dict) else old if isinstance(old, dict) else {}
        yield Differing(steps, _name(entry) or known, old, new)


_KEY = re.compile(r"^@?(?:uu)?id$|(?:Id|Pk)$")
"""Names of what tells one row of a table from another: a registry's machine gives new ones."""


# --- entries ------------------------------------------------------------------------------------

_NAMES = ("mscName", "name", "countryName", "title", "#text")
_IDENTITIES = ("mscName", "mscId", "number", "id", "@id", "uuid", "name")


def _name(entry: Entry) -> str:
    """What an entry is known by; a member state's part has its name a member deeper."""
    inside = entry.get("mscInfo")
    around = (entry, inside) if isinstance(inside, dict) else (entry,)
    found = (one.get(name) for one in around for name in _NAMES)
    return next((one for one in found if isinstance(one, str) and one), "")


def _paired(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[Any, Any]] | None:
    """Which entry became which, and None for one that came or went; None for no lists of entries.
    Without anything that tells them, as many others in the place of some are these."""
    if not all(isinstance(one, dict) for one in (*old, *new)):
        return None
    for name in _IDENTITIES:
        before, after = ({str(one.get(name)): one for one in some} for some in (old, new))
        told = all(name in one for one in (*old, *new))
        if told and (len(before), len(after)) == (len(old), len(new)) and before.keys() & after:
            return [(before.get(one), after.get(one)) for one in {**before, **after}]
    gone, came = _others(old, new), _others(new, old)
    if len(gone) == len(came):
        return [*zip(gone, came, strict=True)]
    return [*((one, None) for one in gone), *((None, one) for one in came)]


def _others(some: Sequence[Any], than: Sequence[Any]) -> list[Any]:
    there = set(map(msgspec.json.encode, than))
    return [one for one in some if msgspec.json.encode(one) not in there]
