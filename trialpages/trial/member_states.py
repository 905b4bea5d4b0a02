"""How each member state has a trial of EU CTIS: what its record says of one, put together.

The record says it in three places that `extra` keeps; there it stays, whole. Labels are the
registry's own names and words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from trialpages.records.countries import folded_country
from trialpages.records.ctis_codes import STATUSES
from trialpages.records.model import Trial
from trialpages.trial.named_countries import values_in

Entry = Mapping[str, Any]


class DatedStep(Struct, frozen=True):
    label: str
    """`Start of recruitment`."""
    date: str
    """`2024-04-12`."""


class MemberState(Struct, frozen=True):
    name: str
    status: str
    """In the registry's words."""
    steps: tuple[DatedStep, ...]
    planned: int | None
    """How many people are to take part there."""
    sites: int


def member_states(trial: Trial) -> tuple[MemberState, ...]:
    """In the record's order."""
    states = _entries(trial, "memberStatesConcerned")
    if not states:
        return ()
    told = _Told(
        _entries(trial, "authorizedPartsII"),
        _entries(trial, "trialEvents"),
        _entries(trial, "temporaryHaltList"),
    )
    return tuple(_state(trial, one, told) for one in states if one.get("mscName"))


def state_statuses(trial: Trial) -> Mapping[str, str]:
    """The status of each member state by its folded name, in the registry's words; none of one that
    has several."""
    found: dict[str, set[str]] = {}
    for one in _entries(trial, "memberStatesConcerned"):
        found.setdefault(folded_country(str(one.get("mscName", ""))), set()).add(_status(one))
    return {name: next(iter(said)) for name, said in found.items() if len(said) == 1}


class _Told(Struct, frozen=True):
    """What the record says of all member states."""

    parts: list[Entry]
    events: list[Entry]
    halts: list[Entry]


def _entries(trial: Trial, name: str) -> list[Entry]:
    place = re.compile(rf"(?:/authorizedApplication|/events)?/{name}")
    found = (text for at, text in trial.extra.items() if place.fullmatch(at))
    return [one for text in found for one in values_in(text) if isinstance(one, dict)]


def _state(trial: Trial, one: Entry, told: _Told) -> MemberState:
    name = str(one["mscName"])
    here = [part for part in told.parts if _name(part) == name]
    states = [state for state in told.events if _name(state) == name]
    events = [event for state in states for event in _list(state, "events")]
    halts = [halt for halt in told.halts if _is_of(halt, one)]
    folded = folded_country(name)
    return MemberState(
        name=name,
        status=_status(one),
        steps=(*_decisions(one), *_happened(events, halts)),
        planned=_planned(here),
        sites=sum(folded_country(site.country or "") == folded for site in trial.locations),
    )


def _name(entry: Entry) -> str:
    inside = entry.get("mscInfo")
    return str(entry.get("mscName") or (inside.get("mscName") if isinstance(inside, dict) else ""))


def _list(entry: Entry, name: str) -> list[Entry]:
    value = entry.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _status(one: Entry) -> str:
    code = str(one.get("mscPublicStatusCode") or "")
    return STATUSES.get(code, code) or str(one.get("trialStatus") or "")


_DECISIONS = {"firstDecisionDate": "First decision date", "lastDecisionDate": "Last decision date"}


def _decisions(one: Entry) -> Iterator[DatedStep]:
    for name, label in _DECISIONS.items():
        yield from _step(label, one.get(name))


def _happened(events: list[Entry], halts: list[Entry]) -> Iterator[DatedStep]:
    """By date, those of one day in the record's order. A halt may be an event, too: it is told once
    then, with its reasons."""
    halted = [step for halt in halts for step in _halted(halt)]
    days = {step.date for step in halted if step.label.startswith(_HALT)}
    found = [
        step
        for event in events
        for step in _step(_words(str(event.get("notificationType", ""))), event.get("date"))
        if not (step.label == _HALT and step.date in days)
    ]
    yield from sorted((*found, *halted), key=lambda step: step.date)


def _is_of(halt: Entry, state: Entry) -> bool:
    """Whether a halt is of a member state: by its name, or by the number that both have."""
    told = ("mscName", "mscId")
    around = (halt, *_list(halt, "mscList"))
    return any(one.get(name) == state.get(name) for one in around for name in told if name in one)


_HALT = "Temporary halt"


def _halted(halt: Entry) -> Iterator[DatedStep]:
    reasons = ", ".join(str(one["name"]) for one in _list(halt, "reasonList") if one.get("name"))
    yield from _step(f"{_HALT} ({reasons})" if reasons else _HALT, halt.get("haltDate"))
    yield from _step("Planned restart", halt.get("plannedRestartDate"))


def _words(code: str) -> str:
    return code.replace("_", " ").capitalize()


_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?", re.ASCII)


def _step(label: str, said: Any) -> Iterator[DatedStep]:
    if label and isinstance(said, str) and (found := _DAY.fullmatch(said)):
        yield DatedStep(label, found[1])


def plans_outside(trial: Trial) -> bool:
    """Whether people are to take part outside the EU and EEA, too."""
    place = re.compile("(?:/authorizedApplication)?/authorizedPartI/rowSubjectCount")
    return any(place.fullmatch(at) and said.strip('"0') for at, said in trial.extra.items())


def _planned(parts: list[Entry]) -> int | None:
    """None where none of its parts says it, or several do."""
    said = [
        str(part["recruitmentSubjectCount"]) for part in parts if "recruitmentSubjectCount" in part
    ]
    return int(said[0]) if len(said) == 1 and re.fullmatch("[0-9]{1,9}", said[0]) else None
