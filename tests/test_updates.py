"""A newer version of a record over the file an editor works on: nothing lost, nothing unsaid."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec
import pytest
from faults.counts import FULL
from sites import PROJECT
from versions import (
    ID,
    Record,
    edit,
    everything,
    file_of,
    full_record,
    put,
    site,
    trial_of,
    untold,
    without,
)

from trialpages.importers.found import Found
from trialpages.importers.page_layout import SENTENCES
from trialpages.importing import carry_out, import_records, plan_records
from trialpages.keeping.here import trials_here
from trialpages.records.as_imported import value_digest
from trialpages.records.model import Trial
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.updating.arrivals import Arrival, Policy, update_lines

NEXT = "2024-09-09"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    put(tmp_path / "content", full_record())
    return tmp_path / "content"


def one(outcomes: tuple[Arrival, ...]) -> Arrival:
    (outcome,) = outcomes
    return outcome


def update(content: Path, day: str = NEXT, **modules: Any) -> Arrival:
    return one(put(content, full_record(day, **modules)))


def codes(outcome: Arrival) -> list[str]:
    return [problem.code for problem in outcome.problems]


# --- the same again -----------------------------------------------------------------------------


def test_another_date_of_the_data_set_changes_no_byte(content: Path) -> None:
    before = everything(content)
    later = full_record()
    later["derivedSection"]["miscInfoModule"]["versionHolder"] = "2025-01-01"
    assert one(put(content, later)).state == "unchanged"
    assert everything(content) == before


def test_a_file_with_other_line_ends_is_the_same_and_keeps_them(content: Path) -> None:
    for path in content.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = everything(content)
    assert one(put(content, full_record())).state == "unchanged"
    assert one(put(content, full_record(), policy=Policy.NEW_ONLY)).state == "unchanged"
    assert everything(content) == before
    assert update(content, identificationModule={"briefTitle": "New"}).state == "updated"
    text = file_of(content).read_bytes()
    assert b"brief_title: New\r\n" in text
    assert text.count(b"\n") == text.count(b"\r\n")


def test_an_order_that_changed_is_taken_over_and_is_no_change(content: Path) -> None:
    places = full_record()["protocolSection"]["contactsLocationsModule"]["locations"][::-1]
    outcome = update(content, contactsLocationsModule={"locations": places})
    assert (outcome.state, outcome.changes) == ("updated", ())
    assert [place.city for place in trial_of(content).locations] == ["Ulm", "Köln", "Berlin"]


# --- what a source doesn't hold -----------------------------------------------------------------


def cut(day: str, *modules: str) -> Record:
    """A record as `fields=` in its address gives it: some modules, and no section beside."""
    whole = full_record(day)["protocolSection"]
    return {"protocolSection": {name: whole[name] for name in modules}}


def test_a_cut_record_takes_nothing_away(content: Path) -> None:
    before = trial_of(content)
    record = cut(NEXT, "identificationModule", "statusModule", "designModule")
    record["protocolSection"]["statusModule"]["overallStatus"] = "COMPLETED"
    del record["protocolSection"]["statusModule"]["startDateStruct"]
    outcome = one(put(content, record))
    now = trial_of(content)
    assert (outcome.state, codes(outcome)) == ("updated", ["cut-record"])
    assert "leadSponsor" in outcome.problems[0].message
    assert [change.field for change in outcome.changes] == ["overall_status"]
    assert now.overall_status.value == "COMPLETED"
    for name in ("locations", "eligibility_criteria", "arm_groups", "start_date", "source"):
        assert getattr(now, name) == getattr(before, name), name


def test_a_cut_record_says_not_of_which_version_the_file_is(content: Path) -> None:
    first = trial_of(content).last_update_post_date
    record = cut(NEXT, "identificationModule", "statusModule", "designModule")
    record["protocolSection"]["statusModule"]["overallStatus"] = "COMPLETED"
    (status,) = one(put(content, record)).changes
    assert trial_of(content).last_update_post_date == first
    whole = full_record(NEXT, conditionsModule={"conditions": ["Headache"]})
    whole["protocolSection"]["statusModule"]["overallStatus"] = "COMPLETED"
    rest = one(put(content, whole)).changes
    assert {change.field for change in rest} == {"conditions"}
    assert first and {(one.after, one.date) for one in (status, *rest)} == {(first.date, NEXT)}
    assert trial_of(content).last_update_post_date != first


@pytest.mark.parametrize("day", ["2024-08-01", NEXT])
def test_a_file_made_of_a_cut_record_says_so_until_the_rest_comes(tmp_path: Path, day: str) -> None:
    content = tmp_path / "content"
    record = cut("2024-08-01", "identificationModule", "statusModule", "designModule")
    first = one(put(content, record))
    assert (first.state, codes(first)) == ("new", ["cut-record"])
    assert "leadSponsor" in first.problems[0].message
    (note,) = [note for note in trial_of(content).import_notes if note.code == "cut-record"]
    assert "leadSponsor" in note.message
    assert trials_here(content)[ID].updated == ""  # so that a sync asks for it
    assert one(put(content, record)).state == "unchanged"
    whole = full_record(day)
    whole["protocolSection"]["statusModule"]["overallStatus"] = "COMPLETED"
    rest = one(put(content, whole))
    assert (rest.state, codes(rest)) == ("updated", [])
    # All else a record of that version has said all along, for all that is known.
    assert {change.field for change in rest.changes} == {"overall_status"}
    assert trials_here(content)[ID].updated == day
    found = msgspec.structs.replace(trial_of(content), source=None, history=())
    assert found == msgspec.structs.replace(imported_afresh(content, whole), source=None)


def test_of_a_list_that_is_cut_each_entry_keeps_what_isnt_said_of_it(content: Path) -> None:
    record = cut(NEXT, "identificationModule", "statusModule", "designModule")
    places = [
        {"facility": name, "city": city, "country": "Germany", "status": "COMPLETED"}
        for name, city in (("Charité", "Berlin"), ("Clinic", "Köln"), ("New", "Jena"))
    ]
    record["protocolSection"]["contactsLocationsModule"] = {"locations": places}
    contacts = [{"name": "Bo Ray", "phone": "2"}]
    first = full_record("2024-08-02")
    first["protocolSection"]["contactsLocationsModule"]["locations"][0]["contacts"] = contacts
    put(content, first)
    put(content, record)
    found = trial_of(content).locations
    assert [place.city for place in found] == ["Berlin", "Köln", "Jena"]
    assert [contact.name for contact in found[0].contacts] == ["Bo Ray"]
    assert {place.status.value for place in found if place.status} == {"COMPLETED"}


def test_a_list_whose_entries_cant_be_told_stays(content: Path) -> None:
    record = cut(NEXT, "identificationModule", "statusModule", "designModule")
    record["protocolSection"]["contactsLocationsModule"] = {"locations": [{"status": "COMPLETED"}]}
    before = trial_of(content).locations
    put(content, record)
    assert trial_of(content).locations == before


@pytest.mark.parametrize(
    "name",
    [
        "referencesModule",
        "statusModule.startDateStruct",
        "statusModule.startDateStruct.type",
        "designModule.enrollmentInfo.count",
        "descriptionModule.briefSummary",
        "eligibilityModule.eligibilityCriteria",
        "armsInterventionsModule.armGroups",
        "contactsLocationsModule.centralContacts",
        "sponsorCollaboratorsModule.leadSponsor.class",
        "outcomesModule.secondaryOutcomes",
    ],
)
def test_the_version_that_is_here_loses_nothing(content: Path, name: str) -> None:
    before = everything(content)
    assert one(put(content, without(full_record(), name))).state == "unchanged"
    assert everything(content) == before
    added = full_record()
    added["protocolSection"]["descriptionModule"]["detailedDescription"] = "More."
    assert one(put(content, without(added, name))).state == "updated"
    assert trial_of(content).detailed_description == "More."
    now, afresh = (
        msgspec.structs.replace(trial, source=None, history=())
        for trial in (trial_of(content), imported_afresh(content, added))
    )
    assert now == afresh


def test_more_of_the_version_that_is_here_is_no_change_of_the_registrys(tmp_path: Path) -> None:
    content = tmp_path / "content"
    put_page_new(content)
    for record in (without(full_record(), "outcomesModule"), full_record()):
        outcome = one(put(content, record))
        assert (outcome.state, outcome.changes) == ("updated", ())
        assert trial_of(content).history == ()
    assert len(trial_of(content).secondary_outcomes) == 2
    outcome = update(content, identificationModule={"briefTitle": "New"})
    assert [change.field for change in outcome.changes] == ["brief_title"]


def put_page_new(content: Path) -> None:
    content.parent.joinpath("page.txt").write_bytes(page("2024-08-01"))
    path = str(content.parent / "page.txt")
    assert one(tuple(import_records([path], io.BytesIO(), content, Policy.UPDATE))).state == "new"


def posted(day: str = "2024-08-01") -> dict[str, Any]:
    """A record with results and a document."""
    flow = {"recruitmentDetails": "Two towns.", "preAssignmentDetails": "None."}
    return full_record(day) | {
        "hasResults": True,
        "resultsSection": {
            "participantFlowModule": flow,
            "moreInfoModule": {"limitationsAndCaveats": {"description": "Few."}},
        },
        "documentSection": {
            "largeDocumentModule": {"largeDocs": [{"typeAbbrev": "Prot", "hasProtocol": True}]}
        },
    }


@pytest.mark.parametrize("day", ["2024-08-01", NEXT])
@pytest.mark.parametrize(
    "gone", [("resultsSection",), ("resultsSection", "documentSection"), ("documentSection",)]
)
def test_posted_results_and_documents_that_were_not_fetched_stay(
    tmp_path: Path, day: str, gone: tuple[str, ...]
) -> None:
    content = tmp_path / "content"
    put(content, posted())
    results, trial_before = (content / f"trials/{ID}.results.json").read_bytes(), trial_of(content)
    record = {name: part for name, part in posted(day).items() if name not in gone}
    outcome = one(put(content, record))
    assert codes(outcome) == ["cut-record"] or day != NEXT
    assert trial_of(content).last_update_post_date == trial_before.last_update_post_date
    assert (content / f"trials/{ID}.results.json").read_bytes() == results
    assert len(trial_of(content).large_docs) == 1


def test_of_posted_results_that_are_cut_those_here_stay(tmp_path: Path) -> None:
    content = tmp_path / "content"
    put(content, posted())
    before = everything(content)
    record = posted()
    del record["resultsSection"]["participantFlowModule"]["preAssignmentDetails"]
    assert one(put(content, record)).state == "unchanged"
    assert everything(content) == before


def test_with_a_great_module_the_small_ones_were_not_fetched(content: Path) -> None:
    one(put(content, without(full_record(NEXT), "outcomesModule", "referencesModule")))
    assert len(trial_of(content).references) == 1


def test_a_cut_record_adds_nothing_that_is_only_half_of_it(content: Path) -> None:
    record = without(full_record(NEXT), "statusModule.startDateStruct.date")
    del record["derivedSection"]
    assert codes(one(put(content, record))) == ["cut-record"]
    assert trial_of(content).extra == {}


@pytest.mark.parametrize("name", ["contactsLocationsModule", "outcomesModule"])
def test_a_great_module_that_isnt_there_was_not_fetched(content: Path, name: str) -> None:
    before = trial_of(content)
    outcome = one(put(content, without(full_record(NEXT), name)))
    now = trial_of(content)
    assert codes(outcome) == ["cut-record"]
    assert (now.locations, now.primary_outcomes) == (before.locations, before.primary_outcomes)
    assert now.last_update_post_date == before.last_update_post_date  # the rest is to come
    assert all(one.updated < NEXT for one in trials_here(content).values())


def test_a_great_module_that_the_registry_hands_over_no_more_is_asked_for_once(
    content: Path,
) -> None:
    record = without(full_record(NEXT), "contactsLocationsModule")
    found = [Found("the registry", record, is_whole=True)]
    for planned in plan_records(found, content, Policy.UPDATE):
        carry_out(planned)
    now = trial_of(content)
    assert now.locations and {one.updated for one in trials_here(content).values()} == {NEXT}


def test_contacts_that_went_with_their_module_are_gone(tmp_path: Path) -> None:
    content = tmp_path / "content"
    record = full_record()
    del record["protocolSection"]["contactsLocationsModule"]["locations"]
    put(content, record)
    outcome = one(put(content, without(full_record(NEXT), "contactsLocationsModule")))
    assert codes(outcome) == []
    assert trial_of(content).central_contacts == ()


@pytest.mark.parametrize(
    "name", ["referencesModule", "statusModule.startDateStruct", "outcomesModule.secondaryOutcomes"]
)
def test_what_a_whole_record_lacks_the_registry_took_away(content: Path, name: str) -> None:
    fresh = without(full_record(NEXT), name)
    assert codes(one(put(content, fresh))) == []
    assert same_but_for_history(trial_of(content), imported_afresh(content, fresh))


@pytest.mark.parametrize("is_whole", [True, False])
def test_places_go_only_where_the_registry_itself_has_none(
    content: Path, *, is_whole: bool
) -> None:
    """A file with contacts and without places is more likely cut."""
    record = without(full_record(NEXT), "contactsLocationsModule.locations")
    found = [Found("x", record, is_whole=is_whole)]
    (planned,) = plan_records(found, content, Policy.UPDATE)
    outcome = carry_out(planned)
    now = trial_of(content)
    assert (bool(now.locations), bool(now.central_contacts)) == (not is_whole, True)
    assert codes(outcome) == ([] if is_whole else ["cut-record"])
    removed = [one.field for one in outcome.changes if one.field == "locations"]
    assert bool(removed) is is_whole


def test_results_are_taken_away_only_by_a_record_that_has_none(content: Path) -> None:
    results = {"moreInfoModule": {"pointOfContact": {"title": "Ann Lee"}}}
    posted = full_record(NEXT) | {"resultsSection": results, "hasResults": True}
    put(content, posted)
    path = content / f"trials/{ID}.results.json"
    put(content, cut("2024-09-10", "identificationModule", "statusModule", "designModule"))
    assert json.loads(path.read_text()) == results
    put(content, full_record("2024-09-11") | {"hasResults": True})
    assert json.loads(path.read_text()) == results
    put(content, full_record("2024-09-12"))
    assert not path.exists()


# --- a trial's page over a record ---------------------------------------------------------------


CRITERIA = ("1. Age \\> 18 years", "2. Migraine for a year")


def page(day: str, status: str = "RECRUITING", criteria: tuple[str, ...] = CRITERIA) -> bytes:
    """The record of `full_record` as the text of a page, with what such a page has room for."""
    sections = {
        "Basic Information": [status, "PHASE2", "40 participants", "INTERVENTIONAL", "2024-07"],
        "Brief Summary": ["Does rest help? Nobody knows. We ask."],
        "Conditions": ["Migraine"],
        "Eligibility Criteria": [
            *(
                "Inclusion Criteria",
                *(criteria or ("1. Age \\> 18 years", "2. Migraine for a year")),
            ),
            *("Exclusion Criteria", "* Pregnancy", "* Other headaches", "18 Years", "ALL", "No"),
        ],
        "Locations": ["Charité", "Berlin, Germany", "Clinic", "Köln, Germany"],
    }
    lines = ["Rest for migraine", f"NCT ID: {ID}", f"Last Updated: {day}"]
    for title, content in sections.items():
        lines += [title, SENTENCES[title], *content]
    return "\n".join(lines).encode()


def put_page(content: Path, text: bytes, policy: Policy = Policy.UPDATE) -> Arrival:
    path = content.parent / "page.txt"
    path.write_bytes(text)
    return one(tuple(import_records([str(path)], io.BytesIO(), content, policy)))


def test_a_page_of_the_same_version_changes_nothing(content: Path) -> None:
    before = everything(content)
    assert put_page(content, page("2024-08-01")).state == "unchanged"
    assert everything(content) == before


def test_an_older_page_is_refused(content: Path) -> None:
    assert codes(put_page(content, page("2024-07-31"))) == ["older"]


def test_a_newer_page_says_only_what_it_has_room_for(content: Path) -> None:
    before = trial_of(content)
    outcome = put_page(content, page(NEXT, status="COMPLETED"))
    now = trial_of(content)
    assert outcome.state == "updated"
    told = {(change.field, change.kind and change.kind.value) for change in outcome.changes}
    assert told == {("overall_status", None), ("locations", "REMOVED")}
    names = ("secondary_outcomes", "start_date", "enrollment_info", "eligibility_criteria")
    for name in (*names, "std_ages", "brief_summary", "source", "arm_groups", "references"):
        assert getattr(now, name) == getattr(before, name), name


def test_a_criterion_that_a_newer_page_words_otherwise_is_taken(content: Path) -> None:
    criteria = ("1. Age \\> 21 years", "2. Migraine for a year")
    outcome = put_page(content, page(NEXT, criteria=criteria))
    (change,) = (c for c in outcome.changes if c.field == "eligibility_criteria")
    assert (change.old, change.new) == ("Age > 18 years", "Age > 21 years")


def test_an_age_that_an_editor_made_readable_stays_theirs(content: Path) -> None:
    update(content, eligibilityModule={"minimumAge": "grown up"})
    assert "minimumAge" in "".join(trial_of(content).extra)
    text = file_of(content).read_text()
    start = text.index("extra:")
    end = text.index("---\n", start)
    file_of(content).write_text(text[:start] + "minimum_age: 18 Years\n" + text[end:])
    outcome = update(content, "2024-09-10", eligibilityModule={"minimumAge": "grown up"})
    assert outcome.state == "updated"
    now = trial_of(content)
    assert now.minimum_age == "18 Years"
    assert "minimumAge" not in "".join(now.extra)


def test_a_change_lies_after_the_version_that_was_here(content: Path) -> None:
    outcome = update(content, statusModule={"overallStatus": "SUSPENDED"})
    told = trial_of(content).history
    assert told == outcome.changes
    days = {(change.after, change.date) for change in told}
    assert days == {("2024-08-01", NEXT)}
    assert "    after: 2024-08-01\n" in file_of(content).read_text("utf-8")


# --- older versions -----------------------------------------------------------------------------


def test_an_older_version_is_refused_by_name(content: Path) -> None:
    update(content, identificationModule={"briefTitle": "New"})
    before = everything(content)
    outcome = one(put(content, full_record()))
    assert (outcome.state, codes(outcome)) == ("refused", ["older"])
    assert NEXT in outcome.problems[0].message and "2024-08-01" in outcome.problems[0].message
    assert everything(content) == before
    back = one(put(content, full_record(), policy=Policy.UPDATE_OR_GO_BACK))
    assert back.state == "updated"
    assert trial_of(content).brief_title == "Rest for migraine"
    assert trial_of(content).history == ()  # going back is no change of the registry's


def test_an_older_data_set_of_the_same_version_is_refused_if_it_says_otherwise(
    content: Path,
) -> None:
    other = full_record()
    other["derivedSection"]["miscInfoModule"]["versionHolder"] = "2024-07-30"
    assert one(put(content, other)).state == "unchanged"
    other["derivedSection"]["miscInfoModule"]["removedCountries"] = ["France"]
    assert codes(one(put(content, other))) == ["older"]


# --- conflicts ----------------------------------------------------------------------------------


def conflict(content: Path) -> Arrival:
    edit(content, "Rest for migraine", "Rest, tried")
    return update(content, identificationModule={"briefTitle": "Rest and sleep"})


def test_a_conflict_lives_until_it_is_resolved(content: Path) -> None:
    assert [c.is_new for c in conflict(content).conflicts] == [True]
    for day in ("2024-09-10", "2024-09-11"):
        again = update(content, day, identificationModule={"briefTitle": "Rest and sleep"})
        assert [(c.field, c.is_new) for c in again.conflicts] == [("brief_title", False)]
        assert codes(again) == ["conflict"]
        assert [note.code for note in trial_of(content).import_notes] == ["conflict"]
        assert trial_of(content).brief_title == "Rest, tried"
    before = everything(content)
    same = update(content, "2024-09-11", identificationModule={"briefTitle": "Rest and sleep"})
    assert (same.state, codes(same)) == ("unchanged", ["conflict"])
    assert everything(content) == before


def test_what_is_kept_of_another_shape_is_not_believed(content: Path) -> None:
    """`.imported/` may be of another version of this program, or anybody's."""
    (kept,) = (path for path in (content / "trials/.imported").iterdir() if path.name == ID)
    line = f'brief_title {value_digest({"a": 1})} {{"a": 1}}'
    kept.write_text(re.sub("brief_title .*", lambda _: line, kept.read_text("utf-8")), "utf-8")
    assert [(one.field, one.from_registry) for one in conflict(content).conflicts] == [
        ("brief_title", False)
    ]


