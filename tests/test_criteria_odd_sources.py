"""Criteria as hostile or careless sources write them: where no sentence of ours may stand."""

from __future__ import annotations

import pytest

from trialpages.prose.criteria import criteria


def _told(text: str) -> list[str]:
    return [one.told for one in criteria(text)]


IN, OUT = "Inclusion Criteria:\n\n", "\n\nExclusion Criteria:\n\n"


@pytest.mark.parametrize("former", ["Previous inclusion criteria:", "Former inclusion criteria"])
def test_criteria_of_today_keep_their_sentence_above_those_of_another_time(former: str) -> None:
    text = (
        f"{IN}1. Adult\n\n{former}\n\n1. Child{OUT}1. HIV\n\nPrevious exclusion criteria:\n\n1. Flu"
    )
    assert _told(text) == ["inclusion", "other", "exclusion", "other"]


@pytest.mark.parametrize("former", ["Previous criteria:", "Previous inclusion criteria:"])
def test_behind_criteria_of_another_time_those_said_already_are_of_it(former: str) -> None:
    text = f"{IN}* Adult{OUT}* HIV\n\n{former}\n\nInclusion criteria:\n\n* Child{OUT}* Flu"
    told = _told(text)
    assert told[:2] == ["inclusion", "exclusion"]
    assert {*told[2:]} <= {"other", "nothing"}


@pytest.mark.parametrize("item", ["Previous inclusion in the study", "Old criteria met"])
def test_a_criterion_about_earlier_inclusion_is_no_heading(item: str) -> None:
    assert _told(f"{IN}* Adult\n* {item}{OUT}* HIV") == ["inclusion", "exclusion"]


@pytest.mark.parametrize(
    "line",
    [
        "Pregnancy is contraindicated",
        "Dialysis: no",
        "Dialysis - No.",
        "Smokers are not considered",
        "Smokers are kept out",
        "Smokers excluded",
        "Patients on dialysis are turned down",
        "Dialysis represents an exclusion criterion",
        "Dialysis patients are not to take part",
        "Pregnancy is a bar to participation",
        "Schwangere dürfen nicht teilnehmen",
        "Schwangere sind ausgeschlossen",
        "Les femmes enceintes ne peuvent pas participer",
        "Las mujeres embarazadas quedan excluidas",
        "As grávidas não podem participar",
        "Zwangere vrouwen mogen niet deelnemen",
        "孕妇除外",
        "孕妇不得参加",
        "Беременные исключаются",
    ],
)
def test_a_line_that_keeps_people_out_takes_the_sentence_of_inclusions(line: str) -> None:
    assert _told(f"{IN}* Adult\n* {line}\n* Consent") == ["inclusion_mixed"]


@pytest.mark.parametrize(
    "line",
    [
        "Diagnosis of asthma after exclusion of other causes",
        "Other causes of anemia must be excluded",
        "Non small cell lung cancer including adenocarcinoma",
        "Women with no debilitating illness",
        "Pregnancy is ruled out by a test",
        "Cisplatin is contraindicated or not tolerated",
        "Patients in whom NSAIDs are contraindicated",
        "Patients turned down for surgery",
        "Not pregnant",
        "Answers each question: yes or no",
        "Tumor markers are not considered",
    ],
)
def test_a_criterion_that_only_sounds_so_keeps_it(line: str) -> None:
    assert _told(f"{IN}* Adult\n* {line}\n* Consent") == ["inclusion"]


@pytest.mark.parametrize(
    "line",
    [
        "Smokers are welcome",
        "Smokers qualify",
        "Include smokers",
        "Smoking is no problem",
        "Participation of smokers is possible",
        "Raucher dürfen teilnehmen",
        "Raucher sind nicht ausgeschlossen",
        "Les fumeurs peuvent participer",
        "Los fumadores pueden participar",
        "吸烟者可参加",
    ],
)
def test_a_line_that_lets_people_in_takes_the_sentence_of_exclusions(line: str) -> None:
    assert _told(f"Exclusion criteria:\n\n* HIV\n* {line}\n* Flu") == ["exclusion_mixed"]


@pytest.mark.parametrize("form", ["* Adult\n* {}\n* HIV", "Adult\n\n{}\n\nHIV", "Adult\n{}\nHIV"])
@pytest.mark.parametrize(
    "line",
    [
        *("Ineligible", "Rejection", "Negative criteria", "Do not include", "Who we cannot take"),
        *("Not included", "Deferral criteria", "Stop!"),
    ],
)
def test_a_line_that_is_only_a_refusal_takes_the_sentence(line: str, form: str) -> None:
    told = _told(IN + form.format(line))
    assert not {"inclusion", "inclusion_some"}.intersection(told)


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ("Kryteria włączenia", "Kryteria wyłączenia", ["inclusion", "exclusion"]),
        ("入組基準", "不適格基準", ["inclusion", "exclusion"]),
        ("入组标准", "排除标准", ["inclusion", "exclusion"]),
        ("Critères d'inclusion", "Critères de non inclusion", ["inclusion", "exclusion"]),
        ("Exclusion criteria:", "Include:", ["other"]),
        ("Inclusion criteria:", "Criteria 2", ["other"]),
    ],
)
def test_headings_seen_seldom(first: str, second: str, kinds: list[str]) -> None:
    found = criteria(f"{first}\n\n* One\n* Two\n\n{second}\n\n* Three\n")
    assert [one.kind for one in found] == kinds


