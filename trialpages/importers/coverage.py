"""What of a trial a source can speak of. What it doesn't hold is not deleted: absent isn't empty.

A record of the registry is whole, or cut (`fields=` in its address, one module of many). It is
taken to be cut where it lacks one of the fields that no record of the registry is without and
that the file got when it was imported last. A cut record speaks of the leaves it has, and not of
which version the file is: what else that version changed is still to come. A whole one
speaks of everything, and a field it lacks is one the registry took away; but one of its great
modules missing as a whole is more likely not to have been fetched, and is left alone; so are its
posted results. Unless it is the registry that handed it over, the file isn't its version either.

A version doesn't lose anything, so a record of the version that is here is cut if it lacks
anything at all.

The text of a trial's page speaks of what its sections can hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from trialpages.changes.entries import matched
from trialpages.changes.fields import REGISTRY_FIELDS
from trialpages.changes.identities import IDENTITIES, Entry
from trialpages.records.model import (
    ArmsInterventions,
    ContactsLocations,
    IpdSharingModule,
    LargeDocuments,
    Module,
    Outcomes,
    Oversight,
    References,
)
from trialpages.records.registry_names import own_fields
from trialpages.records.vocabulary import Status

Tree = Mapping[str, Any]

ALWAYS = (
    "organization",
    "status_verified_date",
    "study_first_submit_date",
    "last_update_post_date",
    "lead_sponsor",
    "brief_summary",
    "conditions",
    "std_ages",
    "version_holder",
    "has_results",
)
"""Fields that each of 3,085 records of the registry has."""

_OF_THE_VERSION = (
    "status_verified_date",
    "last_update_submit_date",
    "last_update_post_date",
    "version_holder",
)

_GREAT = (Oversight, ArmsInterventions, Outcomes, ContactsLocations, LargeDocuments)
"""Modules that a trial doesn't lose: in 45 steps between dated versions none did."""

_HARDLY_LOST = ("locations",)
"""Of a great module what a trial hardly loses alone: a file that has its contacts and not its
places is more likely cut. Where the registry says so itself, they are gone."""

_SMALL = (References, IpdSharingModule)
"""Modules that come and go; but where a great one is missing, these were not fetched either."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The fields and leaves that a source speaks of."""

    paths: frozenset[str] | None = None
    """`brief_title`, `locations.city`; None for all but what is in `missing`."""
    missing: tuple[str, ...] = ()
    """Fields it should speak of and doesn't, for a message."""
    kept: tuple[str, ...] = ()
    """Fields that stay, since the file doesn't become the version that the source says it is."""

    @property
    def is_whole(self) -> bool:
        return self.paths is None and not (self.missing or self.kept)

    def has(self, path: str) -> bool:
        """Whether the source speaks of all that stands at a path."""
        if self.paths is None:
            return path.partition(".")[0] not in (*self.missing, *self.kept)
        steps = path.split(".")
        return any(".".join(steps[:end]) in self.paths for end in range(1, len(steps) + 1))

    def touches(self, path: str) -> bool:
        """Whether it speaks of it, or of something in it."""
        if self.paths is None or self.has(path):
            return self.has(path)
        return any(inner.startswith(f"{path}.") for inner in self.paths)


def lacking(record: Tree) -> tuple[str, ...]:
    """The fields that a record lacks though none is without them: it was cut. One that the
    registry withholds has no more."""
    if record.get("overall_status") == Status.WITHHELD.value:
        return ()
    return tuple(name for name in ALWAYS if name not in record)


def record_coverage(
    incoming: Tree, imported: Collection[str], *, is_whole: bool = False
) -> Coverage:
    """What a record speaks of; `imported` are the fields that came with the one before, `is_whole`
    whether the registry itself handed it over."""
    lacking = tuple(name for name in ALWAYS if name in imported and name not in incoming)
    if lacking:
        is_withheld = incoming.get("overall_status") == Status.WITHHELD.value
        said = (name for name in incoming if is_withheld or name not in _OF_THE_VERSION)
        leaves = frozenset(path for name in said for path in _leaves(name, incoming[name]))
        return Coverage(leaves, lacking)
    gone = tuple(name for module in _GREAT for name in _missing(module, incoming, imported))
    if not is_whole:
        gone += tuple(n for n in _HARDLY_LOST if n in imported and n not in (*incoming, *gone))
    small = (name for module in _SMALL for name in _missing(module, incoming, imported))
    return Coverage(missing=(*gone, *small) if gone else ())


