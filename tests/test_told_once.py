"""What the registry changed while an editor's own stood: told once a file has it, each change once,
however it was decided and whatever came meanwhile."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from versions import edit, file_of, full_record, put, site, trial_of

from trialpages.importing import import_records
from trialpages.keeping.conflicts import waiting
from trialpages.keeping.here import trials_here
from trialpages.updating.arrivals import Arrival, Policy, update_lines
from trialpages.updating.telling import conflict_lines, sides

CRITERIA = "Inclusion Criteria:\n\n* {}\n* Well\n\nExclusion Criteria:\n\n* Asthma"
FIELDS = ("brief_title", "eligibility_criteria", "locations")


def record(day: int, field: str, value: str) -> dict[str, Any]:
    """A record of which one field says a value."""
    modules: dict[str, dict[str, Any]] = {
        "brief_title": {"identificationModule": {"briefTitle": value}},
        "eligibility_criteria": {
            "eligibilityModule": {"eligibilityCriteria": CRITERIA.format(value)}
        },
        "locations": {
            "contactsLocationsModule": {
                "locations": [site("Alpha", "Ulm"), site("Charité", "Berlin", zip=value)]
            }
        },
    }
    return full_record(f"2024-09-0{day}", **modules[field])


def take(content: Path, record: dict[str, Any], field: str) -> Arrival:
    line = io.BytesIO(json.dumps(record).encode())
    (found,) = import_records(["-"], line, content, Policy.UPDATE, frozenset({field}))
    return found


def take_note_out(content: Path) -> None:
    path = file_of(content)
    text = re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", path.read_text())
    path.write_text(text)


def told(content: Path) -> list[tuple[str | None, str | None, str | None, str]]:
    return [(one.old, one.new, one.after, one.date) for one in trial_of(content).history]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("way", ["theirs", "theirs, note out", "note out", "other, note out"])
@pytest.mark.parametrize("is_last_taken", [True, False])
def test_a_conflict_taken_out_before_a_newer_version_is_told(
    tmp_path: Path, field: str, way: str, *, is_last_taken: bool
) -> None:
    """The registry says 10001, 10002, 10003; the editor 10007, until he decides."""
    content = tmp_path / "content"
    put(content, record(1, field, "10001"))
    edit(content, "10001", "10007")
    put(content, record(2, field, "10002"))
    assert "code: conflict" in file_of(content).read_text()
    if "theirs" in way or "other" in way:
        edit(content, "10007", "10002" if "theirs" in way else "10008")
    if "note out" in way:
        take_note_out(content)
    last = record(3, field, "10003")
    if not is_last_taken:
        put(content, last)
    take(content, last, field)
    put(content, last)
    first, second = "2024-09-01", "2024-09-02"
    assert told(content) == [
        ("10001", "10002", first, second),
        ("10002", "10003", second, "2024-09-03"),
    ]
    assert "code: conflict" not in file_of(content).read_text()
    kept = (content / "trials/.imported/NCT00000001").read_text()
    assert not re.search(r"\.(?:before|held|untold) ", kept), kept


@pytest.mark.parametrize("field", FIELDS)
def test_what_waited_through_two_versions_is_told_as_one_change(tmp_path: Path, field: str) -> None:
    content = tmp_path / "content"
    put(content, record(1, field, "10001"))
    edit(content, "10001", "10007")
    put(content, record(2, field, "10002"))
    take(content, record(3, field, "10003"), field)
    assert told(content) == [("10001", "10003", "2024-09-01", "2024-09-03")]


def at(day: int, *codes: str) -> dict[str, Any]:
    """A record with two places, A and B, of these codes."""
    places = [site(name, "Ulm", zip=code) for name, code in zip("AB", codes, strict=True)]
    return full_record(f"2024-09-0{day}", contactsLocationsModule={"locations": places})


@pytest.mark.parametrize("is_newer", [True, False])
def test_of_two_places_under_one_note_the_one_written_by_hand_is_told_too(
    tmp_path: Path, *, is_newer: bool
) -> None:
    content = tmp_path / "content"
    put(content, at(1, "10001", "20001"))
    edit(content, "10001", "10007")
    edit(content, "20001", "20007")
    put(content, at(2, "10002", "20002"))
    edit(content, "10007", "10002")
    last = at(3, "10002", "20003") if is_newer else at(2, "10002", "20002")
    take(content, last, "locations")
    new = "20003" if is_newer else "20002"
    assert sorted((old, now) for old, now, *_ in told(content)) == [
        ("10001", "10002"),
        ("20001", new),
    ]
    put(content, at(4, "10002", new))
    assert len(told(content)) == 2


def test_an_entry_in_which_the_registry_comes_round_to_the_editors_is_told_whole(
    tmp_path: Path,
) -> None:
    content = tmp_path / "content"
    put(content, at(1, "10001", "20001"))
    edit(content, "10001", "10007")
    edit(content, "20001", "20007")
    put(content, at(2, "10002", "20002"))
    put(content, at(3, "10007", "20002"))
    assert [(old, new) for old, new, *_ in told(content)] == [("10001", "10007")]


ALIKE: dict[str, Callable[[str], dict[str, Any]]] = {
    "overall_status": lambda said: {"statusModule": {"overallStatus": said}},
    "central_contacts": lambda said: {
        "contactsLocationsModule": {
            "centralContacts": [{"name": "Ann Lee", "role": "CONTACT", "phone": said}]
        }
    },
    "locations": lambda said: {
        "contactsLocationsModule": {
            "locations": [site("Alpha", "Ulm"), site("Charité", "Berlin", said)]
        }
    },
    "eligibility_criteria": lambda said: {
        "eligibilityModule": {"eligibilityCriteria": CRITERIA.format(said)}
    },
}


@pytest.mark.parametrize("field", ALIKE)
def test_what_the_registry_changes_to_what_the_file_says_is_told(
    tmp_path: Path, field: str
) -> None:
    content, last = tmp_path / "content", full_record("2024-09-02", **ALIKE[field]("SUSPENDED"))
    put(content, full_record("2024-09-01", **ALIKE[field]("TERMINATED")))
    edit(content, "TERMINATED", "SUSPENDED")
    (found,) = put(content, last)
    ((old, new, after, date),) = told(content)
    said = [text.upper() for text in (old or "", new or "")]
    assert (*said, after, date) == ("TERMINATED", "SUSPENDED", "2024-09-01", "2024-09-02")
    assert next(iter(update_lines([found]))).endswith("; this site said so already")
    put(content, last)
    assert len(told(content)) == 1


@pytest.mark.parametrize("is_elsewhere_too", [True, False])
@pytest.mark.parametrize("is_decided", [True, False])
def test_an_entry_that_comes_to_the_editors_words_in_two_steps_is_told_step_by_step(
    tmp_path: Path, *, is_decided: bool, is_elsewhere_too: bool
) -> None:
    """What changed twice while its note stood is one change."""

    def at(day: int, code: str) -> dict[str, Any]:
        places = [site("A", "Ulm", zip=code), site("B", "Ulm", zip="20001")]
        return full_record(f"2024-09-0{day}", contactsLocationsModule={"locations": places})

    content = tmp_path / "content"
    put(content, at(1, "10001"))
    edit(content, "10001", "10007")
    if is_elsewhere_too:
        edit(content, "20001", "20007")
    put(content, at(2, "10002"))
    if is_decided:
        take_note_out(content)
    put(content, at(3, "10007"))
    first, second, third = (f"2024-09-0{day}" for day in (1, 2, 3))
    steps = [("10001", "10002", first, second), ("10002", "10007", second, third)]
    assert told(content) == (steps if is_decided else [("10001", "10007", first, third)])


ANN = {"name": "Ann Lee", "role": "CONTACT", "email": "ann@example.org"}


def named(day: int, name: str, status: str = "RECRUITING", phone: str = "1") -> dict[str, Any]:
    """A record with a place that is known by whom one asks there."""
    place = site(name, "Berlin", status, contacts=[{**ANN, "phone": phone}])
    return full_record(f"2024-09-0{day}", contactsLocationsModule={"locations": [place]})


@pytest.mark.parametrize("is_taken", [True, False])
@pytest.mark.parametrize("more", [{"status": "COMPLETED"}, {"phone": "2"}])
@pytest.mark.parametrize("is_decided", [True, False])
def test_a_name_waits_or_stays_while_the_rest_of_its_place_goes_on(
    tmp_path: Path, more: dict[str, str], *, is_decided: bool, is_taken: bool
) -> None:
    content = tmp_path / "content"
    put(content, named(1, "Charité"))
    edit(content, "Charité", "Our Ward")
    put(content, named(2, "Alpha North"))
    if is_decided:
        take_note_out(content)
        put(content, named(2, "Alpha North"))
    last = named(3, "Alpha North", **more)
    put(content, last)
    ((_, new, after, _),) = of_rest = told(content)
    assert (new in more.values(), after) == (True, "2024-09-02")
    assert ("code: conflict" in file_of(content).read_text()) is not is_decided
    (found,) = waiting(trials_here(content).values()).overtaken if is_decided else [None]
    assert not found or [(one.old, one.new) for one in found.conflict.differing] == [
        ("Charité", "Alpha North")
    ]
    if is_taken:
        take(content, last, "locations")
    else:
        edit(content, "Our Ward", "Alpha North")
        put(content, last)
    assert told(content) == [*of_rest, ("Charité", "Alpha North", "2024-09-01", "2024-09-02")]


def test_a_criterion_that_was_decided_stays_while_others_go_on(tmp_path: Path) -> None:
    def at(day: int, age: str, last: str) -> dict[str, Any]:
        text = f"{CRITERIA.format(age)}\n* Fever\n* {last}"
        return full_record(f"2024-09-0{day}", eligibilityModule={"eligibilityCriteria": text})

    content = tmp_path / "content"
    put(content, at(1, "10001", "Cough"))
    edit(content, "10001", "10007")
    put(content, at(2, "10002", "Cough"))
    take_note_out(content)
    for day, last in ((3, "A cough"), (4, "Any cough")):
        put(content, at(day, "10002", last))
    take(content, at(4, "10002", "Any cough"), "eligibility_criteria")
    assert told(content) == [
        ("Cough", "A cough", "2024-09-02", "2024-09-03"),
        ("A cough", "Any cough", "2024-09-03", "2024-09-04"),
        ("10001", "10002", "2024-09-01", "2024-09-02"),
    ]


def test_all_new_sentences_below_one_heading_wait(tmp_path: Path) -> None:
    """Nothing tells two new sentences apart but their words; the editor's is another again."""
    content = tmp_path / "content"
    put(content, record(1, "eligibility_criteria", "10001"))
    edit(content, "10001", "10007")
    (found,) = put(content, record(2, "eligibility_criteria", "10002\n* Rich\n* Wise"))
    (conflict,) = found.conflicts
    for said in (conflict_lines(conflict), [side.change.new for side in sides(conflict)]):
        assert [word for word in ("10002", "Rich", "Wise") if word in f"{said}"] == [
            *("10002", "Rich", "Wise")
        ]


