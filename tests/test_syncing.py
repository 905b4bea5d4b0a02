"""fetch and sync against a registry on this machine: what is asked, written and said."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from faults.counts import FULL
from registry import Fault, Registry, serving
from registry_data import Day, Record, read_days

from trialpages.audit.content import audit_content
from trialpages.content.writing import NOTE, finish
from trialpages.importers.found import Found
from trialpages.importing import plan_records
from trialpages.keeping.findings import Findings
from trialpages.keeping.memory import memory_folder
from trialpages.keeping.wishes import Question
from trialpages.problems import BusyFailure, CallFailure, ContentFailure
from trialpages.records.model import Trial
from trialpages.records.trial_file import read_trial
from trialpages.registries.client import Client, Patience
from trialpages.registries.ctgov import REGISTRY
from trialpages.registries.door import Fetched, Listed, Parameters, Refused
from trialpages.settings.queries_file import Leaving, Query
from trialpages.state.lock import hold
from trialpages.syncing import (
    SyncRun,
    fetch_answer,
    fetch_trials,
    look_for_answer,
    look_for_trials,
    sync,
    would_sync,
)
from trialpages.updating.arrivals import Policy

QUICK = Patience(connect=30, piece=30, whole=60)


def study(number: int, updated: str = "2026-01-01", title: str = "", **status: Any) -> Record:
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT{number:08}",
                "briefTitle": title or f"Trial {number}",
            },
            "statusModule": {
                "overallStatus": "RECRUITING",
                "lastUpdatePostDateStruct": {"date": updated, "type": "ACTUAL"},
                **status,
            },
            "conditionsModule": {"conditions": ["Migraine" if number % 2 else "Asthma"]},
            "designModule": {"studyType": "INTERVENTIONAL"},
            "descriptionModule": {"briefSummary": "Does rest help?"},
        },
        "derivedSection": {"miscInfoModule": {"versionHolder": "2000-01-01"}},
        "hasResults": False,
    }


def day(number: int, *studies: Record) -> Day:
    """The data of a day of January 2026."""
    by_id = {one["protocolSection"]["identificationModule"]["nctId"]: one for one in studies}
    return Day(f"2026-01-{number:02}T09:00:05", by_id)


@dataclass
class World:
    """A registry with its days, and a content folder."""

    content: Path
    registry: Registry
    slept: list[float] = field(default_factory=list)

    def run(self) -> SyncRun:
        client = Client(
            QUICK,
            sleep=self.slept.append,
            clock=lambda: time.monotonic() + sum(self.slept),
        )
        return SyncRun(self.content, client)

    def sync(self) -> Findings:
        with (run := self.run()).client:
            return sync(run)

    def would_sync(self) -> Findings:
        with (run := self.run()).client:
            return would_sync(run)

    def fetch(self, *numbers: int) -> Findings:
        with (run := self.run()).client:
            return fetch_trials(run, REGISTRY, [f"NCT{number:08}" for number in numbers])

    def ask(self, condition: str, name: str = "", leaving: Leaving = Leaving.SAY) -> Findings:
        question = Question(name, REGISTRY, {"query.cond": condition}, leaving)
        query = Query(name=name, parameters={"cond": condition}, leaving=leaving) if name else None
        with (run := self.run()).client:
            return fetch_answer(run, question, query)

    def turn_to(self, day: Day) -> None:
        """The registry's data are of that day from now on."""
        self.registry.days = [day]

    def requests(self) -> int:
        """How many there were since this was asked the last time."""
        number = len(self.registry.asked)
        self.registry.asked.clear()
        return number

    def trial(self, number: int) -> Trial:
        path = self.content / f"trials/NCT{number:08}.md"
        found = read_trial(path.read_bytes(), path.name).trial
        assert found
        return found

    def files(self) -> dict[str, str]:
        """A digest of each file of content/."""
        return {
            path.relative_to(self.content).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.content.rglob("*")
            if path.is_file()
        }

    def ids(self) -> set[int]:
        return {int(path.stem[3:]) for path in (self.content / "trials").glob("*.md")}


Begin = Callable[..., World]


@pytest.fixture
def begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    with ExitStack() as stack:

        def start(*studies: Record) -> World:
            registry = Registry([day(1, *(studies or map(study, range(1, 6))))])
            monkeypatch.setenv("TRIALPAGES_CTGOV", stack.enter_context(serving(registry)))
            return World(tmp_path / "content", registry)

        yield start


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    names = before.keys() | after.keys()
    return {name for name in names if before.get(name) != after.get(name)}


