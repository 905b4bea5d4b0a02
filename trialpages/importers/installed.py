"""The forms of a record that installed packages bring: each one's faults are told by its name."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points

from trialpages.importers.registry_json import Imported
from trialpages.importers.source import Content, Source
from trialpages.problems import ContentFailure, MachineFailure, Problem, Where

GROUP = "trialpages.sources"
"""The group of entry points: `northern = "trialpages_northern:SOURCE"`."""


def installed_sources() -> tuple[Source, ...]:
    """By name of package. Raises MachineFailure with every one that can't be loaded."""
    found = sorted(entry_points(group=GROUP), key=lambda one: (_package(one), one.name))
    loaded = [_loaded(entry) for entry in found]
    if problems := [one for one in loaded if isinstance(one, Problem)]:
        raise MachineFailure(*problems)
    return tuple(one for one in loaded if isinstance(one, Source))


def _loaded(entry: EntryPoint) -> Source | Problem:
    package = _package(entry)
    try:
        source = entry.load()
    except Exception as error:  # noqa: BLE001  (anything may go wrong in somebody else's package)
        return _unusable(package, entry, f"{type(error).__name__}: {error}")
    if not isinstance(source, Source):
        return _unusable(package, entry, "it is no `trialpages.api.Source`")
    return guarded(source, package)


def guarded(source: Source, package: str) -> Source:
    """A package's source whose failures name the package, and not this program or the record."""

    def recognises(content: Content, where: str) -> bool:
        try:
            return bool(source.recognises(content, where))
        except Exception as error:
            raise _failed(source, package, where, error) from error

    def read(content: Content, where: str) -> Imported:
        try:
            imported = source.read(content, where)
        except ContentFailure:
            raise
        except Exception as error:
            raise _failed(source, package, where, error) from error
        if not isinstance(imported, Imported):
            wrong = TypeError(f"`read` gave {type(imported).__name__}, not Imported")
            raise _failed(source, package, where, wrong)
        return imported

    return replace(source, recognises=recognises, read=read)


def _package(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value


def _unusable(package: str, entry: EntryPoint, why: str) -> Problem:
    message = f"the installed package {package} offers the source `{entry.name}`, "
    message += f"which can't be used: {why}"
    return Problem("broken-source", "error", message, None, _hint(package))


def _failed(source: Source, package: str, where: str, error: Exception) -> ContentFailure:
    message = f"the installed package {package} failed at {source.name}: "
    message += f"{type(error).__name__}: {error}"
    return ContentFailure(Problem("broken-source", "error", message, Where(where), _hint(package)))


def _hint(package: str) -> str:
    name = package.split()[0]
    return f"update it, or do without it: `pip uninstall {name}`; it is not part of trialpages"
