"""Criteria that are for some people alone, and what stands among criteria without being one."""

from __future__ import annotations

import re

import pytest

from trialpages.prose.criteria import criteria
from trialpages.prose.criteria_scope import is_for_some


def told(text: str) -> list[str]:
    return [group.told for group in criteria(text)]


EXCLUSION = "\n\nExclusion criteria:\n\n* HIV"
LISTS = {
    "for everybody": ("* Adult\n* Consent", "inclusion"),
    "an item for each group": ("* Patients :\n* Asthma\n* Healthy volunteers :\n* Adult", "some"),
    "a part's number before each": ("* Cohort A: asthma\n* Cohort B: hay fever", "some"),
    "a part's title before a list": ("[Part 2 only]\n\n* Asthma", "some"),
    "groups with lists of their own": ("* Group 1 (ill)\n  * Asthma\n* Group 2\n  * Adult", "some"),
    "a heading among the lines": (
        "* Adult\n* Inclusion criteria for controls were as follows\n* Fever",
        "some",
    ),
    "people named above two lists": ("Ill adults\n\n* Asthma\n\nStaff\n\n* Adult", "some"),
    "one aim of a study": ("Aim 2 (pilot)\n\n* Asthma", "some"),
    "the sexes of two lists": ("Pregnant women-\n\n* A\n\nOfficials:\n\n* Adult", "some"),
    "a lone title without a colon": ("Ill adults\n\n* Asthma\n* Consent", "inclusion"),
    "topics above lists": ("Medical\n\n* Asthma\n\nConsent\n\n* Given", "inclusion"),
    "a condition above a list": ("Lungs\n\n* A\n\nDiagnosed for B with\n\n* C", "inclusion"),
    "everybody": ("* Participant:\n  * Adult\n  * Consent", "inclusion"),
    "everybody, above a list": ("Subjects:\n\n* Adult", "inclusion"),
    "a line for one part": ("* Adult\n* Asthma (Part 1 only)", "some"),
    "a line for one cohort, at its end": ("* Adult\n* Asthma for Cohort C only", "some"),
    "a line for some cohorts, in brackets": ("* Asthma (only for cohort 1, 2 and 4)", "some"),
    "what some are treated with": ("* For patients receiving A only:\n  * Asthma", "some"),
    "what is specific to groups": ("* Adult\n\nGroup specific:\n\nAsthma", "some"),
    "a named cohort": ("* For the lung cancer cohort these apply:\n  * Asthma", "some"),
    "a group before each criterion": (
        "* Test group: asthma, from birth on\n* Control group: well",
        "some",
    ),
    "a group behind a lost stop": ("* Male, allergic Control group: well", "some"),
    "controls alone": ("* Adult\n* Controls: no allergy", "some"),
    "healthy controls": ("* Adults with asthma as well as 9 healthy controls", "some"),
    "who serves as controls": ("* Adult\n* Others will serve as controls", "some"),
    "those with one disease": ("* For asthmatic patients, a test of breath", "some"),
    "a cohort in brackets": ("* Asthma (cohort 1) or hay fever (cohort 2)", "some"),
    "a lettered group in brackets": ("* Vitiligo (Group D).", "some"),
    "what counts in one group": ("* A word (only obligatory in the false teeth group)", "some"),
    "groups by number": ("* Group 1 ill adults A. Asthma\n* Group 2 well adults A. Well", "some"),
    "a heading with numbers behind it": (
        "* Inclusion criteria for healthy people 1) Consent to all of it and stay well, which may"
        " be as hard as to fall ill, and tell of it as long as it lasts and a while after 2) Adult",
        "some",
    ),
    "a group of age": ("* Age group: 18 to 65\n* Asthma control: poor", "inclusion"),
    "a performance scale": ("* Cooperative Oncology Group (COG): 0 or 1", "inclusion"),
    "a class of a disease": ("* Pulmonary hypertension (Group 1)", "inclusion"),
    "the values of others": ("* More than the mean of healthy controls", "inclusion"),
    "a line for men": ("* For men: a condom\n* For female patients, a test", "inclusion"),
    "criteria of all groups": (
        "* Additional criteria for all groups: consent",
        "inclusion",
    ),
    "what is the only part of a body": ("* Adult\n* Pain (in arms only)", "inclusion"),
    "a sentence that has the criteria": (
        "* Adult\n* Inclusion criteria would include asthma for a year",
        "inclusion",
    ),
    "what is allowed, without a verb": ("* Adult\n* Any earlier drug allowed.", "permitting"),
    "a stage of the disease": ("* Stage IV cancer\n* Stage II to III: cured", "inclusion"),
    "a class of drugs": ("* Group 4 topical corticosteroids", "inclusion"),
    "criteria elsewhere": ("* Adult\n* Other protocol-defined inclusion criteria", "inclusion"),
    "a condition": ("* Adult\n* Women of childbearing potential:\n  * Negative test", "inclusion"),
    "a criterion that only names people": ("* Healthy volunteers\n* Adult", "inclusion"),
    "lines joined by or": ("* Asthma or\n* Hay fever or\n* Eczema", "choices"),
    "one of a list": ("At least one of the following:\n\n* Asthma\n* Eczema", "choices"),
    "a choice within a criterion": ("* Adult\n* One of:\n  * Asthma or\n  * Eczema", "inclusion"),
}


