"""All trials in the form that registries hand to the WHO's ICTRP: `trials/trial`, one element an
item of the WHO's data set, as ChiCTR, IRCT and ReBEC write it.

What the data set has no item for is left out, and an item that a record doesn't give has no
element. The WHO's five words for the recruitment status are those of its data set (item 18).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree as ET

from trialpages.prose.plain_values import plain_text
from trialpages.records.ages import age_limits
from trialpages.records.model import Contact, Outcome, Trial
from trialpages.records.own_status import own_status, own_type
from trialpages.records.vocabulary import DateType, EnrollmentType, Sex, Status
from trialpages.trial import derived
from trialpages.trial.registry import registry_name

ICTRP = "trials.ictrp.xml"

_STATUSES: Mapping[Status, str] = {
    Status.NOT_YET_RECRUITING: "Pending",
    Status.RECRUITING: "Recruiting",
    Status.ENROLLING_BY_INVITATION: "Recruiting",
    Status.SUSPENDED: "Suspended",
    Status.ACTIVE_NOT_RECRUITING: "Complete",
    Status.COMPLETED: "Complete",
    Status.TERMINATED: "Complete",
    Status.WITHDRAWN: "Other",
}
"""Complete: participants are no longer being recruited or enrolled."""

_TYPES = {DateType.ACTUAL: "actual", DateType.ESTIMATED: "anticipated"}
_UTN = re.compile(r"U1111-\d{4}-\d{4}", re.ASCII)
_ISRCTN_TARGET = "/trial/participants/targetEnrolment"
_PLAIN_NUMBER = re.compile(r'"([1-9]\d{0,8})"', re.ASCII)
_GENDERS = {Sex.ALL: "Both", Sex.FEMALE: "Female", Sex.MALE: "Male"}


def ictrp(trials: Iterable[tuple[Trial, str]]) -> str:
    """The document; of each trial with the address of its page."""
    root = ET.Element("trials")
    for trial, url in trials:
        _add(root, trial, url)
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add(root: ET.Element, trial: Trial, url: str) -> None:
    one = ET.SubElement(root, "trial")
    _texts(ET.SubElement(one, "main"), _main(trial, url))
    contacts = ET.SubElement(one, "contacts")
    for person in trial.central_contacts:
        said = (("lastname", person.name), ("telephone", person.phone), ("email", person.email))
        for kind in _kinds(person):
            _texts(ET.SubElement(contacts, "contact"), (("type", kind), *said))
    countries = ET.SubElement(one, "countries")
    _texts(countries, (("country2", name) for name in derived.countries(trial)))
    _texts(ET.SubElement(one, "criteria"), _criteria(trial))
    for name, outcomes in (("prim", trial.primary_outcomes), ("sec", trial.secondary_outcomes)):
        group = ET.SubElement(one, "primary_outcome" if name == "prim" else "secondary_outcome")
        _texts(group, ((f"{name}_outcome", _outcome(each)) for each in outcomes))
    numbers = ET.SubElement(one, "secondary_ids")
    for other in trial.secondary_id_infos:
        items = (("sec_id", other.id), ("issuing_authority", other.domain))
        _texts(ET.SubElement(numbers, "secondary_id"), items)


def _kinds(person: Contact) -> tuple[str, ...]:
    """Of the form's two: who isn't said to be for scientists is for everybody."""
    said = person.role.value.split("_") if person.role else ()
    return tuple(kind for kind in ("public", "scientific") if kind.upper() in said) or ("public",)


def _texts(parent: ET.Element, items: Iterable[tuple[str, str | None]]) -> None:
    for name, text in items:
        if text:
            ET.SubElement(parent, name).text = text


def _main(trial: Trial, url: str) -> Iterator[tuple[str, str | None]]:
    posted, start = trial.study_first_post_date, trial.start_date
    numbers = (other.id or "" for other in trial.secondary_id_infos)
    yield "trial_id", trial.nct_id
    yield "utrn", next(filter(_UTN.fullmatch, numbers), None)
    yield "reg_name", registry_name(trial)
    yield "date_registration", str(posted.date) if posted else None
    yield "primary_sponsor", derived.lead_sponsor(trial)
    yield "public_title", trial.brief_title
    yield "acronym", trial.acronym
    yield "scientific_title", trial.official_title
    yield "date_enrolment", str(start.date) if start else None
    yield "type_enrolment", _TYPES.get(start.type) if start and start.type else None
    yield "target_size", _target(trial)
    yield "recruitment_status", _STATUSES.get(trial.overall_status) or own_status(trial)
    yield "url", url
    yield "study_type", own_type(trial) or trial.study_type.label
    yield "phase", derived.phase(trial)
    yield "hc_freetext", "; ".join(trial.conditions)
    given = (one.name or plain_text(one.description or "") for one in trial.interventions)
    yield "i_freetext", "; ".join(filter(None, given))


def _target(trial: Trial) -> str | None:
    """How many were to join: how many did is another number, beside which ISRCTN keeps this."""
    size = trial.enrollment_info
    if size and size.count is not None and size.type is EnrollmentType.ESTIMATED:
        return str(size.count)
    found = _PLAIN_NUMBER.fullmatch(trial.extra.get(_ISRCTN_TARGET, ""))
    return found[1] if found else None


def _criteria(trial: Trial) -> Iterator[tuple[str, str | None]]:
    """Both lists in one item, as the record has them: a text isn't always two lists."""
    yield "inclusion_criteria", plain_text(trial.eligibility_criteria or "")
    limits = age_limits(trial)
    yield "agemin", limits.low.words if limits.low else None
    yield "agemax", limits.high.words if limits.high else None
    yield "gender", _GENDERS.get(trial.sex) if trial.sex else None


def _outcome(outcome: Outcome) -> str:
    parts = (outcome.measure, plain_text(outcome.description or ""), outcome.time_frame)
    return " | ".join(filter(None, parts))
