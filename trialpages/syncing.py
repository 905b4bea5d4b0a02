"""Fetching and keeping current, told in two steps: look what is to be done, then bring it here.

The network is in `registries`, what becomes of a record in `importing`, what is compared with what
in `keeping`. A run that is broken off leaves whole trials, and the next one sees by their dates
which are still to come.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from trialpages.content.listing import refuse_links
from trialpages.content.writing import finish
from trialpages.importing import carry_out
from trialpages.keeping.answers import answers_folder, write_answer
from trialpages.keeping.broken import broken_trials, copies, deleted_trials, misnamed_trials
from trialpages.keeping.changing import mark
from trialpages.keeping.conflicts import settle, waiting, would_settle
from trialpages.keeping.findings import Findings, LeftHere, together
from trialpages.keeping.here import by_id, every_trial
from trialpages.keeping.memory import (
    Sure,
    alone,
    recall,
    remember,
    remember_version,
    version_before,
)
from trialpages.keeping.prospect import Prospect, findings_of, nothing_new
from trialpages.keeping.scope import (
    Scope,
    of_question,
    of_trials,
    scope_of,
    to_fetch_again,
    without,
)
from trialpages.keeping.taking import Taken, take
from trialpages.keeping.to_do import Asked, what_is_to_do
from trialpages.keeping.unanswered import say_left_out, say_refused, say_unanswered, say_unknown
from trialpages.keeping.wishes import Question, add_query, is_kept, read_wishes
from trialpages.machine.progress import Progress
from trialpages.problems import CallFailure, MachineFailure, Problem
from trialpages.records.registry_numbers import file_name
from trialpages.registries import known_registries
from trialpages.registries.client import Client
from trialpages.registries.door import Listed, Refused, Registry
from trialpages.settings.queries_file import Query
from trialpages.updating.arrivals import Arrival, Planned


@dataclass(frozen=True, slots=True)
class SyncRun:
    """Where to, through which client, and who is told."""

    content: Path
    client: Client
    progress: Progress = lambda *_: None
    begun: Callable[[Prospect], None] = lambda _: None
    """Told what is to be done before the first record is fetched."""
    noting: Callable[[Arrival | LeftHere], None] = lambda _: None
    """Told what comes of a record, or which trial a query has lost, before it is written."""
    chosen: frozenset[str] = frozenset()
    """Fields of which the registry's side is taken, whatever an editor wrote."""


@contextmanager
def _alone(content: Path) -> Iterator[None]:
    """Keep other runs out."""
    answers = answers_folder(content)
    with alone(content):
        refuse_links((*answers.parents[:2], answers))
        yield


@contextmanager
def _writing(content: Path) -> Iterator[tuple[Problem, ...]]:
    """Keep other runs out, and finish first what a killed one began; what is told of that."""
    with _alone(content):
        yield finish(content)


# --- sync ---------------------------------------------------------------------------------------


def sync(run: SyncRun) -> Findings:
    """Bring all that is kept current up to date; only what has changed is fetched.

    Raises ContentFailure for a queries.yaml or a folder of trials that can't be read, BusyFailure
    beside another run. That a registry fails, or a trial's file can't be read, is among the
    findings.
    """
    with _writing(run.content) as finished:
        found = _of_all(run, _sync)
    return replace(found, problems=(*finished, *found.problems))


def would_sync(run: SyncRun) -> Findings:
    """What `sync` would do: all is fetched and compared, and content/ stays as it is."""
    with _alone(run.content):
        return _of_all(run, _would_sync)


def _of_all(run: SyncRun, sync_one: Callable[[Scope, SyncRun], Findings]) -> Findings:
    wishes = read_wishes(run.content)
    every = every_trial(run.content)
    here = by_id(every)
    broken, deleted = broken_trials(here.values()), deleted_trials(run.content, here, wishes)
    scopes = [
        without(scope_of(registry, wishes, run.content), broken)
        for registry in known_registries.registries()
    ]
    found = together([sync_one(scope, run) for scope in scopes if scope.kept or scope.questions])
    came = {file_name(one.trial_id) for one in found.arrivals}
    lost = (problem for name, problem in deleted.items() if name not in came)
    problems = (*found.problems, *broken.values(), *copies(every, here), *lost)
    return replace(found, problems=problems, requests=run.client.requests)


def _sync(scope: Scope, run: SyncRun) -> Findings:
    settle(scope.here.values(), run.noting)
    return _asked(scope, run, then=_bring)


def _would_sync(scope: Scope, run: SyncRun) -> Findings:
    found = _asked(scope, run, then=_compare)
    known = {one.trial_id for one in found.arrivals}
    done = tuple(one for one in would_settle(scope.here.values()) if one.trial_id not in known)
    unchanged = max(0, found.unchanged - len(done))
    return replace(found, arrivals=(*done, *found.arrivals), unchanged=unchanged)


