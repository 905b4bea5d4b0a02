"""Where an editor says something else than the registry, the page says so, with both."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser
from sites import build_site, write_files
from versions import ID, full_record, site

from trialpages.audit.content import audit_content
from trialpages.changes.entries import in_place
from trialpages.changes.identities import IDENTITIES
from trialpages.content import writing
from trialpages.content.trial_folder import number_in
from trialpages.content.writing import NOTE
from trialpages.importers.found import Found
from trialpages.importing import carry_out, plan_records
from trialpages.problems import ContentFailure
from trialpages.records.as_imported import read_as_imported, value_digest
from trialpages.updating.arrivals import Policy

PAGE = f"site/trials/{ID}.html"


def put(project: Path, record: dict[str, Any]) -> None:
    found = [Found("here", record)]
    for planned in plan_records(found, project / "content", Policy.UPDATE):
        assert carry_out(planned).state in ("new", "updated", "unchanged")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(tmp_path / "content", {"site.yaml": "title: T\n"})
    places = [site("Charité", "Berlin"), site("Clinic", "Ulm")]
    put(tmp_path, full_record(contactsLocationsModule={"locations": places}))
    return tmp_path


def edit(project: Path, old: str, new: str) -> None:
    path = project / f"content/trials/{ID}.md"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def told(project: Path) -> list[str]:
    """What the page says of corrections: what the first screen and the sections name, and what
    stands in the record's section."""
    build_site(project)
    page = LexborHTMLParser((project / PAGE).read_text())
    signs, listed = page.css(".corrected"), page.css("#corrections + p + ul.changes > li")
    return [" ".join(one.text().split()) for one in (*signs, *listed)]


def test_a_page_of_a_record_as_it_came_tells_nothing(project: Path) -> None:
    assert told(project) == []
    edit(project, "---\n\n", "reviewed: 2025-01-01\n---\n\n")  # an editor's own field
    assert told(project) == []


def test_a_correction_stands_with_the_registrys_word(project: Path) -> None:
    told(project)
    edit(project, "overall_status: RECRUITING", "overall_status: COMPLETED")
    edit(project, "facility: Clinic", "facility: Our clinic")
    edit(project, "facility: Charité", "facility: Ward")
    edit(project, "city: Berlin", "city: Bonn")
    edit(project, "count: 40", "count: 41")
    assert told(project) == [
        "Corrected by this site: Status, Number of people, Places. What the registry says",
        "Corrected by this site: Places. What the registry says",
        "Status The registry says Recruiting This site says Completed",
        "Number of people The registry says 40 This site says 41",
        "Places Charité, Berlin, Germany Left out by this site Status: Recruiting "
        "Ward, Bonn, Germany Added by this site Status: Recruiting "
        "Name of the place: Our clinic, Ulm, Germany The registry says Clinic "
        "This site says Our clinic",
    ]
    edit(project, "count: 41", "count: 40")
    assert "Number" not in " ".join(told(project))


def test_what_is_called_otherwise_at_its_place_is_no_other_place(project: Path) -> None:
    edit(project, "facility: Charité", "facility: University Hospital")
    assert told(project)[2:] == [
        "Places Name of the place: University Hospital, Berlin, Germany The registry says Charité "
        "This site says University Hospital"
    ]


def test_what_is_called_otherwise_is_known_in_another_order_too() -> None:
    def place(name: str, zip_code: str, city: str = "Bonn") -> dict[str, Any]:
        return {"facility": name, "zip": zip_code, "city": city, "country": "Germany"}

    old = [place("A", "1"), place("B", "2"), place("C", "3", "Ulm"), place("D", "4", "Jena")]
    new = [old[3], old[0], place("Ward", "3", "Ulm"), old[1]]
    assert in_place(old, new, IDENTITIES["locations"]).gone == ()
    other = [old[3], old[0], place("Ward", "5", "Ulm"), old[1]]
    assert in_place(old, other, IDENTITIES["locations"]).gone == (2,)


