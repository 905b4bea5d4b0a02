"""Records fetched and put into content/, one after the other, as they come."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

import msgspec

from trialpages.importers.found import Found
from trialpages.importers.json_records import the_record
from trialpages.importing import plan_records
from trialpages.keeping.scope import Scope
from trialpages.keeping.to_do import Asked
from trialpages.machine.progress import Progress
from trialpages.problems import MachineFailure, Problem
from trialpages.registries.client import Client
from trialpages.registries.door import Fetched, Listed, Registry
from trialpages.updating.arrivals import Arrival, Planned, Policy

_MANY = 100
"""Of one question's trials, from which on they are fetched by the question."""


@dataclass(frozen=True, slots=True)
class Taken:
    arrivals: tuple[Arrival, ...]
    failure: tuple[Problem, ...] = ()
    """Why the run ended before all of them came."""
    missing: tuple[Problem, ...] = ()
    """Those that the registry lists and doesn't hand over."""


def take(
    wanted: Collection[Listed],
    asked: Collection[Asked],
    scope: Scope,
    client: Client,
    progress: Progress,
    carry: Callable[[Planned], None],
    chosen: frozenset[str],
) -> Taken:
    """Fetch the wanted records, and `carry` out what each comes to or leave it at that. Of the
    `chosen` fields the registry's side is taken.

    Raises ContentFailure where content/ has links in the place of folders.
    """
    arrivals: list[Arrival] = []
    came: set[str] = set()
    found = (_found(one, came) for one in _records(wanted, asked, scope, client))
    try:
        for planned in plan_records(found, scope.content, Policy.UPDATE, chosen):
            carry(planned)
            arrivals.append(planned.arrival)
            progress("fetching", len(arrivals), len(wanted))
    except MachineFailure as failure:
        return Taken(tuple(arrivals), failure.problems)
    gone = (_missing(one.id, scope.registry) for one in wanted if one.id not in came)
    return Taken(tuple(arrivals), missing=tuple(gone))


def _found(fetched: Fetched, came: set[str]) -> Found:
    """What `import` makes of it; its number is put to those that came."""
    came.add(fetched.id)
    if isinstance(fetched.record, msgspec.Raw):
        return replace(the_record(bytes(fetched.record), fetched.address), is_whole=True)
    return Found(fetched.address, fetched.record, is_whole=True)


def _missing(trial_id: str, registry: Registry) -> Problem:
    message = f"{registry.name} lists {trial_id} and didn't hand its record over"
    hint = "run the same again: it may have been withdrawn between the two"
    return Problem("no-record", "error", message, hint=hint)


def _records(
    wanted: Collection[Listed], asked: Collection[Asked], scope: Scope, client: Client
) -> Iterator[Fetched]:
    """Many records of one question come by the question, all others by their numbers."""
    left = {one.id: one for one in wanted}
    for ask in asked:
        these = [one for one in ask.now if one.id in left]
        if len(these) > _MANY:
            for one in these:
                del left[one.id]
            yield from scope.registry.records(client, these, ask.question.parameters)
    if left:
        yield from scope.registry.records(client, tuple(left.values()), None)
