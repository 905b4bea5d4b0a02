"""What a template sees of a page: one frozen view a kind of page, made from records alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import msgspec
from msgspec import Struct

from trialpages.addresses import (
    address_of,
    escaped,
    form_path,
    link_beside,
    original_path,
    results_path,
    trial_path,
)
from trialpages.changes.history import dropped
from trialpages.language.site_language import Language
from trialpages.prose.criteria import CriteriaGroup, criteria
from trialpages.records.ages import age_limits
from trialpages.records.model import Contact, ImportNote, Location, Trial
from trialpages.records.note_codes import CONFLICT, GONE
from trialpages.records.our_sites import OurSites, site_of
from trialpages.records.vocabulary import StandardAge
from trialpages.trial import derived, linked_data
from trialpages.trial.areas import area_said, areas
from trialpages.trial.citation import citation_tags, in_a_sentence
from trialpages.trial.corrections import Correction, by_section, corrections
from trialpages.trial.facts import AtOurSite, TrialFacts
from trialpages.trial.figures import Figures, figures
from trialpages.trial.figures.arms import names_shown
from trialpages.trial.history import Version, versions
from trialpages.trial.partners import Leading, Partner, leading_said, partners_said
from trialpages.trial.qr import qr_code
from trialpages.trial.reading_facts import trial_facts
from trialpages.trial.registry import page_address
from trialpages.trial.related import AlikeTrial, Related, alike_trials, named_trials
from trialpages.trial.said_here import SaidHere, said_here
from trialpages.trial.sections import sections
from trialpages.trial.sentences.spoken import Sentences
from trialpages.trial.standing import ages_said, in_doubt, status_said, where_said
from trialpages.trial.whom_to_call import InFull, WhoToCall, in_full, who_to_call


@dataclass(frozen=True, slots=True)
class Context:
    """What the page of one trial has to know of the rest of the site."""

    language: Language
    address: str
    """The site's URL, ending in a slash; empty where it has none."""
    as_of: str
    """The date of the build (ISO)."""
    titles: Mapping[str, str]
    """Of the trials of the site that this one's source names beside it, by id."""
    with_results: bool
    """Whether its posted results are at hand."""
    near: tuple[TrialFacts, ...] = ()
    """Those of the site that are most alike."""
    endings: tuple[str, ...] = ()
    """The forms it is offered in: endings of the files beside its page."""
    original: str = ""
    """The name of its source file, where that is published under `sources/`."""
    corrections: bytes = b""
    """What its file says otherwise than its registry, as `changes.corrections` writes it."""
    ours: OurSites = ()
    """The editor's own institutions."""
    partners: tuple[TrialFacts, ...] = ()
    """Those of the site that are records of the same trial at other registries."""
    leads: TrialFacts | None = None
    """The one that its editor says stands for them all, if it isn't this one."""
    site: str = ""
    """What the site is called."""
    up: str = ""
    """The way from the root of its language to the site's, where the record's forms are."""


class Link(Struct, frozen=True):
    href: str
    text: str


