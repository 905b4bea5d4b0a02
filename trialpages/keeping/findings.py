"""What a run of `fetch` or `sync` found and did, as values: printed by the command, told in the
report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from trialpages.importers.conflict import Conflict
from trialpages.keeping.to_do import Left
from trialpages.problems import Problem, errors_in
from trialpages.updating.arrivals import Arrival


@dataclass(frozen=True, slots=True)
class TrialName:
    """A trial that is here, for people."""

    id: str
    title: str
    path: str


LeftHere = tuple[TrialName, Left]
"""A trial that is here, and by which query it is found no more."""


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A field that its editor and its registry have both changed."""

    trial: TrialName
    conflict: Conflict


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A trial here whose number has become another one, and which waits for a person."""

    trial: TrialName
    present: str
    to_do: str


@dataclass(frozen=True, slots=True)
class Findings:
    versions: Mapping[str, str] = field(default_factory=dict)
    """The version of each registry's data, by the registry's name."""
    arrivals: tuple[Arrival, ...] = ()
    """Of the records that were fetched."""
    earlier: int = 0
    """How many of them runs before this one brought, and couldn't say any more."""
    unchanged: int = 0
    """How many others are as the registry has them."""
    gone: tuple[TrialName, ...] = ()
    merged: tuple[Renumbered, ...] = ()
    """Those of them that no record was fetched for."""
    left: tuple[LeftHere, ...] = ()
    emptied: tuple[str, ...] = ()
    """Queries that found trials the last time and find none now; nothing was made of that."""
    conflicts: tuple[OpenConflict, ...] = ()
    """All that wait to be decided, whenever they came."""
    overtaken: tuple[OpenConflict, ...] = ()
    """What was decided for the file, and which the registry has changed since it was written."""
    problems: tuple[Problem, ...] = ()
    """What concerns no record: a number that nobody knows."""
    failure: tuple[Problem, ...] = ()
    """Why the run ended before its time."""
    requests: int = 0

    @property
    def is_unasked(self) -> bool:
        """Whether no registry gave an answer, so that nothing is known of any trial."""
        return bool(self.failure) and not self.versions

    @property
    def changes(self) -> int:
        """How many things a person may want to see."""
        fetched = sum(arrival.state != "unchanged" for arrival in self.arrivals)
        return fetched + len(self.gone) + len(self.merged) + len(self.left) + len(self.emptied)

    @property
    def exit_status(self) -> int:
        """3 where the run ended early, 1 where a person has to decide something."""
        if self.failure:
            return 3
        bad = any(errors_in(arrival.problems) for arrival in self.arrivals)
        waiting = self.conflicts or self.merged or errors_in(self.problems)
        return 1 if bad or waiting else 0


def together(parts: Iterable[Findings]) -> Findings:
    """What was found at several registries."""
    found = tuple(parts)
    if len(found) == 1:
        return found[0]
    return Findings(
        versions={name: one for part in found for name, one in part.versions.items()},
        arrivals=tuple(chain.from_iterable(part.arrivals for part in found)),
        unchanged=sum(part.unchanged for part in found),
        gone=tuple(chain.from_iterable(part.gone for part in found)),
        merged=tuple(chain.from_iterable(part.merged for part in found)),
        left=tuple(chain.from_iterable(part.left for part in found)),
        emptied=tuple(chain.from_iterable(part.emptied for part in found)),
        conflicts=tuple(chain.from_iterable(part.conflicts for part in found)),
        overtaken=tuple(chain.from_iterable(part.overtaken for part in found)),
        problems=tuple(chain.from_iterable(part.problems for part in found)),
        failure=tuple(chain.from_iterable(part.failure for part in found)),
        requests=max((part.requests for part in found), default=0),
    )
