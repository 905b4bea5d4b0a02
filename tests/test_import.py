"""Registry records in every form they come in, and newer versions over edited files."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialpages.importers.sources import find_records
from trialpages.importing import import_records
from trialpages.problems import Problem
from trialpages.records.conflict_notes import conflict_notes
from trialpages.records.model import Trial
from trialpages.records.trial_file import read_trial, write_trial
from trialpages.updating.arrivals import Arrival, Policy


def study(trial_id: str = "NCT00000001", title: str = "A", **status: Any) -> dict[str, Any]:
    return {
        "protocolSection": {
            "identificationModule": {"nctId": trial_id, "briefTitle": title},
            "statusModule": {"overallStatus": "RECRUITING", **status},
            "designModule": {"studyType": "INTERVENTIONAL"},
        },
        "hasResults": False,
    }


def arrivals(
    content: Path, *paths: Path | str, policy: Policy = Policy.NEW_ONLY, stdin: bytes = b""
) -> list[Arrival]:
    names = [str(path) for path in paths]
    return list(import_records(names, io.BytesIO(stdin), content, policy))


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


ONE, TWO = json.dumps(study()).encode(), json.dumps(study("NCT00000002")).encode()
INDENTED = json.dumps(study(), indent=2).encode()
FORMS = {
    "one.json": ONE,
    "indented.json": INDENTED,
    "array.json": b"[" + ONE + b",\n" + TWO + b"]",
    "page.json": b'{"studies": [' + ONE + b"," + TWO + b"]}",
    "lines.ndjson": ONE + b"\n\n" + TWO + b"\n",
    "lines.json": ONE + b"\n" + TWO,
    "lines.ndjson.gz": gzip.compress(ONE + b"\n" + TWO),
    "all.zip": zipped(("NCT00000001.json", ONE), ("../../NCT00000002.json", TWO)),
    "bom.json": b"\xef\xbb\xbf" + ONE,
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FORMS[name])
    done = arrivals(tmp_path / "content", tmp_path / name)
    assert [arrival.state for arrival in done] == ["new"] * len(done)
    two = b"NCT00000002" in FORMS[name] or name.endswith((".gz", ".zip"))
    found = {path.name for path in (tmp_path / "content/trials").glob("*.md")}
    assert found == {"NCT00000001.md", *(["NCT00000002.md"] if two else [])}
    everything = {path for path in tmp_path.rglob("*") if path.is_file()}
    outside = everything - set((tmp_path / "content/trials").rglob("*"))
    assert outside == {tmp_path / name}


def test_a_folder_and_standard_input_are_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.json").write_bytes(ONE)
    done = arrivals(tmp_path / "content", tmp_path / "in", "-", stdin=gzip.compress(TWO))
    assert [arrival.state for arrival in done] == ["new", "new"]


DAMAGED = {
    "cut.json": INDENTED[:-20],
    "cut.ndjson.gz": gzip.compress(ONE)[:-20],
    "deep.json": b"[" * 100_000,
    "deep-object.json": b'{"a":' * 100_000,
    "not-zip.zip": b"PK\x03\x04 and no more",
    "number.json": b"17",
    "strings.json": b'["a", "b"]',
    "wrong.json": b'{"protocolSection": []}',
    "wrong-id.json": json.dumps(study("../../etc/passwd")).encode(),
    "null.json": b"null",
    "empty.json": b"",
    "latin.json": '{"a": "é"}'.encode("latin-1"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_no_record_is_named_and_stops_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(DAMAGED[name])
    (tmp_path / "zz.json").write_bytes(TWO)
    done = arrivals(tmp_path / "content", tmp_path)
    assert done[-1].state == "new"
    assert all(arrival.state == "failed" and arrival.problems for arrival in done[:-1])
    assert name == "empty.json" or len(done) > 1


@given(st.binary(max_size=200) | st.sampled_from(list(FORMS.values())).map(lambda c: c[:-1]))
def test_no_bytes_make_the_reader_crash(content: bytes) -> None:
    for found in find_records(["-"], io.BytesIO(content)):
        assert isinstance(found.content, (dict, bytes, Problem))


def test_a_bad_record_in_a_long_file_stops_no_other(tmp_path: Path) -> None:
    lines = [ONE, b"{broken", json.dumps({"protocolSection": {}}).encode(), TWO]
    (tmp_path / "a.ndjson").write_bytes(b"\n".join(lines))
    states = [arrival.state for arrival in arrivals(tmp_path / "content", tmp_path / "a.ndjson")]
    assert states == ["new", "failed", "failed", "new"]


def test_posted_results_go_into_a_file_beside_and_come_out_equal(tmp_path: Path) -> None:
    record = study() | {"resultsSection": {"moreInfoModule": {"odd": [1.50, None, "\\>"]}}}
    (tmp_path / "a.json").write_text(json.dumps(record))
    arrivals(tmp_path / "content", tmp_path / "a.json")
    kept = json.loads((tmp_path / "content/trials/NCT00000001.results.json").read_text())
    assert kept == record["resultsSection"]


# --- newer versions -----------------------------------------------------------------------------


@pytest.fixture
def content(tmp_path: Path) -> Path:
    old = study(title="Old title", whyStopped="Old reason", startDateStruct={"date": "2024-07"})
    old["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"] = {"date": "2024-08-01"}
    (tmp_path / "old.json").write_text(json.dumps(old))
    arrivals(tmp_path / "content", tmp_path / "old.json")
    return tmp_path / "content"


def trial(content: Path) -> Trial:
    found = read_trial((content / "trials/NCT00000001.md").read_bytes(), "x").trial
    assert found is not None
    return found


def edit(content: Path, old: str, new: str) -> None:
    path = content / "trials/NCT00000001.md"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def update(content: Path, **changes: Any) -> Arrival:
    title = changes.pop("title", "Old title")
    newer = study(title=title, whyStopped="Old reason", startDateStruct={"date": "2024-07"})
    newer["protocolSection"]["statusModule"] |= {
        "lastUpdatePostDateStruct": {"date": "2024-09-09"},
        **changes,
    }
    path = content.parent / "new.json"
    path.write_text(json.dumps(newer))
    (arrival,) = arrivals(content, path, policy=Policy.UPDATE)
    return arrival


def test_what_the_registry_changed_is_renewed_and_told_in_the_history(content: Path) -> None:
    arrival = update(content, title="New title", overallStatus="COMPLETED")
    assert (arrival.state, arrival.problems) == ("updated", ())
    now = trial(content)
    assert now.brief_title == "New title"
    changes = {(change.date, change.field, change.old, change.new) for change in now.history}
    assert ("2024-09-09", "overall_status", "RECRUITING", "COMPLETED") in changes
    assert ("2024-09-09", "brief_title", "Old title", "New title") in changes


def test_the_editors_own_stay(content: Path) -> None:
    edit(content, "study_type:", "reviewed: 2024-08-20\nlang: en\nstudy_type:")
    edit(content, "why_stopped: Old reason", "why_stopped: Our reason")
    path = content / "trials/NCT00000001.md"
    path.write_text(path.read_text() + "\n## Plain-language summary\n\nIn plain words.\n")
    arrival = update(content, title="New title")
    assert (arrival.state, arrival.problems) == ("updated", ())
    now = trial(content)
    assert now.why_stopped == "Our reason"
    assert now.reviewed and now.reviewed.date == "2024-08-20"
    assert now.plain_language_summary and now.plain_language_summary.text == "In plain words."
    assert now.brief_title == "New title"


def test_a_field_both_changed_stays_and_both_values_are_told(content: Path) -> None:
    edit(content, "why_stopped: Old reason", "why_stopped: Our reason")
    arrival = update(content, whyStopped="Their reason")
    (problem,) = arrival.problems
    assert problem.code == "conflict"
    assert "Our reason" in str(problem) and "Their reason" in str(problem)
    now = trial(content)
    assert now.why_stopped == "Our reason"
    (note,) = conflict_notes(now)
    assert "why stopped: Old reason → Their reason" in note.message


def test_of_long_values_the_difference_is_told_and_the_registrys_is_kept_whole(
    content: Path,
) -> None:
    long = "the same words again and again, " * 8
    edit(content, "why_stopped: Old reason", f"why_stopped: {long}ours")
    arrival = update(content, whyStopped=f"{long}theirs")
    (problem,) = arrival.problems
    assert "ours" in str(problem) and "theirs" in str(problem)
    (note,) = conflict_notes(trial(content))
    assert len(note.message) < 600
    assert f"{long}theirs" in (content / "trials/.imported/NCT00000001").read_text()


def test_a_field_the_registry_dropped_goes_and_one_the_editor_removed_stays_away(
    content: Path,
) -> None:
    edit(content, "start_date: 2024-07\n", "")
    arrival = update(content, whyStopped=None)
    assert arrival.problems == ()
    assert trial(content).why_stopped is None
    assert trial(content).start_date is None


def test_the_same_version_again_changes_nothing(content: Path) -> None:
    update(content, title="New title")
    before = (content / "trials/NCT00000001.md").read_bytes()
    assert update(content, title="New title").state == "unchanged"
    assert (content / "trials/NCT00000001.md").read_bytes() == before


def test_without_update_a_newer_version_is_refused(content: Path) -> None:
    before = (content / "trials/NCT00000001.md").read_bytes()
    path = content.parent / "new.json"
    path.write_text(json.dumps(study(title="New title")))
    (arrival,) = arrivals(content, path)
    assert arrival.state == "refused"
    assert "+brief_title: New title" in str(arrival.problems[0])
    assert (content / "trials/NCT00000001.md").read_bytes() == before


def test_the_file_stays_canonical_after_an_update(content: Path) -> None:
    update(content, title="New title")
    assert write_trial(trial(content)).encode() == (content / "trials/NCT00000001.md").read_bytes()


def test_what_a_mac_puts_into_a_zip_is_no_record(tmp_path: Path) -> None:
    double = b"\0\5\x16\7\0\2\0\0"
    record = json.dumps(study()).encode()
    content = zipped(
        ("__MACOSX/._a.json", double),
        ("x/._a.json", double),
        (".DS_Store", b""),
        ("../a.json", record),
    )
    (tmp_path / "a.zip").write_bytes(content)
    assert [one.state for one in arrivals(tmp_path / "content", tmp_path / "a.zip")] == ["new"]


def test_a_trial_that_lies_deeper_gets_no_second_file(content: Path) -> None:
    deeper = content / "trials/2026/NCT00000001.md"
    deeper.parent.mkdir()
    (content / "trials/NCT00000001.md").rename(deeper)
    for policy in Policy:
        (arrival,) = arrivals(content, content.parent / "old.json", policy=policy)
        assert (arrival.state, arrival.problems[0].code) == ("refused", "deeper")
        assert str(content / "trials/NCT00000001.md") in arrival.problems[0].hint
    assert not (content / "trials/NCT00000001.md").exists()
