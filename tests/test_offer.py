"""What a site offers beside its trials' pages: everything on a small one, less on a large one."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sites import build_site, digest, trial_text

from trialpages.settings.site_file import Publish, Site
from trialpages.templating.offer import MOST_IN_FULL, left_out, offer


def having(*conditions: str, number: int = 1) -> dict[str, str | bytes]:
    text = trial_text(f"NCT0000000{number}", f"Rest number {number}")
    named = "".join(f"  - {one}\n" for one in conditions)
    return {f"trials/NCT0000000{number}.md": text.replace("  - Migraine\n", named)}


def test_a_small_site_has_everything() -> None:
    small = offer(Site(), MOST_IN_FULL)
    assert (small.endings, small.lists_of_one) == (("json", "fhir.json", "ris", "bib"), True)
    assert {"conditions", "sponsors"} <= {*small.feeds}
    assert left_out(Site(), MOST_IN_FULL) == ()


def test_a_large_one_is_lean_and_says_so() -> None:
    large = offer(Site(), MOST_IN_FULL + 1)
    assert (large.endings, large.lists_of_one) == (("ris", "bib"), False)
    assert "countries" in large.feeds
    assert "conditions" not in large.feeds
    [note] = left_out(Site(), MOST_IN_FULL + 1)
    assert note.severity == "note"
    assert "`json` and `fhir`" in note.message


def test_a_site_of_two_languages_is_large_with_half_the_trials() -> None:
    spoken = Site(languages=("en", "es"))
    assert offer(spoken, MOST_IN_FULL // 2).lists_of_one
    assert not offer(spoken, MOST_IN_FULL // 2 + 1).lists_of_one
    [note] = left_out(spoken, MOST_IN_FULL)
    assert "in all its languages" in note.message


@pytest.mark.parametrize("trials", [MOST_IN_FULL, MOST_IN_FULL + 1])
def test_what_the_editor_says_holds_at_any_size(trials: int) -> None:
    said = Publish(forms=("fhir",), feeds=("sponsors",), lists_of_one=True)
    found = offer(Site(publish=said), trials)
    assert (found.endings, found.feeds) == (("fhir.json",), ("sponsors",))
    assert found.lists_of_one
    assert left_out(Site(publish=said), trials) == ()
    silent = msgspec.structs.replace(said, forms=None)
    assert len(left_out(Site(publish=silent), trials)) == (trials > MOST_IN_FULL)


LEAN = "publish:\n  lists_of_one: false\n"


def test_a_term_of_one_trial_leads_to_it(tmp_path: Path) -> None:
    trials = having("Migraine", "Rare", number=1) | having("Migraine", number=2)
    build_site(tmp_path, {"site.yaml": LEAN, **trials})
    site = tmp_path / "site"
    index = (site / "conditions/index.html").read_text("utf-8")
    assert 'href="../trials/NCT00000001.html">Rare</a>' in index
    assert 'href="migraine.html">Migraine</a>' in index
    assert (site / "conditions/migraine.html").exists()
    assert not (site / "conditions/rare.html").exists()
    page = (site / "trials/NCT00000001.html").read_text("utf-8")
    assert "../conditions/migraine.html" in page
    assert "../conditions/rare.html" not in page
    assert "Rare" in page
    assert (site / "statuses/recruiting.html").exists()
    assert "../conditions/rare.html" not in (site / "overview.html").read_text("utf-8")


def test_a_trial_that_comes_makes_a_list_of_what_one_had(tmp_path: Path) -> None:
    trials = having("Migraine", "Rare", number=1) | having("Migraine", number=2)
    build_site(tmp_path / "step", {"site.yaml": LEAN, **trials})
    page = tmp_path / "step/site/trials/NCT00000001.html"
    for condition, listed in (("Rare", True), ("Other", False)):
        third = having(condition, number=3)
        build_site(tmp_path / "step", third)
        assert ("../conditions/rare.html" in page.read_text("utf-8")) == listed
        build_site(tmp_path / condition, {"site.yaml": LEAN, **trials, **third})
        assert digest(tmp_path / "step/site") == digest(tmp_path / condition / "site")
    texts = {"trials/NCT00000001.md": trials["trials/NCT00000001.md"] + "\nMore.\n"}  # type: ignore[operator]
    build_site(tmp_path / "step", texts)
    assert "More." in page.read_text("utf-8")
    assert "../conditions/rare.html" not in page.read_text("utf-8")


def test_a_page_of_results_leads_to_no_form_that_is_not_there(tmp_path: Path) -> None:
    posted = '{"participantFlowModule": {"recruitmentDetails": "By post."}}'
    results = {"trials/NCT00000001.results.json": posted}
    build_site(tmp_path, {"site.yaml": "publish:\n  forms: [ris]\n", **having("Rare"), **results})
    assert ".json" not in (tmp_path / "site/trials/NCT00000001.results.html").read_text("utf-8")
