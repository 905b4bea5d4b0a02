"""Where the links of a report lead: to the published pages, or to the files in content/."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from trialpages.addresses import address_of, escaped, is_made_up, trial_path
from trialpages.content.content_file import read_file
from trialpages.content.reading import read_content
from trialpages.keeping.findings import TrialName
from trialpages.phases.around import read_settings
from trialpages.problems import Failure
from trialpages.text.files import SourcePath

Leading = Callable[[TrialName, str], str]
"""The address of a trial, or of a section of it: `eligibility`, or '' for the whole. '' where there
is none."""


def site_url(content: Path) -> str:
    """The site's URL as site.yaml has it; '' where it has none, a made-up one, or can't be read."""
    try:
        url = read_settings(read_content(content))[0].url
    except Failure:
        return ""
    return "" if is_made_up(url) else url


def to_pages(url: str) -> Leading:
    """Links to the pages of a published site, each to its section; none to a draft's, which has
    no page."""
    is_draft = cache(_is_draft)

    def leading(trial: TrialName, section: str) -> str:
        if is_draft(trial.path):
            return ""
        return f"{address_of(trial_path(trial.id), url)}{f'#{section}' if section else ''}"

    return leading


def _is_draft(path: str) -> bool:
    try:
        return bool(path) and _DRAFT.search(read_file(SourcePath(path, path))) is not None
    except Failure:
        return False


_DRAFT = re.compile(rb"^draft:[ \t]*[\"']?true\b", re.MULTILINE)


def to_files(folder: Path) -> Leading:
    """Links to the trials' files from a report in a folder."""
    return _to_files(lambda path: os.path.relpath(path, folder))


def to_repository(address: str) -> Leading:
    """Links to the trials' files as a repository shows them: `https://…/blob/main`."""
    return _to_files(os.path.relpath, f"{address.rstrip('/')}/")


def _to_files(place: Callable[[str], str], before: str = "") -> Leading:
    def leading(trial: TrialName, section: str) -> str:
        heading = _HEADINGS.get(section, "") if trial.path.endswith(".md") else ""
        written = escaped(place(trial.path).replace(os.sep, "/")).translate(_BRACKETS)
        return f"{before}{written}{heading and f'#{heading}'}"

    return leading


_BRACKETS = {ord("("): "%28", ord(")"): "%29"}
"""What would end the address of a link in Markdown."""

_HEADINGS = {
    "summary": "brief-summary",
    "description": "detailed-description",
    "eligibility": "eligibility-criteria",
    "plain-language": "plain-language-summary",
}
"""Of a page's sections those that are headings in the file, as viewers of Markdown call them."""