def test_a_conflict_is_resolved_by_taking_the_note_away(content: Path) -> None:
    conflict(content)
    path = file_of(content)
    note = path.read_text().index("import_notes:")
    end = path.read_text().index("---\n", note)
    path.write_text(path.read_text()[:note] + path.read_text()[end:])
    outcome = update(content, "2024-09-10", identificationModule={"briefTitle": "Rest and sleep"})
    assert codes(outcome) == []
    assert trial_of(content).brief_title == "Rest, tried"
    third = update(content, "2024-09-11", identificationModule={"briefTitle": "Rest, sleep"})
    assert codes(third) == ["conflict"]


def test_a_conflict_is_resolved_by_writing_what_the_registry_says(content: Path) -> None:
    conflict(content)
    edit(content, "brief_title: Rest, tried", "brief_title: Rest and sleep")
    outcome = update(content, "2024-09-10", identificationModule={"briefTitle": "Rest and sleep"})
    assert codes(outcome) == []
    assert trial_of(content).import_notes == ()


# --- remarks ------------------------------------------------------------------------------------


def test_remarks_move_along_with_what_they_stand_at(content: Path) -> None:
    edit(content, "brief_title:", "# ask the sponsor\nbrief_title:")
    edit(
        content,
        "  - facility: Clinic\n",
        "  # closed on Fridays\n  - facility: Clinic  # Mon-Thu\n",
    )
    edit(content, "study_type: INTERVENTIONAL", "study_type: INTERVENTIONAL  # sure?")
    places = [site("First", "Aachen"), *places_of(full_record())]
    update(content, contactsLocationsModule={"locations": places})
    lines = file_of(content).read_text().split("\n")
    assert lines[lines.index("# ask the sponsor") + 1].startswith("brief_title:")
    assert lines[lines.index("  # closed on Fridays") + 1] == "  - facility: Clinic  # Mon-Thu"
    assert "study_type: INTERVENTIONAL  # sure?" in lines
    assert trial_of(content).locations[0].city == "Aachen"


