"""Whether every generator's pages show the same: each text of a trial, looked for on its page."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from markdown_it import MarkdownIt
from peers import Generator
from selectolax.lexbor import LexborHTMLParser

from trialpages.records.model import Contact, DateStruct, Trial
from trialpages.records.trial_file import read_trial

SAMPLE = 100
"""Trials that are looked at, spread over the site."""


@dataclass(frozen=True, slots=True)
class Shown:
    found: int
    expected: int
    missing: tuple[str, ...]
    """What was not found, with the trial and the field."""

    @property
    def share(self) -> float:
        return self.found / self.expected if self.expected else 0.0


def shown(generator: Generator) -> Shown:
    """How many of the texts of a sample of trials stand on the generator's pages."""
    files = sorted(generator.trials.glob("*.md"))
    expected, missing = 0, list[str]()
    for path in files[:: max(1, len(files) // SAMPLE)]:
        trial = read_trial(_without_countries(path.read_bytes()), path.name).trial
        if trial is None:
            raise ValueError(f"{path} is no trial")
        page = _visible(generator.page(trial.nct_id).read_text("utf-8"))
        wanted = (*texts(trial), *(codes(trial) if generator.plain else ()))
        expected += len(wanted)
        lost = ((name, text) for name, text in wanted if _folded(text) not in page)
        missing += [f"{trial.nct_id} {name}: {text}" for name, text in lost]
    return Shown(expected - len(missing), expected, tuple(missing))


def _without_countries(content: bytes) -> bytes:
    if not content.startswith(b"---\ncountries:\n"):
        return content
    return b"---\n" + content[content.index(b"\nnct_id:") + 1 :]


def texts(trial: Trial) -> tuple[tuple[str, str], ...]:
    """Every text of a trial that its page must show word for word, with its field."""
    return tuple((field, text) for field, text in _texts(trial) if text and text.strip())


def _texts(trial: Trial) -> Iterator[tuple[str, str | None]]:
    yield "title", trial.brief_title
    yield "official title", trial.official_title
    yield "acronym", trial.acronym
    for sponsor in (trial.lead_sponsor, *trial.collaborators):
        yield "sponsor", sponsor.name if sponsor else None
    for name in (*trial.conditions, *trial.keywords):
        yield "condition or keyword", name
    for arm in trial.arm_groups:
        yield "arm", arm.label
        yield from _lines("arm", arm.description)
    for intervention in trial.interventions:
        yield "intervention", intervention.name
        for name in intervention.other_names:
            yield "intervention", name
        yield from _lines("intervention", intervention.description)
    for outcome in (*trial.primary_outcomes, *trial.secondary_outcomes, *trial.other_outcomes):
        yield "outcome", outcome.measure
        yield "outcome", outcome.time_frame
        yield from _lines("outcome", outcome.description)
    yield from _lines("summary", trial.brief_summary)
    yield from _lines("description", trial.detailed_description)
    for field, line in _lines("criterion", trial.eligibility_criteria):
        if not _HEADING.fullmatch(line.strip()):  # the file has it as a heading of its own
            yield field, line
    yield from _people(trial)
    for reference in trial.references:
        yield "reference", reference.citation
        yield "reference", reference.pmid


def _people(trial: Trial) -> Iterator[tuple[str, str | None]]:
    for place in trial.locations:
        for text in (place.facility, place.city, place.state, place.country):
            yield "site", text
        yield from _contacts(place.contacts)
    yield from _contacts(trial.central_contacts)
    for official in trial.overall_officials:
        yield "official", official.name
        yield "official", official.affiliation


def _contacts(contacts: tuple[Contact, ...]) -> Iterator[tuple[str, str | None]]:
    for contact in contacts:
        for text in (contact.name, contact.phone, contact.email):
            yield "contact", text


def codes(trial: Trial) -> tuple[tuple[str, str], ...]:
    """Dates, numbers and the registry's codes, as they are in the file."""
    named = [
        *(trial.overall_status, trial.study_type, trial.sex, *trial.phases),
        *(arm.type for arm in trial.arm_groups),
        *(intervention.type for intervention in trial.interventions),
        *(place.status for place in trial.locations),
    ]
    dates = (trial.start_date, trial.primary_completion_date, trial.completion_date)
    enrolled = trial.enrollment_info.count if trial.enrollment_info else None
    return (
        *(("code", code.value) for code in named if code),
        *(("date", text) for date in dates if date for text in _date(date)),
        *(("age", age) for age in (trial.minimum_age, trial.maximum_age) if age),
        *((("enrolment", str(enrolled)),) if enrolled is not None else ()),
    )


def _date(date: DateStruct) -> tuple[str, ...]:
    return (str(date.date), date.type.value) if date.type else (str(date.date),)


# --- words ---------------------------------------------------------------------------------------

_HEADING = re.compile(r"(?:inclusion|exclusion) criteria\s*:?", re.IGNORECASE)
_COMMONMARK = MarkdownIt("commonmark", {"html": False})


def _lines(field: str, markdown: str | None) -> Iterator[tuple[str, str]]:
    """The words of each paragraph and item of a CommonMark text."""
    if markdown:
        for text in _body(_COMMONMARK.render(markdown), "\n\n").split("\n\n"):
            yield field, text


def _visible(page: str) -> str:
    return _folded(_body(page, ""))


def _body(page: str, separator: str) -> str:
    body = LexborHTMLParser(page).body
    return body.text(separator=separator) if body else ""


def _folded(text: str) -> str:
    return " ".join(text.split())
