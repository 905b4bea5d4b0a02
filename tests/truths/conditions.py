"""When each sentence of ours is true of a record: written down a second time, from the record alone.

By the sentence's name, which is its key in templates/strings/ without `say_`. A condition takes the
record and what the page put into the sentence's braces. `None`: it claims nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from trialpages.records.model import DateStruct, PlainLanguageSummary, Trial

Filled = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A record on the day its page was made."""

    trial: Trial
    as_of: str
    language_values: Mapping[str, tuple[str, str]]

    @property
    def status(self) -> str:
        return str(self.trial.overall_status.value)

    @property
    def has_own_status(self) -> bool:
        """Whether it is what CTIS calls revoked or under evaluation, the only ones of its own words
        here, or the WHO's word."""
        waits = self.trial.extra.get("/ctPublicStatusCode") == '"1"'
        return self.status == "UNKNOWN" and (waits or self.is_revoked or bool(self.whos_status))

    @property
    def is_revoked(self) -> bool:
        """Whether CTIS calls it so: nobody takes part in it any more."""
        return self.trial.extra.get("/ctPublicStatusCode") == '"10"'

    @property
    def whos_status(self) -> str:
        """The WHO's word for how it stands, of a copy that it passed on."""
        return self.trial.extra.get("/Recruitment_Status", "").strip('"')

    @property
    def has_no_status(self) -> bool:
        """Whether it has none but what its dates come to."""
        return any(
            (one.field, one.code) == ("overall_status", "worked-out")
            and f"`{self.status}`" in one.message
            for one in self.trial.import_notes
        )

    @property
    def kind(self) -> str:
        return str(self.trial.study_type.value)

    @property
    def is_access(self) -> bool:
        return self.kind == "EXPANDED_ACCESS"

    def over(self, when: DateStruct | None, kind: str = "") -> bool:
        """Whether the last day of a date is past; its type, where one is asked for, is that."""
        if when is None or (kind and (when.type is None or when.type.value != kind)):
            return False
        return when.date < self.as_of[: len(when.date)]

    def begun(self, when: DateStruct | None) -> bool:
        """Whether the record says so of a date that it could know when it was last posted."""
        if when is None or not _is(when, "ACTUAL"):
            return False
        posted = self.trial.last_update_post_date
        known = posted.date if posted else self.as_of
        size = min(len(when.date), len(known))
        return when.date[:size] <= known[:size]

    @property
    def may_join(self) -> bool:
        design = self.trial.design_info
        looks_back = design and design.time_perspective
        backwards = looks_back and looks_back.value == "RETROSPECTIVE"
        return self.status in OPEN and not self.is_access and not backwards

    @property
    def takes_people(self) -> bool:
        """Whether it takes those who ask, by a record whose dates don't speak against that."""
        takes = self.status == "RECRUITING"
        ends = (self.trial.completion_date, self.trial.primary_completion_date)
        verified = self.trial.status_verified_date or ""
        old = bool(verified) and int(self.as_of[:4]) - int(verified[:4]) > 3
        settled = not any(map(self.over, ends)) and not old and not self.is_old_copy
        return takes and self.may_join and settled

    @property
    def is_doubted(self) -> bool:
        """Whether its own dates, or its age, speak against how it says that it stands."""
        trial, status = self.trial, self.status
        if status not in _UNSETTLED:
            return False
        seeks = status in ("RECRUITING", "ENROLLING_BY_INVITATION")
        return (
            (status in _DATED and self.over(trial.completion_date))
            or (seeks and self.over(trial.primary_completion_date))
            or (status == "NOT_YET_RECRUITING" and self.over(trial.start_date))
            or (status in _BEGUN and self.starts_later)
            or (seeks and (bool(self.trial.why_stopped) or self.is_closed))
            or (status in _DATED - {"UNKNOWN"} and self.has_ended)
            or self.is_aged
        )

    @property
    def has_ended(self) -> bool:
        """Whether the record gives its completion as one that happened."""
        end = self.trial.completion_date
        return end is not None and _is(end, "ACTUAL") and end.date <= self.as_of[: len(end.date)]

    @property
    def starts_later(self) -> bool:
        """Whether its first day is more than a day ahead, whatever the record says of it."""
        start = self.trial.start_date
        first = date.fromisoformat(f"{start.date if start else '1900'}-01-01"[:10])
        return (first - date.fromisoformat(self.as_of)).days > 1

    @property
    def is_closed(self) -> bool:
        """Whether it has places, and each says that it takes nobody."""
        stands = [place.status and place.status.value for place in self.trial.locations]
        return bool(stands) and None not in stands and not {*stands} & _NOT_CLOSED

    @property
    def is_aged(self) -> bool:
        """Whether nobody has looked after it for years, or this is an old copy of it."""
        looked_after = _verified(self.trial) or _updated(self.trial)
        return self.is_older(looked_after, 1) or self.is_old_copy

    def is_older(self, when: str | None, years: int) -> bool:
        """Whether even the last day that a date may mean is so many years ago."""
        if not when:
            return False
        return _last_day(when) <= f"{int(self.as_of[:4]) - years}{self.as_of[4:]}"

    @property
    def is_old_copy(self) -> bool:
        """Whether the registry's data that it came from is more than a year old."""
        return self.is_older(_copied(self.trial), 1)

    @property
    def may_ask(self) -> bool:
        """Whether somebody new may ask to join; whom a study invites doesn't ask."""
        return self.may_join and self.status != "ENROLLING_BY_INVITATION"

    def people(self, kind: str, *, some: bool = True) -> bool:
        enrolled = self.trial.enrollment_info
        if not enrolled or enrolled.type is None or enrolled.type.value != kind:
            return False
        return (enrolled.count or 0) > 0 if some else enrolled.count == 0

    @property
    def contacts(self) -> list[Any]:
        places = (place.contacts for place in self.trial.locations)
        return [*self.trial.central_contacts, *(one for people in places for one in people)]

    @property
    def places_with_contacts(self) -> int:
        return sum(bool(place.contacts) for place in self.trial.locations)


