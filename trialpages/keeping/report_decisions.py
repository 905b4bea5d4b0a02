"""What of a report a person has to decide, or has decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from trialpages.changes.compare import WITHIN
from trialpages.changes.fields import top_field
from trialpages.changes.renamings import followers
from trialpages.importers.conflict import Conflict
from trialpages.keeping.findings import Findings, OpenConflict, TrialName
from trialpages.keeping.markdown import code, plain
from trialpages.keeping.parted import Parted, is_text, kept, parted
from trialpages.keeping.report_words import (
    Piece,
    ReportFrame,
    Told,
    again,
    days_of,
    entry,
    led,
    lines_of,
    link,
    linked,
    named_of,
    of_places,
    part_told,
    parts_told,
    piece,
    quoted,
    trial_of,
)
from trialpages.problems import Problem, errors_in, visible
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.trial.history import field_label
from trialpages.trial.places import section_of
from trialpages.updating.arrivals import Arrival
from trialpages.updating.telling import (
    BETWEEN,
    COPIES,
    GONE,
    LEFT_OUT,
    OF_GONE,
    THEIRS,
    UNKNOWN,
    YOURS,
    Side,
    also_in,
    asked,
    cut,
    english,
    kept_told,
    sides,
    told,
    told_once,
)

_MOST_CHANGES = 12
_MOST_OF_BOTH = 12
_MOST_ALONE = 4
"""Of a field: what one side alone changed stands on the page too."""

_MOST_NAMED = 80
"""Signs of what is known by its message alone."""

_MOST_SAID = 1_000
"""Of what is wrong: one long value leaves room for all others."""

HOW_TO_DECIDE = """\
<details><summary>How to read this, and how to decide</summary>

Each line: the registry before → **the registry now**; yours, which is kept: **the file**.

Write what is right into the file and take the field's note out of `import_notes`; or have the \
registry's side written: `fetch NUMBER --take FIELD`, FIELD as in the brackets.

</details>
"""
HOW_TO_TAKE = (
    "Yours stands. To have the registry's side of a field written: `fetch NUMBER --take FIELD`."
)


def to_mend(found: Findings) -> list[str]:
    """Where nothing is to be decided, each by what it is known by: a file, a line of it, a
    query."""
    wrong = [*errors_in(found.problems), *(one for _, one in _in_the_way(found))]
    problems = [_place(one) or plain(cut(one.message, _MOST_NAMED)) for one in wrong]
    return [*problems, *(code(visible(name)) for name in found.emptied)]


def decisions(found: Findings, report: ReportFrame) -> list[str]:
    """The trials that wait for a person, each once, with the fields of it that wait."""
    fields: dict[TrialName, list[str]] = {}
    for one in sorted(found.conflicts, key=lambda one: (one.trial.id, one.conflict.field)):
        fields.setdefault(one.trial, []).append(_waiting(one.conflict))
    trials = {
        trial.id: f"{link(trial.id, trial, '', report)} ({plain(', '.join(names))})"
        for trial, names in fields.items()
    }
    for merged in found.merged:
        trials.setdefault(merged.trial.id, link(merged.trial.id, merged.trial, "", report))
    for arrival in filter(_faults_of, found.arrivals):
        named = link(arrival.trial_id, named_of(arrival), "", report) if arrival.trial_id else ""
        trials.setdefault(arrival.trial_id or arrival.where, named or trial_of(arrival, report))
    return [*trials.values()]


def _waiting(conflict: Conflict) -> str:
    """What waits; of the status what the registry says: it may have stopped the trial."""
    name = (field_label(conflict.field, english()) or conflict.field).lower()
    said = [words.new for one in conflict.differing if (words := told(one)) and words.new]
    is_status = conflict.field == "overall_status" and said
    return f"{name}: {said[0]} at the registry" if is_status else name


def faults_told(found: Findings, report: ReportFrame) -> Iterator[Piece]:
    for arrival in found.arrivals:
        if faults := _faults_of(arrival):
            told = entry(trial_of(arrival, report), map(_fault_told, faults))
            yield piece(arrival.trial_id, told)
    for merged in found.merged:
        became = f"It has become {plain(merged.present)}. {plain(merged.to_do)}"
        yield piece(merged.trial.id, entry(linked(merged.trial, report), [became]))


def mends_told(found: Findings, report: ReportFrame) -> Iterator[Piece]:
    for arrival, problem in _in_the_way(found):
        told = entry(trial_of(arrival, report), [_fault_told(problem)])
        yield piece(arrival.trial_id, told)
    for problem in errors_in(found.problems):
        is_named = problem.where is None or problem.where.path in problem.message
        place = "" if is_named else f"{_place(problem)}: "
        yield Piece(f"- {place}{problem_told(problem)}\n")
    for name in found.emptied:
        said = (
            f"- The query {code(visible(name))} found trials the last time and finds none now. "
            "Nothing was made of that: see whether it still asks what you mean.\n"
        )
        yield Piece(said)


def _faults_of(arrival: Arrival) -> list[Problem]:
    """What a person has to decide beside conflicts."""
    others = ("conflict", _REMARK)
    return [one for one in errors_in(arrival.problems) if one.code not in others]


_REMARK = "remark"
"""Of one that a newer version leaves no place: it has to be moved or to go, whatever is right."""


def _in_the_way(found: Findings) -> Iterator[tuple[Arrival, Problem]]:
    """What of a trial's file nobody has to decide, and yet keeps a newer version out."""
    for arrival in found.arrivals:
        yield from ((arrival, one) for one in errors_in(arrival.problems) if one.code == _REMARK)