# --- what is asked ------------------------------------------------------------------------------


def test_nothing_new_is_one_request(begin: Begin) -> None:
    world = begin(*map(study, range(1, 51)))
    assert len(world.fetch(*range(1, 51)).arrivals) == 50
    assert world.requests() == 3
    before = world.files()
    found = world.sync()
    assert (world.requests(), found.unchanged, found.changes, found.exit_status) == (1, 50, 0, 0)
    world.turn_to(day(2, *map(study, range(1, 51))))
    assert world.sync().changes == 0
    assert world.requests() == 2
    assert world.sync().changes == 0
    assert world.requests() == 1
    assert world.files() == before


def test_only_what_changed_is_fetched_and_written(begin: Begin) -> None:
    world = begin(*map(study, range(1, 51)))
    world.ask("asthma", "asthma")
    world.fetch(*range(1, 51, 2))
    world.sync()
    before, _ = world.files(), world.requests()
    newer = [study(number, "2026-01-02", "Another title") for number in (3, 4, 17)]
    same = [study(number) for number in range(1, 51) if number not in (3, 4, 17)]
    world.turn_to(day(2, *newer, *same))
    found = world.sync()
    assert world.requests() <= 4
    assert [arrival.state for arrival in found.arrivals] == ["updated"] * 3
    touched = changed(before, world.files())
    assert {name for name in touched if name.endswith(".md")} == {
        f"trials/NCT{number:08}.md" for number in (3, 4, 17)
    }
    assert all(".imported/" in name for name in touched if not name.endswith(".md"))
    assert world.trial(17).brief_title == "Another title"


def test_a_thousand_trials_come_in_three_requests(begin: Begin) -> None:
    world = begin(*map(study, range(1, 1001)))
    assert len(world.ask("migraine OR asthma").arrivals) == 1000
    assert world.requests() <= 3
    assert len(world.ids()) == 1000


@pytest.mark.parametrize("odd", [float("nan"), "\ud800", float("inf")])
@pytest.mark.parametrize("place", ["briefSummary", "detailedDescription"])
def test_an_odd_record_is_named_and_the_others_come(begin: Begin, odd: Any, place: str) -> None:
    world = begin(*map(study, range(1, 201)))
    odd_one = world.registry.day.records["NCT00000055"]
    odd_one["protocolSection"]["descriptionModule"][place] = odd
    found = world.ask("migraine OR asthma")
    assert (found.exit_status, found.failure) == (1, ())
    assert world.ids() == {*range(1, 201)} - {55}
    (failed,) = [one for one in found.arrivals if one.problems]
    assert (failed.state, failed.where[-11:]) == ("failed", "NCT00000055")
    del odd_one["protocolSection"]["descriptionModule"][place]
    assert world.ask("migraine OR asthma").exit_status == 0
    assert world.ids() == {*range(1, 201)}


def test_what_is_listed_and_not_handed_over_is_named(begin: Begin) -> None:
    world = begin(study(1), study(2))
    whole = world.registry.page

    def without(parameters: dict[str, str]) -> Record:
        page = whole(parameters)
        left = slice(0, None if "fields" in parameters else 1)
        return page | {"studies": page["studies"][left]}

    world.registry.page = without  # type: ignore[method-assign]
    found = world.fetch(1, 2)
    assert (world.ids(), found.exit_status) == ({1}, 1)
    assert "NCT00000002" in found.problems[0].message
    assert world.sync().exit_status == 0


def test_a_fetch_that_broke_off_goes_on(begin: Begin) -> None:
    world = begin(*map(study, range(1, 251)))
    world.registry.faults.extend((None, None, None, None, None, *[Fault.CUT] * 9))
    numbers = range(1, 251)
    found = world.fetch(*numbers)
    assert (found.exit_status, len(found.arrivals)) == (3, 100)
    assert found.failure[0].code == "no-answer"
    assert len(world.ids()) == 100
    world.registry.faults.clear()
    world.requests()
    found = world.fetch(*numbers)
    assert (found.exit_status, len(found.arrivals), found.unchanged) == (0, 150, 100)
    assert len(world.ids()) == 250