@pytest.mark.parametrize("name", LISTS)
def test_what_is_told_of_a_list(name: str) -> None:
    text, expected = LISTS[name]
    first, _ = told(f"Inclusion criteria:\n\n{text}{EXCLUSION}")
    assert first.removeprefix("inclusion_") == expected


@pytest.mark.parametrize(
    ("heading", "some"),
    [
        ("Inclusion Criteria for Cohort A:", True),
        ("Donor Inclusion Criteria:", True),
        ("Inclusion criteria (healthy controls):", True),
        ("Additional inclusion criteria - Arms 1b and 2 only", True),
        ("Inclusion criteria for participants with asthma", True),
        ("Inclusion criteria for all cohorts", False),
        ("Exclusion criteria for cases and controls:", False),
        ("Exclusion criteria for study population and controls", False),
        ("Inclusion criteria for prescreening", False),
        ("Inclusion criteria for the study:", False),
        ("Key inclusion criteria:", False),
        ("Other exclusions", False),
    ],
)
def test_headings_that_say_for_whom(heading: str, some: bool) -> None:
    assert is_for_some(heading) is some


def test_a_line_for_one_cohort_that_goes_on_in_a_list_is_a_criterion() -> None:
    text = "Inclusion criteria:\n\n* Adult\n* Cancer (cohort F), shown by one of:\n  * A scan"
    assert 'id="inc-2">' in criteria(text + EXCLUSION)[0].html


def test_headings_beside_one_that_says_for_whom_are_not_everybodys_either() -> None:
    text = "Inclusion criteria:\n\n* Ill\n\nInclusion criteria for controls:\n\n* Not ill"
    assert told(text + EXCLUSION) == ["inclusion_some", "inclusion_some", "exclusion"]
    text = text.replace("criteria:", "criteria for all:")
    assert told(text + EXCLUSION) == ["inclusion", "inclusion_some", "exclusion"]


def test_a_title_names_some_people_where_another_group_has_others() -> None:
    text = "Inclusion criteria:\n\nPatients\n\n* Ill\n\nStaff\n\n* Adult"
    assert told(f"{text}\n\nExclusion criteria:\n\nPatients\n\n* HIV")[1] == "exclusion_some"
    assert told(text + EXCLUSION)[1] == "exclusion"


def test_a_title_may_lead_a_sentence() -> None:
    text = "Inclusion criteria:\n\nIndex persons\n\n* Ill\n\nStudy persons\n\n* Adult"
    text += "\n\nExclusion criteria:\n\n{}: all with one of these:\n\n* HIV"
    assert told(text.format("Study persons"))[1] == "exclusion_some"
    assert told(text.format("Note"))[1] == "exclusion"


def test_the_title_of_a_group_stands_over_its_list() -> None:
    text = (
        "Group 1. Controls, recruited among the staff and the students of a large university town"
        "\n\nInclusion criteria:\n\n* Adult\n\nGroup 2. Ill, recruited at the clinic for allergies"
        " and at that for asthma of this town\n\nInclusion criteria:\n\n* Asthma\n\n"
        "Group 3. Without a list\n\nIn short: all others." + EXCLUSION
    )
    found = [(group.kind, group.part[:7], group.html) for group in criteria(text)]
    assert [one[:2] for one in found] == [
        ("inclusion", "Group 1"),
        ("inclusion", "Group 2"),
        ("other", "Group 3"),
        ("exclusion", ""),
    ]
    assert [title for _, _, html in found for title in re.findall("Group", html)] == []


@pytest.mark.parametrize("title", ["Cold\n\nHealthy Volunteers\n", "  * Group 2\n"])
def test_a_title_behind_exclusions_stands_over_the_next_inclusions(title: str) -> None:
    text = f"Inclusion:\n\n* Ill\n\nExclusion:\n\n* HIV\n\n{title}\nInclusion:\n\n* Well"
    last = criteria(text)[-1]
    assert last.part == title.split("\n")[-2].strip(" *") and "Well" in last.html


@pytest.mark.parametrize("sign", ["• ", "- ", "-"])
def test_a_bullet_before_a_heading_is_none_of_its_words(sign: str) -> None:
    text = f"{sign}Inclusion criteria:\n\nAdult\n\n{sign}Exclusion criteria:\n\nHIV"
    assert [(group.part, group.heading) for group in criteria(text)] == [
        ("", "Inclusion criteria:"),
        ("", "Exclusion criteria:"),
    ]