def test_an_order_or_a_line_broken_elsewhere_is_no_correction(project: Path) -> None:
    edit(project, "Nobody knows. We ask.", "Nobody knows.\nWe ask.")
    assert told(project) == []


def test_what_the_registry_takes_over_is_a_correction_no_more(project: Path) -> None:
    edit(project, "count: 40", "count: 41")
    assert len(told(project)) == 2
    design = {"enrollmentInfo": {"count": 41, "type": "ESTIMATED"}}
    put(project, full_record("2024-09-01", designModule=design))
    assert told(project) == []


def test_a_history_says_that_it_leaves_out_what_is_not_taken_over(project: Path) -> None:
    def history() -> str:
        build_site(project)
        (part,) = LexborHTMLParser((project / PAGE).read_text()).css("#history")
        return part.text()

    put(project, full_record("2024-09-01", statusModule={"overallStatus": "COMPLETED"}))
    assert "is left out" not in history()
    edit(project, "count: 40", "count: 41")
    assert "A change that isn’t taken over here is left out: Where this site says" in history()


def test_what_came_is_looked_at_where_it_changed_alone(project: Path) -> None:
    edit(project, "count: 40", "count: 41")
    came = project / "content/trials/.imported"
    shutil.move(came, project / "elsewhere")
    assert told(project) == []
    for _ in range(2):  # nothing else is to be done the second time
        lost = [one for one in build_site(project).warnings if one.code == "no-base"]
        assert [f"missing for {ID}" in one.message for one in lost] == [True]
    shutil.move(project / "elsewhere", came)
    assert len(told(project)) == 2
    assert "no-base" not in {one.code for one in build_site(project).warnings}


def test_what_a_killed_run_left_half_written_tells_no_corrections(project: Path) -> None:
    edit(project, "count: 40", "count: 41")
    assert len(told(project)) == 2
    note = project / "content/trials" / NOTE
    note.write_bytes(msgspec.msgpack.encode([[f".imported/{ID}", b"x"], [f"{ID}.md", b"y"]]))
    assert told(project) == []
    for _ in range(2):  # nothing else is to be done the second time
        odd = [one for one in build_site(project).warnings if one.code == "unfinished"]
        assert [f"a trial ({ID}.md)" in one.message for one in odd] == [True]
    note.write_bytes(msgspec.msgpack.encode([["NCT00000009.md", b"x"]]))
    assert len(told(project)) == 2


