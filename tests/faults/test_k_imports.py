"""Group K: what import takes, beside what build takes."""

from __future__ import annotations

import errno
import gzip
import io
import json
import lzma
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from test_import import study, zipped

from faults.rows import Row
from faults.sandbox import Done, Project, command, id_of, project
from trialpages.problems import ContentFailure, errors_in
from trialpages.text.files import MAX_BYTES

# --- 62 -----------------------------------------------------------------------------------------

Spoil = Callable[[dict[str, Any]], None]


def _at(place: str, value: Any) -> Spoil:
    """`a.b.0.c` of a record is the value."""

    def spoil(record: dict[str, Any]) -> None:
        *around, last = place.split(".")
        part: Any = record
        for name in around:
            part = part.setdefault(name, {})
        part[last] = value

    return spoil


_SUMMARY = "protocolSection.descriptionModule.briefSummary"
_CRITERIA = "protocolSection.eligibilityModule.eligibilityCriteria"
_ARMS = "protocolSection.armsInterventionsModule.armGroups"
_STOPPED = "protocolSection.statusModule.whyStopped"
_LIMITS = "resultsSection.moreInfoModule.limitationsAndCaveats.description"
_DETAILS = "resultsSection.participantFlowModule.preAssignmentDetails"

_HEAVY = {
    "40 [": "[" * 40,
    "40 ![": "![" * 40 + "a",
    "33 [ in lines": "[a\n" * 33,
    "20 >": ">" * 20 + " a",
    "9 > in a list": "* " + "> " * 9 + "a",
    "30 lists on a line": "* " * 30 + "a",
    "60 lists": "\n".join("  " * level + "* a" for level in range(60)),
    "200,000 characters": "a " * 100_000,
    "60,000 with marks": "`a` " * 15_000,
}
_LONG = "many words " * (MAX_BYTES // 11 + 1)


def _deep(levels: int) -> Any:
    value: Any = "a"
    for _ in range(levels):
        value = {"a": value}
    return value


_ODD: dict[str, Spoil] = {
    **{f"{name} in the summary": _at(_SUMMARY, text) for name, text in _HEAVY.items()},
    **{f"{name} in criteria": _at(_CRITERIA, text) for name, text in _HEAVY.items()},
    **{f"{name} in results": _at(_LIMITS, text) for name, text in _HEAVY.items()},
    **{f"{name} in details": _at(_DETAILS, text) for name, text in _HEAVY.items()},
    **{
        f"{name} in an arm": _at(_ARMS, [{"label": "A", "description": text}])
        for name, text in _HEAVY.items()
    },
    "40 [ why it stopped": _at(_STOPPED, "[" * 40),
    "40 [ in the title, where they are text": _at(
        "protocolSection.identificationModule.officialTitle", "[" * 40
    ),
    "a million characters": _at(_SUMMARY, "a " * 500_000),
    "a million with marks": _at(_SUMMARY, "*a* " * 250_000),
    "a summary of 9 MB": _at(_SUMMARY, _LONG),
    "results of 9 MB": _at(_DETAILS, _LONG),
    "an unknown field 30 deep": _at("protocolSection.newModule", _deep(30)),
    "an unknown field 300 deep": _at("protocolSection.newModule", _deep(300)),
    "unknown results 30 deep": _at("resultsSection.newModule", _deep(30)),
    "unknown results 300 deep": _at("resultsSection.newModule", _deep(300)),
    "results of another shape": _at("resultsSection", {"participantFlowModule": [1, None, {}]}),
    "results that are no object": _at("resultsSection", ["a"]),
    "results that are a text": _at("resultsSection", "a"),
    "a number of 4,000 digits": _at("protocolSection.designModule.enrollmentInfo.count", 10**4000),
    "results with such a number": _at("resultsSection.participantFlowModule.x", 10**4000),
    **{
        f"a count of 400 digits in results, as {kind.__name__}": _at(
            "resultsSection.adverseEventsModule.eventGroups",
            [{"id": "E", "title": "A", "deathsNumAffected": kind(10**400)}],
        )
        for kind in (int, str)
    },
    "a field's name of 2,000 signs": _at("protocolSection.newModule", {"k" * 2_000: "v"}),
    "infinite places": _at(
        "protocolSection.contactsLocationsModule.locations",
        [{"geoPoint": {"lat": 1e308, "lon": 5}}],
    ),
    "a day that isn't": _at("protocolSection.statusModule.startDateStruct", {"date": "2024-02-31"}),
    "a year 0000": _at("protocolSection.statusModule.startDateStruct", {"date": "0000"}),
    "a title of blanks": _at("protocolSection.identificationModule.briefTitle", "   "),
    "a title of line ends": _at("protocolSection.identificationModule.briefTitle", "\n\n"),
    "control characters": _at(_SUMMARY, "a\x00b\x1b[31mc\x85d\u2028e\ufeff"),
    "a heading of ours": _at(
        _SUMMARY, "a\n\n## Eligibility criteria\n\nb\n\n## Brief summary\n\nc"
    ),
    "a front matter's end": _at(_SUMMARY, "---\na: b\n---\n"),
    "YAML in the title": _at("protocolSection.identificationModule.briefTitle", "*a &b !c <<: {}"),
    "a list in a text's place": _at(_SUMMARY, ["a", "b"]),
    "an age of the stone age": _at("protocolSection.eligibilityModule.minimumAge", "9" * 400),
    "20,000 conditions": _at("protocolSection.conditionsModule.conditions", ["a"] * 20_000),
    "a country of 5,000 signs": _at(
        "protocolSection.contactsLocationsModule.locations", [{"country": "x" * 5_000}]
    ),
    "a sponsor of signs only": _at(
        "protocolSection.sponsorCollaboratorsModule.leadSponsor",
        {"name": "//..//", "class": "OTHER"},
    ),
}


def _records() -> dict[str, dict[str, Any]]:
    """The odd records by what is odd, each with an id of its own, among good ones."""
    found: dict[str, dict[str, Any]] = {}
    for number, (name, spoil) in enumerate(_ODD.items(), start=1):
        found[name] = study(id_of(2 * number))
        spoil(found[name])
        found[f"good {number}"] = study(id_of(2 * number + 1))
    return found


def _refused_by_a_build(made: Project) -> set[str]:
    """The ids of trials that keep the site from being built."""
    refused = set[str]()
    while True:
        try:
            made.build()
        except ContentFailure as failure:
            paths = {one.where.path for one in errors_in(failure.problems) if one.where}
            assert paths, failure.problems
            for path in paths:
                refused.add(Path(path).name.partition(".")[0])
                assert (made.content.parent / path).exists(), failure.problems
                (made.content.parent / path).unlink()
        else:
            return refused


def test_row_62_import_takes_what_build_takes(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path, trials=0)
    records = _records()
    source = tmp_path / "records.ndjson"
    source.write_text("\n".join(json.dumps(record) for record in records.values()))
    done = _import(made, str(source), "--json")
    told = [json.loads(line) for line in done.said.splitlines() if line.startswith("{")]
    states = {one["where"]: one["state"] for one in told}
    lines = dict(enumerate(records, start=1))
    failed = {
        lines[int(where.rpartition(":")[2])] for where, state in states.items() if state != "new"
    }
    blocking = _refused_by_a_build(made)
    odd = len(_ODD)
    row.reached(
        f"{odd} odd records among {odd} good ones: {odd - len(failed)} imported, {len(failed)} "
        f"refused by name, {len(blocking)} imported that don't build"
    )
    assert blocking == set()
    assert len(states) == len(records)
    assert not any(name.startswith("good") for name in failed)
    assert len(failed) >= 30
    assert "40 [ in the title, where they are text" not in failed
    assert done.status == 1


def _import(made: Project, *words: str) -> Done:
    return command(["build.py", "import", *words, "--content", str(made.content)])


@pytest.mark.parametrize("text", ["a" * 60_000, "[" * 40])
def test_a_text_is_refused_or_shown_the_same_at_each_place(text: str) -> None:
    from trialpages.prose.markup import blocks, prose, prose_inline
    from trialpages.text.commonmark import TooDeep

    def is_shown(draw: Callable[[str], object]) -> bool:
        try:
            draw(text)
        except TooDeep:
            return False
        return True

    assert len({is_shown(draw) for draw in (blocks, prose, prose_inline)}) == 1


# --- 61 -----------------------------------------------------------------------------------------


def _good(number: int) -> bytes:
    return json.dumps(study(id_of(number))).encode()


def _entries(content: bytes, sign: bytes) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(sign), content)]


