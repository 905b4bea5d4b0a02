"""Groups of posted results that share an id: nobody can tell whose number is whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from trialpages.problems import Problem, Where, quoted
from trialpages.records.results import EventGroup, Group, Results

_HINT = "give each group an id of its own, as the registry does; the table has one column for both"


def check_groups(results: Results, path: str) -> Iterator[Problem]:
    """A warning for each id that groups of one table share, and for groups that have none."""
    for place, groups in _tables(results):
        counted = Counter(group.id or "" for group in groups)
        for group_id, count in counted.items():
            if count > 1:
                which = f"the id {quoted(group_id)}" if group_id else "no id"
                message = f"{count} groups of {place} have {which}"
                yield Problem("repeated-group", "warning", message, Where(path), _HINT)


def _tables(results: Results) -> Iterator[tuple[str, Sequence[Group] | Sequence[EventGroup]]]:
    """The lists of groups, each with the registry's name of what they are of."""
    if flow := results.participant_flow_module:
        yield "participantFlowModule", flow.groups
    if baseline := results.baseline_characteristics_module:
        yield "baselineCharacteristicsModule", baseline.groups
    if outcomes := results.outcome_measures_module:
        for number, measure in enumerate(outcomes.outcome_measures):
            yield f"outcomeMeasures/{number}", measure.groups
    if events := results.adverse_events_module:
        yield "adverseEventsModule", events.event_groups