@pytest.mark.parametrize("at", range(1, 5))
def test_a_run_killed_at_any_file_leaves_what_is_the_editors_told_as_such(
    project: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """The note comes first, then what was imported, then the trial, then the note goes."""
    edit(project, "overall_status: RECRUITING", "overall_status: SUSPENDED")
    before = told(project)
    assert any("Suspended" in one for one in before), before
    writes = []

    def written(change: writing.FileChange) -> None:
        writes.append(change)
        if len(writes) == at:
            raise KeyboardInterrupt
        writing._write(change)

    monkeypatch.setattr(writing, "write", written)
    newer = full_record("2025-02-01", designModule={"enrollmentInfo": {"count": 99}})
    with pytest.raises(KeyboardInterrupt):
        put(project, newer)
    assert (project / "content/trials" / NOTE).exists() == (at > 1)
    assert told(project) == before


@pytest.mark.parametrize("edited", ["facility: Clinic\n    zip: 89073", "facility: Our Ward"])
@pytest.mark.parametrize("is_open", [True, False])
def test_what_the_registry_took_away_was_not_added_here(
    project: Path, edited: str, *, is_open: bool
) -> None:
    edit(project, "facility: Clinic", edited)
    edit(
        project,
        "locations:\n",
        "locations:\n  - facility: Ours\n    city: Bern\n"
        "    country: Swiss\n    status: RECRUITING\n",
    )
    newer = full_record(contactsLocationsModule={"locations": [site("Charité", "Berlin")]})
    newer["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"] = {"date": "2025-02-01"}
    put(project, newer)
    path = project / f"content/trials/{ID}.md"
    assert "import_notes" in path.read_text()
    if not is_open:
        path.write_text(re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", path.read_text()))
    said = " ".join(told(project))
    assert said.count("Not in the registry’s record now; this site still shows it") == 1, said
    assert said.count("Swiss Added by this site") == 1, said
    assert not re.search("(Clinic|Our Ward), Ulm, Germany Added", said.replace("code: Clinic", ""))
    marked = json.loads((project / f"site/trials/{ID}.json").read_text())["correctedHere"]
    found = [(one["kind"], one["registry"]) for one in marked["corrections"] if one["entries"]]
    assert ("kept", None) in found and ("added", None) in found, found


def without_values(project: Path) -> None:
    """As earlier versions of this program wrote what came."""
    base = project / f"content/trials/.imported/{ID}"
    lines = [line.split(" ")[:2] for line in base.read_text().splitlines() if line[:5] != "file "]
    base.write_text("".join(f"{' '.join(line)}\n" for line in lines))


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize("is_known", [True, False])
def test_a_whole_field_that_the_registry_took_away_was_not_added_here(
    tmp_path: Path, *, is_known: bool, is_open: bool
) -> None:
    write_files(tmp_path / "content", {"site.yaml": "title: T\n"})
    contact = {"name": "Kim Ross", "role": "CONTACT", "phone": "1"}
    module, said = {"centralContacts": [contact]}, {"whyStopped": "No money"}
    put(tmp_path, full_record(contactsLocationsModule=module, statusModule=said))
    edit(tmp_path, "phone: ", "phone: 00")
    edit(tmp_path, "No money", "Money ran out")
    if not is_known:
        without_values(tmp_path)
    newer = full_record("2025-02-01")
    del newer["protocolSection"]["contactsLocationsModule"]["centralContacts"]
    put(tmp_path, newer)
    put(tmp_path, newer)
    path = tmp_path / f"content/trials/{ID}.md"
    assert path.read_text().count("code: conflict") == 2
    if not is_open:
        path.write_text(re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", path.read_text()))
    told_here = " ".join(told(tmp_path))
    assert told_here.count("Not in the registry’s record now") == 2, told_here
    if is_known:
        assert "The registry said No money This site says Money ran out" in told_here
        assert not re.search("still shows it (No money|1 )", told_here), told_here
    assert "Added by this site" not in told_here


def test_a_criterion_that_the_registry_took_away_was_not_added_here(project: Path) -> None:
    edit(project, "* Other headaches", "* Any other headache\n* Fever")
    newer = full_record("2025-02-01")
    eligibility = newer["protocolSection"]["eligibilityModule"]
    text = eligibility["eligibilityCriteria"].replace("\n2. Migraine for a year", "")
    text = text.replace("Other headaches", "Every other headache")  # so the whole text waits
    eligibility["eligibilityCriteria"] = text
    put(project, newer)
    said = " ".join(told(project))
    assert "Not in the registry’s record now; this site still shows it Migraine for a year" in said
    assert "Added by this site Fever" in said


@pytest.mark.parametrize("own", ["* Fever\n* Other headaches", "* Other headaches\n* Fever"])
@pytest.mark.parametrize("now", ["Any pain of another kind in the last year", ""])
def test_beside_a_criterion_of_the_editors_the_registrys_stays_the_registrys(
    project: Path, own: str, now: str
) -> None:
    edit(project, "* Other headaches", own)
    newer = full_record("2025-02-01")
    eligibility = newer["protocolSection"]["eligibilityModule"]
    text = eligibility["eligibilityCriteria"]
    words = ("Other headaches", now) if now else ("\n* Other headaches", "")
    eligibility["eligibilityCriteria"] = text.replace(*words)
    put(project, newer)
    said = " ".join(told(project))
    dropped = "Not in the registry’s record now; this site still shows it Other headaches"
    renewed = f"The registry says now {now} This site still says Other headaches"
    assert (renewed if now else dropped) in said, said
    assert (said.count("Added by this site"), said.count("New at")) == (1, 0), said
    assert "Added by this site Fever" in said


def test_a_conflict_is_told_with_both_sides(project: Path) -> None:
    edit(project, "count: 40", "count: 41")
    design = {"enrollmentInfo": {"count": 60, "type": "ESTIMATED"}}
    put(project, full_record("2024-09-01", designModule=design))
    assert told(project)[1:] == [
        "Number of people The registry says something else; it isn’t decided yet which is right. "
        "The registry says 60 This site says 41"
    ]


@pytest.mark.parametrize("is_open", [True, False])
def test_of_a_text_in_conflict_what_only_the_registry_changed_is_not_the_editors(
    project: Path, *, is_open: bool
) -> None:
    edit(project, "* Other headaches", "* Any other headache\n* Fever")
    newer = full_record("2025-02-01")
    eligibility = newer["protocolSection"]["eligibilityModule"]
    text = eligibility["eligibilityCriteria"]
    text = text.replace("Other headaches", "Every other headache")
    text = text.replace("Migraine for a year", "Migraine for two years\n3. Sleeps well")
    eligibility["eligibilityCriteria"] = text
    put(project, newer)
    if not is_open:
        path = project / f"content/trials/{ID}.md"
        path.write_text(re.sub(r"import_notes:\n(?:  .*\n)+", "", path.read_text()))
    said = told(project)
    waits, own = (said[-2], said[-1]) if is_open else (said[-1], said[-1])
    assert "The registry says now Migraine for two years This site still says Migraine" in waits
    assert "New at the registry, and not on this site Sleeps well" in waits
    assert "The registry says Every other headache This site says Any other headache" in waits
    assert "Added by this site Fever" in own
    assert ("Fever" in waits, "isn’t decided" in waits) == (not is_open, is_open)
    assert "isn’t decided" not in own
    marked = json.loads((project / f"site/trials/{ID}.json").read_text())["correctedHere"]
    kinds = {one["here"]: (one["kind"], one["undecided"]) for one in marked["corrections"]}
    assert kinds == {
        "Any other headache": ("changed", is_open),
        "Fever": ("changed", False),
        "Migraine for a year": ("earlier", is_open),
        None: ("earlier", is_open),
    }


def test_of_a_list_in_conflict_the_editors_other_entries_are_no_conflict(project: Path) -> None:
    edit(project, "facility: Charité", "facility: Our Charité")
    edit(project, "facility: Clinic", "facility: Our clinic")
    places = [site("Charité", "Berlin"), site("Clinic", "Ulm", zip="89073")]
    put(project, full_record("2024-09-01", contactsLocationsModule={"locations": places}))
    listed = told(project)[-2:]
    assert "Our Charité" not in listed[0] and "Our clinic" in listed[0]
    assert "isn’t decided" in listed[0] and "isn’t decided" not in listed[1]
    assert "Our Charité" in listed[1] and "Our clinic" not in listed[1]
    assert "The registry says 89073 This site says nothing" in listed[0]
    assert "The registry says Clinic This site says Our clinic" in listed[0]


def test_of_a_place_in_conflict_what_the_registry_left_alone_is_the_editors(project: Path) -> None:
    edit(project, "facility: Charité", "facility: Our Charité")
    places = [site("Charité", "Berlin", "COMPLETED"), site("Clinic", "Ulm")]
    path = project / f"content/trials/{ID}.md"
    path.write_text(path.read_text().replace("    status: RECRUITING", "    status: SUSPENDED", 1))
    put(project, full_record("2024-09-01", contactsLocationsModule={"locations": places}))
    listed = told(project)[-2:]
    assert "isn’t decided" in listed[0] and "isn’t decided" not in listed[1]
    assert "Suspended" in listed[0] and "Our Charité" not in listed[0].replace("Our Charité,", "")
    assert "This site says Our Charité" in listed[1]


def test_a_position_of_the_editors_is_theirs_and_the_registrys_tells_nothing(
    project: Path,
) -> None:
    def came(day: str, lat: float, status: str = "RECRUITING") -> dict[str, Any]:
        places = [
            site("Charité", "Berlin", status, geoPoint={"lat": lat, "lon": 13.25}),
            site("Clinic", "Ulm", status, geoPoint={"lat": lat, "lon": 9.5}),
        ]
        return full_record(day, contactsLocationsModule={"locations": places})

    put(project, came("2024-09-01", 52.5))
    edit(project, "lat: 52.5", "lat: 52.75")
    line = (
        "Places Position on the map: Charité, Berlin, Germany The registry says 52.5, 13.25 "
        "This site says 52.75, 13.25"
    )
    assert told(project)[2:] == [line]
    edit(project, "status: RECRUITING\n    city: Ulm", "status: SUSPENDED\n    city: Ulm")
    put(project, came("2024-10-01", 52.25, "COMPLETED"))
    listed = " ".join(told(project)[2:])
    assert "Suspended" in listed and "This site says 52.75, 13.25" in listed
    assert listed.count("Position on the map") == 1, listed


def test_a_page_counts_no_open_places_while_one_of_them_is_undecided(project: Path) -> None:
    now = [site("Charité", "Berlin", "COMPLETED"), site("Clinic", "Ulm", "COMPLETED")]
    closed = full_record("2024-09-01", contactsLocationsModule={"locations": now})
    edit(project, "    status: RECRUITING", "    status: SUSPENDED")
    build_site(project)
    assert "1 of 2 places is listed as taking people" in (project / PAGE).read_text()
    put(project, closed)
    build_site(project)
    page = (project / PAGE).read_text()
    assert "isn’t decided" in page
    assert not re.search("places? (?:takes?|took|are listed|is listed)", page)


@pytest.mark.parametrize(
    "line",
    [
        "enrollment_info 0123456789ab",  # as earlier versions kept it
        'enrollment_info 0123456789ab {"count": 9}',  # of another value
        'enrollment_info {digest} {"count": []}',
        "enrollment_info 0123456789ab [[[[[[[[[[",
    ],
)
def test_nothing_is_told_of_what_isnt_known(project: Path, line: str) -> None:
    from trialpages.records.as_imported import value_digest

    edit(project, "count: 40", "count: 41")
    base = project / f"content/trials/.imported/{ID}"
    line = line.replace("{digest}", value_digest({"count": []}))
    base.write_text(re.sub(r"enrollment_info .*", lambda _: line, base.read_text()))
    assert told(project) == []


def test_what_a_link_leads_to_is_never_published(project: Path) -> None:
    edit(project, "count: 40", "count: 41")
    came = project / "content/trials/.imported"
    shutil.move(came, project / "elsewhere")
    came.symlink_to(project / "elsewhere")
    with pytest.raises(ContentFailure, match="a link"):
        told(project)
    came.unlink()
    came.mkdir()
    (came / ID).symlink_to(project / "elsewhere" / ID)
    with pytest.raises(ContentFailure, match="a link") as failed:
        told(project)
    assert str(failed.value.problems[0].where) == f"content/trials/.imported/{ID}"
    found = audit_content(project / "content", (), date(2024, 9, 1))
    assert "not-a-file" in {one.code for one in found}


def test_what_came_has_the_bounds_of_a_trial(project: Path) -> None:
    edit(project, "count: 40", "count: 41")
    base = project / f"content/trials/.imported/{ID}"
    usual, said = base.read_text(), told(project)
    number = usual.partition("\nconditions ")[0].count("\n") + 2
    for value in (["x" * 200_001], [f"Pain {at}" for at in range(5_001)]):
        line = f"conditions {value_digest(value)} {json.dumps(value)}"
        base.unlink()  # what writes these files puts a new one in the other's place
        base.write_text(re.sub("(?m)^conditions .*", line, usual))
        assert told(project) == said
        (warned,) = [one for one in build_site(project).warnings if ".imported" in str(one.where)]
        assert "is the most" in warned.message and str(warned.where).endswith(f"{ID}:{number}")
        found = audit_content(project / "content", (), date(2024, 9, 1))
        assert warned.message in {one.message for one in found}
    base.unlink()
    base.write_text(usual + "x" * 8_000_000)
    with pytest.raises(ContentFailure, match=r"is the most"):
        build_site(project)


@pytest.mark.parametrize("shared", [{"name": "Kim Ross"}, {"email": "a@b.example"}])
def test_a_contact_that_was_corrected_in_one_place_alone_is_named(
    tmp_path: Path, shared: dict[str, str]
) -> None:
    write_files(tmp_path / "content", {"site.yaml": "title: T\n"})
    first, second = ({"name": name, "phone": "1", **shared} for name in ("Ann", "Bo"))
    place = site("Charité", "Berlin", contacts=[second, {"name": "Cy", "phone": "9"}])
    module = {"centralContacts": [first], "locations": [place]}
    put(tmp_path, full_record(contactsLocationsModule=module))

    def found() -> list[tuple[int | None, str]]:
        audited = audit_content(tmp_path / "content", (), date(2024, 9, 1))
        return [
            (one.where.line if one.where else None, one.message)
            for one in audited
            if one.code == "two-values"
        ]

    assert found() == []
    edit(tmp_path, 'phone: "9"', 'phone: "8"')
    assert found() == []
    edit(tmp_path, 'phone: "1"', 'phone: "2"')
    path = tmp_path / f"content/trials/{ID}.md"
    line = path.read_text().partition('phone: "1"')[0].count("\n") + 1
    ((where, message),) = found()
    assert (where, "was changed to `2`" in message) == (line, True)
    edit(tmp_path, 'phone: "1"', 'phone: "2"')
    assert found() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("brief_title.held", [[None, None, [], False]]),
        ("locations.held", [["a", {"facility": "B"}, [], False]]),
        ("locations.held", [[{"facility": "A"}, None, None, False]]),
        ("locations.held", {"facility": "A"}),
        ("locations.before", ["A"]),
        ("no_such_field.before", "A"),
        ("keywords.held", [["a", "b", ["c"], False]]),
    ],
)
def test_what_no_field_can_have_had_is_passed_over(name: str, value: object) -> None:
    good = [[{"facility": "A"}, {"facility": "B"}, [{"facility": "Ours"}], False]]
    lines: tuple[tuple[str, object], ...] = (
        (name, value),
        ("conditions.before", None),
        ("arm_groups.held", [[None, None, [], True]]),
    )
    text = "".join(f"{one} {value_digest(said)} {json.dumps(said)}\n" for one, said in lines)
    earlier = read_as_imported(text.encode()).earlier
    assert (list(earlier.before), list(earlier.held)) == (["conditions"], ["arm_groups"])
    text = f"locations.held {value_digest(good)} {json.dumps(good)}\n"
    assert read_as_imported(text.encode()).earlier.held == {"locations": good}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("locations", 5),
        ("locations", ["A"]),
        ("brief_title", []),
        ("enrollment_info", {"count": "40"}),
        ("start_date_struct", {"date": "2024-13"}),
        ("no_such_field", "A"),
    ],
)
def test_what_no_field_can_have_counts_as_unknown(name: str, value: object) -> None:
    lines: tuple[tuple[str, object], ...] = ((name, value), ("conditions", ["Pain"]))
    text = "".join(f"{one} {value_digest(said)} {json.dumps(said)}\n" for one, said in lines)
    known = read_as_imported(text.encode())
    assert (known.values, known.digests[name]) == ({"conditions": ["Pain"]}, value_digest(value))


