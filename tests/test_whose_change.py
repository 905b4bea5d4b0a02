"""Of what waits for a person it is said rightly who changed what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_told_once import take_note_out
from versions import edit, file_of, full_record, put, site

from trialpages.changes.corrections import corrections
from trialpages.content.trial_folder import read_folder
from trialpages.importers.conflict import Conflict
from trialpages.keeping.conflicts import waiting
from trialpages.keeping.here import trials_here
from trialpages.records.as_imported import AsImported
from trialpages.updating.arrivals import Arrival
from trialpages.updating.telling import (
    COPIES,
    OF_GONE,
    THEIRS,
    YOURS,
    conflict_lines,
    sides,
    whose,
)


def conflict_of(content: Path, arrivals: tuple[Arrival, ...]) -> Conflict:
    """What an update tells of one field, and each later look at the file tells alike."""
    (told,) = arrivals[0].conflicts
    (again,) = waiting(trials_here(content).values()).conflicts
    assert conflict_lines(again.conflict) == conflict_lines(told)
    return told


def places(day: int, *states: str) -> dict[str, Any]:
    found = [site(name, "Ulm", state) for name, state in zip("ABC", states, strict=True)]
    return full_record(f"2024-09-0{day}", contactsLocationsModule={"locations": found})


def test_what_both_changed_in_one_of_two_places_is_not_the_editors_alone(tmp_path: Path) -> None:
    content = tmp_path / "content"
    put(content, places(1, "RECRUITING", "RECRUITING", "RECRUITING"))
    path = file_of(content)
    path.write_text(path.read_text().replace("status: RECRUITING\n    city", "status: X\n    city"))
    for state in ("SUSPENDED", "SUSPENDED", "WITHDRAWN"):
        edit(content, "status: X\n", f"status: {state}\n")
    now = places(2, "COMPLETED", "TERMINATED", "TERMINATED")
    found = [*sides(conflict_of(content, put(content, now)))]
    assert [(one.start, one.change.entries, one.other) for one in found] == [
        (THEIRS, ("A, Ulm, Germany",), "Suspended"),
        (THEIRS, ("B, Ulm, Germany",), "Suspended"),
        (THEIRS, ("C, Ulm, Germany",), "Withdrawn"),
    ]


@pytest.mark.parametrize(
    "names", [("Carmel Clinic (2)", "Carmel Clinic"), ("Carmel Clinic", "Carmel Clinic (2)")]
)
def test_a_name_that_begins_as_the_other_does_is_left_out_whole(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    def named(day: int, name: str) -> dict[str, Any]:
        module = {"locations": [site(name, "Haifa")]}
        return full_record(f"2024-09-0{day}", contactsLocationsModule=module)

    content = tmp_path / "content"
    put(content, named(1, names[0]))
    edit(content, f"facility: {names[0]}", "facility: Carmel Hospital")
    (side,) = sides(conflict_of(content, put(content, named(2, names[1]))))
    assert whose(side.change, side.words) == "Haifa, Germany"


def test_what_both_changed_alike_in_two_places_is_told_once(tmp_path: Path) -> None:
    content = tmp_path / "content"
    put(content, places(1, "RECRUITING", "RECRUITING", "RECRUITING"))
    path = file_of(content)
    path.write_text(path.read_text().replace("RECRUITING\n    city", "SUSPENDED\n    city"))
    now = places(2, "COMPLETED", "COMPLETED", "RECRUITING")
    (side,) = sides(conflict_of(content, put(content, now)))
    assert (side.start, len(side.change.entries), side.other) == (THEIRS, 2, "Suspended")


def test_a_person_who_waits_at_a_place_both_added_is_not_left_out(tmp_path: Path) -> None:
    def at(day: int, *more: dict[str, Any]) -> dict[str, Any]:
        every = [site("Charité", "Berlin"), *more]
        return full_record(f"2024-09-0{day}", contactsLocationsModule={"locations": every})

    content, ann = tmp_path / "content", {"name": "Ann", "role": "CONTACT", "phone": "1"}
    put(content, at(1))
    mine = site("Clinic", "Ulm", contacts=[{**ann, "phone": "2"}])
    lines = "".join(f"    {key}: {said}\n" for key, said in mine.items())
    edit(content, "locations:\n", f"locations:\n  - {lines.lstrip()}")
    bo = {"name": "Bo", "role": "PRINCIPAL_INVESTIGATOR"}
    put(content, at(2, site("Clinic", "Ulm", contacts=[ann, bo])))
    folder = read_folder(file_of(content))
    assert folder
    imported = AsImported(folder.base or {}, folder.said, folder.earlier)
    found = {one.change.field: one for one in corrections(folder.trial, imported)}
    assert found["locations.contacts"].is_earlier  # new at the registry
    assert not found["locations.contacts.phone"].is_earlier


def test_an_old_sentence_of_the_registrys_is_no_change_of_the_editors(tmp_path: Path) -> None:
    def at(day: int, *lines: str) -> dict[str, Any]:
        text = "Inclusion Criteria:\n\n" + "\n".join(f"* {line}" for line in lines)
        return full_record(f"2024-09-0{day}", eligibilityModule={"eligibilityCriteria": text})

    content = tmp_path / "content"
    put(content, at(1, "Adults of both sexes", "Speaks English", "No asthma"))
    edit(content, "No asthma", "No bad asthma")
    put(content, at(2, "Adults of all sexes", "Speaks English", "No asthma at all"))
    take_note_out(content)
    last = at(3, "Adults of all sexes", "Reads and speaks English", "No asthma at all")
    found = [*sides(conflict_of(content, put(content, last)))]
    said = [(one.start, one.change.new) for one in found]
    assert said == [(THEIRS, "Reads and speaks English"), (YOURS, "No bad asthma")]


def test_what_another_copy_of_a_version_says_is_no_change_of_the_registrys(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for title in ("Rest", "Sleep"):
        edit(content, "Rest", "Our rest") if title == "Sleep" else None
        said = put(content, full_record(identificationModule={"briefTitle": title}))
    found = conflict_of(content, said)
    assert [one.start for one in sides(found)] == [COPIES]
    assert "Another copy of this version differs" in file_of(content).read_text()
    (problem,) = said[0].problems
    assert "changed here, and another copy of the same version says something else" in (
        problem.message
    )
    later = full_record("2024-09-09", identificationModule={"briefTitle": "Deep sleep"})
    assert [one.start for one in sides(conflict_of(content, put(content, later)))] == [THEIRS]


def test_what_an_editor_changed_of_an_entry_that_is_gone_is_not_his_alone(tmp_path: Path) -> None:
    content = tmp_path / "content"

    def calling(day: int, *people: dict[str, str]) -> dict[str, Any]:
        contacts = {"centralContacts": [{"role": "CONTACT", **one} for one in people]}
        return full_record(f"2024-09-0{day}", contactsLocationsModule=contacts)

    ann, bo = {"name": "Ann", "email": "a@x.example"}, {"name": "Bo", "email": "b@x.example"}
    put(content, calling(1, ann, bo))
    edit(content, "a@x.example", "ann@x.example")
    conflict = conflict_of(content, put(content, calling(2, bo)))
    gone, mine = list(sides(conflict))
    assert (gone.start, mine.start, mine.is_mine) == (THEIRS, OF_GONE, True)
    assert mine.words.new == "ann@x.example"