OPEN = {"NOT_YET_RECRUITING", "RECRUITING", "ENROLLING_BY_INVITATION", "SUSPENDED"}
_NOT_CLOSED = {"RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE"}
"""Of places."""
_BEGUN = {"RECRUITING", "ENROLLING_BY_INVITATION", "ACTIVE_NOT_RECRUITING"}
_LOOKING = OPEN - {"SUSPENDED"}
GOING_ON = OPEN | {"ACTIVE_NOT_RECRUITING", "AVAILABLE", "TEMPORARILY_NOT_AVAILABLE"}
_NEVER_BEGUN = {"NOT_YET_RECRUITING", "WITHDRAWN", "WITHHELD"}
CLOSED = {"ACTIVE_NOT_RECRUITING", "COMPLETED", "TERMINATED", "WITHDRAWN"}
_STOPPED = {"SUSPENDED", "TERMINATED", "WITHDRAWN"}
_ENDED = {"COMPLETED", "TERMINATED", "NO_LONGER_AVAILABLE", "APPROVED_FOR_MARKETING"}
_UNSETTLED = {*GOING_ON, "UNKNOWN"}
_DATED = {*OPEN, "ACTIVE_NOT_RECRUITING", "UNKNOWN"}
_UNTOLD = {"ACTIVE_NOT_RECRUITING", "COMPLETED", "TERMINATED", "SUSPENDED", "UNKNOWN"}

Condition = Callable[[Told, Filled], bool]


def _is(when: DateStruct | None, kind: str) -> bool:
    return when is not None and when.type is not None and when.type.value == kind


# --- who ------------------------------------------------------------------------------------------

_IN_YEARS = {
    "year": 1.0,
    "month": 1 / 12,
    "week": 1 / 52.2,
    "day": 1 / 365.2,
    "hour": 0,
    "minute": 0,
}


def _years(age: str) -> float:
    number, unit = age.split()
    return float(number) * _IN_YEARS[unit.lower().rstrip("s")]


