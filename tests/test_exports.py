"""The exports: schema.org JSON-LD, RIS, BibTeX and FHIR R5, each held to its real vocabulary.

JSON-LD is checked against schema.org itself (`schema_org`: every class, property, domain, range),
RIS and BibTeX by reading them back (`rispy`, `bibtexparser`), FHIR by R5's own model
(`fhir.resources`) and R5's code systems (tests/schemas). None of them may be missing.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import warnings
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from fhir.resources.researchstudy import ResearchStudy
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from schema_org import registry as schema_org

from trialpages.characters import UNFIT
from trialpages.exports.citations import bibtex, ris
from trialpages.exports.fhir.concepts import as_markdown
from trialpages.exports.fhir.study import research_study
from trialpages.prose.plain_values import plain_text
from trialpages.records import vocabulary
from trialpages.records.model import Trial, to_trial
from trialpages.records.registry_shape import from_registry
from trialpages.trial.linked_data import json_ld

Json = dict[str, Any]

URL = "https://trials.example.org/trials/NCT01234567.html"
REGISTRY = "https://clinicaltrials.gov/study/NCT01234567"
ACCESSED = date(2025, 10, 1)

CORPUS = Path(__file__).parents[2] / "shared/corpus/ctgov-v2.ndjson.gz"
CODES = json.loads(
    Path(__file__).with_name("schemas").joinpath("fhir-r5-codes.json").read_text("utf-8")
)

MINIMAL: Json = {
    "nct_id": "NCT01234567",
    "brief_title": "Rest for migraine",
    "overall_status": "RECRUITING",
    "study_type": "INTERVENTIONAL",
}

FULL: Json = {
    **MINIMAL,
    "nct_id_aliases": ["NCT00000002"],
    "official_title": "A Randomized Trial of Rest",
    "acronym": "REST",
    "org_study_id_info": {"id": "R01-77", "type": "NIH", "link": "https://reporter.nih.gov/1"},
    "secondary_id_infos": [
        {"id": "G-1", "type": "OTHER_GRANT", "domain": "Rest Foundation"},
        {"id": "2020-001-12", "type": "EUDRACT_NUMBER"},
    ],
    "organization": {"full_name": "City Hospital", "class": "OTHER"},
    "why_stopped": r"Too few with HbA1c \> 7",
    "start_date": {"date": "2024-07", "type": "ACTUAL"},
    "primary_completion_date": {"date": "2026", "type": "ESTIMATED"},
    "completion_date": {"date": "2026-12-01", "type": "ESTIMATED"},
    "last_update_submit_date": "2025-02-01",
    "last_update_post_date": {"date": "2025-02-03", "type": "ACTUAL"},
    "responsible_party": {
        "type": "SPONSOR_INVESTIGATOR",
        "investigator_full_name": "Ada Doe",
        "investigator_title": "Professor",
        "investigator_affiliation": "City Hospital",
    },
    "lead_sponsor": {"name": "Merck & Co., Inc.", "class": "INDUSTRY"},
    "collaborators": [{"name": "Bo Roe", "class": "INDIV"}],
    "is_fda_regulated_drug": True,
    "is_fda_regulated_device": False,
    "brief_summary": "Does *rest* help?\n\n7. aura \\< 1 h\n9. pain ≥ 4\n\n* nausea",
    "detailed_description": "Long.",
    "conditions": ["Migraine Disorders", "Aura"],
    "keywords": ["rest"],
    "phases": ["PHASE1", "PHASE2"],
    "design_info": {
        "allocation": "RANDOMIZED",
        "intervention_model": "PARALLEL",
        "primary_purpose": "TREATMENT",
        "masking_info": {"masking": "DOUBLE", "who_masked": ["PARTICIPANT", "INVESTIGATOR"]},
    },
    "enrollment_info": {"count": 0, "type": "ESTIMATED"},
    "arm_groups": [
        {
            "label": "Rest",
            "type": "EXPERIMENTAL",
            "description": "Lie *down*",
            "intervention_names": ["Behavioral: Rest", "Drug: Lost"],
        },
        {"type": "PLACEBO_COMPARATOR"},
    ],
    "interventions": [
        {"type": "BEHAVIORAL", "name": "Rest", "description": "1 h", "other_names": ["Sleep"]},
        {"name": "Rizatriptan"},
    ],
    "primary_outcomes": [
        {"measure": "Pain < 4", "time_frame": "*24 h*", "description": "- VAS"},
    ],
    "other_outcomes": [{"measure": "Sleep"}],
    "eligibility_criteria": "Inclusion Criteria:\n\n1. Age \\> 18",
    "healthy_volunteers": False,
    "sex": "FEMALE",
    "gender_based": True,
    "gender_description": "Women",
    "minimum_age": "18 Years",
    "maximum_age": "6 Months",
    "central_contacts": [
        {"name": "Desk", "role": "CONTACT", "phone": "555-1", "phone_ext": "9", "email": "a@b.org"},
    ],
    "overall_officials": [
        {"name": "Ada Doe", "affiliation": "City Hospital", "role": "PRINCIPAL_INVESTIGATOR"},
        {"name": "Cy Poe"},
    ],
    "locations": [
        {
            "facility": "City Hospital",
            "status": "RECRUITING",
            "city": "Nanjing",
            "zip": "210029",
            "country": "China",
            "contacts": [{"name": "Li", "role": "PRINCIPAL_INVESTIGATOR"}],
            "geo_point": {"lat": 32.06, "lon": 118.78},
        },
        {"city": "Lyon", "country": "France"},
        {},
    ],
    "references": [
        {"pmid": "123", "type": "RESULT", "citation": "1. Doe A. *Rest* [x] & p<.05. 2024."},
        {"pmid": "124", "type": "DERIVED", "retractions": [{"pmid": "9", "source": "J"}]},
        {"type": "BACKGROUND", "citation": "Old"},
    ],
    "see_also_links": [
        {"label": "A \\> B", "url": "https://example.org/a"},
        {"label": "bad", "url": "javascript:alert(1)"},
    ],
    "avail_ipds": [{"id": "D1", "type": "Data", "url": "https://example.org/data"}],
    "large_docs": [
        {"type_abbrev": "Prot", "label": "Protocol", "date": "2024-01-02", "filename": "p.pdf",
         "size": 5_000_000_000, "upload_date": "2024-05-06T10:11"},
    ],
    "condition_browse": {"meshes": [{"id": "D008881", "term": "Migraine disorders"}]},
    "has_results": True,
    "reviewed": {"date": "2025-03", "by": "Ed"},
    "lang": "en",
}  # fmt: skip

OBSERVATIONAL: Json = {
    **MINIMAL,
    "study_type": "OBSERVATIONAL",
    "overall_status": "UNKNOWN",
    "patient_registry": True,
    "design_info": {"observational_model": "COHORT", "time_perspective": "CROSS_SECTIONAL"},
    "study_population": "People of *Lyon*",
    "sampling_method": "NON_PROBABILITY_SAMPLE",
    "responsible_party": {"old_name_title": "Dr. Doe", "old_organization": "City Hospital"},
}

EXPANDED: Json = {**MINIMAL, "study_type": "EXPANDED_ACCESS", "overall_status": "AVAILABLE"}


def trial(tree: Json, **changes: Any) -> Trial:
    return to_trial({**tree, **changes})


def fhir(found: Trial, url: str) -> Json:
    study: Json = json.loads(research_study(found, url))
    return study


def linked(found: Trial, url: str) -> Json:
    study: Json = json.loads(json_ld(found, url))
    return study


def every_value() -> Iterator[Json]:
    """A record for each value of each enumeration that an export has a table of."""
    lists: tuple[tuple[type[vocabulary.Vocabulary], Any], ...] = (
        (vocabulary.Status, lambda v: {"overall_status": v}),
        (vocabulary.StudyType, lambda v: {"study_type": v}),
        (vocabulary.Phase, lambda v: {"phases": [v]}),
        (vocabulary.AgencyClass, lambda v: {"lead_sponsor": {"name": "S", "class": v}}),
        (vocabulary.ArmGroupType, lambda v: {"arm_groups": [{"label": "A", "type": v}]}),
        (vocabulary.InterventionType, lambda v: {"interventions": [{"name": "I", "type": v}]}),
        (vocabulary.OfficialRole, lambda v: {"overall_officials": [{"name": "O", "role": v}]}),
        (vocabulary.ContactRole, lambda v: {"central_contacts": [{"name": "C", "role": v}]}),
        (vocabulary.ResponsiblePartyType, _responsible),
        (vocabulary.ReferenceType, lambda v: {"references": [{"citation": "R", "type": v}]}),
        (vocabulary.OrgStudyIdType, lambda v: {"org_study_id_info": {"id": "1", "type": v}}),
        (vocabulary.SecondaryIdType, lambda v: {"secondary_id_infos": [{"id": "1", "type": v}]}),
        (vocabulary.EnrollmentType, lambda v: {"enrollment_info": {"count": 9, "type": v}}),
        (vocabulary.Sex, lambda v: {"sex": v}),
        (vocabulary.DesignAllocation, lambda v: {"design_info": {"allocation": v}}),
        (vocabulary.InterventionalAssignment, lambda v: {"design_info": {"intervention_model": v}}),
        (vocabulary.PrimaryPurpose, lambda v: {"design_info": {"primary_purpose": v}}),
        (vocabulary.DesignMasking, lambda v: {"design_info": {"masking_info": {"masking": v}}}),
        (vocabulary.WhoMasked, lambda v: {"design_info": {"masking_info": {"who_masked": [v]}}}),
        (vocabulary.ObservationalModel, lambda v: _observed("observational_model", v)),
        (vocabulary.DesignTimePerspective, lambda v: _observed("time_perspective", v)),
    )
    for kind, made in lists:
        for member in kind:
            yield {**MINIMAL, **made(member.value)}


def _responsible(value: str) -> Json:
    return {"responsible_party": {"type": value, "investigator_full_name": "Ada Doe"}}


def _observed(field: str, value: str) -> Json:
    return {"study_type": "OBSERVATIONAL", "design_info": {field: value}}


OWN = [to_trial(tree) for tree in (MINIMAL, FULL, OBSERVATIONAL, EXPANDED, *every_value())]


# --- the corpus of real records, where it is there ----------------------------------------------


@cache
def corpus_sample() -> tuple[Trial, ...]:
    """About 150 real records, every expanded-access one among them; all with ALL_RECORDS=1."""
    if not CORPUS.exists():
        reason = "the corpus of real records isn't here: exports were tested on our own alone"
        warnings.warn(reason, stacklevel=2)
        pytest.skip(reason)
    every = 1 if os.environ.get("ALL_RECORDS") else 20
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        chosen = [
            line for n, line in enumerate(lines) if n % every == 0 or "EXPANDED_ACCESS" in line
        ]
    return tuple(from_registry(json.loads(line)) for line in chosen)


def test_the_sample_has_every_kind_of_study() -> None:
    kinds = {found.study_type for found in corpus_sample()}
    assert len(corpus_sample()) >= 150
    assert kinds == {*vocabulary.StudyType} - {vocabulary.StudyType.OTHER}  # which is ours


# --- schema.org ---------------------------------------------------------------------------------


def schema_org_faults(node: Json, where: str = "$") -> Iterator[str]:
    """What schema.org doesn't know: types, properties, their domains, ranges, members."""
    kind = node.get("@type", "")
    found = schema_org.CLASS_METADATA.get(kind)
    if found is None or found.is_enumeration or found.superseded_by:
        yield f"{where}: no type {kind!r}"
        return
    for name, value in node.items():
        if name in ("@context", "@type"):
            continue
        here = f"{where}.{name}"
        known = schema_org.PROPERTY_BY_SCHEMA.get(name)
        if known is None or known.superseded_by:
            yield f"{here}: no such property"
            continue
        if not {kind, *schema_org.ancestry(kind)} & set(known.domains):
            yield f"{here}: not a property of {kind}"
        for item in value if isinstance(value, list) else [value]:
            yield from _range_faults(item, known.ranges, here)


