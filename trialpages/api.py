"""trialpages from Python: read a record, read and write content files, build a site.

This module is the whole public interface; docs/python.md shows it at work, docs/changing.md what a
package makes of it that teaches the program another registry. Both run as tests. Everything else
may change from one release to the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from trialpages.build import Report, Request, build
from trialpages.content.content_file import read_file
from trialpages.content.reading import Folders
from trialpages.importers import known_sources
from trialpages.importers.escape import escape
from trialpages.importers.registry_json import Imported
from trialpages.importers.source import Content, Source, trial_of
from trialpages.problems import ContentFailure, Failure, Problem, Where
from trialpages.records.model import Trial, to_trial
from trialpages.records.registry_numbers import file_name
from trialpages.records.trial_file import read_trial, write_trial
from trialpages.registries.client import Answer, Client
from trialpages.registries.door import Fetched, Listed, Refused, Registry
from trialpages.text.files import SourcePath

__all__ = [
    "Answer",
    "Client",
    "Content",
    "ContentFailure",
    "Failure",
    "Fetched",
    "Imported",
    "Listed",
    "Problem",
    "Refused",
    "Registry",
    "Report",
    "Source",
    "Trial",
    "Where",
    "build_site",
    "escape",
    "read_content_file",
    "read_record",
    "to_trial",
    "trial_of",
    "write_content_file",
]


def read_record(record: Mapping[str, Any]) -> Trial:
    """The trial of a record in the shape of ClinicalTrials.gov's API v2.

    What the model has no field for stays under the trial's `extra`, so that nothing is lost. Raises
    ContentFailure for what is no record.
    """
    return known_sources.read(dict(record), "the record").trial


def read_content_file(path: Path) -> Trial:
    """The trial in a content file, `.md` or `.yaml`. Raises ContentFailure with every problem of
    the file, each with its line."""
    file = SourcePath(path.as_posix(), str(path))
    found = read_trial(read_file(file), file.path)
    if found.trial is None:
        raise ContentFailure(*found.problems)
    return found.trial


def write_content_file(trial: Trial, content: Path) -> Path:
    """Write a trial's Markdown file below `content/trials` and return its path.

    A file that is there is replaced: `import --update` is what merges. Reading it gives the same
    trial again.
    """
    path = content / "trials" / f"{file_name(trial.nct_id)}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_trial(trial), encoding="utf-8", newline="\n")
    return path


def build_site(
    content: Path,
    site: Path,
    *,
    templates: Path = Path("templates"),
    theme: Path = Path("theme"),
    url: str | None = None,
    search: bool = True,
    as_of: date | None = None,
) -> Report:
    """Build `content` into `site`, as the command does: only what has changed since the last time.

    `templates` and `theme` need not exist: the shipped ones serve, and a file of one's own takes
    the place of the shipped one. `as_of` is the day that pages are dated by, today (UTC) unless it
    is given. Raises a Failure, with the site as it was, where something is wrong.
    """
    day = as_of or datetime.now(UTC).date()
    folders = Folders(content, templates, theme, site)
    return build(Request(folders, day.isoformat(), url=url, search=search))
