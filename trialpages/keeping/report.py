"""What a person reviews after a sync, as Markdown that GitHub shows: decisions first.

It is read in two minutes or not at all. So a long list of places is cut to its first ones, a trial
with many changes to its first ones, and the page's own history is linked for the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from trialpages.changes.fields import kind_of
from trialpages.changes.topics import Topic, topic_of
from trialpages.keeping.findings import Findings, OpenConflict, TrialName
from trialpages.keeping.markdown import code, plain
from trialpages.keeping.report_words import (
    ReportFrame,
    change_told,
    days_of,
    entry,
    link,
    linked,
    named_of,
    quoted,
    since,
    trial_of,
)
from trialpages.problems import Problem, errors_in, visible
from trialpages.records.conflict_notes import how_to_take
from trialpages.records.model import Change, Markup
from trialpages.settings.queries_file import Leaving
from trialpages.trial.history import field_label
from trialpages.updating.arrivals import Arrival
from trialpages.updating.telling import (
    UNKNOWN,
    cut,
    english,
    sides,
    told,
    told_once,
)

MOST = 60_000
"""Characters; GitHub takes 65,536 as the text of a pull request."""

_MOST_CHANGES = 12
"""Of a trial in one chapter."""

_MOST_SAID = 1_000
"""Of what is wrong: one long value leaves room for all others."""

_MOST_TRIALS = 60
"""In a chapter that names trials alone."""

_URGENT = (Topic.STOPPED, Topic.STATUS, Topic.SITES, Topic.CONTACTS)
_CRITERIA = (Topic.CRITERIA,)
_REST = (Topic.RESULTS, Topic.OTHER)

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
    changed = _changed(found)
    new = [one for one in found.arrivals if one.state == "new" and one not in changed]
    by_hand = sum(one.by_hand for one in found.arrivals if one.state == "new")
    numbers = (
        (len(changed), "trial changed", "trials changed"),
        (sum(not one.by_hand for one in new), "new", "new"),
        (by_hand, "fetched by hand", "fetched by hand"),
        (len(_decisions(found)), "needs a decision", "need a decision"),
    )
    said = ", ".join(f"**{n:,} {one if n == 1 else many}**" for n, one, many in numbers if n)
    data = "; ".join(
        f"{plain(name)}'s data of {plain(one[:10])}" for name, one in found.versions.items() if one
    )
    day = english().date_text(report.as_of)
    lines = [f"# What registries changed, {day}", ""]
    if report.again:
        day = english().date_text(report.again)
        lines.append(f"Nothing has come since the report of {day}, which is told here again.\n")
    lines.append((said or _nothing_said(found)) + (f" ({data})" if data else ""))
    if not report.again:
        lines.append(f"\nTold is what came {since(report)}.")
    if not report.written:
        lines.append("\nNothing has been written: this is what a sync would do.")
    lines += [f"\n**It ended early:** {plain(one.message)}" for one in found.failure]
    return "\n".join(lines) + "\n"


def _changed(found: Findings) -> list[Arrival]:
    """Also what came here as new and was changed since, before any report told of it."""
    return [one for one in found.arrivals if one.has_come or one.changes]


def _nothing_said(found: Findings) -> str:
    """Where no change is known: of what nobody answered for, nothing is."""
    if found.is_unasked:
        return "Nothing could be asked, so nothing is known of any trial."
    if found.failure:
        return "Nothing was found to have changed; not everything was asked."
    return "No trial has changed."


def _chapters(found: Findings, report: ReportFrame) -> Iterator[str]:
    changed = _changed(found)
    yield from _chapter("Needs a decision", _decisions_told(found, report))
    for title, topics in (
        ("Stopped, opened, closed; sites and contacts", _URGENT),
        ("Who can take part", _CRITERIA),
        ("Everything else", _REST),
    ):
        yield from _chapter(title, _changes_told(changed, topics, report))
    yield from _chapter("Only dates and the like", _untold(changed, report))
    title = "Summaries and remarks older than their record"
    yield from _chapter(title, _older_words(changed, report))
    yield from _chapter("Yours, while the registry says something else", _overtaken(found, report))
    yield from _chapter("Taken back, as you said (`--take`)", _given_up(changed, report))
    new = [one for one in found.arrivals if one.state == "new"]
    synced = [one for one in new if not one.by_hand and one not in changed]
    yield from _chapter("New trials", _new(synced, report))
    yield from _chapter("Fetched by hand", _new([one for one in new if one.by_hand], report))
    yield from _chapter("Gone, merged, no longer found", _gone(found, report))


def _chapter(title: str, entries: Iterable[str]) -> Iterator[str]:
    """A chapter, in pieces that fit one by one; none where it has nothing to say."""
    for number, piece in enumerate(entries):
        yield f"## {title}\n\n{piece}" if number == 0 else piece


# --- decisions ----------------------------------------------------------------------------------


def _decisions(found: Findings) -> list[object]:
    faults = [one for arrival in found.arrivals for one in _faults_of(arrival)]
    waiting = (*found.conflicts, *found.merged, *errors_in(found.problems), *found.emptied)
    return [*faults, *waiting]


def _decisions_told(found: Findings, report: ReportFrame) -> Iterator[str]:
    lines: dict[TrialName, list[str]] = {}
    for one in sorted(found.conflicts, key=lambda one: (one.trial.id, one.conflict.field)):
        lines.setdefault(one.trial, []).append(_conflict_told(one, report))
    for trial, said in lines.items():
        yield entry(linked(trial, report), said)
    for arrival in found.arrivals:
        if faults := list(_faults_of(arrival)):
            yield entry(trial_of(arrival, report), map(_said, faults))
    for merged in found.merged:
        became = f"It has become {plain(merged.present)}. {plain(merged.to_do)}"
        yield entry(linked(merged.trial, report), [became])
    for problem in errors_in(found.problems):
        where = problem.where.path if problem.where else ""
        named = f"{code(visible(where))}: " if where and where not in problem.message else ""
        yield f"- {named}{_said(problem)}\n"
    for name in found.emptied:
        yield (
            f"- The query {code(visible(name))} found trials the last time and finds none now. "
            "Nothing was made of that: see whether it still asks what you mean.\n"
        )


def _faults_of(arrival: Arrival) -> list[Problem]:
    return [one for one in errors_in(arrival.problems) if one.code != "conflict"]


def _conflict_told(one: OpenConflict, report: ReportFrame) -> str:
    field = one.conflict.field
    unknown = "" if one.conflict.from_registry else f" {UNKNOWN}"
    said = (
        f"{_field(field)} was changed here and at the registry. Yours is kept."
        f"{unknown} {_how(one.trial.id, field)}"
    )
    return "\n    - ".join((said, *_beside(one, report)))


def _beside(one: OpenConflict, report: ReportFrame) -> Iterator[str]:
    """What the registry says otherwise than before, and what this site says."""
    number: Counter[str] = Counter()
    for side in sides(one.conflict):
        number[side.start] += 1
        if number[side.start] <= _MOST_CHANGES:
            said = change_told(
                side.change, side.words, one.trial, report, side.gone, at="corrections"
            )
            yours = "" if side.other is None else f"; yours: **{quoted(side.other)}**"
            yield f"{side.start}{said}{yours}"
    for start, found in number.items():
        if found > _MOST_CHANGES:
            yield f"{start}… and {found - _MOST_CHANGES:,} more"
    if not number and one.conflict.from_registry:
        yield "The two differ only in their order, or in what no page shows."
    elif not number:
        yield "What the registry says stands in that note."


def _overtaken(found: Findings, report: ReportFrame) -> Iterator[str]:
    """What an editor has decided for the file, and which the registry has changed meanwhile."""
    lines: dict[TrialName, list[str]] = {}
    for one in found.overtaken:
        take = code(visible(how_to_take(one.trial.id, one.conflict.field)))
        said = f"{_field(one.conflict.field)}: yours stands. The registry's side: {take}."
        told_here = "\n    - ".join((said, *_beside(one, report)))
        lines.setdefault(one.trial, []).append(told_here)
    for trial, said_of_it in lines.items():
        yield entry(linked(trial, report), said_of_it)


def _given_up(arrivals: Iterable[Arrival], report: ReportFrame) -> Iterator[str]:
    """What an editor had written, and a command was told to take back."""
    for arrival in arrivals:
        found = [(change, words) for change in arrival.undone if (words := told(change))]
        if found:
            lines = [
                f"Your change, taken back: {change_told(*one, named_of(arrival), report, at='')}"
                for one in found[:_MOST_CHANGES]
            ]
            more = len(found) - _MOST_CHANGES
            lines += [f"… and {more:,} more"] if more > 0 else []
            yield entry(trial_of(arrival, report), lines)


def _field(field: str) -> str:
    """What the page calls a field, and its name in the file."""
    label, name = field_label(field, english()), code(visible(field))
    return f"**{plain(label)}** ({name})" if label else name


def _how(trial_id: str, field: str) -> str:
    return (
        "Write what is right, then take the note out of `import_notes`; or take the registry's "
        f"side: {code(visible(how_to_take(trial_id, field)))}."
    )


def _said(problem: Problem) -> str:
    """A problem and what to do, as two sentences."""
    hint = problem.hint and f" {problem.hint[0].upper()}{problem.hint[1:]}."
    where = f"{problem.where}: " if problem.where and problem.where.line else ""
    return plain(cut(f"{where}{problem.message}.{hint}", _MOST_SAID))


# --- what changed -------------------------------------------------------------------------------


def _changes_told(
    arrivals: Iterable[Arrival], topics: Collection[Topic], report: ReportFrame
) -> Iterator[str]:
    """Stopped trials first, then those that closed."""
    for arrival in sorted(arrivals, key=_urgency):
        found = told_once(change for topic in topics for change in arrival.by_topic.get(topic, ()))
        if found:
            if len(found) > _MOST_CHANGES:
                found.sort(key=lambda one: _rank(one[0]))
            lines = [change_told(*one, named_of(arrival), report) for one in found[:_MOST_CHANGES]]
            if rest := found[_MOST_CHANGES:]:
                fields = ", ".join(dict.fromkeys(words.label for _, words in rest))
                more = f"… and {len(rest):,} more ({fields})"
                lines.append(link(more, named_of(arrival), "history", report))
            head = f"{trial_of(arrival, report)}, {days_of([change for change, _ in found])}"
            yield entry(head, lines)


def _rank(change: Change) -> int:
    """Where not all fit: what is done to whom and what is measured first, sentences of texts
    last; topics stay in their order."""
    topic = list(Topic).index(topic_of(change)) * 3
    if kind_of(change.field) == Markup:
        return topic + 2
    return topic if change.field.partition(".")[0] in _WEIGHTY else topic + 1


_WEIGHTY = (
    *("arm_groups", "interventions", "primary_outcomes", "secondary_outcomes", "other_outcomes"),
)


def _untold(arrivals: Iterable[Arrival], report: ReportFrame) -> Iterator[str]:
    """Trials whose newer version changed dates, orders and the like alone."""
    found = [one for one in arrivals if not any(map(told, one.changes))]
    if found:
        links = [link(one.trial_id, named_of(one), "", report) for one in found[:_MOST_TRIALS]]
        more = len(found) - _MOST_TRIALS
        links += [f"… and {more:,} more"] if more > 0 else []
        said = "Only dates of the record, the order of lists, or more of the same version"
        yield f"- {said}: {', '.join(links)}\n"


def _urgency(arrival: Arrival) -> int:
    topics = arrival.by_topic
    return next((at for at, topic in enumerate(Topic) if topic in topics), len(Topic))


# --- lists of trials ----------------------------------------------------------------------------


def _older_words(arrivals: Iterable[Arrival], report: ReportFrame) -> Iterator[str]:
    for arrival in arrivals:
        if arrival.summary_date:
            said = f"signed on {english().date_text(arrival.summary_date)}, before this version"
            summary = link("Plain-language summary", named_of(arrival), "plain-language", report)
            yield f"- {trial_of(arrival, report)}: {summary} {said}\n"
        if remarks := [one for one in arrival.problems if one.code == "remark-of-what-was"]:
            yield entry(trial_of(arrival, report), map(_said, remarks))


def _new(new: Sequence[Arrival], report: ReportFrame) -> Iterator[str]:
    for arrival in new[:_MOST_TRIALS]:
        was_here = any(problem.code == "was-here" for problem in arrival.problems)
        said = ": **was here before; its file was deleted**" if was_here else ""
        yield f"- {trial_of(arrival, report)}{said}\n"
    if len(new) > _MOST_TRIALS:
        yield f"- … and {len(new) - _MOST_TRIALS:,} more\n"


def _gone(found: Findings, report: ReportFrame) -> Iterator[str]:
    for trial in found.gone:
        yield (
            f"- {linked(trial, report)} is no longer at its registry. Its page says so, and stays "
            f"until you remove {code(visible(trial.path))}.\n"
        )
    for problem in found.problems:
        if problem.code in ("deleted", "older-there"):
            yield f"- {_said(problem)}\n"
    for arrival in found.arrivals:
        if arrival.former:
            yield (
                f"- {trial_of(arrival, report)} was {plain(arrival.former)} until now. Its file "
                "has the new number, and the old address leads to the page.\n"
            )
    for trial, left in found.left:
        became = "It is a draft now." if left.leaving is Leaving.DRAFT else "Its page stays."
        yield f"- {linked(trial, report)} is no longer found by {code(left.question)}. {became}\n"