def _range_faults(value: Any, ranges: tuple[str, ...], where: str) -> Iterator[str]:
    if isinstance(value, dict):
        if not {value["@type"], *schema_org.ancestry(value["@type"])} & set(ranges):
            yield f"{where}: {value['@type']} is none of {ranges}"
        yield from schema_org_faults(value, where)
    elif isinstance(value, float):
        if "Number" not in ranges:
            yield f"{where}: a number is none of {ranges}"
    elif value.startswith("https://schema.org/"):
        member = schema_org.ENUM_MEMBER_METADATA.get(value.rpartition("/")[2])
        if member is None or not set(member.types) & set(ranges):
            yield f"{where}: {value} is none of {ranges}"
    elif not any(_LITERALS[kind].fullmatch(value) for kind in ranges if kind in _LITERALS):
        yield f"{where}: {value!r} is none of {ranges}"


_LITERALS = {
    "Text": re.compile(r".+", re.DOTALL),
    "URL": re.compile(r"https?://\S+"),
    "Date": re.compile(r"\d{4}(-\d\d){0,2}"),
}


def test_the_vocabulary_is_schema_org_and_the_check_bites() -> None:
    assert float(schema_org.SCHEMA_VERSION) >= 30
    for wrong in (
        {"@type": "ClinicalTrial"},
        {"@type": "MedicalTrial", "phase": "2"},
        {"@type": "MedicalTrial", "outcome": "pain"},
        {"@type": "MedicalTrial", "keywords": "rest"},
        {"@type": "MedicalTrial", "trialDesign": "https://schema.org/QuadrupleBlindedTrial"},
        {"@type": "MedicalTrial", "trialDesign": "https://schema.org/CohortStudy"},
        {"@type": "MedicalTrial", "sponsor": {"@type": "Drug", "name": "x"}},
        {"@type": "MedicalTrial", "url": "nowhere"},
    ):
        assert list(schema_org_faults(wrong)), wrong


