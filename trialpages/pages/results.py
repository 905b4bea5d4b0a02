"""What results.html sees of posted results: the record's groups and numbers as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby

from trialpages.pages.language import Language
from trialpages.pages.results_tables import (
    Cell,
    Column,
    Note,
    Row,
    RowGroup,
    Table,
    Words,
    cells,
    class_groups,
    class_ids,
    columns,
    denom_ids,
    denom_rows,
    limits,
    measure_label,
    measurements,
    noted,
    notes,
)
from trialpages.records.model import Trial
from trialpages.records.results import (
    Achievement,
    AdverseEvent,
    AdverseEvents,
    Analysis,
    BaselineCharacteristics,
    BaselineMeasure,
    EventGroup,
    EventStats,
    MoreInfo,
    OutcomeMeasure,
    ParticipantFlow,
    Period,
    Reason,
    Results,
)
from trialpages.records.results_vocabulary import OutcomeMeasureType


@dataclass(frozen=True, slots=True)
class Flow:
    """`participantFlowModule`."""

    record: ParticipantFlow
    periods: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """`baselineCharacteristicsModule`."""

    record: BaselineCharacteristics
    table: Table | None


@dataclass(frozen=True, slots=True)
class AnalysisBox:
    record: Analysis
    groups: tuple[str, ...]
    """Titles of the groups compared."""
    interval: str
    """`0.5 to 0.9`."""


@dataclass(frozen=True, slots=True)
class Outcome:
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
    outcomes: tuple[Outcome, ...]


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


@dataclass(frozen=True, slots=True)
class Events:
    """`adverseEventsModule`."""

    record: AdverseEvents
    totals: Table | None
    kinds: tuple[EventKind, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the table of contents."""

    id: str
    title: str
    inner: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """What results.html shows beside the trial's own fields."""

    sections: tuple[Section, ...]
    summary_text: str
    flow: Flow | None
    baseline: Baseline | None
    outcomes: tuple[OutcomeKind, ...]
    events: Events | None
    more_info: MoreInfo | None
    extra: Mapping[str, str]
    """What has no place in the tables: JSON Pointer -> JSON text."""


def results_path(trial_id: str) -> str:
    return f"trials/{trial_id}.results.html"


def results_page(trial: Trial, results: Results, language: Language) -> ResultsPage:
    """The view of one trial's posted results."""
    words = language.words
    flow, baseline = results.participant_flow_module, results.baseline_characteristics_module
    measures = results.outcome_measures_module
    events = results.adverse_events_module
    kinds = tuple(_outcome_kinds(measures.outcome_measures, words)) if measures else ()
    shown_events = _events(events, words) if events else None
    return ResultsPage(
        sections=tuple(_sections(results, kinds, shown_events, language)),
        summary_text=f"{words['results_title']}: {trial.brief_title} · {trial.nct_id}",
        flow=_flow(flow, words) if flow else None,
        baseline=_baseline(baseline, words) if baseline else None,
        outcomes=kinds,
        events=shown_events,
        more_info=results.more_info_module,
        extra=results.extra,
    )


def _sections(
    results: Results, outcomes: Iterable[OutcomeKind], events: Events | None, language: Language
) -> Iterator[Section]:
    words = language.words
    if results.participant_flow_module:
        yield Section("participant-flow", words["results_flow"])
    if results.baseline_characteristics_module:
        yield Section("baseline", words["results_baseline"])
    if results.outcome_measures_module:
        types = tuple((kind.id, language.label(kind.type)) for kind in outcomes if kind.type)
        yield Section("outcome-measures", words["results_outcomes"], types)
    if events:
        kinds = tuple((kind.id, kind.title) for kind in events.kinds)
        yield Section("adverse-events", words["results_events"], kinds)
    if results.more_info_module:
        yield Section("more-info", words["results_more"])
    if results.extra:
        yield Section("extra", words["extra"])


# --- participant flow ---------------------------------------------------------------------------


def _flow(flow: ParticipantFlow, words: Words) -> Flow:
    periods = enumerate(flow.periods, start=1)
    return Flow(flow, tuple(_period(flow, period, f"period-{n}", words) for n, period in periods))


_Step = tuple[str | None, str | None, tuple[Achievement | Reason, ...]]
"""Name and comment of a milestone or of a reason for leaving, and each group's number."""


def _period(flow: ParticipantFlow, period: Period, table: str, words: Words) -> Table:
    """Milestones, then the reasons why people did not complete the period."""
    reached: list[_Step] = [(it.type, it.comment, it.achievements) for it in period.milestones]
    left: list[_Step] = [(it.type, it.comment, it.reasons) for it in period.drop_withdraws]
    steps = (*reached, *left)
    ids = (item.group_id for _, _, found in steps for item in found)
    shown = columns(flow.groups, ids, words)
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
    return Table(table, caption, shown, filled, tuple(comments.values()))


