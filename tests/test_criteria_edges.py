"""Words around a heading of criteria on its line, and lines that only look like one."""

from __future__ import annotations

import gc

import pytest

from trialpages.prose.blocks import texts
from trialpages.prose.criteria import criteria
from trialpages.prose.criteria_keys import NOUN

EXCLUSION = "\n\nExclusion criteria:\n\n* HIV"

NOT_OF_THE_STUDY = (
    "Patients not eligible for intensive chemotherapy, by any of:",
    "Patients are ineligible for autologous transplant if they have:",
    "Subjects are considered ineligible for cisplatin if any of the following apply:",
    "Patients who are not eligible for transplant:",
    "Participants not eligible for standard therapy, due to one of the following:",
)


@pytest.mark.parametrize("lead", NOT_OF_THE_STUDY)
@pytest.mark.parametrize("form", ["\n{}\n\n* Over 75", "* {}\n* Over 75"])
def test_who_is_not_eligible_for_a_treatment_is_not_kept_out(lead: str, form: str) -> None:
    found = criteria(f"Inclusion criteria:\n\n* Adult\n{form.format(lead)}{EXCLUSION}")
    assert [one.kind for one in found] == ["other", "exclusion"]


@pytest.mark.parametrize("lead", ["are eligible for surgery if:", "who are eligible for a graft:"])
def test_who_is_eligible_for_a_treatment_is_not_let_in(lead: str) -> None:
    (found,) = criteria(
        f"Exclusion criteria:\n\n* Children\n\nPatients {lead}\n\n* Fit\n* Strong\n"
    )
    assert found.told == "other"


@pytest.mark.parametrize("object_", ["the study", "this trial", "participation", "inclusion"])
def test_who_is_not_eligible_for_the_study_is_kept_out(object_: str) -> None:
    lead = f"Patients are not eligible for {object_} if:"
    found = criteria(f"Inclusion criteria:\n\n* Adult\n\n{lead}\n\n* HIV\n")
    assert [one.kind for one in found] == ["inclusion", "exclusion"]


@pytest.mark.parametrize("tag", ["Not walking [EXCLUSION]", "Stroke: exclusion", "HIV (Exclusion)"])
def test_what_a_criterion_calls_itself_is_no_heading(tag: str) -> None:
    (found,) = criteria(f"Inclusion criteria:\n\n* Adult\n* {tag}\n* Consent\n")
    assert found.told in ("other", "inclusion_mixed")
    assert [*texts(found.blocks)] == ["Adult", tag, "Consent"]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        (
            "Exclusion Criteria:\n\n* Pregnant women Inclusion Criteria:\n\n* Adults",
            [("exclusion", ["Pregnant women"]), ("inclusion", ["Adults"])],
        ),
        (
            "Inclusion Criteria:\n\n* Signed consent Exclusion Criteria:\n\n* Cough",
            [("inclusion", ["Signed consent"]), ("exclusion", ["Cough"])],
        ),
        (
            "Inclusion Criteria:\n\n* Adults * Women Exclusion Criteria: * Cough * Fever",
            [("inclusion", ["Adults * Women"]), ("exclusion", ["* Cough * Fever"])],
        ),
        (
            "Inclusion Criteria:\n\n* Adults\u2028Exclusion Criteria:\u2028* Cough\u2028* Fever",
            [("inclusion", ["Adults"]), ("exclusion", ["Cough", "Fever"])],
        ),
        (
            "Inclusion: heart failure, Exclusion: cough",
            [("inclusion", ["heart failure,"]), ("exclusion", ["cough"])],
        ),
        (
            "Inclusion Criteria: Patients with heart failure Exclusion Criteria: Cough",
            [("inclusion", ["Patients with heart failure"]), ("exclusion", ["Cough"])],
        ),
        (
            "Inclusion Criteria:\n\nHeart failure, NYHA II-III, exclusion criteria: cough",
            [("inclusion", ["Heart failure, NYHA II-III,"]), ("exclusion", ["cough"])],
        ),
    ],
)
def test_words_before_a_heading_on_its_line_stay_where_they_stand(
    text: str, groups: list[tuple[str, list[str]]]
) -> None:
    assert [(one.told, [*texts(one.blocks)]) for one in criteria(text)] == groups


@pytest.mark.parametrize("heading", ["Solid Tumor Exclusion Criteria:", "Key exclusion criteria:"])
def test_a_rank_or_a_cohort_before_a_heading_is_its_own(heading: str) -> None:
    found = criteria(f"Inclusion criteria:\n\n* Adult\n\n{heading}\n\n* HIV\n")
    assert [one.heading for one in found] == ["Inclusion criteria:", heading]


@pytest.mark.parametrize("line", ["Exclusion criteria - pregnancy", "Exclusion Criteria Pregnancy"])
def test_a_heading_that_names_one_criterion_is_not_told_to_have_none(line: str) -> None:
    assert criteria(f"Inclusion criteria:\n\n* Adult\n\n{line}\n")[-1].told == "nothing"


def test_a_group_whose_text_names_the_other_heading_is_of_no_sure_kind() -> None:
    found = criteria("Inclusion criteria - heart failure - exclusion criteria - pregnancy")
    assert [one.told for one in found] == ["other"]


