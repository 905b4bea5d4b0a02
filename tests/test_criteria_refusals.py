"""Lines among criteria of inclusion that keep people out: no tick beside one counts for anybody."""

from __future__ import annotations

import pytest

from trialpages.prose.criteria import criteria

EXCLUSION = "\n\nExclusion criteria:\n\n* HIV"


def ticks(lines: str, heading: str = "Inclusion") -> tuple[str, str]:
    """What is told of the lines under a heading, and what a tick beside one of them means."""
    first = criteria(f"{heading} criteria:\n\n* Adult\n{lines}{EXCLUSION}")[0]
    return first.told, first.tick


LEADS = (
    *("None of the following:", "No:", "No history of:", "Must not have:", "Absence of:"),
    *("Without any of:", "Does not have any of the following:", "Exclude patients with:"),
    *("Not meeting exclusion criteria:", "Free of:", "Lack of:", "Doesn't have:", "Has none of:"),
    *("Adults who never had:", "No serious illness", "None of the following"),
    *("No cancer within 5 years except for:", "These must be discontinued:", "Negative for:"),
)


@pytest.mark.parametrize("lead", LEADS)
def test_sub_items_of_what_people_must_not_have_count_for_nobody(lead: str) -> None:
    assert ticks(f"* {lead}\n  * HIV infection\n  * Pregnancy") == ("inclusion_mixed", "other")


@pytest.mark.parametrize(
    "lead",
    [
        "One of the following:",
        "Women of childbearing potential:",
        "Asthma, including but not limited to:",
        "Asthma that is not well controlled if one is so:",
        "Asthma with or without rhinitis, shown by:",
        "Unless otherwise noted, all of these:",
    ],
)
def test_sub_items_of_what_people_must_have_count(lead: str) -> None:
    assert ticks(f"* {lead}\n  * Night cough\n  * Wheezing") == ("inclusion", "inclusion")


@pytest.mark.parametrize("lead", ["Lack of:", "Absence of:", "None of these:", "No telephone"])
def test_sub_items_of_what_is_lacking_keep_nobody_out_for_certain(lead: str) -> None:
    assert ticks(f"* {lead}\n  * Consent\n  * A carer", "Exclusion")[1] == "other"
    assert ticks("* Cancer:\n  * of the skin", "Exclusion") == ("exclusion", "exclusion")


@pytest.mark.parametrize(
    "lead",
    [
        "Patients without the following will be excluded:",
        "Patients lacking any of these are excluded:",
        "Patients are excluded unless they have:",
        "Patients will not be included if they do not have:",
        "Those who cannot show all of these are ineligible:",
        "Patients will be excluded if any answer is no:",
    ],
)
def test_what_is_excluded_for_lacking_something_keeps_nobody_out_for_certain(lead: str) -> None:
    for lines in (f"* {lead}\n  * Asthma\n  * A carer", f"\n{lead}\n\n* Asthma\n* A carer"):
        assert ticks(lines, "Exclusion") == ("exclusion_mixed", "other")


@pytest.mark.parametrize(
    "lead",
    [
        "Patients with any of the following will be excluded:",
        "Patients will not be eligible if they have:",
        "Patients who cannot be included:",
    ],
)
def test_what_is_excluded_for_having_something_keeps_out(lead: str) -> None:
    assert ticks(f"* {lead}\n  * HIV\n  * Cancer", "Exclusion") == ("exclusion", "exclusion")


@pytest.mark.parametrize("lines", ["1. Ill\n2. Old\n1. Pregnant\n2. HIV", "* Ill\n\n---\n\n* HIV"])
def test_what_is_listed_anew_may_be_another_list(lines: str) -> None:
    assert criteria(f"Inclusion criteria:\n\n{lines}")[0].tick == "other"


@pytest.mark.parametrize("heading", ["Anti-inclusion criteria", "No-inclusion criteria:"])
def test_what_a_sign_turns_is_no_inclusion(heading: str) -> None:
    found = criteria(f"Inclusion criteria:\n\n* Ill\n\n{heading}\n\n* HIV")
    assert [one.kind for one in found] == ["inclusion", "exclusion"]


