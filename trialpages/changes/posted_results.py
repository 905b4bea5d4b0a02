"""What a newer version of posted results says otherwise: which outcome, which event, which number.

Results are compared as the registry's own JSON. A change names the part of the results, the table
and the row; where more than a few values of a table changed, the table alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from trialpages.changes.compare import joined_changes, leaf
from trialpages.changes.entries import matched
from trialpages.changes.identities import Identity
from trialpages.records.model import Change, PartialDate
from trialpages.records.own_vocabulary import ChangeKind

Json = Any

RESULTS_FIELD = "results"

_PARTS = {
    "participantFlowModule": "participant_flow",
    "baselineCharacteristicsModule": "baseline",
    "outcomeMeasuresModule": "outcomes",
    "adverseEventsModule": "adverse_events",
    "moreInfoModule": "more_info",
}
"""The registry's modules, and what a change's field calls them: `results.outcomes`."""

_NAMES = ("title", "term", "groupId", "type", "id", "pointOfContact", "name")
"""What the rows, columns and tables of results are known by, the best first."""

_FEW = 6
"""Values of one table that are told one by one."""


def results_changes(old: Json | None, new: Json | None, date: PartialDate) -> tuple[Change, ...]:
    """What is another between two versions of a record's `resultsSection`."""
    if old == new:
        return ()
    if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
        kind = ChangeKind.ADDED if new is not None else ChangeKind.REMOVED
        return (Change(date=date, field=RESULTS_FIELD, kind=kind),)
    parts = dict.fromkeys((*_PARTS, *old, *new))
    return joined_changes(change for part in parts for change in _part(date, part, old, new))


def _part(date: PartialDate, part: str, old: Json, new: Json) -> Iterator[Change]:
    before, after = old.get(part), new.get(part)
    field = f"{RESULTS_FIELD}.{_PARTS.get(part, part)}"
    if before == after:
        return
    if not (isinstance(before, dict) and isinstance(after, dict)):
        kind = ChangeKind.ADDED if after is not None else ChangeKind.REMOVED
        yield Change(date=date, field=field, kind=kind)
        return
    groups = _group_titles(before, after)
    for key in dict.fromkeys((*before, *after)):
        found = list(_differences((), before.get(key), after.get(key), groups))
        tables = Counter(one.place[:1] for one in found if not one.kind)
        for one in found:
            many = tables[one.place[:1]] > _FEW
            place = one.place[:1] if many and not one.kind else one.place
            yield _told(date, field, one, place, many and not one.kind)


@dataclass(frozen=True, slots=True)
class _Difference:
    place: tuple[str, ...]
    """The table, and the rows and columns in it, as far as they have names."""
    old: Json = None
    new: Json = None
    kind: ChangeKind | None = None


def _told(
    date: PartialDate, field: str, one: _Difference, place: tuple[str, ...], in_sum: bool
) -> Change:
    entries = (" – ".join(place),) if place else ()
    if one.kind or in_sum:
        return Change(date=date, field=field, entries=entries, kind=one.kind)
    return leaf(date, field, place, one.old, one.new)


def _group_titles(old: Json, new: Json) -> dict[str, str]:
    """Of one table, in both versions, the columns' ids and titles; an id counts within its table
    alone. Of groups that share one, or whose id was another's before, all are named: whose a
    number is the record doesn't say."""
    found: dict[str, dict[str, None]] = {}
    for table in (old, new):
        for key in ("groups", "eventGroups"):
            groups = table.get(key) if isinstance(table, dict) else None
            for group in groups if isinstance(groups, list) else ():
                if isinstance(group, dict) and isinstance(group.get("title"), str):
                    found.setdefault(str(group.get("id")), {})[group["title"]] = None
    return {name: "; ".join(titles) for name, titles in found.items()}


def _differences(
    place: tuple[str, ...], old: Json, new: Json, groups: Mapping[str, str]
) -> Iterator[_Difference]:
    if old == new:
        return
    if isinstance(old or new, dict) and isinstance(new or old, dict):
        groups = {**groups, **_group_titles(old, new)}
        for key in dict.fromkeys((*(old or {}), *(new or {}))):
            yield from _differences(place, (old or {}).get(key), (new or {}).get(key), groups)
    elif isinstance(old or new, list) and isinstance(new or old, list):
        yield from _rows(place, old or [], new or [], groups)
    else:
        yield _Difference(place, old, new)


def _rows(
    place: tuple[str, ...], old: list[Json], new: list[Json], groups: Mapping[str, str]
) -> Iterator[_Difference]:
    if not all(isinstance(item, dict) for item in (*old, *new)):
        yield _Difference(place, old, new)
        return
    pairs = matched(old, new, _ROW)
    gone, came = _named(pairs.gone, old), _named(pairs.came, new)
    for at in gone[0]:
        yield _Difference((*place, *_name(old[at], groups)), kind=ChangeKind.REMOVED)
    for at in came[0]:
        yield _Difference((*place, *_name(new[at], groups)), kind=ChangeKind.ADDED)
    for i, j in pairs.both:
        yield from _differences((*place, *_name(old[i], groups)), old[i], new[j], groups)
    for i, j in zip_longest(gone[1], came[1]):  # what has no name is known by its place
        before, after = (None if i is None else old[i]), (None if j is None else new[j])
        yield from _differences(place, before, after, groups)


def _named(places: Sequence[int], rows: list[Json]) -> tuple[list[int], list[int]]:
    """Those of rows that have a name, and those of rows that have none."""
    named, nameless = list[int](), list[int]()
    for at in places:
        (named if _name(rows[at], {}) else nameless).append(at)
    return named, nameless


_ROW = Identity(
    ("title",),
    (
        ("title", "timeFrame", "type"),
        ("title",),
        ("term", "organSystem"),
        ("term",),
        ("groupId",),
        ("id",),
        ("type",),
        ("name",),
        ("units",),
        ("pValue",),
    ),
)


def _name(row: Json, groups: Mapping[str, str]) -> tuple[str, ...]:
    found = next((row[key] for key in _NAMES if isinstance(row.get(key), str)), "")
    name = " ".join(groups.get(found, found).split())
    return (name,) if name else ()
