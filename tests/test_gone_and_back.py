"""A place that the registry takes away and brings back, one that both name, and where each stands
in its list."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from versions import edit, file_of, full_record, put, site, trial_of

from trialpages.changes.summary import in_short
from trialpages.importing import import_records
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.updating.arrivals import Arrival, Policy

FIRST, GONE, BACK = "2024-09-01", "2024-09-02", "2024-09-04"
ANN = {"name": "Ann", "role": "CONTACT", "phone": "1"}
CHARITE, CLINIC = site("Charité", "Berlin"), site("Clinic", "Ulm")


def come(content: Path, day: str, *places: dict[str, Any]) -> Arrival:
    modules = {"contactsLocationsModule": {"locations": list(places)}}
    (found,) = put(content, full_record(day, **modules))
    return found


def told(content: Path) -> list[tuple[ChangeKind | None, tuple[str, ...], str]]:
    return [(one.kind, one.entries, one.date) for one in trial_of(content).history]


def names(content: Path) -> list[str | None]:
    return [one.facility for one in trial_of(content).locations]


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("mine", ["Our clinic", "Clinic\n    status: SUSPENDED"])
def test_a_place_that_is_back_is_told_as_gone_and_back(
    tmp_path: Path, mine: str, *, is_kept: bool
) -> None:
    """Whether its editor had decided to keep it, or hadn't yet."""
    content = tmp_path / "content"
    come(content, FIRST, CHARITE, CLINIC)
    status = "\n    status: RECRUITING" if "status" in mine else ""
    edit(content, f"facility: Clinic{status}", f"facility: {mine}")
    assert come(content, GONE, CHARITE).conflicts
    if is_kept:
        text = re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", file_of(content).read_text())
        file_of(content).write_text(text)
    found = come(content, BACK, CHARITE, CLINIC)
    assert (found.conflicts, trial_of(content).import_notes) == ((), ())
    assert in_short(found.changes) == ("1 place gone and back",)
    ulm = ("Clinic, Ulm, Germany",)
    both = [(ChangeKind.REMOVED, ulm, GONE), (ChangeKind.ADDED, ulm, BACK)]
    assert told(content) == both
    assert names(content) == ["Charité", mine.partition("\n")[0]]
    assert come(content, "2024-09-05", CHARITE, {**CLINIC, "contacts": [ANN]}).conflicts == ()
    assert told(content)[:2] == both


def test_what_both_name_is_told_as_a_place_that_came(tmp_path: Path) -> None:
    """What of it only the registry says comes in; nobody can decide on coordinates."""
    content = tmp_path / "content"
    come(content, FIRST, CHARITE)
    people = "contacts:\n      - name: Ann\n        role: CONTACT\n        phone: '1'\n"
    ours = "facility: Clinic\n    status: RECRUITING\n    city: Ulm\n    country: Germany\n"
    edit(content, "locations:\n", f"locations:\n  - {ours}    {people}")
    point = {"lat": 48.4, "lon": 9.98}
    there = {**CLINIC, "contacts": [{**ANN, "phoneExt": "7"}], "geoPoint": point}
    (change,) = come(content, GONE, CHARITE, there).changes
    assert (change.kind, change.entries) == (ChangeKind.ADDED, ("Clinic, Ulm, Germany",))
    (place,) = (one for one in trial_of(content).locations if one.city == "Ulm")
    assert (place.geo_point is not None, place.contacts[0].phone_ext) == (True, "7")
    assert trial_of(content).import_notes == ()


def test_of_what_both_name_otherwise_that_alone_waits(tmp_path: Path) -> None:
    content = tmp_path / "content"
    come(content, FIRST, CHARITE)
    ours = "facility: Clinic\n    status: COMPLETED\n    city: Ulm\n    country: Germany\n"
    edit(content, "locations:\n", f"locations:\n  - {ours}")
    point = {"lat": 48.4, "lon": 9.98}
    outcome = come(content, GONE, CHARITE, {**CLINIC, "geoPoint": point})
    (waits,) = outcome.conflicts
    assert in_short(outcome.changes) == ("1 place added",)
    assert [one.field for one in waits.differing] == ["locations.status"]
    note = trial_of(content).import_notes[0].message
    assert "places, status (Clinic, Ulm, Germany): new Recruiting" in note
    assert "nothing" not in note