def test_a_remark_behind_a_value_doesnt_speak_of_the_next_one(content: Path) -> None:
    edit(content, "overall_status: RECRUITING", "overall_status: RECRUITING  # confirmed")
    edit(content, "study_type: INTERVENTIONAL", "study_type: INTERVENTIONAL  # sure")
    update(content, statusModule={"overallStatus": "COMPLETED"})
    text = file_of(content).read_text()
    assert (
        "# stood behind `overall_status: RECRUITING`: confirmed\noverall_status: COMPLETED\n"
        in text
    )
    assert "study_type: INTERVENTIONAL  # sure\n" in text
    before = text
    update(content, "2024-09-10", statusModule={"overallStatus": "COMPLETED"})
    kept = "# stood behind `overall_status: RECRUITING`: confirmed"
    assert file_of(content).read_text().count(kept) == before.count(kept) == 1


def test_a_remark_above_a_value_says_what_it_stood_above(content: Path) -> None:
    edit(content, "overall_status:", "# asked by phone\n# on 2 Feb\noverall_status:")
    edit(content, "study_type:", "# sure\nstudy_type:")
    edit(content, "enrollment_info:", "# our quota: 3\nenrollment_info:")
    edit(content, "locations:", "# seen them all\nlocations:")
    edit(content, "  - facility: Clinic\n", "  # closed on Fridays\n  - facility: Clinic\n")
    places = places_of(full_record())
    later = [{**one, "status": "COMPLETED"} for one in places]
    outcome = update(
        content,
        statusModule={"overallStatus": "COMPLETED"},
        designModule={"enrollmentInfo": {"count": 7, "type": "ACTUAL"}},
        contactsLocationsModule={"locations": later},
    )
    text = file_of(content).read_text()
    above = "# stood above `overall_status: RECRUITING`: "
    assert f"{above}asked by phone\n{above}on 2 Feb\noverall_status: COMPLETED\n" in text
    assert "\n# sure\nstudy_type" in text and "\n# seen them all\nlocations" in text
    then = "# stood above what was another then: "
    assert f"{then}our quota: 3\nenrollment_info" in text
    assert "  # closed on Fridays\n  - facility: Clinic" in text
    said = [one.message for one in outcome.problems]
    at = "your remark at Clinic, Köln, Germany, of which something has changed"
    assert said[-1] == f"{at}: # closed on Fridays"
    assert codes(outcome) == ["remark-of-what-was"] * 4
    again = update(content, "2024-09-10", statusModule={"overallStatus": "TERMINATED"})
    assert f"{above}asked by phone\n" in file_of(content).read_text()
    assert all("speaks of what was" not in one.message for one in again.problems)


