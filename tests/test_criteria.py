"""Eligibility criteria in groups: a heading is one wherever it stands, and nothing is lost."""

from __future__ import annotations

import re

import pytest

from trialpages.prose.criteria import criteria
from trialpages.prose.criteria_headings import FORMS
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
    "a heading with a full stop": (
        "Inclusion criteria.\n\n* Adults\n\nExclusion criteria.\n\n* Pregnancy",
        [("inclusion", "inc-1"), ("exclusion", "exc-1")],
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
