"""A trial page saved as text: every line finds its place, and nothing is made up."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from trialpages.importers.criteria_text import Item, place, read_criteria
from trialpages.importers.escape import escape, protect, resolved, shown
from trialpages.importers.page_layout import SENTENCES
from trialpages.importers.page_text import PageImport, read_page_text
from trialpages.problems import ContentFailure
from trialpages.records.model import Trial, to_tree
from trialpages.records.trial_file import read_trial, write_trial
from trialpages.records.vocabulary import ContactRole, DesignAllocation, Phase, Status
from trialpages.text.file_text import decode

# --- a page of our own ----------------------------------------------------------------------------

MANY = 5_000 * "9"
BASIC = ["RECRUITING", "PHASE2", "52 participants", "INTERVENTIONAL", "2024-07-03", "2028-07-01"]
NO_RESULTS = (
    "The study team has not published outcome measurements, participant flow, or safety data for "
    "this trial yet. Check back later for updates."
)


def page(sections: Mapping[str, Sequence[str]] = {}, head: Sequence[str] = ()) -> str:
    """A page with these sections, and the basic information that every page has."""
    lines = ["Tea and Rest for Colds", "NCT ID: NCT01234567", "Last Updated: 2025-06-04", *head]
    lines += ["Study Results", NO_RESULTS]
    for title, content in {"Basic Information": BASIC, **sections}.items():
        lines += [title, SENTENCES[title], *content]
    return "\n".join(lines) + "\n"


def imported(text: str) -> PageImport:
    """The import, checked for what always holds: nothing is lost, and the file reads back."""
    plain, _ = decode(text.encode(), "page.txt")
    assert plain is not None
    result = read_page_text(plain, "page.txt", "0" * 64)
    lines = [line.strip() for line in re.split(r"\r\n|\n", text.removeprefix("\ufeff"))]
    assert [line.text for line in result.account] == (lines if lines[-1] else lines[:-1])
    assert [line.number for line in result.account] == list(range(1, len(result.account) + 1))
    assert_nothing_lost(result)
    file = read_trial(write_trial(result.trial).encode(), "NCT01234567.md")
    assert (file.trial, file.problems) == (result.trial, ())
    return result


def trial(sections: Mapping[str, Sequence[str]] = {}, head: Sequence[str] = ()) -> Trial:
    """The trial of a page that is placed whole."""
    result = imported(page(sections, head))
    assert result.unplaced == ()
    return result.trial


def unplaced(sections: Mapping[str, Sequence[str]]) -> list[str]:
    return [line.text for line in imported(page(sections)).unplaced]


def notes(trial: Trial, code: str) -> list[str]:
    return [note.message for note in trial.import_notes if note.code == code]


def noted_fields(trial: Trial, code: str) -> list[str]:
    return [note.field for note in trial.import_notes if note.code == code]


# --- nothing is lost ------------------------------------------------------------------------------

MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 1000})


def blocks(markup: str) -> Iterator[tuple[str, str]]:
    """The marker and the visible text of each paragraph or empty item of a CommonMark text."""
    marker: str | None = ""
    for token in MARKDOWN.parse(markup):
        if token.type == "list_item_open":
            if marker:
                yield marker, ""
            marker = token.info + token.markup
        elif token.type == "inline":
            yield marker or "", "".join(child.content for child in token.children or ())
            marker = ""
        elif token.type == "list_item_close" and marker:
            yield marker, ""
            marker = ""


def shown_texts(trial: Trial) -> set[str]:
    """Every text of the record, as a reader sees it."""
    found: set[str] = set()

    def gather(name: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                gather(key, inner)
        elif isinstance(value, list):
            for inner in value:
                gather(name, inner)
        elif name in ("brief_summary", "detailed_description", "description", "text"):
            found.update(text for _, text in blocks(value))
        elif name == "eligibility_criteria":
            found.update(f"{marker} {text}".strip() for marker, text in blocks(value))
        else:
            found.add(str(value))

    gather("", to_tree(trial))
    return found


IN_OTHER_WORDS: dict[str, Callable[[str], Sequence[str]]] = {
    "nct_id": lambda text: [text.removeprefix("NCT ID: ")],
    "last_update_post_date": lambda text: [text.removeprefix("Last Updated: ")],
    "has_results": lambda _: ["False"],
    "enrollment_info.count": lambda text: [text.split()[0].replace(",", "")],
    "phases": lambda text: re.split(r"[,/|] ?", text),
    "healthy_volunteers": lambda text: [str(text == "Yes")],
    "overall_officials.role": lambda text: [text.removeprefix("Role: ")],
    "locations.contacts.role": lambda text: [text.removeprefix("Role: ").upper()],
    "central_contacts.role": lambda text: [text.removeprefix("Role: ").upper()],
    "central_contacts.phone": lambda text: [text.removeprefix("Phone: ")],
    "central_contacts.email": lambda text: [text.removeprefix("Email: ")],
    "locations": lambda text: text.split(", "),
    "secondary_id_infos": lambda _: [],
    "org_study_id_info": lambda _: [],
    "secondary_id_infos.type": lambda text: [text.removeprefix("Identifier Type: ").strip("-")],
    "org_study_id_info.type": lambda _: [],
}
"""What the record holds for a line whose text isn't a value as it stands."""


