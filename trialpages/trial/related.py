"""The trials most alike, as a trial's page shows them: with what the two have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from trialpages.addresses import link_beside, trial_path
from trialpages.digests import digest_of_view
from trialpages.language.site_language import RECORD_LANGUAGE
from trialpages.records.model import Trial
from trialpages.records.vocabulary import Status
from trialpages.trial.facts import TrialFacts
from trialpages.trial.freshness import RecordDates
from trialpages.trial.likeness import Reason, likeness, names_of, reasons, terms_of
from trialpages.trial.registry import study_page


class Related(Struct, frozen=True):
    id: str
    title: str
    href: str
    here: bool
    """Whether the trial has a page on this site."""


class AlikeTrial(Struct, frozen=True):
    id: str
    title: str
    lang: str
    """The language of its title."""
    href: str
    """Its page, from another trial's page."""
    status: Status
    dates: RecordDates
    own_status: str
    """As its facts have it."""
    reasons: tuple[Reason, ...]


def most_alike(trials: Sequence[TrialFacts]) -> Mapping[str, tuple[TrialFacts, ...]]:
    """For each trial those most alike, without the ones that its source names anyway."""
    by_id = {facts.id: facts for facts in trials}
    found = likeness((facts.id, names_of(facts)) for facts in trials)
    return {
        facts.id: tuple([by_id[other] for other in found[facts.id] if other not in facts.related])
        for facts in trials
    }


def shown_beside(facts: TrialFacts) -> bytes:
    """A digest of what other trials' pages may show of one that is like them."""
    stands = (facts.status, facts.dates, facts.own_status)
    return digest_of_view((facts.id, facts.title, facts.lang, stands, names_of(facts)))


def alike_trials(facts: TrialFacts, near: Iterable[TrialFacts]) -> Iterator[AlikeTrial]:
    """Other trials as the page of one that is like them shows them."""
    own = terms_of(names_of(facts))
    for other in near:
        why = reasons(own, names_of(other))
        lang = other.lang or RECORD_LANGUAGE
        href = link_beside(trial_path(other.id))
        stands = (other.status, other.dates, other.own_status)
        yield AlikeTrial(other.id, other.title, lang, href, *stands, why)


def named_trials(trial: Trial, titles: Mapping[str, str]) -> Iterator[Related]:
    """Those that a trial's source names beside it; `titles`: of those that are here, by id."""
    for other in trial.related_trials:
        trial_id, here = other.nct_id, other.nct_id in titles
        href = link_beside(trial_path(trial_id)) if here else study_page(trial_id)
        yield Related(trial_id, other.title or titles.get(trial_id, trial_id), href, here)
