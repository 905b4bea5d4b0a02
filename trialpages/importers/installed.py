"""The forms of a record that installed packages bring, and what a fault in any form comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import msgspec

from trialpages.importers.registry_json import Imported
from trialpages.importers.source import Content, Source
from trialpages.machine.installed import failed, offers
from trialpages.problems import ContentFailure, Failure, Problem, Where

GROUP = "trialpages.sources"
"""The group of entry points: `northern = "trialpages_northern:NORTHERN"`."""

Blame = Callable[[str, Exception, Where], Problem]
"""What to say of a source's fault: its name, what was raised, and the place of the record."""


def installed_sources() -> tuple[Source, ...]:
    """By name of package. Raises MachineFailure with every one that can't be loaded."""
    return tuple(guarded(offer.value, _package(offer.package)) for offer in offers(GROUP, Source))


def guarded(source: Source, blame: Blame) -> Source:
    """The same source; what it raises at a record becomes that record's problem, and no import
    stops there. A trial that can't be (msgspec.ValidationError) is the record's own fault."""

    @contextmanager
    def guard(where: str) -> Iterator[None]:
        try:
            yield
        except (Failure, MemoryError):
            raise
        except msgspec.ValidationError as error:
            raise ContentFailure(_no_trial(source.name, error, Where(where))) from error
        except Exception as error:
            raise ContentFailure(blame(source.name, error, Where(where))) from error

    def recognises(content: Content, where: str) -> bool:
        with guard(where):
            return bool(source.recognises(content, where))

    def read(content: Content, where: str) -> Imported:
        with guard(where):
            imported = source.read(content, where)
            if not isinstance(imported, Imported):
                raise TypeError(f"`read` gave {type(imported).__name__}, not Imported")
            return imported

    return replace(source, recognises=recognises, read=read)


def our_fault(name: str, error: Exception, where: Where) -> Problem:
    """What to say of a source that is part of the program."""
    message = f"trialpages failed at {name}: {type(error).__name__}: {error}"
    hint = "the record was left out, and the others go on; please report it with the record"
    return Problem("unreadable-record", "error", message, where, hint)


def _package(package: str) -> Blame:
    return lambda name, error, where: failed(package, name, error, where)


def _no_trial(name: str, error: Exception, where: Where) -> Problem:
    message = f"{name} that can't be a trial: {error}"
    hint = "have the record mended where it comes from; it was left out, and the others go on"
    return Problem("bad-record", "error", message, where, hint)
