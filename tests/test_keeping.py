"""The two verbs and the report, as an editor meets them."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
import pytest
from markdown_it import MarkdownIt
from registry import Fault, Registry, serving
from registry_data import Record
from sites import PROJECT, build_site, trial_text
from test_syncing import day, study

from trialpages.cli import main
from trialpages.cli.kept import tell_findings
from trialpages.importers.conflict import Conflict
from trialpages.importing import carry_out
from trialpages.keeping.findings import Findings, OpenConflict, TrialName
from trialpages.keeping.report import report_text
from trialpages.keeping.report_words import ReportFrame
from trialpages.registries.client import Client, Patience
from trialpages.registries.ctgov import REGISTRY
from trialpages.registries.door import Listed
from trialpages.updating.arrivals import Arrival, Planned

# --- the verbs ----------------------------------------------------------------------------------


@dataclass
class Desk:
    """Where an editor sits: a folder with content/, and a registry that answers."""

    folder: Path
    registry: Registry
    capture: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def call(self, *arguments: str) -> tuple[int, str]:
        """The exit status, and all that was said."""
        self.monkeypatch.setattr(sys, "argv", ["trialpages", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self.capture.readouterr()
        return int(str(ended.value.code or 0)), said.out + said.err

    @property
    def trials(self) -> Path:
        return self.folder / "content/trials"


@pytest.fixture
def desk(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    slept: list[float] = []
    quick = partial(
        Client,
        Patience(connect=30, piece=30, whole=60, tries=2),
        sleep=slept.append,
        clock=lambda: time.monotonic() + sum(slept),
    )
    monkeypatch.setattr("trialpages.registries.client.Client", quick)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(tmp_path)
    registry = Registry([day(1, *map(study, range(1, 6)))])
    with serving(registry) as address:
        monkeypatch.setenv("TRIALPAGES_CTGOV", address)
        (tmp_path / "content").mkdir()
        (tmp_path / "content/site.yaml").write_text("title: T\nurl: https://example.org/t/\n")
        yield Desk(tmp_path, registry, capfd, monkeypatch)


def test_an_editor_names_trials_and_reads_a_report(desk: Desk) -> None:
    status, said = desk.call("fetch", "NCT00000001", "https://clinicaltrials.gov/study/NCT00000003")
    assert (status, "2 new" in said, "NCT00000003  new: Trial 3" in said) == (0, True, True)
    status, said = desk.call("fetch", "--query", "cond=asthma", "--as", "asthma")
    assert (status, "2 new" in said) == (0, True)
    assert desk.call("sync")[0] == 0
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Trial 1", "Our title"))
    stopped = study(2, "2026-01-02", overallStatus="TERMINATED", whyStopped="No *money* left @all")
    renamed = study(1, "2026-01-02", "Their title")
    contacted = study(4, "2026-01-02")
    contacted["protocolSection"]["eligibilityModule"] = {"sex": "FEMALE"}
    desk.registry.days = [day(2, renamed, stopped, contacted, study(6, "2026-01-02"))]
    assert desk.call("sync", "--check")[0] == 1
    status, said = desk.call("sync", "--report", "report.md")
    assert (status, "Terminated" in said) == (1, True)
    report = (desk.folder / "report.md").read_text()
    order = [
        "## Needs a decision",
        "(`brief_title`): “Trial 1” → **“Their title”**; yours: ",
        "“Our title”",
        "## Stopped, opened, closed; sites and contacts",
        "NCT00000002.html) *Trial 2*, between 1 January 2026 and 2 January 2026\n",
        "“Recruiting” → **“Terminated”**",
        "No \\*money\\* left `@all`",
        "## Who can take part",
        "https://example.org/t/trials/NCT00000004.html#eligibility",
        "## New trials",
        "NCT00000006",
        "## Gone, merged, no longer found",
        "NCT00000003.html) *Trial 3* is no longer at its registry",
    ]
    places = [report.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert re.search(r"- \[NCT00000001\]\(\S+\) \*Our title\*\n", report)
    assert "*Their title*\n" not in report
    assert places == sorted(places)
    assert "GitHub" not in report  # which runs nothing here
    assert desk.call("sync")[0] == 1  # the conflict is still open


def test_older_data_than_were_used_before_take_nothing_away(desk: Desk) -> None:
    """Of a server that lags: what has come since isn't in them. A run before that saw newer ones
    and was broken off counts too."""
    desk.registry.days = [day(2, study(1), study(2))]
    desk.call("fetch", "NCT00000001", "NCT00000002")
    desk.registry.days = [day(3, study(1), study(2, "2026-01-03"))]
    desk.registry.faults.extend([None, None, *(2 * [Fault.BROKEN])])
    assert desk.call("sync")[0] == 3
    before = {path: path.read_bytes() for path in desk.trials.glob("*.md")}
    desk.registry.days = [day(2, study(1))]
    for call in (("sync", "--report", "report.md"), ("fetch", "NCT00000002"), ("sync", "--check")):
        status, said = desk.call(*call)
        assert (status, "older than those of 2026-01-03T09:00:05" in said) == (3, True), said
        assert {path: path.read_bytes() for path in desk.trials.glob("*.md")} == before
    report = Path("report.md").read_text()
    assert ("no longer at its registry" in report, "It ended early" in report) == (False, True)
    desk.registry.days = [day(3, study(1), study(2, "2026-01-03"))]
    assert desk.call("sync")[0] == 0


def test_what_a_run_brought_that_was_broken_off_is_counted_apart(desk: Desk) -> None:
    desk.registry.days = [day(1, *(study(number) for number in range(1, 4)))]
    desk.call("fetch", "NCT00000001", "NCT00000002", "NCT00000003")
    newer = [study(number, "2026-01-02", f"New {number}") for number in range(1, 4)]
    desk.registry.days = [day(2, *newer)]
    with desk.monkeypatch.context() as broken:
        broken.setattr("trialpages.syncing.carry_out", _stopping_after(2))
        assert desk.call("sync")[0] == 130
    status, said = desk.call("sync", "--report", "report.md")
    assert (status, "3 updated (2 of these by earlier runs); " in said) == (0, True), said
    assert "**3 trials changed**" in Path("report.md").read_text()
    assert "earlier runs" not in desk.call("sync")[1]


def _stopping_after(most: int) -> Callable[[Planned], None]:
    done = list[Planned]()

    def carry(planned: Planned) -> None:
        if len(done) == most:
            raise KeyboardInterrupt
        done.append(planned)
        carry_out(planned)

    return carry


def test_what_a_report_told_is_told_no_more_wherever_the_run_was_killed(desk: Desk) -> None:
    desk.registry.days = [day(1, study(1))]
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, study(1, "2026-01-02", "New"))]
    with desk.monkeypatch.context() as killed:
        killed.setattr("trialpages.keeping.news.Path.replace", _killed_at("reported.ndjson"))
        assert desk.call("sync", "--report", "report.md")[0] == 130
    first = Path("report.md").read_text()
    assert "**1 trial changed**" in first
    desk.call("sync", "--report", "report.md")
    then = Path("report.md").read_text()
    assert "Nothing has come since the report of 1 January 2026" in then, then
    assert not Path("report.1.md").exists()


def _killed_at(name: str) -> Callable[[Path, Path], Path]:
    replaced = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if target.name == name:
            raise KeyboardInterrupt
        return replaced(path, target)

    return replace


def test_nothing_in_a_report_acts_on_who_reads_it(desk: Desk) -> None:
    """Neither a terminal nor GitHub: no link, reference, call, picture or turned direction."""
    desk.call("fetch", "NCT00000001")
    acting = (
        *("https://evil.example/a", "(www.evil.example)", "GH-12", "#12", "a/b#1", ":+1:", "@all"),
        *("a@b.example", "0123456789abcdef0123456789abcdef01234567", "$x^2$", "`@all", "``#1``"),
    )
    signs = "\x1b]0;t\x07 \u202ecod.exe"
    why = f"closes {' '.join(acting)} <b> {signs}"
    stopped = study(1, "2026-01-02", overallStatus="TERMINATED", whyStopped=why)
    desk.registry.days = [day(2, stopped)]
    assert desk.call("sync", "--report", "report.md")[0] == 0
    report = (desk.folder / "report.md").read_text()
    assert "\\x1b\\]0;t\\x07 \\u202ecod.exe" in report.replace("\\\\", "\\")
    assert not set("\x1b\x07\u202e") & set(report)
    page = MarkdownIt("commonmark").render(report)
    assert "&lt;b&gt;" in page
    for word in acting:
        assert f"<code>{html.escape(word)}</code>" in page, word


def test_no_name_of_a_folder_acts_from_a_report(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    odd = desk.trials / "a) [b](x) `@all` _b_"
    odd.mkdir()
    for path in desk.trials.glob("NCT00000001*"):
        path.rename(odd / path.name)
    desk.registry.days = [day(2, study(2))]
    desk.call("sync", "--report", "report.md")
    report = (desk.folder / "report.md").read_text()
    assert "is no longer at its registry" in report
    page = MarkdownIt("commonmark").render(report)
    assert set(re.findall("<em>(.*?)</em>", page)) == {"Trial 1", "Trial 2"}
    assert 'href="x"' not in page
    assert page.count("<a ") == sum(report.count(f"NCT0000000{n}](") for n in (1, 2))
    assert page.count("@all") == len(re.findall("<code>[^<]*@all[^<]*</code>", page))


@pytest.mark.parametrize(
    ("faults", "status"),
    [((Fault.FORBIDDEN,), 3), ((Fault.PORTAL,), 3), ((Fault.BUSY,) * 9, 3), ((None, Fault.CUT), 0)],
)
def test_a_network_that_fails_ends_with_three(
    desk: Desk, faults: tuple[Fault | None, ...], status: int
) -> None:
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, study(1, "2026-01-02", "New"))]
    desk.registry.faults.extend(faults)
    found, said = desk.call("sync", "--report", "report.md")
    assert found == status
    assert "Traceback" not in said
    assert ("error: " in said and "→" in said) is (status == 3)
    report = (desk.folder / "report.md").read_text()
    assert ("It ended early" in report) is (status == 3)


def test_what_is_gone_leads_to_the_history_and_no_place_is_called_closed(desk: Desk) -> None:
    first, then = study(1), study(1, "2026-01-02", overallStatus="SUSPENDED")
    place = {"facility": "Clinic", "city": "Ulm", "country": "Germany"}
    first["protocolSection"]["contactsLocationsModule"] = {
        "centralContacts": [{"name": "Ann Lee", "phone": "1"}],
        "locations": [{**place, "status": "RECRUITING"}],
    }
    then["protocolSection"]["contactsLocationsModule"] = {"locations": [place]}
    desk.registry.days = [day(1, first)]
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, then)]
    _, said = desk.call("sync", "--report", "report.md")
    assert "1 place with no status any more" in said
    assert "closed" not in said
    report = (desk.folder / "report.md").read_text()
    assert "NCT00000001.html#history): **no longer in the record** Ann Lee" in report
    assert "#contacts" not in report


CALLS = {
    ("fetch",): 2,
    ("fetch", "NCT00000001", "--query", "cond=x"): 2,
    ("fetch", "NCT00000001", "--as", "x"): 2,
    ("fetch", "lung cancer"): 2,
    ("fetch", ""): 2,
    ("fetch", "DRKS00012345"): 2,
    ("fetch", "content/site.yaml"): 2,
    ("fetch", "https://clinicaltrials.gov/search?cond=asthma"): 2,
    ("fetch", "--query", "lung cancer"): 2,
    ("fetch", "--query", "conds=x"): 2,
    ("fetch", "--query", "cond=x", "--as", "A b"): 2,
    ("fetch", "--query", "filter.advanced=AREA[No]x"): 2,
    ("fetch", "NCT00000077"): 1,
    ("fetch", "NCT00000001", "--dry-run"): 0,
    ("fetch", "--query", "cond=asthma", "--dry-run"): 0,
    ("sync",): 0,
    ("sync", "--check"): 0,
}


@pytest.mark.parametrize("arguments", CALLS, ids=" ".join)
def test_a_call_ends_with_its_status_and_says_what_to_do(
    desk: Desk, arguments: tuple[str, ...]
) -> None:
    status, said = desk.call(*arguments)
    assert (status, "Traceback" in said) == (CALLS[arguments], False)
    assert status == 0 or "→" in said or "Usage" in said
    assert not desk.trials.exists()


def test_a_check_ends_with_one_where_there_is_news(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    assert desk.call("sync", "--check")[0] == 0
    desk.registry.days = [day(2, study(1, "2026-01-02", "New"))]
    status, said = desk.call("sync", "--check")
    assert (status, "1 would be updated" in said) == (1, True)
    assert desk.call("sync")[0] == 0


def test_what_to_give_instead_is_said(desk: Desk) -> None:
    assert "`import content/site.yaml`" in desk.call("fetch", "content/site.yaml")[1]
    assert "this is a file" not in desk.call("fetch", "")[1]
    for text in ("ACTRN12605000003640", "https://drks.de/search/en/trial/DRKS00012345"):
        said = desk.call("fetch", text)[1]
        assert "is of another registry" in said and "is no trial" not in said
        assert "only ClinicalTrials.gov, ISRCTN and EU" in said
        assert "`import FILE`" in said, said
    search = "https://clinicaltrials.gov/search?cond=asthma"
    assert f"fetch --query '{search}'" in desk.call("fetch", search)[1]


def test_numbers_between_commas_are_trials(desk: Desk) -> None:
    address = "https://clinicaltrials.gov/study/NCT0000000"
    status, said = desk.call("fetch", f"NCT00000001, NCT00000002,{address}3,{address}4")
    assert (status, "4 new" in said) == (0, True), said
    status, said = desk.call("fetch", "NCT00000005,NCT000006")
    assert (status, "`NCT000006` has 6 digits" in said, "4 unchanged" in said) == (2, True, False)
    assert len(list(desk.trials.glob("*.md"))) == 4


@pytest.mark.parametrize("text", ["00000005", "NCT 00000005", "nct-00000005"])
def test_a_number_without_its_letters_is_asked_about_and_not_fetched(desk: Desk, text: str) -> None:
    status, said = desk.call("fetch", text)
    assert (status, "did you mean NCT00000005?" in said) == (2, True), said
    assert not desk.trials.exists()


def test_a_line_of_json_a_record(desk: Desk) -> None:
    _, said = desk.call("fetch", "NCT00000001", "--json", "--quiet")
    (line,) = said.splitlines()
    assert {"state": "new", "path": "content/trials/NCT00000001.md"}.items() <= json.loads(
        line
    ).items()


def test_many_trials_are_counted_before_they_come(desk: Desk) -> None:
    desk.registry.days = [day(1, *map(study, range(1, 152)))]
    status, said = desk.call("fetch", "--query", "cond=migraine OR asthma")
    assert (status, said.index("151 records are to come") < said.index("151 new")) == (0, True)
    assert "NCT00000001  new" not in said


def test_ctrl_c_says_that_it_goes_on(desk: Desk) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    desk.monkeypatch.setattr("trialpages.syncing.take", stop)
    status, said = desk.call("fetch", "NCT00000001")
    assert (status, "Run the same again" in said) == (130, True)


def test_a_report_outlives_a_run_that_could_ask_nobody(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, study(1, "2026-01-02", "New"))]
    assert desk.call("sync", "--report", "report.md")[0] == 0
    before = Path("report.md").read_text()
    desk.monkeypatch.setenv("TRIALPAGES_CTGOV", "http://127.0.0.1:9/api/v2")
    status, said = desk.call("sync", "--report", "report.md")
    assert (status, Path("report.md").read_text()) == (3, before)
    assert "report.md stays as it was" in said
    assert "127.0.0.1:9 gave no usable answer" in said and "asking again in 1 s" in said
    assert desk.call("sync", "--report", "other.md")[0] == 3
    other = Path("other.md").read_text()
    assert ("Nothing could be asked" in other, "No trial has changed" in other) == (True, False)


def test_a_report_that_has_no_folder_stops_the_run_before_it_begins(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, study(1, "2026-01-02", "New"))]
    status, said = desk.call("sync", "--report", "nowhere/report.md")
    assert (status, "there is no folder" in said, "--full" in said) == (2, True, False)
    assert "Trial 1" in (desk.trials / "NCT00000001.md").read_text()


@pytest.mark.parametrize("call", [("fetch", "NCT0000001"), ("new", "NCT0000001")])
def test_a_number_that_lost_a_digit_is_no_other_trials(desk: Desk, call: tuple[str, str]) -> None:
    status, said = desk.call(*call)
    assert (status, "has 7 digits; a number of ClinicalTrials.gov has 8" in said) == (2, True)
    assert not list(desk.folder.glob("content/trials/*.md"))


def test_ctrl_c_before_a_verb_begins_speaks_of_what_it_works_on(desk: Desk) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    desk.monkeypatch.setattr("trialpages.cli.keeping._run", stop)
    status, said = desk.call("sync")
    assert (status, "trial" in said, "site" in said) == (130, True, False)


_BETWEEN = "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> registry-sync\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("trials/NCT00000001.md", f"{trial_text()}\n## Brief summary\n\n{_BETWEEN}"),
        ("trials/NCT00000001.md", trial_text().replace("---\n", f"---\n{_BETWEEN}", 1)),
        ("pages/about.md", f"---\ntitle: About\n---\n\n{_BETWEEN}"),
        ("site.yaml", f"title: T\n{_BETWEEN}"),
        ("pages/glossary.md", f"---\ntitle: Words\n---\n\n{_BETWEEN}"),
        ("queries.yaml", f"trials: []\n{_BETWEEN}"),
        ("templates/strings/en.yaml", f"search: Search\n{_BETWEEN}"),
    ],
)
def test_what_git_left_between_two_versions_is_named(desk: Desk, name: str, text: str) -> None:
    path = desk.folder / "content" / name
    if name.startswith("templates"):
        path = desk.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    status, said = desk.call("check")
    line = text[: text.index("<<<<<<<")].count("\n") + 1
    assert (status, f"{name}:{line}:1" in said, "git has left two versions" in said) == (
        1,
        True,
        True,
    ), said


def test_a_build_and_a_check_know_no_network(tmp_path: Path) -> None:
    build_site(tmp_path, {"trials/NCT00000001.md": trial_text()})
    (tmp_path / "content/queries.yaml").write_text("trials:\n  - NCT00000001\n")
    program = (
        "import sys; from trialpages.cli import cli\n"
        "for verb in ('build', 'check'): cli.main([verb, '--quiet'], standalone_mode=False)\n"
        "sys.exit('httpx2' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, check=False
    )
    assert done.returncode == 0


# --- what waits to be decided -------------------------------------------------------------------


def _edited_here_and_there(desk: Desk, theirs: str) -> Path:
    """A trial whose summary an editor and the registry have changed."""
    desk.call("fetch", "NCT00000001", "NCT00000002")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Does rest help?", "Ours."))
    newer = study(1, "2026-01-02")
    newer["protocolSection"]["descriptionModule"]["briefSummary"] = theirs
    desk.registry.days = [day(2, newer, study(2))]
    return path


def test_writing_what_the_registry_says_ends_a_conflict(desk: Desk) -> None:
    path = _edited_here_and_there(desk, "Theirs, in\na few words.")
    assert desk.call("sync")[0] == 1
    assert "code: conflict" in path.read_text()
    path.write_text(path.read_text().replace("\nOurs.\n", "\nTheirs, in a few\nwords.\n"))
    status, said = desk.call("sync", "--check")
    assert (status, "conflict" in said, "code: conflict" in path.read_text()) == (1, False, True)
    assert "1 would be updated" in said  # what was decided
    status, said = desk.call("sync")
    assert (status, "conflict" in said, "import_notes" in path.read_text()) == (0, False, False)
    assert "Theirs, in a few\nwords." in path.read_text()


def test_ending_one_conflict_forgets_nothing_of_another_field(desk: Desk) -> None:
    path = _edited_here_and_there(desk, "Theirs.")
    desk.call("sync")
    as_imported, earlier = path.parent / ".imported" / path.stem, "brief_title.before 0a1b2c3d4e5f"
    as_imported.write_text(f"{as_imported.read_text()}{earlier}\n")
    path.write_text(path.read_text().replace("\nOurs.\n", "\nTheirs.\n"))
    assert desk.call("sync")[0] == 0
    assert "code: conflict" not in path.read_text()
    assert earlier in as_imported.read_text()


def test_one_long_value_leaves_room_for_the_rest_of_a_report(desk: Desk) -> None:
    _edited_here_and_there(desk, "Long. " * 12_000)
    for _ in range(2):  # as it comes, and while it waits
        desk.call("sync", "--report", "report.md")
        report = Path("report.md").read_text()
        assert ("brief_summary" in report, "More than fits" in report) == (True, False)
        assert ("“Ours.”" in report, len(report) < 3_000) == (True, True)


def test_a_run_that_is_broken_off_leaves_its_news_to_the_next(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002", "NCT00000003")
    newer = [study(number, "2026-01-02", f"Other {number}") for number in (1, 2, 3)]
    desk.registry.days = [day(2, *newer)]
    done: list[object] = []

    def stop(planned: Planned) -> Arrival:
        if done:
            raise KeyboardInterrupt
        done.append(planned)
        return carry_out(planned)

    with desk.monkeypatch.context() as patched:
        patched.setattr("trialpages.syncing.carry_out", stop)
        assert desk.call("sync", "--report", "report.md")[0] == 130
    desk.call("sync", "--report", "report.md")
    report = Path("report.md").read_text()
    assert [report.count(f"“Trial {n}” → **“Other {n}”**") for n in (1, 2, 3)] == [1, 1, 1]
    assert "3 trials changed" in report
    desk.call("sync", "--report", "report.md")
    again = Path("report.md").read_text()
    assert "Nothing has come since the report of 1 January 2026, which is told here again" in again
    assert again.count("→ **“Other ") == 3
    assert not list(desk.folder.glob("report.*.md"))


@pytest.mark.parametrize("is_known", [True, False])
def test_what_the_registry_changed_in_a_field_in_conflict_is_told(
    desk: Desk, *, is_known: bool
) -> None:
    def at(updated: str, *places: tuple[str, str]) -> Record:
        record = study(1, updated)
        named = [
            {"facility": name, "status": status, "city": "Leeds", "country": "United Kingdom"}
            for name, status in places
        ]
        record["protocolSection"]["contactsLocationsModule"] = {"locations": named}
        return record

    first = at("2026-01-01", ("Old A", "RECRUITING"), ("B", "RECRUITING"))
    desk.registry.days = [day(1, first)]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Old A", "Our A"))
    if not is_known:  # as earlier versions of the program kept it
        base = desk.trials / ".imported/NCT00000001"
        lines = base.read_text().split("\n")
        base.write_text("".join(f"{line[: line.find(' ') + 13]}\n" for line in lines[1:-1]))
    places = ("Old A1", "RECRUITING"), ("B", "COMPLETED"), ("C", "RECRUITING")
    desk.registry.days = [day(2, at("2026-01-02", *places))]
    _, said = desk.call("sync", "--report", "report.md")
    assert ("only dates" in said, "1 place closed" in said) == (False, True)
    report = Path("report.md").read_text()
    mine = "yours: **“Our A”**" if is_known else "Yours → registry's: "
    assert (mine in report, "Our A" in report, "facility" in report) == (True, True, False)
    waits = report.split("## ")[1]
    assert ("C, Leeds" in waits) is not is_known
    assert "**added** " in report and "C, Leeds, United Kingdom" in report
    assert "“Recruiting” → **“Completed”**" in report
    assert ("What the registry said before isn't known" in report) is not is_known
    renamed = "name of the place (Leeds, United Kingdom): “Old A” → **“Old A1”**; yours: "
    assert report.count(renamed) == (1 if is_known else 0)  # under one name
    again = *places[:2], ("C", "WITHDRAWN")
    desk.registry.days = [day(3, at("2026-01-03", *again))]
    desk.call("sync", "--report", "other.md")  # which tells the same, as long as it waits
    report = Path("other.md").read_text()
    renamed = "name of the place (Leeds, United Kingdom): “Old A” → **“Old A1”**; yours: "
    assert report.count(renamed) == (1 if is_known else 0)  # under one name
    assert ("(`locations`)" in report, "Our A" in report) == (True, True)
    assert "Withdrawn" in report
    assert ("isn't known" in report) is not is_known


@pytest.mark.parametrize("verb", ["fetch", "import"])
def test_the_registrys_side_of_a_field_can_be_taken(desk: Desk, verb: str) -> None:
    path = _edited_here_and_there(desk, "Theirs.\n\nA second paragraph.")
    path.write_text(path.read_text().replace("Trial 1", "Our title"))
    record = desk.registry.days[0].records["NCT00000001"]
    as_served = {"miscInfoModule": {"versionHolder": "2026-01-02"}}
    Path("record.json").write_text(json.dumps({**record, "derivedSection": as_served}))
    assert desk.call("sync")[0] == 1
    call = {"fetch": ("fetch", "NCT00000001"), "import": ("import", "--update", "record.json")}
    status, said = desk.call(*call[verb], "--take", "brief_sumary")
    assert (status, "did you mean `brief_summary`?" in said) == (2, True)
    status, said = desk.call(*call[verb], "--take", "brief_summary")
    taken = "side of brief summary (`brief_summary`) taken" in said
    assert (taken, "only dates" in said) == (True, False)
    text = path.read_text()
    assert (status, "import_notes" in text, "Our title" in text) == (0, False, True), said
    assert "## Brief summary\n\nTheirs.\n\nA second paragraph.\n" in text
    assert "Ours." not in text
    assert desk.call("sync")[0] == 0


@pytest.mark.parametrize("is_synced", [True, False])
def test_only_the_entries_in_conflict_are_taken(desk: Desk, *, is_synced: bool) -> None:
    def at(updated: str, status: str) -> Record:
        record = study(1, updated)
        record["protocolSection"]["contactsLocationsModule"] = {
            "locations": [
                {"facility": name, "city": city, "country": "Belgium", "status": state}
                for name, city, state in (
                    ("A", "Gent", "RECRUITING"),
                    ("B Clinic", "Namur", status),
                    ("C", "Aalst", "RECRUITING"),
                )
            ]
        }
        return record

    desk.registry.days = [day(1, at("2026-01-01", "RECRUITING"))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    mine = path.read_text().replace("facility: A", "facility: Our A")
    head, _, tail = mine.partition("facility: B Clinic")
    path.write_text(f"{head}facility: B Clinics{tail.replace('RECRUITING', 'SUSPENDED', 1)}")
    assert path.read_text().count("SUSPENDED") == 1
    desk.registry.days = [day(2, at("2026-01-02", "COMPLETED"))]
    if is_synced:
        assert desk.call("sync")[0] == 1
    status, said = desk.call("fetch", "NCT00000001", "--take", "locations")
    text = path.read_text()
    words = ("Our A", "B Clinics", "COMPLETED", "SUSPENDED", "import_notes")
    found = [word in text for word in words]
    assert (status, found) == (0, [True, True, True, False, False]), text
    place = "places, status (B Clinics, Namur, Belgium)"
    assert f"your change that it takes back: {place}: Suspended; the" in said
    assert "; the registry's change: 1 place closed" in said
    desk.call("sync", "--report", "report.md")
    taken = Path("report.md").read_text().partition("## Taken over by you")[2]
    assert "yours, taken back: " in taken and "“Recruiting” → **“Suspended”**" in taken
    assert "“Recruiting” → **“Completed”**" in taken
    assert "old: RECRUITING" in text and "new: COMPLETED" in text
    assert desk.call("sync")[0] == 0
    status, said = desk.call("fetch", "NCT00000001", "--take", "locations")
    assert (status, "Our A" in path.read_text()) == (0, False)
    assert "takes back" in said and "Our A" in said and "B Clinics" in said


def test_of_what_there_is_nothing_to_take_it_is_said(desk: Desk) -> None:
    path = _contact_changed_twice(desk)
    desk.call("sync")
    call = ("fetch", "NCT00000001", "--take", "central_contacts", "--take", "brief_title")
    status, said = desk.call(*call)
    assert (status, said.count("taken;"), said.count("nothing to take: Title")) == (0, 1, 1), said
    assert f"{path.relative_to(desk.folder)}  warning: nothing to take: Title" in said
    status, said = desk.call(*call)
    assert (status, said.count("nothing to take"), "taken" in said) == (0, 2, False), said
    desk.call("sync", "--report", "report.md")
    assert Path("report.md").read_text().count("yours, taken back") == 1


@pytest.mark.parametrize("name", ["places", "Places", "Location"])
def test_a_field_is_known_by_what_reports_and_pages_call_it(desk: Desk, name: str) -> None:
    status, said = desk.call("fetch", "NCT00000001", "--take", name)
    assert (status, "did you mean `locations`?" in said) == (2, True), said


def test_what_a_record_was_when_it_came_is_asked_for_again(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    desk.call("sync")
    path, base = (desk.trials / name for name in ("NCT00000001.md", ".imported/NCT00000001"))
    path.write_text(path.read_text().replace("Trial 1", "Our title"))
    base.unlink()
    status, said = desk.call("check")
    assert (status, said.count(".imported/NCT00000001 is missing")) == (0, 1), said
    assert "`fetch NCT00000001` makes it anew" in said
    status, said = desk.call("sync")
    assert (status, "made anew" in said, base.exists()) == (0, True, True), said
    assert "Our title" in path.read_text() and "made anew" not in desk.call("sync")[1]
    base.unlink()
    assert "made anew" in desk.call("fetch", "NCT00000001")[1] and base.exists()


def test_a_text_that_lost_sentences_is_not_said_to_be_gone(desk: Desk) -> None:
    def at(updated: str, text: str, *conditions: str) -> Record:
        record = study(1, updated)
        record["protocolSection"]["descriptionModule"] = {"detailedDescription": text}
        record["protocolSection"]["conditionsModule"] = {"keywords": list(conditions)}
        return record

    desk.registry.days = [day(1, at("2026-01-01", "One it is. Two it is. Three.", "a", "b"))]
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, at("2026-01-02", "One it is.", "a"))]
    said = desk.call("sync")[1]
    assert ("detailed description" in said, "no longer" in said) == (True, False), said


def test_a_trial_whose_file_was_deleted_is_missed(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    (desk.trials / "NCT00000001.md").unlink()
    for _ in range(2):
        status, said = desk.call("sync", "--report", "report.md")
        assert (status, "NCT00000001 was here, and its file is gone" in said) == (0, True), said
        assert "NCT00000001 was here, and its file is gone" in Path("report.md").read_text()
    assert "is gone: its page isn't built, and nobody asks for it" in desk.call("check")[1]
    Path("content/queries.yaml").write_text("leave_out:\n  - NCT00000001\n")
    assert "was here" not in desk.call("sync")[1] + desk.call("check")[1]
    Path("content/queries.yaml").write_text("trials:\n  - NCT00000001\n")
    assert "queries.yaml names it, so `sync` brings it back" in desk.call("check")[1]
    status, said = desk.call("sync", "--report", "report.md")
    assert (status, "was here before; its file was deleted" in said) == (0, True), said
    assert "its file is gone" not in said
    assert "**was here before; its file was deleted**" in Path("report.md").read_text()
    assert "was here" not in desk.call("sync")[1]


def test_a_look_ahead_says_of_a_deleted_trial_what_would_come_of_it(desk: Desk) -> None:
    desk.call("fetch", "--query", "cond=Migraine", "--as", "m")
    (desk.trials / "NCT00000001.md").unlink()
    assert "query `m` found it the last time, so `sync` brings it back" in desk.call("check")[1]
    for call in (("--query", "cond=Migraine"), ("NCT00000001",)):
        status, said = desk.call("fetch", *call, "--dry-run")
        assert (status, said.count("this trial was here before; its file was deleted")) == (0, 1)
    assert desk.call("fetch", *call)[1].count("this trial was here before") == 1


def test_of_a_text_in_conflict_each_passage_that_differs_stands_once(desk: Desk) -> None:
    def at(updated: str, *criteria: str) -> Record:
        record = study(1, updated)
        text = "Inclusion Criteria:\n\n" + "\n".join(f"* {one}" for one in criteria)
        record["protocolSection"]["eligibilityModule"] = {"eligibilityCriteria": text}
        return record

    desk.registry.days = [day(1, at("2026-01-01", "Adults", "Migraine", "Consent", "Asthma"))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    text = path.read_text().replace("* Migraine", "* A migraine").replace("* Adults", "* Adults!")
    path.write_text(text.replace("* Asthma", "* No asthma"))
    newer = at("2026-01-02", "Adults", "Migraine, chronic", "Consent in writing", "No asthma")
    desk.registry.days = [day(2, newer)]
    status, said = desk.call("sync", "--report", "report.md")
    lines = re.findall(r"^ +((?:The registry's|Your) change: .*)", said, re.MULTILINE)
    assert (status, lines) == (
        1,
        [
            "The registry's change: Criteria (Inclusion Criteria): “Migraine” → "
            "“Migraine, chronic”; yours: “A migraine”",
            "The registry's change: Criteria (Inclusion Criteria): “Consent” → "
            "“Consent in writing”",
            "Your change: Criteria (Inclusion Criteria): “Adults” → “Adults!”",
        ],
    )
    report = Path("report.md").read_text()
    assert "“Migraine” → **“Migraine, chronic”**; yours: **“A migraine”**" in report
    assert "..  " not in path.read_text() and ".. Write" not in path.read_text()


def test_what_was_decided_by_writing_the_registrys_value_is_told_in_the_report(desk: Desk) -> None:
    path = _contact_changed_twice(desk)
    desk.call("sync", "--report", "report.md")
    _write_phone(path, "2")
    status, said = desk.call("sync", "--report", "report.md")
    assert (status, "(`central_contacts`) taken" in said) == (0, True), said
    report = Path("report.md").read_text()
    assert "“1” → **“2”**" in report and "told here again" not in report, report


def test_what_is_cut_from_a_report_is_sentences_and_named(desk: Desk) -> None:
    def at(updated: str, text: str, arms: list[str]) -> Record:
        record = study(1, updated)
        record["protocolSection"]["descriptionModule"] = {"detailedDescription": text}
        groups = [{"label": one, "type": "EXPERIMENTAL"} for one in arms]
        record["protocolSection"]["armsInterventionsModule"] = {"armGroups": groups}
        return record

    texts = [" ".join(f"Sentence {word}{n} it is." for n in range(20)) for word in ("a", "b")]
    desk.registry.days = [day(1, at("2026-01-01", texts[0], ["Rest", "Observation"]))]
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, at("2026-01-02", texts[1], ["Rest"]))]
    desk.call("sync", "--report", "report.md")
    report = Path("report.md").read_text()
    assert "no longer in the record** Observation" in report, report
    assert re.search(r"… and \d+ more \(Detailed description\)", report), report


def test_a_look_has_one_name_at_both_verbs(desk: Desk) -> None:
    assert "NCT00000001  new" in desk.call("fetch", "NCT00000001", "--check")[1]
    assert not desk.trials.exists()
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, study(1, "2026-01-02", "New"))]
    assert "1 would be updated" in desk.call("sync", "--dry-run")[1]
    assert "New" not in (desk.trials / "NCT00000001.md").read_text()


def test_a_page_and_a_check_name_a_conflict_in_words(desk: Desk) -> None:
    note = (
        "import_notes:\n  - field: locations\n    code: conflict\n"
        '    message: \'The registry now says: [{"facility": "Charité"}]\'\n'
    )
    build_site(
        desk.folder,
        {"trials/NCT00000001.md": trial_text().replace("study_type", f"{note}study_type")},
    )
    page = (desk.folder / "site/trials/NCT00000001.html").read_text()
    assert ("facility" in page, "registry now says" in page) == (False, False)
    assert "<strong>Places</strong>" in page
    for verb in ("check", "build"):
        status, said = desk.call(verb)
        assert (status, "`locations` is still in conflict" in said) == (0, True), said


def test_a_query_that_nobody_answers_is_not_kept(desk: Desk) -> None:
    call = ("fetch", "--query", "cond=nothing", "--as", "none")
    status, said = desk.call(*call)
    assert (status, "it was not kept as `none`" in said) == (1, True)
    assert not Path("content/queries.yaml").exists()
    Path("content/queries.yaml").write_text(
        "queries:\n  - name: none\n    parameters:\n      cond: nothing\n"
    )
    status, said = desk.call(*call)
    assert (status, "it stays in queries.yaml as `none`" in said) == (0, True)


def test_a_record_that_says_the_same_differs_not_by_what_the_program_wrote(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    newer = study(1, "2026-01-02", "New")
    desk.registry.days = [day(2, newer)]
    desk.call("sync")
    assert "history:" in (desk.trials / "NCT00000001.md").read_text()
    client = desk.folder / "record.json"
    with Client(Patience(connect=30, piece=30, whole=60, tries=2)) as asking:
        (found,) = REGISTRY.records(asking, [Listed("NCT00000001", "")], None)
    assert isinstance(found.record, msgspec.Raw)
    client.write_bytes(bytes(found.record))
    status, said = desk.call("import", "record.json")
    assert (status, "1 unchanged" in said) == (0, True), said


def test_a_file_that_cant_be_read_is_named_and_stops_no_other(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("overall_status:", "overall_statos:"))
    desk.registry.days = [day(2, study(1, "2026-01-02", "New"), study(2, "2026-01-02", "New"))]
    broken = path.read_bytes()
    for _ in range(2):  # also where nothing is new
        status, said = desk.call("sync", "--report", "report.md")
        assert (status, "NCT00000001.md" in said, "overall_statos" in said) == (1, True, True)
        assert "overall\\_statos" in (desk.folder / "report.md").read_text()
    assert path.read_bytes() == broken
    assert "New" in (desk.trials / "NCT00000002.md").read_text()
    path.write_bytes(broken.replace(b"statos", b"status"))
    assert desk.call("sync")[0] == 0
    assert "New" in path.read_text()


@pytest.mark.parametrize("url", ["", "url: https://trialpages.example/\n"])
def test_a_report_leads_to_files_where_no_site_is_published(desk: Desk, url: str) -> None:
    (desk.folder / "content/site.yaml").write_text(f"title: T\n{url}")
    desk.call("fetch", "NCT00000001")
    then = study(1, "2026-01-02")
    then["protocolSection"]["eligibilityModule"] = {"sex": "FEMALE"}
    desk.registry.days = [day(2, then)]
    (desk.folder / "out").mkdir()
    desk.call("sync", "--report", "out/report.md")
    report = (desk.folder / "out/report.md").read_text()
    assert "[NCT00000001](../content/trials/NCT00000001.md)" in report
    assert "(../content/trials/NCT00000001.md#eligibility-criteria): " in report
    assert "example" not in report


def test_a_workflows_report_leads_to_its_branch_and_names_what_stops_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.folder / "content/site.yaml").write_text("title: T\n")
    named = ("SERVER_URL", "https://github.com"), ("REPOSITORY", "a/b"), ("ACTIONS", "true")
    for name, value in named:
        monkeypatch.setenv(f"GITHUB_{name}", value)
    monkeypatch.setenv("BRANCH", "registry-sync")
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, study(1, "2026-01-02", "New"))]
    desk.call("sync", "--report", "report.md")
    report = (desk.folder / "report.md").read_text()
    assert "(https://github.com/a/b/blob/registry-sync/content/trials/NCT00000001.md)" in report
    assert report.splitlines()[-1].startswith("GitHub stops")


def test_a_field_that_a_newer_version_lacks_is_never_silent(desk: Desk) -> None:
    first = study(1)
    first["protocolSection"]["conditionsModule"]["keywords"] = ["air"]
    first["protocolSection"]["identificationModule"]["acronym"] = "AIR"
    desk.registry.days = [day(1, first)]
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, study(1, "2026-01-02"))]
    _, said = desk.call("sync", "--report", "report.md")
    assert "acronym no longer in the record" in said
    report = (desk.folder / "report.md").read_text()
    assert report.count("no longer in the record") == 2


@pytest.mark.parametrize("look", [("--dry-run",), ()])
def test_a_name_that_another_query_has_is_refused_before_anything_is_asked(
    desk: Desk, look: tuple[str, ...]
) -> None:
    assert desk.call("fetch", "--query", "cond=asthma", "--as", "breath")[0] == 0
    kept = Path("content/queries.yaml").read_text()
    again = desk.call("fetch", "--query", "cond=asthma", "--as", "breath", *look)
    assert again[0] == 0, again
    status, said = desk.call("fetch", "--query", "cond=glioma", "--as", "breath", *look)
    assert (status, "there is a query called `breath` already" in said) == (2, True), said
    assert Path("content/queries.yaml").read_text() == kept


# --- news, however many runs bring it -----------------------------------------------------------


def _with_contact(number: int, updated: str, phone: str, **status: str) -> Record:
    record = study(number, updated, **status)
    contact = {"name": "Ann Lee", "role": "CONTACT", "phone": phone}
    record["protocolSection"]["contactsLocationsModule"] = {"centralContacts": [contact]}
    return record


def _write_phone(path: Path, phone: str) -> None:
    text = path.read_text()
    changed = re.sub(r"(?m)^( +phone: ).*$", rf"\g<1>'{phone}'", text, count=1)
    assert changed != text
    path.write_text(changed)


def _contact_changed_twice(desk: Desk) -> Path:
    """A phone that an editor and the registry have changed, beside a trial that was suspended."""
    desk.registry.days = [day(1, _with_contact(1, "2026-01-01", "1"), study(2))]
    desk.call("fetch", "NCT00000001", "NCT00000002")
    desk.call("sync", "--report", "first.md")
    path = desk.trials / "NCT00000001.md"
    _write_phone(path, "5")
    suspended = study(2, "2026-01-02", overallStatus="SUSPENDED", whyStopped="No staff.")
    desk.registry.days = [day(2, _with_contact(1, "2026-01-02", "2"), suspended)]
    return path


def _told(report: Path) -> str:
    """What a report tells, but for its head."""
    return report.read_text().partition("## ")[2]


@pytest.mark.parametrize(
    "before",
    [
        (),
        (("sync",),),
        (("sync", "--quiet"), ("sync",)),
        (("fetch", "NCT00000002"), ("fetch", "NCT00000001")),
        (("sync", "--report", "report.md"),),
    ],
    ids=lambda calls: " and ".join(" ".join(call) for call in calls) or "at once",
)
def test_a_report_says_the_same_however_many_runs_brought_the_news(
    desk: Desk, before: tuple[tuple[str, ...], ...]
) -> None:
    _contact_changed_twice(desk)
    for call in before:
        desk.call(*call)
    assert desk.call("sync", "--report", "report.md")[0] == 1
    told = _told(Path("report.md"))
    for words in (
        "Needs a decision",
        "(Ann Lee): “1” → **“2”**",
        "(Ann Lee): “1” → **“2”**; yours: **“5”**",
        "“Recruiting” → **“Suspended”**",
        "No staff.",
    ):
        assert words in told, words
    assert told.count("Suspended") == 1


def test_a_report_that_is_there_is_kept_when_another_has_news(desk: Desk) -> None:
    _contact_changed_twice(desk)
    desk.call("sync", "--report", "report.md")
    told = Path("report.md").read_text()
    third = study(2, "2026-01-03", overallStatus="RECRUITING")
    desk.registry.days = [day(3, _with_contact(1, "2026-01-02", "2"), third)]
    _, said = desk.call("sync", "--report", "report.md")
    assert "report.md was there: it is report.1.md now" in said
    assert Path("report.1.md").read_text() == told
    assert "“Suspended” → **“Recruiting”**" in Path("report.md").read_text()


def test_what_waits_is_told_in_words_as_long_as_it_waits(desk: Desk) -> None:
    path = _contact_changed_twice(desk)
    for _ in range(3):
        status, said = desk.call("sync")
        assert status == 1
        assert ("{" in said, "contact" in said) == (False, True), said
    note = path.read_text().partition("import_notes:")[2].partition("---")[0]
    assert ("{" in note, "Ann Lee" in note, "1 → 2" in note) == (False, True, True), note


def test_a_conflict_of_which_no_value_is_known_leads_to_its_note(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    path, base = desk.trials / "NCT00000001.md", desk.trials / ".imported/NCT00000001"
    note = "import_notes:\n  - field: why_stopped\n    code: conflict\n    message: X\n"
    path.write_text(path.read_text().replace("study_type", f"why_stopped: Ours\n{note}study_type"))
    lines = base.read_text().split("\n")
    bare = "".join(f"{line[: line.find(' ') + 13]}\n" for line in lines[1:-1])
    base.write_text(f"{bare}why_stopped 0123456789ab\n")
    status, said = desk.call("sync", "--report", "report.md")
    assert (status, "why stopped: see the note in its file" in said) == (1, True), said
    report = Path("report.md").read_text()
    assert "What the registry says stands in that note." in report
    assert "isn't known" in report and "only in their order" not in report


def test_ones_own_value_stays_in_sight_when_its_note_is_taken_out(desk: Desk) -> None:
    path = _contact_changed_twice(desk)
    desk.call("sync")
    _take_note_out(path)
    for _ in range(2):
        status, said = desk.call("sync", "--report", "report.md")
        assert (status, "yours stands, contacts for the whole study" in said) == (0, True), said
        assert "## Decided for yours, while the registry" in Path("report.md").read_text()
    desk.registry.days = [day(3, _with_contact(1, "2026-01-03", "3"), study(2, "2026-01-02"))]
    status, said = desk.call("sync", "--report", "report.md")
    assert (status, "“2” → **“3”**" in Path("report.md").read_text()) == (1, True)
    _write_phone(path, "3")
    status, said = desk.call("sync")
    assert (status, "yours stands" in said, "import_notes" in path.read_text()) == (0, False, False)


def test_a_check_after_settling_by_hand_names_no_difference_of_the_editors(desk: Desk) -> None:
    def at(day: str, status: str) -> Record:
        record = study(1, day)
        place = {"country": "France", "status": "RECRUITING"}
        record["protocolSection"]["contactsLocationsModule"] = {
            "locations": [
                {**place, "facility": "Pitié", "city": "Paris", "status": status},
                {**place, "facility": "Timone", "city": "Marseille"},
            ]
        }
        return record

    desk.registry.days = [day(1, at("2026-01-01", "NOT_YET_RECRUITING"))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    text = re.sub(r"  - facility: Timone\n(?:    .*\n)+", "", path.read_text())
    path.write_text(text.replace("status: NOT_YET_RECRUITING", "status: SUSPENDED"))
    desk.registry.days = [day(2, at("2026-01-02", "RECRUITING"))]
    assert "import_notes" in (desk.call("sync") and path.read_text())
    path.write_text(path.read_text().replace("status: SUSPENDED", "status: RECRUITING"))
    _take_note_out(path)
    for call in (("sync", "--check"), ("check",), ("sync",), ("sync", "--check")):
        assert "yours stands" not in (said := desk.call(*call)[1]), said


def _take_note_out(path: Path) -> None:
    path.write_text(re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", path.read_text()))


@pytest.mark.parametrize("way", ["--take", "by hand", "its note too", "as a newer one comes"])
def test_taking_the_registrys_side_is_a_change_of_the_registrys(desk: Desk, way: str) -> None:
    path = _contact_changed_twice(desk)
    desk.call("sync", "--report", "first.md")
    if way == "--take":
        desk.call("fetch", "NCT00000001", "--take", "central_contacts")
    else:
        _write_phone(path, "2")
    if way in ("its note too", "as a newer one comes"):
        _take_note_out(path)
    if way == "as a newer one comes":
        desk.registry.days = [day(3, _with_contact(1, "2026-01-03", "2"), study(2, "2026-01-02"))]
        desk.call("fetch", "NCT00000001")
    for name in ("report.md", "again.md"):
        assert desk.call("sync", "--report", name)[0] == 0
        assert "“1” → **“2”**" in Path(name).read_text()
        assert path.read_text().count("after: 2026-01-01") == 1
    assert "between 1 January 2026 and" in Path("report.md").read_text()
    assert "told here again" in Path("again.md").read_text()
    history = path.read_text().partition("history:")[2].partition("---")[0]
    assert ("1" in re.findall(r"old: \W?(\w+)", history), "5" in history, "Ann Lee" in history) == (
        True,
        False,
        True,
    ), history
    assert ".held" not in (desk.trials / ".imported/NCT00000001").read_text()


def test_what_was_taken_and_put_back_waits_again_and_is_told_no_more(desk: Desk) -> None:
    path = _contact_changed_twice(desk)
    desk.call("sync")
    kept = {one: one.read_bytes() for one in (path, desk.trials / ".imported" / path.stem)}
    desk.call("fetch", "NCT00000001", "--take", "central_contacts")
    for file, content in kept.items():
        file.write_bytes(content)
    desk.call("sync", "--report", "report.md")
    report = Path("report.md").read_text()
    assert ("## Needs a decision" in report, "Taken over by you" in report) == (True, False)
    assert "## Everything else" not in report
    assert report.count("“1” → **“2”**") == 1


def test_what_is_called_otherwise_is_told_once(desk: Desk) -> None:
    def at(updated: str, label: str, drug: str, hospital: str) -> Record:
        record = study(1, updated)
        section = record["protocolSection"]
        named = [f"Drug: {drug}"]
        section["armsInterventionsModule"] = {
            "armGroups": [
                {"label": label, "type": "EXPERIMENTAL", "interventionNames": named},
                {"label": "Placebo", "type": "PLACEBO_COMPARATOR", "interventionNames": named},
            ],
            "interventions": [
                {"type": "DRUG", "name": drug, "description": "Ours.", "armGroupLabels": [label]}
            ],
        }
        people = [{"name": "Ann Lee", "role": "CONTACT", "phone": "1"}]
        place = {"city": "Leeds", "country": "United Kingdom", "status": "RECRUITING"}
        section["contactsLocationsModule"] = {
            "locations": [
                {**place, "facility": hospital, "contacts": people},
                {**place, "facility": "Another", "contacts": [{**people[0], "name": "Bo"}]},
            ]
        }
        return record

    desk.registry.days = [day(1, at("2026-01-01", "Dose A", "Rest", "Infirmary"))]
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, at("2026-01-02", "First 12 weeks", "Rest", "St James"))]
    desk.call("sync", "--report", "report.md")
    assert _lines_told() == [
        "Places, name of the place (Leeds, United Kingdom): “Infirmary” → **“St James”**",
        "Study groups, name, also in treatments and other interventions: "
        "“Dose A” → **“First 12 weeks”**",
    ]
    desk.registry.days = [day(3, at("2026-01-03", "First 12 weeks", "Sleep", "St James"))]
    desk.call("sync", "--report", "report.md")
    assert _lines_told() == [
        "Treatments and other interventions, name, also in study groups: “Rest” → **“Sleep”**",
    ]
    history = (desk.trials / "NCT00000001.md").read_text().partition("history:")[2]
    assert history.count("field: ") == 7  # where each is said


def _lines_told() -> list[str]:
    """A report's lines below trials, without links."""
    lines = re.findall("^  - (.*)", Path("report.md").read_text(), re.MULTILINE)
    return [re.sub(r"\[(.*?)\]\(.*?\)", r"\1", line) for line in lines]


