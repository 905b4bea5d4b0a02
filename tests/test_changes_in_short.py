"""A trial's changes in a few words: how many places, and what isn't known is not made little of."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace

from trialpages.changes.compare import changes
from trialpages.changes.renamings import called_as_first
from trialpages.changes.sites import loses_place
from trialpages.changes.summary import in_one_line, in_short
from trialpages.changes.topics import Topic, topic_of
from trialpages.records.model import Change, PartialDate
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.updating.arrivals import Arrival, update_lines


def change(field: str, *entries: str, kind: ChangeKind | None = None) -> Change:
    return Change(date="2026-01-02", field=field, entries=entries, kind=kind, old="1", new="2")  # type: ignore[arg-type]


def test_a_place_of_which_two_fields_changed_is_one_place() -> None:
    found = (change("locations.zip", "Xi'an"), change("locations.state", "Xi'an", "Beijing"))
    assert in_short(found) == ("2 places changed",)


def test_places_of_one_name_count_each() -> None:
    two = change("locations", "Tbilisi", "Tbilisi", kind=ChangeKind.ADDED)
    assert in_short((two,)) == ("2 places added",)


def test_what_is_not_told_of_a_difference_is_not_called_little() -> None:
    assert in_one_line(()) == "see the trial's page"
    assert in_one_line((change("locations.zip", "Xi'an"),)) == "1 place changed"


def test_a_place_that_said_no_status_before_is_not_called_opened() -> None:
    date = PartialDate("2026-01-02")
    opened, planned = (
        Change(date=date, field="locations.status", entries=(name,), new=new)
        for name, new in (("A", "RECRUITING"), ("B", "NOT_YET_RECRUITING"))
    )
    assert in_short((opened, planned)) == (
        "1 place open now (status newly said)",
        "1 place with a status newly said",
    )


def _status(old: str | None, new: str | None, day: str) -> Change:
    day_of = PartialDate(day)
    return Change(date=day_of, field="locations.status", entries=("A",), old=old, new=new)


def test_a_place_whose_status_changed_in_several_versions_is_one_place() -> None:
    found = [
        _status("COMPLETED", "NOT_YET_RECRUITING", "2024-01-01"),
        _status("NOT_YET_RECRUITING", "COMPLETED", "2024-01-02"),
    ]
    assert in_short(found) == ("1 place with another status meanwhile",)


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ((None, "NOT_YET_RECRUITING", "RECRUITING"), "1 place open now (status newly said)"),
        (("NOT_YET_RECRUITING", "RECRUITING", "COMPLETED"), "1 place with another status"),
        (("RECRUITING", "SUSPENDED", "RECRUITING"), "1 place with another status meanwhile"),
        (("RECRUITING", None, "COMPLETED"), "1 place closed"),
    ],
)
def test_a_place_counts_once_as_what_became_of_it(
    statuses: tuple[str | None, ...], said: str
) -> None:
    """From the first of several versions to the last, whatever else of it changed."""
    days = (f"2024-01-0{n}" for n in range(1, 9))
    found = [_status(*two, day) for two, day in zip(pairwise(statuses), days, strict=False)]
    assert in_short([*found, change("locations.zip", "A")]) == (said,)


def test_a_place_that_came_closed_or_went_again_counts_once() -> None:
    came = replace(change("locations", "A", kind=ChangeKind.ADDED), new="RECRUITING")
    closed = _status("RECRUITING", "COMPLETED", "2027-01-01")
    gone = replace(change("locations", "A", kind=ChangeKind.REMOVED), date=PartialDate("2028"))
    assert in_short([came, closed]) == ("1 place added as closed or stopped",)
    assert in_short([came, closed, gone]) == ("1 place added and gone again",)


def test_a_place_that_went_and_came_back_is_one_place() -> None:
    gone = change("locations", "A", "B", kind=ChangeKind.REMOVED)
    back = replace(change("locations", "B", "C", kind=ChangeKind.ADDED), date=PartialDate("2027"))
    assert in_short([gone, back]) == ("1 place gone", "1 place gone and back", "1 place added")


def test_a_place_that_was_to_open_and_was_stopped_can_not_be_read_later() -> None:
    stopped = _status("NOT_YET_RECRUITING", "WITHDRAWN", "2024-01-01")
    assert in_short([stopped]) == ("1 place stopped",)
    assert loses_place(stopped)
    assert not loses_place(_status("NOT_YET_RECRUITING", "RECRUITING", "2024-01-01"))


def test_a_version_of_which_only_dates_are_others_was_taken_over_by_nobody() -> None:
    (said,) = update_lines([Arrival("x", "updated", trial_id="NCT00000001")])
    assert said.startswith("NCT00000001  only dates")


def _named(day: str, old: str, new: str, entry: str, field: str = "locations.facility") -> Change:
    return Change(date=PartialDate(day), field=field, entries=(entry,), old=old, new=new)


def test_a_place_that_was_renamed_and_renamed_back_is_one_place() -> None:
    there = _named("2026-02-09", "Hôpital Foch", "Hăpital Foch", "Hăpital Foch, Suresnes")
    back = _named("2026-03-02", "Hăpital Foch", "Hôpital Foch", "Hôpital Foch, Suresnes")
    town = _named("2026-03-03", "Suresnes", "Paris", "Hôpital Foch, Paris", "locations.city")
    assert in_short([back, there, town]) == ("1 place changed",)
    swapped = [_named("2026-02-09", "A", "B", "B, Ulm"), _named("2026-02-09", "B", "A", "A, Ulm")]
    assert in_short([*swapped, _named("2026-03-02", "B", "C", "C, Ulm")]) == ("2 places changed",)


def test_a_town_is_not_taken_for_the_name_of_its_place_or_country() -> None:
    """Of several versions that change one place."""

    def moved(field: str, old: str, new: str, entry: str) -> tuple[str, ...]:
        closed = Change(
            date=PartialDate("2026-03-03"),
            field="locations.status",
            entries=(entry,),
            old="RECRUITING",
            new="COMPLETED",
        )
        return called_as_first([_named("2026-03-02", old, new, entry, field), closed])[1].entries

    town, country = "locations.city", "locations.country"
    assert moved(town, "York", "Leeds", "Leeds, Leeds, UK") == ("Leeds, York, UK",)
    assert moved(town, "Kent", "Ulm", "Ulm, Ulm, Ulm") == ("Ulm, Kent, Ulm",)
    assert moved(country, "Malaya", "Ulm", "Ulm, Ulm") == ("Ulm, Malaya",)
    assert moved(town, "York", "Leeds", "Leeds Spa, UK") == ("Leeds Spa, UK",)
    assert moved("locations.facility", "Site 1", "Site 10", "Site 10, Ulm") == ("Site 1, Ulm",)


def test_a_contact_of_whom_several_versions_say_something_is_one() -> None:
    field = "locations.contacts.phone"
    phones = [_named(f"2026-03-0{n}", f"{n}", f"{n + 1}", "A, Ulm – Dr. X", field) for n in (1, 2)]
    renamed = _named("2026-03-05", "A", "B", "B, Ulm")
    name = _named("2026-03-05", "X", "Y", "B, Ulm – Y", "locations.contacts.name")
    last = _named("2026-03-06", "3", "4", "B, Ulm – Dr. X", field)
    assert in_short(phones) == ("1 contact at places changed",)
    assert in_short([*phones, renamed, last])[1:] == ("1 contact at places changed",)
    before = _named("2026-03-01", "1", "2", "A, Ulm – X", field)
    assert in_short([before, renamed, name])[1:] == ("1 contact at places changed",)
    roles = [replace(one, entries=(f"{one.entries[0]}, Contact",)) for one in (before, name)]
    assert in_short([*roles, renamed])[1:] == ("1 contact at places changed",)


def test_a_criterion_that_changed_in_several_versions_is_one() -> None:
    def said(day: int, old: str | None, new: str | None) -> Change:
        date = PartialDate(f"2026-03-0{day}")
        return Change(date=date, field="eligibility_criteria", old=old, new=new)

    there_and_back = [said(1, "Age 18", "Age 16"), said(2, "Age 16", "Age 18")]
    assert in_short(there_and_back) == ("1 criterion changed",)
    gone_and_back = [said(1, "Age 18", None), said(2, None, "Age 18")]
    assert in_short([*gone_and_back, said(2, None, "Well")]) == ("2 criteria changed",)
    assert in_short([said(1, "A", "B"), said(1, "B", "C")]) == ("2 criteria changed",)


def test_a_paragraph_within_a_criterion_is_no_criterion_of_its_own() -> None:
    def changed(*lines: str) -> tuple[Change, ...]:
        before = "Exclusion Criteria:\n\n1. Any asthma.\n2. Age above 80."
        after = "\n".join(("Exclusion Criteria:", "", *lines))
        return changes("eligibility_criteria", before, after, PartialDate("2026-03-01"))

    more = ("1. Any asthma. Well ones may join.", "", "   Ask us.", "2. Age above 80.")
    (one,) = changed(*more)
    assert (one.old, one.new) == ("Any asthma.", "Any asthma. Well ones may join. Ask us.")
    assert in_short([one]) == ("1 criterion changed",)
    outside = changed("1. Any asthma.", "2. Age above 80.", "", "Ask us.", "", "Write to us.")
    assert [(one.old, one.new) for one in outside] == [(None, "Ask us."), (None, "Write to us.")]
    inside = changed(
        "1. Any asthma.", "2. Age above 80.", "", "   Inclusion Criteria:", "", "   Ann"
    )
    assert [(one.entries, one.new) for one in inside] == [
        ((), "Inclusion Criteria:"),
        (("Inclusion Criteria",), "Ann"),
    ]


def _own(place: str, old: Any, new: Any) -> Change:
    before, after = (None if one is None else json.dumps(one) for one in (old, new))
    return Change(date=DAY, field="extra", entries=(place,), old=before, new=after)


DAY = PartialDate("2026-01-02")
STATE = "/memberStatesConcerned/mscPublicStatusCode – Spain"
EVENTS = "/events/trialEvents/events – Spain"
HALT = {"notificationType": "TEMPORARY_HALT", "date": "2026-01-01"}
PHONE = "/contact/contactDetails/telephone"


@pytest.mark.parametrize(
    ("place", "old", "new", "said", "topic"),
    [
        (STATE, "4", "7", "Spain: Ongoing, recruiting → Suspended", Topic.STOPPED),
        (STATE, "5", "8", "Spain: Ongoing, recruitment ended → Ended", Topic.STATUS),
        (EVENTS, None, HALT, "Spain: new Temporary halt, 2026-01-01", Topic.STOPPED),
        ("/Countries", "Fiji", "Fiji;Mali", "countries: Fiji → Fiji;Mali", Topic.SITES),
        (PHONE, "+44 1", "+44 2", "telephone: +44 1 → +44 2", Topic.CONTACTS),
    ],
)
def test_what_another_registry_says_of_standing_and_whom_to_ask_is_told_first(
    place: str, old: Any, new: Any, said: str, topic: Topic
) -> None:
    """Suspended in a member state was `what has no field here`."""
    found = _own(place, old, new)
    other = _own("/authorizedApplication/authorizedPartI/id", "1", "2")
    assert topic_of(found) is topic
    assert in_short((other, found)) == (said, "also what has no field here")


def test_what_another_registry_says_is_told_by_its_own_names() -> None:
    """All of it was `what has no field here`."""
    closes = _own("/trial/participants/recruitmentEnd", "2025-01-01", "2026-01-01")
    gone = _own("/Ethics_Status", "Approved", None)
    said = ("recruitment end: 2025-01-01 → 2026-01-01", "ethics status: Approved → nothing")
    assert in_short([closes, gone]) == said
    assert in_short([_own("/site/id", "1", None)]) == ("what has no field here",)


def test_a_criterion_that_went_or_came_is_not_said_to_have_changed() -> None:
    def said(old: str | None, new: str | None) -> Change:
        return Change(date=DAY, field="eligibility_criteria", old=old, new=new)

    assert in_short([said("Age 18", None)]) == ("1 criterion gone",)
    assert in_short([said(None, "Age 18"), said(None, "Well")]) == ("2 criteria added",)
