"""Groups of one name or one id: no two of them become one, and none gets another's number."""

from __future__ import annotations

import json
from typing import Any

from test_sentences import record

from trialpages.changes.posted_results import results_changes
from trialpages.records.checks import check_trial
from trialpages.records.model import PartialDate
from trialpages.records.results_file import read_results

DAY = PartialDate("2026-01-02")


def outcome(title: str, value: str, *groups: tuple[str, str]) -> dict[str, Any]:
    number = {"groupId": "OG000", "value": value}
    return {
        "title": title,
        "groups": [{"id": name, "title": said} for name, said in groups],
        "classes": [{"title": "All", "categories": [{"title": "", "measurements": [number]}]}],
    }


def told(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[str]:
    """Of which group a change of a number is told."""
    before, after = ({"outcomeMeasuresModule": {"outcomeMeasures": one}} for one in (old, new))
    changes = results_changes(before, after, DAY)
    return [one.entries[0] for one in changes if (one.old, one.new) == ("1", "2")]


def test_a_changed_number_is_that_of_its_own_tables_group() -> None:
    """Ids count within one table: each outcome's first group is OG000."""
    sleep = outcome("Sleep", "7", ("OG000", "Placebo"))
    old, new = (outcome("Pain", value, ("OG000", "Aspirin")) for value in ("1", "2"))
    assert told([old, sleep], [new, sleep]) == ["Pain – All – Aspirin"]


def test_where_an_id_is_that_of_two_groups_both_are_named() -> None:
    shared = (("OG000", "Aspirin"), ("OG000", "Placebo"))
    old, new = (outcome("Pain", value, *shared) for value in ("1", "2"))
    assert told([old], [new]) == ["Pain – All – Aspirin; Placebo"]
    old = outcome("Pain", "1", ("OG000", "Aspirin"), ("OG001", "Placebo"))
    new = outcome("Pain", "2", ("OG000", "Placebo"), ("OG001", "Aspirin"))
    assert told([old], [new]) == ["Pain – All – Aspirin; Placebo"]


def test_groups_without_an_id_are_named_too() -> None:
    nameless = {"groups": [{"title": "Aspirin"}, {"title": "Placebo"}]}
    section = json.dumps({"participantFlowModule": nameless}).encode()
    _, (problem,) = read_results(section, "NCT00000001.results.json")
    assert problem.message == "2 groups of participantFlowModule have no id"


def test_two_arms_of_one_name_are_named() -> None:
    arms = [{"label": "Aspirin"}, {"label": "Placebo"}, {"label": "Aspirin"}]
    found = check_trial(record(arm_groups=arms), "NCT00000001.md")
    (problem,) = [one for one in found if one.code == "repeated-arm"]
    assert problem.where is not None
    assert problem.where.field == ("arm_groups", 2, "label")
