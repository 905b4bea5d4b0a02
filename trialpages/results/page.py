"""What results.html sees of posted results: the record's groups and numbers as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from trialpages.language.site_language import Language
from trialpages.records.model import Trial
from trialpages.records.results import MoreInfo, Results
from trialpages.results.baseline import Baseline, baseline_of
from trialpages.results.events import Events, events_of
from trialpages.results.flow import Flow, flow_of
from trialpages.results.outcomes import OutcomeKind, outcome_kinds
from trialpages.trial.sentences.spoken import Sentences


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
    sentences: Sentences
    """What may be said of the trial, as far as it is true."""
    summary_text: str
    flow: Flow | None
    baseline: Baseline | None
    outcomes: tuple[OutcomeKind, ...]
    events: Events | None
    more_info: MoreInfo | None
    extra: Mapping[str, str]
    """What has no place in the tables: JSON Pointer -> JSON text."""


def results_page(
    trial: Trial, results: Results, sentences: Sentences, language: Language
) -> ResultsPage:
    """The view of one trial's posted results; `sentences` are those of its own page."""
    words = language.words
    flow, baseline = results.participant_flow_module, results.baseline_characteristics_module
    measures = results.outcome_measures_module
    events = results.adverse_events_module
    kinds = tuple(outcome_kinds(measures.outcome_measures, words)) if measures else ()
    shown_events = events_of(events, words) if events else None
    return ResultsPage(
        sections=tuple(_sections(results, kinds, shown_events, language)),
        sentences=sentences,
        summary_text=f"{words['results_title']}: {trial.brief_title} · {trial.nct_id}",
        flow=flow_of(flow, words) if flow else None,
        baseline=baseline_of(baseline, words) if baseline else None,
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
