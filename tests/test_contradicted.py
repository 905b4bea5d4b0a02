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
from trialpages.trial.standing import status_said

TODAY = "2025-06-01"


def card(**fields: Any) -> Any:
    class Stands:
        status = record(**fields).overall_status
        dates = record_dates(record(**fields))

    return Stands()


@pytest.mark.parametrize("field", ["status_verified_date", "version_holder"])
def test_a_day_that_is_still_to_come_confirms_nothing(field: str) -> None:
    fields = {"overall_status": "RECRUITING", field: "2099-01"}
    case = Case(record(**fields), TODAY)
    assert case.doubts == (Doubt("checked-ahead", "2099-01", 0),)
    assert not case.takes_people
    assert case.known_until == date(2025, 6, 1)
    assert "2099" not in status_said(card(**fields), TODAY, ENGLISH)
    (problem,) = check_freshness(case.trial, None, "a.md", date(2025, 6, 1))
    assert "2099-01 is still to come" in problem.message


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
