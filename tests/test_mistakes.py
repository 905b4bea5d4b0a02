"""What a beginner gets wrong in any file of content/: done to the letter, the hint mends it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sites import PROJECT, write_files

from trialpages.audit.content import audit_content
from trialpages.problems import Problem

TRIAL = "trials/NCT00000001.md"
FILES: dict[str, str | bytes] = {
    "site.yaml": """\
title: T
description: D
language: en
logo: bed.svg
menu:
  - title: About us
    page: about
our_sites:
  - Example Hospital
""",
    "media/bed.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1v1z"/></svg>',
    "pages/about.md": "# About us\n\n![A bed](../media/bed.svg)\n\n[Headache](../lists/ward.md)\n",
    "lists/ward.md": "---\nconditions: [Migraine]\n---\n\n# Headache\n\nAsk us.\n",
    "queries.yaml": """\
queries:
  - name: migraine
    parameters:
      cond: migraine
""",
    TRIAL: """\
---
nct_id: NCT00000001
brief_title: Rest for migraine
overall_status: RECRUITING
start_date: 2024-07-03
last_update_post_date: 2025-09-01
conditions:
  - Migraine
lead_sponsor: Example Hospital
study_type: INTERVENTIONAL
phases:
  - PHASE2
enrollment_info:
  count: 40
sex: FEMALE
locations:
  - facility: Example Hospital
    city: Leeds
    contacts:
      - name: Ann Doe
        phone: +44 113 496 0000
lang: es
ours:
  Good to know: Room 5
---

## Brief summary

