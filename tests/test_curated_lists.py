"""Lists that an editor chose: whose trials they hold, and what is said of a file that is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sites import build_site, trial_text

from trialpages.pages.curated import read_curated
from trialpages.problems import Failure, Problem

FRONT = "---\n{}\n---\n\n# Migraine on our ward\n\nAsk **ward 3**.\n"


def record(number: int, status: str, conditions: str) -> tuple[str, str]:
    trial_id = f"NCT0000000{number}"
    text = trial_text(trial_id).replace("RECRUITING", status)
    return f"trials/{trial_id}.md", text.replace(
        "conditions:\n  - Migraine", f"conditions: {conditions}"
    )


TRIALS = dict(
    (
        record(1, "RECRUITING", "[Migraine]"),
        record(2, "RECRUITING", "[Migraine, Pain]"),
        record(3, "COMPLETED", "[migraine]"),
        record(4, "NOT_YET_RECRUITING", "[Asthma]"),
        record(5, "RECRUITING", "[Pain]"),
    )
)


def built(folder: Path, front: str, **more: str) -> Path:
    build_site(folder, {"lists/ward.md": FRONT.format(front), **TRIALS, **more})
    return folder / "site"


def on_list(site: Path, name: str = "ward") -> set[int]:
    page = (site / f"lists/{name}.html").read_text("utf-8")
    return {int(number) for number in re.findall(r'<a href="\.\./trials/NCT0*(\d)\.html">', page)}


ASKED: dict[str, set[int]] = {
    "conditions: [Migraine]": {1, 2, 3},
    "conditions: MIGRAINE": {1, 2, 3},
    "conditions: [Migraine, Asthma]": {1, 2, 3, 4},
    "conditions: [Migraine]\nstatuses: [Recruiting]": {1, 2},
    "conditions: [Migraine]\nstatuses: COMPLETED": {3},
    "conditions: [Migraine]\nwithout: [NCT00000002]": {1, 3},
    "conditions: [Asthma]\ntrials: [NCT00000005]": {4, 5},
    "statuses: Not yet recruiting": {4},
    "trials: [NCT00000005, NCT00000001]": {1, 5},
    "trials: [NCT00000005]\nwithout: [NCT00000005]": set(),
}


def test_a_list_holds_the_trials_it_asks_for(tmp_path: Path) -> None:
    lists = {f"lists/l{at}.md": FRONT.format(front) for at, front in enumerate(ASKED)}
    build_site(tmp_path, {**lists, **TRIALS})
    found = {front: on_list(tmp_path / "site", f"l{at}") for at, front in enumerate(ASKED)}
    assert found == ASKED


def test_a_list_has_an_introduction_a_feed_and_ways_to_it(tmp_path: Path) -> None:
    site = built(tmp_path, "conditions: [Migraine]")
    page = (site / "lists/ward.html").read_text("utf-8")
    assert "<h1>Migraine on our ward</h1>" in page
    assert "<p>Ask <strong>ward 3</strong>.</p>" in page
    assert "<title>Migraine on our ward" in (site / "lists/ward.xml").read_text("utf-8")
    assert 'href="ward.html">Migraine on our ward</a>' in (site / "lists/index.html").read_text()
    home = (site / "index.html").read_text("utf-8")
    assert 'href="lists/ward.html">Migraine on our ward</a>&nbsp;<span class="count">3<' in home
    assert 'href="../lists/index.html">Our lists</a>' in page  # in the foot of every page


def test_a_list_follows_its_file_and_its_trials(tmp_path: Path) -> None:
    site = built(tmp_path, "conditions: [Asthma]")
    assert on_list(site) == {4}
    assert on_list(built(tmp_path, "conditions: [Pain]")) == {2, 5}
    other = dict([record(4, "RECRUITING", "[Pain]")])
    assert on_list(built(tmp_path, "conditions: [Pain]", **other)) == {2, 4, 5}
    (tmp_path / "content/lists/ward.md").unlink()
    build_site(tmp_path, {})
    assert not (site / "lists").exists()


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("condition: [Migraine]", "lists/ward.md:2:1  `condition` is no field of a list"),
        ("statuses: [RECRUTING]", "lists/ward.md:2:12  `statuses[1]` can't be `RECRUTING`"),
        ("conditions: {a: b}", "lists/ward.md:2:13  `conditions` must be a text or a list"),
        ("without: [NCT00000001]", "lists/ward.md:2:1  the list names nothing"),
    ],
)
def test_what_is_wrong_with_a_list_is_said_at_its_line(
    tmp_path: Path, front: str, said: str
) -> None:
    with pytest.raises(Failure) as caught:
        built(tmp_path, front)
    (wrong,) = (one for one in caught.value.problems if one.severity == "error")
    assert f"{wrong.where}  {wrong.message}".startswith(f"content/{said}")


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("conditions: [Migrane]", "no trial of this site has `Migrane` among its conditions"),
        ("trials: [NCT00000009]", "this site has no trial `NCT00000009`"),
    ],
)
def test_what_a_list_asks_for_in_vain_is_warned_of(tmp_path: Path, front: str, said: str) -> None:
    report = build_site(tmp_path, {"lists/ward.md": FRONT.format(front), **TRIALS})
    (warning,) = (one for one in report.warnings if str(one.where).startswith("content/lists"))
    assert (warning.severity, warning.message) == ("warning", said)


def problems_of(front: str, **words: str) -> tuple[Problem, ...]:
    text = FRONT.format(front).replace("Migraine on our ward", words.get("title", "Ward"))
    return read_curated(text.encode(), words.get("name", "ward"), "lists/ward.md", ())[1]


@pytest.mark.parametrize(
    ("front", "said"),
    [
        (f"trials: [{'x,' * 5_001}]", "`trials`: 5,001 entries; 5,000 is the most"),
        (f"statuses: [{'x,' * 5_001}]", "`statuses`: 5,001 entries; 5,000 is the most"),
        (f"conditions: [a, {'b' * 501}]", "`conditions[2]` has 501 characters; 500 is the most"),
        (f"conditions: {'b' * 501}", "`conditions` has 501 characters; 500 is the most"),
        (f"phases: [{'b' * 300}]", f"`phases[1]` can't be `{'b' * 119}…`"),
        (f"{'b' * 300}: x", f"`{'b' * 119}…` is no field of a list"),
    ],
)
def test_a_list_names_no_more_than_people_write(front: str, said: str) -> None:
    (problem,) = problems_of(front)
    assert (problem.message, problem.where and problem.where.line) == (said, 2)


def test_the_first_hundred_faults_of_a_list_are_told() -> None:
    *_, last = found = problems_of(f"statuses: [{'RECRUTING,' * 150}]")
    assert (len(found), last.message) == (101, "there is more wrong than these 100 things")


def test_the_first_hundred_terms_that_no_trial_has_are_told(tmp_path: Path) -> None:
    front = f"conditions: [{','.join(f'Migrane {at}' for at in range(150))}]"
    report = build_site(tmp_path, {"lists/ward.md": FRONT.format(front), **TRIALS})
    said = [one for one in report.warnings if one.code == "no-such-term"]
    assert (len(said), said[-1].message) == (101, "50 more of these")


def test_a_lists_title_and_name_are_like_a_pages() -> None:
    (long,) = problems_of("conditions: [a]", title="T" * 1_001)
    assert long.message == "the title has 1,001 characters; 1,000 is the most"
    assert long.where and (long.where.line, long.where.column) == (5, 3) and long.hint
    assert problems_of("conditions: [a]", title="T" * 1_000) == ()
    (name,) = problems_of("conditions: [a]", name="Ward")
    assert name.message == "a list can't be called `Ward`"


@pytest.mark.parametrize("number", ["; rm -rf ~", "NCT٠١٢٣٤٥٦٧", "NCT0000009"])
def test_no_command_is_made_of_what_is_no_number(tmp_path: Path, number: str) -> None:
    front = f'trials: ["{number}"]'
    report = build_site(tmp_path, {"lists/ward.md": FRONT.format(front), **TRIALS})
    (warning,) = (one for one in report.warnings if one.code == "no-such-trial")
    assert "build.py" not in warning.hint and "take it off the list" in warning.hint
