"""What people give to `import`: pages of an answer, tables, numbers, damaged JSON."""

from __future__ import annotations

import io
import json
import struct
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from odd_values import ODD

from trialpages.cli.importing import import_command
from trialpages.importers.found import Found
from trialpages.importers.sources import _from_stream, find_records
from trialpages.problems import Problem


def record(number: int = 1) -> dict[str, Any]:
    identification = {"nctId": f"NCT9000{number:04}", "briefTitle": "A trial"}
    return {
        "protocolSection": {
            "identificationModule": identification,
            "statusModule": {"overallStatus": "RECRUITING"},
            "designModule": {"studyType": "INTERVENTIONAL"},
        }
    }


def found_in(content: bytes, path: Path) -> list[Found]:
    path.write_bytes(content)
    return list(find_records([str(path)], io.BytesIO()))


def codes(found: list[Found]) -> list[str]:
    return [one.content.code if isinstance(one.content, Problem) else "" for one in found]


def page(trials: int, start: int = 0, **fields: Any) -> bytes:
    studies = [record(at) for at in range(start, start + trials)]
    return json.dumps({**fields, "studies": studies}).encode()


# --- pages of an answer -------------------------------------------------------------------------


def test_one_page_of_several_says_how_many_are_missing(tmp_path: Path) -> None:
    found = found_in(page(20, totalCount=57, nextPageToken="t"), tmp_path / "page.json")
    assert codes(found) == [*[""] * 20, "missing-pages"]
    assert isinstance(found[-1].content, Problem)
    assert "37 of 57 trials" in found[-1].content.message


@pytest.mark.parametrize(
    ("pages", "is_whole"),
    [
        ([page(2, totalCount=2)], True),
        ([page(2, totalCount=3, nextPageToken="t"), page(1, 2)], True),
        ([page(2, nextPageToken="t"), page(1, 2)], True),
        ([page(2, totalCount=4, nextPageToken="t")] * 2, False),
        ([page(3, totalCount=3), page(1, 7, totalCount=4, nextPageToken="t")], False),
        ([page(2, nextPageToken="t")], False),
        ([page(2, totalCount=5, nextPageToken="t"), page(2, 2, nextPageToken="u")], False),
        ([page(0, totalCount=0)], True),
    ],
)
def test_pages_given_together_are_one_answer(
    tmp_path: Path, pages: list[bytes], is_whole: bool
) -> None:
    for at, content in enumerate(pages):
        (tmp_path / f"{at}.json").write_bytes(content)
    found = list(find_records([str(tmp_path)], io.BytesIO()))
    assert ("missing-pages" not in codes(found)) is is_whole


# --- what is wrong with one record stops no other -----------------------------------------------


def test_a_key_that_is_there_twice_is_named(tmp_path: Path) -> None:
    content = json.dumps(record()).replace('"briefTitle"', '"briefTitle": "B", "briefTitle"')
    (found,) = found_in(content.encode(), tmp_path / "a.json")
    assert isinstance(found.content, Problem)
    assert "`briefTitle`" in found.content.message


def test_after_a_number_of_5000_digits_the_rest_of_an_array_is_read(tmp_path: Path) -> None:
    first = json.dumps(record(1)).replace('"briefTitle"', f'"n": {"1" * 5000}, "briefTitle"')
    content = f"[{first}, {json.dumps(record(2))}]".encode()
    assert codes(found_in(content, tmp_path / "a.json")) == ["not-json", ""]


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize("around", [b'{"totalCount": 3, "studies": [%s]}', b"[%s]", b"[[%s]]\n"])
@pytest.mark.parametrize("name", ["a.json", "a.ndjson"])
def test_an_odd_value_in_one_record_spoils_no_other(
    tmp_path: Path, value: bytes, around: bytes, name: str
) -> None:
    first, second, third = (json.dumps(record(number)).encode() for number in (1, 2, 3))
    odd = second[:-1] + b', "odd": ' + value + b"}"
    found = found_in(around % b", ".join((first, odd, third)), tmp_path / name)
    assert [one.content for one in found][::2] == [record(1), record(3)]
    assert isinstance(found[1].content, Problem)
    assert "[1]" in found[1].where