def _people(item: Achievement | Reason, units: str) -> str:
    """`30`, or `30 (60 Eyes)` where the flow counts something beside people."""
    counted = item.num_units if isinstance(item, Achievement) else None
    texts = (item.num_subjects or "", f"({counted} {units})" if counted else "")
    return " ".join(text for text in texts if text)


# --- baseline -----------------------------------------------------------------------------------


def _baseline(baseline: BaselineCharacteristics, words: Words) -> Baseline:
    measures = baseline.measures
    classes = [one for measure in measures for one in measure.classes]
    denoms = [*baseline.denoms, *(denom for measure in measures for denom in measure.denoms)]
    shown = columns(baseline.groups, [*denom_ids(denoms), *class_ids(classes)], words)
    comments = notes("baseline", (item.comment for item in measurements(classes)))
    overall = tuple(denom_rows(baseline.denoms, shown, words))
    groups = [RowGroup("", overall)] if overall else []
    for measure in measures:
        groups += _baseline_measure(measure, shown, comments, words)
    if not groups:
        return Baseline(baseline, None)
    caption = words["results_baseline"]
    table = Table("baseline-table", caption, shown, tuple(groups), tuple(comments.values()))
    return Baseline(baseline, table)


def _baseline_measure(
    measure: BaselineMeasure,
    shown: Sequence[Column],
    comments: Mapping[str, Note],
    words: Words,
) -> Iterator[RowGroup]:
    """The measure's heading with the rows that have no heading of their own, then the others."""
    label = _label(measure.param_type, measure.dispersion_type)
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


def _label(param: object, dispersion: object) -> str:
    return measure_label(_text(param), _text(dispersion))


def _text(value: object) -> str:
    return str(getattr(value, "label", value)) if value else ""


def _present(*pairs: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in pairs if text)


def _yes_no(value: bool | None, words: Words) -> str | None:
    return None if value is None else words["yes" if value else "no"]


# --- outcome measures ---------------------------------------------------------------------------


def _outcome_kinds(measures: Sequence[OutcomeMeasure], words: Words) -> Iterator[OutcomeKind]:
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


def _outcome(measure: OutcomeMeasure, anchor: str, words: Words) -> Outcome:
    titles = {group.id: group.title or group.id for group in measure.groups}
    analyses = tuple(
        AnalysisBox(
            analysis,
            tuple(titles.get(group_id) or group_id for group_id in analysis.group_ids),
            limits(analysis.ci_lower_limit, analysis.ci_upper_limit, words),
        )
        for analysis in measure.analyses
    )
    return Outcome(anchor, measure, _outcome_table(measure, anchor, words), analyses)


def _outcome_table(measure: OutcomeMeasure, anchor: str, words: Words) -> Table | None:
    if not (measure.denoms or measure.classes):
        return None
    used = [*denom_ids(measure.denoms), *class_ids(measure.classes)]
    shown = columns(measure.groups, used, words)
    comments = notes(anchor, (item.comment for item in measurements(measure.classes)))
    label = _label(measure.param_type, measure.dispersion_type)
    counts = tuple(denom_rows(measure.denoms, shown, words))
    groups = (
        *((RowGroup("", counts),) if counts else ()),
        *class_groups(measure.classes, shown, comments, label or words["results_value"], words),
    )
    caption = " · ".join(part for part in (label, measure.unit_of_measure) if part)
    caption = caption or measure.title or words["results_no_title"]
    return Table(f"{anchor}-table", caption, shown, groups, tuple(comments.values()))


# --- adverse events -----------------------------------------------------------------------------


def _events(events: AdverseEvents, words: Words) -> Events:
    kinds = (
        ("serious-events", words["results_serious_events"], events.serious_events),
        ("other-events", words["results_other_events"], events.other_events),
    )
    shown = tuple(_event_kind(*kind, events.event_groups, words) for kind in kinds if kind[2])
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
    groups: Sequence[EventGroup],
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
        shown = _event_table(members, name, table, groups, len(ways) > 1, words)
        systems.append(OrganSystem(name, shown, len(members)))
    collected = ways.pop() if len(ways) == 1 else ""
    return EventKind(anchor, title, collected, tuple(systems), len(events))


def _key(text: str) -> tuple[str, str]:
    return text.casefold(), text


def _event_table(
    events: Sequence[AdverseEvent],
    caption: str,
    table: str,
    groups: Sequence[EventGroup],
    ways_differ: bool,
    words: Words,
) -> Table:
    used = (stats.group_id for event in events for stats in event.stats)
    shown = columns(groups, used, words)
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
    return Table(table, caption, shown, (RowGroup("", rows),), tuple(comments.values()))


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
