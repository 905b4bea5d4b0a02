"""The geometry of a trial's figures, and how current a record is."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from typing import Any

import pytest
from sites import PROJECT

from trialpages.records.model import Trial
from trialpages.records.registry_shape import from_registry
from trialpages.trial import derived
from trialpages.trial.days import span, whole_months
from trialpages.trial.figures import Figures
from trialpages.trial.figures.ages import AgeSpan, ages
from trialpages.trial.figures.arms import diagram, matrix, wrap
from trialpages.trial.figures.timeline import WIDTH, timeline
from trialpages.trial.figures.world import HEIGHT, project, world
from trialpages.trial.figures.world import WIDTH as WORLD
from trialpages.trial.freshness import Doubt, freshness, record_dates

TODAY = "2025-10-01"


def trial(**modules: Any) -> Trial:
    """A trial with these modules of the registry's JSON, such as `status={…}`."""
    section = {
        "identificationModule": {"nctId": "NCT00000001", "briefTitle": "A"},
        "designModule": {"studyType": "INTERVENTIONAL"},
    }
    section |= {f"{name}Module": fields for name, fields in modules.items()}
    section.setdefault("statusModule", {"overallStatus": "RECRUITING"})
    return from_registry({"protocolSection": section})


def dated(status: str, **dates: str) -> Trial:
    """A trial with a status and dates, such as `completionDateStruct="2025-09"`."""
    fields = {
        name: {"date": text} if name.endswith("Struct") else text for name, text in dates.items()
    }
    return trial(status={"overallStatus": status} | fields)


# --- days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
    ],
)
def test_a_partial_date_is_all_the_days_it_may_mean(text: str, first: date, last: date) -> None:
    assert span(text) == (first, last)


def test_a_month_is_full_on_its_day_and_not_before() -> None:
    assert whole_months(date(2023, 10, 1), date(2025, 9, 30)) == 23
    assert whole_months(date(2023, 10, 1), date(2025, 10, 1)) == 24
    assert whole_months(date(2025, 3, 31), date(2026, 11, 30)) == 20, "November has no 31st"


# --- freshness ----------------------------------------------------------------------------------


def doubts_of(record: Trial) -> tuple[Doubt, ...]:
    return freshness(record.overall_status, record_dates(record), TODAY)


@pytest.mark.parametrize(
    ("record", "doubts"),
    [
        (dated("RECRUITING", completionDateStruct="2025-09"), ["completion-passed"]),
        (dated("RECRUITING", completionDateStruct="2025-10"), []),  # the month isn't over
        (dated("RECRUITING", completionDateStruct="2025-10-01"), []),  # nor is the day
        (dated("SUSPENDED", completionDateStruct="2024"), ["completion-passed"]),
        (dated("COMPLETED", completionDateStruct="2020", statusVerifiedDate="2020-01"), []),
        (dated("RECRUITING", primaryCompletionDateStruct="2025-09"), ["main-measures-passed"]),
        (dated("ACTIVE_NOT_RECRUITING", primaryCompletionDateStruct="2025-09"), []),
        (dated("NOT_YET_RECRUITING", startDateStruct="2025-09-30"), ["start-passed"]),
        (dated("RECRUITING", startDateStruct="2025-09-30"), []),
        (dated("RECRUITING", statusVerifiedDate="2024-09"), ["not-verified"]),
        (dated("RECRUITING", statusVerifiedDate="2024-10"), []),
        (dated("UNKNOWN", lastUpdatePostDateStruct="2019-01-05"), ["not-updated"]),
        (dated("RECRUITING"), []),
        (
            dated("RECRUITING", completionDateStruct="2025-09", statusVerifiedDate="2022-01"),
            ["completion-passed", "not-verified"],
        ),
    ],
)
def test_only_what_the_records_dates_say_is_doubted(record: Trial, doubts: list[str]) -> None:
    assert [doubt.verdict for doubt in doubts_of(record)] == doubts