def _place(problem: Problem) -> str:
    return code(visible(f"{problem.where}")) if problem.where else ""


def _fault_told(problem: Problem) -> str:
    """Of a trial that is named already: where in its file."""
    lead = f"{_place(problem)}: " if problem.where and problem.where.line else ""
    return f"{lead}{problem_told(problem)}"


def problem_told(problem: Problem) -> str:
    """A problem and what to do, as two sentences."""
    hint = problem.hint and f" {problem.hint[0].upper()}{problem.hint[1:]}."
    return plain(cut(f"{problem.message}.{hint}", _MOST_SAID))


# --- one field ----------------------------------------------------------------------------------


def conflict_told(one: OpenConflict, report: ReportFrame) -> str:
    """On one line where there is one thing to say."""
    head, said = field_named(one, report), list(_beside(one, report))
    if len(said) == 1 and one.conflict.from_registry:
        return led(head, said[0])
    unknown = "" if one.conflict.from_registry else f" {UNKNOWN}"
    return "\n    - ".join((f"{head}:{unknown}", *said))


def field_named(one: OpenConflict, report: ReportFrame) -> str:
    """What the page calls a field, where it has both sides, and its name in the file."""
    label, name = field_label(one.conflict.field, english()), code(visible(one.conflict.field))
    if not label:
        return name
    address = report.leading(one.trial, "corrections")
    said = f"**{plain(label)}**"
    return f"{f'[{said}]({address})' if address else said} ({name})"


def _beside(one: OpenConflict, report: ReportFrame) -> Iterator[str]:
    """What the registry says otherwise than before, and what this site says in its place."""
    questions, found = asked(one.conflict, plain), parted(one.conflict)
    yield from questions
    yield from _sides_told(found.first, found, one, report)
    for change in one.conflict.lately:
        if shown := told(change):
            more = part_told(change, shown, GONE)
            yield led(f"Changed once more, {days_of([change])}", more)
    if not (found.first or questions):
        yield "What the registry says stands in that note."


def alone_told(one: OpenConflict, report: ReportFrame) -> Iterator[str]:
    """What one side alone changed beside what waits."""
    found = parted(one.conflict)
    label = plain(field_label(one.conflict.field, english()) or one.conflict.field)
    theirs = [side for side in found.beside if not side.is_mine]
    mine = [side for side in found.beside if side.is_mine]
    for lead, these in (("The registry alone: ", theirs), ("", mine)):
        lines = _sides_told(these, replace(found, own={}), one, report)
        yield from (led(label, f"{lead}{line}") for line in lines)


def _sides_told(
    every: Iterable[Side], beside: Parted, one: OpenConflict, report: ReportFrame
) -> Iterator[str]:
    number: Counter[tuple[str, bool]] = Counter()
    alone: dict[str, list[Side]] = {}
    more: Counter[str] = Counter()
    for side in every:
        is_of_both = side.other is not None or side.is_left_out
        number[side.start, is_of_both] += 1
        if number[side.start, is_of_both] > (_MOST_OF_BOTH if is_of_both else _MOST_ALONE):
            more[side.start] += 1
        elif is_of_both:
            yield _side_told(side)
        else:
            alone.setdefault(side.start, []).append(side)
    for start, found in alone.items():
        lead = MINE_OF_TEXT if start == YOURS and is_text(one.conflict.field) else _STARTS[start]
        yield from (f"{lead}{said}" for said in _of_one_side(found, beside))
    for start, rest in more.items():
        yield link(f"{_STARTS[start]}… and {rest:,} more", one.trial, "corrections", report)


