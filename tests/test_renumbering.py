"""A registry gives up a number for another one: the trial keeps one page, and both lead to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sites import build_site
from test_syncing import Begin, World, begin, day, study  # noqa: F401  (begin is a fixture)

from trialpages.importers.found import Found
from trialpages.importing import carry_out, plan_records
from trialpages.keeping.report import report_text
from trialpages.keeping.report_words import ReportFrame
from trialpages.keeping.site import to_pages
from trialpages.problems import ContentFailure
from trialpages.records.trial_file import read_trial
from trialpages.updating.arrivals import Arrival, Policy

Record = dict[str, Any]


def became(number: int, *former: int, updated: str = "2026-01-02", title: str = "") -> Record:
    """The record of a trial that had other numbers before."""
    record = study(number, updated, title)
    names = [f"NCT{one:08}" for one in former]
    record["protocolSection"]["identificationModule"]["nctIdAliases"] = names
    return record


def put(content: Path, *records: Record, policy: Policy = Policy.UPDATE) -> tuple[Arrival, ...]:
    """As the registry hands them over."""
    found = (Found(f"record {at}", one, is_whole=True) for at, one in enumerate(records))
    return tuple(carry_out(planned) for planned in plan_records(found, content, policy))


def names(content: Path) -> set[str]:
    """The files of trials, without the folder's explanation."""
    found = (path for path in (content / "trials").rglob("*") if path.is_file())
    return {path.relative_to(content / "trials").as_posix() for path in found} - {
        ".imported/README.md"
    }


def codes(arrival: Arrival) -> list[str]:
    return [problem.code for problem in arrival.problems]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    record = study(1)
    record["hasResults"] = True
    record["resultsSection"] = {"moreInfoModule": {"limitationsAndCaveats": {"description": "A"}}}
    put(tmp_path / "content", record)
    return tmp_path / "content"


def test_an_update_renames_every_file_and_keeps_what_the_editor_wrote(content: Path) -> None:
    path = content / "trials/NCT00000001.md"
    text = path.read_text().replace("nct_id: NCT00000001\n", "# ask Mary\nnct_id: NCT00000001\n")
    path.write_text(f"{text}\n## Plain-language summary\n\nIn our words.\n")
    record = became(2, 1)
    record["hasResults"] = True
    (arrival,) = put(content, record)
    assert (arrival.state, arrival.former, codes(arrival)) == ("merged", "NCT00000001", [])
    stem = "NCT00000002"
    assert names(content) == {f"{stem}.md", f"{stem}.results.json", f".imported/{stem}"}
    renamed = (content / f"trials/{stem}.md").read_text()
    assert "# ask Mary\nnct_id: NCT00000002\n" in renamed
    assert "In our words." in renamed
    (again,) = put(content, record)
    assert again.state == "unchanged"


def test_both_addresses_lead_to_the_one_page(content: Path) -> None:
    put(content, became(2, 1))
    put(content, became(3, 2, 1, updated="2026-01-03"))
    build_site(content.parent)
    site = content.parent / "site"
    assert (site / "trials/NCT00000003.html").exists()
    for former in ("NCT00000001", "NCT00000002"):
        assert 'url=NCT00000003.html"' in (site / f"trials/{former}.html").read_text()


def test_a_number_that_only_an_older_version_named_still_leads_to_the_page(content: Path) -> None:
    put(content, became(2, 1))
    put(content, became(3, 2, updated="2026-01-03"))
    path = content / "trials/NCT00000003.md"
    trial = read_trial(path.read_bytes(), path.name).trial
    assert trial
    assert (trial.aliases, trial.nct_id_aliases) == (("NCT00000001",), ("NCT00000002",))


def test_without_update_nothing_is_renamed_and_the_way_is_said(content: Path) -> None:
    before = names(content)
    (arrival,) = put(content, became(2, 1), policy=Policy.NEW_ONLY)
    assert (arrival.state, codes(arrival)) == ("merged", ["merged"])
    assert "--update" in arrival.problems[0].hint
    assert names(content) == before


def test_old_and_new_record_in_one_run_give_one_page(tmp_path: Path) -> None:
    for at, records in enumerate(([became(2, 1), study(1)], [study(1), became(2, 1)])):
        content = tmp_path / str(at)
        put(content, *records)
        assert names(content) == {"NCT00000002.md", ".imported/NCT00000002"}


def test_an_alias_that_is_no_number_names_no_file(content: Path) -> None:
    record = became(2)
    (content / "outside.md").write_text("---\n---\n")
    aliases = ["../outside", "../../outside", "/etc/passwd", "NCT\u0661\u0662345678", ""]
    record["protocolSection"]["identificationModule"]["nctIdAliases"] = aliases
    (arrival,) = put(content, record)
    assert arrival.state == "new"
    assert (content / "outside.md").exists()


