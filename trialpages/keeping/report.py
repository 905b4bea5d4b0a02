"""What a person reviews after a sync, as Markdown that GitHub shows: decisions first.

It is read in two minutes or not at all. So a long list of places is cut to its first ones, a trial
with many changes to its first ones, and the page's own history is linked for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from trialpages.changes.topics import Topic
from trialpages.import_report import Outcome
from trialpages.importers.update_fields import Conflict
from trialpages.keeping.findings import Findings, TrialName
from trialpages.keeping.markdown import code, plain
from trialpages.keeping.site import Leading
from trialpages.keeping.words import english, told
from trialpages.problems import Problem, errors_in, visible
from trialpages.records.model import Change
from trialpages.settings.queries_file import Leaving
from trialpages.trial.history import ShownChange
from trialpages.trial.places import section_of

MOST = 60_000
"""Characters; GitHub takes 65,536 as the text of a pull request."""

_MOST_CHANGES = 12
"""Of a trial in one chapter."""

_MOST_ENTRIES = 3
"""Places, outcomes … that changed alike."""

_MOST_SIGNS = 300
"""Of a value, 100 of a title."""

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


@dataclass(frozen=True, slots=True)
class Report:
    """Where links lead, and on which day and where it is written."""

    leading: Leading
    as_of: str
    """ISO."""
    written: bool
    """Whether the changes have been made; else they would be."""
    is_scheduled: bool = False
    """Whether a workflow writes it, which GitHub may stop running."""


def report_text(found: Findings, report: Report) -> str:
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


def _head(found: Findings, report: Report) -> str:
    states = [outcome.state for outcome in found.outcomes]
    changed = sum(outcome.has_come for outcome in found.outcomes)
    numbers = (
        (changed, "trial changed", "trials changed"),
        (states.count("new"), "new", "new"),
        (len(_decisions(found)), "needs a decision", "need a decision"),
    )
    said = ", ".join(f"**{n:,} {one if n == 1 else many}**" for n, one, many in numbers if n)
    data = "; ".join(
        f"{plain(name)}'s data of {plain(one[:10])}" for name, one in found.versions.items() if one
    )
    day = english().date_text(report.as_of)
    lines = [f"# What registries changed, {day}", "", said or _nothing_said(found)]
    if data:
        lines[-1] += f" ({data})"
    if not report.written:
        lines.append("\nNothing has been written: this is what a sync would do.")
    lines += [f"\n**It ended early:** {plain(one.message)}" for one in found.failure]
    return "\n".join(lines) + "\n"


def _nothing_said(found: Findings) -> str:
    """Where no change is known: of what nobody answered for, nothing is."""
    if found.is_unasked:
        return "Nothing could be asked, so nothing is known of any trial."
    if found.failure:
        return "Nothing was found to have changed; not everything was asked."
    return "No trial has changed."


def _chapters(found: Findings, report: Report) -> Iterator[str]:
    changed = [outcome for outcome in found.outcomes if outcome.has_come]
    yield from _chapter("Needs a decision", _decisions_told(found, report))
    for title, topics in (
        ("Stopped, opened, closed; sites and contacts", _URGENT),
        ("Who can take part", _CRITERIA),
        ("Everything else", _REST),
    ):
        yield from _chapter(title, _changes_told(changed, topics, report))
    yield from _chapter("Summaries older than their record", _summaries(changed, report))
    yield from _chapter("New trials", _new(found, report))
    yield from _chapter("Gone, merged, no longer found", _gone(found, report))


def _chapter(title: str, entries: Iterable[str]) -> Iterator[str]:
    """A chapter, in pieces that fit one by one; none where it has nothing to say."""
    for number, entry in enumerate(entries):
        yield f"## {title}\n\n{entry}" if number == 0 else entry


# --- decisions ----------------------------------------------------------------------------------


def _decisions(found: Findings) -> list[object]:
    bad = [one for one in found.outcomes if errors_in(one.problems)]
    waiting = (*found.conflicts, *found.merged, *errors_in(found.problems), *found.emptied)
    return [*bad, *waiting]


def _decisions_told(found: Findings, report: Report) -> Iterator[str]:
    for outcome in found.outcomes:
        if lines := list(_faults_of(outcome, report)):
            yield _entry(_trial_of(outcome, report), lines)
    for conflict in found.conflicts:
        field = code(visible(conflict.note.field))
        said = (
            f"{field} is still in conflict. Kept: {_quoted(conflict.kept)}. "
            f"Registry: {_quoted(conflict.registry)}. "
            f"{_how(conflict.trial.id, conflict.note.field)}"
        )
        yield _entry(_linked(conflict.trial, report), [said])
    for merged in found.merged:
        said = f"It has become {plain(merged.present)}. {plain(merged.to_do)}"
        yield _entry(_linked(merged.trial, report), [said])
    for problem in errors_in(found.problems):
        yield f"- {_said(problem)}\n"
    for name in found.emptied:
        yield (
            f"- The query {code(visible(name))} found trials the last time and finds none now. "
            "Nothing was made of that: see whether it still asks what you mean.\n"
        )


def _faults_of(outcome: Outcome, report: Report) -> Iterator[str]:
    for conflict in outcome.conflicts:
        lines = list(_beside(conflict, outcome, report))
        values = f"Kept: {_quoted(conflict.kept)}. Registry: {_quoted(conflict.registry)}."
        if lines:  # in words
            values = "Yours is kept."
        how = _how(outcome.trial_id, conflict.field)
        unknown = "" if conflict.from_registry or not conflict.is_new else f" {_UNKNOWN}"
        field = code(visible(conflict.field))
        said = f"{field} was changed here and at the registry. {values}{unknown} {how}"
        yield "\n    - ".join((said, *lines))
    for problem in errors_in(outcome.problems):
        if problem.code != "conflict":
            yield _said(problem)


def _beside(conflict: Conflict, outcome: Outcome, report: Report) -> Iterator[str]:
    """What of the registry's value is new, or, where nobody knows that, is another than here."""
    lead = "Registry, before → now: " if conflict.from_registry else "Yours → registry's: "
    for start, changes in ((lead, conflict.changes), ("Registry, before → yours: ", conflict.mine)):
        found = [(change, words) for change in changes if (words := told(change))]
        for change, words in found[:_MOST_CHANGES]:
            yield f"{start}{_change_told(change, words, outcome, report)}"
        if (more := len(found) - _MOST_CHANGES) > 0:
            yield f"… and {more:,} more"


