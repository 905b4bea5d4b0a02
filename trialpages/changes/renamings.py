"""What an entry of a list was called before one of its names changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from msgspec.structs import replace

from trialpages.changes.compare import WITHIN
from trialpages.changes.identities import IDENTITIES
from trialpages.records.model import Change, PartialDate


def called_as_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes of several versions, the oldest first, each entry as the first of them found it
    called: who counts them knows it again."""
    return _called_as_first(changes)[0]


def first_names(changes: Iterable[Change]) -> Mapping[str, str]:
    """What the first of several versions found each entry called, by its name after the last."""
    return _called_as_first(changes)[1]


def _called_as_first(changes: Iterable[Change]) -> tuple[tuple[Change, ...], Mapping[str, str]]:
    first: dict[str, str] = {}
    found = list[Change]()
    for _, of_version in groupby(sorted(changes, key=_version), key=_version):
        version = tuple(of_version)
        former = names_before(version)
        left = {now: then for now, then in first.items() if now not in former.values()}
        first = left | {now: name_before(then, first) for now, then in former.items()}
        for one in version:
            found.append(replace(one, entries=tuple(name_before(e, first) for e in one.entries)))
    return tuple(found), first


def _version(change: Change) -> tuple[PartialDate, str]:
    return change.date, change.after or ""


def names_before(version: Iterable[Change]) -> Mapping[str, str]:
    """By the names that a version gave, the ones before it."""
    names: dict[str, str] = {}
    for one in version:
        if is_of_name(one.field) and one.old and one.new:
            for entry in one.entries:
                names[entry] = called_before(names.get(entry, entry), one)
    before = ((now, _at_place_before(then, names)) for now, then in names.items())
    return {now: then for now, then in before if now != then}


def is_of_name(field: str) -> bool:
    """Whether an entry of a list is called by it."""
    path, _, name = field.rpartition(".")
    return path in IDENTITIES and name in IDENTITIES[path].name


def called_before(entry: str, renamed: Change) -> str:
    """`Leeds, Leeds, United Kingdom`: a name stands first, or behind the place of which it is one
    of the contacts; a town behind a comma, or first where the place has no name."""
    path, _, field = renamed.field.rpartition(".")
    now, before = f"{renamed.new}", f"{renamed.old}"
    place, dash, inside = entry.rpartition(WITHIN)
    first = inside[len(now) :] if f"{inside},".startswith(f"{now},") else None
    behind = [one.start() for one in re.finditer(rf"(?<=, ){re.escape(now)}(?=,|$)", entry)]
    if first is not None and (field == IDENTITIES[path].name[0] or not behind):
        return f"{place}{dash}{before}{first}"
    # A country may be called as its town.
    is_last = field == IDENTITIES[path].name[-1]
    inner = [at for at in behind if is_last or entry[at + len(now) :]] or behind
    return f"{entry[: inner[-1]]}{before}{entry[inner[-1] + len(now) :]}" if inner else entry


def _at_place_before(entry: str, names: Mapping[str, str]) -> str:
    place, dash, inside = entry.partition(WITHIN)
    return f"{names.get(place, place)}{dash}{inside}" if dash else entry


def name_before(entry: str, names: Mapping[str, str]) -> str:
    """Of a contact at a place, the place's: `Charité, Berlin – Dr. A`."""
    return names[entry] if entry in names else _at_place_before(entry, names)


NAMED_IN = {
    "arm_groups.label": "interventions.arm_group_labels",
    "interventions.name": "arm_groups.intervention_names",
}
"""Where the name of a group, and of an intervention, is said once more."""


def followers(renamed: Change, every: Iterable[Change]) -> list[Change]:
    """What only says the new name of a group or an intervention in the place of the old one."""
    if renamed.field not in NAMED_IN:
        return []
    there = [one for one in every if one.field == NAMED_IN[renamed.field] and not one.kind]
    gone = {one.entries: one for one in there if not one.new and _ends(one.old, renamed.old)}
    came = {one.entries: one for one in there if not one.old and _ends(one.new, renamed.new)}
    return [one for place in gone.keys() & came.keys() for one in (gone[place], came[place])]


def _ends(said: str | None, name: str | None) -> bool:
    """Whether it is this name, or one with its kind: `Drug: Rest`."""
    return bool(said and name) and (said == name or f"{said}".endswith(f": {name}"))