def assert_nothing_lost(result: PageImport) -> None:
    """Each line is a heading, the site's boilerplate, or a text that the record shows."""
    texts = shown_texts(result.trial) | {""}
    for line in result.account:
        if line.destination == "heading":
            assert line.text in SENTENCES or line.text.removesuffix(":").endswith("Criteria")
        elif line.destination == "boilerplate":
            assert line.text in SENTENCES.values()
        elif line.destination == "blank":
            assert line.text == ""
        elif line.destination in IN_OTHER_WORDS:
            assert texts.issuperset(IN_OTHER_WORDS[line.destination](line.text)), line
        else:
            assert texts & {line.text, resolved(line.text)}, line


# --- the layout -----------------------------------------------------------------------------------


def test_head_and_basic_information() -> None:
    found = trial()
    assert found.nct_id == "NCT01234567"
    assert found.brief_title == "Tea and Rest for Colds"
    assert found.overall_status is Status.RECRUITING
    assert found.phases == (Phase.PHASE2,)
    assert found.has_results is False
    assert to_tree(found)["enrollment_info"] == {"count": 52}
    assert to_tree(found)["start_date"] == {"date": "2024-07-03"}
    assert to_tree(found)["completion_date"] == {"date": "2028-07-01"}
    assert to_tree(found)["last_update_post_date"] == {"date": "2025-06-04"}
    assert to_tree(found)["source"] == {"file": "page.txt", "sha256": "0" * 64}


@pytest.mark.parametrize(
    "variant",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.removesuffix("\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "  \n"),
        lambda text: text.replace("\n", "\n\n"),
    ],
    ids=["CRLF", "no final newline", "BOM", "spaces at line ends", "blank lines"],
)
def test_line_ends_make_no_difference(variant: Any) -> None:
    text = page({"Brief Summary": ["One.", "Two."], "Conditions": ["Cold"]})
    assert imported(variant(text)).trial == imported(text).trial


def test_same_text_gives_the_same_bytes() -> None:
    text = page({"Brief Summary": ["One."], "Countries": []})
    assert write_trial(imported(text).trial) == write_trial(imported(text).trial)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear diary,\ntoday it rained.\n",
        "NCT ID: NCT01234567\n",
        "Title\nNCT ID: NCT01234567\n",
    ],
)
def test_another_document_is_refused(text: str) -> None:
    with pytest.raises(ContentFailure) as failure:
        read_page_text(text, "diary.txt", "")
    (problem,) = failure.value.problems
    assert problem.code == "not-a-trial-page"
    assert str(problem).startswith("diary.txt:1:1  error: ")


def test_a_page_without_status_and_type_is_refused_with_both() -> None:
    with pytest.raises(ContentFailure) as failure:
        read_page_text(page({"Basic Information": ["PHASE2"]}), "page.txt", "")
    assert [problem.code for problem in failure.value.problems] == ["missing-field"] * 2


def test_a_title_without_its_sentence_is_somebodys_text() -> None:
    found = trial({"Detailed Description": ["Study Design", "We drink tea."], "Conditions": ["X"]})
    assert found.detailed_description == "Study Design\n\nWe drink tea."
    assert found.conditions == ("X",)


def test_an_unknown_section_is_unplaced_with_its_name() -> None:
    text = page({"Conditions": ["Cold"], "Countries": []}).replace(
        "Countries\n", "Keywords\nSee the key terms of this study.\nTea\nRest *well*\nCountries\n"
    )
    result = imported(text)
    assert [line.text for line in result.unplaced] == [
        *("Keywords", "See the key terms of this study.", "Tea", "Rest *well*"),
    ]
    assert result.trial.conditions == ("Cold",)
    (section,) = result.trial.sections
    assert section.heading == "Unplaced text"
    assert section.text == (
        "From line 17, under “Keywords”:\n\nKeywords\n\nSee the key terms of this study.\n\n"
        "Tea\n\nRest \\*well\\*"
    )
    assert notes(result.trial, "unplaced") == [
        "4 lines of our copy fit no field; the text is under “Unplaced text”."
    ]


def test_a_section_that_comes_twice_is_unplaced_the_second_time() -> None:
    again = ["Conditions", SENTENCES["Conditions"], "Flu"]
    result = imported(page({"Conditions": ["Cold"]}) + "\n".join(again))
    assert result.trial.conditions == ("Cold",)
    assert [line.text for line in result.unplaced] == again


