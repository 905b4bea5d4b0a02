"""What a person reviews after a sync, as Markdown that GitHub shows: decisions first.

It is read in two minutes or not at all. So many trials are summed up first, each has a line, and
what is no line's worth is folded below it: of long texts only the words that differ, of a long list
of places the first ones. The page's own history is linked for the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from trialpages.keeping.findings import Findings
from trialpages.keeping.markdown import code, plain
from trialpages.keeping.report_changes import (
    CHAPTERS,
    changed_trials,
    changes_told,
    in_sum,
    is_told_of,
    untold,
)
from trialpages.keeping.report_decisions import (
    HOW_TO_DECIDE,
    HOW_TO_TAKE,
    back_told,
    decided_told,
    decisions,
    faults_told,
    mends_told,
    problem_told,
    to_mend,
)
from trialpages.keeping.report_waiting import conflicts_told, in_full
from trialpages.keeping.report_words import (
    MOST_TRIALS,
    Piece,
    ReportFrame,
    again,
    entry,
    folded,
    link,
    linked,
    mark_of,
    named_by,
    named_of,
    piece,
    report_named,
    since,
    together,
    trial_of,
)
from trialpages.problems import Problem, visible
from trialpages.settings.queries_file import Leaving
from trialpages.updating.arrivals import Arrival
from trialpages.updating.telling import MOST_SIGNS, cut, english

_MOST_NAMED = 10
"""New trials, up to which each is named at once."""

MOST = 60_000
"""Characters; GitHub takes 65,536 as the text of a pull request."""

_LAST = (
    "GitHub stops scheduled runs of a repository in which nothing happened for 60 days. Merging "
    "this counts; so does **Actions → Sync → Enable workflow**."
)


_WAITING, _TO_MEND = "Needs a decision", "To be mended"
_STANDING = "Decided for yours, while the registry says something else"
"""What stands so from one report to the next: no news of a version."""

_Chapter = tuple[str, Sequence[Piece]]
"""Its title, and what it tells."""


def report_text(found: Findings, report: ReportFrame) -> str:
    """The whole report. A workflow's ends with the line about scheduled runs, however long it would
    be."""
    chapters, rest = _chapters(found, report)
    parts = [_head(found, rest, report)]
    left = MOST - len(parts[0]) - len(_LAST) - 200
    for text in _pieces(chapters):
        if len(text) > left:
            parts.append("**More than fits here:** see the files that changed.\n")
            break
        parts.append(text)
        left -= len(text)
    return "\n".join((*parts, f"---\n{_LAST}\n") if report.is_scheduled else parts)


def _head(found: Findings, rest: Sequence[Arrival], report: ReportFrame) -> str:
    which = report_named(report.as_of, report.number).removeprefix("the ")
    lines = [f"# What registries changed: {which}", ""]
    if report.again:
        lines.append(f"Nothing has come since {report.again}, which is told here again.\n")
    lines.append((_counted(found, rest, report) or _nothing_said(found)) + _of_which_data(found))
    if not report.again:
        lines.append(f"\nTold is {since(report)}.")
    if not report.written:
        lines.append("\nNothing has been written: this is what a sync would do.")
    lines += [f"\n**It ended early:** {plain(one.message)}" for one in found.failure]
    return "\n".join(lines) + "\n"


def _of_which_data(found: Findings) -> str:
    """Of which day a registry's data are, and how much isn't of them."""
    data = [
        f"{plain(name)}'s data of {plain(one[:10])}" for name, one in found.versions.items() if one
    ]
    files = sum(one.from_file for one in found.arrivals)
    data += [f"{files:,} from imported files"] if files else []
    return f" ({'; '.join(data)})" if data else ""


def _counted(found: Findings, rest: Sequence[Arrival], report: ReportFrame) -> str:
    """Changed are the trials of which a change is told; of the `rest` none is."""
    changed = [one for one in changed_trials(found) if is_told_of(one)]
    new = [one for one in found.arrivals if one.state == "new"]
    by_hand = sum(one.by_hand for one in new)
    numbers = (
        (len(decisions(found, report)), "needs a decision", "need a decision"),
        (len(to_mend(found)), "thing to be mended", "things to be mended"),
        (len(changed), "trial changed", "trials changed"),
        (len(rest), "with only dates and the like", "with only dates and the like"),
        (sum(not one.by_hand for one in new), "new", "new"),
        (by_hand, "fetched by hand", "fetched by hand"),
        (sum(one.is_decided for one in found.arrivals), "taken over by you", "taken over by you"),
    )
    return ", ".join(f"**{n:,} {one if n == 1 else many}**" for n, one, many in numbers if n)


def _nothing_said(found: Findings) -> str:
    """Where no change is known: of what nobody answered for, nothing is."""
    if found.is_unasked:
        return "Nothing could be asked, so nothing is known of any trial."
    if found.failure:
        return "Nothing was found to have changed; not everything was asked."
    return "No trial has changed."


def _chapters(found: Findings, report: ReportFrame) -> tuple[list[_Chapter], list[Arrival]]:
    """All of them, and the trials that nothing is told of but that a newer version came."""
    changed = changed_trials(found)
    first = _waiting_and_changed(found, changed, report)
    above = {trial for _, pieces in first for one in pieces for trial in one.trials}
    last = _looked_over_and_lists(found, above, report)
    news = (pieces for title, pieces in (*first, *last) if title != _STANDING)
    told = {trial for pieces in news for one in pieces for trial in one.trials}
    rest = [one for one in changed if one.trial_id not in told]
    waiting = {_WAITING: decisions(found, report), _TO_MEND: to_mend(found)}
    short = "In short", list(in_sum(changed, waiting, found.conflicts, report))
    return [short, *first, ("Only dates and the like", list(untold(rest, report))), *last], rest


def _waiting_and_changed(
    found: Findings, changed: Sequence[Arrival], report: ReportFrame
) -> list[_Chapter]:
    open_ones = list(conflicts_told(found.conflicts, report))
    lead = [Piece(f"{HOW_TO_DECIDE}\n")] if open_ones else []
    waiting = [*lead, *open_ones, *faults_told(found, report)]
    above = {trial for one in waiting for trial in one.trials}
    chapters = [(title, list(changes_told(changed, title, above, report))) for title in CHAPTERS]
    return [(_WAITING, waiting), (_TO_MEND, list(mends_told(found, report))), *chapters]


def _looked_over_and_lists(
    found: Findings, above: Collection[str], report: ReportFrame
) -> list[_Chapter]:
    older = list(_older_words(found.arrivals, above, report))
    standing = list(in_full(found.overtaken, report))
    trials = {one.trial.id: named_by(one.trial, report) for one in found.overtaken}
    taken = list(decided_told(found.arrivals, above, report))
    trials |= {one.trial_id: named_by(named_of(one), report) for one in found.arrivals}
    new = [one for one in found.arrivals if one.state == "new"]
    synced = [one for one in new if not one.by_hand]
    by_hand = [one for one in new if one.by_hand]
    return [
        ("Summaries and remarks older than their record", older),
        (
            _STANDING,
            [*together(standing, "As you decided", trials, HOW_TO_TAKE)],
        ),
        ("Waits no more", list(back_told(found.arrivals, above, report))),
        ("Taken over by you", [*together(taken, "By hand or with `--take`", trials)]),
        ("New trials", list(_new(synced, report))),
        ("Fetched by hand", list(_new(by_hand, report))),
        ("Gone, merged, no longer found", list(_gone(found, report))),
    ]


def _pieces(chapters: Iterable[_Chapter]) -> Iterator[str]:
    """Each chapter in pieces that fit one by one; none where it has nothing to say."""
    for title, pieces in chapters:
        for number, one in enumerate(pieces):
            yield f"## {title}\n\n{one.text}" if number == 0 else one.text


# --- lists of trials ----------------------------------------------------------------------------


def _older_words(
    arrivals: Iterable[Arrival], above: Collection[str], report: ReportFrame
) -> Iterator[Piece]:
    for arrival in arrivals:
        name = again(arrival, above, report)
        if arrival.summary_date:
            said = f"signed on {english().date_text(arrival.summary_date)}, before this version"
            summary = link("Plain-language summary", named_of(arrival), "plain-language", report)
            yield piece(arrival.trial_id, f"- {name}: {summary} {said}\n")
        if remarks := [one for one in arrival.problems if one.code == "remark-of-what-was"]:
            told = entry(name, map(_remark_told, remarks))
            yield piece(arrival.trial_id, told)


def _remark_told(remark: Problem) -> str:
    """A line of a file as it stands there."""
    lead, colon, said = remark.message.partition(": #")
    colon, said = (": ", f"#{said}") if colon else ("", "")
    shown = code(visible(cut(said, MOST_SIGNS))) if said else ""
    hint = remark.hint and f" {remark.hint[0].upper()}{remark.hint[1:]}."
    return f"{plain(lead)}{colon}{shown}.{hint}"


def _new(new: Sequence[Arrival], report: ReportFrame) -> Iterator[Piece]:
    """Those that were here before first; of many the others are folded."""
    back = [one for one in new if any(problem.code == "was-here" for problem in one.problems)]
    others = [one for one in new if one not in back]
    names = [f"{trial_of(one, report)}{mark_of(one)}" for one in (*back, *others[:MOST_TRIALS])]
    said = [f"{one}: **was here before; its file was deleted**" for one in names[: len(back)]]
    names = names[len(back) :]
    names += [f"… and {len(others) - MOST_TRIALS:,} more"] if len(others) > MOST_TRIALS else []
    is_many = len(others) > _MOST_NAMED
    lines = [f"- {one}\n" for one in (said if is_many else [*said, *names])]
    many = [folded(f"{len(others):,} trials", "Their titles and numbers", names)] if is_many else []
    if new:
        yield Piece("".join((*lines, *many)), frozenset(one.trial_id for one in new))


def _gone(found: Findings, report: ReportFrame) -> Iterator[Piece]:
    for trial in found.gone:
        said = (
            f"- {linked(trial, report)} is no longer at its registry. Its page says so, and stays "
            f"until you remove {code(visible(trial.path))}.\n"
        )
        yield piece(trial.id, said)
    for problem in found.problems:
        if problem.code in ("deleted", "older-there"):
            yield Piece(f"- {problem_told(problem)}\n")
    for arrival in found.arrivals:
        if arrival.former:
            said = (
                f"- {trial_of(arrival, report)} was {plain(arrival.former)} until now. Its file "
                "has the new number, and the old address leads to the page.\n"
            )
            yield piece(arrival.trial_id, said)
    for trial, left in found.left:
        became = "It is a draft now." if left.leaving is Leaving.DRAFT else "Its page stays."
        said = f"- {linked(trial, report)} is no longer found by {code(left.question)}. {became}\n"
        yield piece(trial.id, said)
