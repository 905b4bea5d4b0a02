"""The registries that installed packages bring."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from trialpages.machine.installed import failed, offers, unusable
from trialpages.problems import Failure, MachineFailure, Problem
from trialpages.registries.door import Fetched, Listed, Parameters, Refused, Registry

if TYPE_CHECKING:
    from trialpages.registries.client import Client

GROUP = "trialpages.registries"
"""The group of entry points: `northern = "trialpages_northern:REGISTRY"`."""

Value = TypeVar("Value")


@cache
def installed_registries(taken: frozenset[str]) -> tuple[Registry, ...]:
    """By name of package. Raises MachineFailure with every one that can't be loaded.

    `taken` are the keys that none of them may have.
    """
    found, problems = dict[str, Registry](), []
    for offer in offers(GROUP, Registry):  # type: ignore[type-abstract]  # a protocol
        key = offer.value.key
        if key in taken or key in found:
            why = "another registry has this key"
            problems.append(unusable(offer.package, f"the registry `{key}`", why))
        found[key] = _Guarded(offer.value, offer.package)
    if problems:
        raise MachineFailure(*problems)
    return tuple(found.values())


class _Guarded:
    """A package's registry whose failures name the package, and not this program."""

    def __init__(self, registry: Registry, package: str) -> None:
        self.key, self.name, self.address = registry.key, registry.name, registry.address
        self._registry, self._package = registry, package

    def trial_id(self, text: str) -> str:
        with self._answering():
            return self._registry.trial_id(text)

    def parameters(self, text: str) -> Parameters:
        with self._answering():
            return self._registry.parameters(text)

    def checked(self, parameters: Parameters) -> Parameters:
        with self._answering():
            return self._registry.checked(parameters)

    def version(self, client: Client) -> str:
        with self._answering():
            return self._registry.version(client)

    def list_trials(self, client: Client, ids: Collection[str]) -> Iterator[Listed | Problem]:
        with self._answering():
            yield from _each((Listed, Problem), self._registry.list_trials(client, ids))

    def list_answer(self, client: Client, parameters: Parameters) -> tuple[Listed | Problem, ...]:
        with self._answering():
            return tuple(_each((Listed, Problem), self._registry.list_answer(client, parameters)))

    def records(
        self, client: Client, wanted: Collection[Listed], parameters: Parameters | None
    ) -> Iterator[Fetched]:
        with self._answering():
            yield from _each((Fetched,), self._registry.records(client, wanted, parameters))

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except (Failure, Refused):
            raise
        except Exception as error:
            raise MachineFailure(failed(self._package, self.name, error)) from error


def _each(kinds: tuple[type, ...], found: Iterable[Value]) -> Iterator[Value]:
    for one in found:
        if not isinstance(one, kinds):
            raise TypeError(f"it gave {type(one).__name__}, not {kinds[0].__name__}")
        yield one