def test_a_name_that_stays_where_a_side_is_taken_is_not_taken_back(tmp_path: Path) -> None:
    """Of a contact of whom the registry has changed something else."""

    def contact(day: int, **more: str) -> dict[str, Any]:
        people = [{"name": "Ann Lee", "role": "CONTACT", **more}, {"name": "Bob", "phone": "9"}]
        return full_record(f"2024-09-0{day}", contactsLocationsModule={"centralContacts": people})

    content = tmp_path / "content"
    put(content, contact(1))
    edit(content, "Ann Lee", "Anne Leigh")
    put(content, contact(2, phone="7"))
    taken = take(content, contact(2, phone="7"), "central_contacts")
    assert taken.undone == ()
    assert '- name: Anne Leigh\n    role: CONTACT\n    phone: "7"\n' in file_of(content).read_text()


def test_of_several_parts_of_an_entry_each_has_its_days(tmp_path: Path) -> None:
    """A status of the second version and a postcode of the third; both waited."""
    content = tmp_path / "content"

    def at(day: int, status: str, code: str) -> dict[str, Any]:
        places = [site("Alpha", "Ulm", status, zip=code)]
        return full_record(f"2024-09-0{day}", contactsLocationsModule={"locations": places})

    put(content, at(1, "RECRUITING", "10001"))
    edit(content, "status: RECRUITING\n    city", "status: SUSPENDED\n    city")
    edit(content, "10001", "10007")
    put(content, at(2, "COMPLETED", "10001"))
    put(content, at(3, "COMPLETED", "10003"))
    take(content, at(3, "COMPLETED", "10003"), "locations")
    assert sorted(told(content)) == [
        ("10001", "10003", "2024-09-02", "2024-09-03"),
        ("RECRUITING", "COMPLETED", "2024-09-01", "2024-09-02"),
    ]


