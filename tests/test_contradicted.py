"""Records that contradict themselves: what a page and `check` make of such a status."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from test_sentences import ENGLISH, record

from trialpages.audit.freshness import check_freshness
from trialpages.records.plausible import check_plausible
from trialpages.trial.freshness import Doubt, record_dates
from trialpages.trial.sentences.case import Case
from trialpages.trial.sentences.table import PLACES
from trialpages.trial.standing import status_said

TODAY = "2025-06-01"


def card(**fields: Any) -> Any:
    class Stands:
        status = record(**fields).overall_status
        dates = record_dates(record(**fields))
        own_status = ""

    return Stands()


@pytest.mark.parametrize(
    "field", ["status_verified_date", "last_update_post_date", "version_holder"]
)
def test_a_day_that_is_still_to_come_confirms_nothing(field: str) -> None:
    ahead = {"date": "2099-01"} if field == "last_update_post_date" else "2099-01"
    fields = {"overall_status": "RECRUITING", field: ahead}
    case = Case(record(**fields), TODAY)
    assert case.doubts == (Doubt("checked-ahead", "2099-01", 0),)
    assert not case.takes_people
    assert case.known_until == date(2025, 6, 1)
    assert "2099" not in status_said(card(**fields), TODAY, ENGLISH)
    (problem,) = check_freshness(case.trial, None, "a.md", date(2025, 6, 1))
    assert "2099-01 is still to come" in problem.message
    assert problem.where is not None
    assert problem.where.field == (field,)


def test_a_check_later_than_the_last_update_makes_no_record_fresh() -> None:
    fields: dict[str, Any] = {
        "overall_status": "RECRUITING",
        "status_verified_date": "2025-05",
        "last_update_post_date": {"date": "2019-01-01"},
    }
    case = Case(record(**fields), TODAY)
    assert case.doubts == (Doubt("not-updated", "2019-01-01", 77),)
    assert case.known_until == date(2019, 1, 1)
    assert "2019" in status_said(card(**fields), TODAY, ENGLISH)
    stale, later = check_freshness(case.trial, None, "a.md", date(2025, 6, 1))
    assert (stale.code, later.code) == ("stale", "checked-later")
    assert "can't say that it was verified in 2025-05" in later.message
    fields["last_update_post_date"] = {"date": "2025-05-02"}  # a month is as exact as it gets
    assert not Case(record(**fields), TODAY).doubts
    assert not [*check_freshness(record(**fields), None, "a.md", date(2025, 6, 1))]


@pytest.mark.parametrize("kind", ["ACTUAL", "ESTIMATED", None])
@pytest.mark.parametrize("status", ["RECRUITING", "ACTIVE_NOT_RECRUITING"])
def test_who_goes_on_before_the_start_is_in_doubt(status: str, kind: str | None) -> None:
    start = {"date": "2030-01", **({"type": kind} if kind else {})}
    fields = {"overall_status": status, "start_date": start}
    trial = record(**fields)
    assert Case(trial, TODAY).doubts == (Doubt("starts-later", "2030-01", 0),)
    assert "check first" in status_said(card(**fields), TODAY, ENGLISH)
    said = [one.name for one in PLACES["start"] if one.is_true(Case(trial, TODAY))]
    assert said == ["start"]
    (problem,) = check_freshness(trial, None, "a.md", date(2025, 6, 1))
    assert problem.where and problem.where.field == ("start_date",)
    assert problem.hint and "`sync` brings it" in problem.hint  # not "mend the field" first


def test_who_waits_for_the_start_is_in_no_doubt() -> None:
    start = {"date": "2030-01", "type": "ESTIMATED"}
    case = Case(record(overall_status="NOT_YET_RECRUITING", start_date=start), TODAY)
    assert case.doubts == ()
    assert next(one.name for one in PLACES["start"] if one.is_true(case)) == "planned_to_start"


def test_a_day_that_has_come_elsewhere_is_none_of_these() -> None:
    fields = {"overall_status": "RECRUITING", "status_verified_date": "2025-06-02"}
    assert Case(record(**fields), TODAY).doubts == ()


CLOSED = [{"city": "Leeds", "status": "WITHDRAWN"}, {"city": "York", "status": "COMPLETED"}]


@pytest.mark.parametrize(
    ("fields", "takes"),
    [
        ({"why_stopped": "No money"}, False),
        ({"locations": CLOSED}, False),
        ({"locations": [*CLOSED, {"city": "Hull", "status": "RECRUITING"}]}, True),
        ({"locations": [*CLOSED, {"city": "Hull"}]}, True),
        ({}, True),
    ],
)
def test_who_recruits_and_takes_nobody_is_not_said_to_look_for_people(
    fields: dict[str, Any], takes: bool
) -> None:
    trial = record(overall_status="RECRUITING", **fields)
    assert Case(trial, TODAY).takes_people is takes
    codes = [problem.code for problem in check_plausible(trial, "a.md")]
    assert ("takes-nobody" not in codes) is takes
    said = status_said(card(overall_status="RECRUITING", **fields), TODAY, ENGLISH)
    assert said == ("Recruiting" if takes else "Recruiting, but check first")
    assert bool(Case(trial, TODAY).doubts) is not takes


@pytest.mark.parametrize("status", ["RECRUITING", "ACTIVE_NOT_RECRUITING", "SUSPENDED"])
def test_who_goes_on_and_has_ended_is_in_doubt_in_lists_too(status: str) -> None:
    """Of a month that isn't over yet no last day is past: its completion happened all the same."""
    ends = {"completion_date": {"date": "2025-06", "type": "ACTUAL"}}
    fields = {"overall_status": status, "status_verified_date": "2025-05", **ends}
    assert Case(record(**fields), TODAY).doubts == (Doubt("has-ended", "2025-06", 0),)
    assert status_said(card(**fields), TODAY, ENGLISH).endswith(", but check first")
    ends["completion_date"]["type"] = "ESTIMATED"
    assert Case(record(**{**fields, **ends}), TODAY).doubts == ()


def test_a_suspended_study_that_says_why_does_not_contradict_itself() -> None:
    fields = {"overall_status": "SUSPENDED", "why_stopped": "No money", "locations": CLOSED}
    assert Case(record(**fields), TODAY).doubts == ()
