"""Single lines of the other kind than the heading above them: none stands under a plain sentence.

The wordings are those a generator of 650 lines got wrong, one or two of each form.
"""

from __future__ import annotations

import pytest

from trialpages.prose.blocks import texts
from trialpages.prose.criteria import criteria

KEPT_OUT = (
    *("Kidney failure X", "Kidney failure (X)", "❌ Kidney failure", "Kidney failure ✗"),
    *("Kidney failure [x]", "Pregnancy (no)", "Pregnancy NO", "Pregnancy: N", "Pregnancy: never"),
    *("HIV positive - OUT", "HIV (E)", "[E] HIV", "HIV: excl", "HIV, excl."),
    *(
        "Subjects failing: washout",
        "Failing the washout",
        "Patients fail to qualify if on dialysis",
    ),
    *("Pregnancy prohibits participation", "Pregnancy is an obstacle to inclusion"),
    *("Patients are advised not to take part if pregnant", "Enrolment is not possible with HIV"),
    *("Not accepted: pregnant women", "Not included are pregnant women"),
    *("Prohibited medications include warfarin", "Warfarin is banned", "Reject: HIV"),
    *("Contraindicated in pregnancy", "Stop if HIV positive", "Never enrol patients with HIV"),
    *("Apart from patients with HIV", "But not HIV", "Unless HIV positive"),
    *("Nobody on dialysis", "No pregnant women will be recruited", "People with HIV are unfit"),
    *("People on dialysis can't be included", "People on dialysis are passed over"),
    *("People on dialysis will be withdrawn", "Dialysis is a deal-breaker", "Dialysis not OK"),
    *("You won't be able to join if you are on dialysis", "This trial is not for people with HIV"),
    *("We are not recruiting people with HIV", "If pregnant → exclude", "If yes, stop"),
    *("Exclusion of pregnant women", "Pregnancy (exclusionary)", "Patients are excluded with HIV"),
    *("Se excluyen mujeres embarazadas", "No elegibles: pacientes con VIH"),
    *("El embarazo impide participar", "Warfarina no permitida", "El embarazo está contraindicado"),
    *("Femmes enceintes non éligibles", "Warfarine interdite", "Contre-indication : grossesse"),
    *("Exclure les patients VIH", "Schwangerschaft führt zum Ausschluss", "Verboten: Warfarin"),
    *("Schwangerschaft schließt die Teilnahme aus", "Keine Teilnahme bei HIV"),
    *("History of stroke = screen fail", "Stroke: not eligible for this study"),
    *("Patients with stroke do not meet inclusion criteria", "Not open to smokers"),
    *("Patients with stroke are not to be randomized", "Pacientes en diálisis: no participan"),
    *("Dialysis is contraindicated for participation", "Dialyse führt zum Studienausschluss"),
    *("Quedan fuera los pacientes en diálisis", "Ne peuvent participer les patients dialysés"),
    *("Stroke rules a person out", "Stroke would rule the patient out", "Stroke (exc.)"),
    *("Stroke → screen failure", "Stroke leads to removal", "Stroke results in withdrawal"),
    *("Stroke is grounds for non-enrollment", "Stroke is a reason for removal from the study"),
    *("Prior stroke must be ruled out", "Pregnancy has to be excluded", "Stroke ends eligibility"),
    *("Stroke renders a patient unsuitable", "Stroke means removal", "Stroke blocks enrolment"),
    *("E1. Pregnancy", "E1: Pregnancy", "E-1 Pregnancy", "EX-3 Pregnancy", "Ex-3: Pregnancy"),
    *("EXC-01: Pregnancy", "EC 1. Pregnancy", "(E1) Pregnancy", "E.1. Pregnancy"),
)
LET_IN = (
    *("Pregnant women = inclusion", "Pregnant women → include", "HIV INCLUDED", "HIV (incl.)"),
    *("[Inclusion] HIV", "Consent (required)", "Eligible - pregnant women"),
    *("Permitted medication: aspirin", "HIV allowed if controlled", "HIV is not a barrier"),
    *("Aspirin is no reason for exclusion", "HIV does not bar participation"),
    *("Aspirin may be continued", "Consent is mandatory", "Patients have to be over 18"),
    *("Willing to give consent", "Able to consent", "Agrees to take part"),
    *("Open to people with HIV", "The study includes people with HIV", "If yes, include"),
    *("People with HIV can apply", "You qualify if you have HIV", "People with HIV may enroll"),
    *("Se incluyen mujeres embarazadas", "Se permite aspirina", "Debe tener más de 18 años"),
    *("Les femmes enceintes sont éligibles", "Aspirine autorisée", "Doit avoir plus de 18 ans"),
    *("Aspirin ist erlaubt", "Muss über 18 Jahre alt sein", "HIV ist kein Ausschlussgrund"),
    *("Smoking is not an issue", "Smoking does not lead to exclusion", "Se aceptan fumadores"),
    *("Se requiere consentimiento", "Les fumeurs sont acceptés", "Raucher sind zugelassen"),
    *("Le consentement est requis", "Eine Einwilligung ist erforderlich"),
    *("A scan is a prerequisite", "A scan is obligatory", "Scan obligatory", "Needed: a scan"),
    *("At least one of the following is required: scan", "What is needed: a scan"),
    *("Shall be over 18", "Has to walk", "Participants have to walk", "Should be over 18"),
    *("A precondition for entry is a scan", "The study requires a scan", "A scan is a must"),
    *("Need to be able to walk", "Ought to walk", "Is to be over 18", "A scan is needed"),
    *("I1. Adults", "IN-03: Adults", "Inc1: Adults", "Inclusion #1: Adults", "IC-1 Adults"),
)
FAIR = {
    "inclusion": (
        *("Deficiency of factor X", "Fragile X", "E coli in the urine", "In 12 weeks, a scan"),
        *("Does not meet exclusion criteria", "Patients who don't meet the criteria"),
        *("Failed two earlier treatments", "Exclusion of other causes", "FeNO above 25 ppb"),
        *(
            "Pregnancy ruled out by a test",
            "Other causes must be ruled out",
            "Treatment led to withdrawal of the drug",
        ),
        "Except for hair loss, all side effects are over",
        "Contraception to prevent pregnancy while a participant in the study",
        "No disability that would prevent participation in the exercises",
    ),
    "exclusion": (
        *("I-131 therapy", "In 12 weeks before", "Willing to become pregnant", "Needs dialysis"),
        *("A drug that may be continued", "Other criteria may apply.", "Requires dialysis"),
        *("Required anticoagulation", "Subjects who need to use steroids", "Dialysis is needed"),
        *("Need to begin dialysis", "Patients that have to take steroids"),
    ),
}
PLACES = {
    "item": "{kind} criteria:\n\n* Adult\n* {line}\n* Cancer\n\n{other} criteria:\n\n* Last",
    "alone": "{kind} criteria:\n\n{line}\n\n{other} criteria:\n\nLast",
    "a line among others": "{kind} criteria:\nAdult\n{line}\nCancer\n\n{other} criteria:\nLast",
}
UNSURE = {"inclusion_mixed", "exclusion_mixed", "exclusion_excepted", "other", "goes_on", "nothing"}