def test_of_whom_is_renamed_while_something_waits_it_is_known_when_that_came(
    tmp_path: Path,
) -> None:
    """A number of the second version; a name of the third, as the editor had written it."""

    def contact(day: int, name: str, phone: str) -> dict[str, Any]:
        people = [{"name": name, "phone": phone}, {"name": "Bob", "phone": "9"}]
        return full_record(f"2024-09-0{day}", contactsLocationsModule={"centralContacts": people})

    content = tmp_path / "content"
    put(content, contact(1, "Ann", "10001"))
    edit(content, "name: Ann\n", "name: Eve\n")
    edit(content, "10001", "10007")
    put(content, contact(2, "Ann", "10002"))
    put(content, contact(3, "Eve", "10002"))
    take(content, contact(3, "Eve", "10002"), "central_contacts")
    assert ("10001", "10002", "2024-09-01", "2024-09-02") in told(content)


def test_a_heading_keeps_its_blank_line_where_the_criterion_before_it_went(tmp_path: Path) -> None:
    """An own criterion stands first in the file."""
    content = tmp_path / "content"

    def criteria(*wanted: str) -> str:
        return "Inclusion Criteria:\n\n{}\n\nExclusion Criteria:\n\n* Asthma".format(
            "\n".join(f"* {one}" for one in wanted)
        )

    def version(day: int, *wanted: str) -> dict[str, Any]:
        said = {"eligibilityCriteria": criteria(*wanted)}
        return full_record(f"2024-09-0{day}", eligibilityModule=said)

    put(content, version(1, "Adult", "Migraine", "Well"))
    edit(content, "* Adult", "* Ours\n* Adult")
    put(content, version(2, "Adult", "Migraine"))
    assert trial_of(content).eligibility_criteria == criteria("Ours", "Adult", "Migraine")