def test_a_number_before_the_first_bullet_is_the_bullets() -> None:
    (group,) = criteria("Exclusion criteria: 1.\n\n* HIV\n* 2\\. Cancer\n* 3\\. Asthma")
    assert re.findall(r">([^<]+)</li>", group.html) == ["1. HIV", "2. Cancer", "3. Asthma"]
    assert "<p>" not in group.html
    (group,) = criteria("Exclusion criteria: 1.\n\n* HIV\n* 7\\. Cancer\n* Asthma")
    assert "<p>1.</p>" in group.html


@pytest.mark.parametrize(
    ("line", "is_criterion"),
    [
        ("Patients who meet any of the following criteria will be excluded:", False),
        ("Any of the following would exclude the subject from the study:", False),
        ("Patients with brain metastases are excluded if unstable:", True),
    ],
)
def test_nobody_ticks_what_only_leads_in(line: str, is_criterion: bool) -> None:
    (group,) = criteria(f"Exclusion criteria:\n\n* {line}\n* HIV")
    assert ('id="exc-1"' in group.html, 'id="exc-2"' in group.html) == (is_criterion, True)


def test_exclusions_beside_non_inclusion_may_be_about_leaving() -> None:
    text = "Inclusion:\n\n* Ill\n\nNon-inclusion criteria:\n\n* HIV"
    assert told(text + EXCLUSION) == ["inclusion", "exclusion", "exclusion_later"]
    assert told("Exclusion criteria (non-inclusion):\n\n* HIV") == ["exclusion"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Patients :", "for-whom"),
        ("Note: Patients without a test are eligible", "remark"),
        ("Women of childbearing potential are defined as women who can bear", "remark"),
        ("Severe asthma is defined as:", "remark"),
        ("Obesity defined as a body mass index above 30", ""),
        ("Notable heart disease", ""),
        ("Exclusion criteria for controls", "for-whom"),
        ("Asthma", ""),
    ],
)
def test_what_nobody_ticks_keeps_its_place(line: str, role: str) -> None:
    (group,) = criteria(f"Exclusion criteria:\n\n1. {line}\n2. Pregnant\n3. Controls:\n4. HIV")
    (found,) = re.findall(r'<li value="1" id="\w+-1"(?: class="([a-z-]+)")?>', group.html)
    assert found == role
    assert 'id="exc-4">HIV' in group.html


@pytest.mark.parametrize(
    ("text", "told", "tick"),
    [
        ("Inclusion criteria:\n\n* Adult", "inclusion", "inclusion"),
        ("Inclusion criteria:\n\n* Cohort A: ill", "inclusion_some", "inclusion_some"),
        ("Inclusion criteria for controls:\n\n* A or\n* B", "inclusion_choices", "other"),
        (
            "Inclusion criteria:\n\n* Adult\n* > 1 of the following:\n* A\n* B",
            "inclusion_choices",
            "inclusion_choices",
        ),
        ("Inclusion criteria:\n\n* One of these: A, B\n* C", "inclusion", "inclusion"),
        ("Exclusion criteria for controls:\n\n* HIV", "exclusion_some", "exclusion_some"),
        ("Non-inclusion:\n\n* A\n\nExclusion criteria:\n\n* HIV", "exclusion_later", "exclusion"),
        ("Exclusion criteria:\n\n* HIV\n* For women: must be sterile", "exclusion_mixed", "other"),
        ("Exclusion criteria:\n\n* For women: should be sterile", "exclusion_mixed", "other"),
        ("Exclusion criteria:\n\nAll answers must be NO.\n\n* HIV", "exclusion", "exclusion"),
    ],
)
def test_what_a_tick_means(text: str, told: str, tick: str) -> None:
    last = criteria(text)[-1]
    assert (last.told, last.tick) == (told, tick)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(
            (f"{lead}\n\n* Migraine\n* Cluster headache", "inclusion_choices")
            for lead in (
                "At least one of:",
                "any one of",
                "One or more:",
                "≥1 of:",
                "Meet 1 of 2",
                "Meets at least one of the following conditions",
                "Meets one criterion below",
                "They meet the requirements for one of the study groups, as follows:",
            )
        ),
        ("* Either migraine\n* Or cluster headache", "inclusion_choices"),
        ("* Migraine\n* alternatively a stroke", "inclusion_choices"),
        ("* Migraine\n\nOR\n\n* Cluster headache", "inclusion_choices"),
        ("* Migraine\n* -or-\n* Cluster headache", "inclusion_choices"),
        ("* Migraine\n* and/or\n* Cluster headache", "inclusion_choices"),
        ("* Option 1: migraine\n* Option 2: stroke", "inclusion_choices"),
        ("* either male or female\n* Oral drugs", "inclusion"),
        ("Part 1: some of the ill\n\n* Migraine", "inclusion_some"),
    ],
)
def test_where_one_is_enough_it_is_said(text: str, expected: str) -> None:
    assert told(f"Inclusion criteria:\n\n{text}{EXCLUSION}")[0] == expected