def test_json_ld_is_schema_org() -> None:
    for found in OWN:
        assert list(schema_org_faults(linked(found, URL))) == []


def test_json_ld_of_real_records_is_schema_org() -> None:
    for found in corpus_sample():
        assert list(schema_org_faults(linked(found, URL))) == [], found.nct_id


def test_json_ld_says_nothing_the_record_does_not() -> None:
    assert linked(trial(MINIMAL), URL) == {
        "@context": "https://schema.org",
        "@type": "MedicalTrial",
        "name": "Rest for migraine",
        "url": URL,
        "sameAs": REGISTRY,
        "mainEntityOfPage": {"@type": "MedicalWebPage", "url": URL},
        "identifier": [
            {
                "@type": "PropertyValue",
                "propertyID": "ClinicalTrials.gov",
                "value": "NCT01234567",
                "url": REGISTRY,
            }
        ],
        "code": {
            "@type": "MedicalCode",
            "codeValue": "NCT01234567",
            "codingSystem": "ClinicalTrials.gov",
        },
        "status": ["https://schema.org/Recruiting"],
    }


def test_json_ld_of_a_full_record() -> None:
    found = linked(trial(FULL), URL)
    assert found["description"] == "Does rest help? 7. aura < 1 h 9. pain ≥ 4 - nausea"
    assert found["status"][1:] == ["https://schema.org/ResultsAvailable"]
    assert [name.rpartition("/")[2] for name in found["trialDesign"]] == [
        "RandomizedTrial",
        "DoubleBlindedTrial",
        "PlaceboControlledTrial",
        "MultiCenterTrial",
        "InternationalTrial",
    ]
    assert [one["@type"] for one in found["sponsor"]] == ["Organization", "Person"]
    assert found["healthCondition"][0]["code"]["codeValue"] == "D008881"
    assert "code" not in found["healthCondition"][1]
    towns = ["Nanjing, China", "Lyon, France"]
    assert found["studyLocation"] == [
        {"@type": "AdministrativeArea", "name": name} for name in towns
    ]
    assert [grant["identifier"] for grant in found["funding"]] == ["R01-77", "G-1"]
    assert [one.get("creativeWorkStatus") for one in found["subjectOf"]] == [None, "Retracted"]
    assert found["mainEntityOfPage"]["lastReviewed"] == "2025-03"