def test_a_place_stays_where_it_stands(tmp_path: Path) -> None:
    """All others are told otherwise by the registry; one of ours is called otherwise, one waits,
    one is gone there, one is only ours."""
    content = tmp_path / "content"
    every = [site(f"Site {at}", f"Town {at}", None) for at in range(6)]
    come(content, FIRST, *every)
    edit(content, "facility: Site 2", "facility: Our two")
    edit(content, "city: Town 3", "city: Town 3\n    status: COMPLETED")
    edit(content, "facility: Site 4", "facility: Our four")
    text = "  - facility: Only ours\n    city: Ulm\n    country: Germany\n  - facility: Site 5\n"
    edit(content, "  - facility: Site 5\n", text)
    newer = [{**one, "status": "RECRUITING"} for one in every if one["facility"] != "Site 4"]
    come(content, GONE, *newer)
    ours = ["Our two", "Site 3", "Our four", "Only ours", "Site 5"]
    assert names(content) == ["Site 0", "Site 1", *ours]


def test_of_places_of_one_name_the_postcode_tells_which_waits(tmp_path: Path) -> None:
    content = tmp_path / "content"
    places = [site("Research Site", "Ulm", zip=str(code)) for code in (1, 2)]
    come(content, FIRST, *places)
    before, _, after = file_of(content).read_text().rpartition("status: RECRUITING")
    file_of(content).write_text(f"{before}status: SUSPENDED{after}")
    last = {**places[1], "status": "COMPLETED"}
    found = come(content, GONE, places[0], last)
    (waits,) = found.conflicts
    name = "Research Site, Ulm, Germany, 2"
    assert [one.entries for one in (*waits.changes, *waits.mine)] == [(name,), (name,)]
    note = trial_of(content).import_notes[0].message
    assert f"places, status ({name}): Recruiting → Completed" in note
    edit(content, "status: SUSPENDED", "status: COMPLETED")
    come(content, BACK, places[0], last)
    assert told(content) == [(None, (name,), GONE)]


@pytest.mark.parametrize("way", ["written", "taken", "note out, changed again"])
def test_what_waited_is_told_of_the_version_that_brought_it(tmp_path: Path, way: str) -> None:
    """A version that came meanwhile changed nothing of it."""
    content = tmp_path / "content"
    come(content, FIRST, CHARITE, CLINIC)
    edit(content, "status: RECRUITING\n    city: Ulm", "status: SUSPENDED\n    city: Ulm")
    come(content, GONE, CHARITE, {**CLINIC, "status": "COMPLETED"})
    if way.startswith("note out"):
        text = re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", file_of(content).read_text())
        file_of(content).write_text(text)
    more = {**CHARITE, "zip": "1"}
    come(content, "2024-09-03", more, {**CLINIC, "status": "COMPLETED"})
    last = {**CLINIC, "status": "WITHDRAWN" if way.startswith("note out") else "COMPLETED"}
    if way == "written":
        edit(content, "status: SUSPENDED", "status: COMPLETED")
    take(content, BACK, more, last)
    found = [one for one in trial_of(content).history if one.field == "locations.status"]
    assert (found[0].new, found[0].after, found[0].date) == ("COMPLETED", FIRST, GONE)
    assert len(found) == (2 if way.startswith("note out") else 1)


def take(content: Path, day: str, *places: dict[str, Any]) -> None:
    modules = {"contactsLocationsModule": {"locations": list(places)}}
    line = io.BytesIO(json.dumps(full_record(day, **modules)).encode())
    list(import_records(["-"], line, content, Policy.UPDATE, frozenset({"locations"})))


@pytest.mark.parametrize("ours", ["Leeds", "Ulm"])
def test_what_both_left_out_may_be_what_an_editor_added_in_its_town_alone(
    tmp_path: Path, ours: str
) -> None:
    content = tmp_path / "content"
    come(content, FIRST, CHARITE, CLINIC)
    text = re.sub(r"(?m)^  - facility: Clinic\n(?:    .*\n)+", "", file_of(content).read_text())
    own = f"locations:\n  - facility: Our Hospice\n    city: {ours}\n    country: Germany\n"
    file_of(content).write_text(text.replace("locations:\n", own))
    found = come(content, GONE, CHARITE)
    assert bool(found.conflicts) == (ours == "Ulm")
    assert found.had_already == ("" if ours == "Ulm" else "this site said so already")
    assert names(content) == ["Our Hospice", "Charité"]


