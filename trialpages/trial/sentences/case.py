"""A trial's record on one day, as the conditions of sentences look at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from trialpages.records.ages import age_limits
from trialpages.records.checks import has_contacts
from trialpages.records.countries import country_name
from trialpages.records.model import DateStruct, PartialDate, Trial
from trialpages.records.note_codes import PARTIAL_FORM, WORKED_OUT
from trialpages.records.our_sites import OurSites
from trialpages.records.own_status import is_closed_there, own_status
from trialpages.records.registry_shape import keeps
from trialpages.records.vocabulary import (
    DateType,
    DesignTimePerspective,
    EnrollmentType,
    StandardAge,
    Status,
    StudyType,
)
from trialpages.trial import derived
from trialpages.trial.days import span
from trialpages.trial.freshness import Doubt, RecordDates, freshness, record_dates
from trialpages.trial.own_words import says_otherwise
from trialpages.trial.registry import registry_name, registry_page
from trialpages.trial.said_here import NOTHING, SaidHere
from trialpages.trial.taking import Taking, taking
from trialpages.trial.whom_to_call import WhoToCall, who_to_call


class Case:
    """What is true of one record; each fact is worked out when a condition asks for it."""

    def __init__(
        self,
        trial: Trial,
        as_of: str,
        ours: OurSites = (),
        here: SaidHere = NOTHING,
    ) -> None:
        """`as_of`: the day the page is made, ISO; `here`: what this site says and not the
        record."""
        self.trial = trial
        self.as_of = as_of
        self._ours = ours
        self._here = here

    def lacks(self, *fields: str) -> bool:
        """Whether the record says nothing in fields of ours, nor what we couldn't take of them."""
        return not any(getattr(self.trial, field) for field in fields) and not self.leaves(*fields)

    def leaves(self, *fields: str) -> bool:
        """Whether the record says something there that only `extra` keeps."""
        return any(keeps(self.trial, one) or says_otherwise(self.trial, one) for one in fields)

    def stands_at(self, *statuses: Status) -> bool:
        return self.trial.overall_status in statuses

    # --- what kind of study -----------------------------------------------------------------------

    @property
    def gives(self) -> bool:
        """Whether it gives people something, so that they join it."""
        return self.trial.study_type is StudyType.INTERVENTIONAL

    @property
    def observes(self) -> bool:
        return self.trial.study_type is StudyType.OBSERVATIONAL

    @property
    def is_access(self) -> bool:
        """Whether it is a way to a treatment outside trials: nobody takes part in that."""
        return self.trial.study_type is StudyType.EXPANDED_ACCESS

    @property
    def asks_people(self) -> bool:
        """Whether people decide to take part; a study of what is on file asks nobody."""
        design = self.trial.design_info
        backwards = design and design.time_perspective is DesignTimePerspective.RETROSPECTIVE
        return self.gives or (self.observes and not backwards)

    # --- how it stands ----------------------------------------------------------------------------

    @cached_property
    def worked_out_on(self) -> PartialDate | None:
        """Where its registry's file has no status, and it still has the one that followed from its
        dates when it was copied, the day of that: a note names both."""
        said = re.compile(rf"`{self.trial.overall_status.value}` on (\d{{4}}-\d\d-\d\d)")
        notes = (one for one in self.trial.import_notes if one.field == "overall_status")
        found = (said.search(one.message) for one in notes if one.code == WORKED_OUT)
        return next((PartialDate(one[1]) for one in found if one), None)

    @cached_property
    def own_status(self) -> str:
        """What its registry calls it, where that has no equal here; '' where it has."""
        return own_status(self.trial)

    @cached_property
    def is_closed_there(self) -> bool:
        """Whether that says that nobody new can take part."""
        return is_closed_there(self.trial)

    @property
    def is_passed_on(self) -> bool:
        """Whether somebody else passed its record on, whose words and items aren't its
        registry's."""
        return bool(self.trial.source and self.trial.source.via)

    @property
    def is_in_part(self) -> bool:
        """Whether it was read from a form that leaves out people whom the record has."""
        return any(note.code == PARTIAL_FORM for note in self.trial.import_notes)

    @property
    def may_join(self) -> bool:
        """Whether somebody new may come to take part, as far as the record goes."""
        open_to_some = self.stands_at(
            Status.NOT_YET_RECRUITING,
            Status.RECRUITING,
            Status.ENROLLING_BY_INVITATION,
            Status.SUSPENDED,
        )
        return open_to_some and self.asks_people and not self.is_over

    @property
    def may_ask(self) -> bool:
        """Whether somebody new may ask to take part; whom a study invites doesn't ask."""
        return self.may_join and not self.stands_at(Status.ENROLLING_BY_INVITATION)

    @property
    def takes_people(self) -> bool:
        """Whether it takes those who ask, and nothing in the record speaks against that."""
        goes_on = self.may_ask and not (self.doubts or self.takes_nobody)
        return self.stands_at(Status.RECRUITING) and goes_on

    @property
    def takes_nobody(self) -> bool:
        """Whether the record says why it stopped, or of each place that it takes nobody."""
        return self.dates.against is not None

    @property
    def has_begun(self) -> bool:
        return self._happened(self.trial.start_date)

    @property
    def is_over(self) -> bool:
        """Whether its dates say that it has ended, whatever its status says."""
        return self._happened(self.trial.completion_date)

    def _happened(self, when: DateStruct | None) -> bool:
        """Whether the record says so of a date, and could know it when it was written."""
        if when is None or when.type is not DateType.ACTUAL:
            return False
        return span(when.date).first <= self.known_until

    @property
    def today(self) -> date:
        """The day the page is made."""
        return date.fromisoformat(self.as_of)

    @cached_property
    def known_until(self) -> date:
        """The last day the record can speak of as past: of its own dates, else the page's."""
        posted = self.trial.last_update_post_date
        dates = (
            posted.date if posted else None,
            self.trial.last_update_submit_date,
            self.dates.checked,
        )
        known = [span(day).last for day in dates if day]
        return min(max(known), self.today) if known else self.today

    @cached_property
    def dates(self) -> RecordDates:
        return record_dates(self.trial, self._here.at_registry)

    @property
    def is_own_status(self) -> bool:
        """Whether this site says another status than the record."""
        return self._here.at_registry is not None

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        if self.is_closed_there:
            return ()
        return freshness(self.trial.overall_status, self.dates, self.as_of)

    # --- how many, who ----------------------------------------------------------------------------

    @property
    def people(self) -> int | None:
        """The number the record gives."""
        enrollment = self.trial.enrollment_info
        return enrollment.count if enrollment else None

    def counts(self, kind: EnrollmentType) -> bool:
        """Whether the record gives a number, and calls it one of that kind."""
        enrollment = self.trial.enrollment_info
        return enrollment is not None and enrollment.count is not None and enrollment.type is kind

    @cached_property
    def generations(self) -> tuple[bool, bool] | None:
        """Whether its ages let in somebody under 18, and somebody older; None where they don't say
        or can't be read, or where limits and age groups say different things."""
        trial = self.trial
        groups = trial.std_ages and (
            StandardAge.CHILD in trial.std_ages,
            StandardAge.ADULT in trial.std_ages or StandardAge.OLDER_ADULT in trial.std_ages,
        )
        limits = age_limits(trial)
        if not limits.are_set:
            return None if derived.has_no_age_limits(trial) else groups or None
        if not limits.are_read:
            return None
        low, high = limits.years(_ADULT)
        reach = low < _ADULT, high >= _ADULT
        return reach if groups in ((), reach) else None

    # --- groups, places, whom to ask, from where --------------------------------------------------

    @property
    def groups(self) -> int:
        return len(self.trial.arm_groups)

    @cached_property
    def countries(self) -> int:
        """How many; 0 where a place doesn't say in which it is."""
        names = [country_name(place.country or "") for place in self.trial.locations]
        return len(set(names)) if all(names) else 0

    @cached_property
    def taking(self) -> Taking | None:
        """Where a study that recruits takes people, if it doesn't everywhere."""
        recruits = self.stands_at(Status.RECRUITING, Status.ENROLLING_BY_INVITATION)
        return taking(self.trial) if recruits and not self.is_over else None

    @property
    def counts_otherwise(self) -> bool:
        """Whether by the record other places take people than this site says."""
        return self._here.counts_otherwise

    @cached_property
    def contact(self) -> WhoToCall | None:
        return who_to_call(self.trial, self._ours)

    @cached_property
    def registry(self) -> str:
        return registry_name(self.trial)

    @cached_property
    def registry_page(self) -> str:
        return registry_page(self.trial)


_ADULT = 18
"""Years: who is younger is a boy or a girl (registry: StdAge)."""

Condition = Callable[[Case], bool]


@dataclass(frozen=True, slots=True)
class Sentence:
    name: str
    is_true: Condition
    number: Callable[[Case], int] | None = None
    """What it counts, where it has a form for each number."""
    out_of: Callable[[Case], int] | None = None
    """Of how many, where it says that too."""
    date: Callable[[Case], PartialDate | None] | None = None
    """As of when, where it says that; only asked where the sentence is true."""


def always(_: Case) -> bool:
    return True


def gives_no_number(case: Case) -> bool:
    return case.people is None and not case.leaves("enrollment_info")


def has_no_contacts(case: Case) -> bool:
    left = case.leaves("central_contacts", "locations")
    return not (has_contacts(case.trial) or left or case.is_in_part)
