"""The file of a report: where it goes, and where its links lead from there."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from trialpages.cli.options import as_of
from trialpages.cli.terminal import say
from trialpages.content.apart import refuse_output
from trialpages.problems import CallFailure, Problem
from trialpages.publish.stage import site_around

if TYPE_CHECKING:
    from trialpages.keeping.findings import Findings
    from trialpages.keeping.site import Leading


def refuse_unfit(report: Path, content: Path) -> None:
    """Before anything is merged: what a report has not told is told by none later.

    In content/ it would be content, or replace some; in a built site it would be lost.
    """
    refuse_output(report, "report", {"content": content, **site_around(report)})
    if not report.absolute().parent.is_dir():
        message = f"the report can't be written: there is no folder {report.absolute().parent}"
        hint = "make it, or name another file with --report"
        raise CallFailure(Problem("no-folder", "error", message, hint=hint))


def write_report(path: Path, found: Findings, content: Path, *, written: bool) -> None:
    """All that came since the last report; where nothing did, what that one told once more. A
    report that is there goes beside, unless this one tells all of it. Raises MachineFailure."""
    from trialpages.keeping.news import (
        has_news,
        last_report,
        was_reported,
        with_reported,
        with_unreported,
    )
    from trialpages.keeping.report import report_text
    from trialpages.keeping.report_waiting import waited
    from trialpages.keeping.report_words import ReportFrame, report_named
    from trialpages.machine import disk
    from trialpages.machine.disk_words import explained

    if found.is_unasked and path.exists():
        say(f"nothing could be asked; {path} stays as it was")
        return
    tells_all = written and not found.is_unasked
    whole = with_unreported(content, found) if tells_all else found
    before = last_report(content)
    last = before if tells_all and not has_news(whole) else None
    if last and last.news:
        whole = with_reported(content, whole, last)
    day = as_of()
    since = report_named(before.day, before.number) if before else ""
    again = since if last and last.news else ""
    number = before.next_on(day) if before and tells_all and not again else 1
    leading, is_scheduled = _leading(path, content), _is_workflow()
    waits = before.waited if before else {}
    report = ReportFrame(leading, day, written, is_scheduled, number, again, since, waits)
    text = report_text(whole, report).encode()
    with explained("write", path, "choose another file with --report"):
        _set_aside(path, text, last.file if last else "")
        disk.write_whole(path, text)
    if tells_all:
        was_reported(content, day, text, waited(whole.conflicts, report))


def _set_aside(path: Path, text: bytes, told: str) -> None:
    """Keep what is there, unless it says the same or has the digest of what is `told` again."""
    from trialpages.digests import digest

    present = path.read_bytes() if path.is_file() else text
    if present != text and digest(present).hex() != told:
        beside = _free(path)
        path.rename(beside)
        say(f"{path} was there: it is {beside} now")


def _free(path: Path) -> Path:
    """A name that no file has: `report.1.md`."""
    names = (path.with_name(f"{path.stem}.{n}{path.suffix}") for n in count(1))
    return next(name for name in names if not os.path.lexists(name))


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
