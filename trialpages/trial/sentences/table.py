"""Every sentence by its place on the page, and the condition under which it may stand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from trialpages.trial.sentences import course, lacking, people
from trialpages.trial.sentences.case import Condition, Sentence

PLACES: Mapping[str, tuple[Sentence, ...]] = {
    "status_then": course.STATUS_THEN,
    "status_own": course.STATUS_OWN,
    "updated": course.UPDATED,
    "undated": course.UNDATED,
    "start": course.START,
    "end": course.END,
    "no_dates": course.NO_DATES,
    "why_stopped": course.WHY_STOPPED,
    "no_reason": course.NO_REASON,
    "access_itself": course.ACCESS_ITSELF,
    "arms_lead": course.ARMS,
    "no_place": course.NO_PLACE,
    "in_countries": course.IN_COUNTRIES,
    "places_taking": course.PLACES_TAKING,
    "results": course.RESULTS,
    "results_lead": course.RESULTS_LEAD,
    "elsewhere": course.ELSEWHERE,
    "mesh_lead": course.MESH_LEAD,
    "people": people.PEOPLE,
    "no_number": people.NO_NUMBER,
    "who": people.WHO,
    "who_unsaid": people.WHO_UNSAID,
    "no_ages": people.NO_AGES,
    "ages_unread": people.AGES_UNREAD,
    "no_youngest": people.NO_YOUNGEST,
    "sex": people.SEX,
    "gender": people.GENDER,
    "healthy": people.HEALTHY,
    "eligibility_lead": people.ELIGIBILITY_LEAD,
    "paper": people.PAPER,
    "tick": people.TICK,
    "inclusion": people.INCLUSION,
    "exclusion": people.EXCLUSION,
    "inclusion_mixed": people.INCLUSION_MIXED,
    "exclusion_mixed": people.EXCLUSION_MIXED,
    "inclusion_permitting": people.INCLUSION_PERMITTING,
    "exclusion_excepted": people.EXCLUSION_EXCEPTED,
    "inclusion_choices": people.INCLUSION_CHOICES,
    "inclusion_some": people.INCLUSION_SOME,
    "exclusion_some": people.EXCLUSION_SOME,
    "exclusion_later": people.EXCLUSION_LATER,
    "for_some": people.FOR_SOME,
    "criteria_go_on": people.CRITERIA_GO_ON,
    "none_listed": people.NONE_LISTED,
    "contact_heading": people.CONTACT_HEADING,
    "contact_is": people.CONTACT_IS,
    "contact_gap": people.CONTACT_GAP,
    "other_contacts": people.OTHER_CONTACTS,
    "plain_lead": lacking.PLAIN_LEAD,
    "plain_older": lacking.PLAIN_OLDER,
}
"""At each place the first sentence that is true is said; where none is, nothing."""

CONDITIONS: Mapping[str, Condition] = {
    sentence.name: sentence.is_true
    for sentence in chain(*PLACES.values(), lacking.MISSING, lacking.DOUBTS)
}
"""Of each sentence, by its name. Words: `say_<name>`."""
