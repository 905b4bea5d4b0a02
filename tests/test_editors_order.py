"""What an editor did beside what the registry changes: an order, a remark, a name; each stays, or
is told as theirs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from test_corrections import told as page_told
from test_gone_and_back import CHARITE, CLINIC, FIRST, GONE, come, names
from test_one_and_the_same import project as project
from test_told_once import take_note_out
from versions import edit, file_of, full_record, put, site, trial_of

from trialpages.changes.compare import changes
from trialpages.changes.differing_words import cut_to
from trialpages.changes.history import UNDATED
from trialpages.content.reading import read_templates, shipped
from trialpages.language.site_language import read_language
from trialpages.trial.history import versions

PRAXIS = site("Praxis", "Bonn")
PEOPLE = [{"name": "Cy", "role": "CONTACT", "phone": "71", "email": "a@x.example"}]


def _without(content: Path, name: str) -> str:
    text = file_of(content).read_text()
    (found,) = re.findall(rf"(?m)^  - facility: {name}\n(?:    .*\n)+", text)
    file_of(content).write_text(text.replace(found, ""))
    return str(found)


def test_the_order_that_an_editor_gave_stays_when_the_registry_changes_its_list(
    tmp_path: Path,
) -> None:
    content = tmp_path / "content"
    come(content, FIRST, CHARITE, CLINIC, PRAXIS)
    mine = _without(content, "Praxis")
    edit(content, "locations:\n", f"locations:\n{mine}")
    other = site("Ward", "Kiel")
    come(content, GONE, CHARITE, other, {**CLINIC, "status": "COMPLETED"}, PRAXIS)
    assert names(content) == ["Praxis", "Charité", "Ward", "Clinic"]


def test_the_registrys_order_comes_where_no_editor_gave_another(tmp_path: Path) -> None:
    content = tmp_path / "content"
    come(content, FIRST, CHARITE, CLINIC, PRAXIS)
    edit(content, "facility: Clinic", "facility: Our clinic")
    come(content, GONE, PRAXIS, {**CHARITE, "status": "COMPLETED"}, CLINIC)
    assert names(content) == ["Praxis", "Charité", "Our clinic"]


def test_a_remark_above_a_renamed_place_says_how_it_was_called(tmp_path: Path) -> None:
    content = tmp_path / "content"
    come(content, FIRST, CHARITE, {**CLINIC, "zip": "1"})
    edit(content, "  - facility: Clinic\n", "  # parking behind\n  - facility: Clinic\n")
    found = come(content, GONE, CHARITE, {**CLINIC, "zip": "1", "facility": "Clinics"})
    said = "# stood above `facility: Clinic`: parking behind"
    assert f"  {said}\n  - facility: Clinics" in file_of(content).read_text()
    at = "your remark at Clinics, Ulm, Germany speaks of what was"
    assert [one.message for one in found.problems] == [f"{at}: {said}"]


def test_a_name_of_two_sentences_is_one_change() -> None:
    old, new = ("Click here. Then enter the number.", "Our studies")
    before, now = ([{"label": label, "url": "https://x.example/"}] for label in (old, new))
    (change,) = changes("see_also_links", before, now, UNDATED)
    assert (change.old, change.new) == (old, new)


def test_a_group_with_another_name_stands_once_in_the_history(tmp_path: Path) -> None:
    def called(day: str, name: str) -> dict[str, Any]:
        group = {"label": name, "type": "EXPERIMENTAL", "description": "They rest."}
        given = {"type": "OTHER", "name": "Rest", "armGroupLabels": [name]}
        arms = {"armGroups": [group], "interventions": [given]}
        return full_record(day, armsInterventionsModule=arms)

    content = tmp_path / "content"
    put(content, called(FIRST, "Arm A"))
    put(content, called(GONE, "Resting"))
    english = read_language("en", read_templates(shipped("templates")))
    (version,) = versions(trial_of(content), english)
    (shown,) = version.changes
    assert (shown.old, shown.new) == ("Arm A", "Resting")
    assert "also in: " in shown.part


def test_what_is_cut_for_want_of_room_has_another_sign_than_what_both_say() -> None:
    assert cut_to("pneumonitis before", 300) == "pneumonitis before"
    assert cut_to("pneumonitis before and after", 24) == "pneumonitis before (…)"
    assert len(cut_to("x" * 400, 300)) <= 300


@pytest.mark.parametrize("stands_in_the_middle", [True, False])
def test_a_renamed_place_that_the_registry_dropped_nobody_here_added(
    project: Path, *, stands_in_the_middle: bool
) -> None:
    content = project / "content"
    places = [CHARITE, CLINIC, PRAXIS] if stands_in_the_middle else [CHARITE, PRAXIS, CLINIC]
    come(content, FIRST, *places)
    edit(content, "facility: Clinic", "facility: Ulm University Hospital")
    come(content, GONE, {**PRAXIS, "status": "COMPLETED"})
    said = page_told(project)[-1]
    assert "Added by this site" not in said
    assert "Clinic, Ulm, Germany Not in the registry’s record now; this site still shows" in said
    assert "The registry said Clinic This site says Ulm University Hospital" in said


def test_of_whom_a_number_is_the_editors_the_rest_is_told_as_the_registry_had_it(
    project: Path,
) -> None:
    content = project / "content"
    come(content, FIRST, CHARITE, {**CLINIC, "contacts": PEOPLE})
    edit(content, 'phone: "71"', 'phone: "72"')
    come(content, GONE, CHARITE, CLINIC)
    said = " ".join(page_told(project))
    assert "Cy Not in the registry’s record now; this site still shows it a@x.example" in said
    assert "The registry said 71 This site says 72" in said


def test_what_both_added_waits_with_the_days_of_its_own_version(tmp_path: Path) -> None:
    """Something else of the list waits for longer."""
    content = tmp_path / "content"
    come(content, FIRST, CHARITE, CLINIC)
    edit(content, "status: RECRUITING\n    city: Ulm", "status: SUSPENDED\n    city: Ulm")
    come(content, GONE, CHARITE, {**CLINIC, "status": "COMPLETED"})
    own = "  - facility: Praxis\n    status: NOT_YET_RECRUITING\n    city: Bonn\n"
    edit(content, "locations:\n", f"locations:\n{own}    country: Germany\n")
    take_note_out(content)
    later = "2024-09-04"
    come(content, later, CHARITE, {**CLINIC, "status": "COMPLETED"}, PRAXIS)
    edit(content, "NOT_YET_RECRUITING", "RECRUITING")
    come(content, "2024-09-05", CHARITE, {**CLINIC, "status": "COMPLETED"}, PRAXIS)
    at_bonn = [one for one in trial_of(content).history if "Praxis, Bonn, Germany" in one.entries]
    assert [(one.after, one.date) for one in at_bonn] == [(GONE, later)] * 2


def test_what_is_the_editors_alone_stands_under_nothing_undecided(project: Path) -> None:
    content = project / "content"
    come(content, FIRST, CHARITE, {**CLINIC, "contacts": PEOPLE})
    edit(content, "name: Cy", "name: Dr Cy")
    edit(content, 'phone: "71"', 'phone: "72"')
    newer = [{**PEOPLE[0], "phone": "73"}]
    come(content, GONE, CHARITE, {**CLINIC, "contacts": newer})
    undecided, mine = page_told(project)[-2:]
    assert "The registry says 73 This site says 72" in undecided
    assert "Dr Cy The registry says Cy" not in undecided
    assert "The registry says Cy This site says Dr Cy" in mine


def test_whom_an_editor_left_out_is_undecided_only_where_the_registry_changed_them(
    project: Path,
) -> None:
    content = project / "content"
    people = [*PEOPLE, {"name": "Di", "role": "CONTACT", "phone": "81"}]
    come(content, FIRST, CHARITE, {**CLINIC, "contacts": people})
    text = file_of(content).read_text()
    (left_out,) = re.findall(r"(?m)^      - name: Di\n(?:        .*\n)+", text)
    edit(content, left_out, "")
    newer = [{**PEOPLE[0], "phone": "73"}, people[1]]
    come(content, GONE, CHARITE, {**CLINIC, "contacts": newer})
    undecided, mine = page_told(project)[-2:]
    assert "Di Left out by this site" in mine
    assert "Di Left out" not in undecided