def test_decisions_stand_in_one_order_however_they_were_found() -> None:
    frame = ReportFrame(lambda trial, _: f"{trial.id}.html", "2026-01-01", written=True)
    waiting = [
        OpenConflict(TrialName(number, "", ""), Conflict(field, (), from_registry=False))
        for number in ("NCT00000002", "NCT00000001")
        for field in ("why_stopped", "brief_title")
    ]
    first, again = (
        report_text(Findings(conflicts=tuple(found)), frame)
        for found in (waiting, reversed(waiting))
    )
    assert first == again
    assert first.index("NCT00000001") < first.index("NCT00000002")


# --- a file called otherwise --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["NCT00000001", "NCT00000009"])
def test_a_copy_of_a_trial_is_named_and_the_trial_kept_current(desk: Desk, name: str) -> None:
    """Whether the copy's name stands before the trial's or behind it."""
    desk.call("fetch", "NCT00000002")
    path, copy = desk.trials / "NCT00000002.md", desk.trials / f"{name}.md"
    copy.write_text(path.read_text())
    desk.registry.days = [day(2, study(2, "2026-01-02", "New"))]
    for call in (("sync", "--check"), ("sync", "--report", "report.md")):
        status, said = desk.call(*call)
        assert (status, said.count("remove this one")) == (1, 1), said
    assert f"{name}.md" in Path("report.md").read_text()
    assert "New" in path.read_text()
    assert "New" not in copy.read_text()


