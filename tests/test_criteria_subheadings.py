"""Lines over criteria: our sentence needs each of them known to turn nothing."""

from __future__ import annotations

import pytest

from trialpages.prose.criteria import criteria

LAYOUTS = {
    "above a list": "* Adult\n\n{}\n\n* Smokes\n* Drinks",
    "above an item's own list": "* Adult\n* {}\n\n  * Smokes\n  * Drinks",
    "right behind the heading": "{}\n\n* Smokes\n* Drinks",
}


def told(heading: str, text: str) -> str:
    return criteria(f"{heading}\n\n{text}")[0].told


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "line",
    [
        "RED FLAGS",
        "Veto conditions:",
        "Those whom we turn away:",
        "Zorb",
        "w/o:",
        "✗",
        "0 of these:",
    ],
)
def test_a_line_over_inclusions_that_nobody_knows_takes_our_sentence(
    layout: str, line: str
) -> None:
    said = told("Inclusion criteria:", LAYOUTS[layout].format(line))
    assert said in ("inclusion_mixed", "other")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("line", ["The study takes:", "Qualifying conditions:", "Requirements"])
def test_a_line_over_exclusions_that_nobody_knows_takes_our_sentence(
    layout: str, line: str
) -> None:
    said = told("Exclusion criteria:", LAYOUTS[layout].format(line))
    assert said in ("exclusion_mixed", "other")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "line",
    [
        *("Renal:", "Laboratory values", "Demographics", "Part B", "Note:", "Pneumonitis:"),
        *("Any of the following conditions:", "One type of diabetes mellitus (T2DM):"),
        "Cardiac function, including but not limited to:",
    ],
)
def test_a_line_that_names_a_topic_or_a_part_leaves_it(layout: str, line: str) -> None:
    for kind in ("inclusion", "exclusion"):
        said = told(f"{kind} criteria:", LAYOUTS[layout].format(line))
        assert said in (kind, f"{kind}_some", "inclusion_choices")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Adequate function of the organs within 14 days of the study drug, defined as:", ""),
        ("History of amyloid:", ""),
        ("Zepbound for more than ten weeks in the last year, with one of the following:", ""),
        ("Whoever has one of these in the last year had better ask for another study:", "_mixed"),
        ("Whoever has one of these in the last year had better turn round at once:", "_mixed"),
    ],
)
def test_a_criterion_may_have_items_of_its_own(line: str, said: str) -> None:
    text = f"* Adult\n* {line}\n\n  * Creatinine\n  * Albumin"
    assert told("Inclusion criteria:", text) == f"inclusion{said}"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Inclusion criteria (reversed):", "inclusion_mixed"),
        ("Former exclusion criteria (removed):", "other"),
        ("Obstacles to inclusion:", "other"),
        ("Key inclusion criteria for all participants:", "inclusion"),
        ("Exclusion criteria (non-inclusion):", "exclusion"),
    ],
)
def test_words_added_to_a_heading_are_known_or_take_our_sentence(
    heading: str, expected: str
) -> None:
    assert told(heading, "* Smokes\n* Drinks") == expected


@pytest.mark.parametrize(
    "text",
    [
        "* Smokes\n* Drinks\n\nNone of the above may be true.",
        "* Smokes\n* Drinks\n\n  None of the above may be true.",
        "* Smokes\n* Drinks\n\nare kept out.",
        "everyone but\n\n* Smokes\n* Drinks",
        "Any of these prevents enrollment:\n\n* Smokes\n* Drinks",
    ],
)
def test_a_line_that_speaks_of_all_of_them_takes_our_sentence(text: str) -> None:
    assert told("Inclusion criteria:", text) == "inclusion_mixed"


def test_what_a_record_says_of_itself_at_its_end_leaves_it() -> None:
    text = "* Adult\n\nThe above information is not intended to contain all considerations."
    assert told("Inclusion criteria:", text) == "inclusion"