def test_another_checkout_is_not_taken_for_current(begin: Begin) -> None:
    world = begin()
    world.fetch(1, 2, 3)
    names = ("trials/NCT00000001.md", "trials/.imported/NCT00000001")
    old = {name: (world.content / name).read_bytes() for name in names}
    world.turn_to(day(2, study(1, "2026-01-02", "New"), study(2), study(3)))
    world.sync()
    world.requests()
    for name, content in old.items():
        (world.content / name).write_bytes(content)
    world.sync()
    assert world.requests() > 1
    assert world.trial(1).brief_title == "New"


def test_a_look_and_a_check_write_nothing(begin: Begin) -> None:
    world = begin()
    world.fetch(1)
    before = world.files()
    world.turn_to(day(2, study(1, "2026-01-02", "New"), study(2)))
    with (run := world.run()).client:
        plan = look_for_trials(run, REGISTRY, ["NCT00000001", "NCT00000002"]).to_do
        assert [one.id for one in plan.wanted] == ["NCT00000001", "NCT00000002"]
        question = Question("", REGISTRY, {"query.cond": "migraine"})
        assert [one.id for one in look_for_answer(run, question).to_do.wanted] == ["NCT00000001"]
    found = world.would_sync()
    assert [arrival.changes[0].new for arrival in found.arrivals] == ["New"]
    assert world.files() == before


# --- numbers and questions ----------------------------------------------------------------------


def test_a_number_that_nobody_knows_is_said(begin: Begin) -> None:
    world = begin()
    found = world.fetch(1, 77)
    assert [problem.code for problem in found.problems] == ["unknown-trial"]
    assert (found.exit_status, world.ids()) == (1, {1})


def test_a_question_that_is_refused_is_said_in_the_registrys_words(begin: Begin) -> None:
    world = begin()
    with (run := world.run()).client, pytest.raises(CallFailure, match="Unknown area name: 'No'"):
        fetch_answer(run, Question("", REGISTRY, {"filter.advanced": "AREA[No]x"}), None)
    write_queries(
        world, "queries:\n  - name: a\n    parameters:\n      filter.advanced: AREA[No]x\n"
    )
    world.fetch(1)
    found = world.sync()
    assert (found.exit_status, found.problems[0].code) == (1, "refused-query")


def write_queries(world: World, text: str) -> None:
    world.content.mkdir(exist_ok=True)
    (world.content / "queries.yaml").write_text(text)


def test_trials_of_the_file_are_fetched_and_those_left_out_are_not(begin: Begin) -> None:
    world = begin()
    write_queries(
        world,
        "trials:\n  - NCT00000002\n  - https://clinicaltrials.gov/study/NCT00000004\n"
        "leave_out:\n  - NCT00000003\n"
        "queries:\n  - name: migraine\n    address: https://clinicaltrials.gov/search?cond=migraine\n",
    )
    assert world.sync().exit_status == 0
    assert world.ids() == {1, 2, 4, 5}
    assert world.fetch(3).problems[0].code == "left-out"


def test_what_is_written_by_hand_is_the_editors(begin: Begin) -> None:
    world = begin()
    world.fetch(1)
    path = world.content / "trials/NCT00000002.md"
    path.write_text(
        "---\nnct_id: NCT00000002\nbrief_title: Ours\noverall_status: COMPLETED\n"
        "study_type: INTERVENTIONAL\n---\n"
    )
    before = path.read_bytes()
    world.turn_to(day(2, study(1), study(2, "2026-01-02")))
    world.sync()
    world.ask("asthma")
    assert path.read_bytes() == before


def test_a_query_is_kept_once_under_its_name(begin: Begin) -> None:
    world = begin()
    world.ask("migraine", "headache")
    text = (world.content / "queries.yaml").read_text()
    assert "name: headache" in text
    assert world.ask("migraine", "headache").exit_status == 0
    assert (world.content / "queries.yaml").read_text() == text
    with pytest.raises(CallFailure, match="already"):
        world.ask("asthma", "headache")
    world.ask("asthma", "breath")
    assert "name: breath" in (world.content / "queries.yaml").read_text()
    world.requests()
    assert world.sync().changes == 0
    assert world.requests() == 1


