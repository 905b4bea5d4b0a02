"""Sentences on how the study stands: its dates, why it stopped, its groups and its results."""

from __future__ import annotations

from trialpages.records.model import DateStruct, PartialDate
from trialpages.records.registry_numbers import CLINICALTRIALS_GOV, has_line_for
from trialpages.records.vocabulary import DateType, ReferenceType, Status
from trialpages.trial.member_states import member_states
from trialpages.trial.named_countries import countries_without_place
from trialpages.trial.registry_dates import (
    is_dated_by_publication,
    starts_with_enrolment,
    starts_with_recruitment,
)
from trialpages.trial.sentences.case import Case, Condition, Sentence, always
from trialpages.trial.sentences.meanings import UNSETTLED

# --- when: the words before a date --------------------------------------------------------------

_NEVER_BEGUN = (Status.WITHDRAWN, Status.WITHHELD, Status.NOT_YET_RECRUITING)
_ENDED = (
    Status.COMPLETED,
    Status.TERMINATED,
    Status.NO_LONGER_AVAILABLE,
    Status.APPROVED_FOR_MARKETING,
)
_STILL_TO_END = (
    Status.NOT_YET_RECRUITING,
    Status.RECRUITING,
    Status.ENROLLING_BY_INVITATION,
    Status.ACTIVE_NOT_RECRUITING,
    Status.SUSPENDED,
    Status.AVAILABLE,
    Status.TEMPORARILY_NOT_AVAILABLE,
)


def _is_planned(when: DateStruct | None) -> bool:
    return when is not None and when.type is DateType.ESTIMATED


def _still_to_start(case: Case) -> bool:
    waits = case.stands_at(Status.NOT_YET_RECRUITING) and not case.doubts
    return _is_planned(case.trial.start_date) and waits


def _was_to_start(case: Case) -> bool:
    """Of a study that goes on before its start nobody can tell what is past."""
    is_ahead = any(doubt.verdict == "starts-later" for doubt in case.doubts)
    return _is_planned(case.trial.start_date) and not is_ahead


def _still_to_end(case: Case) -> bool:
    goes_on = case.stands_at(*_STILL_TO_END) and not case.doubts
    return _is_planned(case.trial.completion_date) and goes_on


def _says_no_date(case: Case) -> bool:
    return case.lacks("start_date", "primary_completion_date", "completion_date")


START = (
    Sentence("started", lambda case: case.has_begun and not case.stands_at(*_NEVER_BEGUN)),
    Sentence("planned_to_start", _still_to_start),
    Sentence("was_planned_to_start", _was_to_start),
    Sentence("recruitment_start", lambda case: starts_with_recruitment(case.trial)),
    Sentence("first_enrolment", lambda case: starts_with_enrolment(case.trial)),
    Sentence("start", lambda case: bool(case.trial.start_date)),
)
END = (
    Sentence("ended", lambda case: case.is_over and case.stands_at(*_ENDED)),
    Sentence("planned_to_end", _still_to_end),
    Sentence("was_planned_to_end", lambda case: _is_planned(case.trial.completion_date)),
    Sentence("end", lambda case: bool(case.trial.completion_date)),
)


def _says_dates_otherwise(case: Case) -> bool:
    trial = case.trial
    dated = trial.start_date or trial.primary_completion_date or trial.completion_date
    return not dated and not _says_no_date(case)


def _says_one_otherwise(case: Case) -> bool:
    """Whether beside a date that the page has there is one it can't read."""
    dates = ("start_date", "primary_completion_date", "completion_date")
    return any(getattr(case.trial, one) is None and case.leaves(one) for one in dates)


def _begins_by_state(case: Case) -> bool:
    """Whether the one date that no field has is the start, which each member state has its own."""
    steps = (step.label for one in member_states(case.trial) for step in one.steps)
    ends_otherwise = case.trial.completion_date is None and case.leaves("completion_date")
    return case.trial.start_date is None and "Start of trial" in steps and not ends_otherwise


NO_DATES = (
    Sentence("no_dates", _says_no_date),
    Sentence("dates_by_state", _begins_by_state),
    Sentence("dates_unread", _says_dates_otherwise),
    Sentence("one_date_unread", _says_one_otherwise),
)


# --- what its status meant, of a record in doubt --------------------------------------------------


def _then(status: Status, fits: Condition) -> Sentence:
    """What a status meant when the record was made; what it would mean now stands in `meanings`."""
    name = "was_" + status.value.lower()

    def is_true(case: Case) -> bool:
        is_doubted = bool(case.doubts) and not case.is_own_status
        return is_doubted and case.stands_at(status) and fits(case)

    return Sentence(name, is_true)


_OF_ITS_END = ("date_completed", "participant_flow", "adverse_events", "outcome_measures")


def _may_be_before_or_after(case: Case) -> bool:
    """Whether the WHO's copy says no more of how the study stands: where it names its end, or
    results, the word can't mean each thing that it may mean alone."""
    says_more = any(f"/results_{name}" in case.trial.extra for name in _OF_ITS_END)
    is_word = case.is_passed_on and case.own_status.casefold() == "not recruiting"
    return is_word and not (says_more or case.trial.has_results)


