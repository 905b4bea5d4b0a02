"""What a person reviews after a sync, as Markdown that GitHub shows: decisions first.

It is read in two minutes or not at all. So all is summed up first, each trial stands once, of long
texts only the words that differ are shown, a long list of places is cut to its first ones, and the
page's own history is linked for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trialpages.keeping.findings import Findings
from trialpages.keeping.markdown import code, plain
from trialpages.keeping.report_changes import (
    CHAPTERS,
    changed_trials,
    changes_told,
    in_sum,
    untold,
)
from trialpages.keeping.report_decisions import (
    HOW_TO_DECIDE,
    HOW_TO_TAKE,
    conflicts_told,
    decisions,
    faults_told,
    given_up,
    problem_told,
)
from trialpages.keeping.report_words import (
    MOST_TRIALS,
    ReportFrame,
    entry,
    link,
    linked,
    named_of,
    since,
    trial_of,
)
from trialpages.problems import visible
from trialpages.settings.queries_file import Leaving
from trialpages.updating.arrivals import Arrival
from trialpages.updating.telling import english

MOST = 60_000
"""Characters; GitHub takes 65,536 as the text of a pull request."""

_LAST = (
    "GitHub stops scheduled runs of a repository in which nothing happened for 60 days. Merging "
    "this counts; so does **Actions → Sync → Enable workflow**."
)


def report_text(found: Findings, report: ReportFrame) -> str:
    """The whole report. A workflow's ends with the line about scheduled runs, however long it would
    be."""
    parts = [_head(found, report)]
    left = MOST - len(parts[0]) - len(_LAST) - 200
    for chapter in _chapters(found, report):
        if len(chapter) > left:
            parts.append("**More than fits here:** see the files that changed.\n")
            break
        parts.append(chapter)
        left -= len(chapter)
    return "\n".join((*parts, f"---\n{_LAST}\n") if report.is_scheduled else parts)


def _head(found: Findings, report: ReportFrame) -> str:
    data = "; ".join(
        f"{plain(name)}'s data of {plain(one[:10])}" for name, one in found.versions.items() if one
    )
    day = english().date_text(report.as_of)
    lines = [f"# What registries changed, {day}", ""]
    if report.again:
        day = english().date_text(report.again)
        lines.append(f"Nothing has come since the report of {day}, which is told here again.\n")
    lines.append((_counted(found) or _nothing_said(found)) + (f" ({data})" if data else ""))
    if not report.again:
        lines.append(f"\nTold is what came {since(report)}.")
    if not report.written:
        lines.append("\nNothing has been written: this is what a sync would do.")
    lines += [f"\n**It ended early:** {plain(one.message)}" for one in found.failure]
    return "\n".join(lines) + "\n"


def _counted(found: Findings) -> str:
    changed = changed_trials(found)
    new = [one for one in found.arrivals if one.state == "new" and one not in changed]
    by_hand = sum(one.by_hand for one in found.arrivals if one.state == "new")
    numbers = (
        (len(changed), "trial changed", "trials changed"),
        (sum(not one.by_hand for one in new), "new", "new"),
        (by_hand, "fetched by hand", "fetched by hand"),
        (decisions(found), "needs a decision", "need a decision"),
    )
    return ", ".join(f"**{n:,} {one if n == 1 else many}**" for n, one, many in numbers if n)


def _nothing_said(found: Findings) -> str:
    """Where no change is known: of what nobody answered for, nothing is."""
    if found.is_unasked:
        return "Nothing could be asked, so nothing is known of any trial."
    if found.failure:
        return "Nothing was found to have changed; not everything was asked."
    return "No trial has changed."


def _chapters(found: Findings, report: ReportFrame) -> Iterator[str]:
    changed = changed_trials(found)
    yield from _chapter("In short", in_sum(changed, found.conflicts, report))
    open_ones = list(conflicts_told(found.conflicts, report))
    lead = [f"{HOW_TO_DECIDE}\n"] if open_ones else []
    told = (*lead, *open_ones, *faults_told(found, report))
    yield from _chapter("Needs a decision", told)
    for title in CHAPTERS:
        yield from _chapter(title, changes_told(changed, title, report))
    yield from _chapter("Only dates and the like", untold(changed, report))
    title = "Summaries and remarks older than their record"
    yield from _chapter(title, _older_words(changed, report))
    decided = list(conflicts_told(found.overtaken, report))
    lead = [f"{HOW_TO_TAKE}\n"] if decided else []
    yield from _chapter("Yours, while the registry says something else", (*lead, *decided))
    yield from _chapter("Taken back, as you said (`--take`)", given_up(changed, report))
    new = [one for one in found.arrivals if one.state == "new"]
    synced = [one for one in new if not one.by_hand and one not in changed]
    yield from _chapter("New trials", _new(synced, report))
    yield from _chapter("Fetched by hand", _new([one for one in new if one.by_hand], report))
    yield from _chapter("Gone, merged, no longer found", _gone(found, report))


def _chapter(title: str, entries: Iterable[str]) -> Iterator[str]:
    """A chapter, in pieces that fit one by one; none where it has nothing to say."""
    for number, piece in enumerate(entries):
        yield f"## {title}\n\n{piece}" if number == 0 else piece


# --- lists of trials ----------------------------------------------------------------------------


def _older_words(arrivals: Iterable[Arrival], report: ReportFrame) -> Iterator[str]:
    for arrival in arrivals:
        if arrival.summary_date:
            said = f"signed on {english().date_text(arrival.summary_date)}, before this version"
            summary = link("Plain-language summary", named_of(arrival), "plain-language", report)
            yield f"- {trial_of(arrival, report)}: {summary} {said}\n"
        if remarks := [one for one in arrival.problems if one.code == "remark-of-what-was"]:
            yield entry(trial_of(arrival, report), map(problem_told, remarks))


def _new(new: Sequence[Arrival], report: ReportFrame) -> Iterator[str]:
    lines = []
    for arrival in new[:MOST_TRIALS]:
        was_here = any(problem.code == "was-here" for problem in arrival.problems)
        said = ": **was here before; its file was deleted**" if was_here else ""
        lines.append(f"- {trial_of(arrival, report)}{said}\n")
    if len(new) > MOST_TRIALS:
        lines.append(f"- … and {len(new) - MOST_TRIALS:,} more\n")
    if lines:
        yield "".join(lines)


def _gone(found: Findings, report: ReportFrame) -> Iterator[str]:
    for trial in found.gone:
        yield (
            f"- {linked(trial, report)} is no longer at its registry. Its page says so, and stays "
            f"until you remove {code(visible(trial.path))}.\n"
        )
    for problem in found.problems:
        if problem.code in ("deleted", "older-there"):
            yield f"- {problem_told(problem)}\n"
    for arrival in found.arrivals:
        if arrival.former:
            yield (
                f"- {trial_of(arrival, report)} was {plain(arrival.former)} until now. Its file "
                "has the new number, and the old address leads to the page.\n"
            )
    for trial, left in found.left:
        became = "It is a draft now." if left.leaving is Leaving.DRAFT else "Its page stays."
        yield f"- {linked(trial, report)} is no longer found by {code(left.question)}. {became}\n"