def test_a_line_above_the_first_section_is_unplaced() -> None:
    result = imported(page(head=["Last Updated: soon"]))
    assert [(line.number, line.section) for line in result.unplaced] == [(4, "")]


def test_results_in_a_form_we_have_not_seen_are_unplaced() -> None:
    result = imported(page().replace(NO_RESULTS, NO_RESULTS + "\n12 people felt better."))
    assert result.trial.has_results is None
    assert [line.text for line in result.unplaced] == [NO_RESULTS, "12 people felt better."]


def test_empty_sections_leave_the_field_out_and_say_so() -> None:
    titles = ["Brief Summary", "Conditions", "Responsible Party", "Countries", "Central Contacts"]
    found = trial(dict.fromkeys(titles, ()))
    assert found.brief_summary is None
    assert found.conditions == ()
    assert found.responsible_party is None
    assert noted_fields(found, "empty-section") == [
        *("brief_summary", "conditions", "responsible_party", "countries", "central_contacts"),
    ]
    assert notes(found, "empty-section")[0] == "The section “Brief Summary” is empty in our copy."
    assert "conditions" not in noted_fields(found, "not-in-source")


def test_what_the_source_leaves_out_is_noted_once_a_kind() -> None:
    fields = noted_fields(trial({"Conditions": ["Cold"]}), "not-in-source")
    assert {"official_title", "primary_outcomes", "eligibility_criteria"} <= set(fields)
    assert "conditions" not in fields
    assert "interventions.type" not in fields
    assert len(fields) == len(set(fields))


ANY_LINE = st.sampled_from(
    [
        *("RECRUITING", "PHASE2", "NA", "OTHER", "NONE", "ALL", "No", "18 Years", "2024-07"),
        *("Role: primary", "Role: STUDY_CHAIR", "Phone: 1", "Oslo, Norway", "Norway", "Tea"),
        *("Two cups", "NCT00000001", "Identifier Type: -", "Identifier Source: secondary_id"),
        *("Inclusion Criteria", "1. One", "2. Two", "* Bullet", "> 3", "*a*", r"\>3", "<b>"),
        *("Conditions", SENTENCES["Locations"], "Keywords", "See the key terms of this study."),
    ]
)


@given(st.dictionaries(st.sampled_from(list(SENTENCES)[2:]), st.lists(ANY_LINE, max_size=9)))
def test_whatever_stands_in_a_section_is_accounted_for(sections: dict[str, list[str]]) -> None:
    imported(page(sections))


# --- values without labels ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (BASIC[:1] + BASIC[3:4], []),
        ([*BASIC[:2], "1,200 participants", *BASIC[3:]], []),
        ([BASIC[0], "PHASE1, PHASE2", *BASIC[2:]], []),
        ([BASIC[0], "PHASE1", "PHASE2", *BASIC[2:]], []),
        (BASIC[:5], ["2024-07-03"]),
        ([*BASIC, "2029"], ["2024-07-03", "2028-07-01", "2029"]),
        ([*BASIC[:2], "some participants", *BASIC[3:]], ["some participants"]),
        ([*BASIC[:2], f"{MANY} participants", *BASIC[3:]], [f"{MANY} participants"]),
        ([*BASIC, "Phase 2"], ["Phase 2"]),
    ],
)
def test_basic_information_with_missing_values(lines: list[str], left: list[str]) -> None:
    assert unplaced({"Basic Information": lines}) == left


def test_two_phases() -> None:
    found = trial({"Basic Information": ["RECRUITING", "PHASE1/PHASE2", "INTERVENTIONAL"]})
    assert found.phases == (Phase.PHASE1, Phase.PHASE2)


def test_study_design_by_vocabulary() -> None:
    design = trial({"Study Design": ["NA", "SINGLE_GROUP", "TREATMENT", "NONE"]}).design_info
    assert design and design.allocation is DesignAllocation.NA
    found = trial({"Study Design": ["PARALLEL", "DOUBLE"]})
    assert to_tree(found)["design_info"] == {
        "intervention_model": "PARALLEL",
        "masking_info": {"masking": "DOUBLE"},
    }


def test_study_design_of_an_observational_study() -> None:
    basic = ["COMPLETED", "OBSERVATIONAL"]
    found = trial({"Basic Information": basic, "Study Design": ["COHORT", "OTHER"]})
    assert to_tree(found)["design_info"] == {
        "observational_model": "COHORT",
        "time_perspective": "OTHER",
    }
    assert unplaced({"Basic Information": basic, "Study Design": ["OTHER"]}) == ["OTHER"]


