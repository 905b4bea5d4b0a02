"""What a registry offers, and the values that pass through its door.

Another registry is a module with such an object and an entry in `known_registries`, or a package of
its own that names its object under the entry point `trialpages.registries`; the verbs `fetch` and
`sync` know no registry by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import msgspec

from trialpages.problems import Problem

if TYPE_CHECKING:
    from trialpages.registries.client import Client

Parameters = Mapping[str, str]
"""A question to a registry, in its own names."""

UNKNOWN_PARAMETER = "unknown-parameter"
"""The code of a problem with the name of a parameter, and not with its value."""

Count = Callable[[int, int], None]
"""Told how many trials have come, and of how many."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A trial as a registry lists it: enough to know whether its record is newer than ours."""

    id: str
    updated: str
    """When the record last changed there: an ISO date; '' where it doesn't say."""
    aliases: tuple[str, ...] = ()
    """Numbers that have become this one."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A trial's record as the registry sent it."""

    id: str
    address: str
    """Where a person can look at it; said in messages."""
    record: dict[str, Any] | msgspec.Raw | bytes
    """In a form that `import` knows: an object of JSON, decoded or as it came, or a whole file."""


class Refused(Exception):  # noqa: N818  (an answer, not a fault)
    """The registry can't make sense of a question; the message is its own words."""


@runtime_checkable
class Registry(Protocol):
    """A registry that can be asked over the network.

    All methods that take a client raise MachineFailure where there is no usable answer.
    """

    key: str
    """As `queries.yaml` calls it."""
    name: str
    """As people call it."""
    address: str
    """Of its pages."""

    def trial_id(self, text: str) -> str:
        """The id in an id or in the address of a record's page; '' for what is neither."""
        ...

    def parameters(self, text: str) -> Parameters:
        """The question in `cond=…&locn=…` or in the address of a page of search results.

        Empty for what is neither. Raises CallFailure for what can't be asked.
        """
        ...

    def checked(self, parameters: Parameters) -> Parameters:
        """The question as it is asked. Raises CallFailure for a parameter there is not, and
        for a value that no trial can have."""
        ...

    def version(self, client: Client) -> str:
        """Names the state of all its data: what was listed stays true while this is the same.

        '' where the registry doesn't tell.
        """
        ...

    def list_trials(self, client: Client, ids: Collection[str]) -> Iterator[Listed | Problem]:
        """Those of these trials that are there, under their present ids; a Problem in the place of
        one that can't be listed."""
        ...

    def list_answer(self, client: Client, parameters: Parameters) -> tuple[Listed | Problem, ...]:
        """All trials that answer a question, in the same way. Raises Refused."""
        ...

    def records(
        self, client: Client, wanted: Collection[Listed], parameters: Parameters | None
    ) -> Iterator[Fetched]:
        """The records of these trials, as they come; each once.

        `parameters` is a question that all of them answer, if there is one: many records may come
        quicker by it. One that is gone meanwhile is left out.
        """
        ...
