"""What of a report registries changed: first all of it in short, then trial by trial."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from trialpages.changes.fields import kind_of
from trialpages.changes.own_words import EXTRA
from trialpages.changes.renamings import followers
from trialpages.changes.sites import gains_place, loses_place
from trialpages.changes.summary import must_know
from trialpages.changes.topics import Topic, topic_of
from trialpages.keeping.findings import Findings, OpenConflict
from trialpages.keeping.markdown import plain
from trialpages.keeping.report_words import (
    MOST_TRIALS,
    Piece,
    ReportFrame,
    Told,
    again,
    days_of,
    entry,
    folded,
    lines_of,
    link,
    listed,
    mark_of,
    named_by,
    named_of,
    numbers,
    piece,
    together,
    words,
)
from trialpages.records.model import Change, Markup
from trialpages.updating.arrivals import Arrival
from trialpages.updating.telling import told, told_once

CHAPTERS = {
    "Stopped, opened, closed; sites and contacts": (
        *(Topic.STOPPED, Topic.STATUS),
        *(Topic.SITES, Topic.CONTACTS),
    ),
    "Who can take part": (Topic.CRITERIA,),
    "Everything else": (Topic.RESULTS, Topic.OTHER),
}
"""A trial stands in the first of them that it has something for, with all that changed in it."""

_MOST_CHANGES = 12
"""Of a trial, of the topics of one chapter."""

_FEW = 10
"""Trials, up to which nothing needs to be summed up: each has its line."""

_AT_A_GLANCE = 25
"""Words, up to which all that changed in a trial stands there at once."""


def changed_trials(found: Findings) -> list[Arrival]:
    """With what is news of a version, not what a person has decided since: whoever has nothing else
    isn't among them. Also what came here as new and was changed before any report told of it."""
    news = [replace(one, changes=_news(one)) for one in found.arrivals]
    return [
        one for one in news if one.changes or one.former or (one.has_come and not one.is_decided)
    ]


def is_told_of(arrival: Arrival) -> bool:
    """Whether anything of its change is told."""
    return bool(arrival.former) or any(map(told, arrival.changes))


def _news(arrival: Arrival) -> tuple[Change, ...]:
    over = {*arrival.decided}
    over |= {on for one in arrival.decided for on in followers(one, arrival.changes)}
    return tuple(one for one in arrival.changes if one not in over)


# --- in short -----------------------------------------------------------------------------------


def in_sum(
    arrivals: Sequence[Arrival],
    waiting: Mapping[str, Sequence[str]],
    conflicts: Iterable[OpenConflict],
    report: ReportFrame,
) -> Iterator[Piece]:
    """Which trials are another now in what a reader must know first; details stand below."""
    if len(arrivals) <= _FEW:
        return
    found = {**_by_status(arrivals), **_by_topic(arrivals, _weighty(conflicts))}
    lines = [f"- **{said}**: {numbers(ones, report)}\n" for said, ones in found.items()]
    first = [
        f"- **{said}**: {listed(ones, MOST_TRIALS)}\n" for said, ones in waiting.items() if ones
    ]
    yield Piece("".join((*first, *lines)))


def _by_status(arrivals: Sequence[Arrival]) -> Mapping[str, list[Arrival]]:
    """Stopped ones first."""
    found: dict[str, list[Arrival]] = {}
    for arrival in sorted(arrivals, key=_urgency):
        moved = [change for change in arrival.changes if change.field == "overall_status"]
        if moved and (words := told(moved[-1])) and words.new:
            found.setdefault(f"{words.new} now", []).append(arrival)
    return found


def _sites(arrival: Arrival) -> tuple[Change, ...]:
    return arrival.by_topic.get(Topic.SITES, ())


_IN_SHORT: Mapping[str, Callable[[Arrival], bool]] = {
    "How it stands, in its registry's words": lambda one: any(
        change.field == EXTRA and topic_of(change) in (Topic.STOPPED, Topic.STATUS)
        for change in one.changes
    ),
    "Places closed, stopped or gone": lambda one: any(map(loses_place, _sites(one))),
    "Places opened or added": lambda one: any(map(gains_place, _sites(one))),
    "Places otherwise": lambda one: any(
        not (loses_place(change) or gains_place(change)) for change in _sites(one)
    ),
    "Contacts": lambda one: Topic.CONTACTS in one.by_topic,
    "Who can take part": lambda one: Topic.CRITERIA in one.by_topic,
    "Posted results": lambda one: Topic.RESULTS in one.by_topic,
}


def _weighty(waiting: Iterable[OpenConflict]) -> set[str]:
    """Trials of which something waits that is told first of others: they stand there with it."""
    return {
        one.trial.id
        for one in waiting
        if any(topic_of(change) is not Topic.OTHER for change in one.conflict.changes)
    }


def _by_topic(arrivals: Sequence[Arrival], others_wait: set[str]) -> Mapping[str, list[Arrival]]:
    found = {said: list(filter(holds, arrivals)) for said, holds in _IN_SHORT.items()}
    named = {Topic.STOPPED, Topic.STATUS}
    others = [
        one for one in arrivals if one.trial_id not in others_wait and any(map(told, one.changes))
    ]
    found["Something else alone"] = [
        one
        for one in others
        if named.isdisjoint(one.by_topic) and not any(holds(one) for holds in _IN_SHORT.values())
    ]
    return {said: ones for said, ones in found.items() if ones}