def test_json_ld_states_a_doubted_status_with_its_day() -> None:
    study: Json = json.loads(json_ld(trial(FULL), URL, "Recruiting when last checked, May 2019"))
    assert study["status"][0] == "Recruiting when last checked, May 2019"
    assert list(schema_org_faults(study)) == []


def test_fhir_says_when_the_record_was_last_verified() -> None:
    (note,) = fhir(trial({**FULL, "status_verified_date": "2019-05"}), URL)["note"]
    assert note == {"time": "2019-05", "text": "Record last verified by the study team: 2019-05"}
    assert "note" not in fhir(trial(FULL), URL)


@pytest.mark.parametrize(
    ("masking", "who", "expected"),
    [
        ("NONE", [], ["OpenTrial"]),
        ("SINGLE", ["PARTICIPANT"], ["SingleBlindedTrial"]),
        ("SINGLE", ["OUTCOMES_ASSESSOR"], []),
        ("DOUBLE", [], ["DoubleBlindedTrial"]),
        ("TRIPLE", ["CARE_PROVIDER", "INVESTIGATOR", "OUTCOMES_ASSESSOR"], []),
        ("QUADRUPLE", ["PARTICIPANT"], []),
    ],
)
def test_a_trial_is_blinded_only_where_the_participant_does_not_know(
    masking: str, who: list[str], expected: list[str]
) -> None:
    masked = {"masking_info": {"masking": masking, "who_masked": who}}
    designs = linked(trial(MINIMAL, design_info=masked), URL).get("trialDesign", [])
    assert designs == ["https://schema.org/" + name for name in expected]


def test_an_id_of_another_registry_is_not_sent_to_this_one() -> None:
    other = trial(MINIMAL, nct_id="ISRCTN12345678", source={"registry": "ISRCTN"})
    assert linked(other, URL)["code"]["codingSystem"] == "ISRCTN"
    assert "clinicaltrials" not in json.dumps(
        [linked(other, URL), fhir(other, URL), ris(other, URL, ACCESSED)]
    )


# --- citations ----------------------------------------------------------------------------------


def read_ris(text: str) -> Json:
    """The one reference in the text, as rispy reads it."""
    found: list[Json] = rispy.loads(text)
    assert len(found) == 1
    return found[0]


_LATEX = LatexDecodingMiddleware(keep_math_mode=False)


def read_bibtex(text: str, *, decoded: bool = True) -> dict[str, str]:
    """The one entry in the text, as bibtexparser reads it, LaTeX resolved."""
    library = parse_string(text, append_middleware=[_LATEX] if decoded else [])
    assert library.failed_blocks == []
    assert len(library.entries) == 1
    return {"ID": library.entries[0].key} | {
        name: field.value for name, field in library.entries[0].fields_dict.items()
    }