_UNKNOWN = "What the registry said before isn't known, only that it was something else."


def _how(trial_id: str, field: str) -> str:
    call = code(visible(f"build.py fetch {trial_id} --take {field}"))
    return (
        "Write what is right, then take the note out of `import_notes`; or take the registry's "
        f"side: {call}."
    )


def _said(problem: Problem) -> str:
    """A problem and what to do, as two sentences."""
    hint = problem.hint and f" {problem.hint[0].upper()}{problem.hint[1:]}."
    where = f"{problem.where}: " if problem.where and problem.where.line else ""
    return plain(_cut(f"{where}{problem.message}.{hint}", _MOST_SAID))


# --- what changed -------------------------------------------------------------------------------


def _changes_told(
    outcomes: Iterable[Outcome], topics: Collection[Topic], report: Report
) -> Iterator[str]:
    """Stopped trials first, then those that closed."""
    for outcome in sorted(outcomes, key=_urgency):
        by_topic = outcome.by_topic
        changes = (change for topic in topics for change in by_topic.get(topic, ()))
        found = [(change, words) for change in changes if (words := told(change))]
        if found:
            lines = [_change_told(*one, outcome, report) for one in found[:_MOST_CHANGES]]
            if (more := len(found) - _MOST_CHANGES) > 0:
                lines.append(_link(f"… and {more:,} more", _named_of(outcome), "history", report))
            yield _entry(_trial_of(outcome, report), lines)


def _urgency(outcome: Outcome) -> int:
    topics = outcome.by_topic
    return next((at for at, topic in enumerate(Topic) if topic in topics), len(Topic))


def _change_told(change: Change, shown: ShownChange, outcome: Outcome, report: Report) -> str:
    label = f"{shown.label}, {shown.part.lower()}" if shown.part else shown.label
    # Of what is gone the page may have no section any more.
    section = "history" if shown.new is None else section_of(change.field)
    linked = _link(label, _named_of(outcome), section, report)
    return f"{linked}{_rest(shown)}"