@pytest.mark.parametrize(
    ("run", "fields", "left"),
    [
        (
            ["18 Years", "75 Years", "ALL", "No"],
            {
                "minimum_age": "18 Years",
                "maximum_age": "75 Years",
                "sex": "ALL",
                "healthy_volunteers": False,
            },
            [],
        ),
        (["FEMALE", "Yes"], {"sex": "FEMALE", "healthy_volunteers": True}, []),
        (["6 Months", "17 Years"], {"minimum_age": "6 Months", "maximum_age": "17 Years"}, []),
        (["18 Years", "ALL", "No"], {"sex": "ALL", "healthy_volunteers": False}, ["18 Years"]),
        (["18 Years", "N/A", "ALL"], {"sex": "ALL"}, ["18 Years", "N/A"]),
    ],
)
def test_who_can_join(run: list[str], fields: dict[str, object], left: list[str]) -> None:
    sections = {"Eligibility Criteria": ["Inclusion Criteria", "* Has a cold", *run]}
    tree = to_tree(imported(page(sections)).trial)
    names = ("minimum_age", "maximum_age", "sex", "healthy_volunteers")
    assert {name: tree[name] for name in names if name in tree} == fields
    assert unplaced(sections) == left


# --- arms and interventions -----------------------------------------------------------------------

INTERVENTIONS = ["Tea", "Two cups", "Rest", "Eight hours"]


def arms(lines: Sequence[str], interventions: Sequence[str] = INTERVENTIONS) -> list[Any]:
    tree = to_tree(trial({"Interventions": interventions, "Study Groups": lines}))
    return [
        (arm["label"], arm.get("description"), arm.get("intervention_names", []))
        for arm in tree["arm_groups"]
    ]


def test_arms_list_the_interventions_of_their_own_section() -> None:
    sections = {
        "Study Groups": ["A", "Both", *INTERVENTIONS, "B", "Tea only", "Tea", "Two cups"],
        "Interventions": INTERVENTIONS,
    }
    found = trial(sections)
    assert to_tree(found)["arm_groups"] == [
        {"label": "A", "description": "Both", "intervention_names": ["Tea", "Rest"]},
        {"label": "B", "description": "Tea only", "intervention_names": ["Tea"]},
    ]
    assert to_tree(found)["interventions"] == [
        {"name": "Tea", "description": "Two cups", "arm_group_labels": ["A", "B"]},
        {"name": "Rest", "description": "Eight hours", "arm_group_labels": ["A"]},
    ]
    assert {"interventions.type", "arm_groups.type"} <= set(noted_fields(found, "not-in-source"))


def test_an_arm_without_a_description() -> None:
    assert arms(["A", "Tea", "Two cups"]) == [("A", None, ["Tea"])]


def test_a_description_that_reads_like_a_type_is_a_description() -> None:
    lines = ["Experimental group", "Experimental arm", "Tea", "Two cups"]
    assert arms(lines) == [("Experimental group", "Experimental arm", ["Tea"])]


def test_an_arm_without_interventions_at_the_end() -> None:
    assert arms(["A", "Tea", "Two cups", "B", "Nothing"]) == [
        ("A", None, ["Tea"]),
        ("B", "Nothing", []),
    ]


def test_an_arm_that_is_called_like_its_intervention() -> None:
    lines = ["Tea", "Two cups", "Tea", "Two cups", "Rest", "Eight hours", "Rest", "Eight hours"]
    assert arms(lines) == [("Tea", "Two cups", ["Tea"]), ("Rest", "Eight hours", ["Rest"])]


def test_arms_that_can_be_cut_in_two_ways_are_unplaced() -> None:
    lines = ["A", "Tea", "Two cups", "Rest", "Eight hours", "Tea", "Two cups"]
    assert unplaced({"Interventions": INTERVENTIONS, "Study Groups": lines}) == lines
    two = ["A", "Tea drinkers", "B", "Others"]
    assert unplaced({"Study Groups": two}) == two


def test_a_long_description_could_hide_an_arm() -> None:
    found = trial(
        {
            "Interventions": INTERVENTIONS,
            "Study Groups": ["A", "First.", "Second.", "Tea", "Two cups"],
        }
    )
    assert found.arm_groups[0].description == "First.\n\nSecond."
    assert noted_fields(found, "ambiguous-arm") == ["arm_groups"]


def test_interventions_that_do_not_pair_up_are_unplaced() -> None:
    assert unplaced({"Interventions": ["Tea", "Two cups", "Rest"]}) == ["Tea", "Two cups", "Rest"]
    assert unplaced({"Interventions": ["Tea", "DRUG"]}) == ["Tea", "DRUG"]
    assert trial({"Interventions": ["Tea"]}).interventions[0].name == "Tea"


@pytest.mark.parametrize(
    "groups",
    [
        [],
        ["A", "First group.", "Drug A", "B", "Second group.", "Drug B"],
        ["A", "First group.", "Drug A", "Drug B"],
        ["A", "Drug A", "B", "Drug B", "C", "Drug A", "Drug B"],
    ],
)
def test_two_names_are_no_name_and_description(groups: list[str]) -> None:
    result = imported(page({"Interventions": ["Drug A", "Drug B"], "Study Groups": groups}))
    assert result.trial.interventions == ()
    assert {"Drug A", "Drug B"} <= {line.text for line in result.unplaced}
    assert noted_fields(result.trial, "ambiguous-intervention") == ["interventions"]


