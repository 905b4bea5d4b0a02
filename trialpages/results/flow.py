"""Participant flow: who began, who completed, and why others left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain

from trialpages.records.results import Achievement, ParticipantFlow, Period, Reason
from trialpages.results.tables import (
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
class Flow:
    """`participantFlowModule`."""

    record: ParticipantFlow
    periods: tuple[Table, ...]


def flow_of(flow: ParticipantFlow, words: Words) -> Flow:
    """A table for each period."""
    titles = titles_of(flow.groups)
    periods = enumerate(flow.periods, start=1)
    return Flow(
        flow, tuple(_period(flow, titles, period, f"period-{n}", words) for n, period in periods)
    )


_Step = tuple[str | None, str | None, tuple[Achievement | Reason, ...]]
"""Name and comment of a milestone or of a reason for leaving, and each group's number."""


def _period(
    flow: ParticipantFlow, titles: Titles, period: Period, table: str, words: Words
) -> Table:
    """Milestones, then the reasons why people did not complete the period."""
    reached: list[_Step] = [(it.type, it.comment, it.achievements) for it in period.milestones]
    left: list[_Step] = [(it.type, it.comment, it.reasons) for it in period.drop_withdraws]
    steps = (*reached, *left)
    ids = (item.group_id for _, _, found in steps for item in found)
    shown = columns(titles, ids, words)
    said = ((comment, *(it.comment for it in found)) for _, comment, found in steps)
    comments = notes(table, chain.from_iterable(said))
    text = partial(_people, units=flow.type_units_analyzed or words["results_units"])

    def row(step: _Step) -> Row:
        name, comment, found = step
        head = name or words["results_no_title"]
        return Row(head, cells(shown, found, text, comments), notes=noted(comment, comments))

    groups = (
        RowGroup("", tuple(row(step) for step in reached)),
        RowGroup(words["results_reasons"], tuple(row(step) for step in left)),
    )
    caption = period.title or words["results_period"]
    filled = tuple(group for group in groups if group.rows)
    return Table(table, caption, shown.shown, filled, tuple(comments.values()))


def _people(item: Achievement | Reason, units: str) -> str:
    """`30`, or `30 (60 Eyes)` where the flow counts something beside people."""
    counted = item.num_units if isinstance(item, Achievement) else None
    texts = (item.num_subjects or "", f"({counted} {units})" if counted else "")
    return " ".join(text for text in texts if text)
