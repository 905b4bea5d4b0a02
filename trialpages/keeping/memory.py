"""What the last run was sure of, so that the next may end after one request.

It is kept beside content/, on this machine alone, and holds for the very content it was made of:
another branch checked out, a file put back, and it counts for nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec

from trialpages.content.listing import refuse_links
from trialpages.content.trial_folder import read_bytes
from trialpages.content.writing import FileChange, write
from trialpages.digests import digest
from trialpages.keeping.here import TrialHere
from trialpages.keeping.to_do import Asked
from trialpages.machine.disk import state_beside
from trialpages.problems import Failure, MachineFailure
from trialpages.state.lock import hold


class Sure(msgspec.Struct, frozen=True):
    """That content/ was as a registry had it."""

    version: str
    """Of the registry's data."""
    content: str = ""
    """A digest of what is kept current, as `fingerprint` makes it; '' where nothing is sure but
    that these data were used."""
    gone: tuple[str, ...] = ()
    """Trials that the registry didn't have any more."""
    merged: Mapping[str, str] = {}
    """Trials here whose number had become another one, and which wait for a person: old -> new."""


def memory_folder(content: Path) -> Path:
    """The hidden folder beside content/ that holds memory and lock."""
    return state_beside(content.resolve())


@contextlib.contextmanager
def alone(content: Path) -> Iterator[None]:
    """Keep other runs out that write into content/. Raises BusyFailure beside one, ContentFailure
    where a link lies in the way, MachineFailure where the disk refuses."""
    memory = memory_folder(content)
    refuse_links((memory, *memory.glob("*")))
    with hold(memory, _ANOTHER, _ELSEWHERE):
        yield


_ANOTHER = "another import, fetch or sync is working on this content"
_ELSEWHERE = "move content/ into a folder where it has that: notes about it are kept beside it"


def recall(content: Path) -> Mapping[str, Sure]:
    """What was sure of each registry, by its key; nothing where that can't be read."""
    try:
        found = read_bytes(memory_folder(content) / _NAME) or b""
        return msgspec.json.decode(found, type=dict[str, Sure])
    except (Failure, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}


def remember(content: Path, known: Mapping[str, Sure]) -> None:
    """Keep it. What can't be kept only costs the next run a few requests."""
    with contextlib.suppress(MachineFailure):
        write(FileChange(memory_folder(content) / _NAME, msgspec.json.encode(known)))


def version_before(content: Path, key: str) -> str:
    """Which version of a registry's data was used last; '' where that isn't known."""
    known = recall(content).get(key)
    return known.version if known else ""


def remember_version(content: Path, key: str, version: str) -> None:
    """Keep that these data are used from now on, whether or not the run comes to its end."""
    known = recall(content)
    if version and version != version_before(content, key):
        remember(content, {**known, key: Sure(version)})


_NAME = "current.json"


def fingerprint(
    here: Collection[TrialHere],
    asked: Collection[Asked],
    wished: Collection[str],
    leave_out: Collection[str],
) -> str:
    """A digest of all that decides whether content/ is current."""
    parts = (
        sorted((one.id, one.updated, one.is_imported) for one in here),
        sorted(
            (ask.question.name, sorted(ask.question.parameters.items()), sorted(ask.before or ()))
            for ask in asked
        ),
        sorted(wished),
        sorted(leave_out),
    )
    return digest(msgspec.json.encode(parts)).hex()
