"""The trials most alike, as a trial's page shows them: with what the two have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trialpages.pages.facts import TrialFacts
from trialpages.pages.language import RECORD_LANGUAGE
from trialpages.pages.likeness import Reason, likeness, names_of
from trialpages.records.vocabulary import Status


@dataclass(frozen=True, slots=True)
class AlikeTrial:
    id: str
    title: str
    lang: str
    """The language of its title."""
    href: str
    """Its page, from another trial's page."""
    status: Status
    reasons: tuple[Reason, ...]


def alike_trials(trials: Sequence[TrialFacts]) -> Mapping[str, tuple[AlikeTrial, ...]]:
    """For each trial those most alike, without the ones that its source names anyway."""
    by_id = {facts.id: facts for facts in trials}
    found = likeness((facts.id, names_of(facts)) for facts in trials)
    return {
        facts.id: tuple(
            _shown(by_id[other.id], other.reasons)
            for other in found[facts.id]
            if other.id not in facts.related
        )
        for facts in trials
    }


def _shown(facts: TrialFacts, reasons: tuple[Reason, ...]) -> AlikeTrial:
    lang = facts.lang or RECORD_LANGUAGE
    return AlikeTrial(facts.id, facts.title, lang, f"{facts.id}.html", facts.status, reasons)
