"""All trials of a site as one table: `trials.csv`, and `datapackage.json`, which says what its
columns are (Frictionless Table Schema 1).

A row is a trial, in the registry's own words and codes but for names of countries. The file opens
in spreadsheets as it is: UTF-8 with its mark, lines that end in CRLF (RFC 4180), and no cell that a
spreadsheet would run. One entry makes a column.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from trialpages.addresses import address_of, trial_path
from trialpages.characters import one_line
from trialpages.records.vocabulary import Phase, Sex, Status, StudyType, Vocabulary
from trialpages.settings.site_file import Site
from trialpages.trial.facts import TrialFacts

TABLE, PACKAGE = "trials.csv", "datapackage.json"

BETWEEN = "|"
"""Stands between the values of a cell that has several, as in the registry's own tables."""


@dataclass(frozen=True, slots=True)
class Row:
    """A trial as the table takes it."""

    facts: TrialFacts
    has_page_of_results: bool
    site: str
    """The site's URL, or ''."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    says: str
    """What it holds, for whoever reads the data package."""
    of: Callable[[Row], str | int | Iterable[str] | None]
    """One value, several, or none."""
    kind: Literal["string", "integer", "boolean"] = "string"
    """Its type in the Table Schema."""
    values: type[Vocabulary] | None = None
    """The enumeration whose codes stand in it."""
    several: bool = False


def _page(row: Row) -> str:
    path = trial_path(row.facts.id)
    return address_of(path, row.site) or path


def _has_results(row: Row) -> str | None:
    has_any = row.has_page_of_results or row.facts.has_results
    return None if has_any is None else str(has_any).lower()


def _at_registry(facts: TrialFacts) -> str:
    corrected = facts.dates.at_registry
    return corrected.value if corrected else facts.own_status


COLUMNS = (
    Column("id", "The trial's number at its registry", lambda row: row.facts.id),
    Column("title", "The brief title", lambda row: row.facts.title),
    Column("status", "The overall status", lambda row: row.facts.status.value, values=Status),
    Column(
        "status_at_registry",
        "What the registry's record says, where `status` is a correction of this site's; and the "
        "word of the registry or of who passed its record on, where no code of `status` means that",
        lambda row: _at_registry(row.facts),
    ),
    Column("study_type", "The type of study", lambda row: row.facts.study_type, values=StudyType),
    Column(
        "phases",
        "The phases",
        lambda row: (one.value for one in row.facts.phases),
        values=Phase,
        several=True,
    ),
    Column("conditions", "The conditions", lambda row: row.facts.conditions, several=True),
    Column(
        "interventions",
        "The names of the interventions",
        lambda row: (one.name for one in row.facts.interventions),
        several=True,
    ),
    Column("sponsor", "The lead sponsor", lambda row: row.facts.sponsor),
    Column(
        "collaborators",
        "The collaborators",
        lambda row: row.facts.sponsors[bool(row.facts.sponsor) :],
        several=True,
    ),
    Column(
        "countries",
        "Each country with a site or named without one, by the one name this site has for it",
        lambda row: row.facts.countries,
        several=True,
    ),
    Column("sex", "Whose sex is looked for", lambda row: row.facts.sex, values=Sex),
    Column("minimum_age", "The lowest age, as the record says", lambda row: row.facts.minimum_age),
    Column("maximum_age", "The highest age, as the record says", lambda row: row.facts.maximum_age),
    Column(
        "enrollment",
        "How many take part or are to",
        lambda row: row.facts.enrollment,
        kind="integer",
    ),
    Column("start_date", "ISO, as far as it is known", lambda row: row.facts.dates.start),
    Column(
        "primary_completion_date",
        "The end of the main measurements",
        lambda row: row.facts.dates.measured,
    ),
    Column("completion_date", "The end of the study", lambda row: row.facts.dates.completed),
    Column(
        "last_update_post_date",
        "When the registry last posted an update, or says that it had one",
        lambda row: row.facts.updated,
    ),
    Column(
        "has_results",
        "Whether results are posted, here or as its record says; empty where nothing says so",
        _has_results,
        kind="boolean",
    ),
    Column("page", "The trial's page", _page),
    Column("registry_page", "The record at its registry", lambda row: row.facts.registry_page),
)


def table(rows: Iterable[Row]) -> bytes:
    """The table as CSV, its first row the names of the columns."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(column.name for column in COLUMNS)
    writer.writerows([_cell(column, row) for column in COLUMNS] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def columns_line() -> str:
    """The first line of a table."""
    return table(()).decode("utf-8-sig")


def table_line(row: Row) -> str:
    """The line of one trial, as it stands in a table of all."""
    return table((row,)).decode("utf-8-sig").removeprefix(columns_line())


def _cell(column: Column, row: Row) -> str:
    value = column.of(row)
    if value is None:
        return ""
    if isinstance(value, str | int):
        return harmless(_text(str(value)))
    return BETWEEN.join(harmless(_one_of_several(_text(one))) for one in value)


def _text(value: str) -> str:
    """In one line and without tabs, which divide cells for some programs."""
    return one_line(value.replace("\t", " "))


def _one_of_several(text: str) -> str:
    """The text with a backslash before each `|` of its own, and before each backslash.

    >>> _one_of_several("a|b")
    'a\\\\|b'
    """
    if BETWEEN in text or "\\" in text:
        return text.replace("\\", "\\\\").replace(BETWEEN, f"\\{BETWEEN}")
    return text


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: an apostrophe goes before one. Where
    `;` stands between a country's cells, what follows one is a cell of its own.

    >>> harmless("=1+1"), harmless("-80 °C"), harmless("5-FU"), harmless("a;=1")
    ("'=1+1", "'-80 °C", '5-FU', "a;'=1")
    """
    return _RUN.sub(r"\1'\2", text)


_RUN = re.compile(r"(\A|;)([\s\"]*[=+\-@\uff0b\uff0d\uff1d\uff20])")
"""What formulas begin with, in full width too (OWASP, CSV Injection); quotation marks before them
go where a program takes each `;` for the end of a cell."""


def data_package(site: Site) -> bytes:
    """The description of the table; see specs.frictionlessdata.io."""
    resource = {
        "name": "trials",
        "path": TABLE,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {
            "fields": [_field(column) for column in COLUMNS],
            "primaryKey": "id",
            "missingValues": [""],
        },
    }
    package = {
        "profile": "tabular-data-package",
        "name": "trials",
        "title": site.title,
        "description": _DESCRIPTION,
        "homepage": site.url,
        "resources": [resource],
    }
    said = {name: value for name, value in package.items() if value}
    return msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n"


_DESCRIPTION = (
    "One row a trial, in the registry's own words and codes, but for names of countries. Several "
    "values of a cell are divided by |; a | within one of them is written \\|, and a backslash "
    "twice. An apostrophe goes before what a spreadsheet would take for a formula, at the start "
    "of a value or behind a semicolon. A tab is written as a blank."
)


def _field(column: Column) -> dict[str, Any]:
    field = {"name": column.name, "type": column.kind, "description": column.says}
    if column.values and not column.several:
        return {**field, "constraints": {"enum": [one.value for one in column.values]}}
    return field
