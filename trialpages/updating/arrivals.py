"""What became of the records that were imported, as values: the command prints them, and whoever
keeps a site current makes a report of them.

    arrivals = []
    for planned in plan_records(found, content, Policy.UPDATE):   # trialpages.importing
        arrivals.append(carry_out(planned))                        # or planned.arrival: nothing
    report = ImportReport(tuple(arrivals))                         # is written

`found` are `importers.found.Found`: where a record comes from (a path, an address) and the
record's JSON. Each is planned when it is its turn, so one trial's two versions in one run must be
carried out between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Literal, get_args

from trialpages.changes.compare import apart, joined_changes
from trialpages.changes.fields import top_field
from trialpages.changes.history import is_of_copies
from trialpages.changes.plain import in_plain, plain_field, written_in_plain
from trialpages.changes.summary import in_short, urgency
from trialpages.changes.topics import Topic, by_topic
from trialpages.content.writing import FileChange
from trialpages.importers.conflict import Conflict
from trialpages.problems import Problem, errors_in
from trialpages.records.model import Change, PartialDate

ArrivalState = Literal["new", "updated", "merged", "unchanged", "refused", "failed", "left out"]
"""`merged`: it is here under a number that its registry has given up for the present one.
`refused`: there is a file that this record may not change. `failed`: it is no record.
`left out`: files of an archive that aren't read; a warning names them, and no summary counts them.
"""


OLDER_TAKEN = "older-taken"
"""The code of what is said where a person went back to an older version."""


class Policy(Enum):
    """What an import may do to a trial's file that is there already."""

    NEW_ONLY = "new-only"
    """Nothing: a record that says something else is refused."""
    UPDATE = "update"
    """Merge a newer version into it; an older one is refused."""
    UPDATE_OR_GO_BACK = "update-or-go-back"
    """Merge whatever version comes."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one record."""

    where: str
    """Where it came from: `records.ndjson:12`, or an address."""
    state: ArrivalState
    path: str = ""
    """The trial's file."""
    problems: tuple[Problem, ...] = ()
    """All of them, conflicts among them, for whoever prints."""
    trial_id: str = ""
    title: str = ""
    former: str = ""
    """Of one that is `merged`, the number that its file had until now; '' where it keeps it until
    a person has decided."""
    changes: tuple[Change, ...] = ()
    """What the registry changed since the version before: what went into the file's `history`."""
    conflicts: tuple[Conflict, ...] = ()
    """Fields changed here and in the registry, those of earlier updates too: all still open."""
    summary_date: PartialDate | None = None
    """Of a plain-language summary that is older than what the registry changed now."""
    chosen: tuple[str, ...] = ()
    """Fields of which a person had the registry's side taken."""
    decided: tuple[Change, ...] = ()
    """Those of the changes that a person took over, of what waited, since they came: they are news
    of no version."""
    undone: tuple[Change, ...] = ()
    """What of the editor's went with that, from what the registry said before."""
    already: tuple[Change, ...] = ()
    """What of the changes an editor had written before the registry did, each entry alone."""
    back: tuple[Change, ...] = ()
    """What waited for a person, as the registry had changed it, and has changed back."""
    by_hand: bool = False
    """Whether a person had it fetched or imported, and no sync brought it."""
    from_file: bool = False
    """Whether a file was imported, of which no registry's data says the day."""

    @property
    def has_come(self) -> bool:
        """Whether a newer version went, or would go, into the trial that is here."""
        return self.state == "updated" or bool(self.former)

    @property
    def is_quiet(self) -> bool:
        """Whether a person went back to an older version: none of it is news."""
        return not self.changes and any(one.code == OLDER_TAKEN for one in self.problems)

    @property
    def says_what(self) -> bool:
        """Whether a line of what came can name something that changed or was decided."""
        return bool(self.changes or self.conflicts or self.is_decided or self.back)

    @property
    def is_decided(self) -> bool:
        """Whether a person has taken over what the registry had changed, or had it taken."""
        return bool(self.decided or self.chosen or self.undone)

    @property
    def had_already(self) -> str:
        """What to say of that; '' where there is none of it."""
        found = [one for one in apart(self.changes) if one in self.already]
        if not found:
            return ""
        is_all = len(found) == len([*apart(self.changes)])
        lead = "this site said so already"
        return lead if is_all else f"{lead} of {in_plain(joined_changes(found))}"

    @property
    def by_topic(self) -> Mapping[Topic, tuple[Change, ...]]:
        """The changes by what they are about, what a reader must know first first."""
        return by_topic(self.changes)


