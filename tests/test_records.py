"""The record: content files and the registry's JSON, there and back again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import trial_text

from trialpages.records.model import PartialDate, Trial, to_trial
from trialpages.records.places import yaml_problems
from trialpages.records.registry_shape import NotATrial, from_registry, to_registry
from trialpages.records.trial_file import read_trial, write_trial
from trialpages.text.front_matter import YamlError, read_yaml
from trialpages.text.written_yaml import write_yaml

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NASTY = st.sampled_from(
    [
        "NO",
        "yes",
        "~",
        "null",
        "012",
        "12:30",
        "1_000",
        "2024-07-03",
        "2024",
        ".5",
        "- a",
        "a: b",
        "a #b",
        "# a",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        ">",
        "\\>",
        "---",
        "...",
        "'",
        '"',
        "=",
        "<<",
        "? a",
        ": a",
        "[a",
        "{a",
        "a,b",
        " a",
        "a ",
        "\ta",
        "\u2028",
        "\ufeff",
        "\x85",
        "é",
        "≥ 18",
        "1.",
        "😀",
    ]
)
SCALAR = TEXT | NASTY
TREE = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SCALAR, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(SCALAR, TREE, max_size=4))
def test_every_tree_of_texts_is_written_and_read_back(tree: dict[str, Any]) -> None:
    assert read_yaml(write_yaml(tree))[0] == tree


@pytest.mark.parametrize("value", ["a text", {"b": "c"}, ["d", {"e": "f"}], "two\nlines"])
def test_a_key_of_any_length_is_written(value: Any) -> None:
    tree = {"before": "1", "k" * 1_100: value, "after": [{'"' * 1_100: value}]}
    assert read_yaml(write_yaml(tree))[0] == tree


@pytest.mark.parametrize(
    "text",
    ["NO", "on", "012", "12:30:45", "2024-07-03", "~", "1_000", "0x1f", ".inf", "yes", "null"],
)
def test_a_scalar_is_the_text_it_is(text: str) -> None:
    assert read_yaml(f"value: {text}\n")[0] == {"value": text}


def test_each_text_that_a_remark_would_take_away_is_named_with_what_fits_it() -> None:
    text = "title: Trial #1\ncount: 120 # planned\nsex: ALL  # so be it\nname: Rest # 2\n"
    with pytest.raises(YamlError) as caught:
        read_yaml(text)
    found = (caught.value, *caught.value.others)
    assert [one.mark.line for one in found] == [0, 1, 3]
    assert ["quotes" in one.hint for one in yaml_problems(caught.value, text, "a", 1)] == [
        True,
        False,
        True,
    ]
    with pytest.raises(YamlError) as caught:
        read_yaml(f"{text}name: again\n")
    assert [one.code for one in caught.value.others][-1] == "duplicate-key"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x b\n", "anchor"),
        ("a: *x\n", "alias"),
        ("a: !!python/object:os.system b\n", "tag"),
        ("<<: {a: b}\n", "merge-key"),
        ("a: b\na: c\n", "duplicate-key"),
        ("a:\n  b: c\n  b: d\n", "duplicate-key"),
        ("a: " + "[" * 100_000, "too-deep"),
        ("a:\n\tb: c\n", "tab"),
        ("a: b: c\n", "unquoted-colon"),
        ("a: @b\n", "unquoted-sign"),
        ("- a\n", "not-a-mapping"),
        ("a: b\n---\nc: d\n", "two-documents"),
        ("a\n", "not-a-mapping"),
        ("a: 'b\n", "unclosed"),
    ],
)
def test_what_is_no_plain_yaml_is_refused(text: str, code: str) -> None:
    with pytest.raises(YamlError) as caught:
        read_yaml(text)
    assert caught.value.code == code


PROSE = st.lists(
    st.sampled_from(
        [
            "Inclusion Criteria:",
            "Exclusion Criteria:",
            "INCLUSION CRITERIA",
            "Inclusion criteria",
            "### Inclusion criteria",
            "### Exclusion Criteria:",
            "\\### Inclusion criteria",
            "## Brief summary",
            "\\## Brief summary",
            "# one",
            "---",
            "* a \\> b",
            "  1. c",
            "",
            "",
            "    code",
            "\u2028x",
            "| a | b |",
        ]
    )
    | TEXT,
    min_size=1,
    max_size=8,
).map("\n".join)
MARKUP = PROSE.filter(bool)


@st.composite
def trials(draw: st.DrawFn) -> Trial:
    texts = st.none() | MARKUP
    tree: dict[str, Any] = {
        "nct_id": "NCT00000001",
        "brief_title": draw(SCALAR),
        "overall_status": "UNKNOWN",
        "study_type": "OBSERVATIONAL",
        "brief_summary": draw(texts),
        "detailed_description": draw(texts),
        "eligibility_criteria": draw(texts),
        "conditions": draw(st.lists(SCALAR, max_size=3)),
        "start_date": draw(
            st.none() | st.sampled_from([{"date": "2024-07"}, {"date": "2024", "type": "ACTUAL"}])
        ),
        "arm_groups": draw(
            st.lists(st.fixed_dictionaries({"label": SCALAR, "description": MARKUP}), max_size=2)
        ),
        "locations": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "city": SCALAR,
                        "contacts": st.lists(st.fixed_dictionaries({"email": SCALAR}), max_size=1),
                    }
                ),
                max_size=2,
            )
        ),
    }
    return to_trial({key: value for key, value in tree.items() if value is not None})


@given(trials())
def test_a_trial_is_written_and_read_back(trial: Trial) -> None:
    text = write_trial(trial)
    read = read_trial(text.encode(), "x.md")
    assert read.trial == trial, read.problems
    assert write_trial(trial) == text


@given(trials())
def test_a_trial_goes_to_the_registry_and_back(trial: Trial) -> None:
    record = to_registry(trial)
    assert to_registry(from_registry(record)) == record


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=6,
)
KNOWN_KEYS = st.sampled_from(
    [
        "protocolSection",
        "statusModule",
        "designModule",
        "phases",
        "conditions",
        "conditionsModule",
        "keywords",
        "a/b",
        "a~b",
        "startDateStruct",
        "date",
        "armGroups",
        "contactsLocationsModule",
        "locations",
        "hasResults",
        "derivedSection",
    ]
)


@given(
    st.dictionaries(KNOWN_KEYS, st.dictionaries(KNOWN_KEYS, JSON, max_size=3) | JSON, max_size=4)
)
def test_whatever_the_registry_sends_goes_out_again(odd: dict[str, Any]) -> None:
    """Unknown fields, wrong types, empty lists and nulls are kept and restored."""
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000001", "briefTitle": "A"},
            "statusModule": {
                "overallStatus": "COMPLETED",
                "startDateStruct": {"date": "2024-07", "type": "X"},
            },
            "designModule": {
                "studyType": "INTERVENTIONAL",
                "phases": [],
                "enrollmentInfo": {"count": True},
            },
            "conditionsModule": {"conditions": ["a", 7], "odd": odd},
            "oversightModule": {},
        },
        **{key: value for key, value in odd.items() if key != "protocolSection"},
    }
    trial = from_registry(record)
    assert to_registry(trial) == record
    assert read_trial(write_trial(trial).encode(), "x.md").trial == trial


def test_a_record_without_what_no_trial_can_lack_is_refused() -> None:
    with pytest.raises(NotATrial) as caught:
        from_registry({"protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}})
    assert {fault.code for fault in caught.value.faults} == {"missing-field"}


@pytest.mark.parametrize("text", ["2024", "2024-07", "2024-07-03", "2024-02-29"])
def test_partial_dates_stay_partial(text: str) -> None:
    assert PartialDate(text) == text


@pytest.mark.parametrize("text", ["2024-13", "2023-02-29", "24", "2024-7-3", "2024/07", "", "٢٠٢٤"])
def test_dates_that_can_not_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="date"):
        PartialDate(text)


def test_the_file_reads_as_an_editor_would_write_it() -> None:
    trial = to_trial(
        {
            "nct_id": "NCT00000001",
            "brief_title": "Rest: a trial",
            "overall_status": "RECRUITING",
            "study_type": "INTERVENTIONAL",
            "start_date": {"date": "2024-07-03"},
            "lead_sponsor": {"name": "NO"},
            "eligibility_criteria": CRITERIA,
            "plain_language_summary": {"text": "We test rest.", "author": "A. Nurse"},
        }
    )
    assert write_trial(trial) == GOLDEN


CRITERIA = "Inclusion Criteria:\n\n9. A \\> 3\n\nExclusion Criteria:\n\n* B"
GOLDEN = """\
---
nct_id: NCT00000001
brief_title: "Rest: a trial"
overall_status: RECRUITING
start_date: 2024-07-03
lead_sponsor: "NO"
study_type: INTERVENTIONAL
plain_language_summary:
  author: A. Nurse
---

## Plain-language summary

We test rest.

## Eligibility criteria

### Inclusion criteria

9. A \\> 3

### Exclusion criteria

* B
"""


def test_headings_written_by_hand_need_no_empty_lines() -> None:
    text = re.sub(r"\n\n(9\.|\* B)", r"\n\1", GOLDEN)
    read = read_trial(text.encode(), "x.md").trial
    assert read is not None
    assert read.eligibility_criteria == CRITERIA


@pytest.mark.parametrize("front", ["", "plain_language_summary:\n  text: FIRST\n"])
def test_a_second_summary_is_refused_and_not_dropped(front: str) -> None:
    sections = "## Plain-language summary\n\n" * (2 - bool(front))
    text = trial_text().replace("---\n\n##", f"{front}---\n\n##") + "\n" + sections + "SECOND\n"
    text = text.replace("summary\n\n## Plain", "summary\n\nFIRST\n\n## Plain")
    read = read_trial(text.encode(), "trials/NCT00000001.md")
    assert read.trial is None
    assert [one.code for one in read.problems] == ["duplicate-section"]