def _patched(content: bytes, offsets: dict[bytes, tuple[int, bytes]]) -> bytes:
    """A zip whose first entry, in its table and before its bytes, is changed."""
    spoilt = bytearray(content)
    for sign, (offset, put) in offsets.items():
        at = _entries(content, sign)[0] + offset
        spoilt[at : at + len(put)] = put
    return bytes(spoilt)


_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
_PAIR = zipped(("one.json", _good(1)), ("two.json", _good(2)))


def _packed(method: bytes) -> bytes:
    return _patched(_PAIR, {_LOCAL: (8, method), _CENTRAL: (10, method)})


def _lzma_spoilt() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("one.json", _good(1) * 20)
        archive.writestr("two.json", _good(2), zipfile.ZIP_STORED)
    spoilt = bytearray(buffer.getvalue())
    spoilt[60:90] = bytes(30)
    return bytes(spoilt)


def _cut_member() -> bytes:
    spoilt = bytearray(zipped(("one.json", _good(1) * 50), ("two.json", _good(2))))
    spoilt[60:70] = b"\xff" * 10
    return bytes(spoilt)


def _name_not_as_flagged(sign_of_header: bytes = b"") -> bytes:
    content = zipped(("\N{LATIN SMALL LETTER E WITH ACUTE}.json", _good(1)), ("two.json", _good(2)))
    name = "\N{LATIN SMALL LETTER E WITH ACUTE}".encode()
    first, *_, last = _entries(content, name)
    spoilt = bytearray(content)
    for at in {first, last} if not sign_of_header else {first}:
        spoilt[at : at + 2] = b"\xff\xfe"
    return bytes(spoilt)