def test_one_criterion_twice_is_told_twice(tmp_path: Path) -> None:
    """Each of its version, though both waited."""
    content = tmp_path / "content"

    def version(day: int, number: int) -> dict[str, Any]:
        said = CRITERIA.format("Adult" + "\n* As above" * number)
        return full_record(f"2024-09-0{day}", eligibilityModule={"eligibilityCriteria": said})

    put(content, version(1, 0))
    edit(content, "* Adult\n* Well", "* Ours")
    put(content, version(2, 1))
    put(content, version(3, 2))
    take(content, version(3, 2), "eligibility_criteria")
    assert sorted(told(content)) == [
        (None, "As above", f"2024-09-0{day}", f"2024-09-0{day + 1}") for day in (1, 2)
    ]


def test_a_value_that_waited_and_went_back_is_told_as_that(tmp_path: Path) -> None:
    """Each version's change, and none of it alone."""
    content = tmp_path / "content"

    def version(day: int, number: int, kind: str) -> dict[str, Any]:
        said = {"count": number, "type": kind}
        return full_record(f"2024-09-0{day}", designModule={"enrollmentInfo": said})

    put(content, version(1, 40, "ESTIMATED"))
    edit(content, "count: 40", "count: 44")
    put(content, version(2, 50, "ACTUAL"))
    put(content, version(3, 40, "ESTIMATED"))
    there, back = ("2024-09-01", "2024-09-02"), ("2024-09-02", "2024-09-03")
    assert told(content) == [
        ("40", "50", *there),
        ("ESTIMATED", "ACTUAL", *there),
        ("50", "40", *back),
        ("ACTUAL", "ESTIMATED", *back),
    ]


def test_what_was_left_as_it_was_is_not_called_an_editors(tmp_path: Path) -> None:
    """Of a text that was decided to stay, and whose other sentence changed after that."""
    content = tmp_path / "content"

    def version(day: int, *said: str) -> dict[str, Any]:
        return full_record(f"2024-09-0{day}", descriptionModule={"briefSummary": " ".join(said)})

    put(content, version(1, "Does rest help?", "We ask 40.", "Nobody knows."))
    edit(content, "Nobody knows.", "We want to know.")
    put(content, version(2, "Does much rest help?", "We ask 40.", "Nobody knows yet."))
    take_note_out(content)
    last = version(3, "Does much rest help?", "We ask 50.", "Nobody knows yet.")
    put(content, last)
    assert [one.new for one in take(content, last, "brief_summary").undone] == ["We want to know."]


def test_who_came_without_a_number_and_has_one_since_is_told_with_it(tmp_path: Path) -> None:
    """At a place that both added, with other people; both versions' change waited."""
    content = tmp_path / "content"

    def version(day: int, *people: dict[str, str]) -> dict[str, Any]:
        beta = [site("Beta", "Ulm", contacts=[*people])] if people else []
        places = [site("Alpha", "Ulm"), *beta]
        return full_record(f"2024-09-0{day}", contactsLocationsModule={"locations": places})

    put(content, version(1, {"name": "Bob", "phone": "1"}))
    edit(content, "name: Bob", "name: Eve")
    put(content, version(2, {"name": "Bob", "phone": "1"}, {"name": "Cem"}))
    last = version(3, {"name": "Bob", "phone": "1"}, {"name": "Cem", "phone": "7"})
    put(content, last)
    take(content, last, "locations")
    assert told(content) == [(None, "7", "2024-09-01", "2024-09-03")]