def test_an_update_that_would_lose_a_remark_is_refused_with_its_line(content: Path) -> None:
    edit(content, "  - facility: Clinic\n", "  # closed on Fridays\n  - facility: Clinic\n")
    before = everything(content)
    line = file_of(content).read_text().split("\n").index("  # closed on Fridays") + 1
    places = [place for place in places_of(full_record()) if place["facility"] != "Clinic"]
    outcome = update(content, contactsLocationsModule={"locations": places})
    assert (outcome.state, codes(outcome)) == ("failed", ["remark"])
    where = outcome.problems[0].where
    assert where and where.line == line
    assert everything(content) == before


def places_of(record: Record) -> list[Record]:
    found: list[Record] = record["protocolSection"]["contactsLocationsModule"]["locations"]
    return found


# --- lists in which both have changed entries ---------------------------------------------------


def with_places(content: Path, *places: Record, day: str = NEXT) -> Arrival:
    return update(content, day, contactsLocationsModule={"locations": list(places)})


A, B, C, D = (site(name, "Berlin") for name in ("Alpha Clinic", "Bethany", "Charité", "Dom"))
LATER = "2025-02-01"


def names_of_places(content: Path) -> list[tuple[str | None, str | None]]:
    found = trial_of(content).locations
    return [(one.facility, one.status.value if one.status else None) for one in found]


def test_entries_changed_here_and_others_changed_there_come_together(content: Path) -> None:
    with_places(content, A, B, C)
    edit(content, "facility: Bethany", "facility: Bethany House")
    outcome = with_places(content, {**A, "status": "COMPLETED"}, D, B, C, day=LATER)
    assert (outcome.state, outcome.conflicts) == ("updated", ())
    expected = [
        ("Alpha Clinic", "COMPLETED"),
        ("Bethany House", "RECRUITING"),
        ("Dom", "RECRUITING"),
        ("Charité", "RECRUITING"),
    ]
    assert sorted(names_of_places(content), key=str) == sorted(expected, key=str)
    assert [(field, entries) for field, _, entries, _, _ in told(outcome)] == [
        ("locations", ("Dom, Berlin, Germany",)),
        ("locations.status", ("Alpha Clinic, Berlin, Germany",)),
    ]
    again = with_places(content, {**A, "status": "COMPLETED"}, D, B, C, day="2025-03-01")
    assert (again.conflicts, len(names_of_places(content))) == ((), 4)


def test_what_an_editor_left_out_or_added_stays_so(content: Path) -> None:
    with_places(content, A, B, C)
    path = content / f"trials/{ID}.md"
    text = path.read_text()
    start, end = text.index("  - facility: Bethany"), text.index("  - facility: Charité")
    added = text[start:end].replace("Bethany", "Evangelical")
    path.write_text(text[:start] + added + text[end:])
    assert with_places(content, A, B, C, D, day=LATER).conflicts == ()
    found = [name for name, _ in names_of_places(content)]
    assert found == ["Alpha Clinic", "Evangelical", "Charité", "Dom"]


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ("facility: Bethany", "facility: Bethany House", [A, {**B, "zip": "10117"}]),
        ("facility: Bethany", "facility: Bethany House", [A]),
        ("facility: Bethany", "facility: Dom", [A, B, {**D, "status": "COMPLETED"}]),
    ],
    ids=["both renewed it", "one renewed it, one left it out", "both added it"],
)
def test_an_entry_that_both_changed_is_a_conflict(
    content: Path, old: str, new: str, places: list[Record]
) -> None:
    with_places(content, A, B)
    edit(content, old, new)
    before = names_of_places(content)
    outcome = with_places(content, *places, day=LATER)
    assert [one.field for one in outcome.conflicts] == ["locations"]
    assert names_of_places(content) == before