def _of_one_side(found: Sequence[Side], beside: Parted) -> Iterator[str]:
    """A place of which several things changed on one line, which names it once."""
    lines: dict[tuple[str, int], list[tuple[Told, Side]]] = {}
    told = of_places([(side.change, side.words) for side in found])
    for number, ((one, of), side) in enumerate(zip(told, found, strict=True)):
        lines.setdefault((of, 0 if of else number), []).append((one, side))
    for (of, _), these in lines.items():
        said = parts_told([one for one, _ in these], found[0].gone)
        yours = _yours([side for _, side in these], beside)
        yield f"{led(plain(of), said) if of else said}{yours}"


def _yours(these: Sequence[Side], beside: Parted) -> str:
    """What the file says in the place of what the registry alone has changed."""
    if own := beside.yours(these):
        told = [(one.change, replace(one.words, entries=_inside(one))) for one in own]
        return f"; yours: {parts_told(told, own[0].gone)}"
    if all(one.start == THEIRS and one.change.kind is ChangeKind.REMOVED for one in these):
        return f"; yours: **{kept_told(beside.beside)}**"
    was = kept(these[0]) if len(these) == 1 else None
    return f"; yours: **{quoted(cut(was))}**" if was else ""


def _inside(side: Side) -> tuple[str, ...]:
    """Of whom at a place, which is named."""
    return tuple(one for entry in side.words.entries if (one := entry.partition(WITHIN)[2]))


def _side_told(side: Side) -> str:
    said = part_told(side.change, side.words, side.gone)
    yours = f"; yours: **{quoted(side.other)}**{side.unsure}"
    yours = f"; **{LEFT_OUT}**" if side.is_left_out else yours
    return f"{_STARTS[side.start]}{said}{yours}"


MINE_OF_TEXT = "You alone (`--take` takes it back too): "
"""Of a text the registry's side is all of it."""

_STARTS = {THEIRS: "", COPIES: COPIES, YOURS: "You alone: ", OF_GONE: "Yours: ", BETWEEN: BETWEEN}
"""How a line begins; one of the registry's needs no word."""


# --- decided ------------------------------------------------------------------------------------


def decided_told(
    arrivals: Iterable[Arrival], above: Collection[str], report: ReportFrame
) -> Iterator[Piece]:
    """What a person has taken over of the registry's, or had taken, and what of theirs it took
    back: each change once. Of several versions each change says of which it is."""
    for arrival in arrivals:
        if arrival.is_decided:
            when = {days_of([one]) for one in arrival.decided}
            days = f", {when.pop()}" if len(when) == 1 else ""
            head = f"{again(arrival, above, report)}{days}"
            lines = _decided(arrival, report, is_of_several=not days)
            yield piece(arrival.trial_id, entry(head, lines))


def back_told(
    arrivals: Iterable[Arrival], above: Collection[str], report: ReportFrame
) -> Iterator[Piece]:
    """What waited, and the registry has changed back."""
    for arrival in arrivals:
        if found := told_once(arrival.back):
            lines = lines_of(found, named_of(arrival), report)
            said = "the registry has taken back, and yours stands:"
            head = f"{again(arrival, above, report)}: {said}"
            yield piece(arrival.trial_id, entry(head, lines))


def _decided(arrival: Arrival, report: ReportFrame, *, is_of_several: bool) -> Iterator[str]:
    """A line a field."""
    changes = (*arrival.decided, *arrival.undone)
    for field in dict.fromkeys((*(top_field(one.field) for one in changes), *arrival.chosen)):
        theirs, mine = (
            tuple(one for one in found if top_field(one.field) == field)
            for found in (arrival.decided, arrival.undone)
        )
        taken = sides(Conflict(field, theirs, mine))
        said = [_taken_side(side, dated=is_of_several) for side in taken]
        said += [also_in(one) for one in theirs if followers(one, arrival.changes)]
        more = len(said) - _MOST_CHANGES
        said = [*said[:_MOST_CHANGES], *([f"… and {more:,} more"] if more > 0 else [])]
        label = field_label(field, english()) or field
        head = link(label, named_of(arrival), section_of(field), report)
        yield led(head, "; ".join(said) or "as the registry has it")


def _taken_side(side: Side, *, dated: bool) -> str:
    said = part_told(side.change, side.words, side.gone)
    if side.is_mine:
        return f"yours, taken back: {said}"
    aside = [days_of([side.change])] if dated else []
    if side.is_left_out or side.other is not None:
        yours = "left out" if side.is_left_out else quoted(side.other)
        aside.append(f"yours, taken back: {yours}")
    return f"{said} ({'; '.join(aside)})" if aside else said