def of_no_version(coverage: Coverage) -> Coverage:
    """The same of a record that doesn't make the file one of its version: the rest is to come."""
    return replace(coverage, kept=_OF_THE_VERSION)


def version_coverage(current: Tree, incoming: Tree, untouched: Collection[str]) -> Coverage:
    """What a record of the very version that the file has speaks of.

    A version doesn't lose anything: where leaves are missing that the file has of it, the record
    was cut. `untouched` are the fields that are as they came, which the editor didn't change.
    """
    had = {leaf for name in untouched for leaf in _leaves(name, current[name])}
    has = frozenset(leaf for name in incoming for leaf in _leaves(name, incoming[name]))
    if had <= has:
        return Coverage()
    return Coverage(has, tuple(name for name in untouched if name not in incoming))


def _missing(module: type[Module], incoming: Tree, imported: Collection[str]) -> tuple[str, ...]:
    """The fields of a module that are all missing at once. Contacts alone do go, when a trial is
    over."""
    names = tuple(field.name for field, _ in own_fields(module))
    had = tuple(name for name in names if name in imported)
    if any(name in incoming for name in names) or had == ("central_contacts",):
        return ()
    return had


def is_cut(current: Any, incoming: Any) -> bool:
    """Whether posted results lack leaves that those that are here have."""
    return not set(_leaves("", current)) <= set(_leaves("", incoming))


def _leaves(path: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{path}.{key}", inner)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for item in value:
            yield from _leaves(path, item)
    else:
        yield path


# --- a record made complete with what the file has ----------------------------------------------

SaysSame = Callable[[str, Any, Any], bool]
"""Whether two values at a path say the same, though one lost its form on the way."""


def completed(
    current: Tree, incoming: Tree, coverage: Coverage, says_same: SaysSame = lambda *_: False
) -> dict[str, Any]:
    """The incoming record, with what it doesn't speak of as the file has it."""
    if coverage.is_whole:
        return dict(incoming)
    found = {
        name: _complete(name, current.get(name), incoming.get(name), coverage, says_same)
        for name in REGISTRY_FIELDS
    }
    return {name: value for name, value in found.items() if value is not None}


def _complete(
    path: str, current: Any, incoming: Any, coverage: Coverage, says_same: SaysSame
) -> Any:
    if not coverage.touches(path):
        return current
    if current is None or says_same(path, current, incoming):
        return incoming if current is None else current
    if isinstance(current, dict) and isinstance(incoming or {}, dict) and not coverage.has(path):
        return _complete_struct(path, current, incoming or {}, coverage, says_same)
    if path in IDENTITIES and not coverage.has(path):
        return _complete_list(path, current, incoming or [], coverage, says_same)
    return incoming


def _complete_struct(
    path: str, current: Entry, incoming: Entry, coverage: Coverage, says_same: SaysSame
) -> Entry | None:
    found = {}
    for key in dict.fromkeys((*current, *incoming)):
        inner = f"{path}.{key}"
        value = _complete(inner, current.get(key), incoming.get(key), coverage, says_same)
        if value is not None:
            found[key] = value
    return found or None


def _complete_list(
    path: str,
    current: list[Entry],
    incoming: list[Entry],
    coverage: Coverage,
    says_same: SaysSame,
) -> list[Entry] | None:
    """The list's entries are the source's, each with what the source doesn't say of it.

    Where the source lacks what an entry is known by, nobody can tell which is which: the list
    stays.
    """
    identity = IDENTITIES[path]
    if not all(coverage.has(f"{path}.{name}") for name in identity.name):
        return current
    pairs = matched(current, incoming, identity)
    places = {j: i for i, j in pairs.both}
    order = sorted(range(len(incoming)), key=lambda j: places.get(j, len(current)))
    found = [
        _complete_struct(path, current[places[j]], incoming[j], coverage, says_same)
        if j in places
        else incoming[j]
        for j in order
    ]
    return [entry for entry in found if entry] or None
