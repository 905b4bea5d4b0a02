"""Values that have the right form and yet can hardly be right. They are published as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialpages.problems import Problem, Where
from trialpages.records.ages import ELSEWHERE, age_limits
from trialpages.records.countries import country_name
from trialpages.records.model import Contact, Trial
from trialpages.records.registry_numbers import is_address_of, registry_of
from trialpages.records.registry_shape import pointer_of
from trialpages.records.vocabulary import RecruitmentStatus, Status
from trialpages.text.front_matter import Path


def check_plausible(trial: Trial, path: str) -> Iterator[Problem]:
    """What looks wrong, each with its field; `checks.located` finds the line."""
    limits = age_limits(trial)
    low, high = (age.minutes if age else None for age in (limits.low, limits.high))
    if low is not None and high is not None and low > high:
        message = (
            f"nobody can take part: `maximum_age` {trial.maximum_age} is below "
            f"`minimum_age` {trial.minimum_age}"
        )
        hint = "compare with the source: are the two the wrong way round?"
        yield _warning("ages", message, path, ("maximum_age",), hint)
    for name, age in (("minimum_age", limits.low), ("maximum_age", limits.high)):
        if age and age.number is None:
            message = f"`{age.words[:_SHOWN]}` can't be read as an age: its page quotes it"
            hint = f"if you know what is meant, write {name} with its unit, such as `18 Years`"
            yield _warning("unread-age", message, path, ("extra", *_place(trial, name)), hint)
    yield from _takes_nobody(trial, path)
    yield from _other_source(trial, path)
    if not trial.source:  # what a registry wrote is not for its reader to change
        yield from _other_names(trial, path)
    for field, contact in _contacts(trial):
        yield from _check_contact(contact, path, field)


def _place(trial: Trial, field: str) -> tuple[str, ...]:
    places = {pointer_of(field), *ELSEWHERE[field]} & trial.extra.keys()
    return tuple(places)


_SHOWN = 40
"""Characters of an age in a message."""
_TAKING = (Status.RECRUITING, Status.ENROLLING_BY_INVITATION)
_CLOSED = (
    RecruitmentStatus.NOT_YET_RECRUITING,
    RecruitmentStatus.ACTIVE_NOT_RECRUITING,
    RecruitmentStatus.COMPLETED,
    RecruitmentStatus.SUSPENDED,
    RecruitmentStatus.TERMINATED,
    RecruitmentStatus.WITHDRAWN,
)


def _takes_nobody(trial: Trial, path: str) -> Iterator[Problem]:
    """A trial that recruits, by its status, and says elsewhere that it doesn't."""
    if trial.overall_status not in _TAKING:
        return
    said, hint = trial.overall_status.value, "compare with the source: which of the two is right?"
    if trial.why_stopped:
        message = f"the trial is `{said}`, and says why it stopped"
        yield _warning("takes-nobody", message, path, ("why_stopped",), hint)
    if trial.locations and all(place.status in _CLOSED for place in trial.locations):
        message = f"the trial is `{said}`, but each of its places takes nobody"
        yield _warning("takes-nobody", message, path, ("locations",), hint)


def _other_source(trial: Trial, path: str) -> Iterator[Problem]:
    """A source that isn't the registry whose number the trial has."""
    registry, url = registry_of(trial.nct_id), trial.source.url if trial.source else None
    if registry and url and not is_address_of(url, trial.nct_id):
        message = (
            f"`source.url` is no address of {trial.nct_id} at {registry.name}, whose number it is"
        )
        hint = f"write where {trial.nct_id} stands there, or take the line out; no page leads to it"
        yield _warning("foreign-source", message, path, ("source", "url"), hint)


def _other_names(trial: Trial, path: str) -> Iterator[Problem]:
    """Countries under another name than the registry's."""
    for number, place in enumerate(trial.locations):
        if place.country and (name := country_name(place.country)) != place.country:
            message = f"the registry calls `{place.country}` `{name}`"
            hint = f"write `country: {name}`; lists and filters show that name anyway"
            yield _warning("country", message, path, ("locations", number, "country"), hint)


def _contacts(trial: Trial) -> Iterator[tuple[Path, Contact]]:
    for index, contact in enumerate(trial.central_contacts):
        yield ("central_contacts", index), contact
    for number, place in enumerate(trial.locations):
        for index, contact in enumerate(place.contacts):
            yield ("locations", number, "contacts", index), contact


def is_email(text: str) -> bool:
    """Whether a text can be one e-mail address."""
    return ".." not in text and bool(_EMAIL.fullmatch(text))


_EMAIL = re.compile(r"""[^@\s<>"(),:;\[\]\\/]+@[^@\s<>"'(),:;\[\]\\/]+\.[A-Za-z]{2,}""")
_FEWEST_DIGITS = 4


def _check_contact(contact: Contact, path: str, field: Path) -> Iterator[Problem]:
    if contact.email is not None and not is_email(contact.email):
        message = f"`{contact.email}` can hardly be an e-mail address"
        hint = "write one address, such as name@hospital.example, and nothing else"
        yield _warning("email", message, path, (*field, "email"), hint)
    if contact.phone is not None and sum(map(str.isdigit, contact.phone)) < _FEWEST_DIGITS:
        message = f"`{contact.phone}` can hardly be a phone number"
        hint = "write the number with its area code, such as +44 20 7946 0123"
        yield _warning("phone", message, path, (*field, "phone"), hint)


def _warning(code: str, message: str, path: str, field: Path, hint: str) -> Problem:
    return Problem(code, "warning", message, Where(path, field=field), hint)
