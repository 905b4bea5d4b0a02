"""Posted results: read whatever the file holds, shown with every number in its place."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from faults.counts import FULL
from fidelity import leaves, missing, tables, visible_text
from sites import AS_OF, SAMPLE, folders, trial_text

from trialpages.addresses import results_path
from trialpages.content.reading import read_sources
from trialpages.language.site_language import read_language
from trialpages.problems import Problem
from trialpages.records.model import Trial
from trialpages.records.registry_shape import from_registry
from trialpages.records.results import Results
from trialpages.records.results_file import read_results
from trialpages.records.trial_file import read_trial
from trialpages.results.page import results_page
from trialpages.settings.site_file import Site
from trialpages.templating.look import Look
from trialpages.templating.templates import Templates
from trialpages.templating.theme import fingerprinted
from trialpages.trial.sentences.spoken import Sentences

CORPUS = Path(__file__).parents[2] / "shared/corpus/ctgov-v2.ndjson.gz"
ID = "NCT00000001"
Json = Any


@cache
def renderer() -> Templates:
    sources = read_sources(folders(SAMPLE))
    language = read_language("en", sources.templates)
    theme = fingerprinted(sources.theme)
    return Templates(Look(sources.templates, Site(), AS_OF, language, theme))


def rendered(results: Results, trial: Trial | None = None) -> str:
    trial = trial or read_trial(trial_text(ID).encode(), "x.md").trial
    assert trial is not None
    language = renderer().look.language
    view = results_page(trial, results, Sentences(trial, AS_OF, language), language)
    return renderer().fill("results.html", results_path(trial.nct_id), view, trial=trial)


def read(section: Json) -> tuple[Results | None, tuple[Problem, ...]]:
    return read_results(json.dumps(section).encode(), "x.results.json")


def page(section: Json) -> str:
    """The page of a section that is read without a word; every leaf of it is checked."""
    results, problems = read(section)
    assert results is not None
    assert problems == ()
    html = rendered(results)
    assert missing(html, leaves(results)) == []
    return html


# --- small odd results --------------------------------------------------------------------------

GROUPS = [
    {"id": "OG000", "title": "Drug <A>", "description": "10 mg, if ANC \\> 1.5\n\n* one\n* two"},
    {"id": "OG001", "title": "Placebo & rest"},
]


def counts(*values: str | None) -> list[Json]:
    found = zip(GROUPS, values, strict=True)
    return [{"groupId": group["id"], "value": value} for group, value in found if value]


def outcome(**fields: Json) -> Json:
    measure = {"type": "PRIMARY", "title": "Pain", "timeFrame": "12 weeks", "groups": GROUPS}
    return {"outcomeMeasuresModule": {"outcomeMeasures": [measure | fields]}}


def measurement(group: int, value: str, **more: str) -> Json:
    return {"groupId": f"OG00{group}", "value": value} | more


def test_a_missing_cell_is_an_explicit_empty_cell() -> None:
    values = [{"title": "Week 4", "categories": [{"measurements": [measurement(1, "7")]}]}]
    (table,) = tables(page(outcome(classes=values, denoms=[])))
    assert table.columns == ("Drug <A>", "Placebo & rest")
    assert table.row("Week 4") == ("no number given—", "7")


def test_a_number_keeps_its_text_its_spread_and_its_limits() -> None:
    shown = [
        measurement(0, "012.30", spread="0.50"),
        measurement(1, "<0.1", lowerLimit="NA", upperLimit="4", comment="Not \\>50 % had one"),
    ]
    html = page(
        outcome(
            paramType="MEDIAN",
            dispersionType="95% Confidence Interval",
            unitOfMeasure="mg/m^2 * day",
            denoms=[{"units": "Eyes", "counts": counts("60", "0")}],
            classes=[{"categories": [{"measurements": shown}]}],
        )
    )
    (table,) = tables(html)
    assert table.caption == "Median (95% Confidence Interval) · mg/m^2 * day"
    assert table.row("Number analyzed (Eyes)") == ("60", "0")
    assert table.rows[-1] == (
        "Median (95% Confidence Interval)",
        "012.30 (0.50)",
        "<0.1 (NA to 4) [a]",
    )
    assert "[a] Not >50 % had one" in visible_text(html)


def test_rows_of_classes_and_categories_stand_under_their_titles() -> None:
    classes = [
        {
            "title": "Week 1",
            "denoms": [{"units": "Participants", "counts": counts("9", None)}],
            "categories": [
                {"title": "Better", "measurements": [measurement(0, "4")]},
                {"title": "Worse", "measurements": [measurement(1, "5", comment="same")]},
            ],
        },
        {
            "title": "Week 2",
            "categories": [{"measurements": [measurement(0, "6", comment="same")]}],
        },
        {"title": "Week 3"},
    ]
    (table,) = tables(page(outcome(classes=classes)))
    nothing = "no number given—"
    assert table.rows == (
        ("Week 1",),
        ("Number analyzed (Participants)", "9", nothing),
        ("Better", "4", nothing),
        ("Worse", nothing, "5 [a]"),
        ("Week 2", "6 [a]", nothing),
        ("Week 3",),
    )


def test_a_group_that_nobody_describes_has_a_column() -> None:
    twice = [measurement(0, "1"), measurement(0, "2"), measurement(7, "3"), {"value": "4"}]
    (table,) = tables(page(outcome(classes=[{"categories": [{"measurements": twice}]}])))
    assert table.columns == ("Drug <A>", "Placebo & rest", "OG007", "Group not named")
    assert table.rows == (("Value", "1; 2", "no number given—", "3", "4"),)


def test_groups_that_share_an_id_share_a_column_with_both_names_and_are_warned_of() -> None:
    groups = [{"id": "OG000", "title": "Drug"}, {"id": "OG000", "title": "Placebo"}]
    section = outcome(
        groups=groups,
        classes=[{"categories": [{"measurements": [measurement(0, "1"), measurement(0, "9")]}]}],
    )
    results, problems = read(section)
    assert [problem.code for problem in problems] == ["repeated-group"]
    assert results is not None
    (table,) = tables(rendered(results))
    assert table.columns == ("Drug; Placebo",)
    assert table.rows == (("Value", "1; 9"),)


def test_an_analysis_shows_every_field_and_a_one_sided_interval() -> None:
    analysis = {
        "groupIds": ["OG001", "OG009"],
        "groupDescription": "as *planned*",
        "paramType": "Hazard Ratio (HR)",
        "paramValue": "0.80",
        "dispersionType": "STANDARD_ERROR_OF_MEAN",
        "dispersionValue": "0.07",
        "statisticalMethod": "Cochran-Mantel-Haenszel",
        "statisticalComment": "2\\*2",
        "pValue": "<0.05",
        "pValueComment": "one-sided",
        "ciNumSides": "ONE_SIDED",
        "ciPctValue": "97.5",
        "ciUpperLimit": "1.10",
        "ciLowerLimitComment": "not reached",
        "ciUpperLimitComment": "exact",
        "estimateComment": "unadjusted",
        "testedNonInferiority": False,
        "nonInferiorityType": "NON_INFERIORITY",
        "nonInferiorityComment": "margin 1.2",
        "otherAnalysisDescription": "none",
    }
    text = visible_text(page(outcome(analyses=[analysis, {"paramType": "Slope"}])))
    assert "Groups compared Placebo & rest OG009" in text
    assert "Hazard Ratio (HR) 0.80 Confidence interval up to 1.10 (97.5%, 1-Sided)" in text
    assert "P value <0.05" in text
    assert "Tested for non-inferiority No" in text
    assert "Slope —" in text


def test_an_outcome_not_posted_says_so() -> None:
    fields = {
        "reportingStatus": "NOT_POSTED",
        "anticipatedPostingDate": "2026-03",
        "paramType": "MEAN",
        "dispersionType": "Standard Deviation",
        "unitOfMeasure": "mm",
        "calculatePct": True,
        "typeUnitsAnalyzed": "Eyes",
        "denomUnitsSelected": "Eyes",
    }
    html = page(outcome(**fields))
    assert tables(html) == ()
    assert "Status Not Posted" in visible_text(html)
    assert "March 2026" in visible_text(html)


def test_a_flow_of_two_periods_with_comments_and_units() -> None:
    started = {"type": "STARTED", "comment": "of all", "achievements": [
        {"groupId": "OG000", "numSubjects": "30", "numUnits": "60", "comment": "two left \\<early"},
        {"groupId": "OG001", "numSubjects": "0"},
    ]}  # fmt: skip
    left = {"type": "Death", "comment": "c1", "reasons": [
        {"groupId": "OG001", "numSubjects": "1", "comment": "c2"}]}  # fmt: skip
    periods = [
        {"title": "Run-in", "milestones": [started], "dropWithdraws": [left]},
        {"milestones": [{"type": "COMPLETED"}]},
    ]
    flow = {"groups": GROUPS, "typeUnitsAnalyzed": "Eyes", "periods": periods}
    first, second = tables(page({"participantFlowModule": flow}))
    nothing = "no number given—"
    assert first.caption == "Run-in"
    assert first.rows == (
        ("STARTED [a]", "30 (60 Eyes) [b]", "0"),
        ("Reasons for not completing",),
        ("Death [c]", nothing, "1 [d]"),
    )
    assert (second.caption, second.rows) == ("Period", (("COMPLETED", nothing, nothing),))


def test_a_baseline_is_one_table() -> None:
    one: Json = {"title": "Age", "paramType": "MEAN", "dispersionType": "STANDARD_DEVIATION"}
    one |= {"unitOfMeasure": "years", "description": "At \\>= 1 visit\n\ntwice"}
    one |= {"calculatePct": False, "denomUnitsSelected": "Eyes", "populationDescription": "All"}
    one |= {"denoms": [{"units": "Eyes", "counts": counts("2", "4")}]}
    one |= {"classes": [{"categories": [{"measurements": [measurement(0, "41.0", spread="3")]}]}]}
    other: Json = {"title": "Country", "paramType": "COUNT_OF_PARTICIPANTS"}
    other |= {"classes": [{"title": "Norway", "denoms": [{"counts": counts("1", "2")}]}]}
    overall = [{"units": "Participants", "counts": counts("1", "2")}]
    module = {"groups": GROUPS, "denoms": overall, "measures": [one, other, {}]}
    (table,) = tables(page({"baselineCharacteristicsModule": module}))
    heads = [row[0] for row in table.rows]
    assert heads[0] == "Number analyzed (Participants)"
    assert heads[1].startswith("Age | years Description: At >= 1 visit twice Who was counted: All")
    assert heads[1].endswith("Counted by: Eyes Shares in percent wanted: No")
    assert table.rows[2] == ("Number analyzed (Eyes)", "2", "4")
    assert table.row("Mean (Standard Deviation)") == ("41.0 (3)", "no number given—")
    assert heads[4:] == [
        "Country | Count of Participants",
        "Norway",
        "Number analyzed",
        "Without title",
    ]


EVENTS = {
    "frequencyThreshold": "5",
    "timeFrame": "1 year",
    "description": "By *visit*",
    "allCauseMortalityComment": "One unknown",
    "eventGroups": [
        {"id": "EG000", "title": "All", "deathsNumAffected": 0, "deathsNumAtRisk": 0},
        {"id": "EG001", "title": "None", "seriousNumAffected": 3, "seriousNumAtRisk": 2841},
    ],
    "seriousEvents": [
        {
            "term": "Stroke",
            "organSystem": "Nervous system disorders",
            "sourceVocabulary": "MedDRA 20.1",
            "assessmentType": "SYSTEMATIC_ASSESSMENT",
            "notes": "Grade \\>2",
            "stats": [
                {"groupId": "EG000", "numEvents": 4, "numAffected": 3, "numAtRisk": 60},
                {"groupId": "EG001", "numAtRisk": 0},
            ],
        },
        {"term": "angina", "organSystem": "Cardiac disorders", "stats": []},
        {"term": "Arrest", "organSystem": "Cardiac disorders"},
        {},
    ],
    "otherEvents": [{"term": "Rash", "sourceVocabulary": "MedDRA 20.1"}],
}


def test_adverse_events_by_organ_system_and_term() -> None:
    html = page({"adverseEventsModule": EVENTS})
    totals, cardiac, nervous, nowhere, other = tables(html)
    nothing = "no number given—"
    assert totals.rows == (
        ("Deaths from any cause [a]", "0 / 0", nothing),
        ("Serious adverse events", nothing, "3 / 2841"),
    )
    assert [row[0] for row in cardiac.rows] == ["angina", "Arrest"]
    assert nervous.rows == (
        ("Stroke [a] | MedDRA 20.1 · Systematic Assessment", "3 / 60 (4)", "— / 0"),
    )
    assert (nowhere.caption, nowhere.rows[0][0]) == ("Organ system not given", "Without title")
    assert other.rows == (("Rash", nothing, nothing),)
    assert "How the events were named and collected: MedDRA 20.1." in visible_text(html)
    assert visible_text(html).count("In brackets, how many times") == 1  # serious ones alone


def test_more_information() -> None:
    contact = {
        "title": "Dr <X>",
        "organization": "A & B",
        "phone": "+1 555 0100 x",
        "phoneExt": "7",
    }
    contact |= {"email": "not an address"}
    agreement = {
        "piSponsorEmployee": False,
        "restrictiveAgreement": True,
        "restrictionType": "LTE60",
        "otherDetails": "**60** days",
    }
    limits = {"description": "Small\n\n1. one\n3. three"}
    module = {"limitationsAndCaveats": limits, "certainAgreement": agreement}
    text = visible_text(page({"moreInfoModule": module | {"pointOfContact": contact}}))
    assert "All principal investigators work for the sponsor No" in text
    assert "An agreement limits what they may publish Yes" in text
    assert "1. one 3. three" in text


def test_an_empty_section_makes_a_page() -> None:
    empty: Json = {"participantFlowModule": {}, "baselineCharacteristicsModule": {}}
    empty |= {"outcomeMeasuresModule": {}, "adverseEventsModule": {}, "moreInfoModule": {}}
    assert tables(page(empty)) == ()
    assert tables(page({})) == ()


def test_no_id_stands_twice_and_every_link_within_the_page_leads_somewhere() -> None:
    commented = [{"categories": [{"measurements": [measurement(0, "1", comment="c")]}]}]
    html = page(outcome(classes=commented) | {"adverseEventsModule": EVENTS})
    ids = Counter(re.findall(r' id="([^"]*)"', html))
    assert [name for name, times in ids.items() if times > 1] == []
    assert set(re.findall(r'href="#([^"]*)"', html)) <= set(ids)
    assert " style=" not in html


# --- files that don't fit -----------------------------------------------------------------------


def test_what_is_unknown_is_kept_told_and_shown() -> None:
    section = outcome(type="EXPLORATORY", novelty={"<b>": [1]}, calculatePct="perhaps", groups="G")
    section["newModule"] = None
    section["moreInfoModule"] = []
    results, problems = read(section)
    assert results is not None
    assert {problem.severity for problem in problems} == {"warning"}
    measure = "/outcomeMeasuresModule/outcomeMeasures/0"
    assert results.extra == {
        f"{measure}/type": '"EXPLORATORY"',
        f"{measure}/novelty": '{"<b>":[1]}',
        f"{measure}/calculatePct": '"perhaps"',
        f"{measure}/groups": '"G"',
        "/moreInfoModule": "[]",
    }
    assert missing(rendered(results), leaves(results)) == []


def test_many_of_one_kind_are_one_warning() -> None:
    groups = [{"id": f"FG{number}", "new": 1} for number in range(500)]
    results, (problem,) = read({"participantFlowModule": {"groups": groups}})
    assert results is not None
    assert len(results.extra) == 500
    assert problem.message == (
        "a field this program doesn't know, at /participantFlowModule/groups/0/new"
        " (and 499 more like it)"
    )


def test_items_that_are_none_go_and_the_others_stay() -> None:
    groups = [7, {"id": "FG000"}, "x", None, {"id": "FG001", "title": 3}]
    results, _ = read({"participantFlowModule": {"groups": groups}})
    assert results is not None
    assert results.participant_flow_module is not None
    assert [group.id for group in results.participant_flow_module.groups] == ["FG000", "FG001"]
    assert list(results.extra.values()) == ["7", '"x"', "3"]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "not-json", 1),
        (b'{"a":\n  nope}', "not-json", 2),
        (b'{"participantFlowModule": {"groups": [', "not-json", 1),
        (b"[" * 200_000, "too-deep", None),
        (b'{"a":' * 200_000, "too-deep", None),
        (b'{"a":' * 150 + b"1" + b"}" * 150, "too-deep", None),
        (b'{"participantFlowModule":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too-deep", None),
        (b"[]", "wrong-type", None),
        (b"null", "wrong-type", None),
        (b'{"a": NaN}', "not-json", 1),
        (b'{"a": "\\ud800"}', "not-json", 1),
        (b'{"moreInfoModule": "\xff"}', "not-utf-8", None),
        (b"\x00\xff\xfe", "not-json", 1),
    ],
)
def test_what_is_no_results_at_all_is_one_error(content: bytes, code: str, line: int) -> None:
    results, (problem,) = read_results(content, "content/trials/x.results.json")
    assert results is None
    assert (problem.code, problem.severity) == (code, "error")
    assert problem.where is not None
    assert (problem.where.path, problem.where.line) == ("content/trials/x.results.json", line)
    assert problem.hint


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_results(b"\xef\xbb\xbf{}", "x") == (Results(), ())


# --- the corpus of real records, where it is there ----------------------------------------------

_STEP = 3 if FULL else 27
_LARGE = ("NCT02513394", "NCT04047862")
"""2,029 adverse events; 19 groups."""


def records() -> Iterator[Json]:
    """Every 27th (in a full run third) of the real records with results, and the largest two."""
    if not CORPUS.exists():
        pytest.skip("the corpus of real records isn't here: results were tested on our own alone")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        posted = (line for line in lines if '"resultsSection"' in line)
        for number, line in enumerate(posted):
            if number % _STEP == 0 or any(name in line for name in _LARGE):
                yield json.loads(line)


NUMBERS = (
    *("value", "spread", "lowerLimit", "upperLimit", "numSubjects", "numUnits"),
    *("numEvents", "numAffected", "numAtRisk"),
)
Placed = Counter[tuple[str, str]]
"""Column title and number -> how often."""


def tokens(text: str) -> list[str]:
    return re.findall(r"[^\s()/;]+", text)


def sent(node: Json, titles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every number of the registry's JSON with the title of its group."""
    if isinstance(node, list):
        for item in node:
            yield from sent(item, titles)
    if not isinstance(node, dict):
        return
    groups = node.get("groups") or node.get("eventGroups")
    titles = {group["id"]: group["title"] for group in groups} if groups else titles
    if "groupId" in node:
        column = " ".join(titles[node["groupId"]].split())
        for name in NUMBERS:
            yield from ((column, token) for token in tokens(str(node.get(name, ""))))
    for inner in node.values():
        yield from sent(inner, titles)