def test_paragraphs_of_descriptions_are_no_names() -> None:
    lines = ["Tea", "Brewed long.", "It is drunk hot or cold.", "Rest", "Long.", "In bed."]
    assert unplaced({"Interventions": lines}) == lines


def test_a_list_is_part_of_the_description_above() -> None:
    lines = ["Tea", "Two cups of black tea", "* twice daily", "Rest", "Eight hours in a bed"]
    found = trial({"Interventions": lines, "Study Groups": ["A", "Both.", *lines]})
    assert [(one.name, resolved(one.description or "")) for one in found.interventions] == [
        ("Tea", "Two cups of black tea\n\n* twice daily"),
        ("Rest", "Eight hours in a bed"),
    ]
    assert [(one.label, one.intervention_names) for one in found.arm_groups] == [
        ("A", ("Tea", "Rest"))
    ]


def test_places_without_a_facility_are_cities() -> None:
    found = trial({"Locations": ["Shanghai, China", "Beijing, China", "Pune, Maharashtra, India"]})
    assert [(one.facility, one.city, one.country) for one in found.locations] == [
        (None, "Shanghai", "China"),
        (None, "Beijing", "China"),
        (None, "Pune", "India"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Pfizer, Germany", "Berlin, Germany"],
        ["Bioskin, Hamburg, Germany", "Hamburg, Germany"],
        ["Shanghai, China", "Beijing, China", "Sanofi, China", "Wuhan, China"],
    ],
)
def test_what_reads_like_a_city_may_be_a_facility(lines: list[str]) -> None:
    result = imported(page({"Locations": lines}))
    assert [line.text for line in result.unplaced] == lines
    assert noted_fields(result.trial, "ambiguous-place") == ["locations"]


def test_a_city_that_nobody_knows_is_one_above_another_country() -> None:
    found = trial({"Locations": ["Kleinkleckersdorf, Germany", "Lyon, France", "PARIS, France"]})
    assert [one.city for one in found.locations] == ["Kleinkleckersdorf", "Lyon", "PARIS"]


def test_a_facility_that_names_its_city_is_one() -> None:
    found = trial({"Locations": ["University Hospital, Basel, Switzerland", "Basel, Switzerland"]})
    assert [one.facility for one in found.locations] == ["University Hospital, Basel, Switzerland"]


def test_a_place_among_facilities_could_be_either() -> None:
    lines = ["Charité", "Berlin, Germany", "Shanghai, China", "Beijing, China"]
    result = imported(page({"Locations": lines}))
    assert [line.text for line in result.unplaced] == lines[2:]
    assert noted_fields(result.trial, "ambiguous-place") == ["locations"]


# --- people, places, references -------------------------------------------------------------------


def test_sponsor_responsible_party_and_investigators() -> None:
    found = to_tree(
        trial(
            {
                "Sponsors": ["Tea University", "OTHER"],
                "Responsible Party": ["Ann Lee", "Professor"],
                "Principal Investigators": [
                    *("Ann Lee, M.D.", "Role: PRINCIPAL_INVESTIGATOR", "Tea University"),
                    *("Bo Ray", "Role: STUDY_CHAIR"),
                    *("Cy Fox", "Role: STUDY_DIRECTOR", "Rest Clinic"),
                ],
            }
        )
    )
    assert found["lead_sponsor"] == {"name": "Tea University", "class": "OTHER"}
    assert found["responsible_party"] == {
        "investigator_full_name": "Ann Lee",
        "investigator_title": "Professor",
    }
    assert [tuple(official.values()) for official in found["overall_officials"]] == [
        ("Ann Lee, M.D.", "Tea University", "PRINCIPAL_INVESTIGATOR"),
        ("Bo Ray", "STUDY_CHAIR"),
        ("Cy Fox", "Rest Clinic", "STUDY_DIRECTOR"),
    ]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Sponsors", ["Tea University", "OTHER", "Rest Clinic", "INDUSTRY"]),
        ("Responsible Party", ["Tea University"]),
        ("Principal Investigators", ["Role: PRINCIPAL_INVESTIGATOR"]),
        ("Locations", ["Tea House", "Singapore", "Rest Clinic", "Oslo, Norway"]),
        ("Locations", ["Tea House", "Seoul, Korea, Republic of"]),
        ("Locations", ["Tea House"]),
        ("Countries", ["Norway"]),
        ("Central Contacts", ["Ann Lee"]),
        ("Facility Contacts", ["Ann Lee", "Role: primary"]),
        ("Other Identifiers", ["ABC", "Identifier Source: secondary_id"]),
        ("Other Identifiers", ["ABC", "Identifier Type: -", "Identifier Source: elsewhere"]),
        ("Related Clinical Trials", ["A title without an id"]),
    ],
)
def test_what_could_be_several_things_is_unplaced(title: str, lines: list[str]) -> None:
    assert unplaced({title: lines}) == lines


