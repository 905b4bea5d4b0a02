"""What the bench says: medians and ratios, and that a page which shows less is found out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from measure import file_system
from peers import Generator
from same_work import shown
from sites import build_site, trial_text
from speed_table import Failure, Results, Sample, Site, markdown, put_between_marks

OURS, HUGO = "trialpages, bare theme", "Hugo 1"


def results() -> Results:
    found = Results("made-up records")
    for seconds in (2.0, 9.0, 4.0):
        found.samples.append(Sample(100, HUGO, False, "cold", seconds, 5.0, 200.0))
        found.samples.append(Sample(100, HUGO, False, "index", 6.0, 1.0, 300.0))
        found.samples.append(Sample(100, OURS, False, "cold", seconds / 2, 2.0, 50.0))
        found.samples.append(Sample(100, OURS, False, "template", 1.5, 2.0, 50.0))
        found.samples.append(Sample(100, OURS, True, "cold", 5.0, 2.0, 60.0))
        found.samples.append(Sample(1000, OURS, False, "cold", 22.0, 2.0, 50.0))
    found.sites.append(Site(100, OURS, False, 120, 1.5, 1.0))
    found.failures.append(Failure(100, "Eleventy", "npm isn't here"))
    return found


def test_medians_stand_beside_their_ratio_to_hugo() -> None:
    text = markdown(results())
    assert f"| {HUGO} | 4.0 s (1 ×) |" in text
    assert f"| {OURS} | 2.0 s (0.5 ×) |" in text
    assert "50 MB (0.25 ×)" in text


def test_pagefind_is_added_to_a_peer_with_search() -> None:
    text = markdown(results())
    assert f"| {HUGO}, then Pagefind | 10.0 s (1 ×) |" in text
    assert f"| {OURS}, with search | 5.0 s (0.5 ×) |" in text
    assert "300 MB (1 ×)" in text


def test_trialpages_is_compared_with_itself() -> None:
    text = markdown(results())
    assert f"| {OURS} | 100 | one template changed ÷ cold | 0.75 |" in text
    assert f"| {OURS} | 1,000 | cold ÷ 10 × (cold at 100) | 1.10 |" in text


def test_many_trials_are_compared_with_a_tenth_built_beside_them() -> None:
    found = results()
    for seconds in (2.0, 3.0):
        found.samples.append(Sample(1000, OURS, False, "tenth", seconds, 2.0, 50.0))
    ratio = "cold ÷ 10 × (cold at 100, before and after) | 0.88 |"
    assert f"| {OURS} | 1,000 | {ratio}" in markdown(found)


def test_a_peer_that_failed_is_named_with_the_reason() -> None:
    assert "Eleventy is left out: npm isn't here." in markdown(results())


def test_it_is_told_of_how_many_rounds_the_medians_are() -> None:
    found = results()
    assert "\n\nMedians of 3 rounds.\n\n" in markdown(found)
    assert "\n\nMedians of 3 rounds. Measured on " in markdown(found, main=True)
    del found.samples[7:]
    assert "\n\nMedians of 1 to 2 rounds.\n\n" in markdown(found)
    del found.samples[6:]
    assert "\n\nOne round.\n\n" in markdown(found)


def test_the_table_says_what_files_were_written_to() -> None:
    assert "files on" not in markdown(results())
    found = replace(results(), disk=file_system(Path("/proc")))
    assert ", files on proc, Linux" in markdown(found)


def test_the_main_table_is_the_largest_with_a_peer() -> None:
    text = markdown(results(), main=True)
    assert "| 100 trials |" in text
    assert "1,000 trials" not in text


def test_a_table_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    path = tmp_path / "speed.md"
    put_between_marks(path, "first")
    path.write_text(f"# Speed\n\n{path.read_text('utf-8')}\nafter\n", encoding="utf-8")
    put_between_marks(path, "second \\1")
    text = path.read_text("utf-8")
    assert text.startswith("# Speed\n\n<!-- speed")
    assert text.endswith("<!-- /speed -->\n\nafter\n")
    assert "second \\1" in text
    assert "first" not in text


def test_a_page_that_shows_less_is_found_out(tmp_path: Path) -> None:
    trial = trial_text().replace("study_type", "locations:\n  - city: Lyon\nstudy_type")
    build_site(tmp_path, {"trials/NCT00000001.md": trial})
    site = tmp_path / "site"
    trials, template = tmp_path / "content/trials", tmp_path / "templates/trial.html"
    one = Generator("Ours", tmp_path, trials, template, site, (), (), (), plain=False)
    assert shown(one).share == 1
    page = one.page("NCT00000001")
    page.write_text(page.read_text("utf-8").replace("Lyon", ""), encoding="utf-8")
    assert shown(one).missing == ("NCT00000001 site: Lyon",)