def test_a_number_that_no_file_can_be_called_by_is_none() -> None:
    assert number_in(b"---\nnct_id: NCT00000001\n") == "NCT00000001"
    assert number_in(b"---\nnct_id: " + b"9" * 5_000) == ""


def test_of_a_corrected_status_nothing_says_that_the_record_says_it(project: Path) -> None:
    """The record is of 2024, so that a page doubts what it says."""
    name = "content/site.yaml"
    write_files(
        project, {name: "title: T\nurl: https://t.example.org/\npublish:\n  forms: [fhir]\n"}
    )
    edit(project, "overall_status: RECRUITING", "overall_status: SUSPENDED")
    build_site(project)
    page = LexborHTMLParser((project / PAGE).read_text())
    status = " ".join("".join(one.text() for one in page.css(".glance-status")).split())
    said = "Suspended, as this site says"
    assert status == f"{said} The registry’s record says: Recruiting."
    (data,) = [one.text() for one in page.css("script[type='application/ld+json']")]
    assert json.loads(data)["status"] == [said]
    assert said in (project / "site/trials/index.html").read_text()
    head, row = (project / "site/trials.csv").read_text("utf-8-sig").splitlines()
    cells = dict(zip(head.split(","), row.split(","), strict=False))
    assert (cells["status"], cells["status_at_registry"]) == ("SUSPENDED", "RECRUITING")
    study = json.loads((project / f"site/trials/{ID}.fhir.json").read_text())
    assert study["note"][-1]["text"].endswith("in: protocolSection.statusModule.overallStatus")
    edit(project, "version_holder: 2024-08-01", "version_holder: 2026-10-01")
    stale = [
        one.message
        for one in audit_content(project / "content", (), date(2026, 11, 30))
        if one.code == "stale"
    ]
    assert stale == [
        "nobody has confirmed since 2024-08 that the trial is `RECRUITING`; `SUSPENDED` is this "
        "site's own word"
    ]


