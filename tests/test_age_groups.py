"""Groups of ages of other registries: what a page quotes, and what they come to for who asks."""

from __future__ import annotations

from typing import Any

import pytest

from trialpages.records.age_groups import age_words, searched_ages
from trialpages.records.model import Trial, to_trial
from trialpages.trial.figures.ages import ages


def record(number: str, extra: dict[str, str] | None = None, **more: Any) -> Trial:
    tree = {"nct_id": number, "brief_title": "T", "overall_status": "RECRUITING"}
    return to_trial({**tree, "study_type": "INTERVENTIONAL", "extra": extra or {}, **more})


def span(trial: Trial) -> tuple[str, str]:
    found = searched_ages(trial)
    return tuple(f"{one.number} {one.unit}" if one else "" for one in (found.low, found.high))  # type: ignore[return-value]


def of_isrctn(group: str, **limits: str) -> Trial:
    return record("ISRCTN10000017", {"/trial/participants/ageRange": group}, **limits)


@pytest.mark.parametrize(
    ("group", "limits", "found"),
    [
        ('"Neonate"', {}, ("", "28 Day")),
        ('"Neonate"', {"maximum_age": "14 Days"}, ("", "14 Day")),
        ('"Neonate"', {"minimum_age": "2 Days"}, ("2 Day", "28 Day")),
        ('"Child"', {}, ("29 Day", "17 Year")),
        ('"Adult"', {}, ("18 Year", "")),
        ('"Adult"', {"maximum_age": "16 Years"}, ("", "16 Year")),
        ('"Senior"', {}, ("66 Year", "")),
        ('["Child", "Adult"]', {}, ("29 Day", "")),
        ('["Adult", "Nobody"]', {}, ("", "")),
        ('"Mixed"', {}, ("", "")),
        ('"All"', {}, ("", "")),
    ],
)
def test_isrctns_groups_come_to_its_definitions(
    group: str, limits: dict[str, str], found: tuple[str, str]
) -> None:
    trial = of_isrctn(group, **limits)
    assert span(trial) == found
    assert age_words(trial)[0] in group


def of_ctis(*groups: str, narrower: str = "[]", **more: Any) -> Trial:
    at = "/authorizedApplication/populationOfTrialSubjects/ageRangeSecondaryIds"
    return record("2024-512345-67-00", {at: narrower}, std_ages=list(groups), **more)


def narrower(*codes: str) -> str:
    ages = (f'{{"ageRangeCategoryCode": "2", "ctAgeRangeCode": "{one}"}}' for one in codes)
    return f"[{', '.join(ages)}]"


@pytest.mark.parametrize(
    ("trial", "found", "words"),
    [
        (of_ctis("ADULT"), ("18 Year", "64 Year"), "18-64 years"),
        (of_ctis("ADULT", "OLDER_ADULT"), ("18 Year", ""), "18-64 years; 65+ years"),
        (of_ctis("CHILD"), ("", "17 Year"), "0-17 years"),
        (
            of_ctis("CHILD", narrower=narrower("2", "3")),
            ("", "23 Month"),
            "0-17 years: Newborns (0-27 days), Infants and toddlers (28 days-23 months)",
        ),
        (of_ctis("CHILD", narrower=narrower("5", "99")), ("", "17 Year"), "0-17 years"),
        (of_ctis(), ("", ""), ""),
    ],
)
def test_ctis_groups_come_to_the_years_in_their_words(
    trial: Trial, found: tuple[str, str], words: str
) -> None:
    assert span(trial) == found
    assert "; ".join(age_words(trial)) == words


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        (">= 20age old", "< 80age old", ("20 Year", "79 Year")),
        ("> 20 Years", "<= 80 years-old", ("20 Year", "80 Year")),
        ("18", "< soon", ("None ", "None ")),
        ("< 20age old", "> 80age old", ("None ", "None ")),
    ],
)
def test_limits_in_signs_are_read_where_they_leave_no_doubt(
    low: str, high: str, found: tuple[str, str]
) -> None:
    extra = {"/Inclusion_agemin": f'"{low}"', "/Inclusion_agemax": f'"{high}"'}
    assert span(record("jRCTs031200026", extra)) == found


def test_of_clinicaltrials_gov_groups_come_to_nothing() -> None:
    trial = record("NCT00000001", std_ages=["ADULT"], minimum_age="40 Years")
    assert (span(trial), age_words(trial)) == (("40 Year", ""), ())


def test_the_bar_ends_where_the_narrower_groups_do() -> None:
    spans = ages(of_ctis("CHILD", narrower=narrower("2", "3")))
    assert max(one.x + one.width for one in spans) == 2
    (whole,) = ages(of_ctis("CHILD", narrower=narrower("5", "99")))
    assert (whole.x, whole.width) == (0, 18)