@pytest.mark.parametrize("is_new", [True, False])
def test_a_renamed_file_is_named_and_no_second_one_is_made(desk: Desk, *, is_new: bool) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    path, renamed = desk.trials / "NCT00000001.md", desk.trials / "chs-114.md"
    path.rename(renamed)
    if is_new:
        desk.registry.days = [day(2, study(1, "2026-01-02", "New"), study(2))]
    Path("record.json").write_text(json.dumps(study(1, "2026-01-02", "New")))
    for call in (
        ("sync",),
        ("sync",),
        ("fetch", "NCT00000001"),
        ("import", "--update", "record.json"),
    ):
        status, said = desk.call(*call)
        assert (status, "chs-114.md" in said, "rename the file to NCT00000001.md" in said) == (
            1,
            True,
            True,
        )
        assert not path.exists()
    renamed.rename(path)
    assert desk.call("sync")[0] == 0
    assert ("New" in path.read_text()) is is_new


def test_of_a_renamed_file_every_hint_leads_back(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    (desk.trials / "NCT00000001.md").rename(desk.trials / "chs-114.md")
    desk.call("sync", "--report", "report.md")
    assert "`content/trials/chs-114.md`: the trial in this file" in Path("report.md").read_text()
    for verb in ("check", "build"):
        said = desk.call(verb)[1]
        assert "rename the file to NCT00000001.md" in said
        assert "missing" not in said and "git checkout" not in said, said
    said = desk.call("fetch", "--query", "cond=x", "--dry-run")[1]
    assert "newer version" not in said and "0 newer" in said, said


def test_a_number_that_lost_a_digit_is_mended_and_no_file_renamed(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("nct_id: NCT00000001", "nct_id: NCT0000001"))
    for call in (("sync",), ("build", "--no-search")):
        status, said = desk.call(*call)
        assert (status, "mend `nct_id`" in said, "rename" in said) == (1, True, False), said


def test_of_two_files_of_a_trial_it_is_said_what_to_do(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    (desk.trials / "chs-114.md").write_bytes(path.read_bytes())
    status, said = desk.call("sync")
    assert (status, "NCT00000001.md is there too" in said) == (1, True)


# --- a trial that its registry has no more ------------------------------------------------------


def test_a_trial_that_is_gone_says_so_on_its_page_until_it_is_back(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    desk.registry.days = [day(2, study(2))]
    path = desk.trials / "NCT00000001.md"
    for _ in range(2):
        desk.call("sync")
        assert path.read_text().count("code: gone") == 1
    site = {name: file.read_text() for name, file in _built(desk).items()}
    words = "The registry no longer shows this trial."
    assert (words in site["NCT00000001"], words in site["NCT00000002"]) == (True, False)
    desk.registry.days = [day(3, study(1), study(2))]
    desk.call("sync")
    assert "code: gone" not in path.read_text()


def _built(desk: Desk) -> dict[str, Path]:
    assert desk.call("build", "--no-search")[0] == 0
    return {path.stem: path for path in (desk.folder / "site/trials").glob("NCT*.html")}


# --- what a page and its forms say of it --------------------------------------------------------


def test_what_is_undecided_is_no_correction(desk: Desk) -> None:
    path = _contact_changed_twice(desk)
    path.write_text(path.read_text().replace("Trial 1", "Our title"))
    desk.call("sync")
    page = _built(desk)["NCT00000001"].read_text()
    signs = re.findall(r'class="corrected"><strong>(.*?)</strong> (.*?)\.', page)
    assert ("Corrected by this site:", "Title") in signs
    undecided = "The registry says something else, and it isn’t decided yet which is right:"
    assert (undecided, "Contacts") in signs
    assert ("Corrected by this site:", "Contacts") not in signs
    record = json.loads((desk.folder / "site/trials/NCT00000001.json").read_text())
    marked = {
        one["what"]: (one["registry"], one["here"])
        for one in record["correctedHere"]["corrections"]
    }
    assert marked["brief_title"] == ("Trial 1", "Our title")
    assert marked["central_contacts.phone"] == ("2", "5")
    other = json.loads((desk.folder / "site/trials/NCT00000002.json").read_text())
    assert "correctedHere" not in other


def test_a_check_names_ones_own_value_that_the_registry_has_moved_on_from(desk: Desk) -> None:
    path = _contact_changed_twice(desk)
    desk.call("sync")
    assert "--take central_contacts" in desk.call("check")[1]
    path.write_text(re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", path.read_text()))
    status, said = desk.call("check")
    assert (status, "yours stands, as decided; the registry differs: contact" in said) == (
        0,
        True,
    ), said


def test_a_trial_by_another_ending_and_an_unsigned_summary_are_named(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    (desk.trials / "NCT00000001.md").rename(desk.trials / "NCT00000001.txt")
    path = desk.trials / "NCT00000002.md"
    path.write_text(path.read_text() + "\n## Plain-language summary\n\nWe ask.\n")
    status, said = desk.call("build", "--no-search")
    assert (status, "this is a trial and isn't published" in said) == (0, True), said
    assert "rename it to NCT00000001.md" in said
    assert "the plain-language summary has no author and no date" in said


def _with_criteria(number: int, day: str, *criteria: str) -> Record:
    record = study(number, day)
    text = "Inclusion Criteria:\n\n" + "".join(f"* {one}\n" for one in criteria)
    record["protocolSection"]["eligibilityModule"] = {"eligibilityCriteria": text}
    return record


def test_of_what_is_decided_only_what_still_differs_is_said(desk: Desk) -> None:
    desk.registry.days = [day(1, _with_criteria(1, "2026-01-01", "Adults", "No fever", "Thin"))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("No fever", "Never any fever"))
    newer = _with_criteria(1, "2026-01-02", "Older adults", "No high fever", "Thin")
    desk.registry.days = [day(2, newer)]
    assert "2 criteria changed" in desk.call("sync")[1]
    text = path.read_text().replace("* Adults", "* Older adults")  # taken over; the other decided
    path.write_text(text)
    _take_note_out(path)
    for verb in ("sync", "check"):
        said = desk.call(verb)[1]
        assert "the registry differs: 1 criterion changed" in said, said
        assert "2 criteria" not in said and "since" not in said
    history = path.read_text().partition("history:")[2].partition("---")[0]
    new = re.findall("new: (.*)", history)
    assert (new, history.count("after: 2026-01-01")) == (["Older adults"], 1), history


@pytest.mark.parametrize("written", ["{own} {new}", "{new} {own}", "{new} {own} Pregnancy"])
def test_a_criterion_taken_over_beside_ones_own_is_taken_over(desk: Desk, written: str) -> None:
    was = "Has a history of lung disease that needed steroids"
    now = "Has any past or present inflammation of the lungs, whatever was given for it"
    desk.registry.days = [day(1, _with_criteria(1, "2026-01-01", "Adults", was, "Pregnancy"))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    own = "Lives more than 100 km away"
    path.write_text(path.read_text().replace(f"* {was}", rf"* {own}\n* {was}"))
    desk.registry.days = [day(2, _with_criteria(1, "2026-01-02", "Adults", now, "Pregnancy"))]
    assert "criteria" in desk.call("sync")[1]
    assert "import_notes" in path.read_text()
    names = {"own": own, "new": now}
    lines = [f"* {names[one]}" for one in re.findall("{(.*?)}", written)]
    text = path.read_text().replace(rf"* {own}\n* {was}", r"\n".join(lines))
    if written.endswith("y"):
        text = text.replace(r"* Pregnancy\n", "").replace(r"* Adults\n", r"* Pregnancy\n* Adults\n")
    path.write_text(text)
    _take_note_out(path)
    assert "yours stands" not in (said := desk.call("sync", "--report", "report.md")[1]), said
    report = Path("report.md").read_text()
    assert "unless one of your" not in report and now.split()[-1] in report, report
    history = path.read_text().partition("history:")[2].partition("\n---\n")[0]
    assert (history.count(now), history.count(own)) == (1, 0), history


@pytest.mark.parametrize("field", ["brief_title", "locations"])
@pytest.mark.parametrize("is_decided", [True, False])
def test_going_back_to_an_older_version_tells_no_change_of_the_registrys(
    desk: Desk, field: str, is_decided: bool
) -> None:
    def at(day: str, said: str, others: str) -> Record:
        record = study(1, day, said if field == "brief_title" else "Trial 1")
        place = {"facility": "Pitié", "city": "Paris", "country": "France"}
        record["protocolSection"]["contactsLocationsModule"] = {
            "locations": [
                {**place, "contacts": [{"name": "Ann", "role": "CONTACT", "phone": said}]},
                {**place, "facility": "Timone", "city": "Marseille", "status": others},
            ]
        }
        return record

    old, new = at("2026-01-01", "Aleph", "RECRUITING"), at("2026-01-02", "Beth", "COMPLETED")
    desk.registry.days = [day(1, old)]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(re.sub("(title|phone): Aleph", r"\1: Ours", path.read_text()))
    desk.registry.days = [day(2, new)]
    desk.call("sync", "--report", "first.md")
    if is_decided:
        _take_note_out(path)
        desk.call("sync")
    (desk.folder / "old.json").write_text(json.dumps(old))
    status, said = desk.call("import", "--update", "--allow-older", "old.json")
    assert (status, "import_notes" in path.read_text()) == (0, False), said
    assert ("taken on your word" in said, "Aleph" in said, "closed" in said) == (True, False, False)
    assert "history" not in path.read_text() and "Ours" in path.read_text()
    status, said = desk.call("sync", "--report", "report.md")
    report = Path("report.md").read_text()
    assert (status, "“Aleph” → **“Beth”**; yours: **“Ours”**" in report) == (1, True), report
    assert "imported from a file" not in report
    assert (report.count("**“Completed”**"), report.count("**“Recruiting”**")) == (1, 0), report
    assert "Beth → Aleph" not in said and path.read_text().count("after: 2026-01-01") == 1


def test_what_an_earlier_run_brought_and_waits_still_is_not_only_dates(
    capsys: pytest.CaptureFixture[str],
) -> None:
    waits = OpenConflict(TrialName("NCT00000001", "", ""), Conflict("brief_title", ()))
    arrivals = [Arrival("", "updated", trial_id=f"NCT0000000{n}") for n in (1, 2)]
    arrivals.append(Arrival("", "updated", trial_id="NCT00000001", chosen=("why_stopped",)))
    tell_findings(
        Findings(arrivals=tuple(arrivals), conflicts=(waits,)), as_json=False, quiet=False
    )
    said = capsys.readouterr()
    lines = f"{said.out}{said.err}".splitlines()
    assert [one[:11] for one in lines if "only dates" in one] == ["NCT00000002"], lines
    assert any(one.startswith("NCT00000001  still to be decided") for one in lines), lines
    assert any("the registry's side of" in one for one in lines), lines


def test_a_report_says_since_when_it_tells_and_keeps_apart_what_was_fetched_by_hand(
    desk: Desk,
) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    desk.call("fetch", "--query", "cond=asthma", "--as", "asthma")
    changed = study(2, "2026-01-02", overallStatus="SUSPENDED")
    desk.registry.days = [day(2, *map(study, (1, 3, 4, 5, 6)), changed)]
    desk.call("sync", "--report", "report.md")
    report = Path("report.md").read_text()
    assert "**1 trial changed**, **1 new**, **3 fetched by hand**" in report
    assert "Told is all that is noted on this machine, which knows of no earlier report." in report
    new, by_hand = report.partition("## New trials")[2].split("## Fetched by hand")
    assert "NCT00000006" in new and "NCT00000001" not in new
    assert "NCT00000001" in by_hand and "NCT00000006" not in by_hand
    desk.call("sync", "--report", "report.md")
    lines = [line for line in Path("report.md").read_text().splitlines() if line]
    assert lines[1].startswith("Nothing has come since the report of 1 January 2026")
    desk.registry.days = [day(3, *map(study, (1, 3, 4, 5, 6)), study(2, "2026-01-03"))]
    desk.call("sync", "--report", "report.md")
    assert "Told is what came since the report of 1 January 2026." in Path("report.md").read_text()


def test_every_link_of_a_report_leads_to_what_is_on_the_page(desk: Desk) -> None:
    _contact_changed_twice(desk)
    desk.call("sync", "--report", "report.md")
    _links_hold(desk)
    assert ".html#corrections)" in Path("report.md").read_text()
    desk.call("fetch", "NCT00000001", "--take", "central_contacts")
    desk.call("sync", "--report", "report.md")
    taken = Path("report.md").read_text().partition("## Taken over by you")[2]
    assert "phone (Ann Lee): “1” → **“2”** (yours, taken back: “5”)" in taken
    _links_hold(desk)


def _links_hold(desk: Desk) -> None:
    pages = _built(desk)
    found = re.findall(r"trials/(NCT\d+)\.html#([\w-]+)\)", Path("report.md").read_text())
    for trial, anchor in found:
        assert f'id="{anchor}"' in pages[trial].read_text(), (trial, anchor)


def test_an_older_version_at_the_registry_is_said(desk: Desk) -> None:
    desk.registry.days = [day(2, study(1, "2026-01-02"))]
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(3, study(1, "2026-01-01"))]
    status, said = desk.call("sync", "--report", "report.md")
    assert (status, "a version of 2026-01-01, older than the 2026-01-02 here" in said) == (0, True)
    assert "older than the 2026-01-02 here" in Path("report.md").read_text()


def test_a_remark_at_what_is_another_now_is_told(desk: Desk) -> None:
    desk.call("fetch", "NCT00000002")
    path = desk.trials / "NCT00000002.md"
    text = path.read_text().replace("overall_status:", "# asked by phone\noverall_status:")
    path.write_text(text)
    desk.registry.days = [day(2, study(2, "2026-01-02", overallStatus="SUSPENDED"))]
    status, said = desk.call("sync", "--report", "report.md")
    assert (status, "# stood above `overall_status: RECRUITING`: asked by phone" in said) == (
        0,
        True,
    )
    told = Path("report.md").read_text().partition("## Summaries and remarks older")[2]
    assert "asked by phone" in told


def test_what_was_mended_since_is_not_told_again(desk: Desk) -> None:
    desk.call("fetch", "NCT00000002")
    path = desk.trials / "NCT00000002.md"
    text = path.read_text().replace("overall_status:", "# asked by phone\noverall_status:")
    said = "plain_language_summary:\n  author: A. Nurse\n  date: 2025-10-01\n---\n\n"
    summary = f"{said}## Plain-language summary\n\nRest.\n\n"
    path.write_text(text.replace("---\n\n", summary, 1))
    desk.registry.days = [day(2, study(2, "2026-01-02", overallStatus="SUSPENDED"))]
    desk.call("sync", "--report", "report.md")
    mended = (("# stood above.*\n", "", "asked by"), ("2025-10-01", "2026-01-03", "signed on"))
    for old, new, told in mended:
        assert told in Path("report.md").read_text()
        path.write_text(re.sub(old, new, path.read_text()))
        desk.call("sync", "--report", "report.md")
        assert told not in Path("report.md").read_text()
    assert "told here again" in Path("report.md").read_text()


# --- what a report says shortly -----------------------------------------------------------------


def test_a_draft_has_no_page_to_lead_to(desk: Desk) -> None:
    _contact_changed_twice(desk)
    for number in (1, 2):
        path = desk.trials / f"NCT0000000{number}.md"
        path.write_text(path.read_text().replace("brief_title", "draft: true\nbrief_title", 1))
    desk.call("sync", "--report", "report.md")
    report = Path("report.md").read_text()
    assert "](http" not in report
    assert report.count("NCT00000001 (a draft: no page yet)") == 1
    path.write_text(path.read_text().replace("draft: true\n", ""))
    desk.call("sync", "--report", "report.md")
    assert "[NCT00000002](https" in Path("report.md").read_text()


def test_what_was_taken_back_and_is_written_again_is_told_no_more(desk: Desk) -> None:
    path = _contact_changed_twice(desk)
    desk.call("sync")
    desk.call("fetch", "NCT00000001", "--take", "central_contacts")
    _write_phone(path, "5")
    desk.call("sync", "--report", "report.md")
    report = Path("report.md").read_text()
    assert ("Taken over by you" in report, "“1” → **“2”**" in report) == (False, True), report


def test_a_change_that_a_file_put_back_has_no_more_is_told_no_more(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    desk.call("sync", "--report", "first.md")
    path, base = desk.trials / "NCT00000001.md", desk.trials / ".imported/NCT00000001"
    kept = {one: one.read_bytes() for one in (path, base)}
    desk.registry.days = [day(2, study(1, "2026-01-02", "Slip"), study(2, "2026-01-02", "New"))]
    desk.call("sync")
    for file, content in kept.items():
        file.write_bytes(content)
    desk.registry.days = [day(3, study(1, "2026-01-03", "Right"), study(2, "2026-01-02", "New"))]
    desk.call("sync", "--report", "report.md")
    report = Path("report.md").read_text()
    assert ("Slip" in report, "“Trial 1” → **“Right”**" in report) == (False, True), report
    assert "“Trial 2” → **“New”**" in report


def test_of_a_trial_whose_file_was_deleted_no_change_is_told(desk: Desk) -> None:
    _contact_changed_twice(desk)
    desk.call("sync")
    (desk.trials / "NCT00000002.md").unlink()
    desk.call("sync", "--report", "report.md")
    report = Path("report.md").read_text()
    assert ("Suspended" in report, "NCT00000002 was here, and its file is gone" in report) == (
        False,
        True,
    )


def test_news_is_told_from_another_folder_too(desk: Desk) -> None:
    _contact_changed_twice(desk)
    desk.call("sync")
    (desk.folder / "content/site.yaml").write_text("title: T\n")
    (desk.folder / "elsewhere").mkdir()
    desk.monkeypatch.chdir(desk.folder / "elsewhere")
    desk.call("sync", "--report", "report.md", "--content", "../content")
    assert "“Recruiting” → **“Suspended”**" in Path("report.md").read_text()
    assert "[NCT00000002](../content/trials/NCT00000002.md)" in Path("report.md").read_text()


def test_of_long_texts_the_words_that_differ_are_shown(desk: Desk) -> None:
    def at(updated: str, week: str) -> Record:
        record = study(1, updated)
        text = f"All who take part are seen {'again and again ' * 9}at week {week} of the study."
        record["protocolSection"]["descriptionModule"] = {"briefSummary": text}
        return record

    desk.registry.days = [day(1, at("2026-01-01", "10"))]
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, at("2026-01-02", "12"))]
    desk.call("sync", "--report", "report.md")
    said = "“… and again at week {} of the study.”"
    assert _lines_told() == [f"Summary: {said.format(10)} → **{said.format(12)}**"]


def test_many_trials_are_summed_up_first_and_each_stands_once(desk: Desk) -> None:
    place = {"facility": "Clinic", "country": "Germany", "status": "RECRUITING"}
    places = [{**place, "city": "Ulm"}, {**place, "city": "Jena"}]
    first, fewer = [study(number) for number in range(1, 13)], study(2, "2026-01-02")
    first[1]["protocolSection"]["contactsLocationsModule"] = {"locations": places}
    fewer["protocolSection"]["contactsLocationsModule"] = {"locations": places[1:]}
    desk.registry.days = [day(1, *first)]
    desk.call("fetch", *(f"NCT{number:08}" for number in range(1, 13)))
    desk.call("sync", "--report", "first.md")
    path = desk.trials / "NCT00000007.md"
    text = path.read_text().replace("Trial 7", "Ours")
    path.write_text(text.replace("status: RECRUITING", "status: COMPLETED"))
    others = [*range(3, 7), *range(8, 13)]
    newer = [study(number, "2026-01-02", f"New {number}") for number in others]
    newer.append(study(7, "2026-01-02", "New 7", overallStatus="TERMINATED"))
    stopped = study(1, "2026-01-02", "New 1", overallStatus="SUSPENDED")
    stopped["protocolSection"]["eligibilityModule"] = {"sex": "FEMALE"}
    desk.registry.days = [day(2, stopped, fewer, *newer)]
    desk.call("sync", "--report", "report.md")
    report = re.sub(r"\[(.*?)\]\(.*?\)", r"\1", Path("report.md").read_text())
    told = report.partition("## In short\n\n")[2].partition("\n\n")[0].split("\n")
    assert told == [
        "- **Needs a decision**: NCT00000007 (title, status: Terminated at the registry)",
        "- **Suspended now**: NCT00000001",
        "- **Places closed, stopped or gone**: NCT00000002",
        "- **Who can take part**: NCT00000001",
        f"- **Something else alone**: {', '.join(f'NCT{number:08}' for number in others)}",
    ]
    assert report.count("NCT00000001 *New 1*, between") == 1
    assert "“Trial 1” → **“New 1”**" in report


def test_fields_that_changed_alike_stand_on_one_line(desk: Desk) -> None:
    def at(updated: str, day: str, kind: str) -> Record:
        dates = {"date": day, "type": kind}
        return study(1, updated, primaryCompletionDateStruct=dates, completionDateStruct=dates)

    desk.registry.days = [day(1, at("2026-01-01", "2026-07-31", "ESTIMATED"))]
    desk.call("fetch", "NCT00000001")
    desk.registry.days = [day(2, at("2026-01-02", "2026-06-30", "ACTUAL"))]
    desk.call("sync", "--report", "report.md")
    assert _lines_told() == [
        "End of the main measurements, End of the study: “31 July 2026” → **“30 June 2026”**; "
        "type: “Estimated” → **“Actual”**"
    ]


def test_a_conflict_in_what_is_never_told_says_what_differs(desk: Desk) -> None:
    def at(updated: str, lat: float, *keywords: str) -> Record:
        record = study(1, updated)
        place = {"facility": "A", "city": "Ulm", "country": "Germany", "status": "RECRUITING"}
        places = [{**place, "geoPoint": {"lat": lat, "lon": 9.0}}]
        record["protocolSection"]["contactsLocationsModule"] = {"locations": places}
        record["protocolSection"]["conditionsModule"]["keywords"] = list(keywords)
        return record

    desk.registry.days = [day(1, at("2026-01-01", 48.1, "a", "b", "c"))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    text = path.read_text().replace("lat: 48.1", "lat: 48.3")
    path.write_text(text.replace("  - a\n  - b\n  - c\n", "  - b\n  - a\n  - c\n"))
    desk.registry.days = [day(2, at("2026-01-02", 48.2, "c", "b", "a"))]
    status, _ = desk.call("sync", "--report", "report.md")
    report = Path("report.md").read_text()
    assert (status, "“48.1, 9.0” → **“48.2, 9.0”**; yours: **“48.3, 9.0”**" in report) == (
        1,
        True,
    ), report
    assert "(`keywords`)" not in report  # no word of either differs
    assert "in what no page shows" not in report + path.read_text()


def _with_contacts(updated: str, *contacts: dict[str, str], title: str = "") -> Record:
    record = study(1, updated, title)
    if contacts:
        module = {"centralContacts": [{"role": "CONTACT", **one} for one in contacts]}
        record["protocolSection"]["contactsLocationsModule"] = module
    return record


@pytest.mark.parametrize("is_whole", [True, False])
@pytest.mark.parametrize("first", ["sync", "fetch"])
def test_what_was_decided_half_and_half_is_no_news_of_later_versions(
    desk: Desk, first: str, *, is_whole: bool
) -> None:
    """Kim goes, as the registry says, and the editor's own office stays; or Kim's new address
    comes and the editor's phone stays."""
    kim = {"name": "Kim Ross", "phone": "1"}
    now = [] if is_whole else [{**kim, "phone": "2", "email": "kim@example.org"}]
    desk.registry.days = [day(1, _with_contacts("2026-01-01", kim))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    office = '    phone: "5"\n  - name: Office\n    role: CONTACT\n'
    path.write_text(re.sub("    phone: .*\n", office, path.read_text()))
    desk.registry.days = [day(2, _with_contacts("2026-01-02", *now))]
    assert desk.call("sync")[0] == 1
    text = path.read_text()
    assert "code: conflict" in text
    kept = ('  - name: Kim Ross\n    role: CONTACT\n    phone: "5"\n', "")
    mine = kept if is_whole else ('phone: "5"\n', 'phone: "5"\n    email: kim@example.org\n')
    path.write_text(text.replace(*mine))
    _take_note_out(path)
    assert path.read_text().count("Office") == 1
    for number, verb in ((3, first), (3, "sync"), (4, "sync"), (5, "fetch"), (5, "fetch")):
        title = f"Title {number}"
        record = _with_contacts(f"2026-01-0{number}", *now, title=title)
        desk.registry.days = [day(number, record)]
        desk.call(verb, *(["NCT00000001"] if verb == "fetch" else ["--report", "report.md"]))
    history = path.read_text().partition("history:")[2].partition("---")[0]
    assert (history.count("Kim Ross"), history.count("Title")) == (1, 5), history
    assert "Kim Ross" not in _told(Path("report.md")).partition("## Decided for yours")[0]

    path.write_text(path.read_text().replace('"5"', '"6"', 1))  # one's own goes on
    last = {**kim, "phone": "2", "email": "kim.ross@example.org"}
    desk.registry.days = [day(6, _with_contacts("2026-01-06", last, title="Title 5"))]
    desk.call("sync", "--report", "report.md")
    told = _told(Path("report.md"))
    assert ("kim.ross@" in told, "“1”" in told) == (True, False), told


def test_what_the_registry_says_alike_is_not_taken_back(desk: Desk) -> None:
    """A postcode that both mended, beside a status that they changed each in its way."""

    def at(updated: str, code: str, status: str) -> Record:
        place = {"facility": "A", "city": "Gent", "country": "Belgium", "zip": code}
        record = study(1, updated)
        module = {"locations": [{**place, "status": status}]}
        record["protocolSection"]["contactsLocationsModule"] = module
        return record

    desk.registry.days = [day(1, at("2026-01-01", "'9000", "RECRUITING"))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    mine = re.sub("    zip: .*\n", '    zip: "9000"\n', path.read_text())
    path.write_text(mine.replace("    status: RECRUITING", "    status: SUSPENDED"))
    desk.registry.days = [day(2, at("2026-01-02", "9000", "WITHDRAWN"))]
    assert desk.call("sync")[0] == 1
    said = desk.call("fetch", "NCT00000001", "--take", "locations")[1]
    back = said.partition("takes back: ")[2].partition("; the registry")[0]
    assert ("): Suspended" in back, "9000" in back) == (True, False), said


def test_of_a_criterion_beside_one_that_was_taken_over_ones_own_is_said(desk: Desk) -> None:
    old = ("Adults of both sexes", "No treatment of the disease so far", "Thin")
    new = ("Adults of all sexes", "No treatment of the disease until now", "Thin")
    desk.registry.days = [day(1, _with_criteria(1, "2026-01-01", *old))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace(old[0], "18 or more").replace(old[1], "Untouched"))
    desk.registry.days = [day(2, _with_criteria(1, "2026-01-02", *new))]
    desk.call("sync")
    path.write_text(path.read_text().replace("18 or more", new[0]))
    for name in ("first.md", "second.md"):
        desk.call("sync", "--report", name)
        assert "yours: **“Untouched”**" in Path(name).read_text()
        _take_note_out(path)
    several = path.read_text().replace("* Untouched", r"* Untouched\n* Willing\n* Over 20")
    path.write_text(several)
    desk.call("sync", "--report", "third.md")
    said = Path("third.md").read_text()
    assert "yours: **nothing**, unless one of your new lines says it" in said


def test_the_head_counts_trials_that_need_a_decision(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    newer = [study(number, "2026-01-02", "Theirs") for number in (1, 2)]
    for number, record in enumerate(newer, start=1):
        path = desk.trials / f"NCT0000000{number}.md"
        text = path.read_text().replace("Does rest help?", "Ours.")
        path.write_text(text.replace(f"Trial {number}", f"Our {number}"))
        record["protocolSection"]["descriptionModule"]["briefSummary"] = "Theirs."
    desk.registry.days = [day(2, *newer)]
    desk.call("sync", "--report", "report.md")
    assert "**2 need a decision**" in Path("report.md").read_text()


def test_a_note_has_the_words_that_differ_of_long_texts(desk: Desk) -> None:
    def at(number: int, hours: str) -> Record:
        record = study(1, f"2026-01-0{number}")
        said = "Rest in a quiet and dark room with a doctor at hand for as long as it takes, and "
        arm = {"label": "Rest", "type": "EXPERIMENTAL", "description": f"{said * 2}{hours} more."}
        record["protocolSection"]["armsInterventionsModule"] = {"armGroups": [arm]}
        return record

    desk.registry.days = [day(1, at(1, "two hours"))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("two hours more", "an hour more"))
    desk.registry.days = [day(2, at(2, "four days"))]
    assert desk.call("sync")[0] == 1
    note = path.read_text().partition("import_notes:")[2].partition("---")[0]
    assert ("two hours more" in note, "four days more" in note) == (True, True), note


def test_what_both_add_where_nothing_was_stands_beside_each_other(desk: Desk) -> None:
    desk.registry.days = [day(1, _with_contacts("2026-01-01"))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    mine = "central_contacts:\n  - name: Office\n    role: CONTACT\n    phone: '5'\nstudy_type"
    path.write_text(path.read_text().replace("study_type", mine))
    kim = {"name": "Kim Ross", "phone": "1"}
    desk.registry.days = [day(2, _with_contacts("2026-01-02", kim))]
    status, said = desk.call("sync")
    text = path.read_text()
    assert (status, text.count("name: Office"), "name: Kim Ross" in text) == (0, 1, True), said
    history = text.partition("history:")[2].partition("---")[0]
    assert ("Kim Ross" in history, "Office" in history) == (True, False)
    assert desk.call("sync")[0] == 0 and path.read_text() == text


def test_fetch_names_a_file_that_is_no_trial_though_nothing_is_newer(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("brief_title:", "brief_title: [", 1))
    before = path.read_bytes()
    status, said = desk.call("fetch", "NCT00000001", "NCT00000002")
    assert status == 1
    assert "NCT00000001.md:" in said
    assert path.read_bytes() == before