# --- trial by trial -----------------------------------------------------------------------------


def changes_told(
    arrivals: Iterable[Arrival], title: str, above: Collection[str], report: ReportFrame
) -> Iterator[Piece]:
    """The trials of a chapter; stopped ones first, then those that closed. Of one with much to tell
    a line has it in short; several that can be read later are folded into one. What is told `above`
    has its title there."""
    these = [one for one in sorted(arrivals, key=_urgency) if _chapter_of(one) == title]
    later = [one for one in these if not _is_urgent(one)]
    later = later if len(later) >= _SEVERAL else []
    yield from (_in_a_line(one, above, report) for one in these if one not in later)
    names = {one.trial_id: named_by(named_of(one), report) for one in later}
    yield from together([_in_full(one, above, report) for one in later], _LATER[title], names)


def _chapter_of(arrival: Arrival) -> str:
    found = (title for title, topics in CHAPTERS.items() if _found(arrival, topics))
    return next(found, "")


def _is_urgent(arrival: Arrival) -> bool:
    """Whether somebody may be sent to the wrong place, or be wrong about who can take part."""
    return not _URGENT.isdisjoint(arrival.by_topic) or any(map(loses_place, _sites(arrival)))


_URGENT = {Topic.STOPPED, Topic.STATUS, Topic.CONTACTS, Topic.CRITERIA}

_SEVERAL = 2

_LATER = {
    "Stopped, opened, closed; sites and contacts": "Places opened, came, or are told otherwise",
    "Who can take part": "",
    "Everything else": "Something other than status, places, contacts and criteria",
}
"""What changed in those trials of a chapter that can be read later."""


def _in_a_line(arrival: Arrival, above: Collection[str], report: ReportFrame) -> Piece:
    days, lines = _days_and_lines(arrival, report)
    if words(lines) <= _AT_A_GLANCE:
        return _in_full(arrival, above, report)
    short = plain("; ".join(must_know([one for one in arrival.changes if told(one)])))
    name = f"{again(arrival, above, report)}{mark_of(arrival)}"
    return piece(arrival.trial_id, folded(f"{name}: {short}", f"Changed {days}", lines))


def _in_full(arrival: Arrival, above: Collection[str], report: ReportFrame) -> Piece:
    days, lines = _days_and_lines(arrival, report)
    name = f"{again(arrival, above, report)}{mark_of(arrival)}"
    return piece(arrival.trial_id, entry(f"{name}, {days}", lines))


def _days_and_lines(arrival: Arrival, report: ReportFrame) -> tuple[str, list[str]]:
    """When the first version came, and all changes; those of versions after say when they did."""
    days, lines = "", list[str]()
    for version in _versions(arrival):
        found = [_found(version, topics) for topics in CHAPTERS.values()]
        these = [line for one in found for line in _lines(one, arrival, report)]
        when = days_of([change for one in found for change, _ in one]) if these else ""
        lines += [f"{line} ({when})" for line in these] if days else these
        days = days or when
    remark = [plain(arrival.had_already)] if arrival.had_already else []
    return days, [*lines, *remark]


def _versions(arrival: Arrival) -> Iterator[Arrival]:
    """It with the changes of each version alone, in the order in which they came."""
    days = dict.fromkeys((one.date, one.after or "") for one in arrival.changes)
    for day in sorted(days):
        these = tuple(one for one in arrival.changes if (one.date, one.after or "") == day)
        yield replace(arrival, changes=these)


def _found(arrival: Arrival, topics: Iterable[Topic]) -> list[Told]:
    return told_once(change for topic in topics for change in arrival.by_topic.get(topic, ()))


def _lines(found: list[Told], arrival: Arrival, report: ReportFrame) -> Iterator[str]:
    if len(found) > _MOST_CHANGES:
        found = sorted(found, key=lambda one: _rank(one[0]))
    yield from lines_of(found[:_MOST_CHANGES], named_of(arrival), report)
    if rest := found[_MOST_CHANGES:]:
        fields = ", ".join(dict.fromkeys(words.label for _, words in rest))
        yield link(f"… and {len(rest):,} more ({fields})", named_of(arrival), "history", report)


def _rank(change: Change) -> int:
    """Where not all fit: what is done to whom and what is measured first, sentences of texts
    last; topics stay in their order."""
    topic = list(Topic).index(topic_of(change)) * 3
    if kind_of(change.field) == Markup:
        return topic + 2
    return topic if change.field.partition(".")[0] in _WEIGHTY else topic + 1


_WEIGHTY = (
    *("arm_groups", "interventions", "primary_outcomes", "secondary_outcomes", "other_outcomes"),
)


def untold(others: Sequence[Arrival], report: ReportFrame) -> Iterator[Piece]:
    """Trials whose newer version changed dates, orders and the like alone: those that a report
    tells nothing else of."""
    if others:
        said = "Only dates of the record, the order of lists, or more of the same version"
        yield Piece(f"- {said}: {numbers(others, report)}\n")


def _urgency(arrival: Arrival) -> int:
    topics = arrival.by_topic
    return next((at for at, topic in enumerate(Topic) if topic in topics), len(Topic))