def _collide(content: Path) -> Arrival:
    """One address changed here and there, while other entries changed at the registry alone."""
    with_places(content, A, B, C)
    edit(content, "facility: Bethany", "facility: Bethany House")
    closed, moved = {**A, "status": "WITHDRAWN"}, {**B, "zip": "10117"}
    return with_places(content, closed, moved, D, day=LATER)


def test_beside_an_entry_in_conflict_the_others_come_together(content: Path) -> None:
    outcome = _collide(content)
    (waits,) = outcome.conflicts
    assert sorted(names_of_places(content)) == [
        ("Alpha Clinic", "WITHDRAWN"),
        ("Bethany House", "RECRUITING"),
        ("Dom", "RECRUITING"),
    ]
    assert [change.new for change in waits.changes] == ["10117"]
    assert {entry for change in waits.mine for entry in change.entries} == {
        "Bethany House, Berlin, Germany",
    }
    (note,) = trial_of(content).import_notes
    named = [name in note.message for name in ("Bethany", "Dom", "Alpha", "{")]
    assert named == [True, False, False, False]
    spoken = {entry for _, _, entries, _, _ in told(outcome) for entry in entries}
    assert not any("Bethany" in entry for entry in spoken)
    assert any("Dom" in entry for entry in spoken)


def test_a_place_called_otherwise_is_known_again_where_it_stands(content: Path) -> None:
    with_places(content, A, B, C)
    edit(content, "facility: Bethany", "facility: Our Ward")
    assert with_places(content, A, B, day=LATER).conflicts == ()  # another one is gone
    (waits,) = with_places(content, A, {**B, "zip": "10117"}, day="2025-03-01").conflicts
    assert [(one.field, one.old, one.new) for one in waits.mine] == [
        ("locations.facility", "Bethany", "Our Ward")
    ]


def test_of_places_of_one_name_each_is_its_own(content: Path) -> None:
    site = {"facility": "Research Site", "city": "Salvador", "country": "Brazil"}
    here, there = (
        {**site, "zip": code, "status": "NOT_YET_RECRUITING"} for code in ("41-1", "41-2")
    )
    with_places(content, A, here, there)
    head, _, tail = (content / f"trials/{ID}.md").read_text().partition("zip: 41-2\n")
    assert tail
    (content / f"trials/{ID}.md").write_text(f"{head}zip: 41-2\n    state: Bahia\n{tail}")
    opened = {**here, "status": "RECRUITING"}
    outcome = with_places(content, A, opened, there, day=LATER)
    found = sorted((one.zip, one.state, one.status) for one in trial_of(content).locations[1:])
    assert [(code, state, str(status.value)) for code, state, status in found if status] == [
        ("41-1", None, "RECRUITING"),
        ("41-2", "Bahia", "NOT_YET_RECRUITING"),
    ]
    assert outcome.conflicts == ()
    assert [(one.field, one.kind) for one in outcome.changes] == [("locations.status", None)]


def test_another_place_of_the_name_of_one_that_was_edited_comes(content: Path) -> None:
    site = {"facility": "Research Site", "city": "Athens", "country": "Greece", "zip": "115 22"}
    with_places(content, A, site)
    edit(content, "zip: 115 22", "state: Attica\n    zip: 115 22")
    outcome = with_places(content, A, site, {**site, "zip": "115 26"}, day=LATER)
    found = sorted((one.zip, one.state) for one in trial_of(content).locations if one.zip)
    assert (found, outcome.conflicts) == ([("115 22", "Attica"), ("115 26", None)], ())
    kinds = [(one.field, one.kind.value) for one in outcome.changes if one.kind]
    assert kinds == [("locations", "ADDED")]


def test_what_both_changed_alike_is_no_conflict(content: Path) -> None:
    with_places(content, A, B, C)
    edit(content, "facility: Bethany", "facility: Bethany House")
    theirs = {**B, "facility": "Bethany House"}
    assert with_places(content, A, theirs, C, D, day=LATER).conflicts == ()
    assert [name for name, _ in names_of_places(content)].count("Bethany House") == 1


def test_an_entry_in_conflict_waits_while_others_go_on(content: Path) -> None:
    _collide(content)
    moved = {**B, "zip": "10117"}
    again = with_places(content, moved, D, day="2025-03-01")
    assert [(one.field, one.is_new) for one in again.conflicts] == [("locations", False)]
    assert [name for name, _ in names_of_places(content)] == ["Bethany House", "Dom"]
    same = with_places(content, moved, D, day="2025-03-01")
    assert (same.state, len(same.conflicts)) == ("unchanged", 1)
    gone = with_places(content, D, C, day="2025-04-01")
    assert [(one.field, one.is_new) for one in gone.conflicts] == [("locations", True)]
    later = with_places(content, D, C, A, day="2025-05-01")
    assert [one.field for one in later.conflicts] == ["locations"]
    assert {name for name, _ in names_of_places(content)} == {
        "Bethany House", "Dom", "Charité", "Alpha Clinic"
    }  # fmt: skip


def test_an_entry_in_conflict_is_decided_by_writing_what_the_registry_says(content: Path) -> None:
    _collide(content)
    path = file_of(content)
    mine = path.read_text().replace(
        "facility: Bethany House", 'facility: Bethany\n    zip: "10117"'
    )
    path.write_text(mine)
    edit(content, "facility: Dom", "facility: Dom Clinic")  # another entry stays the editor's
    outcome = with_places(
        content, {**A, "status": "WITHDRAWN"}, {**B, "zip": "10117"}, D, day="2025-03-01"
    )
    assert (outcome.conflicts, trial_of(content).import_notes) == ((), ())
    assert ("Dom Clinic", "RECRUITING") in names_of_places(content)
    (taken,) = outcome.changes
    assert (taken.new, taken.after, taken.date) == ("10117", NEXT, LATER)


def test_one_entry_in_conflict_waits_while_another_changes_once_more(content: Path) -> None:
    with_places(content, {**A, "zip": "1"}, B, C)
    edit(content, 'zip: "1"', 'zip: "2"')
    edit(content, "facility: Charité", "facility: Charité Mitte")
    for zip_code, day in (("3", LATER), ("4", "2025-03-01")):
        (waits,) = with_places(content, {**A, "zip": zip_code}, B, day=day).conflicts
        named = {entry.partition(",")[0] for change in waits.mine for entry in change.entries}
        assert named == {"Alpha Clinic", "Charité Mitte"}


def test_what_both_added_is_told_by_what_differs_in_it(content: Path) -> None:
    with_places(content, A, B)
    edit(content, "facility: Bethany", "facility: Dom")
    outcome = with_places(content, A, B, {**D, "zip": "10178"}, day=LATER)
    (waits,), (came,) = outcome.conflicts, outcome.changes
    assert (came.kind, came.entries) == (ChangeKind.ADDED, ("Dom, Berlin, Germany",))
    assert [(one.field, one.new) for one in waits.changes] == [("locations.zip", "10178")]
    edit(content, "facility: Dom", "facility: Dom\n    zip: '1'")
    outcome = with_places(content, A, B, {**D, "zip": "10178"}, day="2025-03-01")
    assert (outcome.changes, [one.new for one in outcome.conflicts[0].mine]) == ((), ["1"])
    edit(content, 'zip: "1"', 'zip: "10178"')
    (decided,) = with_places(content, A, B, {**D, "zip": "10178"}, day="2025-03-02").changes
    assert (decided.field, decided.new) == ("locations.zip", "10178")


