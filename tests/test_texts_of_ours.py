"""What a site adds to a record under labels of its own: shown as the site's, and never lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from sites import build_site, trial_text
from test_sentences import ENGLISH
from versions import ID, file_of, full_record, put

from trialpages.prose.excess import check_excess
from trialpages.records.trial_file import read_trial, write_trial
from trialpages.search.trial_document import trial_document
from trialpages.trial.views import Context, TrialPage

NUMBER = "NCT00000001"
OURS = """\
ours:
  Ask here: "Room 5, *first* floor <script>alert(1)</script>"
  Fares:
    - Refunded at the desk
    - "[Form](javascript:alert(2))"
  Nothing: " "
"""


def with_ours(ours: str = OURS) -> str:
    head, _, body = trial_text().partition("---\n\n")
    return f"{head}{ours}---\n\n{body}"


def page(folder: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((folder / "site" / name).read_text("utf-8"))


def test_they_stand_under_the_sites_name_and_run_nothing(tmp_path: Path) -> None:
    build_site(tmp_path, {"site.yaml": "title: Clinic {x}\n", f"trials/{NUMBER}.md": with_ours()})
    tree = page(tmp_path, f"trials/{NUMBER}.html")
    (section,) = tree.css("#ours")
    assert [one.text() for one in section.css("h2, h3")] == [
        "Added by Clinic {x}",
        "Ask here",
        "Fares",
    ]
    assert [one.text() for one in section.css("em")] == ["first"]
    assert len(section.css("li")) == 2  # several texts can't be read as one
    assert section.css("script, a") == [] and "<script>" in section.text()
    assert tree.css('a[href="#ours"]')


def test_the_json_has_them_apart_and_only_where_there_are_any(tmp_path: Path) -> None:
    build_site(tmp_path, {f"trials/{NUMBER}.md": with_ours()})
    record = json.loads((tmp_path / f"site/trials/{NUMBER}.json").read_text())
    assert record.pop("addedHere")["texts"]["Fares"][0] == "Refunded at the desk"
    build_site(tmp_path, {f"trials/{NUMBER}.md": trial_text()})
    assert json.loads((tmp_path / f"site/trials/{NUMBER}.json").read_text()) == record


def test_another_language_says_which_one_they_are_in(tmp_path: Path) -> None:
    site = "title: Clinic\nlanguages: [en, de]\n"
    build_site(tmp_path, {"site.yaml": site, f"trials/{NUMBER}.md": with_ours()})
    tree = page(tmp_path, f"de/trials/{NUMBER}.html")
    assert [one.text() for one in tree.css("#ours h2")] == ["Ergänzt von Clinic"]
    assert {one.attributes["lang"] for one in tree.css("#ours h3, #ours .prose")} == {"en"}


def test_the_file_keeps_them_to_the_letter() -> None:
    trial = read_trial(with_ours().encode(), f"{NUMBER}.md").trial
    assert trial is not None
    written = write_trial(trial)
    assert "  Fares:\n" in written and "  Ask here: " in written
    assert read_trial(written.encode(), f"{NUMBER}.md").trial == trial


def test_an_update_leaves_them_alone(tmp_path: Path) -> None:
    put(tmp_path, full_record())
    file = file_of(tmp_path)
    before = read_trial(file.read_bytes(), file.name).trial
    assert before is not None
    ours = {"Fares": ("Refunded",)}
    file.write_text(file.read_text("utf-8").replace("---\n", "---\nours: {Fares: Refunded}\n", 1))
    put(tmp_path, full_record("2024-09-09", identificationModule={"briefTitle": "Another"}))
    after = read_trial(file.read_bytes(), file.name).trial
    assert after is not None and after.brief_title == "Another"
    assert (after.ours, ID) == (ours, after.nct_id)


@pytest.mark.parametrize(
    ("ours", "said"),
    [
        ("ours: Room 5\n", "`ours` must be `name: text` lines"),
        ("ours:\n  Fares:\n    a:\n      b: c\n", "`ours.Fares` must be text, or a list of texts"),
        ("ours:\n  Fares:\n    - [a, b]\n", "`ours.Fares` must be text, or a list of texts"),
    ],
)
def test_deeper_than_a_list_is_refused_with_its_line(ours: str, said: str) -> None:
    (problem,) = read_trial(with_ours(ours).encode(), f"{NUMBER}.md").problems
    assert problem.message == said and problem.where and problem.where.line


def test_what_no_page_can_show_is_told_of_them_too() -> None:
    deep = f'ours:\n  Deep:\n    - "{">" * 3000} a"\n'
    content = with_ours(deep).encode()
    trial = read_trial(content, f"{NUMBER}.md").trial
    assert trial is not None
    assert [one.code for one in check_excess(trial, content, "a.md")] == ["too-deep"]


def test_they_are_searched_under_the_sites_heading() -> None:
    trial = read_trial(with_ours().encode(), f"{NUMBER}.md").trial
    assert trial is not None
    context = Context(ENGLISH, "", "2025-10-01", {}, with_results=False, site="Clinic")
    found = trial_document(trial, TrialPage(trial, context), ENGLISH)
    (ours,) = (one for one in found.sections if one.id == "ours")
    assert ours.heading == "Added by Clinic" and "Refunded" in str(ours.blocks)
