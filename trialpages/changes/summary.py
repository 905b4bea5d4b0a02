"""A trial's changes in a few words for whoever reviews an update: what a reader must know first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from trialpages.changes.fields import is_list, kind_of, top_field
from trialpages.changes.own_words import EXTRA, is_readable, own_words_in_short
from trialpages.changes.passages import passages
from trialpages.changes.plain import plain_field
from trialpages.changes.posted_results import RESULTS_FIELD
from trialpages.changes.renamings import called_as_first
from trialpages.changes.sites import OPEN, closes, loses_place, sites_in_short
from trialpages.changes.topics import Topic, by_topic, topic_of
from trialpages.records.model import Change, Markup
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.records.vocabulary import Status

_QUOTED = 100


def urgency(changes: Sequence[Change]) -> int:
    """From 0: a trial that stopped, one that closed, one with places that closed or contacts that
    changed, criteria, results, anything else."""
    found = by_topic(changes)
    if Topic.STOPPED in found:
        return 0
    if any(change.old in OPEN for change in found.get(Topic.STATUS, ())):
        return 1
    ranks = {Topic.STATUS: 2, Topic.SITES: 4, Topic.CONTACTS: 5, Topic.CRITERIA: 6}
    if any(closes(c) or loses_place(c) for c in found.get(Topic.SITES, ())):
        return 3
    return min((ranks.get(topic, 7) for topic in found), default=8)


def in_short(changes: Sequence[Change]) -> tuple[str, ...]:
    """`Recruiting → Terminated: “Slow accrual.”`, `2 places closed`, `3 criteria changed`, …"""
    fields = [one for one in changes if one.field != EXTRA]
    found, counted = by_topic(fields), by_topic(called_as_first(fields))
    own = by_topic(one for one in changes if one.field == EXTRA)
    first = (Topic.STOPPED, Topic.STATUS, Topic.SITES, Topic.CONTACTS)
    said = [
        *_status(found.get(Topic.STOPPED, ()), found.get(Topic.STATUS, ())),
        *own_words_in_short(one for topic in first for one in own.get(topic, ())),
        *sites_in_short(counted.get(Topic.SITES, ())),
        *_of_whole_study(found.get(Topic.CONTACTS, ())),
        *_at_places(counted.get(Topic.CONTACTS, ())),
        *_criteria(found.get(Topic.CRITERIA, ())),
        *_results(found.get(Topic.RESULTS, ())),
    ]
    own_others = [one for one in own.get(Topic.OTHER, ()) if is_readable(one)][:_OWN_TOLD]
    said += own_words_in_short(own_others)
    unnamed = [one for one in own.get(Topic.OTHER, ()) if one not in own_others]
    rest = (*found.get(Topic.OTHER, ()), *unnamed)
    if others := dict.fromkeys(map(_other, rest)):
        said.append(f"{'also ' if said else ''}{', '.join(_without_repeats(others))}")
    return tuple(said) or ("only dates, the order of lists, or more of the same version",)


_OWN_TOLD = 5
"""Of what has no field here: the rest is said to be such."""


def must_know(changes: Sequence[Change]) -> tuple[str, ...]:
    """The same without what can be read later, which is counted."""
    others = {plain_field(top_field(one.field)) for one in by_topic(changes).get(Topic.OTHER, ())}
    first = in_short([one for one in changes if topic_of(one) is not Topic.OTHER])
    if not others:
        return first
    number = f"{len(others):,} other {'field' if len(others) == 1 else 'fields'}"
    is_alone = all(topic_of(one) is Topic.OTHER for one in changes)
    return in_short(changes) if is_alone else (*first, f"also {number}")


def in_one_line(differing: Sequence[Change]) -> str:
    """The same of what a field of the file says otherwise than its registry, where nothing told of
    it doesn't mean that little differs."""
    return ", ".join(in_short(differing)) if differing else "see the trial's page"


def _status(stopped: Iterable[Change], status: Iterable[Change]) -> Iterator[str]:
    why = next((c.new for c in stopped if c.field == "why_stopped" and c.new), "")
    moved = [c for c in (*stopped, *status) if c.field == "overall_status"]
    for change in moved:
        reason = f": “{_cut(why)}”" if why else ""
        yield f"{_label(change.old)} → {_label(change.new)}{reason}"
    if why and not moved:
        yield f"why it stopped: “{_cut(why)}”"