def test_the_registrys_change_alone_settles_a_place_that_is_called_otherwise_here(
    content: Path,
) -> None:
    with_places(content, A, {**B, "zip": "1"}, C)
    edit(content, "facility: Bethany", "facility: Our Ward")
    moved = {**B, "zip": "2"}
    assert with_places(content, A, moved, C, day=LATER).conflicts
    edit(content, 'zip: "1"', 'zip: "2"')
    outcome = with_places(content, A, moved, C, day="2025-03-01")
    assert (outcome.conflicts, trial_of(content).import_notes) == ((), ())
    assert [(one.field, one.new) for one in outcome.changes] == [("locations.zip", "2")]
    assert [one.zip for one in trial_of(content).locations if one.facility == "Our Ward"] == ["2"]
    assert ".held" not in (content / f"trials/.imported/{ID}").read_text()


def test_a_places_status_and_people_come_though_its_name_is_the_editors(content: Path) -> None:
    ann, bo = ([{"name": name, "role": "CONTACT", "phone": "1"}] for name in ("Ann", "Bo"))
    with_places(content, A, {**B, "contacts": ann}, C)
    edit(content, "facility: Bethany", "facility: Our Ward")
    closed = {**B, "contacts": bo, "status": "COMPLETED"}
    outcome = with_places(content, A, closed, C, day=LATER)
    (ward,) = [one for one in trial_of(content).locations if one.facility == "Our Ward"]
    assert (outcome.conflicts, ward.status and ward.status.value) == ((), "COMPLETED")
    assert [one.name for one in ward.contacts] == ["Bo"]
    spoken = {one.field for one in outcome.changes}
    assert spoken == {"locations.status", "locations.contacts.name"}
    renamed = {**closed, "facility": "Bethany South", "status": "WITHDRAWN"}
    outcome = with_places(content, A, renamed, C, day="2025-03-01")
    (waits,) = outcome.conflicts
    assert [(one.field, one.new) for one in waits.changes] == [
        ("locations.facility", "Bethany South")
    ]
    assert ("Our Ward", "WITHDRAWN") in names_of_places(content)
    assert [(one.field, one.new) for one in outcome.changes] == [("locations.status", "WITHDRAWN")]
    again = with_places(content, A, {**renamed, "status": "SUSPENDED"}, C, day="2025-04-01")
    assert [(one.field, one.is_new) for one in again.conflicts] == [("locations", False)]
    assert ("Our Ward", "SUSPENDED") in names_of_places(content)
    assert len(trial_of(content).locations) == 3


def test_a_place_that_the_registry_renamed_keeps_the_status_of_the_editor(content: Path) -> None:
    ann = [{"name": "Ann", "role": "CONTACT", "phone": "1"}]
    with_places(content, A, {**B, "contacts": ann}, C)
    path = file_of(content)
    head, _, tail = path.read_text().partition("facility: Bethany\n")
    tail = tail.replace("status: RECRUITING", "status: SUSPENDED", 1)
    path.write_text(f"{head}facility: Bethany\n{tail}")
    renamed = {**B, "contacts": ann, "facility": "Bethany South"}
    outcome = with_places(content, A, renamed, C, day=LATER)
    assert ("Bethany South", "SUSPENDED") in names_of_places(content)
    assert (outcome.conflicts, [one.field for one in outcome.changes]) == (
        (),
        ["locations.facility"],
    )
    closed = {**renamed, "facility": "Bethany East", "status": "COMPLETED"}
    (waits,) = with_places(content, A, closed, C, day="2025-03-01").conflicts
    assert [one.field for one in waits.changes] == ["locations.status"]
    assert ("Bethany East", "SUSPENDED") in names_of_places(content)


def test_the_date_of_the_data_set_is_never_in_conflict(content: Path) -> None:
    path = file_of(content)
    path.write_text(re.sub(r"(?m)^(version_holder:).*$", r"\1 2020-01-01", path.read_text()))
    record = full_record(LATER)
    record["derivedSection"]["miscInfoModule"]["versionHolder"] = "2025-03-03"
    assert one(put(content, record)).conflicts == ()
    assert trial_of(content).version_holder == "2025-03-03"


# --- criteria of which both have changed some ---------------------------------------------------

TWO_LISTS = """\
Inclusion Criteria:

* Adults
* Migraine for a
  year
* Speaks English
* Any of:

    * aura
    * nausea
    * fever

Exclusion Criteria:

1. Asthma
2. Pregnancy
3. Fever"""


def with_criteria(content: Path, text: str, day: str = NEXT) -> Arrival:
    return update(content, day, eligibilityModule={"eligibilityCriteria": text})


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Adults>Grown-ups", "Speaks English>Reads English"),
        ("Adults>Grown-ups", "3. Fever>3. Fever\n4. Flu"),
        ("3. Fever>3. Fever\n4. Flu", "* Adults\n>"),
        ("* nausea\n    >", "Asthma>Severe asthma"),
        ("Adults>Grown-ups", "Adults>Grown-ups|Asthma>Severe asthma"),
    ],
)
def test_criteria_changed_here_and_others_changed_there_come_together(
    content: Path, mine: str, theirs: str
) -> None:
    here = _criteria_edited(content, mine)
    outcome = with_criteria(content, _edit_each(TWO_LISTS, theirs), LATER)
    assert (outcome.state, outcome.conflicts) == ("updated", ())
    assert trial_of(content).eligibility_criteria == _edit_each(here, theirs)
    assert {one.field for one in outcome.changes} == {"eligibility_criteria"}
    assert len(outcome.changes) == theirs.count("|") + 1
    again = with_criteria(content, _edit_each(TWO_LISTS, theirs), "2025-03-01")
    assert (again.conflicts, again.changes) == ((), ())


def _criteria_edited(content: Path, edits: str) -> str:
    """What the file says then."""
    with_criteria(content, TWO_LISTS)
    path = file_of(content)
    start, heading, criteria = path.read_text("utf-8").partition("## Eligibility criteria")
    path.write_text(f"{start}{heading}{_edit_each(criteria, edits)}", "utf-8")
    return trial_of(content).eligibility_criteria or ""


def _edit_each(text: str, edits: str) -> str:
    """With each `old>new` of them; one that is there already counts."""
    for one in edits.split("|"):
        old, _, new = one.partition(">")
        text = text.replace(old, new, 1) if new not in text or not new else text
    return text


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Asthma>Severe asthma", "Asthma>Mild asthma"),
        ("Asthma>Severe asthma", "Pregnancy>Pregnancy or nursing"),
        ("fever>high fever", "Any of:>All of:"),
        ("Any of:>All of:", "fever>high fever"),
        ("3. Fever>3. High fever", "Exclusion Criteria:>Other Criteria:"),
        ("Adults>Grown-ups", "1. Asthma\n2. Pregnancy\n3. F>1. Flu\n2. Asthma\n3. Pregnancy\n4. F"),
        ("* Adults\n>", "* nausea>* nausea\n    * Adults"),
        ("3. Fever>3. Fever\n4. Flu", "* Adults>* Adults\n* Flu"),
    ],
    ids=[
        "the same",
        "neighbours",
        "lead",
        "lead here",
        "heading",
        "numbers",
        "moved",
        "both added",
    ],
)
def test_criteria_that_cant_be_told_apart_for_sure_wait_whole(
    content: Path, mine: str, theirs: str
) -> None:
    here = _criteria_edited(content, mine)
    outcome = with_criteria(content, _edit_each(TWO_LISTS, theirs), LATER)
    assert [one.field for one in outcome.conflicts] == ["eligibility_criteria"]
    assert trial_of(content).eligibility_criteria == here