def test_an_unknown_role_is_unplaced_and_the_person_is_not() -> None:
    result = imported(page({"Principal Investigators": ["Ann Lee", "Role: BOSS", "Tea House"]}))
    assert [line.text for line in result.unplaced] == ["Role: BOSS"]
    assert result.trial.overall_officials[0].affiliation == "Tea House"


def test_locations_contacts_and_countries() -> None:
    found = trial(
        {
            "Locations": ["Tea House", "Oslo, Norway"],
            "Countries": ["Norway"],
            "Central Contacts": ["Ann Lee", "Role: backup", "Phone: +47 1", "Email: a@b.no"],
            "Facility Contacts": ["Bo Ray", "Role: primary"],
        }
    )
    assert to_tree(found)["locations"] == [
        {
            "facility": "Tea House",
            "city": "Oslo",
            "country": "Norway",
            "contacts": [{"name": "Bo Ray", "role": "PRIMARY"}],
        }
    ]
    (contact,) = found.central_contacts
    assert (contact.role, contact.phone, contact.email) == (ContactRole.BACKUP, "+47 1", "a@b.no")


def test_local_contacts_of_several_places_are_nobodys() -> None:
    places = ["Tea House", "Oslo, Norway", "Rest Clinic", "Pune, Maharashtra, India"]
    result = imported(page({"Locations": places, "Facility Contacts": ["Bo", "Role: primary"]}))
    assert [line.text for line in result.unplaced] == ["Bo", "Role: primary"]
    assert noted_fields(result.trial, "ambiguous-contact") == ["locations.contacts"]
    assert result.trial.locations[1].state == "Maharashtra"


def test_references_and_identifiers() -> None:
    found = to_tree(
        trial(
            {
                "References": ["Lee A. Tea. J Rest. 2020. doi: 10.1/x"],
                "Other Identifiers": [
                    *("T-1", "Identifier Type: OTHER", "Identifier Source: secondary_id"),
                    *("T-2", "Identifier Type: -", "Identifier Source: org_study_id"),
                ],
            }
        )
    )
    assert found["references"] == [{"citation": "Lee A. Tea. J Rest. 2020. doi: 10.1/x"}]
    assert found["secondary_id_infos"] == [{"id": "T-1", "type": "OTHER"}]
    assert found["org_study_id_info"] == {"id": "T-2"}


def test_related_trials_of_both_sections() -> None:
    found = trial(
        {
            "Related Clinical Trials": ["Milk", "NCT00000001", "Rum", "NCT00000002"],
            "More Related Trials": ["Rum", "NCT00000002", "NCT00000003"],
        }
    )
    assert [(one.nct_id, one.title) for one in found.related_trials] == [
        ("NCT00000001", "Milk"),
        ("NCT00000002", "Rum"),
        ("NCT00000003", None),
    ]
    assert notes(found, "duplicate") == ["Our copy lists NCT00000002 twice; we show it once."]


# --- criteria -------------------------------------------------------------------------------------


def criteria(*lines: str) -> str:
    """The criteria of a page as they stand in its file."""
    found = trial({"Eligibility Criteria": ["Inclusion Criteria", *lines]})
    return write_trial(found).split("### Inclusion criteria\n\n", 1)[1].removesuffix("\n")


def flat(*numbers: int) -> list[str]:
    return [f"{number}. Text {number}" for number in numbers]


def test_numbers_that_start_again_make_a_list_inside() -> None:
    assert criteria(
        "8. Eight", "9. Nine:", "1. One", "2. Two", "10. Ten:", "1. One", "11. End"
    ) == ("8. Eight\n9. Nine:\n   1. One\n   2. Two\n10. Ten:\n    1. One\n11. End")


def test_groups_become_headings_of_the_file() -> None:
    found = trial(
        {"Eligibility Criteria": ["Adults.", "Inclusion Criteria", "* A", "Exclusion Criteria:"]}
    )
    assert found.eligibility_criteria == (
        "Adults.\n\nInclusion Criteria:\n\n* A\n\nExclusion Criteria:"
    )
    assert "### Inclusion criteria\n\n* A\n\n### Exclusion criteria" in write_trial(found)
    assert notes(found, "empty-section") == ["Our copy gives nothing under the exclusion criteria."]


def test_bullets_and_escapes_stay() -> None:
    assert criteria(r"* Count \>3 and 10\^9/L", r"1\. Not a list") == (
        "* Count \\>3 and 10\\^9/L\n\n1\\. Not a list"
    )


def test_bullets_and_texts_cut_a_list_but_not_its_numbers() -> None:
    lines = ("1. One", "* Bullet", "2. Two:", "A text", "1. Inner", "3. Three")
    assert criteria(*lines) == ("1. One\n\n* Bullet\n\n2. Two:\n\nA text\n\n1. Inner\n3. Three")
    assert read_criteria(lines).missing == ()


