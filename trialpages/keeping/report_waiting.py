"""What of a report waits for a person: in full once, and a line each time after, as long as both
sides say what they said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from trialpages.digests import digest
from trialpages.keeping.findings import OpenConflict, TrialName
from trialpages.keeping.report_decisions import alone_told, conflict_told, field_named
from trialpages.keeping.report_words import (
    Piece,
    ReportFrame,
    entry,
    linked,
    piece,
    report_named,
    words,
)

_SOON_READ = 14
"""Words, their dashes among them."""


def conflicts_told(found: Iterable[OpenConflict], report: ReportFrame) -> Iterator[Piece]:
    """Trial by trial, those with something new first; what an earlier report told and nobody has
    changed since is folded."""
    told = [(_waiting(ones, report), trial, ones) for trial, ones in _by_trial(found).items()]
    for waiting, trial, ones in sorted(told, key=lambda one: len(one[0]) == len(one[2])):
        fresh = [one for one in ones if one.conflict.field not in waiting]
        text = _in_full(trial, fresh, report) if fresh else ""
        for since in dict.fromkeys(waiting.values()):
            these = [one for one in ones if waiting.get(one.conflict.field) == since]
            fields = ", ".join(field_named(one, report) for one in these)
            said = f"waiting since {since}: {fields}"
            head = f"  - W{said[1:]}" if text else f"- {linked(trial, report)}: {said}"
            text += f"{head}\n  {_fold('Details', _lines(these, report))}"
        yield piece(trial.id, text)


def in_full(found: Iterable[OpenConflict], report: ReportFrame) -> Iterator[Piece]:
    """The same, whatever an earlier report told."""
    for trial, ones in _by_trial(found).items():
        yield piece(trial.id, _in_full(trial, ones, report))


def waited(found: Iterable[OpenConflict], report: ReportFrame) -> Mapping[str, tuple[str, str]]:
    """What the next report is to know: by trial and field a digest of what this one tells of it,
    and which report told it first."""
    named = report.again or report_named(report.as_of, report.number)
    return {_key(one): (_digest(one, report), _since(one, report) or named) for one in found}


def _by_trial(found: Iterable[OpenConflict]) -> Mapping[TrialName, list[OpenConflict]]:
    every: dict[TrialName, list[OpenConflict]] = {}
    for one in sorted(found, key=lambda one: (one.trial.id, one.conflict.field)):
        every.setdefault(one.trial, []).append(one)
    return every


def _waiting(ones: Sequence[OpenConflict], report: ReportFrame) -> Mapping[str, str]:
    """Their fields that are folded, each with the report that told it; none of one told again."""
    found = {one.conflict.field: _since(one, report) for one in ones}
    return {name: since for name, since in found.items() if since not in ("", report.again)}


def _since(one: OpenConflict, report: ReportFrame) -> str:
    """The report that told it first; '' where it is new, or another one now."""
    told, since = report.waited.get(_key(one), ("", ""))
    return since if told == _digest(one, report) else ""


def _key(one: OpenConflict) -> str:
    return f"{one.trial.id} {one.conflict.field}"


def _digest(one: OpenConflict, report: ReportFrame) -> str:
    once = replace(one, conflict=replace(one.conflict, lately=()))
    return digest("\n".join(_lines([once], report)).encode()).hex()


def _lines(ones: Iterable[OpenConflict], report: ReportFrame) -> list[str]:
    return [line for one in ones for line in (conflict_told(one, report), *alone_told(one, report))]


def _in_full(trial: TrialName, ones: Sequence[OpenConflict], report: ReportFrame) -> str:
    """Field by field; what one side alone changed beside it is folded, unless it is as soon read as
    the fold's own line."""
    head = entry(linked(trial, report), [conflict_told(one, report) for one in ones])
    alone = [line for one in ones for line in alone_told(one, report)]
    if words(f"  - {line}\n" for line in alone) > _SOON_READ:
        return f"{head}  {_fold('What one side alone changed there', alone)}"
    return head + "".join(f"  - {line}\n" for line in alone)


def _fold(summary: str, lines: Iterable[str]) -> str:
    inside = "".join(f"  - {line}\n" for line in lines)
    return f"<details><summary>{summary}</summary>\n\n{inside}\n  </details>\n"
