"""Which places opened, closed, came or went between two reports: each place counted once, however
many versions there were between."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from trialpages.changes.compare import apart
from trialpages.records.model import Change
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.records.vocabulary import RecruitmentStatus

OPEN = {
    RecruitmentStatus.RECRUITING.value,
    RecruitmentStatus.ENROLLING_BY_INVITATION.value,
    RecruitmentStatus.AVAILABLE.value,
}

_STOPPED = {
    RecruitmentStatus.SUSPENDED.value,
    RecruitmentStatus.TERMINATED.value,
    RecruitmentStatus.WITHDRAWN.value,
}

_SHUT = {
    *_STOPPED,
    RecruitmentStatus.COMPLETED.value,
    RecruitmentStatus.ACTIVE_NOT_RECRUITING.value,
}


def loses_place(change: Change) -> bool:
    """Whether a change of a place closes it, or takes it out of the record. One that says no status
    any more may be open."""
    return (
        change.kind is ChangeKind.REMOVED
        or (closes(change) and change.new is not None)
        or _stops(change)
    )


def gains_place(change: Change) -> bool:
    """Whether it opens one, or brings one."""
    if change.kind is ChangeKind.ADDED:
        return change.new not in _SHUT
    return change.new in OPEN and change.old not in OPEN


def closes(change: Change) -> bool:
    return change.old in OPEN and change.new not in OPEN


def _stops(change: Change) -> bool:
    """Whether a place that wasn't open was stopped."""
    return change.new in _STOPPED and change.old not in {*OPEN, *_STOPPED, None}


def sites_in_short(changes: Iterable[Change]) -> Iterator[str]:
    """`2 places closed`, `1 place gone and back`: what became of them from the first to the last of
    these versions."""
    places: defaultdict[str, list[Change]] = defaultdict(list)
    for one in sorted(apart(changes), key=lambda one: one.date):
        places[one.entries[0] if one.entries else one.field].append(one)
    found = Counter[str]()
    for of_place in places.values():
        found.update(_fates(of_place))
    for what in _SITES:
        if number := found[what]:
            yield f"{number:,} {'place' if number == 1 else 'places'} {what}"


def _fates(of_place: Sequence[Change]) -> Iterator[str]:
    """What became of all places of one name; of one alone one thing, the weightiest."""
    in_versions = Counter((one.field, one.date) for one in of_place)
    number = max(in_versions.values())
    if number == 1:
        yield _fate(of_place)
        return
    whats = [_fate([one]) for one in of_place]
    per = Counter(zip(whats, ((one.field, one.date) for one in of_place), strict=True))
    most = Counter[str]()
    for (what, _), times in per.items():
        most |= Counter({what: times})
    yield from most.elements()


def _fate(of_place: Sequence[Change]) -> str:
    """What became of one place; the oldest change first."""
    whole = [one for one in of_place if one.kind]
    moved = [one for one in of_place if one.field == "locations.status"]
    if whole:
        first, last = whole[0], whole[-1]
        since = [one for one in moved if one.date > last.date]
        if last.kind is ChangeKind.REMOVED:
            return "gone" if first.kind is last.kind else _CAME_AND_GONE
        if first.kind is ChangeKind.REMOVED:
            return "gone and back"
        return "added" if gains_place(replace(last, new=(since or [last])[-1].new)) else _ADDED_SHUT
    return _what_of_status(replace(moved[-1], old=moved[0].old)) if moved else "changed"


_OPEN_NOW = "open now (status newly said)"
_SAYS_NOW = "with a status newly said"
_MEANWHILE = "with another status meanwhile"
_ADDED_SHUT = "added as closed or stopped"
_CAME_AND_GONE = "added and gone again"
_SITES = (
    *("closed", "stopped", "gone", "gone and back", "with no status any more"),
    *("added", "opened", _OPEN_NOW, _ADDED_SHUT, _CAME_AND_GONE),
    *("with another status", _MEANWHILE, _SAYS_NOW, "changed"),
)


def _what_of_status(change: Change) -> str:
    if change.old == change.new:
        return _MEANWHILE
    if closes(change):
        return "closed" if change.new else "with no status any more"
    if _stops(change):
        return "stopped"
    if change.old is None:
        return _OPEN_NOW if change.new in OPEN else _SAYS_NOW
    return "opened" if change.new in OPEN else "with another status"
