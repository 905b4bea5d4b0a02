"""What an import says of a source it can't take, in words that fit JSON, and of what it wrote."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sites import build_site, trial_text, write_files
from test_cli import project, run
from test_import import arrivals, study

from trialpages.cli import cli
from trialpages.importers.other_kinds import place_in
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.registry_shape import from_registry, to_registry
from trialpages.records.trial_file import read_trial

__all__ = ["project"]


def the_problem(folder: Path, content: str, name: str = "record.json") -> Problem:
    source = folder / name
    source.write_text(content, "utf-8")
    (arrival,) = arrivals(folder / "content", source)
    assert arrival.state in ("failed", "merged")
    (problem,) = arrival.problems
    return problem


@pytest.mark.parametrize("content", ["<!--a-->" * 60 + "<x/>", "<!--" * 20_000])
def test_no_text_that_begins_with_remarks_of_xml_takes_long(tmp_path: Path, content: str) -> None:
    assert the_problem(tmp_path, content, "record.txt").code in ("not-json", "not-a-trial-page")


def test_a_key_that_is_there_twice_among_very_many_is_named_at_once(tmp_path: Path) -> None:
    keys = ",".join(f'"k{number}": 1' for number in (*range(200_000), 199_999))
    assert "`k199999`" in the_problem(tmp_path, f"{{{keys}}}").message


@pytest.mark.parametrize(
    ("content", "place", "said", "hint"),
    [
        ('{"a": 1,\n "b": }', "record.json:2:7", "expecting value", "fetch the record again"),
        ('{"protocolSection": {', "record.json", "ends in the middle", "whole"),
        ('[{"protocolSection": {', "record.json[0]", "ends in the middle", "whole"),
        ('{"a": "\\u00', "record.json", "ends in the middle", "whole"),
        ('{"a": tru', "record.json", "ends in the middle", "whole"),
        ('{"a": 1.', "record.json", "ends in the middle", "whole"),
        ("{bad", "record.json:1:2", "expecting property name", "mend it"),
        ('{"a": 1} x', "record.json:1:10", "extra data", "mend it"),
        ('{"a": 1}\0\0\0', "record.json:1:9", "extra data", "mend it"),
        ("---\nnct_id: NCT00000001\n", "record.json:1:1", "isn't JSON", "into content/trials/"),
        ("<html>", "record.json:1:1", "isn't JSON", "not its page"),
        ("Study Overview", "record.json:1:1", "isn't JSON", "ends in .txt"),
        ("", "record.json", "the file is empty", "fetch"),
        ('{"a": 1}', "record.json:1", "no `protocolSection`", "API v2"),
    ],
)
def test_a_source_that_is_no_record(
    tmp_path: Path, content: str, place: str, said: str, hint: str
) -> None:
    problem = the_problem(tmp_path, content)
    assert str(problem.where).endswith(place)
    assert said in problem.message
    assert hint in problem.hint
    assert "---" not in problem.hint


@pytest.mark.parametrize("item", [b'{"a": "\xc9t\xe9"}', rb'{"a": "\ud800"}', b'{"a": NaN}', b"5"])
def test_an_item_that_is_no_strict_json_is_refused_and_the_next_one_read(
    tmp_path: Path, item: bytes
) -> None:
    source = tmp_path / "records.json"
    source.write_bytes(b"[" + item + b", " + json.dumps(study()).encode() + b"]")
    wrong, right = arrivals(tmp_path / "content", source)
    assert (wrong.state, right.state) == ("failed", "new")
    assert str(wrong.problems[0].where).endswith("records.json[0]")


def test_a_line_of_ndjson_keeps_its_number(tmp_path: Path) -> None:
    source = tmp_path / "records.ndjson"
    source.write_text(json.dumps(study()) + '\n{"a": x}\n', "utf-8")
    _, arrival = arrivals(tmp_path / "content", source)
    assert str(arrival.problems[0].where).endswith("records.ndjson:2:7")


def test_what_a_record_lacks_has_its_name_in_json(tmp_path: Path) -> None:
    record = study(overallStatus="Recruiting")
    problem = the_problem(tmp_path, json.dumps(record))
    assert "`protocolSection.statusModule.overallStatus` can't be `Recruiting`" in problem.message
    assert problem.hint == "did you mean RECRUITING?"
    del (again := study())["protocolSection"]["identificationModule"]["briefTitle"]
    problem = the_problem(tmp_path, json.dumps(again))
    assert "`protocolSection.identificationModule.briefTitle` is missing" in problem.message
    assert "fetch the record again" in problem.hint


def test_a_date_that_cannot_be_is_kept_and_said(tmp_path: Path) -> None:
    record = study(startDateStruct={"date": "2024-13-45", "type": "ACTUAL"})
    record["protocolSection"]["statusModule"]["unheardOf"] = 1
    source = tmp_path / "record.json"
    source.write_text(json.dumps(record), "utf-8")
    (arrival,) = arrivals(tmp_path / "content", source)
    assert arrival.state == "new"
    trial = read_trial(Path(arrival.path).read_bytes(), arrival.path).trial
    assert trial is not None
    notes = {note.field: (note.code, note.message) for note in trial.import_notes}
    date = notes["/protocolSection/statusModule/startDateStruct"]
    assert date[0] == "unfit-value" and "can't be right" in date[1]
    unknown = notes["/protocolSection/statusModule/unheardOf"]
    assert unknown[0] == "unknown-field" and "no place" in unknown[1]
    assert to_registry(trial) == record == to_registry(from_registry(record))


@pytest.mark.parametrize("title", [" ", "", "&nbsp;", "\u200b", "<br>"])
def test_a_record_whose_title_is_empty_is_refused(tmp_path: Path, title: str) -> None:
    record = study()
    record["protocolSection"]["identificationModule"]["briefTitle"] = title
    assert the_problem(tmp_path, json.dumps(record)).code == "no-title"


def test_an_empty_list_is_kept_and_is_nothing_to_note(tmp_path: Path) -> None:
    record = study()
    record["protocolSection"]["conditionsModule"] = {"conditions": ["Pain"], "keywords": []}
    source = tmp_path / "record.json"
    source.write_text(json.dumps(record), "utf-8")
    (arrival,) = arrivals(tmp_path / "content", source)
    trial = read_trial(Path(arrival.path).read_bytes(), arrival.path).trial
    assert trial is not None
    assert [note.code for note in trial.import_notes] == ["cut-record"]
    assert to_registry(trial) == record


def test_an_alias_of_another_trial_is_refused_with_both_files_named(tmp_path: Path) -> None:
    other = trial_text("NCT00000002").replace("study_type", "aliases:\n  - NCT00000001\nstudy_type")
    write_files(tmp_path / "content", {"trials/NCT00000002.md": other})
    problem = the_problem(tmp_path, json.dumps(study()))
    assert "NCT00000001 is an alias of the trial in " in problem.message
    assert "NCT00000002.md" in problem.message
    assert "record.json" in str(problem.where)
    assert not (tmp_path / "content/trials/NCT00000001.md").exists()


def nested(levels: int) -> str:
    return "\n".join("  " * level + "* a" for level in range(levels))


def test_criteria_too_deep_to_show_are_refused_at_import(tmp_path: Path) -> None:
    record = study()
    record["protocolSection"]["eligibilityModule"] = {"eligibilityCriteria": nested(60)}
    problem = the_problem(tmp_path, json.dumps(record))
    assert problem.code == "too-deep"
    assert "`eligibility_criteria`" in problem.message


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_criteria_too_deep_to_show_are_found_with_their_line(tmp_path: Path, ending: str) -> None:
    text = trial_text() + "\n## Eligibility criteria\n\n" + nested(60) + "\n"
    content: dict[str, str | bytes] = {"trials/NCT00000001.md": text.replace("\n", ending)}
    with pytest.raises(ContentFailure) as failure:
        build_site(tmp_path, content)
    (problem,) = (p for p in failure.value.problems if p.severity == "error")
    assert problem.where is not None and problem.where.line is not None
    assert text.split("\n")[problem.where.line - 1].strip() == "* a"
    build_site(tmp_path, {"trials/NCT00000001.md": trial_text() + nested(50)})


def test_the_files_written_are_named_or_counted(project: Path) -> None:
    (project / "one.json").write_text(json.dumps(study("NCT00000007")), "utf-8")
    said = run(project, "import", "one.json").stderr
    assert said.splitlines()[-2:] == ["1 new", "wrote content/trials/NCT00000007.md"]
    many = [study(f"NCT000001{number:02}") for number in range(9)]
    (project / "many.json").write_text(json.dumps(many), "utf-8")
    said = run(project, "import", "many.json").stderr
    assert said.splitlines()[-2:] == ["9 new", "wrote 9 files in content/trials"]
    assert run(project, "import", "many.json").stderr.splitlines() == ["9 unchanged"]


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.EACCES, "or move content/ into a folder where it has that"),
        (errno.EROFS, "or move content/ into a folder where it has that"),
        (errno.ENOSPC, "free some space, then again"),
    ],
)
def test_where_nothing_may_be_kept_beside_content_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, hint: str
) -> None:
    """Without a lock two runs would write over each other."""
    made = Path.mkdir

    def mkdir(path: Path, *words: Any, **others: Any) -> None:
        if path.name == ".content.trialpages":
            raise OSError(number, os.strerror(number), str(path))
        made(path, *words, **others)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    (tmp_path / "a.json").write_text("{}")
    words = ("import", str(tmp_path / "a.json"), "--content", str(tmp_path / "content"))
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    assert done.return_value == 3
    assert done.output.count("error: ") == 1
    assert (hint in done.output, "--site" in done.output) == (True, False)
    assert not (tmp_path / "content").exists()


def test_an_odd_number_at_the_end_of_a_name_is_no_line() -> None:
    assert place_in("record.json:²", 1, 1, None) == Where("record.json:²", 1, 1)
