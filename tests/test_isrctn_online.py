"""ISRCTN over the network, against a server on this machine that answers as it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from other_registries import Isrctn, isrctn_record, serving

from trialpages.problems import CallFailure, MachineFailure
from trialpages.registries.client import Client, Patience
from trialpages.registries.door import Listed, Refused
from trialpages.registries.isrctn import REGISTRY
from trialpages.syncing import SyncRun, fetch_trials, sync

QUICK = Patience(pause=0, first_wait=0, refused_wait=0)


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[Isrctn]:
    served = Isrctn(records={number: isrctn_record(number) for number in range(1, 4)})
    with serving(served) as address:
        monkeypatch.setenv("TRIALPAGES_ISRCTN", f"{address}/api")
        yield served


def run(folder: Path) -> SyncRun:
    return SyncRun(folder / "content", Client(QUICK))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("isrctn12345678", "ISRCTN12345678"),
        ("https://www.isrctn.com/ISRCTN12345678?q=x", "ISRCTN12345678"),
        ("isrctn.com/ISRCTN12345678", "ISRCTN12345678"),
        ("12345678", ""),
        ("https://evil.example/ISRCTN12345678", ""),
        ("ISRCTN1234567", ""),
        ("NCT01234567", ""),
    ],
)
def test_a_number_or_an_address_is_a_trials(text: str, number: str) -> None:
    assert REGISTRY.trial_id(text) == number


def test_a_search_pages_address_is_a_question() -> None:
    found = REGISTRY.parameters("https://www.isrctn.com/search?q=asthma&page=2&pageSize=10")
    assert found == {"q": "asthma"}
    assert REGISTRY.parameters("https://clinicaltrials.gov/search?cond=x") == {}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"q": "lastEdited GE 2026-09-01"}, "takes no notice of a date without a time"),
        ({"q": " "}, "asks for nothing"),
        ({"q": "x", "filters": "condition:x"}, "no parameter `filters`"),
    ],
)
def test_what_the_registry_would_take_no_notice_of_is_refused(
    asked: dict[str, str], said: str
) -> None:
    with pytest.raises(CallFailure) as failed:
        REGISTRY.checked(asked)
    assert said in failed.value.problems[0].message
    assert REGISTRY.checked({"q": "lastEdited GE 2026-09-01T00:00:00"})


def test_fetch_brings_records_and_sync_only_what_changed(there: Isrctn, tmp_path: Path) -> None:
    found = fetch_trials(run(tmp_path), REGISTRY, ["ISRCTN00000001", "ISRCTN00000002"])
    assert [one.state for one in found.arrivals] == ["new", "new"]
    there.asked.clear()
    found = sync(run(tmp_path))
    assert found.arrivals == () and len(there.asked) == 1
    there.records[2] = isrctn_record(2, "2026-04-01", "Sleep")
    found = sync(run(tmp_path))
    assert [(one.trial_id, one.state) for one in found.arrivals] == [("ISRCTN00000002", "updated")]
    text = (tmp_path / "content/trials/ISRCTN00000002.md").read_text("utf-8")
    assert "brief_title: Sleep" in text and "2026-04-01" in text


def test_a_trial_that_is_gone_is_told(there: Isrctn, tmp_path: Path) -> None:
    fetch_trials(run(tmp_path), REGISTRY, ["ISRCTN00000001"])
    del there.records[1]
    assert [one.id for one in sync(run(tmp_path)).gone] == ["ISRCTN00000001"]


def test_a_record_that_only_names_the_number_is_another(there: Isrctn) -> None:
    there.records[9] = isrctn_record(9, title="After 00000001")
    with Client(QUICK) as client:
        found = list(REGISTRY.list_trials(client, ["ISRCTN00000001"]))
    assert found == [Listed("ISRCTN00000001", "2026-03-01")]


def test_an_answer_of_more_than_was_asked_for_is_asked_once_more(there: Isrctn) -> None:
    there.records = {number: isrctn_record(number) for number in range(1, 131)}
    with Client(QUICK) as client:
        found = REGISTRY.list_answer(client, {"q": "Rest"})
    assert len(found) == 130
    assert [asked["limit"] for _, asked in there.asked] == ["100", "130"]


def test_too_many_are_refused_with_the_number(there: Isrctn) -> None:
    there.instead = [(200, "application/xml", b'<allTrials totalCount="26000"></allTrials>')]
    with Client(QUICK) as client, pytest.raises(Refused, match="26,000 trials answer it"):
        REGISTRY.list_answer(client, {"q": "Rest"})


@pytest.mark.parametrize(
    "body",
    [
        b"<html><title>Just a moment</title></html>",
        b"not XML",
        b'<allTrials totalCount="many"></allTrials>',
        b'<allTrials totalCount="1"><fullTrial><trial/></fullTrial></allTrials>',
        b'<!DOCTYPE a [<!ENTITY b "c">]><allTrials totalCount="0"></allTrials>',
    ],
)
def test_an_answer_of_another_shape_is_said_and_nothing_written(
    there: Isrctn, tmp_path: Path, body: bytes
) -> None:
    there.instead = [(200, "application/xml", body)]
    with pytest.raises(MachineFailure) as failed:
        fetch_trials(run(tmp_path), REGISTRY, ["ISRCTN00000001"])
    assert "another shape than it used to" in failed.value.problems[0].message
    assert "TRIALPAGES_ISRCTN" in failed.value.problems[0].hint
    assert not list(tmp_path.glob("content/trials/*.md"))


def test_an_answer_that_is_cut_off_is_asked_for_again(there: Isrctn) -> None:
    there.instead = [(200, "application/xml", b'<allTrials totalCount="1"><fullTrial>')]
    with Client(QUICK) as client:
        assert len(list(REGISTRY.list_trials(client, ["ISRCTN00000001"]))) == 1
