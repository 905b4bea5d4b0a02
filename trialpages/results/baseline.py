"""The people as they were at the beginning: baseline characteristics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trialpages.records.results import BaselineCharacteristics, BaselineMeasure
from trialpages.results.measures import (
    class_groups,
    class_ids,
    denom_ids,
    denom_rows,
    label_of,
    measurements,
)
from trialpages.results.tables import (
    Columns,
    Note,
    RowGroup,
    Table,
    Words,
    columns,
    notes,
    titles_of,
)


@dataclass(frozen=True, slots=True)
class Baseline:
    """`baselineCharacteristicsModule`."""

    record: BaselineCharacteristics
    table: Table | None


def baseline_of(baseline: BaselineCharacteristics, words: Words) -> Baseline:
    """The characteristics as one table: the groups its columns, the measures its row groups."""
    measures = baseline.measures
    classes = [one for measure in measures for one in measure.classes]
    denoms = [*baseline.denoms, *(denom for measure in measures for denom in measure.denoms)]
    shown = columns(titles_of(baseline.groups), [*denom_ids(denoms), *class_ids(classes)], words)
    comments = notes("baseline", (item.comment for item in measurements(classes)))
    overall = tuple(denom_rows(baseline.denoms, shown, words))
    groups = [RowGroup("", overall)] if overall else []
    for measure in measures:
        groups += _baseline_measure(measure, shown, comments, words)
    if not groups:
        return Baseline(baseline, None)
    caption = words["results_baseline"]
    table = Table("baseline-table", caption, shown.shown, tuple(groups), tuple(comments.values()))
    return Baseline(baseline, table)


def _baseline_measure(
    measure: BaselineMeasure,
    shown: Columns,
    comments: Mapping[str, Note],
    words: Words,
) -> Iterator[RowGroup]:
    """The measure's heading with the rows that have no heading of their own, then the others."""
    label = label_of(measure.param_type, measure.dispersion_type)
    unit = measure.unit_of_measure or ""
    first, *others = (
        *class_groups(measure.classes, shown, comments, label or words["results_value"], words),
        RowGroup("", ()),
    )
    if first.title:
        first, others = RowGroup("", ()), [first, *others]
    says_label = len(first.rows) == 1 and first.rows[0].head == label
    yield RowGroup(
        title=measure.title or words["results_no_title"],
        detail=" · ".join(part for part in ("" if says_label else label, unit) if part),
        rows=(*denom_rows(measure.denoms, shown, words), *first.rows),
        texts=_present(
            (words["results_description"], measure.description),
            (words["results_population"], measure.population_description),
        ),
        facts=_present(
            (words["results_analyzed_by"], measure.denom_units_selected),
            (words["results_calculate_pct"], _yes_no(measure.calculate_pct, words)),
        ),
        is_measure=True,
    )
    yield from (group for group in others if group.title or group.rows)


def _present(*pairs: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in pairs if text)


def _yes_no(value: bool | None, words: Words) -> str | None:
    return None if value is None else words["yes" if value else "no"]