def test_of_what_both_added_under_two_names_nothing_is_taken_for_settled(content: Path) -> None:
    with_places(content, A)
    ours = "facility: Ward of Ulm\n    status: RECRUITING\n    city: Ulm\n    country: Germany\n"
    edit(content, "locations:\n", f"locations:\n  - {ours}")
    theirs = site("Wards of Ulm", "Ulm")
    (waits,) = with_places(content, A, theirs, day=LATER).conflicts
    assert ["Wards of Ulm" in one for change in waits.changes for one in change.entries] == [True]


def test_of_a_kind_one_that_went_and_one_that_came_are_one_person(content: Path) -> None:
    def people(day: str, *names: str) -> Arrival:
        chiefs = [{"name": name, "role": "PRINCIPAL_INVESTIGATOR"} for name in names]
        ann = {"name": "Ann", "role": "CONTACT", "phone": "1"}
        return with_places(content, {**A, "contacts": [*chiefs, ann]}, day=day)

    people(NEXT, "Eleazar Macedo-Perez")
    (renamed,) = people(LATER, "E. Macedo").changes
    assert (renamed.old, renamed.new) == ("Eleazar Macedo-Perez", "E. Macedo")
    people("2025-03-01", "E. Macedo", "Bo")
    kinds = {one.kind for one in people("2025-03-02", "Cy", "Di").changes}
    assert kinds == {ChangeKind.REMOVED, ChangeKind.ADDED}


def test_a_criterion_both_say_alike_has_come_though_another_waits(content: Path) -> None:
    with_criteria(content, TWO_LISTS)
    edit(content, "* Adults", "* Grown-ups")
    edit(content, "Pregnancy", "Pregnancy or nursing")
    theirs = _edit_each(TWO_LISTS, "Adults>Adults of 18|Pregnancy>Pregnancy or nursing")
    outcome = with_criteria(content, theirs, LATER)
    assert [(one.new, one.date) for one in outcome.changes] == [("Pregnancy or nursing", LATER)]
    assert outcome.had_already == "this site said so already"
    (waits,) = outcome.conflicts
    assert [one.new for one in waits.differing] == ["Adults of 18"]
    (line,) = update_lines([outcome])
    assert line.endswith("not taken, since criteria changed here too: 1 criterion changed")
    assert "nursing" not in trial_of(content).import_notes[0].message
    edit(content, "* Grown-ups", "* Adults of 18")
    (decided,) = with_criteria(content, theirs, "2025-03-01").changes
    assert (decided.old, decided.new) == ("Adults", "Adults of 18")


# --- what was imported last ---------------------------------------------------------------------


def lose_base(content: Path) -> None:
    shutil.rmtree(content / "trials/.imported")


def test_without_its_digests_a_newer_version_is_refused_with_the_way_back(content: Path) -> None:
    lose_base(content)
    before = everything(content)
    outcome = update(content, identificationModule={"briefTitle": "New"})
    assert (outcome.state, codes(outcome)) == ("failed", ["no-base"])
    assert "git checkout HEAD -- " in outcome.problems[0].hint
    assert everything(content) == before


def test_digests_are_made_anew_from_the_same_version(content: Path) -> None:
    edit(content, "Rest for migraine", "Rest, tried")
    before = everything(content)
    lose_base(content)
    outcome = one(put(content, full_record()))
    assert (outcome.state, codes(outcome)) == ("unchanged", ["rebuilt"])
    name = f"trials/.imported/{ID}"
    after = everything(content)
    # Its first line named the file as it was before the edit.
    assert before[name].startswith(b"file ")
    assert after[name] == before[name].partition(b"\n")[2]
    assert all(after[name] == before[name] for name in after if ".imported" not in name)
    later = update(content, conditionsModule={"conditions": ["Migraine", "Headache"]})
    assert (later.state, codes(later)) == ("updated", [])
    assert trial_of(content).brief_title == "Rest, tried"


def test_a_file_written_by_hand_needs_no_digests(content: Path) -> None:
    text = "---\nnct_id: NCT00000002\nbrief_title: By hand\noverall_status: RECRUITING\n"
    path = content / "trials/NCT00000002.md"
    path.write_text(f"{text}study_type: INTERVENTIONAL\n---\n")
    record = full_record(identificationModule={"nctId": "NCT00000002"})
    outcome = one(put(content, record))
    assert [c.field for c in outcome.conflicts] == ["brief_title"]
    assert trial_of(content, "NCT00000002").lead_sponsor is not None


def test_the_folder_of_digests_says_what_it_is(content: Path) -> None:
    assert "Commit this folder" in (content / "trials/.imported/README.md").read_text()


# --- what is told -------------------------------------------------------------------------------


def told(outcome: Arrival) -> list[tuple[str, str, tuple[str, ...], str | None, str | None]]:
    return [
        (c.field, c.kind.value if c.kind else "", c.entries, c.old, c.new) for c in outcome.changes
    ]


def test_places_are_told_by_name(content: Path) -> None:
    places = [
        site("Charité", "Berlin", "COMPLETED"),
        site("Clinic", "Köln", "COMPLETED"),
        site("Hospital", "Bonn"),
    ]
    assert told(update(content, contactsLocationsModule={"locations": places})) == [
        ("locations", "REMOVED", ("Praxis, Ulm, Germany",), "RECRUITING", None),
        ("locations", "ADDED", ("Hospital, Bonn, Germany",), None, "RECRUITING"),
        (
            "locations.status",
            "",
            ("Charité, Berlin, Germany", "Clinic, Köln, Germany"),
            "RECRUITING",
            "COMPLETED",
        ),
    ]


def test_each_criterion_that_changed_is_told(content: Path) -> None:
    criteria = (
        "Inclusion Criteria:\n\n1. Weight \\> 50 kg\n2. Age \\> 21 years\n3. Migraine for a year"
        "\n\nExclusion Criteria:\n\n* Other headaches"
    )
    assert told(update(content, eligibilityModule={"eligibilityCriteria": criteria})) == [
        ("eligibility_criteria", "", ("Inclusion Criteria",), None, "Weight > 50 kg"),
        ("eligibility_criteria", "", ("Inclusion Criteria",), "Age > 18 years", "Age > 21 years"),
        ("eligibility_criteria", "", ("Exclusion Criteria",), "Pregnancy", None),
    ]


def test_a_criterion_that_moved_to_the_other_group_is_told(content: Path) -> None:
    criteria = (
        "Inclusion Criteria:\n\n1. Age \\> 18 years\n2. Migraine for a year\n3. Pregnancy\n\n"
        "Exclusion Criteria:\n\n* Other headaches"
    )
    assert told(update(content, eligibilityModule={"eligibilityCriteria": criteria})) == [
        ("eligibility_criteria", "", ("Inclusion Criteria",), None, "Pregnancy"),
        ("eligibility_criteria", "", ("Exclusion Criteria",), "Pregnancy", None),
    ]