def test_criteria_of_another_time_are_not_told_as_those_of_today() -> None:
    for heading in (
        "Previous inclusion criteria from 01/02/2018 to 03/04/2020:",
        "Previous participant inclusion criteria:",
        "Prior inclusion criteria:",
        "Initial inclusion criteria:",
        "Inclusion criteria until 2025:",
        "Inclusion criteria as of 01/01/2020:",
        "Previous criteria:",
    ):
        now = "Current inclusion criteria as of 01/01/2026:\n\n1. Adults"
        text = f"Inclusion Criteria:\n\n{now}\n\n{heading}\n\n1. Dialysis"
        assert "inclusion" not in {g.told for g in criteria(text) if "Dialysis" in g.html}, heading
    kept = "Exclusion Criteria:\n\nPrior treatment:\n\n1. Dialysis"
    assert [group.told for group in criteria(kept)] == ["exclusion"]


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize(
    "wrapped",
    [
        "Any patient who did not meet|inclusion criteria",
        "Failure to fulfil all of the|inclusion criteria:",
        "Anything that violates|Inclusion Criteria",
        "Outside of the|Inclusion Criteria:",
        "* Deviation|inclusion criteria",
        "* Lack of|* inclusion criteria",
        "Who did not meet study|Inclusion Criteria",
        "Not complying with the trial|Inclusion Criteria:",
        "Nichterfüllung der|Einschlusskriterien",
        "不符合|纳入标准",
        "No cumplir los|Criterios de inclusión:",
    ],
)
def test_the_end_of_a_broken_sentence_is_no_sure_heading(wrapped: str, between: str) -> None:
    """Fields of the WHO's form come with a break after so many characters."""
    broken = wrapped.replace("|", between)
    found = criteria(f"Exclusion Criteria:\n\n{broken}\n\nStroke\n")
    assert "inclusion" not in [group.told for group in found if "Stroke" in group.html]


@pytest.mark.parametrize(
    "above",
    [
        *("* Able to walk", "Prior treatment: no", "* A score equal to", "* Biopsy-proven. The"),
        *("* Able to comply with the study protocol", "* Other treatments have failed"),
    ],
)
def test_a_heading_with_a_capital_and_a_colon_is_one_below_nearly_everything(above: str) -> None:
    found = criteria(f"Inclusion Criteria:\n\n{above}\n\nExclusion Criteria:\n\n* Stroke\n")
    assert [group.kind for group in found] == ["inclusion", "exclusion"]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Contraindications to statins:",
            "Contraindication to surgery:",
            "Statin contraindications:",
        ),
        *("Diagnosis of exclusion:", "Social exclusion:", "MRI exclusion:", "Vascular exclusion:"),
    ],
)
@pytest.mark.parametrize(
    "form", ["{}\n\n* Muscle pain\n", "* {}\n\n  * Muscle pain\n", "{} Muscle pain."]
)
def test_what_excludes_nobody_from_the_study_opens_no_exclusions(line: str, form: str) -> None:
    text = (
        f"Inclusion Criteria:\n\n* Adult\n\n{form.format(line)}\n\nExclusion Criteria:\n\n* HIV\n"
    )
    assert "exclusion" not in [one.told for one in criteria(text) if "Muscle" in one.html]


@pytest.mark.parametrize(
    "text",
    [
        *("Social inclusion:\n\n* Unmet\n", "Anti-inclusion criteria:\n\n* Unmet\n"),
        *(
            "* Unmet inclusion criteria:\n\n  * Unmet\n",
            "Stroke. Inclusion criteria: Unmet. Asthma.",
        ),
        *(
            "* HIV\n* Inclusion criteria: Unmet\n",
            "* Old\n* Inclusion criteria:\n\n  * Unmet\n* HIV\n",
        ),
        *(
            "* Old\n\n  * Inclusion criteria:\n\n    * Unmet\n",
            "* Dental inclusion:\n\n  * Unmet\n",
        ),
    ],
)
def test_an_exclusion_that_speaks_of_inclusion_lets_nobody_in(text: str) -> None:
    found = criteria(f"Exclusion Criteria:\n\n* Stroke\n\n{text}")
    assert "inclusion" not in [one.told for one in found if "Unmet" in one.html]


def test_headings_that_are_items_of_one_list_stay_headings() -> None:
    text = "* Exclusion criteria:\n\n  * HIV\n* Inclusion criteria:\n\n  * Adult\n"
    assert [one.told for one in criteria(text)] == ["exclusion", "inclusion"]


@pytest.mark.parametrize(
    "line",
    ["Contraindications:", "Contraindications to participation:", "Study-specific exclusions:"],
)
def test_what_keeps_people_out_of_the_study_opens_exclusions(line: str) -> None:
    found = criteria(f"Inclusion Criteria:\n\n* Adult\n\n{line}\n\n* HIV\n")
    assert [one.kind for one in found] == ["inclusion", "exclusion"]


def test_each_pattern_can_be_read() -> None:
    """They are compiled when a text asks them, which may be after a release."""
    patterns = [one for one in gc.get_objects() if type(one) is type(NOUN.pattern)]
    assert len(patterns) > 100
    for one in patterns:
        assert one.search is not None
