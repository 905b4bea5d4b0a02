"""Each line of a report's decisions has all three: what the registry said, says now, and yours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from test_keeping import Desk
from test_keeping import desk as desk
from test_report import DATES, _chapter, _report
from test_report_words import PLACE, _places, _with
from test_syncing import day, study

FAR = {**PLACE, "facility": "Ward", "city": "Lier", "zip": "1"}


def _first(desk: Desk, *places: dict[str, Any]) -> Path:
    desk.registry.days = [day(1, _places("2026-01-01", *places))]
    desk.call("fetch", "NCT00000001")
    return desk.trials / "NCT00000001.md"


def _then(desk: Desk, *places: dict[str, Any]) -> str:
    """What stands open of the decisions, and below that."""
    desk.registry.days = [day(2, _places("2026-01-02", *places))]
    desk.call("sync", "--report", "report.md")
    return re.sub("(?s)<details>.*?</details>", "", _report())


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_of_a_place_that_went_the_line_has_what_is_yours_there(desk: Desk) -> None:
    path = _first(desk, PLACE, FAR, {**PLACE, "city": "Mons", "zip": "3"})
    _edit(path, "facility: Alpha Clinic\n", "facility: Alpha Clinic\n    status: COMPLETED\n")
    _edit(path, "city: Mons\n", "city: Mons\n    contacts:\n      - name: Dr Kim\n")
    read = _then(desk, FAR)
    assert (
        "**no longer in the record** Alpha Clinic, Gent, Belgium; yours: status: **new** "
        "“Completed”\n"
    ) in read
    assert (
        "**no longer in the record** Alpha Clinic, Mons, Belgium; yours: contacts at the place: "
        "**added** Dr Kim\n"
    ) in read
    assert "You alone" not in read


def test_whom_both_named_at_a_place_is_told_of_both_in_one_line(desk: Desk) -> None:
    path = _first(desk, PLACE)
    _edit(path, "    country:", "    contacts:\n      - name: Ours\n    country:")
    read = _then(desk, {**PLACE, "contacts": [{"name": "Theirs"}]})
    assert "Gent, Belgium – Theirs; yours: contacts at the place: **added** Ours\n" in read


@pytest.mark.parametrize(
    ("new", "is_asked"),
    [
        ({"facility": "Other", "city": "Gent", "country": "Belgium"}, True),
        ({"facility": "Alpha Clinics", "city": "Brugge", "country": "Belgium"}, True),
        ({"facility": "Alpha Clinic", "city": "Columbus", "country": "United States"}, False),
        ({"facility": "Bethel", "city": "Brugge", "country": "Belgium"}, False),
    ],
)
def test_only_of_what_may_be_one_and_the_same_is_that_asked(
    desk: Desk, new: dict[str, Any], *, is_asked: bool
) -> None:
    path = _first(desk, PLACE, FAR)
    _edit(path, "facility: Alpha Clinic", "facility: Our Ward")
    read = _then(desk, {**new, "zip": "5"}, FAR)
    assert ("one and the same?" in read) == is_asked, read
    gone = "(`locations`): **no longer in the record** Alpha Clinic, Gent, Belgium; yours: name of"
    assert (gone in read) != is_asked, read


def test_a_name_in_another_order_is_a_like_one_where_the_town_is_another(desk: Desk) -> None:
    place = {**PLACE, "facility": "Sinai, Icahn School"}
    path = _first(desk, place, FAR)
    _edit(path, f"facility: {place['facility']}", "facility: Our Ward")
    now = {"facility": "School at Icahn Sinai", "city": "Brugge", "zip": "5"}
    assert "one and the same?" in _then(desk, {**now, "country": "Belgium"}, FAR)


def test_codes_of_places_are_no_like_names(desk: Desk) -> None:
    path = _first(desk, {**PLACE, "facility": "BEL02-0"}, FAR)
    _edit(path, "facility: BEL02-0", "facility: Our Ward")
    read = _then(desk, {**PLACE, "facility": "BEL12-0", "city": "Brugge", "zip": "5"}, FAR)
    assert "one and the same?" not in read


def test_what_is_asked_of_isnt_said_once_more_among_others(desk: Desk) -> None:
    other = {**PLACE, "facility": "Praxis", "city": "Mons", "zip": "3"}
    path = _first(desk, PLACE, other, FAR)
    _edit(path, "facility: Alpha Clinic", "facility: Our Ward")
    _edit(path, "facility: Praxis\n", "facility: Praxis\n    status: COMPLETED\n")
    read = _then(desk, {**PLACE, "facility": "New", "zip": "5"}, FAR)
    assert read.lower().count("no longer in the record: alpha clinic") == 1
    assert "**no longer in the record** Praxis, Mons, Belgium; yours:" in read
    assert "**no longer in the record** Alpha" not in read


def test_of_several_places_the_status_is_that_of_each(desk: Desk) -> None:
    _first(desk, FAR)
    said = {**PLACE, "status": "WITHDRAWN"}
    desk.call("sync", "--report", "first.md")
    _then(desk, FAR, said, {**said, "city": "Mons", "zip": "3"})
    assert "Belgium (each: Withdrawn)" in _report()


def test_a_place_that_comes_closed_is_not_told_as_one_that_opened(desk: Desk) -> None:
    _first(desk, FAR)
    desk.registry.days = [day(2, _places("2026-01-02", FAR, {**PLACE, "status": "WITHDRAWN"}))]
    assert "1 place added as closed or stopped" in desk.call("sync")[1]


def test_of_a_place_both_added_whose_people_wait_nothing_says_it_was_said(desk: Desk) -> None:
    path = _first(desk, FAR)
    lines = "".join(f"    {key}: {said}\n" for key, said in PLACE.items() if key != "zip")
    mine = f"  - {lines.lstrip()}    contacts:\n      - name: Ours\n"
    _edit(path, "locations:\n", f"locations:\n{mine}")
    desk.registry.days = [
        day(2, _places("2026-01-02", FAR, {**PLACE, "contacts": [{"name": "Theirs"}]}))
    ]
    said = desk.call("sync", "--report", "report.md")[1]
    assert "changed here too" in said
    assert "said so already" not in said + _report()


def test_a_typing_error_is_no_decision(desk: Desk) -> None:
    path = _first(desk, FAR)
    bad = desk.trials / "NCT00000002.md"
    bad.write_text(path.read_text().replace("overall_status:", "overall_statos:"))
    desk.call("sync", "--report", "report.md")
    report = _report()
    assert "**1 thing to be mended**" in report and "a decision" not in report
    assert "NCT00000002.md" in _chapter("To be mended")


def test_a_remark_that_speaks_of_what_was_stands_as_it_was_written(desk: Desk) -> None:
    path = _first(desk, {**FAR, "status": "RECRUITING"})
    _edit(path, "    status: RECRUITING", "    # call_them *soon*\n    status: RECRUITING")
    _then(desk, {**FAR, "status": "COMPLETED"})
    (said,) = re.findall("your remark at Ward, Lier, Belgium speaks of what was: .*", _report())
    assert "call_them *soon*`" in said and "\\" not in said


def test_dates_alone_are_counted_where_a_decision_stands_too(desk: Desk) -> None:
    desk.registry.days = [day(1, study(1))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Trial 1", "Ours"))
    desk.registry.days = [day(2, study(1, "2026-01-02", "Theirs"))]
    desk.call("sync", "--report", "first.md")
    text = re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", path.read_text())
    path.write_text(text)
    desk.call("sync", "--report", "second.md")
    desk.registry.days = [day(3, study(1, "2026-01-03", "Theirs"))]
    desk.call("sync", "--report", "report.md")
    assert "**1 with only dates and the like**" in _report()
    assert "NCT00000001" in _chapter(DATES) and "## Decided for yours, while" in _report()


def test_what_waits_of_a_place_is_nothing_else_alone(desk: Desk) -> None:
    """Of more than ten trials all is told in short."""
    desk.registry.days = [
        day(1, *(_with_title(number, "a", FAR, PLACE) for number in range(1, 13)))
    ]
    desk.call("fetch", *(f"NCT{number:08}" for number in range(1, 13)))
    desk.call("sync", "--report", "first.md")
    path = desk.trials / "NCT00000001.md"
    _edit(path, "facility: Ward", "facility: Ward\n    status: COMPLETED")
    newer = [
        _with_title(1, "b", PLACE),
        *(_with_title(number, "b", FAR, PLACE) for number in range(2, 13)),
    ]
    desk.registry.days = [day(2, *newer)]
    desk.call("sync", "--report", "report.md")
    short = _chapter("In short")
    (alone,) = re.findall(r"\*\*Something else alone\*\*: (.*)", short)
    assert "NCT00000001" not in alone and "NCT00000002" in alone
    assert "**Needs a decision**: NCT00000001 (places)" in short


def _with_title(number: int, said: str, *places: dict[str, Any]) -> dict[str, Any]:
    day_of = "2026-01-01" if said == "a" else "2026-01-02"
    record = _with(day_of, number, contactsLocationsModule={"locations": [*places]})
    record["protocolSection"]["identificationModule"]["acronym"] = said
    return record