def missing(*numbers: int) -> list[str]:
    """What is missing, without the words that are always the same."""
    found = read_criteria(["Inclusion Criteria", *flat(*numbers)]).missing
    return [
        re.sub(r" of the inclusion criteria (is|are)n't in our copy\.", "", one) for one in found
    ]


def test_missing_numbers_are_noted() -> None:
    assert missing(1, 2, 3) == []
    assert missing(2, 3) == ["Item 1"]
    assert missing(4) == ["Items 1 to 3"]
    assert missing(2, 3, 5, 8, 12) == ["Items 1, 4, 6, 7 and 9 to 11"]
    assert missing(9, 1, 2, 4, 10) == ["Items 1 to 8", "Item 3 of the list in item 9"]
    assert missing(7, 1, 2, 9) == ["Items 1 to 6 and 8"]
    assert missing(1, 2, 2, 3) == []  # the number that comes twice may be no list of its own
    sentence = "Items 1 and 2 of the inclusion criteria aren't in our copy."
    assert read_criteria(["Inclusion Criteria", "3. Three"]).missing == (sentence,)


def test_exclusion_criteria_that_count_on_from_the_inclusion_criteria() -> None:
    lines = ["Inclusion Criteria", *flat(1, 2), "Exclusion Criteria", *flat(3, 4)]
    assert read_criteria(lines).missing == ()


def depths(*numbers: int) -> list[int]:
    return [one.depth for one in place([Item("number", f"{n}.", "x") for n in numbers])]


def doubts(*numbers: int) -> tuple[str, ...]:
    return read_criteria(["Exclusion Criteria", *flat(*numbers)]).doubts


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 2, 3], [0, 0, 0]),
        ([9, 1, 2, 7, 10], [0, 1, 1, 1, 0]),
        ([1, 1, 1, 2, 2, 2], [0, 1, 2, 2, 1, 0]),
        ([7, 1, 5, 9], [0, 1, 1, 0]),
        ([1, 2, 1, 2, 3], [0, 0, 1, 1, 1]),
        ([1] * 12, [0, 1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6]),
    ],
)
def test_the_list_that_a_number_belongs_to(numbers: list[int], expected: list[int]) -> None:
    assert depths(*numbers) == expected


def test_numbers_that_fit_two_lists_are_noted() -> None:
    assert doubts(8, 9, 1, 2, 7, 10) == ()
    assert doubts(1, 2, 1, 2, 3) == (
        "Item 3 of the list in item 2 of the exclusion criteria could also be in the main list.",
    )
    assert doubts(7, 1, 2, 9) == (
        "Item 9 of the exclusion criteria could also be in the list in item 7.",
    )
    assert doubts(3, 3) == (
        "Item 3 of the list in item 3 of the exclusion criteria could also be in the main list.",
    )


LISTED = st.tuples(
    st.integers(0, 30),
    st.sampled_from(".)"),
    st.sampled_from(["", "Text", "2. x", "> 3", "*a*", "    x", "# h", "---", "- y", r"\>3"]),
)


@given(st.lists(LISTED, min_size=1, max_size=25))
def test_every_number_and_text_comes_back_from_commonmark(
    items: list[tuple[int, str, str]],
) -> None:
    lines = [f"{number}{mark} {text}".strip() for number, mark, text in items]
    found = list(blocks(read_criteria(lines).text))
    assert found == [(f"{number}{mark}", resolved(text.strip())) for number, mark, text in items]


LINE = st.one_of(
    LISTED.map(lambda item: f"{item[0]}{item[1]} {item[2].strip()}".strip()),
    st.sampled_from(["* a", "- b", "+ c", "*", "Inclusion Criteria", "Exclusion Criteria:"]),
    st.sampled_from(["Text", "> quote", "2021. The study", "=====", "[a]: b", "***", "1.x"]),
)


@given(st.lists(LINE, min_size=1, max_size=25))
def test_every_line_of_mixed_criteria_comes_back(lines: list[str]) -> None:
    shown_lines = [f"{marker} {text}".strip() for marker, text in blocks(read_criteria(lines).text)]
    wanted = (resolved(line.strip()) for line in lines)
    assert shown_lines == [
        re.sub(r"^(In|Ex)clusion Criteria:?$", r"\1clusion Criteria:", line) for line in wanted
    ]