def _ages_let_in(trial: Trial) -> list[tuple[bool, bool]]:
    """Whether children, and adults, as limits and as age groups have it; what is silent is left out."""
    found = []
    low, high = trial.minimum_age, trial.maximum_age
    if low or high:
        found.append((not low or _years(str(low)) < 18, not high or _years(str(high)) >= 18))
    if groups := {one.value for one in trial.std_ages}:
        found.append(("CHILD" in groups, bool(groups - {"CHILD"})))
    return found


def _begins_with_children(told: Told, _: Filled) -> bool:
    trial = told.trial
    groups = {one.value for one in trial.std_ages}
    high = trial.maximum_age
    is_high = not high or _years(str(high)) >= 18
    return not trial.minimum_age and is_high and {"CHILD", "ADULT"} <= groups


def _has_no_limits(told: Told, filled: Filled) -> bool:
    trial = told.trial
    every = len(trial.std_ages) == 3 and not trial.maximum_age
    return every and _begins_with_children(told, filled)


def _sex(sex: str, *ages: bool) -> Condition:
    def holds(told: Told, _: Filled) -> bool:
        trial = told.trial
        if trial.sex is None or trial.sex.value != sex:
            return False
        let_in = _ages_let_in(trial)
        return not ages or (bool(let_in) and all(one == ages for one in let_in))

    return holds


def _says_nothing_of_who(told: Told) -> bool:
    one = told.trial
    texts = (one.minimum_age, one.maximum_age, one.eligibility_criteria, one.study_population)
    return not any((*texts, one.sex, one.std_ages)) and one.healthy_volunteers is None


def _healthy(accepted: bool, *, now: bool) -> Condition:
    return lambda told, _: (
        told.trial.healthy_volunteers is accepted and (told.takes_people or not now)
    )


# --- registries, dates, numbers -------------------------------------------------------------------

_NUMBERS = {
    r"NCT\d{8}": "ClinicalTrials.gov",
    r"ISRCTN\d{8}": "ISRCTN",
    r"DRKS\d{8}": "DRKS",
    r"EUCTR20\d\d-\d{6}-\d\d-[A-Z]{2}": "EU Clinical Trials Register",
    r"ACTRN\d{14}p?": "ANZCTR",
    r"20\d\d-5\d{5}-\d\d-\d\d": "CTIS",
}


def _registry(told: Told, filled: Filled) -> bool:
    """The registry that the sentence names is the one of the record's number, or its source."""
    said, trial = filled["registry"], told.trial
    for form, name in _NUMBERS.items():
        if re.fullmatch(form, trial.nct_id):
            return name in said
    return bool(trial.source and " ".join((trial.source.registry or "").split()) == said)


def _of_status(told: Told, filled: Filled) -> bool:
    return filled["status"] == told.language_values[f"Status.{told.status}"][0]


def _other_statuses(told: Told) -> set[str]:
    named = {key: said for key, (said, _) in told.language_values.items() if key[:7] == "Status."}
    return {said for key, said in named.items() if key != f"Status.{told.status}"}


def _dated(when: str | None, filled: Filled) -> bool:
    return bool(when) and str(when)[:4] in filled["date"]


def _overdue(field: str, statuses: set[str]) -> Condition:
    def holds(told: Told, filled: Filled) -> bool:
        when = getattr(told.trial, field)
        return (
            told.status in statuses
            and told.over(when)
            and _dated(when.date, filled)
            and _of_status(told, filled)
        )

    return holds


def _checked_ahead(told: Told, filled: Filled) -> bool:
    days = (day(told.trial) for day in (_verified, _updated, _copied))
    ahead = [day for day in days if day and day > told.as_of[: len(day)]]
    return any(_dated(day, filled) for day in ahead) and _of_status(told, filled)


def _number(filled: Filled) -> int:
    return int(re.sub(r"\D", "", filled["n"]) or 1)


def _for_years(day: Callable[[Trial], str | None]) -> Condition:
    def holds(told: Told, filled: Filled) -> bool:
        since = day(told.trial)
        if not since:
            return False
        years = int(told.as_of[:4]) - int(since[:4])
        return _number(filled) in (years, years - 1)

    return holds