@pytest.mark.parametrize("said_of_them", [{"role": "CONTACT", "phone": "1"}, {}])
def test_whom_a_registry_newly_names_at_a_place_nobody_here_left_out(
    project: Path, said_of_them: dict[str, str]
) -> None:
    """The editor named somebody else there meanwhile, so the two wait."""
    edit(project, "    city: Ulm\n", "    city: Ulm\n    contacts:\n      - name: Nurse\n")
    more = {"contacts": [{"name": "Dr. A", **said_of_them}]}
    places = [site("Charité", "Berlin"), {**site("Clinic", "Ulm"), **more}]
    put(project, full_record("2024-09-01", contactsLocationsModule={"locations": places}))
    said = " ".join(told(project))
    assert "Dr. A, Germany" not in said
    assert re.search(r"Clinic, Ulm, Germany – Dr\. A New at the registry, and not on this", said)
    assert re.search(r"Clinic, Ulm, Germany – Nurse Added by this site", told(project)[-1])
    assert "decided" not in told(project)[-1]  # that is the editor's alone
    assert "Left out" not in said


def test_whom_both_sides_named_at_a_place_this_site_does_not_still_call(project: Path) -> None:
    mine = '    contacts:\n      - name: Kim\n        role: CONTACT\n        phone: "00"\n'
    edit(project, "    city: Ulm\n", f"    city: Ulm\n{mine}")
    kim = {"name": "Kim", "role": "CONTACT", "phone": "11"}
    places = [site("Charité", "Berlin"), site("Clinic", "Ulm", contacts=[kim])]
    put(project, full_record("2024-09-01", contactsLocationsModule={"locations": places}))
    assert told(project)[-1].endswith("Kim The registry says 11 This site says 00")