@pytest.mark.parametrize(
    "heading",
    [
        *("> Exclusion criteria", "<!-- Exclusion criteria: -->", "~~Exclusion criteria:~~"),
        *("<!--\nExclusion criteria:\n-->", "> Exclusion criteria:"),
    ],
)
def test_a_heading_that_may_be_none_is_of_no_sure_kind(heading: str) -> None:
    found = criteria(f"{IN}* Adult\n\n{heading}\n\n* HIV")
    (behind,) = (one for one in found if "HIV" in one.html)
    assert behind.told == "other"


def test_who_is_not_of_a_kind_is_a_group_of_people() -> None:
    found = criteria(
        "Inclusion criteria (non-diabetics):\n\n* Adult\n\nExclusion criteria:\n\n* HIV"
    )
    assert [one.is_for_some for one in found] == [True, False]


@pytest.mark.parametrize(
    "heading", ["[Exclusion criteria:](https://e.org/a)", "[Exclusion criteria:]"]
)
def test_a_heading_in_a_link_is_whole(heading: str) -> None:
    lets_in, keeps_out = criteria(f"{IN}* Adult\n\n{heading}\n\n* HIV")
    assert (lets_in.kind, keeps_out.kind, keeps_out.heading) == ("inclusion", "exclusion", heading)
    assert "]" not in keeps_out.html


def test_a_link_that_goes_on_with_a_criterion_is_not_cut() -> None:
    link = "[Exclusion criteria: HIV](https://example.org/a)"
    (whole,) = criteria(f"{IN}* Adult\n\n{link}")
    assert (whole.told, link in whole.html) == ("other", True)


@pytest.mark.parametrize(
    ("heading", "first", "second"),
    [
        *((one, "Adult", "HIV") for one in ("Exclusion checklist", "Excluded", "Excl criteria")),
        ("Poissulkukriteerit", "Adult", "HIV"),
        *((one, "HIV", "Adult") for one in ("Included", "Incl criteria", "Who can join")),
    ],
)
def test_a_bullet_that_may_be_a_heading_ends_what_is_sure(
    heading: str, first: str, second: str
) -> None:
    top = "Inclusion" if first == "Adult" else "Exclusion"
    (found,) = criteria(f"* {top} criteria:\n* {first}\n* {heading}\n* {second}")
    assert found.told == "other"


@pytest.mark.parametrize(
    "lead",
    [
        *("Excluded:", "Contra-indications:", "EXCLUSIONS 1.", "Exclusion criteria;"),
        *("Must not:", "Rule outs:", "Prohibited medications:", "Screen failures:"),
        *("Vylučovací kritéria:", "Esclusione:", "Κριτήρια αποκλεισμού:", "बहिष्करण मानदंड:"),
    ],
)
def test_behind_words_that_may_be_a_heading_nothing_is_sure(lead: str) -> None:
    found = criteria(f"Inclusion criteria: adult; consent. {lead} HIV; hepatitis.")
    assert not {"inclusion", "inclusion_some"}.intersection(one.told for one in found)


@pytest.mark.parametrize("lead", ["INCLUSION 1)", "Included:", "Incl.:", "Must have:"])
def test_behind_words_that_may_let_people_in_nothing_is_sure(lead: str) -> None:
    found = criteria(f"Exclusion criteria: HIV; hepatitis. {lead} stable asthma")
    assert "exclusion" not in [one.told for one in found]


@pytest.mark.parametrize(
    "line",
    [
        *("Gout will preclude participation", "Excludes gout.", "No entry with gout"),
        *("Those with gout will not be considered for the study", "Gout => excluded"),
        *("Excluded were patients with gout", "Do not enter patients with gout", "Gout; exclude"),
    ],
)
def test_a_refusal_in_few_words_takes_the_sentence(line: str) -> None:
    assert _told(f"{IN}* Adult\n* {line}\n* Consent") == ["inclusion_mixed"]


@pytest.mark.parametrize(
    "line",
    [
        *("Gout does not preclude participation", "Gout is no contraindication", "Gout is exempt"),
        *("Patients with gout may be considered.", "Stable gout required."),
    ],
)
def test_a_leave_in_few_words_takes_the_sentence(line: str) -> None:
    assert _told(f"Exclusion criteria:\n\n* HIV\n* {line}\n* Flu") == ["exclusion_mixed"]
    assert _told(f"Exclusion criteria: HIV; flu. {line}") == ["exclusion_excepted"]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Contraindication to systemic steroids",
            "Exclusively breastfed",
            "Ineligible for surgery",
        ),
        *("Any toxicity resolved, excluding alopecia", "An MRI to exclude structural lesions"),
    ],
)
def test_an_innocent_word_of_the_stem_leaves_it(line: str) -> None:
    assert _told(f"{IN}* Adult\n* {line}\n* Consent") == ["inclusion"]
