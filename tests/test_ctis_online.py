"""EU CTIS over the network, against a server on this machine that answers as it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from other_registries import Ctis, serving

from trialpages.problems import CallFailure, MachineFailure
from trialpages.registries.client import Client, Patience
from trialpages.registries.ctis import REGISTRY
from trialpages.registries.door import Listed, Refused
from trialpages.syncing import SyncRun, fetch_trials, sync

QUICK = Patience(pause=0, first_wait=0, refused_wait=0)
ONE, TWO = "2024-512345-67-00", "2024-512345-67-01"


def record(number: str, day: str, title: str = "Rest") -> dict[str, Any]:
    names = {"fullTitle": title, "publicTitle": title}
    part = {"trialDetails": {"clinicalTrialIdentifiers": names}}
    return {
        "ctNumber": number,
        "ctPublicStatusCode": 4,
        "publishDate": f"{day}T03:00:00",
        "authorizedApplication": {"authorizedPartI": part},
    }


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ctis]:
    served = Ctis(
        records={one: record(one, "2026-03-10") for one in (ONE, TWO)},
        days=dict.fromkeys((ONE, TWO), "10/03/2026"),
    )
    with serving(served) as address:
        monkeypatch.setenv("TRIALPAGES_CTIS", f"{address}/ctis-public-api")
        yield served


def run(folder: Path) -> SyncRun:
    return SyncRun(folder / "content", Client(QUICK))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (ONE, ONE),
        (f"https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={ONE}", ONE),
        (f"https://evil.example/?EUCT={ONE}", ""),
        ("2013-000615-24", ""),
    ],
)
def test_a_number_or_an_address_is_a_trials(text: str, number: str) -> None:
    assert REGISTRY.trial_id(text) == number


def test_fetch_brings_records_and_sync_only_what_changed(there: Ctis, tmp_path: Path) -> None:
    found = fetch_trials(run(tmp_path), REGISTRY, [ONE, TWO])
    assert [one.state for one in found.arrivals] == ["new", "new"]
    assert sync(run(tmp_path)).arrivals == ()
    there.records[TWO] = record(TWO, "2026-04-02", "Sleep")
    there.days[TWO] = "02/04/2026"
    found = sync(run(tmp_path))
    assert [(one.trial_id, one.state) for one in found.arrivals] == [(TWO, "updated")]
    assert "brief_title: Sleep" in (tmp_path / f"content/trials/{TWO}.md").read_text("utf-8")


def test_a_search_goes_through_its_pages_from_the_first(there: Ctis) -> None:
    numbers = [f"2024-512345-{at // 100:02}-{at % 100:02}" for at in range(230)]
    there.records = {one: {} for one in numbers}
    there.days = dict.fromkeys(numbers, "10/03/2026")
    with Client(QUICK) as client:
        found = REGISTRY.list_answer(client, {"medicalCondition": "asthma"})
    assert len(found) == 230 and found[0] == Listed(numbers[0], "2026-03-10")
    assert [asked["pagination"]["page"] for _, asked in there.asked] == [1, 2, 3]
    criteria = there.asked[0][1]["searchCriteria"]
    assert criteria["medicalCondition"] == "asthma" and criteria["number"] is None


def test_more_than_a_search_hands_over_are_refused(there: Ctis) -> None:
    there.instead = [(200, "application/json", b'{"data":[],"pagination":{"totalRecords":10000}}')]
    with Client(QUICK) as client, pytest.raises(Refused, match="10,000 trials answer it"):
        REGISTRY.list_answer(client, {"sponsor": "x"})


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("text/html", b"<!doctype html>", "it is a web page"),
        ("application/json", b"[]", "no object of JSON"),
        ("application/json", b"{}", "no `data` and `totalRecords`"),
        ("application/json", b'{"data":[{}],"pagination":{"totalRecords":1}}', "no `ctNumber`"),
        ("application/json", b'{"data":[],"pagination":{"totalRecords":5}}', "hands over 0"),
    ],
)
def test_a_search_of_another_shape_is_said_and_nothing_written(
    there: Ctis, tmp_path: Path, kind: str, body: bytes, why: str
) -> None:
    there.instead = [(200, kind, body)]
    with pytest.raises(MachineFailure) as failed:
        fetch_trials(run(tmp_path), REGISTRY, [ONE])
    assert "another shape than it used to" in failed.value.problems[0].message
    assert why in failed.value.problems[0].message
    assert not list(tmp_path.glob("content/trials/*.md"))


def test_a_record_of_another_shape_is_said_and_nothing_written(there: Ctis, tmp_path: Path) -> None:
    there.records[ONE] = {"ctNumber": ONE, "parts": []}
    found = fetch_trials(run(tmp_path), REGISTRY, [ONE])
    assert "is no such record" in " ".join(one.message for one in found.failure)
    assert not list(tmp_path.glob("content/trials/*.md"))


def test_what_it_cant_be_asked_by_is_named() -> None:
    with pytest.raises(CallFailure) as failed:
        REGISTRY.checked({"cond": "x"})
    assert "can't be asked by `cond`" in failed.value.problems[0].message