_OUT = (
    *("**Elimination criteria**", "Elimination criteria", "Criterios de eliminacion", "Rule-outs"),
    *("Κριτήρια αποκλεισμού", "Criterii de excludere", "Esclusione", "Utelukkelse", "Exkl."),
    *("Neuključení", "KO-Kriterien", "Knock-out criteria", "Противопоказания", "अपवर्जन मानदंड"),
    *("(-)", "\\[-]", "B.", "Criteria B", "Second list", "2:", "**Please mind**", "Without"),
    *("Patients will be dropped if", "Unable to join", "Section II"),
)
_IN = (
    *("Entry criteria", "Admission criteria", "**Selection criteria**", "Κριτήρια ένταξης"),
    *("納入基準", "(+)", "✓", "Criteria A", "Requirements", "Wanted", "Ammissione"),
)


@pytest.mark.parametrize(
    ("line", "kind"),
    [*((line, "inclusion") for line in _OUT), *((line, "exclusion") for line in _IN)],
)
def test_an_item_that_looks_like_a_heading_takes_our_sentence(line: str, kind: str) -> None:
    for text in (
        f"* Adult\n* {line}\n* Pregnancy\n* Cancer",
        f"* Adult\n* {line}\n    * Pregnancy\n    * Cancer",
        f"* Adult\n\n{line}\n\n* Pregnancy\n* Cancer",
        f"1. Adult\n2. {line}\n3. Pregnancy",
    ):
        groups = criteria(f"{kind} criteria:\n\n{text}")
        (holder,) = (group for group in groups if "Pregnancy" in group.html)
        assert holder.told not in (kind, f"{kind}_some"), text


@pytest.mark.parametrize(
    "text",
    [
        "* Adult\n* **Cancer**\n* Smokes",  # known to be neutral
        "* **Fit**\n* **Awake**\n* **Fed**",  # all are bold
        "* Adult\n* Meets Rome IV criteria",  # nothing follows
        "* Adult\n* AA diagnosis by clinical criteria.\n* Fit",
        "* 年满十八岁\n* 孕妇\n* 患有偏头痛",
        "* Adult\n* .\n* -\n* Fit",
        "* Live in a preselected zip code are\n* Fit",
    ],
)
def test_an_item_that_is_a_criterion_leaves_it(text: str) -> None:
    assert told("Inclusion criteria:", text) == "inclusion"


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Exclusion Criteria Pregnancy", "exclusion_mixed"),
        ("Exclusion Criteria - Pregnancy", "exclusion_mixed"),
        ("Exclusion Criteria (pregnancy, stroke)", "exclusion_mixed"),
        ("Exclusion criteria of pregnancy, stroke and cancer", "exclusion_mixed"),
        ("Exclusion Criteria (any of the following):", "exclusion"),
        ("Exclusion Criteria (to randomization):", "exclusion"),
        ("Exclusion Criteria (healthy control group)", "exclusion_some"),
        ("Exclusion Criteria (Non inclusion criteria) :", "exclusion"),
        ("The main exclusion criteria include but are not limited to the following:", "exclusion"),
        ("Exclusion criteria for medical history and comorbidities:", "exclusion"),
    ],
)
def test_a_heading_that_holds_a_criterion_takes_our_sentence(heading: str, said: str) -> None:
    assert criteria(f"Inclusion Criteria:\n\n* Adult\n\n{heading}\n\n* Cancer")[1].told == said


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"])
def test_each_end_of_a_line_ends_a_heading(end: str) -> None:
    text = "Inclusion Criteria:\n\n* Adult\n\nExclusion Criteria\nPregnancy\n\n* Cancer"
    parts = text.replace("Criteria\nP", f"Criteria{end}P")
    assert criteria(parts) == criteria(text)
    held = criteria(f"Inclusion Criteria:\n\n* Fit{end}Exclusion Criteria{end}Pregnancy\n* Cancer")
    assert [group.told for group in held] == ["inclusion", "other"]
    assert "Pregnancy" in held[1].html


@pytest.mark.parametrize(
    ("line", "said"),
    [("NYHA II–III", "inclusion"), ("ASA I-III", "inclusion"), ("RED FLAGS", "inclusion_mixed")],
)
def test_a_grade_in_capitals_is_a_criterion_and_heads_nothing(line: str, said: str) -> None:
    assert told("Inclusion criteria:", f"* {line}\n* Age above 40 years") == said
