"""The two source documents from end to end: every line of a source is ticked off on its page."""

from __future__ import annotations

import html
import re
import shutil
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from sites import AS_OF, PROJECT

from trialpages.build import Request, build
from trialpages.import_report import Policy
from trialpages.importing import import_records
from trialpages.reading import Folders
from trialpages.records.trial_file import read_trial

CONTENT = PROJECT / "content"
SOURCES = {"NCT06494995": "000_f6d4f4387d659b53.txt", "NCT06577194": "003_d4b9fd085c358e99.txt"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents") / "site"
    folders = Folders(CONTENT, PROJECT / "templates", PROJECT / "theme", folder)
    build(Request(folders, AS_OF, search=False))
    return folder


@pytest.mark.parametrize("trial_id", SOURCES)
def test_the_committed_trial_is_what_the_import_makes(trial_id: str, tmp_path: Path) -> None:
    source = CONTENT / "sources" / SOURCES[trial_id]
    for expected in ("new", "unchanged"):
        (outcome,) = import_records([str(source)], BytesIO(), tmp_path, Policy.NEW_ONLY)
        assert (outcome.state, outcome.problems) == (expected, ())
    made = (tmp_path / "trials" / f"{trial_id}.md").read_bytes()
    assert made == (CONTENT / "trials" / f"{trial_id}.md").read_bytes()


def test_a_file_an_editor_has_changed_is_not_overwritten(tmp_path: Path) -> None:
    trials = tmp_path / "trials"
    shutil.copytree(CONTENT / "trials", trials)
    edited = (trials / "NCT06494995.md").read_text().replace("class: OTHER", "class: INDUSTRY")
    (trials / "NCT06494995.md").write_text(edited)
    source = CONTENT / "sources" / SOURCES["NCT06494995"]
    (outcome,) = import_records([str(source)], BytesIO(), tmp_path, Policy.NEW_ONLY)
    assert outcome.state == "refused"
    assert "-  class: INDUSTRY" in outcome.problems[0].details
    assert "+  class: OTHER" in outcome.problems[0].details
    assert (trials / "NCT06494995.md").read_text() == edited


# --- every line ---------------------------------------------------------------------------------

LABELS = {
    "RECRUITING": "Recruiting",
    "PHASE2": "Phase 2",
    "INTERVENTIONAL": "Interventional",
    "NON_RANDOMIZED": "Non-Randomized",
    "PARALLEL": "Parallel Assignment",
    "TREATMENT": "Treatment",
    "NONE": "None (Open Label)",
    "NA": "N/A",
    "SINGLE_GROUP": "Single Group Assignment",
    "ALL": "All",
    "OTHER": "Other",
    "Role: PRINCIPAL_INVESTIGATOR": "Principal Investigator",
    "Role: primary": "Primary contact",
    "Identifier Type: OTHER": "Other Identifier",
    "52 participants": "52",
    "35 participants": "35",
}
"""Lines of the sources that are values of enumerations, and what the page says for them."""

NOT_SHOWN = {
    "Identifier Type: -": "an identifier without a type has none on the page",
    "Identifier Source: secondary_id": "said by the list the identifier stands in",
    "Identifier Source: org_study_id": "said by the list the identifier stands in",
    "Inclusion Criteria": "heading",
    "Exclusion Criteria": "heading",
    "No": "healthy volunteers, in words of the theme",
    "The study team has not published outcome measurements, participant flow, or safety data for "
    "this trial yet. Check back later for updates.": "has_results: false",
}


class Words(HTMLParser):
    """The visible text of a page, the texts of its list items and its dates."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.dates: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "time":
            self.dates.add(dict(attrs)["datetime"] or "")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


def source_lines(trial_id: str) -> list[str]:
    text = (CONTENT / "sources" / SOURCES[trial_id]).read_text("utf-8")
    return [line for line in text.split("\n") if line.strip()]


def is_boilerplate(lines: list[str], index: int) -> bool:
    """A section's title or the sentence under it, which every such page repeats."""
    sentence = r"(Get a concise|Review |Explore |Dive into|See the |Understand |Learn |Check the |"
    sentence += r"Meet the|Identify the|Reach out|Find local|Additional clinical)"
    here = re.match(sentence, lines[index])
    follows = index + 1 < len(lines) and re.match(sentence, lines[index + 1])
    return bool(here or follows) or lines[index] == "Study Results"


@pytest.mark.parametrize("trial_id", SOURCES)
def test_every_line_of_the_source_is_on_the_page(site: Path, trial_id: str) -> None:
    page = Words((site / f"trials/{trial_id}.html").read_text("utf-8"))
    lines, missing = source_lines(trial_id), []
    for index, line in enumerate(lines):
        if is_boilerplate(lines, index) or line in NOT_SHOWN:
            continue
        wanted = LABELS.get(line, line)
        wanted = re.sub(r"^(NCT ID|Last Updated): ", "", wanted)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", wanted):
            found = wanted in page.dates
        else:
            plain = re.sub(r"^(\d+\.|\*) ", "", wanted)  # the number is an attribute of its item
            plain = re.sub(r"\\([\\`*_{}\[\]<>()#+\-.!~|&^])", r"\1", plain)
            found = " ".join(plain.split()) in page.text
        if not found:
            missing.append(line)
    assert missing == []


def criteria_on_page(page: str, prefix: str) -> list[tuple[str, str]]:
    """Id and shown number of each criterion, in the page's order."""
    items = re.findall(rf'<li[^>]*\bid="({prefix}-[^"]*)"[^>]*>', page)
    tags = re.findall(rf'(<li[^>]*\bid="{prefix}-[^"]*"[^>]*>)', page)
    numbers = [re.search(r'value="(\d+)"', tag) for tag in tags]
    return [(i, n[1] if n else "") for i, n in zip(items, numbers, strict=True)]


def test_criteria_show_the_numbers_of_the_source(site: Path) -> None:
    page = (site / "trials/NCT06494995.html").read_text("utf-8")
    inner = [(f"inc-9-{n}", str(n)) for n in range(1, 8)]
    outer = [(f"inc-{n}", str(n)) for n in range(2, 13)]
    assert criteria_on_page(page, "inc") == [*outer[:8], *inner, *outer[8:]]
    inner = [(f"exc-7-{n}", str(n)) for n in range(1, 6)]
    outer = [(f"exc-{n}", str(n)) for n in range(2, 18) if n != 8]
    assert criteria_on_page(page, "exc") == [*outer[:6], *inner, *outer[6:]]


def test_unnumbered_criteria_count_from_one_and_show_no_number(site: Path) -> None:
    page = (site / "trials/NCT06577194.html").read_text("utf-8")
    assert criteria_on_page(page, "inc") == [(f"inc-{n}", "") for n in range(1, 4)]
    assert criteria_on_page(page, "exc") == [(f"exc-{n}", "") for n in range(1, 12)]


def test_each_criterion_stands_under_its_own_id(site: Path) -> None:
    page = html.unescape((site / "trials/NCT06494995.html").read_text("utf-8"))
    for anchor, start in {
        "inc-7": "Expected survival period>3 months;",
        "inc-9-1": "Absolute neutrophil count (ANC) ≥1.5×109/L;",
        "exc-7-3": "Subjects who need to be given corticosteroids",
        "exc-9": "Severe infection (CTCAE>2)",
    }.items():
        item = rf'<li[^>]*id="{anchor}"[^>]*>(<p>)?(<a [^>]*></a>)?{re.escape(start)}'
        assert re.search(item, page), anchor


SECTIONS = [
    "at-a-glance",
    "plain-language",
    "summary",
    "description",
    "conditions",
    "design",
    "arms",
    "interventions",
    "outcomes",
    "eligibility",
    "inclusion",
    "exclusion",
    "locations",
    "countries",
    "contacts",
    "sponsors",
    "responsible-party",
    "investigators",
    "results",
    "documents",
    "ipd-sharing",
    "references",
    "identifiers",
    "related",
    "history",
    "record",
]


@pytest.mark.parametrize("trial_id", SOURCES)
def test_sections_keep_their_ids_and_order(site: Path, trial_id: str) -> None:
    page = (site / f"trials/{trial_id}.html").read_text("utf-8")
    ids = [found for found in re.findall(r'\bid="([^"]+)"', page) if found in SECTIONS]
    assert ids == sorted(ids, key=SECTIONS.index)
    assert {"at-a-glance", "eligibility", "inclusion", "exclusion", "record"} <= set(ids)
    every = re.findall(r'\bid="([^"]+)"', page)
    assert len(every) == len(set(every))


@pytest.mark.parametrize("trial_id", SOURCES)
def test_what_the_copy_lacks_is_said_on_the_page(site: Path, trial_id: str) -> None:
    page = Words((site / f"trials/{trial_id}.html").read_text("utf-8"))
    content = (CONTENT / "trials" / f"{trial_id}.md").read_bytes()
    trial = read_trial(content, trial_id).trial
    assert trial is not None and trial.import_notes
    for note in trial.import_notes:
        assert " ".join(note.message.split()) in page.text