@pytest.mark.parametrize("leaving", Leaving)
def test_what_becomes_of_trials_that_leave_an_answer(begin: Begin, leaving: Leaving) -> None:
    world = begin(study(1), study(3), study(5))
    world.ask("migraine", "headache", leaving)
    text = (world.content / "trials/NCT00000003.md").read_text()
    other = study(3)
    other["protocolSection"]["conditionsModule"]["conditions"] = ["Asthma"]
    other["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"] = "2026-01-02"
    world.turn_to(day(2, study(1), other, study(7)))
    found = world.sync()
    assert world.ids() == {1, 3, 5, 7}
    assert [trial.id for trial in found.gone] == ["NCT00000005"]
    said = [(trial.id, left.question) for trial, left in found.left]
    assert said == ([] if leaving is Leaving.KEEP else [("NCT00000003", "headache")])
    assert world.trial(3).draft is (leaving is Leaving.DRAFT)
    lines = (world.content / "trials/NCT00000003.md").read_text().splitlines()
    assert (lines[2] == "draft: true") is (leaving is Leaving.DRAFT)
    assert world.trial(3).conditions == ("Asthma",)
    assert text != (world.content / "trials/NCT00000003.md").read_text()
    again = world.sync()
    assert (again.left, [trial.id for trial in again.gone]) == ((), ["NCT00000005"])


def test_a_query_that_suddenly_finds_nothing_takes_nothing_away(begin: Begin) -> None:
    world = begin(study(1), study(3))
    world.ask("migraine", "headache", Leaving.DRAFT)
    others = [study(1), study(3)]
    for one in others:
        one["protocolSection"]["conditionsModule"]["conditions"] = ["Asthma"]
        one["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"] = "2026-01-02"
    world.turn_to(day(2, *others))
    found = world.sync()
    assert (found.emptied, found.left, world.trial(1).draft) == (("headache",), (), False)


# --- what an editor changed ---------------------------------------------------------------------


def test_a_conflict_is_said_until_it_is_resolved(begin: Begin) -> None:
    world = begin()
    world.fetch(1, 2)
    path = world.content / "trials/NCT00000001.md"
    path.write_text(path.read_text().replace("Trial 1", "Our words"))
    world.turn_to(day(2, study(1, "2026-01-02", "Their words"), study(2)))
    found = world.sync()
    assert (found.exit_status, found.conflicts[0].conflict.changes[0].new) == (1, "Their words")
    world.requests()
    found = world.sync()
    assert (world.requests(), found.exit_status) == (1, 1)
    assert found.conflicts[0].trial.title == "Our words"
    text = path.read_text().replace("Our words", "Their words")
    path.write_text(text.partition("import_notes:")[0] + "---\n" + text.rpartition("---\n")[2])
    assert world.sync().exit_status == 0


def test_one_run_at_a_time(begin: Begin, tmp_path: Path) -> None:
    world = begin()
    with hold(tmp_path / ".content.trialpages"), pytest.raises(BusyFailure):
        world.fetch(1)


def test_no_link_leads_an_answer_out_of_the_content(begin: Begin, tmp_path: Path) -> None:
    world = begin()
    (tmp_path / "outside").mkdir()
    (world.content / "trials/.imported").mkdir(parents=True)
    (world.content / "trials/.imported/queries").symlink_to(tmp_path / "outside")
    with pytest.raises(ContentFailure):
        world.ask("migraine", "headache")
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_killed_write_is_finished_and_names_no_file_elsewhere(
    begin: Begin, tmp_path: Path
) -> None:
    world = begin()
    world.fetch(1)
    trials = world.content / "trials"
    noted = [["NCT00000009.md", b"whole"], ["../../out.md", b"x"], [f"{tmp_path}/out.md", b"x"]]
    (trials / NOTE).write_bytes(msgspec.msgpack.encode(noted))
    codes = [problem.code for problem in audit_content(world.content, (), date(2026, 1, 1))]
    assert "unfinished" in codes
    told = finish(world.content)
    assert [(str(one.where), one.code) for one in told] == [
        (str(trials / "NCT00000009.md"), "finished")
    ]
    assert (trials / "NCT00000009.md").read_bytes() == b"whole"
    assert not (trials / NOTE).exists()
    assert not list(tmp_path.rglob("out.md"))
    (trials / NOTE).write_bytes(b"damaged")
    finish(world.content)
    assert not (trials / NOTE).exists()