STATUS_OWN = (Sentence("status_own", lambda case: case.is_own_status),)
STATUS_THEN = (
    Sentence(
        "status_by_dates",
        lambda case: case.worked_out_on is not None,
        date=lambda case: case.worked_out_on,
    ),
    Sentence("status_not_recruiting_via", _may_be_before_or_after),
    Sentence("status_word_via", lambda case: case.is_passed_on and bool(case.own_status)),
    Sentence("status_closed_there", lambda case: case.is_closed_there),
    Sentence("status_own_word", lambda case: bool(case.own_status)),
    *(_then(status, fits) for status, fits in UNSETTLED.items()),
)


UPDATED = (Sentence("published_there", lambda case: is_dated_by_publication(case.trial)),)
"""What the day is on which the registry last showed a change, where that isn't when it had it."""


def _has_no_day(case: Case) -> bool:
    """Whether nothing says as of when it stands as it does, while that may still change."""
    of_record = (case.trial.last_update_submit_date, case.trial.status_verified_date)
    known = (*of_record, case.dates.updated, case.dates.copied, case.worked_out_on)
    return case.trial.overall_status in UNSETTLED and not any(known)


UNDATED = (Sentence("undated", _has_no_day),)


# --- why it stopped -----------------------------------------------------------------------------

WHY_STOPPED = (
    Sentence("why_on_hold", lambda case: case.stands_at(Status.SUSPENDED)),
    Sentence("why_it_stopped", lambda case: case.stands_at(Status.TERMINATED)),
    Sentence("why_called_off", lambda case: case.stands_at(Status.WITHDRAWN)),
    Sentence("reason", always),
)


def _gives_no_reason(case: Case) -> bool:
    stopped = case.stands_at(Status.SUSPENDED, Status.TERMINATED, Status.WITHDRAWN)
    has_line = has_line_for(case.trial, "why_stopped")
    return stopped and has_line and case.lacks("why_stopped") and not case.is_own_status


NO_REASON = (Sentence("no_reason", _gives_no_reason),)
ACCESS_ITSELF = (Sentence("access_itself", lambda case: case.is_access),)


# --- groups -------------------------------------------------------------------------------------

ARMS = (
    Sentence("one_arm", lambda case: case.gives and case.groups == 1),
    Sentence("arms", lambda case: case.gives and case.groups > 1),
    Sentence("one_group", lambda case: case.groups == 1),
    Sentence("groups", lambda case: case.groups > 1),
)


# --- places -------------------------------------------------------------------------------------

NO_PLACE = (
    Sentence("no_place", lambda case: case.lacks("locations")),
    Sentence("countries_alone", lambda case: bool(countries_without_place(case.trial))),
    Sentence("places_unread", lambda case: not case.trial.locations),
)
IN_COUNTRIES = (
    Sentence("in_countries", lambda case: case.countries > 0, number=lambda case: case.countries),
)


def _all_say(case: Case) -> bool:
    """Whether its places say so one and all."""
    here = case.taking
    return here is not None and here.taking > 0 and here.all_said


def _take(case: Case) -> bool:
    return _took(case) and not case.doubts


def _took(case: Case) -> bool:
    """Whether they did on a day that the record gives."""
    return _all_say(case) and bool(_known_at(case)) and not case.counts_otherwise


def _take_here(case: Case) -> bool:
    return _all_say(case) and case.counts_otherwise and not case.doubts


def _known_at(case: Case) -> PartialDate | None:
    return case.dates.known_by(case.today).known_at


def _taking(case: Case) -> int:
    return case.taking.taking if case.taking else 0


def _take_by_state(case: Case) -> bool:
    return case.taking is not None and case.taking.by_state


def _sites(case: Case) -> int:
    return len(case.trial.locations)


PLACES_TAKING = (
    Sentence("places_by_state", _take_by_state, number=_taking, out_of=_sites),
    Sentence("places_take_here", _take_here, number=_taking, out_of=_sites),
    Sentence("places_take", _take, number=_taking, out_of=_sites, date=_known_at),
    Sentence("places_took", _took, number=_taking, out_of=_sites, date=_known_at),
    Sentence("places_listed", lambda case: _taking(case) > 0, number=_taking, out_of=_sites),
    Sentence("no_place_listed", lambda case: case.taking is not None),
)


# --- results, and where else the record stands --------------------------------------------------


def _has_none(case: Case) -> bool:
    trial = case.trial
    return trial.has_results is False and not trial.results_first_post_date


def _names_articles(case: Case) -> bool:
    return any(reference.type is ReferenceType.RESULT for reference in case.trial.references)


RESULTS = (
    Sentence("results_at", lambda case: bool(case.trial.has_results and case.registry)),
    Sentence("results_posted", lambda case: bool(case.trial.has_results)),
    Sentence("results_waived", lambda case: bool(case.trial.results_waived) and _has_none(case)),
    Sentence("results_in_articles", lambda case: _has_none(case) and _names_articles(case)),
    Sentence("no_results", _has_none),
)
RESULTS_LEAD = (
    Sentence("results_lead_at", lambda case: bool(case.registry)),
    Sentence("results_lead", always),
)
ELSEWHERE = (
    Sentence("see_at_registry", lambda case: bool(case.registry_page and case.registry)),
    Sentence("see_at_source", lambda case: bool(case.registry_page)),
)
MESH_LEAD = (
    Sentence("mesh_by_registry", lambda case: case.registry == CLINICALTRIALS_GOV),
    Sentence("mesh_given", always),
)
