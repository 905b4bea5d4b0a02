"""A list or a text longer than a page can hold is one clear problem, at import and at build."""

from __future__ import annotations

from typing import Any

import pytest

from trialpages.content.accepting import look_at_results, look_at_trial, refuse_too_long
from trialpages.problems import ContentFailure, Problem, errors_in
from trialpages.prose.excess import LONGEST, MOST_ENTRIES
from trialpages.records.model import Trial, to_trial
from trialpages.records.results import Results
from trialpages.records.trial_file import write_trial

PATH = "content/trials/NCT00000001.md"
MOST = MOST_ENTRIES[Trial]
_CITY = {"city": "Leeds"}
LISTS: dict[str, Any] = {
    "conditions": "A",
    "keywords": "A",
    "interventions": {"name": "A"},
    "arm_groups": {"label": "A"},
    "locations": _CITY,
    "primary_outcomes": {"measure": "A"},
    "central_contacts": {"name": "A", "phone": "0000"},
    "references": {"citation": "A"},
    "collaborators": {"name": "A"},
}


def trial(**fields: Any) -> Trial:
    needed = {"nct_id": "NCT00000001", "brief_title": "A", "overall_status": "COMPLETED"}
    return to_trial({**needed, "study_type": "INTERVENTIONAL", **fields})


def errors(made: Trial) -> tuple[Problem, ...]:
    return errors_in(look_at_trial(write_trial(made).encode(), PATH)[1])


@pytest.mark.parametrize("name", LISTS)
def test_import_and_build_take_lists_of_the_same_length(name: str) -> None:
    most, more = (trial(**{name: [LISTS[name]] * number}) for number in (MOST, MOST + 1))
    assert errors(most) == ()
    refuse_too_long(most, "here")
    (problem,) = errors(more)
    assert problem.message == f"`{name}`: 5,001 entries; 5,000 is the most"
    assert problem.where is not None
    assert problem.where.source == f"{name}:"
    with pytest.raises(ContentFailure, match="5,001 entries"):
        refuse_too_long(more, "here")


def test_a_list_within_an_entry_and_what_extra_keeps_count_too() -> None:
    names = ["A"] * (MOST + 1)
    (inner,) = errors(trial(interventions=[{"name": "A", "other_names": names}]))
    assert inner.message.startswith("`interventions[1].other_names`: 5,001 entries")
    (kept,) = errors(trial(extra={f"/a/{n}": "1" for n in range(MOST + 1)}))
    assert kept.message.startswith("`extra`: 5,001 entries")


@pytest.mark.parametrize("field", ["brief_summary", "brief_title", "detailed_description"])
@pytest.mark.parametrize("line", ["word ", "word\n\nword ", "* word\n"])
def test_a_text_too_long_is_refused_whether_it_has_marks_or_not(field: str, line: str) -> None:
    if field == "brief_title":
        line = "word "
    text = (line * LONGEST)[: LONGEST + 1].strip() + "word"
    assert any("characters" in one.message for one in errors(trial(**{field: text})))


def test_results_have_a_bound_of_their_own() -> None:
    most = MOST_ENTRIES[Results]
    events = ",".join(['{"term":"A"}'] * (most + 1))
    content = f'{{"adverseEventsModule":{{"seriousEvents":[{events}]}}}}'.encode()
    (problem,) = errors_in(look_at_results(content, "NCT00000001.results.json"))
    assert "20,001 entries" in problem.message