def test_who_was_left_out_is_not_new_under_another_name(project: Path) -> None:
    def at(day: int, called: str) -> dict[str, Any]:
        person = {"name": called, "role": "PRINCIPAL_INVESTIGATOR"}
        places = [site("Charité", "Berlin"), site("Clinic", "Ulm", contacts=[person])]
        return full_record(f"2024-09-0{day}", contactsLocationsModule={"locations": places})

    put(project, at(1, "Ann Lee"))
    edit(project, "- name: Ann Lee\n        role: PRINCIPAL_INVESTIGATOR", "- name: Nurse")
    put(project, at(2, "Ann Lee, MD"))
    said = " ".join(told(project))
    assert re.search(r"Clinic, Ulm, Germany – Ann Lee, MD Left out by this site", said), said


def test_a_place_that_was_left_out_and_that_the_registry_opened_is_undecided(
    project: Path,
) -> None:
    text = (project / f"content/trials/{ID}.md").read_text()
    (place,) = re.findall(r"(?m)^  - facility: Clinic\n(?:    .*\n)*", text)
    edit(project, place, "")
    places = [site("Charité", "Berlin"), site("Clinic", "Ulm", "COMPLETED")]
    put(project, full_record("2024-09-01", contactsLocationsModule={"locations": places}))
    said = told(project)
    assert "isn’t decided yet" in said[-1], said
    assert said[-1].endswith("Left out by this site Status: Completed"), said


