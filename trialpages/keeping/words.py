"""A change of a record in words, as the page would say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import msgspec

from trialpages.import_report import Outcome
from trialpages.language import Language, read_language
from trialpages.reading import read_templates, shipped
from trialpages.records.model import Change, Trial
from trialpages.records.vocabulary import Status, StudyType
from trialpages.trial.history import shown_changes


@dataclass(frozen=True, slots=True)
class Told:
    label: str
    """What the page calls the field."""
    part: str
    """What of it; '' where the label says it."""
    entries: tuple[str, ...]
    """Of which places, outcomes, contacts …"""
    kind: str
    """`added` or `removed` for whole entries; '' where a value is another."""
    old: str | None
    new: str | None


@cache
def english() -> Language:
    """The words in which editors are spoken to."""
    return read_language("en", read_templates(shipped("templates")))


def told(change: Change) -> Told | None:
    """A change in words; None for what is of the copy and not of the trial."""
    trial = Trial(
        nct_id="NCT00000000",
        brief_title="",
        overall_status=Status.UNKNOWN,
        study_type=StudyType.INTERVENTIONAL,
        history=(msgspec.structs.replace(change, kind=None),),
    )
    shown = next(shown_changes(trial, english()), None)
    if shown is None:
        return None
    return Told(
        shown.label,
        shown.place.partition(".")[2].replace("_", " "),
        (change.entry,) if change.entry else (),
        change.kind.label.lower() if change.kind else "",
        shown.old,
        shown.new,
    )


def update_lines(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """A line a trial with what a reader must know of its new version."""
    for outcome in outcomes:
        found = [filter(None, map(told, changes)) for changes in outcome.by_topic.values()]
        firsts = [first for changes in found if (first := next(changes, None))]
        said = [f"{one.label}: {one.old or 'nothing'} → {one.new or 'nothing'}" for one in firsts]
        yield f"{outcome.trial_id}  {'; '.join(said[:3]) or 'renewed'}"
