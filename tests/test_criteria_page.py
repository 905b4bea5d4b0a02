"""What a trial's page says over its criteria, beside the record's own words."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from sites import AS_OF
from test_sentences import ENGLISH, record, renderer

from trialpages.templating.templates import Templates
from trialpages.trial.views import Context, TrialPage

_PART = """{% import "_macros.html" as m with context %}{% set own = "" %}
{% set shown = dict(page.sections) %}{% set say = page.sentences %}
{% include "_eligibility.html" %}"""


@cache
def _templates() -> Templates:
    return renderer(part=_PART)


def eligibility(text: str, **fields: Any) -> LexborHTMLParser:
    """The part of a page that holds the criteria."""
    trial = record(eligibility_criteria=text, overall_status="RECRUITING", **fields)
    page = TrialPage(trial, Context(ENGLISH, "", AS_OF, {}, with_results=False))
    return LexborHTMLParser(_templates().fill("part.html", "part.html", page, trial=trial))


EXCLUSION = "\n\nExclusion criteria:\n\n* HIV"


def told(text: str) -> list[tuple[str, str]]:
    """Of each group of criteria the heading and what the screen says under it."""
    return [
        (
            " ".join(node.text() for node in group.css("h3")),
            " ".join(node.text() for node in group.css(".lead:not(.print-only)")),
        )
        for group in eligibility(text).css("section.criteria")
    ]


@pytest.mark.parametrize(
    "turn",
    [
        "* Adult\n* No patient with:\n* HIV",
        "* Adult\n\nThe study will not take anyone with:\n\n* HIV",
    ],
)
def test_a_list_that_may_turn_stays_whole_under_its_heading_and_without_a_sentence(
    turn: str,
) -> None:
    groups = told(f"Inclusion criteria:\n\n{turn}\n\nExclusion criteria:\n\n* Dialysis")
    assert [heading for heading, _ in groups] == ["Inclusion criteria:", "Exclusion criteria:"]
    assert groups[0][1] == ""


def test_text_behind_the_list_of_a_topic_goes_on_without_a_heading() -> None:
    text = "Prior Medication:\n\nExcluded:\n\n* Steroids\n\nPatients with asthma."
    assert told(text)[-1] == ("", ENGLISH.words["say_criteria_go_on"])


def test_text_without_any_heading_gets_none_of_ours() -> None:
    assert told("* Adult\n* No dialysis") == [("", "")]


@pytest.mark.parametrize(
    "text",
    [
        "Inclusion criteria:\n\n-\n\n1. No patient with:\n2. HIV",
        "Inclusion criteria:\n\n* No patient with:\n* HIV",
        "Inclusion criteria:\n\n-\n\nInclusion criteria for adults:\n\n* HIV",
    ],
)
def test_no_group_is_empty_before_the_next(text: str) -> None:
    first, *others = eligibility(text).css("section.criteria")
    assert first.css(".criteria-text") and "HIV" in first.text()
    assert not others


FOR_SOME = ENGLISH.words["say_for_some"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Cohort A: asthma", "say_inclusion_some"),
        ("Cohort A: asthma is allowed", "say_inclusion_permitting"),
        ("Cohort A: asthma or", "say_inclusion_choices"),
        ("Cohort A: patients with asthma are not eligible", "say_inclusion_mixed"),
    ],
)
def test_over_what_is_for_some_that_is_said(line: str, sentence: str) -> None:
    ((_, lead),) = told(f"Inclusion criteria:\n\n* {line}")
    assert lead == f"{ENGLISH.words[sentence]} {FOR_SOME}"


def test_paper_says_what_a_tick_among_them_means() -> None:
    page = eligibility(f"Inclusion criteria for controls:\n\n* Adult{EXCLUSION}")
    found = [node.text() for node in page.css(".criteria .print-only")]
    assert found == [ENGLISH.words["tick_inclusion_some"], ENGLISH.words["tick_exclusion"]]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("At screening", "lead-in"),
        ("Group 2: Coronary heart disease (CHD)", "lead-in"),
        ("One of:", "lead-in"),
        ("Women who take part must", "lead-in"),
        ("Recent conditions of the following kinds", "lead-in"),
        ("Patients must be willing to use contraception", ""),
        ("Histologically confirmed melanoma", ""),
        ("Ketosis in the last 3 months", ""),
        ("• Ketosis", ""),
        ("QTc ≥480 msec", ""),
        ("3 .mixed leukemia", ""),
        ("Able to consent.", ""),
        ("Immune disease, with the exceptions listed below:", ""),
        ("A score below 13, or:", ""),
        ("A factor or a score for:", "lead-in"),
        ("People with exceptions. One of:", "lead-in"),
        (". DM 1-2", ""),
        ("asthma for a year", ""),
        ("Note: patients without a test are eligible", "remark"),
        ("All answers must be NO to be eligible.", "remark"),
    ],
)
def test_of_paragraphs_before_a_list_the_titles_have_no_box_on_paper(line: str, kind: str) -> None:
    page = eligibility(f"Exclusion criteria:\n\n* HIV\n\n{line}\n\n* Cancer")
    (paragraph,) = page.css(".criteria-text > p")
    assert (paragraph.attributes.get("class") or "") == kind