def _label(status: str | None) -> str:
    return _LABELS.get(status or "", status or "no status")


_LABELS = {status.value: status.label for status in Status}


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"


def _of_whole_study(changes: Sequence[Change]) -> Iterator[str]:
    if central := [one for one in changes if one.field.startswith("central_contacts")]:
        names = dict.fromkeys(f"{_sign(c)}{name}" for c in central for name in c.entries)
        yield f"contact for the whole study: {', '.join(names)}"


def _at_places(changes: Sequence[Change]) -> Iterator[str]:
    at_places = [one for one in changes if not one.field.startswith("central_contacts")]
    for kind, what in _AT_PLACES.items():
        if number := _different(one for one in at_places if one.kind is kind):
            yield f"{number:,} {'contact' if number == 1 else 'contacts'} at places {what}"


def _different(changes: Iterable[Change]) -> int:
    """How many entries they are of: one of which two fields changed, or one twice, is one."""
    apart: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for change in changes:
        apart[change.field, change.date].update(change.entries)
    most: Counter[str] = Counter()
    for entries in apart.values():
        most |= entries
    return most.total()


_AT_PLACES = {ChangeKind.REMOVED: "gone", ChangeKind.ADDED: "added", None: "changed"}


def _sign(change: Change) -> str:
    return {ChangeKind.ADDED: "new ", ChangeKind.REMOVED: "gone ", None: ""}[change.kind]


def _criteria(changes: Sequence[Change]) -> Iterator[str]:
    texts = _criteria_in(one for one in changes if one.field == _CRITERIA)
    if texts:
        sides = {(one.old is None, one.new is None) for one in changes if one.field == _CRITERIA}
        how = _TURNS.get(sides.pop(), "changed") if len(sides) == 1 else "changed"
        yield f"{texts:,} {'criterion' if texts == 1 else 'criteria'} {how}"
    for change in changes:
        if change.field != _CRITERIA:
            yield f"{plain_field(change.field)}: {change.old or 'none'} → {change.new or 'none'}"


_CRITERIA = "eligibility_criteria"
_TURNS = {(True, False): "added", (False, True): "gone"}


def _criteria_in(changes: Iterable[Change]) -> int:
    """How many: one that a later version changed once more, or brought back, is one."""
    ends = list[tuple[Change, str | None]]()
    for change in sorted(changes, key=lambda one: one.date):
        same = (
            (before, start)
            for before, start in ends
            if before.date < change.date
            and (before.new, before.entries) == (change.old, change.entries)
            and (before.new or start == change.new)
        )
        known = next(same, None)
        if known:
            ends.remove(known)
        ends.append((change, known[1] if known else change.old))
    return len(ends)


def _results(changes: Sequence[Change]) -> Iterator[str]:
    parts = dict.fromkeys(c.field.partition(".")[2].replace("_", " ") for c in changes)
    whole = next((change for change in changes if change.field == RESULTS_FIELD), None)
    if whole is not None:
        yield "results posted" if whole.kind is ChangeKind.ADDED else "results taken away"
    elif named := ", ".join(part for part in parts if part):
        yield f"results changed ({named})"


def _without_repeats(fields: Iterable[str]) -> Iterator[str]:
    """`start date` isn't said beside `start date 2025 → 2026`."""
    known = tuple(fields)
    for field in known:
        if not any(other.startswith(f"{field} ") for other in known):
            yield field


def _other(change: Change) -> str:
    """`completion date 2026-07 → 2028-07`; of what is longer than a date, or a list, the field."""
    if change.field != EXTRA and _is_whole_gone(change):
        return f"{plain_field(change.field)} no longer in the record"
    is_short = change.old and change.new and max(len(change.old), len(change.new)) <= _SHORT
    if is_short and change.field.endswith((".date", ".count")):
        return f"{plain_field(change.field)} {change.old} → {change.new}"
    return plain_field(change.field)


def _is_whole_gone(change: Change) -> bool:
    """Whether a field went, and not a value of its list or a sentence of its text."""
    if change.new is not None or change.kind or "." in change.field:
        return False
    if kind_of(change.field) == Markup:
        return len(tuple(islice(passages(change.old or ""), 2))) > 1
    return not is_list(change.field)


_SHORT = 10
