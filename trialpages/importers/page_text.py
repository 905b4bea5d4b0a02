"""A trial page saved as text, as a record.

Every line of the page gets a destination: a field, a heading, the site's own boilerplate, or the
section `Unplaced text` of the record. Nothing is inferred: what the page leaves out stays out, and
a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from trialpages.importers import page_fields as values
from trialpages.importers import page_lists as lists
from trialpages.importers import page_people as people
from trialpages.importers.coverage import Coverage
from trialpages.importers.escape import escape
from trialpages.importers.page_coverage import page_coverage
from trialpages.importers.page_fields import HEADING, Fields, Found, Lines
from trialpages.importers.page_layout import Page, split_page
from trialpages.importers.source import refuse_bad_values
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.model import ImportNote, RecordSource, Section, Trial, to_tree
from trialpages.records.trial_file import UNPLACED_HEADING

BLANK = "blank"
BOILERPLATE = "boilerplate"
UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of the source and where it went."""

    number: int
    text: str
    section: str
    """The title of the section it stands in; empty above the first."""
    destination: str
    """A field such as `locations.city`, or `heading`, `boilerplate`, `blank`, `unplaced`."""


@dataclass(frozen=True)
class PageImport:
    trial: Trial
    account: tuple[PlacedLine, ...]
    """Every line of the source, in its order."""
    coverage: Coverage
    """What the page speaks of; of anything else it doesn't say that there is none."""

    @property
    def unplaced(self) -> tuple[PlacedLine, ...]:
        """The lines that no field took. They are in the trial under `Unplaced text`."""
        return tuple(line for line in self.account if line.destination == UNPLACED)


def read_page_text(text: str, file_name: str, sha256: str) -> PageImport:
    """The record in a page's text, as `decode` gives it. Raises ContentFailure if it is no page."""
    page = split_page(text, file_name)
    found = _read_sections(page)
    account = tuple(_account(page, found))
    missing = [name for name in _REQUIRED if name not in found.fields]
    if missing:
        raise ContentFailure(*(_missing_field(name, file_name) for name in missing))
    trial = Trial(
        **found.fields,
        source=RecordSource(file=file_name, sha256=sha256),
        import_notes=tuple(_notes(found, account)),
        sections=tuple(_unplaced_section(account)),
    )
    refuse_bad_values(trial, file_name)
    return PageImport(trial, account, _coverage(trial, page, account))


def _coverage(trial: Trial, page: Page, account: Sequence[PlacedLine]) -> Coverage:
    unplaced = {line.section for line in account if line.destination == UNPLACED}
    read = [section.title for section in page.sections if section.known and section.lines]
    whole = [title for title in read if title not in unplaced]
    return page_coverage(to_tree(trial), whole, [title for title in read if title in unplaced])


# --- reading --------------------------------------------------------------------------------------

_Reader = Callable[[Lines, Fields], Found]

_READERS: dict[str, tuple[str, _Reader]] = {
    "Study Results": ("has_results", values.read_study_results),
    "Basic Information": ("overall_status", values.read_basic_information),
    "Brief Summary": ("brief_summary", values.read_brief_summary),
    "Detailed Description": ("detailed_description", values.read_detailed_description),
    "Conditions": ("conditions", lists.read_conditions),
    "Study Design": ("design_info", values.read_study_design),
    "Interventions": ("interventions", lists.read_interventions),
    "Study Groups": ("arm_groups", lists.read_study_groups),
    "Eligibility Criteria": ("eligibility_criteria", values.read_eligibility),
    "Sponsors": ("lead_sponsor", people.read_sponsors),
    "Responsible Party": ("responsible_party", people.read_responsible_party),
    "Principal Investigators": ("overall_officials", people.read_investigators),
    "Locations": ("locations", people.read_locations),
    "Countries": ("countries", people.read_countries),
    "Central Contacts": ("central_contacts", people.read_central_contacts),
    "Facility Contacts": ("locations.contacts", people.read_facility_contacts),
    "References": ("references", lists.read_references),
    "Other Identifiers": ("secondary_id_infos", lists.read_identifiers),
    "Related Clinical Trials": ("related_trials", lists.read_related_trials),
    "More Related Trials": ("related_trials", lists.read_related_trials),
}
"""The field that each section is about, and its reader. A reader may use what those before found:
the arms need the interventions, the local contacts their location."""


def _read_sections(page: Page) -> Found:
    sections = {section.title: section for section in page.sections if section.known}
    found = values.read_head(page.head)
    groups = sections["Study Groups"].lines if "Study Groups" in sections else ()
    for title, (name, read) in _READERS.items():
        if title not in sections:
            continue
        lines = sections[title].lines
        known = {**found.fields, lists.STUDY_GROUPS: groups}
        found |= read(lines, known) if lines else _empty_section(title, name)
    return found


def _empty_section(title: str, name: str) -> Found:
    message = f"The section “{title}” is empty in our copy."
    return Found(notes=(ImportNote(field=name, code="empty-section", message=message),))