@dataclass(frozen=True, slots=True)
class Planned:
    """What importing a record comes to, before anything is written."""

    arrival: Arrival
    files: tuple[FileChange, ...] = ()
    """In the order in which they are written: the trial's own file last."""


@dataclass(frozen=True)
class Arrivals:
    """A whole run."""

    arrivals: tuple[Arrival, ...]

    def of(self, state: ArrivalState) -> tuple[Arrival, ...]:
        return tuple(arrival for arrival in self.arrivals if arrival.state == state)

    @cached_property
    def counts(self) -> dict[ArrivalState, int]:
        """How many of each state there are; states without any are left out."""
        numbers = {state: len(self.of(state)) for state in get_args(ArrivalState)}
        return {state: number for state, number in numbers.items() if number}

    @property
    def conflicts(self) -> tuple[Arrival, ...]:
        return tuple(arrival for arrival in self.arrivals if arrival.conflicts)

    @property
    def exit_status(self) -> int:
        """1 where something was refused, failed or is in conflict, or nothing was found."""
        bad = any(errors_in(arrival.problems) for arrival in self.arrivals)
        return 1 if bad or not self.arrivals else 0


def summary(counts: Mapping[ArrivalState, int]) -> str:
    """`3 new, 1 unchanged`."""
    states = (
        state for state in get_args(ArrivalState) if state != "left out" and counts.get(state)
    )
    said = (f"{counts[state]:,} {state}" for state in states)
    return ", ".join(said) or "no records found"


def _taken(field: str, arrival: Arrival) -> str:
    """What of the editor's gave way to it is named, each thing."""
    gone = [one for one in arrival.undone if top_field(one.field) == field]
    said = f"; your change that it takes back: {written_in_plain(gone)}" if gone else ""
    return f"the registry's side of {plain_field(field)} (`{field}`) taken{said}"


TAKEN_BACK = "waits no more, since the registry has taken it back, and yours stands"


def update_lines(arrivals: Iterable[Arrival]) -> Iterator[str]:
    """A line a trial with what a reader must know of its new version, stops and closures first."""
    for arrival in sorted(arrivals, key=lambda one: urgency(one.changes)):
        new = [one for one in arrival.conflicts if one.is_new]
        said = [_taken(field, arrival) for field in arrival.chosen]
        if arrival.is_quiet and not (new or said):
            continue
        if arrival.changes or not (new or said):
            lead = "the registry's change: " if said or arrival.decided else ""
            if arrival.decided and not said and {*arrival.changes} == {*arrival.decided}:
                lead = "you took over the registry's change: "
            if arrival.changes and all(map(is_of_copies, arrival.changes)):
                lead = "differs from what was here of the same version: "
            said.append(f"{lead}{'; '.join(in_short(arrival.changes))}")
        if arrival.had_already:
            said.append(arrival.had_already)
        if arrival.back:
            said.append(f"{TAKEN_BACK}: {in_plain(arrival.back)}")
        for conflict in new:
            differs = ", ".join(in_short(conflict.differing or conflict.changes))
            field = plain_field(conflict.field)
            said.append(f"not taken, since {field} changed here too: {differs}")
        if arrival.summary_date:
            said.append(f"its plain-language summary, of {arrival.summary_date}, is older")
        was = f"was {arrival.former}; " if arrival.former else ""
        yield f"{arrival.trial_id}  {was}{'; '.join(said)}"