def _rest(shown: ShownChange) -> str:
    of = plain(_named(shown.entries))
    if not shown.kind:
        between = f" ({of})" if of else ""
        old, new = _from_difference(shown.old, shown.new)
        return f"{between}: {_quoted(old)} → **{_quoted(new) if new else _GONE}**"
    is_new = shown.kind == "added"
    kind, value = ("added", shown.new) if is_new else (_GONE, shown.old)
    if not of:
        return f": **{kind}** {_quoted(value)}"
    return f": **{kind}** {of}{f' ({plain(_cut(value))})' if value else ''}"


_GONE = "no longer in the record"
"""The registry took it away, or a record was cut so that nobody can tell."""


def _from_difference(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Two long texts from a few words before they differ, so that the difference is seen."""
    if not (old and new) or max(len(old), len(new)) <= _MOST_SIGNS:
        return old, new
    pairs = zip(old, new, strict=False)
    same = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
    start = old.rfind(" ", 0, max(0, same - _BEFORE)) + 1
    return (f"…{old[start:]}", f"…{new[start:]}") if start > 1 else (old, new)


_BEFORE = 60


def _named(entries: Sequence[str]) -> str:
    """`Charité, Berlin, Germany; UZ Gent, Gent, Belgium; … and 3 more`."""
    named = "; ".join(entries[:_MOST_ENTRIES])
    more = len(entries) - _MOST_ENTRIES
    return f"{named}; … and {more:,} more" if more > 0 else named


# --- lists of trials ----------------------------------------------------------------------------


def _summaries(outcomes: Iterable[Outcome], report: Report) -> Iterator[str]:
    for outcome in outcomes:
        if outcome.summary_date:
            said = f"signed on {english().date_text(outcome.summary_date)}, before this change"
            link = _link("Plain-language summary", _named_of(outcome), "plain-language", report)
            yield f"- {_trial_of(outcome, report)}: {link} {said}\n"


def _new(found: Findings, report: Report) -> Iterator[str]:
    new = [outcome for outcome in found.outcomes if outcome.state == "new"]
    yield from (f"- {_trial_of(outcome, report)}\n" for outcome in new[:_MOST_TRIALS])
    if len(new) > _MOST_TRIALS:
        yield f"- … and {len(new) - _MOST_TRIALS:,} more\n"


def _gone(found: Findings, report: Report) -> Iterator[str]:
    for trial in found.gone:
        yield (
            f"- {_linked(trial, report)} is no longer at its registry. Its page stays until you "
            f"remove {code(visible(trial.path))}.\n"
        )
    for outcome in found.outcomes:
        if outcome.former:
            yield (
                f"- {_trial_of(outcome, report)} was {plain(outcome.former)} until now. Its file "
                "has the new number, and the old address leads to the page.\n"
            )
    for trial, left in found.left:
        became = "It is a draft now." if left.leaving is Leaving.DRAFT else "Its page stays."
        yield f"- {_linked(trial, report)} is no longer found by {code(left.question)}. {became}\n"


# --- Markdown -----------------------------------------------------------------------------------


def _entry(head: str, lines: Iterable[str]) -> str:
    return f"- {head}\n" + "".join(f"  - {line}\n" for line in lines)


def _trial_of(outcome: Outcome, report: Report) -> str:
    if not outcome.trial_id:  # no trial could be made of it
        is_page = _PAGE.fullmatch(outcome.where)  # an address that we wrote
        return outcome.where if is_page else plain(outcome.where)
    return _linked(_named_of(outcome), report)


def _named_of(outcome: Outcome) -> TrialName:
    return TrialName(outcome.trial_id, outcome.title, outcome.path)


def _linked(trial: TrialName, report: Report) -> str:
    title = f"**{plain(_cut(trial.title, 100))}** " if trial.title else ""
    return f"{title}{_link(trial.id, trial, '', report)}"


def _link(text: str, trial: TrialName, section: str, report: Report) -> str:
    return f"[{plain(text)}]({report.leading(trial, section)})"


def _quoted(text: str | None) -> str:
    return f"“{plain(_cut(text))}”" if text else "nothing"


def _cut(text: str, most: int = _MOST_SIGNS) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


_PAGE = re.compile(r"https://[a-z.]+/[a-zA-Z0-9/-]+")
