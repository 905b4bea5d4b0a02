"""What several versions changed, one after the other, of what waits for a person: of which of them
each change is that is told once it is decided, and what came after the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from trialpages.changes.compare import WITHIN, apart, joined_changes
from trialpages.changes.history import since
from trialpages.changes.renamings import called_as_first, first_names, name_before
from trialpages.records.model import Change, PartialDate
from trialpages.records.own_vocabulary import ChangeKind

MOST_STEPS = 100
"""Of a field; beyond it the oldest go."""


def place_of_step(change: Change) -> str:
    """The entry of a list; of a contact there the entry that it is in."""
    return change.entries[0].partition(WITHIN)[0] if change.entries else ""


def dated(
    found: Iterable[Change], steps: Iterable[Change], after: PartialDate | None
) -> Iterator[Change]:
    """Changes since the version of the day `after`, each entry alone, with the days of the versions
    that made it, as far as that is known. What went or came says what it said then."""
    every = [*apart(steps)]
    called, names = called_as_first(every), first_names(every)
    known = [*called]
    for change in apart(found):
        place = change.field, tuple(name_before(one, names) for one in change.entries)
        made = _made(change, [one for one in known if (one.field, one.entries) == place])
        for one in made:
            known.remove(one)  # of two alike each is another step
        if made and change.kind is ChangeKind.ADDED and made[-1].new != change.new:
            last = max(one.date for one in called if one.entries == place[1])
            yield replace(change, date=last, after=made[-1].after)  # it says more since
        elif made and change.kind:
            yield replace(made[-1], entries=change.entries)
        elif made:
            yield replace(change, date=made[-1].date, after=made[0].after)
        else:
            yield from since(after, (change,))


def _made(change: Change, here: Sequence[Change]) -> Sequence[Change]:
    """Of the steps of one place, the oldest first, those from what it said before to what it says
    now; none where they don't lead there."""
    if change.kind:
        return [one for one in here if one.kind is change.kind][-1:]
    for one in reversed(here):
        if one.kind or one.new != change.new:
            continue
        if one.old == change.old:
            return [one]
        between = replace(change, new=one.old)
        sooner = [other for other in here if other.date < one.date]
        if one.old is not None and (made := _made(between, sooner)):
            return [*made, one]
    return []


def of_entries(steps: Iterable[Change], names: Collection[str]) -> Sequence[Change]:
    """Those of the entries that have or had one of these names, each entry alone."""
    every = sorted(apart(steps), key=lambda one: (one.date, one.after or ""))
    first = first_names(every)
    firsts = {name_before(one, first) for one in names}
    called = zip(every, called_as_first(every), strict=True)
    return [one for one, then in called if place_of_step(then) in firsts]


def once_more(
    steps: Iterable[Change],
    told: Iterable[Change],
    names: Collection[str] | None,
    waiting: Iterable[Change],
) -> tuple[Change, ...]:
    """What came after the first step of each entry that has one of these `names`, or of a whole
    field, where there are none. What was `told` has come into the file, and waits for nobody; what
    is `waiting`, and was the only step there, changed but once."""
    come = {_key(one) for one in apart(told) if not one.kind}
    each = [one for one in apart(steps) if _key(one) not in come]
    called = first_names(each)
    firsts = {name_before(one, called) for one in names or ()}
    first: dict[str, PartialDate] = {}
    found = list[Change]()
    for one in called_as_first(each):
        place = "" if names is None else place_of_step(one)
        is_later = one.date > first.setdefault(place, one.date)
        if is_later and (names is None or place in firsts):
            found.append(one)
    said = {_said(one, called) for one in apart(waiting)}
    times = Counter((one.field, one.entries) for one in found)
    return joined_changes(
        one for one in found if times[one.field, one.entries] > 1 or _said(one, {}) not in said
    )


def _said(change: Change, names: Mapping[str, str]) -> tuple[object, ...]:
    entries = tuple(name_before(one, names) for one in change.entries)
    return change.field, entries, change.kind, change.old, change.new


def _key(change: Change) -> tuple[object, ...]:
    return change.field, change.entries, change.old, change.new, change.date
