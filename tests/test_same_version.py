"""A record of the day that is here: what it says otherwise is told, what it adds is no change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_updates import codes, one, put_page_new
from versions import ID, Record, edit, everything, file_of, full_record, put, trial_of, without

from trialpages.changes.history import is_of_copies
from trialpages.cli.importing import arrival_fields
from trialpages.keeping.report_words import days_of
from trialpages.records.vocabulary import RecruitmentStatus
from trialpages.trial.history import versions
from trialpages.updating.arrivals import Arrival, update_lines
from trialpages.updating.telling import conflict_lines, english

MOVED = "Inclusion Criteria:\n\n1. Age \\> 18 years\n2. Migraine for a year\n3. Pregnancy\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    put(tmp_path / "content", full_record())
    return tmp_path / "content"


def update(content: Path, **modules: Any) -> Arrival:
    return one(put(content, full_record(**modules)))


@pytest.mark.parametrize(
    ("modules", "field", "said"),
    [
        ({"statusModule": {"overallStatus": "COMPLETED"}}, "overall_status", "→ Completed"),
        ({"identificationModule": {"briefTitle": "Else"}}, "brief_title", "title"),
        ({"eligibilityModule": {"minimumAge": "99 Years"}}, "minimum_age", "18 Years → 99"),
        ({"eligibilityModule": {"eligibilityCriteria": MOVED}}, "eligibility_criteria", "criteria"),
        ({"contactsLocationsModule": {"locations": []}}, "", "only dates"),  # it was cut
        ({"conditionsModule": {"conditions": ["Migraine", "HIV"]}}, "conditions", "conditions"),
        ({"descriptionModule": {"detailedDescription": "More."}}, "", "more of the same version"),
    ],
)
def test_the_day_of_a_record_hides_no_change(
    content: Path, modules: dict[str, Any], field: str, said: str
) -> None:
    arrival = update(content, **modules)
    assert {change.field for change in arrival.changes} == ({field} if field else set())
    assert all(map(is_of_copies, arrival.changes))
    assert trial_of(content).history == arrival.changes
    assert len(arrival_fields(arrival)["changes"]) == len(arrival.changes)
    (line,) = update_lines([arrival])
    assert said in line
    assert ("differs from what was here of the same version" in line) == bool(field)


def test_a_page_and_a_report_say_that_it_is_of_another_copy(content: Path) -> None:
    arrival = update(content, statusModule={"overallStatus": "COMPLETED"})
    (version,) = versions(trial_of(content), english())
    assert version.when.striptags() == "In another copy of the version of 1 August 2024"
    assert days_of(arrival.changes) == "in another copy of the version of 1 August 2024"


def test_what_a_cut_record_lacked_is_no_change_and_what_it_had_is(tmp_path: Path) -> None:
    content = tmp_path / "content"
    put(content, without(full_record(), "descriptionModule", "contactsLocationsModule"))
    arrival = one(put(content, full_record("2024-09-09", conditionsModule={"conditions": ["A"]})))
    assert {change.field for change in arrival.changes} == {"conditions"}
    assert len(trial_of(content).locations) == 3


@pytest.mark.parametrize("day", ["2024-08-01", "2024-09-09"])
def test_what_the_text_of_a_page_lacked_is_no_change_beside_an_editors(
    tmp_path: Path, day: str
) -> None:
    content = tmp_path / "content"
    put_page_new(content)
    edit(content, "facility: Clinic", "facility: Clinic South")
    arrival = one(put(content, full_record(day)))
    assert [conflict_lines(one) for one in arrival.conflicts] == []
    assert (arrival.changes, codes(arrival)) == ((), [])
    places = {place.facility: place.status for place in trial_of(content).locations}
    assert places["Clinic South"] is RecruitmentStatus.RECRUITING
    before = everything(content)
    assert one(put(content, full_record(day))).state == "unchanged"
    assert everything(content) == before


# --- whoever says that it was this trial --------------------------------------------------------


def claiming(**modules: Any) -> Record:
    """A record of another number that says it was ours."""
    names = {"nctId": "NCT09999999", "nctIdAliases": [ID], "orgStudyIdInfo": {"id": "X"}}
    modules.setdefault("identificationModule", {}).update(names)
    return full_record(**modules)


def test_a_stranger_that_claims_a_number_is_left_to_a_person(content: Path) -> None:
    before = everything(content)
    stranger = claiming(
        identificationModule={"briefTitle": "Buy this"},
        conditionsModule={"conditions": ["Wishes"]},
    )
    arrival = one(put(content, stranger))
    (problem,) = arrival.problems
    assert (arrival.state, arrival.changes, everything(content)) == ("merged", (), before)
    assert "neither title, condition nor" in problem.message
    assert "nct_id: NCT09999999" in str(problem.hint)
    assert any("Buy this" in line for line in problem.details)
    # As a person confirms it.
    text = file_of(content).read_text().replace(f"nct_id: {ID}", "nct_id: NCT09999999")
    file_of(content).unlink()
    file_of(content, "NCT09999999").write_text(text)
    digests = content / "trials/.imported"
    (digests / ID).rename(digests / "NCT09999999")
    assert one(put(content, stranger)).state == "updated"


def test_of_one_that_shares_a_condition_all_that_differs_is_told(content: Path) -> None:
    arrival = one(put(content, claiming(identificationModule={"briefTitle": "Else"})))
    assert (arrival.state, arrival.former) == ("merged", ID)
    assert {"brief_title", "org_study_id_info.id"} <= {one.field for one in arrival.changes}
    assert trial_of(content, "NCT09999999").brief_title == "Else"
