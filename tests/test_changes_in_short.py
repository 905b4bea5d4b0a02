"""A trial's changes in a few words: how many places, and what isn't known is not made little of."""

from __future__ import annotations

from msgspec.structs import replace

from trialpages.changes.summary import in_one_line, in_short, loses_place
from trialpages.records.model import Change, PartialDate
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.updating.arrivals import Arrival, update_lines


def change(field: str, *entries: str, kind: ChangeKind | None = None) -> Change:
    return Change(date="2026-01-02", field=field, entries=entries, kind=kind, old="1", new="2")  # type: ignore[arg-type]


def test_a_place_of_which_two_fields_changed_is_one_place() -> None:
    changes = (change("locations.zip", "Xi'an"), change("locations.state", "Xi'an", "Beijing"))
    assert in_short(changes) == ("2 places changed",)


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


def _status(old: str, new: str, day: str) -> Change:
    day_of = PartialDate(day)
    return Change(date=day_of, field="locations.status", entries=("A",), old=old, new=new)


def test_a_place_whose_status_changed_in_several_versions_is_one_place() -> None:
    found = [
        _status("COMPLETED", "NOT_YET_RECRUITING", "2024-01-01"),
        _status("NOT_YET_RECRUITING", "COMPLETED", "2024-01-02"),
    ]
    assert in_short(found) == ("1 place with another status",)


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