def test_no_note_is_finished_behind_a_link(tmp_path: Path) -> None:
    outside, trials = tmp_path / "outside", tmp_path / "content/trials"
    outside.mkdir()
    trials.mkdir(parents=True)
    (outside / ".unfinished").write_bytes(msgspec.msgpack.encode([[".imported/x", b"y"]]))
    (trials / ".imported").symlink_to(outside)
    with pytest.raises(ContentFailure):
        finish(tmp_path / "content")
    assert [path.name for path in outside.iterdir()] == [".unfinished"]


def test_what_a_planted_note_changes_is_told(begin: Begin) -> None:
    world = begin()
    world.fetch(1, 2)
    trials = world.content / "trials"
    kept = (trials / "NCT00000002.md").read_bytes()
    noted = [["NCT00000001.md", None], ["NCT00000002.md", kept]]
    (trials / NOTE).write_bytes(msgspec.msgpack.encode(noted))
    found = world.sync()
    told = [one for one in found.problems if one.code == "finished"]
    assert found.exit_status == 0  # nothing is left to mend
    assert [str(one.where) for one in told] == [str(trials / "NCT00000001.md")]
    assert told[0].message.startswith("removed now")


def test_a_note_that_names_a_folder_is_told_once_and_hinders_nothing(begin: Begin) -> None:
    world = begin()
    world.fetch(1)
    trials = world.content / "trials"
    (trials / "NCT00000009.md").mkdir()
    noted = [["NCT00000009.md", b"x"], ["NCT00000008.md", b"y"], ["A" * 300, b"z"]]
    (trials / NOTE).write_bytes(msgspec.msgpack.encode(noted))
    told = finish(world.content)
    assert [str(one.where) for one in told if "none can be" in one.message] == [
        str(trials / "NCT00000009.md"),
        str(trials / ("A" * 300)),
    ]
    assert (trials / "NCT00000008.md").read_bytes() == b"y"
    assert finish(world.content) == ()


def test_a_folder_in_the_place_of_a_note_is_named_with_what_to_do(begin: Begin) -> None:
    world = begin()
    world.fetch(1)
    note = world.content / "trials" / NOTE
    note.mkdir()
    with pytest.raises(ContentFailure) as failure:
        finish(world.content)
    assert "remove it, then run this again" in str(failure.value.problems[0])
    note.rmdir()
    assert finish(world.content) == ()


@pytest.mark.parametrize("leads_to", ["/dev/zero", "/nowhere", "outside"])
def test_a_link_in_the_place_of_a_note_is_no_note(
    begin: Begin, tmp_path: Path, leads_to: str
) -> None:
    world = begin()
    world.fetch(1)
    outside = tmp_path / "outside"
    outside.write_bytes(msgspec.msgpack.encode([("NCT00000001.md", None)]))
    note = world.content / "trials" / NOTE
    note.symlink_to(outside if leads_to == "outside" else leads_to)
    finish(world.content)
    assert world.ids() == {1}
    assert outside.exists()
    assert not os.path.lexists(note)


def test_no_link_leads_what_a_run_remembers_elsewhere(begin: Begin, tmp_path: Path) -> None:
    world = begin()
    world.fetch(1)
    outside = tmp_path / "outside"
    outside.write_text("mine")
    memory = memory_folder(world.content) / "untold.ndjson"
    memory.unlink(missing_ok=True)
    memory.symlink_to(outside)
    with pytest.raises(ContentFailure, match="link"):
        world.fetch(2)
    assert outside.read_text() == "mine"


def test_a_queries_file_with_a_fault_stops_the_run_at_its_line(begin: Begin) -> None:
    world = begin()
    write_queries(world, "queries:\n  - name: a\n    parameters:\n      conds: x\n")
    with pytest.raises(ContentFailure) as caught:
        world.sync()
    (problem,) = caught.value.problems
    assert str(problem.where) == "content/queries.yaml:4:7"
    assert "did you mean `cond`" in problem.hint


# --- another registry ---------------------------------------------------------------------------


