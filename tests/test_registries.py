"""The client and ClinicalTrials.gov's interface, against a registry on this machine."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
import tracemalloc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import msgspec
import pytest
from odd_values import ODD
from registry import Fault, Registry, serving
from registry_data import Day, Record

from trialpages.importers.json_words import json_problem
from trialpages.problems import CallFailure, MachineFailure, Problem
from trialpages.registries.client import USER_AGENT, Answer, Client, Patience
from trialpages.registries.ctgov import REGISTRY
from trialpages.registries.ctgov_answers import at_address
from trialpages.registries.door import Listed, Refused
from trialpages.registries.known_registries import find_question, find_trial
from trialpages.registries.redirects import (
    LINK,
    STAYS,
    refuse_other_hosts,
    refuse_private_networks,
)
from trialpages.registries.troubles import NoAnswer, Passing, stopped

PATIENT = Patience(connect=30, piece=30, whole=60)
"""On a busy machine too."""

WITHOUT_END = (Fault.SLOW, Fault.SLOW_HEAD, Fault.HINTS, Fault.SAYS_NOTHING)
"""Of these each piece is in time. To look at the clock takes three seconds while they are tried, so
that no machine is too slow for what does end."""
STALLING = (Fault.SILENT, Fault.STALLED, Fault.STALLED_CHUNKS)
SHORT = dict.fromkeys(STALLING, Patience(connect=30, piece=0.3, whole=60))
"""Where waiting is what is tried."""


class Time:
    """A clock that sleeping moves without taking time."""

    def __init__(self, look: float) -> None:
        self.slept: list[float] = []
        self._look, self._looks = look, 0

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def clock(self) -> float:
        self._looks += 1
        return time.monotonic() + sum(self.slept) + self._looks * self._look


def study(number: int, updated: str = "2026-01-01", **more: Any) -> Record:
    return {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT{number:08}", "briefTitle": f"T{number}"} | more,
            "statusModule": {
                "overallStatus": "RECRUITING",
                "lastUpdatePostDateStruct": {"date": updated, "type": "ACTUAL"},
            },
            "conditionsModule": {"conditions": ["Migraine" if number % 2 else "Asthma"]},
            "designModule": {"studyType": "INTERVENTIONAL"},
        },
        "hasResults": False,
    }


def day(count: int, timestamp: str = "2026-01-02T09:00:05", **more: Any) -> Day:
    studies = [study(number, **more) for number in range(1, count + 1)]
    return Day(
        timestamp, {one["protocolSection"]["identificationModule"]["nctId"]: one for one in studies}
    )


def listed(found: Iterable[Listed | Problem]) -> list[Listed]:
    """What a list has, if it is whole."""
    return [one for one in found if isinstance(one, Listed)]


Asking = Callable[..., tuple[Registry, Client, Time]]


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Asking]:
    """Serves days with faults, and gives a client that waits for nothing."""
    with ExitStack() as stack:

        def begin(
            *days: Day,
            faults: tuple[Fault | None, ...] = (),
            patience: Patience = PATIENT,
            look: float = 0,
            **more: Any,
        ) -> Any:
            registry = Registry(days or (day(3),), faults=deque(faults), **more)
            monkeypatch.setenv("TRIALPAGES_CTGOV", stack.enter_context(serving(registry)))
            ours = Time(look)
            client = Client(patience, sleep=ours.sleep, clock=ours.clock)
            return registry, stack.enter_context(client), ours

        yield begin


# --- the client ---------------------------------------------------------------------------------

PASSING = (
    Fault.RATE,
    Fault.RATE_DATE,
    Fault.BUSY,
    Fault.BROKEN,
    Fault.GATEWAY,
    Fault.CUT,
    Fault.CUT_CHUNKS,
    Fault.CUT_GZIP,
    *WITHOUT_END,
    *STALLING,
    Fault.RESET,
    Fault.NOT_JSON,
)
LASTING = {
    Fault.FORBIDDEN: ("forbidden", "save its JSON"),
    Fault.LOOP: ("redirects", "in a circle"),
    Fault.TO_FILE: ("redirects", "sends us on to `file://"),
    Fault.TO_NOTHING: ("redirects", "address that is none"),
    Fault.AWAY: ("not-data", "web page"),
    Fault.ELSEWHERE: ("redirects", "sends us on to `http://other.example`"),
    Fault.PORTAL: ("not-data", "“Guest Wi-Fi”"),
    Fault.OTHER_SHAPE: ("other-shape", "dataTimestamp"),
    Fault.HUGE: ("too-large", "bytes"),
}


def test_every_fault_is_tried() -> None:
    assert {*PASSING, *LASTING, Fault.OLD_TOKEN} == set(Fault)


@pytest.mark.parametrize(
    ("asked", "target", "follows"),
    [
        ("https://a.example/x", "/y", True),
        ("https://a.example/x", "https://a.example/y", True),
        ("http://a.example/x", "https://a.example/y", True),
        ("https://a.example/x", "http://a.example/y", False),
        ("https://a.example/x", "https://b.example/y", False),
        ("https://a.example/x", "//169.254.169.254/y", False),
        ("https://a.example/x", "https://a.example:8443/y", False),
        ("http://a.example/x", "https://a.example:8443/y", False),
        ("https://a.example/x", "https://a.example@b.example/y", False),
    ],
)
def test_a_redirect_leads_to_the_same_host(asked: str, target: str, follows: bool) -> None:
    request = httpx2.Request("GET", asked, extensions=STAYS)
    answer = httpx2.Response(302, headers={"location": target}, request=request)
    if follows:
        refuse_other_hosts(answer)
    else:
        with pytest.raises(MachineFailure, match="sends us on to `http"):
            refuse_other_hosts(answer)


def test_a_stalled_answer_ends_its_try_in_half_a_minute() -> None:
    with Client() as client:
        assert client._http.timeout.read == Patience().piece == 30


@pytest.mark.parametrize("fault", PASSING)
def test_what_may_pass_is_asked_for_again(asking: Asking, fault: Fault) -> None:
    patience, look = SHORT.get(fault, PATIENT), 3.0 * (fault in WITHOUT_END)
    registry, client, _ = asking(faults=(fault, None), patience=patience, look=look)
    assert REGISTRY.version(client) == "2026-01-02T09:00:05"
    assert len(registry.asked) == 2


@pytest.mark.parametrize("fault", PASSING)
def test_what_does_not_pass_ends(asking: Asking, fault: Fault) -> None:
    patience, look = SHORT.get(fault, PATIENT), 3.0 * (fault in WITHOUT_END)
    registry, client, ours = asking(faults=(fault,) * 9, patience=patience, look=look)
    with pytest.raises(MachineFailure) as caught:
        REGISTRY.version(client)
    (problem,) = caught.value.problems
    assert (problem.code, "5 times" in problem.message) == ("no-answer", True)
    assert "goes on where it stopped" in problem.hint
    assert len(registry.asked) == 5
    assert ours.slept == [2, 4, 8, 16]


def test_where_nobody_listens_it_ends_at_once(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, client, ours = asking()
    with socket.socket() as taken:  # bound and not listening: nobody else gets it
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("TRIALPAGES_CTGOV", f"http://127.0.0.1:{taken.getsockname()[1]}/v2")
        with pytest.raises(MachineFailure, match="3 times: nobody listens there"):
            REGISTRY.version(client)
    assert sum(ours.slept) < 4


@pytest.mark.parametrize("fault", LASTING)
def test_what_no_patience_mends_is_said_at_once(
    asking: Asking, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialpages.registries.client.MAX_BYTES", 3_000_000)
    registry, client, _ = asking(faults=(fault,) * (1 if fault is Fault.AWAY else 9))
    with pytest.raises(MachineFailure) as caught:
        REGISTRY.version(client)
    (problem,) = caught.value.problems
    code, words = LASTING[fault]
    assert problem.code == code
    assert words in f"{problem.message} {problem.hint}"
    assert len(registry.asked) == (6 if fault is Fault.LOOP else 2 if fault is Fault.AWAY else 1)


@pytest.mark.parametrize("fault", [Fault.FORBIDDEN, Fault.PORTAL, Fault.OTHER_SHAPE, Fault.BROKEN])
def test_who_names_another_address_is_said(asking: Asking, fault: Fault) -> None:
    registry, client, _ = asking(faults=(fault,) * 9)
    wanted = (Listed("NCT00000001", ""),)
    for ask in (
        lambda: REGISTRY.version(client),
        lambda: REGISTRY.list_answer(client, {"query.cond": "x"}),
        lambda: list(REGISTRY.list_trials(client, ["NCT00000001"])),
        lambda: list(REGISTRY.records(client, wanted, None)),
    ):
        registry.faults = deque((fault,) * 9)
        with pytest.raises(MachineFailure) as caught:
            ask()
        (problem,) = caught.value.problems
        assert problem.hint.startswith("TRIALPAGES_CTGOV names the address http://127.0.0.1:")
        assert problem.hint.count("TRIALPAGES_CTGOV") == 1


def test_of_the_registrys_own_address_no_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem("no-answer", "error", "m", hint="again")
    monkeypatch.setenv("TRIALPAGES_CTGOV", "https://me:secret@mirror.example/api/v2")
    assert "https://mirror.example/api/v2" in at_address(problem).hint
    assert "secret" not in at_address(problem).hint
    monkeypatch.delenv("TRIALPAGES_CTGOV")
    assert at_address(problem) == problem


def test_a_host_is_asked_once_a_second_and_says_when_it_wants_rest(asking: Asking) -> None:
    registry, client, ours = asking(faults=(None, None, Fault.RATE), retry_after=7)
    for _ in range(3):
        REGISTRY.version(client)
    assert [round(seconds) for seconds in ours.slept] == [1, 1, 7]
    assert {asked.agent for asked in registry.asked} == {USER_AGENT}
    assert USER_AGENT.startswith("trialpages/")


def test_a_server_that_wants_an_hour_is_left_alone(asking: Asking) -> None:
    registry, client, ours = asking(faults=(Fault.BUSY,), retry_after=3600)
    with pytest.raises(MachineFailure, match="3,600 seconds"):
        REGISTRY.version(client)
    assert (len(registry.asked), ours.slept) == (1, [])


@pytest.mark.parametrize("wait", ["9" * 400, "9" * 5_000, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_server_that_wants_for_ever_is_quoted_with_a_bound(wait: str) -> None:
    with Client() as client:
        asked = client._retry_after(Answer(429, "", b"", "", {"retry-after": wait}))
    with pytest.raises(MachineFailure, match=r"left alone for more than a week \(status 429\)"):
        raise stopped("https://a.example/x", Passing("status 429", asked), 1)


@pytest.mark.parametrize("odd", ["2026" * 1_000_000, "", "2026\n::error::x", "soon", 7])
def test_a_version_of_the_data_that_is_none_is_no_answer(odd: object) -> None:
    with Scripted({"dataTimestamp": odd}) as client, pytest.raises(MachineFailure) as failed:
        REGISTRY.version(client)
    assert len(str(failed.value)) < 200


def test_a_retry_after_may_be_a_date() -> None:
    with Client(now=lambda: 1445412470.0) as client:
        answer = Answer(429, "", b"", "", {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"})
        assert client._retry_after(answer) == 10
        assert client._retry_after(Answer(429, "", b"", "", {"retry-after": "soon"})) is None


def test_no_connection_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIALPAGES_CTGOV", "http://127.0.0.1:9/api/v2")
    with Client(PATIENT, sleep=lambda _: None) as client:
        with pytest.raises(MachineFailure, match=r"127\.0\.0\.1:9 gave no usable answer"):
            REGISTRY.version(client)
        with pytest.raises(NoAnswer):
            client.status("HEAD", "http://127.0.0.1:9/")
        with pytest.raises(NoAnswer):
            client.status("HEAD", "http://[::1")
    monkeypatch.setenv("TRIALPAGES_CTGOV", "clinicaltrials")
    with Client(PATIENT) as client, pytest.raises(CallFailure, match="TRIALPAGES_CTGOV"):
        REGISTRY.version(client)


@pytest.mark.parametrize("proxy", ["http://ann:secret@127.0.0.1:9", "127.0.0.1:9"])
def test_a_proxy_that_does_not_answer_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.setenv("TRIALPAGES_CTGOV", "http://registry.example/api/v2")
    with Client(PATIENT) as client, pytest.raises(MachineFailure) as caught:
        REGISTRY.version(client)
    (problem,) = caught.value.problems
    assert "proxy 127.0.0.1:9 can't be reached" in problem.message
    assert "secret" not in str(problem)
    assert "HTTPS_PROXY" in problem.hint


def test_a_link_is_tried_without_its_body(asking: Asking) -> None:
    registry, client, _ = asking(faults=(None, Fault.FORBIDDEN, Fault.HUGE))
    with serving(registry) as base:
        assert client.status("HEAD", f"{base}/version") == 200
        assert client.status("GET", f"{base}/version") == 403
        assert client.status("GET", f"{base}/version") == 200


# --- lists and records --------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["http://169.254.169.254/", "http://[::1]/", "//127.1:8080/"])
def test_a_link_leads_no_stranger_into_this_network(target: str) -> None:
    request = httpx2.Request("GET", "https://a.example/x", extensions=LINK)
    answer = httpx2.Response(302, headers={"Location": target}, request=request)
    with pytest.raises(NoAnswer, match="this machine or its network"):
        refuse_private_networks(answer)


@pytest.mark.parametrize("fault", [Fault.SLOW_HEAD, Fault.HINTS])
def test_a_link_whose_answer_never_ends_does_not_answer(asking: Asking, fault: Fault) -> None:
    _, client, _ = asking(faults=(fault,), look=3.0)
    with pytest.raises(NoAnswer, match="after 30 seconds"):
        client.status("HEAD", f"{os.environ['TRIALPAGES_CTGOV']}/version")


def test_trials_are_listed_by_number_and_under_their_present_ids(asking: Asking) -> None:
    merged = study(4, nctIdAliases=["NCT00000009"])
    today = Day("2026-01-02T09:00:05", {**day(3).records, "NCT00000004": merged})
    registry, client, _ = asking(today)
    wanted = ("NCT00000001", "NCT00000009", "NCT00000077")
    found = list(REGISTRY.list_trials(client, wanted))
    assert found == [
        Listed("NCT00000001", "2026-01-01"),
        Listed("NCT00000004", "2026-01-01", ("NCT00000009",)),
    ]
    assert len(registry.asked) == 1


def test_a_long_answer_comes_in_pages_and_the_records_after_it(asking: Asking) -> None:
    registry, client, _ = asking(day(2300))
    found = listed(REGISTRY.list_answer(client, {"query.cond": "migraine OR asthma"}))
    assert (len(found), len(registry.asked)) == (2300, 3)
    records = list(REGISTRY.records(client, found, {"query.cond": "migraine OR asthma"}))
    assert [len(records), len({one.id for one in records}), len(registry.asked)] == [2300, 2300, 6]
    records = list(REGISTRY.records(client, found[:150], None))
    assert (len(records), len(registry.asked)) == (150, 8)
    assert isinstance(records[0].record, msgspec.Raw)
    record = json.loads(bytes(records[0].record))
    assert record["protocolSection"]["statusModule"]["overallStatus"] == "RECRUITING"


@pytest.mark.parametrize("refused", [True, False])
def test_a_list_is_begun_anew_where_the_data_changes_under_it(
    asking: Asking, refused: bool
) -> None:
    days = (day(1500), day(1400, "2026-01-03T09:00:05"))
    registry, client, _ = asking(*days, faults=(None, Fault.OLD_TOKEN), refuses_old_tokens=refused)
    found = REGISTRY.list_answer(client, {"query.cond": "migraine OR asthma"})
    assert (len(found), len(registry.asked)) == (1400, 4)


def test_pages_of_two_versions_make_no_list_though_their_number_is_right(asking: Asking) -> None:
    whole = day(1600).records
    first = Day("2026-01-02T09:00:05", dict(list(whole.items())[:1500]))
    then = Day("2026-01-03T09:00:05", dict(list(whole.items())[100:]))
    faults = (None, Fault.OLD_TOKEN)
    _, client, _ = asking(first, then, faults=faults, refuses_old_tokens=False)
    found = REGISTRY.list_answer(client, {"query.cond": "migraine OR asthma"})
    assert {one.id for one in listed(found)} == set(then.records)


def test_a_list_that_never_stays_is_given_up(asking: Asking) -> None:
    days = [day(1500, f"2026-01-{number:02}T09:00:05") for number in range(1, 9)]
    _, client, _ = asking(*days, faults=(None, Fault.OLD_TOKEN) * 9)
    with pytest.raises(MachineFailure, match="can't be listed whole"):
        REGISTRY.list_answer(client, {"query.cond": "migraine OR asthma"})


def test_records_that_are_gone_between_list_and_fetch_are_left_out(asking: Asking) -> None:
    registry, client, _ = asking(day(1200), day(1100, "2026-01-03T09:00:05"))
    asked = {"query.cond": "migraine OR asthma", "filter.advanced": "AREA[StartDate]MISSING"}
    del asked["filter.advanced"]
    found = listed(REGISTRY.list_answer(client, asked))
    registry.faults.extend((None, Fault.OLD_TOKEN))
    records = list(REGISTRY.records(client, found, asked))
    assert len({one.id for one in records}) == len(records) == 1100


def test_what_the_registry_refuses_comes_in_its_words(asking: Asking) -> None:
    _, client, _ = asking()
    with pytest.raises(Refused, match="Unknown area name: 'Nowhere'"):
        REGISTRY.list_answer(client, {"filter.advanced": "AREA[Nowhere]x"})


# --- ids and questions as people write them -----------------------------------------------------

TRIALS = {
    "NCT06494995": "NCT06494995",
    "nct06494995": "NCT06494995",
    "NCT6494995": "",
    "https://clinicaltrials.gov/study/NCT6494995": "",
    "https://clinicaltrials.gov/study/NCT064949951": "",
    " NCT06494995 ": "NCT06494995",
    "https://clinicaltrials.gov/study/NCT06494995": "NCT06494995",
    "https://clinicaltrials.gov/study/NCT06494995?cond=x&rank=1#participation": "NCT06494995",
    "http://www.clinicaltrials.gov/ct2/show/NCT06494995": "NCT06494995",
    "https://classic.clinicaltrials.gov/ct2/show/record/NCT06494995?view=record": "NCT06494995",
    "clinicaltrials.gov/study/NCT06494995": "NCT06494995",
    "https://clinicaltrials.gov/api/v2/studies/NCT06494995": "NCT06494995",
    "https://clinicaltrials.gov/study/": "",
    "https://evil.example/study/NCT06494995": "",
    "https://clinicaltrials.gov.evil.example/study/NCT06494995": "",
    "NCT00000000": "",
    "NCT123456789": "",
    "ISRCTN12345678": "ISRCTN12345678",
    "DRKS00012345": "",
    "http://[": "",
}


@pytest.mark.parametrize("text", TRIALS)
def test_a_trial_is_known_by_number_or_address(text: str) -> None:
    found = find_trial(text)
    assert (found[1] if found else "") == TRIALS[text]


SEARCH = "https://clinicaltrials.gov/search?"
QUESTIONS = {
    "cond=lung cancer&locn=Leeds": {"query.cond": "lung cancer", "query.locn": "Leeds"},
    "query.cond=HER2%2B&pageSize=10&fields=NCTId": {"query.cond": "HER2+"},
    "https://clinicaltrials.gov/api/v2/studies?query.term=a%26b": {"query.term": "a&b"},
    f"{SEARCH}cond=Asthma&viewType=Table&limit=100&page=2&rank=3": {"query.cond": "Asthma"},
    f"{SEARCH}cond=Asthma&aggFilters=status:rec%20not,phase:3&distance=50": {
        "query.cond": "Asthma",
        "aggFilters": "status:rec not,phase:3",
    },
    f"{SEARCH}intr=X&lastUpdPost=2026-01-01_&start=_2025-12-31": {
        "query.intr": "X",
        "filter.advanced": "AREA[StartDate]RANGE[MIN,2025-12-31] AND "
        "AREA[LastUpdatePostDate]RANGE[2026-01-01,MAX]",
    },
    f"{SEARCH}locStr=Leeds,%20UK&country=United%20Kingdom&city=Leeds": {
        "query.locn": 'SEARCH[Location](AREA[LocationCity]"Leeds" AND '
        'AREA[LocationCountry]"United Kingdom")',
    },
    f"{SEARCH}cond=x&locStr=Leeds&lat=53.8&lng=-1.55&distance=25": {
        "query.cond": "x",
        "filter.geo": "distance(53.8,-1.55,25mi)",
    },
    f"{SEARCH}cond=x&locStr=Chile": {"query.cond": "x", "query.locn": "Chile"},
}


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_known_by_parameters_or_address(text: str) -> None:
    found = find_question(text)
    assert found
    assert found[1] == QUESTIONS[text]


WRONG = {
    "conds=x": "did you mean `cond`",
    "filter.phase=PHASE3": "AREA[Phase]PHASE3",
    f"{SEARCH}cond=x&ageRange=18y_65y": "`ageRange=18y_65y`",
    f"{SEARCH}locStr=Leeds&city=Leeds&distance=50": "filter.geo=distance",
    "https://clinicaltrials.gov/ct2/results?cond=x": "old search page",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_condition_that_would_be_lost_is_named(text: str) -> None:
    with pytest.raises(CallFailure) as caught:
        find_question(text)
    (problem,) = caught.value.problems
    assert WRONG[text] in f"{problem.message} {problem.hint}"


@pytest.mark.parametrize("text", ["lung cancer", "", "https://example.org/search?cond=x"])
def test_what_is_no_question_is_none(text: str) -> None:
    assert find_question(text) is None


class Scripted(Client):
    """Gives what it is told to, whatever it is asked."""

    def __init__(self, *answers: dict[str, Any] | bytes | Refused) -> None:
        super().__init__()
        self.answers = deque(answers)
        self.asked = 0

    def get(self, address: str, _: Any, read: Callable[[Answer], Any]) -> Any:
        self.asked += 1
        answer = self.answers[0] if len(self.answers) == 1 else self.answers.popleft()
        if isinstance(answer, Refused):
            raise answer
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        return read(Answer(200, "application/json", body, address))


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ({"studies": [study(1)], "nextPageToken": "t", "totalCount": 1}, 1),
        ({"studies": [study(1)], "nextPageToken": "t", "totalCount": 3}, 2),
        ({"studies": [], "nextPageToken": "t", "totalCount": 3}, 1),
        ({"studies": [], "nextPageToken": "t"}, 1),
        ({"studies": [study(1)], "nextPageToken": "t"}, 2),
        ({"studies": [study(1)], "nextPageToken": True}, 1),
        ({"studies": [study(1)], "nextPageToken": "t" * 100_000}, 1),
    ],
)
def test_pages_without_end_are_not_asked_for(answer: dict[str, Any], asked: int) -> None:
    with Scripted(answer) as client:
        try:
            list(REGISTRY.records(client, (Listed("NCT00000001", ""),), None))
        except MachineFailure as failure:
            assert failure.problems[0].code == "other-shape"
        assert client.asked == asked


@pytest.mark.parametrize(("total", "asked"), [(5, 1), (1_000, 2)])
def test_full_pages_of_more_trials_than_are_counted_make_no_list(total: int, asked: int) -> None:
    pages = [
        {
            "studies": [study(at + n) for n in range(1_000)],
            "nextPageToken": "t",
            "totalCount": total,
        }
        for at in (1, 2_001)
    ]
    rounds = 3
    with Scripted(*(pages[:asked] * rounds), pages[0]) as client:
        with pytest.raises(MachineFailure, match=rf"it counts {total:,} trials and hands over"):
            REGISTRY.list_answer(client, {})
        assert client.asked == asked * rounds


def test_a_full_page_that_is_all_makes_a_list() -> None:
    page = {"studies": [study(n) for n in range(1, 1_001)], "totalCount": 1_000}
    with Scripted(page | {"nextPageToken": "t"}, {"studies": []}) as client:
        assert len(REGISTRY.list_answer(client, {})) == 1_000
    with Scripted(page) as client:
        assert len(REGISTRY.list_answer(client, {})) == 1_000
        assert client.asked == 1


class Endless(Scripted):
    """Always one trial more, and a token for the next page."""

    def __init__(self, **more: Any) -> None:
        super().__init__({"studies": []})
        self.more, self.said = more, list[str]()

    def get(self, address: str, _: Any, read: Callable[[Answer], Any]) -> Any:
        page = {"studies": [study(self.asked + 1)], "nextPageToken": f"t{self.asked}"}
        self.answers = deque([page | self.more])
        return super().get(address, _, read)

    def say(self, message: str) -> None:
        self.said.append(message)


@pytest.mark.parametrize("more", [{}, {"totalCount": 9_000_000}])
def test_one_trial_a_page_without_end_ends(more: dict[str, Any]) -> None:
    with Endless(**more) as client, pytest.raises(MachineFailure, match="pages don't end"):
        REGISTRY.list_answer(client, {})
    assert client.asked == 51
    assert client.said[0].startswith("ClinicalTrials.gov: 10 trials so far")
    assert len(client.said) == 5


@pytest.mark.parametrize(
    "body",
    [
        b'{"studies": [' + b"{}," * 200_000 + b"{}]}",
        b'{"studies": [' + b"," * 200_000 + b"{}]}",
        b'{"studies": [], "more": [' + b"{}," * 200_000 + b"{}]}",
        b'{"more": [' + b"{}," * 200_000 + b"{}]}",
        b'{"studies": [], "nextPageToken": [' + b"{}," * 200_000 + b"{}]}",
    ],
)
def test_of_more_studies_than_were_asked_for_nothing_is_made(body: bytes) -> None:
    with Scripted(body) as client, contextlib.suppress(MachineFailure):
        tracemalloc.start()
        try:
            REGISTRY.list_answer(client, {})
        finally:
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert most < 4 * len(body)


def test_other_names_of_a_trial_that_are_none_are_left_out() -> None:
    odd = study(1, nctIdAliases=[1, None, {"a": 1}, "NCT00000009"])
    with Scripted({"studies": [odd], "totalCount": 1}) as client:
        (found,) = listed(REGISTRY.list_trials(client, {"NCT00000001"}))
    assert found.aliases == ("NCT00000009",)


@pytest.mark.parametrize("value", [r'"\ud800"', "1" * 5_000])
def test_a_value_json_cannot_hold_is_no_answer_cut_short(value: str) -> None:
    answer = f'{{"studies": [], "totalCount": {value}}}'.encode()
    with Scripted(answer) as client, pytest.raises(MachineFailure, match="that JSON can't hold"):
        REGISTRY.list_answer(client, {})


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_an_odd_value_spoils_no_other_record(value: bytes) -> None:
    first, second, third = (json.dumps(study(number)).encode() for number in (1, 2, 3))
    odd = second[:-1] + b', "odd": ' + value + b"}"
    answer = b'{"totalCount": 3, "studies": [' + b", ".join((first, odd, third)) + b"]}"
    wanted = [Listed(f"NCT0000000{number}", "") for number in (1, 2, 3)]
    with Scripted(answer) as client:
        assert REGISTRY.list_answer(client, {})[1].id == "NCT00000002"  # type: ignore[union-attr]
        found = list(REGISTRY.records(client, wanted, None))
    assert [one.id for one in found] == [one.id for one in wanted]
    assert [bytes(one.record) for one in found] == [first, odd, third]  # type: ignore[arg-type]


def test_a_trial_without_a_number_is_left_out_of_a_list_and_counted() -> None:
    nameless = study(2)
    nameless["protocolSection"]["identificationModule"]["nctId"] = 5
    with Scripted({"studies": [study(1), nameless, 7], "totalCount": 3}) as client:
        first, problem = REGISTRY.list_answer(client, {})
    assert isinstance(first, Listed)
    assert isinstance(problem, Problem)
    assert "2 of 3 trials" in problem.message


def test_an_odd_date_of_the_data_makes_no_list_anew() -> None:
    studies = [
        study(number) | {"derivedSection": {"miscInfoModule": {"versionHolder": version}}}
        for number, version in ((1, "2026-01-01"), (2, "soon"), (3, None))
    ]
    with Scripted({"studies": studies, "totalCount": 3}) as client:
        assert len(REGISTRY.list_answer(client, {})) == 3
        assert client.asked == 1


def test_half_a_sign_is_named() -> None:
    problem = json_problem(r'{"a": "\ud83d\ude00 \ud800"}', "a.json")
    assert r"`\ud800` in it is half a sign" in problem.message
    assert r"`\udc00` in it" in json_problem(r'["\ud83d\ude00 \udc00"]', "a.json").message
    assert "NaN" in json_problem(r'{"a": "\ud83d\ude00", "b": NaN}', "a.json").message


def test_a_registry_that_refuses_numbers_is_no_fault_of_ours() -> None:
    refused = Refused("\x1b]0;t\x07")
    for ask in (
        lambda client: REGISTRY.version(client),
        lambda client: list(REGISTRY.list_trials(client, {"NCT00000001"})),
        lambda client: list(REGISTRY.records(client, (Listed("NCT00000001", ""),), None)),
    ):
        with Scripted(refused) as client, pytest.raises(MachineFailure, match="refuses"):
            ask(client)


def test_a_trial_that_nobody_asked_for_is_none_of_the_answer() -> None:
    renamed = study(4, nctIdAliases=["NCT00000002"])
    with Scripted({"studies": [study(1), study(3), renamed], "totalCount": 3}) as client:
        found = listed(REGISTRY.list_trials(client, {"NCT00000001", "NCT00000002"}))
        assert [one.id for one in found] == ["NCT00000001", "NCT00000004"]