# fmt: off
NASTY = [
    "\\", "{", "}", "\\{", "\\}", "} }", "%", "%5C", "&", "\\&", "#", "_", "$", "$x_1$", "~",
    "\\~n", "^", '"', '{\\"o}', "'", "''", "``", "?`", "!`", "--", "---", "<", ">", "<<", ">>", "|",
    ",,", "\\textbf{x}", "\\begin{a}", "@misc{a,", "},", " = ", "≥18 µg/m²", "試験", "é", "<b>",
    "&lt;", "*", "1. ", "- ", "# ", "[a](b)", "`", "  ", "ER  - ", "TY  - JOUR", " and ", "\u00a0",
    "\u0301", "\ue000",
]
# fmt: on

_PUBLISHED = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")).filter(
    lambda one: not UNFIT.match(one)
)
nasty = st.lists(
    st.one_of(
        st.text(_PUBLISHED, max_size=8),
        st.sampled_from(NASTY),
    ),
    min_size=1,
    max_size=12,
).map(lambda parts: "".join(parts).strip())


@settings(deadline=None)
@given(nasty.filter(bool), nasty.filter(bool), nasty.filter(bool))
def test_what_ris_readers_read_is_the_record(title: str, sponsor: str, word: str) -> None:
    found = trial(
        MINIMAL, official_title=title, lead_sponsor={"name": sponsor}, keywords=[word, "x"]
    )
    read = read_ris(ris(found, URL, ACCESSED))
    assert read["title"] == title
    whole = " ".join(sponsor.replace(",", " ").split())
    assert read.get("authors", []) == ([f"{whole},"] if whole else [])
    assert read.get("notes", []) == ([f"Sponsor: {sponsor}"] if "," in sponsor else [])
    assert read["keywords"] == list(dict.fromkeys([word, "x"]))


@pytest.mark.parametrize(
    ("sponsor", "whole"),
    [
        ("Fudan University", "Fudan University"),
        ("Qilu Pharmaceutical Co., Ltd.", "Qilu Pharmaceutical Co. Ltd."),
        ("Taizhou Mabtech Pharmaceutical Co.,Ltd", "Taizhou Mabtech Pharmaceutical Co. Ltd"),
        ("University Hospital, Strasbourg, France", "University Hospital Strasbourg France"),
    ],
)
def test_no_reference_manager_splits_a_sponsor_into_last_and_first_name(
    sponsor: str, whole: str
) -> None:
    """Zotero and EndNote take what stands behind a comma for the first name."""
    text = ris(trial(MINIMAL, lead_sponsor={"name": sponsor}), URL, ACCESSED)
    (author,) = read_ris(text)["authors"]
    assert author.split(",") == [whole, ""]
    assert sponsor in text


@settings(deadline=None)
@given(nasty.filter(bool), nasty.filter(bool), nasty.filter(bool))
def test_what_bibtex_readers_read_is_the_record(title: str, brief: str, sponsor: str) -> None:
    found = trial(MINIMAL, official_title=title, brief_title=brief, lead_sponsor={"name": sponsor})
    entry = bibtex(found, URL, ACCESSED)
    read = read_bibtex(entry)
    # This parser takes \textasciicircum for the modifier letter ˆ; LaTeX prints a plain ^.
    texts = [read[name].replace("ˆ", "^") for name in ("title", "shorttitle", "author")]
    assert texts == [text.replace("ˆ", "^") for text in (title, brief, sponsor)]
    # BibTeX itself counts every brace, also one behind a backslash.
    depths = [entry[:n].count("{") - entry[:n].count("}") for n in range(len(entry) + 1)]
    assert min(depths) == 0
    assert depths[-1] == 0


@settings(deadline=None)
@given(st.text(st.sampled_from("a\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029\x00\t ")))
def test_citations_have_no_line_breaks_inside_a_field(title: str) -> None:
    found = trial(MINIMAL, official_title=f"A{title}Z")
    text = ris(found, URL, ACCESSED)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.splitlines())
    assert text.count("\n") == text.count("\r\n") == len(text.splitlines())
    assert text.endswith("\r\nER  - \r\n")
    assert len(bibtex(found, URL, ACCESSED).splitlines()) == len(
        bibtex(trial(MINIMAL, official_title="AZ"), URL, ACCESSED).splitlines()
    )