@pytest.mark.parametrize("is_open", [True, False])
def test_whom_the_registry_took_away_at_a_place_nobody_here_added(
    project: Path, *, is_open: bool
) -> None:
    """The editor corrected the number of one of them, and named a third."""
    people = [{"name": "Ann", "role": "CONTACT", "phone": "1"}, {"name": "Bo", "phone": "2"}]
    first = [site("Charité", "Berlin"), site("Clinic", "Ulm", contacts=people)]
    put(project, full_record("2024-09-01", contactsLocationsModule={"locations": first}))
    edit(project, '        phone: "1"\n', '        phone: "8"\n      - name: Cy\n')
    bare = [site("Charité", "Berlin"), site("Clinic", "Ulm", None)]
    put(project, full_record("2024-09-02", contactsLocationsModule={"locations": bare}))
    path = project / f"content/trials/{ID}.md"
    assert "import_notes" in path.read_text()
    if not is_open:
        path.write_text(re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", path.read_text()))
    said = " ".join(told(project))
    kept = "Not in the registry’s record now; this site still shows it"
    assert re.search(rf"– Bo {kept} 2", said), said
    assert re.search(rf"– Ann {kept}(?! 8)", said), said
    assert re.search(r"– Cy Added by this site", said), said
    assert (said.count(kept), said.count("Added by this site")) == (2, 1), said


def test_how_a_place_stands_by_this_site_has_no_date_of_the_registrys(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {"site.yaml": "title: T\n"})
    places = [site("Charité", "Berlin", "SUSPENDED"), site("Clinic", "Ulm"), site("Ward", "Ulm")]
    places[1]["status"] = "COMPLETED"
    put(tmp_path, full_record("2025-09-20", contactsLocationsModule={"locations": places}))

    def page() -> tuple[str, list[str]]:
        build_site(tmp_path)
        page = LexborHTMLParser((tmp_path / PAGE).read_text())
        rows = [one.text(strip=True) for one in page.css(".sites td:nth-child(3)")]
        (lead,) = page.css("#locations .lead")
        return " ".join(lead.text().split()), rows

    lead, rows = page()
    assert "1 of 3 places takes people, as of " in lead
    assert rows == ["Suspended", "Completed", "Recruiting"]
    edit(tmp_path, "status: SUSPENDED", "status: RECRUITING")
    lead, rows = page()
    assert lead.endswith("2 of 3 places take people, as this site says")
    assert rows == ["Recruiting, as this site says", "Completed", "Recruiting"]
    edit(tmp_path, "facility: Charité", "facility: Ours")  # a place told under the name here
    assert page()[1] == rows
