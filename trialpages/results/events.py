"""Adverse events: totals of each group, and the events by organ system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from trialpages.records.results import AdverseEvent, AdverseEvents, EventGroup, EventStats
from trialpages.results.tables import (
    Cell,
    Column,
    Row,
    RowGroup,
    Table,
    Titles,
    Words,
    cells,
    columns,
    noted,
    notes,
    titles_of,
)


@dataclass(frozen=True, slots=True)
class OrganSystem:
    name: str
    table: Table
    terms: int


@dataclass(frozen=True, slots=True)
class EventKind:
    """`seriousEvents` or `otherEvents`, by organ system."""

    id: str
    title: str
    collected: str
    """Vocabulary and way of collecting, where all the events share them."""
    systems: tuple[OrganSystem, ...]
    terms: int
    are_counted: bool
    """Whether the record says of any of them how many times it happened."""


@dataclass(frozen=True, slots=True)
class Events:
    """`adverseEventsModule`."""

    record: AdverseEvents
    totals: Table | None
    kinds: tuple[EventKind, ...]


def events_of(events: AdverseEvents, words: Words) -> Events:
    """The totals of each group, then serious and other events."""
    kinds = (
        ("serious-events", words["results_serious_events"], events.serious_events),
        ("other-events", words["results_other_events"], events.other_events),
    )
    titles = titles_of(events.event_groups)
    shown = tuple(_event_kind(*kind, titles, words) for kind in kinds if kind[2])
    return Events(events, _totals(events, words), shown)


def _totals(events: AdverseEvents, words: Words) -> Table | None:
    """In each group, how many died and how many had any event of either kind."""
    groups = events.event_groups
    nameless = words["results_no_group"]
    shown = tuple(Column(it.id or "", it.title or it.id or nameless) for it in groups)
    comments = notes("totals", [events.all_cause_mortality_comment])
    rows = (
        Row(
            words["results_deaths"],
            _totals_row(groups, "deaths"),
            notes=noted(events.all_cause_mortality_comment, comments),
        ),
        Row(words["results_serious_events"], _totals_row(groups, "serious")),
        Row(words["results_other_events"], _totals_row(groups, "other")),
    )
    filled = tuple(row for row in rows if row.notes or any(cell.text for cell in row.cells))
    caption = words["results_totals"]
    body = (RowGroup("", filled),)
    return Table("totals", caption, shown, body, tuple(comments.values())) if filled else None


def _totals_row(groups: Sequence[EventGroup], kind: str) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            _affected(
                getattr(group, f"{kind}_num_affected"), getattr(group, f"{kind}_num_at_risk"), None
            )
        )
        for group in groups
    )


def _event_kind(
    anchor: str,
    title: str,
    events: Sequence[AdverseEvent],
    titles: Titles,
    words: Words,
) -> EventKind:
    """The events by organ system and term, both in alphabetical order, as they are looked up."""
    ways = {_collected(event) for event in events}
    nameless = words["results_no_organ_system"]

    def system(event: AdverseEvent) -> str:
        return event.organ_system or nameless

    ordered = sorted(events, key=lambda event: (_key(system(event)), _key(event.term or "")))
    systems = []
    for number, (name, found) in enumerate(groupby(ordered, key=system), start=1):
        table = f"{anchor}-{number}"
        members = tuple(found)
        shown = _event_table(members, name, table, titles, len(ways) > 1, words)
        systems.append(OrganSystem(name, shown, len(members)))
    collected = ways.pop() if len(ways) == 1 else ""
    are_counted = any(stats.num_events is not None for event in events for stats in event.stats)
    return EventKind(anchor, title, collected, tuple(systems), len(events), are_counted)


def _key(text: str) -> tuple[str, str]:
    return text.casefold(), text


def _event_table(
    events: Sequence[AdverseEvent],
    caption: str,
    table: str,
    titles: Titles,
    ways_differ: bool,
    words: Words,
) -> Table:
    used = (stats.group_id for event in events for stats in event.stats)
    shown = columns(titles, used, words)
    comments = notes(table, (event.notes for event in events))
    rows = tuple(
        Row(
            event.term or words["results_no_title"],
            cells(shown, event.stats, _stats_text),
            detail=_collected(event) if ways_differ else "",
            notes=noted(event.notes, comments),
        )
        for event in events
    )
    return Table(table, caption, shown.shown, (RowGroup("", rows),), tuple(comments.values()))


def _collected(event: AdverseEvent) -> str:
    assessment = event.assessment_type.label if event.assessment_type else None
    return " · ".join(part for part in (event.source_vocabulary, assessment) if part)


def _stats_text(stats: EventStats) -> str:
    return _affected(stats.num_affected, stats.num_at_risk, stats.num_events)


def _affected(affected: int | None, at_risk: int | None, events: int | None) -> str:
    """`3 / 60 (4)`: people affected, people at risk, events; a dash for a number not given."""
    if affected is None and at_risk is None and events is None:
        return ""
    text = " / ".join("—" if number is None else str(number) for number in (affected, at_risk))
    return text if events is None else f"{text} ({events})"