def _asked(scope: Scope, run: SyncRun, then: Callable[[Prospect, SyncRun], Findings]) -> Findings:
    """What a registry has that is new here, and what comes of it `then`."""
    try:
        version = _version(scope.registry, run)
        sure = recall(run.content).get(scope.registry.key)
        if sure and scope.is_sure(sure, version):
            return nothing_new(scope, version, sure)
        prospect = _look(scope, version, run)
    except MachineFailure as failure:
        found = waiting(scope.here.values())
        return Findings(
            failure=failure.problems, conflicts=found.conflicts, overtaken=found.overtaken
        )
    return then(prospect, run)


def _version(registry: Registry, run: SyncRun) -> str:
    """Of the registry's data. Raises MachineFailure, also where they are older than those before:
    by them what has come since would be gone."""
    version = registry.version(run.client)
    if version < (before := version_before(run.content, registry.key)):
        message = (
            f"{registry.name} answers with data of {version}, older than those of {before} that "
            "were used before: nothing was taken from them"
        )
        hint = "a server of its that lags behind: run the same again later"
        raise MachineFailure(Problem("older-data", "error", message, hint=hint))
    return version


def _look(scope: Scope, version: str, run: SyncRun) -> Prospect:
    """Ask all questions, and for the trials that none of them finds."""
    asked, problems = list[Asked](), list[Problem]()
    for number, (question, before) in enumerate(scope.questions, start=1):
        try:
            found, odd = _apart(scope.registry.list_answer(run.client, question.parameters))
        except Refused as refused:  # which stops no other
            problems.append(say_refused(scope, question.name, refused))
        else:
            asked.append(Asked(question, before, found))
            problems += odd
        run.progress("asking", number, len(scope.questions))
    others = scope.kept.difference(chain.from_iterable(ask.ids for ask in asked))
    listed, odd = _listed(scope, others, run)
    problems += odd
    to_do = what_is_to_do(scope.here, asked, listed, scope.wished, scope.leave_out)
    if odd:  # any of those that seem to be gone may be what has no number
        to_do = replace(to_do, gone=())
    unknown = scope.wished - scope.leave_out - _ids(listed) - _ids(*(ask.now for ask in asked))
    problems += [say_unknown(scope.registry, one) for one in sorted(unknown - scope.here.keys())]
    return Prospect(scope, version, tuple(asked), to_do, tuple(problems))


def _listed(
    scope: Scope, ids: Collection[str], run: SyncRun
) -> tuple[tuple[Listed, ...], tuple[Problem, ...]]:
    found = []
    for number, listed in enumerate(scope.registry.list_trials(run.client, ids), start=1):
        found.append(listed)
        run.progress("looking", number, len(ids))
    return _apart(found)


def _apart(
    found: Collection[Listed | Problem],
) -> tuple[tuple[Listed, ...], tuple[Problem, ...]]:
    """The trials of a list, and why others can't be in it."""
    listed = tuple(one for one in found if isinstance(one, Listed))
    return listed, tuple(one for one in found if isinstance(one, Problem))


def _ids(*lists: Collection[Listed]) -> set[str]:
    return {one for listed in chain(*lists) for one in (listed.id, *listed.aliases)}


# --- fetch --------------------------------------------------------------------------------------


def look_for_trials(run: SyncRun, registry: Registry, ids: Collection[str]) -> Prospect:
    """What fetching these trials comes to. Raises as `sync` does, and MachineFailure where the
    registry fails."""
    whole = scope_of(registry, read_wishes(run.content), run.content)
    faults = _faults(whole, ids)
    scope = without(of_trials(whole, ids), faults)
    if run.chosen:
        scope = to_fetch_again(scope)
    version = _version(registry, run)
    listed, odd = _listed(scope, scope.kept, run)
    to_do = what_is_to_do(scope.here, (), listed, scope.wished, scope.leave_out)
    unknown = [say_unknown(registry, one) for one in ids if one in scope.kept - _ids(listed)]
    left_out = [say_left_out(one) for one in ids if one in whole.leave_out]
    problems = (*odd, *unknown, *left_out, *faults.values())
    is_whole = _is_current(whole, version)
    return Prospect(scope, version, (), to_do, problems, is_whole)


