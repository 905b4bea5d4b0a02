"""Every sentence of ours on a trial's page is true of its record; what isn't sure isn't said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain, product
from pathlib import Path
from typing import Any

import pytest
from sites import AS_OF, PROJECT, build_site
from test_vocabulary import ENUMERATIONS

from trialpages.language.site_language import read_language
from trialpages.problems import ContentFailure
from trialpages.records.model import Trial, to_trial
from trialpages.records.vocabulary import (
    DesignAllocation,
    DesignMasking,
    EnrollmentType,
    ExpandedAccessStatus,
    InterventionalAssignment,
    Sex,
    Status,
    Vocabulary,
)
from trialpages.settings.site_file import Site
from trialpages.templating.look import Look
from trialpages.templating.templates import Templates
from trialpages.templating.theme import Theme
from trialpages.trial.history import versions
from trialpages.trial.sentences.case import Case
from trialpages.trial.sentences.lacking import DOUBTS, MISSING
from trialpages.trial.sentences.meanings import MEANINGS
from trialpages.trial.sentences.spoken import Sentences
from trialpages.trial.sentences.table import CONDITIONS, PLACES
from trialpages.trial.views import Context, TrialPage
from trialpages.trial.whom_to_call import who_to_call

FOLDER = PROJECT / "templates"
TEXTS = {
    path.relative_to(FOLDER).as_posix(): path.read_text("utf-8")
    for path in FOLDER.rglob("*")
    if path.suffix in (".html", ".yaml", ".xml", ".txt")
}
ENGLISH, SPANISH = (read_language(code, TEXTS) for code in ("en", "es"))
Fields = Mapping[str, Any]


def record(**fields: Any) -> Trial:
    kept = {key: value for key, value in fields.items() if value is not None}
    needed = {"nct_id": "NCT00000001", "brief_title": "A", "overall_status": "COMPLETED"}
    return to_trial({**needed, "study_type": "INTERVENTIONAL", **kept})


def said(**fields: Any) -> Sentences:
    return Sentences(record(**fields), AS_OF, ENGLISH)


def dated(day: str, kind: str | None) -> Fields:
    return {"date": day, "type": kind} if kind else {"date": day}


# --- the table ----------------------------------------------------------------------------------


def test_each_sentence_has_its_words_and_no_words_are_left_over() -> None:
    says = {key.removeprefix("say_") for key in ENGLISH.words if key.startswith("say_")}
    for sentence in (*(one for place in PLACES.values() for one in place), *MISSING, *DOUBTS):
        forms = {f"{sentence.name}_{form}" for form in ("one", "other")}
        months = {f"{sentence.name}_months_{form}" for form in ("one", "other")}
        more = {f"{sentence.name}_date"} | forms | months
        assert sentence.name in says or forms <= says, sentence.name
        says -= {sentence.name} | more
    assert says == set()
    assert len(CONDITIONS) == sum(map(len, (*PLACES.values(), MISSING, DOUBTS))), "a name twice"


def test_templates_ask_for_places_there_are_and_leave_none_out() -> None:
    text = "\n".join(text for name, text in TEXTS.items() if name.endswith(".html"))
    asked = set(re.findall(r"\b(?:say|page\.sentences)\.(\w+)", text))
    beside = {"meaning", "missing", "doubts", "elsewhere_href", "taking"}
    beside |= {"starts_with_recruitment", "recruitment_end", "is_dated_by_registration"}
    beside |= {"starts_with_enrolment", "planned_recruitment"}
    assert asked == PLACES.keys() | beside


def renderer(**templates: str) -> Templates:
    texts = TEXTS | {f"{name}.html": text for name, text in templates.items()}
    return Templates(Look(texts, Site(), AS_OF, read_language("en", texts), Theme({}, {})))


@pytest.mark.parametrize(
    "template",
    ["{{ t.say_started }}", "{{ page.sentences.sentence }}", "{{ page.status|meaning }}"],
)
def test_a_template_can_say_nothing_beside_the_table(template: str) -> None:
    page = TrialPage(record(), Context(ENGLISH, "", AS_OF, {}, with_results=False))
    with pytest.raises(ContentFailure):
        renderer(mine=template).fill("mine.html", "mine.html", page)
    assert renderer(mine="{{ page.sentences.start }}").fill("mine.html", "mine.html", page) == ""


def test_each_value_with_a_meaning_is_judged_or_for_editors_alone() -> None:
    explained = {kind for kind in ENUMERATIONS.values() if any(value.meaning for value in kind)}
    for_editors = {
        "AgencyClass",
        "DateType",
        "EnrollmentType",
        "EventAssessment",
        "RecruitmentStatus",
        "SecondaryIdType",
        "Sex",
        "StandardAge",
    }
    assert {kind.__name__ for kind in explained - MEANINGS.keys()} == for_editors
    for value in (Sex.MALE, EnrollmentType.ACTUAL):
        with pytest.raises(KeyError):
            said(sex="MALE").meaning(value)


# --- every combination, against rules written down a second time ----------------------------------

KINDS = (None, "ACTUAL", "ESTIMATED")
SEXES: Mapping[str, Fields] = {
    "any_sex": {"sex": "ALL"},
    "men_only": {"sex": "MALE", "minimum_age": "18 Years"},
    "boys_only": {"sex": "MALE", "maximum_age": "17 Years"},
    "men_and_boys_only": {"sex": "MALE", "minimum_age": "6 Months", "maximum_age": "80 Years"},
    "male_only": {"sex": "MALE"},
    "women_only": {"sex": "FEMALE", "std_ages": ["OLDER_ADULT"]},
    "girls_only": {"sex": "FEMALE", "std_ages": ["CHILD"]},
    "women_and_girls_only": {"sex": "FEMALE", "maximum_age": "18 Years"},
    "female_only": {"sex": "FEMALE", "minimum_age": "12 Years", "std_ages": ["ADULT"]},
}


def combinations() -> Iterator[dict[str, Any]]:
    types = ("INTERVENTIONAL", "OBSERVATIONAL", "EXPANDED_ACCESS")
    counts = (None, 0, 1, 500)
    for status, study, start, end in product(Status, types, KINDS, KINDS):
        for number, (kind, count) in enumerate(product(KINDS, counts)):
            yield {
                "overall_status": status.value,
                "study_type": study,
                "start_date": dated("2028-05" if start == "ESTIMATED" else "2020-05-03", start),
                "completion_date": dated("2030-01" if end == "ESTIMATED" else "2024-01", end),
                "enrollment_info": {"count": count, "type": kind} if count is not None else None,
                "last_update_post_date": dated("2025-06-01", "ACTUAL"),
                **list(SEXES.values())[number % len(SEXES)],
            }


CLOSED = {"ACTIVE_NOT_RECRUITING", "COMPLETED", "TERMINATED", "WITHDRAWN"}
OVER = CLOSED - {"ACTIVE_NOT_RECRUITING"} | {"NO_LONGER_AVAILABLE", "APPROVED_FOR_MARKETING"}
ACCESS = {"AVAILABLE", "TEMPORARILY_NOT_AVAILABLE", "NO_LONGER_AVAILABLE", "APPROVED_FOR_MARKETING"}


def _sexed(name: str, fields: Fields) -> bool:
    return all(fields[field] == value for field, value in SEXES[name].items())


RULES: Mapping[str, Callable[[Fields], bool]] = {
    "started": lambda f: f["start_date"].get("type") == "ACTUAL" and f["status"] != "WITHDRAWN",
    "planned_to_start": lambda f: (
        f["start_date"].get("type") == "ESTIMATED" and f["status"] == "NOT_YET_RECRUITING"
    ),
    "was_planned_to_start": lambda f: f["start_date"].get("type") == "ESTIMATED",
    "ended": lambda f: (
        f["completion_date"].get("type") == "ACTUAL" and f["status"] in OVER - {"WITHDRAWN"}
    ),
    "planned_to_end": lambda f: (
        f["completion_date"].get("type") == "ESTIMATED" and f["status"] not in OVER
    ),
    "was_planned_to_end": lambda f: f["completion_date"].get("type") == "ESTIMATED",
    "nobody_joined": lambda f: f["people"] == ("ACTUAL", 0) and f["study_type"][0] == "I",
    "nobody_included": lambda f: f["people"] == ("ACTUAL", 0) and f["study_type"][0] == "O",
    "so_many_joined": lambda f: (
        f["people"] in (("ACTUAL", 1), ("ACTUAL", 500))
        and f["study_type"][0] == "I"
        and f["status"] != "WITHDRAWN"
    ),
    "so_many_included": lambda f: f["people"][0] == "ACTUAL" and f["study_type"][0] == "O",
    "hopes_will_join": lambda f: (
        f["people"][0] == "ESTIMATED" and f["status"] not in CLOSED | {"UNKNOWN", "WITHHELD"}
    ),
    "hopes_to_include": lambda f: (
        f["people"][0] == "ESTIMATED" and f["status"] not in CLOSED | {"UNKNOWN", "WITHHELD"}
    ),
    "planned_for_so_many": lambda f: f["people"][0] == "ESTIMATED" and f["people"][1] > 0,
    **{name: partial(_sexed, name) for name in SEXES},
    "who_can_take_part": lambda f: (
        f["study_type"][0] != "E"
        and f["status"] == "RECRUITING"
        and f["completion_date"]["date"] > AS_OF
    ),
    "who_to_contact": lambda f: (
        f["status"] not in CLOSED | {"UNKNOWN", "WITHHELD", "ENROLLING_BY_INVITATION"}
    ),
    "team_tells": lambda f: (
        f["study_type"][0] != "E"
        and f["status"] not in CLOSED | ACCESS | {"ENROLLING_BY_INVITATION"}
    ),
    "only_invited": lambda f: f["status"] == "ENROLLING_BY_INVITATION",
    "tick_team_decides": lambda f: f["study_type"][0] != "E" and f["status"] not in CLOSED | ACCESS,
    "nobody_new": lambda f: f["status"] in CLOSED and f["study_type"][0] != "E",
    "why_on_hold": lambda f: f["status"] == "SUSPENDED",
    "why_it_stopped": lambda f: f["status"] == "TERMINATED",
    "why_called_off": lambda f: f["status"] == "WITHDRAWN",
}


def seen(fields: Fields) -> Fields:
    """The fields as the rules ask for them; each may be asked for, there or not."""
    enrollment = fields["enrollment_info"] or {"type": "", "count": -1}
    none = dict.fromkeys(("sex", "minimum_age", "maximum_age", "std_ages"))
    people = (enrollment["type"], enrollment["count"])
    return {**none, **fields, "status": fields["overall_status"], "people": people}


def test_no_combination_of_status_dates_numbers_and_sex_gets_a_false_sentence() -> None:
    told: set[str] = set()
    for fields in combinations():
        case = Case(record(**fields), AS_OF)
        for place in PLACES.values():
            name = next((one.name for one in place if one.is_true(case)), "")
            told.add(name)
            if name in RULES:
                assert RULES[name](seen(fields)), (name, fields)
    assert told >= RULES.keys(), "a rule that was never asked"


# --- one by one ---------------------------------------------------------------------------------


def when(status: str, start: Fields | None, end: Fields | None, **more: Any) -> tuple[str, str]:
    sentences = said(overall_status=status, start_date=start, completion_date=end, **more)
    return sentences.start, sentences.end


def test_dates_in_words_that_fit_status_and_type() -> None:
    past, later = dated("2019-05-03", "ACTUAL"), dated("2030", "ESTIMATED")
    assert when("COMPLETED", past, dated("2021", "ACTUAL")) == ("Started", "Ended")
    assert when("RECRUITING", past, later) == ("Started", "Planned to end")
    assert when("NOT_YET_RECRUITING", later, later) == ("Planned to start", "Planned to end")
    assert when("UNKNOWN", later, later) == ("Was planned to start", "Was planned to end")
    assert when("WITHDRAWN", past, past) == ("Start:", "End:")
    assert when("COMPLETED", dated("2005-05", None), None) == ("Start:", "")
    assert when("NOT_YET_RECRUITING", past, None) == ("Start:", "")
    verified = {"status_verified_date": "2018-01"}
    assert when("COMPLETED", past, past, **verified) == ("Start:", "End:"), "not known by then"


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ({"minimum_age": "18 Years"}, "Men only"),
        ({"minimum_age": "216 Months", "maximum_age": "99 Years"}, "Men only"),
        ({"minimum_age": "17 Years"}, "Men and boys only"),
        ({"maximum_age": "18 Years"}, "Men and boys only"),
        ({"maximum_age": "17 Years"}, "Boys only"),
        ({"std_ages": ["ADULT", "OLDER_ADULT"]}, "Men only"),
        ({"std_ages": ["CHILD"]}, "Boys only"),
        ({"std_ages": ["CHILD", "ADULT"]}, "Men and boys only"),
        ({}, "Male only"),
        ({"maximum_age": "65 Years", "std_ages": ["ADULT"]}, "Male only"),
    ],
)
def test_boys_only_where_the_ages_allow_boys(ages: Fields, expected: str) -> None:
    assert said(sex="MALE", **ages).sex == expected


@pytest.mark.parametrize(
    ("fields", "value", "expected"),
    [
        ({}, Status.RECRUITING, "looking for"),
        ({"status_verified_date": "2019-05"}, Status.RECRUITING, ""),
        ({"completion_date": dated("2020", "ACTUAL")}, Status.RECRUITING, ""),
        ({"start_date": dated("2020", "ACTUAL")}, Status.NOT_YET_RECRUITING, ""),
        ({}, Status.ACTIVE_NOT_RECRUITING, "goes on"),
        ({"enrollment_info": {"count": 0, "type": "ACTUAL"}}, Status.ACTIVE_NOT_RECRUITING, ""),
        (
            {"study_type": "EXPANDED_ACCESS", "status_verified_date": "2019-05"},
            Status.TEMPORARILY_NOT_AVAILABLE,
            "",
        ),
        ({"why_stopped": "No money."}, Status.COMPLETED, ""),
        ({"enrollment_info": {"count": 5, "type": "ACTUAL"}}, Status.WITHDRAWN, ""),
        ({"study_type": "EXPANDED_ACCESS"}, Status.AVAILABLE, "A doctor can ask"),
        ({}, Status.AVAILABLE, ""),
        ({"arm_groups": [{"label": "A"}]}, DesignAllocation.RANDOMIZED, ""),
        ({}, DesignAllocation.RANDOMIZED, "Chance decides"),
        ({"arm_groups": [{"label": "A"}, {"label": "B"}]}, DesignAllocation.NA, ""),
        ({}, InterventionalAssignment.SINGLE_GROUP, "Everyone is in the same group"),
        ({"design_info": {"allocation": "NA"}}, InterventionalAssignment.SINGLE_GROUP, "Everyone"),
        ({"design_info": {"allocation": "RANDOMIZED"}}, InterventionalAssignment.SINGLE_GROUP, ""),
        (
            {"design_info": {"masking_info": {"who_masked": ["PARTICIPANT", "INVESTIGATOR"]}}},
            DesignMasking.SINGLE,
            "",
        ),
    ],
)
def test_what_a_value_means_is_left_out_where_the_record_says_otherwise(
    fields: Fields, value: Vocabulary, expected: str
) -> None:
    status = value.value if isinstance(value, Status) else "COMPLETED"
    meaning = said(**{"overall_status": status, **fields}).meaning(value)
    assert (expected in meaning) if expected else meaning == ""


def test_the_reason_for_a_stop_and_its_absence() -> None:
    assert said(overall_status="SUSPENDED").no_reason == "The line for the reason is empty."
    assert said(overall_status="SUSPENDED", why_stopped="Money.").no_reason == ""
    assert said(overall_status="COMPLETED").no_reason == ""
    assert said(overall_status="RECRUITING").why_stopped == "Reason given"


def test_a_record_of_expanded_access_is_never_said_to_have_none() -> None:
    itself = said(study_type="EXPANDED_ACCESS", overall_status="NO_LONGER_AVAILABLE")
    assert itself.access_itself == "This record is itself one of expanded access."
    assert said(study_type="INTERVENTIONAL").access_itself == ""


def test_contacts() -> None:
    nurse = {"name": "Ann Nurse", "role": "CONTACT"}
    place = {"facility": "A", "contacts": [{**nurse, "phone": "1"}]}
    assert said().contact_gap == "No contacts are listed."
    unreachable = said(central_contacts=[nurse], overall_status="COMPLETED")
    assert unreachable.contact_gap.startswith("No phone number or email")
    assert unreachable.contact_is == "Named as the contact for the whole study."
    calling = said(central_contacts=[nurse], overall_status="RECRUITING")
    assert calling.contact_is == "Contact for the whole study."
    assert said(locations=[place]).contact_is == "Contact at the place of the study."
    with_both = {"name": "Bo", "role": "CONTACT", "phone": "2", "email": "bo@example.org"}
    written = {"name": "Ed", "role": "CONTACT", "email": "ed@example.org"}
    bare, once, both = (
        {**place, "contacts": [one]} for one in (nurse, *place["contacts"], with_both)
    )
    for central, places, name in (
        ([nurse, {**nurse, "name": "Cy", "phone": "3"}, with_both], [], "Bo"),
        ([{**nurse, "name": "Cy", "phone": "3"}], [both, both], "Cy"),
        ([nurse], [bare, once, both], "Bo"),
        ([nurse], [{**place, "contacts": [{**nurse, "name": "Di"}]}], "Di"),
        ([with_both], [bare], "Bo"),
        ([{**nurse, "phone": "4"}], [{**place, "contacts": [written]}], "Ann Nurse"),
        ([written], [{**place, "contacts": [with_both]}] * 2, "Bo"),
        ([written], [{**place, "contacts": [with_both], "status": "COMPLETED"}] * 2, "Ed"),
        ([written, {**nurse, "phone": "4"}], [], "Ann Nurse"),
    ):
        called = who_to_call(record(central_contacts=central, locations=places))
        assert called and called.contact and called.contact.name == name
    several = said(locations=[place, {"facility": "B"}])
    assert (several.contact_is, several.other_contacts) == ("Contact at one of the places.", "")
    assert said(locations=[place, place]).other_contacts == "See the contacts at other places"


def test_a_place_that_takes_people_is_called_before_one_that_does_not() -> None:
    def place(name: str, status: str, **ways: str) -> Fields:
        return {"contacts": [{"name": name, "phone": "1", **ways}], "status": status}

    later = place("Later", "NOT_YET_RECRUITING", email="a@example.org")
    opened, unsaid = place("Open", "RECRUITING"), {"contacts": [{"name": "Unsaid", "phone": "1"}]}
    unreachable = {**opened, "contacts": [{"name": "Silent"}]}
    for places, name in (
        ([later, unsaid, opened], "Open"),
        ([later, unsaid], "Unsaid"),
        ([unreachable, later], "Later"),
    ):
        called = who_to_call(record(locations=places))
        assert called and called.contact and called.contact.name == name


@pytest.mark.parametrize(
    ("last", "lead"),
    [
        ("RECRUITING", "Only the study team can tell"),
        (None, "Only the study team can tell"),
        ("ENROLLING_BY_INVITATION", "When this was recorded, only people whom the study team"),
        ("ACTIVE_NOT_RECRUITING", "When this was recorded, nobody new could take part."),
        ("COMPLETED", "When this was recorded, nobody new could take part."),
    ],
)
def test_of_a_status_not_known_any_more_the_last_known_counts(last: str | None, lead: str) -> None:
    unknown = said(
        overall_status="UNKNOWN", last_known_status=last, eligibility_criteria="* Adults"
    )
    assert unknown.eligibility_lead.startswith(lead)
    assert bool(unknown.paper) is lead.startswith("Only")


@pytest.mark.parametrize(
    ("status", "more", "is_checklist"),
    [
        ("RECRUITING", {}, True),
        ("NOT_YET_RECRUITING", {}, True),
        ("SUSPENDED", {}, True),
        ("UNKNOWN", {}, True),
        ("AVAILABLE", {"study_type": "EXPANDED_ACCESS"}, True),
        ("COMPLETED", {}, False),
        ("ACTIVE_NOT_RECRUITING", {}, False),
        ("WITHDRAWN", {}, False),
        ("WITHHELD", {}, False),
        ("NO_LONGER_AVAILABLE", {"study_type": "EXPANDED_ACCESS"}, False),
        ("RECRUITING", {"eligibility_criteria": None}, False),
        ("RECRUITING", {"completion_date": dated("2020", "ACTUAL")}, False),
    ],
)
def test_the_paper_is_a_checklist_where_somebody_may_still_come(
    status: str, more: Fields, is_checklist: bool
) -> None:
    fields = {"overall_status": status, "eligibility_criteria": "* Adults", **more}
    assert bool(said(**fields).paper) is is_checklist


def test_what_a_record_lacks_is_not_what_stands_elsewhere_in_it() -> None:
    party = {"type": "PRINCIPAL_INVESTIGATOR", "investigator_full_name": "Ann Doe"}
    assert "No investigator." in said().missing
    assert "No investigator." not in said(responsible_party=party).missing
    contact = {"name": "Ann Doe", "role": "PRINCIPAL_INVESTIGATOR"}
    assert "No investigator." not in said(central_contacts=[contact]).missing
    assert "No number of people." in said(enrollment_info={"type": "ACTUAL"}).missing
    assert said(primary_completion_date=dated("2020", None)).no_dates == ""


def test_results() -> None:
    article = {"citation": "A.", "type": "RESULT"}
    assert said(has_results=True).results == "Results have been posted at ClinicalTrials.gov."
    other = said(has_results=True, nct_id="STUDY-2024")
    assert other.results == "Results are listed as posted."
    assert said(has_results=False).results == "No results are given."
    assert said(results_first_post_date=dated("2020", None), has_results=False).results == ""
    assert "Articles" in said(has_results=False, references=[article]).results
    assert said().results == ""


def test_countries_are_counted_where_each_place_names_one() -> None:
    leeds, somewhere = {"country": "United Kingdom"}, {"facility": "B"}
    assert said(locations=[leeds, leeds]).in_countries == "in 1 country"
    assert said(locations=[leeds, somewhere]).in_countries == ""


def _at(country: str, status: str | None) -> Fields:
    return {"country": country, "city": f"{country} City", **({"status": status} if status else {})}


def test_where_not_all_places_take_people_those_that_do_are_counted_and_come_first() -> None:
    spain, usa = _at("Spain", "WITHDRAWN"), _at("United States", "RECRUITING")
    recruits = partial(said, overall_status="RECRUITING", **_FRESH)
    some = recruits(locations=[spain, usa, usa, spain, _at("France", "NOT_YET_RECRUITING")])
    assert some.places_taking == f"2 of 5 places take people, as of {_MONTH}"
    assert some.taking
    assert [(stand, [one.name for one in found]) for stand, found in some.taking.countries] == [
        ("taking", ["United States"]),
        ("not_yet", ["France"]),
        ("withdrawn", ["Spain"]),
    ]
    assert (
        recruits(locations=[usa, spain]).places_taking
        == f"1 of 2 places takes people, as of {_MONTH}"
    )
    later = _at("Spain", "NOT_YET_RECRUITING")
    for other in ("WITHDRAWN", "COMPLETED", "SUSPENDED"):
        planned = recruits(locations=[usa, later, _at("Spain", other), later])
        assert planned.taking
        spanish = planned.taking.by_country["Spain"]
        assert (spanish.stand, spanish.number, spanish.sites) == ("not_yet", 2, 3)
    mixed = recruits(locations=[usa, _at("Spain", "COMPLETED"), _at("Spain", "SUSPENDED")])
    assert mixed.taking
    assert mixed.taking.by_country["Spain"].stand == "not_now"
    ended = recruits(locations=[usa, spain, _at("Spain", "COMPLETED")])
    assert ended.taking
    assert ended.taking.by_country["Spain"].stand == "no_longer"
    assert ended.taking.by_country["Spain"].number == 1
    unsaid = recruits(locations=[usa, later, _at("Spain", None), later])
    assert unsaid.taking
    assert (unsaid.taking.by_country["Spain"].stand, unsaid.taking.by_country["Spain"].number) == (
        "unsaid",
        1,
    )


def test_of_places_it_is_said_only_what_the_record_bears_out() -> None:
    spain, usa = _at("Spain", "WITHDRAWN"), _at("United States", "RECRUITING")
    recruits = partial(said, overall_status="RECRUITING", **_FRESH)
    assert recruits(locations=[usa, usa]).places_taking == ""
    assert recruits(locations=[usa, _at("Spain", None)]).places_taking == ""
    some_unsaid = recruits(locations=[usa, spain, _at("France", None)])
    assert some_unsaid.places_taking == "1 of 3 places is listed as taking people"
    assert recruits(locations=[spain]).places_taking == "No place is listed as taking people."
    assert said(overall_status="COMPLETED", locations=[usa, spain]).places_taking == ""
    over = recruits(locations=[usa, spain], completion_date=dated("2020-01", "ACTUAL"))
    assert over.places_taking == ""
    old = said(
        overall_status="RECRUITING",
        locations=[usa, spain],
        completion_date=dated("2020-01", "ESTIMATED"),
    )
    assert old.places_taking == "1 of 2 places is listed as taking people"
    undated = said(overall_status="RECRUITING", locations=[usa, spain])
    assert undated.places_taking == "1 of 2 places is listed as taking people"
    copied = said(
        overall_status="RECRUITING",
        locations=[usa, usa, spain],
        status_verified_date="2022-11",
        version_holder="2022-11-08",
    )
    assert copied.places_taking == "2 of 3 places took people, as of November 2022"
    first = dated(f"{AS_OF[:7]}-01", "ACTUAL")  # of the month of the check
    updated = recruits(locations=[usa, spain], last_update_post_date=first)
    assert updated.places_taking == f"1 of 2 places takes people, as of {_MONTH}"
    after = partial(said, status_verified_date="2023-01", overall_status="RECRUITING")(
        locations=[usa, spain], last_update_post_date=dated("2023-06-30", "ACTUAL")
    )
    assert after.places_taking == "1 of 2 places took people, as of 30 June 2023"


_FRESH: Fields = {"status_verified_date": AS_OF[:7]}
_MONTH = ENGLISH.date_text(AS_OF[:7])


@pytest.mark.parametrize(
    ("copy", "said_of_it"),
    [
        ({"version_holder": "2023-01-31"}, ()),
        (
            {"version_holder": "2023-01-30"},
            (
                "This page shows a copy of the record that is 12 months old. It is of 30 "
                "January 2023; the registry may say something else by now.",
            ),
        ),
        (
            {"source": {"date": "2022-01"}},
            (
                "This page shows a copy of the record that is 23 months old. It is of January "
                "2022; the registry may say something else by now.",
            ),
        ),
    ],
)
def test_an_old_copy_is_a_reason_to_check_first(copy: Fields, said_of_it: tuple[str, ...]) -> None:
    fields = {"status_verified_date": "2023-02", **copy}
    recruits = Sentences(record(overall_status="RECRUITING", **fields), "2024-01-30", ENGLISH)
    assert recruits.doubts == said_of_it
    assert bool(recruits.meaning(Status.RECRUITING)) == (not said_of_it)
    assert Sentences(record(**fields), "2024-01-30", ENGLISH).doubts == ()


UNSETTLED = (
    "NOT_YET_RECRUITING",
    "RECRUITING",
    "ENROLLING_BY_INVITATION",
    "ACTIVE_NOT_RECRUITING",
    "SUSPENDED",
)


@pytest.mark.parametrize(
    "old",
    [
        {"status_verified_date": "2001-05"},
        {**_FRESH, "version_holder": "2019-03-01"},
        {**_FRESH, "completion_date": dated("2020-01", "ESTIMATED")},
    ],
)
@pytest.mark.parametrize("status", UNSETTLED)
def test_nothing_is_hoped_planned_or_open_today_on_a_record_in_doubt(
    status: str, old: Fields
) -> None:
    fields: Fields = {
        "overall_status": status,
        "enrollment_info": {"type": "ESTIMATED", "count": 20},
        "start_date": dated("2019-05", "ESTIMATED"),
        "completion_date": dated("2050-01", "ESTIMATED"),
        "eligibility_criteria": "* Adults",
    }
    one = said(**{**fields, **old})
    assert one.doubts
    assert one.people == "This is how many people the team planned for."
    assert (one.start, one.end) == ("Was planned to start", "Was planned to end")
    told = one.eligibility_lead
    assert told.startswith(("When this was recorded, ", "Only the study team can tell whether"))


def test_a_way_to_a_treatment_is_explained_only_where_the_record_is_fresh() -> None:
    given: Fields = {"study_type": "EXPANDED_ACCESS", "overall_status": "AVAILABLE"}
    fresh, old = said(**given, **_FRESH), said(**given, status_verified_date="2001-05")
    assert fresh.eligibility_lead == "A doctor has to ask for this treatment."
    assert old.eligibility_lead.startswith("When this was recorded, a doctor had to ask")
    for value in ExpandedAccessStatus:
        changes = value.value in ("AVAILABLE", "TEMPORARILY_NOT_AVAILABLE")
        assert said(**_FRESH).meaning(value)
        assert bool(said(status_verified_date="2001-05").meaning(value)) is not changes


@pytest.mark.parametrize("status", UNSETTLED)
def test_a_status_in_doubt_is_explained_as_of_when_it_was_recorded(status: str) -> None:
    fresh = said(overall_status=status, **_FRESH)
    old = said(overall_status=status, status_verified_date="2001-05")
    assert (bool(fresh.meaning(Status(status))), fresh.status_then) == (True, "")
    assert old.meaning(Status(status)) == ""
    assert old.status_then.startswith("When this was recorded, the study ")
    ended = said(overall_status=status, completion_date=dated("2020-01", "ACTUAL"))
    assert ended.status_then == "", "its own dates speak against it"


@pytest.mark.parametrize("verified", [AS_OF[:7], "2001-05"])
def test_nobody_can_ask_to_join_what_enrols_by_invitation(verified: str) -> None:
    people = {"central_contacts": [{"name": "Ann Doe", "phone": "1"}], "healthy_volunteers": True}
    fields = {"eligibility_criteria": "* Adults", "status_verified_date": verified, **people}
    invited = said(overall_status="ENROLLING_BY_INVITATION", **fields)
    assert (invited.who, invited.contact_heading) == ("Who it is for", "Contact")
    assert invited.healthy == "Healthy volunteers: accepted"
    assert invited.contact_is == "Named as the contact for the whole study."
    assert invited.eligibility_lead in (
        "As listed, only people whom the study team itself invites can take part.",
        "When this was recorded, only people whom the study team itself invited could take part.",
    )
    assert invited.paper, "who was invited may take the list along"
    explained = invited.meaning(Status.ENROLLING_BY_INVITATION) + invited.status_then
    assert "invite" in explained
    assert "you c" in explained


def test_as_of_counts_only_in_the_doubts() -> None:
    fields = {"overall_status": "UNKNOWN", "completion_date": dated("2024-01", "ESTIMATED")}
    before = Sentences(record(**fields), "2024-01-31", ENGLISH)
    after = Sentences(record(**fields), "2024-02-01", ENGLISH)
    assert before.doubts == ()
    assert after.doubts == ("By its own dates the study should be over (January 2024).",)
    measured = {
        **fields,
        "completion_date": None,
        "primary_completion_date": dated("2024-01", None),
    }
    assert Sentences(record(**measured), "2024-02-01", ENGLISH).doubts == (), "no end of the study"
    assert before.meaning(Status.UNKNOWN) == after.meaning(Status.UNKNOWN)


def test_spanish_says_as_much() -> None:
    for fields in list(combinations())[::97]:
        trial = record(**fields)
        ours, theirs = (Sentences(trial, AS_OF, each) for each in (ENGLISH, SPANISH))
        for place in PLACES:
            assert bool(getattr(ours, place)) == bool(getattr(theirs, place)), (place, fields)
        assert len(ours.missing) == len(theirs.missing)


# --- on the page --------------------------------------------------------------------------------

CALLED_OFF = """\
---
nct_id: ISRCTN12345678
brief_title: Rest for migraine
overall_status: WITHDRAWN
study_type: INTERVENTIONAL
enrollment_info: {count: 0, type: ACTUAL}
start_date: {date: 2019-05, type: ESTIMATED}
sex: MALE
minimum_age: 18 Years
has_results: false
last_update_post_date: 2020-01-01
source:
  registry: ISRCTN
