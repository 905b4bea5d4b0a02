"""What installed packages add to the program by entry points; their faults are told by name."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, TypeVar

from trialpages.problems import MachineFailure, Problem, Where

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Offer(Generic[Kind]):
    package: str
    """Its name and version."""
    value: Kind


def offers(group: str, kind: type[Kind]) -> tuple[Offer[Kind], ...]:
    """What the entry points of a group name, by package.

    `kind` is a class, or a protocol that can be checked, of `trialpages.api`. Raises MachineFailure
    with every entry that can't be loaded or names something else.
    """
    found = sorted(entry_points(group=group), key=lambda one: (_package(one), one.name))
    loaded = [_loaded(entry, kind) for entry in found]
    if problems := [one for one in loaded if isinstance(one, Problem)]:
        raise MachineFailure(*problems)
    return tuple(one for one in loaded if isinstance(one, Offer))


def _loaded(entry: EntryPoint, kind: type[Kind]) -> Offer[Kind] | Problem:
    package = _package(entry)
    try:
        value = entry.load()
    except Exception as error:  # noqa: BLE001  (anything may go wrong in somebody else's package)
        return unusable(package, f"`{entry.name}`", f"{type(error).__name__}: {error}")
    if not isinstance(value, kind):
        return unusable(package, f"`{entry.name}`", f"it is no `trialpages.api.{kind.__name__}`")
    return Offer(package, value)


def unusable(package: str, what: str, why: str) -> Problem:
    message = f"the installed package {package} offers {what}, which can't be used: {why}"
    return _broken(package, message)


def failed(package: str, at: str, error: Exception, where: Where | None = None) -> Problem:
    """That a package's code raised what it may not; `at` is what it was asked about."""
    message = f"the installed package {package} failed at {at}: {type(error).__name__}: {error}"
    return _broken(package, message, where)


def _broken(package: str, message: str, where: Where | None = None) -> Problem:
    name = package.split()[0]
    hint = f"update it, or do without it: `pip uninstall {name}`; it is not part of trialpages"
    return Problem("broken-package", "error", message, where, hint)


def _package(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
