"""What changed in a record, in the words of the page and not of the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sites import PROJECT, build_site, trial_text

from trialpages.importers.update import REGISTRY_FIELDS
from trialpages.language import Language, read_language
from trialpages.records.model import Change, PartialDate, Trial, to_trial
from trialpages.trial.history import field_label, shown_changes

FILES = {
    f"strings/{code}.yaml": (PROJECT / f"templates/strings/{code}.yaml").read_text("utf-8")
    for code in ("en", "es")
}
ENGLISH, SPANISH = (read_language(code, FILES) for code in ("en", "es"))


def with_change(field: str, old: str, new: str) -> Trial:
    change = {"date": "2025-01", "field": field, "old": old, "new": new}
    fields = {"nct_id": "NCT00000001", "brief_title": "A", "overall_status": "COMPLETED"}
    return to_trial({**fields, "study_type": "OBSERVATIONAL", "history": [change]})


@pytest.mark.parametrize("language", [ENGLISH, SPANISH], ids=["en", "es"])
def test_every_field_that_an_update_can_change_has_a_label(language: Language) -> None:
    labels = {field: field_label(field, language) for field in REGISTRY_FIELDS}
    assert [field for field, label in labels.items() if not label or "_" in label] == []


@pytest.mark.parametrize(
    ("field", "values", "said"),
    [
        ("overall_status", ("RECRUITING", "COMPLETED"), ("Status", "", "Recruiting", "Completed")),
        ("start_date.date", ("2024-07", "2024-07-03"), ("Start", "", "July 2024", "3 July 2024")),
        ("maximum_age", ("65 Years", "70 Years"), ("Oldest age", "", "65 Years", "70 Years")),
        ("healthy_volunteers", ("true", "false"), ("Healthy volunteers", "", "Yes", "No")),
        (
            "locations[3].status",
            ("RECRUITING", "WITHDRAWN"),
            ("Places", "locations[3].status", "Recruiting", "Withdrawn"),
        ),
        ("brief_title", ("A <b>", "a…"), ("Title", "", "A <b>", "a…")),
        ("overall_status", ("gone", "1 entry"), ("Status", "", "gone", "1 entry")),
        ("unheard_of.of", ("x", "y"), ("unheard_of.of", "unheard_of.of", "x", "y")),
    ],
)
def test_a_change_in_words(field: str, values: tuple[str, str], said: tuple[str, ...]) -> None:
    (change,) = shown_changes(with_change(field, *values), ENGLISH)
    assert (change.label, change.place, change.old, change.new) == said
    assert change.date == PartialDate("2025-01")


def test_a_change_without_an_old_value_has_none() -> None:
    trial = with_change("sex", "ALL", "FEMALE")
    change = Change(date=PartialDate("2025"), field="sex", new="FEMALE")
    (shown,) = shown_changes(
        to_trial(
            {**_fields(trial), "history": [{"date": "2025", "field": "sex", "new": "FEMALE"}]}
        ),
        SPANISH,
    )
    assert (shown.old, shown.new) == (change.old, "Femenino")


def _fields(trial: Trial) -> dict[str, object]:
    return {
        "nct_id": trial.nct_id,
        "brief_title": trial.brief_title,
        "overall_status": trial.overall_status.value,
        "study_type": trial.study_type.value,
    }


def test_the_page_shows_no_name_of_a_field(tmp_path: Path) -> None:
    history = """\
history:
  - date: 2025-01-02
    field: overall_status
    old: NOT_YET_RECRUITING
    new: RECRUITING
  - date: 2025-01-02
    field: enrollment_info.count
    old: "40"
    new: "60"
"""
    text = trial_text().replace("study_type:", f"{history}study_type:")
    build_site(tmp_path, {"trials/NCT00000001.md": text})
    page = (tmp_path / "site/trials/NCT00000001.html").read_text("utf-8")
    section = page.split('<section id="history">')[1].split("</section>")[0]
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", section))
    assert "Status Before Not yet recruiting After Recruiting" in shown
    assert "Number of people Before 40 After 60" in shown
    assert "_" not in shown
