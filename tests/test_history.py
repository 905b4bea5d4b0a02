"""What changed in a record, in the words of the page and not of the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sites import PROJECT, build_site, trial_text

from trialpages.changes.extra import extra_changes, not_moved
from trialpages.changes.fields import REGISTRY_FIELDS, UNTOLD, kind_of
from trialpages.language.site_language import Language, read_language
from trialpages.records.checks import check_trial
from trialpages.records.model import Change, PartialDate, Trial, to_trial
from trialpages.trial.history import part_label, shown_change, versions

FILES = {
    f"strings/{code}.yaml": (PROJECT / f"templates/strings/{code}.yaml").read_text("utf-8")
    for code in ("en", "es")
}
ENGLISH, SPANISH = (read_language(code, FILES) for code in ("en", "es"))


def with_change(field: str, old: str, new: str) -> Trial:
    return with_history({"date": "2025-01", "field": field, "old": old, "new": new})


def with_history(*changes: dict[str, object]) -> Trial:
    fields = {"nct_id": "NCT00000001", "brief_title": "A", "overall_status": "COMPLETED"}
    return to_trial({**fields, "study_type": "OBSERVATIONAL", "history": list(changes)})


def told_paths(path: str) -> Iterator[str]:
    """Every place at which a change can be told, by its path."""
    if path in UNTOLD:
        return
    yield path
    kind = kind_of(path)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for field in msgspec.structs.fields(kind):
            yield from told_paths(f"{path}.{field.encode_name}")


@pytest.mark.parametrize("language", [ENGLISH, SPANISH], ids=["en", "es"])
def test_every_part_of_a_field_that_can_change_has_a_label(language: Language) -> None:
    parts = {path: part_label(path, language) for f in REGISTRY_FIELDS for path in told_paths(f)}
    assert len(parts) > 200
    assert [
        path
        for path, label in parts.items()
        if "_" in label or (label and label == path.rpartition(".")[2])
    ] == []


@pytest.mark.parametrize(
    ("field", "values", "said"),
    [
        ("overall_status", ("RECRUITING", "COMPLETED"), ("Status", "", "Recruiting", "Completed")),
        ("start_date.date", ("2024-07", "2024-07-03"), ("Start", "", "July 2024", "3 July 2024")),
        ("start_date.type", ("ESTIMATED", "ACTUAL"), ("Start", "Type", "Estimated", "Actual")),
        ("maximum_age", ("65 Years", "70 Years"), ("Oldest age", "", "65 Years", "70 Years")),
        ("healthy_volunteers", ("true", "false"), ("Healthy volunteers", "", "Yes", "No")),
        (
            "locations.status",
            ("RECRUITING", "WITHDRAWN"),
            ("Places", "Status", "Recruiting", "Withdrawn"),
        ),
        (
            "locations[3].status",  # as files of earlier versions of this program have it
            ("RECRUITING", "WITHDRAWN"),
            ("Places", "Status", "Recruiting", "Withdrawn"),
        ),
        ("phases", ("PHASE1", "PHASE2"), ("Phase", "", "Phase 1", "Phase 2")),
        ("results.outcomes", ("12", "13"), ("Results", "Outcome measures", "12", "13")),
        ("brief_title", ("A <b>", "a…"), ("Title", "", "A <b>", "a…")),
        ("overall_status", ("gone", "1 entry"), ("Status", "", "gone", "1 entry")),
        ("unheard_of.of", ("x", "y"), ("unheard_of.of", "of", "x", "y")),
    ],
)
def test_a_change_in_words(field: str, values: tuple[str, str], said: tuple[str, ...]) -> None:
    (version,) = versions(with_change(field, *values), ENGLISH)
    (change,) = version.changes
    assert (change.label, change.part, change.old, change.new) == said
    assert version.date == PartialDate("2025-01")


def test_a_change_without_an_old_value_has_none() -> None:
    trial = with_history({"date": "2025", "field": "sex", "new": "FEMALE"})
    ((shown,),) = (version.changes for version in versions(trial, SPANISH))
    assert (shown.old, shown.new) == (None, "Femenino")


def test_what_was_not_there_is_called_new_but_no_place_for_its_status() -> None:
    trial = with_history(
        {"date": "2025", "field": "why_stopped", "new": "Nobody came"},
        {"date": "2025", "field": "sex", "old": "FEMALE"},
        {"date": "2025", "field": "sex", "old": "FEMALE", "new": "ALL"},
        {
            "date": "2025",
            "field": "eligibility_criteria",
            "entries": ["Exclusion Criteria"],
            "new": "Flu",
        },
        {"date": "2025", "field": "locations.status", "entries": ["Ulm"], "new": "RECRUITING"},
    )
    ((version),) = versions(trial, ENGLISH)
    assert [shown.turn for shown in version.changes] == ["added", "removed", "", "added", ""]


def test_a_place_that_came_says_its_status_and_the_newest_version_is_first() -> None:
    came = {"field": "locations", "kind": "ADDED", "entries": ["Charité, Berlin"]}
    trial = with_history(
        {"date": "2024-05", "field": "sex", "new": "FEMALE"},
        {"date": "2025-01-02", **came, "new": "RECRUITING"},
    )
    newest, oldest = versions(trial, ENGLISH)
    (shown,) = newest.changes
    assert (shown.kind, shown.entries, shown.new) == ("added", ("Charité, Berlin",), "Recruiting")
    assert (newest.date, oldest.date) == ("2025-01-02", "2024-05")


@pytest.mark.parametrize(
    ("language", "between", "by"),
    [
        (ENGLISH, "Between 27 August 2025 and 11 March 2026", "By 11 March 2026"),
        (
            SPANISH,
            "Entre estas fechas: 27 de agosto de 2025 y 11 de marzo de 2026",
            "A más tardar: 11 de marzo de 2026",
        ),
    ],
    ids=["en", "es"],
)
def test_a_change_lies_between_two_versions_or_before_one(
    language: Language, between: str, by: str
) -> None:
    day: dict[str, object] = {"date": "2026-03-11", "field": "sex", "new": "ALL"}
    trial = with_history(day, {**day, "after": "2025-08-27", "old": "MALE"})
    assert [version.when.striptags() for version in versions(trial, language)] == [between, by]
    (undated,) = versions(with_history({**day, "date": "0001"}), language)
    assert "1" not in undated.when.striptags()


def test_the_page_shows_no_name_of_a_field(tmp_path: Path) -> None:
    history = """\