KEPT_OUT = (
    *("Pregnant women cannot take part", "Pregnant women can't join", "HIV (exclude)"),
    *("If you are pregnant you cannot take part", "Pregnant women may not enter the study"),
    *("Pregnant women: excluded", "Pregnant women (excluded)", "Pregnant women, not eligible"),
    *("Exclude patients with HIV", "Do not include patients with HIV", "HIV - excluded"),
    *("We do not enroll pregnant women", "Pregnant women are turned away", "HIV: exclusion"),
    *("HIV is a contraindication", "Patients with HIV do not qualify", "HIV exclusion"),
    *("Not suitable for pregnant women", "Pregnancy rules you out"),
    *("No pregnant women may take part", "Pregnant women aren't eligible"),
    *("Participation is not possible with HIV", "Patients with HIV excluded"),
    *(
        "HIV excludes",
        "A history of cancer would exclude.",
        "HIV rules out",
        "HIV counts as exclusion",
    ),
    *("Pregnant women are out", "Pregnant women are out of the study", "Smokers are not welcome"),
    *("Not eligible if pregnant", "Excluded if pregnant", "Ineligible with HIV"),
    *("Pregnancy not allowed", "Warfarin prohibited"),
    *("We do not take smokers", "This trial is closed to smokers", "Pregnant women are ruled out"),
    *("HIV is a reason not to include somebody", "People with HIV are not considered"),
    *("Patients will be removed from the study if pregnant", "Pregnancy is an exclusion."),
)
FAIR = (
    *("No pregnancy", "Patients who cannot take part in sports", "No contraindication to MRI"),
    *("Patients who do not qualify for surgery", "Patients not suitable for surgery"),
    *("Must not take part in another trial", "Adults who are not enrolled in another study"),
    *("Tuberculosis excluded by X-ray", "No condition that prevents participation"),
    *("Patients in whom metformin is contraindicated", "Patients who do not take statins"),
    *("Patients who are not candidates for surgery", "Out of hospital", "Infection is ruled out"),
    *("A stay of 4 out of 7 days", "Ineligible for surgery", "A drug that excludes sugar"),
)
LET_IN = (
    *("Pregnant women are welcome", "People with HIV qualify", "Pregnant women are in."),
    *("Eligible if over 18", "Asthma is an inclusion criterion", "Smoking does not matter"),
    *("HIV is no exclusion", "Inhaled steroids are OK", "We also include people with HIV"),
)
KEPT_IN = (
    *("Patients who are not suitable", "A condition that qualifies for surgery", "Is in pain"),
    *("Illness that needs to be treated", "No consent given", "Fine tremor"),
)


@pytest.mark.parametrize("line", KEPT_OUT)
def test_a_line_that_keeps_people_out_in_plain_words_makes_a_tick_sure_of_nothing(
    line: str,
) -> None:
    groups = criteria(f"Inclusion criteria:\n\n* Adult\n* {line}\n* Consent{EXCLUSION}")
    # a heading in the line may end the group
    (holding,) = (group for group in groups if "Consent" in group.html)
    assert holding.told in ("inclusion_mixed", "other")


@pytest.mark.parametrize("line", [*LET_IN, *KEPT_IN])
def test_a_line_that_lets_people_in_among_exclusions_makes_a_tick_sure_of_nothing(
    line: str,
) -> None:
    expected = "exclusion_mixed" if line in LET_IN else "exclusion"
    assert ticks(f"* {line}\n* Cancer", "Exclusion")[0] == expected


@pytest.mark.parametrize("line", FAIR)
def test_a_line_that_demands_something_with_not_is_a_fair_criterion(line: str) -> None:
    assert ticks(f"* {line}\n* Consent") == ("inclusion", "inclusion")


@pytest.mark.parametrize(
    "line",
    [
        "Les femmes enceintes ne sont pas admises",
        "Les femmes enceintes seront refusées",
        "Embarazadas quedan fuera",
        "Le donne in gravidanza non sono ammesse",
        "Gravida får inte delta",
        "妊婦は参加できません",
        "孕妇不允许入组",
        "Prior stroke voids eligibility",
        "Pregnancy -> out",
        "Pregnancy - sorry",
        "Previous chemotherapy will bar you",
        "BMI over 40 is a no",
        "Heart failure patients should look elsewhere",
        "Anyone pregnant will have to wait for another study",
        "If pregnant, this study is not yours",
        "No: prior stroke",
        "Smokers aren’t wanted",
    ],
)
def test_a_line_that_refuses_in_plain_speech_or_abroad_takes_our_sentence(line: str) -> None:
    for text in (f"* Adult\n* {line}", f"Adult\n\n{line}"):
        (group,) = criteria(f"Inclusion criteria:\n\n{text}")
        assert group.told in ("inclusion_mixed", "other")


@pytest.mark.parametrize(
    "line",
    [
        "Sin embarazo",
        "Keine Schwangerschaft",
        "Worn out joints",
        "No loss of hearing",
        "Instead of surgery, a cast",
        "Treated in another study before",
    ],
)
def test_a_line_that_only_denies_or_sounds_so_leaves_it(line: str) -> None:
    assert criteria(f"Inclusion criteria:\n\n* Adult\n* {line}")[0].told == "inclusion"