def test_ris_of_a_full_record() -> None:
    assert ris(trial(FULL), URL, ACCESSED).split("\r\n") == [
        "TY  - ELEC",
        "ID  - NCT01234567",
        "AU  - Merck & Co. Inc.,",
        "TI  - A Randomized Trial of Rest",
        "ST  - Rest for migraine",
        "T2  - ClinicalTrials.gov",
        "PY  - 2025",
        "DA  - 2025/02/03/",
        "Y2  - 2025/10/01/",
        "DB  - ClinicalTrials.gov",
        "AN  - NCT01234567",
        "AB  - Does rest help? 7. aura < 1 h 9. pain ≥ 4 - nausea",
        "N1  - Sponsor: Merck & Co., Inc.",
        "KW  - Migraine Disorders",
        "KW  - Aura",
        "KW  - rest",
        f"UR  - {URL}",
        f"UR  - {REGISTRY}",
        "ER  - ",
        "",
    ]


def test_bibtex_of_a_full_record() -> None:
    assert bibtex(trial(FULL), URL, ACCESSED).split("\n") == [
        "@misc{NCT01234567,",
        r"  author = {{Merck \& Co., Inc.}},",
        "  title = {{A Randomized Trial of Rest}},",
        "  shorttitle = {{Rest for migraine}},",
        "  howpublished = {ClinicalTrials.gov},",
        "  note = {Identifier: NCT01234567},",
        "  year = {2025},",
        "  month = feb,",
        f"  url = {{{URL}}},",
        "  urldate = {2025-10-01},",
        "}",
        "",
    ]


@pytest.mark.parametrize(
    ("day", "written"), [("2024", "2024///"), ("2024-07", "2024/07//"), ("", None)]
)
def test_a_partial_date_stays_partial_in_a_citation(day: str, written: str | None) -> None:
    found = trial(MINIMAL, last_update_post_date={"date": day}) if day else trial(MINIMAL)
    assert read_ris(ris(found, URL, ACCESSED)).get("date") == written
    assert ("month" in read_bibtex(bibtex(found, URL, ACCESSED))) == (day == "2024-07")


def test_bibtex_leaves_addresses_as_they_are() -> None:
    address = "https://example.org/~a_b/%7Bc#d&e="
    assert read_bibtex(bibtex(trial(MINIMAL), address, ACCESSED), decoded=False)["url"] == address
    read = read_bibtex(bibtex(trial(MINIMAL), "https://example.org/{a}", ACCESSED), decoded=False)
    assert read["url"] == "https://example.org/%7Ba%7D"


def test_a_title_is_never_bibtex_special_character() -> None:
    """`{{\\%...` would let a style change the case of what follows."""
    found = trial(MINIMAL, official_title="% of PD-1 < 5")
    assert "title = {{{}\\% of PD-1 $<$ 5}}" in bibtex(found, URL, ACCESSED)


def test_citations_of_real_records_read_back() -> None:
    for found in corpus_sample():
        title = " ".join((found.official_title or found.brief_title).split())
        sponsor = (found.lead_sponsor.name or "") if found.lead_sponsor else ""
        read = read_ris(ris(found, URL, ACCESSED))
        assert " ".join(read["title"].split()) == title
        assert read["authors"] == [" ".join(sponsor.replace(",", " ").split()) + ","]
        entry = read_bibtex(bibtex(found, URL, ACCESSED))
        assert " ".join(entry["title"].split()) == title
        assert (entry["ID"], entry["author"]) == (found.nct_id, sponsor)


# --- FHIR R5 ------------------------------------------------------------------------------------


def fhir_faults(study: Json) -> Iterator[str]:
    """What R5 forbids. Raises pydantic's ValidationError for a wrong structure."""
    model = ResearchStudy.model_validate(study)
    if json.loads(model.model_dump_json(), object_hook=_integer64_as_text) != study:
        yield "R5's model reads it as something else"
    yield from _required_code_faults(model, "ResearchStudy")
    yield from _coding_faults(study)
    ids = [resource["id"] for resource in study.get("contained", [])]
    references = set(re.findall(r'"reference": "#([^"]*)"', json.dumps(study)))
    if len(set(ids)) != len(ids) or set(ids) != references:
        yield f"dom-3: contained {ids} are referred to as {references}"


def _integer64_as_text(node: Json) -> Json:
    """R5's JSON holds an integer64 as a string; R5's model reads it so and writes a number."""
    return {name: str(value) if name == "size" else value for name, value in node.items()}


