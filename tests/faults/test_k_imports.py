"""Group K: what import takes, beside what build takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_import import study

from faults.rows import Row
from faults.sandbox import Done, Project, command, id_of, project
from trialpages.problems import ContentFailure, errors_in
from trialpages.records.files import MAX_BYTES

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
                (made.content.parent / path).unlink(missing_ok=True)
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
    from trialpages.records.commonmark import TooDeep

    def is_shown(draw: Callable[[str], object]) -> bool:
        try:
            draw(text)
        except TooDeep:
            return False
        return True

    assert len({is_shown(draw) for draw in (blocks, prose, prose_inline)}) == 1
