"""The file of a report: where it goes, and where its links lead from there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from trialpages.apart import refuse_output_in
from trialpages.cli.options import as_of
from trialpages.problems import CallFailure, Problem
from trialpages.publish.stage import site_around

if TYPE_CHECKING:
    from trialpages.keeping.findings import Findings
    from trialpages.keeping.site import Leading


def refuse_unfit(report: Path, content: Path) -> None:
    """Before anything is merged: what a report has not told is told by none later.

    In content/ it would be content, or replace some; in a built site it would be lost.
    """
    refuse_output_in(report, "report", {"content": content, **site_around(report)})
    if not report.absolute().parent.is_dir():
        message = f"the report can't be written: there is no folder {report.absolute().parent}"
        hint = "make it, or name another file with --report"
        raise CallFailure(Problem("no-folder", "error", message, hint=hint))


def write_report(path: Path, found: Findings, content: Path, *, written: bool) -> None:
    """Raises MachineFailure."""
    from trialpages import disk
    from trialpages.keeping.report import Report, report_text

    report = Report(_leading(path, content), as_of(), written, _is_workflow())
    with disk.explained("write", path):
        disk.write_whole(path, report_text(found, report).encode())


def _leading(path: Path, content: Path) -> Leading:
    """To the site where it is published; else to the files, from where the report is read."""
    from trialpages.keeping.site import site_url, to_files, to_pages, to_repository

    if url := site_url(content):
        return to_pages(url)
    if _is_workflow():
        names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "BRANCH")
        server, repository, branch = (os.environ.get(name, "") for name in names)
        return to_repository(f"{server}/{repository}/blob/{branch or 'HEAD'}")
    return to_files(path.absolute().parent)


def _is_workflow() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"
