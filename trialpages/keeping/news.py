"""What a run has put into trials and told nobody yet, kept until somebody was told.

A run that is broken off leaves whole trials, and the next one sees nothing new in them: their news
would be lost. It stands beside content/, a line a record, noted before the record is written.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from trialpages.import_report import Outcome, State
from trialpages.keeping.findings import Findings
from trialpages.keeping.memory import memory_folder
from trialpages.records.model import Change, PartialDate, decode_scalar


class _Line(msgspec.Struct, frozen=True):
    where: str
    state: State
    path: str
    trial_id: str
    title: str
    former: str
    changes: tuple[Change, ...]
    summary_date: PartialDate | None


def note(content: Path, outcome: Outcome) -> None:
    """Keep what comes of a record. What can't be kept is told if the run goes well."""
    if outcome.state != "new" and not outcome.has_come:
        return
    line = _Line(*(getattr(outcome, name) for name in _Line.__struct_fields__))
    with contextlib.suppress(OSError), _path(content).open("ab") as file:
        file.write(msgspec.json.encode(line, enc_hook=str) + b"\n")


def with_untold(content: Path, found: Findings) -> Findings:
    """What was found, with what earlier runs put into trials and didn't tell."""
    outcomes = {outcome.trial_id or outcome.where: outcome for outcome in found.outcomes}
    for untold in _read(content):
        now = outcomes.get(untold.trial_id)
        outcomes[untold.trial_id] = _joined(untold, now) if now else untold
    others = len(outcomes) - len(found.outcomes)  # which the registry has as they are now
    unchanged = max(0, found.unchanged - others)
    return replace(found, outcomes=tuple(outcomes.values()), unchanged=unchanged)


def forget(content: Path) -> None:
    """It was told."""
    with contextlib.suppress(OSError):
        _path(content).unlink()


def _path(content: Path) -> Path:
    return memory_folder(content) / "untold.ndjson"


def _joined(untold: Outcome, now: Outcome) -> Outcome:
    """Both in one. A record that was noted and not written any more comes again: told once."""
    changes = tuple(dict.fromkeys((*untold.changes, *now.changes)))
    state = untold.state if now.state == "unchanged" or untold.state == "new" else now.state
    summary = now.summary_date or untold.summary_date
    return replace(now, state=state, changes=changes, summary_date=summary)


def _read(content: Path) -> Iterator[Outcome]:
    try:
        lines = _path(content).read_bytes().splitlines()
    except OSError:
        return
    found: dict[str, Outcome] = {}
    for line in lines:
        with contextlib.suppress(msgspec.DecodeError, ValueError):  # a kill cuts the last one
            one = msgspec.json.decode(line, type=_Line, dec_hook=decode_scalar)
            read = Outcome(**msgspec.structs.asdict(one))
            before = found.get(read.trial_id)
            found[read.trial_id] = _joined(before, read) if before else read
    yield from found.values()
