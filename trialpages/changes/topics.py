"""What a change of a record is about, in the order in which a reader must know of it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from trialpages.changes.fields import top_field
from trialpages.changes.own_words import (
    EXTRA,
    is_of_contacts,
    is_of_countries,
    is_standing,
    is_stopped,
)
from trialpages.records.model import Change
from trialpages.records.vocabulary import Status


class Topic(Enum):
    """In the order in which a report tells them: stops and closures first."""

    STOPPED = "stopped"
    """Suspended, terminated, withdrawn, withheld or no longer to be had; and why."""
    STATUS = "status"
    """Any other change of where the trial stands: it opened, closed, was completed."""
    SITES = "sites"
    """Which place came, went, opened or closed."""
    CONTACTS = "contacts"
    """Whom to ask, for the whole trial or at one place."""
    CRITERIA = "criteria"
    """Who can take part: criteria, ages, sex, healthy volunteers."""
    RESULTS = "results"
    """What was found, as posted at the registry."""
    OTHER = "other"


def topic_of(change: Change) -> Topic:
    """The one topic of a change, told by its field; of a status, by the new value too."""
    field = change.field
    if field == "overall_status":
        return Topic.STOPPED if change.new in _STOPPED else Topic.STATUS
    if field == EXTRA:
        return next((topic for topic, is_about in _OWN_WORDS if is_about(change)), Topic.OTHER)
    if ".contacts" in field:
        return Topic.CONTACTS
    return _TOPICS.get(top_field(field), Topic.OTHER)


_OWN_WORDS = (
    (Topic.STOPPED, is_stopped),
    (Topic.STATUS, is_standing),
    (Topic.SITES, is_of_countries),
    (Topic.CONTACTS, is_of_contacts),
)

_STOPPED = {
    status.value
    for status in (
        Status.SUSPENDED,
        Status.TERMINATED,
        Status.WITHDRAWN,
        Status.WITHHELD,
        Status.NO_LONGER_AVAILABLE,
        Status.TEMPORARILY_NOT_AVAILABLE,
    )
}

_TOPICS = {
    "why_stopped": Topic.STOPPED,
    "last_known_status": Topic.STATUS,
    "locations": Topic.SITES,
    "central_contacts": Topic.CONTACTS,
    "eligibility_criteria": Topic.CRITERIA,
    "healthy_volunteers": Topic.CRITERIA,
    "sex": Topic.CRITERIA,
    "gender_based": Topic.CRITERIA,
    "gender_description": Topic.CRITERIA,
    "minimum_age": Topic.CRITERIA,
    "maximum_age": Topic.CRITERIA,
    "std_ages": Topic.CRITERIA,
    "study_population": Topic.CRITERIA,
    "results": Topic.RESULTS,
    "has_results": Topic.RESULTS,
}


def by_topic(changes: Iterable[Change]) -> dict[Topic, tuple[Change, ...]]:
    """The changes of each topic there is one of, topics in their order."""
    found = [(topic_of(change), change) for change in changes]
    topics = (topic for topic in Topic if any(topic is one for one, _ in found))
    return {topic: tuple(change for one, change in found if one is topic) for topic in topics}