def _required_code_faults(model: BaseModel, where: str) -> Iterator[str]:
    """Codes out of the lists that R5 requires, as far as R5's model names them."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        extra = field.json_schema_extra
        allowed = extra.get("enum_values") if isinstance(extra, dict) else None
        if value is not None and isinstance(allowed, list) and value not in allowed:
            yield f"{where}.{name}: {value!r} is none of {allowed}"
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, BaseModel):
                yield from _required_code_faults(item, f"{where}.{name}")


def _coding_faults(node: Any) -> Iterator[str]:
    """Codings that aren't in R5's code systems, or not under that display text."""
    if isinstance(node, list):
        for item in node:
            yield from _coding_faults(item)
    elif isinstance(node, dict):
        system = node.get("system", "")
        known = system.startswith("http://hl7.org/") or node.keys() >= {"code", "display"}
        if known and CODES["codes"].get(system, {}).get(node["code"]) != node["display"]:
            yield f"no {node['code']!r} shown as {node['display']!r} in {system}"
        for value in node.values():
            yield from _coding_faults(value)


def test_the_fhir_check_bites() -> None:
    good = fhir(trial(FULL), URL)
    assert list(fhir_faults(good)) == []
    phase = {"coding": [{**good["phase"]["coding"][0], "code": "phase-9"}]}
    wrongs: list[Json] = [{"status": "recruiting"}, {"phase": phase}, {"contained": []}]
    for wrong in wrongs:
        assert list(fhir_faults({**good, **wrong})), wrong
    brokens: list[Json] = [{"phases": []}, {"period": {"start": "July"}}, {"status": None}]
    for broken in brokens:
        with pytest.raises(ValueError, match="validation error"):
            list(fhir_faults({**good, **broken}))


def test_fhir_is_r5() -> None:
    for found in OWN:
        assert list(fhir_faults(fhir(found, URL))) == []


def test_fhir_of_real_records_is_r5() -> None:
    for found in corpus_sample():
        assert list(fhir_faults(fhir(found, URL))) == [], found.nct_id


def test_fhir_says_nothing_the_record_does_not() -> None:
    assert fhir(trial(MINIMAL), "") == {
        "resourceType": "ResearchStudy",
        "id": "NCT01234567",
        "identifier": [
            {
                "use": "official",
                "value": "NCT01234567",
                "system": "https://clinicaltrials.gov",
                "assigner": {"display": "ClinicalTrials.gov"},
            }
        ],
        "title": "Rest for migraine",
        "relatedArtifact": [
            {
                "type": "documentation",
                "display": "ClinicalTrials.gov",
                "document": {"url": REGISTRY},
            }
        ],
        "status": "active",
        "studyDesign": [_study_type("SEVCO:01001", "Interventional research", "Interventional")],
        "progressStatus": [{"state": _state("recruiting", "Recruiting")}],
    }


def _study_type(code: str, display: str, label: str) -> Json:
    coding = {"system": "http://hl7.org/fhir/study-design", "code": code, "display": display}
    return {"coding": [coding], "text": f"Study Type: {label}"}


def _state(code: str, display: str) -> Json:
    system = "http://hl7.org/fhir/research-study-status"
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def test_fhir_of_a_full_record() -> None:
    found = fhir(trial(FULL), URL)
    assert found["phase"]["coding"][0]["code"] == "phase-1-phase-2"
    assert found["period"] == {"start": "2024-07", "end": "2026-12-01"}
    assert found["whyStopped"] == {"text": "Too few with HbA1c > 7"}
    assert found["recruitment"] == {"targetNumber": 0, "eligibility": {"reference": "#eligibility"}}
    assert [party["role"]["text"] for party in found["associatedParty"]] == [
        "Lead Sponsor",
        "Collaborator",
        "Responsible Party: Sponsor-Investigator",
        "Overall Official: Principal Investigator",
        "Overall Official",
        "Contact",
    ]
    arm = found["comparisonGroup"][0]
    assert arm["intendedExposure"] == [
        {"reference": "#intervention-1", "display": "Behavioral: Rest"},
        {"display": "Drug: Lost"},
    ]
    assert found["outcomeMeasure"][0]["name"] == "Pain < 4"
    assert found["outcomeMeasure"][0]["description"] == "Time frame: \\*24 h\\*\n\n- VAS"
    progress = [(s.get("actual"), s.get("period")) for s in found["progressStatus"]]
    assert progress == [
        (None, None),
        (True, {"start": "2024-07"}),
        (False, {"end": "2026"}),
        (False, {"end": "2026-12-01"}),
    ]


def test_a_period_never_ends_before_it_starts() -> None:
    backwards = {"start_date": {"date": "2024-07-02"}, "completion_date": {"date": "2024-06"}}
    assert fhir(trial(MINIMAL, **backwards), URL)["period"] == {"start": "2024-07-02"}
    same_month = {"start_date": {"date": "2024-07-02"}, "completion_date": {"date": "2024-07"}}
    assert "end" in fhir(trial(MINIMAL, **same_month), URL)["period"]


def test_blank_texts_are_left_out_and_control_characters_shown() -> None:
    odd = trial(FULL, acronym=" \n", brief_summary="a\x00b\x0bc", why_stopped="\x07")
    found = fhir(odd, URL)
    assert list(fhir_faults(found)) == []
    assert found["descriptionSummary"] == "a\ufffdb\ufffdc"
    assert len(found["label"]) == 1
    assert "whyStopped" not in found


# --- all of them --------------------------------------------------------------------------------


@settings(deadline=None)
@given(nasty)
def test_a_plain_text_reads_the_same_as_markdown(text: str) -> None:
    assert plain_text(as_markdown(text)) == " ".join(text.split())


@settings(deadline=None)
@given(nasty.filter(bool), nasty)
def test_nasty_texts_stay_valid(title: str, text: str) -> None:
    outcome = {"measure": text, "time_frame": text, "description": text}
    article = {"type": "RESULT", "citation": text}
    odd = trial(
        FULL,
        brief_title=title,
        brief_summary=text,
        conditions=[text],
        primary_outcomes=[outcome],
        references=[article],
        arm_groups=[{"label": text, "intervention_names": [text]}],
    )
    assert list(schema_org_faults(linked(odd, URL))) == []
    assert list(fhir_faults(fhir(odd, URL))) == []
    assert linked(odd, URL)["name"] == fhir(odd, URL)["title"] == title


def says_nothing(node: Any) -> bool:
    """Whether somewhere in a form there is what it may not hold: nothing, or a control character.

    An object with a type only says nothing either.
    """
    if isinstance(node, dict):
        return not node.keys() - {"@type"} or any(map(says_nothing, node.values()))
    if isinstance(node, list):
        return not node or any(map(says_nothing, node))
    if isinstance(node, str):
        return not node.strip() or bool(re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", node))
    return node is None


def test_the_check_for_nothing_bites() -> None:
    nothings: list[Any] = [{}, [], "", "\u3000\n", "a\x00", None, {"@type": "Drug"}, {"a": [{}]}]
    for wrong in nothings:
        assert says_nothing(wrong), wrong
    assert not says_nothing({"@type": "Drug", "isProprietary": False, "cost": 0, "name": ["a\nb"]})


def test_forms_hold_only_what_says_something() -> None:
    for found in OWN:
        assert not says_nothing([linked(found, URL), fhir(found, URL)])
        assert not says_nothing([linked(found, ""), fhir(found, "")])


def test_forms_of_real_records_hold_only_what_says_something() -> None:
    for found in corpus_sample():
        assert not says_nothing([linked(found, URL), fhir(found, URL)]), found.nct_id


BLANKS = ["", " ", "\t\r\n", "\x00", "\x7f", "\x1f \x0b", "\x85", "\xa0\u2003", "\u2028", "\u3000"]


WORDS = [*BLANKS, "a\x00b", "Rest", "*", "{}", '""', ':" "', "\\u0000", r"\b"]


def _texts(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of a tree's texts."""
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for step, value in items:
        if isinstance(value, dict | list):
            yield from _texts(value, (*path, step))
        elif isinstance(value, str):
            yield (*path, step)