def _for_months(day: Callable[[Trial], str | None]) -> Condition:
    def holds(told: Told, filled: Filled) -> bool:
        since = day(told.trial)
        if not since:
            return False
        last, today = (date.fromisoformat(one) for one in (_last_day(since), told.as_of))
        months = (today - last).days / 30.44
        return abs(_number(filled) - months) <= 1 and 12 <= _number(filled) < 24

    return holds


def _last_day(when: str) -> str:
    """The last day that a date of a year, a month or a day may mean (ISO)."""
    month = when if len(when) > 4 else f"{when}-12"
    return month if len(month) > 7 else f"{month}-{monthrange(*map(int, month.split('-')))[1]}"


def _verified(trial: Trial) -> str | None:
    return trial.status_verified_date


def _updated(trial: Trial) -> str | None:
    return trial.last_update_post_date.date if trial.last_update_post_date else None


def _later(when: str | None, written: PlainLanguageSummary | None) -> bool:
    """Whether the one day is surely behind the other, of which each may be a month or a year."""
    first, second = written.date if written else None, when
    if not (first and second):
        return False
    shared = min(len(first), len(second))
    return second[:shared] > first[:shared]


def _copied(trial: Trial) -> str | None:
    return trial.version_holder or (trial.source.date if trial.source else None)


def _has_ended(told: Told, filled: Filled) -> bool:
    end = told.trial.completion_date
    return told.has_ended and _dated(end.date if end else None, filled)


def _starts_later(told: Told, filled: Filled) -> bool:
    start = told.trial.start_date
    return told.starts_later and _dated(start.date if start else None, filled)


def _should_be_over(told: Told, filled: Filled) -> bool:
    end = told.trial.completion_date
    return told.over(end) and _dated(end.date if end else None, filled)


# --- the table ------------------------------------------------------------------------------------


def _lacks(field: str) -> Condition:
    return lambda told, _: not getattr(told.trial, field)


def _keeps(*modules: str) -> Condition:
    """Something of a module has a form that no field of a trial can hold."""
    return lambda told, _: any(
        module in pointer for module in modules for pointer in told.trial.extra
    )


def _people(kind: str, amount: str, *statuses: str, some: bool = True) -> Condition:
    return lambda told, _: (
        told.kind == kind and told.people(amount, some=some) and told.status in statuses
    )


def _groups(kind: str | None, *, one: bool) -> Condition:
    def holds(told: Told, _: Filled) -> bool:
        count = len(told.trial.arm_groups)
        return (count == 1 if one else count > 1) and kind in (None, told.kind)

    return holds


def _status(*statuses: str, field: str = "") -> Condition:
    return lambda told, _: (
        told.status in statuses and (not field or bool(getattr(told.trial, field)))
    )


def _no_count(told: Told, _: Filled) -> bool:
    return not told.trial.enrollment_info or told.trial.enrollment_info.count is None


def _names_nobody(told: Told, _: Filled) -> bool:
    party = told.trial.responsible_party
    return not (told.trial.overall_officials or (party and party.investigator_full_name))


def _has_plain(told: Told, _: Filled) -> bool:
    return bool(told.trial.plain_language_summary and told.trial.plain_language_summary.text)


_FORMER = {
    "Korea, Republic of": "South Korea",
    "Turkey": "Turkey (Türkiye)",
    "UK": "United Kingdom",
}


def _countries(told: Told, filled: Filled) -> bool:
    names = [place.country or "" for place in told.trial.locations]
    return _number(filled) == len({_FORMER.get(name, name) for name in names})


_TAKING = ("RECRUITING", "ENROLLING_BY_INVITATION")
_TAKING_NOBODY = (
    "NOT_YET_RECRUITING",
    "ACTIVE_NOT_RECRUITING",
    "COMPLETED",
    "SUSPENDED",
    "TERMINATED",
    "WITHDRAWN",
)


