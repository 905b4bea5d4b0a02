"""An editor's own institutions, and which of a record's places are theirs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from trialpages.records.model import Location, RecordPart
from trialpages.text.spelling import folded

OUR_SITES = "our-sites"
"""Their kind of list, which a site has that names some."""


class OurSite(RecordPart, frozen=True, kw_only=True):
    """One of them, as site.yaml names it."""

    name: str
    written: tuple[str, ...] = ()
    """What records call it beside that."""
    cities: tuple[str, ...] = ()
    """Where it is, as records write it; anywhere where none is named."""


OurSites = tuple[OurSite, ...]


def site_of(place: Location, ours: Iterable[OurSite]) -> str:
    """The name of the first of our sites that a place is by its name, whole, and its town; or ''.

    No name is taken for another that merely looks like it.
    """
    return next((one.name for one in ours if is_at(place, one)), "")


def is_at(place: Location, site: OurSite) -> bool:
    names, cities = _spellings((site.name, *site.written)), _spellings(site.cities)
    here = folded(place.facility or "")
    return here in names and (not cities or folded(place.city or "") in cities)


@lru_cache
def _spellings(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(filter(None, map(folded, names)))
