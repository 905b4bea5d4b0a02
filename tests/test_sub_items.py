"""Sub-items that stand in one paragraph: on lines of their own, where the form is certain."""

from __future__ import annotations

import pytest

from trialpages.prose.criteria import criteria
from trialpages.prose.markup import criterion_links, without_tags
from trialpages.prose.sub_items import on_lines

LISTS = (
    "a. Previous treatment. | b. Any chemotherapy, within 21 days. | c. brain metastases.",
    "Any of these: | (a) cetuximab, | (b) any part of it and, | (c) irinotecan",
    "1) Over 18 years old | 2) ECOG status of 2 | 3) Consent",
    "i. Women of 65 or older | ii. Women after the menopause",
    "Bone marrow: | (i) neutrophils &gt;1; | (ii) platelets &lt;3",
    "A. Adults; or | B. Children",
    "16.1 Steroids within 4 weeks | 16.2 Modifiers within 4 weeks | 16.3 Others",
    "2. Bleeding: | 2.1. Of the gut. | 2.2. Of the skin.",
)
TEXTS = (
    "a. Has had hepatitis b. Has had a stroke.",  # and no more: the name of a virus
    "1. No toxicity of grade 2. No other cancer of stage 3. Consent.",
    "Either (a) or (b) of the above, and (a) for children",
    "a) relapse of AML; b) relapse of ALL; e) refractory ALL",  # c and d are missing
    "starting (Group 1) or on (Group 2) treatment",
    "1.1 Creatinine below 1.2 times the limit",
    "who have had either 1) a stroke, or 2) a bleed",
    "Exceptions: 2) skin cancer; 3) cervical cancer",
    "a. <em>S. aureus</em>; b. other",
    "Vitamin a. and b. and c.",
    "One sentence: and nothing else.",
)


@pytest.mark.parametrize("said", LISTS)
def test_sub_items_of_a_certain_form_stand_on_lines(said: str) -> None:
    text = said.replace(" | ", " ")
    assert on_lines(text) == said.replace(" | ", "<br />\n")
    assert without_tags(on_lines(text)).split() == without_tags(text).split()


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_not_certain_stays_as_it_stands(text: str) -> None:
    assert on_lines(text) == text


def test_a_page_breaks_the_lines_of_criteria_and_their_values_stay() -> None:
    (group,) = criteria("Inclusion criteria:\n\n* Any of:\n\n  a. Headache; b. Nausea.\n* Adults")
    assert "a. Headache;<br />\nb. Nausea." in criterion_links(group.blocks, "Link to")
    assert "<br" not in group.html


def test_a_long_paragraph_of_marks_takes_no_time() -> None:
    on_lines("a) x b) " * 20_000)
