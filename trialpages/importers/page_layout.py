"""The layout of a trial page saved as text: its lines, its sections and what stands above them.

A section begins with its title on a line of its own and, on the next, the one sentence that the
site always prints there. Both must be there to the letter: a title alone can be a heading inside
somebody's description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from trialpages.problems import ContentFailure, Problem, Where

NO_RESULTS = (
    "The study team has not published outcome measurements, participant flow, or safety data for "
    "this trial yet. Check back later for updates."
)

SENTENCES = {
    "Study Results": NO_RESULTS,
    "Basic Information": "Get a concise snapshot of the trial, including recruitment status, "
    "study phase, enrollment targets, and key timeline milestones.",
    "Brief Summary": "Review the sponsor-provided synopsis that highlights what the study is "
    "about and why it is being conducted.",
    "Related Clinical Trials": "Explore similar clinical trials based on study characteristics "
    "and research focus.",
    "Detailed Description": "Dive into the extended narrative that explains the scientific "
    "background, objectives, and procedures in greater depth.",
    "Conditions": "See the medical conditions and disease areas that this research is targeting "
    "or investigating.",
    "Study Design": "Understand how the trial is structured, including allocation methods, "
    "masking strategies, primary purpose, and other design elements.",
    "Study Groups": "Review each arm or cohort in the study, along with the interventions and "
    "objectives associated with them.",
    "Interventions": "Learn about the drugs, procedures, or behavioral strategies being tested "
    "and how they are applied within this trial.",
    "Eligibility Criteria": "Check the participation requirements, including inclusion and "
    "exclusion rules, age limits, and whether healthy volunteers are accepted.",
    "Sponsors": "Meet the organizations funding or collaborating on the study and learn about "
    "their roles.",
    "Responsible Party": "Identify the individual or organization who holds primary "
    "responsibility for the study information submitted to regulators.",
    "Principal Investigators": "Learn about the lead researchers overseeing the trial and their "
    "institutional affiliations.",
    "Locations": "Explore where the study is taking place and check the recruitment status at "
    "each participating site.",
    "Countries": "Review the countries where the study has at least one active or historical site.",
    "Central Contacts": "Reach out to these primary contacts for questions about participation "
    "or study logistics.",
    "Facility Contacts": "Find local site contact details for specific facilities participating "
    "in the trial.",
    "References": "Explore related publications, articles, or registry entries linked to this "
    "study.",
    "Other Identifiers": "Review additional registry numbers or institutional identifiers "
    "associated with this trial.",
    "More Related Trials": "Additional clinical trials that may be relevant based on similarity "
    "analysis.",
}
"""The title of each section we know, and its sentence."""

_TITLES = {sentence: title for title, sentence in SENTENCES.items()}

_OTHER_TITLES = {
    *("Keywords", "Collaborators", "Official Title", "Acronym", "Documents", "Results"),
    *("Outcome Measures", "Primary Outcomes", "Secondary Outcomes", "Other Outcomes"),
    *("Adverse Events", "Participant Flow", "Baseline Characteristics", "IPD Sharing"),
}
"""Sections that such a page might have, in a form that we haven't seen."""

_FREE_TEXT = {
    *("Brief Summary", "Detailed Description", "Eligibility Criteria"),
    *("Study Groups", "Interventions"),
}
"""Sections in which two lines of anybody's could look like a title and a sentence of the site."""

_TITLE_SHAPE = re.compile(r"[A-Z][\w/&()' -]{2,50}")
_SENTENCE_SHAPE = re.compile(
    r"(?:Get|Review|Explore|Dive|See|Understand|Learn|Check|Meet|Identify|Find|Reach|Browse"
    r"|Discover|View|Additional) .{0,100}\b(?:trial|study|research|clinical)\b.{0,100}\."
)


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str
    """Without the white space around it."""


@dataclass(frozen=True, slots=True)
class PageSection:
    title: str
    opening: tuple[Line, ...]
    """The title line and, unless it says something about the trial, the sentence."""
    lines: tuple[Line, ...]
    known: bool
    """Whether both are to the letter those of a section that we know."""


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    """All of them, the blank ones too."""
    head: tuple[Line, ...]
    """What stands above the first section."""
    sections: tuple[PageSection, ...]


def split_page(text: str, file_name: str) -> Page:
    """The page in a document, as `decode` gives its text. Raises ContentFailure if it is none."""
    lines = tuple(
        Line(number, line.strip())
        for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1)
    )
    written = tuple(line for line in lines if line.text)
    sections = tuple(_sections(written))
    head = written[: written.index(sections[0].opening[0])] if sections else written
    if not any(section.known for section in sections) or not _names_a_trial(head):
        raise ContentFailure(_not_a_page(lines[0], file_name))
    return Page(lines, head, sections)


def _sections(lines: tuple[Line, ...]) -> Iterator[PageSection]:
    starts = [*_starts(lines), (len(lines), False)]
    for (start, known), (end, _) in pairwise(starts):
        first = start + 1 if lines[start + 1].text == NO_RESULTS else start + 2
        yield PageSection(lines[start].text, lines[start:first], lines[first:end], known)


def _starts(lines: tuple[Line, ...]) -> Iterator[tuple[int, bool]]:
    """The index of each section's title line, and whether we know the section."""
    seen: set[str] = set()
    inside = ""
    for index in range(len(lines) - 1):
        title, sentence = lines[index].text, lines[index + 1].text
        known = _TITLES.get(sentence) == title and title not in seen
        if known or _opens_unknown_section(title, sentence, inside):
            seen.add(title)
            inside = title
            yield index, known


def _opens_unknown_section(title: str, sentence: str, inside: str) -> bool:
    """A section in a form that isn't ours, rather than two lines of the section we are in."""
    if sentence in _TITLES:
        return True
    if not _TITLE_SHAPE.fullmatch(title) or not _SENTENCE_SHAPE.fullmatch(sentence):
        return False
    return inside not in _FREE_TEXT or title in _OTHER_TITLES or title in SENTENCES


_REGISTRY_ID = re.compile(r"NCT ID: (NCT\d{8})", re.ASCII)


def _names_a_trial(head: tuple[Line, ...]) -> bool:
    """A title, and below it the line with the registry's id."""
    return any(_REGISTRY_ID.fullmatch(line.text) for line in head[1:])


def _not_a_page(first: Line, file_name: str) -> Problem:
    message = "this is not a trial page saved as text"
    where = Where(file_name, first.number, 1, first.text)
    hint = "such a page has a title, a line `NCT ID: NCT…`, and sections such as Basic Information"
    return Problem("not-a-trial-page", "error", message, where, hint)
