"""Sentences on people: how many, who can take part, whom to ask."""

from __future__ import annotations

from trialpages.records.ages import age_limits
from trialpages.records.checks import has_contacts
from trialpages.records.vocabulary import EnrollmentType, Sex, Status
from trialpages.trial.derived import counts_children_in, has_no_age_limits
from trialpages.trial.member_states import member_states, plans_outside
from trialpages.trial.sentences.case import (
    Case,
    Condition,
    Sentence,
    always,
    gives_no_number,
    has_no_contacts,
)

# --- how many -----------------------------------------------------------------------------------

_LOOKING = (Status.NOT_YET_RECRUITING, Status.RECRUITING, Status.ENROLLING_BY_INVITATION)
_SETTLED = (
    Status.ACTIVE_NOT_RECRUITING,
    Status.COMPLETED,
    Status.TERMINATED,
    Status.SUSPENDED,
    Status.UNKNOWN,
)
"""Those of which a number called actual is that of all who joined, or of all so far."""


def _really(case: Case) -> bool:
    return case.counts(EnrollmentType.ACTUAL) and bool(case.people) and case.stands_at(*_SETTLED)


def _nobody(case: Case) -> bool:
    actual = case.counts(EnrollmentType.ACTUAL) and case.people == 0
    return actual and case.stands_at(*_SETTLED, Status.WITHDRAWN)


def _planned(case: Case) -> bool:
    return case.counts(EnrollmentType.ESTIMATED) and bool(case.people)


def _hoped(case: Case) -> bool:
    looks = case.stands_at(*_LOOKING) and not case.is_over and not case.doubts
    return _planned(case) and looks


PEOPLE = (
    Sentence("nobody_joined", lambda case: case.gives and _nobody(case)),
    Sentence("nobody_included", lambda case: case.observes and _nobody(case)),
    Sentence("so_many_joined", lambda case: case.gives and _really(case)),
    Sentence("so_many_included", lambda case: case.observes and _really(case)),
    Sentence("hopes_will_join", lambda case: case.gives and _hoped(case)),
    Sentence("hopes_to_include", lambda case: case.observes and _hoped(case)),
    Sentence("planned_for_so_many", _planned),
)


def _planned_by_state(case: Case) -> bool:
    return any(one.planned is not None for one in member_states(case.trial))


def _planned_elsewhere_too(case: Case) -> bool:
    return _planned_by_state(case) and plans_outside(case.trial)


NO_NUMBER = (
    Sentence("no_number", gives_no_number),
    Sentence("number_by_state_and_more", _planned_elsewhere_too),
    Sentence("number_by_state", _planned_by_state),
    Sentence("number_unread", lambda case: case.people is None),
)


# --- who ----------------------------------------------------------------------------------------


def _only(sex: Sex) -> Condition:
    return lambda case: case.trial.sex is sex


def _aged(sex: Sex, *, children: bool, adults: bool) -> Condition:
    return lambda case: case.trial.sex is sex and case.generations == (children, adults)


NO_AGES = (Sentence("no_age_limits", lambda case: has_no_age_limits(case.trial)),)
AGES_UNREAD = (Sentence("ages_unread", lambda case: not age_limits(case.trial).are_read),)
NO_YOUNGEST = (Sentence("no_youngest_age", lambda case: counts_children_in(case.trial)),)
SEX = (
    Sentence("any_sex", _only(Sex.ALL)),
    Sentence("women_only", _aged(Sex.FEMALE, children=False, adults=True)),
    Sentence("girls_only", _aged(Sex.FEMALE, children=True, adults=False)),
    Sentence("women_and_girls_only", _aged(Sex.FEMALE, children=True, adults=True)),
    Sentence("female_only", _only(Sex.FEMALE)),
    Sentence("men_only", _aged(Sex.MALE, children=False, adults=True)),
    Sentence("boys_only", _aged(Sex.MALE, children=True, adults=False)),
    Sentence("men_and_boys_only", _aged(Sex.MALE, children=True, adults=True)),
    Sentence("male_only", _only(Sex.MALE)),
)
GENDER = (Sentence("gender_counts", lambda case: bool(case.trial.gender_based)),)


def _healthy(accepted: bool) -> Condition:
    return lambda case: case.trial.healthy_volunteers is accepted


def _healthy_now(accepted: bool) -> Condition:
    return lambda case: case.trial.healthy_volunteers is accepted and case.takes_people


HEALTHY = (
    Sentence("healthy_can", _healthy_now(accepted=True)),
    Sentence("healthy_accepted", _healthy(accepted=True)),
    Sentence("healthy_cannot", _healthy_now(accepted=False)),
    Sentence("healthy_not_accepted", _healthy(accepted=False)),
)

WHO = (
    Sentence("who_can_take_part", lambda case: case.takes_people),
    Sentence("who_it_is_for", always),
)


def _says_nothing_of_who(case: Case) -> bool:
    trial = case.trial
    said = (
        trial.sex,
        trial.minimum_age,
        trial.maximum_age,
        trial.std_ages,
        trial.eligibility_criteria,
        trial.study_population,
        trial.gender_description,
        trial.gender_based,
        trial.healthy_volunteers is not None,
    )
    return not any(said)


def _says_it_otherwise(case: Case) -> bool:
    return case.leaves("sex", "minimum_age", "maximum_age", "std_ages", "eligibility_criteria")


WHO_UNSAID = (
    Sentence(
        "who_unsaid", lambda case: _says_nothing_of_who(case) and not _says_it_otherwise(case)
    ),
    Sentence("who_unread", _says_nothing_of_who),
)

