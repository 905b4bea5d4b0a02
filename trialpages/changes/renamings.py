"""What an entry of a list was called before one of its names changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from msgspec.structs import replace

from trialpages.changes.compare import WITHIN
from trialpages.changes.identities import IDENTITIES
from trialpages.records.model import Change, PartialDate


def called_as_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes of several versions, the oldest first, each entry as the first of them found it
    called: who counts them knows it again."""
    first: dict[str, str] = {}
    found = list[Change]()
    for _, of_version in groupby(sorted(changes, key=_version), key=_version):
        version = tuple(of_version)
        former = names_before(version)
        left = {now: then for now, then in first.items() if now not in former.values()}
        first = left | {now: name_before(then, first) for now, then in former.items()}
        for one in version:
            found.append(replace(one, entries=tuple(name_before(e, first) for e in one.entries)))
    return tuple(found)


def _version(change: Change) -> tuple[PartialDate, str]:
    return change.date, change.after or ""


def names_before(version: Iterable[Change]) -> Mapping[str, str]:
    """By the names that a version gave, the ones before it."""
    names: dict[str, str] = {}
    for one in version:
        if is_of_name(one.field) and one.old and one.new:
            for entry in one.entries:
                names[entry] = with_part(names.get(entry, entry), one.new, one.old)
    before = ((now, _at_place_before(then, names)) for now, then in names.items())
    return {now: then for now, then in before if now != then}


def is_of_name(field: str) -> bool:
    """Whether an entry of a list is called by it."""
    path, _, name = field.rpartition(".")
    return path in IDENTITIES and name in IDENTITIES[path].name


def with_part(entry: str, now: str, before: str) -> str:
    """`Clinic of Ulm, Ulm, Germany`: a town stands behind a comma, and a name before the first, or
    behind the place of which it is one of the contacts."""
    if entry.startswith(f"{now},") or entry == now:
        return f"{before}{entry[len(now) :]}"
    place, dash, inside = entry.rpartition(WITHIN)
    if dash and (inside == now or inside.startswith(f"{now},")):
        return f"{place}{dash}{before}{inside[len(now) :]}"
    head, comma, tail = entry.rpartition(f", {now}")
    return f"{head}, {before}{tail}" if comma else entry


def _at_place_before(entry: str, names: Mapping[str, str]) -> str:
    place, dash, inside = entry.partition(WITHIN)
    return f"{names.get(place, place)}{dash}{inside}" if dash else entry


def name_before(entry: str, names: Mapping[str, str]) -> str:
    """Of a contact at a place, the place's: `Charité, Berlin – Dr. A`."""
    return names[entry] if entry in names else _at_place_before(entry, names)
