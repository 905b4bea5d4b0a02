"""All that concerns one registry: the trials here, what is wished for, what was found before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from trialpages.keeping.answers import last_answer
from trialpages.keeping.here import TrialHere, trials_here
from trialpages.keeping.memory import Sure, fingerprint
from trialpages.keeping.to_do import Asked
from trialpages.keeping.wishes import Question, Wishes
from trialpages.registries.door import Registry


@dataclass(frozen=True, slots=True)
class Scope:
    registry: Registry
    content: Path
    here: Mapping[str, TrialHere]
    """Trials of this registry in content/, by id."""
    wished: frozenset[str]
    """Trials that are to be there."""
    leave_out: frozenset[str]
    questions: tuple[tuple[Question, frozenset[str] | None], ...]
    """Each with what it found the last time."""
    broken: frozenset[str] = frozenset()
    """Trials whose files can't be read; they are in none of the others."""

    @property
    def kept(self) -> frozenset[str]:
        """The ids that are to be looked for one by one, unless a question finds them."""
        imported = {one.id for one in self.here.values() if one.is_imported}
        return frozenset((imported | self.wished) - self.leave_out)

    @property
    def fingerprint(self) -> str:
        asked = [Asked(question, before, ()) for question, before in self.questions]
        return fingerprint(self.here.values(), asked, self.wished, self.leave_out)

    def is_sure(self, known: Sure | None, version: str) -> bool:
        """Whether nothing can be new: same data, same content."""
        if not (known and version and known.version == version):
            return False
        return known.content == self.fingerprint


def scope_of(registry: Registry, wishes: Wishes, content: Path) -> Scope:
    """Raises as `trials_here` does."""
    here = trials_here(content)
    return Scope(
        registry,
        content,
        {one.id: one for one in here.values() if registry.trial_id(one.id) == one.id},
        frozenset(one for one, its in wishes.trials.items() if its is registry),
        wishes.leave_out,
        tuple(
            (question, last_answer(content, question.name))
            for question in wishes.questions
            if question.registry is registry
        ),
    )


def without(scope: Scope, broken: Collection[str]) -> Scope:
    """The same without the trials whose files can't be read: they stay as they are."""
    here = {one: it for one, it in scope.here.items() if one not in broken}
    ours = frozenset(scope.here.keys() & set(broken))
    return replace(scope, here=here, leave_out=scope.leave_out | ours, broken=ours)


def of_trials(scope: Scope, ids: Collection[str]) -> Scope:
    """Only these trials, written by hand or not: who names them wants the registry's record."""
    here = {one: replace(scope.here[one], is_imported=True) for one in ids if one in scope.here}
    return replace(scope, here=here, wished=frozenset(ids), questions=())


def to_fetch_again(scope: Scope) -> Scope:
    """The same, with none of its trials known to be current."""
    return replace(scope, here={one: replace(it, updated="") for one, it in scope.here.items()})


def of_question(scope: Scope, question: Question, ids: Collection[str]) -> Scope:
    """Only the trials that a question finds."""
    here = {one: scope.here[one] for one in ids if one in scope.here}
    return replace(scope, here=here, wished=frozenset(), questions=((question, None),))
