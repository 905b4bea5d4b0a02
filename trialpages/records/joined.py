"""Records of which an editor says, by `also:`, that they are of one trial: what may deceive there.

Such a record leaves the lists and the search for the one that names it, so it is said aloud where
no record bears it out, and where what is lost is whether people are taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from trialpages.problems import Problem, Where
from trialpages.records.registry_numbers import address_of
from trialpages.records.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Claimant:
    """What of a record decides whether another one is of the same trial."""

    path: str
    id: str
    status: Status
    elsewhere: tuple[str, ...]
    """The numbers at other registries that it gives as its own."""
    also: tuple[str, ...]


def check_joined(records: Iterable[Claimant]) -> Iterator[Problem]:
    every = {address_of(one.id): one for one in records}
    leaders = _leaders(every)
    for one in every.values():
        for at, number in enumerate(one.also):
            other = every.get(address_of(number))
            if other and other is not one:
                where = Where(one.path, field=("also", at))
                yield from _unfounded(one, other, where)
                yield from _taking(one, other, where)
                yield from _tangled(one, other, leaders, where)


def _leaders(every: Mapping[str, Claimant]) -> Mapping[str, frozenset[str]]:
    """By the id of each record that others claim, the ids of those."""
    found = defaultdict[str, set[str]](set)
    for one in every.values():
        for number in one.also:
            other = every.get(address_of(number))
            if other and other is not one:
                found[other.id].add(one.id)
    return {claimed: frozenset(by) for claimed, by in found.items()}


def _names(one: Claimant, other: Claimant) -> bool:
    return address_of(other.id) in map(address_of, one.elsewhere)


def _unfounded(one: Claimant, other: Claimant, where: Where) -> Iterator[Problem]:
    if not (_names(one, other) or _names(other, one)):
        message = (
            f"neither record gives the other as its number at another registry: {other.id} leaves "
            "the lists and the search by this line alone"
        )
        hint = f"take {other.id} out of `also:` unless you know that both are one trial"
        yield Problem("also-unfounded", "warning", message, where, hint)


_TAKING = (Status.RECRUITING, Status.ENROLLING_BY_INVITATION, Status.AVAILABLE)


def _taking(one: Claimant, other: Claimant, where: Where) -> Iterator[Problem]:
    """A status that has no equal here says nothing of it."""
    stands = one.status, other.status
    if Status.UNKNOWN not in stands and len({status in _TAKING for status in stands}) > 1:
        takes = "takes people" if one.status in _TAKING else "takes nobody"
        message = (
            f"this record {takes} ({one.status.value}), that of {other.id} says otherwise "
            f"({other.status.value}): the lists and the search have this one's word alone"
        )
        hint = "find out which is right; `also:` belongs into that one's file"
        yield Problem("also-taking", "warning", message, where, hint)


def _tangled(
    one: Claimant, other: Claimant, leaders: Mapping[str, frozenset[str]], where: Where
) -> Iterator[Problem]:
    """Two that claim one record, and a trial that is claimed and claims: also in a circle."""
    hint = "name all records of a trial in the `also:` of one file, and in no other"
    if rivals := leaders[other.id] - {one.id}:
        message = f"{other.id} is said to be of {', '.join(sorted(rivals))}, too"
        yield Problem("also-tangled", "warning", message, where, hint)
    if above := leaders.get(one.id):
        message = (
            f"this record is itself said to be of {', '.join(sorted(above))}, so its own `also:` "
            "may not count"
        )
        yield Problem("also-tangled", "warning", message, where, hint)
