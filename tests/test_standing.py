"""How lists say a trial's status and its countries."""

from __future__ import annotations

from typing import Any

import pytest
from sites import PROJECT

from trialpages.language.site_language import read_language
from trialpages.records.model import Trial, to_trial
from trialpages.trial.reading_facts import trial_facts
from trialpages.trial.sentences.spoken import Sentences
from trialpages.trial.standing import card_countries, status_said

STRINGS = {
    f"strings/{path.name}": path.read_text("utf-8")
    for path in (PROJECT / "templates/strings").glob("*.yaml")
}
ENGLISH, SPANISH = (read_language(code, STRINGS) for code in ("en", "es"))
TODAY = "2025-10-01"


def trial(status: str = "RECRUITING", **fields: Any) -> Trial:
    needed = {"nct_id": "NCT00000001", "brief_title": "Rest", "study_type": "INTERVENTIONAL"}
    return to_trial({**needed, "overall_status": status, **fields})


def places(*stands: tuple[str | None, str | None]) -> list[dict[str, str]]:
    fields = ({"country": country, "status": status} for country, status in stands)
    return [{key: value for key, value in one.items() if value} for one in fields]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (trial(status_verified_date="2025-05"), "Recruiting"),
        (trial(status_verified_date="2019-05"), "Recruiting when last checked, May 2019"),
        (
            trial(completion_date={"date": "2025-08"}, status_verified_date="2025-05"),
            "Recruiting when last checked, May 2025",
        ),
        (
            trial(last_update_post_date={"date": "2019-05-03"}),
            "Recruiting at the last update, 3 May 2019",
        ),
        (
            trial(status_verified_date="2019-05", last_update_post_date={"date": "2019-05-30"}),
            "Recruiting when last checked, May 2019",
        ),
        (
            trial(status_verified_date="2019-05", last_update_post_date={"date": "2019-06-01"}),
            "Recruiting at the last update, 1 June 2019",
        ),
        (trial(completion_date={"date": "2020"}), "Recruiting, but check first"),
        (trial("COMPLETED", status_verified_date="2019-05"), "Completed"),
        (trial("UNKNOWN", status_verified_date="2019-05"), "Unknown status"),
        (
            trial("NOT_YET_RECRUITING", status_verified_date="2019-05"),
            "Not yet recruiting when last checked, May 2019",
        ),
    ],
)
def test_a_status_is_said_flatly_only_without_a_doubt(record: Trial, said: str) -> None:
    assert status_said(trial_facts(record), TODAY, ENGLISH) == said


def test_it_is_said_in_the_sites_language() -> None:
    said = status_said(trial_facts(trial(status_verified_date="2019-05")), TODAY, SPANISH)
    assert said == "Recluta participantes según la última comprobación, mayo de 2019"


_MIXED = places(("Spain", "COMPLETED"), ("Peru", "RECRUITING"), ("Spain", "WITHDRAWN"))


@pytest.mark.parametrize(
    ("record", "words", "names", "closed"),
    [
        (trial(locations=_MIXED), "card_open_in", ("Peru",), 1),
        (trial("COMPLETED", locations=_MIXED), "card_countries", ("Spain", "Peru"), 0),
        (
            trial(locations=_MIXED, completion_date={"date": "2024", "type": "ACTUAL"}),
            "card_countries",
            ("Spain", "Peru"),
            0,
        ),
        (
            trial(locations=places(("Spain", "COMPLETED"), ("Peru", None))),
            "card_countries",
            ("Peru",),
            1,
        ),
        (trial(locations=places(("Spain", "COMPLETED"))), "card_countries", ("Spain",), 0),
        (
            trial(locations=places(("Spain", "RECRUITING"), ("Peru", None))),
            "card_countries",
            ("Spain", "Peru"),
            0,
        ),
        (
            trial(locations=places(("Spain", "RECRUITING"), ("Spain", "COMPLETED"))),
            "card_open_in",
            ("Spain",),
            0,
        ),
        (trial(), "card_countries", (), 0),
        (
            trial("ENROLLING_BY_INVITATION", locations=_MIXED),
            "card_countries",
            ("Spain", "Peru"),
            0,
        ),
        (
            trial(locations=places(("Turkey", "RECRUITING"), ("Türkiye", "COMPLETED"))),
            "card_open_in",
            ("Turkey (Türkiye)",),
            0,
        ),
    ],
)
def test_a_recruiting_trial_is_where_it_takes_people(
    record: Trial, words: str, names: tuple[str, ...], closed: int
) -> None:
    found = card_countries(trial_facts(record))
    assert (found.words, tuple(found.names), found.closed) == (words, names, closed)


@pytest.mark.parametrize(
    ("written", "is_older"),
    [
        ("2025-08-31", True),
        ("2025-08", True),
        ("2025-09-01", False),
        ("2025-09", False),
        ("2025", False),
        ("2030-01-01", False),
        (None, False),
    ],
)
def test_a_page_says_that_its_summary_is_older_than_its_record(
    written: str | None, *, is_older: bool
) -> None:
    plain = {"text": "We ask.", **({"date": written} if written else {})}
    record = trial(plain_language_summary=plain, last_update_post_date={"date": "2025-09-01"})
    said = Sentences(record, TODAY, ENGLISH).plain_older
    assert said.startswith("The record has changed since") is is_older