# --- escapes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "markup"),
    [
        ("5*10^9/L and p*q", r"5\*10^9/L and p\*q"),
        ("> 18 years", r"\> 18 years"),
        ("2021. The study", r"2021\. The study"),
        ("# Aims", r"\# Aims"),
        ("<b>", r"\<b>"),
        ("&amp;", r"\&amp;"),
        ("R&D, a_b_c, 3 * 4, x < y", "R&D, a_b_c, 3 * 4, x < y"),
        (r"10\^9/L and *p*", r"10\^9/L and \*p\*"),
        (r"\> 18 years", r"\> 18 years"),
    ],
)
def test_prose_is_escaped_only_where_markdown_would_take_it(line: str, markup: str) -> None:
    found = trial({"Brief Summary": [line, "Second."], "Detailed Description": ["Plain."]})
    assert found.brief_summary == f"{markup}\n\nSecond."
    assert noted_fields(found, "escaped") == (["brief_summary"] if line != markup else [])


@pytest.mark.parametrize("text", ["    four", "a ", "\\ ", "\u3000wide", " ", "", "\\"])
def test_white_space_at_the_ends_survives(text: str) -> None:
    assert shown(escape(text)) == text


CHARACTERS = st.one_of(
    st.characters(exclude_categories=["Cc", "Cs"]),
    st.sampled_from(list("\\`*_[]()<>&!#+-.~=|:;\"' 1aA/{}^@")),
    st.sampled_from(["http://", "&amp;", "<b>", "\\>", "    ", "&#32;", "](", "<!--"]),
)
ONE_LINE = st.lists(CHARACTERS, max_size=30).map("".join)


@given(ONE_LINE)
def test_any_line_comes_back_from_its_escape(text: str) -> None:
    assert shown(escape(text)) == text


@given(ONE_LINE.map(str.strip))
def test_any_line_keeps_its_own_escapes(line: str) -> None:
    markup = protect(line)
    assert shown(markup) == resolved(line)
    assert resolved(markup) == resolved(escape(resolved(line)))


def test_flattened_superscripts_are_left_alone_and_noted() -> None:
    lines = ["Inclusion Criteria", "* ANC ≥1.5×109/L;", r"* PLT 75×10\^9/L", "* 2 x 100 mg"]
    found = trial({"Eligibility Criteria": lines})
    assert "≥1.5×109/L;" in (found.eligibility_criteria or "")
    assert notes(found, "flattened-superscript") == [
        "A power of ten may have lost its raised digits in our copy: ≥1.5×109/L."
    ]


# --- the two documents ----------------------------------------------------------------------------

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def seed(name: str) -> PageImport:
    path = SEEDS / name
    if not path.exists():
        pytest.skip(f"{path} is not there; the small pages above prove the same rules")
    text = path.read_bytes().decode()
    result = read_page_text(text, name, hashlib.sha256(path.read_bytes()).hexdigest())
    assert [line.text for line in result.account] == [line.strip() for line in text.splitlines()]
    assert result.unplaced == ()
    assert_nothing_lost(result)
    file = read_trial(write_trial(result.trial).encode(), f"{result.trial.nct_id}.md")
    assert (file.trial, file.problems) == (result.trial, ())
    return result


def test_the_first_document() -> None:
    found = seed("000_f6d4f4387d659b53.txt").trial
    assert found.nct_id == "NCT06494995"
    assert [arm.intervention_names for arm in found.arm_groups] == [
        ("Cadonilimab", "Low-dose radiotherapy", "SBRT"),
        ("Cadonilimab", "Low-dose radiotherapy", "Capecitabine"),
    ]
    inclusion, exclusion = (found.eligibility_criteria or "").split("Exclusion Criteria:")
    markers = [marker for marker, _ in blocks(inclusion) if marker]
    assert markers == [f"{n}." for n in (*range(2, 10), *range(1, 8), 10, 11, 12)]
    markers = [marker for marker, _ in blocks(exclusion) if marker]
    assert markers == [f"{n}." for n in (*range(2, 8), *range(1, 6), *range(9, 18))]
    assert "\n   7. Activated" in inclusion
    assert "Expected survival period\\>3 months" in inclusion
    assert notes(found, "missing-item") == [
        "Item 1 of the inclusion criteria isn't in our copy.",
        "Items 1 and 8 of the exclusion criteria aren't in our copy.",
    ]
    assert len(found.related_trials) == 5
    assert len(found.references) == 3
    assert noted_fields(found, "empty-section") == [
        *("conditions", "countries", "central_contacts", "locations.contacts", "related_trials"),
    ]


def test_the_second_document() -> None:
    found = seed("003_d4b9fd085c358e99.txt").trial
    assert found.nct_id == "NCT06577194"
    (arm,) = found.arm_groups
    assert (arm.label, arm.type, arm.description) == (
        "Experimental group",
        None,
        "Experimental arm",
    )
    assert found.locations[0].contacts[0].role is ContactRole.PRIMARY
    assert (found.eligibility_criteria or "").count("\n* ") == 14
    assert r"1.5×10\^9/L" in (found.eligibility_criteria or "")
    assert found.brief_summary is None
    assert (found.detailed_description or "").count("\n\n") == 3
    assert notes(found, "escaped") == notes(found, "flattened-superscript") == []