def _with(tree: Json, path: tuple[Any, ...], text: str) -> Json:
    """The same tree, with another text at the path."""
    *steps, last = path
    node: Any = tree
    for step in steps:
        node = node[step]
    node[last] = text
    return tree


@cache
def _free_texts() -> tuple[tuple[Any, ...], ...]:
    """The paths in FULL where the model takes any text."""

    def takes_any(path: tuple[Any, ...]) -> bool:
        try:
            return bool(to_trial(_with(deepcopy(FULL), path, "any text")))
        except msgspec.ValidationError:
            return False

    return tuple(filter(takes_any, _texts(FULL)))


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=100, max_size=100))
def test_a_text_without_a_sign_that_shows_is_no_text(words: list[str]) -> None:
    tree = deepcopy(FULL)
    assert 50 < len(_free_texts()) <= len(words)
    for path, text in zip(_free_texts(), words, strict=False):
        _with(tree, path, text)
    found = to_trial(tree)
    assert not says_nothing([linked(found, URL), fhir(found, URL)])


@pytest.mark.parametrize("text", BLANKS)
def test_a_single_text_without_a_sign_that_shows_is_no_text(text: str) -> None:
    for path in _free_texts():
        found = to_trial(_with(deepcopy(FULL), path, text))
        assert not says_nothing([linked(found, URL), fhir(found, URL)]), path


@pytest.mark.parametrize("text", BLANKS)
def test_a_record_may_have_no_words_at_all(text: str) -> None:
    tree = deepcopy(FULL)
    for path in _free_texts():
        _with(tree, path, text)
    found = to_trial(tree)
    assert not says_nothing([linked(found, URL), fhir(found, URL)])


def test_the_same_record_gives_the_same_bytes() -> None:
    def exported() -> str:
        found = trial(FULL)
        parts = (linked(found, URL), fhir(found, URL))
        return json.dumps(parts) + ris(found, URL, ACCESSED) + bibtex(found, URL, ACCESSED)

    assert exported() == exported()