_REQUIRED = ("overall_status", "study_type")


def _missing_field(name: str, file_name: str) -> Problem:
    message = f"the page gives no {name.replace('_', ' ')} that can be read"
    hint = "it stands under Basic Information, such as RECRUITING or INTERVENTIONAL"
    return Problem("missing-field", "error", message, Where(file_name), hint)


# --- the account ----------------------------------------------------------------------------------


def _account(page: Page, found: Found) -> Iterator[PlacedLine]:
    titles: dict[int, str] = {}
    where = dict(found.places)
    for section in page.sections:
        titles |= values.places((*section.opening, *section.lines), section.title)
        if section.known:
            where |= values.places(section.opening[:1], HEADING)
            where |= values.places(section.opening[1:], BOILERPLATE)
    for line in page.lines:
        destination = where.get(line.number, UNPLACED if line.text else BLANK)
        yield PlacedLine(line.number, line.text, titles.get(line.number, ""), destination)


def _unplaced_section(account: Sequence[PlacedLine]) -> Iterator[Section]:
    """The lines that no field took, with the section and the line they stand on in the source."""
    unplaced = [line for line in account if line.destination == UNPLACED]
    if not unplaced:
        return
    paragraphs: list[str] = []
    for section, group in groupby(unplaced, key=lambda line: line.section):
        lines = list(group)
        where = f"under “{section}”" if section else "above the first section"
        paragraphs.append(escape(f"From line {lines[0].number}, {where}:"))
        paragraphs += (escape(line.text) for line in lines)
    yield Section(heading=UNPLACED_HEADING, text="\n\n".join(paragraphs))


# --- notes ----------------------------------------------------------------------------------------


def _notes(found: Found, account: Sequence[PlacedLine]) -> Iterator[ImportNote]:
    yield from dict.fromkeys(found.notes)
    yield from _flattened_superscripts(account)
    yield from _not_in_source(found)
    count = sum(line.destination == UNPLACED for line in account)
    if count:
        lines = "1 line" if count == 1 else f"{count} lines"
        message = f"{lines} of our copy fit no field; the text is under “{UNPLACED_HEADING}”."
        yield ImportNote(field="sections", code="unplaced", message=message)


_MARKUP_FIELDS = (
    "brief_summary",
    "detailed_description",
    "arm_groups.description",
    "interventions.description",
    "eligibility_criteria",
)
_POWER_OF_TEN = re.compile(
    r"[^\s,;()]{0,20}\s?[×xX*]\s?10(?:[3-9]|1[0-2])(?!\d)[^\s,;()]{0,20}", re.ASCII
)
_MOST_PLACES = 5


def _flattened_superscripts(account: Sequence[PlacedLine]) -> Iterator[ImportNote]:
    for name in _MARKUP_FIELDS:
        texts = [line.text for line in account if line.destination == name]
        all_found = [found[0].strip() for text in texts for found in _POWER_OF_TEN.finditer(text)]
        if not all_found:
            continue
        more = len(all_found) - _MOST_PLACES
        listed = ", ".join(all_found[:_MOST_PLACES]) + (f" and {more} more" if more > 0 else "")
        message = f"A power of ten may have lost its raised digits in our copy: {listed}."
        yield ImportNote(field=name, code="flattened-superscript", message=message)


_USUAL = (
    ("official_title", "", "Our copy gives no official title."),
    ("brief_summary", "", "Our copy gives no summary."),
    ("conditions", "", "Our copy names no conditions."),
    ("primary_outcomes", "", "Our copy doesn't say what the trial measures (its outcomes)."),
    ("eligibility_criteria", "", "Our copy gives no eligibility criteria."),
    ("lead_sponsor", "", "Our copy names no sponsor."),
    ("locations", "", "Our copy names no places."),
    ("primary_completion_date", "", "Our copy gives no primary completion date."),
    (
        "start_date.type",
        "start_date",
        "Our copy doesn't say which dates are actual and which are estimated.",
    ),
    (
        "enrollment_info.type",
        "enrollment_info",
        "Our copy doesn't say whether the number of participants is actual or estimated.",
    ),
    (
        "arm_groups.type",
        "arm_groups",
        "Our copy doesn't say of which type a group is, such as experimental or comparator.",
    ),
    (
        "interventions.type",
        "interventions",
        "Our copy doesn't say of which type an intervention is, such as drug or procedure.",
    ),
    (
        "responsible_party.type",
        "responsible_party",
        "Our copy doesn't say whether the responsible party is the sponsor or an investigator.",
    ),
    ("locations.status", "locations", "Our copy doesn't say which places are recruiting."),
)
"""What a record normally has and these pages leave out: the field, the field without which it isn't
missed, and what to say."""


def _not_in_source(found: Found) -> Iterator[ImportNote]:
    noted = {note.field for note in found.notes}
    for name, owner, message in _USUAL:
        missed = found.fields.get(owner) if owner else name not in noted
        if missed and not found.fields.get(name):
            yield ImportNote(field=name, code="not-in-source", message=message)
