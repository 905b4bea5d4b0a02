"""Rows of measures, of the baseline and of outcomes: who was counted and what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby

from trialpages.records.results import Category, Denom, DenomCount, MeasureClass, Measurement
from trialpages.results.tables import Cell, Columns, Notes, Row, RowGroup, Words, cells


def denom_ids(denoms: Iterable[Denom]) -> Iterator[str | None]:
    return (count.group_id for denom in denoms for count in denom.counts)


def measurements(classes: Iterable[MeasureClass]) -> Iterator[Measurement]:
    return (
        item for one in classes for category in one.categories for item in category.measurements
    )


def class_ids(classes: Iterable[MeasureClass]) -> Iterator[str | None]:
    """The group ids that the numbers of these classes have."""
    for one in classes:
        yield from denom_ids(one.denoms)
    yield from (item.group_id for item in measurements(classes))


def denom_rows(denoms: Iterable[Denom], shown: Columns, words: Words) -> Iterator[Row]:
    def value(count: DenomCount) -> str:
        return count.value or ""

    for denom in denoms:
        head = words["results_number_analyzed"]
        head = f"{head} ({denom.units})" if denom.units else head
        yield Row(head, cells(shown, denom.counts, value), is_denom=True)


def class_groups(
    classes: Iterable[MeasureClass],
    shown: Columns,
    comments: Notes,
    label: str,
    words: Words,
) -> Iterator[RowGroup]:
    """The rows of a measure. `label` heads a row that the record gives no title."""
    groups = (_class_group(one, shown, comments, label, words) for one in classes)
    for has_title, run in groupby(groups, key=lambda group: bool(group.title)):
        if has_title:
            yield from run
        else:
            yield RowGroup("", tuple(row for group in run for row in group.rows))


def _class_group(
    one: MeasureClass, shown: Columns, comments: Notes, label: str, words: Words
) -> RowGroup:
    """A class of one nameless category is one row; the class's title heads it."""
    single = len(one.categories) == 1 and not one.categories[0].title and not one.denoms
    title = "" if single else one.title or ""
    nameless = (one.title if single else None) or label
    counts = tuple(denom_rows(one.denoms, shown, words))
    values = tuple(
        Row(category.title or nameless, _values(category, shown, comments, words))
        for category in one.categories
    )
    return RowGroup(title, (*counts, *values))


def _values(category: Category, shown: Columns, comments: Notes, words: Words) -> tuple[Cell, ...]:
    return cells(shown, category.measurements, partial(_measured, words=words), comments)


def _measured(item: Measurement, words: Words) -> str:
    """`12.3 (4.5)`, `12.3 (8 to 15)`: the value, and how far it spreads."""
    low, high = item.lower_limit, item.upper_limit
    parts = (item.value or "", _bracketed(item.spread), _bracketed(limits(low, high, words)))
    return " ".join(part for part in parts if part)


def _bracketed(text: str | None) -> str:
    return f"({text})" if text else ""


def limits(low: str | None, high: str | None, words: Words) -> str:
    """`8 to 15`; of a range open on one side, the side there is."""
    if low and high:
        return words["results_range"].format(low=low, high=high)
    if low:
        return words["results_range_from"].format(low=low)
    return words["results_range_to"].format(high=high) if high else ""


def label_of(param: object, dispersion: object) -> str:
    """What a measure's values are: `Mean (Standard Deviation)`."""
    values, spread = _text(param), _text(dispersion)
    return f"{values} ({spread})" if values and spread else values or spread


def _text(value: object) -> str:
    return str(getattr(value, "label", value)) if value else ""