def test_a_doubt_names_its_date_and_its_months() -> None:
    record = dated("UNKNOWN", statusVerifiedDate="2022-01", lastUpdatePostDateStruct="2025-01-01")
    assert doubts_of(record) == (Doubt("not-verified", "2022-01", 44),)


# --- ages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "spans"),
    [
        ({"minimumAge": "18 Years", "maximumAge": "75 Years"}, [AgeSpan(18, 57)]),
        ({"minimumAge": "18 Years"}, [AgeSpan(18, 82)]),
        ({"maximumAge": "6 Months"}, [AgeSpan(0, 1)]),  # thinner couldn't be seen
        ({"minimumAge": "120 Years"}, [AgeSpan(99, 1)]),
        ({"stdAges": ["CHILD", "OLDER_ADULT"]}, [AgeSpan(0, 18), AgeSpan(65, 35)]),
        ({}, []),
    ],
)
def test_ages_stand_on_a_scale_of_a_hundred_years(
    fields: dict[str, Any], spans: list[AgeSpan]
) -> None:
    assert list(ages(trial(eligibility=fields))) == spans


# --- timeline -----------------------------------------------------------------------------------


def test_a_timeline_keeps_what_has_happened_from_what_is_planned() -> None:
    status = {
        "overallStatus": "RECRUITING",
        "startDateStruct": {"date": "2024-01-03", "type": "ACTUAL"},
        "primaryCompletionDateStruct": {"date": "2025", "type": "ESTIMATED"},
        "completionDateStruct": {"date": "2027-06"},
    }
    line = timeline(trial(status=status), TODAY)
    assert line is not None
    start, main, end = line.milestones
    assert [stone.certainty for stone in line.milestones] == ["actual", "estimated", "unknown"]
    assert line.certainties == ("actual", "estimated", "unknown")
    assert main.width > 50 > end.width  # a year is drawn as a year
    assert start.x < main.x < line.today < main.x + main.width < end.x
    assert end.x + end.width <= WIDTH
    assert [part.certainty for part in line.stretches] == ["estimated", "unknown"]
    assert [tick.year for tick in line.ticks] == [2024, 2025, 2026, 2027]


def test_one_date_makes_no_timeline_and_a_wrong_order_no_stretch() -> None:
    assert timeline(dated("RECRUITING", startDateStruct="2024"), TODAY) is None
    record = dated("COMPLETED", startDateStruct="2024-05-01", completionDateStruct="2023-05-01")
    line = timeline(record, TODAY)
    assert line is not None and line.stretches == ()


def test_a_century_has_few_ticks() -> None:
    record = dated("RECRUITING", startDateStruct="1900-01", completionDateStruct="2100-12")
    line = timeline(record, TODAY)
    assert line is not None and 2 <= len(line.ticks) <= 6


# --- arms ---------------------------------------------------------------------------------------


def with_arms(*labels: str | None) -> Trial:
    groups = [{"label": label} if label else {"description": "?"} for label in labels]
    groups[0]["interventionNames"] = ["Drug: A", "Unlisted"]  # type: ignore[assignment]
    drugs = [
        {"type": "DRUG", "name": "A"},
        {"type": "DRUG", "name": "B", "armGroupLabels": [labels[-1]]},
    ]
    return trial(armsInterventions={"armGroups": groups, "interventions": drugs})


def test_a_matrix_believes_the_arm_and_the_intervention() -> None:
    record = with_arms("One", "Two")
    table = matrix(derived.arms(record), derived.interventions(record))
    assert table is not None
    names = [(column.name, column.id) for column in table.columns]
    assert names == [("A", "intervention-1"), ("B", "intervention-2"), ("Unlisted", "")]
    assert [row.given for row in table.rows] == [(True, False, True), (False, True, False)]


