"""Eligibility criteria in groups: a heading is one wherever it stands, and nothing is lost."""

from __future__ import annotations

import re

import pytest

from trialpages.prose.criteria import criteria
from trialpages.prose.criteria_contrary_forms import LET_IN
from trialpages.prose.criteria_exceptions import EXCEPTIONS
from trialpages.prose.criteria_headings import FORMS
from trialpages.prose.criteria_refusal_forms import KEPT_OUT
from trialpages.prose.markup import prose, without_tags

Groups = list[tuple[str, str]]
"""Of each group the kind and the ids of its criteria."""


def groups(text: str) -> Groups:
    found = (
        (group.kind, re.findall(r' id="([^"]+)"', str(group.html))) for group in criteria(text)
    )
    return [(kind, " ".join(ids)) for kind, ids in found]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


CASES: dict[str, tuple[str, Groups]] = {
    "plain headings": (
        "Inclusion Criteria:\n\n1. Adults\n2. Consent\n\nExclusion Criteria:\n\n* Pregnancy",
        [("inclusion", "inc-1 inc-2"), ("exclusion", "exc-1")],
    ),
    "a heading that says not": (
        "Inclusion criteria:\n\n* Adults\n\nNon-inclusion criteria:\n\n* HIV infection",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "a heading nested behind the last item": (
        "Inclusion Criteria:\n\n1. Adults\n\n   Exclusion Criteria:\n2. Pregnancy",
        [("inclusion", "inc-1"), ("exclusion", "exc-2")],
    ),
    "a list that goes on behind a heading nested with its own": (
        "Inclusion Criteria:\n\n1. Adults\n\n   Exclusion Criteria:\n\n   * HIV\n\n2. Consent",
        [("inclusion", "inc-1"), ("exclusion", "exc-1"), ("other", "crit-2")],
    ),
    "the same with a paragraph, the other way round": (
        "Exclusion Criteria:\n\n* HIV\n\n  Inclusion Criteria:\n\n  Adults\n\n* Pregnant",
        [("exclusion", "exc-1"), ("inclusion", ""), ("other", "crit-1")],
    ),
    "a list that goes on behind headings within its items": (
        "1. Group A\n   - Inclusion: adults\n   - Exclusion: HIV\n2. Consent",
        [("other", "crit-1"), ("other", ""), ("exclusion", ""), ("other", "crit-2")],
    ),
    "a list that goes on behind a nested heading and what leads in": (
        "Inclusion:\n\n1. Adults\n\n   Exclusion:\n\n   Who has one of these:\n2. HIV\n3. Flu",
        [("inclusion", "inc-1"), ("exclusion", "exc-2 exc-3")],
    ),
    "a heading with a full stop": (
        "Inclusion criteria.\n\n* Adults\n\nExclusion criteria.\n\n* Pregnancy",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "full-width signs": (
        "Inclusion Criteria：\n\n* Adults\n\nExclusion Criteria（main）：\n\n* Pregnancy",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "full-width signs behind numbers": (
        "1、Inclusion Criteria。\n\n* Adults\n\n2．Exclusion Criteria：\n\n* Pregnancy",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "full-width brackets": (
        "【Inclusion Criteria】\n\n* Adults\n\n【Exclusion Criteria】\n\n* Pregnancy",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "a heading of either kind behind inclusion": (
        "Inclusion criteria\n\n1. Adults\n\nEligibility Criteria：\n\n1. Pregnant",
        [("inclusion", "inc-1"), ("other", "crit-1")],
    ),
    "a heading of either kind behind inclusion, nested behind the last item": (
        "Inclusion criteria\n\n1. Adults\n\n   Selection Criteria:\n2. Pregnant",
        [("inclusion", "inc-1"), ("other", "crit-2")],
    ),
    "a heading of either kind behind exclusion": (
        "Exclusion criteria\n\n1. Dialysis\n\nEligibility:\n\n1. Pregnant",
        [("exclusion", "exc-1"), ("other", "crit-1")],
    ),
    "a heading of either kind right below inclusion": (
        "Inclusion criteria\n\nEligibility criteria:\n\n1. Adults",
        [("inclusion", "inc-1")],
    ),
    "words behind the colon": (
        "Inclusion Criteria:\n\n* Adults\n\nExclusion Criteria: contra-indication",
        [("inclusion", "inc-1"), ("exclusion", "")],
    ),
    "the other way round": (
        "Exclusion Criteria:\n\n1. Pregnancy\n\n   Inclusion Criteria:\n2. Adults",
        [("exclusion", "exc-1"), ("inclusion", "inc-2")],
    ),
    "one heading for both": (
        "Inclusion and exclusion criteria:\n\n* Adults\n* No pregnancy",
        [("other", "crit-1 crit-2")],
    ),
    "no heading": ("* Adults\n* No pregnancy", [("other", "crit-1 crit-2")]),
    "a sentence about criteria is no heading": (
        "Inclusion Criteria:\n\n* Adults who meet none of the exclusion criteria of the protocol",
        [("inclusion", "inc-1")],
    ),
    "topics of old records": (
        "Exclusion Criteria\n\nConcurrent Medication:\n\nExcluded:\n\n* Steroids\n\nPatients with "
        "AIDS are excluded.\n\nPrior Medication:\n\nRequired:\n\n* AZT\n\nExcluded:\n\n* ddI\n\n"
        "Patients with swollen glands.",
        [
            ("exclusion", ""),
            ("exclusion", "exc-1"),
            ("other", "crit-1"),
            ("exclusion", "exc-1_2"),
            ("other", ""),
        ],
    ),
    "topics in one line each": (
        "Exclusion Criteria\n\nConcurrent Medication: Excluded\n\n* Steroids\n\n"
        "Concurrent Medication: Allowed\n\n* Aspirin",
        [("exclusion", "exc-1"), ("other", "crit-1")],
    ),
    "what is allowed, deep in a list": (
        "Exclusion Criteria:\n\n* Medication:\n  * Excluded: steroids\n  * Allowed: aspirin",
        [("other", "crit-1 crit-1-1 crit-1-2")],
    ),
    "a long heading with a remark behind its full stop": (
        "Inclusion criteria for the study:\n\n* Adult\n\nInclusion criteria for treatment with the "
        "long name of a drug for patients not participating in the long name of a drug dose finding"
        " study or R2.(once open to all)\n\n* Fever",
        [("inclusion", "inc-1"), ("inclusion", "inc-1_2")],
    ),
    "patients must not have": (
        "Patients must have:\n\n* Asthma\n\nPatients must not have:\n\n* HIV",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "an item that turns the items behind it": (
        "Inclusion Criteria:\n\n* Adult\n* Patients must not have:\n* HIV",
        [("inclusion", "inc-1"), ("exclusion", "exc-2")],
    ),
    "what speaks against it": (
        "Inclusion criteria:\n\n* Adult\n\nContraindications:\n\n* HIV",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "a sentence that may turn the group": (
        "Inclusion criteria:\n\n* Adult\n\nThe study will not take anyone with:\n\n* HIV",
        [("other", "crit-1 crit-2")],
    ),
    "a number that Markdown puts below the last bullet": (
        "Inclusion criteria:\n\n8. Adult\n\n9. One of:\n\n* Fever\n* Pain\n\n  10. Consent\n\n"
        "  11. Able",
        [("inclusion", "inc-8 inc-9 inc-9-1 inc-9-2 inc-10 inc-11")],
    ),
    "a number below a bullet that goes on with nothing": (
        "Inclusion criteria:\n\n1. Adult\n\n* Fever\n* Pain\n\n  4. Consent",
        [("inclusion", "inc-1 inc-2 inc-3 inc-3-4")],
    ),
    "a part's heading and a remark in brackets keep the group": (
        "Inclusion criteria:\n\n* Adult\n\nEligible diagnoses:\n\nAML（excluding APL） with "
        "at least one of the following:\n\n* high risk\n\nExclusion criteria:\n\n* HIV",
        [("inclusion", "inc-1 inc-2"), ("exclusion", "exc-1")],
    ),
    "a demand with a remark in brackets": (
        "Inclusion criteria:\n\n* Adult\n\nPatients must have these values (no "
        "transfusion before):\n\n* Hb 9",
        [("inclusion", "inc-1 inc-2")],
    ),
    "a demand behind a sentence of another kind": (
        "Inclusion criteria:\n\n* Adult\n\nThere is no upper limit of age. Participants "
        "must be:\n\n* 18",
        [("inclusion", "inc-1 inc-2")],
    ),
    "brackets that turn a demand": (
        "Inclusion criteria:\n\n* Adult\n\nPatients must have (or must not have) one of:\n\n* HIV",
        [("other", "crit-1 crit-2")],
    ),
    "one word in brackets that turns a demand": (
        "Inclusion criteria:\n\n* Adult\n\nThey should be (not) any of these:\n\n* HIV",
        [("other", "crit-1 crit-2")],
    ),
    "people of a kind with non": (
        "Inclusion criteria:\n\n* Smoker\n\nNon-diabetic controls\n\n* Aged",
        [("inclusion", "inc-1 inc-2")],
    ),
    "people who aren't taken, with non": (
        "Inclusion criteria:\n\n* Smoker\n\nNon-acceptable patients\n\n* HIV",
        [("other", "crit-1 crit-2")],
    ),
    "exceptions to exclusion": (
        "Exclusion criteria:\n\n* Cancer\n\nExceptions:\n\n* Skin cancer",
        [("exclusion", "exc-1"), ("other", "crit-1")],
    ),
    "a criterion whose exceptions follow": (
        "Exclusion criteria:\n\n* HIV\n* Cancer, with these exceptions:\n* Skin cancer\n\n"
        "Lung disease, with the following exceptions allowed:\n\n* Asthma",
        [("exclusion", "exc-1 exc-2 exc-3 exc-4")],
    ),
    "exceptions of nothing": (
        "Exclusion criteria:\n\n* HIV\n\nWith the following exceptions:\n\n* Asthma",
        [("other", "crit-1 crit-2")],
    ),
    "eligibility after non-eligibility": (
        "Non-eligibility:\n\n* HIV\n\nEligibility:\n\n* Adult",
        [("exclusion", "exc-1"), ("other", "crit-1")],
    ),
    "parts without a colon": (
        "Part A inclusion\n\n* Adult\n\nPart A exclusion\n\n* HIV",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "a slip of the pen": (
        "Inclusion Criteria:\n\n* Adult\n\nExclsuion Criteria:\n\n* HIV",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "two headings in one line of capitals": (
        "INCLUSION CRITERIA - Adults - Consent EXCLUSION CRITERIA: HIV",
        [("inclusion", ""), ("exclusion", "")],
    ),
    "two headings in one line": (
        "Inclusion: adults Exclusion: see inclusion",
        [("inclusion", ""), ("exclusion", "")],
    ),
    "asterisks that were escaped": (
        r"\*\*Inclusion Criteria\*\*" "\n\n* Adult\n\n" r"\*\*Exclusion Criteria\*\*" "\n\n* HIV",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "both in a short form": (
        "In-/Exclusion criteria:\n\n* Adult\n* HIV",
        [("other", "crit-1 crit-2")],
    ),
    "one word with a cohort in brackets": (
        "Inclusion:\n\n* Adult\n\nExclusion (Cohort B only)\n\n* HIV",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "a short form that isn't known": (
        "Inclusion Criteria:\n\n* Adult\n\nExcl.:\n\n* HIV",
        [("other", "crit-1 crit-2")],
    ),
    "a language that isn't known whole": (
        "Inclusion Criteria:\n\n* Adult\n\n除外条件\n\n* HIV",
        [("other", "crit-1 crit-2")],
    ),
    "a sentence that compares the two": (
        "Inclusion criteria are the same as exclusion criteria of study X.\n\n* HIV",
        [("other", "crit-1")],
    ),
    "Spanish without criteria": (
        "Inclusión:\n\n* Adulto\n\nExclusión:\n\n* VIH",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "German without criteria": (
        "Einschluss:\n\n* volljährig\n\nAusschluss:\n\n* HIV",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
    ),
    "French eligibility": (
        "Critères d'éligibilité\n\n* adulte\n\nCritères de non éligibilité\n\n* VIH",
        [("other", "crit-1"), ("exclusion", "exc-1")],
    ),
    "equals of which some are nested in a list, under one heading": (
        "INCLUSION CRITERIA:\n\nSo many come.\n\nInclusion criteria for Phase A:\n\n1. Adult\n\n"
        "   For Phase B:\n\n   Inclusion Criteria for all Phase B participants:\n   1. Aged\n\n"
        "   EXCLUSION CRITERIA:\n3. HIV",
        [("inclusion", "inc-1 inc-1-1"), ("exclusion", "exc-3")],
    ),
    "equals of which the first is the group's": (
        "Inclusion Criteria for All Parts\n\n1. Adult\n\n   Inclusion Criteria for Part C\n2. Aged"
        "\n\n   Exclusion Criteria\n4. HIV",
        [("inclusion", "inc-1"), ("inclusion", "inc-2"), ("exclusion", "exc-4")],
    ),
    "a sentence that takes back a heading with nothing under it": (
        "INCLUSION CRITERIA\n\nParticipants are ineligible if they:\n\n* Are pregnant",
        [("other", "crit-1")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_groups(name: str) -> None:
    text, expected = CASES[name]
    assert groups(text) == expected


@pytest.mark.parametrize("name", CASES)
def test_every_word_stays_in_its_order(name: str) -> None:
    text = CASES[name][0]
    found = " ".join(
        f"{group.part} {group.heading} {without_tags(group.html)}" for group in criteria(text)
    )
    assert words(found) == words(without_tags(prose(text)))


def test_each_form_says_where_it_was_seen() -> None:
    assert [form.name for form in FORMS if not form.seen] == []
    assert len({form.name for form in FORMS}) == len(FORMS)


@pytest.mark.parametrize(
    "text",
    [
        "Inclusion Criteria:\n\n* Doesn't meet the trial's\n  exclusion criteria\n* Has asthma",
        "Inclusion Criteria:\n\n* Meets none of the following\nExclusion criteria\n* Has asthma",
        "Inclusion Criteria:\n\n1. Adult\n2. Meets none of the\nexclusion criteria:\n3. Has asthma",
        "Inclusion Criteria:\n\n* Adult\n* Exclusion criteria of part 1: any\n* Has asthma",
        "Inclusion Criteria:\n\n* Adult\n\nEXCLUSION CRITERIA WAIVED\n\n* Has asthma",
        "Inclusion Criteria:\n\n* Adult\n\nExclusion Criteria (NOT kept out by):\n\n* Has asthma",
    ],
)
def test_what_may_be_no_heading_is_followed_by_no_sentence(text: str) -> None:
    last = criteria(text)[-1]
    assert "Has asthma" in last.html
    assert last.kind == "other"


INCLUDES, EXCLUDES = "Inclusion Criteria:", "Exclusion Criteria:"


_KEEPS_OUT = (
    "Note: Patients with tumours of the brain are not eligible.",
    "Any patient with another choice must not be enrolled.",
    "Aged 18 or more. Children are excluded from this study.",
    "1. One of these\n   * Men on dialysis cannot be included",
    "Localized cancer (Gleason 8 or 4+3=7 will be excluded), PSA below 10",
    "A lesion that can be measured (earlier radiation is excluded.)",
    "Two lesions (3 in one organ will be eligible and 4 will be ineligible)",
    "Patients with scoliosis were excluded from the study.",
    "People who live far away are not eligible for treatment in this clinical study",
    "Pregnancy will not be considered as exclusion criteria.",
    "Samples should be avoided during menstruation.",
    "Cancer of the eye (small-cell type excluded)",
    "Radiation alone (NOTE: tablets as well excludes patient participation)",
    "Any earlier dose of an inhibitor will be exclusionary",
    "A second course counts as another line and leads to exclusion",
    "Refusal will make the patient ineligible.",
    "Men with CML will not participate in this part of the study",
    "Earlier treatment with tablets is not allowed.",
    "Disease of bone only is prohibited",
    "Below 0.7 a man will be considered a screen fail.",
)
"""Each decides against somebody, or that something doesn't matter, among inclusions."""
_KEEPS_NOBODY_OUT = (
    "Asthma that may have been treated",
    "Patients who are not eligible for this study's other part",
    "Patients are ineligible for cisplatin",
    "Other causes of fever must be excluded",
    "Fever for which infection has been excluded by a scan",
    "No earlier chemotherapy allowed",
    "Meets all inclusion and exclusion criteria",
    "Withdrawal and spermicides are not acceptable methods of contraception",
    "Was not allowed to breastfeed during the study",
    "A brain lesion cannot be included as the target lesion",
    "Toxicity has resolved (excluding loss of hair)",
    "Must have failed treatment, or be ineligible for it",
    "Surgery, unless the patient is not eligible",
)
_LETS_IN = (
    "Pregnant people are eligible to participate.",
    "Patients with treated metastases may be included.",
    "Mother-child pairs were eligible if they gave blood.",
    "Note: inhaled steroids are allowed.",
    "Earlier radiation will be permitted",
    "Correction for a block allowed. Pacemakers are fine.",
    "Well-controlled asthma is not considered an exclusion criterion",
    "Note: The following are not exclusionary: eczema",
    "Exception: a single dose",
    "These are exceptions to this criterion.",
    "Other cancer, except for the following:\n   * cancer of the skin",
    "History of thrombosis, unless:\n   * treated",
    "1. Untreated cancer. (Men are eligible if they meet the following:\n   * calm",
    "Patients must not be pregnant.",
    "The rash must cover less than a tenth of the skin",
    "Women should refrain from breastfeeding",
    "No history of seizure",
    "Not currently taking theophylline",
    "No testosterone permitted",
    "No anti-VEGF or steroid treatments within 12 months",
    "Prerequisites for the sample of blood: platelets over 100",
    "Anxiety can be present as long as it is mild",
    "People with herpes may be treated only with a drug against it",
    "There are no exclusions for those in the other study",
)
"""Each says whom the study takes, or what must be so, among exclusions."""
_PERMITS = (
    "Participants may have received prior radiation therapy",
    "The knee may have had prior infection, but it must be treated",
    "Expression of B7 is NOT required but tissue must be available",
    "Participants who had cancer are eligible if it was cured.",
    "Earlier immunotherapy is allowed",
    "Patients with lesions in the bone may also be enrolled",
)
"""Each lets people in, and is nothing that must be true of everybody."""
_SAYS_NONE = (
    "None",
    "N/A",
    "nil.",
    "None identified",
    "There are no exclusion criteria",
    "No exclusion criteria for siblings",
)
_EXCEPTS = (
    "Effects are unknown. For this reason, women of childbearing age must agree to use a pill",
    "Pregnancy. Woman of child bearing age need agree to take a pill",
    "A low count. Note: Subjects on a pill must be on a stable dose",
    "Mutations (non-squamous subjects must have a confirmed status);",
    "Cancer; patients with cancer of the skin are eligible",
    "Active HIV infection. Participants without a viral load may take part.",
    "HIV infection. Participants with HIV are allowed if their CD4 count is 350",
    "Steroids (inhaled ones are allowed)",
    "A live vaccine within 30 days. Note: killed vaccines are permitted.",
    "Surgery of the prostate (operations through the urethra are not excluded)",
    "Cirrhosis (topical steroids allowed); dialysis",
    "Brain metastases. Subjects who were treated may be considered for participation.",
    "Pulse above 90 (three checks permitted)",
    "Rheumatism. Exceptions can be made by the investigator.",
    "Heart disease. Exceptions to these criteria (such as mild ones) may be made.",
    "Unstable asthma. Patients with stable asthma are included.",
    "Cancer (but those cured were included in this study)",
    "Pregnant (eligible three months after birth)",
    "Drugs for potency. Men who stop these remain eligible if they want to.",
    "Smokers. As an exception one will be considered as eligible if healthy.",
    "Docetaxel. If given before surgery, it must have been long ago to be eligible",
    "Opioids (stable doses ok)",
    "Few platelets - ok if transfused",
    "Cancer (does not apply to cancer of the skin)",
    "Anticoagulants; aspirin is no contraindication for it",
    "A new drug for diabetes. Participants may be on a stable dose of one.",
    "Pregnancy. Women of childbearing potential must agree to a test.",
)
"""Each keeps people out, and goes on with whom it lets in, or what is allowed."""
_LETS_NOBODY_IN = (
    "Women who need to agree with nobody",
    "Patients who are eligible for transplantation",
    "Steroids are not permitted",
    "Takes drugs that are not allowed",
    "Cancer, unless it was cured",
    "Women must not participate in the trial while breastfeeding",
    "Men who must be operated on at once",
    "Bleeding. It must be treated at once",
    "Not suitable for surgery",
    "The investigator's judgement that the subject should not participate",
    "Not willing to take part",
    "No telephone at home",
    "Not sexually active",
    "Is currently enrolled in another study",
    "Allergic to a drug, or to those that are included in the protocol",
    "All answers must be NO to be eligible for the study.",
    "Unwilling to use an acceptable method of contraception",
)


@pytest.mark.parametrize(
    ("heading", "criterion", "told"),
    [
        *((INCLUDES, line, "inclusion_mixed") for line in _KEEPS_OUT),
        *((INCLUDES, line, "inclusion") for line in _KEEPS_NOBODY_OUT),
        *((INCLUDES, line, "inclusion_permitting") for line in _PERMITS),
        *((EXCLUDES, line, "exclusion_mixed") for line in _LETS_IN),
        *((EXCLUDES, line, "exclusion_excepted") for line in _EXCEPTS),
        *((EXCLUDES, line, "exclusion") for line in _LETS_NOBODY_IN),
    ],
)
def test_a_criterion_that_decides_the_contrary_is_told(
    heading: str, criterion: str, told: str
) -> None:
    (group,) = criteria(f"{heading}\n\n* Aged\n\n{criterion}")
    assert group.told == told
    assert group.kind in told


@pytest.mark.parametrize("heading", [INCLUDES, EXCLUDES])
@pytest.mark.parametrize("word", _SAYS_NONE)
def test_nothing_is_said_over_a_word_for_none(heading: str, word: str) -> None:
    (group,) = criteria(f"{heading}\n\n* {word}")
    assert group.told == "nothing"
    assert word in group.html
    (group,) = criteria(f"{heading}\n\n* {word}\n* Pregnancy")
    assert group.told in ("inclusion", "exclusion", "exclusion_mixed")


def test_each_contrary_says_where_it_was_seen() -> None:
    for table in (KEPT_OUT, LET_IN, EXCEPTIONS):
        assert [one.name for one in table if not one.seen] == []
        assert len({one.name for one in table}) == len(table)


EMPTY = {
    "Inclusion Criteria:\n\n* Adult\n\nExclusion Criteria:": ["inclusion", "none_listed"],
    "Inclusion Criteria:\n\n* Adult\n\nExclusion Criteria:\n\n-": ["inclusion", "none_listed"],
    "Inclusion Criteria:\n\n* -\n\nExclusion Criteria:\n\n* HIV": ["none_listed", "exclusion"],
    "Exclusion Criteria:\n\nInclusion:\n\n* Adult\n\nExclusion:\n\n* HIV": [
        *("nothing", "inclusion", "exclusion"),
    ],
    "Exclusion Criteria:\n\nEligibility Criteria:\n\n* Adult": ["nothing", "other"],
    "Eligibility Criteria:\n\nInclusion Criteria:\n\n* Adult": ["inclusion"],
    "Inclusion Criteria for matched controls: 200 adults\n\n* HIV": ["inclusion_some"],
    "Inclusion criteria for matched controls 200 patients of 18 years or older without AKI of any "
    "type\n\nExclusion Criteria:\n\n* HIV": ["inclusion_some", "exclusion"],
    "Inclusion criteria for matched controls, patients of 18 years or older without AKI of any "
    "type\n\nExclusion Criteria:\n\n* HIV": ["nothing", "exclusion"],
    "Inclusion criteria:\n\n* Adult\n* Blood not limited to type A:\n* Platelets": ["inclusion"],
}


@pytest.mark.parametrize(("text", "told"), EMPTY.items())
def test_of_a_heading_with_nothing_under_it_that_is_told(text: str, told: list[str]) -> None:
    assert [group.told for group in criteria(text)] == told


def test_no_text_has_no_groups() -> None:
    assert criteria("") == ()


def test_an_item_without_a_word_is_none_to_tick() -> None:
    (group,) = criteria("Exclusion Criteria:\n\n* HIV\n*\n* --\n* Pregnancy")
    assert 'id="exc-1">HIV' in group.html
    assert "<li>--</li>" in group.html and 'id="exc-2"' not in group.html
    assert 'id="exc-4">Pregnancy' in group.html
    assert group.html.count("<li") == 3


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Patients are excluded if any of the following criteria apply:", False),
        ("The patients will be included based on the following criteria:", False),
        ("Women are excluded if one of the following is true: pregnant, nursing", True),
        ("Patients are excluded who follow a diet", True),
    ],
)
def test_an_item_that_only_introduces_others_is_none_to_tick(line: str, is_one: bool) -> None:
    (group,) = criteria(f"Exclusion Criteria:\n\n- {line}\n- Pregnant")
    assert (re.search(r'id="\w+-1"', group.html) is not None) is is_one
    assert re.search(r'id="\w+-2"', group.html)


@pytest.mark.parametrize(
    "heading",
    [
        "Ex\u00adclusion Criteria:",
        "Ex\u200bclusion Criteria:",
        "\u0415xclusion Criteria:",
        "\uff25\uff58clusion Criteria:",
        "E X C L U S I O N  C R I T E R I A",
        "\u202eairetirC noisulcxE\u202c",
        "Patients will be ruled out if:",
        "Unsuitable:",
        "The study is closed to:",
        "Uitsluitingscriteria:",
        "Screen failures:",
    ],
)
@pytest.mark.parametrize("mark", ["\n{}\n\n", "* {}\n"])
def test_below_a_heading_that_may_be_veiled_nothing_is_sure(heading: str, mark: str) -> None:
    groups = criteria(f"Inclusion Criteria:\n\n* Adults\n{mark.format(heading)}* Pregnancy\n")
    (holding,) = (group for group in groups if "Pregnancy" in group.html)
    assert holding.kind != "inclusion"


def test_other_scripts_and_signs_within_words_veil_nothing() -> None:
    items = "* TNF\u03b1 \u2265 5\u00a0\u00b5g, co\u00adoperative\n* \u0412\u0418\u0427\n"
    text = f"Inclusion Criteria:\n\n{items}"
    assert [group.kind for group in criteria(text)] == ["inclusion"]


def test_more_headings_than_anybody_writes_are_not_looked_for() -> None:
    (group,) = criteria("Exclusion criteria " * 2000)
    assert (group.kind, group.html.count("Exclusion criteria")) == ("other", 2000)