def _places_taking(*, sure: bool, now: bool = False) -> Condition:
    """`sure`: whether each place has to say how it stands, and the record as of when; `now`:
    whether the record may be no old one."""

    def holds(told: Told, filled: Filled) -> bool:
        stands = [place.status.value if place.status else "" for place in told.trial.locations]
        open_ones = sum(stand in _TAKING for stand in stands)
        closed = sum(stand in _TAKING_NOBODY for stand in stands)
        said = f"{open_ones} {len(stands)}" == f"{_number(filled)} {filled['all'].replace(',', '')}"
        if not (said and closed > 0) or (now and told.is_old_copy):
            return False
        days = [_verified(told.trial), _updated(told.trial)]
        last = max((day for day in days if day), key=lambda day: f"{day}-99-99"[:10], default="")
        return not sure or (open_ones + closed == len(stands) and _dated(last[:7], filled))

    return holds


def _none_taking(told: Told, _: Filled) -> bool:
    stands = {place.status.value for place in told.trial.locations if place.status}
    return told.status in _TAKING and bool(stands) and not stands & {*_TAKING}


def _team_tells(told: Told, _: Filled) -> bool:
    unsure = told.status == "UNKNOWN" and not (told.is_access or told.is_revoked)
    unsure = unsure and _last_known(told) not in (*CLOSED, "ENROLLING_BY_INVITATION")
    return (told.may_ask or unsure) and not told.over(told.trial.completion_date, "ACTUAL")


def _may_tick(told: Told, filled: Filled) -> bool:
    return _team_tells(told, filled) or _invites(told, filled)


def _last_known(told: Told) -> str:
    """The status before the one that isn't known."""
    known = told.trial.last_known_status
    return known.value if known and told.status == "UNKNOWN" else ""


def _invites(told: Told, _: Filled) -> bool:
    return told.may_join and told.status == "ENROLLING_BY_INVITATION"


def _invited(told: Told, filled: Filled) -> bool:
    was = _last_known(told) == "ENROLLING_BY_INVITATION" and not told.is_access
    over = told.over(told.trial.completion_date, "ACTUAL")
    return _invites(told, filled) or (was and not over)


def _takes_nobody(told: Told, _: Filled) -> bool:
    return (told.status in CLOSED or told.is_revoked) and not told.is_access


def _took_nobody(told: Told, filled: Filled) -> bool:
    was = _last_known(told) in CLOSED and not told.is_access
    return _takes_nobody(told, filled) or was


def _is_given(told: Told, _: Filled) -> bool:
    return told.is_access and told.status == "AVAILABLE"


def _stands(told: Told, statuses: set[str]) -> bool:
    """Whether it still stands so, as far as anybody can tell from the record."""
    return told.status in statuses and not told.is_doubted


def _surely(condition: Condition) -> Condition:
    """The condition of a sentence that speaks of today: of no record in doubt."""
    return lambda told, filled: condition(told, filled) and not told.is_doubted


def _was(status: str) -> Condition:
    """Of a status that a record not confirmed of late has, and has nothing against."""
    return lambda told, _: told.status == status and not told.begun(told.trial.completion_date)


def _answers(told: Told, _: Filled) -> bool:
    return told.may_ask or told.status in ("AVAILABLE", "TEMPORARILY_NOT_AVAILABLE")


def _articles(told: Told, _: Filled) -> bool:
    types = (one.type.value for one in told.trial.references if one.type)
    return told.trial.has_results is not True and "RESULT" in types


def _no_results(told: Told, _: Filled) -> bool:
    return told.trial.has_results is False and not told.trial.results_first_post_date


def _reachable(told: Told) -> bool:
    return any(one.phone or one.email for one in told.contacts)


_GIVES, _OBSERVES = "INTERVENTIONAL", "OBSERVATIONAL"