history:
  - date: 2025-01-02
    field: overall_status
    old: NOT_YET_RECRUITING
    new: RECRUITING
  - date: 2025-01-02
    field: enrollment_info.count
    old: "40"
    new: "60"
"""
    text = trial_text().replace("study_type:", f"{history}study_type:")
    build_site(tmp_path, {"trials/NCT00000001.md": text})
    page = (tmp_path / "site/trials/NCT00000001.html").read_text("utf-8")
    section = page.split('<section id="history">')[1].split("</section>")[0]
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", section))
    assert "By 2 January 2025 Status Before Not yet recruiting After Recruiting" in shown
    assert "Number of people Before 40 After 60" in shown
    assert "_" not in shown


def test_of_a_part_that_is_gone_it_is_said_that_there_is_none_now(tmp_path: Path) -> None:
    change = (
        'history:\n  - date: "2025-01"\n    field: locations.status\n    entries:\n      - Ward\n'
        "    old: RECRUITING\n"
    )
    text = trial_text().replace("study_type", f"{change}study_type")
    build_site(tmp_path, {"trials/NCT00000001.md": text})
    page = (tmp_path / "site/trials/NCT00000001.html").read_text()
    told = re.sub(r"<[^>]+>", " ", page.partition('id="history"')[2].partition("</section>")[0])
    assert "Before Recruiting After no longer in the record" in " ".join(told.split())


def test_a_day_after_which_nothing_can_have_come_is_not_said_but_warned_of() -> None:
    change = {"date": "2020-01-01", "field": "brief_title", "old": "A", "new": "B"}
    wrong = with_history({**change, "after": "2030-05"})
    (version,) = versions(wrong, ENGLISH)
    assert version.when.striptags() == "By 1 January 2020"
    found = check_trial(wrong, "NCT00000001.md")
    (warning,) = (one for one in found if one.code == "history-dates")
    assert warning.severity == "warning"
    assert warning.where and warning.where.field == ("history", 0, "after")
    right = with_history({**change, "after": "2019-05"})
    (version,) = versions(right, ENGLISH)
    assert version.when.striptags() == "Between May 2019 and 1 January 2020"
    assert "history-dates" not in {one.code for one in check_trial(right, "NCT00000001.md")}


# --- what has no field --------------------------------------------------------------------------

DAY = PartialDate("2026-03-01")
_STATES = "/authorizedApplication/memberStatesConcerned"
_SITES = [{"id": "1", "name": "North"}, {"id": "2", "name": "South"}]


def _told(old: Any, new: Any) -> list[tuple[tuple[str, ...], str | None, str | None]]:
    found = extra_changes({_STATES: json.dumps(old)}, {_STATES: json.dumps(new)}, DAY)
    return [(one.entries, one.old, one.new) for one in found]


def test_of_a_list_that_no_field_takes_the_word_is_told_that_differs() -> None:
    old = [{"mscName": one, "mscId": at, "code": "4"} for at, one in enumerate(("Italy", "Spain"))]
    new = [{**old[1], "code": "6"}, {**old[0], "mscId": 9}]
    assert _told(old, new) == [((f"{_STATES}/code – Spain",), '"4"', '"6"')]


def test_an_entry_that_no_field_takes_comes_and_goes_as_a_whole() -> None:
    assert _told(_SITES, _SITES[:1]) == [
        ((f"{_STATES} – South",), '{"id": "2", "name": "South"}', None)
    ]
    twice = [{"id": "1", "name": "East"}, *_SITES]  # a number that is no one's alone
    assert [entries for entries, _, _ in _told(_SITES, twice)] == [(f"{_STATES} – East",)]
    assert _told(["a"], ["a", "b"]) == [((_STATES,), '["a"]', '["a", "b"]')]


def test_a_list_that_is_another_in_too_much_is_told_as_one() -> None:
    many = [[{"id": str(at), "text": text} for at in range(90)] for text in "ab"]
    assert [entries for entries, _, _ in _told(*many)] == [(_STATES,)]


def test_a_page_tells_it_in_words() -> None:
    change = Change(
        date=DAY,
        field="extra",
        entries=(f"{_STATES}/mscPublicStatusCode – Poland",),
        old='"4"',
        new='"6"',
    )
    shown = shown_change(change, ENGLISH)
    assert (shown.part, shown.entries) == (
        "Member states concerned, msc public status code",
        ("Poland",),
    )
    assert (shown.old, shown.new) == ("Ongoing, recruiting (4)", "Temporarily halted (6)")


def _with_phone(phone: str) -> Trial:
    fields = {"nct_id": "NCT00000001", "brief_title": "A", "overall_status": "COMPLETED"}
    people = [{"name": "Ada", "phone": phone}]
    return to_trial({**fields, "study_type": "OBSERVATIONAL", "central_contacts": people})


def test_what_moved_between_extra_and_a_field_is_no_change() -> None:
    """A place has its contact's number twice: once that changes, the other is no news."""
    site = {"name": "Ward", "phone": "+3216343972"}
    old, new = {_STATES: json.dumps([{"name": "Ward"}])}, {_STATES: json.dumps([site])}
    (came,) = extra_changes(old, new, DAY)
    before, after = map(_with_phone, ("+3216343972", "+3216000000"))
    assert [*not_moved([came], before, after)] == []
    assert [*not_moved([came], after, after)] == [came]