def test_outcomes_contacts_and_prose_are_told(content: Path) -> None:
    outcome = update(
        content,
        outcomesModule={
            "primaryOutcomes": [{"measure": "Days with headache", "timeFrame": "24 weeks"}],
            "secondaryOutcomes": [{"measure": "Mood", "timeFrame": "12 weeks"}],
        },
        contactsLocationsModule={"centralContacts": [{"name": "Ann Lee", "phone": "2"}]},
        descriptionModule={"briefSummary": "Does rest help? Some say so. We ask."},
    )
    assert told(outcome) == [
        ("brief_summary", "", (), "Nobody knows.", "Some say so."),
        ("primary_outcomes.time_frame", "", ("Days with headache",), "12 weeks", "24 weeks"),
        ("secondary_outcomes", "REMOVED", ("Sleep",), "12 weeks · Hours a night.", None),
        ("central_contacts.role", "", ("Ann Lee",), "CONTACT", None),
        ("central_contacts.phone", "", ("Ann Lee",), "1", "2"),
    ]


def test_posted_results_are_told_with_their_place(content: Path) -> None:
    def results(day: str, value: str, title: str = "Sleep") -> Record:
        row = {"title": "Night", "measurements": [{"groupId": "OG000", "value": value}]}
        measure = {"title": title, "classes": [{"categories": [row]}]}
        measure["groups"] = [{"id": "OG000", "title": "Rest"}]
        found = {"outcomeMeasuresModule": {"outcomeMeasures": [measure]}}
        return full_record(day) | {"resultsSection": found, "hasResults": True}

    assert told(one(put(content, results(NEXT, "7.1")))) == [
        ("has_results", "", (), "false", "true"),
        ("results", "ADDED", (), None, None),
    ]
    assert told(one(put(content, results("2024-09-10", "7.2")))) == [
        ("results.outcomes", "", ("Sleep – Night – Rest",), "7.1", "7.2")
    ]
    assert told(one(put(content, results("2024-09-11", "7.2", "Sleep at night")))) == [
        ("results.outcomes", "REMOVED", ("Sleep",), None, None),
        ("results.outcomes", "ADDED", ("Sleep at night",), None, None),
    ]


def test_what_the_model_has_no_field_for_is_told(content: Path) -> None:
    record = full_record(NEXT)
    record["protocolSection"]["designModule"]["quiteNew"] = 5
    (change,) = one(put(content, record)).changes
    assert (change.field, change.entries, change.new) == (
        "extra",
        ("/protocolSection/designModule/quiteNew",),
        "5",
    )


def test_the_history_in_a_file_is_bounded_and_says_what_is_left_out() -> None:
    from trialpages.changes.history import MOST_KEPT, with_history
    from trialpages.records.model import Change, PartialDate

    def changes(number: int) -> tuple[Change, ...]:
        days = (PartialDate(f"2024-01-{1 + at % 28:02}") for at in range(number))
        return tuple(Change(date=day, field="sex", old=str(at)) for at, day in enumerate(days))

    once = with_history((), changes(MOST_KEPT + 5))
    twice = with_history(once, changes(10))
    assert (len(once), once[0].field, once[0].old) == (MOST_KEPT, "history", "6")
    assert (len(twice), twice[0].old) == (MOST_KEPT, "16")


@pytest.mark.parametrize("odd", ["many", 5_000 * "9", "²"])
def test_an_odd_number_of_changes_left_out_counts_as_none(odd: str) -> None:
    from trialpages.changes.history import DROPPED, MOST_KEPT, dropped, with_history
    from trialpages.records.model import Change, PartialDate

    said = Change(date=PartialDate("2024"), field=DROPPED, old=odd)
    assert dropped([said]) == 0
    assert with_history([said], MOST_KEPT * [Change(date=said.date, field="sex")])[0].old == "1"


# --- day by day ---------------------------------------------------------------------------------


def imported_afresh(content: Path, record: Record) -> Trial:
    fresh = content.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    put(fresh, record)
    return trial_of(fresh, record["protocolSection"]["identificationModule"]["nctId"])


def same_but_for_history(trial: Trial, fresh: Trial) -> bool:
    return msgspec.structs.replace(trial, history=()) == fresh


def play(content: Path, versions: list[Record]) -> tuple[int, int, int]:
    """Each version over the one before: how many changes were told, how many files differ from a
    fresh import, how many leaves were not told."""
    trial_id = versions[0]["protocolSection"]["identificationModule"]["nctId"]
    told, wrong, missed = 0, 0, 0
    put(content, versions[0])
    before = trial_of(content, trial_id)
    for version in versions[1:]:
        outcome = one(put(content, version))
        assert outcome.problems == ()
        now = trial_of(content, trial_id)
        told += len(outcome.changes)
        wrong += not same_but_for_history(now, imported_afresh(content, version))
        missed += len(untold(before, now, outcome.changes))
        assert one(put(content, version)).state == "unchanged"
        before = now
    return told, wrong, missed


def test_day_by_day_the_file_is_what_a_fresh_import_gives(tmp_path: Path) -> None:
    second = full_record(
        "2024-08-02",
        armsInterventionsModule={
            "armGroups": [{"label": "Rest, much of it", "description": "A day. A night."}],
            "interventions": [{"type": "DRUG", "name": "Sugar", "description": "Sweet."}],
        },
        statusModule={"overallStatus": "SUSPENDED", "whyStopped": "No rest."},
    )
    third = without(
        full_record("2024-08-03", conditionsModule={"conditions": ["Headache", "Migraine"]}),
        "conditionsModule.keywords",
        "referencesModule",
    )
    versions = [full_record(), second, third, full_record("2024-08-04")]
    told, wrong, missed = play(tmp_path / "content", versions)
    assert (wrong, missed) == (0, 0)
    assert told > 15


def test_what_isnt_told_is_seen(content: Path) -> None:
    before = trial_of(content)
    outcome = update(
        content,
        outcomesModule={"secondaryOutcomes": [{"measure": "Mood", "timeFrame": "12 weeks"}]},
        statusModule={"overallStatus": "COMPLETED"},
    )
    now = trial_of(content)
    assert untold(before, now, outcome.changes) == []
    assert untold(before, now, outcome.changes[1:]) != []
    assert untold(before, now, outcome.changes[:-1]) != []


HISTORIES = PROJECT.parent / "shared/corpus/ctgov-v2-history.ndjson.gz"


@pytest.mark.skipif(not HISTORIES.exists(), reason="NOT RUN: no real histories in ../shared")
def test_real_records_day_by_day(tmp_path: Path) -> None:
    versions = defaultdict(list)
    with gzip.open(HISTORIES, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            versions[entry["nctId"]].append(entry["study"])
    some = list(versions.items())[:: 1 if FULL else 4]
    played = [play(tmp_path / trial_id, found) for trial_id, found in some]
    told, wrong, missed = (sum(numbers) for numbers in zip(*played, strict=True))
    print(f"{len(played)} histories, {told} changes told, {wrong} files wrong, {missed} missed")
    assert (wrong, missed) == (0, 0)
