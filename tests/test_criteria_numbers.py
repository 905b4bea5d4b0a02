"""Criteria that a source numbers within one paragraph: each an item, where the form is certain."""

from __future__ import annotations

import re

import pytest

from trialpages.prose.criteria import criteria
from trialpages.prose.markup import without_tags

SPLIT = {
    "1. Prior fusion 2. Requires two levels 3. Acute trauma 4. BMI of 40 5. Infection 6. Pain": [
        *("1 exc-1", "2 exc-2", "3 exc-3", "4 exc-4", "5 exc-5", "6 exc-6"),
    ],
    "* 1\\. Allergy; 2. Portal thrombosis; 3. Obstruction": ["1 exc-1", "2 exc-2", "3 exc-3"],
    "* 1\\. Adults. 2. Men\n\n  3\\. Women": ["1 exc-1", "2 exc-2", "3 exc-3"],
    "* 1\\. Any of:\n\n  1. Surgery\n  2. Drugs\n\n  2\\. Toxicity": [
        *("1 exc-1", "1 exc-1-1", "2 exc-1-2", "2 exc-2"),
    ],
    "* Before\n* 1\\. Age. 2. Sex\n* 3\\. Height. 4. Weight": [
        *(" exc-1", "1 exc-1_2", "2 exc-2", "3 exc-3", "4 exc-4"),
    ],
    "* 1\\. Age\n\n  2\\. Any of:\n\n  * Pain\n  * HIV. 3. Flu.\n\n    4\\. Fit.\n\n    5\\. HIV": [
        *("1 exc-1", "2 exc-2", " exc-2-1", " exc-2-2", "3 exc-3", "4 exc-4", "5 exc-5"),
    ],
    "1\\. Adults\n\n2\\. Men": ["1 exc-1", "2 exc-2"],
    "4\\) Age; 5) sex; 6) height": ["4 exc-4", "5 exc-5", "6 exc-6"],
    "* 1\\) women 2) with a cancer 3) T1 tumours 4) no age 5) asthma": [
        *("1 exc-1", "2 exc-2", "3 exc-3", "4 exc-4", "5 exc-5"),
    ],
    "* (1) Women (2) Men over 40 (as in 2) (3) Pain": ["1 exc-1", "2 exc-2", "3 exc-3"],
    "* 1.Age below 8. 2.Diabetes. 3.Anemia": ["1 exc-1", "2 exc-2", "3 exc-3"],
    "* Unable to read; 3. Unable to walk; 4. Unable to see; 5. Deaf": [
        *(" exc-1", "3 exc-3", "4 exc-4", "5 exc-5"),
    ],
    "Patients with any of these are excluded: 1.Asthma; 2.Stroke; 3.Drugs": [
        *("1 exc-1", "2 exc-2", "3 exc-3"),
    ],
    "1. Adults\n2. Men. 3. Tall men\n4. Old men": ["1 exc-1", "2 exc-2", "3 exc-3", "4 exc-4"],
}
LEFT = (
    "No toxicity of grade 2. No cancer of stage 3. Consent",
    "1. No toxicity of grade 2. No cancer of stage 3. Consent",
    "1. Hepatitis 2. 3. or 5. of any kind",
    "2. Surgery 3. Drugs",
    "1\\. Adults",
    "1. Adults\n2. Infection with type 3. Drugs\n3. Men",
    "1. Age of 2. sex of 3. height",
    "* Disease of stage 2. Pain at level 3. Fever of degree 4. Cough",
    "* Kidneys that work: 1) creatinine below 2 2) protein below 3 3) no stones",
    "* (1) women who meet (2) men who meet (3) children",
    "1\\. *Adults who are 2. Men* 3. Women",
)


def html_of(text: str) -> str:
    (group,) = criteria(f"Exclusion Criteria:\n\n{text}")
    return str(group.html)


@pytest.mark.parametrize(("text", "items"), SPLIT.items())
def test_each_has_its_number_and_its_place(text: str, items: list[str]) -> None:
    found = re.findall(r'<li(?: value="(\d+)")? id="([\w-]+)">', html_of(text))
    assert [f"{number} {name}" for number, name in found] == items


@pytest.mark.parametrize("text", LEFT)
def test_what_is_not_certain_stays_as_it_stands(text: str) -> None:
    marks = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
    assert re.findall(r'<li value="(\d+)"', html_of(text)) == marks


@pytest.mark.parametrize("text", [*SPLIT, *LEFT])
def test_no_word_and_no_number_is_lost(text: str) -> None:
    html = re.sub(r'<li value="(\d+)"[^>]*>', r" \1. ", html_of(text))
    shown = re.findall(r"\w+", without_tags(re.sub(r"<", " <", html)))
    assert shown == re.findall(r"\w+", text)
