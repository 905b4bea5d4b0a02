"""On a site in another language the record's words are marked, so that they are read out right."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from sites import build_site

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect", "line"}

TRIAL = """\
---
nct_id: NCT00000001
brief_title: Zq title
official_title: Zq official
acronym: ZQ
overall_status: RECRUITING
study_type: INTERVENTIONAL
phases:
  - PHASE2
conditions:
  - Zq condition
keywords:
  - Zq keyword
lead_sponsor:
  name: Zq sponsor
  class: INDUSTRY
collaborators:
  - name: Zq collaborator
design_info:
  allocation: RANDOMIZED
  intervention_model_description: Zq model
arm_groups:
  - label: Zq arm
    type: EXPERIMENTAL
    description: Zq arm text
    intervention_names:
      - "Drug: Zq drug"
interventions:
  - type: DRUG
    name: Zq drug
    description: Zq drug text
    other_names:
      - Zq other
    arm_group_labels:
      - Zq arm
primary_outcomes:
  - measure: Zq measure
    description: Zq measured
    time_frame: Zq weeks
minimum_age: 18 Years
maximum_age: 75 Years
sex: ALL
study_population: Zq population
locations:
  - facility: Zq hospital
    city: Zq city
    country: Zq country
  - facility: Zq clinic
    city: Zq town
    country: Zq land
overall_officials:
  - name: Ann Doe
    affiliation: Zq institute
    role: STUDY_CHAIR
references:
  - type: BACKGROUND
    citation: Zq citation
condition_browse:
  meshes:
    - id: D1
      term: Zq heading
  browse_leaves:
    - name: Zq leaf
      as_found: Zq found
secondary_id_infos:
  - id: "1"
    domain: Zq domain
ipd_sharing_statement:
  ipd_sharing: YES
  description: Zq plan
related_trials:
  - nct_id: NCT00000002
    title: Zq second
---

## Brief summary

Zq summary

## Detailed description

Zq description

## Eligibility criteria

### Inclusion criteria

1. Zq inclusion

### Exclusion criteria

1. Zq exclusion

## Zq heading of its own

Zq section
"""


class Spoken(HTMLParser):
    """Each text of a page with the language it is marked to be in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self._languages = [""]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._languages.append(dict(attrs).get("lang") or self._languages[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._languages.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append((data.strip(), self._languages[-1]))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("spanish")
    third = TRIAL.replace("NCT00000001", "NCT00000003")
    files: dict[str, str | bytes] = {
        "site.yaml": "title: Ensayos\nlanguage: es\n",
        "trials/NCT00000001.md": TRIAL,
        "trials/NCT00000003.md": third,
    }
    build_site(project, files)
    return project / "site"


PAGES = ("trials/NCT00000001.html", "trials/index.html", "conditions/index.html", "index.html")


@pytest.mark.parametrize("path", PAGES)
def test_the_records_words_are_marked_as_english(built: Path, path: str) -> None:
    page = f'<html lang="es"><body>{(built / path).read_text("utf-8").split("<body>")[1]}'
    said = [(text, language) for text, language in Spoken(page).said if "zq" in text.lower()]
    assert len(said) > (40 if "NCT" in path else 0)
    assert [text for text, language in said if language != "en" and text != "ZQ"] == []


def test_the_themes_words_are_in_the_sites_language(built: Path) -> None:
    text = (built / PAGES[0]).read_text("utf-8")
    said = dict(Spoken(text).said)
    for words in ("Quién puede participar", "De 18 años a 75 años", "Aleatorizada", "Fase 2"):
        assert said[words] == "es", words
    assert said["Randomized"] == "en"


def test_countries_have_the_sites_names_and_the_records_word_stays(tmp_path: Path) -> None:
    korea = TRIAL.replace("Zq country", "Korea, Republic of").replace("Zq land", "Chile")
    files: dict[str, str | bytes] = {
        "site.yaml": "title: Ensayos\nlanguage: es\n",
        "trials/NCT00000001.md": korea,
    }
    build_site(tmp_path, files)
    for path in ("countries/index.html", "countries/south-korea.html", "trials/index.html"):
        said = Spoken((tmp_path / "site" / path).read_text("utf-8")).said
        assert [language for text, language in said if "Corea del Sur" in text].count("es"), path
        assert not [text for text, _ in said if "Korea" in text], path
    said = Spoken((tmp_path / "site" / PAGES[0]).read_text("utf-8")).said
    assert ("Corea del Sur", "es") in said
    assert ("Korea, Republic of", "en") in said


def test_a_page_runs_as_its_language_and_a_record_as_its_own(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": "title: تجارب\nlanguage: ar\n",
        "trials/NCT00000001.md": TRIAL,
    }
    build_site(tmp_path, files)
    text = (tmp_path / "site" / PAGES[0]).read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in text
    assert '<h1 lang="en" dir="ltr">' in text


def test_a_record_in_the_sites_language_is_not_marked(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": "title: Ensayos\nlanguage: es-MX\n",
        "trials/NCT00000001.md": TRIAL.replace("nct_id:", "lang: es\nnct_id:", 1),
    }
    build_site(tmp_path, files)
    text = (tmp_path / "site" / PAGES[0]).read_text("utf-8")
    assert '<html lang="es-MX">' in text
    marked = {text for text, language in Spoken(text).said if language == "en"}
    assert not [text for text in marked if "Zq" in text]