CONDITIONS: Mapping[str, Condition | None] = {
    # dates
    "started": lambda told, _: (
        told.begun(told.trial.start_date) and told.status not in _NEVER_BEGUN
    ),
    "planned_to_start": lambda told, _: (
        _is(told.trial.start_date, "ESTIMATED") and _stands(told, {"NOT_YET_RECRUITING"})
    ),
    "was_planned_to_start": lambda told, _: (
        _is(told.trial.start_date, "ESTIMATED")
        and not _stands(told, {"NOT_YET_RECRUITING"})
        and not (told.starts_later and told.status in _BEGUN)
    ),
    "recruitment_start": lambda told, _: told.trial.nct_id.startswith("ISRCTN"),
    "first_enrolment": lambda told, _: bool(told.trial.source and told.trial.source.via),
    "start": lambda told, _: bool(told.trial.start_date),
    "ended": lambda told, _: told.begun(told.trial.completion_date) and told.status in _ENDED,
    "planned_to_end": lambda told, _: (
        _is(told.trial.completion_date, "ESTIMATED") and _stands(told, GOING_ON)
    ),
    "was_planned_to_end": lambda told, _: (
        _is(told.trial.completion_date, "ESTIMATED") and not _stands(told, GOING_ON)
    ),
    "end": lambda told, _: bool(told.trial.completion_date),
    "no_dates": lambda told, _: not (told.trial.start_date or told.trial.completion_date),
    "one_date_unread": _keeps("/statusModule", "Date", "_DATE", "START_OF_TRIAL", "enrollement"),
    "dates_unread": _keeps("/statusModule", "/startDateEU"),
    "dates_by_state": _keeps("/memberStatesConcerned"),
    "countries_alone": lambda told, _: (
        not told.trial.locations and any("ountr" in one for one in told.trial.extra)
    ),
    "places_unread": _keeps("/contactsLocationsModule"),
    "number_by_state": _keeps("/memberStatesConcerned"),
    "number_by_state_and_more": _keeps("/authorizedPartI/rowSubjectCount"),
    "number_unread": _keeps("/designModule", "/totalNumberEnrolled"),
    "ages_unread": _keeps(
        "/eligibilityModule/minimumAge",
        "/eligibilityModule/maximumAge",
        "/Inclusion_age",
        "AgeLimit",
    ),
    "who_unread": _keeps("/eligibilityModule"),
    # how it stands
    "why_on_hold": _status("SUSPENDED", field="why_stopped"),
    "why_it_stopped": _status("TERMINATED", field="why_stopped"),
    "why_called_off": _status("WITHDRAWN", field="why_stopped"),
    "reason": lambda told, _: bool(told.trial.why_stopped) and told.status not in _STOPPED,
    "no_reason": lambda told, _: told.status in _STOPPED and not told.trial.why_stopped,
    "one_arm": _groups(_GIVES, one=True),
    "arms": _groups(_GIVES, one=False),
    "one_group": _groups(None, one=True),
    "groups": _groups(None, one=False),
    "no_place": _lacks("locations"),
    "in_countries": _countries,
    "places_by_state": _keeps("/memberStatesConcerned"),
    "places_take": _places_taking(sure=True, now=True),
    "places_take_here": _places_taking(sure=False, now=True),
    "places_took": _places_taking(sure=True),
    **{f"was_{status.lower()}": _was(status) for status in sorted(GOING_ON)},
    "places_listed": _places_taking(sure=False),
    "no_place_listed": _none_taking,
    # how many
    "nobody_joined": _people(_GIVES, "ACTUAL", "WITHDRAWN", *_UNTOLD, some=False),
    "nobody_included": _people(_OBSERVES, "ACTUAL", "WITHDRAWN", *_UNTOLD, some=False),
    "so_many_joined": _people(_GIVES, "ACTUAL", *_UNTOLD),
    "so_many_included": _people(_OBSERVES, "ACTUAL", *_UNTOLD),
    "hopes_will_join": _surely(_people(_GIVES, "ESTIMATED", *_LOOKING)),
    "hopes_to_include": _surely(_people(_OBSERVES, "ESTIMATED", *_LOOKING)),
    "planned_for_so_many": lambda told, _: told.people("ESTIMATED"),
    "no_number": _no_count,
    # who
    "who_can_take_part": lambda told, _: told.takes_people,
    "who_it_is_for": None,
    "who_unsaid": lambda told, _: _says_nothing_of_who(told),
    "any_sex": _sex("ALL"),
    "women_only": _sex("FEMALE", False, True),
    "girls_only": _sex("FEMALE", True, False),
    "women_and_girls_only": _sex("FEMALE", True, True),
    "female_only": _sex("FEMALE"),
    "men_only": _sex("MALE", False, True),
    "boys_only": _sex("MALE", True, False),
    "men_and_boys_only": _sex("MALE", True, True),
    "male_only": _sex("MALE"),
    "gender_counts": lambda told, _: bool(told.trial.gender_based),
    "healthy_can": _healthy(True, now=True),
    "healthy_accepted": _healthy(True, now=False),
    "no_age_limits": _has_no_limits,
    "no_youngest_age": _begins_with_children,
    "healthy_cannot": _healthy(False, now=True),
    "healthy_not_accepted": _healthy(False, now=False),
    "team_tells_take_list": lambda told, filled: (
        _team_tells(told, filled) and bool(told.trial.eligibility_criteria)
    ),
    "team_tells": _team_tells,
    "only_invited": _surely(_invites),
    "only_invited_then": _invited,
    "nobody_new": lambda told, filled: (
        _takes_nobody(told, filled) and (told.is_revoked or not told.is_doubted)
    ),
    "nobody_new_then": _took_nobody,
    "doctor_asks": _surely(_is_given),
    "doctor_asked": _is_given,
    "access_itself": lambda told, _: told.is_access,
    "status_by_dates": lambda told, filled: (
        told.has_no_status and _dated(told.trial.import_notes[0].message[-10:], filled)
    ),
    "status_own": lambda told, filled: filled["there"] in _other_statuses(told),
    "status_not_recruiting_via": lambda told, filled: (
        told.whos_status == filled["own"] == "Not Recruiting"
    ),
    "status_word_via": lambda told, filled: told.whos_status == filled["own"] == "Authorised",
    "status_own_word": lambda told, filled: (
        told.has_own_status and _registry(told, filled) and filled["own"] == "Under evaluation"
    ),
    "status_closed_there": lambda told, filled: (
        told.is_revoked and _registry(told, filled) and filled["own"] == "Revoked"
    ),
    "published_there": lambda told, _: told.trial.nct_id[4:6] == "-5",  # of CTIS
    "undated": lambda told, _: (
        not (
            told.trial.status_verified_date
            or told.trial.last_update_post_date
            or told.trial.version_holder
            or (told.trial.source and told.trial.source.date)
        )
    ),
    "paper_is_checklist": lambda told, _: bool(told.trial.eligibility_criteria),
    "tick_team_decides": _may_tick,
    "tick": None,
    "inclusion": lambda told, _: not told.is_access and bool(told.trial.eligibility_criteria),
    "inclusion_access": lambda told, _: told.is_access and bool(told.trial.eligibility_criteria),
    "exclusion": lambda told, _: not told.is_access and bool(told.trial.eligibility_criteria),
    "exclusion_access": lambda told, _: told.is_access and bool(told.trial.eligibility_criteria),
    "inclusion_mixed": lambda told, _: bool(told.trial.eligibility_criteria),
    "exclusion_mixed": lambda told, _: bool(told.trial.eligibility_criteria),
    "inclusion_permitting": lambda told, _: bool(told.trial.eligibility_criteria),
    "exclusion_excepted": lambda told, _: bool(told.trial.eligibility_criteria),
    "inclusion_choices": lambda told, _: bool(told.trial.eligibility_criteria),
    "inclusion_some": lambda told, _: bool(told.trial.eligibility_criteria),
    "exclusion_some": lambda told, _: bool(told.trial.eligibility_criteria),
    "exclusion_later": lambda told, _: bool(told.trial.eligibility_criteria),
    "for_some": lambda told, _: bool(told.trial.eligibility_criteria),
    "criteria_go_on": lambda told, _: bool(told.trial.eligibility_criteria),
    "none_listed": lambda told, _: bool(told.trial.eligibility_criteria),
    # whom to ask
    "who_to_contact": _answers,
    "contact_given": None,
    "contact_at_the_place": lambda told, _: (
        len(told.trial.locations) == 1 and told.places_with_contacts == 1
    ),
    "contact_at_our_site": lambda told, _: told.places_with_contacts > 0,
    "contact_at_a_place": lambda told, _: (
        len(told.trial.locations) > 1 and told.places_with_contacts > 0
    ),
    "contact_for_all": lambda told, filled: (
        bool(told.trial.central_contacts) and _answers(told, filled)
    ),
    "contact_named_for_all": lambda told, _: bool(told.trial.central_contacts),
    "contact_is_sponsor": lambda told, _: not told.contacts and bool(told.trial.lead_sponsor),
    "contacts_unreachable": lambda told, _: bool(told.contacts) and not _reachable(told),
    "contacts_not_copied": lambda told, _: not told.contacts and bool(told.trial.import_notes),
    "no_contacts": lambda told, _: not told.contacts,
    "contacts_at_others": lambda told, _: told.places_with_contacts > 1,
    "contacts_at_places": lambda told, _: told.places_with_contacts > 0,
    # the registry, results
    "see_at_registry": _registry,
    "see_at_source": lambda told, _: bool(told.trial.source and told.trial.source.url),
    "results_at": lambda told, filled: bool(told.trial.has_results) and _registry(told, filled),
    "results_posted": lambda told, _: bool(told.trial.has_results),
    "results_waived": lambda told, _: (
        bool(told.trial.results_waived) and not told.trial.has_results
    ),
    "results_in_articles": _articles,
    "no_results": _no_results,
    "results_lead_at": _registry,
    "results_lead": None,
    "mesh_by_registry": lambda told, _: bool(re.fullmatch(r"NCT\d{8}", told.trial.nct_id)),
    "mesh_given": None,
    "plain_then_record": lambda told, filled: (
        _has_plain(told, filled) and bool(told.trial.brief_summary)
    ),
    "plain_text": _has_plain,
    "plain_older": lambda told, filled: (
        _has_plain(told, filled) and _later(_updated(told.trial), told.trial.plain_language_summary)
    ),
    # what it lacks
    "missing_official_title": _lacks("official_title"),
    "missing_brief_summary": _lacks("brief_summary"),
    "missing_conditions": _lacks("conditions"),
    "missing_primary_outcomes": _lacks("primary_outcomes"),
    "missing_eligibility_criteria": _lacks("eligibility_criteria"),
    "missing_ages": _lacks("minimum_age"),
    "missing_sex": _lacks("sex"),
    "missing_locations": _lacks("locations"),
    "missing_central_contacts": lambda told, _: not told.contacts,
    "missing_responsible_party": lambda told, filled: (
        told.trial.nct_id.startswith("NCT") and _lacks("responsible_party")(told, filled)
    ),
    "missing_overall_officials": _names_nobody,
    "missing_enrollment_info": _no_count,
    "missing_start_date": _lacks("start_date"),
    "missing_completion_date": _lacks("completion_date"),
    # how current it is
    "doubt_completion_passed": _overdue("completion_date", GOING_ON),
    "doubt_main_measures_passed": _overdue("primary_completion_date", _LOOKING),
    "doubt_start_passed": _overdue("start_date", {"NOT_YET_RECRUITING"}),
    "doubt_recruitment_passed": lambda told, filled: (
        _dated(told.trial.extra.get("/trial/participants/recruitmentEnd", "")[1:], filled)
        and _of_status(told, filled)
    ),
    "doubt_should_be_over": _should_be_over,
    "doubt_has_ended": _has_ended,
    "doubt_starts_later": _starts_later,
    "doubt_says_why_stopped": lambda told, filled: (
        bool(told.trial.why_stopped) and _of_status(told, filled)
    ),
    "doubt_no_place_takes": lambda told, filled: told.is_closed and _of_status(told, filled),
    "doubt_checked_ahead": _checked_ahead,
    "doubt_not_verified": _for_years(_verified),
    "doubt_not_verified_months": _for_months(_verified),
    "doubt_not_verified_date": lambda told, filled: _dated(_verified(told.trial), filled),
    "doubt_old_copy": _for_years(_copied),
    "doubt_old_copy_months": _for_months(_copied),
    "doubt_old_copy_date": lambda told, filled: _dated(_copied(told.trial), filled),
    "doubt_not_updated": _for_years(_updated),
    "doubt_not_updated_months": _for_months(_updated),
    "doubt_not_updated_date": lambda told, filled: _dated(_updated(told.trial), filled),
}