history:
  - date: 2024-06-06
    field: version_holder
    old: "2025-07-07"
    new: "2026-11-27"
---

## Eligibility criteria

### Inclusion criteria

1. Migraine
"""


@pytest.fixture(scope="module")
def called_off(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("called-off")
    content: dict[str, str | bytes] = {
        "site.yaml": "title: Trials\n",
        "trials/ISRCTN12345678.md": CALLED_OFF,
    }
    build_site(project, content)
    return project / "site/trials"


def text_of(path: Path) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", path.read_text("utf-8")).split())


def test_a_page_says_what_is_true_of_a_trial_that_never_was(called_off: Path) -> None:
    page = text_of(called_off / "ISRCTN12345678.html")
    for expected in (
        "Was planned to start May 2019",
        "0 people Nobody joined.",
        "Who it is for",
        "Men only.",
        "Nobody new can take part.",
        "ISRCTN identifier ISRCTN12345678. Updated 2020-01-01.",
        "See it at ISRCTN",
    ):
        assert expected in page, expected
    for false in ("ClinicalTrials.gov identifier", "hopes", "really", "boys", "Starts", "2026"):
        assert false not in page, false


def test_every_form_names_the_registry_that_gave_the_number(called_off: Path) -> None:
    for ending in ("ris", "bib", "fhir.json", "html"):
        text = (called_off / f"ISRCTN12345678.{ending}").read_text("utf-8")
        assert "ISRCTN" in text.replace("ISRCTN12345678", "")
        said = text.replace("in the form of ClinicalTrials.gov&#39;s interface", "")
        assert "clinicaltrials.gov" not in said.lower(), ending


@pytest.mark.parametrize(
    ("number", "registry", "expected"),
    [
        ("2022-500244-37-00", None, "EU Clinical Trials Information System (CTIS) identifier"),
        ("2013-000615-24", "CTIS", "EU Clinical Trials Register identifier"),
        ("STUDY-2024", "The hospital's list", "The hospital's list identifier STUDY-2024"),
        ("STUDY-2024", "ClinicalTrials.gov", ". Identifier STUDY-2024"),
        ("STUDY-2024", None, ". Identifier STUDY-2024"),
    ],
)
def test_a_citation_names_no_registry_that_is_not_known(
    number: str, registry: str | None, expected: str
) -> None:
    source = {"registry": registry} if registry else None
    page = TrialPage(
        record(nct_id=number, source=source), Context(ENGLISH, "", AS_OF, {}, with_results=False)
    )
    assert expected in page.citation


def test_the_date_of_the_registrys_data_is_no_change() -> None:
    fields = ("version_holder", "source.sha256", "sex")
    history = [{"date": "2025", "field": field, "old": "A", "new": "B"} for field in fields]
    (version,) = versions(record(history=history), ENGLISH)
    assert [change.label for change in version.changes] == ["Sex"]


_OF_THE_RECORD = re.compile(r"\b(?:the|this) record|\bla ficha|\besta ficha|el registro", re.I)
_OF_NO_FIELD = re.compile(
    r"say_(?:dates|one_date|places|number|who)_unread|say_results_lead(?:_at)?|say_mesh_by_registry"
    r"|say_doubt_\w+|say_plain_older|say_access_itself|say_status_(?:by_dates|own|\w+_via)"
    r"|say_countries_alone|say_contacts_not_copied|say_number_by_state(?:_and_more)?"
    r"|say_dates_by_state|say_published_there"
)
"""What is of a whole record, or of words that only its registry's copy can hold; or a note of the
importer's says it of the very value; or the record is there to be read beside the file."""