def test_what_an_editor_added_with_more_than_the_registry_adds_is_told_as_come(
    tmp_path: Path,
) -> None:
    content = tmp_path / "content"
    come(content, FIRST, CHARITE)
    more = "status: RECRUITING\n    contacts:\n      - name: Desk\n        phone: '1'\n"
    ours = f"facility: Clinic\n    city: Ulm\n    country: Germany\n    {more}"
    edit(content, "locations:\n", f"locations:\n  - {ours}")
    bare = site("Clinic", "Ulm", None)
    found = come(content, GONE, CHARITE, bare)
    assert (found.conflicts, in_short(found.changes)) == ((), ("1 place added",))
    assert [one.status is not None for one in trial_of(content).locations] == [True, True]
    found = come(content, BACK, CHARITE, {**bare, "status": "COMPLETED"})
    assert [one.field for one in found.conflicts] == ["locations"]
    assert told(content) == [(ChangeKind.ADDED, ("Clinic, Ulm, Germany",), GONE)]


def test_a_place_that_both_added_is_told_as_come_once(tmp_path: Path) -> None:
    """With two numbers of a contact there, of which the registry changes its own later."""

    def beta(phone: str, status: str = "RECRUITING") -> dict[str, Any]:
        return site("Beta", "Ulm", status, contacts=[{"name": "Ann", "phone": phone}])

    content = tmp_path / "content"
    come(content, "2024-09-01", site("Alpha", "Ulm"))
    ours = """locations:
  - facility: Beta
    status: RECRUITING
    city: Ulm
    country: Germany
    contacts:
      - name: Ann
        phone: "1"
"""
    edit(content, "locations:\n", ours)
    come(content, "2024-09-02", site("Alpha", "Ulm"), beta("2"))
    come(content, "2024-09-03", site("Alpha", "Ulm"), beta("3", "COMPLETED"))
    came = (ChangeKind.ADDED, ("Beta, Ulm, Germany",), "2024-09-02")
    assert told(content) == [came, (None, ("Beta, Ulm, Germany",), "2024-09-03")]


def _told_whole(content: Path) -> list[tuple[str | None, str | None, str | None, str]]:
    found = trial_of(content).history
    return [(one.old, one.new, one.after, one.date) for one in found if one.kind]


def test_what_goes_and_comes_says_what_it_said_then(tmp_path: Path) -> None:
    """Of a place whose status had changed while it waited, and is none when it is back."""
    content, beta = tmp_path / "content", site("Beta", "Ulm")
    days = [f"2024-09-0{number}" for number in range(1, 5)]
    come(content, days[0], beta, site("Alpha", "Ulm", "RECRUITING"))
    path = file_of(content)
    head, alpha, tail = path.read_text().partition("  - facility: Alpha\n")
    path.write_text(head + alpha + tail.replace("RECRUITING", "WITHDRAWN", 1))
    come(content, days[1], beta, site("Alpha", "Ulm", "COMPLETED"))
    come(content, days[2], beta)
    come(content, days[3], beta, site("Alpha", "Ulm", None))
    assert _told_whole(content) == [
        ("COMPLETED", None, days[1], days[2]),
        (None, None, days[2], days[3]),
    ]


def test_what_a_place_says_otherwise_than_before_it_went_is_of_all_that_time(
    tmp_path: Path,
) -> None:
    """Of one that was decided to stay, and is back stopped."""
    content, beta = tmp_path / "content", site("Beta", "Ulm")
    days = [f"2024-09-0{number}" for number in range(1, 4)]
    come(content, days[0], beta, site("Alpha", "Ulm", "COMPLETED"))
    edit(content, "status: COMPLETED", "status: WITHDRAWN")
    come(content, days[1], beta)
    path = file_of(content)
    path.write_text(re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", path.read_text()))
    come(content, days[2], beta, site("Alpha", "Ulm", "SUSPENDED"))
    edit(content, "status: WITHDRAWN", "status: SUSPENDED")
    come(content, "2024-09-05", beta, site("Alpha", "Ulm", "SUSPENDED"))
    (status,) = [one for one in trial_of(content).history if one.field == "locations.status"]
    assert (status.old, status.new) == ("COMPLETED", "SUSPENDED")
    assert (status.after, status.date) == (days[0], days[2])
