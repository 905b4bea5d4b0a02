"""`export`: what a search engine elsewhere gets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sites import AS_OF, folders, write_files

from trialpages.build import Request
from trialpages.exporting import export
from trialpages.problems import CallFailure, ContentFailure
from trialpages.search.engine_fields import FIELDS, engine_id, is_indexed
from trialpages.settings.site_file import read_site

RECRUITING = """---
nct_id: NCT00000001
brief_title: Aspirin after anaemia
acronym: REST
official_title: A trial of aspirin after anaemia
overall_status: RECRUITING
study_type: INTERVENTIONAL
phases: [PHASE2]
org_study_id_info: {id: AB/12-7}
conditions: [Anaemia]
interventions:
  - {type: DRUG, name: Aspirin, other_names: [Acetylsalicylic acid]}
lead_sponsor: {name: Violet Hospital, class: OTHER}
start_date: 2024-07
enrollment_info: {count: 40}
sex: ALL
minimum_age: 18 Years
maximum_age: 65 Years
has_results: false
locations:
  - facility: Ward 1
    city: Oslo
    country: Norway
    status: RECRUITING
    geo_point: {lat: 59.9127, lon: 10.7461}
  - {facility: Ward 2, city: Leeds, country: United Kingdom, status: WITHDRAWN}
---

## Brief summary

Rest *and* aspirin.

## Eligibility criteria

### Inclusion criteria

- Tired
"""
BARE = """---
nct_id: JPRN-UMIN000000002
brief_title: Walking after a heart attack
overall_status: COMPLETED
study_type: OBSERVATIONAL
conditions: [Myocardial Infarction]
condition_browse:
  meshes: [{term: "Carcinoma, Non-Small-Cell Lung"}]
  ancestors: [{term: Lung Neoplasms}]
