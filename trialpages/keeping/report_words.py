"""The pieces that a report is put together of: trials and their changes in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trialpages.changes.history import UNDATED
from trialpages.keeping.findings import TrialName
from trialpages.keeping.markdown import plain
from trialpages.keeping.site import Leading
from trialpages.records.model import Change
from trialpages.trial.history import ShownChange
from trialpages.trial.places import section_of
from trialpages.updating.arrivals import Arrival
from trialpages.updating.telling import GONE, cut, english, from_difference, named


@dataclass(frozen=True, slots=True)
class ReportFrame:
    """Where links lead, and on which day and where it is written."""

    leading: Leading
    as_of: str
    """ISO."""
    written: bool
    """Whether the changes have been made; else they would be."""
    is_scheduled: bool = False
    """Whether a workflow writes it, which GitHub may stop running."""
    again: str = ""
    """Of a report without news, the day of the one whose news it tells once more."""
    last: str = ""
    """The day of the report before; '' where there was none."""


def change_told(
    change: Change,
    shown: ShownChange,
    trial: TrialName,
    report: ReportFrame,
    gone: str = GONE,
    at: str | None = None,
) -> str:
    """`at` is the section that tells of it, where that isn't the one in which it stands."""
    label = f"{shown.label}, {shown.part.lower()}" if shown.part else shown.label
    # Of what is gone the page may have no section any more.
    section = "history" if shown.new is None else section_of(change.field)
    section = section if at is None else at
    linked = link(label, trial, section, report)
    return f"{linked}{_rest(shown, gone)}"


def _rest(shown: ShownChange, gone: str) -> str:
    of = plain(named(shown.entries))
    if not shown.kind:
        between = f" ({of})" if of else ""
        if shown.turn == "added":
            return f"{between}: **new** {quoted(shown.new)}"
        old, new = from_difference(shown.old, shown.new)
        return f"{between}: {quoted(old)} → **{quoted(new) if new else gone}**"
    is_new = shown.kind == "added"
    kind, value = ("added", shown.new) if is_new else (gone, shown.old)
    if not of:
        return f": **{kind}** {quoted(value)}"
    return f": **{kind}** {of}{f' ({plain(cut(value))})' if value else ''}"


def entry(head: str, lines: Iterable[str]) -> str:
    return f"- {head}\n" + "".join(f"  - {line}\n" for line in lines)


def trial_of(arrival: Arrival, report: ReportFrame) -> str:
    if not arrival.trial_id:  # no trial could be made of it
        is_page = _PAGE.fullmatch(arrival.where)  # an address that we wrote
        return arrival.where if is_page else plain(arrival.where)
    return linked(named_of(arrival), report)


def since(report: ReportFrame) -> str:
    if not report.last:
        return "since the first trial was fetched: no report has told of any yet"
    return f"since the report of {english().date_text(report.last)}"


def days_of(changes: Sequence[Change]) -> str:
    """`between 27 August 2025 and 11 March 2026`: the days of the versions between which they lie,
    of which nobody here has seen more."""
    last = max(change.date for change in changes)
    first = min(change.after or "" for change in changes)
    if last == UNDATED:
        return "on a day that isn't known"
    said = english().date_text
    return f"between {said(first)} and {said(last)}" if first else f"by {said(last)}"


def named_of(arrival: Arrival) -> TrialName:
    return TrialName(arrival.trial_id, arrival.title, arrival.path)


def linked(trial: TrialName, report: ReportFrame) -> str:
    title = f"**{plain(cut(trial.title, 100))}** " if trial.title else ""
    return f"{title}{link(trial.id, trial, '', report)}"


def link(text: str, trial: TrialName, section: str, report: ReportFrame) -> str:
    return f"[{plain(text)}]({report.leading(trial, section)})"


def quoted(text: str | None) -> str:
    return f"“{plain(cut(text))}”" if text else "nothing"


_PAGE = re.compile(r"https://[a-z.]+/[a-zA-Z0-9/-]+")