def shown(html: str) -> Placed:
    return Counter(
        (column, token)
        for table in tables(html)
        for row in table.rows
        for column, cell in zip(table.columns, row[1:], strict=False)
        for token in tokens(cell)
    )


def test_real_results_are_whole_and_each_number_is_in_its_column() -> None:
    checked = 0
    for record in records():
        results, problems = read(record["resultsSection"])
        assert problems == ()
        assert results is not None
        html = rendered(results, from_registry(record))
        trial_id = record["protocolSection"]["identificationModule"]["nctId"]
        assert missing(html, leaves(results)) == [], trial_id
        assert Counter(sent(record["resultsSection"], {})) - shown(html) == Counter(), trial_id
        checked += 1
    assert checked >= 80 * 3 // _STEP


# --- tables of many groups ----------------------------------------------------------------------


def _flow_of(groups: int, numbers: dict[int, str]) -> Json:
    achieved = [{"groupId": f"FG{at}", "numSubjects": text} for at, text in numbers.items()]
    milestone = {"type": "STARTED", "achievements": achieved}
    everybody = {"type": "SEEN", "achievements": [
        {"groupId": f"FG{at}", "numSubjects": str(1000 + at)} for at in range(groups)
    ]}  # fmt: skip
    return {
        "participantFlowModule": {
            "groups": [{"id": f"FG{at}", "title": f"Group {at}"} for at in range(groups)],
            "periods": [{"title": "All", "milestones": [milestone, everybody]}],
        }
    }


def test_where_few_of_many_groups_have_a_number_the_others_are_one_cell() -> None:
    results, _ = read(_flow_of(40, {3: "17", 20: "19"}))
    assert results is not None
    html = rendered(results)
    row = re.search(r">STARTED<.*?</tr>", html, re.DOTALL)
    assert row is not None
    assert re.findall(r"<td(?: colspan=.(\d+).)?>", row[0]) == ["3", "", "16", "", "19"]
    assert [text in html for text in (">17<", ">19<", ">1039<")] == [True] * 3


def test_on_paper_each_number_stands_under_its_group() -> None:
    results, _ = read(_flow_of(40, {20: "19"}))
    assert results is not None
    for table in re.findall(r"<table.*?</table>", rendered(results), re.DOTALL)[1:]:
        heads = re.findall(r'<th scope="col">Group (\d+)', table)
        rows = re.findall(r"<tr[^>]*><th scope=.row.*?</tr>", table, re.DOTALL)
        assert [row.count("<td") for row in rows] == [len(heads)] * 2
        if "20" in heads:
            place = heads.index("20")
            assert ">19<" in rows[0].split("<td")[place + 1]
