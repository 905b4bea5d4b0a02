"""A trial's changes in a few words: how many places, and what isn't known is not made little of."""

from __future__ import annotations

from trialpages.changes.summary import in_one_line, in_short
from trialpages.records.model import Change, PartialDate
from trialpages.records.own_vocabulary import ChangeKind


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
        "1 place open now, which said no status before",
        "1 place with a status now, which said none before",
    )