def look_for_answer(run: SyncRun, question: Question) -> Prospect:
    """What fetching all trials that answer a question comes to. Raises as `look_for_trials`, and
    CallFailure where the registry refuses the question or another one has its name."""
    registry, wishes = question.registry, read_wishes(run.content)
    is_kept(question, wishes.questions)
    whole = scope_of(registry, wishes, run.content)
    version = _version(registry, run)
    try:
        now, odd = _apart(registry.list_answer(run.client, question.parameters))
    except Refused as refused:
        message = f"{registry.name} can't make sense of this query: {refused}"
        hint = "try it on the registry's search page and copy the address from there"
        raise CallFailure(Problem("refused-query", "error", message, hint=hint)) from None
    ids = {one.id for one in now}
    faults = _faults(whole, ids)
    scope = without(of_question(whole, question, ids), faults)
    asked = (Asked(question, None, now),)
    to_do = what_is_to_do(scope.here, asked, (), (), scope.leave_out)
    problems = (*odd, *faults.values())
    return Prospect(scope, version, asked, to_do, problems, _is_current(whole, version))


def _faults(scope: Scope, ids: Collection[str]) -> Mapping[str, Problem]:
    """What is wrong with the files of these trials, by their ids: they are left as they are."""
    here = [scope.here[one] for one in ids if one in scope.here]
    return {**broken_trials(here), **misnamed_trials(here)}


def _is_current(scope: Scope, version: str) -> bool:
    """Whether all that was kept before is known to be as the registry has it."""
    sure = recall(scope.content).get(scope.registry.key)
    return scope.is_sure(sure, version) or not (scope.kept or scope.questions)


def fetch_trials(run: SyncRun, registry: Registry, ids: Collection[str]) -> Findings:
    """Fetch these trials, new ones and newer versions. Raises as `look_for_trials` does."""
    with _writing(run.content) as finished:
        found = _bring(look_for_trials(run, registry, ids), run)
    problems = (*finished, *found.problems)
    return replace(found, problems=problems, requests=run.client.requests)


def fetch_answer(run: SyncRun, question: Question, query: Query | None) -> Findings:
    """Fetch all trials that answer a question; `query` is how queries.yaml keeps it, if it is to
    be asked again. Raises as `look_for_answer` does."""
    with _writing(run.content) as finished:
        prospect = look_for_answer(run, question)
        is_new = query and not is_kept(question, read_wishes(run.content).questions)
        is_answered = any(ask.now for ask in prospect.asked)
        if query and is_new and is_answered:
            add_query(run.content, query)
        found = _bring(prospect, run) if is_answered else findings_of(prospect, Taken(()))
    if query and not is_answered:
        found = replace(
            found, problems=(*found.problems, say_unanswered(query, is_kept=not is_new))
        )
    problems = (*finished, *found.problems)
    return replace(found, problems=problems, requests=run.client.requests)


# --- bringing it here ---------------------------------------------------------------------------


def _bring(prospect: Prospect, run: SyncRun) -> Findings:
    """Fetch what is wanted, then settle what else there is to settle."""
    remember_version(run.content, prospect.scope.registry.key, prospect.version)
    taken = _take(prospect, run, partial(_carry_out, run))
    found = findings_of(prospect, taken)
    if not taken.failure:
        for lost in found.left:
            run.noting(lost)
        mark(prospect.scope.here, prospect.to_do, prospect.version[:10])
        for ask in prospect.asked:
            if ask.question.name and not ask.is_emptied and ask.before != ask.ids:
                write_answer(prospect.scope.content, ask.question.name, ask.ids)
        _remember(prospect, taken)
    return found


def _carry_out(run: SyncRun, planned: Planned) -> None:
    run.noting(planned.arrival)
    carry_out(planned)


def _compare(prospect: Prospect, run: SyncRun) -> Findings:
    """Fetch what is wanted and write none of it."""
    return findings_of(prospect, _take(prospect, run, lambda _: None))


def _take(prospect: Prospect, run: SyncRun, carry: Callable[[Planned], None]) -> Taken:
    run.begun(prospect)
    scope, wanted = prospect.scope, prospect.to_do.wanted
    return take(wanted, prospect.asked, scope, run.client, run.progress, carry, run.chosen)


def _remember(prospect: Prospect, taken: Taken) -> None:
    """Be sure of what is known now, or of the version alone."""
    scope = prospect.scope
    key = scope.registry.key
    known = {**recall(scope.content), key: Sure(prospect.version)}
    bad = any(arrival.state in ("failed", "refused") for arrival in taken.arrivals)
    if prospect.is_whole and not (bad or prospect.problems or taken.missing):
        present = scope_of(scope.registry, read_wishes(scope.content), scope.content)
        after = without(present, scope.broken)
        to_do = prospect.to_do
        waiting = {old: new for old, new in to_do.merged.items() if old in after.here}
        known[key] = Sure(prospect.version, after.fingerprint, to_do.gone, waiting)
    remember(scope.content, known)