def test_of_two_doses_of_one_name_an_arm_gets_the_one_that_names_it() -> None:
    groups = [
        {"label": label, "interventionNames": ["Drug: A"]} for label in ("Low", "High", "Any")
    ]
    groups.append({"label": "Both", "interventionNames": ["Drug: A", "Drug: A"]})
    doses = [
        {"type": "DRUG", "name": "A", "armGroupLabels": ["Low", "Both"]},
        {"type": "DRUG", "name": "A", "armGroupLabels": ["High", "Both"]},
    ]
    record = trial(armsInterventions={"armGroups": groups, "interventions": doses})
    arms = derived.arms(record)
    assert [[given.id[-1:] for given in arm.interventions] for arm in arms] == [
        ["1"],
        ["2"],
        [""],
        ["1", "2"],
    ]
    table = matrix(arms, derived.interventions(record))
    assert table is not None
    assert [row.given[:2] for row in table.rows] == [
        (True, False),
        (False, True),
        (False, False),
        (True, True),
    ]


def test_a_single_arm_needs_no_matrix_and_nine_no_diagram() -> None:
    single = with_arms("One")
    assert matrix(derived.arms(single), derived.interventions(single)) is None
    assert diagram(derived.arms(single)) is None
    assert diagram(derived.arms(with_arms(*"ABCDEFGHI"))) is None
    assert diagram(derived.arms(with_arms("One", None))) is None
    drawing = diagram(derived.arms(with_arms(*"ABCDEFGH")))
    assert drawing is not None and len(drawing.boxes) == 8
    assert drawing.boxes[-1].y + drawing.boxes[-1].height == drawing.height


def test_a_long_label_is_cut_where_it_says_so() -> None:
    assert wrap("Rest") == ("Rest",)
    lines = wrap("word " * 60)
    assert len(lines) == 3 and lines[-1].endswith("…")
    assert all(len(line) <= 38 for line in (*lines, *wrap("x" * 100)))


# --- world --------------------------------------------------------------------------------------


def with_sites(*places: tuple[float, float] | None) -> Trial:
    locations = [{"geoPoint": {"lat": at[0], "lon": at[1]}} if at else {} for at in places]
    return trial(contactsLocations={"locations": locations})


def test_places_stand_where_they_are() -> None:
    assert project(0, 0)[0] == WORLD / 2
    assert project(0, 180)[0] == WORLD
    north, south = project(83, 20)[1], project(-54.8, -68.3)[1]
    assert 0 <= north < project(0, 20)[1] < south <= HEIGHT


def test_the_map_shows_all_points_and_coast_around_them() -> None:
    shown = world(with_sites((48.85, 2.35), (48.85, 2.35), (45.75, 4.85), None).locations)
    assert shown is not None
    assert (len(shown.points), shown.sites) == (2, 3)
    assert shown.width >= 220
    for x, y in shown.points:
        assert shown.x < x < shown.x + shown.width and shown.y < y < shown.y + shown.height
    everywhere = world(with_sites((64, -150), (-40, 175), (0, 0)).locations)
    assert everywhere is not None and (everywhere.x, everywhere.width) == (0, WORLD)
    assert world(with_sites(None).locations) is None


def test_a_place_at_the_edge_stays_on_the_map() -> None:
    shown = world(with_sites((-41.3, 174.8)).locations)
    assert shown is not None and shown.x + shown.width <= WORLD and shown.y + shown.height <= HEIGHT


# --- the templates ------------------------------------------------------------------------------


def test_every_figure_is_listed_for_template_authors() -> None:
    readme = (PROJECT / "templates/README.md").read_text("utf-8")
    listed = set(re.findall(r"`figures\.(\w+)`", readme))
    assert listed == {field.name for field in dataclasses.fields(Figures)}


def test_every_word_with_a_link_to_the_glossary_is_in_it() -> None:
    templates = list((PROJECT / "templates").glob("*.html"))
    text = "\n".join(path.read_text("utf-8") for path in templates)
    linked = set(re.findall(r'm\.term\([^"]+"([a-z-]+)"\)|glossary\.html#([a-z-]+)', text))
    strings = (PROJECT / "templates/strings/en.yaml").read_text("utf-8")
    terms = re.findall(r"^glossary_terms: (.*)$", strings, re.MULTILINE)[0].split()
    assert {first or second for first, second in linked} <= set(terms)
    for term in terms:
        assert f"\nglossary_{term}: " in strings and f"\nglossary_{term}_text: " in strings