def _told_over(line: str, kind: str, place: str) -> set[str]:
    """What is told of the groups of that kind which hold the line."""
    other = "Exclusion" if kind == "inclusion" else "Inclusion"
    text = PLACES[place].format(kind=kind.capitalize(), other=other, line=line)
    groups = [one for one in criteria(text) if one.kind == kind]
    return {one.told for one in groups if any(line in said for said in texts(one.blocks))}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("line", KEPT_OUT)
def test_no_line_that_keeps_people_out_stands_under_what_lets_them_in(
    line: str, place: str
) -> None:
    assert _told_over(line, "inclusion", place) <= UNSURE


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("line", LET_IN)
def test_no_line_that_lets_people_in_stands_under_what_keeps_them_out(
    line: str, place: str
) -> None:
    assert _told_over(line, "exclusion", place) <= UNSURE


@pytest.mark.parametrize(("kind", "line"), [(kind, one) for kind in FAIR for one in FAIR[kind]])
def test_a_fair_criterion_leaves_its_group_as_it_is(kind: str, line: str) -> None:
    assert _told_over(line, kind, "item") == {kind}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Previous criteria:", "other"),
        ("Previous inclusion in the study", "inclusion"),
        ("Original inclusion criteria for the first study:", "inclusion"),
    ],
)
def test_an_item_that_heads_criteria_of_another_time_leaves_nothing_sure(
    line: str, told: str
) -> None:
    text = f"Inclusion criteria:\n\n* Adult\n* {line}\n* Child"
    assert criteria(text)[0].kind == told


def test_what_stands_above_another_version_stays_as_it_is() -> None:
    text = "Inclusion criteria:\n\n1. Adult\n\nPrevious version:\n\n1. Child"
    assert [one.told for one in criteria(text)] == ["inclusion", "other"]