class TrialPage:
    """What trial.html shows beside the trial's own fields, each worked out when it is asked for.

    A theme that draws no figures doesn't pay for them. Its members raise TooDeep.
    """

    def __init__(self, trial: Trial, context: Context) -> None:
        self._trial, self._context = trial, context

    @cached_property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """Id and title of each section the page has, in its order."""
        alike, who, site = bool(self._context.near), self.sentences.who, self._context.site
        return tuple(sections(self._trial, alike, who, site, self._context.language))

    @cached_property
    def sentences(self) -> Sentences:
        """What may be said of this trial, as far as it is true."""
        of, here = self._context, self.said_here
        return Sentences(self._trial, of.as_of, of.language, of.ours, here)

    @cached_property
    def said_here(self) -> SaidHere:
        """How it and its places stand where this site, and not the record, says so."""
        return said_here(self._trial, self._context.corrections)

    @cached_property
    def criteria(self) -> tuple[CriteriaGroup, ...]:
        return criteria(self._trial.eligibility_criteria or "")

    @cached_property
    def contact(self) -> WhoToCall | None:
        return who_to_call(self._trial, self._context.ours)

    @cached_property
    def countries(self) -> tuple[tuple[str, int], ...]:
        """Each with the number of its sites."""
        return tuple(derived.countries(self._trial).items())

    @property
    def areas(self) -> tuple[tuple[str, str], ...]:
        """Code and name of each area of medicine that its conditions' headings lie in."""
        language = self._context.language
        return tuple((code, area_said(code, language)) for code in areas(self._trial))

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """Where the sites are, each name once."""
        return derived.cities(self._trial)

    @cached_property
    def places(self) -> tuple[tuple[str, tuple[Location, ...]], ...]:
        """The sites by country, without those of ours."""
        found, ours = derived.places(self._trial), self._context.ours
        left = ((name, tuple(p for p in here if not site_of(p, ours))) for name, here in found)
        return tuple((name, here) for name, here in left if here) if ours else found

    @cached_property
    def our_places(self) -> tuple[Location, ...]:
        """Those of ours."""
        ours = self._context.ours
        return tuple(place for place in self._trial.locations if site_of(place, ours))

    @cached_property
    def in_full(self) -> Mapping[Contact, InFull]:
        """Where whoever is a contact more than once is shown in full."""
        shown = chain(self.our_places, *(here for _, here in self.places))
        return in_full(self._trial.central_contacts, shown)

    @property
    def ours(self) -> tuple[AtOurSite, ...]:
        """Our sites that it has, and how each stands."""
        return self._facts.ours

    def ours_in(self, country: str) -> int:
        """How many of our places are in a country."""
        return sum((place.country or "") == country for place in self.our_places)

    @property
    def site_count(self) -> int:
        return len(self._trial.locations)

    @cached_property
    def ages(self) -> str:
        return ages_said(age_limits(self._trial), self._context.language)

    @cached_property
    def std_ages(self) -> tuple[StandardAge, ...]:
        return derived.standard_ages(self._trial)

    @cached_property
    def phase(self) -> str:
        return self._context.language.phase(self._trial.phases)

    @cached_property
    def arms(self) -> tuple[derived.Arm, ...]:
        return derived.arms(self._trial)

    @cached_property
    def names_in_arms(self) -> int:
        """How many interventions of each arm the page names; it says how many more there are."""
        return names_shown([arm.interventions for arm in self.arms])

    @cached_property
    def names_in_interventions(self) -> int:
        """The same of the arms that get each intervention."""
        return names_shown([given.arms for given in self.interventions])

    @property
    def whole_record(self) -> str:
        """The address of the record's own form, or of where the page tells of the record."""
        has_json = "json" in self._context.endings
        return _form(self._trial, self._context, "json") if has_json else "#record"

    @cached_property
    def interventions(self) -> tuple[derived.NumberedIntervention, ...]:
        return derived.interventions(self._trial)

    @cached_property
    def related(self) -> tuple[Related, ...]:
        """Those the source names."""
        return tuple(named_trials(self._trial, self._context.titles))

    @cached_property
    def alike(self) -> tuple[AlikeTrial, ...]:
        """Those of this site that are most alike, as far as the source doesn't name them."""
        return tuple(alike_trials(self._facts, self._context.near))

    @cached_property
    def partners(self) -> tuple[Partner, ...]:
        """Its records at other registries that this site has."""
        language = self._context.language
        return tuple(partners_said(self._facts, self._context.partners, language))

    @property
    def leads(self) -> Leading | None:
        """The page that stands for this trial, if it isn't this one."""
        return leading_said(self._facts, self._context.leads)

    @property
    def notes(self) -> tuple[ImportNote, ...]:
        """Those on conflicts are in `corrections`; of what `extra` keeps the page shows more than
        that it is kept."""
        trial = self._trial
        return tuple(
            note
            for note in trial.import_notes
            if note.code not in (CONFLICT, GONE) and note.field not in trial.extra
        )

    @property
    def is_gone(self) -> bool:
        """Whether its registry has it no more."""
        return any(note.code == GONE for note in self._trial.import_notes)

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """What this site says otherwise than the registry, field by field."""
        if not (self._context.corrections or self._trial.import_notes):
            return ()
        return corrections(self._trial, self._context.corrections, self._context.language)

    @cached_property
    def corrected(self) -> Mapping[str, tuple[Correction, ...]]:
        """The same by the id of the section where each stands."""
        return by_section(self.corrections, dict(self.sections)) if self.corrections else {}

    @cached_property
    def downloads(self) -> tuple[Link, ...]:
        return tuple(_downloads(self._trial, self._context))

    @cached_property
    def citation(self) -> str:
        return in_a_sentence(self._trial)

    @property
    def citation_tags(self) -> Iterator[tuple[str, str]]:
        """Name and content of the meta tags for reference managers."""
        return citation_tags(self._trial, self.permalink)

    @cached_property
    def summary_text(self) -> str:
        """One line for search engines."""
        facts = self._facts
        parts = (facts.title, self.status_said, ", ".join(facts.conditions[:5]), facts.id)
        return " · ".join(part for part in parts if part)

    @cached_property
    def _facts(self) -> TrialFacts:
        return trial_facts(self._trial, self._context.ours, self.said_here.at_registry)

    @cached_property
    def status_said(self) -> str:
        """Its status as lists say it: where it is in doubt, as of when it was last checked."""
        return status_said(self._facts, self._context.as_of, self._context.language)

    @cached_property
    def where_said(self) -> str:
        """Where it is, as search results say it."""
        return where_said(self._facts, self._context.language)

    @cached_property
    def linked_data(self) -> msgspec.Raw:
        """schema.org's terms (JSON-LD) for machines that read the page; for `tojson` only."""
        address = page_address(self._trial, self._context.address)
        says = in_doubt(self._facts, self._context.as_of) or self._facts.own_status
        doubted = self.status_said if says or self.said_here.at_registry else ""
        return msgspec.Raw(linked_data.json_ld(self._trial, address, doubted))

    @cached_property
    def figures(self) -> Figures:
        return figures(self._trial, self.arms, self.interventions, self._context.as_of)

    @property
    def permalink(self) -> str:
        """The page's address under the site's URL, or ''."""
        return address_of(trial_path(self._trial.nct_id), self._context.address)

    @property
    def qr(self) -> str | None:
        """That of the page's address, where it has one."""
        return qr_code(self.permalink) if self.permalink else None

    @cached_property
    def results(self) -> Link | None:
        return _results_link(self._trial, self._context)

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """What newer versions of the record changed, the newest first."""
        return versions(self._trial, self._context.language)

    @property
    def older_changes(self) -> int:
        """How many changes of long ago are no longer in the record's file."""
        return dropped(self._trial.history)


@dataclass(frozen=True, slots=True)
class EmptyPage:
    """A page that needs nothing beyond the site itself: search, 404."""


def _downloads(trial: Trial, context: Context) -> Iterator[Link]:
    for ending in context.endings:
        text = context.language.words["download_" + ending.replace(".", "_")]
        yield Link(_form(trial, context, ending), text)
    if context.original:
        href = f"../{context.up}{escaped(original_path(context.original))}"
        yield Link(href, context.language.words["download_source"])


def _form(trial: Trial, context: Context, ending: str) -> str:
    """The address of one of the trial's forms, which are published once for all languages."""
    path = form_path(trial.nct_id, ending)
    return f"../{context.up}{escaped(path)}" if context.up else link_beside(path)


def _results_link(trial: Trial, context: Context) -> Link | None:
    if not context.with_results:
        return None
    return Link(link_beside(results_path(trial.nct_id)), context.language.words["see_results"])