---
"""
FILES: dict[str, str | bytes] = {
    "content/site.yaml": "url: https://t.example.org/\nsearch_names: [[anaemia, tired blood]]\n",
    "content/trials/NCT00000001.md": RECRUITING,
    "content/trials/JPRN-UMIN000000002.md": BARE,
    "content/trials/NCT00000003.md": "---\nnct_id: NCT00000003\nbrief_title: Secret\ndraft: true\n"
    "overall_status: COMPLETED\nstudy_type: OBSERVATIONAL\n---\n",
    "content/trials/NCT00000004.md": "---\nnct_id: NCT00000004\nbrief_title: Withheld\n"
    "overall_status: WITHHELD\nstudy_type: OBSERVATIONAL\n---\n",
}


def exported(project: Path, files: dict[str, str | bytes] = FILES) -> dict[str, dict[str, Any]]:
    write_files(project, files)
    out = project / "out"
    export(Request(folders(project), AS_OF), out)
    lines = (out / "trials.ndjson").read_text("utf-8").splitlines()
    return {one["id"]: one for one in map(json.loads, lines)}


def test_each_published_trial_is_a_document(tmp_path: Path) -> None:
    found = exported(tmp_path)
    assert found.keys() == {"NCT00000001", "JPRN-UMIN000000002"}, "no draft, nothing withheld"
    card = {
        "nct_id": "NCT00000001",
        "status": "Recruiting",
        "phase": "Phase 2",
        "ages": "18 Years to 65 Years",
        "countries": "Listed as open in: Norway; not open in 1 other country",
        "conditions": "Anaemia",
    }
    assert found["NCT00000001"]["cards"]["en"] == card
    assert found["NCT00000001"] == {
        "id": "NCT00000001",
        "acronym": "REST",
        "title": "Aspirin after anaemia",
        "conditions": ["Anaemia"],
        "interventions": ["Aspirin"],
        "numbers": ["NCT00000001", "AB/12-7"],
        "official_title": "A trial of aspirin after anaemia",
        "other_names": ["Acetylsalicylic acid"],
        "also_called": found["NCT00000001"]["also_called"],
        "sponsors": ["Violet Hospital"],
        "towns": ["Oslo, Norway", "Leeds, United Kingdom"],
        "countries": ["Norway", "United Kingdom"],
        "places": ["Ward 1", "Norway", "Ward 2", "United Kingdom"],
        "summary": "Rest and aspirin.",
        "spellings": ["anemia"],
        "criteria": "Inclusion Criteria: - Tired",
        "status": "Recruiting",
        "subjects": ["Anaemia"],
        "phases": ["Phase 2"],
        "study_type": "Interventional",
        "intervention_types": ["Drug"],
        "sex": "ALL",
        "has_results": False,
        "sponsor_class": "Other",
        "start_year": 2024,
        "start_date": 1719792000,
        "enrollment": 40,
        "takes_from": 18 * 8766,
        "takes_below": 66 * 8766,
        "status_rank": 0,
        "positions": [[59.9127, 10.7461], [53.8, -1.55]],  # the second is its town's
        "open_positions": [[59.9127, 10.7461]],
        "path": "trials/NCT00000001.html",
        "address": "https://t.example.org/trials/NCT00000001.html",
        "language": "en",
        "cards": {"en": card},
        "closed": {
            "country": {"United Kingdom": "withdrawn"},
            "city": {"Leeds, United Kingdom": "withdrawn"},
        },
    }
    assert "tired blood" in found["NCT00000001"]["also_called"]
    bare = found["JPRN-UMIN000000002"]
    assert (bare["takes_from"], bare["takes_below"]) == (0, 9_999_999), "no limit"
    assert {"Non-Small-Cell Lung Carcinoma", "coronary thrombosis"} < {*bare["also_called"]}
    assert "myocardial infarction" not in bare["also_called"], "it says so itself"


_TYPES: dict[str, Any] = {
    "string": str,
    "string[]": list,
    "int32": int,
    "int64": int,
    "bool": bool,
    "geopoint[]": list,
    "object": dict,
}


def test_settings_and_documents_are_of_one_table(tmp_path: Path) -> None:
    found = exported(tmp_path)
    kinds = {one.name: one.kind for one in FIELDS} | {"id": "string"}
    for document in found.values():
        odd = {name for name, value in document.items() if type(value) is not _TYPES[kinds[name]]}
        assert odd == set()
    schema = json.loads((tmp_path / "out/typesense.schema.json").read_text("utf-8"))
    assert {one["name"]: one["type"] for one in schema["fields"]} == {
        one.name: one.kind for one in FIELDS if is_indexed(one)
    }
    required = {one["name"] for one in schema["fields"] if not one.get("optional")}
    assert all(required <= document.keys() for document in found.values())
    settings = json.loads((tmp_path / "out/meilisearch.settings.json").read_text("utf-8"))
    assert settings["searchableAttributes"][:3] == ["acronym", "title", "conditions"]
    assert settings["searchableAttributes"][-1] == "criteria"
    for key in ("searchableAttributes", "filterableAttributes", "sortableAttributes"):
        assert {*settings[key]} <= kinds.keys()
    assert "heart attack" in settings["synonyms"]["myocardial infarction"]
    readme = (tmp_path / "out/README.md").read_text("utf-8")
    assert {name for name in kinds if f"| `{name}` |" not in readme} == set()


def test_who_fits_ages_that_are_not_read_is_not_said_to_an_engine(tmp_path: Path) -> None:
    unread = BARE.replace("conditions:", "extra: {/Inclusion_agemin: '\"newborns\"'}\nconditions:")
    found = exported(tmp_path, FILES | {"content/trials/JPRN-UMIN000000002.md": unread})
    assert not {"takes_from", "takes_below"} & found["JPRN-UMIN000000002"].keys()


def test_an_id_is_one_that_both_engines_take() -> None:
    assert engine_id("CTRI/2020/01 é") == "CTRI-2020-01__"


def test_what_is_at_fault_leaves_the_documents_as_they_were(tmp_path: Path) -> None:
    exported(tmp_path)
    before = (tmp_path / "out/trials.ndjson").read_bytes()
    (tmp_path / "content/trials/NCT00000001.md").write_text("---\nnct_id: 7\n---\n")
    with pytest.raises(ContentFailure):
        export(Request(folders(tmp_path), AS_OF), tmp_path / "out")
    assert (tmp_path / "out/trials.ndjson").read_bytes() == before
    assert [path.name for path in (tmp_path / "out").glob(".*")] == []


def test_documents_go_into_no_folder_that_a_site_is_made_from(tmp_path: Path) -> None:
    write_files(tmp_path, FILES)
    with pytest.raises(CallFailure, match="--content"):
        export(Request(folders(tmp_path), AS_OF), tmp_path / "content/out")


KEYS = {
    "typesense": (
        "k8pX5hD0793d8YQC5aD1aEPd7VleSuGP",
        "xyz",
        "admin-" + "0" * 32,
    ),
    "meilisearch": ("0" * 64, "aMasterKeyOfSixteenBytes", "MASTER"),
}


@pytest.mark.parametrize("engine", KEYS)
def test_a_key_that_looks_like_one_for_more_than_searching_is_doubted(engine: str) -> None:
    good, *doubted = KEYS[engine]
    for key in (good, *doubted):
        text = f"search:\n  engine: {engine}\n  url: https://s.example.org\n  key: {key}\n"
        site, problems = read_site(text.encode(), "site.yaml")
        assert site.search and site.search.host == "https://s.example.org"
        assert [(one.code, one.severity) for one in problems] == [("admin-key", "warning")] * (
            key in doubted
        )


@pytest.mark.parametrize(
    "url", ["http://s.example.org", "https://s.example.org; *", "s", "https://"]
)
def test_what_a_policy_could_not_name_is_no_address_of_an_engine(url: str) -> None:
    text = f"search:\n  engine: typesense\n  url: '{url}'\n  key: {'k' * 32}\n"
    site, problems = read_site(text.encode(), "site.yaml")
    assert site.search is None
    assert [one.where and one.where.line for one in problems] == [3]
