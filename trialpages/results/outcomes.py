"""Outcome measures: what was measured, and how the groups compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialpages.records.results import Analysis, OutcomeMeasure
from trialpages.records.results_vocabulary import OutcomeMeasureType
from trialpages.results.measures import (
    class_groups,
    class_ids,
    denom_ids,
    denom_rows,
    label_of,
    limits,
    measurements,
)
from trialpages.results.tables import RowGroup, Table, Words, columns, notes, titles_of


@dataclass(frozen=True, slots=True)
class AnalysisBox:
    record: Analysis
    groups: tuple[str, ...]
    """Titles of the groups compared."""
    interval: str
    """`0.5 to 0.9`."""


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """One of `outcomeMeasures`."""

    id: str
    record: OutcomeMeasure
    table: Table | None
    analyses: tuple[AnalysisBox, ...]


@dataclass(frozen=True, slots=True)
class OutcomeKind:
    """The outcome measures of one type; the type is None where the record gives none."""

    id: str
    type: OutcomeMeasureType | None
    outcomes: tuple[ShownMeasure, ...]


def outcome_kinds(measures: Sequence[OutcomeMeasure], words: Words) -> Iterator[OutcomeKind]:
    """The outcomes by type, in the registry's order of types; within one, in the record's."""
    outcomes = [
        _outcome(measure, f"outcome-{number}", words)
        for number, measure in enumerate(measures, start=1)
    ]
    for kind in (*OutcomeMeasureType, None):
        found = tuple(outcome for outcome in outcomes if outcome.record.type is kind)
        name = kind.value.lower().replace("_", "-") if kind else "other-type"
        if found:
            yield OutcomeKind(f"outcomes-{name}", kind, found)


def _outcome(measure: OutcomeMeasure, anchor: str, words: Words) -> ShownMeasure:
    titles = titles_of(measure.groups)
    analyses = tuple(
        AnalysisBox(
            analysis,
            tuple(titles.get(group_id, group_id) for group_id in analysis.group_ids),
            limits(analysis.ci_lower_limit, analysis.ci_upper_limit, words),
        )
        for analysis in measure.analyses
    )
    return ShownMeasure(anchor, measure, _outcome_table(measure, anchor, words), analyses)


def _outcome_table(measure: OutcomeMeasure, anchor: str, words: Words) -> Table | None:
    if not (measure.denoms or measure.classes):
        return None
    used = [*denom_ids(measure.denoms), *class_ids(measure.classes)]
    shown = columns(titles_of(measure.groups), used, words)
    comments = notes(anchor, (item.comment for item in measurements(measure.classes)))
    label = label_of(measure.param_type, measure.dispersion_type)
    counts = tuple(denom_rows(measure.denoms, shown, words))
    groups = (
        *((RowGroup("", counts),) if counts else ()),
        *class_groups(measure.classes, shown, comments, label or words["results_value"], words),
    )
    caption = " · ".join(part for part in (label, measure.unit_of_measure) if part)
    caption = caption or measure.title or words["results_no_title"]
    return Table(f"{anchor}-table", caption, shown.shown, groups, tuple(comments.values()))