def test_two_lists_of_studies_are_a_key_twice(tmp_path: Path) -> None:
    content = page(2)[:-1] + b", " + page(1, 5)[1:]
    assert codes(found_in(content, tmp_path / "a.json")) == ["key-twice"]


# --- streams without end ------------------------------------------------------------------------


class Endless(io.RawIOBase):
    """A pipe into which somebody writes for ever."""

    def __init__(self, start: bytes, again: bytes) -> None:
        self.left, self.again, self.given = start, again * (100_000 // len(again)), 0

    def readable(self) -> bool:
        return True

    def readinto(self, room: memoryview) -> int:  # type: ignore[override]
        self.left = self.left or self.again
        part, self.left = self.left[: len(room)], self.left[len(room) :]
        room[: len(part)] = part
        self.given += len(part)
        return len(part)


ENDLESS = {
    "zeros": (b"", b"\0"),
    "blank lines": (b"", b"\n"),
    "spaces": (b"", b" "),
    "lines of no JSON": (b"", b"y\n"),
    "objects that are no records": (b"", b"{}\n"),
    "one text": (b'{"a": "', b"a"),
    "one text in an array": (b'[{"a": "', b"a"),
    "quotes": (b'[{"a": ', b'\\"'),
    "brackets": (b"", b"["),
    "braces": (b"[", b"{"),
    "commas": (b"[", b","),
    "items that are no records": (b"[", b"{},"),
    "spaces in an array": (b"[{},", b" "),
    "spaces below an array": (b"[{}]", b" "),
    "zeros below an array": (b"[{}]", b"\0"),
    "a line in UTF-16": (b"\xff\xfe", b"a\0"),
    "the text of a page": (b"Study\n", b"a\n"),
}


@pytest.mark.parametrize("kind", ENDLESS)
@pytest.mark.parametrize("name", ["standard input", "a.json", "a.ndjson", "a.txt"])
def test_a_stream_without_end_is_left(
    kind: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("json_records", "sources", "found"):
        monkeypatch.setattr(f"trialpages.importers.{module}.MAX_RECORD", 300_000)
    monkeypatch.setattr("trialpages.importers.json_records._CHUNK", 50_000)
    monkeypatch.setattr("trialpages.importers.peeked._MOST_BYTES", 900_000)
    endless = Endless(*ENDLESS[kind])
    found = list(_from_stream(io.BufferedReader(endless), name))
    assert endless.given < 3_000_000
    assert isinstance(found[-1].content, Problem)
    assert len(found) < 10_100


def test_a_stream_of_records_may_be_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialpages.importers.peeked._MOST_BYTES", 100)
    lines = b"".join(json.dumps(record(at % 9)).encode() + b"\n\n" for at in range(3_000))
    assert codes(list(find_records(["-"], io.BytesIO(lines)))) == [""] * 3_000


@pytest.mark.parametrize("name", ["a.json", "a.ndjson", "a.txt", "a.zip"])
def test_a_file_of_holes_is_left(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialpages.importers.peeked._MOST_BYTES", 65_000_000)
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(5_000_000_000)
        if name == "a.zip":  # whose table of contents would fill the memory
            file.write(b"PK\x05\x06")
            file.seek(5_000_000_000)
            file.write(struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 9, 9, 4_000_000_000, 0, 0))
    found = list(find_records([str(path)], io.BytesIO()))
    assert isinstance(found[-1].content, Problem)
    assert len(found) <= 2


# --- other kinds of files -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "utf-8"]
)
@pytest.mark.parametrize("name", ["a.json", "a.txt"])
def test_json_is_read_whatever_saved_it(tmp_path: Path, encoding: str, name: str) -> None:
    content = json.dumps(record(), indent=1, ensure_ascii=False).encode(encoding)
    (found,) = found_in(content, tmp_path / name)
    assert found.content == record()


def test_the_registrys_table_is_named_for_what_it_is(tmp_path: Path) -> None:
    (found,) = found_in(b"NCT Number,Study Title\nNCT90000001,A\n", tmp_path / "ctg-studies.csv")
    assert isinstance(found.content, Problem)
    assert "table" in found.content.message
    assert "JSON" in found.content.hint


@pytest.mark.parametrize(
    ("name", "content", "said", "hint"),
    [
        ("a.csv", '"Rank","NCT Number","Title"\n1,NCT90000001,A\n', "registry's table", "JSON"),
        ("a.csv", "NCT Number;Study Title\nNCT90000001;A\n", "registry's table", "JSON"),
        ("a.tsv", "TrialID\tPublic title\nISRCTN12345678\tA\n", "a table", "JSON"),
        ("a.txt", "NCT Number,Study Title\nNCT90000001,A\n", "registry's table", "JSON"),
        (
            "a.xml",
            '<?xml version="1.0"?>\n<clinical_study rank="1">\n<!-- … -->\nNCT90000001',
            "until 2024",
            "fetch NCT90000001",
        ),
        ("a.xml", '<?xml version="1.0"?>\n<allTrials/>', "XML of a form", "JSON"),
        ("a.txt", "<!DOCTYPE html>\n<title>Study</title>", "web page", "JSON"),
        ("a.txt", "NCT90000001\nNCT90000002\n", "numbers", "fetch NCT90000001"),
        ("a.ris", "TY  - DBASE\nID  - NCT90000001\n", "citation", "fetch NCT90000001"),
        ("a.txt", "%PDF-1.7\n", "a PDF", "JSON"),
        ("a.txt", " \n", "empty", "fetch"),
        ("a.tar", "a.json" + "\0" * 251 + "ustar", "tar archive", "unpack"),
        ("a.json", "[]", "no record in it", "asked for"),
        ("a.json", '{"studies": []}', "no record in it", "asked for"),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_to_give_instead(
    tmp_path: Path, name: str, content: str, said: str, hint: str
) -> None:
    (found,) = found_in(content.encode(), tmp_path / name)
    assert isinstance(found.content, Problem)
    assert said in found.content.message
    assert hint in found.content.hint


def test_what_is_cut_at_its_end_is_said_to_be(tmp_path: Path) -> None:
    first, second = json.dumps(record(1)), json.dumps(record(2))
    for cut in (1, 2, 9, 40, 60, len(second) - 1):
        whole, broken = found_in(f"[{first}, {second[:-cut]}".encode(), tmp_path / "a.json")
        assert whole.content == record(1)
        assert isinstance(broken.content, Problem)
        assert "ends in the middle" in broken.content.message
        page = f'{{"studies": [{first}, {second[:-cut]}'
        (broken,) = found_in(page.encode(), tmp_path / "a.json")
        assert isinstance(broken.content, Problem)
        assert "ends in the middle" in broken.content.message


@pytest.mark.parametrize("below", ["]", "x", '[{"a": 1}]', "\n" * 3_000_000 + "x"])
def test_what_stands_below_an_array_is_not_passed_over(tmp_path: Path, below: str) -> None:
    found = found_in(f"[{json.dumps(record())}]\n{below}".encode(), tmp_path / "a.json")
    assert found[0].content == record()
    assert [one.content.code for one in found[1:] if isinstance(one.content, Problem)] == [
        "more-below"
    ]


@pytest.mark.parametrize("given", ["NCT07563218", "https://clinicaltrials.gov/study/NCT07563218"])
def test_who_gives_a_number_learns_of_fetch(given: str) -> None:
    outcome = CliRunner().invoke(import_command, [given])
    assert outcome.exit_code == 2
    assert "fetch NCT07563218" in outcome.output
