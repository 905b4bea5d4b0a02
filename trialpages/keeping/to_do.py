"""What is to be done, from what is wished for, what is here and what a registry lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from trialpages.keeping.here import TrialHere
from trialpages.keeping.wishes import Question
from trialpages.registries.door import Listed
from trialpages.settings.queries_file import Leaving


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what it found the last time and what it finds now."""

    question: Question
    before: frozenset[str] | None
    """None where it was never asked."""
    now: tuple[Listed, ...]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(listed.id for listed in self.now)

    @property
    def is_emptied(self) -> bool:
        """A question that found trials and finds none is more likely broken than answered."""
        return bool(self.before) and not self.now


@dataclass(frozen=True, slots=True)
class Left:
    """A trial that a question finds no more."""

    id: str
    question: str
    leaving: Leaving


@dataclass(frozen=True, slots=True)
class ToDo:
    wanted: tuple[Listed, ...]
    """Whose records are to be fetched."""
    unchanged: int
    """How many others are here as the registry has them."""
    gone: tuple[str, ...]
    """Trials here that the registry doesn't have any more."""
    merged: Mapping[str, str]
    """Ids here that have become another one: old -> present."""
    left: tuple[Left, ...]
    back: tuple[str, ...]
    """Trials here that are marked as gone, and which the registry has."""
    older: Mapping[str, str] = field(default_factory=dict)
    """Trials here of which the registry has an older version: its day."""


def what_is_to_do(
    here: Mapping[str, TrialHere],
    asked: Collection[Asked],
    listed: Collection[Listed],
    wished: Collection[str],
    leave_out: Collection[str],
) -> ToDo:
    """What is to be done.

    `here` are the trials of this registry in content/, `listed` those of them and of the `wished`
    ones that it has now; what questions found need not be among them.
    """
    now = {one.id: one for one in (*listed, *(one for ask in asked for one in ask.now))}
    kept = [one for one in here.values() if one.is_imported and one.id not in leave_out]
    presents = {alias: one.id for one in now.values() for alias in one.aliases}
    merged = {one.id: presents[one.id] for one in kept if one.id in presents and one.id not in now}
    counting = [one for one in now.values() if one.id not in leave_out]
    wanted = [
        one for one in counting if one.id in merged.values() or _is_newer(one, here.get(one.id))
    ]
    gone = tuple(one.id for one in kept if one.id not in now and one.id not in merged)
    stay = {*wished, *merged, *gone}
    return ToDo(
        wanted=tuple(wanted),
        unchanged=len(counting) - len(wanted),
        gone=gone,
        merged=merged,
        left=tuple(_left({one.id for one in kept} - stay, asked)),
        back=tuple(one.id for one in kept if one.is_marked_gone and one.id in now),
        older={one.id: now[one.id].updated for one in kept if _is_older(now.get(one.id), one)},
    )


def _is_newer(listed: Listed, here: TrialHere | None) -> bool:
    """Whether the registry's record is to be fetched. What is written by hand is the editor's."""
    if here is None:
        return True
    if not here.is_imported:
        return False
    return not listed.updated or not here.updated or listed.updated > here.updated


def _is_older(listed: Listed | None, here: TrialHere) -> bool:
    if listed is None or not (listed.updated and here.updated):
        return False
    return listed.updated < here.updated and not here.updated.startswith(listed.updated)


def _left(ids: Collection[str], asked: Collection[Asked]) -> Iterator[Left]:
    """Each trial that no question finds any more, once: by the mildest of what is asked for."""
    found = {trial_id for ask in asked for trial_id in ask.ids}
    found |= {trial_id for ask in asked if ask.is_emptied for trial_id in ask.before or ()}
    lost = [
        Left(trial_id, ask.question.name, ask.question.leaving)
        for ask in asked
        for trial_id in sorted(((ask.before or frozenset()) & {*ids}) - found)
    ]
    mildest = sorted(lost, key=lambda left: list(Leaving).index(left.leaving))
    yield from {left.id: left for left in reversed(mildest)}.values()
