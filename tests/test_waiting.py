"""What waits for a person: nothing of it falls silent, and nothing waits that nobody can decide."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from test_decision_lines import FAR, _edit, _first, _then
from test_gone_and_back import BACK, CHARITE, CLINIC, FIRST, GONE, come, told
from test_keeping import Desk
from test_keeping import desk as desk
from test_report import _chapter, _report
from test_report_words import PLACE, _places, _with
from test_syncing import day
from versions import edit, file_of, site, trial_of

from trialpages.records.own_vocabulary import ChangeKind
from trialpages.updating.arrivals import update_lines

ANN = {"name": "Ann Poe", "role": "CONTACT", "phone": "71"}
BO = {"name": "Bo Roe", "role": "CONTACT", "phone": "72"}
NOTE = r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+"


def _text(content: Path) -> str:
    return file_of(content).read_text()


def _decide(path: Path) -> None:
    text = path.read_text()
    assert "import_notes" in text
    path.write_text(re.sub(NOTE, "", text))


def test_what_was_decided_is_told_beside_what_waits_in_the_same_field(desk: Desk) -> None:
    other = {**PLACE, "facility": "Praxis", "city": "Mons", "zip": "3", "status": "RECRUITING"}
    path = _first(desk, {**PLACE, "status": "RECRUITING"}, other, FAR)
    _edit(path, "    status: RECRUITING\n    city: Gent", "    status: SUSPENDED\n    city: Gent")
    gent = {**PLACE, "status": "COMPLETED"}
    _then(desk, gent, other, FAR)
    _decide(path)
    _edit(path, "    status: RECRUITING\n    city: Mons", "    status: WITHDRAWN\n    city: Mons")
    mons = {**other, "status": "TERMINATED"}
    desk.registry.days = [day(3, _places("2026-01-03", gent, mons, FAR))]
    desk.call("sync", "--report", "report.md")
    assert "“Terminated”**; yours: **“Withdrawn”**" in _chapter("Needs a decision")
    standing = _chapter("Decided for yours, while the registry says something else")
    assert "“Completed”**; yours: **“Suspended”**" in standing
    assert "Praxis" not in standing


@pytest.mark.parametrize("field", ["locations", "brief_title"])
def test_what_waits_and_the_registry_takes_back_is_told(desk: Desk, field: str) -> None:
    def at(number: int, name: str) -> dict[str, Any]:
        record = _places(f"2026-01-0{number}", {**PLACE, "facility": f"{name} Clinic"}, FAR)
        record["protocolSection"]["identificationModule"]["briefTitle"] = f"Rest of {name}"
        return record

    desk.registry.days = [day(1, at(1, "Alpha"))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    is_of_place = field == "locations"
    old = "facility: Alpha Clinic" if is_of_place else "brief_title: Rest of Alpha"
    _edit(path, old, old.replace("Alpha", "Our"))
    desk.registry.days = [day(2, at(2, "Alphas"))]
    desk.call("sync", "--report", "report.md")
    assert "import_notes" in path.read_text()
    desk.registry.days = [day(3, at(3, "Alpha"))]
    said = desk.call("sync", "--report", "report.md")[1]
    assert "import_notes" not in path.read_text()
    assert "waits no more, since the registry has taken it back, and yours stands: " in said
    chapter = _chapter("Waits no more")
    assert "has taken back, and yours stands" in chapter
    assert "“Alpha Clinic” → **“Alphas" in chapter or "“Rest of Alpha” → **“Rest" in chapter


def test_what_came_in_beside_a_name_that_waited_is_told_once(desk: Desk) -> None:
    """Also where the registry takes the name back: what else it said of the place was news."""
    path = _first(desk, PLACE, FAR)
    _edit(path, "facility: Alpha Clinic", "facility: Our Clinic")
    more = {"status": "RECRUITING", "contacts": [ANN]}
    _then(desk, {**PLACE, **more, "facility": "Alphas Clinic"}, FAR)
    first = _chapter("Stopped, opened, closed; sites and contacts")
    assert (first.count("“Recruiting”"), first.count("Ann Poe")) == (1, 1), first
    desk.registry.days = [day(3, _places("2026-01-03", {**PLACE, **more}, FAR))]
    desk.call("sync", "--report", "report.md")
    then = _chapter("Stopped, opened, closed; sites and contacts")
    assert "“Alphas Clinic” → **“Alpha Clinic”**" in then, then
    assert (then.count("“Recruiting”"), then.count("Ann Poe")) == (0, 0), then


def test_whom_both_left_out_is_told_at_once_though_another_waits(tmp_path: Path) -> None:
    content = tmp_path / "content"
    come(content, FIRST, CHARITE, {**CLINIC, "contacts": [ANN, BO]})
    (ann,) = re.findall(r"(?m)^      - name: Ann Poe\n(?:        .*\n)+", _text(content))
    edit(content, ann, "")
    found = come(content, GONE, CHARITE, CLINIC)
    gone = [one for one in told(content) if one[0] is ChangeKind.REMOVED]
    assert gone == [(ChangeKind.REMOVED, ("Clinic, Ulm, Germany – Ann Poe",), GONE)]
    (waits,) = found.conflicts
    assert [one.entries for one in waits.differing] == [("Clinic, Ulm, Germany – Bo Roe",)]


def test_of_whom_the_registry_dropped_and_the_file_has_still_both_sides_stand(desk: Desk) -> None:
    path = _first(desk, {**PLACE, "contacts": [ANN, BO]}, FAR)
    (ann,) = re.findall(r"(?m)^      - name: Ann Poe\n(?:        .*\n)+", path.read_text())
    _edit(path, ann, "")
    read = _then(desk, PLACE, FAR)
    gone = r"\*\*no longer in the record\*\* Alpha Clinic, Gent, Belgium – Bo Roe \(72\)"
    assert re.search(rf"{gone}; yours: \*\*as before\*\*\n", read), read


def test_what_the_registry_dropped_and_the_editor_had_changed_is_not_as_before(
    desk: Desk,
) -> None:
    arms = [{"label": one, "description": f"{one} it is."} for one in ("Rest", "Sleep")]
    first = _with("2026-01-01", armsInterventionsModule={"armGroups": arms})
    desk.registry.days = [day(1, first)]
    desk.call("fetch", "NCT00000001")
    _edit(desk.trials / "NCT00000001.md", "Sleep it is.", "Sleep it is, by day.")
    second = _with("2026-01-02", armsInterventionsModule={"armGroups": arms[:1]})
    desk.registry.days = [day(2, second)]
    said = desk.call("sync", "--report", "report.md")[1]
    assert "Sleep no longer in the record; yours: kept\n" in said, said
    assert ("yours: **kept**\n" in _report(), "as before" in said + _report()) == (True, False)


def test_who_is_the_editors_alone_is_nothing_that_differs(tmp_path: Path) -> None:
    """Once what the registry dropped is left out."""
    content = tmp_path / "content"
    come(content, FIRST, CHARITE, {**CLINIC, "contacts": [ANN]})
    mine = '        phone: "71"\n      - name: Trial office\n'
    edit(content, '        phone: "71"\n', mine)
    assert come(content, GONE, CHARITE, {**CLINIC, "status": None}).conflicts
    text = re.sub(
        r"(?m)^      - name: Ann Poe\n(?:        .*\n)+", "", file_of(content).read_text()
    )
    file_of(content).write_text(text)
    come(content, BACK, CHARITE, {**CLINIC, "status": None})
    assert trial_of(content).import_notes == ()
    assert ".held" not in (content / "trials/.imported/NCT00000001").read_text()


def test_a_place_that_was_here_already_is_told_as_that(tmp_path: Path) -> None:
    content = tmp_path / "content"
    come(content, FIRST, CHARITE)
    own = "  - facility: Clinic\n    city: Ulm\n    country: Germany\n"
    edit(content, "locations:\n", f"locations:\n{own}")
    found = come(content, GONE, CHARITE, CLINIC)
    assert "this site said so already" in "".join(update_lines([found]))


def test_an_update_that_a_remark_stops_says_what_waits_for_that(tmp_path: Path) -> None:
    content = tmp_path / "content"
    come(content, FIRST, CHARITE, CLINIC)
    edit(content, "  - facility: Clinic\n", "  # closed on Fridays\n  - facility: Clinic\n")
    (problem,) = come(content, GONE, CHARITE).problems
    assert problem.message.endswith("nothing was changed; what waits for that: 1 place gone")


def test_what_is_taken_back_with_a_text_is_called_so_before(desk: Desk) -> None:
    def criteria(number: int, *lines: str) -> dict[str, Any]:
        text = "Inclusion Criteria:\n\n" + "\n".join(f"* {one}" for one in lines)
        record = _places(f"2026-01-0{number}", PLACE)
        record["protocolSection"]["eligibilityModule"] = {"eligibilityCriteria": text}
        return record

    desk.registry.days = [day(1, criteria(1, "Adults of 18", "No fever"))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    _edit(path, "Adults of 18", "Adults of 19")
    _edit(path, "No fever", "No fever\n* Lives near by")
    desk.registry.days = [day(2, criteria(2, "Adults of 20", "No fever"))]
    desk.call("sync", "--report", "report.md")
    assert "You alone (`--take` takes it back too): " in _report()


def test_an_entry_that_waited_and_went_back_is_told_of_both_versions(tmp_path: Path) -> None:
    content = tmp_path / "content"
    come(content, FIRST, CHARITE, CLINIC)
    edit(content, "status: RECRUITING\n    city: Ulm", "status: SUSPENDED\n    city: Ulm")
    assert come(content, GONE, CHARITE, {**CLINIC, "status": "COMPLETED"}).conflicts
    found = come(content, BACK, CHARITE, CLINIC)
    assert (found.conflicts, trial_of(content).import_notes) == ((), ())
    said = [(one.old, one.new, one.after, one.date) for one in trial_of(content).history]
    assert said == [
        ("RECRUITING", "COMPLETED", FIRST, GONE),
        ("COMPLETED", "RECRUITING", GONE, BACK),
    ]
    assert [one.new for one in found.back] == ["COMPLETED"]


def test_what_was_here_already_is_told_though_another_of_its_name_has_a_name_of_ours(
    tmp_path: Path,
) -> None:
    content = tmp_path / "content"
    one, other = (site("Research Site", "Ulm", zip=code) for code in ("71", "72"))
    come(content, FIRST, CHARITE, one, other)
    path = file_of(content)
    first, second, third = path.read_text().split("  - facility: Research Site\n")
    ours = second.replace("RECRUITING", "COMPLETED")
    path.write_text(f"{first}  - facility: Research Site\n{ours}  - facility: Miriam\n{third}")
    found = come(content, GONE, CHARITE, {**one, "status": "COMPLETED"}, other)
    assert "this site said so already" in "".join(update_lines([found]))


def test_what_changed_once_since_a_decision_is_not_said_once_more(desk: Desk) -> None:
    place = {**PLACE, "status": "RECRUITING"}
    path = _first(desk, place, FAR)
    text = path.read_text()
    own = text.index("  - facility: Alpha Clinic"), text.index("  - facility: ", text.index("Gent"))
    path.write_text(text[: own[0]] + text[own[1] :])
    renamed = {**place, "facility": "Alphas Clinic"}
    _then(desk, renamed, FAR)
    _decide(path)
    closed = {**renamed, "status": "COMPLETED"}
    desk.registry.days = [day(3, _places("2026-01-03", closed, FAR))]
    desk.call("sync", "--report", "report.md")
    waits = _chapter("Needs a decision")
    assert "“Recruiting” → **“Completed”**; **left out by this site**" in waits
    assert "once more" not in waits