def _overlapping() -> bytes:
    """Every entry of the table names the bytes of the first."""
    content = bytearray(zipped(*((f"{n}.json", b" " * 90_000 + _good(1)) for n in range(40))))
    for at in _entries(bytes(content), _CENTRAL):
        content[at + 42 : at + 46] = bytes(4)
    return bytes(content)


def _deep_zip(levels: int) -> bytes:
    content = _good(1)
    for _ in range(levels):
        content = zipped(("in.json", content))
    return content


def _bomb(megabytes: int, start: bytes = b"", packs: int = 1) -> bytes:
    packed = start + bytes(megabytes * 1_000_000)
    for _ in range(packs):
        packed = gzip.compress(packed, 1)
    return packed


_ARCHIVES: dict[str, Callable[[], bytes]] = {
    "a password": lambda: _patched(_PAIR, {_LOCAL: (6, b"\x01"), _CENTRAL: (8, b"\x01")}),
    "Deflate64": lambda: _packed(b"\x09"),
    "zstd": lambda: _packed(b"\x5d"),
    "a way nobody knows": lambda: _packed(b"\x63"),
    "damaged LZMA": _lzma_spoilt,
    "damaged Deflate": _cut_member,
    "a name that isn't as flagged": _name_not_as_flagged,
    "a name that isn't as flagged before its bytes": lambda: _name_not_as_flagged(_LOCAL),
    "another name before its bytes": lambda: _patched(_PAIR, {_LOCAL: (30, b"six")}),
    "a member that lies about its size": lambda: _patched(_PAIR, {_CENTRAL: (24, b"\x01\x00")}),
    "a place beyond the end": lambda: _patched(_PAIR, {_CENTRAL: (42, b"\xff\xff\xff\x7f")}),
    "members over one another": _overlapping,
    "archives in archives": lambda: _deep_zip(9),
    "cut": lambda: _PAIR[:-30],
    "a zip's first bytes, then zeros": lambda: _bomb(150, b"PK\x03\x04"),
    "zeros": lambda: _bomb(150),
    "zeros, packed twice": lambda: _bomb(300, packs=2),
    "7z": lambda: b"7z\xbc\xaf\x27\x1c" + bytes(40),
    "xz": lambda: lzma.compress(_good(1)),
    "zstd alone": lambda: b"\x28\xb5\x2f\xfd" + bytes(40),
    "a spreadsheet": lambda: zipped(("[Content_Types].xml", b"<a/>"), ("xl/a.xml", b"<a/>")),
    "empty": lambda: zipped(),
}


def test_row_61_archives(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path, trials=0)
    folder = tmp_path / "in"
    folder.mkdir()
    for number, make in enumerate(_ARCHIVES.values(), start=10):
        (folder / f"{number}.json").write_bytes(make())
    (folder / "90.json").write_bytes(_good(90))
    with _disk_used(tmp_path) as used:
        done = _import(made, str(folder), "--json")
    told = [json.loads(line) for line in done.said.splitlines() if line.startswith("{")]
    named = {
        name
        for number, name in enumerate(_ARCHIVES, start=10)
        if any(
            f"in/{number}.json" in one["where"] and one["problems"] and one["state"] == "failed"
            for one in told
        )
    }
    there = {path.stem for path in (made.content / "trials").glob("*.md")}
    full = _on_a_full_disk(made, folder)
    as_flagged = "a name that isn't as flagged"  # is read as what it is then
    row.reached(
        f"{len(named)} of {len(_ARCHIVES) - 1} bad archives named, one with a name that isn't as "
        f"flagged read, the rest imported: {sorted(there)}; at most {max(used) / 1e6:.0f} MB of "
        f"temporary files; with no room for them: exit {full.status}"
    )
    assert set(_ARCHIVES) - named == {as_flagged}
    assert there == {id_of(1), id_of(2), id_of(90)}
    assert done.status == 1
    assert max(used) <= 100_000_000
    assert full.status == 3 and full.is_clear and "TMPDIR" in full.said


@contextmanager
def _disk_used(folder: Path) -> Iterator[list[int]]:
    """How large each temporary file became."""
    used = [0]
    made = tempfile.TemporaryFile

    @contextmanager
    def watched() -> Iterator[Any]:
        with made(dir=folder) as file:
            try:
                yield file
            finally:
                used.append(file.seek(0, os.SEEK_END))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "TemporaryFile", watched)
        yield used


class _Full(io.BytesIO):
    def write(self, *_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def _on_a_full_disk(made: Project, folder: Path) -> Done:
    packed = folder / "packed.gz"
    packed.write_bytes(gzip.compress(_PAIR))  # must be copied to be read
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "TemporaryFile", _Full)
        return _import(made, str(packed))


def test_a_pipe_in_a_folder_holds_nobody_up(tmp_path: Path) -> None:
    made = project(tmp_path, trials=0)
    (tmp_path / "in").mkdir()
    os.mkfifo(tmp_path / "in/a.json")
    (tmp_path / "in/b.json").write_bytes(_good(1))
    assert _import(made, str(tmp_path / "in")).status == 0