def test_a_number_in_small_letters_is_the_same_number(content: Path) -> None:
    record = became(3)
    record["protocolSection"]["identificationModule"]["nctIdAliases"] = ["nct00000001"]
    (arrival,) = put(content, record)
    assert (arrival.state, arrival.former) == ("merged", "NCT00000001")
    (arrival,) = put(content, study(1))
    assert codes(arrival) == ["duplicate-id"]


@pytest.mark.parametrize("why", ["both are here", "written by hand", "fingerprints lost", "two"])
def test_what_takes_a_person_is_left_and_said(content: Path, why: str) -> None:
    path, base = content / "trials/NCT00000001.md", content / "trials/.imported/NCT00000001"
    record = became(3, 1, 2) if why == "two" else became(3, 1)
    if why == "both are here":
        put(content, study(3))
    elif why == "two":
        put(content, study(2))
    elif why == "fingerprints lost":
        base.unlink()
    else:
        base.unlink()
        head, _, rest = path.read_text().partition("source:\n")
        path.write_text(head + rest[rest.index("---\n") :])
    before = names(content)
    (arrival,) = put(content, record)
    assert (arrival.state, arrival.former, codes(arrival)) == ("merged", "", ["merged"])
    assert "aliases: [NCT00000001]" in arrival.problems[0].hint
    hint = arrival.problems[0].hint
    assert hint.startswith("write into ") is (why == "both are here") and str(base) in hint
    assert names(content) == before


def test_two_files_of_one_trial_stop_a_build(content: Path) -> None:
    put(content, became(2))
    path = content / "trials/NCT00000002.md"
    text = path.read_text()
    path.write_text(text.replace("brief_title", "nct_id_aliases: [NCT00000001]\nbrief_title"))
    with pytest.raises(ContentFailure, match="NCT00000001 is already the id"):
        build_site(content.parent)


# --- at a sync ----------------------------------------------------------------------------------


def told(world: World) -> str:
    return report_text(
        world.sync(), ReportFrame(to_pages("https://x.org/"), "2026-01-02", written=True)
    )


def test_a_sync_renames_and_tells_it_once(begin: Begin) -> None:  # noqa: F811
    world = begin(study(1), study(2))
    world.fetch(1, 2)
    world.turn_to(day(2, became(3, 1, title="Together"), study(2)))
    found = world.sync()
    assert (found.exit_status, [one.state for one in found.arrivals]) == (0, ["merged"])
    assert (found.merged, found.gone, world.ids()) == ((), (), {2, 3})
    text = report_text(found, ReportFrame(to_pages("https://x.org/"), "2026-01-02", written=True))
    assert text.count("was NCT00000001 until now") == 1
    assert "**1 trial changed**" in text
    world.requests()
    found = world.sync()
    assert (world.requests(), found.changes, found.exit_status) == (1, 0, 0)


def test_what_waits_for_a_person_is_said_at_each_sync(begin: Begin) -> None:  # noqa: F811
    world = begin(study(1), study(3))
    world.fetch(1, 3)
    world.turn_to(day(2, became(3, 1)))
    found = world.sync()
    assert (found.exit_status, [one.state for one in found.arrivals]) == (1, ["merged"])
    assert (found.merged, found.changes) == ((), 1)
    world.requests()
    for _ in range(2):
        found = world.sync()
        assert (world.requests(), found.exit_status, found.changes) == (1, 1, 1)
        (merged,) = found.merged
        assert (merged.trial.id, merged.present) == ("NCT00000001", "NCT00000003")
        assert "aliases: [NCT00000001]" in merged.to_do
    text = told(world)
    assert "It has become NCT00000003" in text
    assert "**1 needs a decision**" in text
    for name in ("NCT00000001.md", ".imported/NCT00000001"):
        (world.content / "trials" / name).unlink()
    assert world.sync().exit_status == 0
    assert world.ids() == {3}


def withheld(module: str) -> dict[str, Any]:
    """The first trial as the registry shows it once it withholds it, without one of its modules."""
    record = study(1, "2026-01-02", "[Trial of device that is not approved]")
    record["protocolSection"]["statusModule"]["overallStatus"] = "WITHHELD"
    del record["protocolSection"][module]
    return record


def test_a_record_that_no_trial_can_be_made_of_is_named_in_the_report(begin: Begin) -> None:  # noqa: F811
    world = begin(study(1))
    world.fetch(1)
    world.turn_to(day(2, withheld("designModule")))
    text = told(world)
    assert "- https://clinicaltrials.gov/study/NCT00000001\n  - " in text
    assert "The registry withholds this trial" in text
    assert world.sync().exit_status == 1


def test_a_withheld_trial_keeps_what_it_had_and_a_person_decides(begin: Begin) -> None:  # noqa: F811
    world = begin(study(1))
    world.fetch(1)
    world.turn_to(day(2, withheld("descriptionModule")))
    text = told(world)
    assert "no longer shows briefSummary" in text
    assert "fields" not in text
    assert world.trial(1).brief_summary == "Does rest help?"