@pytest.mark.parametrize("language", ["en", "es"])
def test_of_what_an_editor_may_have_written_no_sentence_says_that_the_record_says_it(
    language: str,
) -> None:
    words = read_language(language, TEXTS).words
    wrong = {
        key: said
        for key, said in words.items()
        if re.match("say_|search_closed|card_closed|sites_|certainty_|missing", key)
        and _OF_THE_RECORD.search(said)
        and not _OF_NO_FIELD.fullmatch(key)
    }
    assert wrong == {}
    said = read_language(language, TEXTS)
    for value in chain.from_iterable(ENUMERATIONS.values()):
        assert not re.search("the record (?:names|gives)|la ficha lo", said.meaning(value), re.I)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-11", "Not verified for 12 months."),
        ("2025-03", "Not verified for 20 months."),
        ("2024-12", "Not verified for 23 months."),
        ("2024-11", "Not verified for 2 years."),
    ],
)
def test_under_two_years_a_record_was_not_verified_for_months(day: str, words: str) -> None:
    trial = record(overall_status="RECRUITING", status_verified_date=day)
    (doubt,) = Sentences(trial, "2026-11-30", ENGLISH).doubts
    assert doubt.startswith(f"{words} The study team last did so: ")


def test_what_a_checklist_prints_sends_nobody_to_the_end_of_itself() -> None:
    """Only criteria are on paper; the page has the rest."""
    unread = (text for key, text in ENGLISH.words.items() if "end of the" in text)
    assert [text for text in unread if "trial's page" not in text] == []


@pytest.mark.parametrize(
    ("dates", "status", "is_said"),
    [
        ({}, "RECRUITING", True),
        ({}, "COMPLETED", False),
        ({"status_verified_date": "2025-09"}, "RECRUITING", False),
        ({"last_update_post_date": {"date": "2025-09-01"}}, "RECRUITING", False),
        ({"source": {"date": "2025-09-01"}}, "RECRUITING", False),
    ],
)
def test_a_status_of_no_day_says_so(dates: dict[str, Any], status: str, is_said: bool) -> None:
    trial = record(overall_status=status, **dates)
    said = Sentences(trial, AS_OF, ENGLISH).undated
    assert said == (ENGLISH.words["say_undated"] if is_said else "")