class Elsewhere:
    """A registry with numbers of its own, no versions and no questions."""

    key, name, address = "elsewhere", "Elsewhere", "https://elsewhere.example/"

    def __init__(self, records: dict[str, Record]) -> None:
        self.records_there = records

    def trial_id(self, text: str) -> str:
        found = text.removeprefix(self.address)
        return found if found.startswith("EW-") else ""

    def parameters(self, _: str) -> Parameters:
        return {}

    def checked(self, parameters: Parameters) -> Parameters:
        return parameters

    def version(self, _: Client) -> str:
        return ""

    def list_trials(self, _: Client, ids: Collection[str]) -> Iterator[Listed]:
        yield from (Listed(one, "2026-01-01") for one in ids if one in self.records_there)

    def list_answer(self, _: Client, parameters: Parameters) -> tuple[Listed, ...]:
        raise Refused(str(parameters))

    def records(
        self, _: Client, wanted: Collection[Listed], __: Parameters | None
    ) -> Iterator[Fetched]:
        for one in wanted:
            yield Fetched(one.id, self.address + one.id, self.records_there[one.id])


def test_another_registry_is_an_object_and_an_entry(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = study(1)
    record["protocolSection"]["identificationModule"]["nctId"] = "EW-2026-0001"
    elsewhere = Elsewhere({"EW-2026-0001": record})
    monkeypatch.setattr("trialpages.registries.known_registries.SHIPPED", (REGISTRY, elsewhere))
    world = begin()
    write_queries(world, "trials:\n  - https://elsewhere.example/EW-2026-0001\n")
    world.fetch(1)
    found = world.sync()
    assert (found.exit_status, [one.trial_id for one in found.arrivals]) == (0, ["EW-2026-0001"])
    assert world.sync().unchanged == 2


def test_a_number_with_slashes_is_known_by_the_record_not_by_its_file(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = "CTRI/2024/01/061234"
    record = study(1)
    record["protocolSection"]["identificationModule"]["nctId"] = number
    elsewhere = Elsewhere({number: record})
    monkeypatch.setattr(Elsewhere, "trial_id", lambda _, text: text if "CTRI" in text else "")
    monkeypatch.setattr("trialpages.registries.known_registries.SHIPPED", (REGISTRY, elsewhere))
    world = begin()
    write_queries(world, f"trials:\n  - {number}\n")
    assert [one.trial_id for one in world.sync().arrivals] == [number]
    assert (world.content / "trials/CTRI-2024-01-061234.md").exists()
    found = world.sync()
    assert (found.arrivals, found.unchanged) == ((), 1)


# --- dated versions, day by day -----------------------------------------------------------------

SHARED = Path(__file__).resolve().parents[1] / "../shared/corpus/ctgov-v2-history.ndjson.gz"


def test_played_day_by_day_the_files_equal_a_fresh_import(begin: Begin, tmp_path: Path) -> None:
    days = _days()
    world, fresh = begin(), dict[bytes, dict[str, Any]]()
    world.turn_to(days[0])
    with (run := world.run()).client:
        fetch_trials(run, REGISTRY, list(days[0].records))
    for today in days[1:]:
        world.turn_to(today)
        found = world.sync()
        assert found.exit_status == 0
        for trial_id, record in today.records.items():
            path = world.content / f"trials/{trial_id}.md"
            kept = read_trial(path.read_bytes(), path.name).trial
            assert kept
            version = msgspec.json.encode(record)
            if version not in fresh:
                fresh[version] = _without_ours(_fresh(record, tmp_path / "fresh"))
            assert _without_ours(kept) == fresh[version]


def _days() -> list[Day]:
    if SHARED.exists():
        days = read_days(SHARED)
        some = sorted(days[0].records)[:: 1 if FULL else 6]
        return [replace(one, records={key: one.records[key] for key in some}) for one in days]
    steps: tuple[dict[str, Any], ...] = (
        {},
        {"whyStopped": "No one came"},
        {"startDateStruct": {"date": "2026-02"}},
    )
    return [
        day(at, study(1), *(study(n, f"2026-01-{at:02}", f"T{at}", **more) for n in range(2, 9)))
        for at, more in enumerate(steps, start=1)
    ]


def _fresh(record: Record, content: Path) -> Trial:
    (planned,) = plan_records([Found("x", record)], content, Policy.NEW_ONLY)
    found = read_trial(planned.files[-1].content or b"", "x.md").trial
    assert found
    return found


def _without_ours(trial: Trial) -> dict[str, Any]:
    """Without what the merge itself keeps: the history, and the date of the registry's data."""
    tree: dict[str, Any] = {name: getattr(trial, name) for name in trial.__struct_fields__}
    return {
        name: value
        for name, value in tree.items()
        if name not in ("history", "version_holder", "source")
    }