_CLOSED = (
    Status.ACTIVE_NOT_RECRUITING,
    Status.COMPLETED,
    Status.TERMINATED,
    Status.WITHDRAWN,
)


def _unsure(case: Case) -> bool:
    """Whether its registry doesn't know how it stands, and people may still join it."""
    may_be_open = case.asks_people and not (case.is_over or case.is_closed_there)
    return case.stands_at(Status.UNKNOWN) and may_be_open


def _was_known(case: Case, *statuses: Status) -> bool:
    """Whether that is how it stood last, of one whose status isn't known any more."""
    return case.stands_at(Status.UNKNOWN) and case.trial.last_known_status in statuses


def _team_tells(case: Case) -> bool:
    took_nobody = _was_known(case, Status.ENROLLING_BY_INVITATION, *_CLOSED)
    return case.may_ask or (_unsure(case) and not took_nobody)


def _team_tells_by_list(case: Case) -> bool:
    return _team_tells(case) and bool(case.trial.eligibility_criteria)


def _invites(case: Case) -> bool:
    return case.may_join and case.stands_at(Status.ENROLLING_BY_INVITATION)


def _invited(case: Case) -> bool:
    was = _unsure(case) and _was_known(case, Status.ENROLLING_BY_INVITATION)
    return _invites(case) or was


def _takes_nobody(case: Case) -> bool:
    return (case.stands_at(*_CLOSED) or case.is_closed_there) and not case.is_access


def _took_nobody(case: Case) -> bool:
    return _takes_nobody(case) or (_was_known(case, *_CLOSED) and not case.is_access)


def _is_given(case: Case) -> bool:
    return case.is_access and case.stands_at(Status.AVAILABLE)


ELIGIBILITY_LEAD = (
    Sentence("team_tells_take_list", _team_tells_by_list),
    Sentence("team_tells", _team_tells),
    Sentence("only_invited", lambda case: _invites(case) and not case.doubts),
    Sentence("only_invited_then", _invited),
    Sentence("nobody_new", lambda case: _takes_nobody(case) and not case.doubts),
    Sentence("nobody_new_then", _took_nobody),
    Sentence("doctor_asks", lambda case: _is_given(case) and not case.doubts),
    Sentence("doctor_asked", _is_given),
)


def _has_list_to_take(case: Case) -> bool:
    return bool(case.trial.eligibility_criteria) and (
        case.may_join or _team_tells(case) or _answers(case)
    )


PAPER = (Sentence("paper_is_checklist", _has_list_to_take),)
TICK = (
    Sentence("tick_team_decides", lambda case: case.may_join or _team_tells(case)),
    Sentence("tick", always),
)
INCLUSION = (
    Sentence("inclusion_access", lambda case: case.is_access),
    Sentence("inclusion", always),
)
EXCLUSION = (
    Sentence("exclusion_access", lambda case: case.is_access),
    Sentence("exclusion", always),
)
INCLUSION_MIXED = (Sentence("inclusion_mixed", always),)
EXCLUSION_MIXED = (Sentence("exclusion_mixed", always),)
INCLUSION_PERMITTING = (Sentence("inclusion_permitting", always),)
EXCLUSION_EXCEPTED = (Sentence("exclusion_excepted", always),)
INCLUSION_CHOICES = (Sentence("inclusion_choices", always),)
INCLUSION_SOME = (Sentence("inclusion_some", always),)
EXCLUSION_SOME = (Sentence("exclusion_some", always),)
EXCLUSION_LATER = (Sentence("exclusion_later", always),)
FOR_SOME = (Sentence("for_some", always),)
CRITERIA_GO_ON = (Sentence("criteria_go_on", always),)
NONE_LISTED = (Sentence("none_listed", always),)


# --- whom to ask --------------------------------------------------------------------------------


def _is_asked(kind: str) -> Condition:
    return lambda case: case.contact is not None and case.contact.kind == kind


_asks_place, _asks_centre, _asks_sponsor = map(_is_asked, ("site", "central", "sponsor"))


def _answers(case: Case) -> bool:
    """Whether there is something to ask for: to take part, or for the treatment."""
    access = case.stands_at(Status.AVAILABLE, Status.TEMPORARILY_NOT_AVAILABLE)
    return case.may_ask or access


def _unreachable(case: Case) -> bool:
    return has_contacts(case.trial) and not (case.contact and case.contact.reachable)


def _places_with_contacts(case: Case) -> int:
    return sum(bool(place.contacts) for place in case.trial.locations)


CONTACT_HEADING = (Sentence("who_to_contact", _answers), Sentence("contact_given", always))
CONTACT_IS = (
    Sentence(
        "contact_at_the_place", lambda case: _asks_place(case) and len(case.trial.locations) == 1
    ),
    Sentence("contact_at_our_site", lambda case: case.contact is not None and case.contact.is_ours),
    Sentence("contact_at_a_place", _asks_place),
    Sentence("contact_for_all", lambda case: _asks_centre(case) and _answers(case)),
    Sentence("contact_named_for_all", _asks_centre),
    Sentence("contact_is_sponsor", _asks_sponsor),
)
CONTACT_GAP = (
    Sentence("contacts_unreachable", _unreachable),
    Sentence("no_contacts", has_no_contacts),
    Sentence("contacts_not_copied", lambda case: case.is_in_part and not has_contacts(case.trial)),
)
OTHER_CONTACTS = (
    Sentence(
        "contacts_at_others", lambda case: _asks_place(case) and _places_with_contacts(case) > 1
    ),
    Sentence(
        "contacts_at_places", lambda case: _asks_centre(case) and _places_with_contacts(case) > 0
    ),
)
