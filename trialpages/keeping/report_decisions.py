"""What of a report a person has to decide, has decided, or has taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from trialpages.keeping.findings import Findings, OpenConflict, TrialName
from trialpages.keeping.markdown import code, plain
from trialpages.keeping.report_words import (
    ReportFrame,
    change_told,
    entry,
    link,
    linked,
    part_told,
    quoted,
    trial_of,
)
from trialpages.problems import Problem, errors_in, visible
from trialpages.trial.history import field_label
from trialpages.updating.arrivals import Arrival
from trialpages.updating.telling import (
    BETWEEN,
    THEIRS,
    UNKNOWN,
    YOURS,
    Side,
    cut,
    english,
    sides,
    told,
)

_MOST_CHANGES = 12
_MOST_OF_BOTH = 12
_MOST_ALONE = 4
"""Of a field: what one side alone changed stands on the page too."""

_MOST_SAID = 1_000
"""Of what is wrong: one long value leaves room for all others."""

HOW_TO_DECIDE = (
    "Changed here and at the registry; yours is kept. A line is what the registry said before → "
    "**what it says now**; yours: **what the file says**, where it says something of its own. To "
    "decide, write what is right into the file and take the field's note out of `import_notes`; or "
    "take the registry's side of a field, which has its name in brackets: "
    "`build.py fetch NUMBER --take FIELD`."
)
HOW_TO_TAKE = (
    "Yours stands. To have the registry's side of a field written: "
    "`build.py fetch NUMBER --take FIELD`."
)


def decisions(found: Findings) -> int:
    """How much waits for a person: a trial once, however many of its fields do."""
    faulty = [one for one in found.arrivals if _faults_of(one)]
    trials = {one.trial.id for one in found.conflicts} | {one.trial.id for one in found.merged}
    trials |= {one.trial_id or one.where for one in faulty}
    return len(trials) + len(errors_in(found.problems)) + len(found.emptied)


def conflicts_told(found: Iterable[OpenConflict], report: ReportFrame) -> Iterator[str]:
    """Trial by trial, field by field."""
    lines: dict[TrialName, list[str]] = {}
    for one in sorted(found, key=lambda one: (one.trial.id, one.conflict.field)):
        lines.setdefault(one.trial, []).append(_conflict_told(one, report))
    for trial, said in lines.items():
        yield entry(linked(trial, report), said)


def faults_told(found: Findings, report: ReportFrame) -> Iterator[str]:
    for arrival in found.arrivals:
        if faults := list(_faults_of(arrival)):
            yield entry(trial_of(arrival, report), map(problem_told, faults))
    for merged in found.merged:
        became = f"It has become {plain(merged.present)}. {plain(merged.to_do)}"
        yield entry(linked(merged.trial, report), [became])
    for problem in errors_in(found.problems):
        where = problem.where.path if problem.where else ""
        named = f"{code(visible(where))}: " if where and where not in problem.message else ""
        yield f"- {named}{problem_told(problem)}\n"
    for name in found.emptied:
        yield (
            f"- The query {code(visible(name))} found trials the last time and finds none now. "
            "Nothing was made of that: see whether it still asks what you mean.\n"
        )


def _faults_of(arrival: Arrival) -> list[Problem]:
    return [one for one in errors_in(arrival.problems) if one.code != "conflict"]


def problem_told(problem: Problem) -> str:
    """A problem and what to do, as two sentences."""
    hint = problem.hint and f" {problem.hint[0].upper()}{problem.hint[1:]}."
    where = f"{problem.where}: " if problem.where and problem.where.line else ""
    return plain(cut(f"{where}{problem.message}.{hint}", _MOST_SAID))


# --- one field ----------------------------------------------------------------------------------


def _conflict_told(one: OpenConflict, report: ReportFrame) -> str:
    """On one line where there is one thing to say."""
    head, said = _field(one, report), list(_beside(one, report))
    if len(said) == 1 and one.conflict.from_registry:
        return f"{head}: {said[0]}"
    unknown = "" if one.conflict.from_registry else f" {UNKNOWN}"
    return "\n    - ".join((f"{head}:{unknown}", *said))


def _field(one: OpenConflict, report: ReportFrame) -> str:
    """What the page calls a field, where it has both sides, and its name in the file."""
    label, name = field_label(one.conflict.field, english()), code(visible(one.conflict.field))
    if not label:
        return name
    address = report.leading(one.trial, "corrections")
    said = f"**{plain(label)}**"
    return f"{f'[{said}]({address})' if address else said} ({name})"


def _beside(one: OpenConflict, report: ReportFrame) -> Iterator[str]:
    """What the registry says otherwise than before, and what this site says."""
    number: Counter[tuple[str, bool]] = Counter()
    more: Counter[str] = Counter()
    every = list(sides(one.conflict))
    for side in every:
        is_of_both = side.other is not None
        number[side.start, is_of_both] += 1
        if number[side.start, is_of_both] <= (_MOST_OF_BOTH if is_of_both else _MOST_ALONE):
            yield _side_told(side)
        else:
            more[side.start] += 1
    for start, rest in more.items():
        yield link(f"{_STARTS[start]}… and {rest:,} more", one.trial, "corrections", report)
    if not every:
        yield "What the registry says stands in that note."


def _side_told(side: Side) -> str:
    said = part_told(side.change, side.words, side.gone)
    yours = "" if side.other is None else f"; yours: **{quoted(side.other)}**{side.unsure}"
    return f"{_STARTS[side.start]}{said}{yours}"


_STARTS = {THEIRS: "", YOURS: "You alone: ", BETWEEN: BETWEEN}
"""How a line begins; one of the registry's needs no word."""


# --- taken back ---------------------------------------------------------------------------------


def given_up(arrivals: Iterable[Arrival], report: ReportFrame) -> Iterator[str]:
    """What an editor had written, and a command was told to take back."""
    for arrival in arrivals:
        found = [(change, words) for change in arrival.undone if (words := told(change))]
        if found:
            lines = [
                f"Your change, taken back: {change_told(change, words, 'left out')}"
                for change, words in found[:_MOST_CHANGES]
            ]
            more = len(found) - _MOST_CHANGES
            lines += [f"… and {more:,} more"] if more > 0 else []
            yield entry(trial_of(arrival, report), lines)
