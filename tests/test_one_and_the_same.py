"""What editor and registry have both added: of what may be the same nothing is written into the
editor's, and a person is asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from test_corrections import told as page_told
from test_decision_lines import FAR, _edit, _first, _then
from test_gone_and_back import CHARITE, FIRST, GONE, come, names
from test_keeping import Desk
from test_keeping import desk as desk
from test_report import _chapter, _report
from test_report_words import PLACE, _places
from test_syncing import day
from versions import edit, file_of, site, trial_of

from trialpages.records.own_vocabulary import ChangeKind
from trialpages.updating.telling import conflict_lines

OURS = "  - facility: {}\n    city: Ulm\n    country: Germany\n    zip: '7'\n"
KIM = {"name": "Kim", "role": "CONTACT", "phone": "1"}


def _both_add(content: Path, mine: str, theirs: str, **more: Any) -> tuple[str, ...]:
    come(content, FIRST, CHARITE)
    edit(content, "locations:\n", f"locations:\n{OURS.format(mine)}")
    found = come(content, GONE, CHARITE, site(theirs, "Ulm", contacts=[KIM], **more))
    return tuple(line for one in found.conflicts for line in conflict_lines(one))


@pytest.mark.parametrize(
    ("mine", "theirs", "code"),
    [
        ("Sheba Medical Center", "Sheba Medical Center ( Site 0601)", "1"),
        ("CHU Poitiers", "CHU de Poitiers", "1"),
        ("Rambam", "Rambam Health Care Campus", "1"),
        ("Kyoto Medical Center", "Research Site", "7"),
        ("Mount Sinai, Icahn School of Medicine", "Icahn School of Medicine at Mount Sinai", "1"),
        ("Research Site", "Research Site", "1"),
    ],
)
def test_of_what_may_be_the_same_nothing_goes_into_the_editors(
    tmp_path: Path, mine: str, theirs: str, code: str
) -> None:
    content = tmp_path / "content"
    (said,) = _both_add(content, mine, theirs, zip=code)
    assert said.startswith(f"New at the registry: {theirs}, Ulm, Germany")
    assert "(Recruiting). Only yours: " in said
    assert "Are they one and the same?" in said
    ours = next(one for one in trial_of(content).locations if one.city == "Ulm")
    assert (ours.status, ours.contacts, ours.zip) == (None, (), "7")


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Site 1", "Site 10"),
        ("Alpha", "Beta"),
        ("Art", "Heart Centre"),
        ("Ulm Hospital", "Ulm Chest and Heart Diseases Hospital"),
    ],
)
def test_what_is_another_place_comes_unasked(tmp_path: Path, mine: str, theirs: str) -> None:
    content = tmp_path / "content"
    assert _both_add(content, mine, theirs, zip="1") == ()
    assert sorted(filter(None, names(content))) == sorted(["Charité", mine, theirs])


def test_what_surely_is_the_same_is_filled_and_that_is_told_as_the_registrys(
    tmp_path: Path,
) -> None:
    content = tmp_path / "content"
    assert _both_add(content, "Clinic", "Clinic", zip="7") == ()
    (change,) = trial_of(content).history
    assert (change.entries, change.new) == (("Clinic, Ulm, Germany",), "RECRUITING")
    people = [one.contacts for one in trial_of(content).locations if one.city == "Ulm"]
    assert [one.name for (one,) in people] == ["Kim"]


def _asked(desk: Desk) -> Path:
    path = _first(desk, FAR)
    mine = "  - facility: Alpha\n    city: Gent\n    country: Belgium\n    contacts:\n"
    _edit(path, "locations:\n", f"locations:\n{mine}      - name: Levi\n")
    there = {**PLACE, "status": "RECRUITING", "contacts": [KIM]}
    read = _then(desk, FAR, there)
    assert read.count("Are they one and the same?") == 1
    assert "You alone" not in read
    assert "**added**" not in read
    return path


def test_its_side_once_taken_stands_beside_the_editors(desk: Desk) -> None:
    path = _asked(desk)
    said = desk.call("fetch", "NCT00000001", "--take", "locations")[1]
    assert "takes back" not in said
    assert "1 place added" in said
    text = path.read_text()
    assert ("facility: Alpha\n" in text, "facility: Alpha Clinic\n" in text) == (True, True)
    assert ("name: Levi" in text, "import_notes" in text) == (True, False)


def test_without_its_note_the_editors_alone_stands(desk: Desk) -> None:
    path = _asked(desk)
    path.write_text(re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", path.read_text()))
    desk.registry.days = [day(3, _places("2026-01-02", FAR, {**PLACE, "contacts": [KIM]}))]
    desk.call("sync", "--report", "report.md")
    assert "facility: Alpha Clinic" not in path.read_text()
    standing = _chapter("Decided for yours, while the registry says something else")
    assert "Alpha Clinic, Gent, Belgium: status: **new** “Recruiting”; postcode: " in standing
    assert "yours: name of the place: “Alpha Clinic” → **“Alpha”**; contacts" in standing
    assert ("You alone" in standing, "left out" in standing) == (False, False)


def test_of_one_decided_to_be_the_same_its_position_is_no_news(desk: Desk) -> None:
    path = _first(desk, FAR)
    mine = "  - facility: Alpha\n    city: Gent\n    country: Belgium\n"
    _edit(path, "locations:\n", f"locations:\n{mine}")
    there = {"facility": "Alpha Clinic", "city": "Gent", "country": "Belgium"}
    _then(desk, FAR, {**there, "geoPoint": {"lat": 51.05, "lon": 3.72}})
    path.write_text(re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", path.read_text()))
    assert "51.05" not in desk.call("sync", "--report", "report.md")[1] + _report()


def test_under_the_registrys_name_it_is_the_registrys_place(desk: Desk) -> None:
    path = _asked(desk)
    _edit(path, "facility: Alpha\n", "facility: Alpha Clinic\n")
    desk.call("sync", "--report", "report.md")
    desk.call("fetch", "NCT00000001", "--take", "locations")
    text = path.read_text()
    assert (text.count("facility: Alpha Clinic"), "name: Kim" in text) == (1, True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: T\n")
    return tmp_path


def test_a_page_calls_it_new_at_the_registry_and_the_editors_added(project: Path) -> None:
    _both_add(project / "content", "Clinic", "Clinic (2)", zip="1")
    *_, undecided, mine = page_told(project)
    assert "isn’t decided yet" in undecided
    lead = "Clinic (2), Ulm, Germany New at the registry, and not on this site"
    assert undecided.endswith(f"{lead} Status: Recruiting")
    assert "decided" not in mine
    assert mine.endswith("Clinic, Ulm, Germany Added by this site")


def test_once_decided_a_page_tells_them_as_one(project: Path) -> None:
    content = project / "content"
    _both_add(content, "Clinic", "Clinic (2)", zip="1", geoPoint={"lat": 1, "lon": 2})
    edit(content, "    city: Ulm\n", "    city: Ulm\n    contacts:\n      - name: Levi\n")
    text = file_of(content).read_text()
    file_of(content).write_text(re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", text))
    said = " ".join(page_told(project))
    assert "The registry says Clinic (2) This site says Clinic" in said
    assert "Ulm, Germany – Kim New at the registry, and not on this site 1" in said
    assert "Ulm, Germany – Levi Added by this site" in said
    assert "Clinic (2), Ulm" not in said
    assert "Left out" not in said


def test_no_place_goes_for_one_that_an_editor_added_under_a_like_name(tmp_path: Path) -> None:
    """The registry renames one that it had, and the editor another one that stays there."""
    content = tmp_path / "content"
    here = site("Ward", "Ulm", zip="1", contacts=[KIM])
    there = site("Sheba Centre", "Kiel", zip="2")
    come(content, FIRST, CHARITE, here, there)
    edit(content, "locations:\n", f"locations:\n{OURS.format('Sheba Medical Center Ulm')}")
    edit(content, "facility: Sheba Centre", "facility: Heart Centre of Kiel")
    renamed = {**here, "facility": "Sheba Medical Center"}
    new = site("Heart Centres of Kiel", "Kiel", zip="9")
    found = come(content, GONE, CHARITE, renamed, there, new)
    assert found.conflicts == ()
    ours = ["Heart Centre of Kiel", "Sheba Medical Center Ulm"]
    assert sorted(filter(None, names(content))) == sorted(
        ["Charité", "Sheba Medical Center", "Heart Centres of Kiel", *ours]
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "code"),
    [("CHU Poitiers", "CHU de Poitiers", "1"), ("Kyoto Medical Center", "Research Site", "7")],
)
def test_nor_does_anything_as_long_as_it_waits(
    tmp_path: Path, mine: str, theirs: str, code: str
) -> None:
    content = tmp_path / "content"
    _both_add(content, mine, theirs, zip=code)
    place = site(theirs, "Ulm", "COMPLETED", zip=code, contacts=[{**KIM, "name": "Lee"}])
    found = come(content, "2024-09-03", CHARITE, place)
    (said,) = (line for one in found.conflicts for line in conflict_lines(one))
    assert "(Completed). Only yours: " in said
    ours = next(one for one in trial_of(content).locations if one.city == "Ulm")
    assert (ours.facility, ours.status, ours.contacts) == (mine, None, ())
    gone = come(content, "2024-09-04", CHARITE)
    assert (gone.conflicts, trial_of(content).import_notes, gone.had_already) == ((), (), "")
    assert [one.kind for one in gone.back] == [ChangeKind.ADDED]
    assert names(content) == [mine, "Charité"]
    of_theirs = [one for one in trial_of(content).history if one.field == "locations"]
    assert [(one.kind, one.date) for one in of_theirs] == [
        (ChangeKind.ADDED, GONE),
        (ChangeKind.REMOVED, "2024-09-04"),
    ]


def test_a_name_in_other_capitals_is_the_same_name(tmp_path: Path) -> None:
    content = tmp_path / "content"
    come(content, FIRST, CHARITE)
    own = OURS.format("MacKay Clinic") + "    status: SUSPENDED\n    contacts:\n      - name: KIM\n"
    edit(content, "locations:\n", f"locations:\n{own}")
    found = come(content, GONE, CHARITE, site("Mackay  Clinic", "Ulm", zip="7", contacts=[KIM]))
    said = "\n".join(line for one in found.conflicts for line in conflict_lines(one))
    assert "Places, status (Mackay Clinic, Ulm, Germany): new “Recruiting”" in said
    assert "one and the same" not in said
    ours = next(one for one in trial_of(content).locations if one.city == "Ulm")
    assert (ours.facility, [one.phone for one in ours.contacts]) == ("MacKay Clinic", ["1"])
    told = [(one.kind, one.entries) for one in trial_of(content).history]
    assert told == [(ChangeKind.ADDED, ("Mackay Clinic, Ulm, Germany",))]


@pytest.mark.parametrize(("code", "is_asked"), [("71110", True), ("00000", False)])
def test_in_one_postcode_a_town_may_be_spelt_otherwise(
    tmp_path: Path, code: str, *, is_asked: bool
) -> None:
    content = tmp_path / "content"
    come(content, FIRST, CHARITE)
    own = OURS.format("Alpha").replace("'7'", f"'{code}'")
    edit(content, "locations:\n", f"locations:\n{own}")
    found = come(content, GONE, CHARITE, site("Research Site", "Ulm Mitte", zip=code))
    said = "\n".join(line for one in found.conflicts for line in conflict_lines(one))
    assert ("Are they one and the same?" in said) is is_asked


@pytest.mark.parametrize("is_open", [True, False])
def test_a_renamed_place_stays_one_where_the_registry_changes_its_town(
    project: Path, *, is_open: bool
) -> None:
    content = project / "content"
    here, there = ({"lat": 52.5, "lon": lon} for lon in (13.48, 13.41))
    was = site("Research Site", "Lichtenberg", zip="10365", geoPoint=here)
    come(content, FIRST, CHARITE, was)
    edit(content, "facility: Research Site", "facility: Sana")
    come(content, GONE, CHARITE, {**was, "city": "Berlin", "geoPoint": there})
    text = file_of(content).read_text()
    if not is_open:
        text = re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", text)
        file_of(content).write_text(text)
    said = " ".join(page_told(project))
    assert "The registry says Research Site This site says Sana" in said
    assert "The registry says now Berlin This site still says Lichtenberg" in said
    assert ("Left out" in said, "no longer" in said, "isn’t" in said) == (False, False, is_open)
