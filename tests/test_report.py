"""What a report says of a week: each thing once, each trial where it belongs, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from sites import PROJECT
from test_keeping import Desk
from test_keeping import desk as desk
from test_syncing import day, study

from trialpages.keeping.findings import Findings
from trialpages.keeping.report import report_text
from trialpages.keeping.report_words import ReportFrame
from trialpages.problems import Problem, Where
from trialpages.updating.arrivals import Arrival


def _report(name: str = "report.md") -> str:
    """Its words, without the addresses of links."""
    return re.sub(r"\[(.*?)\]\(.*?\)", r"\1", Path(name).read_text())


def _chapter(title: str, report: str | None = None) -> str:
    found = re.search(rf"(?ms)^## {re.escape(title)}\n(.*?)(?=^## |\Z)", report or _report())
    return found[1] if found else ""


DATES = "Only dates and the like"


@pytest.mark.parametrize("verb", ["import", "sync", "fetch"])
def test_who_waits_for_a_decision_is_not_among_those_with_dates_alone(
    desk: Desk, verb: str, tmp_path: Path
) -> None:
    """Of the first trial the title alone changed, in conflict; of the second a conflict is open
    while a version comes that changes dates alone; of the third nothing but dates."""
    ids = [f"NCT0000000{number}" for number in (1, 2, 3)]
    desk.call("fetch", *ids)
    for number in (1, 2):
        path = desk.trials / f"NCT0000000{number}.md"
        path.write_text(path.read_text().replace(f"Trial {number}", "Ours"))
    desk.registry.days = [
        day(2, study(1), study(2, "2026-01-02", "Theirs"), study(3)),
    ]
    desk.call("sync", "--report", "first.md")
    newer = [study(2, "2026-01-03", "Theirs"), study(3, "2026-01-03")]
    newer.insert(0, study(1, "2026-01-03", "Theirs"))
    desk.registry.days = [day(3, *newer)]
    if verb == "import":
        (tmp_path / "new.json").write_text(json.dumps(newer))
        desk.call("import", "--update", "new.json")
    elif verb == "fetch":
        desk.call("fetch", *ids)
    desk.call("sync", "--report", "report.md")
    assert [one in _chapter("Needs a decision") for one in ids] == [True, True, False]
    assert [one in _chapter(DATES) for one in ids] == [False, False, True]


def test_no_trial_with_dates_alone_stands_anywhere_else() -> None:
    frame = ReportFrame(lambda trial, _: f"{trial.id}.html", "2026-01-01", written=True)
    refused = Problem("cut", "error", "It is cut", Where("a"))
    remark = Problem("remark-of-what-was", "warning", "your remark speaks of what was: # x")
    arrivals = [
        Arrival("a", "updated", trial_id="NCT00000001", problems=(refused,)),
        Arrival("a", "updated", trial_id="NCT00000002", problems=(remark,)),
        Arrival("a", "updated", trial_id="NCT00000003", former="NCT00000009"),
        Arrival("a", "updated", trial_id="NCT00000004"),
    ]
    report = report_text(Findings(arrivals=tuple(arrivals)), frame)
    assert re.findall(r"\[NCT0*(\d)\]", _chapter(DATES, report)) == ["4"]


def test_in_short_names_all_that_it_counts(desk: Desk) -> None:
    ids = [f"NCT0000000{number}" for number in range(1, 10)]
    ids += ["NCT00000010", "NCT00000011", "NCT00000012"]
    desk.registry.days = [day(1, *(study(number) for number in range(1, 13)))]
    desk.call("fetch", *ids)
    desk.call("sync", "--report", "first.md")
    bad = desk.trials / "NCT00000007.md"
    bad.write_text(bad.read_text().replace("overall_status:", "overall_statos:"))
    newer = [study(number, "2026-01-02", f"New {number}") for number in range(1, 13)]
    desk.registry.days = [day(2, *newer)]
    assert desk.call("sync", "--report", "report.md")[0] == 1
    report = _report()
    assert "**1 thing to be mended**" in report and "needs a decision" not in report
    (waiting,) = re.findall(r"\*\*To be mended\*\*: (.*)", report)
    assert re.fullmatch(r"`content/trials/NCT00000007.md:\d+:\d+`", waiting), waiting
    assert _chapter("To be mended").count("NCT00000007.md") == 1


def test_a_remark_whose_place_goes_is_to_be_mended_and_nothing_is_to_be_decided(
    desk: Desk,
) -> None:
    lier, gent = ({"facility": "W", "city": one, "country": "Belgium"} for one in ("Lier", "Gent"))
    first, second = study(1), study(1, "2026-01-02")
    first["protocolSection"]["contactsLocationsModule"] = {"locations": [lier, gent]}
    second["protocolSection"]["contactsLocationsModule"] = {"locations": [gent]}
    desk.registry.days = [day(1, first)]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("city: Lier", "city: Lier  # asked by phone"))
    desk.registry.days = [day(2, second)]
    assert desk.call("sync", "--report", "report.md")[0] == 1
    assert "**1 thing to be mended**" in _report() and "a decision" not in _report()
    mend = _chapter("To be mended")
    assert re.match(r"\n- NCT00000001 \*Trial 1\*\n  - `content/trials/NCT00000001.md:\d+", mend)
    assert "takes away what this remark stands at" in mend and mend.count("Trial 1") == 1


# --- how a run ends, and what it advises --------------------------------------------------------


@pytest.mark.parametrize("call", [("sync",), ("fetch", "NCT00000001")])
def test_what_cant_be_understood_ends_a_run_with_two_before_anything_is_asked(
    desk: Desk, call: tuple[str, ...]
) -> None:
    desk.folder.joinpath("content/queries.yaml").write_text("trials:\n  - NCT123\n")
    status, said = desk.call(*call)
    assert (status, "content/queries.yaml:2:5" in said, desk.registry.asked) == (2, True, [])
    table = (PROJECT / "docs/keeping-current.md").read_text()
    assert re.findall(r"(?m)^\| (\d) \| ", table) == ["0", "1", "2", "3"]


def test_no_flag_is_advised_that_a_verb_has_not(desk: Desk) -> None:
    desk.registry.days = [day(1, study(1, "2026-01-02"))]
    desk.call("fetch", "NCT00000001")
    (desk.folder / "old.json").write_text(json.dumps(study(1, "2026-01-01", "Old")))
    status, said = desk.call("import", "--update", "old.json")
    assert (status, "import its file with --update --allow-older" in said) == (1, True)
    assert desk.call("import", "--update", "--allow-older", "old.json")[0] == 0


# --- read in two minutes ------------------------------------------------------------------------


def _with_sites(updated: str, **said: str | None) -> dict[str, Any]:
    """A trial with a place of long name, two contacts there, and 20 others."""
    record = study(1, updated)
    place = {"city": "Ulm", "country": "Germany"}
    people = [{"name": name, "role": "CONTACT", "phone": "1"} for name in ("Ann Lee", "Bo Kim")]
    first: dict[str, Any] = {"facility": "Hospital of Long Name", **place}
    if status := said.get("status"):
        first |= {"status": status, "contacts": people}
    sites = [first]
    sites += [{"facility": f"Clinic {n}", **place, "status": said["others"]} for n in range(20)]
    record["protocolSection"]["contactsLocationsModule"] = {"locations": sites}
    return record


def test_of_much_that_changed_a_line_is_read_and_the_rest_folded(desk: Desk) -> None:
    before = _with_sites("2026-01-01", status="RECRUITING", others="COMPLETED")
    desk.registry.days = [day(1, before)]
    desk.call("fetch", "NCT00000001")
    desk.call("sync", "--report", "first.md")
    desk.registry.days = [day(2, _with_sites("2026-01-02", others="RECRUITING"))]
    desk.call("sync", "--report", "report.md")
    report = _report()
    read = re.sub("(?s)<details>.*?</details>", "", report)
    assert (
        "NCT00000001 *Trial 1*: 1 place with no status any more; 20 places opened; "
        "2 contacts at places gone"
    ) in read
    assert (read.count("Hospital of Long Name"), report.count("Hospital of Long Name")) == (0, 1)
    assert "Changed between 1 January 2026 and 2 January 2026:\n\n  - Places" in report
    page = MarkdownIt("commonmark").render(Path("report.md").read_text())
    assert re.search(r"(?s)<li>.*?<details><summary>Details</summary>.*?<li>.*?</details>", page)


def test_many_new_trials_are_folded_but_for_those_that_were_here_before(desk: Desk) -> None:
    ids = [f"NCT{number:08}" for number in range(1, 13)]
    desk.registry.days = [day(1, *(study(number) for number in range(1, 13)))]
    desk.call("fetch", ids[0])
    (desk.trials / f"{ids[0]}.md").unlink()
    desk.call("fetch", *ids)
    desk.call("sync", "--report", "report.md")
    told, _, folded = _chapter("Fetched by hand").partition("<details>")
    assert ([one for one in ids if one in told], "11 trials" in told) == ([ids[0]], True)
    assert [one for one in ids if one in folded] == ids[1:]


def test_a_title_stands_once_where_decisions_and_changes_are_told(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Trial 1", "Ours"))
    theirs = study(1, "2026-01-02", "Theirs", overallStatus="TERMINATED")
    desk.registry.days = [day(2, theirs)]
    desk.call("sync", "--report", "report.md")
    report = _report().partition("## Fetched by hand")[0]
    assert report.count("NCT00000001 *Ours*") == 1
    assert "- NCT00000001, between" in report


def test_what_came_by_a_query_and_changed_before_a_report_is_told_as_new_too(desk: Desk) -> None:
    desk.call("fetch", "--query", "cond=asthma", "--as", "asthma")
    desk.call("sync", "--report", "first.md")
    desk.registry.days = [day(2, *map(study, range(1, 7)))]
    desk.call("sync")
    desk.registry.days = [day(3, *map(study, range(1, 6)), study(6, "2026-01-03", "X"))]
    desk.call("sync", "--report", "report.md")
    assert "NCT00000006" not in _report("first.md")
    assert "NCT00000006" in _chapter("New trials")
    assert "“Trial 6” → **“X”**" in _chapter("Everything else")


# --- what an editor decided ---------------------------------------------------------------------


@pytest.mark.parametrize("way", ["--take", "by hand"])
def test_what_an_editor_decided_is_no_change_at_the_registry_and_told_once(
    desk: Desk, way: str
) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Trial 1", "Ours"))
    newer = [study(1, "2026-01-02", "Theirs"), study(2)]
    desk.registry.days = [day(2, *newer)]
    desk.call("sync", "--report", "first.md")
    if way == "--take":
        desk.call("fetch", "NCT00000001", "--take", "brief_title")
    else:
        path.write_text(path.read_text().replace("Ours", "Theirs"))
    desk.call("sync", "--report", "report.md")
    report = _report()
    taken_back = " (yours, taken back: “Ours”)" if way == "--take" else ""
    read, _, folded = _chapter("Taken over by you").partition("<details>")
    assert read.strip() == "- By hand or with `--take`: NCT00000001"
    assert (
        "  - NCT00000001 *Theirs*, between 1 January 2026 and 2 January 2026\n"
        f"    - Title: “Trial 1” → **“Theirs”**{taken_back}\n"
    ) in folded
    assert re.findall(r"\*\*(\d.*?)\*\*", report) == ["1 taken over by you"]
    assert re.findall("(?m)^## (.*)", report) == ["Taken over by you"]


def test_what_was_taken_of_several_versions_says_of_which(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    text = path.read_text().replace("Does rest help?", "Our summary.")
    path.write_text(text.replace("Trial 1", "Ours"))
    for number, summary in ((2, "Does rest help?"), (3, "Rest helps.")):
        newer = study(1, f"2026-01-0{number}", "Theirs")
        newer["protocolSection"]["descriptionModule"]["briefSummary"] = summary
        desk.registry.days = [day(number, newer)]
        desk.call("sync", "--report", f"{number}.md")
    desk.call("fetch", "NCT00000001", "--take", "brief_title", "--take", "brief_summary")
    desk.call("sync", "--report", "report.md")
    told = _chapter("Taken over by you")
    first, second = (f"between {n} January 2026 and {n + 1} January 2026" for n in (1, 2))
    assert f"“Trial 1” → **“Theirs”** ({first}; yours, taken back: “Ours”)\n" in told, told
    assert f"**“Rest helps.”** ({second}; yours, taken back: “Our summary.”)\n" in told, told


def test_a_decision_beside_a_newer_version_leaves_its_news_to_the_registry(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Trial 1", "Ours"))
    desk.registry.days = [day(2, study(1, "2026-01-02", "Theirs"))]
    desk.call("sync", "--report", "first.md")
    path.write_text(path.read_text().replace("Ours", "Theirs"))
    stopped = study(1, "2026-01-03", "Theirs", overallStatus="SUSPENDED")
    desk.registry.days = [day(3, stopped)]
    desk.call("sync", "--report", "report.md")
    report = _report()
    assert re.findall(r"\*\*(\d.*?)\*\*", report) == ["1 trial changed", "1 taken over by you"]
    assert (report.count("Suspended”"), report.count("“Theirs”")) == (1, 1)
    assert "“Theirs”" in _chapter("Taken over by you")


# --- which report it is, and what is of no registry's data --------------------------------------


def test_a_second_report_of_a_day_says_that_it_is_and_since_which_it_tells(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001")
    for number in (1, 2, 3):
        desk.registry.days = [day(number, study(1, f"2026-01-0{number}", f"Title {number}"))]
        assert desk.call("sync", "--report", "report.md")[0] == 0
    assert desk.call("sync", "--report", "report.md")[0] == 0  # without news
    heads = [
        [line for line in _report(name).split("\n") if re.match("# |Told|Nothing", line)]
        for name in ("report.1.md", "report.2.md", "report.md")
    ]
    title = "# What registries changed: report"
    numbers = (" of", " 2 of", " of")
    assert [head for head, _ in heads] == [f"{title}{one} 1 January 2026" for one in numbers]
    assert [said for _, said in heads][1:] == [
        "Told is what came since the report of 1 January 2026.",
        "Nothing has come since report 3 of 1 January 2026, which is told here again.",
    ]


def test_what_an_import_brought_is_marked_beside_the_registrys_data(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    desk.call("sync", "--report", "first.md")
    (desk.folder / "new.json").write_text(json.dumps(study(1, "2026-01-02", "New")))
    desk.call("import", "--update", "new.json")
    desk.registry.days = [day(3, study(1, "2026-01-02", "New"), study(2, "2026-01-03", "Newer"))]
    desk.call("sync", "--report", "report.md")
    report = _report()
    assert "(ClinicalTrials.gov's data of 2026-01-03; 1 from imported files)" in report
    assert "NCT00000001 *New* (a version imported from a file), between" in report
    assert "NCT00000002 *Newer*, between" in report


@pytest.mark.parametrize("is_old_folder", [True, False])
def test_what_was_taken_by_hand_in_part_is_told_once_beside_what_was_not(
    desk: Desk, *, is_old_folder: bool
) -> None:
    """Of two sentences that the registry changed one is taken, and one's own stays; in a folder of
    an earlier version of this program nothing says that this was decided."""

    def at(day_of: str, text: str, title: str = "") -> dict[str, Any]:
        record = study(1, day_of, title)
        record["protocolSection"]["descriptionModule"]["briefSummary"] = text
        return record

    desk.registry.days = [day(1, at("2026-01-01", "Alpha is one. Beta is two. Gamma is three."))]
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Beta is two", "Beta is ours"))
    theirs = "Alpha is one. Beta is twenty. Gamma is thirty."
    desk.registry.days = [day(2, at("2026-01-02", theirs))]
    desk.call("sync", "--report", "first.md")
    text = path.read_text().replace("Gamma is three.", "Gamma is thirty.")
    path.write_text(re.sub(r"(?m)^import_notes:\n(?:(?: +|- ).*\n)+", "", text))
    desk.call("sync", "--report", "report.md")
    assert "“Gamma is three.” → **“Gamma is thirty.”**" in _chapter("Taken over by you")
    standing = _chapter("Decided for yours, while the registry says something else")
    assert "yours: **“Beta is ours.”**" in standing
    base = desk.trials / ".imported/NCT00000001"
    if is_old_folder:
        kept = [line for line in base.read_text().splitlines(True) if ".decided " not in line]
        base.write_text("".join(kept))
    desk.registry.days = [day(3, at("2026-01-03", theirs, "Another title"))]
    desk.call("sync", "--report", "last.md")
    last = _report("last.md")
    assert ("Gamma" in last, "“Trial 1” → **“Another title”**" in last) == (False, True), last
    assert path.read_text().partition("history:")[2].count("new: Gamma is thirty.") == 1


def test_what_the_editor_had_written_before_the_registry_is_told_with_a_remark(desk: Desk) -> None:
    """Of one trial all that changed was here, of another a part of it."""
    desk.call("fetch", "NCT00000001", "NCT00000002")
    for number in (1, 2):
        path = desk.trials / f"NCT0000000{number}.md"
        path.write_text(path.read_text().replace(f"Trial {number}", "Theirs"))
    more = study(2, "2026-01-02", "Theirs")
    more["protocolSection"]["statusModule"]["overallStatus"] = "SUSPENDED"
    desk.registry.days = [day(2, study(1, "2026-01-02", "Theirs"), more)]
    _, said = desk.call("sync", "--report", "report.md")
    assert "this site said so already\n" in _chapter("Everything else")
    status = _chapter("Stopped, opened, closed; sites and contacts")
    remark = "this site said so already of title: Trial 2 → Theirs\n"
    assert remark in status
    assert remark in said


def test_no_report_names_a_command_that_a_site_may_not_have(desk: Desk) -> None:
    """`build.py` is there in a clone of the program alone, and `trialpages` where it is set up."""
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Trial 1", "Ours"))
    desk.registry.days = [day(2, study(1, "2026-01-02", "Theirs"))]
    desk.call("sync", "--report", "report.md")
    assert "`fetch NUMBER --take FIELD`" in _chapter("Needs a decision")
    assert "build.py" not in _report()


def test_what_was_taken_is_told_though_the_field_waits_again(desk: Desk) -> None:
    """And a summary that is older than a version is named once, not again as it is taken."""
    desk.call("fetch", "NCT00000001")
    path = desk.trials / "NCT00000001.md"
    signed = "plain_language_summary:\n  author: A. Nurse\n  date: 2025-10-01\n---\n\n"
    text = path.read_text().replace("Trial 1", "Ours").replace("---\n\n", signed, 1)
    path.write_text(f"{text}\n## Plain-language summary\n\nIn plain words.\n")
    desk.registry.days = [day(2, study(1, "2026-01-02", "Theirs"))]
    desk.call("sync", "--report", "report.md")
    assert "signed on" in _report()
    desk.call("fetch", "NCT00000001", "--take", "brief_title")
    desk.call("sync", "--report", "report.md")
    assert "signed on" not in _report()
    path.write_text(path.read_text().replace("title: Theirs", "title: Ours again"))
    desk.registry.days = [day(3, study(1, "2026-01-03", "Theirs too"))]
    desk.call("sync", "--report", "report.md")
    desk.call("fetch", "NCT00000001", "--take", "brief_title")
    path.write_text(path.read_text().replace("title: Theirs too", "title: Ours at last"))
    desk.registry.days = [day(4, study(1, "2026-01-04", "Theirs for good"))]
    desk.call("sync", "--report", "report.md")
    assert "signed on" in _report()
    assert "**1 needs a decision**, **1 taken over by you**" in _report()
    taken = "Title: “Theirs” → **“Theirs too”** (yours, taken back: “Ours again”)"
    assert taken in _chapter("Taken over by you")


def test_what_waited_before_and_is_as_it_was_takes_a_line(desk: Desk) -> None:
    desk.call("fetch", "NCT00000001", "NCT00000002")
    path = desk.trials / "NCT00000001.md"
    path.write_text(path.read_text().replace("Trial 1", "Ours"))
    desk.registry.days = [day(2, study(1, "2026-01-02", "Theirs"), study(2))]
    desk.call("sync", "--report", "report.md")
    full = "“Trial 1” → **“Theirs”**; yours: **“Ours”**"
    assert full in _chapter("Needs a decision")
    desk.call("sync", "--report", "report.md")  # nothing new: the same is told again
    assert full in _chapter("Needs a decision").partition("how to decide")[2].partition("<det")[0]
    other = study(2, "2026-01-03", "Another")
    desk.registry.days = [day(3, study(1, "2026-01-02", "Theirs"), other)]
    for _ in (1, 2):
        desk.call("sync", "--report", "report.md")
        rest = _chapter("Needs a decision").partition("how to decide")[2].partition("</details>")[2]
        line, _, folded = rest.partition("<details>")
        since = "waiting since the report of 1 January 2026: **Title** (`brief_title`)\n"
        assert line.strip().endswith(since.strip()) and "Theirs" not in line
        assert full in folded
    desk.registry.days = [day(4, study(1, "2026-01-04", "Theirs too"), other)]
    desk.call("sync", "--report", "report.md")
    assert "waiting since" not in _report()
    assert "“Trial 1” → **“Theirs too”**; yours: **“Ours”**" in _report()
