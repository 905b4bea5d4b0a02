"""The words of a report, a command and a page: none of them says what isn't so."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from test_keeping import Desk
from test_keeping import desk as desk
from test_report import _chapter, _report
from test_syncing import day, study

import trialpages
from trialpages.importers.conflict import Conflict, called_as_before
from trialpages.keeping.findings import TrialName
from trialpages.keeping.markdown import plain
from trialpages.keeping.report_words import ReportFrame, linked
from trialpages.records.model import Change, PartialDate

PACKAGE = Path(trialpages.__file__).parent


def _with(updated: str, number: int = 1, **modules: dict[str, Any]) -> dict[str, Any]:
    record = study(number, updated)
    record["protocolSection"] |= modules
    return record


def _criteria(wanted: str, unwanted: str) -> dict[str, Any]:
    text = f"Inclusion Criteria:\n\n* {wanted}\n\nExclusion Criteria:\n\n* {unwanted}\n"
    return {"eligibilityCriteria": text}


def test_a_country_that_a_trial_left_is_not_called_new_in_it(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    left = {"removedCountries": ["Greece"]}
    record = study(1, "2026-01-02")
    record["derivedSection"]["miscInfoModule"] |= left
    desk.registry.days = [day(2, record)]
    desk.call("sync", "--report", "report.md")
    assert "Countries no longer taking part: **new** “Greece”" in _report()


def test_no_heading_of_criteria_stands_between_two_colons(desk: Desk) -> None:
    """Nor in what changed, nor in what waits, nor in what was taken."""
    old, new = ("Adults of 18", "High fever"), ("Adults of 20", "Fever")
    desk.registry.days = [day(1, _with("2026-01-01", eligibilityModule=_criteria(*old)))]
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, _with("2026-01-02", eligibilityModule=_criteria(*new)))]
    desk.call("sync", "--report", "report.md")
    assert "Criteria (Inclusion Criteria): “Adults of 18” → " in _report()
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Adults of 20", "Adults of 21"))
    last = _criteria("Adults of 22", "Fever")
    desk.registry.days = [day(3, _with("2026-01-03", eligibilityModule=last))]
    desk.call("sync", "--report", "report.md")
    assert "(`eligibility_criteria`) (Inclusion Criteria): “Adults of 20” → " in _report()
    desk.call("fetch", "NCT00000001", "--take", "eligibility_criteria")
    desk.call("sync", "--report", "report.md")
    assert "Criteria (Inclusion Criteria): “Adults of 20” → " in _report()


def test_changed_are_the_trials_of_which_a_change_is_told(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002", "NCT00000003")
    desk.call("sync", "--report", "first.md")
    newer = [study(1, "2026-01-02", "Another"), *(study(one, "2026-01-02") for one in (2, 3))]
    desk.registry.days = [day(2, *newer)]
    desk.call("sync", "--report", "report.md")
    head = _report().partition("##")[0]
    assert re.findall(r"\*\*(\d.*?)\*\*", head)[:2] == [
        "1 trial changed",
        "2 with only dates and the like",
    ]


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_query_names_a_file_that_is_no_trial_as_a_sync_does(
    desk: Desk, more: tuple[str, ...]
) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000003")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("brief_title:", "brief_title: [", 1))
    before = path.read_bytes()
    desk.registry.days = [day(2, study(1, "2026-01-02"), study(3, "2026-01-02", "Theirs"))]
    status, said = desk.call("fetch", "--query", "cond=migraine", *more)
    assert (status, "NCT00000001.md:" in said, "failed" in said) == (1, True, False), said
    assert path.read_bytes() == before
    assert ("Theirs" in (desk.trials / "NCT00000003.md").read_text()) == (not more)


def test_a_line_of_json_has_what_this_site_said_already(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Trial 1", "Theirs"))
    desk.registry.days = [day(2, study(1, "2026-01-02", "Theirs"))]
    _, said = desk.call("sync", "--json", "--quiet")
    (line,) = map(json.loads, said.splitlines())
    assert [one["new"] for one in line["already_said_here"]] == ["Theirs"]


def test_what_ends_an_address_is_not_of_it() -> None:
    assert plain("at www.example.org; also") == "at `www.example.org`; also"
    assert plain("a $x;y") == "a `$x;y`"


def test_no_message_or_note_says_what_starts_the_program() -> None:
    """That is `build.py` in a clone and `trialpages` where it is installed."""
    named = re.compile(r"build\.py (?:fetch|sync|import|check|init|admin|build)\b")
    found = {
        str(path.relative_to(PACKAGE)): named.findall(path.read_text())
        for path in PACKAGE.rglob("*.py")
    }
    assert {path: said for path, said in found.items() if said} == {}


ANN = {"name": "Ann Lee", "role": "CONTACT", "email": "ann@example.org"}
PLACE = {"facility": "Alpha Clinic", "city": "Gent", "country": "Belgium", "zip": "'9000"}


def _places(updated: str, *places: dict[str, Any]) -> dict[str, Any]:
    return _with(updated, contactsLocationsModule={"locations": [*places]})


def _left_out_and_changed(desk: Desk) -> Path:
    """A trial of which the site left out a place that the registry has opened since."""
    far = {**PLACE, "facility": "Ward", "city": "Lier"}
    desk.registry.days = [day(1, _places("2026-01-01", {**PLACE, "status": "WITHDRAWN"}, far))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    gone = r"(?m)^  - facility: Alpha Clinic\n(?:    .*\n)+"
    path.write_text(re.sub(gone, "", path.read_text()))
    desk.registry.days = [day(2, _places("2026-01-02", {**PLACE, "status": "RECRUITING"}, far))]
    return path


@pytest.mark.parametrize("is_synced", [True, False])
def test_a_place_that_was_left_out_is_named_where_it_is_taken_back(
    desk: Desk, *, is_synced: bool
) -> None:
    path = _left_out_and_changed(desk)
    if is_synced:
        assert desk.call("sync")[0] == 1
    said = desk.call("fetch", "NCT00000001", "--take", "locations")[1]
    assert "facility: Alpha Clinic" in path.read_text()
    assert "that it takes back: places: Alpha Clinic, Gent, Belgium gone; the" in said, said
    desk.call("sync", "--report", "report.md")
    assert "yours, taken back: " in _report() and "Alpha Clinic, Gent, Belgium" in _report()


def test_what_a_site_left_out_and_its_registry_changed_is_said_in_one_line(desk: Desk) -> None:
    _left_out_and_changed(desk)
    said = desk.call("sync", "--report", "report.md")[1]
    assert "“Withdrawn” → “Recruiting”; left out by this site" in said
    assert "**“Recruiting”**; **left out by this site**" in _report()
    assert "You alone" not in _report()


def test_a_check_counts_what_a_sync_then_does_and_claims_no_more(desk: Desk) -> None:
    closed = {**PLACE, "facility": "Ward", "city": "Lier"}
    desk.registry.days = [day(1, _places("2026-01-01", PLACE, {**closed, "status": "WITHDRAWN"}))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    text = path.read_text().replace("facility: Alpha Clinic", "facility: Our Clinic")
    path.write_text(text.replace("WITHDRAWN", "SUSPENDED"))
    desk.registry.days = [day(2, _places("2026-01-02", PLACE, {**closed, "status": "RECRUITING"}))]
    assert desk.call("sync")[0] == 1
    path.write_text(path.read_text().replace("SUSPENDED", "RECRUITING"))
    would = desk.call("sync", "--check")[1]
    did = desk.call("sync")[1]
    assert ("1 would be updated" in would, "1 updated" in did) == (True, True)
    assert "Our Clinic" in path.read_text()
    assert "you took over the registry's change: 1 place" in did
    assert "registry's side" not in did


def test_a_trial_that_is_gone_is_unchanged_in_no_run(desk: Desk) -> None:
    """Nor in one that ends after a request."""
    desk.call("fetch", "NCT00000001", "NCT00000002")
    desk.registry.days = [day(2, study(2))]
    for _ in range(3):
        assert "\n1 unchanged" in desk.call("sync")[1]


def test_what_stays_under_another_name_is_not_taken_back(desk: Desk) -> None:
    place = {**PLACE, "contacts": [ANN]}
    desk.registry.days = [day(1, _places("2026-01-01", place))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    mine = path.read_text().replace("Alpha Clinic", "Our Ward")
    path.write_text(mine.replace("role: CONTACT\n", 'role: CONTACT\n        phone: "792-0000"\n'))
    desk.registry.days = [day(2, _places("2026-01-02", {**place, "facility": "Alpha North"}))]
    assert desk.call("sync")[0] == 1
    said = desk.call("fetch", "NCT00000001", "--take", "locations")[1]
    back = said.partition("takes back: ")[2].partition("; the registry")[0]
    assert "phone: 792-0000" in path.read_text()
    assert ("Our Ward" in back, "792-0000" in back) == (True, False), said


@pytest.mark.parametrize("ours", ["", "Ostflandern"])
def test_what_the_editor_mended_as_the_registry_did_is_in_no_conflict(
    desk: Desk, ours: str
) -> None:
    """A postcode, beside a state that the registry alone has now, or both."""
    desk.registry.days = [day(1, _places("2026-01-01", PLACE))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    state = f"state: {ours}\n    " if ours else ""
    path.write_text(re.sub("zip: .*", f'{state}zip: "9000"', path.read_text()))
    theirs = {**PLACE, "zip": "9000", "state": "Oost-Vlaanderen"}
    desk.registry.days = [day(2, _places("2026-01-02", theirs))]
    status, _ = desk.call("sync", "--report", "report.md")
    waits, _, told = _report().partition("## Stopped, ")
    assert (status, "9000" in waits.partition("## ")[2]) == (int(bool(ours)), False)
    assert "postcode" in told and ("Oost-Vlaanderen" in told) is not bool(ours)
    assert f"state: {ours or 'Oost-Vlaanderen'}" in path.read_text()


def test_of_what_waits_it_is_said_what_the_newest_version_changed(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Trial 1", "Ours"))
    for number, title in ((2, "Second"), (3, "Third")):
        desk.registry.days = [day(number, study(1, f"2026-01-0{number}", title))]
        desk.call("sync", "--report", "report.md")
        again = (
            "Changed once more, between 2 January 2026 and 3 January 2026: “Second” → **“Third”**"
        )
        assert f"“Trial 1” → **“{title}”**; yours: **“Ours”**" in _report()
        assert (again in _report()) is (number == 3), _report()


def test_of_an_entry_that_waits_it_is_said_what_the_newest_version_changed(desk: Desk) -> None:
    desk.registry.days = [day(1, _places("2026-01-01", {**PLACE, "status": "RECRUITING"}))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("    status: RECRUITING", "    status: SUSPENDED"))
    for number, status in ((2, "COMPLETED"), (3, "WITHDRAWN")):
        place = {**PLACE, "status": status}
        desk.registry.days = [day(number, _places(f"2026-01-0{number}", place))]
        desk.call("sync", "--report", "report.md")
    assert "“Recruiting” → **“Withdrawn”**; yours: **“Suspended”**" in _report()
    again = "Changed once more, between 2 January 2026 and 3 January 2026: status"
    assert f"{again} (Alpha Clinic, Gent, Belgium): “Completed” → **“Withdrawn”**" in _report()


def test_of_what_waits_all_that_came_after_is_said_until_it_is_decided(desk: Desk) -> None:
    """Also what a run without a report brought; of another place nothing."""
    other = {**PLACE, "facility": "Beta"}
    desk.registry.days = [day(1, _places("2026-01-01", {**PLACE, "zip": "1"}, other))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace('zip: "1"', 'zip: "7"'))
    for number in (2, 3, 4):
        place, beside = {**PLACE, "zip": f"{number}"}, {**other, "zip": f"{number}000"}
        desk.registry.days = [day(number, _places(f"2026-01-0{number}", place, beside))]
        desk.call("sync")
    for _ in range(2):
        desk.call("sync", "--report", "report.md")
        waits = _chapter("Needs a decision")
        assert "“1” → **“4”**; yours: **“7”**" in waits
        said = re.findall(r"Changed once more, between (\d) .*? and (\d) .*?: (“\d.*)", waits)
        assert said == [("2", "3", "“2” → **“3”**"), ("3", "4", "“3” → **“4”**")], waits
        assert "Beta" not in waits


def test_a_place_that_waits_and_is_back_otherwise_is_told_as_gone_and_back(desk: Desk) -> None:
    stays, place = {**PLACE, "facility": "Beta"}, {**PLACE, "zip": "1"}
    desk.registry.days = [day(1, _places("2026-01-01", stays, place))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace('zip: "1"', 'zip: "7"'))
    for number, places in ((2, [stays]), (3, [stays, {**PLACE, "zip": "3"}])):
        desk.registry.days = [day(number, _places(f"2026-01-0{number}", *places))]
        desk.call("sync", "--report", "report.md")
    waits = _chapter("Needs a decision")
    told = _chapter("Stopped, opened, closed; sites and contacts")
    second = "between 2 January 2026 and 3 January 2026"
    assert "“1” → **“3”**; yours: **“7”**" in waits
    assert f"Changed once more, {second}: **added** Alpha Clinic, Gent, Belgium\n" in waits
    assert "between 1 January 2026 and 2 January 2026\n  - Places: **no longer in the" in told
    assert f"**added** Alpha Clinic, Gent, Belgium ({second})" in told


def test_of_several_versions_each_has_its_days(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    desk.call("sync", "--report", "first.md")
    for number, title in ((2, "Second"), (3, "Third")):
        desk.registry.days = [day(number, study(1, f"2026-01-0{number}", title))]
        desk.call("sync")
    desk.call("sync", "--report", "report.md")
    said = _report()
    assert "NCT00000001 *Third*, between 1 January 2026 and 2 January 2026\n" in said
    assert "“Trial 1” → **“Second”**\n" in said
    assert "**“Third”** (between 2 January 2026 and 3 January 2026)\n" in said


def test_what_can_be_read_later_is_folded_and_all_there(desk: Desk) -> None:
    """Of four trials one stopped, and of the others titles changed; beside what waits of a fifth
    a word that its editor alone changed there is read at once."""
    place = {**PLACE, "contacts": [ANN]}
    desk.registry.days = [
        day(1, _places("2026-01-01", place), *(study(number) for number in range(2, 6)))
    ]
    desk.call("fetch", *(f"NCT0000000{number}" for number in range(1, 6)))
    desk.call("sync", "--report", "first.md")
    path = desk.trials / "NCT00000001.md"
    mine = path.read_text().replace("Alpha Clinic", "Our Ward", 1)
    path.write_text(mine.replace("role: CONTACT\n", "role: CONTACT\n        phone: '5'\n"))
    newer = [_places("2026-01-02", {**place, "facility": "Alpha North"})]
    newer += [study(number, "2026-01-02", f"New {number}") for number in range(2, 5)]
    newer.append(study(5, "2026-01-02", overallStatus="TERMINATED"))
    desk.registry.days = [day(2, *newer)]
    desk.call("sync", "--report", "report.md")
    report = _report()
    read = re.sub("(?s)<details>.*?</details>", "", report)
    others = ", ".join(f"NCT0000000{number}" for number in range(2, 5))
    assert f"- Something other than status, places, contacts and criteria: {others}\n" in read
    for said in ("Terminated", "Our Ward", "You alone: phone (Alpha Clinic"):
        assert said in read
    for folded in ("“New 2”", "“New 3”", "“New 4”"):
        assert (folded in read, folded in report) == (False, True), report


def test_who_goes_is_said_once_with_a_role_or_what_is_there_for_a_name(desk: Desk) -> None:
    """A person of two roles, and a contact without a name."""
    roles = [{"name": "Ann", "role": one} for one in ("CONTACT", "PRINCIPAL_INVESTIGATOR")]
    people = [*roles, {"role": "CONTACT", "email": "a@b.example"}]
    desk.registry.days = [day(1, _places("2026-01-01", {**PLACE, "contacts": people}))]
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, _places("2026-01-02", PLACE))]
    desk.call("sync", "--report", "report.md")
    at = "Alpha Clinic, Gent, Belgium – "
    told = ("Ann, Contact", "Ann, Principal Investigator", "`a@b.example`")
    said = "; ".join(f"{at}{one}" for one in told)
    assert f"**no longer in the record** {said}\n" in _report()


@pytest.mark.parametrize("name", ["Site 1", "Clinic USA02-0"])
def test_a_place_called_alike_but_for_a_number_is_another(desk: Desk, name: str) -> None:
    """Where nothing else tells that it is the same; a slip in a name is mended."""
    other = re.sub(r"\d+", "10", name)
    desk.registry.days = [day(1, _places("2026-01-01", {**PLACE, "facility": name, "zip": "1"}))]
    desk.call("fetch", "NCT00000001")
    for number, called, told in ((2, other, "**added**"), (3, f"{other}.", "name of the place")):
        place = {**PLACE, "facility": called, "zip": f"{number}"}
        desk.registry.days = [day(number, _places(f"2026-01-0{number}", place))]
        desk.call("sync", "--report", f"{number}.md")
        assert told in _report(f"{number}.md")


def test_a_town_in_the_name_of_its_clinic_is_not_taken_for_it() -> None:
    renamed = Change(
        date=PartialDate("2026-01-02"),
        field="locations.city",
        entries=("Clinic of Ulm, Ulm, Germany",),
        old="Neu-Ulm",
        new="Ulm",
    )
    (found,) = called_as_before(Conflict("locations", (renamed,))).changes
    assert found.entries == ("Clinic of Ulm, Neu-Ulm, Germany",)


def _arms(updated: str, label: str) -> dict[str, Any]:
    arm = {"label": label, "type": "EXPERIMENTAL", "interventionNames": ["Drug: Rest"]}
    rest = {"type": "DRUG", "name": "Rest", "armGroupLabels": [label]}
    return _with(updated, armsInterventionsModule={"armGroups": [arm], "interventions": [rest]})


@pytest.mark.parametrize("way", ["by hand", "--take"])
def test_an_old_name_is_not_gone_where_the_new_one_was_taken(desk: Desk, way: str) -> None:
    desk.registry.days = [day(1, _arms("2026-01-01", "Dose A"))]
    desk.call("fetch", "NCT00000001")
    desk.call("sync", "--report", "first.md")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("label: Dose A", "label: Our dose"))
    desk.registry.days = [day(2, _arms("2026-01-02", "First 12 weeks"))]
    assert desk.call("sync")[0] == 1
    if way == "--take":
        desk.call("fetch", "NCT00000001", "--take", "arm_groups")
    else:
        path.write_text(path.read_text().replace("label: Our dose", "label: First 12 weeks"))
    desk.call("sync", "--report", "report.md")
    said = _report()
    assert "“Dose A” → **“First 12 weeks”**" in said.partition("## Taken over by you")[2], said
    assert "no longer in the record" not in said, said


@pytest.mark.parametrize("ours", ["zip: '9100'", "zip: '77'\n    state: Flandern"])
def test_what_both_may_have_renamed_is_asked_until_it_is_decided(desk: Desk, ours: str) -> None:
    """Known again in the file, and not there either."""
    far = {"facility": "Clinique", "city": "Lyon", "country": "France"}
    desk.registry.days = [day(1, _places("2026-01-01", PLACE))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    text = path.read_text().replace("Alpha Clinic", "Our Ward")
    path.write_text(re.sub("zip: .*", ours, text))
    theirs = {**PLACE, "facility": "University Hospital", "zip": "9000"}
    asked = (
        "No longer in the record: Alpha Clinic, Gent, Belgium. New there: University Hospital, "
        "Gent, Belgium. Only yours: Our Ward, Gent, Belgium. Are they one and the same? "
        "If so, take the registry's side: yours goes, and what is new there stays; if not, take "
        "the note out: yours stays beside it."
    )
    for number in (2, 3):
        newer = _places(f"2026-01-0{number}", far, theirs)
        desk.registry.days = [day(number, newer)]
        said = desk.call("sync", "--report", "report.md")[1]
        assert f"(`locations`): {asked}" in _report(), _report()
        assert (asked in said, "Our Ward, Gent, Belgium added" in said) == (True, False)
    text = re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", path.read_text())
    path.write_text(text)
    desk.call("sync", "--report", "report.md")
    said = _report().partition("## Decided for yours")[2]
    assert ("Our Ward" in said, "one and the same" in said) == (True, False), said


def test_what_the_registry_alone_changed_beside_what_waits_is_folded(desk: Desk) -> None:
    """In an entry of which both changed something; what is as short as the fold's line is not."""

    def at(updated: str, label: str, text: str, kind: str) -> dict[str, Any]:
        record = _arms(updated, label)
        record["protocolSection"]["armsInterventionsModule"]["armGroups"][0]["description"] = text
        enrolled = {"enrollmentInfo": {"count": len(label), "type": kind}}
        record["protocolSection"].setdefault("designModule", {}).update(enrolled)
        return record

    old, new = ("One pill in the morning, " + "and one at noon, " * 6 + said for said in "ab")
    desk.registry.days = [day(1, at("2026-01-01", "Dose A", old, "ESTIMATED"))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Dose A", "Ours").replace("count: 6", "count: 4"))
    desk.registry.days = [day(2, at("2026-01-02", "Dose A, B", new, "ACTUAL"))]
    desk.call("sync", "--report", "report.md")
    report = _report().partition("## Stopped")[0]
    read = re.sub("(?s)<details>.*?</details>", "", report)
    assert "“Dose A” → **“Dose A, B”**; yours: **“Ours”**" in read
    assert "“6” → **“9”**; yours: **“4”**" in read
    assert "    - type: “Estimated” → **“Actual”**; yours: **“Estimated”**" in read
    alone = "Study groups: The registry alone: description (Dose A): "
    assert (alone in read, alone in report) == (False, True)


def test_people_who_left_a_place_stand_on_one_line_that_names_it_once(desk: Desk) -> None:
    people = [{"name": "Bo Kim", "phone": "2"}, {"name": "Cy Orr", "phone": "3"}]
    desk.registry.days = [day(1, _places("2026-01-01", {**PLACE, "contacts": people}))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(re.sub("phone: .[23].", "phone: '5'", path.read_text()))
    desk.registry.days = [day(2, _places("2026-01-02", PLACE))]
    desk.call("sync", "--report", "report.md")
    read = re.sub("(?s)<details>.*?</details>", "", _report())
    assert re.search(r"Alpha Clinic, .*: contacts at the place: .* Bo Kim .*; .* Cy Orr", read)
    assert read.count("Alpha Clinic") == 1


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("A Study", "A Study"),
        (
            "A Study of Something Long in Participants, With More",
            "A Study of Something Long in Participants…",
        ),
        ("一項研究" * 20, "一項研究" * 11 + "…"),
    ],
)
def test_a_title_ends_with_a_whole_word_where_it_has_words(title: str, said: str) -> None:
    frame = ReportFrame(lambda *_: "", "2026-01-01", written=True)
    assert linked(TrialName("NCT00000001", title, "a.md"), frame).endswith(f" *{said}*")


def test_a_place_that_came_leads_to_the_places_and_its_people_have_whole_numbers(
    desk: Desk,
) -> None:
    far, near = ({"facility": one, "city": "Gent", "country": "Belgium"} for one in "AB")
    kim = {"name": "Kim", "role": "CONTACT", "phone": "5 49 44", "phoneExt": "+33"}
    desk.registry.days = [day(1, _places("2026-01-01", far))]
    desk.call("fetch", "NCT00000001")
    desk.call("sync", "--report", "report.md")
    desk.registry.days = [day(2, _places("2026-01-02", far, near))]
    desk.call("sync", "--report", "report.md")
    linked = "[Places](https://example.org/t/trials/NCT00000001.html#locations): **added** B"
    assert linked in Path("report.md").read_text()
    desk.registry.days = [day(3, _places("2026-01-03", far, {**near, "contacts": [kim]}))]
    desk.call("sync", "--report", "report.md")
    assert "Kim (5 49 44 (+33))" in _report()