Does rest help?
""",
}

SITE, QUERIES, PAGE = "site.yaml", "queries.yaml", "pages/team.md"
GUESSED = "did you mean {}?"
EACH = "write each entry on a line of its own: {}"
ENTRIES = "write `- ` before the first field of each entry, and indent its others two more"

MISTAKES = {
    "language by its name": (SITE, "language: en", "language: English", "3:11", "write en"),
    "language in capitals": (SITE, "language: en", "language: EN", "3:11", "write en"),
    "languages on one line": (
        SITE,
        "languages:\n  - en\n  - es",
        "languages: en, es",
        "3:12",
        EACH.format("`  - en`, `  - es`"),
    ),
    "a page by its file": (SITE, "page: about", "page: about.md", "7:11", GUESSED.format("about")),
    "a page in its folder": (
        SITE,
        "page: about",
        "page: pages/about",
        "7:11",
        GUESSED.format("about"),
    ),
    "a page misspelt": (SITE, "page: about", "page: abuot", "7:11", GUESSED.format("about")),
    "a logo in its folder": (
        SITE,
        "logo: bed.svg",
        "logo: media/bed.svg",
        "4:7",
        "write bed.svg",
    ),
    "a menu of one": (
        SITE,
        "  - title: About us\n    page: about",
        "  title: About us\n  page: about",
        "6:3",
        ENTRIES,
    ),
    "a text over two lines": (
        SITE,
        "description: D\n  and more of it",
        "description: D\nand more of it",
        "3:1",
        "write `and: more of it`; or, if it goes on with the line above, begin it with two blanks",
    ),
    "a fact of a trial's for the site": (
        SITE,
        "our_sites:",
        "ours:",
        "8:1",
        "`ours` is for facts of one trial, in its file; your institutions are `our_sites`",
    ),
    "a parameter beside a query's fields": (
        QUERIES,
        "    parameters:\n      cond: migraine",
        "    cond: migraine",
        "3:5",
        "what is asked goes below `parameters:`, two blanks further right",
    ),
    "a field beside its part": (
        TRIAL,
        "enrollment_info:\n  count: 40",
        "count: 40",
        "13:1",
        "it belongs to `enrollment_info`: write it below that, two blanks further right",
    ),
    "a status in everyday words": (
        TRIAL,
        "status: RECRUITING",
        "status: open",
        "4:17",
        GUESSED.format("RECRUITING"),
    ),
    "a sex in everyday words": (
        TRIAL,
        "sex: FEMALE",
        "sex: women",
        "15:6",
        GUESSED.format("FEMALE"),
    ),
    "a phase as a number": (
        TRIAL,
        "phases:\n  - PHASE2",
        "phases: 2",
        "11:9",
        EACH.format("`  - PHASE2`"),
    ),
    "a place that is no entry": (
        TRIAL,
        "  - facility",
        "    facility",
        "17:5",
        ENTRIES,
    ),
    "a number with a blank": (
        TRIAL,
        "nct_id: NCT00000001",
        "nct_id: NCT 00000001",
        "2:9",
        "write NCT00000001",
    ),
    "a record's language by its name": (TRIAL, "lang: es", "lang: Spanish", "22:7", "write es"),
    "a fact without a name": (
        TRIAL,
        "ours:\n  Good to know: Room 5",
        "ours: Room 5",
        "23:7",
        "write a name before each text, on a line of its own: `  Good to know: Room 5`",
    ),
    "a fact as a list": (
        TRIAL,
        "ours:\n  Good to know: Room 5",
        "ours:\n  - Room 5",
        "24:3",
        "write a name before each text, on a line of its own: `  Good to know: Room 5`",
    ),
    "a blank of Word's": (
        TRIAL,
        "    city: Leeds",
        "\u00a0\u00a0\u00a0\u00a0city: Leeds",
        "18:1",
        "take out what stands before the first letter, and indent with blanks you type",
    ),
    "four hyphens": (
        TRIAL,
        "---\nnct_id",
        "----\nnct_id",
        "1:1",
        "write three hyphens in this line: `---`",
    ),
    "an empty line on top": (
        TRIAL,
        "---\nnct_id",
        "\n---\nnct_id",
        "1:1",
        "take out the empty lines above `---`",
    ),
    "a date with its time": (
        TRIAL,
        "start_date: 2024-07-03",
        "start_date: 2024-07-03T00:00:00Z",
        "5:13",
        "write 2024-07-03",
    ),
    "a date in German": (
        TRIAL,
        "start_date: 2024-07-03",
        "start_date: 3. Juli 2024",
        "5:13",
        "write 2024-07-03",
    ),
    "a date in French": (
        TRIAL,
        "start_date: 2024-07\n",
        "start_date: juillet 2024\n",
        "5:13",
        "write 2024-07",
    ),
    "a date in Spanish": (
        TRIAL,
        "start_date: 2024-07-03",
        "start_date: 3 de julio de 2024",
        "5:13",
        "write 2024-07-03",
    ),
    "a picture in HTML": (
        "pages/about.md",
        "![A bed](../media/bed.svg)",
        '<img src="/media/bed.svg" alt="A bed">',
        "3:1",
        "write `![what it shows](../media/bed.svg)`",
    ),
    "a link from the root": (
        "pages/about.md",
        "[Headache](../lists/ward.md)",
        "[Headache](/lists/ward.md)",
        "5:12",
        "write `../lists/ward.md`",
    ),
    "a page's field misspelt": (
        PAGE,
        "---\ntemplate: page\n---\n# Team\n\nUs.\n",
        "---\ntemplat: page\n---\n# Team\n\nUs.\n",
        "2:1",
        "did you mean `template`?",
    ),
    "a page's front matter left open": (
        PAGE,
        "---\ntemplate: page\n---\n# Team\n\nUs.\n",
        "---\ntemplate: page\n# Team\n\nUs.\n",
        "3:1",
        "put a line `---` above this one",
    ),
}


def problems_of(content: Path, files: dict[str, str | bytes]) -> list[Problem]:
    write_files(content, files)
    return list(audit_content(content, (), date(2025, 10, 1), PROJECT / "templates"))


@pytest.mark.parametrize("name", MISTAKES)
def test_the_one_message_is_enough_to_mend_it(name: str, tmp_path: Path) -> None:
    path, right, wrong, place, hint = MISTAKES[name]
    before = str(FILES.get(path, right))
    mended = before if right in before else _mended(before, right)
    assert problems_of(tmp_path / "right", {**FILES, path: mended}) == []
    (problem,) = problems_of(tmp_path / "wrong", {**FILES, path: mended.replace(right, wrong, 1)})
    assert problem.where is not None
    assert f"{problem.where.line}:{problem.where.column}" == place
    assert problem.hint == hint


def _mended(text: str, right: str) -> str:
    """With what the hint leads to in place of the line of the same field."""
    field = right.split("\n")[0].partition(":")[0].removesuffix("s")
    line = next(line for line in text.split("\n") if line.startswith(field))
    return text.replace(line, right, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (str(FILES[TRIAL]).encode("utf-16"), "is not UTF-8: the file is in UTF-16"),
        (str(FILES[TRIAL]).encode("utf-16-le"), "is not UTF-8: the file is in UTF-16"),
        (b"PK\x03\x04\x14\x00", "this is a document of Word or a zip"),
        (b"%PDF-1.4\n", "this is a PDF"),
    ],
)
def test_a_file_of_another_program_is_told_as_that(
    content: bytes, said: str, tmp_path: Path
) -> None:
    (problem,) = problems_of(tmp_path, {**FILES, TRIAL: content})
    assert said in problem.message
    assert "UTF-8" in problem.hint


def test_a_trial_whose_ending_is_doubled_gets_one(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != TRIAL}
    (problem,) = problems_of(tmp_path, {**files, f"{TRIAL}.txt": FILES[TRIAL]})
    assert problem.hint == "rename it to NCT00000001.md"


def test_a_settings_file_of_another_name_is_no_reason_to_make_a_second(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != SITE}
    (problem,) = problems_of(tmp_path, {**files, "site.yml": FILES[SITE]})
    assert problem.hint == "rename it to site.yaml"


def test_a_page_in_a_language_that_the_site_lacks_says_where_to_name_it(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, {**FILES, "pages/about.es.md": "# Sobre\n"})
    assert "if it is in the language `es`, add that to `languages`" in problem.hint
    site = str(FILES[SITE]).replace("language: en", "languages: [en, es]")
    (problem,) = problems_of(tmp_path, {**FILES, SITE: site, "pages/us.es.md": "# Us\n"})
    assert problem.code == "no-first-language"
