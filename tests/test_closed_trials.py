"""Trials that take nobody new: among the others, behind them, or on a list of their own."""

from __future__ import annotations

import re
from pathlib import Path

from sites import build_site, trial_text

from trialpages.audit.site import audit_site

STATUSES = {
    1: "COMPLETED",
    2: "RECRUITING",
    3: "ACTIVE_NOT_RECRUITING",
    4: "NOT_YET_RECRUITING",
    5: "UNKNOWN",
    6: "SUSPENDED",
}


def built(folder: Path, site: str) -> Path:
    trials = {
        f"trials/NCT0000000{number}.md": trial_text(f"NCT0000000{number}", f"Rest {number}")
        .replace("RECRUITING", status)
        .replace("Migraine", "Asthma" if number == 1 else "Migraine")
        .replace("study_type", f"last_update_post_date: 2025-01-0{7 - number}\nstudy_type")
        for number, status in STATUSES.items()
    }
    build_site(folder, {"site.yaml": f"title: T\n{site}", **trials})
    return folder / "site"


def on(site: Path, page: str) -> list[int]:
    text = (site / page).read_text("utf-8")
    return [int(number) for number in re.findall(r'card-title"[^>]*><a href="[^"]*NCT0*(\d)', text)]


def test_closed_trials_come_last_and_say_so(tmp_path: Path) -> None:
    assert on(built(tmp_path / "a", ""), "trials/index.html") == [2, 1, 3, 4, 5, 6]
    site = built(tmp_path / "b", "closed_trials: last\n")
    assert on(site, "trials/index.html") == [2, 4, 5, 6, 1, 3]
    text = (site / "trials/index.html").read_text("utf-8")
    assert text.count("Closed to new people, as listed") == 2
    assert not (site / "trials/closed.html").exists()


def test_closed_trials_are_left_out_and_on_their_own_list(tmp_path: Path) -> None:
    site = built(tmp_path, "closed_trials: left_out\n")
    assert on(site, "trials/index.html") == on(site, "index.html") == [2, 4, 5, 6]
    assert on(site, "conditions/migraine.html") == [2, 4, 5, 6]
    assert on(site, "trials/closed.html") == [1, 3]
    assert on(site, "statuses/completed.html") == [1], "a list by status has what has it"
    assert "NCT00000003" in (site / "conditions/migraine.xml").read_text("utf-8"), "news"
    left = "1 closed trial isn’t on this list. "
    assert left in (site / "conditions/migraine.html").read_text("utf-8")


def test_a_list_of_closed_trials_alone_says_what_it_leaves_out(tmp_path: Path) -> None:
    site = built(tmp_path, "closed_trials: left_out\n")
    text = (site / "conditions/asthma.html").read_text("utf-8")
    assert on(site, "conditions/asthma.html") == []
    assert "1 closed trial isn’t on this list. " in text
    index = (site / "conditions/index.html").read_text("utf-8")
    assert "asthma.html" not in index and "1 entry" in index
    assert "All trials" not in (site / "trials/index.html").read_text("utf-8")


def test_each_page_is_reached_with_closed_trials_left_out(tmp_path: Path) -> None:
    site = built(tmp_path, "closed_trials: left_out\npublish:\n  lists: [conditions]\n")
    assert [one for one in audit_site(site).problems if one.code == "unreachable"] == []
