"""Sentences on what the record lacks, and on how current it is."""

from __future__ import annotations

from trialpages.records.model import Trial
from trialpages.records.registry_numbers import CLINICALTRIALS_GOV, has_line_for
from trialpages.records.vocabulary import ContactRole
from trialpages.trial.freshness import VERDICTS, Verdict, since_summary
from trialpages.trial.registry_dates import planned_recruitment
from trialpages.trial.sentences.case import (
    Case,
    Condition,
    Sentence,
    gives_no_number,
    has_no_contacts,
)


def _lacks(field: str) -> Condition:
    return lambda case: case.lacks(field)


def _has_none(field: str) -> Condition:
    """Of what the form it came in has a line for: else that form lacks it, not the record."""
    return lambda case: case.lacks(field) and has_line_for(case.trial, field)


_INVESTIGATOR = tuple(role for role in ContactRole if role.value.endswith("_INVESTIGATOR"))


def _names_no_investigator(case: Case) -> bool:
    trial, party = case.trial, case.trial.responsible_party
    answers = party and (party.investigator_full_name or party.old_name_title)
    named = trial.overall_officials or answers or _contact_investigates(trial)
    left = case.leaves("overall_officials", "responsible_party")
    return not (named or left or case.is_passed_on or case.is_in_part)


def _contact_investigates(trial: Trial) -> bool:
    places = (trial.central_contacts, *(place.contacts for place in trial.locations))
    return any(person.role in _INVESTIGATOR for people in places for person in people)


def _names_nobody_who_answers(case: Case) -> bool:
    """Other registries have no field for it: there it is the sponsor, or isn't asked."""
    return case.registry == CLINICALTRIALS_GOV and case.lacks("responsible_party")


def _gives_no_start(case: Case) -> bool:
    return case.lacks("start_date") and planned_recruitment(case.trial) is None


def _passed_on_without(*fields: str) -> Condition:
    """Of the WHO's form, which has a line for it that is empty."""
    return lambda case: case.is_passed_on and case.lacks(*fields)


MISSING = (
    Sentence("missing_official_title", _lacks("official_title")),
    Sentence("missing_brief_summary", _has_none("brief_summary")),
    Sentence("missing_conditions", _lacks("conditions")),
    Sentence("missing_primary_outcomes", _lacks("primary_outcomes")),
    Sentence("missing_eligibility_criteria", _lacks("eligibility_criteria")),
    Sentence("missing_ages", _passed_on_without("minimum_age", "maximum_age", "std_ages")),
    Sentence("missing_sex", _passed_on_without("sex")),
    Sentence("missing_locations", _has_none("locations")),
    Sentence("missing_central_contacts", has_no_contacts),
    Sentence("missing_responsible_party", _names_nobody_who_answers),
    Sentence("missing_overall_officials", _names_no_investigator),
    Sentence("missing_enrollment_info", gives_no_number),
    Sentence("missing_start_date", _gives_no_start),
    Sentence("missing_completion_date", _has_none("completion_date")),
)
"""What a reader expects of a record: those that are true are all said, under `record`."""


def _comes_to(verdict: Verdict) -> Condition:
    return lambda case: any(doubt.verdict == verdict for doubt in case.doubts)


def doubt_name(verdict: Verdict) -> str:
    return "doubt_" + verdict.replace("-", "_")


DOUBTS = tuple(Sentence(doubt_name(verdict), _comes_to(verdict)) for verdict in VERDICTS)
"""Reasons to check before relying on the record, as of the day the page is made."""


def _has_plain_text(case: Case) -> bool:
    plain = case.trial.plain_language_summary
    return bool(plain and plain.text)


PLAIN_LEAD = (
    Sentence(
        "plain_then_record",
        lambda case: _has_plain_text(case) and bool(case.trial.brief_summary),
    ),
    Sentence("plain_text", _has_plain_text),
)
PLAIN_OLDER = (
    Sentence(
        "plain_older",
        lambda case: _has_plain_text(case) and since_summary(case.trial) is not None,
    ),
)
