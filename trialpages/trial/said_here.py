"""How a trial and its places stand where this site, and not the registry's record, says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from trialpages.changes.corrections import Correction, decode, status_at_registry
from trialpages.changes.entry_names import names_of
from trialpages.changes.identities import IDENTITIES
from trialpages.records.model import Location, Trial, to_tree
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.records.vocabulary import Status


class SaidHere(Struct, frozen=True):
    at_registry: Status | None = None
    """The record's status, where this site says another."""
    counts_otherwise: bool = False
    """Whether by the record there are other places, or one of them stands otherwise: of how many
    take people here the record's date says nothing."""
    places: frozenset[Location] = frozenset()
    """Those whose status is this site's."""


NOTHING = SaidHere()


def said_here(trial: Trial, corrections: bytes) -> SaidHere:
    """`corrections` as `changes.corrections` writes them."""
    if not corrections:
        return NOTHING
    found = decode(corrections)
    counted = any(_is_counted(one) for one in found)
    own = frozenset(_own_places(trial, found)) if counted else frozenset[Location]()
    return SaidHere(status_at_registry(found), counted, own)


_STATUS = "locations.status"


def _is_counted(one: Correction) -> bool:
    is_whole = one.change.field == "locations" and one.change.kind is not None
    return one.change.field == _STATUS or is_whole


def _own_places(trial: Trial, found: Sequence[Correction]) -> Iterator[Location]:
    own = {name for one in found if _is_own(one) for name in one.change.entries}
    identity, tree = IDENTITIES["locations"], to_tree(trial).get("locations", [])
    # Where the registry has two of a name, and this site one, it is told under the longer one.
    named = zip(names_of(tree, identity), names_of(tree, identity, (tree * 2,)), strict=True)
    for place, names in zip(trial.locations, named, strict=True):
        if place.status and not own.isdisjoint(names):
            yield place


def _is_own(one: Correction) -> bool:
    """Whether an editor wrote a status, or added the place; what the registry had said before, or
    has no more, nobody here did."""
    is_added = one.change.kind is ChangeKind.ADDED and one.change.old is None
    return _is_counted(one) and not one.is_earlier and (one.change.field == _STATUS or is_added)
