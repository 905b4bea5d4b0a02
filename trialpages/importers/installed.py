"""The forms of a record that installed packages bring."""

from __future__ import annotations

from dataclasses import replace

from trialpages.importers.registry_json import Imported
from trialpages.importers.source import Content, Source
from trialpages.installed import failed, offers
from trialpages.problems import ContentFailure, Where

GROUP = "trialpages.sources"
"""The group of entry points: `northern = "trialpages_northern:SOURCE"`."""


def installed_sources() -> tuple[Source, ...]:
    """By name of package. Raises MachineFailure with every one that can't be loaded."""
    return tuple(_guarded(offer.value, offer.package) for offer in offers(GROUP, Source))


def _guarded(source: Source, package: str) -> Source:
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


def _failed(source: Source, package: str, where: str, error: Exception) -> ContentFailure:
    return ContentFailure(failed(package, source.name, error, Where(where)))
