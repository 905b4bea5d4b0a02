"""What is to be done with one registry, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trialpages.keeping.changing import named
from trialpages.keeping.conflicts import waiting, waiting_after
from trialpages.keeping.findings import Findings, Renumbered
from trialpages.keeping.memory import Sure
from trialpages.keeping.scope import Scope
from trialpages.keeping.taking import Taken
from trialpages.keeping.to_do import Asked, ToDo
from trialpages.problems import Problem, Where
from trialpages.settings.queries_file import Leaving
from trialpages.updating.renumbering import what_to_do


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is to be done with one registry, before a record is fetched."""

    scope: Scope
    version: str
    """Of the registry's data."""
    asked: tuple[Asked, ...]
    to_do: ToDo
    problems: tuple[Problem, ...] = ()
    is_whole: bool = True
    """Whether all that is kept current was looked at, or is known to be current."""


def nothing_new(scope: Scope, version: str, sure: Sure) -> Findings:
    """What is known where nothing has come since a run that was `sure`."""
    found = waiting(scope.here.values())
    return Findings(
        versions={scope.registry.name: version},
        unchanged=len(scope.kept - {*sure.gone, *sure.merged}),
        gone=tuple(named(scope.here[one]) for one in sure.gone if one in scope.here),
        merged=_merged(scope, sure.merged),
        conflicts=found.conflicts,
        overtaken=found.overtaken,
    )


def findings_of(prospect: Prospect, taken: Taken) -> Findings:
    here, to_do = prospect.scope.here, prospect.to_do
    fetched = {arrival.trial_id for arrival in taken.arrivals}
    untold = {old: new for old, new in to_do.merged.items() if new not in fetched}
    found = waiting_after(here.values(), taken.arrivals)
    return Findings(
        versions={prospect.scope.registry.name: prospect.version},
        arrivals=taken.arrivals,
        unchanged=to_do.unchanged,
        gone=tuple(named(here[one]) for one in to_do.gone),
        merged=_merged(prospect.scope, untold),
        left=tuple(
            (named(here[one.id]), one) for one in to_do.left if one.leaving is not Leaving.KEEP
        ),
        emptied=tuple(ask.question.name for ask in prospect.asked if ask.is_emptied),
        conflicts=found.conflicts,
        overtaken=found.overtaken,
        problems=(*prospect.problems, *_older(prospect), *taken.missing),
        failure=taken.failure,
    )


def _older(prospect: Prospect) -> Iterator[Problem]:
    for one, day in prospect.to_do.older.items():
        here = prospect.scope.here[one]
        message = f"{one}: the registry has a version of {day}, older than the {here.updated} here"
        hint = "nothing was changed; it may be a mirror that lags, or a version taken back"
        yield Problem("older-there", "warning", message, Where(str(here.path)), hint)


def _merged(scope: Scope, numbers: Mapping[str, str]) -> tuple[Renumbered, ...]:
    """Trials here, by their numbers, that have become another one and are still here."""
    found = ((scope.here[one], new) for one, new in numbers.items() if one in scope.here)
    return tuple(
        Renumbered(named(here), new, what_to_do(here.path, here.id, new))
        for here, new in found
        if here.path.exists()
    )
