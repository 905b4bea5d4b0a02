"""What runs have put into trials and no report has told yet, kept until one did.

Whoever brings a record here (`sync`, `fetch`, `import --update`) notes it before it is written,
a line a record, beside content/. So a report says the same however many runs brought the news,
and whichever of them was broken off. A line goes through three files: not told at all, said on
the terminal, told by the last report.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from trialpages.content.trial_folder import read_bytes
from trialpages.content.writing import FileChange, write
from trialpages.digests import digest
from trialpages.keeping.findings import Findings, LeftHere, TrialName
from trialpages.keeping.memory import memory_folder
from trialpages.keeping.mended import as_it_stands
from trialpages.keeping.to_do import Left
from trialpages.problems import Failure, MachineFailure, Problem
from trialpages.records.model import Change, PartialDate, decode_scalar
from trialpages.settings.queries_file import Leaving
from trialpages.updating.arrivals import Arrival, ArrivalState

News = Arrival | LeftHere

_UNTOLD = "untold.ndjson"
_SAID = "said.ndjson"
_REPORTED = "reported.ndjson"


class _Line(msgspec.Struct, frozen=True, tag="record"):
    where: str
    state: ArrivalState
    path: str
    trial_id: str
    title: str
    former: str
    changes: tuple[Change, ...]
    summary_date: PartialDate | None
    chosen: tuple[str, ...]
    undone: tuple[Change, ...]
    problems: tuple[Problem, ...]
    by_hand: bool = False
    decided: tuple[Change, ...] = ()
    from_file: bool = False
    already: tuple[Change, ...] = ()
    back: tuple[Change, ...] = ()


class _LeftLine(msgspec.Struct, frozen=True, tag="left"):
    trial: TrialName
    question: str
    leaving: Leaving


class _Report(msgspec.Struct, frozen=True, tag="report"):
    day: str
    file: str
    """A digest of the report's text."""
    number: int = 1
    waited: Mapping[str, tuple[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Reported:
    """What the last report told."""

    day: str
    file: str
    """A digest of its text."""
    number: int
    """The how many-th with news of that day it was."""
    news: tuple[News, ...]
    waited: Mapping[str, tuple[str, str]]
    """What it told of what waits for a person, as `report_waiting` has it."""

    def next_on(self, day: str) -> int:
        """The number of another one of a day."""
        return self.number + 1 if self.day == day else 1


def note(content: Path, news: News) -> None:
    """Keep what comes of a record, or that a query has lost a trial. What can't be kept is told if
    the run goes well."""
    _note(content, news, _UNTOLD)


def note_fetched(content: Path, news: News) -> None:
    """The same of what a person asked for."""
    _note(content, _by_hand(news), _UNTOLD)


def note_said(content: Path, news: News) -> None:
    """The same of a file that was imported, for who says each at once, on the terminal."""
    if not (isinstance(news, Arrival) and news.is_quiet):
        _note(content, _of_a_file(_by_hand(news)), _SAID)


def _by_hand(news: News) -> News:
    return replace(news, by_hand=True) if isinstance(news, Arrival) else news


def _of_a_file(news: News) -> News:
    return replace(news, from_file=True) if isinstance(news, Arrival) else news


def _note(content: Path, news: News, name: str) -> None:
    if isinstance(news, Arrival) and not _is_news(news):
        return
    path = _path(content, name)
    if name == _SAID:
        _put_by(content)
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        with path.open("ab") as file:
            file.write(_encoded(news))


def with_unsaid(content: Path, found: Findings) -> Findings:
    """What was found, with what earlier runs brought and couldn't say any more."""
    told = _with(found, _read(content, _UNTOLD), content)
    now = {one.trial_id or one.where for one in found.arrivals if _is_news(one)}
    others = [one for one in told.arrivals if (one.trial_id or one.where) not in now]
    return replace(told, earlier=sum(map(_is_news, others)))


def _is_news(arrival: Arrival) -> bool:
    return arrival.state == "new" or arrival.has_come


def with_unreported(content: Path, found: Findings) -> Findings:
    """What was found, with all that came since the last report."""
    return _with(found, (*_read(content, _SAID), *_read(content, _UNTOLD)), content)


def with_reported(content: Path, found: Findings, reported: Reported) -> Findings:
    """What was found, with what the last report told."""
    return _with(found, reported.news, content)


def has_news(found: Findings) -> bool:
    """Whether anything is told once, and not only until somebody has decided."""
    return bool(found.left) or any(map(_is_news, found.arrivals))


def was_said(content: Path) -> None:
    """The terminal told it."""
    if lines := _bytes(content, _UNTOLD):
        _keep(content, _SAID, _bytes(content, _SAID) + lines)
        _forget(content, _UNTOLD)


def was_reported(
    content: Path, day: str, text: bytes, waited: Mapping[str, tuple[str, str]]
) -> None:
    """A report with this text told it; one without news told the last one's again. It counts as
    told, and waits no more, in one step: else a run killed between would have it told twice."""
    was_said(content)
    lines = _bytes(content, _SAID)
    told = lines or b"".join(_encoded(one) for one in _read(content, _REPORTED))
    last = last_report(content)
    file = digest(text).hex()
    head = _Report(day, file, last.next_on(day) if last else 1, waited)
    if last and not lines:
        head = _Report(last.day, file, last.number, waited)
    _keep(content, _SAID, msgspec.json.encode(head) + b"\n" + told)
    _put_by(content)


def _put_by(content: Path) -> None:
    """What begins as a report does has been told."""
    path = _path(content, _SAID)
    with contextlib.suppress(OSError):
        with path.open("rb") as file:
            is_told = file.read(len(_HEAD)) == _HEAD
        if is_told:
            path.replace(_path(content, _REPORTED))


_HEAD = b'{"type":"report",'


def last_report(content: Path) -> Reported | None:
    """What the last report told; None where none is known."""
    first = _bytes(content, _REPORTED).partition(b"\n")[0]
    try:
        head = msgspec.json.decode(first, type=_Report)
    except msgspec.DecodeError:
        return None
    news = tuple(_read(content, _REPORTED))
    return Reported(head.day, head.file, head.number, news, head.waited)


def _path(content: Path, name: str) -> Path:
    return memory_folder(content) / name


def _bytes(content: Path, name: str) -> bytes:
    if name != _UNTOLD:
        _put_by(content)
    try:
        return read_bytes(_path(content, name)) or b""
    except Failure:
        return b""


def _keep(content: Path, name: str, lines: bytes) -> None:
    with contextlib.suppress(MachineFailure):
        write(FileChange(_path(content, name), lines))


def _forget(content: Path, *names: str) -> None:
    for name in names:
        with contextlib.suppress(OSError):
            _path(content, name).unlink()


def _with(found: Findings, news: Iterable[News], content: Path) -> Findings:
    """`news` are older than what was found, the oldest first."""
    arrivals: dict[str, Arrival] = {}
    left: dict[tuple[str, str], LeftHere] = {}
    for one in (*_that_hold(tuple(news), found, content), *found.arrivals, *found.left):
        if isinstance(one, Arrival):
            name = one.trial_id or one.where
            before = arrivals.get(name)
            arrivals[name] = _joined(before, one) if before else one
        else:
            left[one[0].id, one[1].question] = one
    others = len(arrivals) - len(found.arrivals)  # which the registry has as they are now
    unchanged = max(0, found.unchanged - others)
    return replace(
        found, arrivals=tuple(arrivals.values()), left=tuple(left.values()), unchanged=unchanged
    )


def _that_hold(news: tuple[News, ...], found: Findings, content: Path) -> Iterator[News]:
    """Of what was told what holds still; a trial that has another number now is told under that."""
    arrivals = (*(one for one in news if isinstance(one, Arrival)), *found.arrivals)
    formers = {one.former for one in arrivals}
    for told in news:
        if not isinstance(told, Arrival) or told.trial_id in formers:
            yield told
        elif one := as_it_stands(told, content / "trials"):
            yield one


def _joined(before: Arrival, now: Arrival) -> Arrival:
    """Both in one. A record that was noted and not written any more comes again: told once."""
    is_older = now.state == "unchanged" or before.state == "new"
    return replace(
        now,
        state=before.state if is_older else now.state,
        former=now.former or before.former,
        by_hand=before.by_hand or now.by_hand,
        from_file=before.from_file or now.from_file,
        changes=tuple(dict.fromkeys((*before.changes, *now.changes))),
        summary_date=now.summary_date or before.summary_date,
        chosen=tuple(dict.fromkeys((*before.chosen, *now.chosen))),
        decided=tuple(dict.fromkeys((*before.decided, *now.decided))),
        undone=tuple(dict.fromkeys((*before.undone, *now.undone))),
        already=tuple(dict.fromkeys((*before.already, *now.already))),
        back=tuple(dict.fromkeys((*before.back, *now.back))),
        problems=tuple(dict.fromkeys((*before.problems, *now.problems))),
    )


def _encoded(news: News) -> bytes:
    line: _Line | _LeftLine
    if isinstance(news, Arrival):
        once = tuple(one for one in news.problems if one.code != "conflict")  # told till decided
        kept = replace(news, problems=once)
        line = _Line(**{name: getattr(kept, name) for name in _Line.__struct_fields__})
    else:
        line = _LeftLine(news[0], news[1].question, news[1].leaving)
    return msgspec.json.encode(line, enc_hook=str) + b"\n"


def _read(content: Path, name: str) -> Iterator[News]:
    """What a file has, the oldest first."""
    for line in _bytes(content, name).splitlines():
        with contextlib.suppress(msgspec.DecodeError, ValueError):  # a kill cuts the last one
            one = msgspec.json.decode(line, type=_Line | _LeftLine, dec_hook=decode_scalar)
            if isinstance(one, _LeftLine):
                yield one.trial, Left(one.trial.id, one.question, one.leaving)
            else:
                yield Arrival(**{name: getattr(one, name) for name in one.__struct_fields__})
