"""What an editor wrote and what the registry changed beside it are not in each other's way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_told_once import take
from versions import Record, edit, file_of, full_record, put, trial_of, without

ANN, BO = ({"name": name, "role": "CONTACT", "phone": "1"} for name in ("Ann Lee", "Bo"))


def people(day: int, *contacts: dict[str, str]) -> Record:
    record = full_record(f"2024-09-0{day}")
    record["protocolSection"]["contactsLocationsModule"]["centralContacts"] = [*contacts]
    return record if contacts else without(record, "contactsLocationsModule.centralContacts")


def names(content: Path) -> list[str | None]:
    return [one.name for one in trial_of(content).central_contacts]


def add(content: Path) -> None:
    edit(content, "central_contacts:\n", 'central_contacts:\n  - name: Ours\n    phone: "9"\n')


@pytest.mark.parametrize("left", [(), (BO,)])
def test_whom_an_editor_added_stays_when_all_others_go(
    tmp_path: Path, left: tuple[dict[str, str], ...]
) -> None:
    content = tmp_path / "content"
    put(content, people(1, ANN, *left))
    add(content)
    (arrival,) = put(content, people(2, *left))
    assert (arrival.conflicts, names(content)) == ((), ["Ours", *(one["name"] for one in left)])
    assert [one.entries for one in arrival.changes] == [("Ann Lee",)]
    (arrival,) = put(content, people(3, *left, ANN))
    assert arrival.conflicts == () and set(names(content)) >= {"Ours", "Ann Lee"}


def test_to_take_what_waits_takes_away_no_other_entry(tmp_path: Path) -> None:
    content = tmp_path / "content"
    put(content, people(1, ANN))
    edit(content, 'phone: "1"', 'phone: "2"')
    add(content)
    (arrival,) = put(content, people(2))
    assert [one.field for one in arrival.conflicts] == ["central_contacts"]
    assert sorted(filter(None, names(content))) == ["Ann Lee", "Ours"]
    taken = take(content, people(2), "central_contacts")
    assert names(content) == ["Ours"]
    assert [(one.field, one.old, one.new) for one in taken.undone] == [
        ("central_contacts.phone", "1", "2")
    ]
    assert "import_notes" not in file_of(content).read_text()


def test_a_list_that_an_editor_left_out_whole_waits_by_its_entries(tmp_path: Path) -> None:
    content = tmp_path / "content"
    put(content, people(1, ANN))
    text = file_of(content).read_text()
    block = text[text.index("central_contacts:\n") : text.index("locations:\n")]
    edit(content, block, "")
    assert names(content) == []
    (arrival,) = put(content, people(2, {**ANN, "phone": "2"}, BO))
    assert names(content) == ["Bo"]
    assert [one.field for one in arrival.conflicts] == ["central_contacts"]


def counted(day: int, count: int, kind: str) -> Record:
    said = {"enrollmentInfo": {"count": count, "type": kind}}
    return full_record(f"2024-09-0{day}", designModule=said)


def enrolled(content: Path) -> tuple[Any, Any]:
    found = trial_of(content).enrollment_info
    assert found
    return found.count, found.type and found.type.value


def test_a_number_that_the_registry_confirms_has_its_type(tmp_path: Path) -> None:
    content = tmp_path / "content"
    put(content, counted(1, 263, "ESTIMATED"))
    edit(content, "count: 263", "count: 99")
    (arrival,) = put(content, counted(2, 99, "ACTUAL"))
    assert (arrival.conflicts, enrolled(content)) == ((), (99, "ACTUAL"))
    assert [(one.old, one.new) for one in arrival.changes] == [
        ("263", "99"),
        ("ESTIMATED", "ACTUAL"),
    ]
    assert [(one.old, one.new) for one in arrival.already] == [("263", "99")]
    assert not arrival.decided


def test_a_number_that_waited_and_that_the_registry_comes_to_is_settled(tmp_path: Path) -> None:
    content = tmp_path / "content"
    put(content, counted(1, 263, "ESTIMATED"))
    edit(content, "count: 263", "count: 99")
    (arrival,) = put(content, counted(2, 100, "ESTIMATED"))
    assert len(arrival.conflicts) == 1
    (arrival,) = put(content, counted(3, 99, "ACTUAL"))
    assert (arrival.conflicts, enrolled(content)) == ((), (99, "ACTUAL"))
    assert "import_notes" not in file_of(content).read_text()


def test_the_type_of_another_number_is_not_that_of_the_editors(tmp_path: Path) -> None:
    content = tmp_path / "content"
    put(content, counted(1, 263, "ESTIMATED"))
    edit(content, "count: 263", "count: 98")
    (arrival,) = put(content, counted(2, 99, "ACTUAL"))
    assert (len(arrival.conflicts), enrolled(content)) == (1, (98, "ESTIMATED"))
