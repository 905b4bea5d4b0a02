"""What is to be fetched and kept current, in the terms of the registries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trialpages.content.content_file import read_file
from trialpages.content.writing import FileChange, write
from trialpages.problems import CallFailure, Problem, WishFailure, errors_in
from trialpages.records.explain import Fault
from trialpages.records.places import placed
from trialpages.records.registry_numbers import miscounted
from trialpages.registries import known_registries
from trialpages.registries.door import UNKNOWN_PARAMETER, Parameters, Registry
from trialpages.settings.queries_file import (
    Leaving,
    Queries,
    Query,
    read_queries,
    with_query,
)
from trialpages.text.files import QUERIES, SourcePath


@dataclass(frozen=True, slots=True)
class Question:
    """A query of queries.yaml, ready to be asked."""

    name: str
    registry: Registry
    parameters: Parameters
    leaving: Leaving = Leaving.SAY


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an editor asks for beside the trials that are here."""

    trials: Mapping[str, Registry]
    """By id: trials that are to be here."""
    leave_out: frozenset[str]
    questions: tuple[Question, ...]


def read_wishes(content: Path) -> Wishes:
    """What content/queries.yaml asks for; nothing where there is no such file.

    Raises WishFailure for a file that can't be understood.
    """
    path = content / QUERIES
    if not path.exists():
        return Wishes({}, frozenset(), ())
    source = _source(path)
    wishes, problems = wishes_in(read_file(source), source.path)
    if errors_in(problems):
        raise WishFailure(*problems)
    return wishes


def _source(path: Path) -> SourcePath:
    return SourcePath(path.relative_to(path.parent.parent).as_posix(), str(path))


def wishes_in(content: bytes, path: str) -> tuple[Wishes, tuple[Problem, ...]]:
    """What a queries.yaml asks for, and what is wrong with it."""
    queries, problems = read_queries(content, path)
    wrong: list[Fault] = []
    trials = dict(_trials(queries.trials, "trials", wrong))
    leave_out = frozenset(dict(_trials(queries.leave_out, "leave_out", wrong)))
    wrong += _both_ways(queries, trials.keys() & leave_out)
    questions = tuple(_questions(queries, wrong))
    if wrong:
        problems += placed(wrong, content.decode("utf-8-sig"), path)
    return Wishes(trials, leave_out, questions), problems


def _trials(
    written: tuple[str, ...], field: str, wrong: list[Fault]
) -> Iterator[tuple[str, Registry]]:
    for at, text in enumerate(written):
        if found := known_registries.find_trial(text):
            yield found[1], found[0]
        else:
            message = miscounted(text) or f"`{text}` is no trial that can be fetched"
            hint = "write its number, such as NCT01234567, or the address of its registry page"
            if len(known_registries.trials_in(text)) > 1:
                hint = "write each trial on a line of its own, after `- `"
            elif meant := known_registries.meant_trial(text):
                hint = f"did you mean {meant}?"
            elif elsewhere := known_registries.at_another(text):
                message, hint = elsewhere
            wrong.append(Fault((field, at), "unknown-trial", message, hint))


def _both_ways(queries: Queries, both: Collection[str]) -> Iterator[Fault]:
    """Numbers that are to be here and to be left out."""
    for at, text in enumerate(queries.leave_out):
        found = known_registries.find_trial(text)
        if found and found[1] in both:
            message = f"{found[1]} stands under `trials` too: it can't be both fetched and left out"
            hint = "take it out of one of the two"
            yield Fault(("leave_out", at), "both-ways", message, hint)


def _questions(queries: Queries, wrong: list[Fault]) -> Iterator[Question]:
    for at, query in enumerate(queries.queries):
        registry = known_registries.registry_called(query.registry)
        if registry is None:
            names = ", ".join(f"`{one.key}`" for one in known_registries.registries())
            message = f"`{query.registry}` is no registry that can be asked"
            at_registry = ("queries", at, "registry")
            wrong.append(
                Fault(at_registry, "unknown-registry", message, f"the registries are {names}")
            )
            continue
        try:
            parameters = _parameters(query, registry)
        except CallFailure as failure:
            place = _place_of_fault(at, query, registry)
            for one in failure.problems:
                is_name = one.code == UNKNOWN_PARAMETER
                wrong.append(Fault(place, one.code, one.message, one.hint, on_key=is_name))
            continue
        yield Question(query.name, registry, parameters, query.leaving)


def _place_of_fault(at: int, query: Query, registry: Registry) -> tuple[str | int, ...]:
    """Where in the file stands what can't be asked."""
    if query.address:
        return "queries", at, "address"
    for name, value in query.parameters.items():
        try:
            registry.checked({name: value})
        except CallFailure:
            return "queries", at, "parameters", name
    return "queries", at, "parameters"


def _parameters(query: Query, registry: Registry) -> Parameters:
    """Raises CallFailure for what can't be asked."""
    if not query.address:
        return registry.checked(query.parameters)
    found = known_registries.find_question(query.address)
    if found is None or found[0] is not registry:
        message = f"this is no address of {registry.name}'s search page"
        hint = "search there, then copy the whole address of the page with the results"
        raise CallFailure(Problem("bad-query", "error", message, hint=hint))
    return found[1]


def is_kept(question: Question, kept: Iterable[Question]) -> bool:
    """Whether a question stands in queries.yaml under its name.

    Raises CallFailure where another has that name.
    """
    present = next((one for one in kept if one.name and one.name == question.name), None)
    if present is None:
        return False
    if (present.registry.key, present.parameters) == (question.registry.key, question.parameters):
        return True
    message = f"there is a query called `{question.name}` already, and it asks for something else"
    hint = "give another name, or take that one out of queries.yaml"
    raise CallFailure(Problem("name-taken", "error", message, hint=hint))


def add_query(content: Path, query: Query) -> None:
    """Write a query that isn't there yet into content/queries.yaml.

    Raises CallFailure where the file has no place for it; MachineFailure.
    """
    path = content / QUERIES
    text = read_file(_source(path)).decode("utf-8-sig") if path.exists() else ""
    try:
        added = with_query(text, query)
    except ValueError:
        entry = with_query("", query).partition("queries:\n")[2]
        message = f"{path} is written so that there is no place for another query"
        hint = "add this under `queries:` yourself, then fetch again"
        raise CallFailure(
            Problem("no-place", "error", message, hint=hint, details=tuple(entry.splitlines()))
        ) from None
    write(FileChange(path, added.encode()))
